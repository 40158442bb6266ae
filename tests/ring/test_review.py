"""
The review: counts, streaks, what was right, who goes cold, what was promised, and what to do next.
"""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given, settings

import kowhy.ring
from kowhy.danger import Danger
from kowhy.errors import InvalidRingError
from kowhy.matching import Cause
from kowhy.plans import Plan, Recommendation
from kowhy.render.lines import Look, plain
from kowhy.ring import Ring, review, ring_to_json
from kowhy.ring.lines import review_lines
from kowhy.ring.results import Review
from tests.ring.rounds import SECRETS, TODAY, ago, logs, made


def advice(key, part, **texts):
    texts = texts or {"name": f"the {key}"}
    return attrs.evolve(Recommendation.of(key, part, **texts), whys=("land_a_job",))


PLAN = Plan(
    whys=("land_a_job", "learn"),
    dominant="land_a_job",
    where=(
        attrs.evolve(advice("a", "where"), causes=(Cause(why="land_a_job", item="industry", rung="named"),)),
        advice("a2", "where", name="an evening at Harbour Works"),
    ),
    say=(advice("b", "say", name="your line", say="I mend boats."),),
    whom=(advice("c", "whom"),),
    how=(advice("d", "how", when="it is Monday", then="I write one message"),),
)


def of(*log, **fields):
    return review(log, **{"today": TODAY, "plan": PLAN} | fields)


def codes(found):
    return [one.code for one in found.findings]


class TestCounts:
    def test_tracks_and_weeks(self):
        """
        Rounds are counted for each track, in all and lately, and for each week that had any.
        """
        found = of(made(0, "place"), made(0, "place"), made(27, "words"), made(28, "words"), made(60, "person"))

        assert {name: (one.rounds, one.recent, one.last) for name, one in found.tracks.items()} == {
            "place": (2, 2, TODAY),
            "words": (2, 1, ago(27)),
            "person": (1, 0, ago(60)),
            "relationship": (0, 0, None),
        }
        assert [(week.start, week.rounds) for week in found.weeks] == [
            (dt.date(2026, 1, 26), 1),
            (dt.date(2026, 2, 23), 2),
            (dt.date(2026, 3, 23), 2),
        ]
        assert (found.rounds, found.first, found.last, found.pace) == (5, ago(60), TODAY, 0.75)

    @pytest.mark.parametrize(
        ("weeks", "expected"),
        [
            ([], (0, 0)),
            ([0], (1, 1)),
            ([1], (1, 1)),
            ([2], (0, 1)),
            ([0, 1, 2], (3, 3)),
            ([1, 2, 3], (3, 3)),
            ([0, 2, 3, 4], (1, 3)),
            ([0, 0, 1], (2, 2)),
        ],
    )
    def test_streaks(self, weeks, expected):
        """
        A row of weeks goes on until a whole week was missed; this week is not over and breaks nothing.
        """
        found = of(*(made(7 * back, "place") for back in weeks))

        assert (found.streak, found.best) == expected
        assert (found.tracks["place"].streak, found.tracks["place"].best) == expected

    def test_young_logs_have_a_pace_of_their_own(self):
        """
        Three rounds in the first ten days are more than three in four weeks, and one day is no week.
        """
        assert of(made(9), made(5), made(0)).pace == pytest.approx(2.1)
        assert of(made(0), made(0)).pace == 2
        assert of().pace == 0

    @settings(max_examples=40)
    @given(log=logs())
    def test_sums_add_up_in_any_order(self, log):
        """
        Whatever is counted twice agrees, and only within a day the order of the log matters.
        """
        found = review(log, today=TODAY, plan=PLAN)
        again = review(sorted(log, key=lambda one: one.date), today=TODAY, plan=PLAN)

        assert (
            found.rounds == sum(one.rounds for one in found.tracks.values()) == sum(one.rounds for one in found.weeks)
        )
        assert found.right + found.other == found.rounds
        assert found.landed == sum(one.landed for one in found.weeks)
        assert sum(one.rounds for one in found.relationships) == sum(one.person is not None for one in log)
        assert 0 <= found.streak <= found.best <= len(found.weeks)
        assert found.recent_right + found.recent_other == sum(one.recent for one in found.tracks.values())
        assert json.dumps(again._to_dict_()) == json.dumps(found._to_dict_())

    @settings(max_examples=40)
    @given(log=logs())
    def test_forms_of_a_log(self, log):
        """
        A list, a Ring, a mapping and JSON text are one and the same log.
        """
        ring = Ring(rounds=log)
        found = review(log, today=TODAY)

        assert review(ring, today=TODAY) == found
        assert review(ring_to_json(ring), today=TODAY) == found
        assert review(kowhy.ring.ring_to_dict(ring), today=TODAY) == found
        assert isinstance(found, Review)


