"""What every scale can do, whoever made it."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from victims_code.decimals import format_number, to_decimal
from victims_code.errors import Fault, WrongValueError
from victims_code.figures import Direction

__all__ = ["OutcomeScale", "gain", "score_on"]


class OutcomeScale(Protocol):
    """A range of scores, and which way is good."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def direction(self) -> Direction:
        """Which way is good."""

    @property
    def lowest(self) -> Decimal:
        """The lowest score there is."""

    @property
    def highest(self) -> Decimal:
        """The highest score there is."""

    @property
    def meaningful_points(self) -> Decimal | None:
        """The least change that means something for one person, or None if that is not known."""


def score_on(scale: OutcomeScale, value: Decimal | int | str, where: str = "") -> Decimal:
    """A score that lies on the scale.

    :param where: what to call the place in an error.
    :raises WrongValueError: if the value is not an exact number or lies outside the scale.
    """
    number = to_decimal(value)
    if number is None:
        what, hint = f"{value!r} is not an exact number.", "Pass a whole number, a Decimal or text; never a float."
    elif not scale.lowest <= number <= scale.highest:
        what = f"{format_number(number)} lies outside {scale.title}, which runs from {scale.lowest} to {scale.highest}."
        hint = "Check the score, and that it is a score of this scale."
    else:
        return number
    raise WrongValueError(Fault(code="VC-MEAS-001", location=where, message=what, hint=hint))


def gain(scale: OutcomeScale, start: Decimal, exit_: Decimal) -> Decimal:
    """How much better the second score is than the first: positive is better, whichever way the scale runs."""
    return exit_ - start if scale.direction is Direction.HIGHER_IS_BETTER else start - exit_
