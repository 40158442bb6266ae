"""
How likely a result is at a pace, from the person's own record, with an interval and never as a bare number.

The chance that a round lands is not known; a Beta distribution says what can be known of it. It starts from a weak
prior that stands in ``catalogue/ring.toml`` and learns from each round. The explanation pages say what this leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import exp, expm1, floor, lgamma, log, log1p
from typing import Any

import attrs

from kowhy.tables import table


@attrs.frozen(kw_only=True)
class Chance:
    """
    The chance of at least one result.

    Attributes:
        weeks: How far it looks ahead.

        pace: Rounds a week.

        rounds: Rounds that this makes.

        chance: 0..1, averaged over all that the record leaves possible.

        low: Lower end of the interval.

        high: Upper end.
    """

    weeks: int
    pace: float
    rounds: int
    chance: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class Odds:
    """
    What a record says about results to come.

    Attributes:
        rounds: Rounds of the record.

        landed: How many of them brought a result.

        prior: The two numbers of the Beta distribution before the record: landed, not landed.

        level: Share of the intervals, 0..1; they leave out as much below as above.

        each: The chance of a single round.

        at: Chances for the weeks and paces that were asked for, by weeks, then by pace.
    """

    rounds: int
    landed: int
    prior: tuple[float, float]
    level: float
    each: Chance
    at: tuple[Chance, ...] = ()

    def ahead(self, weeks: int, pace: float) -> Chance:
        """
        The chance of at least one result in so many *weeks* at a *pace* in rounds a week.

        The rounds are counted down to a whole number, so that half a round promises nothing.

        Raises:
            ValueError: One of them is negative.
        """
        a, b = self.prior[0] + self.landed, self.prior[1] + self.rounds - self.landed
        return _ahead(a, b, interval(a, b, self.level), weeks, pace)

    def _to_dict_(self) -> dict[str, Any]:
        return attrs.asdict(self) | {"prior": list(self.prior), "at": [attrs.asdict(one) for one in self.at]}


def odds(
    *,
    rounds: int,
    landed: int,
    paces: Iterable[float] = (),
    weeks: Iterable[int] | None = None,
    prior: tuple[float, float] | None = None,
    level: float | None = None,
) -> Odds:
    """
    What a record of *rounds*, of which so many *landed*, says about the weeks to come.

    It says so however short the record is; :func:`kowhy.review` is silent where there is too little to say.

    Args:
        rounds: How many there were.

        landed: How many of them brought a result.

        paces: Rounds a week to look at.

        weeks: Weeks to look ahead; ``None`` takes the default.

        prior: In place of the default one; both numbers above 0.

        level: Share of the intervals, in place of the default one; above 0 and below 1.

    Raises:
        ValueError: A number is out of its range.
    """
    given = table("ring")["odds"]
    prior = (given["prior_landed"], given["prior_not"]) if prior is None else prior
    level = given["level"] if level is None else level
    if not (0 <= landed <= rounds and min(prior) > 0 and 0 < level < 1):
        msg = (
            f"got {landed} of {rounds} rounds, prior {prior}, level {level}; "
            "wanted 0 <= landed <= rounds, a prior above 0 and a level between 0 and 1"
        )
        raise ValueError(msg)
    a, b = prior[0] + landed, prior[1] + rounds - landed
    ends = interval(a, b, level)
    ahead = sorted(set(given["weeks"] if weeks is None else weeks))
    speeds = sorted(set(paces))
    return Odds(
        rounds=rounds,
        landed=landed,
        prior=prior,
        level=level,
        each=_chance(a, b, ends, weeks=0, pace=0, rounds=1),
        at=tuple(_ahead(a, b, ends, number, pace) for number in ahead for pace in speeds),
    )


def _ahead(a: float, b: float, ends: tuple[float, float], weeks: int, pace: float) -> Chance:
    if weeks < 0 or pace < 0:
        msg = f"got {weeks} weeks at {pace} rounds a week; wanted none of them below 0"
        raise ValueError(msg)
    return _chance(a, b, ends, weeks=weeks, pace=pace, rounds=floor(Fraction(pace) * weeks))


def _chance(a: float, b: float, ends: tuple[float, float], *, weeks: int, pace: float, rounds: int) -> Chance:
    # More digits would only show on which machine they were computed.
    return Chance(
        weeks=weeks,
        pace=float(pace),
        rounds=rounds,
        chance=round(at_least_one(a, b, rounds), _DIGITS),
        low=round(repeated(ends[0], rounds), _DIGITS),
        high=round(repeated(ends[1], rounds), _DIGITS),
    )


_DIGITS = 6


def at_least_one(a: float, b: float, rounds: int) -> float:
    """
    The chance that at least one of so many *rounds* lands when the chance of each is drawn from Beta(a, b).

    None lands with B(a, b + rounds) / B(a, b).
    """
    none = lgamma(b + rounds) - lgamma(b) + lgamma(a + b) - lgamma(a + b + rounds)
    return 0.0 - expm1(min(none, 0.0))


def repeated(chance: float, rounds: int) -> float:
    """
    The chance that at least one of so many *rounds* lands when each does with *chance*.
    """
    if chance >= 1:
        return 1.0 if rounds else 0.0
    return 0.0 - expm1(rounds * log1p(-chance))


def interval(a: float, b: float, level: float) -> tuple[float, float]:
    """
    The equal-tailed interval of Beta(a, b).
    """
    tail = (1 - level) / 2
    return quantile(a, b, tail), quantile(a, b, 1 - tail)


def quantile(a: float, b: float, share: float) -> float:
    """
    The number below which Beta(a, b) has *share* of its mass, by bisection until there is no number in between.
    """
    low, high, middle = 0.0, 1.0, 0.5
    while low < middle < high:
        if below(a, b, middle) < share:
            low = middle
        else:
            high = middle
        middle = (low + high) / 2
    return middle


def below(a: float, b: float, x: float) -> float:
    """
    The share of Beta(a, b) below *x*: the regularised incomplete beta function.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The continued fraction converges fast on this side of the mean; on the other, its mirror image does.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


_TINY = 1e-300


def _fraction(a: float, b: float, x: float) -> float:
    """
    The continued fraction of the incomplete beta function (DLMF 8.17.22), by the method of Lentz.
    """
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d or _TINY)
    found, m, step = d, 0, 0.0
    # It takes about the square root of the larger parameter.
    while abs(step - 1) > 1e-14:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            c = (1 + part / c) or _TINY
            d = 1 / ((1 + part * d) or _TINY)
            step = c * d
            found *= step
    return found
