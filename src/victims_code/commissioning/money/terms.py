"""How closely an award is looked after, by its value: reports, meetings and visits in proportion to the money."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.validators import never
from victims_code.commissioning.value_bands import band_of, bands_hold
from victims_code.errors import CommissioningError
from victims_code.money import Amount, Money, pounds
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class ValueBand(CommissioningRecord):
    """What is asked of awards from a value on.

    :param at_least: from which sum on, over the whole award.
    :param returns_every_months: months in a return of figures.
    :param meetings_every_months: months between contract meetings; None if none need be held.
    :param visits: how many grant visits are made in the life of the award.
    """

    at_least: Money
    returns_every_months: int
    meetings_every_months: int | None = None
    visits: int = 1


@frozen(kw_only=True)
class TermsByValue(CommissioningRecord):
    """A commissioner's own bands of value; the lowest begins at zero.

    :raises CommissioningError: if no band begins at zero, or two begin at the same sum.

    >>> terms = TermsByValue(bands=[ValueBand(at_least=0, returns_every_months=12),
    ...                             ValueBand(at_least="50,000", returns_every_months=3, meetings_every_months=6)])
    >>> terms.band("49,999.99").returns_every_months, terms.band(50000).meetings_every_months
    (12, 6)
    """

    bands: tuple[ValueBand, ...]

    checks = (
        *bands_hold("bands"),
        never("bands", lambda terms: not terms.bands, faults.NO_BAND_FROM_NOUGHT),
    )

    def band(self, amount: Amount) -> ValueBand:
        """What is asked of an award of that value; one below zero is in the lowest band."""
        return band_for(amount, self.bands)


@frozen(kw_only=True)
class _BandsFile(Sourced):
    bands: tuple[ValueBand, ...]


@cache
def _bands() -> tuple[ValueBand, ...]:
    return DataFile.open("commissioning/award-terms.yaml").one(_BandsFile).bands


@checked
def band_for(amount: Amount, bands: Sequence[ValueBand] | None = None) -> ValueBand:
    """What is asked of an award of a value.

    :param bands: by default those of ``data/commissioning/award-terms.yaml``, whose sums are ours and unconfirmed: the
        sources say that reports are proportionate to the size of the contract, and give no sum.

    :raises CommissioningError: if the bands that are given have none from zero.

    >>> band_for("4,000").returns_every_months, band_for("250,000").returns_every_months
    (12, 3)
    """
    found = band_of(pounds(amount, "amount"), bands or _bands())
    if found is None:
        raise CommissioningError(faults.NO_BAND_FROM_NOUGHT.at("bands"))
    return found
