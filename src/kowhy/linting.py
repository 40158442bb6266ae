"""
Look over packs and checklists before they are used: what is wrong, and what can never work.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from kowhy.checklists import Checklist, checklist_from_dict
from kowhy.compiled import ask_of
from kowhy.errors import Fault, KowhyError, shown
from kowhy.matching import Matcher
from kowhy.overrides import resolve
from kowhy.packs import own_packs, pack_from_dict
from kowhy.planning import make_plan
from kowhy.ranking import OF_A_GROUP
from kowhy.rating.model import Ask, Rater, Rating
from kowhy.rules import RANK, Mention, Pack, Rule
from kowhy.scorecards import Scorecard
from kowhy.scoring import score_profile
from kowhy.whys import COUNTRIES, WHYS, Profile


@attrs.frozen
class Linted:
    """
    What was found in some files.

    Attributes:
        packs: The packs that can be used.

        checklists: The checklists that can be used.

        faults: All that is wrong, file by file.
    """

    packs: tuple[Pack, ...]
    checklists: tuple[Checklist, ...]
    faults: tuple[Fault, ...]


def lint(paths: Iterable[Path], *, checklists: Mapping[str, Checklist], rater: Rater) -> Linted:
    """
    Look over packs (TOML, or JSON with a key ``pack``) and checklists (other JSON).

    Checklists among the files stand for the rules of the packs among them.

    Args:
        paths: The files.

        checklists: By WHY, for WHYs that have no checklist among the files.

        rater: For the examples of checklists.

    Raises:
        OSError: A file cannot be read.
    """
    faults: list[Fault] = []
    documents = []
    for path in paths:
        try:
            documents.append((path.name, _document(path)))
        except (ValueError, RecursionError) as error:
            wanted = "a pack in TOML or JSON, or a checklist in JSON"
            faults.append(Fault(code="file.syntax", source=path.name, given=shown(str(error)), wanted=wanted))
    own: dict[str, Checklist] = {}
    for name, document in documents:
        if not _is_pack(document):
            try:
                made = checklist_from_dict(document, source=name)
            except KowhyError as error:
                faults += error.faults
            else:
                first = own.setdefault(made.why, made)
                if first is not made:
                    wanted = f"one checklist for {made.why}; {first.id} is another"
                    faults.append(Fault(code="checklist.twice", source=name, given=shown(made.id), wanted=wanted))
                faults += (attrs.evolve(fault, source=name) for fault in _example_faults(made, rater))
    known = dict(checklists) | own
    packs: list[tuple[str, Pack]] = []
    for name, document in documents:
        if _is_pack(document):
            try:
                packs.append((name, pack_from_dict(document, source=name, checklists=known)))
            except KowhyError as error:
                faults += error.faults
    faults += _ids_twice(packs)
    faults += _changes(packs, known)
    for name, pack in packs:
        faults += (attrs.evolve(fault, source=name) for fault in _rule_faults(pack, known))
    return Linted(tuple(pack for _, pack in packs), tuple(own.values()), tuple(faults))


def _document(path: Path) -> Any:
    text = path.read_bytes().decode("utf-8-sig")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


def _is_pack(document: object) -> bool:
    return isinstance(document, dict) and ("pack" in document or "rule" in document)


def _example_faults(checklist: Checklist, rater: Rater) -> Iterator[Fault]:
    for item in checklist.items:
        ask = ask_of(item, why=checklist.why)
        vague = [rater.rate(text, ask=ask).value or 0.0 for text in item.vague]
        for number, text in enumerate(item.specific):
            value = rater.rate(text, ask=ask).value
            if value is not None and vague and value <= max(vague):
                yield Fault(
                    code="example.not-more-specific",
                    pointer=f"/properties/{item.key}/x-kowhy-examples/specific/{number}",
                    given=f"{shown(text)}, rated {value:.2f}",
                    wanted=f"an answer rated above its vague examples, that is above {max(vague):.2f}",
                )


def _ids_twice(packs: list[tuple[str, Pack]]) -> Iterator[Fault]:
    """
    Ids that two packs use, for themselves or for a rule; those of kowhy count, unless a file is one of them.
    """
    known: dict[str, tuple[int, str]] = {}
    seen = {rule.id: (-1, _OWN) for pack in _beside(packs) for rule in pack.rules}
    for number, (name, pack) in enumerate(packs):
        place, first = known.setdefault(pack.id, (number, name))
        if place != number:
            wanted = f"an id that {first} has not"
            yield Fault(code="pack.id-twice", source=name, pointer="/pack/id", given=shown(pack.id), wanted=wanted)
        for index, rule in enumerate(pack.rules):
            place, first = seen.setdefault(rule.id, (number, name))
            if place != number:
                wanted = f"an id that {first} has not; to take its place, write replaces"
                yield Fault(
                    code="rule.repeated", source=name, pointer=f"/rule/{index}/id", given=shown(rule.id), wanted=wanted
                )


_OWN = "kowhy's own packs"


def _beside(packs: list[tuple[str, Pack]]) -> list[Pack]:
    """
    The packs of kowhy, but for those that are among the files.
    """
    mine = {pack.id for _, pack in packs}
    return [pack for pack in own_packs() if pack.id not in mine]


def _changes(packs: list[tuple[str, Pack]], checklists: Mapping[str, Checklist]) -> Iterator[Fault]:
    """
    What *packs* replace, turn off or change in vain, in the packs of kowhy and in each other.
    """
    every = {pack.id: pack for pack in (*_beside(packs), *(pack for _, pack in packs))}
    files = {pack.id: name for name, pack in packs}
    found = resolve(every.values(), allowed=every, checklists=checklists)
    for problem in found.problems:
        if problem.code != "rule.repeated":
            names = " and ".join(files.get(id_, id_) for id_ in problem.source.split(" and "))
            yield attrs.evolve(problem, source=names)


class _Sure:
    """
    A rater that believes everything: it shows what a rule makes of the best answers.
    """

    def rate(self, text: str, *, ask: Ask | None = None) -> Rating:  # noqa: ARG002  # the contract of raters
        return Rating(value=1.0)


def _rule_faults(pack: Pack, checklists: Mapping[str, Checklist]) -> Iterator[Fault]:
    for index, rule in enumerate(pack.rules):
        pointer = f"/rule/{index}"
        for country in rule.countries:
            if country not in COUNTRIES:
                wanted = "ISO 3166-1 alpha-2 codes in capitals"
                yield Fault(code="country.unknown", pointer=f"{pointer}/country", given=shown(country), wanted=wanted)
        if rule.when is not None:
            continue
        if not set(rule.countries) <= COUNTRIES:
            continue
        yield from _life_faults(rule, pointer, checklists)
        above = [other for other in pack.rules if other is not rule and _always_above(other, rule)]
        if rule.group and len(above) >= OF_A_GROUP:
            names = " and ".join(other.id for other in above[:OF_A_GROUP])
            wanted = f"a rank above {names}, which fire whenever it does and fill the group {rule.group!r}"
            yield Fault(code="rule.shadowed", pointer=pointer, given=shown(rule.id), wanted=wanted)


def _life_faults(rule: Rule, pointer: str, checklists: Mapping[str, Checklist]) -> Iterator[Fault]:
    """
    Whether the rule fires on the best answers that it could get, and whether its texts can then be spoken.
    """
    cards = [card for why in rule.whys for card in _best_cards(rule, why, checklists)]
    matches = [Matcher.of([rule]).match(card) for card in cards]
    if not any(match.fired for match in matches):
        wanted = "conditions that some answers meet"
        yield Fault(code="rule.never-fires", pointer=pointer, given=shown(rule.id), wanted=wanted)
        return
    plans = [make_plan(card, match, checklists=checklists) for card, match in zip(cards, matches, strict=True)]
    spoken = {one.id for plan in plans for one in plan.recommendations}
    for offer in rule.offers:
        # A step may wait for the first place of a plan, which a rule by itself cannot have.
        waits = any(slot.name in ("place", "person") for slot in offer.slots)
        if offer.id not in spoken and not waits:
            wanted = "texts whose slots some answer can fill"
            yield Fault(
                code="sentence.never-renders",
                pointer=f"{pointer}/{offer.draft.kind}",
                given=shown(offer.id),
                wanted=wanted,
            )


def _best_cards(rule: Rule, why: str, checklists: Mapping[str, Checklist]) -> Iterator[Scorecard]:
    """
    Scorecards of profiles that say all that the rule asks for: once with each specific example.
    """
    for turn in range(3):
        whys = []
        for one in dict.fromkeys((why, *rule.together)):
            answers: dict[str, list[str]] = {}
            for item in checklists[one].items:
                texts = item.specific or item.vague or (item.title,)
                answers[item.key] = [texts[turn % len(texts)]]
            for mention in rule.mentions:
                whose, _, key = mention.keys[0].rpartition(".")
                if (whose or why) == one and key in answers:
                    answers[key].insert(0, _word_of(mention))
            own = WHYS[one].item_keys()
            fields: dict[str, Any] = {key: texts for key, texts in answers.items() if key in own}
            fields["extra"] = {key: texts for key, texts in answers.items() if key not in own}
            # What is never said cannot show whether it could be said well.
            fields["may_say"] = [item.key for item in checklists[one].items if item.sensitive]
            whys.append(WHYS[one](**fields))
        profile = Profile(whys=tuple(whys), dominant=why, adult=rule.adult, country=next(iter(rule.countries), None))
        yield score_profile(profile, checklists=checklists, rater=_Sure())


def _word_of(mention: Mention) -> str:
    return mention.source[0].lstrip("=").rstrip("*") if mention.source else ""


def _always_above(other: Rule, rule: Rule) -> bool:
    """
    Whether *other* fires whenever *rule* does, in the same group and part, and always ranks higher.
    """
    if other.group != rule.group or {draft.kind for draft in other.drafts} != {draft.kind for draft in rule.drafts}:
        return False
    implied = (
        set(rule.whys) <= set(other.whys)
        and set(other.together) <= set(rule.together)
        and all(rule.needs.get(key, -1) >= level for key, level in other.needs.items())
        and all(mention in rule.mentions for mention in other.mentions)
        and (not other.countries or (rule.countries and set(rule.countries) <= set(other.countries)))
        and rule.adult >= other.adult
        and other.when is None
    )
    if not implied:
        return False
    needs = len(rule.needs) - len(other.needs)
    mentions = len(rule.mentions) - len(other.mentions)
    together = RANK["together"] * (bool(rule.together) - bool(other.together))
    # Each item that causes it alone may add its level, three at the most.
    lead = (RANK["needs"] + 3 * RANK["specificity"]) * needs + (RANK["mentions"] + 3 * RANK["specificity"]) * mentions
    own = sum(other.rank.values()) - sum(rule.rank.values())
    return other.priority - rule.priority + own > lead + together
