"""
The steps that a review adds to a plan.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy.danger import Danger
from kowhy.errors import InvalidRingError
from kowhy.plans import Plan
from kowhy.ring import review, steps_for
from kowhy.schemas import check
from tests.ring.rounds import SECRETS, TODAY, logs, made

PLAN = Plan(whys=("learn",))


def steps(*log, pace=None, **fields):
    return steps_for(review(log, **{"today": TODAY, "plan": PLAN} | fields), PLAN, pace=pace)


def step(code, *log, **fields):
    return next(one for one in steps(*log, **fields) if one.id == f"ring.step.{code}")


FITTING = [made(days, "place", target="learn") for days in range(20)]


class TestSteps:
    def test_this_week_at_a_pace(self):
        """
        There is always a step for this week; its default pace is called a default and no science.
        """
        (one,) = steps()

        assert one.text == (
            "When my week begins, then I put 3 rounds from this plan into my calendar "
            "before anything else finds its way there."
        )
        assert one.count == "3 rounds a week"
        assert one.because == "It is a default and no science; choose the pace that you can keep."
        assert one.stop.endswith("After 20 rounds on this plan without a result, change the plan and not the effort.")

    @pytest.mark.parametrize(("fields", "count"), [({"pace": 5}, "5 rounds a week"), ({"pace": 1}, "one round a week")])
    def test_a_chosen_pace(self, fields, count):
        """
        The person's own pace takes the place of the default, whichever way it was told.
        """
        one = steps(**fields)[0]
        other = steps_for(review([], today=TODAY, plan=PLAN, **fields), PLAN)[0]

        assert one.count == other.count == count
        assert one.because == other.because == "It is the pace that you chose."

    def test_slower_than_meant(self):
        """
        Whoever does less than they meant to is told so, without blame.
        """
        assert step("pace", made(20), made(3)).because.startswith("Lately it was 0.7 rounds a week. It is a default")

    def test_when_to_change_the_plan(self):
        """
        After twenty fitting rounds without a result the plan should change, and before that the step says when.
        """
        assert "After 9 more rounds on this plan" in step("pace", *FITTING[:11]).stop
        assert "After one more round on this plan" in step("pace", *FITTING[:19]).stop
        assert step("change", *FITTING).because == "20 rounds that fit the plan have not brought a result."
        assert "more round" not in step("pace", *FITTING).stop

    def test_the_most_urgent_first(self):
        """
        Promises come first, then the plan itself, then this week; three at most.
        """
        found = steps(*FITTING, made(40, person="p1", promise="a list"), made(40, person="p2"))

        assert [one.id for one in found] == ["ring.step.promise", "ring.step.change", "ring.step.pace"]
        assert [one.total for one in found] == [3, 2, 1]
        assert [one.order for one in found] == [-3, -2, -1]
        assert all(one.whys == ("learn",) and one.part == "how" for one in found)

    def test_promises_that_can_wait(self):
        """
        What is due in some weeks, or was years ago, is no step for this week.
        """
        later = made(3, person="p1", promise="x", due=TODAY.replace(month=6))
        old = made(900, person="p2", promise="x")

        assert [one.id for one in steps(later, old)] == ["ring.step.pace"]

    def test_people_who_go_cold(self):
        """
        No more people are written to than a quiet quarter of an hour allows.
        """
        found = step("cold", *(made(20, person=f"p{number}") for number in range(8)))

        assert "I write to 3 people" in found.text
        assert found.because == "8 relationships went quiet for longer than your reminders allow."

    def test_busy_for_its_own_sake(self):
        """
        Where most rounds do not fit the plan, one is swapped.
        """
        assert (
            step("fit", *(made(days, "place") for days in range(6))).because
            == "Only 0 of your last 6 rounds fit the plan."
        )
        assert "ring.step.fit" not in [one.id for one in steps(*(made(days) for days in range(6)), plan=None)]

    @pytest.mark.parametrize(
        ("missing", "words"),
        [
            ("place", "a place to go to"),
            ("words", "with my words"),
            ("person", "do not know yet"),
            ("relationship", "met before"),
        ],
    )
    def test_the_quiet_corner(self, missing, words):
        """
        A track without a round lately gets the first one of the week.
        """
        others = [one for one in ("place", "words", "person", "relationship") if one != missing]
        found = step("balance", *(made(days, one, target="learn") for one in others for days in (1, 2)))

        assert words in found.text

    @settings(max_examples=40)
    @given(log=logs(), pace=st.none() | st.integers(1, 100))
    def test_every_step_is_sound_and_names_nobody(self, log, pace):
        """
        A plan with these steps has its published form, and its shareable form has them unchanged and names nobody.
        """
        found = steps(*log, pace=pace)
        plan = attrs.evolve(PLAN, how=found)
        form = plan._to_dict_()

        assert 1 <= len(found) <= 3
        assert check(form, "plan") == ()
        assert plan.shareable()._to_dict_()["how"] == form["how"]
        assert not any(secret in repr(form) for secret in SECRETS)
        assert all(one.text.startswith("When ") and one.stop and "{" not in one.text for one in found)

    def test_nonsense_and_danger(self):
        """
        A pace that makes no sense is refused; a plan that speaks of danger gets no steps.
        """
        danger = attrs.evolve(PLAN, emergency=Danger(code="x", text="Call.", numbers=()))

        with pytest.raises(InvalidRingError, match=r"pace\.wrong"):
            steps(pace=-1)
        assert steps_for(review([], today=TODAY), danger) == ()
