"""Confidence intervals, worked out by SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from victims_code.commissioning.exact import exact
from victims_code.commissioning.reporting import reporting_rules
from victims_code.errors import Fault, WrongValueError
from victims_code.extras import need

__all__ = ["Interval", "mean_interval", "share_interval"]


@frozen(kw_only=True)
class Interval:
    """Between what the figure probably lies, how probably, and by which method."""

    low: float
    high: float
    level: Decimal
    method: str


def _stats() -> Any:
    need("stats", "scipy", what_for="Confidence intervals")
    from scipy import stats

    return stats


def _level(level: Decimal | str | None) -> Decimal:
    number = reporting_rules().confidence.level if level is None else exact(level)
    if number is None or not 0 < number < 1:
        raise WrongValueError(
            Fault(
                code="VC-MEAS-004",
                where="level",
                what=f"{level!r} is not a level of confidence.",
                way_out="Give an exact number between 0 and 1, such as Decimal('0.95').",
            )
        )
    return number


def share_interval(numerator: int, denominator: int, level: Decimal | str | None) -> Interval:
    """The Wilson interval of a share, between 0 and 1."""
    wanted = _level(level)
    found = _stats().binomtest(numerator, denominator).proportion_ci(float(wanted), method="wilson")
    return Interval(low=float(found.low), high=float(found.high), level=wanted, method="Wilson")


def mean_interval(values: Sequence[Decimal], level: Decimal | str | None) -> Interval | None:
    """Student's interval of a mean, or None where fewer than two values, or no spread, leave it unknown."""
    wanted = _level(level)
    if len(values) < 2 or len(set(values)) == 1:
        return None
    found = _stats().ttest_1samp([float(value) for value in values], 0.0).confidence_interval(float(wanted))
    return Interval(low=float(found.low), high=float(found.high), level=wanted, method="Student's t")