class TestArguments:
    def test_future_rounds(self):
        """
        A log holds what was done: rounds after the day of the review are told, all of them.
        """
        with pytest.raises(InvalidRingError) as caught:
            of(made(-1), made(0), made(-400))

        assert [(fault.code, fault.pointer, fault.given) for fault in caught.value.faults] == [
            ("date.future", "/rounds/0/date", "2026-03-29"),
            ("date.future", "/rounds/2/date", "2027-05-02"),
        ]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"today": "2026-03-28"}, [("type.wrong", "today")]),
            ({"today": dt.datetime(2026, 3, 28, tzinfo=dt.UTC)}, [("type.wrong", "today")]),
            ({"pace": 0}, [("pace.wrong", "pace")]),
            ({"pace": True}, [("pace.wrong", "pace")]),
            ({"pace": 2.5}, [("pace.wrong", "pace")]),
            (
                {"pace": 101, "cadence": {"friend": 3, "met": 0}},
                [("pace.wrong", "pace"), ("value.unknown", "cadence/friend"), ("cadence.wrong", "cadence/met")],
            ),
        ],
    )
    def test_numbers_that_make_no_sense(self, fields, expected):
        """
        The day, the pace and the cadence are looked over, all at once.
        """
        with pytest.raises(InvalidRingError) as caught:
            of(**fields)

        assert [(fault.code, fault.pointer) for fault in caught.value.faults] == expected

    def test_the_pace_is_a_choice(self):
        """
        Without a choice there is a default, and the review says that it is one.
        """
        assert (of().chosen_pace, of().is_default_pace) == (3, True)
        assert (of(pace=3).chosen_pace, of(pace=3).is_default_pace) == (3, False)


class TestFit:
    @pytest.mark.parametrize(
        ("fields", "fits"),
        [
            ({"recommendation": "a"}, True),
            ({"recommendation": "gone"}, False),
            ({}, False),
            ({"target": "land_a_job"}, True),
            ({"target": " Learn "}, True),
            ({"target": "social_reasons"}, False),
            ({"target": "land_a_job.industry"}, True),
            ({"target": "land_a_job.mission"}, False),
            ({"target": "harbour works"}, True),
            ({"target": "Harbour-Works"}, True),
            ({"target": "works harbour"}, False),
            ({"target": "harbour work"}, False),
            ({"target": "an"}, False),
            ({"target": "…"}, False),
            ({"target": "an evening at harbour works with all of my old friends"}, False),
        ],
    )
    def test_what_fits_the_plan(self, fields, fits):
        """
        A round fits by its recommendation, or by a target that the plan serves or speaks of.
        """
        found = of(made(0, "place", **fields))

        assert (found.right, found.other) == ((1, 0) if fits else (0, 1))

    def test_relationships_from_right_places_are_right(self):
        """
        Once a fitting round was for a person, later rounds with them fit too, and earlier ones do not.
        """
        found = of(
            made(9, "person", "p1"),
            made(8, "person", "p1", recommendation="c"),
            made(2, "relationship", "p1"),
            made(2, "relationship", "p2"),
        )

        assert (found.right, found.other) == (2, 2)
        assert {one.person.id: one.fits for one in found.relationships} == {"p1": True, "p2": False}

    def test_without_a_plan_nothing_is_judged(self):
        """
        Nobody can tell good busy from busy for its own sake without a plan, and the review says so.
        """
        found = of(made(0), plan=None)

        assert (found.planned, found.right, found.other) == (False, 0, 0)
        assert "note.no-plan" in codes(found)

    def test_a_plan_that_speaks_of_danger(self):
        """
        Somebody in danger is not told how busy they should be.
        """
        danger = Plan(whys=("learn",), emergency=Danger(code="x", text="Call.", numbers=()))
        found = of(*(made(days, "place") for days in range(30)), plan=danger)

        assert (found.findings, found.next_rounds, found.odds) == ((), (), None)
        assert found.rounds == 30


