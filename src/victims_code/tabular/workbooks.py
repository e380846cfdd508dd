"""Workbooks of spreadsheet programs.

``.xlsx`` is read by openpyxl, which tells formulas without a saved value, merged cells, errors and how a number is
shown. ``.xls``, ``.xlsb`` and ``.ods`` are read by python-calamine, which reads all of them but tells none of that; of
``.ods`` it is taken from the file's own XML.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from attrs import define, field, frozen

from victims_code.errors import Fault, VictimsCodeError
from victims_code.extras import need
from victims_code.tabular.cells import Cell, ErrorCell, FormulaCell, Percent, cell_of
from victims_code.tabular.grids import Grid, Line, Merged, Wanted, grid_of_rows

__all__ = ["WORKBOOK_ENDINGS", "read_workbook"]

_BY_OPENPYXL, _BY_CALAMINE = (".xlsx", ".xlsm"), (".xls", ".xlsb", ".ods")
WORKBOOK_ENDINGS = (*_BY_OPENPYXL, *_BY_CALAMINE)
"""How the names of workbooks end."""
_KINDS = {".xlsx": "an XLSX", ".xlsm": "an XLSM", ".xls": "an XLS", ".xlsb": "an XLSB", ".ods": "an ODS"}
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_PERCENT_FORMAT = re.compile(r"0(?:\.(0+))?%")
_SHOWN_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s?%")


@frozen(kw_only=True)
class Workbook:
    """A workbook: the names of its sheets, in their order, and how the table in one of them is read."""

    titles: tuple[str, ...]
    _grid: Callable[[str, str, Wanted], Grid] = field(alias="grid")
    _where: str = field(alias="where")
    _ending: str = field(alias="ending")
    _error: type[VictimsCodeError] = field(alias="error")

    def grid(self, title: str, name: str, wanted: Wanted) -> Grid:
        """The table in a sheet.

        :param name: what the table is called in faults.
        :raises VictimsCodeError: if the sheet cannot be read.
        """
        return _guarded(self._where, self._ending, self._error, lambda: self._grid(title, name, wanted))


def read_workbook(content: bytes, ending: str, where: str, *, error: type[VictimsCodeError]) -> Workbook:
    """The workbook in the bytes of a file.

    :param ending: how the name of the file ends, which says its format: one of ``WORKBOOK_ENDINGS``.
    :raises MissingExtraError: if the library that reads it is not installed.
    :raises VictimsCodeError: of class ``error``, if it is not such a workbook.
    """
    opened = _by_openpyxl if ending in _BY_OPENPYXL else _by_calamine
    titles, grid = _guarded(where, ending, error, lambda: opened(content, ending))
    return Workbook(titles=titles, grid=grid, where=where, ending=ending, error=error)


T = TypeVar("T")
_Opened = tuple[tuple[str, ...], Callable[[str, str, Wanted], Grid]]


def _guarded(where: str, ending: str, error: type[VictimsCodeError], read: Callable[[], T]) -> T:
    """What a library reads of a workbook; whatever it raises of a file that is none becomes a fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of things in a workbook that do not bear on its cells
        try:
            return read()
        except VictimsCodeError:
            raise
        except Exception as problem:
            raise error(
                Fault(
                    code="VC-FILE-001",
                    where=where,
                    what=f"This cannot be read as {_KINDS[ending]} workbook ({type(problem).__name__}).",
                    way_out="Open it in a spreadsheet program and save it as .xlsx without a password.",
                )
            ) from None


# --- .xlsx --------------------------------------------------------------------------------------------------------


def _by_openpyxl(content: bytes, _ending: str) -> _Opened:
    # openpyxl reads by defusedxml where it is installed
    need("excel", "openpyxl", "defusedxml", what_for="Workbooks")
    from openpyxl import load_workbook

    def book(*, saved: bool) -> Any:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=saved)

    def grid(title: str, name: str, wanted: Wanted) -> Grid:
        written = book(saved=False)
        lines = list(_lines(written[title]))
        if any(isinstance(cell, FormulaCell) for line in lines for cell in line.cells):
            lines = _with_saved(lines, _lines(book(saved=True)[title]))
        merged = list(_merged(content, title))
        return grid_of_rows(name, lines, wanted, exact=False, merged=merged, epoch=written.epoch.date())

    return tuple(book(saved=False).sheetnames), grid


def _lines(page: Any) -> Iterator[Line]:
    page.reset_dimensions()  # a workbook may state them wrongly
    for number, cells in enumerate(page.iter_rows(), start=1):
        yield Line(number=number, cells=tuple(_cell(cell) for cell in cells))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return FormulaCell(saved=None)
    if cell.data_type == "e":
        return ErrorCell(written=str(value))
    if "%" in cell.number_format and type(value) in (int, float):
        return _percent(Decimal(repr(value)), cell.number_format)
    return cell_of(value)


