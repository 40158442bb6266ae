"""
The answers to one item, read once.
"""

from __future__ import annotations

import copy
import gc
import weakref

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy import readers as module
from kowhy import scoring
from kowhy.answers import SCORES, Reading
from kowhy.compiled import compiled
from kowhy.rating.model import Rating
from kowhy.readers import Reader, reader_for
from kowhy.scoring import score_profile
from kowhy.tables import LENGTH
from kowhy.whys import State
from tests.scored import USUAL, VALUES, Script, checklist, item, ladder, profile

LEARN = checklist("learn", item("topic", weight=3, core=True), item("scope"), enough=1)


#: One of each kind: by value, not to be told, and none.
RATINGS = (*[Rating(value=value) for value in VALUES], Rating(value=0.0, zero="junk"), Rating(value=None, zero="echo"))


#: Too long to be remembered.
LONG = "x" * (LENGTH + 1)

RATED = {"piano": 0.5, "Piano.": 0.7, "organ": 0.4, "a harp": 0.9, LONG: 0.8}


class Counting:
    """
    A rater that counts how often it is asked.
    """

    def __init__(self):
        self.asked = 0

    def rate(self, text, *, ask=None):
        """
        Everything is named.
        """
        self.asked += 1
        return Rating(value=0.5)


class TestReader:
    def test_the_same_answers_are_rated_once(self):
        """
        Whoever types in one field does not have the others rated again.
        """
        rater = Counting()
        for scope in ("", "l", "le", "left hand"):
            score_profile(profile("learn", topic="piano", scope=scope), checklists={"learn": LEARN}, rater=rater)

        assert rater.asked == 4

    def test_each_rater_judges_for_itself(self):
        """
        What one rater said is never taken for the word of another.
        """
        one = profile("learn", topic="piano")

        rungs = [
            score_profile(one, checklists={"learn": LEARN}, rater=Script(other=value)).whys["learn"].items["topic"].rung
            for value in (0.1, 0.5, 0.9)
        ]

        assert rungs == ["vague", "named", "specific"]

    def test_what_is_remembered_is_what_would_be_said_again(self):
        """
        A second scorecard, from memory, equals the first and that of a new rater.
        """
        one = profile("learn", topic=("piano", "Piano", "organ"), scope="piano")
        rater = Script({"organ": 0.9})

        cards = [score_profile(one, checklists={"learn": LEARN}, rater=rater) for _ in range(2)]

        assert cards[0] == cards[1] == score_profile(one, checklists={"learn": LEARN}, rater=Script({"organ": 0.9}))

    def test_long_answers_are_not_kept(self):
        """
        The memory stays small whoever writes.
        """
        reader, rater = Reader.of(compiled(LEARN)), Counting()
        long = ("x" * (LENGTH + 1),)

        (first,), (second,) = reader.read((long, ()), rater), reader.read((long, ()), rater)

        assert first is not second
        assert rater.asked == 2

    def test_a_reading_is_kept_when_it_comes_again(self):
        """
        Most answers never do; of these only the rating is kept, so that nobody is asked twice.
        """
        reader, rater = Reader.of(compiled(LEARN)), Counting()

        once, again, then = (reader.read((("piano",), ()), rater)[0] for _ in range(3))

        assert once is not again
        assert again is then
        assert rater.asked == 1

    def test_the_oldest_are_forgotten_in_time(self, monkeypatch):
        """
        A full memory is emptied and filled again.
        """
        monkeypatch.setattr(module, "REMEMBERED", 2)
        reader, rater = Reader.of(compiled(LEARN)), Counting()

        for text in ("a", "b", "c", "c", "a"):
            reader.read(((text,), ()), rater)

        assert rater.asked == 4

    @given(
        data=st.lists(
            st.dictionaries(
                st.sampled_from(("topic", "scope", "level")),
                st.lists(st.sampled_from(("piano", "Piano.", "organ", "a harp", LONG)), min_size=1, max_size=2),
            ),
            min_size=2,
            max_size=8,
        ),
        remembered=st.integers(1, 6),
    )
    def test_what_was_read_before_changes_nothing(self, data, remembered):
        """
        Whatever stood under which item before, and whenever all was forgotten: a pasted text counts once.
        """
        asked = checklist("learn", *[item(key) for key in ("topic", "scope", "level")], enough=2)
        rater, table = Script(RATED), {"learn": asked}

        profiles = [profile("learn", **answers) for answers in data]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "LENGTH", -1)  # nothing is remembered
            expected = [score_profile(one, checklists=table, rater=Script(RATED)) for one in profiles]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "REMEMBERED", remembered)
            found = [score_profile(one, checklists=table, rater=rater) for one in profiles]

        assert found == expected

    def test_a_pasted_text_is_looked_for_where_it_may_be(self, monkeypatch):
        """
        Among answers that came before, only where a text was seen under another item.
        """
        looked, rater = [], Script(RATED)
        monkeypatch.setattr(scoring, "_pasted", lambda readings: looked.append(readings) or False)
        alone, both = profile("learn", topic="piano", scope="organ"), profile("learn", topic="organ", scope="organ")

        for one in (alone, alone, alone, both, both, both, alone):
            score_profile(one, checklists={"learn": LEARN}, rater=rater)

        assert len(looked) == 1 + 3

    def test_one_for_each_checklist_and_rater(self):
        """
        The same two give the same reader while both live, and nothing stays when one is gone.
        """
        rater, other = Counting(), Counting()
        reader = reader_for(LEARN, rater)
        key = (id(LEARN), id(rater))

        assert reader is reader_for(LEARN, rater)
        assert reader is not reader_for(LEARN, other)
        assert key in module._READERS
        del rater
        gc.collect()
        assert key not in module._READERS

    def test_a_rater_that_cannot_be_referred_to_weakly(self):
        """
        It works as well, without a memory.
        """

        @attrs.define(weakref_slot=False)
        class Slotted:
            asked: int = 0

            def rate(self, text, *, ask=None):
                self.asked += 1
                return Rating(value=0.5)

        rater = Slotted()

        cards = [
            score_profile(profile("learn", topic="piano"), checklists={"learn": LEARN}, rater=rater) for _ in range(2)
        ]

        assert cards[0] == cards[1]
        assert rater.asked == 2


