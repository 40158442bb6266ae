"""
The index over rules: which of many thousands are worth a look on one scorecard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, Protocol

import attrs

from kowhy._frozen import FrozenMap
from kowhy.filed import Bundle, Filed, Gate, Hit, Place
from kowhy.rules import PREFIX, WORDS, Mention, Rule
from kowhy.tables import REMEMBERED

#: A gate of which just one need fails, and one behind which nothing can matter. One that is open stands at the sum of
#: the levels that it asks for.
AJAR, SHUT = -1, -2

_UNSEEN = -3


class Seen(Protocol):
    """
    What the index asks of a scorecard.
    """

    @property
    def country(self) -> str | None:
        """
        The country, if given.
        """
        ...

    @property
    def whys(self) -> frozenset[str]:
        """
        The WHYs that are there.
        """
        ...

    @property
    def levels(self) -> Mapping[Place, int]:
        """
        The level of every item that is above missing.
        """
        ...

    @property
    def closed(self) -> Collection[Place]:
        """
        The items for which one must not ask.
        """
        ...

    @property
    def said(self) -> Mapping[Place, tuple[tuple[str, ...], ...]]:
        """
        The folded words of each answer, for items that have answers.
        """
        ...

    def stand(self, gate: Gate) -> int:
        """
        How a gate stands: the sum of the levels that it asks for, :data:`AJAR` or :data:`SHUT`.
        """
        ...


@attrs.define
class _Words:
    """
    All different words that rules name, as packs write them, by what they look like in an answer.

    Rules share words, and a word has up to a dozen forms; so an answer is searched for words once, and only then are
    rules looked up, by the words found.
    """

    single: dict[str, list[str]] = attrs.field(factory=dict)
    whole: dict[tuple[str, ...], list[str]] = attrs.field(factory=dict)
    prefixes: dict[str, list[tuple[str, str]]] = attrs.field(factory=dict)
    first: dict[str, set[str]] = attrs.field(factory=dict)
    second: dict[str, set[str]] = attrs.field(factory=dict)
    begun: dict[str, set[str]] = attrs.field(factory=dict)
    longer: dict[str, Mention] = attrs.field(factory=dict)
    known: dict[tuple[tuple[str, ...], ...], frozenset[str]] = attrs.field(factory=dict)

    def add(self, word: str) -> None:
        mention = Mention.read("", (word,))
        for form in mention.single:
            self.single.setdefault(form, []).append(word)
        for answer in mention.whole:
            self.whole.setdefault(answer, []).append(word)
        for prefix in mention.prefixes:
            self.prefixes.setdefault(prefix[:PREFIX], []).append((prefix, word))
        for run in mention.runs:
            first, second, *rest = run
            if rest or isinstance(second, str):
                self.longer[word] = mention
            # Only the last word of a run may be a beginning; where that is the second, the first one has to do.
            for form in first:
                (self.begun if isinstance(second, str) else self.first).setdefault(form, set()).add(word)
            for form in () if isinstance(second, str) else second:
                self.second.setdefault(form, set()).add(word)

    def heard(self, answers: tuple[tuple[str, ...], ...]) -> frozenset[str]:
        """
        The words that any of *answers*, folded, meets; remembered where the answers are short.
        """
        found = self.known.get(answers)
        if found is None:
            found = frozenset(self._heard(answers))
            if sum(map(len, answers)) <= WORDS:
                if len(self.known) >= REMEMBERED:
                    self.known.clear()
                self.known[answers] = found
        return found

    def _heard(self, answers: tuple[tuple[str, ...], ...]) -> set[str]:
        found: set[str] = set()
        for answer in answers:
            found.update(self.whole.get(answer, ()))
            last = len(answer) - 1
            for index, token in enumerate(answer):
                if token in self.single:
                    found.update(self.single[token])
                if token[:PREFIX] in self.prefixes:
                    found.update(word for prefix, word in self.prefixes[token[:PREFIX]] if token.startswith(prefix))
                if index < last and token in self.begun:
                    found.update(word for word in self.begun[token] if self.longer[word].found(answer[index:]))
                if index < last and token in self.first and answer[index + 1] in self.second:
                    for word in self.first[token].intersection(self.second[answer[index + 1]]):
                        if word not in self.longer or self.longer[word].found(answer[index:]):
                            found.add(word)
        return found


class _Ears(dict[Place, frozenset[str]]):
    """
    By place, which of the words that the rules name are met there, found when first asked for.
    """

    def __init__(self, words: _Words, seen: Seen) -> None:
        super().__init__()
        self._words, self._said = words, seen.said

    def __missing__(self, where: Place) -> frozenset[str]:
        found = self[where] = self._words.heard(self._said.get(where, ()))
        return found


#: What must hold before a gate is looked at: a country and a second WHY, each empty where it does not matter.
_Key = tuple[str, str]


def _keys(gate: Gate) -> Iterator[_Key]:
    return product(gate.countries or ("",), gate.together[:1] or ("",))


class Candidates(NamedTuple):
    """
    The rules for one WHY that hear what they mention and nothing of their ``unless``.

    Attributes:
        open: Those behind gates that are open, as far as they fire together, with the sum of the levels of the items
            that make them fire.

        heard: The others behind such gates, of which only the schema is left to be looked at.

        ajar: Those behind gates that are ajar, gate by gate; here, too, only the schema is left to be looked at.
    """

    open: list[tuple[Bundle, int]]
    heard: list[Hit]
    ajar: list[tuple[Filed, ...]]


def _places(one: Filed, ears: _Ears) -> tuple[Place, ...] | None:
    """
    Where the words were said for which *one* waits; ``None`` when some were not, or when any of its ``unless`` was.
    """
    for places, words in one.unless:
        for where in places:
            if not ears[where].isdisjoint(words):
                return None
    found: list[Place] = []
    for places, words in one.mentions:
        for where in places:
            if not words.isdisjoint(ears[where]):
                found.append(where)
                break
        else:
            return None
    return tuple(found)


@attrs.frozen
class _Free:
    """
    Gates with one need at most; what a country and a second WHY have to do with them is known.

    Attributes:
        always: Those that ask for nothing else; they stand open.

        needing: Those that ask for one item, by that item, with its level.

        others: Those that ask for more.
    """

    always: dict[int, int] = attrs.field(factory=dict)
    needing: dict[Place, list[tuple[int, int]]] = attrs.field(factory=dict)
    others: list[int] = attrs.field(factory=list)

    def add(self, number: int, gate: Gate) -> None:
        if gate.adult or len(gate.together) > 1:
            self.others.append(number)
        elif gate.needs:
            ((where, level),) = gate.needs
            self.needing.setdefault(where, []).append((level, number))
        else:
            self.always[number] = 0

    def stand(self, seen: Seen, found: dict[int, int]) -> None:
        """
        Add to what was *found* how those stand of which that is soon told.
        """
        found.update(self.always)
        levels = seen.levels
        for where, needs in self.needing.items():
            has = levels.get(where, 0)
            for level, number in needs:
                found[number] = has if level <= has else SHUT if where in seen.closed else AJAR


@attrs.frozen
class _Shelf:
    """
    The rules that are tried for one WHY.

    Attributes:
        gates: All different ones.

        quiet: For each gate the rules behind it that ask for nothing else.

        wary: For each gate those that wait for no words, but do not fire on some, or have a schema.

        filed: The gates of both by country and second WHY, then by the place of a need, with its level.

        free: Those with one need at most, by country and second WHY.

        words: All words that the rules name.

        waiting: By item and word, the rules that wait for it there.

        single: Of these, those that ask for no more than their gate and one word in one place, each by itself.
    """

    gates: tuple[Gate, ...]
    quiet: dict[int, Bundle]
    wary: dict[int, list[Filed]]
    filed: dict[_Key, dict[Place, list[tuple[int, int]]]]
    free: dict[_Key, _Free]
    words: _Words
    waiting: dict[Place, dict[str, dict[Filed, None]]]
    single: dict[Filed, Bundle]

    @classmethod
    def of(cls, rules: Iterable[Rule], why: str) -> _Shelf:
        gates: dict[Gate, int] = {}
        quiet: dict[int, list[Filed]] = {}
        wary: dict[int, list[Filed]] = {}
        words = _Words()
        named: set[str] = set()
        waiting: dict[Place, dict[str, dict[Filed, None]]] = {}
        single: dict[Filed, Bundle] = {}
        for rule in rules:
            gate = Gate.of(rule, why)
            one = Filed(rule, why, gate, gates.setdefault(gate, len(gates)))
            if one.mentions:
                places, some = one.mentions[0]
                if one.waits_once:
                    single[one] = Bundle(why, (one,), places)
                for where in places:
                    at = waiting.setdefault(where, {})
                    for word in some:
                        at.setdefault(word, {})[one] = None
            else:
                kind = wary if one.unless or rule.when is not None else quiet
                kind.setdefault(one.number, []).append(one)
            for _, some in (*one.mentions, *one.unless):
                named |= some
        for word in sorted(named):
            words.add(word)
        every = tuple(gates)
        filed: dict[_Key, dict[Place, list[tuple[int, int]]]] = {}
        free: dict[_Key, _Free] = {}
        for number in sorted({*quiet, *wary}):
            # Of two needs one holds, or both fail and the gate is shut; the highest are the rarest. A gate with one
            # need is ajar without it, so nothing can be asked of the scorecard beforehand.
            needs = sorted(every[number].needs, key=lambda need: -need[1])[:2]
            for spot in _keys(every[number]):
                if len(needs) < 2:
                    free.setdefault(spot, _Free()).add(number, every[number])
                else:
                    for where, level in needs:
                        filed.setdefault(spot, {}).setdefault(where, []).append((level, number))
        bundle = {number: Bundle(why, tuple(some)) for number, some in quiet.items()}
        return cls(every, bundle, wary, filed, free, words, waiting, single)

    def stands(self, seen: Seen) -> dict[int, int]:
        """
        How the gates stand of rules that wait for no words, without some of those that are shut.
        """
        found: dict[int, int] = {}
        levels = seen.levels
        for country in {"", seen.country or ""}:
            for other in ("", *seen.whys):
                free = self.free.get((country, other))
                if free is not None:
                    free.stand(seen, found)
                    for number in free.others:
                        found[number] = seen.stand(self.gates[number])
                under = self.filed.get((country, other))
                if under is not None:
                    for where in under.keys() & levels.keys():
                        top = levels[where]
                        for level, number in under[where]:
                            if level <= top and number not in found:
                                found[number] = seen.stand(self.gates[number])
        return found

    def woken(self, seen: Seen, ears: _Ears) -> dict[Filed, None]:
        """
        Rules whose first mention was said, each once.
        """
        found: dict[Filed, None] = {}
        for where in seen.said:
            waiting = self.waiting.get(where)
            if waiting is not None:
                for word in ears[where]:
                    if word in waiting:
                        found.update(waiting[word])
        return found

    def listen(self, one: Filed, stand: int, ears: _Ears, levels: Mapping[Place, int], found: Candidates) -> None:
        """
        Add *one* to what was *found*, whose gate stands so, if it hears what it waits for.
        """
        bundle = self.single.get(one)
        places = _places(one, ears) if bundle is None else bundle.heard
        if places is None:
            return
        if stand == AJAR:
            found.ajar.append((one,))
            return
        for where in dict.fromkeys(places) if len(places) > 1 else places:
            if where not in one.needed:
                stand += levels.get(where, 0)
        if bundle is None:
            found.heard.append((one, stand, places))
        else:
            found.open.append((bundle, stand))


@attrs.frozen
class RuleIndex:
    """
    Rules by what they ask for.
    """

    _rules: FrozenMap[str, tuple[Rule, ...]]
    #: Shelves are built when a profile first has their WHY; until then their rules cost nothing.
    _shelves: dict[str, _Shelf] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleIndex:
        """
        An index over *rules*.
        """
        by_why: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.id):
            for why in rule.whys:
                by_why.setdefault(why, []).append(rule)
        return cls(FrozenMap((why, tuple(found)) for why, found in by_why.items()))

    def candidates(self, why: str, seen: Seen) -> Candidates:
        """
        The rules that fire for *why* or nearly do, each once and in no order.

        Args:
            why: Id of the WHY, one that is there.

            seen: The scorecard.
        """
        found = Candidates([], [], [])
        if why not in self._rules:
            return found
        # Two threads may both build a shelf; they build the same.
        shelf = self._shelves.get(why) or self._shelves.setdefault(why, _Shelf.of(self._rules[why], why))
        ears = _Ears(shelf.words, seen)
        listening = list(shelf.woken(seen, ears))
        stands = shelf.stands(seen)
        for number, stand in stands.items():
            if stand == SHUT:
                continue
            if number in shelf.wary:
                listening += shelf.wary[number]
            bundle = shelf.quiet.get(number)
            if bundle is None:
                continue
            if stand == AJAR:
                found.ajar.append(bundle.rules)
            else:
                found.open.append((bundle, stand))
        for one in listening:
            stand = stands.get(one.number, _UNSEEN)
            if stand == _UNSEEN:
                stand = stands[one.number] = seen.stand(one.gate)
            if stand != SHUT:
                shelf.listen(one, stand, ears, seen.levels, found)
        return found