class TestResults:
    def test_punches_that_land(self):
        """
        A result counts once: where it is told, or where the relationship first reaches the stage.
        """
        found = of(
            made(9, person="p1", stage="landed"),
            made(8, person="p1", stage="landed"),
            made(7, person="p2", result="landed"),
            made(6, person="p2", stage="landed"),
            made(5, "place", result="landed"),
        )

        assert found.landed == 3

    def test_a_result_takes_the_relationship_there(self):
        """
        Somebody with whom something landed has that stage, whatever was logged before, and its longer cadence.
        """
        (found,) = of(made(20, person="p1", stage="asked", result="landed")).relationships

        assert (found.stage, found.state) == ("landed", "warm")

    def test_a_dry_run_ends_with_a_result(self):
        """
        Fitting rounds without a result are counted up to now; others do not count.
        """
        dry = [made(days, "place", recommendation="a") for days in (9, 8, 7)]
        landed = made(8, "place", recommendation="a", result="landed")

        assert of(*dry, made(1, "place")).dry_run == 3
        assert of(*dry, landed).dry_run == 1


class TestRelationships:
    @pytest.mark.parametrize(
        ("stage", "days", "state"),
        [
            ("met", 7, "warm"),
            ("met", 8, "cold"),
            ("followed_up", 30, "warm"),
            ("followed_up", 31, "cold"),
            ("asked", 15, "cold"),
            ("introduced", 21, "warm"),
            ("landed", 90, "warm"),
            ("landed", 364, "cold"),
            ("landed", 365, "dormant"),
            (None, 8, "cold"),
        ],
    )
    def test_cadence_by_stage(self, stage, days, state):
        """
        Each stage has its own time until a relationship goes cold; after a year it is dormant.
        """
        (found,) = of(made(days, person="p1", stage=stage)).relationships

        assert (found.state, found.days) == (state, days)

    def test_any_real_contact_resets_it(self):
        """
        A round of any track with the person counts as contact, a try that nobody answered does not.
        """
        met = made(40, person="p1", stage="helped")

        assert of(met).cold
        assert not of(met, made(3, "place", "p1")).cold
        assert not of(met, made(3, "words", "p1")).cold
        (found,) = of(met, made(10, "relationship", "p1", result="no_answer")).cold
        assert (found.last, found.days, found.tries) == (ago(40), 40, 1)

    def test_patience_with_tries(self):
        """
        After a try one waits a week; after three one lets it rest; an answer starts anew.
        """
        met = made(40, person="p1")
        tries = [made(days, "relationship", "p1", result="no_answer") for days in (30, 20, 10)]

        def state(*log):
            return of(*log).relationships[0].state

        assert state(met, made(6, person="p1", result="no_answer")) == "waiting"
        assert state(met, tries[0], tries[1]) == "cold"
        assert state(met, *tries) == "resting"
        assert state(met, *tries, made(9, person="p1")) == "cold"

    def test_nothing_more_to_do(self):
        """
        Where nothing will come of it nobody is reminded, until there is contact again.
        """
        closed = made(40, person="p1", result="nothing")

        assert of(closed).relationships[0].state == "resting"
        assert of(closed, made(20, person="p1")).relationships[0].state == "cold"

    def test_somebody_who_never_answered(self):
        """
        Without any contact the days count from the first round.
        """
        (found,) = of(made(12, person="p1", result="no_answer")).relationships

        assert (found.last, found.first, found.days, found.state) == (None, ago(12), 12, "cold")

    def test_the_furthest_stage_counts(self):
        """
        A later round at an earlier stage does not undo what was reached.
        """
        found = of(made(20, person="p1", stage="introduced"), made(10, person="p1", stage="helped"))

        assert found.relationships[0].stage == "introduced"

    def test_the_coldest_first_and_a_cadence_of_ones_own(self):
        """
        Whoever is furthest over their time comes first; the times can be chosen.
        """
        log = [
            made(40, person="p1", stage="helped"),
            made(20, person="p2", stage="met"),
            made(50, person="p3", stage="helped"),
        ]

        assert [one.person.id for one in of(*log).cold] == ["p2", "p3", "p1"]
        assert [one.person.id for one in of(*log, cadence={"met": 30, "helped": 45}).cold] == ["p3"]

    def test_labels(self):
        """
        The latest label counts, none does not replace one, and two for one id are worth a look.
        """
        found = of(made(3, person="p1", label="Sam"), made(2, person="p1", label="Sam W."), made(1, person="p1"))

        assert found.relationships[0].person.label == "Sam W."
        assert "note.labels" in codes(found)
        assert "note.labels" not in codes(of(made(3, person="p1"), made(2, person="p1", label="Sam")))


