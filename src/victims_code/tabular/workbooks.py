"""Workbooks of spreadsheet programs.

``.xlsx`` is read by openpyxl, which tells formulas without a saved value, merged cells, errors and how a number is
shown. ``.xls``, ``.xlsb`` and ``.ods`` are read by python-calamine, which takes an error for an empty cell. What it
does not tell is read from the file once more: ``.xls`` by xlrd, the others from their own XML or records. So are the
rows with something in them, which are counted twice.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from attrs import define, field, frozen

from victims_code import faults
from victims_code.errors import VictimsCodeError
from victims_code.extras import need
from victims_code.tabular.grids import (
    Cell,
    ErrorCell,
    FileRow,
    FormulaCell,
    Grid,
    Merged,
    Percent,
    Wanted,
    cell_of,
    grid_of_rows,
)

_BY_OPENPYXL, _BY_CALAMINE = (".xlsx", ".xlsm"), (".xls", ".xlsb", ".ods")
WORKBOOK_ENDINGS = (*_BY_OPENPYXL, *_BY_CALAMINE)
"""How the names of workbooks end."""
_KINDS = {".xlsx": "an XLSX", ".xlsm": "an XLSM", ".xls": "an XLS", ".xlsb": "an XLSB", ".ods": "an ODS"}
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ROW = re.compile(rb'<(?:\w+:)?row(?:\s[^>]*?\br=["\'](\d+)|[\s/>])')
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|f|is)[\s/>]")
_PERCENT_FORMAT = re.compile(r"0(?:\.(0+))?%")
_SHOWN_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s?%")


_MOST_BYTES = 512 * 1024 * 1024
_MOST_ROWS = 1_048_576  # of an Excel sheet
_MOST_CELLS = 20_000_000


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

    def read() -> _Opened:
        _not_too_large(content)
        return opened(content, ending)

    titles, grid = _guarded(where, ending, error, read)
    return Workbook(titles=titles, grid=grid, where=where, ending=ending, error=error)


class _TooLargeError(Exception):
    """A workbook that says it holds more than can be read, such as a small file that unpacks to gigabytes."""


def _not_too_large(content: bytes) -> None:
    """Look at the sizes in the directory of the archive before anything is unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise _TooLargeError


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
        except _TooLargeError:
            raise error(faults.WORKBOOK_TOO_LARGE.at(where, rows=_MOST_ROWS, cells=_MOST_CELLS)) from None
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as problem:  # a panic of python-calamine, which is written in Rust, is no Exception
            name = type(problem).__name__
            raise error(faults.NOT_A_WORKBOOK.at(where, kind=_KINDS[ending], problem=name)) from None


# --- .xlsx --------------------------------------------------------------------------------------------------------


def _by_openpyxl(content: bytes, _ending: str) -> _Opened:
    # openpyxl reads by defusedxml where it is installed
    need("excel", "openpyxl", "defusedxml", feature="Workbooks")
    from openpyxl import load_workbook

    def book(*, saved: bool) -> Any:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=saved)

    def grid(title: str, name: str, wanted: Wanted) -> Grid:
        page = _page_of(content, title)
        filled = _filled_rows(page)
        written = book(saved=False)
        lines = list(_lines(written[title]))
        if any(isinstance(cell, FormulaCell) for line in lines for cell in line.cells):
            lines = _with_saved(lines, _lines(book(saved=True)[title], blank_text=""))
        merged = list(_merged(page))
        return grid_of_rows(
            name,
            lines,
            wanted,
            exact=False,
            counted=_counting(filled, lines) if page else None,
            merged=merged,
            epoch=written.epoch.date(),
        )

    return tuple(book(saved=False).sheetnames), grid


