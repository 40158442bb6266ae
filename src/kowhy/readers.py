"""
What is remembered of one checklist between profiles: the answers that a rater was asked about, with what follows.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence

import attrs

from kowhy.answers import Reading
from kowhy.bands import band_of
from kowhy.checklists import Checklist
from kowhy.compiled import Asked, Compiled, compiled
from kowhy.ladder import Frame, Sums, hundredths
from kowhy.rating.model import Rater, Rating
from kowhy.rows import Row
from kowhy.scorecards import Finding
from kowhy.tables import LENGTH, REMEMBERED
from kowhy.whys import Answers, State

#: How many rows, and how many statements, a reader keeps.
ROWS = 512

# To look it up in its class takes long.
_UNKNOWN = State.UNKNOWN


@attrs.define(eq=False)
class Memory:
    """
    What is remembered of answers, until there is too much of it.

    Most answers never come again, so of those that came once only their ratings are kept. A reading tells whether its
    texts were seen under another item, so all that are kept of a profile come from one memory.

    Attributes:
        known: For each item the readings of what came more than once, by answers.

        heard: For each item the ratings of what came once, by answers.

        homes: For each text, folded, of the readings the position of the item under which it was seen first.

        kept: How many answers there are.
    """

    known: tuple[dict[Answers, Reading], ...]
    heard: tuple[dict[Answers, tuple[Rating, ...]], ...]
    homes: dict[str, int] = attrs.field(factory=dict)
    kept: int = 0


@attrs.define(eq=False)
class Reader:
    """
    Reads the answers to the items of one checklist with one rater, and remembers the latest.

    A rater always gives the same text the same rating, so what is remembered cannot change a result.

    Attributes:
        checklist: What is asked.

        blanks: For each item what silence says.

        by_key: What silence says, by key of the item.

        core: What silence says to the core items, as far as they count.

        memory: What is remembered of answers.

        statements: What is remembered of statements.

        rows: What follows from what the items earn.
    """

    checklist: Compiled
    blanks: tuple[Reading, ...]
    by_key: dict[str, Reading]
    core: tuple[Reading, ...]
    memory: Memory
    statements: dict[str, tuple[Finding, ...]] = attrs.field(factory=dict)
    rows: dict[Sums, Row] = attrs.field(factory=dict)

    @classmethod
    def of(cls, checklist: Compiled) -> Reader:
        """
        A reader that knows nothing but what silence is.
        """
        blanks = tuple(Reading.of(asked) for asked in checklist.asked)
        return cls(
            checklist=checklist,
            blanks=blanks,
            by_key={blank.asked.key: blank for blank in blanks},
            core=tuple(blank for blank in blanks if not blank.is_clear),
            memory=_empty(blanks),
        )

    def read(self, texts: Sequence[Answers], rater: Rater) -> list[Reading]:
        """
        What the answers say to the items that have any.

        Args:
            texts: The answers to all items.

            rater: Asked about those that are not remembered.
        """
        try:
            # Mostly all of them are known, and then this is the shortest way.
            return [known[answers] for known, answers in zip(self.memory.known, texts) if answers]  # noqa: B905  # one for each item, and to ask costs an eighth
        except KeyError:
            return self._read(texts, rater)

    def _read(self, texts: Sequence[Answers], rater: Rater) -> list[Reading]:
        memory = self.memory
        if memory.kept >= REMEMBERED:
            self.memory = memory = _empty(self.blanks)
        found: list[Reading] = []
        new: list[tuple[int, Asked, Answers, tuple[Rating, ...]]] = []
        rate = rater.rate
        for known, once, answers, blank in zip(memory.known, memory.heard, texts, self.blanks, strict=True):
            if answers:
                reading = known.get(answers)
                if reading is None:
                    reading, asked = blank, blank.asked
                    ratings = once.pop(answers, None)
                    if ratings is not None:
                        known[answers] = reading = Reading.of(asked, answers, ratings, homes=memory.homes)
                    else:
                        ask = asked.ask
                        if len(answers) == 1:
                            ratings = (rate(answers[0], ask=ask),)
                        else:
                            ratings = tuple([rate(answer, ask=ask) for answer in answers])
                        new.append((len(found), asked, answers, ratings))
                found.append(reading)
        # All of the rating first: one kind of work after the other is faster than both in turn.
        heard, kept = memory.heard, 0
        for place, asked, answers, ratings in new:
            found[place] = Reading.of(asked, answers, ratings)
            if (len(answers[0]) if len(answers) == 1 else sum(map(len, answers))) <= LENGTH:
                heard[asked.place][answers] = ratings
                kept += 1
        memory.kept += kept
        return found

    def remember(self, statement: str, findings: tuple[Finding, ...]) -> None:
        """
        Keep what was found about a statement, unless it is a long one.
        """
        if len(statement) <= LENGTH:
            if len(self.statements) >= ROWS:
                self.statements.clear()
            self.statements[statement] = findings

    def row(self, sums: Sums, frame: Frame) -> Row:
        """
        The scores of all items as they are without answers, where the others earn what *sums* say.
        """
        row = self.rows.get(sums)
        if row is None:
            total = frame.total(sums)
            score = hundredths(total, frame.full)
            bands = band_of(score, clear=False).id, band_of(score, clear=True).id
            row = Row(frame, sums, total, score, bands)
            for blank in self.blanks:
                row.blanks[blank.asked.key] = blank.score(
                    _UNKNOWN, private=blank.hidden, points=0, gain=row.gain(blank.rise), note=None
                )
            # Last, since another thread takes what it finds here as whole.
            if len(self.rows) >= ROWS:
                self.rows.clear()
            self.rows[sums] = row
        return row


def _empty(blanks: Sequence[Reading]) -> Memory:
    return Memory(tuple([{} for _ in blanks]), tuple([{} for _ in blanks]))


# By identity, for as long as both live; a reader holds neither.
_READERS: dict[tuple[int, int], tuple[weakref.ref[Checklist], weakref.ref[Rater], Reader]] = {}


def reader_for(checklist: Checklist, rater: Rater) -> Reader:
    """
    The reader of a checklist with *rater*; a rater that cannot be referred to weakly gets a new one each time.
    """
    key = (id(checklist), id(rater))
    kept = _READERS.get(key)
    if kept is not None:
        # Both live, so what stands here is theirs: it goes when either of them goes.
        return kept[2]
    made = Reader.of(compiled(checklist))
    try:
        refs = [weakref.ref(one, lambda _: _READERS.pop(key, None)) for one in (checklist, rater)]
    except TypeError:
        return made
    _READERS[key] = (refs[0], refs[1], made)  # type: ignore[assignment]  # one of each
    return made
