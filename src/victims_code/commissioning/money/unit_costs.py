"""What one of something cost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from victims_code.decimals import format_number, rounded
from victims_code.errors import Fault, WrongTypeError, WrongValueError
from victims_code.money import Amount, in_pounds, pounds

__all__ = ["UnitCost", "unit_cost"]


@frozen(kw_only=True)
class UnitCost:
    """Money divided by a count; says what was counted, because a referral, a visit and a person are different units."""

    amount: Decimal
    spent: Decimal
    number: int
    counted: str

    def __str__(self) -> str:
        return f"{in_pounds(self.amount)} ({in_pounds(self.spent)} for {format_number(self.number)} {self.counted})"


def unit_cost(spent: Amount, number: int, *, counted: str) -> UnitCost:
    """What one of something cost, to the penny, half pence up.

    :param counted: what the number counts, such as ``visits``.
    :raises WrongTypeError: for a float.
    :raises WrongValueError: if there is nothing to divide by.

    >>> print(unit_cost("787,970", 1924, counted="visits"))
    £409.55 (£787,970.00 for 1,924 visits)
    """
    money = pounds(spent, "spent")
    if isinstance(number, bool) or not isinstance(number, int):
        raise WrongTypeError(
            Fault(
                code="VC-MON-004", location="number", message=f"{number!r} is not a count.", hint="Pass a whole number."
            )
        )
    if number <= 0:
        raise WrongValueError(
            Fault(
                code="VC-MON-004",
                location="number",
                message=f"There are {number} {counted}, so there is no cost of one.",
                hint="Show the spending and the number side by side.",
            )
        )
    return UnitCost(amount=rounded(Fraction(money) / number, 2), spent=money, number=number, counted=counted)
