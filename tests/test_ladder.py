"""
Which rung the answers reach, and what it earns.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kowhy.ladder import Frame, Ladder, Standing, Step, hundredths
from tests.scored import USUAL, item, ladder


def climb(*rungs, **answers):
    """
    The standing of answers, each with its rating, on a ladder.
    """
    groups = {text: [(text, value)] for text, value in answers.items()}
    return Ladder.of(item("topic", rungs=ladder(*rungs))).standing(groups)


class TestStanding:
    @pytest.mark.parametrize(
        ("answers", "level", "credit"),
        [
            ({}, 0, 0),
            ({"a": 0.0}, 1, 15),
            ({"a": 0.34}, 1, 15),
            ({"a": 0.35}, 2, 60),
            ({"a": 0.6}, 3, 100),
            ({"a": None}, 2, 60),
            ({"a": 0.1, "b": 0.7}, 3, 100),
            ({"a": 0.1, "b": None}, 2, 60),
            ({"a": None, "b": 0.7}, 3, 100),
        ],
    )
    def test_the_best_answer_decides(self, answers, level, credit):
        """
        On the usual ladder one answer is enough; what could not be rated counts as named.
        """
        assert climb(*USUAL, **answers) == Standing(level, credit)

    @pytest.mark.parametrize(
        ("answers", "level"),
        [
            ({"a": 0.9}, 2),
            ({"a": 0.9, "b": 0.5}, 2),
            ({"a": 0.9, "b": None}, 2),
            ({"a": 0.9, "b": 0.6}, 3),
            ({"a": 0.1, "b": 0.1}, 1),
        ],
    )
    def test_only_answers_that_reach_a_rung_count_for_it(self, answers, level):
        """
        A rung that asks for two answers wants two that are good enough, not one and a filler.
        """
        rungs = (*USUAL[:2], ("specific", 100, 0.6, {"minItems": 2}))

        assert climb(*rungs, **answers).level == level

    def test_a_lower_rung_may_ask_for_more_than_a_higher_one(self):
        """
        The highest rung that holds counts, even above one that does not.
        """
        rungs = (USUAL[0], ("named", 60, 0.35, {"minItems": 3}), USUAL[2])

        assert climb(*rungs, a=0.9).level == 3
        assert climb(*rungs, a=0.5).level == 1

    @pytest.mark.parametrize(
        ("rungs", "standing"),
        [
            ((USUAL[0], USUAL[2]), Standing(2, 60)),
            ((("vague", 70, 0.0, None), USUAL[2]), Standing(2, 70)),
            ((("specific", 40, 0.6, None),), Standing(2, 40)),
            ((("specific", 40, 0.6, {"minItems": 2}),), Standing(2, 40)),
            ((USUAL[0], ("specific", 100, 0.6, {"minItems": 2})), Standing(2, 60)),
        ],
    )
    def test_what_could_not_be_rated_is_named_even_where_no_rung_is(self, rungs, standing):
        """
        Cannot tell is not zero; the credit stays between those of the rungs around it.
        """
        assert climb(*rungs, a=None) == standing

    def test_a_rung_that_is_left_out_is_not_reached(self):
        """
        Without a rung named, an answer of that quality is vague; without vague, it earns nothing.
        """
        assert climb(USUAL[0], USUAL[2], a=0.5) == Standing(1, 15)
        assert climb(USUAL[2], a=0.5) == Standing(0, 0)
        assert climb(("specific", 100, 0.6, {"minItems": 2}), a=0.9) == Standing(0, 0)

    def test_a_vague_rung_may_have_a_floor(self):
        """
        Below the floor of the lowest rung nothing is earned.
        """
        assert climb(("vague", 15, 0.2, None), *USUAL[1:], a=0.1) == Standing(0, 0)
        assert climb(("vague", 15, 0.2, None), *USUAL[1:], a=0.2) == Standing(1, 15)

    def test_spellings_of_one_answer_are_one_answer(self):
        """
        Two spellings never pass for two answers; the better one decides.
        """
        made = Ladder.of(item("topic", rungs=ladder(*USUAL[:2], ("specific", 100, 0.6, {"minItems": 2}))))

        assert made.standing({"leeds": [("Leeds", 0.9), ("LEEDS", 0.7)]}).level == 2
        assert made.standing({"leeds": [("Leeds", 0.1), ("LEEDS", 0.7)], "york": [("York", 0.6)]}).level == 3


class TestOwnLevel:
    @pytest.mark.parametrize(("value", "level"), [(None, 2), (0.0, 1), (0.35, 2), (0.59, 2), (0.6, 3), (1.0, 3)])
    def test_by_the_rating_alone(self, value, level):
        """
        What says anything at all is at least vague.
        """
        assert Ladder.of(item("topic")).own_level(value) == level
        assert Ladder.of(item("topic", rungs=ladder(USUAL[2]))).own_level(0.1) == 1


class TestTarget:
    @pytest.mark.parametrize(
        ("rungs", "level", "target"),
        [
            (USUAL, 0, Standing(2, 60)),
            (USUAL, 1, Standing(2, 60)),
            (USUAL, 2, Standing(3, 100)),
            (USUAL, 3, None),
            ((USUAL[0], USUAL[2]), 0, Standing(3, 100)),
            ((USUAL[0], USUAL[2]), 1, Standing(3, 100)),
            (USUAL[:2], 2, None),
            (USUAL[:1], 0, None),
        ],
    )
    def test_the_lowest_higher_rung_that_is_not_vague(self, rungs, level, target):
        """
        Nobody is asked to be vague.
        """
        assert Ladder.of(item("topic", rungs=ladder(*rungs))).target(level) == target


SCHEMAS = st.fixed_dictionaries(
    {},
    optional={
        "minItems": st.integers(0, 3),
        "contains": st.sampled_from(
            [True, {}, {"type": "string"}, {"minLength": 3}, {"enum": ["a", "long"]}, {"anyOf": [{"const": "b"}]}]
        ),
        "minContains": st.integers(0, 3),
    },
)


class TestStep:
    @given(schema=SCHEMAS, texts=st.lists(st.sampled_from(["a", "b", "long", "longer"]), min_size=1, unique=True))
    def test_the_short_way_agrees_with_a_json_schema_engine(self, schema, texts):
        """
        A compiled rung says of any different answers what the engine says of the same list.
        """
        (rung,) = ladder(("specific", 100, 0.6, schema))

        assert Step.of(rung).met_by([[text] for text in texts]) is Draft202012Validator(schema).is_valid(texts)

    def test_one_spelling_is_enough(self):
        """
        Another spelling of an answer takes nothing away from what the answer satisfies, and adds nothing.
        """
        (rung,) = ladder(("specific", 100, 0.6, {"contains": {"const": "IT"}, "minContains": 1}))
        (twice,) = ladder(("specific", 100, 0.6, {"contains": {"minLength": 1}, "minContains": 2}))

        assert Step.of(rung).met_by([["it", "IT"]])
        assert not Step.of(twice).met_by([["it", "IT"]])

    def test_the_engine_is_imported_only_by_a_rung_that_contains(self):
        """
        A ladder without ``contains`` never imports jsonschema; one with it does when an answer comes.
        """
        code = """
