"""
From a scorecard to a plan: what fired is put into words, ranked and sorted into four parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, Item
from kowhy.errors import Fault
from kowhy.matching import Match, Outcome, leading
from kowhy.plans import PARTS, NearMiss, Plan, Recommendation, Sharpen, Wording
from kowhy.rules import KINDS, RANK, Draft
from kowhy.scorecards import ItemScore, Scorecard
from kowhy.sentences import Sentence, Value, Values, Voice
from kowhy.whys import State

#: How many of one group may stand in a plan; more would be the same advice again.
OF_A_GROUP = 2

#: Lowest level of an answer that may stand in a sentence: a vague one reads like a form letter.
SPOKEN = 2


def make_plan(
    card: Scorecard,
    match: Match,
    *,
    checklists: Mapping[str, Checklist],
    dismissed: Collection[str] = (),
    more: Iterable[Recommendation] = (),
    problems: Iterable[Fault] = (),
    packs: Iterable[str] = (),
) -> Plan:
    """
    Put a plan together.

    Args:
        card: The judgement.

        match: What the rules made of it.

        checklists: For the questions and the grammar of the items.

        dismissed: Ids of recommendations that stay away.

        more: Recommendations of plugins.

        problems: What went wrong before.

        packs: Ids of the packs that took part.
    """
    kitchen = _Kitchen(card=card, checklists=checklists)
    found = [*more]
    held: list[NearMiss] = []
    for outcomes in match.fired:
        for one in kitchen.recommend(outcomes):
            if isinstance(one, NearMiss):
                held.append(one)
            else:
                found.append(one)
    found = [one for one in found if one.id not in dismissed]
    parts = _parts(found, leading(card), is_open=card.dominant is None)
    parts["how"] = tuple(kitchen.steps(parts))
    near = [miss for miss in map(kitchen.near_miss, match.near) if miss] + held
    near = [miss for miss in near if miss.rule not in dismissed]
    rank = {why: index for index, why in enumerate(leading(card))}
    near.sort(key=lambda miss: (-miss.gain, rank[miss.why], miss.item, _OPENS.index(miss.part), miss.rule))
    return Plan(
        name=card.name,
        country=card.country,
        dominant=card.dominant,
        whys=leading(card),
        where=parts["where"],
        say=parts["say"],
        whom=parts["whom"],
        how=parts["how"],
        near_misses=tuple(near),
        problems=tuple(problems),
        packs=tuple(packs),
        private=kitchen.private,
    )


def _parts(
    found: list[Recommendation], order: tuple[str, ...], *, is_open: bool
) -> dict[str, tuple[Recommendation, ...]]:
    parts: dict[str, tuple[Recommendation, ...]] = {}
    groups: dict[str, int] = {}
    for part in PARTS:
        best = sorted((one for one in found if one.part == part), key=lambda one: (-one.total, one.id))
        kept = []
        for one in _interleaved(best, order) if is_open else best:
            seen = groups.get(one.group, 0) if one.group else 0
            if seen < OF_A_GROUP:
                groups[one.group] = seen + 1
                kept.append(one)
        parts[part] = tuple(kept)
    return parts


def _interleaved(best: list[Recommendation], order: tuple[str, ...]) -> Iterator[Recommendation]:
    """
    One of each WHY in turn, since none of them leads.
    """
    queues = [[one for one in best if (one.whys or order)[0] == why] for why in order]
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            yield from queue[turn : turn + 1]


@attrs.define
class _Kitchen:
    """
    Holds what all recommendations of one plan are made from.
    """

    card: Scorecard
    checklists: Mapping[str, Checklist]
    private: frozenset[tuple[str, str]] = frozenset()
    _values: dict[str, FrozenMap[str, Value]] = attrs.field(factory=dict)
    _items: dict[tuple[str, str], Item] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for why in self.card.whys:
            for item in self.checklists[why].items:
                self._items[why, item.key] = item
        scores = {(why, key): score for why, whole in self.card.whys.items() for key, score in whole.items.items()}
        self.private = frozenset(place for place, score in scores.items() if score.private)
        # A text that is private in one place is private in every place.
        secret = {_same(text) for place in self.private for text in scores[place].answers}
        every: dict[str, Value] = {}
        for (why, key), score in scores.items():
            value = self._value(self._items[why, key], score, secret)
            if value is not None:
                every[f"{why}.{key}"] = value
        for why in self.card.whys:
            own = {name.split(".", 1)[1]: value for name, value in every.items() if name.startswith(f"{why}.")}
            self._values[why] = FrozenMap(every | own)

    @staticmethod
    def _value(item: Item, score: ItemScore, secret: Collection[str]) -> Value | None:
        texts = tuple(text for text, level in zip(score.answers, score.levels, strict=False) if level >= SPOKEN)
        if not texts:
            return None
        private = score.private or any(_same(text) in secret for text in texts)
        return Value(texts=texts, shape=item.shape, kind=item.kind, private=private, foreign=not score.rated)

    def recommend(self, outcomes: tuple[Outcome, ...]) -> Iterator[Recommendation | NearMiss]:
        """
        What a rule recommends for the first WHY for which it can be put into words.
        """
        first = outcomes[0]
        kinds = [draft.kind for draft in first.rule.drafts]
        for index, draft in enumerate(first.rule.drafts):
            id_ = first.rule.id if len(kinds) == 1 else f"{first.rule.id}.{index + 1}"
            made = [self._make(id_, draft, outcome) for outcome in outcomes]
            good = [one for one in made if one is not None]
            if good:
                whys = tuple(dict.fromkeys(why for one in good for why in one.whys))
                rank = dict(good[0].rank)
                rank["several"] = RANK["several"] * (len(whys) - 1)
                yield attrs.evolve(good[0], whys=whys, rank=FrozenMap(rank))
            else:
                yield from self._held_back(draft, first)

    def _make(self, id_: str, draft: Draft, outcome: Outcome) -> Recommendation | None:
        rule, part = outcome.rule, KINDS[draft.kind][0]
        values = Values(
            values=self._values[outcome.why],
            phrases=rule.phrases,
            live=rule.live,
            plain=FrozenMap({"name": self.card.name} if self.card.name else {}),
        )
        wordings = {name: _wording(name, sentence, values) for name, sentence in draft.texts.items()}
        wordings["because"] = _wording("because", rule.because, values)
        if part != "how" and any(wordings[name].text() is None for name in wordings if name in _NEEDED):
            return None
        return Recommendation(
            id=id_,
            part=part,
            whys=tuple(dict.fromkeys((outcome.why, *rule.together))),
            causes=outcome.causes,
            rank=self._rank(outcome),
            pack=rule.pack,
            source=rule.source,
            homepage=rule.homepage,
            confirmed=rule.confirmed,
            group=rule.group,
            order=rule.order,
            sharpen=self._sharpen(draft, outcome),
            wordings=FrozenMap(wordings),
        )

    def _rank(self, outcome: Outcome) -> FrozenMap[str, int]:
        rule, card = outcome.rule, self.card
        levels = [card.whys[cause.why].items[cause.item].level for cause in outcome.causes if cause.item is not None]
        # A rule of the second WHY that joins both is still advice for the second.
        leads = outcome.why == card.dominant
        if card.dominant is None:
            leads = outcome.why in card.dominance.candidates
        return FrozenMap(
            {
                "needs": RANK["needs"] * len(rule.needs),
                "mentions": RANK["mentions"] * len(rule.mentions),
                "specificity": RANK["specificity"] * sum(levels),
                "dominant": RANK["dominant"] * leads,
                "together": RANK["together"] * bool(rule.together),
                "priority": rule.priority,
                **rule.rank,
            }
        )

    def _used(self, draft: Draft, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """
        The items that the texts of *draft* could use, each once.
        """
        seen = set()
        for sentence in (*draft.texts.values(), outcome.rule.because):
            for slot in sentence.slots():
                phrase = outcome.rule.phrases.get(slot.name)
                name = phrase.item if phrase else slot.name
                place = name if "." in name else f"{outcome.why}.{name}"
                why, item = place.split(".", 1)
                if (why, item) in self._items and (why, item) not in seen:
                    seen.add((why, item))
                    yield why, item

    def _sharpen(self, draft: Draft, outcome: Outcome) -> Sharpen | None:
        best: Sharpen | None = None
        causes = [(cause.why, cause.item) for cause in outcome.causes if cause.item is not None]
        for why, key in dict.fromkeys([*causes, *self._used(draft, outcome)]):
            gain = self.card.whys[why].items[key].gain
            if gain > (best.gain if best else 0):
                best = Sharpen(why=why, item=key, ask=self._items[why, key].ask, gain=gain)
        return best

    def _held_back(self, draft: Draft, outcome: Outcome) -> Iterator[NearMiss]:
        """
        A recommendation that fired but has a slot that is still empty: near, for want of that answer.
        """
        filled = self._values[outcome.why]
        for why, key in self._used(draft, outcome):
            score = self.card.whys[why].items[key]
            if f"{why}.{key}" not in filled and score.state in (State.UNKNOWN, State.GIVEN) and score.gain > 0:
                miss = self._miss(draft, outcome, why, key)
                if miss is not None:
                    yield miss
                    return

    def near_miss(self, outcome: Outcome) -> NearMiss | None:
        """
        What *outcome* would recommend if it had the one item that it lacks.
        """
        assert outcome.lacks is not None
        why, key = outcome.lacks.split(".", 1)
        return self._miss(outcome.rule.drafts[0], outcome, why, key) if (why, key) in self._items else None

    def _miss(self, draft: Draft, outcome: Outcome, why: str, key: str) -> NearMiss | None:
        item = self._items[why, key]
        values = Values(
            values=self._values[outcome.why],
            phrases=FrozenMap(
                (name, phrase)
                for name, phrase in outcome.rule.phrases.items()
                if phrase.item not in (key, f"{why}.{key}")
            ),
            live=outcome.rule.live,
            plain=FrozenMap({name: f"[{item.title.lower()}]" for name in (key, f"{why}.{key}")}),
        )
        sentence = draft.texts.get("name") or draft.texts["then"]
        wording = _wording("name", sentence, values)
        if wording.text() is None:
            return None
        return NearMiss(
            rule=outcome.rule.id,
            part=KINDS[draft.kind][0],
            why=why,
            item=key,
            ask=item.ask,
            gain=self.card.whys[why].items[key].gain,
            wording=wording,
        )

    def steps(self, parts: Mapping[str, tuple[Recommendation, ...]]) -> Iterator[Recommendation]:
        """
        The steps, which may name the first place and the first person of their WHY.
        """
        firsts: dict[str, tuple[dict[str, str], frozenset[str]]] = {}
        for step in parts["how"]:
            why = next(iter(step.whys), "")
            if why not in firsts:
                found = dict(self._firsts(parts, why))
                names = {slot: first.wording("name") for slot, first in found.items()}
                firsts[why] = (
                    names,
                    frozenset(slot for slot, first in found.items() if first.public(self.private) is None),
                )
            names, own = firsts[why]
            wordings = {
                name: attrs.evolve(wording, values=wording.values.with_plain(names, own=own))
                for name, wording in step.wordings.items()
            }
            if all(wordings[name].text() is not None for name in ("when", "then") if name in wordings):
                yield attrs.evolve(step, wordings=FrozenMap(wordings))

    @staticmethod
    def _firsts(parts: Mapping[str, tuple[Recommendation, ...]], why: str) -> Iterator[tuple[str, Recommendation]]:
        """
        The place and the person that steps for *why* may name.
        """
        for slot, part in (("place", "where"), ("person", "whom")):
            # What joins two WHYs is rarely the place or person that the steps of one WHY are about.
            own = [one for one in parts[part] if one.whys[:1] == (why,) and not one.rank.get("together")]
            first = next(iter(own or parts[part]), None)
            if first is not None:
                yield slot, first


#: What one would rather hear that an answer opens.
_OPENS = ("where", "whom", "say", "how")

_NEEDED = ("name", "say", "because", "when", "then")


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _wording(name: str, sentence: Sentence, values: Values) -> Wording:
    if name == "name":
        return Wording(sentence, values, Voice.READ, is_name=True)
    return Wording(sentence, values, {"say": Voice.SAY, "find": Voice.FIND}.get(name, Voice.READ))