def read_from(reading):
    """
    All parts of a reading but the item itself.
    """
    return {field.name: getattr(reading, field.name) for field in attrs.fields(Reading) if field.name != "asked"}


class TestReading:
    @pytest.fixture
    def reading(self):
        """
        One answer, named.
        """
        return Reader.of(compiled(LEARN)).read((("piano",), ()), Counting())[0]

    def test_the_same_score_is_the_same_object(self, reading):
        """
        Points, gain and state make the score; each of them makes another one.
        """
        score = reading.score(State.GIVEN, private=False, points=180, gain=10.0, note=None)

        assert score is reading.score(State.GIVEN, private=False, points=180, gain=10.0, note=None)
        assert (score.points, score.gain, score.private) == (180, 10.0, False)
        assert reading.score(State.GIVEN, private=True, points=180, gain=10.0, note=None).private
        assert reading.score(State.GIVEN, private=False, points=180, gain=9.99, note=None).gain == 9.99
        assert reading.score(State.GIVEN, private=False, points=100, gain=10.0, note=None).points == 100

    def test_scores_are_forgotten_in_time(self, reading):
        """
        However many gains there were, few are kept.
        """
        for gain in range(3 * SCORES):
            reading.score(State.GIVEN, private=False, points=180, gain=gain, note=None)

        assert len(reading.scores) <= SCORES

    def test_what_is_forgotten_goes_at_once(self):
        """
        A reading and its scores do not hold each other, so that nobody has to look for them to clear them away.
        """
        reading = Reader.of(compiled(LEARN)).read((("a harp",), ()), Script())[0]
        score = reading.given(0.0)
        other = reading.given(1.0)
        gone = [weakref.ref(one) for one in (reading.first, reading.scores[1.0])]

        gc.disable()
        try:
            del reading, score, other
            assert [one() for one in gone] == [None, None]
        finally:
            gc.enable()

    def test_without_a_pasted_text(self, reading):
        """
        The answer stays as it was given; what it is worth goes elsewhere.
        """
        left = reading.without({"piano"}, to=1)

        assert (left.answers, left.levels, left.outlook.level, left.lost_to) == (("piano",), (2,), 0, 1)
        assert (left.faults, left.given(0).reasons[-1].code) == (("clean.pasted",), "reason.pasted")
        assert left.outlook.target.level == 2

    @given(
        text=st.sampled_from(
            ("piano", "Piano ", " Jazz\u00a0piano!", "...", "\uff30iano", "no women over 40 as a boss")
        ),
        rating=st.sampled_from(RATINGS),
        rungs=st.lists(st.sampled_from(USUAL), unique=True),
        weight=st.sampled_from(({"weight": 0}, {"weight": 3}, {"weight": 3, "core": True})),
        why=st.sampled_from(("learn", "land_a_job")),
    )
    def test_an_answer_alone_is_read_as_one_of_several(self, text, rating, rungs, weight, why):
        """
        The short way, which most items take, says what the long one says, whatever the rungs.
        """
        rungs = ladder(*sorted(rungs, key=USUAL.index))
        asked = compiled(checklist(why, item("topic", rungs=rungs, **weight))).asked[0]
        other = copy.copy(asked)
        object.__setattr__(other, "alone", None)

        short, long = (Reading.of(one, (text,), (rating,)) for one in (asked, other))

        assert asked.alone
        assert read_from(short) == read_from(long)
