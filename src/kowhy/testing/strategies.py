"""
Hypothesis strategies for profiles, scorecards and packs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from kowhy.checklists import Checklist, Item, load_checklists
from kowhy.offers import KINDS
from kowhy.rating.model import Rater
from kowhy.rating.rater import EnglishRater
from kowhy.scorecards import Scorecard
from kowhy.scoring import score_profile
from kowhy.whys import WHYS, Profile, Why

#: Answers that a terminal, a template or a search may stumble over.
ODD = (
    "n/a",
    "…",
    "{topic}",
    "50 % off [really]",
    'a "quoted" word',
    "Zoë's café, Łódź",
    "ein Chor in Köln",
    "合唱団",
    "\u202eright to left",
    "two\nlines",
    "e\u0301tude",
    "I sing, and I would like to sing with others who sing, because singing alone is not the same " * 3,
)

#: Names of persons and countries; some plugins look at them.
NAMES = (None, "Dana", "Zoë O'Brien")
COUNTRIES = (None, "US", "GB", "PL")


def answers(item: Item | None = None) -> st.SearchStrategy[str]:
    """
    Answers to *item*, or to nothing in particular: its examples, vague and specific, and odd ones.
    """
    examples = (*item.specific, *item.vague) if item is not None else ()
    # Odd answers are rare in life, so the examples weigh more.
    return st.sampled_from([*examples, *examples, *ODD])


@st.composite
def _whys(draw: st.DrawFn, checklist: Checklist) -> Why:
    own = WHYS[checklist.why].item_keys()
    given: dict[str, list[str]] = {}
    for item in checklist.items:
        if draw(st.booleans()):
            given[item.key] = draw(st.lists(answers(item), min_size=1, max_size=2, unique=True))
    silent = [item.key for item in checklist.items if item.key not in given and not item.core]
    states = {key: draw(st.sampled_from(["", "", "declined", "not_applicable"])) for key in silent}
    fields: dict[str, Any] = {key: texts for key, texts in given.items() if key in own}
    fields["extra"] = {key: texts for key, texts in given.items() if key not in own}
    for name in ("declined", "not_applicable"):
        fields[name] = [key for key, state in states.items() if state == name]
    for name in ("private", "may_say"):
        fields[name] = draw(st.lists(st.sampled_from([item.key for item in checklist.items]), max_size=1))
    if draw(st.booleans()):
        fields["statement"] = draw(answers())
    made: Why = WHYS[checklist.why](**fields)
    return made


@st.composite
def _profiles(draw: st.DrawFn, checklists: Mapping[str, Checklist], whys: Sequence[str]) -> Profile:
    chosen = draw(st.lists(st.sampled_from(list(whys)), min_size=1, max_size=3, unique=True))
    return Profile(
        whys=tuple(draw(_whys(checklists[why])) for why in chosen),
        dominant=draw(st.sampled_from([None, *chosen])),
        name=draw(st.sampled_from(NAMES)),
        country=draw(st.sampled_from(COUNTRIES)),
        adult=draw(st.booleans()),
    )


def profiles(
    *, checklists: Mapping[str, Checklist] | None = None, whys: Sequence[str] = tuple(WHYS)
) -> st.SearchStrategy[Profile]:
    """
    Sound profiles, thin and rich, with declined and private items, several WHYs and odd answers.

    Args:
        checklists: By WHY; those of kowhy unless given.

        whys: Ids of the WHYs that may stand in them.
    """
    return _profiles(load_checklists() if checklists is None else checklists, whys)


def scorecards(
    *,
    checklists: Mapping[str, Checklist] | None = None,
    whys: Sequence[str] = tuple(WHYS),
    rater: Rater | None = None,
) -> st.SearchStrategy[Scorecard]:
    """
    The scorecards of :func:`profiles`.

    Args:
        checklists: By WHY; those of kowhy unless given.

        whys: Ids of the WHYs that may stand in them.

        rater: The rater for English unless given.
    """
    known = load_checklists() if checklists is None else checklists
    judge = EnglishRater() if rater is None else rater
    return profiles(checklists=known, whys=whys).map(
        lambda profile: score_profile(profile, checklists=known, rater=judge)
    )


#: Texts of each kind of recommendation; ``@`` stands for a slot or for nothing.
_TEXTS = {
    "venue": {"name": "the house of @", "text": "Go in@.", "find": "house@"},
    "script": {"name": "first words", "moment": "you come in", "say": "Hello@. May I sit here?"},
    "person": {"name": "somebody from @", "text": "Ask them@.", "find": "club@"},
    "step": {"when": "you come in", "then": "say hello@", "count": "once a week", "stop": "nobody answers"},
}


@st.composite
def _rules(draw: st.DrawFn, checklist: Checklist, id_: str) -> dict[str, Any]:
    keys = st.sampled_from([item.key for item in checklist.items])
    rule: dict[str, Any] = {"id": id_, "for": [checklist.why], "because": "It is near."}
    rule["needs"] = draw(st.dictionaries(keys, st.sampled_from(["vague", "named", "specific"]), max_size=2))
    words = st.sampled_from(["=a partner", "roof", "organ*", "==church organ", "food bank"])
    for condition in ("mentions", "unless"):
        rule[condition] = draw(st.dictionaries(keys, st.lists(words, min_size=1, max_size=2), max_size=1))
    if draw(st.booleans()):
        rule["country"] = [draw(st.sampled_from([code for code in COUNTRIES if code]))]
    if draw(st.booleans()):
        rule["group"] = draw(st.sampled_from(["a", "b"]))
    rule["priority"] = draw(st.integers(-20, 20))
    for kind in draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=2, unique=True)):
        slot = f"[ {{{draw(keys)}}}]" if draw(st.booleans()) else ""
        rule[kind] = {name: text.replace(" @", slot).replace("@", slot) for name, text in _TEXTS[kind].items()}
    return rule


@st.composite
def _packs(draw: st.DrawFn, checklists: Mapping[str, Checklist]) -> dict[str, Any]:
    name = draw(st.sampled_from(["one", "two", "three"]))
    whys = draw(st.lists(st.sampled_from(sorted(checklists)), min_size=1, max_size=6))
    rules = [draw(_rules(checklists[why], f"{name}.{number}")) for number, why in enumerate(whys)]
    return {"pack": {"id": name, "title": name.title()}, "rule": rules}


def packs(*, checklists: Mapping[str, Checklist] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """
    Sound rule packs as mappings, as they stand in TOML or JSON: with needs, words, countries, groups and slots.

    Args:
        checklists: By WHY, for the items; those of kowhy unless given.
    """
    return _packs(load_checklists() if checklists is None else checklists)
