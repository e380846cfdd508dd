"""A return as rows of cells, whatever file it came in; this module reads CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from victims_code.commissioning.returns.findings import Finding
from victims_code.commissioning.returns.lines import COLUMNS
from victims_code.documents import Plain, read_json
from victims_code.errors import ReturnError
from victims_code.render.csvs import FORMULA_STARTS

__all__ = ["Cell", "OddCell", "Percent", "Sheet", "read_csv", "read_json_return"]


@frozen(kw_only=True)
class OddCell:
    """A cell whose value cannot be used: a formula, or the error one left."""

    code: str
    what: str
    way_out: str


@frozen(kw_only=True)
class Percent:
    """A number a spreadsheet shows as a percentage, as it is shown."""

    shown: Decimal


Cell: TypeAlias = "str | int | Decimal | bool | date | time | OddCell | Percent | None"
"""What can stand in a cell."""


@frozen(kw_only=True)
class Sheet:
    """The rows of a return: each with its number in the file and its cells by column."""

    source: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, Mapping[str, Cell]], ...] = field(repr=False)
    findings: tuple[Finding, ...] = ()


def sheet_of(source: str, rows: Sequence[tuple[int, Sequence[Cell]]], findings: Sequence[Finding] = ()) -> Sheet:
    """A sheet from numbered rows, of which the first that is not empty is the header.

    Empty rows at the end are left out; one between others is a question.
    """
    filled = [n for n, (_, cells) in enumerate(rows) if any(cell is not None for cell in cells)]
    found = list(findings)
    if not filled:
        found.append(_nothing(source))
        return Sheet(source=source, header=(), header_row=0, rows=(), findings=tuple(found))
    header_row, names = rows[filled[0]]
    header = tuple("" if name is None else _column_name(name) for name in names)
    while header and not header[-1]:
        header = header[:-1]
    kept: list[tuple[int, Mapping[str, Cell]]] = []
    for n in range(filled[0] + 1, filled[-1] + 1):
        number, cells = rows[n]
        if all(cell is None for cell in cells):
            found.append(
                Finding(
                    code="VC-RET-104",
                    source=source,
                    row=number,
                    what="This row is empty.",
                    way_out="Take it out, or fill it in if something is missing.",
                )
            )
            continue
        if any(cell is not None for cell in cells[len(header) :]):
            found.append(
                Finding(
                    code="VC-RET-003",
                    source=source,
                    row=number,
                    what="The row has more cells than the header has columns.",
                    way_out="Check for a comma inside a value; put such a value in quotes.",
                )
            )
        kept.append((number, dict(zip(header, cells, strict=False))))
    if not kept:
        found.append(_nothing(source))
    return Sheet(source=source, header=header, header_row=header_row, rows=tuple(kept), findings=tuple(found))


def _column_name(name: Cell) -> str:
    return str(name).strip().casefold().replace(" ", "_").replace("-", "_")


def _nothing(source: str) -> Finding:
    return Finding(
        code="VC-RET-018",
        source=source,
        what="There is no line in this return.",
        way_out="Begin with a row of column names, and give each figure a row below it.",
    )


def read_csv(text: str, source: str) -> Sheet:
    """A return from CSV text with commas; the row of a finding is the row a spreadsheet shows.

    :raises ReturnError: if the text is not CSV.
    """
    rows: list[tuple[int, list[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append((number, [_plain_text(cell) for cell in cells]))
    except csv.Error as problem:
        raise ReturnError(
            Finding(
                code="VC-FILE-001",
                source=source,
                row=len(rows) + 1,
                what=f"This is not CSV: {problem}.",
                way_out="Look for a quote that is not closed.",
            ).fault
        ) from None
    return sheet_of(source, rows)


def _plain_text(cell: str) -> str | None:
    text = cell.strip()
    # an apostrophe that keeps a spreadsheet from running the text as a formula is no part of it
    return (text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text) or None


def read_json_return(text: str, source: str) -> Sheet:
    """A return from JSON text: ``{"lines": [{"provider": …}, …]}``; the row of a finding is the number of the line.

    :raises ReturnError: if the text is not JSON of this form.
    """
    document = read_json(text, source=source, error=ReturnError, fraction=str)
    data = document.data
    lines: Plain = data.get("lines") if isinstance(data, dict) else data
    extra = sorted(set(data) - {"lines"}) if isinstance(data, dict) else []
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines) or extra:
        raise ReturnError(
            Finding(
                code="VC-FILE-005",
                source=source,
                what="This is not a list of lines.",
                way_out='Write {"lines": [{"provider": "…", "period": "…"}]}, and nothing beside `lines`.',
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
    return Sheet(source=source, header=header, header_row=0, rows=rows, findings=findings)


def _json_cell(value: Plain) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool | int) or value is None:
        return value
    return OddCell(code="VC-RET-003", what="A list or a group of keys stands here.", way_out="Give one value.")