class TestPromises:
    def test_kept_and_open(self):
        """
        A round that keeps what was promised closes all that was promised to that person before.
        """
        log = [
            made(20, person="p1", promise="the list", due=ago(10)),
            made(20, person="p2", promise="a name"),
            made(12, person="p1", promise="the photos", due=ago(-3)),
        ]

        assert [(one.person.id, one.due, one.days) for one in of(*log).promises] == [
            ("p1", ago(10), 10),
            ("p2", ago(6), 6),
            ("p1", ago(-3), -3),
        ]
        kept = [*log, made(11, person="p1", kept=True)]
        assert [one.person.id for one in of(*kept).promises] == ["p2"]
        again = [*kept, made(5, person="p1", kept=True, promise="one more")]
        assert [one.text for one in of(*again).promises] == ["a name", "one more"]

    def test_at_the_end_of_time(self):
        """
        A promise on one of the last days of the calendar has its due day within it.
        """
        end = dt.date.max
        log = [kowhy.ring.Round(date=end, track="person", person=kowhy.ring.Contact(id="p"), promise="x")]

        assert review(log, today=end).promises[0].due == end


class TestNext:
    def test_people_who_wait_come_first_then_fresh_ground(self):
        """
        Two rounds at most are for people who wait, and one opens fresh ground where it was quiet.
        """
        found = of(
            made(20, person="p1", recommendation="c", promise="the list", due=ago(2)),
            made(20, person="p2", label="Ann"),
            made(25, person="p3"),
            made(3, "place", recommendation="a"),
            made(3, "words", recommendation="b"),
        )

        assert [(one.code, one.person and one.person.id) for one in found.next_rounds] == [
            ("promise", "p1"),
            ("cold.met", "p3"),
            ("place", None),
        ]
        assert [one.recommendation for one in found.next_rounds] == [None, None, "a2"]
        assert found.next_rounds[0].text == "Keep your promise to the person p1: the list."
        assert found.next_rounds[0].because == "It was due 2 days ago."
        assert found.next_rounds[2].text == "Go here next: An evening at Harbour Works."

    def test_one_round_for_each_person(self):
        """
        Somebody who goes cold and was promised something is named once.
        """
        found = of(made(40, person="p1", promise="a"), made(40, person="p1", promise="b"))

        assert [one.person and one.person.id for one in found.next_rounds] == ["p1", None, None]

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"due": ago(1)}, "It was due one day ago."),
            ({"due": TODAY}, "It is due today."),
            ({"due": ago(-7)}, "It is due in 7 days."),
            ({}, "You said so 10 days ago, without a date."),
        ],
    )
    def test_why_a_promise_is_next(self, fields, reason):
        """
        The reason says when it is due, or when it was made.
        """
        found = of(made(10, person="p1", promise="the list", **fields))

        assert found.next_rounds[0].because == reason

    @pytest.mark.parametrize("due", [ago(-8), ago(365)])
    def test_promises_that_can_wait(self, due):
        """
        What is due much later, or was due years ago, is not among the next rounds.
        """
        found = of(made(700, person="p1", promise="the list", due=due), made(0, person="p1"))

        assert len(found.promises) == 1
        assert [one.code for one in found.next_rounds if one.code == "promise"] == []

    def test_whoever_fits_the_plan_comes_first(self):
        """
        Among those who go cold, the ones from right places come before the others.
        """
        found = of(made(50, person="p1"), made(20, person="p2", recommendation="c"))

        assert [one.person.id for one in found.next_rounds[:2]] == ["p2", "p1"]

    def test_dormant_ties_when_nobody_else_waits(self):
        """
        Old acquaintances come up when there is nobody who goes cold.
        """
        found = of(made(800, person="p1", label="Jo"))

        assert found.next_rounds[0].text.startswith("Write to Jo after all this time")
        assert "2 years ago" in found.next_rounds[0].because

    def test_somebody_who_never_answered_gets_one_more_try(self):
        """
        Whoever was never reached is not written to as if there had been a talk.
        """
        assert of(made(12, person="p1", result="no_answer")).next_rounds[0].code == "try"

    @pytest.mark.parametrize("plan", [None, Plan()])
    def test_without_a_plan(self, plan):
        """
        Three rounds are named even where there is no log and no plan.
        """
        found = review([], today=TODAY, plan=plan)

        assert [one.code for one in found.next_rounds] == ["place.generic", "words.generic", "person.generic"]
        assert codes(found) == ["note.empty"]
        assert all(one.text and one.because for one in found.next_rounds)

    def test_what_was_tried_least(self):
        """
        Once all was tried, the one that was tried least comes up again.
        """
        log = [made(3, "place", recommendation=one) for one in ("a", "a", "a2")]
        found = of(
            *log,
            *(made(1, track) for track in ("words", "words", "words", "words", "person", "person", "person", "person")),
        )

        assert "a2" in [one.recommendation for one in found.next_rounds]

    @settings(max_examples=40)
    @given(log=logs())
    def test_never_more_than_three_and_never_twice(self, log):
        """
        There are three at most, no person and no recommendation stands there twice, and all are in words.
        """
        found = review(log, today=TODAY, plan=PLAN).next_rounds
        people = [one.person.id for one in found if one.person]
        follows = [one.recommendation for one in found if one.recommendation]

        assert len(found) == 3
        assert len(set(people)) == len(people)
        assert len(set(follows)) == len(follows)
        assert all(one.text and one.because and "{" not in one.text + one.because for one in found)


