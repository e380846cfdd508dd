"""What may be published and how: ``data/measures/publication.yaml`` as types."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from attrs import frozen

from victims_code.compliance.definitions import read_one
from victims_code.disclosure import SmallNumbers
from victims_code.law import Citation, Evidence
from victims_code.packaged_data import data_folder

__all__ = ["Publication", "publication"]


@frozen(kw_only=True)
class _SmallNumbers:
    below: int
    nought_may_be_shown: bool
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class _Confidence:
    level: int
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class _Funnel:
    inner: str
    outer: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class _FinancialYear:
    first_month: int
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class _DueSoon:
    working_days: int
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class _File:
    small_numbers: _SmallNumbers
    confidence: _Confidence
    funnel: _Funnel
    financial_year: _FinancialYear
    due_soon: _DueSoon


@frozen(kw_only=True)
class Publication:
    """The defaults of publication: which numbers are small, levels of confidence, the financial year, *due soon*.

    ``confidence`` and the ``funnel`` limits are probabilities; ``due_soon`` is in working days.
    """

    small_numbers: SmallNumbers
    confidence: Decimal
    funnel: tuple[Decimal, Decimal]
    first_month: int
    due_soon: int


@cache
def publication() -> Publication:
    """The defaults that ship with the package, read once.

    :raises LawDataError: if the file is broken.

    >>> publication().small_numbers.below, publication().confidence
    (5, Decimal('0.95'))
    """
    file = read_one(data_folder() / "measures" / "publication.yaml", _File)
    return Publication(
        small_numbers=SmallNumbers(
            below=file.small_numbers.below, nought_may_be_shown=file.small_numbers.nought_may_be_shown
        ),
        confidence=Decimal(file.confidence.level) / 100,
        funnel=(Decimal(file.funnel.inner) / 100, Decimal(file.funnel.outer) / 100),
        first_month=file.financial_year.first_month,
        due_soon=file.due_soon.working_days,
    )
