"""Numbers kept exactly as they were written: whole numbers, decimals and their text, and never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_MOST_BEFORE_POINT, _MOST_DIGITS = 24, 28
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def to_decimal(value: object) -> Decimal | None:
    """The number a value says, or None if it says none; a float says none, because it is already rounded.

    Thousands may be parted by commas, in threes. A number of more than 24 digits before the point, or 28 in all, is
    taken for a mistake and not for a number.

    >>> to_decimal("1,352"), to_decimal("12.50"), to_decimal(7), to_decimal(0.5), to_decimal("31,78")
    (Decimal('1352'), Decimal('12.50'), Decimal('7'), None, None)
    """
    if isinstance(value, Decimal):
        return value if value.is_finite() and _has_few_digits(value) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value) if abs(value) < 10**_MOST_BEFORE_POINT else None
    if isinstance(value, str) and value.isascii() and _NUMBER.fullmatch(value.strip()):
        return to_decimal(Decimal(value.strip().replace(",", "")))
    return None


def _has_few_digits(value: Decimal) -> bool:
    """Whether decimal arithmetic, which keeps 28 digits, holds the number exactly."""
    return value.adjusted() < _MOST_BEFORE_POINT and len(value.as_tuple().digits) <= _MOST_DIGITS


def rounded(value: Fraction | Decimal, places: int) -> Decimal:
    """A number to so many places, halves away from nought.

    >>> rounded(Fraction(46, 60) * 100, 1), rounded(Fraction(-5, 2), 0)
    (Decimal('76.7'), Decimal('-3'))
    """
    steps = int(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    return Decimal(steps if value >= 0 else -steps).scaleb(-places)


def format_number(value: Decimal | int) -> str:
    """A number as people write it.

    >>> format_number(1352), format_number(Decimal("57244.20"))
    ('1,352', '57,244.20')
    """
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def percent(share: float, places: int = 1) -> str:
    """A share in per cent, halves rounded up.

    >>> percent(0.9125), percent(1)
    ('91.3%', '100.0%')
    """
    exact = Decimal(repr(float(share))) * 100
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)}%"
