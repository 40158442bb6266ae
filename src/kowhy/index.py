"""
The index over rules: which of many thousands are worth a look on one scorecard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from kowhy._frozen import FrozenMap
from kowhy.rules import Mention, Rule

#: Letters by which beginnings of words are filed; the checks of packs allow no shorter ones.
PREFIX = 4

Place = tuple[str, str]


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
    needs: tuple[tuple[Place, int], ...]

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


@attrs.define
class _Postings:
    """
    The rules that wait for words in one item, by the words that wake them.
    """

    single: dict[str, list[int]] = attrs.field(factory=dict)
    prefixes: dict[str, list[tuple[str, int]]] = attrs.field(factory=dict)

    def add(self, mention: Mention, number: int) -> None:
        for word in mention.single:
            self.single.setdefault(word, []).append(number)
        for whole in mention.whole:
            self.single.setdefault(whole[0], []).append(number)
        for prefix in mention.prefixes:
            self.prefixes.setdefault(prefix[:PREFIX], []).append((prefix, number))
        for run in mention.runs:
            # A run begins with one of the forms of its first word; whether the rest follows is checked later.
            for word in run[0]:
                self.single.setdefault(word, []).append(number)

    def woken(self, token: str) -> Iterator[int]:
        yield from self.single.get(token, ())
        for prefix, number in self.prefixes.get(token[:PREFIX], ()):
            if token.startswith(prefix):
                yield number


@attrs.frozen
class _Shelf:
    """
    The rules that are tried for one WHY.

    Attributes:
        rules: By number.

        gates: All different ones.

        gate_of: For each rule the number of its gate.

        quiet: For each gate the rules behind it that wait for no words.

        waiting: By item, the rules that wait for words in it first.
    """

    rules: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    gate_of: tuple[int, ...]
    quiet: tuple[tuple[int, ...], ...]
    waiting: Mapping[Place, _Postings]

    @classmethod
    def of(cls, rules: Iterable[Rule], why: str) -> _Shelf:
        rules = tuple(rules)
        gates: dict[Gate, int] = {}
        gate_of: list[int] = []
        quiet: list[list[int]] = []
        waiting: dict[Place, _Postings] = {}
        for number, rule in enumerate(rules):
            gate = gates.setdefault(Gate.of(rule, why), len(gates))
            if gate == len(quiet):
                quiet.append([])
            gate_of.append(gate)
            if rule.mentions:
                first = rule.mentions[0]
                for key in first.keys:
                    waiting.setdefault(place(key, why), _Postings()).add(first, number)
            else:
                quiet[gate].append(number)
        return cls(rules, tuple(gates), tuple(gate_of), tuple(map(tuple, quiet)), FrozenMap(waiting))


@attrs.frozen
class RuleIndex:
    """
    Rules by what they ask for.
    """

    _shelves: FrozenMap[str, _Shelf]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleIndex:
        """
        An index over *rules*.
        """
        by_why: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.id):
            for why in rule.whys:
                by_why.setdefault(why, []).append(rule)
        return cls(FrozenMap((why, _Shelf.of(found, why)) for why, found in by_why.items()))

    def candidates(
        self, why: str, *, verdict: Callable[[Gate], int], tokens: Callable[[Place], Iterable[tuple[str, ...]]]
    ) -> Iterator[tuple[Rule, int]]:
        """
        The rules for *why* whose gate is open or ajar and whose first words are among the tokens.

        Args:
            why: Id of the WHY.

            verdict: How a gate stands: :data:`OPEN`, :data:`AJAR` or :data:`SHUT`.

            tokens: The folded words of each answer at a place.

        Yields:
            Each such rule once, with the verdict on its gate. Whether it fires depends on what else it mentions and on
            its ``when``.
        """
        shelf = self._shelves.get(why)
        if shelf is None:
            return
        verdicts = [verdict(gate) for gate in shelf.gates]
        for gate, numbers in enumerate(shelf.quiet):
            if verdicts[gate] != SHUT:
                for number in numbers:
                    yield shelf.rules[number], verdicts[gate]
        woken: set[int] = set()
        for where, postings in shelf.waiting.items():
            for answer in tokens(where):
                for token in answer:
                    woken.update(postings.woken(token))
        for number in sorted(woken):
            found = verdicts[shelf.gate_of[number]]
            if found != SHUT:
                yield shelf.rules[number], found