import sys
from kowhy.ladder import Ladder
from tests.scored import item, ladder
plain = Ladder.of(item("topic", rungs=ladder(("specific", 100, 0.6, {"minItems": 2}))))
lazy = Ladder.of(item("topic", rungs=ladder(("specific", 100, 0.6, {"contains": {"minLength": 3}}))))
plain.standing({"a": [("a", 0.9)], "b": [("b", 0.9)]})
before = "jsonschema" in sys.modules
lazy.standing({"long": [("long", 0.9)]})
print(before, "jsonschema" in sys.modules)
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env())

        assert done.stdout.split() == ["False", "True"]


def env():
    """
    An environment in which a new process finds what this one finds.
    """
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path) + os.pathsep + str(Path.cwd())
    }


class TestFrame:
    def test_sensitive_items_do_not_raise_full(self):
        """
        Full counts the core items and the best open ones; a sensitive item is never needed.
        """
        items = [
            item("a", weight=3, core=True),
            item("b", weight=9, sensitive=True),
            item("c", weight=2),
            item("d", weight=1),
        ]

        assert Frame.of(items, enough=1) == Frame(
            weights=(3, 9, 2, 1), core=(True, False, False, False), enough=1, full_other=200, full=500
        )

    def test_a_private_matter_can_help_up_to_the_cut(self):
        """
        The heavy sensitive item counts first and is cut where the open items would have been full.
        """
        items = [item("a", weight=3, core=True), item("b", weight=9, sensitive=True), item("c", weight=2)]

        tally = Frame.of(items, enough=2).tally([100, 60, 100])

        assert tally.points == (300, 200, 0)
        assert tally.total == 500

    def test_ties_go_by_the_order_of_the_checklist(self):
        """
        Of equal items the first ones count.
        """
        tally = Frame.of([item("a"), item("b"), item("c")], enough=2).tally([60, 60, 60])

        assert tally.points == (120, 120, 0)

    def test_none_is_enough(self):
        """
        Where no other item counts, none earns or gains anything.
        """
        frame = Frame.of([item("a", core=True), item("b")], enough=0)

        tally = frame.tally([60, 100])

        assert (tally.points, tally.total_with(1, 100), frame.worth(1, 100)) == ((120, 0), 120, 0)

    @given(
        core=st.lists(st.integers(0, 9), max_size=3),
        other=st.lists(st.integers(0, 9), max_size=6),
        enough=st.integers(0, 4),
        credits=st.lists(st.sampled_from([0, 10, 60, 100]), min_size=9, max_size=9),
    )
    def test_the_short_way_to_a_score(self, *, core, other, enough, credits):
        """
        A score that is asked for by itself is the one that follows from all sums.
        """
        items = [item(f"c{at}", weight=weight, core=True) for at, weight in enumerate(core)]
        items += [item(f"o{at}", weight=weight) for at, weight in enumerate(other)]
        frame = Frame.of(items, enough=enough)
        raw = [one.weight * credit for one, credit in zip(items, credits, strict=False)]
        core_sum, values = sum(raw[: len(core)]), [value for value in raw[len(core) :] if value]

        assert frame.score(core_sum, values) == hundredths(frame.total(frame.sums(core_sum, values)), frame.full)


class TestHundredths:
    @pytest.mark.parametrize(
        ("points", "full", "score"),
        [
            (520, 1400, 3714),
            (0, 1400, 0),
            (1400, 1400, 10_000),
            (1, 20_000, 1),
            (1, 20_001, 0),
            (2, 3, 6667),
            (0, 0, 0),
        ],
    )
    def test_rounded_once_halves_up(self, points, full, score):
        """
        The example of the design, both ends, a half, and nothing to earn.
        """
        assert hundredths(points, full) == score
