"""`victims-code map check` on a table with each fault a table can have: it ends with 1, and names row and column."""

from __future__ import annotations

import io
import json
import re

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from victims_code.cli import main

MAPPING = """name: mine
source: RMS
dates: DD/MM/YYYY
rows: {case: CASE, victim: VICTIM, suspect: SUSPECT, born: BORN, committed_on: COMMITTED}
events:
  - {column: ARRESTED, event: suspect-arrested}
codes:
  - {column: OUTCOME, date: CLOSED, list: home-office-outcomes}
facts:
  - {column: TARGETED, fact: persistently-targeted, 'yes': [Y], 'no': [N]}
ignored: [NOTE]
"""
COLUMNS = ["CASE", "VICTIM", "SUSPECT", "BORN", "COMMITTED", "ARRESTED", "OUTCOME", "CLOSED", "TARGETED", "NOTE"]
SOUND = ["C1", "V1", "S1", "05/05/1990", "01/04/2026", "13/04/2026", "16", "20/04/2026", "N", "rang"]


def row(case, **cells):
    return [cells.get(column, cell) for column, cell in zip(COLUMNS, [case, *SOUND[1:]], strict=True)]


def csv(*rows):
    return "\n".join(",".join(cells) for cells in [COLUMNS, *rows]).encode()


def xlsx(*rows, merged=None):
    book = Workbook()
    for cells in [COLUMNS, *rows]:
        book.active.append(cells)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")

    def check(content, form="json", name="a.csv"):
        (tmp_path / name).write_bytes(content)
        done = CliRunner().invoke(main, ["map", "check", "mine.yaml", name, "--format", form])
        return done.exit_code, (json.loads(done.stdout) if form == "json" else " ".join(done.output.split()))

    return check


CELLS = {
    "two figures of a year": ("ARRESTED", "13/04/26", "Give the year four figures"),
    "month before the day": ("ARRESTED", "04/13/2026", "Write it as in 13/04/2026"),
    "another form of date": ("ARRESTED", "2026-04-13 00:00:00.000", "write `dates: YYYY-MM-DD`"),
    "a database with a zone": ("ARRESTED", "2026-04-13 00:00:00+01", "write `dates: YYYY-MM-DD`"),
    "the usual text of SQL Server": ("ARRESTED", "Apr 13 2026 12:00AM", "write `dates: MON DD YYYY`"),
    "a count of days": ("ARRESTED", "46125", "as Excel counts days"),
    "no such day": ("ARRESTED", "31/04/2026", "cannot be the date of this"),
    "words for a date": ("ARRESTED", "last Monday", "Text in words"),
    "an offence of long ago": ("COMMITTED", "01/06/1879", "cannot be the date of this"),
    "a placeholder of a system": ("COMMITTED", "01/01/1900", "is what systems fill in"),
    "a placeholder of a birth": ("BORN", "01/01/1900", "what systems fill in where it is not known"),
    "a birth after the offence": ("BORN", "05/05/2026", "This cannot be a date of birth"),
    "an arrest after the outcome": ("CLOSED", "31/03/2026", "before the offence"),
    "an outcome that is none": ("OUTCOME", "16Z", "'16Z' is not a Home Office outcome type"),
    "an outcome before it was one": ("CLOSED", "", "The code '16' has no date"),
    "a fact in other words": ("TARGETED", "maybe", "'maybe' is neither a yes nor a no"),
    "an error of a spreadsheet": ("ARRESTED", "#REF!", "The cell holds the error #REF!"),
    "an error for a reference": ("VICTIM", "#VALUE!", "The cell holds the error #VALUE!"),
    "no case reference": ("CASE", "NULL", "The row has no case reference"),
    "a birth of no victim": ("VICTIM", "n/a", "no victim is named"),
}


@pytest.mark.parametrize(("column", "cell", "words"), CELLS.values(), ids=CELLS)
def test_a_cell_at_fault_ends_with_1_and_its_row_and_column_are_named(check, column, cell, words):
    exit_code, found = check(csv(SOUND, row("C2", **{column: cell}), row("C3")))

    assert exit_code == 1
    (said,) = [one for one in found["warnings"] if words in one]
    named = {"CLOSED": ("CLOSED", "COMMITTED", ""), "VICTIM": ("VICTIM", "BORN")}.get(column, (column,))
    assert re.match(rf"a\.csv, (case C2, )?row 3(, ({'|'.join(named)}))?:", said), said
    assert (found["rows"], found["rows_read"], found["set_aside"]) == (3, 3, [])


