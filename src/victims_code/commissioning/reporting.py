"""How providers report: ``data/commissioning/reporting.yaml`` as types."""

from __future__ import annotations

from functools import cache

from attrs import field, frozen, validators

from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Citation, Evidence

__all__ = ["ReportingRules", "ReportingWord", "ReturnsRule", "reporting_rules"]


@frozen(kw_only=True)
class ReturnsRule:
    """How many months a return covers where no agreement says otherwise."""

    every_months: int = field(validator=validators.in_((1, 2, 3, 4, 6, 12)))
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class ReportingWord:
    """A word a return may use, and what it means."""

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    parts_must_state: bool = False


@frozen(kw_only=True)
class ReportingRules:
    """Everything ``reporting.yaml`` says."""

    returns: ReturnsRule
    counting_bases: tuple[ReportingWord, ...]
    counted: tuple[ReportingWord, ...]
    reasons_missing: tuple[ReportingWord, ...]


@cache
def reporting_rules() -> ReportingRules:
    """The rules that ship with the package, read once.

    :raises LawDataError: if the file is broken, with every fault.

    >>> reporting_rules().returns.every_months
    3
    """
    return DataFile.open("commissioning/reporting.yaml").one(ReportingRules)
