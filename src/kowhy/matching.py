"""
Which rules fire on a scorecard, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from kowhy.filed import Filed, Gate, Hit, Place, place
from kowhy.forms import fold
from kowhy.index import AJAR, OPEN, SHUT, RuleIndex
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


_CLOSED = (State.DECLINED.value, State.NOT_APPLICABLE.value)

# To look one up in its class takes long.
_DECLINED, _NOT_APPLICABLE = State.DECLINED, State.NOT_APPLICABLE


@attrs.define
class View:
    """
    A scorecard as rules look at it.

    Attributes:
        card: The scorecard.

        whys: Those that are there.

        present: The same, as one reads it.

        levels: The level of every item that is above missing.

        closed: Items for which one must not ask.

        said: The folded words of each answer, for items that have answers.
    """

    card: Scorecard
    whys: frozenset[str] = attrs.field(init=False)
    present: str = attrs.field(init=False)
    levels: dict[Place, int] = attrs.field(factory=dict, init=False)
    closed: set[Place] = attrs.field(factory=set, init=False)
    said: dict[Place, tuple[tuple[str, ...], ...]] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.whys = frozenset(self.card.whys)
        self.present = ", ".join(self.card.whys)
        for why, score in self.card.whys.items():
            for key, item in score.items.items():
                if item.answers:
                    where = why, key
                    if item.level:
                        self.levels[where] = item.level
                    # An answer that was zeroed says nothing, so no rule may hear it.
                    heard = zip(item.answers, item.levels, strict=False)
                    self.said[where] = tuple([fold(text) for text, level in heard if level])
                elif item.state is _DECLINED or item.state is _NOT_APPLICABLE:
                    self.closed.add((why, key))

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
        score = self.card.whys.get(why)
        return score.items.get(item) if score else None

    def verdict(self, gate: Gate) -> int:
        """
        How *gate*, for a WHY that is there, stands.

        It is open, ajar (one need fails, on an item that one may ask for), or shut.
        """
        if gate.countries and self.card.country not in gate.countries:
            return SHUT
        failing = OPEN
        for where, level in gate.needs:
            if self.levels.get(where, 0) < level:
                if failing or where in self.closed:
                    return SHUT
                failing = AJAR
        if (gate.adult and not self.card.adult) or not self.whys.issuperset(gate.together):
            return SHUT
        return failing


def evaluate(rule: Rule, view: View, why: str) -> Outcome:
    """
    Try every condition of *rule* for the WHY *why*.
    """
    return Outcome(rule=rule, why=why, view=view)


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


@attrs.frozen(kw_only=True, eq=False)
class Match:
    """
    All rules that fired and all that nearly did.

    What is said of each is worked out when it is read: of many rules that fire, few are shown.

    Attributes:
        hits: The rules that fired, by WHY, those of the leading one first, and in no order otherwise.

        ajar: The rules of which one need fails, in the same way; all that may keep them from nearly firing besides is
            their own schema.

        view: The scorecard.
    """

    hits: tuple[Hit, ...] = attrs.field(repr=False)
    ajar: tuple[Filed, ...] = attrs.field(repr=False)
    view: View = attrs.field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.fired, self.near) == (other.fired, other.near)

    def __hash__(self) -> int:
        return hash(self.fired)

    @cached_property
    def by_rule(self) -> Sequence[tuple[Hit, ...]]:
        """
        The hits of each rule, those of the leading WHYs first.
        """
        if len(self.view.whys) == 1:
            return [(hit,) for hit in self.hits]
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit[0].rule.id, []).append(hit)
        return [tuple(hits) for hits in found.values()]

    @cached_property
    def fired(self) -> tuple[tuple[Outcome, ...], ...]:
        """
        For each rule the outcomes that hold, in the order of the ids of the rules, those of the leading WHYs first.
        """
        rules = sorted(self.by_rule, key=lambda hits: hits[0][0].rule.id)
        return tuple(tuple([self.outcome(hit[0]) for hit in hits]) for hits in rules)

    @cached_property
    def nearly(self) -> tuple[Filed, ...]:
        """
        The rules that lack a single item, each once, for the leading one of its WHYs.
        """
        found: dict[str, Filed] = {}
        for one in self.ajar:
            if not one.rule.when or _when(one.rule.when, self.view.card):
                found.setdefault(one.rule.id, one)
        if len(self.view.whys) > 1:
            # For one WHY a rule is tried once.
            for hit in self.hits:
                found.pop(hit[0].rule.id, None)
        return tuple(found.values())

    @property
    def near(self) -> tuple[Outcome, ...]:
        """
        One outcome for each rule that lacks a single item, in the order of their ids.
        """
        return tuple(map(self.outcome, sorted(self.nearly, key=lambda one: one.rule.id)))

    def outcome(self, one: Filed) -> Outcome:
        """
        What became of a rule, condition by condition.
        """
        return Outcome(rule=one.rule, why=one.why, view=self.view)

    def causes(self, hit: Hit) -> tuple[Cause, ...]:
        """
        The items of the needs and mentions of a rule that fired, with the words that it was waiting for, or the WHY.
        """
        one, _, heard = hit
        words: dict[Place, tuple[str, ...]] = dict.fromkeys(one.needed, ())
        for where, mention in zip(heard, one.rule.mentions, strict=True):
            words[where] = next(filter(None, map(mention.found, self.view.said[where])))
        if not words:
            return (Cause(why=one.why),)
        found = []
        for where, some in words.items():
            why, item = where
            rung = self.view.card.whys[why].items[item].rung if where in one.needed else None
            found.append(Cause(why=why, item=item, rung=rung, words=some))
        return tuple(found)

    def missing(self, one: Filed) -> Place:
        """
        The item that a rule lacks, which nearly fired.
        """
        levels = self.view.levels
        return next(where for where, level in one.gate.needs if levels.get(where, 0) < level)


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
        hits: list[Hit] = []
        ajar: list[Filed] = []
        for why in leading(card):
            some, nearly = self._index.candidates(why, view)
            hits += [hit for hit in some if hit[0].rule.when is None or _when(hit[0].rule.when, card)]
            ajar += nearly
        return Match(hits=tuple(hits), ajar=tuple(ajar), view=view)


def leading(card: Scorecard) -> tuple[str, ...]:
    """
    The WHYs of *card*: the dominant one or the candidates first, then the others in the order of the article.
    """
    first = (card.dominant,) if card.dominant else card.dominance.candidates
    return (*first, *(why for why in card.whys if why not in first))