class TestFindings:
    @pytest.mark.parametrize(
        ("log", "code"),
        [
            ([made(60)], "note.silence"),
            ([made(3, result="landed")], "note.landed"),
            ([made(days, "place") for days in range(6)], "note.busy-elsewhere"),
            ([made(days, "place", recommendation="a") for days in range(6)], "note.good-busy"),
            ([made(days, "place", recommendation="a") for days in range(6)], "note.dry-place"),
            ([made(days, "place", target="a bar") for days in range(6)], "note.dry-place"),
            ([made(days, "place", recommendation="a") for days in range(20)], "note.dry-run"),
            ([made(days, "place") for days in range(6)], "note.no-relationship"),
            ([made(days, "relationship") for days in range(6)], "note.no-place"),
            ([made(20, person=f"p{number}") for number in range(11)], "note.cold-many"),
            ([made(40), *(made(3) for _ in range(6))], "note.one-week"),
            ([made(3)], "note.no-odds"),
        ],
    )
    def test_is_told(self, log, code):
        """
        Each finding comes up where it should.
        """
        assert code in codes(of(*log))

    @pytest.mark.parametrize(
        ("log", "code"),
        [
            ([made(27)], "note.silence"),
            ([made(28, result="landed")], "note.landed"),
            ([made(days, "place") for days in range(5)], "note.busy-elsewhere"),
            (
                [made(days, "place", recommendation="a" if days % 2 else None) for days in range(6)],
                "note.busy-elsewhere",
            ),
            ([made(days, "place", recommendation="a" if days else None) for days in range(6)], "note.good-busy"),
            ([made(1, person="p"), *(made(days, "place", recommendation="a") for days in range(6))], "note.dry-place"),
            ([made(days, "place", recommendation="a") for days in range(19)], "note.dry-run"),
            ([made(days, "place", recommendation="a", result="landed") for days in range(30)], "note.dry-run"),
            ([made(20, person=f"p{number}") for number in range(10)], "note.cold-many"),
            ([made(35), *(made(3) for _ in range(6))], "note.one-week"),
            ([made(50), *(made(3) for _ in range(5)), *(made(20) for _ in range(4))], "note.one-week"),
            ([made(days) for days in range(0, 50, 2)], "note.no-odds"),
        ],
    )
    def test_is_not_told(self, log, code):
        """
        And does not where it should not.
        """
        assert code not in codes(of(*log))


