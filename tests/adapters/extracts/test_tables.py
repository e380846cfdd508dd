"""Every row of a table is read as it is written or set aside by its number, whatever kind of file it is in."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from click.testing import CliRunner

from shared.small_extract import GOOD, HEADER, MAPPING, aside
from victims_code.adapters.extracts import check_extract
from victims_code.cli import main

NAMES = HEADER.split(",")


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
