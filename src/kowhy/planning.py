"""
From a scorecard to a plan: what fired is put into words, ranked and sorted into four parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from kowhy._frozen import FrozenMap, thawed
from kowhy.checklists import Checklist, Item
from kowhy.errors import Fault
from kowhy.matching import Cause, Match, Outcome, leading
from kowhy.plans import PARTS, NearMiss, Plan, Recommendation, Sharpen, Wording
from kowhy.rules import KINDS, RANK, Draft
from kowhy.scorecards import ItemScore, Scorecard
from kowhy.sentences import Sentence, Value, Values, Voice
from kowhy.whys import State

#: How many of one group may stand in a plan; more would be the same advice again.
OF_A_GROUP = 2

#: The same as a plain mapping, which is read several times for each recommendation.
_RANK = dict(RANK)

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
    kitchen.parts = parts
    parts["how"] = tuple(filter(kitchen.can_be_taken, parts["how"]))
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
    #: What the plan recommends, as soon as that is known; steps may name it.
    parts: Mapping[str, tuple[Recommendation, ...]] = FrozenMap()
    _fillings: dict[tuple[str, int, tuple[str, ...]], Values] = attrs.field(factory=dict)
    _named: dict[int, Values] = attrs.field(factory=dict)
    _firsts: dict[str, tuple[dict[str, str], frozenset[str]]] = attrs.field(factory=dict)
    _steps: dict[str, tuple[Draft, Outcome]] = attrs.field(factory=dict)
    _gaps: dict[tuple[str, str, int, tuple[str, ...]], Values] = attrs.field(factory=dict)

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
            good = [outcome for outcome in outcomes if self._is_sayable(draft, outcome)]
            if good:
                yield self._make(id_, draft, good)
            else:
                yield from self._held_back(draft, first)

    def _filling(self, outcome: Outcome) -> Values:
        """
        What the slots of a rule may hold; rules of one pack share it.
        """
        rule = outcome.rule
        key = (outcome.why, id(rule.phrases), rule.live)
        if key not in self._fillings:
            self._fillings[key] = Values(
                values=self._values[outcome.why],
                phrases=rule.phrases,
                live=rule.live,
                plain=FrozenMap({"name": self.card.name} if self.card.name else {}),
            )
        return self._fillings[key]

    def _is_sayable(self, draft: Draft, outcome: Outcome) -> bool:
        """
        Whether the needed texts can be put into words; those of steps may wait for a place or a person.
        """
        if KINDS[draft.kind][0] == "how":
            return True
        values = self._filling(outcome)
        return (
            values.can_fill(draft.read, Voice.READ)
            and values.can_fill(outcome.rule.because.needed, Voice.READ)
            and values.can_fill(draft.said, Voice.SAY)
        )

    def _make(self, id_: str, draft: Draft, outcomes: Sequence[Outcome]) -> Recommendation:
        """
        The recommendation for the first of *outcomes*, which also serves the WHYs of the others.
        """
        outcome = outcomes[0]
        rule = outcome.rule
        if draft.kind == "step":
            self._steps[id_] = draft, outcome
        whys = tuple(dict.fromkeys([outcome.why, *rule.together, *(one.why for one in outcomes)]))
        made = _new(_Thawed)
        made.id = id_
        made.part = KINDS[draft.kind][0]
        made.whys = whys
        made.rank = FrozenMap.holding(self._rank(outcome, several=len(whys) - 1))
        made.pack = rule.pack
        made.source = rule.source
        made.homepage = rule.homepage
        made.confirmed = rule.confirmed
        made.group = rule.group
        made.order = rule.order
        made._later = _FINDERS, (self, draft, outcome)  # noqa: SLF001  # as planned
        made.__class__ = Recommendation
        found: Recommendation = made
        return found

    def wordings(self, draft: Draft, outcome: Outcome) -> FrozenMap[str, Wording]:
        """
        The texts of a recommendation, ready to be put into words.
        """
        values = self._filling(outcome) if draft.kind != "step" else self._with_names(draft, outcome)
        texts = (*draft.texts.items(), ("because", outcome.rule.because))
        return FrozenMap((name, _wording(name, sentence, values)) for name, sentence in texts)

    def _rank(self, outcome: Outcome, *, several: int) -> dict[str, int]:
        rule, card = outcome.rule, self.card
        # A rule of the second WHY that joins both is still advice for the second.
        leads = outcome.why == card.dominant
        if card.dominant is None:
            leads = outcome.why in card.dominance.candidates
        return {
            "needs": _RANK["needs"] * len(rule.needs),
            "mentions": _RANK["mentions"] * len(rule.mentions),
            "specificity": _RANK["specificity"] * outcome.levels,
            "dominant": _RANK["dominant"] * leads,
            "together": _RANK["together"] * bool(rule.together),
            "priority": rule.priority,
            **rule.rank,
            "several": _RANK["several"] * several,
        }

    def _used(self, draft: Draft, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """
        The items that the texts of *draft* could use, each once.
        """
        seen = set()
        for sentence in (*draft.texts.values(), outcome.rule.because):
            for slot in sentence.slots:
                phrase = outcome.rule.phrases.get(slot.name)
                name = phrase.item if phrase else slot.name
                place = name if "." in name else f"{outcome.why}.{name}"
                why, item = place.split(".", 1)
                if (why, item) in self._items and (why, item) not in seen:
                    seen.add((why, item))
                    yield why, item

    def sharpen(self, draft: Draft, outcome: Outcome) -> Sharpen | None:
        """
        The answer among those used that would gain most.
        """
        best: Sharpen | None = None
        for why, key in dict.fromkeys([*outcome.places, *self._used(draft, outcome)]):
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
        where = outcome.missing
        assert where is not None
        return self._miss(outcome.rule.drafts[0], outcome, *where) if where in self._items else None

    def _miss(self, draft: Draft, outcome: Outcome, why: str, key: str) -> NearMiss | None:
        item = self._items[why, key]
        sentence = draft.texts.get("name") or draft.texts["then"]
        wording = _wording("name", sentence, self._with_a_gap(outcome, why, key))
        if not wording.is_sayable:
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

    def _with_a_gap(self, outcome: Outcome, why: str, key: str) -> Values:
        """
        What the slots of a rule may hold, with the title of an item in the place of the answer that is missing.
        """
        rule, names = outcome.rule, (key, f"{why}.{key}")
        place = (outcome.why, names[1], id(rule.phrases), rule.live)
        if place not in self._gaps:
            self._gaps[place] = Values(
                values=self._values[outcome.why],
                phrases=FrozenMap((name, phrase) for name, phrase in rule.phrases.items() if phrase.item not in names),
                live=rule.live,
                plain=FrozenMap(dict.fromkeys(names, f"[{self._items[why, key].title.lower()}]")),
            )
        return self._gaps[place]

    def can_be_taken(self, step: Recommendation) -> bool:
        """
        Whether *step* can be put into words, also where it names a place or a person of the plan.
        """
        if step.id not in self._steps:
            return True  # a plugin's, which comes in words
        draft, outcome = self._steps[step.id]
        return self._with_names(draft, outcome).can_fill(draft.read, Voice.READ)

    def _with_names(self, draft: Draft, outcome: Outcome) -> Values:
        """
        What the slots of a step may hold: where its texts ask for them, the first place and person of its WHY as well.
        """
        values = self._filling(outcome)
        texts = (*draft.texts.values(), outcome.rule.because)
        if all(slot.name not in _FIRST_OF for text in texts for slot in text.slots):
            return values
        if id(values) not in self._named:
            names, own = self._first_names(outcome.why)
            self._named[id(values)] = values.with_plain(names, own=own)
        return self._named[id(values)]

    def _first_names(self, why: str) -> tuple[dict[str, str], frozenset[str]]:
        """
        The names of the place and the person that steps for *why* may name, and which of them hold something private.
        """
        if why not in self._firsts:
            names, own = {}, set()
            for slot, part in _FIRST_OF.items():
                # What joins two WHYs is rarely the place or person that the steps of one WHY are about.
                fitting = [one for one in self.parts[part] if one.whys[:1] == (why,) and not one.rank.get("together")]
                first = next(iter(fitting or self.parts[part]), None)
                if first is not None:
                    names[slot] = first.wording("name")
                    if self.private and first.public(self.private) is None:
                        own.add(slot)
            self._firsts[why] = names, frozenset(own)
        return self._firsts[why]


#: The slots of steps that name what the plan recommends first.
_FIRST_OF = {"place": "where", "person": "whom"}


def _causes(_: Recommendation, known: _Known) -> tuple[Cause, ...]:
    return known[2].causes


def _sharpen(_: Recommendation, known: _Known) -> Sharpen | None:
    kitchen, draft, outcome = known
    return kitchen.sharpen(draft, outcome)


def _wordings(_: Recommendation, known: _Known) -> FrozenMap[str, Wording]:
    kitchen, draft, outcome = known
    return kitchen.wordings(draft, outcome)


#: What a recommendation that nobody looks at need not know.
_FINDERS = {"causes": _causes, "sharpen": _sharpen, "wordings": _wordings}
_Known = tuple[_Kitchen, Draft, Outcome]
_new, _Thawed = object.__new__, thawed(Recommendation)

#: What one would rather hear that an answer opens.
_OPENS = ("where", "whom", "say", "how")


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


_VOICES = {"say": Voice.SAY, "find": Voice.FIND}


def _voice(name: str) -> Voice:
    return _VOICES.get(name, Voice.READ)


def _wording(name: str, sentence: Sentence, values: Values) -> Wording:
    return Wording(sentence, values, _voice(name), is_name=name == "name")
