"""
Profiles of realistic shape, always the same ones, from the example answers of the checklists.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import count, product
from pathlib import Path
from typing import Any

from kowhy.checklists import load_checklists
from kowhy.whys import WHYS

ROOT = Path(__file__).resolve().parents[2]

#: How many WHYs a person has, how many items of one are answered, and how many answers an item gets, by how often.
WHYS_EACH, ANSWERS_EACH = (1, 1, 1, 1, 2, 2, 3), (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)
FEWEST, MOST = 3, 9

STATEMENTS = (
    "I help restaurant owners get paid within a week after storm damage",
    "I am looking for people near Leeds who build furniture by hand",
    "I want to move into offshore wind before the end of next year",
    "I teach adults to play the piano and would like to fill Tuesday evenings",
)


def examples() -> list[str]:
    """
    The profiles of the folder of examples, on one line each, as apps send them.
    """
    paths = sorted((ROOT / "examples" / "profiles").glob("*.json"))
    return [json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False) for path in paths]


def generated(number: int) -> list[str]:
    """
    So many profiles, all of them different, with answers that come again in other profiles.
    """
    draw = random.Random(7)  # noqa: S311  # always the same profiles
    return [json.dumps(document(draw), ensure_ascii=False) for _ in range(number)]


def document(draw: random.Random) -> dict[str, Any]:
    whys = draw.sample(list(WHYS), draw.choice(WHYS_EACH))
    found: dict[str, Any] = {"format": "kowhy.profile/1"}
    if draw.random() < 0.5:
        found |= {"name": draw.choice(("Dana", "Zoë", "Ibrahim", "Li")), "country": draw.choice(("US", "FR", "GB"))}
    if draw.random() < 0.2:
        found["dominant"] = whys[0]
    return found | {"whys": [_why(why, draw) for why in whys]}


def _why(why: str, draw: random.Random) -> dict[str, Any]:
    items = load_checklists()[why].items
    found: dict[str, Any] = {"why": why}
    if draw.random() < 0.4:
        found["statement"] = draw.choice(STATEMENTS)
    chosen = draw.sample(items, min(len(items), draw.randint(FEWEST, MOST)))
    for item in chosen:
        answers = draw.sample((*item.vague, *item.specific), draw.choice(ANSWERS_EACH))
        found[item.key] = answers[0] if len(answers) == 1 else answers
    rest = [item.key for item in items if item not in chosen and not item.core]
    for name, often in (("declined", 0.15), ("private", 0.1)):
        if rest and draw.random() < often:
            found[name] = [rest.pop()]
    return found


#: Plain words that make an answer a new one, in pairs.
ADDED = (
    "harbour kiln orchard bridge cellar garden market tower river meadow bakery foundry quarry stable workshop "
    "library museum theatre chapel station depot warehouse clinic nursery studio gallery brewery dairy mill forge "
    "tannery shipyard airfield courthouse hostel ferry tram canal reservoir lighthouse vineyard greenhouse "
    "paddock arcade pavilion terrace courtyard attic balcony pantry hallway staircase chimney rooftop gable "
    "cottage mansion barn shed hut cabin lodge"
).split()


def renewed(texts: list[str]) -> Iterator[list[str]]:
    """
    The same profiles again and again, each time with answers that nobody has seen: some words of each are others.
    """
    documents = [json.loads(text) for text in texts]
    added = (" ".join(words) for size in count(2) for words in product(ADDED, repeat=size))
    while True:
        # The documents come first: zip takes one from each, and must not take a word that it has no document for.
        yield [json.dumps(_renewed(*each), ensure_ascii=False) for each in zip(documents, added, strict=False)]


def _renewed(source: dict[str, Any], word: str) -> dict[str, Any]:
    whys = []
    for why in source["whys"]:
        own = WHYS[why["why"]].item_keys()
        whys.append({key: _with(value, word) if key in own else value for key, value in why.items()})
    return source | {"whys": whys}


def _with(value: Any, word: str) -> Any:
    return [f"{text} {word}" for text in value] if isinstance(value, list) else f"{value} {word}"