def _lines(page: Any, blank_text: Cell = None) -> Iterator[FileRow]:
    """The rows of a sheet.

    :param blank_text: what text without a character becomes, as some formulas give it.
    """
    page.reset_dimensions()  # a workbook may state them wrongly
    met = 0
    for number, cells in enumerate(page.iter_rows(), start=1):
        met += len(cells)
        if number > _MOST_ROWS or met > _MOST_CELLS:
            raise _TooLargeError
        yield FileRow(number=number, cells=tuple(_cell(cell, blank_text) for cell in cells))


def _cell(cell: Any, blank_text: Cell) -> Cell:
    value = cell.value
    if value is None:
        return blank_text if cell.data_type == "str" else None
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


def _with_saved(written: list[FileRow], saved: Iterator[FileRow]) -> list[FileRow]:
    """Lines whose formulas have the values that were saved for them."""
    values = {line.number: line.cells for line in saved}

    def cell(line: FileRow, n: int, given: Cell) -> Cell:
        if not isinstance(given, FormulaCell):
            return given
        known = values.get(line.number, ())
        value = known[n] if n < len(known) else None
        return None if value == "" else FormulaCell(saved=value)

    return [
        FileRow(number=line.number, cells=tuple(cell(line, n, given) for n, given in enumerate(line.cells)))
        for line in written
    ]


def _counting(filled: set[int], lines: list[FileRow]) -> Callable[[int], int]:
    """Counts the filled rows under the header; one that holds only text without a character is empty."""
    empty = {line.number for line in lines if line.blank}
    return lambda header: sum(number > header for number in filled - empty)


def _page_of(content: bytes, title: str) -> bytes:
    """The XML of a sheet, for what openpyxl does not tell when it reads row by row; empty if it is not found."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = _path_of(archive, title)
        return b"" if path is None else archive.read(path)


def _filled_rows(page: bytes) -> set[int]:
    """The numbers of the rows with something in a cell, counted in the XML of a sheet and not by openpyxl.

    :raises _TooLargeError: if a row lies below the last that a sheet can have.
    """
    rows = page.rpartition(b"sheetData>")[0]
    begins = list(_ROW.finditer(rows))
    ends = [*(row.start() for row in begins[1:]), len(rows)]
    filled: set[int] = set()
    number = 0
    for row, end in zip(begins, ends, strict=False):
        number = int(row[1]) if row[1] else number + 1
        if number > _MOST_ROWS:
            raise _TooLargeError
        if _CONTENT.search(rows, row.end(), end):
            filled.add(number)
    return filled


def _merged(page: bytes) -> Iterator[Merged]:
    """The merged blocks of a sheet."""
    from openpyxl.utils import column_index_from_string

    for found in _MERGED.finditer(page):
        yield Merged(
            first_row=int(found[2]),
            first_column=column_index_from_string(found[1].decode("ascii")),
            last_row=int(found[4]),
            last_column=column_index_from_string(found[3].decode("ascii")),
        )


def _path_of(archive: zipfile.ZipFile, title: str) -> str | None:
    """Where the sheet of a title is in the archive, by the workbook's own list."""
    from defusedxml.ElementTree import fromstring

    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet" and element.get("name") == title:
            link = next((value for name, value in element.items() if name.endswith("}id")), "")
            path = _linked(archive, "xl/_rels/workbook.xml.rels").get(link)
            return path if path in archive.namelist() else None
    return None