class TestOdds:
    @pytest.mark.parametrize(
        ("log", "says"),
        [
            ([], False),
            ([made(30), *(made(1) for _ in range(8))], False),
            ([made(20), *(made(1) for _ in range(9))], False),
            ([made(21), *(made(1) for _ in range(9))], True),
        ],
    )
    def test_silent_when_there_is_too_little_to_say(self, log, says):
        """
        Nothing is said before ten rounds and three weeks.
        """
        assert (of(*log).odds is not None) == says

    def test_from_the_record_at_the_present_and_other_paces(self):
        """
        The odds count all rounds and results, and look at the present pace, its double and the chosen one.
        """
        found = of(*(made(2 * days + 1, result="landed" if days in (3, 9) else "open") for days in range(14)), pace=5)

        assert (found.odds.rounds, found.odds.landed) == (14, 2)
        assert sorted({one.pace for one in found.odds.at}) == [3.5, 5.0, 7.0]

    def test_after_a_pause_there_is_no_present_pace(self):
        """
        Who does nothing is not told the odds of doing nothing.
        """
        found = of(*(made(30 + days) for days in range(12)))

        assert {one.pace for one in found.odds.at} == {3.0}


class TestSize:
    def test_years_of_silence(self):
        """
        Two rounds with centuries between them make two weeks and no more.
        """
        found = of(made("0001-01-01", "place"), made("1026-03-02", "place", person="p1"))

        assert len(found.weeks) == 2
        assert (found.streak, found.best, found.pace) == (0, 1, 0)
        assert found.relationships[0].state == "dormant"

    def test_ten_thousand_contacts(self):
        """
        Everybody is in the data; what is shown stays short.
        """
        found = of(*(made(20 + number % 9, person=f"p{number}") for number in range(10_000)))
        text = plain(review_lines(found, look=Look()))

        assert len(found.cold) == 10_000
        assert "and 9,995 more" in text
        assert len(text.splitlines()) < 80


class TestPrivacy:
    @settings(max_examples=40)
    @given(log=logs())
    def test_reprs_hold_no_labels(self, log):
        """
        A review in a log file or a traceback names nobody.
        """
        text = repr(review(log, today=TODAY, plan=PLAN))

        assert not any(secret in text for secret in SECRETS)

    @settings(max_examples=40)
    @given(log=logs())
    def test_what_is_shared_names_nobody(self, log):
        """
        The shareable form holds no label, note, promise or target, neither as data nor in words.
        """
        found = review(log, today=TODAY, plan=PLAN).shareable()
        text = json.dumps(found._to_dict_(), ensure_ascii=False) + plain(review_lines(found, look=Look()))

        assert not any(secret in text for secret in SECRETS)

    def test_private_answers_in_the_plan(self):
        """
        Advice that would give away a private answer is named without words in the shareable form.
        """
        private = attrs.evolve(
            advice("a", "where"),
            causes=(Cause(why="land_a_job", item="industry", rung="named", words=("boats",)),),
        )
        plan = Plan(whys=("land_a_job",), where=(private,), private=frozenset({("land_a_job", "industry")}))
        found = review([], today=TODAY, plan=plan)

        assert found.next_rounds[0].text == "Go here next: The a."
        assert found.shareable().next_rounds[0].text == "Go to the place that your plan names next."


class TestForms:
    @settings(max_examples=40)
    @given(log=logs())
    def test_the_form_is_json(self, log):
        """
        A review is plain data, the same on every run.
        """
        form = review(log, today=TODAY, plan=PLAN)._to_dict_()

        assert json.loads(json.dumps(form, allow_nan=False)) == form

    def test_promises_and_relationships_as_data(self):
        """
        Dates are texts, and what is not there is left out or null.
        """
        form = of(made(20, person="p1", label="Sam", promise="a list", id="r1"))._to_dict_()

        assert form["promises"] == [
            {
                "person": {"id": "p1", "label": "Sam"},
                "text": "a list",
                "made": "2026-03-08",
                "due": "2026-03-22",
                "has_date": False,
                "days": 6,
                "age": 20,
                "round": "r1",
            }
        ]
        assert form["relationships"][0]["last"] == "2026-03-08"
        assert form["next_rounds"][0]["person"] == {"id": "p1", "label": "Sam"}
