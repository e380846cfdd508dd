"""A return as a whole: read from a file, checked, and kept only if it holds together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need, need_path
from victims_code.commissioning.outcomes import MeasureTie
from victims_code.commissioning.returns.checks import Checking, check_lines
from victims_code.commissioning.returns.hiding import EarlierPublication, hide
from victims_code.commissioning.returns.lines import ReportedLine, ReturnFinding, in_order
from victims_code.commissioning.returns.mapping import ReturnMapping
from victims_code.commissioning.returns.publishing import return_as_json, return_to_csv, return_to_markdown
from victims_code.commissioning.returns.reading import (
    Draft,
    ReturnSheet,
    Unfold,
    read_csv,
    read_json_return,
    read_lines,
    read_sheet,
)
from victims_code.commissioning.returns.receipts import Receipt, receipts_of
from victims_code.commissioning.returns.register import Register
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.returns.ties import shipped_ties
from victims_code.errors import ReturnError
from victims_code.faults import Fault
from victims_code.figures import SmallNumbers
from victims_code.reading.documents import file_bytes
from victims_code.reading.writing import with_entry, write_aside
from victims_code.tabular import WORKBOOK_ENDINGS

_A_REGISTER = "Pass Register.from_file(path)."


@frozen(kw_only=True)
class Return:
    """What one file reports, without a fault; ``questions`` are what is worth asking the provider.

    >>> text = '''provider,period,section,measure,breakdown,item,value,basis
    ... harbour,2025-26 Q1,output,referrals,,,408,consented
    ... harbour,2025-26 Q1,output,supported,,,565,
    ... '''
    >>> given = Return.from_csv(text, source="harbour-q1.csv")
    >>> print(given.questions[0])
    harbour-q1.csv, row 3, column value: 565 were supported, with 408 referred. Were cases carried over from before, or
    are the two counted in different ways? [VC-RET-101]
    """

    source: str
    lines: tuple[ReportedLine, ...] = field(repr=False)
    questions: tuple[ReturnFinding, ...] = field(default=(), eq=False)
    ties: tuple[MeasureTie, ...] = field(factory=shipped_ties, eq=False, repr=False)
    """Which figures are sums of others; by default the ties of every framework that ships."""

    @classmethod
    def from_file(cls, path: str | Path, *, register: Register | None = None, sheet: str | None = None) -> Return:
        """A return from a CSV file, a workbook (XLSX, ODS, XLS or XLSB) or a JSON file, chosen by its ending.

        :param register: the providers, agreements and frameworks to check against; by default the shipped frameworks.
        :param sheet: the sheet of a workbook; by default the one called ``return``, or the only one.
        :raises ReturnError: with every fault, each with row and column.
        :raises MissingExtraError: for a workbook, if openpyxl is not installed (``pip install "victims-code[excel]"``).
        """
        return _only(_checked([lambda: _sheet_of_file(need_path(path), sheet)], [need_path(path).name], register))

    @classmethod
    @checked
    def from_csv(cls, text: str, *, source: str = "", register: Register | None = None) -> Return:
        """A return from CSV text.

        :raises ReturnError: with every fault, each with row and column.
        """
        return _only(_checked([lambda: read_csv(text.encode("utf-8", "surrogatepass"), source)], [source], register))

    @classmethod
    @checked
    def from_json(cls, text: str, *, source: str = "", register: Register | None = None) -> Return:
        """A return from JSON text, ``{"lines": […]}``, with the columns of a CSV return as keys.

        :raises ReturnError: with every fault, each with line and key.
        """
        return _only(_checked([lambda: read_json_return(text, source)], [source], register))

    @classmethod
    @checked
    def from_xlsx(
        cls, content: bytes, *, source: str = "", register: Register | None = None, sheet: str | None = None
    ) -> Return:
        """A return from the bytes of a workbook.

        :raises ReturnError: with every fault, each with row and column.
        :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
        """
        return _only(_checked([lambda: read_sheet(content, ".xlsx", source, sheet=sheet)], [source], register))

    def to_json(self) -> str:
        """The return as JSON text that :meth:`from_json` reads back."""
        return return_as_json(self.lines)

    def published_figures(self) -> tuple[Sequence[ReportedLine], Sequence[Sum]]:
        """The lines; a return has no table by provider and quarter."""
        return self.lines, ()

    def to_csv(
        self, *, small_numbers: SmallNumbers | None = None, published_before: Sequence[EarlierPublication] = ()
    ) -> str:
        """The return as CSV text, safe to open in a spreadsheet; :meth:`from_csv` reads it back.

        :param small_numbers: hide numbers that are too small to publish, and as much beside them as it takes.
        :param published_before: what readers have already, such as a version that was corrected since.
        """
        return return_to_csv(self.lines, hide(self, small_numbers, published_before).columns)

    def to_markdown(
        self, *, small_numbers: SmallNumbers | None = None, published_before: Sequence[EarlierPublication] = ()
    ) -> str:
        """The return as Markdown tables, with the questions under them.

        :param small_numbers: hide numbers that are too small to publish, and as much beside them as it takes; the
            questions, which quote figures, are then left out.
        :param published_before: what readers have already, such as a version that was corrected since.
        """
        hidden = hide(self, small_numbers, published_before).columns
        return return_to_markdown(self.source, self.lines, () if small_numbers else self.questions, hidden)


@frozen(kw_only=True)
class CheckedReturns:
    """What the check of one or more files found, in the order of files and rows.

    ``remarks`` tell how the files were read: titles that were passed over, formulas read as their saved value.
    """

    sources: tuple[str, ...]
    lines: tuple[ReportedLine, ...] = field(repr=False)
    findings: tuple[ReturnFinding, ...]
    remarks: tuple[str, ...] = ()
    ties: tuple[MeasureTie, ...] = field(factory=shipped_ties, repr=False)

    @property
    def faults(self) -> tuple[ReturnFinding, ...]:
        """What must be corrected."""
        return tuple(finding for finding in self.findings if not finding.is_question)

    @property
    def questions(self) -> tuple[ReturnFinding, ...]:
        """What is worth asking; the returns stand."""
        return tuple(finding for finding in self.findings if finding.is_question)

    def accepted(self) -> tuple[Return, ...]:
        """The returns, one for each file.

        :raises ReturnError: with every fault of every file, if there is any.
        """
        if self.faults:
            raise ReturnError(*(finding.fault for finding in (*self.faults, *self.questions)))
        return tuple(
            Return(
                source=source,
                lines=tuple(line for line in self.lines if line.source == source),
                questions=tuple(finding for finding in self.questions if finding.source == source),
                ties=self.ties,
            )
            for source in self.sources
        )

    def to_dict(self) -> dict[str, object]:
        """What was found, as plain values."""
        return {
            "sources": list(self.sources),
            "lines": len(self.lines),
            "faults": [finding.to_dict() for finding in self.faults],
            "questions": [finding.to_dict() for finding in self.questions],
            "remarks": list(self.remarks),
        }


@checked
def check_returns(
    paths: Iterable[str | Path],
    *,
    register: Register | None = None,
    sheet: str | None = None,
    mapping: ReturnMapping | None = None,
) -> CheckedReturns:
    """Check files together, so that gaps, overlaps and repetitions between them are found as well.

    Nothing is raised for a fault in a file: it is among the findings.

    :param register: the providers, agreements and frameworks to check against; by default the shipped frameworks.
    :param sheet: the sheet of every workbook; by default the one called ``return``, or the only one.
    :param mapping: what the columns of wide sheets mean; every CSV file and workbook is read by it.
    :raises MissingExtraError: for a workbook, if openpyxl is not installed (``pip install "victims-code[excel]"``).
    """
    files = [need_path(path) for path in paths]
    names = [path.name for path in files]
    labels = [path.name if names.count(path.name) == 1 else str(path) for path in files]

    unfold = None if mapping is None else mapping.unfold(Register() if register is None else register)

    def reader(path: Path, label: str) -> Callable[[], ReturnSheet]:
        return lambda: _sheet_of_file(path, sheet, label, unfold)

    return _checked([reader(path, label) for path, label in zip(files, labels, strict=True)], labels, register)


def _sheet_of_file(path: Path, sheet: str | None, label: str = "", unfold: Unfold | None = None) -> ReturnSheet:
    source = label or path.name
    ending = path.suffix.lower()
    if ending not in (".csv", ".json", *WORKBOOK_ENDINGS):
        raise ReturnError(faults.RETURN_IN_ANOTHER_FORMAT.at(source, ending=ending or "nothing"))
    content = file_bytes(path, error=ReturnError)
    if ending in WORKBOOK_ENDINGS:
        return read_sheet(content, ending, source, sheet=sheet, unfold=unfold)
    if ending == ".csv":
        return read_csv(content, source, unfold)
    try:
        return read_json_return(content.decode("utf-8-sig"), source)
    except UnicodeDecodeError:
        raise ReturnError(faults.NOT_UTF_8.at(source)) from None


def _checked(
    readers: Iterable[Callable[[], ReturnSheet]], sources: Iterable[str], register: Register | None
) -> CheckedReturns:
    names = tuple(sources)
    against = Register() if register is None else need(register, Register, "register", "a Register", _A_REGISTER)
    drafts: list[Draft] = []
    for name, read in zip(names, readers, strict=True):
        try:
            drafts.append(read_lines(read()))
        except ReturnError as problem:
            drafts.append(Draft(source=name, lines=(), findings=tuple(_of_file(name, f) for f in problem.faults)))
    checking = Checking(
        lines=[line for draft in drafts for line in draft.lines],
        unread=[row for draft in drafts for row in draft.unread],
        register=against,
    )
    found = [finding for draft in drafts for finding in draft.findings]
    found += check_lines(checking)
    return CheckedReturns(
        sources=names,
        lines=tuple(checking.lines),
        findings=in_order(found, names),
        remarks=tuple(f"{draft.source}: {remark}" for draft in drafts for remark in draft.remarks),
        ties=checking.register.ties,
    )


def _of_file(source: str, fault: Fault) -> ReturnFinding:
    """A fault of a whole file as a finding; the place in it, if there is one, goes into the sentence."""
    place = fault.location.removeprefix(source).removeprefix(", ")
    found = evolve(fault, location="", message=f"{place}: {fault.message}" if place else fault.message)
    return ReturnFinding(found=found, source=source)


def _only(checked: CheckedReturns) -> Return:
    return checked.accepted()[0]


@checked
def note_receipts(path: str | Path, register: Register, returns: Iterable[Return], on: date) -> tuple[Receipt, ...]:
    """Write into the file of a register the day on which returns came; every other character stays as it was.

    :param path: the file that ``register`` was read from.
    :returns: the receipts, one for each provider and period.
    :raises ReturnError: if one of them is noted already and was not sent back, or the file cannot be written.
    """
    place = need_path(path)
    found = tuple(one for given in returns for one in receipts_of(given.lines, on))
    there = {(one.provider, one.period) for one in register.receipts if one.sent_back is None}
    twice = [
        faults.RECEIVED_ALREADY.at(str(place), provider=one.provider, period=one.period)
        for one in found
        if (one.provider, one.period) in there
    ]
    if twice:
        raise ReturnError(*twice)
    text = file_bytes(place, error=ReturnError).decode("utf-8-sig")
    for one in found:
        text = with_entry(text, "receipts", one.to_dict())
    try:
        write_aside(place, text)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ReturnError(faults.RECEIPT_NOT_WRITTEN.at(str(place), reason=reason)) from None
    return found