def _linked(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Where the sheets of a workbook are in the archive, by the link to each."""
    from defusedxml.ElementTree import fromstring

    targets = {link.get("Id", ""): link.get("Target", "") for link in fromstring(archive.read(part))}
    return {link: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for link, target in targets.items()}


# --- .xls, .xlsb and .ods -----------------------------------------------------------------------------------------


def _by_calamine(content: bytes, ending: str) -> _Opened:
    need("excel", "python_calamine", "defusedxml", *(["xlrd"] if ending == ".xls" else ()), feature="Workbooks")
    from python_calamine import load_workbook

    if ending != ".xls":  # a sheet of which has 65,536 rows of 256 cells at most
        _no_far_cell(content, ending)
    book = load_workbook(io.BytesIO(content))

    def grid(title: str, name: str, wanted: Wanted) -> Grid:
        sheet = book.get_sheet_by_name(title)
        read = sheet.to_python(skip_empty_area=False)
        cells = {(r, c): cell_of(value) for r, row in enumerate(read, 1) for c, value in enumerate(row, 1)}
        if ending == ".ods":
            marks = _ods_marks(content, title, len(read), max(map(len, read), default=0))
        else:
            marks = _xls_marks(content, title) if ending == ".xls" else _xlsb_marks(content, title)
            marks.merged = [
                Merged(first_row=top + 1, first_column=left + 1, last_row=bottom + 1, last_column=right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
        cells |= marks.said
        cells |= {place: FormulaCell(saved=cells.get(place)) for place in marks.formulas}
        lines = [
            FileRow(number=r, cells=tuple(cells.get((r, c)) for c in range(1, len(row) + 1)))
            for r, row in enumerate(read, 1)
        ]
        return grid_of_rows(
            name,
            lines,
            wanted,
            exact=False,
            counted=_counting(marks.filled, lines),
            merged=marks.merged,
            epoch=marks.epoch,
            remarks=("In .xls files a formula cannot be told from a value.",) if ending == ".xls" else (),
        )

    return tuple(book.sheet_names), grid


def _no_far_cell(content: bytes, ending: str) -> None:
    """Refuse a sheet with a cell far from the others: python-calamine makes room for all between them at once."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if ending == ".ods" and part == "content.xml":
                extents = _ods_extents(archive.read(part))
            elif ending == ".xlsb" and part.startswith("xl/worksheets/") and part.endswith(".bin"):
                extents = iter([_xlsb_extent(archive.read(part))])
            else:
                continue
            if any(rows > _MOST_ROWS or rows * columns > _MOST_CELLS for rows, columns in extents):
                raise _TooLargeError


def _ods_extents(content: bytes) -> Iterator[tuple[int, int]]:
    """How many rows and columns each sheet has up to its last filled cell."""
    from defusedxml.ElementTree import fromstring

    for table in (one for one in fromstring(content).iter() if _tag(one) == "table"):
        rows = row = columns = 0
        for line in (one for one in table.iter() if _tag(one) == "table-row"):
            row += int(_says(line, "number-rows-repeated") or 1)
            column = 0
            for cell in line:
                column += int(_says(cell, "number-columns-repeated") or 1)
                if _says(cell, "value-type") or _says(cell, "formula"):
                    rows, columns = row, max(columns, column)
        yield rows, columns


def _xlsb_extent(content: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet of an .xlsb has: its records are a kind, a length and their content."""
    rows = columns = 0
    for row, column, _, _ in _xlsb_cells(content):
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns


_BLANK_CELL, _ERROR, _FORMULAS, _FORMULA_WITH_ERROR, _SHEET_OF_A_BOOK = 1, 3, range(8, 12), 11, 156
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""The errors of .xls and .xlsb files by their number, as spreadsheet programs show them."""


def _xlsb_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an .xlsb: the kind of each and its content."""
    place = 0
    while place < len(content):
        kind, place = _varied(content, place, 2)
        length, place = _varied(content, place, 4)
        yield kind, content[place : place + length]
        place += length


def _xlsb_cells(content: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """The row and the column of every cell of a sheet, both from 1, its kind, and its content."""
    row = 0
    for kind, given in _xlsb_records(content):
        number = int.from_bytes(given[:4], "little")
        if kind == 0:
            row = number + 1
        elif kind < _FORMULAS.stop:
            yield row, number + 1, kind, given[8:]


def _xlsb_marks(content: bytes, title: str) -> _Marks:
    marks = _Marks()
    for row, column, kind, given in _xlsb_cells(_xlsb_page(content, title)):
        if kind in (_ERROR, _FORMULA_WITH_ERROR):
            marks.said[row, column] = ErrorCell(written=_ERRORS.get(given[0], "error"))
        if kind in _FORMULAS:
            marks.formulas.append((row, column))
        if kind != _BLANK_CELL:
            marks.filled.add(row)
    return marks


def _xlsb_page(content: bytes, title: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for kind, given in _xlsb_records(archive.read("xl/workbook.bin")):
            if kind == _SHEET_OF_A_BOOK:
                link, end = _xlsb_text(given, 8)
                if _xlsb_text(given, end)[0] == title:
                    return archive.read(_linked(archive, "xl/_rels/workbook.bin.rels")[link])
    raise KeyError(title)


def _xlsb_text(given: bytes, place: int) -> tuple[str, int]:
    """Text with its length before it, and the place after it."""
    end = place + 4 + 2 * int.from_bytes(given[place : place + 4], "little")
    return given[place + 4 : end].decode("utf-16-le"), end


def _varied(content: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of which each byte gives seven bits, the last without its highest; and the place after it."""
    number = 0
    for n in range(most):
        byte = content[place + n]
        number |= (byte & 0x7F) << (7 * n)
        if byte < 0x80:
            return number, place + n + 1
    return number, place + most


@define
class _Marks:
    """What python-calamine does not tell of a sheet, by row and column.

    ``said`` are percentages and errors; ``filled`` are the rows with something in a cell, also those that
    python-calamine has not; ``epoch`` is the day from which numbers count as dates.
    """

    formulas: list[tuple[int, int]] = field(factory=list)
    said: dict[tuple[int, int], Percent | ErrorCell] = field(factory=dict)
    merged: list[Merged] = field(factory=list)
    filled: set[int] = field(factory=set)
    epoch: date | None = None


def _xls_marks(content: bytes, title: str) -> _Marks:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    marks = _Marks(epoch=xlrd.xldate_as_datetime(100, book.datemode).date() - timedelta(days=100))
    for number, row in enumerate(book.sheet_by_name(title).get_rows(), 1):
        for column, cell in enumerate(row, 1):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                marks.said[number, column] = ErrorCell(written=_ERRORS.get(cell.value, "error"))
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                marks.filled.add(number)
    return marks


def _ods_marks(content: bytes, title: str, rows: int, columns: int) -> _Marks:
    from defusedxml.ElementTree import fromstring

    marks = _Marks()
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
            if _says(cell, "value-type") or _says(cell, "formula"):
                marks.filled.update(range(number, number + times))
            for r in range(number, min(number + times, rows + 1)):
                for c in range(column, min(column + across, columns + 1)):
                    _mark(marks, cell, r, c)
            column += across
        number += times
    return marks


def _mark(marks: _Marks, cell: Any, row: int, column: int) -> None:
    if _says(cell, "formula"):
        marks.formulas.append((row, column))
    if _says(cell, "value-type") == "percentage":
        shown = _SHOWN_PERCENT.fullmatch("".join(cell.itertext()).strip())
        number = Decimal(shown[1]) if shown else Decimal(_says(cell, "value") or "0") * 100
        marks.said[row, column] = Percent(shown=number)
    down, across = (int(_says(cell, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
    if down > 1 or across > 1:
        marks.merged.append(
            Merged(first_row=row, first_column=column, last_row=row + down - 1, last_column=column + across - 1)
        )


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _says(element: Any, name: str) -> str | None:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


# --- writing ------------------------------------------------------------------------------------------------------


FILL_IN = object()
"""A cell of a sheet to be written that a person fills in."""


@frozen(kw_only=True)
class WorkbookSheet:
    """A sheet of a workbook to be written: a header that stays in view, and rows of text under it.

    :param rows: values, and ``FILL_IN`` for single cells that a person fills in.
    :param widths: the width of each column, in characters.
    :param titles: lines of text above the header.
    :param fill_in: whole columns that a person fills in; they are marked, and hold text as it is typed.
    :param dates: those of them that hold days.
    :param choices: what may be chosen in a column.
    :param counts: columns of whole numbers from 0 up.
    :param numbers: columns of other numbers.
    :param locked: whether nothing can be changed but what is filled in. There is no password: it guards against slips.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...] = field(repr=False)
    widths: tuple[int, ...]
    titles: tuple[str, ...] = ()
    fill_in: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(factory=dict)
    counts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    locked: bool = False

    @property
    def header_row(self) -> int:
        """The row of the header."""
        return len(self.titles) + 1


def write_workbook(sheets: Iterable[WorkbookSheet]) -> bytes:
    """The bytes of an ``.xlsx``: wrapped text, a frozen header, a filter, and pages that print across one sheet.

    :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
    """
    need("excel", "openpyxl", feature="Workbooks")
    from openpyxl import Workbook as Book

    book = Book()
    for number, sheet in enumerate(sheets):
        page = book.create_sheet(sheet.title, number)
        _fill(page, sheet)
    del book[book.sheetnames[-1]]  # the empty one that every new book has
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(page: Any, sheet: WorkbookSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    top, thin = Alignment(wrap_text=True, vertical="top"), Side(style="thin", color="BFBFBF")
    grid = Border(left=thin, right=thin, top=thin, bottom=thin)
    heading, to_fill = PatternFill("solid", fgColor="1D3557"), PatternFill("solid", fgColor="FFF8DC")
    for number, title in enumerate(sheet.titles, start=1):
        _write(page.cell(row=number, column=1), title).font = Font(bold=True)
    for number, cells in enumerate((sheet.columns, *sheet.rows), start=sheet.header_row):
        for column, value in enumerate(cells, start=1):
            cell = _write(page.cell(row=number, column=column), None if value is FILL_IN else value)
            cell.alignment, cell.border = top, grid
            name = sheet.columns[column - 1]
            if number == sheet.header_row:
                cell.font, cell.fill = Font(bold=True, color="FFFFFF"), heading
            elif value is FILL_IN or name in sheet.fill_in:
                figures = name in sheet.counts or name in sheet.numbers
                cell.fill, cell.protection = to_fill, Protection(locked=False)
                cell.number_format = "General" if figures else "yyyy-mm-dd" if name in sheet.dates else "@"
    last = sheet.header_row + len(sheet.rows)
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    if sheet.rows:
        _check_what_is_typed(page, sheet, last)
    filled = bool(sheet.fill_in or sheet.locked)
    page.freeze_panes = f"{'B' if filled else 'A'}{sheet.header_row + 1}"
    if filled:
        page.auto_filter.ref = f"A{sheet.header_row}:{get_column_letter(len(sheet.columns))}{last}"
    if sheet.locked:
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.autoFilter = False  # so these stay allowed
    page.print_title_rows = f"{sheet.header_row}:{sheet.header_row}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&A, page &P of &N"


def _write(cell: Any, value: object) -> Any:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # words that begin with = are no formula
    return cell


def _check_what_is_typed(page: Any, sheet: WorkbookSheet, last: int) -> None:
    """What a spreadsheet program refuses when it is typed: another word than those of a list, or no number."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, name in enumerate(sheet.columns, start=1):
        if name in sheet.choices:
            words = ",".join(sheet.choices[name])
            rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            rule.error = f"Write one of: {', '.join(sheet.choices[name])}."
        elif name in sheet.counts or name in sheet.numbers:
            whole = name in sheet.counts
            least = "0" if whole else "-1000000000"
            rule = DataValidation(
                type="whole" if whole else "decimal", operator="greaterThanOrEqual", formula1=least, allow_blank=True
            )
            rule.error = "Write a whole number, 0 or more." if whole else "Write a number."
        else:
            continue
        rule.errorTitle = name[:32]
        page.add_data_validation(rule)
        letter = get_column_letter(column)
        rule.add(f"{letter}{sheet.header_row + 1}:{letter}{last}")
