"""
Profiles and rule packs for the benchmark: the same in every run.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from kowhy.engine import Engine
from kowhy.matching import View, evaluate
from kowhy.packs import own_packs, pack_from_dict
from kowhy.rules import Mention, Rule
from kowhy.scorecards import Scorecard
from kowhy.whys import WHYS

#: Profiles of examples/profiles that say enough to wake rules; each has another country.
PROFILES = (
    "bakery_weddings",
    "new_in_glasgow",
    "nurse_to_dialysis",
    "pastry_chef_fundraiser",
    "three_whys_physio",
    "widower_romance",
)

COUNTRIES = ("US", "GB", "IE", "FR", "IN", "NG", "CA", "AU", "DE", "BR", "ES", "NL", "JP", "KE", "PL", "SE")

_RUNGS = ("vague", "named", "named", "named", "named", "named", "specific", "specific")


def scorecards(room: Path) -> tuple[Scorecard, ...]:
    """
    The scorecards of the benchmark's profiles, from the folder *room*.
    """
    engine = Engine()
    return tuple(engine.score((room / f"{name}.json").read_text(encoding="utf-8")) for name in PROFILES)


Themes = Mapping[str, tuple[tuple[str, ...], ...]]


def themes() -> Themes:
    """
    For each item, words that belong together, as the rules of our own packs list them for it.

    They are plain, exact (``=``), beginnings (``*``) and two next to each other. Under the empty text stand all.
    """
    found: dict[str, set[tuple[str, ...]]] = {"": set()}
    for pack in own_packs():
        for rule in pack.rules:
            for mention in rule.mentions:
                theme = tuple(sorted({word for word in mention.source if not _is_odd(word)}))
                if len(theme) >= 3:
                    for key in ("", *mention.keys):
                        found.setdefault(key.rpartition(".")[2], set()).add(theme)
    return {key: tuple(sorted(some)) for key, some in found.items()}


def _is_odd(word: str) -> bool:
    return word.startswith("==") or (" " in word and word.endswith("*"))


def stream(seed: int, known: Themes) -> Iterator[dict[str, Any]]:
    """
    Rules without end, as tables of a pack; a seed gives the same ones every time.
    """
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    keys = {why: cls.item_keys() for why, cls in WHYS.items()}
    number = 0
    while True:
        whys = [rng.choice(tuple(keys))]
        places = list(keys[whys[0]])
        rule: dict[str, Any] = {"id": f"rule.{number:06}", "because": "It fits."}
        dice = rng.random()
        akin = [why for why in keys if set(keys[why]) & set(places) and why not in whys]
        if akin and dice < 0.15:
            # For several WHYs: then only items that all of them have may be asked for.
            other = rng.choice(akin)
            whys.append(other)
            places = [key for key in places if key in keys[other]]
        elif 0.15 <= dice < 0.22:
            other = rng.choice([why for why in keys if why not in whys])
            rule["with"] = [other]
            places += [f"{other}.{key}" for key in keys[other]]
        rule["for"] = whys
        needs = rng.sample(places, min(len(places), rng.choice((0, 0, 1, 1, 1, 2, 2, 3))))
        rule["needs"] = {key: rng.choice(_RUNGS) for key in needs}
        mentions = rng.sample(places, min(len(places), rng.choice((0, 1, 1, 1, 1, 1, 1, 1, 2))))
        if mentions:
            rule["mentions"] = {key: _some(rng, known, key) for key in mentions}
        elif not needs or rng.random() < 0.7:
            # What holds for nearly everybody is rare among many rules: it is for one country, or wants two WHYs.
            rule["country"] = sorted(rng.sample(COUNTRIES, rng.randint(1, 2)))
        if rng.random() < 0.03:
            key = rng.choice(places)
            rule["unless"] = {key: _some(rng, known, key)[:3]}
        if rng.random() < 0.3:
            rule["country"] = sorted(rng.sample(COUNTRIES, rng.randint(1, 3)))
        if rng.random() < 0.02:
            rule["adult"] = True
        rule["group"] = f"group-{rng.randrange(60)}"
        rule[rng.choice(("venue", "person"))] = {"name": "a place"}
        yield rule
        number += 1


def _some(rng: random.Random, known: Themes, key: str) -> list[str]:
    theme = rng.choice(known.get(key.rpartition(".")[2], known[""]))
    return rng.sample(theme, min(len(theme), rng.randint(3, 14)))


@attrs.frozen
class Deck:
    """
    A set of rules to be searched.

    Attributes:
        name: What the table says.

        rules: All of them.

        fired: How many fire on each profile.

        near: How many nearly do.
    """

    name: str
    rules: tuple[Rule, ...]
    fired: tuple[int, ...]
    near: tuple[int, ...]


@attrs.frozen
class _Sorted:
    rule: Rule
    fired: tuple[bool, ...]
    near: tuple[bool, ...]


def _tried(rules: Iterable[Rule], cards: tuple[Scorecard, ...]) -> Iterator[_Sorted]:
    views = [View(card) for card in cards]
    for rule in rules:
        fired, near = [], []
        for view in views:
            tries = [evaluate(rule, view, why) for why in rule.whys if why in view.card.whys]
            fired.append(any(one.fired for one in tries))
            near.append(not fired[-1] and any(one.lacks for one in tries))
        yield _Sorted(rule, tuple(fired), tuple(near))


def decks(
    cards: tuple[Scorecard, ...], *, small: int, large: int, fire: int, nearly: int, seed: int
) -> tuple[Deck, Deck, Deck]:
    """
    A small deck, a large one in which as many rules fire and nearly do, and a large one in which only as many fire.

    All three share the same *fire* rules of which each fires on some profile. The first two also share the same
    *nearly* rules that are near misses on some profile; in the third, near misses are as frequent as they come.
    """
    tables = stream(seed, themes())
    pack = pack_from_dict(
        {"pack": {"id": "bench", "title": "Bench"}, "rule": [next(tables) for _ in range(round(large * 1.5))]}
    )
    tried = tuple(_tried(pack.rules, cards))
    firing = [one for one in tried if any(one.fired)]
    # Of those that fire two in three wait for words; in a large pack hardly any rule fires for everybody.
    loud = [one for one in firing if one.rule.mentions][: fire * 2 // 3]
    plain = [one for one in firing if not one.rule.mentions][: fire - len(loud)]
    silent = [one for one in tried if not any(one.fired)]
    near = [one for one in silent if any(one.near)]
    quiet = [one for one in silent if not any(one.near)]
    if len(loud) < fire * 2 // 3 or len(plain) < fire - len(loud) or len(near) < nearly or len(quiet) < large:
        counts = f"{len(loud)} and {len(plain)} fire, {len(near)} nearly do, {len(quiet)} are quiet"
        msg = f"too few rules were drawn: {counts}"
        raise RuntimeError(msg)
    core = [*loud, *plain, *near[:nearly]]
    return (
        _deck(f"{small:,} rules", [*core, *quiet[: small - len(core)]]),
        _deck(f"{large:,} rules", [*core, *quiet[: large - len(core)]]),
        _deck(f"{large:,} rules, near misses as they come", [*loud, *plain, *silent[: large - fire]]),
    )


def _deck(name: str, tried: Iterable[_Sorted]) -> Deck:
    tried = tuple(tried)
    return Deck(
        name,
        tuple(one.rule for one in tried),
        tuple(map(sum, zip(*(one.fired for one in tried), strict=True))),
        tuple(map(sum, zip(*(one.near for one in tried), strict=True))),
    )


def heard(rules: Iterable[Rule], card: Scorecard) -> Mapping[str, tuple[str, ...]]:
    """
    For each item (``"why.item"``) the words of *rules*, as packs write them, that its answers meet.

    The peers are fed with these, so that none of them has to know about forms of words, beginnings or neighbours: for
    them a mention is one of a few fixed texts. What this costs is not counted against them.
    """
    view = View(card)
    sources = sorted({word for rule in rules for mention in (*rule.mentions, *rule.unless) for word in mention.source})
    mentions = {word: Mention.read("", [word]) for word in sources}
    return {
        f"{why}.{key}": tuple(
            word for word in sources if any(mentions[word].found(tokens) for tokens in view.said.get((why, key), ()))
        )
        for why, score in card.whys.items()
        for key in score.items
    }
