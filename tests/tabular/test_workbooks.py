"""Workbooks: cells as they are shown, and every row, formula and merged cell accounted for."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
from datetime import date, datetime
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
import python_calamine
from openpyxl import Workbook

from shared.small_extract import ARREST, GOOD, HEADER, aside, dates
from victims_code.adapters.extracts import check_extract
from victims_code.errors import WrongValueError

# --- workbooks ----------------------------------------------------------------------------------------------------


def xlsx(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NAMES = HEADER.split(",")


def test_dates_and_numbers_of_a_workbook_are_dates(checked):
    found = checked(
        xlsx(
            ["OFFICIAL"],
            NAMES,
            [12345678, "A", None, datetime(2026, 4, 13), 46127],  # noqa: DTZ001
            ["C2", "A", None, date(2026, 4, 13), 46127.395833],
            ["C3", "A", None, "13/04/2026", "46127"],
        ),
        "a.xlsx",
    )

    assert [case.reference for case in found.read] == ["12345678", "C2", "C3"]
    assert [dates(case) for case in found.read] == [
        ARREST,
        [ARREST[0], ("victim-informed", "2026-04-15 09:30:00")],
        [ARREST[0]],
    ]
    assert found.first_unread_dates == {"TOLD": "row 5, '46127'"}
    assert found.remarks == ("The names of the columns are in row 2. Rows above it that were passed over: 1.",)


@pytest.mark.parametrize("forgotten", [2, 5, 7])
def test_rows_of_a_workbook_that_nobody_read_are_counted(checked, monkeypatch, forgotten):
    from victims_code.tabular import workbooks

    def change(page):
        page["A3"], page["B4"] = " ", ""
        page["E7"] = "=1+1"

    content = xlsx(NAMES, ["C1", "A"], *[[]] * 2, ["C2", "A"], *[[]] * 3, ["C3", "A"], change=change)
    found = checked(content, "a.xlsx")
    assert (found.totals(), found.set_aside) == ("4 rows: 4 read, 0 set aside", ())

    def forgetful(*given, lines=workbooks._lines, **more):
        return (line for line in lines(*given, **more) if line.number != forgotten)

    monkeypatch.setattr(workbooks, "_lines", forgetful)
    found = checked(content, "a.xlsx")
    assert "There are 4 rows, but 3 were read" in found.set_aside[-1].message
    assert not found.complete


def test_rows_are_counted_where_a_workbook_does_not_number_them(checked):
    def without_numbers(content):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                page = old.read(name)
                sheet = name.startswith("xl/worksheets/")
                new.writestr(name, re.sub(rb' r="[A-Z]*[0-9]+"', b"", page) if sheet else page)
        return out.getvalue()

    found = checked(without_numbers(xlsx(NAMES, ["C1", "A", "x"], ["C2", "A", "x"])), "a.xlsx")
    assert (found.totals(), found.set_aside) == ("2 rows: 2 read, 0 set aside", ())


def test_formulas_without_a_saved_value_and_errors_are_named(checked):
    def change(page):
        page["D2"], page["E2"], page["B3"] = "=DATE(2026,4,13)", "=D2+2", "#REF!"
        page["B3"].data_type = "e"

    found = checked(xlsx(NAMES, ["C1", "A"], ["C2", None, None, date(2026, 4, 13)], change=change), "a.xlsx")

    assert (found.unusable, found.complete) == ({"VICTIM": 1, "ARRESTED": 1, "TOLD": 1}, False)
    assert found.first_unusable["ARRESTED"].startswith("row 2: The cell holds a formula, and its value was not saved.")
    assert found.first_unusable["VICTIM"].startswith("row 3: The cell holds the error #REF!.")
    assert [case.victims[0].reference for case in found.read] == ["A", "victim"]
    assert [(fault.code, fault.location) for fault in found.warnings if fault.code != "VC-READ-102"] == [
        ("VC-READ-101", "a.xlsx, case C1, row 2, ARRESTED"),
        ("VC-READ-101", "a.xlsx, case C1, row 2, TOLD"),
        ("VC-READ-103", "a.xlsx, case C2, row 3, VICTIM"),
    ]


def test_cells_merged_downwards_have_their_value_in_every_row(checked):
    rows = [["C1", v, None, date(2026, 4, 13), None] for v in "ABC"]
    found = checked(xlsx(NAMES, *rows, change=lambda page: page.merge_cells("A2:A4")), "a.xlsx")

    assert [(case.reference, len(case.victims)) for case in found.read] == [("C1", 3)]
    assert found.remarks == ("Merged cells, read as the same value in every row: 2.",)


def test_rows_with_cells_merged_across_are_set_aside(checked):
    rows = [[c, "A", None, date(2026, 4, 13), None] for c in ("C1", "C2")]
    found = checked(xlsx(NAMES, *rows, change=lambda page: page.merge_cells("D2:E2")), "a.xlsx")

    assert [case.reference for case in found.read] == ["C2"]
    assert aside(found)[0][1:] == (
        "a.xlsx, row 2",
        "The cells from 'ARRESTED' on are merged across columns or with the header.",
    )


def test_other_sheets_that_are_not_read_are_named(mine, tmp_path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Read me"])
    data = book.create_sheet("Data")
    data.append(NAMES)
    book.save(tmp_path / "a.xlsx")

    assert "Others that were not: 'Data'." in check_extract(mine, tmp_path / "a.xlsx").faults[0].hint
    remarks = check_extract(mine, tmp_path / "a.xlsx", table="Data").remarks
    assert [remark for remark in remarks if "Notes" in remark] == []


def ods(*rows):
    """A spreadsheet of OpenDocument whose cells are given as XML attributes and text."""
    text = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell {given}><text:p>{shown}</text:p></table:table-cell>" for given, shown in row)
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="return">{text}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return out.getvalue()


def text(words):
    return 'office:value-type="string"', words


def test_an_open_document_spreadsheet_is_read_with_its_dates_formulas_and_merges(checked):
    day = 'office:value-type="date" office:date-value="2026-04-13"'
    found = checked(
        ods(
            [text(name) for name in NAMES],
            [
                ('office:value-type="string" table:number-rows-spanned="2"', "C1"),
                text("A"),
                text("x"),
                (day, "13 April"),
                ("", ""),
            ],
            [("", ""), text("B"), text("x"), (day, "13 April"), ('table:formula="of:=D2+2"', "")],
        ),
        "a.ods",
    )

    assert [(case.reference, len(case.victims), dates(case)) for case in found.read] == [("C1", 2, ARREST[:1])]
    assert found.unusable == {"TOLD": 1}
    assert found.first_unusable["TOLD"].startswith("row 3: The cell holds a formula")


def xlsb(*rows):
    """An .xlsb with one sheet: each part is records of a kind, a length and their content."""

    def record(kind, content=b""):
        return varied(kind) + varied(len(content)) + content

    def varied(number):
        return bytes([number & 0x7F | 0x80]) + varied(number >> 7) if number >> 7 else bytes([number])

    def words(value):
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    sheet = record(156, struct.pack("<II", 0, 1) + words("rId1") + words("Sheet1"))
    page = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(145)
    for n, row in enumerate(rows):
        page += record(0, struct.pack("<I", n) + bytes(13))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            text = record(6, place + words(cell)) if cell else record(1, place)
            page += record(3, place + b"\x17") if cell == "#REF!" else text
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = '<Relationship Id="rId1" Type="sheet" Target="worksheets/sheet1.bin"/>'
    return zipped(
        {
            "xl/workbook.bin": record(131) + record(143) + sheet + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{namespace}">{link}</Relationships>',
            "xl/worksheets/sheet1.bin": page + record(146) + record(130),
        }
    )


def xls(*rows):
    """An .xls with one sheet: records of a kind, a length and their content, in a compound file of small sectors."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE

    def record(kind, form="", *content):
        return struct.pack("<HH", kind, struct.calcsize(f"<{form}")) + struct.pack(f"<{form}", *content)

    def cell(row, column, value):
        if value == "#REF!":
            return record(0x205, "HHHBB", row, column, 0, 0x17, 1)
        return record(0x204, f"HHHHB{2 * len(value)}s", row, column, 0, len(value), 1, value.encode("utf-16-le"))

    def entry(name, kind, child, first, size):
        written = name.encode("utf-16-le").ljust(64, b"\0")
        where = (child, bytes(36), first, size, 0)
        return struct.pack("<64sHBBIII36sIII", written, 2 * len(name) + 2, kind, 1, none, none, *where)

    def sheet(place):
        return record(0x85, "IHBB6s", place, 0, 6, 0, b"Sheet1")

    first, last = record(0x809, "HHHHII", 0x600, 5, 0, 0, 0, 0), record(0x0A)
    page = record(0x809, "HHHHII", 0x600, 16, 0, 0, 0, 0)
    page += b"".join(cell(n, c, value) for n, row in enumerate(rows) for c, value in enumerate(row) if value)
    book = (first + sheet(len(first + sheet(0) + last)) + last + page + last).ljust(4096, b"\0")
    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, none, 2, len(book))
    chain = struct.pack("<128I", 0xFFFFFFFD, end, *range(3, 10), end, *[none] * 118)
    head = struct.pack("<8s16sHHHHH6s", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"")
    head += struct.pack("<118I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[none] * 108)
    return head + chain + folder.ljust(512, b"\0") + book


def zipped(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


SECOND = "C2,B,x,14/04/2026,"
ROWS = [NAMES, GOOD.split(","), [""] * 5, SECOND.split(",")]
AS_ODS = [[text(cell) if cell else ("", "") for cell in row] for row in ROWS]


needs_xlrd = pytest.mark.skipif(find_spec("xlrd") is None, reason="xlrd, which counts the rows of .xls, is missing")


@pytest.mark.parametrize(
    ("content", "name"),
    [(ods(*AS_ODS), "a.ods"), (xlsb(*ROWS), "a.xlsb"), pytest.param(xls(*ROWS), "a.xls", marks=needs_xlrd)],
    ids=["ods", "xlsb", "xls"],
)
def test_a_row_that_the_library_loses_is_missed(checked, monkeypatch, content, name):
    assert checked(content, name).totals() == "2 rows: 2 read, 0 set aside"

    class Forgetful:
        """A library that reads a workbook without its last row."""

        def __init__(self, book):
            self.book, self.sheet_names = book, book.sheet_names

        def get_sheet_by_name(self, title):
            sheet = self.book.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False)[:-1]
            return SimpleNamespace(to_python=lambda **_: rows, merged_cell_ranges=())

    read = python_calamine.load_workbook
    monkeypatch.setattr(python_calamine, "load_workbook", lambda content: Forgetful(read(content)))
    found = checked(content, name)

    assert found.rows == 2
    assert not found.complete
    assert "There are 2 rows, but 1 were read" in str(found.set_aside)


WITH_ERRORS = [NAMES, GOOD.split(","), ["C2", "#REF!", "x", "14/04/2026", "#REF!"]]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ods(*([text(cell) for cell in row] for row in WITH_ERRORS)), "a.ods"),
        (xlsb(*WITH_ERRORS), "a.xlsb"),
        pytest.param(xls(*WITH_ERRORS), "a.xls", marks=needs_xlrd),
    ],
    ids=["ods", "xlsb", "xls"],
)
def test_an_error_in_a_workbook_is_named_and_never_an_empty_cell(checked, content, name):
    found = checked(content, name)

    assert (found.unusable, found.complete) == ({"VICTIM": 1, "TOLD": 1}, False)
    assert found.first_unusable["TOLD"] == "row 3: The cell holds the error #REF!. Mend it in the workbook."


@needs_xlrd
def test_a_workbook_on_which_the_library_panics_is_refused_as_damaged(checked):
    with pytest.raises(WrongValueError, match="cannot be read as an XLS workbook"):
        checked(xls(*ROWS)[:1048], "a.xls")


def test_a_formula_whose_value_is_text_without_a_character_is_an_empty_cell(checked):
    content = xlsx(NAMES, ["C1", "A", "x", "13/04/2026", "filled below"])
    page = '<c r="E2" t="str"><f>IF(A1="","x","")</f><v></v></c>'
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb'<c r="E2".*?</c>', page.encode(), parts[name])
    found = checked(zipped(parts), "a.xlsx")

    assert (dates(found.read[0]), found.complete) == (ARREST[:1], True)


def test_a_file_of_another_kind_is_named_as_such(checked):
    for content in (xlsx(NAMES), xls(NAMES), gzip.compress(HEADER.encode())):
        with pytest.raises(WrongValueError, match="It looks like a workbook or a packed file"):
            checked(content, "a.csv")
