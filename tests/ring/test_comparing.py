"""
Progress: what changed between two scorecards or two reviews, in words and as data.
"""

from __future__ import annotations

import json

import attrs
import pytest
from hypothesis import given, settings

from kowhy.engine import Engine
from kowhy.plans import Plan
from kowhy.ring import compare, review
from tests.ring.rounds import SECRETS, TODAY, ago, logs, made

ENGINE = Engine()
PLAN = Plan(whys=("learn",))
VAGUE = {"why": "land_a_job", "profession": "something good", "geography": "around"}
CLEAR = {
    "why": "land_a_job",
    "job_type": "night-shift dialysis nurse",
    "profession": "registered dialysis nurse",
    "geography": "within 40 km of Leeds",
    "statement": "I look after people on dialysis, and I look for a unit near Leeds",
}


def scored(*whys, **fields):
    return ENGINE.score({"whys": [*whys]} | fields)


def told(before, after):
    return [(one.code, one.item or one.why) for one in compare(before, after).changes]


def of(*log, today=TODAY, plan=PLAN):
    return review(log, today=today, plan=plan)


class TestScorecards:
    def test_what_rose(self):
        """
        Scores, bands, rungs and qualities that changed are told, each with the name a person knows.
        """
        before, after = scored(VAGUE), scored(CLEAR)
        found = compare(before, after)
        by_code = {(one.code, one.item): one for one in found.changes}

        score = by_code["score.up", None]
        assert (score.before, score.after) == (before.whys["land_a_job"].score, after.whys["land_a_job"].score)
        assert score.text.startswith("Land a job rose from ")
        assert by_code["rung.up", "job_type"].after == after.whys["land_a_job"].items["job_type"].rung
        assert by_code["rung.up", "job_type"].before == "missing"
        assert ("band", None) in by_code
        assert by_code["clear.yes", None].text == "Land a job is clear now."
        assert ("crisp.yes", None) in by_code
        assert found.kind == "scorecard"
        assert found.text.count("\n") == len(found.changes) - 1

    def test_and_back_again(self):
        """
        The other way round the same things fell; where there is no statement any more, nothing is said of it.
        """
        there, back = told(scored(VAGUE), scored(CLEAR)), told(scored(CLEAR), scored(VAGUE))
        swapped = {"score.up": "score.down", "rung.up": "rung.down", "clear.yes": "clear.no"}

        assert [(swapped.get(code, code), about) for code, about in there if code != "crisp.yes"] == back

    def test_a_first_statement_that_is_not_crisp(self):
        """
        Where there was no statement, nothing can be crisp no more.
        """
        after = scored(VAGUE | {"statement": "I am kind of looking for something good " * 4})

        assert after.whys["land_a_job"].crisp is False
        assert told(scored(VAGUE), after) == []

    def test_declining_is_no_fall(self):
        """
        An item that is declined now is told as such, and that it costs nothing.
        """
        before = scored(VAGUE)
        after = scored(
            {
                "why": "land_a_job",
                "profession": "something good",
                "declined": ["geography"],
                "not_applicable": ["mission"],
            }
        )

        assert ("state.declined", "geography") in told(before, after)
        assert ("state.not_applicable", "mission") in told(before, after)
        assert ("rung.down", "geography") not in told(before, after)

    def test_whys_that_come_and_go(self):
        """
        A WHY more or less is told once, and so is who leads.
        """
        learn = {"why": "learn", "topic": "grade 5 cello"}
        one, two = scored(VAGUE), scored(VAGUE, learn, dominant="learn")
        three = scored(learn)
        open_ = attrs.evolve(two, dominant=None)

        assert [(one.code, one.text) for one in compare(one, two).changes] == [
            ("why.added", "Learn is new."),
            ("dominant", "Learn leads now; before, it was Land a job."),
        ]
        assert told(two, three) == [("why.removed", "land_a_job")]
        assert [one.text for one in compare(open_, two).changes] == ["Learn leads now."]
        assert [one.text for one in compare(two, open_).changes] == ["No WHY leads any more; before, it was Learn."]

    def test_items_and_whys_of_plugins(self):
        """
        What the checklists of kowhy do not know goes by its key; an item that only one of the two has is passed over.
        """
        card = scored({"why": "learn", "topic": "cello"})
        score = card.whys["learn"]
        low, high = (
            attrs.evolve(score.items["topic"], level=level, rung=rung) for level, rung in ((1, "vague"), (2, "named"))
        )

        def of_plugin(**items):
            return attrs.evolve(card, whys={"zen": attrs.evolve(score, items=items)})

        assert [one.text for one in compare(of_plugin(breath=low), of_plugin(breath=high, more=high)).changes] == [
            "Breath (zen) is now named; it was vague."
        ]

    def test_no_answers_in_it(self):
        """
        Progress can be told to others: it never quotes what was answered.
        """
        found = compare(scored(VAGUE), scored(CLEAR))

        assert not any(word in found.text for word in ("dialysis", "Leeds", "something"))
        assert "dialysis" not in json.dumps(found._to_dict_())


