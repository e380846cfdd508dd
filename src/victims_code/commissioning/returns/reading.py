"""Reading a return: from a CSV file, a workbook or JSON to lines, with every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from attrs import field, frozen

from victims_code.commissioning.outcomes.measures import Section
from victims_code.commissioning.returns.lines import (
    COLUMNS,
    NEEDED,
    ColumnKind,
    ReportedLine,
    ReturnColumn,
    ReturnFinding,
)
from victims_code.decimals import to_decimal
from victims_code.errors import ReturnError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import pounds
from victims_code.reading.documents import Plain, read_json
from victims_code.render.csvs import FORMULA_STARTS
from victims_code.tabular import Cell as TableCell
from victims_code.tabular import ErrorCell, FormulaCell, Grid, Percent, Wanted, grid_of_csv, read_workbook

__all__ = [
    "Cell",
    "Draft",
    "OddCell",
    "Percent",
    "ReturnSheet",
    "Unread",
    "read_csv",
    "read_json_return",
    "read_lines",
    "read_sheet",
]

_BY_NAME = {column.name: column for column in COLUMNS}


@frozen(kw_only=True)
class Unread:
    """A row that could not be read whole, with as much as is known of it; None is not known."""

    provider: str | None
    period: ReportingPeriod | None
    measure: str | None

    def may_belong(self, line: ReportedLine) -> bool:
        """Whether the row may be of the same provider, period and measure as a line."""
        return (
            self.provider in (None, line.provider)
            and self.period in (None, line.period)
            and self.measure in (None, line.measure)
        )


@frozen(kw_only=True)
class Draft:
    """What could be read of a file, and what was found in reading it."""

    source: str
    lines: tuple[ReportedLine, ...] = field(repr=False)
    unread: tuple[Unread, ...] = ()
    findings: tuple[ReturnFinding, ...] = ()


class _MisreadError(Exception):
    def __init__(self, message: str, hint: str, code: str = "VC-RET-003") -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


def read_lines(sheet: ReturnSheet) -> Draft:
    """Every line that can be read, and every fault of those that cannot."""
    findings = [*sheet.findings, *_header_faults(sheet)]
    columns = [_BY_NAME[name] for name in dict.fromkeys(sheet.header) if name in _BY_NAME]
    absent = {name for name in NEEDED if name not in sheet.header}
    lines: list[ReportedLine] = []
    unread = [Unread(provider=None, period=None, measure=None)] * sheet.unread
    for row, cells in sheet.rows:
        values: dict[str, Any] = {}
        problems = [problem for column in columns for problem in _read(column, cells.get(column.name), values)]
        problems += [(name, _empty(name)) for name in NEEDED if name not in absent and cells.get(name) is None]
        problems += _shape(values)
        findings += [_finding(sheet.source, row, name, problem) for name, problem in problems]
        if problems or absent:
            unread.append(
                Unread(provider=values.get("provider"), period=values.get("period"), measure=values.get("measure"))
            )
        if all(name in values for name in NEEDED):
            misread = tuple(dict.fromkeys(name for name, _ in problems))
            lines.append(ReportedLine(**values, source=sheet.source, row=row, misread=misread))
    return Draft(source=sheet.source, lines=tuple(lines), unread=tuple(unread), findings=tuple(findings))


def _finding(source: str, row: int, column: str, problem: _MisreadError) -> ReturnFinding:
    return ReturnFinding(
        code=problem.code, source=source, row=row, column=column, message=problem.message, hint=problem.hint
    )


def _header_faults(sheet: ReturnSheet) -> Iterator[ReturnFinding]:
    if not sheet.header:
        return

    def finding(code: str, name: str, message: str, hint: str) -> ReturnFinding:
        row = sheet.header_row or None
        return ReturnFinding(code=code, source=sheet.source, row=row, column=name or None, message=message, hint=hint)

    if len(sheet.header) == 1 and any(mark in sheet.header[0] for mark in ";\t|"):
        yield finding(
            "VC-RET-001", "", "The columns are not parted by commas.", "Save the file as comma-separated CSV."
        )
        return
    for name in NEEDED:
        if name not in sheet.header:
            yield finding("VC-RET-001", name, f"There is no column {name!r}.", f"Add it: {_BY_NAME[name].says}.")
    for name in dict.fromkeys(sheet.header):
        if sheet.header.count(name) > 1:
            yield finding("VC-RET-002", name, f"The column {name!r} stands twice.", "Keep one of the two.")
        if name not in _BY_NAME:
            yield finding(
                "VC-RET-002",
                name,
                f"The column {name!r} is not known." if name else "A column has no name.",
                did_you_mean(name, _BY_NAME, listing="Columns"),
            )


def _read(column: ReturnColumn, cell: Cell, values: dict[str, Any]) -> Iterator[tuple[str, _MisreadError]]:
    """Put the value of a cell into ``values``, or say why not."""
    if cell is None:
        return
    try:
        if isinstance(cell, OddCell):
            raise _MisreadError(cell.message, cell.hint, cell.code)
        values[column.name] = _READERS[column.kind](cell)
    except _MisreadError as problem:
        yield column.name, problem


def _empty(name: str) -> _MisreadError:
    return _MisreadError(f"The {name} is missing.", f"Fill it in: {_BY_NAME[name].says}.", "VC-RET-004")


def _shape(values: Mapping[str, Any]) -> Iterator[tuple[str, _MisreadError]]:
    """A part needs the name of its breakdown, and a breakdown the name of the part."""
    for given, wanted in (("item", "breakdown"), ("breakdown", "item")):
        if given in values and wanted not in values:
            yield (
                wanted,
                _MisreadError(
                    f"There is a value in {given!r} and none in {wanted!r}.",
                    "Fill in both for a part, and neither for a total.",
                    "VC-RET-004",
                ),
            )


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    raise _MisreadError(f"Text is needed, not {_shown(cell)}.", "Write a word or a name.")


def _path(cell: Cell) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _text(cell).split(">"))
    if not all(parts):
        raise _MisreadError("A step of the way to this part is empty.", "Write it as: basic service > declined.")
    return parts


@cache
def _period_of(text: str) -> ReportingPeriod | Fault:
    try:
        return ReportingPeriod.parse(text)
    except VictimsCodeError as problem:
        return problem.faults[0]


def _period(cell: Cell) -> ReportingPeriod:
    if not isinstance(cell, str):
        raise _MisreadError(
            f"{_shown(cell)} is not a period.", "Write 2025-26 Q1, 2025-26 or 2025-04-01/2025-06-30.", "VC-RET-005"
        )
    found = _period_of(cell)
    if isinstance(found, Fault):
        raise _MisreadError(found.message, found.hint, "VC-RET-005")
    return found


def _section(cell: Cell) -> Section:
    text = _text(cell).casefold()
    try:
        return Section(text)
    except ValueError:
        raise _MisreadError(
            f"{text!r} is not a section.", did_you_mean(text, list(Section), listing="Sections")
        ) from None


def _number(cell: Cell) -> Decimal:
    number = None if isinstance(cell, bool | Percent) else to_decimal(cell)
    if number is None:
        raise _MisreadError(
            f"{_shown(cell)} is not a number.", "Write it in figures; leave the cell empty if it is not known."
        )
    return number


def _whole(cell: Cell) -> int:
    number = _number(cell)
    if number != number.to_integral_value() or number < 0:
        raise _MisreadError(f"{_shown(cell)} is not a count.", "A count is a whole number, nought or more.")
    return int(number)


def _percentage(cell: Cell) -> Decimal:
    if isinstance(cell, Percent):
        return cell.shown
    return _number(cell.removesuffix("%").strip() if isinstance(cell, str) else cell)


def _money(cell: Cell) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise _MisreadError(f"{_shown(cell)} is not an amount of money.", "Write it as 1234.56.")
    try:
        return pounds(cell)
    except VictimsCodeError as problem:
        raise _MisreadError(problem.faults[0].message, problem.faults[0].hint) from None


def _shown(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Percent):
        return f"{cell.shown}%"
    return repr(cell) if isinstance(cell, str) else str(cell)


_READERS: dict[ColumnKind, Callable[[Cell], object]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.PERIOD: _period,
    ColumnKind.SECTION: _section,
    ColumnKind.PATH: _path,
    ColumnKind.WHOLE: _whole,
    ColumnKind.NUMBER: _number,
    ColumnKind.PERCENTAGE: _percentage,
    ColumnKind.MONEY: _money,
}


@frozen(kw_only=True)
class OddCell:
    """A cell whose value cannot be used: a formula, or the error one left."""

    code: str
    message: str
    hint: str


Cell: TypeAlias = "str | int | Decimal | bool | date | time | OddCell | Percent | None"
"""What can stand in a cell."""


@frozen(kw_only=True)
class ReturnSheet:
    """The rows of a return: each with its number in the file and its cells by column."""

    source: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, Mapping[str, Cell]], ...] = field(repr=False)
    findings: tuple[ReturnFinding, ...] = ()
    unread: int = 0
    """How many rows do not fit the header, so that nothing is known of them."""


def _column_name(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


_WANTED = Wanted(columns=frozenset(column.name for column in COLUMNS), plain=_column_name)


def _sheet_of(grid: Grid) -> ReturnSheet:
    """A sheet from the rows of a file. A row that does not fit the header is a fault, an empty one a question."""
    header = tuple(map(_column_name, grid.header))
    while header and not header[-1]:
        header = header[:-1]
    found = [*_merges(grid, header), *_odd_rows(grid)]
    if not grid.rows and not grid.broken:
        found.append(_nothing(grid.name))
    return ReturnSheet(
        source=grid.name,
        header=header,
        header_row=grid.header_row,
        rows=tuple((number, dict(zip(header, map(_cell, cells), strict=False))) for number, cells in grid.rows),
        findings=tuple(found),
        unread=len(grid.broken),
    )


def _merges(grid: Grid, header: tuple[str, ...]) -> Iterator[ReturnFinding]:
    for block in grid.merged:
        if block.first_row < grid.header_row or block.first_column > len(header):
            continue  # beside or above the table
        yield ReturnFinding(
            code="VC-RET-017",
            source=grid.name,
            row=block.first_row,
            column=header[block.first_column - 1] or f"number {block.first_column}",
            message="Cells are merged here, so those behind the first are empty.",
            hint="Unmerge them and write the value in each row.",
        )


def _odd_rows(grid: Grid) -> Iterator[ReturnFinding]:
    for row in grid.broken:
        what, hint = row.fault.message, row.fault.hint
        yield ReturnFinding(code="VC-RET-003", source=grid.name, row=row.number, message=what, hint=hint)
    for number in grid.blank:
        yield ReturnFinding(
            code="VC-RET-104",
            source=grid.name,
            row=number,
            message="This row is empty.",
            hint="Take it out, or fill it in if something is missing.",
        )
    if not grid.accounted:
        read, counted = len(grid.rows) + len(grid.broken), grid.counted
        yield ReturnFinding(
            code="VC-RET-003",
            source=grid.name,
            message=f"The file has {counted} rows and {read} were read.",
            hint="Save it again as CSV UTF-8.",
        )


def _cell(cell: TableCell) -> Cell:
    """A cell as a return can use it: a value that a program worked out is not what the provider reports."""
    if isinstance(cell, FormulaCell):
        return OddCell(
            code="VC-RET-016",
            message="The cell holds a formula.",
            hint="Copy it and paste its value, so that the figure is what you report.",
        )
    if isinstance(cell, ErrorCell):
        what = f"The cell holds the error {cell.written}."
        return OddCell(code="VC-RET-003", message=what, hint="Mend it and write the figure.")
    return _plain_text(cell) if isinstance(cell, str) else cell


def _plain_text(text: str) -> str:
    # an apostrophe that keeps a spreadsheet from running the text as a formula is no part of it
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _nothing(source: str) -> ReturnFinding:
    return ReturnFinding(
        code="VC-RET-018",
        source=source,
        message="There is no line in this return.",
        hint="Begin with a row of column names, and give each figure a row below it.",
    )


def read_csv(content: bytes, source: str) -> ReturnSheet:
    """A return from CSV with commas; the row of a finding is the row a spreadsheet shows.

    :raises ReturnError: if it is not text in UTF-8.
    """
    return _sheet_of(grid_of_csv(content, source, _WANTED, encoding_hint="Save it as CSV UTF-8.", error=ReturnError))


def read_sheet(content: bytes, ending: str, source: str, *, sheet: str | None = None) -> ReturnSheet:
    """A return from the bytes of a workbook.

    Formulas, errors and merged cells are findings: a value that a program worked out when somebody last opened the
    file is not what the provider reports.

    :param ending: how the file's name ends, one of :data:`victims_code.tabular.WORKBOOK_ENDINGS`.
    :param sheet: the name of the sheet; by default the one called ``return``, or the only one.
    :raises MissingExtraError: if the library that reads it is not installed.
    :raises ReturnError: if the file is not a workbook, or the sheet is not in it.
    """
    book = read_workbook(content, ending, source, error=ReturnError)
    return _sheet_of(book.grid(_title(book.titles, source, sheet), source, _WANTED))


def _title(titles: Sequence[str], source: str, wanted: str | None) -> str:
    name = "return" if wanted is None else wanted
    found = [title for title in titles if title.strip().casefold() == name.casefold()]
    if found:
        return found[0]
    if wanted is None and len(titles) == 1:
        return titles[0]
    raise ReturnError(
        ReturnFinding(
            code="VC-RET-018",
            source=source,
            message=f"There is no sheet called {name!r}; the workbook has {', '.join(map(repr, titles))}.",
            hint="Call the sheet with the figures 'return', or name it.",
        ).fault
    )


def read_json_return(text: str, source: str) -> ReturnSheet:
    """A return from JSON text: ``{"lines": [{"provider": …}, …]}``; the row of a finding is the number of the line.

    :raises ReturnError: if the text is not JSON of this form.
    """
    document = read_json(text, source=source, error=ReturnError, fraction=str)
    data = document.data
    lines: Plain = data.get("lines") if isinstance(data, dict) else data
    extra = sorted(set(data) - {"lines"}) if isinstance(data, dict) else []
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines) or extra:
        raise ReturnError(
            ReturnFinding(
                code="VC-FILE-005",
                source=source,
                message="This is not a list of lines.",
                hint='Write {"lines": [{"provider": "…", "period": "…"}]}, and nothing beside `lines`.',
            ).fault
        )
    names = dict.fromkeys(name for line in lines if isinstance(line, dict) for name in line)
    known = [column.name for column in COLUMNS if column.name in names]
    header = (*known, *(name for name in names if name not in known))
    rows = tuple(
        (number, {name: _json_cell(line.get(name)) for name in header})
        for number, line in enumerate(lines, start=1)
        if isinstance(line, dict)
    )
    findings = () if rows else (_nothing(source),)
    return ReturnSheet(source=source, header=header, header_row=0, rows=rows, findings=findings)


def _json_cell(value: Plain) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool | int) or value is None:
        return value
    return OddCell(code="VC-RET-003", message="A list or a group of keys stands here.", hint="Give one value.")
