"""How figures are published: ``data/publication.yaml`` as types, and which way a figure is good."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cache

from attrs import field, frozen, validators

from victims_code.figures.small_numbers import SmallNumbers
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Citation, Evidence, Sourced

_PROBABILITY = [validators.gt(Decimal(0)), validators.lt(Decimal(1))]


@frozen(kw_only=True)
class CitedSmallNumbers(SmallNumbers):
    """Which numbers are small, and what that rests on."""

    cites: tuple[Citation, ...]
    evidence: Evidence
    note: str | None = None


@frozen(kw_only=True)
class Confidence(Sourced):
    """The level of confidence intervals where none is given, as a probability."""

    level: Decimal = field(validator=_PROBABILITY)


@frozen(kw_only=True)
class FunnelLimits(Sourced):
    """The limits of a funnel plot, as probabilities that chance alone leaves an area within them."""

    inner: Decimal = field(validator=_PROBABILITY)
    outer: Decimal = field(validator=_PROBABILITY)


@frozen(kw_only=True)
class FinancialYear(Sourced):
    """The month with whose first day a financial year begins."""

    first_month: int = field(validator=[validators.ge(1), validators.le(12)])


@frozen(kw_only=True)
class DueSoon(Sourced):
    """How many working days ahead a waiting list looks."""

    working_days: int = field(validator=validators.ge(0))


@frozen(kw_only=True)
class Publication:
    """Everything the file says."""

    small_numbers: CitedSmallNumbers
    confidence: Confidence
    funnel: FunnelLimits
    financial_year: FinancialYear
    due_soon: DueSoon


@cache
def publication_defaults() -> Publication:
    """The defaults that ship with the package, read once.

    :raises LawDataError: if the file is broken, with every fault.

    >>> publication_defaults().small_numbers.below, publication_defaults().confidence.level
    (5, Decimal('0.95'))
    """
    return DataFile.open("publication.yaml").one(Publication)


class Direction(StrEnum):
    """Which way is good. ``demand`` says how much there is to do, and is never rated: more of it is not worse work."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"
    DEMAND = "demand"