ROWS = {
    "one cell too many": (row("C2", NOTE="rang, no answer"), "The row has 11 cells and the header 10"),
    "one cell too few": (row("C2")[:-1], "The row has 9 cells and the header 10"),
    "a quotation mark that does not close": (row("C2", NOTE='"rang'), "A quotation mark in this row does not close"),
    "a quotation mark inside a cell": (row("C2", NOTE='"6" nails'), "A quotation mark in this row does not close"),
    "bytes of another encoding": (row("C2", NOTE="caf\udce9"), "The row has bytes that are not utf-8 text"),
}


@pytest.mark.parametrize(("bad", "words"), ROWS.values(), ids=ROWS)
def test_a_row_that_does_not_fit_ends_with_1_and_is_never_read_shifted(check, bad, words):
    text = "\n".join(",".join(cells) for cells in [COLUMNS, SOUND, bad, row("C3")])
    exit_code, found = check(text.encode("utf-8", errors="surrogateescape"))

    assert exit_code == 1
    (said,) = found["set_aside"]
    assert said.startswith(f"a.csv, row 3: {words}")
    assert (found["rows"], found["rows_read"], found["cases"]) == (3, 2, 2)


BOOKS = {
    "formula": (xlsx(SOUND, row("C2", ARRESTED="=F2+1")), "row 3, ARRESTED: The cell holds a formula"),
    "error": (xlsx(SOUND, row("C2", VICTIM="#REF!")), "row 3, VICTIM: The cell holds the error #REF!"),
    "merged across": (xlsx(SOUND, row("C2"), merged="F3:G3"), "row 3: The cells from 'ARRESTED' on are merged across"),
}


@pytest.mark.parametrize(("content", "words"), BOOKS.values(), ids=BOOKS)
def test_a_cell_of_a_workbook_at_fault_ends_with_1_and_is_named(check, content, words):
    exit_code, found = check(content, name="a.xlsx")

    assert exit_code == 1
    assert any(words in one for one in (*found["warnings"], *found["set_aside"]))
    assert found["rows"] == found["rows_read"] + len(found["set_aside"]) == 2


def test_columns_that_are_missing_or_unknown_end_with_1_and_are_named(check):
    renamed = csv(SOUND).replace(b"ARRESTED", b"ARREST")
    exit_code, found = check(renamed)

    assert exit_code == 1
    assert (found["unmapped"], found["missing"]) == (["ARREST"], ["ARRESTED"])
    assert found["faults"] == ["a.csv: The table has no column 'ARRESTED'. Did you mean 'ARREST'? [VC-FILE-004]"]


def test_rows_that_repeat_end_with_1_and_are_numbered(check):
    exit_code, found = check(csv(SOUND, row("C2"), SOUND))

    assert exit_code == 1
    assert (found["rows"], found["rows_read"], found["first_repeated"]) == (3, 3, [4])


FOOTERS = [
    "Total: 3",
    "TOTAL,,,,,,,,3,",
    "Grand total,3,,,,,,,,",
    "(3 rows affected)",
    "*** End of report ***",
    "----,------,---,---,---,---,---,---,---,---",
    ",".join(COLUMNS),
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_row_that_is_no_record_is_passed_over_and_counted(check, footer):
    exit_code, found = check(csv(SOUND, row("C2")) + f"\n{footer}\n".encode())

    assert exit_code == 0
    assert (found["rows"], found["rows_read"], found["cases"], found["footers"]) == (3, 2, 2, [4])
    assert "Rows that hold no record, such as a total or the header once more: 1 (row 4)." in found["remarks"][0]


@pytest.mark.parametrize("kept", ["Total,V1,,,,13/04/2026,,,,", "12,Total,,,,,,,,", ",5,,,,,,,,official"])
def test_a_row_that_may_be_a_record_is_no_footer(check, kept):
    _, found = check(csv(SOUND, kept.split(",")))

    assert (found["rows_read"], found["footers"]) == (2, [])


def test_a_table_with_every_fault_names_each_and_its_totals_reconcile(check):
    cells = [row(f"C{n}", **{column: cell}) for n, (column, cell, _) in enumerate(CELLS.values(), start=10)]
    rows = [SOUND, *cells, *(bad for bad, _ in ROWS.values()), SOUND, ["Total: 27"]]
    text = "\n".join(",".join(one) for one in [COLUMNS, *rows])
    exit_code, found = check(text.encode("utf-8", errors="surrogateescape"), form="text")
    _, plain = check(text.encode("utf-8", errors="surrogateescape"))

    assert exit_code == 1
    assert "28 rows: 22 read, 5 set aside, 1 passed over as no record" in found
    assert plain["rows"] == plain["rows_read"] + len(plain["set_aside"]) + len(plain["footers"])
    assert all(any(words in one for one in plain["warnings"]) for _, _, words in CELLS.values())
    assert all(any(words in one for one in plain["set_aside"]) for _, words in ROWS.values())
