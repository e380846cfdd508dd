"""How figures are reported: ``data/commissioning/reporting.yaml`` as types."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from attrs import field, frozen, validators

from victims_code.commissioning.data_files import commissioning_folder, structure_cited
from victims_code.documents import read_document
from victims_code.errors import LawDataError
from victims_code.law.sources import Citation, Evidence

__all__ = ["Confidence", "FinancialYear", "ReportingRules", "ReturnsRule", "SmallNumbers", "Word", "reporting_rules"]


@frozen(kw_only=True)
class FinancialYear:
    """The month with whose first day a financial year begins."""

    first_month: int = field(validator=[validators.ge(1), validators.le(12)])
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class ReturnsRule:
    """How many months a return covers where no agreement says otherwise."""

    every_months: int = field(validator=validators.in_((1, 2, 3, 4, 6, 12)))
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Word:
    """A word a return may use, and what it means."""

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    parts_must_state: bool = False


@frozen(kw_only=True)
class SmallNumbers:
    """Which counts are too small to publish: those from 1 (or from nought) up to, and not including, ``below``.

    The shipped default is unconfirmed and editable.

    >>> rule = SmallNumbers(below=5)
    >>> [number for number in range(7) if rule.must_hide(number)]
    [1, 2, 3, 4]
    """

    below: int = field(validator=validators.ge(0))
    nought_may_be_shown: bool = True
    evidence: Evidence = Evidence.UNCONFIRMED
    cites: tuple[Citation, ...] | None = None
    note: str | None = None

    def must_hide(self, number: int) -> bool:
        """Whether a count is too small to publish."""
        return number < self.below and (number > 0 or not self.nought_may_be_shown)

    @classmethod
    def default(cls) -> SmallNumbers:
        """The rule in ``data/commissioning/reporting.yaml``."""
        return reporting_rules().small_numbers


@frozen(kw_only=True)
class Confidence:
    """The level of confidence intervals where none is given."""

    level: Decimal
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class ReportingRules:
    """Everything ``reporting.yaml`` says."""

    financial_year: FinancialYear
    returns: ReturnsRule
    counting_bases: tuple[Word, ...]
    counted: tuple[Word, ...]
    reasons_missing: tuple[Word, ...]
    small_numbers: SmallNumbers
    confidence: Confidence


@cache
def reporting_rules() -> ReportingRules:
    """The rules that ship with the package, read once.

    :raises LawDataError: if the file is broken, with every fault.

    >>> reporting_rules().returns.every_months
    3
    """
    document = read_document(commissioning_folder() / "reporting.yaml", error=LawDataError)
    return structure_cited(document, ReportingRules, faults=[])
