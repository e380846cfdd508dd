"""One line of a return, and what a check finds in it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import one_of_words
from victims_code.commissioning.outcomes.measures import ReportingWord, Section, reporting_rules
from victims_code.commissioning.records import Typed
from victims_code.faults import Fault, Severity
from victims_code.figures import ReportingPeriod
from victims_code.money import Money
from victims_code.printable import one_line_repr


class ColumnKind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    PERIOD = "period"
    SECTION = "section"
    PATH = "path"
    WHOLE = "whole number"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    MONEY = "amount of money"


@frozen(kw_only=True)
class ReturnColumn(Typed):
    """A column of a return: its name, what stands in it, and what it is for."""

    name: str
    kind: ColumnKind
    says: str
    needed: bool = False


COLUMNS: tuple[ReturnColumn, ...] = (
    ReturnColumn(name="provider", kind=ColumnKind.TEXT, says="who reports", needed=True),
    ReturnColumn(name="service", kind=ColumnKind.TEXT, says="which of its services, if it has several"),
    ReturnColumn(
        name="period", kind=ColumnKind.PERIOD, says="2025-26 Q1, 2025-26 or 2025-04-01/2025-06-30", needed=True
    ),
    ReturnColumn(name="section", kind=ColumnKind.SECTION, says="activity, output, outcome or spend", needed=True),
    ReturnColumn(name="measure", kind=ColumnKind.TEXT, says="a measure of the framework in use", needed=True),
    ReturnColumn(name="breakdown", kind=ColumnKind.TEXT, says="by what a total is broken down; empty for the total"),
    ReturnColumn(name="item", kind=ColumnKind.PATH, says="the part, with > between a part and its own parts"),
    ReturnColumn(name="value", kind=ColumnKind.WHOLE, says="a count"),
    ReturnColumn(name="numerator", kind=ColumnKind.WHOLE, says="how many of the denominator"),
    ReturnColumn(
        name="denominator", kind=ColumnKind.WHOLE, says="among how many; for a mean, how many were measured twice"
    ),
    ReturnColumn(name="percentage", kind=ColumnKind.PERCENTAGE, says="as printed; it is worked out again and compared"),
    ReturnColumn(name="mean", kind=ColumnKind.NUMBER, says="a mean gain, counted so that more is better"),
    ReturnColumn(name="eligible", kind=ColumnKind.WHOLE, says="how many could have been in the denominator"),
    ReturnColumn(name="amount", kind=ColumnKind.MONEY, says="pounds and pence"),
    ReturnColumn(name="base", kind=ColumnKind.TEXT, says="who the denominator is, if not as the framework defines it"),
    ReturnColumn(name="basis", kind=ColumnKind.TEXT, says="how a referral is counted"),
    ReturnColumn(name="counted", kind=ColumnKind.TEXT, says="what a count counts, if not what the framework says"),
    ReturnColumn(name="why_missing", kind=ColumnKind.TEXT, says="why there is no figure"),
    ReturnColumn(name="note", kind=ColumnKind.TEXT, says="anything a reader should know"),
)
"""The columns of a return, in order. Only those that are needed must be there."""

NEEDED = tuple(column.name for column in COLUMNS if column.needed)
FIGURES = ("value", "numerator", "denominator", "percentage", "mean", "eligible", "amount")


_basis = one_of_words(lambda: ids_of(reporting_rules().counting_bases), faults.BASIS_UNKNOWN)
_counted = one_of_words(lambda: ids_of(reporting_rules().counted), faults.RETURN_WORD_UNKNOWN)
_why_missing = one_of_words(lambda: ids_of(reporting_rules().reasons_missing), faults.RETURN_WORD_UNKNOWN)
WORDS = {"basis": _basis, "counted": _counted, "why_missing": _why_missing}
"""The columns that hold a listed word, with what reads it."""


def ids_of(words: Iterable[ReportingWord]) -> tuple[str, ...]:
    """The identifiers of listed words."""
    return tuple(word.id for word in words)


@frozen(kw_only=True)
class ReportedLine(Typed):
    """One line, with its place. A figure that is None is missing, and is never taken as nought.

    The total of a measure has neither ``breakdown`` nor ``item``; ``item`` is the way from a part to its own part.
    """

    provider: str
    period: ReportingPeriod
    section: Section
    measure: str
    service: str | None = None
    breakdown: str | None = None
    item: tuple[str, ...] = ()
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    percentage: Decimal | None = None
    mean: Decimal | None = None
    eligible: int | None = None
    amount: Money | None = None
    base: str | None = None
    basis: Annotated[str, _basis] | None = None
    counted: Annotated[str, _counted] | None = None
    why_missing: Annotated[str, _why_missing] | None = None
    note: str | None = None
    source: str = ""
    row: int = 0
    misread: tuple[str, ...] = ()
    """Columns whose cells could not be read; a return with such a line is never accepted."""
    heads: tuple[tuple[str, str], ...] = ()
    """What columns are called in the file, where a mapping says what they mean."""

    def column_in_file(self, name: str | None) -> str | None:
        """What a column is called in the file."""
        return name if name is None else dict(self.heads).get(name, name)

    @property
    def unsure(self) -> bool:
        """Whether a cell could not be read that says what the line is, or how much."""
        return bool(set(self.misread) - set(WORDS))

    @property
    def is_total(self) -> bool:
        """Whether it is the total of its measure, and not a part."""
        return self.breakdown is None

    @property
    def is_missing(self) -> bool:
        """Whether it gives no figure at all."""
        return all(getattr(self, name) is None for name in FIGURES)

    @property
    def label(self) -> str:
        """The measure and the part in words, for messages."""
        return self.measure if self.is_total else f"{self.measure}, {self.breakdown}: {' > '.join(self.item)}"


@frozen(kw_only=True)
class ReturnFinding:
    """One thing found, with its place. A question asks for a look; the return stands.

    >>> fault = faults.PARTS_DO_NOT_MAKE_THEIR_TOTAL.at(made="1,352", said="1,333", rows="3, 4", elsewhere="")
    >>> print(ReturnFinding(found=fault, source="q2.csv", row=2, column="value"))
    q2.csv, row 2, column value: The parts make 1,352 and the total says 1,333. Correct the total or the parts (rows 3,
    4). [VC-RET-006]
    """

    found: Fault
    source: str
    row: int | None = None
    column: str | None = None

    __repr__ = one_line_repr("{0}")

    @property
    def fault(self) -> Fault:
        """The finding as a fault, as errors carry it."""
        row = None if self.row is None else f"row {self.row}"
        column = None if self.column is None else f"column {self.column}"
        return evolve(self.found, location=", ".join(filter(None, (self.source, row, column))))

    @property
    def code(self) -> str:
        """The code of the fault."""
        return self.found.code

    @property
    def message(self) -> str:
        """What is wrong, or what is asked."""
        return self.found.message

    @property
    def hint(self) -> str:
        """What to do."""
        return self.found.hint

    @property
    def is_question(self) -> bool:
        """Whether it is a question and not a fault."""
        return self.found.severity is Severity.WARNING

    def __str__(self) -> str:
        return str(self.fault)

    def to_dict(self) -> dict[str, str | int | None]:
        """The finding as plain values."""
        names = ("source", "row", "column", "message", "hint")
        kind = "question" if self.is_question else "fault"
        return {"code": self.code, "kind": kind, **{name: getattr(self, name) for name in names}}


def in_order(findings: Iterable[ReturnFinding], sources: Iterable[str]) -> tuple[ReturnFinding, ...]:
    """Findings by file in the order given, then by row; those of a whole file come first."""
    place = {source: n for n, source in enumerate(sources)}
    return tuple(sorted(findings, key=lambda found: (place.get(found.source, len(place)), found.row or 0, found.code)))
