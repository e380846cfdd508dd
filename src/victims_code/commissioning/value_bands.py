"""Bands of value: what is asked from one sum on, and what from the next, so that small awards are asked for less."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from victims_code import faults
from victims_code.commissioning.validators import all_different, never
from victims_code.reading.structuring import Contradiction


class HasAtLeast(Protocol):
    """A band of value."""

    @property
    def at_least(self) -> Decimal:
        """From which sum on it holds."""


_Band = TypeVar("_Band", bound=HasAtLeast)


def band_of(value: Decimal, bands: Sequence[_Band]) -> _Band | None:
    """The band that a value is in, the highest that it reaches; one below zero is in the lowest. None without bands.

    >>> from victims_code.commissioning.money import ValueBand
    >>> bands = [ValueBand(at_least=0, returns_every_months=12), ValueBand(at_least="5,000", returns_every_months=3)]
    >>> [band_of(Decimal(value), bands).returns_every_months for value in ("-1", "4999.99", "5000")]
    [12, 12, 3]
    """
    reached = [one for one in bands if one.at_least <= max(value, Decimal(0))]
    return max(reached, key=lambda one: one.at_least, default=None)


def bands_hold(name: str) -> tuple[Callable[[Any], Iterator[Contradiction]], ...]:
    """The checks of a record with bands of value: one begins at zero, and no two at the same sum.

    :param name: the field that holds the bands; one without any is in order.
    """

    def without_a_lowest(record: Any) -> bool:
        sums = [band.at_least for band in getattr(record, name)]
        return bool(sums) and 0 not in sums

    return all_different(f"{name}[].at_least"), never(name, without_a_lowest, faults.NO_BAND_FROM_NOUGHT)
