"""
Scorecards as values: what is found when it is read, and what is remembered on the way there.
"""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from kowhy import readers as module
from kowhy._frozen import FrozenMap, thawed
from kowhy.answers import SCORES, Reading
from kowhy.compiled import compiled
from kowhy.rating.model import Rating, Reason
from kowhy.readers import Reader
from kowhy.scorecards import ItemScore, Overlap, Scorecard
from kowhy.scoring import bare_scores, score_profile
from kowhy.tables import LENGTH
from kowhy.whys import LandAJob, Learn, Profile
from tests.scored import Script, checklist, item, profile

LEARN = checklist("learn", item("topic", weight=3, core=True), item("scope"), item("purpose"), enough=2)
JOB = checklist("land_a_job", item("job_type", weight=3, core=True), item("industry"))
BOTH = {"learn": LEARN, "land_a_job": JOB}


class Slow:
    """
    A rater whose ratings know their reasons only when they are asked.
    """

    def __init__(self):
        self.asked = 0

    def rate(self, text, *, ask=None):
        asking = self

        class Later(Rating):
            @property
            def reasons(self):
                asking.asked += 1
                return (Reason(code="slow", words=(text,)),)

        made = object.__new__(Later)
        for name, value in {"value": 0.5, "zero": None}.items():
            object.__setattr__(made, name, value)
        return made


def card(rater=None, whys=None):
    """
    A scorecard of two WHYs that share a word.
    """
    whys = whys or (Learn(topic="piano", scope="left hand"), LandAJob(job_type="piano teacher"))
    return score_profile(Profile(whys=whys), checklists=BOTH, rater=rater or Script())


class TestReasons:
    def test_nobody_is_asked_before_somebody_reads_them(self):
        """
        A scorecard is whole without one reason; each is found when it is read, and once.
        """
        rater = Slow()
        made = card(rater)
        before = rater.asked

        topic = made.whys["learn"].items["topic"]

        assert before == 0
        assert topic.reasons == (Reason(code="slow", words=("piano",)),)
        assert topic.reasons is topic.reasons
        assert rater.asked == 1

    @pytest.mark.parametrize(
        "change",
        [lambda one: one, copy.copy, copy.deepcopy, attrs.evolve, lambda one: pickle.loads(pickle.dumps(one))],
        ids=("itself", "copy", "deep copy", "evolve", "pickle"),
    )
    def test_they_are_a_part_like_any_other(self, change):
        """
        What is made of a score before anybody read the reasons has them all the same, and is equal.
        """
        one, other = (card().whys["learn"].items["topic"] for _ in range(2))

        changed = change(one)

        assert changed == other
        assert hash(changed) == hash(other)
        assert changed.reasons == other.reasons
        assert changed != attrs.evolve(other, reasons=())
        assert attrs.asdict(changed)["reasons"] == attrs.asdict(other)["reasons"]

    def test_nothing_else_is_made_up(self):
        """
        A name that no score has is an error, as it always is, before and after the reasons were read.
        """
        topic = card().whys["learn"].items["topic"]

        for _ in range(2):
            with pytest.raises(AttributeError, match="'ItemScore' object has no attribute 'raisons'"):
                _ = topic.raisons
            assert topic.reasons
        with pytest.raises(AttributeError):
            _ = attrs.evolve(topic)._later

    def test_read_only(self):
        """
        A score that was made the short way cannot be changed either.
        """
        made = card()
        for one in (made, made.whys["learn"], made.whys["learn"].items["topic"]):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                one.score = 5
        with pytest.raises(AttributeError):
            made.whys.other = 5


class TestOverlap:
    def test_found_when_read(self):
        """
        What two WHYs share is there whenever it is read, also after a trip through pickle.
        """
        expected = (
            Overlap(whys=("land_a_job", "learn"), items=("land_a_job.job_type", "learn.topic"), words=("piano",)),
        )

        assert card().overlap == expected
        assert pickle.loads(pickle.dumps(card())).overlap == expected
        assert card().without_private().overlap == expected

    def test_one_why_shares_nothing(self):
        """
        Of a single WHY nobody needs to look.
        """
        assert card(whys=(Learn(topic="piano"),)).overlap == ()


