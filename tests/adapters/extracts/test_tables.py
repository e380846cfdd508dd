"""Every row of a table is read as it is written or set aside by its number, whatever kind of file it is in."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import struct
import zipfile
from contextlib import closing, suppress
from datetime import date, datetime
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
import python_calamine
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from victims_code.adapters.extracts import check_extract, load_mapping, read_extract
from victims_code.adapters.extracts.mapping import DateForm, ExtractMapping, Identifying
from victims_code.cli import main
from victims_code.errors import WrongValueError

MAPPING = """name: mine
source: RMS
dates: DD/MM/YYYY
rows: {case: CASE, victim: VICTIM}
events:
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
ignored: [NOTE]
"""
HEADER = "CASE,VICTIM,NOTE,ARRESTED,TOLD"
GOOD = "C1,A,rang,13/04/2026,15/04/2026"


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    return load_mapping(tmp_path / "mine.yaml")


@pytest.fixture
def checked(mine, tmp_path):
    def check(content, name="a.csv", **more):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return check_extract(evolve(mine, **more), path)

    return check


def dates(case):
    return [(event.event, str(event.at)) for event in case.events]


def aside(found):
    return [(fault.code, fault.location, fault.message) for fault in found.set_aside]


ARREST = [("suspect-arrested", "2026-04-13"), ("victim-informed", "2026-04-15")]


# --- rows that do not fit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ("C2,A,left message, no reply,13/04/2026,15/04/2026", "The row has 6 cells and the header 5"),
        ("C2,A,left message, no reply,13/04/2026,", "The row has 6 cells and the header 5"),
        ("C2,A,13/04/2026,15/04/2026", "The row has 4 cells and the header 5"),
        ("C2", "The row has 1 cell and the header 5"),
        ('C2,A,"left message,13/04/2026,15/04/2026', "A quotation mark in this row does not close"),
        ('C2,A,"left" message,13/04/2026,15/04/2026', "A quotation mark in this row does not close"),
    ],
)
def test_a_row_that_does_not_fit_is_set_aside_and_the_others_are_read(checked, bad, what):
    found = checked("\n".join([HEADER, GOOD, bad, GOOD.replace("C1", "C3"), ""]))

    ((code, where, said),) = aside(found)
    assert (code, where) == ("VC-FILE-007", "a.csv, row 3")
    assert said.startswith(what)
    assert [case.reference for case in found.read] == ["C1", "C3"]
    assert [dates(case) for case in found.read] == [ARREST, ARREST]
    assert (found.totals(), found.complete) == ("3 rows: 2 read, 1 set aside", False)


def test_a_quotation_mark_that_swallows_rows_loses_none_of_them(checked):
    lines = [HEADER, 'C1,A,"rang,13/04/2026,15/04/2026', GOOD.replace("C1", "C2"), 'C3,A,",13/04/2026,15/04/2026', GOOD]
    found = checked("\n".join(lines))

    assert [where for _, where, _ in aside(found)] == ["a.csv, row 2", "a.csv, row 4"]
    assert [case.reference for case in found.read] == ["C2", "C1"]
    assert found.totals() == "4 rows: 2 read, 2 set aside"


def test_a_cell_of_several_lines_is_one_cell(checked):
    found = checked(
        f'{HEADER}\nC1,A,"rang,\nand called; 2 words",13/04/2026,15/04/2026\n\n{GOOD.replace("C1", "C2")}\n'
    )

    assert [dates(case) for case in found.read] == [ARREST, ARREST]
    assert found.totals() == "2 rows: 2 read, 0 set aside"


def test_bytes_of_another_encoding_set_their_row_aside_and_are_not_shown(checked):
    content = f"{HEADER}\n{GOOD}\nC2,Zo\N{LATIN SMALL LETTER E WITH DIAERESIS},x,13/04/2026,\n".encode("cp1252")
    found = checked(content)

    assert aside(found) == [("VC-FILE-007", "a.csv, row 3", "The row has bytes that are not utf-8 text.")]
    assert "`encoding`, such as cp1252" in found.set_aside[0].hint
    assert "Zo" not in json.dumps(found.to_dict())
    assert len(checked(content, encoding="cp1252").read) == 2


def test_rows_that_nobody_read_are_counted(checked, monkeypatch):
    from victims_code.tabular import texts

    def forgetful(self, one=texts.CsvLines.__next__):
        line = one(self)
        return one(self) if line.number == 3 else line

    monkeypatch.setattr(texts.CsvLines, "__next__", forgetful)
    found = checked("\n".join([HEADER, GOOD, GOOD.replace("C1", "C2"), GOOD.replace("C1", "C3")]))

    assert "There are 3 rows, but 2 were read" in found.set_aside[0].message
    assert not found.complete


PIECES = [
    "C1",
    '"',
    ",",
    "\n",
    "\r\n",
    "NULL",
    "13/04/2026",
    '""',
    "\0",
    "sep=;\n",
    f"{HEADER}\n",
    f"{GOOD}\n",
    "\ufeff",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_whatever_is_in_a_file_every_row_is_accounted_for(tmp_path_factory, text, written, said):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(f"{HEADER}\n{text}".encode(written, errors="replace"))
    mine = ExtractMapping(name="", source="", dates=DateForm.EXCEL, rows=Identifying(case="CASE"), encoding=said)
    with suppress(WrongValueError):
        found = check_extract(mine, path)
        assert found.faults or found.rows == found.rows_read + len(found.set_aside) + len(found.footers)


def test_reading_without_a_listener_refuses_rows_that_do_not_fit(mine, tmp_path):
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{GOOD}\nC1,A,1,2,3,4\nC2\n", encoding="utf-8")
    with pytest.raises(WrongValueError) as refused:
        read_extract(mine, tmp_path / "a.csv")
    told = []
    (case,) = read_extract(mine, tmp_path / "a.csv", warn=told.append)

    assert [fault.location for fault in refused.value.faults] == ["a.csv, row 3", "a.csv, row 4"]
    assert tuple(told) == refused.value.faults
    assert [note.location for note in case.faults] == ["a.csv, case C1, row 3"]


def test_rows_of_a_dict_reader_with_cells_over_are_set_aside(mine):
    rows = [dict(zip(HEADER.split(","), GOOD.split(","), strict=True)), {None: ["x"], "CASE": "C2"}]
    found = check_extract(mine, rows)

    assert found.totals() == "2 rows: 1 read, 1 set aside"


# --- headers and encodings ----------------------------------------------------------------------------------------


def test_titles_above_the_header_are_passed_over_and_said(checked):
    found = checked(f"OFFICIAL-SENSITIVE,,,,\n\n{HEADER}\n{GOOD}\nC2,A,1,2\n")

    assert dates(found.read[0]) == ARREST
    assert found.header_row == 3
    assert found.remarks == ("The names of the columns are in row 3. Rows above it that were passed over: 1.",)
    assert [where for _, where, _ in aside(found)] == ["a.csv, row 5"]


def test_a_mapping_names_the_row_of_the_header(checked):
    assert checked(f"CASE,VICTIM,NOTE,ARRESTED,TOLD\n{HEADER}\n{GOOD}\n", header_row=2).rows == 1


def test_a_header_that_is_data_is_not_shown(checked):
    found = checked("C1,Jones,x,13/04/2026,07/07/1977\nC2,Jones,x,13/04/2026,15/04/2026\n")

    assert found.missing == ("CASE", "VICTIM", "ARRESTED", "TOLD")
    assert not [secret for secret in ("Jones", "1977") if secret in json.dumps(found.to_dict())]
    assert found.faults[0].location == "a.csv, row 1"


def test_a_column_without_a_name_is_named_by_its_place(checked):
    found = checked(f"{HEADER},\n{GOOD},secret\n")

    assert (found.unmapped, found.complete) == (("column 6",), False)
    assert checked(f"{HEADER},\n{GOOD},secret\n", ignored=("NOTE", "column 6")).complete
    assert checked(f"{HEADER},\n{GOOD},\n").complete


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("said", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_by_its_byte_order_mark_or_refused_with_its_encoding(checked, encoding, said):
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    content = (mark + f"{HEADER}\n{GOOD}\n").encode(encoding)
    if said == "utf-16" and encoding in ("utf-8", "cp1252"):
        with pytest.raises(WrongValueError, match="It looks like UTF-8"):
            checked(content, encoding=said)
    else:
        assert dates(checked(content, encoding=said).read[0]) == ARREST


def test_utf_16_without_a_mark_is_named(checked):
    content = f"{HEADER}\n{GOOD}\n".encode("utf-16-le")

    with pytest.raises(WrongValueError, match="It looks like UTF-16"):
        checked(content)
    assert dates(checked(content, encoding="utf-16-le").read[0]) == ARREST


def test_a_first_line_of_excel_says_the_delimiter(checked):
    found = checked(f"sep=;\r\n{HEADER};\r\n{GOOD};\r\n".replace(",", ";"))

    assert dates(found.read[0]) == ARREST
    assert found.remarks[0] == "The file says in its first line that ';' separates its cells."
    assert found.header_row == 2


@pytest.mark.parametrize("encoding", ["utf-17", "rot13", "base64"])
def test_a_mapping_with_no_encoding_of_text_is_refused(tmp_path, encoding):
    (tmp_path / "m.yaml").write_text(f"{MAPPING}encoding: {encoding}\n", encoding="utf-8")
    with pytest.raises(WrongValueError, match="There is no encoding of text called"):
        load_mapping(tmp_path / "m.yaml")


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


# --- databases ----------------------------------------------------------------------------------------------------


def test_text_of_a_database_that_is_not_utf_8_sets_its_row_aside(mine, tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute(f"CREATE TABLE crimes ({', '.join(map(json.dumps, NAMES))})")
        connection.execute(f"INSERT INTO crimes VALUES ({','.join('?' * 5)})", GOOD.split(","))
        connection.execute("INSERT INTO crimes VALUES ('C2', CAST(X'5A6FEB' AS TEXT), NULL, '13/04/2026', NULL)")
    found = check_extract(mine, tmp_path / "a.db", table="crimes")

    assert found.totals() == "2 rows: 1 read, 1 set aside"
    assert aside(found) == [("VC-FILE-007", "a.db, crimes, row 2", "The row has text that is not UTF-8.")]


# --- the command line ---------------------------------------------------------------------------------------------


def test_a_check_prints_totals_and_faults_and_ends_with_1(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    lines = [HEADER, GOOD, GOOD, "C2,A,left, no,13/04/2026,15/04/2026", "C3,NULL,x,13/04/26,N/A", "C4,A,x,01/01/1900,"]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    found = CliRunner().invoke(main, ["map", "check", "mine.yaml", "a.csv"])
    words = " ".join(found.output.split())

    assert found.exit_code == 1
    assert "5 rows: 4 read, 1 set aside; 3 cases" in words
    assert "Rows that were set aside: 1 - a.csv, row 4: The row has 6 cells and the header 5" in words
    assert "Rows that are the same in every cell as an earlier one: 1 (row 3)." in words
    assert "VICTIM │ 'NULL' │ 1" in words
    assert "a.csv, case C3, row 5, ARRESTED: '13/04/26' cannot be the date of this." in words
    assert "a.csv, case C4, row 6, ARRESTED: Monday 1 January 1900 is what systems fill in" in words


def test_an_assessment_of_an_extract_tells_of_rows_set_aside_and_ends_with_1(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{GOOD}\nC1,B,x,y,13/04/2026,\n", encoding="utf-8")
    found = CliRunner().invoke(
        main, ["assess", "a.csv", "--mapping", "mine.yaml", "--as-at", "2026-05-01", "--format", "json"]
    )

    assert found.exit_code == 1
    assert "invalid: a.csv, row 3: The row has 6 cells and the header 5" in found.stderr
    assert "a.csv, case C1, row 3: A row that may be of this case was set aside." in found.stderr
    assert json.loads(found.stdout)["reference"] == "C1"
