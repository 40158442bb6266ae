"""
The odds: exact, honest about what they do not know, and never lower for doing more.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, isclose, lgamma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kowhy.ring import odds
from kowhy.ring.chances import at_least_one, below, interval, quantile, repeated

PRIOR = (0.5, 4.5)


def of_binomial(a, b, x):
    """
    The incomplete beta function of whole numbers, exactly: the chance of at least *a* heads in *a + b - 1* tosses.
    """
    tosses = a + b - 1
    return float(sum(comb(tosses, heads) * x**heads * (1 - x) ** (tosses - heads) for heads in range(a, tosses + 1)))


class TestBeta:
    @given(a=st.integers(1, 60), b=st.integers(1, 60), x=st.fractions(0, 1, max_denominator=200))
    @example(a=1, b=1, x=Fraction(0))
    @example(a=1, b=1, x=Fraction(1))
    def test_agrees_with_a_sum_of_fractions(self, a, b, x):
        """
        For whole numbers the function is a sum that can be computed without rounding.
        """
        assert isclose(below(a, b, float(x)), of_binomial(a, b, x), rel_tol=1e-9, abs_tol=1e-13)

    @pytest.mark.parametrize(
        ("a", "b", "share", "expected"),
        [
            # By another library, SciPy 1.17.
            (0.5, 4.5, 0.1, 0.0018528185210955482),
            (0.5, 4.5, 0.9, 0.27186251157287744),
            (2.5, 22.5, 0.1, 0.03405417825168037),
            (2.5, 22.5, 0.9, 0.18030092748249285),
            (100.5, 9904.5, 0.05, 0.008462751309293791),
            (0.5, 0.5, 0.5, 0.5),
        ],
    )
    def test_quantiles_of_record(self, a, b, share, expected):
        """
        Numbers that another library computed.
        """
        assert isclose(quantile(a, b, share), expected, rel_tol=1e-9)

    @given(a=st.floats(0.1, 1e4), b=st.floats(0.1, 1e5), share=st.floats(0.01, 0.99))
    def test_a_quantile_has_its_share_below(self, a, b, share):
        """
        The two functions are inverse to each other, also for long records.
        """
        found = quantile(a, b, share)

        # Where all mass lies next to an end, one double has no neighbour near enough.
        if 1e-12 < found < 1 - 1e-12:
            assert isclose(below(a, b, found), share, abs_tol=1e-6)


class TestMore:
    @given(
        landed=st.integers(0, 300),
        more=st.integers(0, 100_000),
        weeks=st.integers(0, 60),
        paces=st.tuples(st.floats(0, 50), st.floats(0, 50)).map(sorted),
    )
    def test_more_rounds_never_lower_the_chance(self, landed, more, weeks, paces):
        """
        For a fixed record, one more future round, one more week or a higher pace keeps or raises all three numbers.
        """
        a, b = PRIOR[0] + landed, PRIOR[1] + more
        found = odds(rounds=landed + more, landed=landed)
        now, later = found.ahead(weeks, paces[0]), found.ahead(weeks + 1, paces[1])

        assert at_least_one(a, b, now.rounds) <= at_least_one(a, b, now.rounds + 1)
        assert now.chance <= later.chance
        assert now.low <= later.low
        assert now.high <= later.high

    @given(landed=st.integers(0, 50), missed=st.integers(0, 500), rounds=st.integers(0, 500))
    def test_is_the_product_of_single_chances(self, landed, missed, rounds):
        """
        By the Beta function, which is what one gets when each round that fails teaches a little.
        """
        a, b = PRIOR[0] + landed, PRIOR[1] + missed
        none = 1.0
        for past in range(rounds):
            none *= (b + past) / (a + b + past)

        assert isclose(at_least_one(a, b, rounds), 1 - none, abs_tol=1e-9)

    @given(rounds=st.integers(0, 400), landed=st.integers(0, 400), weeks=st.integers(1, 20), pace=st.floats(0, 20))
    def test_the_number_lies_in_its_interval(self, rounds, landed, weeks, pace):
        """
        All are shares, the low end is not above the high one, and no rounds have no chance.
        """
        one = odds(rounds=rounds + landed, landed=landed).ahead(weeks, pace)

        assert 0 <= one.low <= one.high <= 1
        assert 0 <= one.chance <= 1
        assert (one.rounds == 0) == (one.chance == 0)

    def test_a_better_record_promises_more(self):
        """
        With the same number of rounds, more results mean a higher chance.
        """
        chances = [odds(rounds=20, landed=landed).each.chance for landed in range(21)]

        assert chances == sorted(set(chances))


def prior_cells(number):
    """
    The middles of so many cells of the prior, all of the same weight.

    They are found by summing up the density, not by the functions under test.
    """
    a, b = PRIOR
    steps = 200_000
    log_beta = lgamma(a) + lgamma(b) - lgamma(a + b)
    mass, found = 0.0, []
    for step in range(steps):
        # With p = u², the density of u has no pole at 0.
        u = (step + 0.5) / steps
        mass += 2 * u ** (2 * a - 1) * (1 - u * u) ** (b - 1) * exp(-log_beta) / steps
        while len(found) < number and mass >= (len(found) + 0.5) / number:
            found.append(u * u)
    return found


CELLS = prior_cells(2_000)


def chance_of(landed, rounds, chance):
    return comb(rounds, landed) * chance**landed * (1 - chance) ** (rounds - landed)


class TestCoverage:
    @pytest.mark.parametrize("rounds", [10, 25, 60])
    @pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
    def test_intervals_cover_as_they_claim(self, rounds, level):
        """
        For a chance drawn from the prior, and a record from it, the interval holds the truth in that share of cases.
        """
        ends = [interval(PRIOR[0] + landed, PRIOR[1] + rounds - landed, level) for landed in range(rounds + 1)]
        covered = sum(
            chance_of(landed, rounds, chance)
            for chance in CELLS
            for landed, (low, high) in enumerate(ends)
            if low < chance < high
        ) / len(CELLS)

        assert covered == pytest.approx(level, abs=0.004)

    def test_the_chance_comes_true_as_often_as_it_says(self):
        """
        Over all records that the prior makes likely, results come as often as the chances say.
        """
        rounds, ahead = 20, 8
        told = [odds(rounds=rounds, landed=landed).ahead(4, 2).chance for landed in range(rounds + 1)]
        weights = [[chance_of(landed, rounds, chance) for chance in CELLS] for landed in range(rounds + 1)]
        for landed in range(4):
            seen = sum(weight * repeated(chance, ahead) for weight, chance in zip(weights[landed], CELLS, strict=True))

            assert told[landed] == pytest.approx(seen / sum(weights[landed]), abs=0.002)


class TestArguments:
    @pytest.mark.parametrize(
        "fields",
        [
            {"landed": 3},
            {"landed": -1},
            {"prior": (0, 1)},
            {"prior": (1, 0)},
            {"level": 0},
            {"level": 1},
            {"weeks": [-1], "paces": [1]},
            {"paces": [-1.0]},
        ],
    )
    def test_out_of_range(self, fields):
        """
        Numbers that mean nothing are refused.
        """
        with pytest.raises(ValueError, match="wanted"):
            odds(**{"rounds": 2, "landed": 1} | fields)

    def test_weeks_and_paces_in_order(self):
        """
        Chances come by weeks, then by pace, each once; half a round counts as none.
        """
        found = odds(rounds=20, landed=2, weeks=[12, 4, 4], paces=[3, 0.3, 3])

        assert [(one.weeks, one.pace, one.rounds) for one in found.at] == [
            (4, 0.3, 1),
            (4, 3, 12),
            (12, 0.3, 3),
            (12, 3, 36),
        ]
        assert found.each.chance == pytest.approx(2.5 / 25)
        assert found.prior == PRIOR

    def test_a_prior_of_ones_own(self):
        """
        Whoever knows better says so.
        """
        assert odds(rounds=8, landed=1, prior=(1, 1), level=0.5).each.chance == pytest.approx(0.2)

    def test_a_sure_thing(self):
        """
        A chance of one stays one.
        """
        assert (repeated(1.0, 3), repeated(1.0, 0), repeated(0.0, 3)) == (1.0, 0.0, 0.0)
