"""How figures are published: ``data/publication.yaml`` as types. Compliance and commissioning both rest on it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from attrs import field, frozen, validators

from victims_code.cited import DataFile
from victims_code.disclosure import SmallNumbers
from victims_code.law.sources import Citation, Evidence

__all__ = ["CitedSmallNumbers", "Confidence", "DueSoon", "FinancialYear", "Funnel", "Publication", "publication"]

_PROBABILITY = [validators.gt(Decimal(0)), validators.lt(Decimal(1))]


@frozen(kw_only=True)
class CitedSmallNumbers(SmallNumbers):
    """Which numbers are small, and what that rests on."""

    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Confidence:
    """The level of confidence intervals where none is given, as a probability."""

    level: Decimal = field(validator=_PROBABILITY)
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Funnel:
    """The limits of a funnel plot, as probabilities that chance alone leaves an area within them."""

    inner: Decimal = field(validator=_PROBABILITY)
    outer: Decimal = field(validator=_PROBABILITY)
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class FinancialYear:
    """The month with whose first day a financial year begins."""

    first_month: int = field(validator=[validators.ge(1), validators.le(12)])
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class DueSoon:
    """How many working days ahead a waiting list looks."""

    working_days: int = field(validator=validators.ge(0))
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Publication:
    """Everything the file says."""

    small_numbers: CitedSmallNumbers
    confidence: Confidence
    funnel: Funnel
    financial_year: FinancialYear
    due_soon: DueSoon


@cache
def publication() -> Publication:
    """The defaults that ship with the package, read once.

    :raises LawDataError: if the file is broken, with every fault.

    >>> publication().small_numbers.below, publication().confidence.level
    (5, Decimal('0.95'))
    """
    return DataFile.open("publication.yaml").one(Publication)
