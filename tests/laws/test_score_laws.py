"""
The laws of scoring, each as a property over hard cases.
"""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.pasted import folded
from kowhy.questions import questions
from kowhy.scorecards import RUNGS
from kowhy.scoring import score_profile
from kowhy.whys import Profile, State
from tests.scored import FRESH, POOL, VALUES, Case, Script, cases, checklist, checklists, item, one_why


def by_the_formula(made, credits):
    """
    Points and full as the design writes them, in fractions and with nothing shared with the library.
    """
    core = [one for one in made.items if one.core]
    others = [one for one in made.items if not one.core]
    full_core = sum(100 * one.weight for one in core)
    best_weights = sorted((one.weight for one in others if not one.sensitive), reverse=True)[: made.enough]
    full_other = 100 * sum(best_weights)
    earned = sorted((one.weight * credits[one.key] for one in others), reverse=True)[: made.enough]
    points = sum(one.weight * credits[one.key] for one in core) + min(sum(earned), full_other)
    return points, full_core + full_other


def rounded(points, full):
    """
    The score in hundredths, halves up.
    """
    return int(Fraction(10_000 * points, full) + Fraction(1, 2)) if full else 0


def credits_of(score):
    return {key: round(100 * one.credit) for key, one in score.items.items()}


class TestLawOne:
    @given(case=cases())
    def test_scores_stay_within_0_and_100(self, case):
        """
        No mix of weights, rungs and answers leaves the scale.
        """
        score = case.score()

        assert 0 <= score.score <= 100
        assert all(0 <= one.gain <= 100 for one in score.items.values())

    @given(case=cases())
    def test_same_input_same_scorecard(self, case):
        """
        Two scorecards of one profile are equal, and so is one that went through pickle.
        """
        card = case.card()

        assert card == case.card()
        assert pickle.loads(pickle.dumps(card)) == card

    @given(case=cases(), data=st.data())
    def test_the_order_of_answers_never_matters(self, case, data):
        """
        Answers in another order give the same numbers for every item.
        """
        mixed = {key: tuple(data.draw(st.permutations(texts))) for key, texts in case.answers.items()}

        before, after = case.score(), case.with_answers(**mixed).score()

        assert numbers(after) == numbers(before)

    @given(one=cases("social_reasons"), other=cases("learn"))
    def test_the_order_of_whys_never_matters(self, one, other):
        """
        The WHYs of a profile may come in any order.
        """
        whys = [one_why(case.checklist.why, **case.answers) for case in (one, other)]
        made = {case.checklist.why: case.checklist for case in (one, other)}
        script = Script({**one.table, **other.table})

        cards = [
            score_profile(Profile(whys=order), checklists=made, rater=script) for order in (whys, list(reversed(whys)))
        ]

        assert cards[0] == cards[1]


def numbers(score):
    """
    All that a score says in numbers.
    """
    items = {
        key: (one.rung, one.credit, one.points, one.gain, one.gain_to, one.rated, sorted(one.levels))
        for key, one in score.items.items()
    }
    return score.score, score.points, score.full, score.judged, score.band, items


class TestLawTwo:
    @given(case=cases(), data=st.data())
    def test_a_new_answer_never_lowers_the_score(self, case, data):
        """
        Adding an answer that stands in no other item keeps or raises the score, wherever and however it is rated.
        """
        key = data.draw(st.sampled_from([one.key for one in case.checklist.items]))
        used = {folded(text) for other, texts in case.answers.items() if other != key for text in texts}
        text = data.draw(st.sampled_from([text for text in (*FRESH, *POOL) if folded(text) not in used]))
        value = case.table.get((key, text), data.draw(st.sampled_from([*VALUES, "junk"])))
        at = data.draw(st.integers(0, len(case.answers.get(key, ()))))
        texts = case.answers.get(key, ())

        more = case.rated(key, text, value).with_answers(**{key: (*texts[:at], text, *texts[at:])})

        assert more.score().score >= case.score().score

    @given(case=cases(), data=st.data())
    def test_a_better_answer_in_the_place_of_another_never_lowers_the_score(self, case, data):
        """
        Replacing an answer by a new one with a higher rating never lowers the score, even when the old one was shared.
        """
        assume(case.answers)
        key = data.draw(st.sampled_from(list(case.answers)))
        texts = case.answers[key]
        at = data.draw(st.integers(0, len(texts) - 1))
        old = case.table[key, texts[at]]
        # What could not be rated has no rating that another could exceed.
        assume(old is not None)
        lowest = 0.0 if isinstance(old, str) else old
        value = data.draw(st.sampled_from([value for value in VALUES if value is not None and value >= lowest]))

        new = case.rated(key, FRESH[0], value).with_answers(**{key: (*texts[:at], FRESH[0], *texts[at + 1 :])})

        assert new.score().score >= case.score().score


