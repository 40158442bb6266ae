"""
The advice as plain values: recommendations, near misses and the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any

import attrs

from kowhy._frozen import FrozenMap, maker
from kowhy._lazy import Lazy
from kowhy.danger import Danger
from kowhy.errors import Fault
from kowhy.matching import Cause
from kowhy.offers import as_step, as_title, shown
from kowhy.rules import ORIGIN
from kowhy.sentences import Sentence, Values, Voice, can_speak, speak, speak_name

#: The four parts of a plan, in the article's words: where to go, what to say, with whom, and how.
PARTS = ("where", "say", "whom", "how")


@attrs.frozen
class Wording:
    """
    A text that is put into words when it is read.
    """

    sentence: Sentence
    values: Values = attrs.field(repr=False)
    voice: Voice
    is_name: bool = False

    def text(self) -> str | None:
        """
        The words, or ``None`` when a needed slot is empty.
        """
        return (speak_name if self.is_name else speak)(self.sentence, self.values, self.voice)

    @property
    def is_sayable(self) -> bool:
        """
        Whether :meth:`text` finds words, told without looking for them.
        """
        return can_speak(self.sentence, self.values, self.voice)

    def public(self) -> Wording:
        """
        The same without private answers.
        """
        values = self.values.public()
        return self if values is self.values else attrs.evolve(self, values=values)


#: A wording of its parts by position.
wording = maker(Wording)


def plain(text: str) -> Wording:
    """
    A text that is already in words.
    """
    return Wording(Sentence(text, (text,)), Values(), Voice.READ, is_name=True)


@attrs.frozen(kw_only=True)
class Sharpen:
    """
    The one answer that would make a recommendation fit better.

    Attributes:
        why: Id of the WHY.

        item: Key of the item.

        ask: Its question.

        gain: What the score would gain, in points.
    """

    why: str
    item: str
    ask: str
    gain: float


#: What would sharpen of its parts by position.
sharpening = maker(Sharpen)


@attrs.frozen(kw_only=True)
class Recommendation(Lazy):
    """
    One piece of advice: a venue, a script, a person or a step.

    Attributes:
        id: Stable; dismissing it keeps it away.

        part: ``"where"``, ``"say"``, ``"whom"`` or ``"how"``.

        whys: The WHYs that it serves, the leading one first.

        causes: The items that caused it.

        rank: Named integer parts; their sum orders the plan.

        pack: The pack or package that it comes from.

        source: Where the advice comes from, if it has a source.

        homepage: Domain where the organisation that it names is found, or empty.

        confirmed: Year and month in which somebody last saw that it is there; or empty.

        group: At most two of a group stand in a plan.

        order: Among those shown, the lower comes first.

        sharpen: What would make it fit better.

        wordings: The texts, put into words when read.
    """

    id: str
    part: str
    whys: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    rank: FrozenMap[str, int] = FrozenMap()
    pack: str = ""
    source: str = ""
    homepage: str = ""
    confirmed: str = ""
    group: str = ""
    order: int = 0
    sharpen: Sharpen | None = None
    wordings: FrozenMap[str, Wording] = attrs.field(default=FrozenMap(), repr=False)

    @classmethod
    def of(cls, id: str, part: str, **texts: str) -> Recommendation:  # noqa: A002  # the field's own name
        """
        A recommendation from finished texts, as a plugin makes them.
        """
        return cls(id=id, part=part, wordings=FrozenMap((name, plain(text)) for name, text in texts.items()))

    def wording(self, name: str) -> str:
        """
        One of the texts in words; empty when there is none.
        """
        found = self.wordings.get(name)
        return (found.text() or "") if found else ""

    @property
    def total(self) -> int:
        """
        The rank as one number.
        """
        return sum(self.rank.values())

    @property
    def name(self) -> str:
        """
        What it is, in a few words.
        """
        return as_title(self.wording("name"))

    @property
    def text(self) -> str:
        """
        What to do, to say, or when to do what.
        """
        if "say" in self.wordings:
            return self.wording("say")
        if "then" in self.wordings:
            return as_step(self.wording("when"), self.wording("then"))
        return self.wording("text")

    @property
    def find(self) -> str:
        """
        What to type into a search.
        """
        return self.wording("find")

    @property
    def because(self) -> str:
        """
        Why it fits.
        """
        return self.wording("because")

    @property
    def moment(self) -> str:
        """
        For scripts: when to say it.
        """
        return self.wording("moment")

    @property
    def count(self) -> str:
        """
        For steps: how often.
        """
        return self.wording("count")

    @property
    def stop(self) -> str:
        """
        For steps: when to stop and change the plan.
        """
        return self.wording("stop")

    def _said(self) -> dict[str, str | None]:
        """
        All texts in words.
        """
        return {name: wording.text() for name, wording in self.wordings.items()}

    def public(self, private: Collection[tuple[str, str]]) -> Recommendation | None:
        """
        The same without anything private, or ``None`` when nothing would be left that makes sense.

        Args:
            private: WHY and item of all private answers.
        """
        causes = tuple(cause for cause in self.causes if (cause.why, cause.item) not in private)
        if any(cause.words for cause in self.causes if cause not in causes):
            return None
        wordings = {name: wording.public() for name, wording in self.wordings.items()}
        needed = [name for name in ("name", "say", "when", "then") if name in wordings]
        if not all(wordings[name].is_sayable for name in needed):
            return None
        kept = FrozenMap((name, wording) for name, wording in wordings.items() if wording.is_sayable)
        sharpen = self.sharpen if self.sharpen and (self.sharpen.why, self.sharpen.item) not in private else None
        if not causes:
            causes = tuple(Cause(why=why) for why in self.whys[:1])
        return attrs.evolve(self, causes=causes, wordings=kept, sharpen=sharpen)

    def _to_dict_(self) -> dict[str, Any]:
        later = getattr(self, "_later", None)
        if later is not None:
            made: dict[str, Any] = later[1].to_dict()
            return made
        return as_dict(
            self.id,
            self.part,
            self.whys,
            shown(self._said()),
            self.causes,
            self.rank.copy(),
            {name: value for name in ORIGIN if (value := getattr(self, name))},
            self.sharpen,
        )


def as_dict(  # noqa: PLR0917  # called in two places, and in the order of what is written
    id_: str,
    part: str,
    whys: Iterable[str],
    texts: Mapping[str, str],
    causes: Iterable[Cause],
    rank: dict[str, int],
    origin: Mapping[str, str],
    sharpen: Sharpen | None,
) -> dict[str, Any]:
    """
    A recommendation as it is written into JSON.
    """
    found: dict[str, Any] = {"id": id_, "part": part, "whys": list(whys), **texts}
    found["causes"] = [cause._to_dict_() for cause in causes]
    found["rank"] = {"total": sum(rank.values()), "parts": rank}
    found |= origin
    if sharpen is not None:
        found["sharpen"] = {"why": sharpen.why, "item": sharpen.item, "ask": sharpen.ask, "gain": sharpen.gain}
    return found


@attrs.frozen(kw_only=True)
class NearMiss:
    """
    A recommendation that lacks one answer.

    Attributes:
        rule: Id of the rule.

        part: The part of the plan that it would join.

        why: Id of the WHY.

        item: Key of the item that it lacks.

        ask: The question that would supply it.

        gain: What the answer would add to the score, in points.

        wording: What it would recommend, with the missing answer in brackets.
    """

    rule: str
    part: str
    why: str
    item: str
    ask: str
    gain: float
    wording: Wording

    @property
    def name(self) -> str:
        """
        What it would recommend.
        """
        return as_title(self.wording.text() or "")

    def _to_dict_(self) -> dict[str, Any]:
        keys = ("rule", "part", "why", "item", "ask", "gain", "name")
        return {key: getattr(self, key) for key in keys}


_by_order = attrgetter("order")


@attrs.frozen(kw_only=True)
class Plan(Lazy):
    """
    Where to go, what to say, with whom, and how.

    Attributes:
        name: The person's name, if given.

        country: ISO 3166-1 alpha-2 code, if given.

        dominant: Id of the WHY that leads; ``None`` when it is open.

        whys: All WHYs of the profile, the leading one first.

        emergency: Where help is, if the profile speaks of danger to life; then there is no other advice.

        where: Venues, best first.

        say: Scripts, best first.

        whom: People, best first.

        how: Steps, best first.

        near_misses: What one more answer would open, the largest gain first.

        problems: What went wrong on the way, for example in a plugin.

        packs: Ids of the packs that took part.
    """

    name: str | None = None
    country: str | None = None
    dominant: str | None = None
    whys: tuple[str, ...] = ()
    emergency: Danger | None = None
    where: tuple[Recommendation, ...] = ()
    say: tuple[Recommendation, ...] = ()
    whom: tuple[Recommendation, ...] = ()
    how: tuple[Recommendation, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    problems: tuple[Fault, ...] = ()
    packs: tuple[str, ...] = ()
    private: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), repr=False)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """
        All four parts in one row.
        """
        return (*self.where, *self.say, *self.whom, *self.how)

    def head(self, limit: int) -> Plan:
        """
        The plan with the best *limit* of each part; scripts and steps in the order in which one uses them.
        """

        def first(part: str) -> tuple[Recommendation, ...]:
            return tuple(sorted(islice(self._part(part), limit), key=_by_order))

        return Plan(
            name=self.name,
            country=self.country,
            dominant=self.dominant,
            whys=self.whys,
            emergency=self.emergency,
            where=first("where"),
            say=first("say"),
            whom=first("whom"),
            how=first("how"),
            near_misses=tuple(islice(self._nearest(), limit)),
            problems=self.problems,
            packs=self.packs,
            private=self.private,
        )

    # Of a part that nobody has read yet, each piece is made when it is its turn.

    def _part(self, name: str) -> Iterator[Recommendation]:
        later = getattr(self, "_later", None)
        pieces: Iterator[Recommendation] = iter(getattr(self, name)) if later is None else later[1].part(name)
        return pieces

    def _nearest(self) -> Iterator[NearMiss]:
        """
        One near miss an item: three questions open more than three times the same one.
        """
        later = getattr(self, "_later", None)
        if later is not None:
            yield from later[1].near.misses(one_an_item=True)
            return
        seen: set[tuple[str, str]] = set()
        for miss in self.near_misses:
            if (miss.why, miss.item) not in seen:
                seen.add((miss.why, miss.item))
                yield miss

    def shareable(self) -> Plan:
        """
        The plan without anything private: no private text, and no advice that only private words called for.
        """

        def public(part: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
            return tuple(filter(None, (one.public(self.private) for one in part)))

        near = tuple(
            attrs.evolve(miss, wording=miss.wording.public())
            for miss in self.near_misses
            if (miss.why, miss.item) not in self.private and miss.wording.public().is_sayable
        )
        return attrs.evolve(
            self,
            where=public(self.where),
            say=public(self.say),
            whom=public(self.whom),
            how=public(self.how),
            near_misses=near,
            private=frozenset(),
        )

    def _to_dict_(self) -> dict[str, Any]:
        found: dict[str, Any] = {"format": "kowhy.plan/1"}
        found |= {key: value for key in ("name", "country") if (value := getattr(self, key)) is not None}
        found |= {"dominant": self.dominant, "whys": list(self.whys)}
        if self.emergency is not None:
            found["emergency"] = attrs.asdict(self.emergency) | {
                "numbers": [attrs.asdict(contact) for contact in self.emergency.numbers]
            }
        found |= {part: [one._to_dict_() for one in getattr(self, part)] for part in PARTS}
        found["near_misses"] = [miss._to_dict_() for miss in self.near_misses]
        found["problems"] = [attrs.asdict(fault) for fault in self.problems]
        found["packs"] = list(self.packs)
        return found

    def _repr_html_(self) -> str:
        from kowhy.render.notebook import html_of  # noqa: PLC0415  # only a notebook asks for it

        return html_of(self)

    def _repr_markdown_(self) -> str:
        from kowhy.render.notebook import markdown_of  # noqa: PLC0415  # only a notebook asks for it

        return markdown_of(self)
