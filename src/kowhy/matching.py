"""
Which rules fire on a scorecard, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from kowhy.forms import fold
from kowhy.index import AJAR, OPEN, SHUT, Gate, Place, RuleIndex, place
from kowhy.rules import Mention, Rule
from kowhy.scorecards import RUNGS, ItemScore, Scorecard
from kowhy.whys import State


@attrs.frozen(kw_only=True)
class Cause:
    """
    Something in the profile that made a rule fire.

    Attributes:
        why: Id of the WHY.

        item: Key of the item; ``None`` when the WHY itself is the cause.

        rung: The rung of the item.

        words: The words that a rule was waiting for.
    """

    why: str
    item: str | None = None
    rung: str | None = None
    words: tuple[str, ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True)
class Condition:
    """
    One condition of a rule, with what was found.

    Attributes:
        kind: ``"for"``, ``"with"``, ``"needs"``, ``"mentions"``, ``"unless"``, ``"adult"``, ``"country"`` or
            ``"when"``.

        key: The item, as ``"why.item"``, or the WHY.

        wanted: What the rule asks for.

        found: What the scorecard says.

        holds: Whether that is enough.

        words: The words that met, for ``"mentions"``.
    """

    kind: str
    key: str = ""
    wanted: str = ""
    found: str = ""
    holds: bool
    words: tuple[str, ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True, eq=False)
class Outcome:
    """
    What became of one rule for one WHY.

    Attributes:
        rule: The rule.

        why: Id of the WHY for which it was tried.
    """

    rule: Rule
    why: str
    _view: View = attrs.field(repr=False)
    _gate: Gate = attrs.field(repr=False)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """
        All conditions of the rule, tried when first read: who wants to know which rules fire need not wait for them.
        """
        return tuple(_conditions(self.rule, self._view, self.why))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        return (self.rule, self.why, self.conditions) == (other.rule, other.why, other.conditions)

    def __hash__(self) -> int:
        return hash((self.rule.id, self.why))

    @property
    def fired(self) -> bool:
        """
        Whether all conditions hold.
        """
        return all(condition.holds for condition in self.conditions)

    @property
    def lacks(self) -> str | None:
        """
        The one item (``"why.item"``) that is missing, if this is a near miss.
        """
        failed = [condition for condition in self.conditions if not condition.holds]
        if len(failed) == 1 and failed[0].kind == "needs" and failed[0].found not in _CLOSED:
            return failed[0].key
        return None

    @property
    def missing(self) -> Place | None:
        """
        The first of its needs that is not met.
        """
        levels = self._view.levels
        return next((where for where, level in self._gate.needs if levels.get(where, 0) < level), None)

    @cached_property
    def places(self) -> dict[Place, tuple[str, ...]]:
        """
        What made it fire, if it did: the items of its needs and mentions, with the words that it was waiting for.
        """
        heard = (_heard(mention, self._view, self.why) for mention in self.rule.mentions)
        return {place(key, self.why): () for key in self.rule.needs} | dict(heard)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """
        The same as one reads it; the WHY itself where no item made it fire.
        """
        rungs = {where: self._view.items[where].rung for where in (place(key, self.why) for key in self.rule.needs)}
        found = (
            Cause(why=where[0], item=where[1], rung=rungs.get(where), words=words)
            for where, words in self.places.items()
        )
        return tuple(found) or (Cause(why=self.why),)

    @property
    def levels(self) -> int:
        """
        The sum of the levels, 0..3 each, of the items that made it fire.
        """
        levels = self._view.levels
        if not self.rule.mentions:
            return sum([levels[where] for where, _ in self._gate.needs])
        return sum([levels.get(where, 0) for where in self.places])


_CLOSED = (State.DECLINED.value, State.NOT_APPLICABLE.value)


@attrs.define
class View:
    """
    A scorecard as rules look at it.

    Attributes:
        card: The scorecard.

        whys: Those that are there.

        present: The same, as one reads it.

        items: All items of all WHYs.

        levels: The level of every item that is above missing.

        closed: Items for which one must not ask.

        said: The folded words of each answer, for items that have answers.
    """

    card: Scorecard
    whys: frozenset[str] = attrs.field(init=False)
    present: str = attrs.field(init=False)
    items: dict[Place, ItemScore] = attrs.field(factory=dict, init=False)
    levels: dict[Place, int] = attrs.field(factory=dict, init=False)
    closed: set[Place] = attrs.field(factory=set, init=False)
    said: dict[Place, tuple[tuple[str, ...], ...]] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.whys = frozenset(self.card.whys)
        self.present = ", ".join(self.card.whys)
        for why, score in self.card.whys.items():
            for key, item in score.items.items():
                self.items[why, key] = item
                if item.level:
                    self.levels[why, key] = item.level
                if item.state in _CLOSED:
                    self.closed.add((why, key))
                if item.answers:
                    # An answer that was zeroed says nothing, so no rule may hear it.
                    heard = zip(item.answers, item.levels, strict=False)
                    self.said[why, key] = tuple(fold(text) for text, level in heard if level)

    @property
    def country(self) -> str | None:
        """
        The country, if given.
        """
        return self.card.country

    def item(self, why: str, item: str) -> ItemScore | None:
        """
        What the scorecard says of one item.
        """
        return self.items.get((why, item))

    def verdict(self, gate: Gate) -> int:
        """
        How *gate*, for a WHY that is there and a country that fits, stands.

        It is open, ajar (one need fails, on an item that one may ask for), or shut.
        """
        failing = OPEN
        for where, level in gate.needs:
            if self.levels.get(where, 0) < level:
                if failing or where in self.closed:
                    return SHUT
                failing = AJAR
        if (gate.adult and not self.card.adult) or not self.whys.issuperset(gate.together):
            return SHUT
        return failing


def evaluate(rule: Rule, view: View, why: str, gate: Gate | None = None) -> Outcome:
    """
    Try every condition of *rule* for the WHY *why*, with its *gate* if that is at hand.
    """
    return Outcome(rule=rule, why=why, view=view, gate=gate or Gate.of(rule, why))


def _conditions(rule: Rule, view: View, why: str) -> Iterator[Condition]:
    card = view.card
    yield Condition(kind="for", key=why, wanted=" or ".join(rule.whys), found=view.present, holds=why in view.whys)
    for other in rule.together:
        yield Condition(kind="with", key=other, wanted=other, found=view.present, holds=other in view.whys)
    if rule.countries:
        wanted = " or ".join(rule.countries)
        yield Condition(
            kind="country", wanted=wanted, found=card.country or "none given", holds=card.country in rule.countries
        )
    if rule.adult:
        yield Condition(kind="adult", wanted="adult", found="adult" if card.adult else "not stated", holds=card.adult)
    for key, level in rule.needs.items():
        where = place(key, why)
        item = view.item(*where)
        closed = item is not None and item.state.value in _CLOSED
        found = "missing" if item is None else item.state.value if closed else item.rung
        holds = item is not None and item.level >= level
        yield Condition(kind="needs", key=".".join(where), wanted=RUNGS[level], found=found, holds=holds)
    for mention in rule.mentions:
        where, words = _heard(mention, view, why)
        wanted = " or ".join(mention.source)
        found = " ".join(words)
        yield Condition(
            kind="mentions", key=".".join(where), wanted=wanted, found=found, holds=bool(words), words=words
        )
    for mention in rule.unless:
        where, words = _heard(mention, view, why)
        wanted = f"none of {', '.join(mention.source)}"
        found = " ".join(words)
        yield Condition(kind="unless", key=".".join(where), wanted=wanted, found=found, holds=not words, words=words)
    if rule.when is not None:
        holds = _when(rule.when, card)
        yield Condition(kind="when", wanted="the rule's schema", found="as given" if holds else "not so", holds=holds)


def _heard(mention: Mention, view: View, why: str) -> tuple[Place, tuple[str, ...]]:
    """
    The item in which the words of *mention* stand, and the words; the first item when they do not.
    """
    places = [place(key, why) for key in mention.keys]
    for where in places:
        for tokens in view.said.get(where, ()):
            words = mention.found(tokens)
            if words:
                return where, words
    return places[0], ()


def _when(schema: Mapping[str, Any], card: Scorecard) -> bool:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # only rules with a schema need the engine
    from referencing import Registry  # noqa: PLC0415  # as above

    from kowhy.convert import to_dict  # noqa: PLC0415  # as above

    # Reading a pack refuses what could fail here; the empty registry makes sure that nothing is ever fetched.
    return bool(Draft202012Validator(dict(schema), registry=Registry()).is_valid(to_dict(card)))


@attrs.frozen(kw_only=True)
class Match:
    """
    All rules that fired and all that nearly did, in the order of their ids.

    Among many rules far more nearly fire than do, so what is said of those is worked out when it is first read.

    Attributes:
        fired: For each rule the outcomes that hold, those of the leading WHYs first.
    """

    fired: tuple[tuple[Outcome, ...], ...]
    _ajar: tuple[tuple[Rule, str, Gate], ...] = attrs.field(repr=False)
    _view: View = attrs.field(repr=False, hash=False)

    @cached_property
    def near(self) -> tuple[Outcome, ...]:
        """
        One outcome for each rule that lacks a single item.
        """
        fired = {outcomes[0].rule.id for outcomes in self.fired}
        found: dict[str, Outcome] = {}
        for rule, why, gate in self._ajar:
            # The gate is ajar: one need fails, and all that can fail besides is the rule's own schema.
            if rule.id in fired or rule.id in found or (rule.when and not _when(rule.when, self._view.card)):
                continue
            found[rule.id] = evaluate(rule, self._view, why, gate)
        return tuple(outcome for _, outcome in sorted(found.items()))


@attrs.frozen
class Matcher:
    """
    Finds the rules that fire, without looking at those that cannot.
    """

    _index: RuleIndex

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Matcher:
        """
        A matcher for *rules*.
        """
        return cls(RuleIndex.of(rules))

    def match(self, card: Scorecard) -> Match:
        """
        Find what fires on *card* and what nearly does; the same as trying every rule.
        """
        view = View(card)
        fired: dict[str, list[Outcome]] = {}
        ajar: list[tuple[Rule, str, Gate]] = []
        for why in leading(card):
            for rule, gate, verdict in self._index.candidates(why, view):
                if verdict == AJAR:
                    ajar.append((rule, why, gate))
                elif rule.when is None or _when(rule.when, card):
                    fired.setdefault(rule.id, []).append(evaluate(rule, view, why, gate))
        return Match(fired=tuple(tuple(outcomes) for _, outcomes in sorted(fired.items())), ajar=tuple(ajar), view=view)


def leading(card: Scorecard) -> tuple[str, ...]:
    """
    The WHYs of *card*: the dominant one or the candidates first, then the others in the order of the article.
    """
    first = (card.dominant,) if card.dominant else card.dominance.candidates
    return (*first, *(why for why in card.whys if why not in first))
