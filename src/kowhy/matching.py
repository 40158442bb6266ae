"""
Which rules fire on a scorecard, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import attrs

from kowhy.filed import Bundle, Filed, Gate, Hit, Place, place
from kowhy.forms import fold
from kowhy.index import AJAR, SHUT, RuleIndex
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

    @cached_property
    def _table(self) -> dict[str, Any]:
        """
        All but the words; no field, so that it neither travels nor shows.
        """
        found = {"why": self.why, "item": self.item, "rung": self.rung}
        return {name: value for name, value in found.items() if value is not None}

    def _to_dict_(self) -> dict[str, Any]:
        table = self._table.copy()
        if self.words:
            table["words"] = list(self.words)
        return table


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

        levels: The level of every item that is above missing.

        closed: Items for which one must not ask.

        said: The folded words of each answer, for items that have answers.

        given: The items that have answers.
    """

    card: Scorecard
    whys: frozenset[str] = attrs.field(init=False)
    levels: dict[Place, int] = attrs.field(factory=dict, init=False)
    closed: set[Place] = attrs.field(factory=set, init=False)
    said: dict[Place, tuple[tuple[str, ...], ...]] = attrs.field(factory=dict, init=False)
    given: list[tuple[Place, ItemScore]] = attrs.field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.whys = frozenset(self.card.whys)
        levels, said, given = self.levels, self.said, self.given
        for why, score in self.card.whys.items():
            for key, item in score.items.items():
                answers = item.answers
                if answers:
                    where = why, key
                    given.append((where, item))
                    if item.level:
                        levels[where] = item.level
                    # An answer that was zeroed says nothing, so no rule may hear it.
                    if item.level and len(answers) == 1:
                        said[where] = (fold(answers[0]),)
                    else:
                        heard = zip(answers, item.levels, strict=False)
                        said[where] = tuple([fold(text) for text, level in heard if level])
                elif item.state is _DECLINED or item.state is _NOT_APPLICABLE:
                    self.closed.add((why, key))

    @property
    def present(self) -> str:
        """
        The WHYs that are there, as one reads them.
        """
        return ", ".join(self.card.whys)

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

    def stand(self, gate: Gate) -> int:
        """
        How *gate*, for a WHY that is there, stands.

        It is open, and then this is the sum of the levels that it asks for; or ajar (one need fails, on an item that
        one may ask for), or shut.
        """
        if gate.countries and self.card.country not in gate.countries:
            return SHUT
        levels = self.levels
        total, lacks = 0, False
        for where, level in gate.needs:
            found = levels.get(where, 0)
            if found < level:
                if lacks or where in self.closed:
                    return SHUT
                lacks = True
            total += found
        if (gate.adult and not self.card.adult) or not self.whys.issuperset(gate.together):
            return SHUT
        return AJAR if lacks else total


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
        whys: The WHYs of the profile, the leading one first.

        open: The rules that fired, as far as they fire together, with the sum of the levels of the items that made
            them fire; those of the leading WHY first, and in no order otherwise.

        heard: The others that fired, in the same way.

        ajar: The rules of which one need fails, gate by gate, in the same way; all that may keep them from nearly
            firing besides is their own schema.

        view: The scorecard.
    """

    whys: tuple[str, ...]
    open: tuple[tuple[Bundle, int], ...] = attrs.field(repr=False)
    heard: tuple[Hit, ...] = attrs.field(repr=False)
    ajar: tuple[tuple[Filed, ...], ...] = attrs.field(repr=False)
    view: View = attrs.field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.fired, self.near) == (other.fired, other.near)

    def __hash__(self) -> int:
        return hash(self.fired)

    @property
    def hits(self) -> Iterator[Hit]:
        """
        All that fired, the hits of a rule in the order of their WHYs, the leading one first.
        """
        for bundle, levels in self.open:
            yield from bundle.hits(levels)
        yield from self.heard

    @cached_property
    def fired(self) -> tuple[tuple[Outcome, ...], ...]:
        """
        For each rule the outcomes that hold, in the order of the ids of the rules, those of the leading WHYs first.
        """
        rules = sorted(by_rule(self.hits), key=lambda hits: hits[0][0].rule.id)
        return tuple(tuple([self.outcome(hit[0]) for hit in hits]) for hits in rules)

    @cached_property
    def nearly(self) -> tuple[tuple[tuple[Filed, ...], Place], ...]:
        """
        The rules that lack a single item, each once, for the leading one of its WHYs, with that item.
        """
        every = [
            (rules if rules[0].rule.when is None else self._sound(rules), self._missing(rules[0].gate))
            for rules in self.ajar
        ]
        if len(self.view.whys) > 1 and any(len(one.rule.whys) > 1 for rules, _ in every for one in rules):
            # What lacks something for one WHY may have fired for another, or lack something for several.
            gone = {hit[0].rule.id for hit in self.hits}
            for at, (rules, where) in enumerate(every):
                every[at] = tuple([one for one in rules if one.rule.id not in gone]), where
                gone.update([one.rule.id for one in rules])
        return tuple(every)

    def _sound(self, rules: tuple[Filed, ...]) -> tuple[Filed, ...]:
        """
        What has a schema, which stands alone behind its gate, if that holds.
        """
        return tuple([one for one in rules if one.rule.when is None or _when(one.rule.when, self.view.card)])

    def _missing(self, gate: Gate) -> Place:
        levels = self.view.levels
        for where, level in gate.needs[:-1]:
            if levels.get(where, 0) < level:
                return where
        return gate.needs[-1][0]

    @property
    def near(self) -> tuple[Outcome, ...]:
        """
        One outcome for each rule that lacks a single item, in the order of their ids.
        """
        every = [one for rules, _ in self.nearly for one in rules]
        return tuple(self.outcome(one) for one in sorted(every, key=lambda one: one.rule.id))

    def outcome(self, one: Filed) -> Outcome:
        """
        What became of a rule, condition by condition.
        """
        return Outcome(rule=one.rule, why=one.why, view=self.view)

    @cached_property
    def _caused(self) -> dict[tuple[Place, ...], tuple[Cause, ...]]:
        return {}

    def causes(self, hit: Hit) -> tuple[Cause, ...]:
        """
        The items of the needs and mentions of a rule that fired, with the words that it was waiting for, or the WHY.
        """
        one, _, heard = hit
        levels = self.view.levels
        if not heard:
            # Most rules of one WHY need one of the same few items.
            known = self._caused.get(one.needed)
            if known is None:
                known = tuple([cause(*where, levels.get(where, 0)) for where in one.needed])
                self._caused[one.needed] = known
            return known or (cause(one.why),)
        if len(heard) == 1 and not one.needed:
            (where,), (mention,) = heard, one.rule.mentions
            return (cause(*where, None, next(filter(None, map(mention.found, self.view.said[where])))),)
        words: dict[Place, tuple[str, ...]] = dict.fromkeys(one.needed, ())
        for where, mention in zip(heard, one.rule.mentions, strict=True):
            words[where] = next(filter(None, map(mention.found, self.view.said[where])))
        return tuple(
            [
                cause(*where, levels.get(where, 0) if where in one.needed else None, some)
                for where, some in words.items()
            ]
        )


@lru_cache(maxsize=4096)
def cause(why: str, item: str | None = None, level: int | None = None, words: tuple[str, ...] = ()) -> Cause:
    """
    The cause with these; mostly the same object.
    """
    return Cause(why=why, item=item, rung=None if level is None else RUNGS[level], words=words)


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
        opened: list[tuple[Bundle, int]] = []
        heard: list[Hit] = []
        ajar: list[tuple[Filed, ...]] = []
        whys = leading(card)
        for why in whys:
            found = self._index.candidates(why, view)
            opened += found.open
            heard += [hit for hit in found.heard if hit[0].rule.when is None or _when(hit[0].rule.when, card)]
            ajar += found.ajar
        return Match(whys=whys, open=tuple(opened), heard=tuple(heard), ajar=tuple(ajar), view=view)


def by_rule(hits: Iterable[Hit]) -> list[tuple[Hit, ...]]:
    """
    The hits of each rule together.
    """
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit[0].rule.id, []).append(hit)
    return [tuple(some) for some in found.values()]


def leading(card: Scorecard) -> tuple[str, ...]:
    """
    The WHYs of *card*: the dominant one or the candidates first, then the others in the order of the article.
    """
    first = (card.dominant,) if card.dominant else card.dominance.candidates
    return (*first, *(why for why in card.whys if why not in first))
