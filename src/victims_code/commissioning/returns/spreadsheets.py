"""Returns from XLSX workbooks, read row by row without loading the whole; the only module that imports openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from victims_code.commissioning.returns.findings import Finding
from victims_code.commissioning.returns.sheets import Cell, OddCell, Percent, Sheet, sheet_of
from victims_code.errors import ReturnError
from victims_code.extras import need

__all__ = ["read_xlsx"]

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+\d+"')
_PERCENT_FORMAT = re.compile(r"0(?:\.(0+))?%")
_DATE = (date, time)


def read_xlsx(content: bytes, source: str, *, sheet: str | None = None) -> Sheet:
    """A return from the bytes of a workbook.

    Formulas, errors and merged cells are findings: a value that a program worked out when somebody last opened the
    file is not what the provider reports.

    :param sheet: the name of the sheet; by default the one called ``return``, or the only one.
    :raises MissingExtraError: if openpyxl is not installed.
    :raises ReturnError: if the file is not a workbook, or the sheet is not in it.
    """
    # openpyxl reads by defusedxml where it is installed
    need("excel", "openpyxl", "defusedxml", what_for="Workbooks")
    from openpyxl import load_workbook
    from openpyxl.utils import column_index_from_string

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of things in a workbook that do not bear on its cells
        try:
            book = load_workbook(io.BytesIO(content), read_only=True)
            title = _title(book.sheetnames, source, sheet)
            page: Any = book[title]
            page.reset_dimensions()  # a workbook may state them wrongly
            rows = [(number, [_cell(cell) for cell in cells]) for number, cells in enumerate(page.iter_rows(), 1)]
            book.close()
            merged = list(_merged(content, title))
        except ReturnError:
            raise
        except Exception as problem:
            raise _not_a_workbook(source, problem) from None
    found = sheet_of(source, rows)
    merges = []
    for letters, row in merged:
        number = column_index_from_string(letters)
        if row < found.header_row or number > len(found.header):
            continue  # beside or above the table
        merges.append(
            Finding(
                code="VC-RET-017",
                source=source,
                row=row,
                column=found.header[number - 1] or letters,
                what="Cells are merged here, so those behind the first are empty.",
                way_out="Unmerge them and write the value in each row.",
            )
        )
    return Sheet(
        source=source,
        header=found.header,
        header_row=found.header_row,
        rows=found.rows,
        findings=(*merges, *found.findings),
    )


def _title(titles: list[str], source: str, wanted: str | None) -> str:
    name = "return" if wanted is None else wanted
    found = [title for title in titles if title.strip().casefold() == name.casefold()]
    if found:
        return found[0]
    if wanted is None and len(titles) == 1:
        return titles[0]
    raise ReturnError(
        Finding(
            code="VC-RET-018",
            source=source,
            what=f"There is no sheet called {name!r}; the workbook has {', '.join(map(repr, titles))}.",
            way_out="Call the sheet with the figures 'return', or name it.",
        ).fault
    )


def _not_a_workbook(source: str, problem: Exception) -> ReturnError:
    return ReturnError(
        Finding(
            code="VC-FILE-001",
            source=source,
            what=f"This cannot be read as an XLSX workbook ({type(problem).__name__}).",
            way_out="Open it in a spreadsheet program and save it as .xlsx without a password.",
        ).fault
    )


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    kind = cell.data_type
    if kind == "f":
        return OddCell(
            code="VC-RET-016",
            what="The cell holds a formula.",
            way_out="Copy it and paste its value, so that the figure is what you report.",
        )
    if kind == "e":
        return OddCell(
            code="VC-RET-003", what=f"The cell holds the error {value}.", way_out="Mend it and write the figure."
        )
    if isinstance(value, bool | int):
        return _percent(Decimal(value), cell) if type(value) is int and "%" in cell.number_format else value
    if isinstance(value, float):
        number = Decimal(repr(value))
        return _percent(number, cell) if "%" in cell.number_format else _whole_if_whole(number)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, _DATE):
        return value
    return str(value).strip() or None


def _whole_if_whole(number: Decimal) -> Cell:
    return int(number) if number.is_finite() and number == number.to_integral_value() else number


def _percent(number: Decimal, cell: Any) -> Percent:
    found = _PERCENT_FORMAT.search(cell.number_format)
    places = len(found[1]) if found and found[1] else 0
    return Percent(shown=(number * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _merged(content: bytes, title: str) -> Iterator[tuple[str, int]]:
    """Column and row of the first cell of each merged block; openpyxl does not tell them when it reads row by row."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = _path_of(archive, title)
        if path is not None:
            for found in _MERGED.finditer(archive.read(path)):
                yield found[1].decode("ascii"), int(found[2])


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