class TestPrivate:
    def test_an_item_without_answers_may_be_private_too(self):
        """
        What the profile calls private is marked before there is an answer, and still asked for.
        """
        one = profile("learn", topic="piano")
        one = attrs.evolve(one, whys=(attrs.evolve(one.whys[0], private=("scope", "nonsense")),))

        items = score_profile(one, checklists={"learn": LEARN}, rater=Script()).whys["learn"].items

        assert [items[key].private for key in items] == [False, True, False]
        assert (items["scope"].gain, items["scope"].gain_to) == (items["purpose"].gain, "named")


class TestTypes:
    def test_results_have_their_own_classes(self):
        """
        What is made the short way is what the constructor makes.
        """
        made = card()

        assert type(made) is Scorecard
        assert type(made.whys) is FrozenMap
        assert type(made.whys["learn"].items["topic"]) is ItemScore

    def test_thawed_objects_are_made_and_then_frozen(self):
        """
        A thawed object takes values; with its real class it is as frozen as any other.
        """

        @attrs.frozen
        class Pair:
            one: int
            other: int

        made = object.__new__(thawed(Pair))
        made.one, made.other = 1, 2
        made.__class__ = Pair

        assert made == Pair(1, 2)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.one = 3


class TestBare:
    @pytest.mark.parametrize("dominant", [None, "learn"])
    def test_same_numbers(self, dominant):
        """
        Bare scores are those of the scorecard, pasted texts and all, with the same WHY in the lead.
        """
        one = Profile(
            whys=(Learn(topic="piano", scope="piano", purpose="weddings"), LandAJob(job_type="piano")),
            dominant=dominant,
        )
        whole = score_profile(one, checklists=BOTH, rater=Script())

        scores, leads = bare_scores(one, checklists=BOTH, rater=Script())

        assert scores == {why: score.score for why, score in whole.whys.items()}
        assert list(scores) == ["land_a_job", "learn"]
        assert leads == whole.dominant


class TestMemory:
    def test_statements_are_judged_once(self):
        """
        The same statement comes with every keystroke in another field; a long one is not kept.
        """
        asked = []

        class Listening:
            def rate(self, text, *, ask=None):
                asked.append(text)
                return Rating(value=0.5)

        rater, long = Listening(), "I learn to play " * LENGTH
        for statement in ("I learn to play", "I learn to play", long, long):
            score_profile(profile("learn", statement=statement), checklists={"learn": LEARN}, rater=rater)

        assert asked == ["I learn to play", long, long]

    def test_old_ones_are_forgotten_in_time(self, monkeypatch):
        """
        However many statements, sums and gains there were, few are kept, and what is forgotten is found again.
        """
        monkeypatch.setattr(module, "ROWS", 2)
        reader, frame = Reader.of(compiled(LEARN)), compiled(LEARN).frame

        first = reader.row((0, 0, 0), frame)
        for number in range(1, 6):
            reader.remember(f"statement {number}", ())
            latest = reader.row((number, 0, 0), frame)
        again = reader.row((5, 0, 0), frame), reader.row((0, 0, 0), frame)

        assert len(reader.statements) <= 2
        assert len(reader.rows) <= 2
        assert again[0] is latest
        assert again[1] is not first
        assert again[1].blanks == first.blanks

    def test_what_others_find_is_whole(self, monkeypatch):
        """
        What follows from some sums is kept when all of it is there: threads share a reader.
        """
        reader, frame, seen = Reader.of(compiled(LEARN)), compiled(LEARN).frame, []
        score = Reading.score
        monkeypatch.setattr(
            Reading, "score", lambda self, *state, **rest: seen.append(len(reader.rows)) or score(self, *state, **rest)
        )
        row = reader.row((0, 0, 0), frame)

        assert seen == [0] * len(LEARN.items)
        assert reader.rows == {(0, 0, 0): row}
        assert list(row.blanks) == [one.key for one in LEARN.items]

    def test_few_scores_of_one_reading_are_kept(self):
        """
        However many gains an item had, few of its scores are kept.
        """
        reading = Reader.of(compiled(LEARN)).read((("piano",), (), ()), Script())[0]

        for gain in range(3 * SCORES):
            assert reading.given(gain / 100).gain == gain / 100

        assert len(reading.scores) <= SCORES
        assert all(reading.given(gain) is reading.given(gain) for gain in (0.0, 0.99))
