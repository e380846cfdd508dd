"""CSV text as spreadsheets and databases write it: every row is read or said to be set aside."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.small_extract import ARREST, GOOD, HEADER, MAPPING, aside, dates
from victims_code.adapters.extracts import check_extract, load_mapping, read_extract
from victims_code.adapters.extracts.mapping import DateForm, ExtractMapping, Identifying
from victims_code.errors import WrongValueError

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
