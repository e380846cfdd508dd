"""Reading a return: from a CSV file, a workbook or JSON to lines, with every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from attrs import field, frozen

from victims_code import faults
from victims_code.commissioning.outcomes.measures import Section
from victims_code.commissioning.returns.lines import (
    COLUMNS,
    NEEDED,
    WORDS,
    ColumnKind,
    ReportedLine,
    ReturnColumn,
    ReturnFinding,
)
from victims_code.decimals import to_decimal
from victims_code.errors import ReturnError, UnknownNameError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import pounds
from victims_code.reading.documents import Plain, read_json
from victims_code.reading.structuring import MisfitError
from victims_code.render.csvs import FORMULA_STARTS
from victims_code.tabular import Cell as TableCell
from victims_code.tabular import ErrorCell, FormulaCell, Grid, Percent, Wanted, grid_of_csv, read_workbook

FOR_PEOPLE = ("what_to_report", "how_to_count")
"""Columns of the workbook a provider fills in that are there for people, and are passed over."""
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
    remarks: tuple[str, ...] = ()


def read_lines(sheet: ReturnSheet) -> Draft:
    """Every line that can be read, and every fault of those that cannot."""
    findings = [*sheet.findings, *_header_faults(sheet)]
    columns = [_BY_NAME[name] for name in dict.fromkeys(sheet.header) if name in _BY_NAME]
    absent = {name for name in NEEDED if name not in sheet.header}
    lines: list[ReportedLine] = []
    unread = [Unread(provider=None, period=None, measure=None)] * sheet.unread
    for line in sheet.rows:
        row, cells = line.number, line.cells
        values: dict[str, Any] = {}
        problems = [problem for column in columns for problem in _read(column, cells.get(column.name), values)]
        empty = [name for name in NEEDED if name not in absent and cells.get(name) is None]
        problems += [(name, faults.RETURN_CELL_MISSING.at(name=name, says=_BY_NAME[name].says)) for name in empty]
        problems += _shape(values)
        findings += [
            ReturnFinding(found=fault, source=sheet.source, row=row, column=line.columns.get(name, name))
            for name, fault in problems
        ]
        if problems or absent:
            unread.append(
                Unread(provider=values.get("provider"), period=values.get("period"), measure=values.get("measure"))
            )
        if all(name in values for name in NEEDED):
            misread = tuple(dict.fromkeys(name for name, _ in problems))
            heads = tuple(line.columns.items())
            lines.append(ReportedLine(**values, source=sheet.source, row=row, misread=misread, heads=heads))
    return Draft(
        source=sheet.source,
        lines=tuple(lines),
        unread=tuple(unread),
        findings=tuple(findings),
        remarks=sheet.remarks,
    )


def _header_faults(sheet: ReturnSheet) -> Iterator[ReturnFinding]:
    for name, fault in _of_the_header(sheet.header):
        yield ReturnFinding(found=fault, source=sheet.source, row=sheet.header_row or None, column=name or None)


def _of_the_header(header: Sequence[str]) -> Iterator[tuple[str, Fault]]:
    if not header:
        return
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        yield "", faults.COLUMNS_NOT_PARTED_BY_COMMAS.at()
        return
    for name in NEEDED:
        if name not in header:
            yield name, faults.NO_COLUMN_IN_RETURN.at(name=name, says=_BY_NAME[name].says)
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield name, faults.RETURN_COLUMN_TWICE.at(name=name)
        nearest = did_you_mean(name, _BY_NAME, listing="Columns")
        if not name:
            yield name, faults.RETURN_COLUMN_WITHOUT_A_NAME.at(nearest=nearest)
        elif name not in (*_BY_NAME, *FOR_PEOPLE):
            yield name, faults.RETURN_COLUMN_UNKNOWN.at(name=name, nearest=nearest)


def _read(column: ReturnColumn, cell: Cell, values: dict[str, Any]) -> Iterator[tuple[str, Fault]]:
    """Put the value of a cell into ``values``, or say why not."""
    if cell is None:
        return
    try:
        if isinstance(cell, OddCell):
            raise MisfitError(cell.fault)
        value = _READERS[column.kind](cell)
        values[column.name] = WORDS[column.name](value) if column.name in WORDS else value
    except MisfitError as problem:
        yield column.name, problem.fault
    except UnknownNameError as problem:
        yield column.name, problem.faults[0]


def _shape(values: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    """A part needs the name of its breakdown, and a breakdown the name of the part."""
    for given, wanted in (("item", "breakdown"), ("breakdown", "item")):
        if given in values and wanted not in values:
            yield wanted, faults.HALF_A_BREAKDOWN.at(given=given, wanted=wanted)


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    raise MisfitError(faults.RETURN_TEXT_NEEDED.at(given=_shown(cell)))


def _path(cell: Cell) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _text(cell).split(">"))
    if not all(parts):
        raise MisfitError(faults.STEP_OF_A_PATH_EMPTY.at())
    return parts


@cache
def _period_of(text: str) -> ReportingPeriod | Fault:
    try:
        return ReportingPeriod.parse(text)
    except VictimsCodeError as problem:
        return problem.faults[0]


def _period(cell: Cell) -> ReportingPeriod:
    if not isinstance(cell, str):
        raise MisfitError(faults.RETURN_CELL_NOT_A_PERIOD.at(given=_shown(cell)))
    found = _period_of(cell)
    if isinstance(found, Fault):
        raise MisfitError(faults.NOT_A_RETURN_PERIOD.at(problem=found.message, hint=found.hint))
    return found


def _section(cell: Cell) -> Section:
    text = _text(cell).casefold()
    if text not in list(Section):
        raise MisfitError(
            faults.NOT_A_SECTION.at(text=text, nearest=did_you_mean(text, list(Section), listing="Sections"))
        )
    return Section(text)


def _number(cell: Cell) -> Decimal:
    number = None if isinstance(cell, bool | Percent) else to_decimal(cell)
    if number is None:
        raise MisfitError(faults.RETURN_CELL_NOT_A_NUMBER.at(given=_shown(cell)))
    return number


def _whole(cell: Cell) -> int:
    number = _number(cell)
    if number != number.to_integral_value() or number < 0:
        raise MisfitError(faults.RETURN_CELL_NOT_A_COUNT.at(given=_shown(cell)))
    return int(number)


def _percentage(cell: Cell) -> Decimal:
    if isinstance(cell, Percent):
        return cell.shown
    return _number(cell.removesuffix("%").strip() if isinstance(cell, str) else cell)


def _money(cell: Cell) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise MisfitError(faults.RETURN_CELL_NOT_MONEY.at(given=_shown(cell)))
    try:
        return pounds(cell)
    except VictimsCodeError as problem:
        found = problem.faults[0]
        raise MisfitError(faults.RETURN_CELL_NOT_READ.at(problem=found.message, hint=found.hint)) from None


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

    fault: Fault


Cell: TypeAlias = "str | int | Decimal | bool | date | time | OddCell | Percent | None"
"""What can stand in a cell."""


@frozen(kw_only=True)
class SheetRow:
    """One line of a return: its number in the file and its cells by column.

    :param columns: what a column is called in the file, where a mapping says so.
    """

    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class ReturnSheet:
    """The rows of a return."""

    source: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[SheetRow, ...] = field(repr=False)
    findings: tuple[ReturnFinding, ...] = ()
    unread: int = 0
    """How many rows do not fit the header, so that nothing is known of them."""
    remarks: tuple[str, ...] = ()
    """What a reader should know of how the file was read."""


def _column_name(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


_WANTED = Wanted(columns=frozenset(column.name for column in COLUMNS), plain=_column_name)


def _sheet_of(grid: Grid) -> ReturnSheet:
    """A sheet from the rows of a file. A row that does not fit the header is a fault, an empty one a question."""
    header = tuple(map(_column_name, grid.header))
    while header and not header[-1]:
        header = header[:-1]
    found = [*_merges(grid, header), *rows_not_read(grid)]
    if not grid.rows and not grid.broken:
        found.append(ReturnFinding(found=faults.RETURN_IS_EMPTY.at(), source=grid.name))
    return ReturnSheet(
        source=grid.name,
        header=header,
        header_row=grid.header_row,
        rows=tuple(
            SheetRow(number=number, cells=dict(zip(header, map(cell_of_a_return, cells), strict=False)))
            for number, cells in grid.rows
        ),
        findings=tuple(found),
        unread=len(grid.broken),
        remarks=remarks_on(grid),
    )


def remarks_on(grid: Grid) -> tuple[str, ...]:
    """What a reader should know: titles passed over, and figures that a program worked out."""
    formulas = [cell for _, row in grid.rows for cell in row if isinstance(cell, FormulaCell)]
    saved = sum(cell.saved is not None for cell in formulas)
    said = f"Cells with a formula, read as the value that was last saved: {saved}."
    return (*grid.remarks, said) if saved else grid.remarks


def _merges(grid: Grid, header: tuple[str, ...]) -> Iterator[ReturnFinding]:
    for block in grid.merged:
        if block.first_row < grid.header_row or block.first_column > len(header):
            continue  # beside or above the table
        column = header[block.first_column - 1] or f"number {block.first_column}"
        yield ReturnFinding(found=faults.CELLS_MERGED.at(), source=grid.name, row=block.first_row, column=column)


def rows_not_read(grid: Grid) -> Iterator[ReturnFinding]:
    """Rows that do not fit the header, empty rows, and rows that are in none of the counts."""
    for row in grid.broken:
        fault = faults.RETURN_CELL_NOT_READ.at(problem=row.fault.message, hint=row.fault.hint)
        yield ReturnFinding(found=fault, source=grid.name, row=row.number)
    for number in grid.blank:
        yield ReturnFinding(found=faults.RETURN_ROW_EMPTY.at(), source=grid.name, row=number)
    if not grid.accounted:
        read = len(grid.rows) + len(grid.broken)
        fault = faults.RETURN_ROWS_NOT_ALL_READ.at(counted=grid.counted, read=read)
        yield ReturnFinding(found=fault, source=grid.name)


def cell_of_a_return(cell: TableCell) -> Cell:
    """A cell as a return can use it: of a formula the value that was last saved."""
    if isinstance(cell, FormulaCell):
        return (
            OddCell(fault=faults.RETURN_CELL_WITH_A_FORMULA.at())
            if cell.saved is None
            else cell_of_a_return(cell.saved)
        )
    if isinstance(cell, ErrorCell):
        return OddCell(fault=faults.RETURN_CELL_WITH_AN_ERROR.at(written=cell.written))
    return _plain_text(cell) if isinstance(cell, str) else cell


def _plain_text(text: str) -> str:
    # an apostrophe that keeps a spreadsheet from running the text as a formula is no part of it
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


@frozen(kw_only=True)
class Unfold:
    """How a wide sheet is read: where its header is, how its text is written, and what makes lines of it."""

    wanted: Wanted
    delimiter: str
    encoding: str
    sheet: Callable[[Grid], ReturnSheet]


def read_csv(content: bytes, source: str, unfold: Unfold | None = None) -> ReturnSheet:
    """A return from CSV; the row of a finding is the row a spreadsheet shows.

    :param unfold: how a wide sheet is read; without it columns are separated by commas and have the names of a return.
    :raises ReturnError: if it is not text in UTF-8, or in the encoding of the mapping.
    """
    hint = "Save it as CSV UTF-8."
    if unfold is None:
        return _sheet_of(grid_of_csv(content, source, _WANTED, encoding_hint=hint, error=ReturnError))
    grid = grid_of_csv(
        content,
        source,
        unfold.wanted,
        delimiter=unfold.delimiter,
        encoding=unfold.encoding,
        encoding_hint=hint,
        error=ReturnError,
    )
    return unfold.sheet(grid)


def read_sheet(
    content: bytes, ending: str, source: str, *, sheet: str | None = None, unfold: Unfold | None = None
) -> ReturnSheet:
    """A return from the bytes of a workbook.

    A formula is read as the value that was last saved, and the remarks say how many there are. One without a saved
    value, errors and merged cells are findings.

    :param ending: how the file's name ends, one of :data:`victims_code.tabular.WORKBOOK_ENDINGS`.
    :param sheet: the name of the sheet; by default the one called ``return``, or the only one.
    :raises MissingExtraError: if the library that reads it is not installed.
    :raises ReturnError: if the file is not a workbook, or the sheet is not in it.
    """
    book = read_workbook(content, ending, source, error=ReturnError)
    title = _title(book.titles, source, sheet)
    if unfold is None:
        return _sheet_of(book.grid(title, source, _WANTED))
    return unfold.sheet(book.grid(title, source, unfold.wanted))


def _title(titles: Sequence[str], source: str, wanted: str | None) -> str:
    name = "return" if wanted is None else wanted
    found = [title for title in titles if title.strip().casefold() == name.casefold()]
    if found:
        return found[0]
    if wanted is None and len(titles) == 1:
        return titles[0]
    raise ReturnError(faults.NO_SHEET_OF_A_RETURN.at(source, name=name, titles=", ".join(map(repr, titles))))


def read_json_return(text: str, source: str) -> ReturnSheet:
    """A return from JSON text: ``{"lines": [{"provider": …}, …]}``; the row of a finding is the number of the line.

    :raises ReturnError: if the text is not JSON of this form.
    """
    document = read_json(text, source=source, error=ReturnError, fraction=str)
    data = document.data
    lines: Plain = data.get("lines") if isinstance(data, dict) else data
    extra = sorted(set(data) - {"lines"}) if isinstance(data, dict) else []
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines) or extra:
        raise ReturnError(faults.NOT_A_LIST_OF_LINES.at(source))
    names = dict.fromkeys(name for line in lines if isinstance(line, dict) for name in line)
    known = [column.name for column in COLUMNS if column.name in names]
    header = (*known, *(name for name in names if name not in known))
    rows = tuple(
        SheetRow(number=number, cells={name: _json_cell(line.get(name)) for name in header})
        for number, line in enumerate(lines, start=1)
        if isinstance(line, dict)
    )
    findings = () if rows else (ReturnFinding(found=faults.RETURN_IS_EMPTY.at(), source=source),)
    return ReturnSheet(source=source, header=header, header_row=0, rows=rows, findings=findings)


def _json_cell(value: Plain) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool | int) or value is None:
        return value
    return OddCell(fault=faults.RETURN_CELL_NOT_ONE_VALUE.at())
