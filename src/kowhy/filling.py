"""
What the slots of rules may hold, on one scorecard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import attrs

from kowhy._frozen import FrozenMap, maker
from kowhy.checklists import Checklist, Item
from kowhy.filed import Filed, Place, Wants
from kowhy.matching import View
from kowhy.scorecards import ItemScore
from kowhy.sentences import Value, Values, Voice

#: Lowest level of an answer that may stand in a sentence: a vague one reads like a form letter.
SPOKEN = 2


@attrs.define(eq=False)
class Fillings:
    """
    What the answers of a scorecard can be worded as; rules of one pack share it.

    Attributes:
        card: The scorecard.

        checklists: For the grammar of the items.

        secret: The answers that stay with the person, in small letters.
    """

    view: View
    checklists: Mapping[str, Checklist]
    secret: set[str] = attrs.field(init=False)
    _values: dict[str, FrozenMap[str, Value]] = attrs.field(init=False)
    _filled: dict[str, frozenset[str]] = attrs.field(init=False)
    _sayable: dict[str, frozenset[str]] = attrs.field(init=False)
    _plain: FrozenMap[str, str] = attrs.field(init=False)
    _made: dict[tuple[str, int], Values] = attrs.field(init=False, factory=dict)
    _gaps: dict[tuple[str, Place, int], Values] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        card, given = self.view.card, self.view.given
        # A text that is private in one place is private in every place.
        self.secret = secret = {_same(text) for _, score in given if score.private for text in score.answers}
        items = {why: self.checklists[why].by_key for why in card.whys}
        own: dict[str, dict[str, Value]] = {why: {} for why in card.whys}
        every: dict[str, Value] = {}
        for (why, key), score in given:
            answers, levels = score.answers, score.levels
            if not levels or max(levels) < SPOKEN:
                continue
            if len(answers) > 1:
                answers = tuple([text for text, level in zip(answers, levels, strict=False) if level >= SPOKEN])
            hidden = score.private
            if secret and not hidden:
                hidden = any(_same(text) in secret for text in answers)
            item = items[why][key]
            value = Value.of(answers, shape=item.shape, kind=item.kind, private=hidden, foreign=not score.rated)
            own[why][key] = every[f"{why}.{key}"] = value
        self._values = {why: FrozenMap.holding(every | values) for why, values in own.items()}
        self._filled = self._sayable = {why: frozenset(values) for why, values in self._values.items()}
        if secret:
            self._sayable = {
                why: frozenset([key for key, value in values.items() if not value.private])
                for why, values in self._values.items()
            }
        self._plain = FrozenMap.holding({"name": card.name} if card.name else {})

    @cached_property
    def scores(self) -> dict[Place, ItemScore]:
        """
        All items with their scores.
        """
        return {(why, key): score for why, whole in self.view.card.whys.items() for key, score in whole.items.items()}

    @cached_property
    def private(self) -> frozenset[Place]:
        """
        The items whose answers stay with the person.
        """
        return frozenset([where for where, score in self.scores.items() if score.private])

    def item(self, why: str, key: str) -> Item:
        """
        What the checklist says of an item.
        """
        return self.checklists[why].by_key[key]

    def is_filled(self, why: str, key: str) -> bool:
        """
        Whether the item has an answer that may stand in a sentence.
        """
        return f"{why}.{key}" in self._values[why]

    def are_open(self, places: Iterable[Place]) -> bool:
        """
        Whether none of *places* holds anything private.
        """
        for why, key in places:
            value = self._values[why].get(key) if why in self._values else None
            if (why, key) in self.private or (value is not None and value.private):
                return False
        return True

    def suit(self, one: Filed, wants: Wants) -> bool:
        """
        Whether there are words for what an offer of a rule wants.
        """
        read, said, choosy_read, choosy_said = wants
        why = one.why
        if not (read <= self._filled[why] and said <= self._sayable[why]):
            return False
        return (not choosy_read or self.of(one).can_fill(choosy_read, Voice.READ)) and (
            not choosy_said or self.of(one).can_fill(choosy_said, Voice.SAY)
        )

    def of(self, one: Filed) -> Values:
        """
        What the slots of a rule may hold.
        """
        key = (one.why, id(one.rule.phrases))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _values(self._values[one.why], one.rule.phrases, self._plain, _NOTHING)
        return found

    def with_a_gap(self, one: Filed, where: Place) -> Values:
        """
        The same with the title of an item in brackets, in the place of the answer that is missing.
        """
        why, key = where
        place = one.why, where, id(one.rule.phrases)
        found = self._gaps.get(place)
        if found is None:
            phrases, plain = one.rule.phrases, _gap(why, key, self.item(why, key).title)
            if self.is_filled(why, key):
                phrases = FrozenMap((name, phrase) for name, phrase in phrases.items() if phrase.item not in plain)
            found = self._gaps[place] = _values(self._values[one.why], phrases, plain, _NOTHING)
        return found


_values = maker(Values)

_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=512)
def _gap(why: str, key: str, title: str) -> FrozenMap[str, str]:
    return FrozenMap(dict.fromkeys((key, f"{why}.{key}"), f"[{title.lower()}]"))


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
