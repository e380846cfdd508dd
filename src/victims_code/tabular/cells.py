"""What a cell of a table can hold."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

__all__ = ["Cell", "ErrorCell", "FormulaCell", "Percent", "cell_of"]


@frozen(kw_only=True)
class Percent:
    """A number a spreadsheet shows as a percentage, as it is shown."""

    shown: Decimal


@frozen(kw_only=True)
class ErrorCell:
    """An error in a spreadsheet, such as ``#REF!``."""

    written: str


@frozen(kw_only=True)
class FormulaCell:
    """A formula, with the value a program saved for it; None if none was saved."""

    saved: Cell


Cell: TypeAlias = "str | int | Decimal | bool | date | time | Percent | ErrorCell | FormulaCell | None"
"""What a cell can hold; None if it is empty."""


def cell_of(value: object) -> Cell:
    """A cell from what a library read of it.

    Text without a character is an empty cell, a whole number is one however it was stored, and midnight is the day.

    >>> cell_of(46125.0), cell_of(" "), cell_of(datetime(2026, 4, 13))
    (46125, None, datetime.date(2026, 4, 13))
    """
    if value is None or isinstance(value, bool | int | Decimal | Percent | ErrorCell | FormulaCell):
        return value
    if isinstance(value, float):
        number = Decimal(repr(value))
        return int(number) if number.is_finite() and number == number.to_integral_value() else number
    if isinstance(value, datetime):
        return value.date() if value.time() == time() and value.tzinfo is None else value
    if isinstance(value, date | time):
        return value
    return str(value).strip() or None