class TestReviews:
    def test_a_week_later(self):
        """
        Rounds, results, fit, tracks, streaks, people, stages and promises are told.
        """
        early = [made(20, person="p1", stage="met"), made(20, person="p2", promise="x"), made(19, "place")]
        late = [
            made(9, "relationship", "p1", stage="helped", result="landed", target="learn"),
            made(2, person="p3", promise="y"),
            made(1, person="p4", promise="z"),
        ]
        found = compare(of(*early, today=ago(10)), of(*early, *late))

        assert [(one.code, one.item, one.before, one.after) for one in found.changes] == [
            ("landed", None, 0, 1),
            ("rounds", None, 3, 6),
            ("fit.up", None, 0, 0.1667),
            ("track.up", "person", 2, 4),
            ("track.up", "relationship", 0, 1),
            ("streak.up", None, 2, 4),
            ("people", None, 2, 4),
            ("stage", "landed", None, 1),
            ("warmed", None, None, 1),
            ("promises.up", None, 1, 3),
        ]
        assert found.text.splitlines()[:3] == [
            "One result since then.",
            "3 rounds since then.",
            "More of what you do fits the plan: 17% lately; it was 0%.",
        ]

    def test_the_other_way(self):
        """
        What went down is told as plainly.
        """
        log = [
            *(made(days, "place", target="learn") for days in (33, 32, 31)),
            made(30, "words"),
            made(30, person="p1", result="landed"),
            made(30, person="p2", promise="x"),
        ]
        before, after = of(*log, today=ago(29)), of(*log[1:4], log[5], made(2, person="p2", kept=True))

        assert [one.code for one in compare(before, after).changes] == [
            "landed.fewer",
            "rounds.fewer",
            "fit.down",
            "track.down",
            "track.down",
            "track.down",
            "promises.down",
        ]

    def test_a_row_that_ended(self):
        """
        A broken row is told once; a shorter one that goes on is not.
        """
        log = [made(days, "place") for days in (30, 23)]

        assert told(of(*log, today=ago(20)), of(*log)) == [("track.down", "place"), ("streak.broken", None)]

    def test_gone_cold(self):
        """
        Who was warm and is cold is counted.
        """
        log = [made(9, person="p1"), made(9, person="p2")]
        (change,) = compare(of(*log, today=ago(3)), of(*log)).changes

        assert (change.code, change.after, change.text) == ("cooled", 2, "Gone cold: 2 relationships.")

    def test_no_plan_no_word_of_fit(self):
        """
        Without a plan in both, nothing is said of what fits.
        """
        log = [made(3, "place", target="learn")]

        assert told(of(*log, plan=None), of(*log)) == []
        assert compare(of(*log), of(*log)).text == "Nothing changed."

    @settings(max_examples=50)
    @given(log=logs(), more=logs())
    def test_names_nobody(self, log, more):
        """
        Whatever changed, no label, note or promise stands in it, and the data are JSON.
        """
        found = compare(of(*log), of(*log, *more))
        form = found._to_dict_()

        assert not any(secret in repr(found) + found.text for secret in SECRETS)
        assert json.loads(json.dumps(form)) == form
        assert compare(of(*log), of(*log)).changes == ()


def test_two_of_a_kind():
    """
    A scorecard and a review cannot be compared.
    """
    with pytest.raises(TypeError, match="got a Review and a Scorecard; wanted two scorecards or two reviews"):
        compare(of(), scored(VAGUE))
