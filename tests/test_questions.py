"""
What to ask next.
"""

from __future__ import annotations

import pytest

from kowhy.questions import Question, questions
from kowhy.scoring import score_profile
from kowhy.whys import LandAJob, Learn, Profile
from tests.scored import Script, checklist, item, profile

LEARN = checklist(
    "learn",
    item("topic", weight=3, core=True, ask="What is it, in one line?", specific=("three Satie pieces",)),
    item("scope"),
    item("level_now", sensitive=True),
    item("purpose"),
    enough=2,
)

JOB = checklist("land_a_job", item("job_type", weight=3, core=True), item("industry"), item("geography"), enough=2)


def asked(*, limit=None, made=(LEARN,), rater=None, dominant=None, whys=None, **fields):
    """
    The questions for a profile.
    """
    by_why = {one.why: one for one in made}
    one = Profile(whys=whys, dominant=dominant) if whys else profile("learn", **fields)
    card = score_profile(one, checklists=by_why, rater=rater or Script())
    return questions(card, checklists=by_why, limit=limit)


class TestQuestions:
    def test_the_largest_gain_comes_first(self):
        """
        A question carries its code, text, gain, aim and examples.
        """
        first = asked()[0]

        assert first == Question(
            why="learn",
            item="topic",
            code="ask.learn.topic",
            text="What is it, in one line?",
            gain=25.71,
            gain_to="named",
            examples=("three Satie pieces",),
        )

    def test_of_equal_gains_what_is_open_comes_before_what_is_sensitive(self):
        """
        Then the order of the checklist decides.
        """
        found = asked()

        assert [one.item for one in found] == ["topic", "scope", "purpose", "level_now"]
        assert [one.sensitive for one in found] == [False, False, False, True]

    def test_of_equal_gains_the_dominant_why_comes_first(self):
        """
        Without one, the order of the article decides.
        """
        whys, made = (LandAJob(), Learn()), (JOB, LEARN)

        marked = asked(whys=whys, made=made, dominant="learn")
        unmarked = asked(whys=whys, made=made)

        assert [one.why for one in marked[:2]] == ["learn", "land_a_job"]
        assert [one.why for one in unmarked[:2]] == ["land_a_job", "learn"]
        assert [one.why for one in marked[2:]] == ["learn", "learn", "learn", "land_a_job", "land_a_job"]

    @pytest.mark.parametrize("way", ["declined", "not_applicable"])
    def test_what_is_closed_is_never_asked(self, way):
        """
        Declined and not applicable items stay closed.
        """
        assert "scope" not in [one.item for one in asked(**{way: ["scope"]})]

    def test_what_would_add_nothing_is_not_asked(self):
        """
        Items at the top, items that are off, and items beyond the best few.
        """
        made = checklist("learn", item("topic", weight=3), item("scope", weight=0), item("purpose", weight=1), enough=1)

        assert asked(made=(made,), topic="piano", rater=Script(other=0.9)) == ()

    @pytest.mark.parametrize(("limit", "count"), [(None, 4), (0, 0), (2, 2), (99, 4), (-1, 0)])
    def test_no_more_than_asked_for(self, limit, count):
        """
        A limit cuts the list.
        """
        assert len(asked(limit=limit)) == count