def _percent(number: Decimal, shown_as: str) -> Percent:
    found = _PERCENT_FORMAT.search(shown_as)
    places = len(found[1]) if found and found[1] else 0
    return Percent(shown=(number * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _with_saved(written: list[Line], saved: Iterator[Line]) -> list[Line]:
    """Lines whose formulas have the values that were saved for them."""
    values = {line.number: line.cells for line in saved}

    def cell(line: Line, n: int, given: Cell) -> Cell:
        known = values.get(line.number, ())
        return FormulaCell(saved=known[n] if n < len(known) else None) if isinstance(given, FormulaCell) else given

    return [
        Line(number=line.number, cells=tuple(cell(line, n, given) for n, given in enumerate(line.cells)))
        for line in written
    ]


def _merged(content: bytes, title: str) -> Iterator[Merged]:
    """The merged blocks of a sheet; openpyxl does not tell them when it reads row by row."""
    from openpyxl.utils import column_index_from_string

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = _path_of(archive, title)
        for found in _MERGED.finditer(archive.read(path)) if path is not None else ():
            yield Merged(
                first_row=int(found[2]),
                first_column=column_index_from_string(found[1].decode("ascii")),
                last_row=int(found[4]),
                last_column=column_index_from_string(found[3].decode("ascii")),
            )


def _path_of(archive: zipfile.ZipFile, title: str) -> str | None:
    """Where the sheet of a title is in the archive, by the workbook's own list."""
    from defusedxml.ElementTree import fromstring

    book = fromstring(archive.read("xl/workbook.xml"))
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet" and element.get("name") == title:
            link = next((value for name, value in element.items() if name.endswith("}id")), None)
            target = targets.get(link, "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return path if path in archive.namelist() else None
    return None


# --- .xls, .xlsb and .ods -----------------------------------------------------------------------------------------


def _by_calamine(content: bytes, ending: str) -> _Opened:
    need("excel", "python_calamine", "defusedxml", what_for="Workbooks")
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(content))

    def grid(title: str, name: str, wanted: Wanted) -> Grid:
        sheet = book.get_sheet_by_name(title)
        read = sheet.to_python(skip_empty_area=False)
        cells = {(r, c): cell_of(value) for r, row in enumerate(read, 1) for c, value in enumerate(row, 1)}
        remarks: tuple[str, ...] = ()
        if ending == ".ods":
            marks = _ods_marks(content, title, len(read), max(map(len, read), default=0))
            cells |= marks.percentages
            cells |= {place: FormulaCell(saved=cells.get(place)) for place in marks.formulas}
            merged = marks.merged
        else:
            merged = [
                Merged(first_row=top + 1, first_column=left + 1, last_row=bottom + 1, last_column=right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            remarks = (f"In {ending} files a formula cannot be told from a value.",)
        lines = [
            Line(number=r, cells=tuple(cells.get((r, c)) for c in range(1, len(row) + 1)))
            for r, row in enumerate(read, 1)
        ]
        return grid_of_rows(name, lines, wanted, exact=False, merged=merged, remarks=remarks)

    return tuple(book.sheet_names), grid


@define
class _OdsMarks:
    """What python-calamine does not tell of a sheet: formulas, percentages and merged cells, by row and column."""

    formulas: list[tuple[int, int]] = field(factory=list)
    percentages: dict[tuple[int, int], Percent] = field(factory=dict)
    merged: list[Merged] = field(factory=list)


def _ods_marks(content: bytes, title: str, rows: int, columns: int) -> _OdsMarks:
    from defusedxml.ElementTree import fromstring

    marks = _OdsMarks()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = fromstring(archive.read("content.xml"))
    (table, *_) = [one for one in document.iter() if _tag(one) == "table" and _says(one, "name") == title]
    number = 1
    for row in (one for one in table.iter() if _tag(one) == "table-row"):
        column = 1
        times = int(_says(row, "number-rows-repeated") or 1)
        for cell in row:
            if _tag(cell) not in ("table-cell", "covered-table-cell"):
                continue
            across = int(_says(cell, "number-columns-repeated") or 1)
            for r in range(number, min(number + times, rows + 1)):
                for c in range(column, min(column + across, columns + 1)):
                    _mark(marks, cell, r, c)
            column += across
        number += times
        if number > rows:
            break
    return marks


def _mark(marks: _OdsMarks, cell: Any, row: int, column: int) -> None:
    if _says(cell, "formula"):
        marks.formulas.append((row, column))
    if _says(cell, "value-type") == "percentage":
        shown = _SHOWN_PERCENT.fullmatch("".join(cell.itertext()).strip())
        number = Decimal(shown[1]) if shown else Decimal(_says(cell, "value") or "0") * 100
        marks.percentages[row, column] = Percent(shown=number)
    down, across = (int(_says(cell, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
    if down > 1 or across > 1:
        marks.merged.append(
            Merged(first_row=row, first_column=column, last_row=row + down - 1, last_column=column + across - 1)
        )


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _says(element: Any, name: str) -> str | None:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)
