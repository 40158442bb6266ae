"""
The index over rules: which of many thousands are worth a look on one scorecard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Protocol

import attrs

from kowhy._frozen import FrozenMap
from kowhy.rules import PREFIX, Mention, Rule

Place = tuple[str, str]

#: A place with the lowest level that suffices there.
Need = tuple[Place, int]


@attrs.frozen
class Gate:
    """
    What a rule asks for beside words: many rules share one, and it is checked once for all of them.

    Attributes:
        why: Id of the WHY for which the rules are tried.

        together: WHYs that must be present besides.

        countries: Only there; empty is everywhere.

        adult: Only for adults.

        needs: Places in a scorecard with the lowest level that suffices.
    """

    why: str
    together: tuple[str, ...]
    countries: tuple[str, ...]
    adult: bool
    needs: tuple[Need, ...]

    @classmethod
    def of(cls, rule: Rule, why: str) -> Gate:
        """
        The gate of *rule*, tried for *why*.
        """
        needs = ((place(key, why), level) for key, level in rule.needs.items())
        return cls(why, rule.together, rule.countries, rule.adult, tuple(sorted(needs)))


def place(key: str, why: str) -> Place:
    """
    The WHY and the item that *key* (``"item"`` or ``"why.item"``) stands for in a rule tried for *why*.
    """
    whose, _, item = key.rpartition(".")
    return whose or why, item


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
        How a gate whose country fits stands: :data:`OPEN`, :data:`AJAR` or :data:`SHUT`.
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

    def heard(self, answers: Iterable[tuple[str, ...]]) -> set[str]:
        """
        The words that any of *answers*, folded, meets.
        """
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
        rules: By number.

        gates: All different ones.

        gate_of: For each rule the number of its gate.

        quiet: For each gate the rules behind it that wait for no words.

        filed: The gates of such rules by country and second WHY, then by the place of a need, with its level.

        free: Those of which no need can be asked beforehand, by country and second WHY.

        words: All words that the rules name.

        waiting: By item and word, the rules that wait for it there.
    """

    rules: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    gate_of: tuple[int, ...]
    quiet: dict[int, list[int]]
    filed: dict[_Key, dict[Place, list[tuple[int, int]]]]
    free: dict[_Key, list[int]]
    words: _Words
    waiting: dict[Place, dict[str, list[int]]]

    @classmethod
    def of(cls, rules: Iterable[Rule], why: str) -> _Shelf:
        rules = tuple(rules)
        gates: dict[Gate, int] = {}
        gate_of: list[int] = []
        quiet: dict[int, list[int]] = {}
        words = _Words()
        named: set[str] = set()
        waiting: dict[Place, dict[str, list[int]]] = {}
        for number, rule in enumerate(rules):
            gate = gates.setdefault(Gate.of(rule, why), len(gates))
            gate_of.append(gate)
            if rule.mentions:
                first = rule.mentions[0]
                for key in first.keys:
                    at = waiting.setdefault(place(key, why), {})
                    for word in first.source:
                        at.setdefault(word, []).append(number)
            else:
                quiet.setdefault(gate, []).append(number)
            for mention in (*rule.mentions, *rule.unless):
                named.update(mention.source)
        for word in named:
            words.add(word)
        every = tuple(gates)
        filed: dict[_Key, dict[Place, list[tuple[int, int]]]] = {}
        free: dict[_Key, list[int]] = {}
        for number in quiet:
            # Of two needs one holds, or both fail and the gate is shut; the highest are the rarest. A gate with one
            # need is ajar without it, so nothing can be asked of the scorecard beforehand.
            needs = sorted(every[number].needs, key=lambda need: -need[1])[:2]
            for spot in _keys(every[number]):
                if len(needs) < 2:
                    free.setdefault(spot, []).append(number)
                else:
                    for where, level in needs:
                        filed.setdefault(spot, {}).setdefault(where, []).append((level, number))
        return cls(rules, every, tuple(gate_of), quiet, filed, free, words, waiting)

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

    def ears(self, seen: Seen) -> Callable[[Place], set[str]]:
        """
        Tells for a place which of the words are met there.
        """
        heard: dict[Place, set[str]] = {}

        def at(where: Place) -> set[str]:
            if where not in heard:
                heard[where] = self.words.heard(seen.said.get(where, ()))
            return heard[where]

        return at

    def woken(self, seen: Seen, heard: Callable[[Place], set[str]]) -> set[int]:
        """
        Rules whose first mention was said.
        """
        found: set[int] = set()
        for where in seen.said:
            waiting = self.waiting.get(where)
            if waiting is not None:
                for word in heard(where):
                    if word in waiting:
                        found.update(waiting[word])
        return found


def _is_heard(rule: Rule, why: str, heard: Callable[[Place], set[str]]) -> bool:
    """
    Whether the other mentions of *rule* were said too, and nothing of its ``unless``.
    """

    def is_said(mention: Mention) -> bool:
        return any(not heard(place(key, why)).isdisjoint(mention.source) for key in mention.keys)

    return all(map(is_said, rule.mentions[1:])) and not any(map(is_said, rule.unless))


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

    def candidates(self, why: str, seen: Seen) -> Iterator[tuple[Rule, Gate, int]]:
        """
        The rules for *why* whose gate is open or ajar, and that hear what they mention and nothing of their ``unless``.

        Args:
            why: Id of the WHY, one that is there.

            seen: The scorecard.

        Yields:
            Each such rule once, with its gate and the verdict on that. Only its ``when`` is left to be looked at.
        """
        if why not in self._rules:
            return
        # Two threads may both build a shelf; they build the same.
        shelf = self._shelves.get(why) or self._shelves.setdefault(why, _Shelf.of(self._rules[why], why))
        heard = shelf.ears(seen)
        numbers = shelf.woken(seen, heard)
        for gate in shelf.hopeful(seen):
            numbers.update(shelf.quiet[gate])
        country = seen.country
        verdicts: dict[int, int] = {}
        for number in sorted(numbers):
            rule = shelf.rules[number]
            if rule.countries and country not in rule.countries:
                continue
            at = shelf.gate_of[number]
            if at not in verdicts:
                verdicts[at] = seen.verdict(shelf.gates[at])
            if verdicts[at] == SHUT:
                continue
            if (len(rule.mentions) < 2 and not rule.unless) or _is_heard(rule, why, heard):
                yield rule, shelf.gates[at], verdicts[at]