def rungs_of(case, key):
    return next(one.rungs for one in case.checklist.items if one.key == key)


class TestLawThree:
    @given(case=cases(), text=st.sampled_from(POOL), data=st.data())
    def test_a_text_pasted_everywhere_earns_what_it_earns_in_its_best_item(self, case, text, data):
        """
        The same text under every item is worth exactly as much as under the one where it is worth most.
        """
        keys = [one.key for one in case.checklist.items]
        blank = attrs.evolve(case, answers=FrozenMap())
        for key in keys:
            blank = blank.rated(key, text, data.draw(st.sampled_from([*VALUES, "junk"])))

        everywhere = blank.with_answers(**dict.fromkeys(keys, (text,))).score()
        best = max(blank.with_answers(**{key: (text,)}).score().score for key in keys)

        assert everywhere.score == best

    @given(case=cases(), data=st.data())
    def test_saying_it_again_changes_no_number(self, case, data):
        """
        The same answer twice in one item, in other capitals or spaces, is one answer.
        """
        assume(case.answers)
        key = data.draw(st.sampled_from(list(case.answers)))
        texts = case.answers[key]
        again = f"  {texts[0].upper()} "
        twice = case.rated(key, again, case.table[key, texts[0]]).with_answers(**{key: (*texts, again, texts[0])})

        before, after = case.score(), twice.score()

        assert (after.score, credits_of(after)) == (before.score, credits_of(before))

    @given(case=cases(), data=st.data())
    def test_several_texts_pasted_everywhere_earn_at_most_the_sum_of_their_best(self, case, data):
        """
        A handful of texts copied into all items never earns more points than each of them where it is worth most.
        """
        keys = [one.key for one in case.checklist.items if all(rung.schema is None for rung in one.rungs)]
        assume(keys)
        case = attrs.evolve(
            case,
            checklist=attrs.evolve(case.checklist, items=tuple(one for one in case.checklist.items if one.key in keys)),
            answers=FrozenMap(),
        )
        few = ("roofing", "chess", "jazz")
        for key in keys:
            for text in few:
                case = case.rated(key, text, data.draw(st.sampled_from(VALUES)))

        everywhere = case.with_answers(**dict.fromkeys(keys, few)).score().points
        best = sum(max(case.with_answers(**{key: (text,)}).score().points for key in keys) for text in few)

        assert everywhere <= best


