"""
From a profile to a scorecard, by example.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from kowhy.compiled import _KNOWN, compiled
from kowhy.errors import UnknownNameError
from kowhy.rating.model import Rating, Reason
from kowhy.scorecards import Dominance
from kowhy.scoring import score_profile
from kowhy.whys import LandAJob, Learn, MoreBusiness, PayItForward, Profile, SocialReasons, State
from tests.scored import USUAL, Script, checklist, item, ladder, profile

LEARN = checklist("learn", item("topic", weight=3, core=True), item("scope"), item("purpose"), enough=2)

JOB = checklist(
    "land_a_job",
    item("job_type", weight=3, core=True),
    item("industry"),
    item("company_culture", kind="situation"),
    item("geography", kind="place"),
)

SOCIAL = checklist(
    "social_reasons", item("common_interests", weight=3, core=True), item("age", kind="age", sensitive=True)
)


def card(made, *, rater=None, statement=None, declined=(), not_applicable=(), **answers):
    """
    The scorecard of a profile with one WHY.
    """
    one = profile(made.why, statement=statement, declined=declined, not_applicable=not_applicable, **answers)
    return score_profile(one, checklists={made.why: made}, rater=rater or Script())


def score(made, **fields):
    """
    The score of the one WHY.
    """
    return card(made, **fields).whys[made.why]


def codes(scorecard, item=None):
    """
    Codes of the findings, of one item or of all.
    """
    return [found.code for found in scorecard.findings if item is None or found.item == item]


class TestScore:
    @pytest.mark.parametrize(
        ("answers", "value", "points", "band"),
        [
            ({}, 0.0, 0, "none"),
            ({"topic": "vague"}, 6.43, 45, "token"),
            ({"topic": "named"}, 25.71, 180, "category"),
            ({"topic": "named", "scope": "named", "purpose": "vague"}, 47.14, 330, "category"),
            ({"topic": "named", "scope": "named", "purpose": "named"}, 60.0, 420, "narrowed"),
            ({"topic": "specific", "scope": "named", "purpose": "named"}, 77.14, 540, "narrowed"),
            ({"topic": "specific", "scope": "specific", "purpose": "named"}, 88.57, 620, "targetable"),
            ({"topic": "specific", "scope": "specific", "purpose": "specific"}, 100.0, 700, "targetable"),
        ],
    )
    def test_rungs_become_points_score_and_band(self, answers, value, points, band):
        """
        Three times the heart, twice each of the others, out of 700.
        """
        given = {key: f"{rung} {key}" for key, rung in answers.items()}
        values = {"vague": 0.1, "named": 0.4, "specific": 0.8}
        rater = Script({f"{rung} {key}": values[rung] for key, rung in answers.items()})

        found = score(LEARN, rater=rater, **given)

        assert (found.score, found.points, found.full, found.band) == (value, points, 700, band)
        assert {key: found.items[key].rung for key in answers} == answers

    def test_all_items_appear_in_the_order_of_the_checklist(self):
        """
        Also those without an answer.
        """
        assert tuple(score(LEARN, purpose="to move into product").items) == ("topic", "scope", "purpose")

    def test_one_item_in_full(self):
        """
        State, answers, levels, rung, points and gain of one item, with the rater's reasons.
        """
        found = score(LEARN, topic=("vague", "beekeeping"), rater=Script({"vague": 0.1, "beekeeping": 0.4}))

        assert found.checklist == "urn:test:learn:1"
        topic = found.items["topic"]
        assert (topic.state, topic.answers, topic.levels) == (State.GIVEN, ("vague", "beekeeping"), (1, 2))
        assert (topic.rung, topic.level, topic.credit, topic.weight) == ("named", 2, 0.6, 3)
        assert (topic.points, topic.gain, topic.gain_to) == (180, 17.15, "specific")
        assert (topic.core, topic.private, topic.rated) == (True, False, True)
        assert [reason.text for reason in topic.reasons] == ["0.1", "0.4"]

    def test_items_that_the_class_lacks_come_from_extra(self):
        """
        A checklist may ask for more than the class has fields for.
        """
        made = checklist("learn", item("topic", core=True), item("budget"), enough=1)

        assert score(made, budget="200 a month").items["budget"].rung == "named"

    @pytest.mark.parametrize("way", ["declined", "not_applicable"])
    def test_what_is_closed_is_not_asked(self, way):
        """
        Declined and not applicable items gain nothing and have no aim.
        """
        scope = score(LEARN, **{way: ["scope"]}).items["scope"]

        assert (scope.state, scope.gain, scope.gain_to) == (State(way), 0, None)

    def test_an_item_that_is_off_counts_for_nothing(self):
        """
        Weight 0 leaves the answers in place, without points, gain or findings.
        """
        made = checklist("learn", item("topic", core=True, weight=0), item("scope"), enough=1)

        scorecard = card(made, topic="junk", rater=Script({"junk": "zero.junk"}))

        topic = scorecard.whys["learn"].items["topic"]
        assert (topic.points, topic.gain, topic.gain_to, topic.answers) == (0, 0, None, ("junk",))
        assert scorecard.findings == ()

    def test_nothing_to_score(self):
        """
        With every item off the score is 0, and a finding says so.
        """
        made = checklist("learn", item("topic", core=True, weight=0), enough=0)

        scorecard = card(made)

        found = scorecard.whys["learn"]
        assert (found.score, found.full, found.judged, found.band) == (0, 0, 1.0, "none")
        assert codes(scorecard) == ["score.nothing-counts"]

    def test_a_rung_that_wants_more_answers_says_so(self):
        """
        Five good answers where six are needed stay below, with a reason.
        """
        rungs = ladder(*USUAL[:2], ("specific", 100, 0.6, {"minItems": 2}))
        made = checklist("learn", item("topic", core=True, rungs=rungs))

        topic = score(made, topic="beekeeping", rater=Script(other=0.9)).items["topic"]

        assert (topic.levels, topic.rung, topic.gain_to) == ((3,), "named", "specific")
        assert "reason.too-few" in [reason.code for reason in topic.reasons]

    def test_points_that_are_left_out_or_cut_say_so(self):
        """
        An item beyond the best few, and one beyond the most that others can add, each have a reason.
        """
        made = checklist(
            "social_reasons", item("athletic"), item("rhythm"), item("age", weight=9, sensitive=True), enough=1
        )

        items = score(made, athletic="five-a-side", rhythm="on Thursdays", age="28-38").items

        assert [items[key].points for key in ("athletic", "rhythm", "age")] == [0, 0, 200]
        assert "reason.enough" in [reason.code for reason in items["athletic"].reasons]
        assert "reason.cut" in [reason.code for reason in items["age"].reasons]

    def test_a_why_without_a_checklist(self):
        """
        The error names what was given and what would work.
        """
        with pytest.raises(UnknownNameError) as caught:
            score_profile(profile("learn"), checklists={"land_a_job": JOB}, rater=Script())

        assert (caught.value.faults[0].given, caught.value.faults[0].wanted) == ("learn", "one of land_a_job")

    def test_the_rater_is_asked_with_the_item(self):
        """
        Kind, title, question and choices of the item go with every answer, and the statement is rated as such.
        """
        asked = []

        class Listening:
            def rate(self, text, *, ask=None):
                asked.append((text, ask))
                return Rating(value=0.5)

        made = checklist(
            "learn", item("learn_kind", kind="choice", choices={"market": ("market",), "craft": ("craft", "art")})
        )

        score(made, learn_kind="a craft", statement="I want to play", rater=Listening())

        (text, ask), (_, about) = asked
        assert (text, ask.why, ask.item, ask.kind) == ("a craft", "learn", "learn_kind", "choice")
        assert (ask.title, ask.question, ask.choices) == (
            "Learn kind",
            "What about learn_kind?",
            ("market", "craft", "art"),
        )
        assert (about.item, about.kind) == ("statement", "statement")


class TestZeroedAndUnrated:
    def test_a_zeroed_answer_is_missing(self):
        """
        Junk counts for nothing; a finding says that, and the reason says why.
        """
        scorecard = card(LEARN, topic="asdf", rater=Script({"asdf": "zero.gibberish"}))

        topic = scorecard.whys["learn"].items["topic"]
        assert (topic.state, topic.rung, topic.levels, topic.credit) == (State.GIVEN, "missing", (0,), 0)
        assert [reason.code for reason in topic.reasons] == ["zero.gibberish"]
        assert codes(scorecard, "topic") == ["clear.core-missing", "clear.zeroed"]

    def test_a_rater_that_gives_no_reason_gets_one(self):
        """
        The code of why it was zeroed is always among the reasons.
        """

        class Curt:
            def rate(self, text, *, ask=None):
                return Rating(value=0.0, zero="zero.refusal")

        assert score(LEARN, topic="no", rater=Curt()).items["topic"].reasons == (
            Reason(code="zero.refusal", text="This answer does not count."),
        )

    def test_what_could_not_be_rated_is_named(self):
        """
        Another language earns what the checklist gives for named, and says that it was not rated.
        """
        scorecard = card(
            LEARN, topic="Bienenzucht", scope="ohne Verkauf", rater=Script({"ohne Verkauf": 0.8}, other=None)
        )

        found = scorecard.whys["learn"]
        topic = found.items["topic"]
        assert (topic.rung, topic.credit, topic.rated, topic.gain_to) == ("named", 0.6, False, "specific")
        assert topic.reasons[-1].code == "reason.not-rated"
        assert (found.judged, found.items["scope"].rated) == (0.5, True)

    def test_judged_leaves_out_what_was_zeroed(self):
        """
        The share is of the answers that say anything; of none it is all.
        """
        rater = Script({"junk": "zero.junk", "a": None, "b": 0.5, "c": 0.5})

        assert score(LEARN, topic=("junk", "a", "b"), scope="c", rater=rater).judged == 2 / 3
        assert score(LEARN, topic="junk", rater=rater).judged == 1.0


class TestPasted:
    def test_it_counts_where_it_is_worth_most(self):
        """
        The heavier item keeps it; the other one is missing, with a finding and a reason.
        """
        scorecard = card(LEARN, scope="Bee-keeping.", topic="bee-keeping", purpose="to sell honey")

        items = scorecard.whys["learn"].items
        assert [items[key].points for key in ("topic", "scope", "purpose")] == [180, 0, 120]
        assert (items["scope"].state, items["scope"].rung) == (State.GIVEN, "missing")
        assert items["scope"].reasons[-1].code == "reason.pasted"
        assert [(found.code, found.item) for found in scorecard.findings] == [("clean.pasted", "scope")]
        assert "Topic" in scorecard.findings[0].text
        assert not scorecard.whys["learn"].clean

    @pytest.mark.parametrize("spelling", ["BEES", " bees ", "bees.", "ｂｅｅｓ", "bees"])
    def test_spelling_makes_no_other_text(self, spelling):
        """
        Capitals, width, spaces and a full stop are no disguise.
        """
        assert score(LEARN, topic="bees", scope=spelling).items["scope"].points == 0

    def test_of_equals_the_first_counts(self):
        """
        Ties go by the order of the checklist.
        """
        items = score(LEARN, purpose="bees", scope="bees").items

        assert (items["scope"].points, items["purpose"].points) == (120, 0)

    def test_an_item_that_is_off_takes_nothing_away(self):
        """
        A text under an item that is off still counts in the other one.
        """
        made = checklist("learn", item("topic", weight=0), item("scope"), enough=1)

        scorecard = card(made, topic="bees", scope="bees")

        assert (scorecard.whys["learn"].items["scope"].points, scorecard.findings) == (120, ())

    def test_what_is_junk_in_one_item_counts_in_the_other(self):
        """
        A text that one item cannot use is worth more where it can be used.
        """
        rater = Script({("topic", "bees"): "zero.echo"})

        items = score(LEARN, topic="bees", scope="bees", rater=rater).items

        assert (items["topic"].points, items["scope"].points) == (0, 120)

    def test_junk_under_every_item_is_junk_and_no_copy(self):
        """
        What counts nowhere was not pasted for profit: one finding an item is enough.
        """
        scorecard = card(LEARN, topic="n/a", scope="n/a", purpose="n/a", rater=Script({"n/a": "zero.refusal"}))

        assert codes(scorecard) == ["clear.core-missing", "clear.zeroed", "clear.zeroed", "clear.zeroed"]

    def test_several_copies_name_the_first_of_the_other_items(self):
        """
        One finding an item, whatever the number of copies and their order.
        """
        made = checklist("learn", item("topic", weight=3), item("scope", weight=3), item("purpose"))
        rater = Script({("topic", "bees"): 0.9, ("scope", "wax"): 0.9})

        scorecards = [
            card(made, topic=("bees", "wax"), scope=("wax", "bees"), purpose=copies, rater=rater)
            for copies in (("bees", "wax"), ("wax", "bees"))
        ]

        assert [(found.code, found.item) for found in scorecards[0].findings] == [
            ("clean.pasted", "topic"),
            ("clean.pasted", "scope"),
            ("clean.pasted", "purpose"),
        ]
        assert scorecards[0].findings == scorecards[1].findings
        assert "Topic" in scorecards[0].findings[-1].text

    def test_other_answers_of_the_item_still_count(self):
        """
        Only the pasted text is left out.
        """
        items = score(LEARN, topic="bees", scope=("bees", "no sale of queens")).items

        assert items["scope"].rung == "named"

    def test_two_whys_may_share_a_text(self):
        """
        That is overlap and no fault.
        """
        whys = (LandAJob(industry="offshore wind"), Learn(topic="offshore wind"))

        scorecard = score_profile(Profile(whys=whys), checklists={"learn": LEARN, "land_a_job": JOB}, rater=Script())

        assert all(found.clean for found in scorecard.whys.values())
        assert scorecard.whys["learn"].items["topic"].points == 180


class TestClearCrispClean:
    def test_clear_wants_every_core_item_named(self):
        """
        Missing and vague core items are told apart.
        """
        rater = Script({"music": 0.1})

        assert codes(card(LEARN)) == ["clear.core-missing"]
        assert codes(card(LEARN, topic="music", rater=rater)) == ["clear.core-vague"]
        assert score(LEARN, topic="piano").clear
        assert not score(LEARN, topic="music", rater=rater).clear

    def test_nothing_zeroed(self):
        """
        One junk answer anywhere is not clear.
        """
        found = score(LEARN, topic="piano", scope="asdf", rater=Script({"asdf": "zero.junk"}))

        assert (found.clear, found.items["topic"].rung) == (False, "named")

    def test_the_top_band_needs_clear(self):
        """
        A high score with a junk answer stays one band lower; the score itself stays.
        """
        answers = {"topic": "piano", "scope": "left hand", "purpose": "a wedding"}
        rater = Script({"asdf": "zero.junk"}, other=0.9)

        clean, junk = (score(LEARN, rater=rater, **(answers | more)) for more in ({}, {"scope": ("left hand", "asdf")}))

        assert (clean.score, clean.band, junk.score, junk.band) == (100, "targetable", 100, "narrowed")

    @pytest.mark.parametrize(
        ("statement", "crisp", "found"),
        [
            (None, None, []),
            ("  ", None, []),
            ("I want to play three Satie pieces from memory", True, []),
            ("I basically want to play", False, ["crisp.waffle"]),
            ("asdf", False, ["crisp.says-nothing"]),
            ("I want to play\nand to sing", False, ["crisp.several-lines"]),
        ],
    )
    def test_crisp_looks_at_the_statement_alone(self, statement, crisp, found):
        """
        Without a statement there is nothing to say about it.
        """
        scorecard = card(LEARN, topic="piano", statement=statement, rater=Script({"asdf": "zero.gibberish"}))

        assert (scorecard.whys["learn"].crisp, codes(scorecard)) == (crisp, found)

    def test_a_long_statement_is_told_its_length(self):
        """
        The finding names the count and the limit.
        """
        (found,) = card(LEARN, topic="piano", statement="play " * 20).findings

        assert found.code == "crisp.too-long"
        assert "20 words" in found.text
        assert "17" in found.text

    def test_clean_sees_contradictions_and_lists(self):
        """
        Each has its finding, and none changes the score.
        """
        plain = score(JOB, job_type="nurse", geography="remote")
        scorecard = card(JOB, job_type="nurse", geography="remote, on site daily", industry="a, b, c, d, e, f")

        assert codes(scorecard) == ["clean.everything", "clean.contradiction"]
        assert not scorecard.whys["land_a_job"].clean
        assert scorecard.whys["land_a_job"].items["geography"].points == plain.items["geography"].points


class TestGuards:
    def test_a_protected_trait_stays_out_of_scripts(self):
        """
        In the job WHY such an answer is private, and a finding says so without repeating it.
        """
        scorecard = card(JOB, job_type="nurse", company_culture="no women on the team")

        assert codes(scorecard) == ["job.protected-trait"]
        assert scorecard.whys["land_a_job"].items["company_culture"].private
        assert "women" not in scorecard.findings[0].text

    def test_an_item_that_is_off_is_guarded_too(self):
        """
        Weight 0 lets nothing through.
        """
        made = checklist("land_a_job", item("job_type", core=True), item("company_culture", weight=0))

        scorecard = card(made, job_type="nurse", company_culture="men only")

        assert scorecard.whys["land_a_job"].items["company_culture"].private

    def test_other_whys_may_say_whom_they_look_for(self):
        """
        Friends of one's own kind are no employer.
        """
        made = checklist("social_reasons", item("common_interests", core=True))

        assert card(made, common_interests="a choir, women only").findings == ()

    @pytest.mark.parametrize(
        ("age", "adult", "found"), [("28-38", True, []), ("16-20", False, ["adult.minor"]), ((), True, [])]
    )
    def test_below_18_nobody_is_an_adult(self, age, adult, found):
        """
        A stated age below 18 outweighs the mark.
        """
        one = Profile(whys=(SocialReasons(common_interests="chess", age=age),), adult=True)

        scorecard = score_profile(one, checklists={"social_reasons": SOCIAL}, rater=Script())

        assert (scorecard.adult, codes(scorecard)) == (adult, found)

    def test_adult_is_never_assumed(self):
        """
        Without the mark nobody is an adult, whatever the age.
        """
        assert not card(SOCIAL, age="40").adult

    def test_a_checklist_without_age(self):
        """
        A checklist may leave the item out.
        """
        made = checklist("social_reasons", item("common_interests"))
        one = Profile(whys=(SocialReasons(common_interests="chess", age="16"),), adult=True)

        assert score_profile(one, checklists={"social_reasons": made}, rater=Script()).adult

    def test_private_items(self):
        """
        Sensitive items are private unless the profile lets scripts say them; others are when the profile says so.
        """
        one = SocialReasons(common_interests="chess", age="40", private=["common_interests"], may_say=["age"])

        items = (
            score_profile(Profile(whys=(one,)), checklists={"social_reasons": SOCIAL}, rater=Script())
            .whys["social_reasons"]
            .items
        )

        assert (items["common_interests"].private, items["age"].private) == (True, False)
        assert card(SOCIAL, age="40").whys["social_reasons"].items["age"].private

    def test_no_finding_repeats_an_answer(self):
        """
        A word that stands in every answer stands in no finding.
        """
        word = "xylophonic"
        scorecard = card(
            JOB,
            job_type=(f"{word}", "asdf"),
            industry=word,
            company_culture=f"{word}, no women",
            geography=f"{word} remote, on site daily",
            statement=f"{word} basically",
            rater=Script({"asdf": "zero.junk", word: 0.1}),
        )

        assert len(set(codes(scorecard))) >= 6
        assert not any(word in found.text for found in scorecard.findings)


class TestSeveralWhys:
    def whys(self, *, learn, job, dominant=None):
        """
        A profile with two WHYs whose answers are rated as told.
        """
        one = Profile(whys=(Learn(topic="piano"), LandAJob(job_type="nurse")), dominant=dominant)
        rater = Script({"piano": learn, "nurse": job})
        return score_profile(one, checklists={"land_a_job": JOB, "learn": LEARN}, rater=rater)

    def test_in_the_order_of_the_article(self):
        """
        However the profile lists them.
        """
        assert tuple(self.whys(learn=0.1, job=0.1).whys) == ("land_a_job", "learn")

    def test_a_mark_wins(self):
        """
        Even when the other WHY is far ahead.
        """
        scorecard = self.whys(learn=0.1, job=0.9, dominant="learn")

        assert (scorecard.dominant, scorecard.dominance) == ("learn", Dominance(how="explicit"))

    def test_far_ahead_is_proposed(self):
        """
        With a finding, so that nobody is led unasked.
        """
        scorecard = self.whys(learn=0.1, job=0.9)

        assert (scorecard.dominant, scorecard.dominance) == ("land_a_job", Dominance(how="proposed"))
        assert [found.why for found in scorecard.findings if found.code == "dominant.proposed"] == ["land_a_job"]

    def test_close_is_open(self):
        """
        Both are named, the better first, and none is picked.
        """
        scorecard = self.whys(learn=0.4, job=0.4)

        assert (scorecard.dominant, scorecard.dominance.how) == (None, "open")
        assert scorecard.dominance.candidates == ("learn", "land_a_job")
        assert scorecard.findings[-1].code == "dominant.missing"
        assert "Learn, Land a job" in scorecard.findings[-1].text

    def test_one_why_leads_by_itself(self):
        """
        No finding is due.
        """
        scorecard = card(LEARN, topic="piano")

        assert (scorecard.dominant, scorecard.dominance.how, scorecard.findings) == ("learn", "only", ())

    def test_the_articles_pairs_overlap(self):
        """
        A job beside learning about its industry, and business beside a fundraiser, share words and places.
        """
        business = checklist("more_business", item("industry"), item("geography", kind="place"))
        give = checklist("pay_it_forward", item("cause"), item("geography", kind="place"))
        made = {"learn": LEARN, "land_a_job": JOB, "more_business": business, "pay_it_forward": give}
        job = (LandAJob(industry="offshore wind"), Learn(topic="how offshore wind farms are financed"))
        fundraiser = (
            MoreBusiness(industry="independent restaurants", geography="Bucks County, PA"),
            PayItForward(cause="a fundraiser with three restaurants for the food bank", geography="Bucks County"),
        )

        (one,), (other,) = (
            score_profile(Profile(whys=whys), checklists=made, rater=Script()).overlap for whys in (job, fundraiser)
        )

        assert (one.whys, one.items) == (("land_a_job", "learn"), ("land_a_job.industry", "learn.topic"))
        assert one.words == ("offshore", "wind")
        assert other.words == ("bucks", "restaurants")
        assert other.items == (
            "more_business.industry",
            "more_business.geography",
            "pay_it_forward.cause",
            "pay_it_forward.geography",
        )

    def test_what_was_zeroed_is_not_shared(self):
        """
        Junk under two WHYs is no overlap.
        """
        whys = (LandAJob(industry="lorem"), Learn(topic="lorem"))
        rater = Script({"lorem": "zero.junk"})

        scorecard = score_profile(Profile(whys=whys), checklists={"learn": LEARN, "land_a_job": JOB}, rater=rater)

        assert scorecard.overlap == ()

    def test_name_and_country_are_carried(self):
        """
        For greetings, and for packs of one country.
        """
        one = attrs.evolve(profile("learn"), name="Dana", country="US")

        scorecard = score_profile(one, checklists={"learn": LEARN}, rater=Script())

        assert (scorecard.name, scorecard.country, scorecard.adult) == ("Dana", "US", False)


class TestCompiled:
    def test_a_checklist_is_compiled_once(self):
        """
        The same checklist is not read again; another one with equal items is its own.
        """
        made = checklist("learn", item("topic"))

        assert compiled(made) is compiled(made)
        assert compiled(made) is not compiled(checklist("learn", item("topic")))

    def test_a_checklist_that_is_gone_is_forgotten(self):
        """
        Checklists that nobody holds any more leave nothing behind.
        """
        made = checklist("learn", item("topic"))
        compiled(made)
        key = id(made)
        before = key in _KNOWN
        del made
        gc.collect()

        assert (before, key in _KNOWN) == (True, False)

    def test_the_work_grows_with_the_answers(self):
        """
        Twice the answers, twice the questions to the rater: nothing is rated again.
        """

        class Counting:
            asked = 0

            def rate(self, text, *, ask=None):
                self.asked += 1
                return Rating(value=0.5)

        raters = {size: Counting() for size in (100, 200)}
        for size, rater in raters.items():
            texts = tuple(f"answer {number}" for number in range(size))
            score(LEARN, topic=texts, scope=texts, rater=rater)

        assert [rater.asked for rater in raters.values()] == [200, 400]


class TestHashSeed:
    def test_no_hash_seed_shows_in_a_scorecard(self):
        """
        The same profile gives the same scorecard, byte for byte, in processes with different hash seeds.
        """
        code = """
import attrs
from kowhy.scoring import score_profile
from kowhy.whys import LandAJob, Learn, SocialReasons, Profile
from tests.scored import Script
from tests.test_scoring import JOB, LEARN, SOCIAL
whys = (
    Learn(topic=("offshore wind farms", "wind, tides and harbours"), scope="harbour towns", purpose="wind, tides"),
    LandAJob(industry="offshore wind", geography="harbour towns, remote, on site daily", job_type="tides and farms"),
    SocialReasons(common_interests="tides", age="wind or harbours"),
)
card = score_profile(Profile(whys=whys), checklists={c.why: c for c in (LEARN, JOB, SOCIAL)}, rater=Script())
print(attrs.asdict(card), [(shared.items, shared.words) for shared in card.overlap])
"""
        path = os.pathsep.join([*(path for path in sys.path if path), str(Path.cwd())])

        outputs = {
            subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            ).stdout
            for seed in ("0", "1", "4242")
        }

        assert len(outputs) == 1
        assert "harbour" in outputs.pop()
