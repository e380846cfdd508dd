"""Confidence intervals of shares and means, and the limits of a funnel plot, worked out by SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt
from typing import Any

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.errors import WrongValueError
from victims_code.extras import need
from victims_code.figures.publication import publication_defaults


@frozen(kw_only=True)
class Interval:
    """Between what a figure probably lies, how probably, and by which method."""

    low: float
    high: float
    level: Decimal
    method: str


def _stats() -> Any:
    need("stats", "scipy", feature="Confidence intervals")
    from scipy import stats

    return stats


@checked
def wilson(numerator: int, denominator: int, level: Decimal | None = None) -> Interval:
    """The Wilson interval of a share, between 0 and 1.

    :param level: by default the one of ``data/publication.yaml``.
    :raises MissingExtraError: if SciPy is not installed.
    :raises WrongValueError: if the level is not between 0 and 1.

    >>> found = wilson(81, 263, Decimal("0.95"))
    >>> round(found.low, 3), round(found.high, 3)
    (0.255, 0.366)
    """
    wanted = _level(level)
    found = _stats().binomtest(numerator, denominator).proportion_ci(float(wanted), method="wilson")
    return Interval(low=float(found.low), high=float(found.high), level=wanted, method="Wilson")


@checked
def student(values: Sequence[Decimal], level: Decimal | None = None) -> Interval | None:
    """Student's interval of a mean, or None where fewer than two values, or no spread, leave it unknown.

    :param level: by default the one of ``data/publication.yaml``.
    :raises MissingExtraError: if SciPy is not installed.
    :raises WrongValueError: if the level is not between 0 and 1.

    >>> found = student([Decimal(2), Decimal(4), Decimal(6)], Decimal("0.95"))
    >>> round(found.low, 2), round(found.high, 2)
    (-0.97, 8.97)
    """
    wanted = _level(level)
    if len(set(values)) < 2:
        return None
    found = _stats().ttest_1samp([float(value) for value in values], 0.0).confidence_interval(float(wanted))
    return Interval(low=float(found.low), high=float(found.high), level=wanted, method="Student's t")


@checked
def difference(first: tuple[int, int], second: tuple[int, int], level: Decimal) -> Interval:
    """The interval of the second share less the first, from the Wilson intervals of both (Newcombe's tenth method).

    :param first: numerator and denominator.
    :param second: numerator and denominator.

    >>> found = difference((48, 80), (56, 70), Decimal("0.95"))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    before, after = wilson(*first, level), wilson(*second, level)
    was, is_ = first[0] / first[1], second[0] / second[1]
    by = is_ - was
    return Interval(
        low=by - sqrt((is_ - after.low) ** 2 + (before.high - was) ** 2),
        high=by + sqrt((after.high - is_) ** 2 + (was - before.low) ** 2),
        level=level,
        method="Newcombe",
    )


@checked
def funnel_limits(share: float, denominator: int, level: Decimal) -> tuple[float, float]:
    """Between which shares an area of a size lies with a probability, if it differs from the whole by chance alone.

    :param share: the share of the whole.
    :param denominator: how many were counted in the area.

    >>> low, high = funnel_limits(0.8, 100, Decimal("0.95"))
    >>> round(low, 2), round(high, 2)
    (0.72, 0.88)
    """
    low, high = _stats().binom.interval(float(_level(level)), denominator, share)
    return float(low) / denominator, float(high) / denominator


def _level(level: Decimal | None) -> Decimal:
    number = publication_defaults().confidence.level if level is None else level
    if not 0 < number < 1:
        raise WrongValueError(faults.NOT_A_LEVEL.at("level", level=level))
    return number