class TestLawFour:
    @given(case=cases(), data=st.data())
    def test_declining_never_changes_a_score(self, case, data):
        """
        To decline an item that is not core, or to call it not applicable, costs nothing and is never asked again.
        """
        silent = [one.key for one in case.checklist.items if not one.core and not case.answers.get(one.key)]
        chosen = data.draw(st.lists(st.sampled_from(silent), unique=True)) if silent else []
        way = data.draw(st.sampled_from(["declined", "not_applicable"]))

        before, card = case.score(), case.card(**{way: chosen})
        after = card.whys[case.checklist.why]

        assert (after.score, after.points, after.full, after.band) == (
            before.score,
            before.points,
            before.full,
            before.band,
        )
        assert all((after.items[key].gain, after.items[key].gain_to) == (0, None) for key in chosen)
        assert {key: one for key, one in after.items.items() if key not in chosen} == {
            key: one for key, one in before.items.items() if key not in chosen
        }
        asked = {one.item for one in questions(card, checklists={case.checklist.why: case.checklist})}
        assert asked.isdisjoint(chosen)

    @given(made=checklists(top=True), data=st.data())
    def test_100_means_that_every_core_item_is_at_the_top(self, made, data):
        """
        One core item below its highest rung is enough to keep the score below 100, whatever stands in the others.
        """
        weighty = [one for one in made.items if one.core and one.weight]
        assume(weighty)
        weak = data.draw(st.sampled_from(weighty))
        answers = {one.key: tuple(f"{one.key} {number}" for number in range(3)) for one in made.items}
        case = Case(
            made, FrozenMap(answers), FrozenMap(((key, text), 1.0) for key, texts in answers.items() for text in texts)
        )
        for text in answers[weak.key]:
            case = case.rated(weak.key, text, data.draw(st.sampled_from([0.0, 0.1, weak.rungs[-1].specificity - 0.01])))

        full, lacking = case.with_answers(**{weak.key: ("at the top", "and so", "is this")}), case.score()
        for text in full.answers[weak.key]:
            full = full.rated(weak.key, text, 1.0)

        assert lacking.items[weak.key].level < weak.rungs[-1].level
        assert lacking.score < full.score().score

    @given(weights=st.lists(st.integers(1, 9), min_size=1, max_size=6), enough=st.integers(0, 6), data=st.data())
    def test_100_can_be_reached_without_any_sensitive_item(self, weights, enough, data):
        """
        Every core and every open item at the top makes 100, whatever is kept private.
        """
        keys = ("common_interests", "athletic", "profession", "geography", "rhythm", "aligned_goals")
        made = [
            item(key, weight=weight, core=data.draw(st.booleans())) for key, weight in zip(keys, weights, strict=False)
        ]
        made.append(item("age", weight=9, sensitive=True))
        made = checklist("social_reasons", *made, enough=enough)
        given_ = {one.key: f"about {one.key}" for one in made.items if not one.sensitive}

        card = score_profile(
            Profile(whys=(one_why("social_reasons", **given_),)),
            checklists={"social_reasons": made},
            rater=Script(other=0.9),
        )

        assert card.whys["social_reasons"].score == (100 if card.whys["social_reasons"].full else 0)


class TestLawSix:
    @given(case=cases())
    def test_points_explain_the_score(self, case):
        """
        The items' points add up to the WHY's points, and those over full are the score, as the formula says.
        """
        score = case.score()
        points, full = by_the_formula(case.checklist, credits_of(score))

        assert sum(one.points for one in score.items.values()) == score.points == points
        assert score.full == full
        assert score.score == rounded(points, full) / 100

    @given(case=cases())
    def test_no_item_earns_more_than_its_rung(self, case):
        """
        An item's points never exceed its weight times its credit, and only others are ever cut.
        """
        score = case.score()

        for one in score.items.values():
            worth = one.weight * round(100 * one.credit)
            assert 0 <= one.points <= worth
            if one.core:
                assert one.points == worth

    @given(case=cases())
    def test_a_gain_is_the_formula_with_the_item_at_its_target(self, case):
        """
        Each gain is the rounded score with the credit of the target rung, less the rounded score of now.
        """
        score = case.score()
        credits = credits_of(score)
        now = rounded(*by_the_formula(case.checklist, credits))

        for one in case.checklist.items:
            standing = score.items[one.key]
            higher = [rung for rung in one.rungs if rung.level > standing.level and rung.name != "vague"]
            if not one.weight or not higher:
                assert (standing.gain, standing.gain_to) == (0, None)
                continue
            assert standing.gain_to == higher[0].name
            then = rounded(*by_the_formula(case.checklist, credits | {one.key: higher[0].credit}))
            assert standing.gain == (then - now) / 100

    @given(case=cases(), data=st.data())
    def test_a_promised_gain_comes_true(self, case, data):
        """
        New answers that just reach the target raise the score by the gain, whatever was pasted before.
        """
        before = case.score()
        open_ = [key for key, one in before.items.items() if one.gain_to]
        assume(open_)
        key = data.draw(st.sampled_from(open_))
        rung = next(rung for rung in rungs_of(case, key) if rung.name == before.items[key].gain_to)

        after = case.with_answers(**{key: (*case.answers.get(key, ()), *FRESH)})
        for text in FRESH:
            after = after.rated(key, text, rung.specificity)
        score = after.score()

        assert score.items[key].rung == rung.name
        assert round(score.score - before.score, 2) == before.items[key].gain

    @given(case=cases())
    def test_rung_level_and_credit_agree(self, case):
        """
        The rung is the name of the level, and no item stands above its best answer.
        """
        for one in case.score().items.values():
            assert RUNGS[one.level] == one.rung
            assert one.level <= max(one.levels, default=0)
            assert len(one.levels) == len(one.answers)
            assert (one.state is State.GIVEN) == bool(one.answers)
