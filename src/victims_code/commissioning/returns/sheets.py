"""A return as rows of cells, whatever file it came in: CSV, a workbook or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from victims_code.commissioning.returns.findings import ReturnFinding
from victims_code.commissioning.returns.lines import COLUMNS
from victims_code.errors import ReturnError
from victims_code.reading.documents import Plain, read_json
from victims_code.render.csvs import FORMULA_STARTS
from victims_code.tabular import Cell as TableCell
from victims_code.tabular import ErrorCell, FormulaCell, Grid, Percent, Wanted, grid_of_csv, read_workbook

__all__ = ["Cell", "OddCell", "Percent", "ReturnSheet", "read_csv", "read_json_return", "read_sheet"]


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
        yield ReturnFinding(code="VC-RET-003", source=grid.name, row=row.number, message=row.message, hint=row.hint)
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
