"""
Run recommenders, so that whatever one of them does costs no more than its own part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from types import CoroutineType, GeneratorType
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault, KowhyError, shown
from kowhy.forms import fold
from kowhy.plans import Recommendation
from kowhy.receiving import Receiver, RefusedError, Source, holds, refuse, told
from kowhy.scorecards import ItemScore, Scorecard

#: The most recommendations and faults that one recommender may make.
MOST = 100

#: A private answer of fewer words may stand in a text by chance.
SECRET_WORDS = 2


@attrs.frozen(kw_only=True)
class Made:
    """
    What came of running recommenders.

    Attributes:
        recommendations: What they recommend, with its texts as plain words.

        faults: What went wrong, or what a recommender reports itself.
    """

    recommendations: tuple[Recommendation, ...] = ()
    faults: tuple[Fault, ...] = ()


def run_all(every: Iterable[Source], card: Scorecard, *, options: Mapping[str, Any]) -> Made:
    """
    Run recommenders one by one; in which order they come makes no difference to what each makes.

    Args:
        every: The recommenders; those passed by the app before those that are installed.

        card: The judgement, with everything in it.

        options: By the name of the recommender.
    """
    found: dict[str, Recommendation] = {}
    faults: list[Fault] = []
    named: dict[str, Source] = {}
    for source in every:
        first = named.setdefault(source.name, source)
        # One package may fill several parts under one name; two would mix up their ids and options.
        if first is not source and not (source.package and source.package == first.package):
            wanted = f"a name of its own; {first.label} has it too and takes part"
            faults.append(Fault(code="plugin.name-twice", source=source.label, given=shown(source.name), wanted=wanted))
            continue
        made = run(source, card, options=options.get(source.name, FrozenMap()))
        faults += made.faults
        twice = next((one.id for one in made.recommendations if one.id in found), None)
        if twice is not None:
            faults.append(Fault(code="plugin.id-twice", source=source.label, given=shown(twice), wanted="each id once"))
            continue
        found |= {one.id: one for one in made.recommendations}
    return Made(recommendations=tuple(found.values()), faults=tuple(faults))


def run(source: Source, card: Scorecard, *, options: Mapping[str, Any]) -> Made:
    """
    What a recommender recommends.

    It sees the scorecard without private texts and a copy of its options, so what it does reaches nothing else.

    Args:
        source: The recommender.

        card: The judgement, with everything in it.

        options: Those for this recommender.

    Returns:
        The recommendations and the faults that it reports; or none and why: one recommendation that is wrong spoils
        all of them, so that nothing is half done.
    """
    if not isinstance(options, Mapping):
        wanted = "a table of options"
        return Made(faults=(Fault(code="plugin.options", source=source.label, given=told(options), wanted=wanted),))
    secrets = _secrets(card)
    seen = public(card, secrets)
    check = Receiver(source=source, card=seen, secrets=secrets)
    found: dict[str, Recommendation] = {}
    faults: list[Fault] = []
    try:
        for one in _made(source, seen, frozen(options)):
            if type(one) is Fault:
                faults.append(check.fault(one))
                continue
            good = check.recommendation(one)
            if found.setdefault(good.id, good) is not good:
                refuse("plugin.id-twice", told(good.id), "each id once")
    except RefusedError as error:
        return Made(faults=(check.refusal(error.code, error.given, error.wanted),))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # whatever a plugin raises costs only its own part
        return Made(faults=_reported(error, check))
    return Made(recommendations=tuple(found.values()), faults=tuple(faults))


def sources(recommenders: Iterable[Any]) -> tuple[Source, ...]:
    """
    Recommenders that an app passes to an engine, by the name of each or of its type.
    """
    made = []
    for one in recommenders:
        name = type(one).__name__
        try:
            given = (getattr(one, key, None) for key in ("name", "__name__"))
            name = next((str(text) for text in given if isinstance(text, str) and text), name)
        except Exception:  # noqa: BLE001, S110  # an object may answer any question with an exception; its type is a name
            pass
        made.append(Source(name=name, label=name, recommender=one))
    return tuple(sorted(made, key=lambda source: source.name))


def frozen(value: object) -> Any:
    """
    A copy of *value*, a JSON or TOML value, that cannot be changed: lists become tuples.
    """
    if isinstance(value, Mapping):
        return FrozenMap((key, frozen(part)) for key, part in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    return value


def _made(source: Source, card: Scorecard, options: Mapping[str, Any]) -> list[object]:
    found = source.recommender.recommend(card, options=options)
    if isinstance(found, CoroutineType):
        found.close()
    if isinstance(found, str | bytes | Mapping) or not hasattr(type(found), "__iter__"):
        refuse("plugin.junk", type(found).__name__, "an iterable of kowhy.Recommendation")
    iterator = iter(found)
    try:
        made = list(islice(iterator, MOST + 1))
    finally:
        if isinstance(iterator, GeneratorType):
            iterator.close()
    if len(made) > MOST:
        refuse("plugin.flood", f"more than {MOST}", f"at most {MOST}")
    return made


def _reported(error: BaseException, check: Receiver) -> tuple[Fault, ...]:
    """
    The faults that a recommender raises on purpose, or its exception as a fault.
    """
    if isinstance(error, KowhyError):
        try:
            faults = tuple(check.fault(fault) for fault in error.faults[:MOST])
        except Exception:  # noqa: BLE001  # its faults are foreign values too
            faults = ()
        if faults:
            return faults
    return (check.refusal("plugin.failed", told(error), "recommendations, and no exception"),)


def _secrets(card: Scorecard) -> tuple[tuple[str, ...], ...]:
    """
    The private answers as words.
    """
    texts = (
        text for score in card.whys.values() for item in score.items.values() if item.private for text in item.answers
    )
    return tuple(words for words in map(fold, texts) if len(words) >= SECRET_WORDS)


def public(card: Scorecard, secrets: Iterable[tuple[str, ...]]) -> Scorecard:
    """
    *card* without private texts, also where one of them stands in an answer that is not private.
    """
    secrets = tuple(secrets)
    card = card.without_private()
    hidden = {
        (why, key)
        for why, score in card.whys.items()
        for key, item in score.items.items()
        if any(holds(text, secrets) for text in item.answers)
    }
    if not hidden:
        return card
    whys = {}
    for why, score in card.whys.items():
        items = {key: _blank(item) if (why, key) in hidden else item for key, item in score.items.items()}
        whys[why] = attrs.evolve(score, items=FrozenMap(items))
    overlap = tuple(one for one in card.overlap if not any(tuple(place.split(".", 1)) in hidden for place in one.items))
    findings = tuple(one for one in card.findings if (one.why, one.item) not in hidden)
    return attrs.evolve(card, whys=FrozenMap(whys), overlap=overlap, findings=findings)


def _blank(item: ItemScore) -> ItemScore:
    return attrs.evolve(item, answers=(), levels=(), reasons=())
