"""Confidence intervals of results, at a level that is exact."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from victims_code.errors import Fault, WrongValueError
from victims_code.exact import exact
from victims_code.intervals import Interval, student, wilson
from victims_code.publication import publication

__all__ = ["mean_interval", "share_interval"]


def _level(level: Decimal | str | None) -> Decimal:
    number = publication().confidence.level if level is None else exact(level)
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
    return wilson(numerator, denominator, _level(level))


def mean_interval(values: Sequence[Decimal], level: Decimal | str | None) -> Interval | None:
    """Student's interval of a mean, or None where fewer than two values, or no spread, leave it unknown."""
    wanted = _level(level)
    if len(values) < 2 or len(set(values)) == 1:
        return None
    return student(values, wanted)
