"""
Which rules fire on a scorecard, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from kowhy._frozen import FrozenMap
from kowhy.forms import fold
from kowhy.packs import Rule
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
        kind: ``"for"``, ``"with"``, ``"needs"``, ``"mentions"``, ``"adult"``, ``"country"`` or ``"when"``.

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
        place = mention.key if "." in mention.key else f"{why}.{mention.key}"
        words = next(filter(None, map(mention.found, view.tokens(*place.split(".", 1)))), ())
        wanted = " or ".join(mention.source)
        yield Condition(
            kind="mentions", key=place, wanted=wanted, found=" ".join(words), holds=bool(words), words=words
        )
    if rule.when is not None:
        holds = _when(rule.when, card)
        yield Condition(kind="when", wanted="the rule's schema", found="as given" if holds else "not so", holds=holds)


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
    Finds the rules that fire; the seam behind which an index stands.
    """

    _by_why: FrozenMap[str, tuple[Rule, ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Matcher:
        """
        A matcher for *rules*.
        """
        by_why: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.id):
            for why in rule.whys:
                by_why.setdefault(why, []).append(rule)
        return cls(FrozenMap((why, tuple(found)) for why, found in by_why.items()))

    def match(self, card: Scorecard) -> Match:
        """
        Try the rules on *card*.
        """
        view = View(card)
        outcomes: dict[str, list[Outcome]] = {}
        for why in leading(card):
            for rule in self._by_why.get(why, ()):
                outcomes.setdefault(rule.id, []).append(evaluate(rule, view, why))
        fired, near = [], []
        for _, tried in sorted(outcomes.items()):
            good = tuple(outcome for outcome in tried if outcome.fired)
            if good:
                fired.append(good)
            else:
                near += [outcome for outcome in tried if outcome.lacks][:1]
        return Match(fired=tuple(fired), near=tuple(near))


def leading(card: Scorecard) -> tuple[str, ...]:
    """
    The WHYs of *card*: the dominant one or the candidates first, then the others in the order of the article.
    """
    first = (card.dominant,) if card.dominant else card.dominance.candidates
    return (*first, *(why for why in card.whys if why not in first))
