"""
What the slots of rules may hold, on one scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, Item
from kowhy.filed import Filed, Place
from kowhy.rules import Offer
from kowhy.scorecards import ItemScore, Scorecard
from kowhy.sentences import Value, Values

#: Lowest level of an answer that may stand in a sentence: a vague one reads like a form letter.
SPOKEN = 2


@attrs.define(eq=False)
class Fillings:
    """
    What the answers of a scorecard can be worded as; rules of one pack share it.

    Attributes:
        card: The scorecard.

        checklists: For the grammar of the items.

        scores: All items with their scores.

        private: Those that stay with the person.

        secret: The answers among them, in small letters.
    """

    card: Scorecard
    checklists: Mapping[str, Checklist]
    scores: dict[Place, ItemScore] = attrs.field(init=False)
    private: frozenset[Place] = attrs.field(init=False)
    secret: set[str] = attrs.field(init=False)
    _values: dict[str, FrozenMap[str, Value]] = attrs.field(init=False, factory=dict)
    _plain: FrozenMap[str, str] = attrs.field(init=False)
    _made: dict[tuple[str, int], Values] = attrs.field(init=False, factory=dict)
    _gaps: dict[tuple[str, str, int], Values] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.scores = scores = {
            (why, key): score for why, whole in self.card.whys.items() for key, score in whole.items.items()
        }
        self.private = frozenset([where for where, score in scores.items() if score.private])
        given = [(*where, score) for where, score in scores.items() if score.answers]
        # A text that is private in one place is private in every place.
        self.secret = secret = {_same(text) for _, _, score in given if score.private for text in score.answers}
        every: dict[str, Value] = {}
        own: dict[str, dict[str, Value]] = {why: {} for why in self.card.whys}
        for why, key, score in given:
            texts = tuple([text for text, level in zip(score.answers, score.levels, strict=False) if level >= SPOKEN])
            if texts:
                item = self.item(why, key)
                hidden = score.private or (bool(secret) and any(_same(text) in secret for text in texts))
                value = Value.of(texts, shape=item.shape, kind=item.kind, private=hidden, foreign=not score.rated)
                every[f"{why}.{key}"] = own[why][key] = value
        self._values = {why: FrozenMap.holding(every | values) for why, values in own.items()}
        self._plain = FrozenMap({"name": self.card.name} if self.card.name else {})

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

    def of(self, one: Filed) -> Values:
        """
        What the slots of a rule may hold.
        """
        key = (one.why, id(one.rule.phrases))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = Values(values=self._values[one.why], phrases=one.rule.phrases, plain=self._plain)
        return found

    def with_a_gap(self, one: Filed, why: str, key: str) -> Values:
        """
        The same with the title of an item in brackets, in the place of the answer that is missing.
        """
        names = (key, f"{why}.{key}")
        place = (one.why, names[1], id(one.rule.phrases))
        if place not in self._gaps:
            phrases = one.rule.phrases
            if self.is_filled(why, key):
                phrases = FrozenMap((name, phrase) for name, phrase in phrases.items() if phrase.item not in names)
            self._gaps[place] = Values(
                values=self._values[one.why],
                phrases=phrases,
                plain=FrozenMap(dict.fromkeys(names, f"[{self.item(why, key).title.lower()}]")),
            )
        return self._gaps[place]

    def used(self, offer: Offer, one: Filed) -> list[Place]:
        """
        The items that the texts of *offer* could use, each once.
        """
        return [where for where in one.used(offer) if where in self.scores]


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
