"""
Which rules fire on a scorecard, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from kowhy.forms import fold
from kowhy.index import AJAR, OPEN, SHUT, Gate, RuleIndex
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


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What became of one rule for one WHY.

    Attributes:
        rule: The rule.

        why: Id of the WHY for which it was tried.

        conditions: All of its conditions.
    """

    rule: Rule
    why: str
    conditions: tuple[Condition, ...]

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
    def causes(self) -> tuple[Cause, ...]:
        """
        What made it fire: the items of its needs and mentions, or the WHY itself.
        """
        found: dict[str, Cause] = {}
        for condition in self.conditions:
            if condition.kind in ("needs", "mentions"):
                why, item = condition.key.split(".", 1)
                before = found.get(condition.key)
                words = condition.words or (before.words if before else ())
                rung = condition.found if condition.kind == "needs" else before.rung if before else None
                found[condition.key] = Cause(why=why, item=item, rung=rung, words=words)
        return tuple(found.values()) or (Cause(why=self.why),)


_CLOSED = (State.DECLINED.value, State.NOT_APPLICABLE.value)


@attrs.define
class View:
    """
    A scorecard as rules look at it; the words of an answer are split at most once.
    """

    card: Scorecard
    _tokens: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = attrs.field(factory=dict, init=False)

    def item(self, why: str, item: str) -> ItemScore | None:
        """
        What the scorecard says of one item.
        """
        score = self.card.whys.get(why)
        return None if score is None else score.items.get(item)

    def verdict(self, gate: Gate) -> int:
        """
        How *gate* stands: open, ajar (one need fails, on an item that one may ask for), or shut.
        """
        card = self.card
        shut = (
            any(why not in card.whys for why in (gate.why, *gate.together))
            or (gate.countries and card.country not in gate.countries)
            or (gate.adult and not card.adult)
        )
        if shut:
            return SHUT
        failing = OPEN
        for (why, key), level in gate.needs:
            item = self.item(why, key)
            if item is None or item.level < level:
                failing += 1
                if failing == SHUT or (item is not None and item.state.value in _CLOSED):
                    return SHUT
        return failing

    def tokens(self, why: str, item: str) -> tuple[tuple[str, ...], ...]:
        """
        The folded words of each answer to one item.
        """
        key = (why, item)
        if key not in self._tokens:
            found = self.item(why, item)
            # An answer that was zeroed says nothing, so no rule may hear it.
            self._tokens[key] = (
                tuple(fold(text) for text, level in zip(found.answers, found.levels, strict=False) if level)
                if found
                else ()
            )
        return self._tokens[key]


def evaluate(rule: Rule, view: View, why: str) -> Outcome:
    """
    Try every condition of *rule* for the WHY *why*.
    """
    return Outcome(rule=rule, why=why, conditions=tuple(_conditions(rule, view, why)))


def _conditions(rule: Rule, view: View, why: str) -> Iterator[Condition]:
    card = view.card
    present = ", ".join(card.whys)
    yield Condition(kind="for", key=why, wanted=" or ".join(rule.whys), found=present, holds=why in card.whys)
    for other in rule.together:
        yield Condition(kind="with", key=other, wanted=other, found=present, holds=other in card.whys)
    if rule.countries:
        wanted = " or ".join(rule.countries)
        yield Condition(
            kind="country", wanted=wanted, found=card.country or "none given", holds=card.country in rule.countries
        )
    if rule.adult:
        yield Condition(kind="adult", wanted="adult", found="adult" if card.adult else "not stated", holds=card.adult)
    for key, level in rule.needs.items():
        place = key if "." in key else f"{why}.{key}"
        item = view.item(*place.split(".", 1))
        closed = item is not None and item.state.value in _CLOSED
        found = "missing" if item is None else item.state.value if closed else item.rung
        holds = item is not None and item.level >= level
        yield Condition(kind="needs", key=place, wanted=RUNGS[level], found=found, holds=holds)
    for mention in rule.mentions:
        place, words = _heard(mention, view, why)
        wanted = " or ".join(mention.source)
        yield Condition(
            kind="mentions", key=place, wanted=wanted, found=" ".join(words), holds=bool(words), words=words
        )
    for mention in rule.unless:
        place, words = _heard(mention, view, why)
        wanted = f"none of {', '.join(mention.source)}"
        yield Condition(kind="unless", key=place, wanted=wanted, found=" ".join(words), holds=not words, words=words)
    if rule.when is not None:
        holds = _when(rule.when, card)
        yield Condition(kind="when", wanted="the rule's schema", found="as given" if holds else "not so", holds=holds)


def _heard(mention: Mention, view: View, why: str) -> tuple[str, tuple[str, ...]]:
    """
    The item in which the words of *mention* stand, as ``"why.item"``, and the words; the first item when they do not.
    """
    places = [key if "." in key else f"{why}.{key}" for key in mention.keys]
    for place in places:
        for tokens in view.tokens(*place.split(".", 1)):
            words = mention.found(tokens)
            if words:
                return place, words
    return places[0], ()


def _when(schema: Mapping[str, Any], card: Scorecard) -> bool:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # only rules with a schema need the engine

    from kowhy.convert import to_dict  # noqa: PLC0415  # as above

    return bool(Draft202012Validator(dict(schema)).is_valid(to_dict(card)))


@attrs.frozen(kw_only=True)
class Match:
    """
    All rules that fired and all that nearly did, in the order of their ids.

    Attributes:
        fired: For each rule the outcomes that hold, those of the leading WHYs first.

        near: One outcome for each rule that lacks a single item.
    """

    fired: tuple[tuple[Outcome, ...], ...]
    near: tuple[Outcome, ...]


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
        near: dict[str, Outcome] = {}
        for why in leading(card):
            for rule, verdict in self._index.candidates(
                why, verdict=view.verdict, tokens=lambda place: view.tokens(*place)
            ):
                if verdict == AJAR and (rule.id in near or rule.id in fired):
                    continue
                outcome = evaluate(rule, view, why)
                if outcome.fired:
                    fired.setdefault(rule.id, []).append(outcome)
                elif outcome.lacks and rule.id not in near:
                    near[rule.id] = outcome
        return Match(
            fired=tuple(tuple(outcomes) for _, outcomes in sorted(fired.items())),
            near=tuple(outcome for id_, outcome in sorted(near.items()) if id_ not in fired),
        )


def leading(card: Scorecard) -> tuple[str, ...]:
    """
    The WHYs of *card*: the dominant one or the candidates first, then the others in the order of the article.
    """
    first = (card.dominant,) if card.dominant else card.dominance.candidates
    return (*first, *(why for why in card.whys if why not in first))
