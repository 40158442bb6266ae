"""
The index over rules: which of many thousands are worth a look on one scorecard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Protocol

import attrs

from kowhy._frozen import FrozenMap
from kowhy.filed import Filed, Gate, Hit, Place
from kowhy.rules import PREFIX, WORDS, Mention, Rule
from kowhy.tables import REMEMBERED

#: How many needs of a gate fail: none, just one, or so many that nothing behind it can matter.
OPEN, AJAR, SHUT = 0, 1, 2


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
    def said(self) -> Mapping[Place, tuple[tuple[str, ...], ...]]:
        """
        The folded words of each answer, for items that have answers.
        """
        ...

    def verdict(self, gate: Gate) -> int:
        """
        How a gate stands: :data:`OPEN`, :data:`AJAR` or :data:`SHUT`.
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


#: What must hold before a gate is looked at: a country and a second WHY, each empty where it does not matter.
_Key = tuple[str, str]


def _keys(gate: Gate) -> Iterator[_Key]:
    return product(gate.countries or ("",), gate.together[:1] or ("",))


@attrs.frozen
class _Shelf:
    """
    The rules that are tried for one WHY.

    Attributes:
        gates: All different ones.

        quiet: For each gate the rules behind it for which words do not matter.

        wary: For each gate those that wait for no words, but do not fire on some.

        filed: The gates of both by country and second WHY, then by the place of a need, with its level.

        free: Those of which no need can be asked beforehand, by country and second WHY.

        words: All words that the rules name.

        waiting: By item and word, the rules that wait for it there.
    """

    gates: tuple[Gate, ...]
    quiet: dict[int, list[Filed]]
    wary: dict[int, list[Filed]]
    filed: dict[_Key, dict[Place, list[tuple[int, int]]]]
    free: dict[_Key, list[int]]
    words: _Words
    waiting: dict[Place, dict[str, dict[Filed, None]]]

    @classmethod
    def of(cls, rules: Iterable[Rule], why: str) -> _Shelf:
        gates: dict[Gate, int] = {}
        quiet: dict[int, list[Filed]] = {}
        wary: dict[int, list[Filed]] = {}
        words = _Words()
        named: set[str] = set()
        waiting: dict[Place, dict[str, dict[Filed, None]]] = {}
        for rule in rules:
            gate = Gate.of(rule, why)
            one = Filed(rule, why, gate, gates.setdefault(gate, len(gates)))
            if one.mentions:
                places, some = one.mentions[0]
                for where in places:
                    at = waiting.setdefault(where, {})
                    for word in some:
                        at.setdefault(word, {})[one] = None
            else:
                (wary if one.unless else quiet).setdefault(one.number, []).append(one)
            for _, some in (*one.mentions, *one.unless):
                named |= some
        for word in sorted(named):
            words.add(word)
        every = tuple(gates)
        filed: dict[_Key, dict[Place, list[tuple[int, int]]]] = {}
        free: dict[_Key, list[int]] = {}
        for number in sorted({*quiet, *wary}):
            # Of two needs one holds, or both fail and the gate is shut; the highest are the rarest. A gate with one
            # need is ajar without it, so nothing can be asked of the scorecard beforehand.
            needs = sorted(every[number].needs, key=lambda need: -need[1])[:2]
            for spot in _keys(every[number]):
                if len(needs) < 2:
                    free.setdefault(spot, []).append(number)
                else:
                    for where, level in needs:
                        filed.setdefault(spot, {}).setdefault(where, []).append((level, number))
        return cls(every, quiet, wary, filed, free, words, waiting)

    def hopeful(self, seen: Seen) -> set[int]:
        """
        Gates of rules that wait for no words, without those of which a key shows that they are shut.
        """
        found: set[int] = set()
        for country in {"", seen.country or ""}:
            for other in ("", *seen.whys):
                under = self.filed.get((country, other))
                found.update(self.free.get((country, other), ()))
                if under is not None:
                    for where in under.keys() & seen.levels.keys():
                        top = seen.levels[where]
                        found.update([gate for level, gate in under[where] if level <= top])
        return found

    def ears(self, seen: Seen) -> Callable[[Place], frozenset[str]]:
        """
        Tells for a place which of the words are met there.
        """
        heard: dict[Place, frozenset[str]] = {}

        def at(where: Place) -> frozenset[str]:
            if where not in heard:
                heard[where] = self.words.heard(seen.said.get(where, ()))
            return heard[where]

        return at

    def woken(self, seen: Seen, heard: Callable[[Place], frozenset[str]]) -> dict[Filed, None]:
        """
        Rules whose first mention was said, each once.
        """
        found: dict[Filed, None] = {}
        for where in seen.said:
            waiting = self.waiting.get(where)
            if waiting is not None:
                for word in heard(where):
                    if word in waiting:
                        found.update(waiting[word])
        return found


def _places(one: Filed, heard: Callable[[Place], frozenset[str]]) -> tuple[Place, ...] | None:
    """
    Where the words were said for which *one* waits; ``None`` when some were not, or when any of its ``unless`` was.
    """
    for places, words in one.unless:
        if not all(heard(where).isdisjoint(words) for where in places):
            return None
    found: list[Place] = []
    for places, words in one.mentions:
        for where in places:
            if not words.isdisjoint(heard(where)):
                found.append(where)
                break
        else:
            return None
    return tuple(found)


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

    def candidates(self, why: str, seen: Seen) -> tuple[list[Hit], list[Filed]]:
        """
        The rules for *why* that hear what they mention and nothing of their ``unless``, in no order.

        Args:
            why: Id of the WHY, one that is there.

            seen: The scorecard.

        Returns:
            Those whose gate is open, and those whose gate is ajar, each rule once. Only its ``when`` is left to be
            looked at.
        """
        hits: list[Hit] = []
        ajar: list[Filed] = []
        if why not in self._rules:
            return hits, ajar
        # Two threads may both build a shelf; they build the same.
        shelf = self._shelves.get(why) or self._shelves.setdefault(why, _Shelf.of(self._rules[why], why))
        heard = shelf.ears(seen)
        listening = list(shelf.woken(seen, heard))
        levels = seen.levels
        verdicts: dict[int, int] = {}
        for number in shelf.hopeful(seen):
            gate = shelf.gates[number]
            verdict = verdicts[number] = seen.verdict(gate)
            if verdict == SHUT:
                continue
            listening += shelf.wary.get(number, ())
            quiet = shelf.quiet.get(number, ())
            if verdict == AJAR:
                ajar += quiet
            else:
                total = sum([levels[where] for where, _ in gate.needs])
                hits += [(one, total, ()) for one in quiet]
        for one in listening:
            number = one.number
            verdict = verdicts[number] if number in verdicts else verdicts.setdefault(number, seen.verdict(one.gate))
            if verdict == SHUT:
                continue
            places = _places(one, heard)
            if places is None:
                continue
            if verdict == AJAR:
                ajar.append(one)
            else:
                hits.append((one, sum([levels.get(where, 0) for where in {*one.needed, *places}]), places))
        return hits, ajar
