"""A file that is damaged, hostile or not what it seems is a fault with its place, and is refused in a moment."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner

import victims_code as vc
from shared.made_obligations import table_of, times
from victims_code.adapters.extracts import load_mapping, read_table
from victims_code.cli import main
from victims_code.errors import VictimsCodeError

CASE = "reference: A\nvictims: [{reference: V1}]\nevents: [{event: suspect-arrested, at: 2026-04-02, suspect: S1}]\n"
MAPPING = (
    "name: M\nsource: records\ndates: YYYY-MM-DD\nrows: {case: CASE}\n"
    "events: [{column: ARR, event: suspect-arrested}]\n"
)


@pytest.fixture
def mapping(tmp_path):
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return load_mapping(tmp_path / "mapping.yaml")


def run(*arguments):
    answer = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def refused(*arguments):
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert re.search(r"\[VC-[A-Z]+-\d+\]", answer.stderr)
    return answer.stderr


# --- documents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.yaml", b""),
        ("empty.json", b""),
        ("null.yaml", b"a: \0"),
        ("deep.json", b"[" * 100_000),
        ("deep.yaml", b"[" * 20_000),
        ("digits.json", b'{"reference": 1' + b"0" * 5000 + b"}"),
        ("digits.yaml", b"reference: 1" + b"0" * 5000),
        ("tag.yaml", b"!!python/object/apply:os.system ['echo']"),
        ("anchors.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"),
        ("two.yaml", b"a: 1\n---\nb: 2"),
        ("key.yaml", b"? [a, b]\n: 1"),
        ("half.json", b'{"reference": "\\ud800", "victims": [{"reference": "V1"}]}'),
        ("half-key.json", b'{"\\udfff": 1}'),
        ("utf-16.yaml", "reference: A".encode("utf-16")),
        ("latin.yaml", "reference: é".encode("latin-1")),
        ("empty.xml", b""),
        ("deep.xml", b"<a>" * 5000),
        ("deeper.xml", b"<a>" * 5000 + b"</a>" * 5000),
        ("entity.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    ],
)
def test_a_document_that_cannot_be_read_is_a_fault(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert name in refused("assess", tmp_path / name, "--as-at", "2026-04-20")


def test_a_folder_given_as_a_file_is_a_fault(tmp_path):
    (tmp_path / "case.yaml").mkdir()
    assert "cannot be opened" in refused("assess", tmp_path / "case.yaml", "--as-at", "2026-04-20")


@pytest.mark.parametrize("name", ["a\0b.yaml", "\ud800.yaml"])
def test_a_name_that_no_file_can_have_is_a_fault(name):
    with pytest.raises(VictimsCodeError, match="No file can have this name"):
        vc.Case.from_file(name)


@pytest.mark.parametrize("changes", ["deadlines: [a]", "deadlines: {inform-suspect-arrested: [5]}", "enhanced: [a]"])
def test_a_list_where_a_group_belongs_in_changes_is_a_fault(tmp_path, changes):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "changes.yaml").write_text(f"id: x\ntitle: x\n{changes}\n", encoding="utf-8")
    said = refused("assess", tmp_path / "case.yaml", "--as-at", "2026-04-20", "--what-if", tmp_path / "changes.yaml")
    assert "changes.yaml, line 3" in said
    assert "not a list" in said


@pytest.mark.parametrize(
    "deadlines", [5, {"inform-suspect-arrested": {5: 6}}, {5: [6]}, {"x": {"all": {"within": {}}}}, {5: {}, "x": {}}]
)
def test_changes_from_python_of_another_shape_are_faults(deadlines):
    with pytest.raises(VictimsCodeError):
        vc.VictimsCode.load().with_changes("x", title="x", deadlines=deadlines)


def test_keys_that_are_not_text_are_faults():
    with pytest.raises(VictimsCodeError, match="'5' is not known here"):
        vc.Case.from_dict({"reference": "A", "victims": [{"reference": "V1", 5: 6, "x": 7}]})


@pytest.mark.parametrize("overrides", ["add: {a: b}", "add: [a]", "add: [[a]]", "remove: [5]", "[a]", ""])
def test_overrides_of_another_shape_are_faults(tmp_path, overrides):
    (tmp_path / "overrides.yaml").write_text(overrides, encoding="utf-8")
    with pytest.raises(VictimsCodeError, match=r"overrides\.yaml"):
        vc.england_and_wales(overrides=tmp_path / "overrides.yaml")


# --- the diary written before -------------------------------------------------------------------------------------


def diaries(tmp_path, without):
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    before = run("assess", case, "--as-at", "2026-04-03", "--format", "ics").stdout.replace("\r\n", "\n")
    (tmp_path / "before.ics").write_text(re.sub(rf"(?m)^{without}.*\n( .*\n)*", "", before), encoding="utf-8")
    case.write_text(CASE.replace("suspect-arrested", "crime-reported"), encoding="utf-8")
    return ("assess", case, "--as-at", "2026-04-21", "--format", "ics", "--replaces", tmp_path / "before.ics")


@pytest.mark.parametrize("left_out", ["CATEGORIES", "SUMMARY", "DESCRIPTION", "SEQUENCE", "LAST-MODIFIED", "STATUS"])
def test_a_diary_entry_that_lost_a_property_is_still_cancelled(tmp_path, left_out):
    answer = run(*diaries(tmp_path, left_out))
    assert answer.exit_code == 0
    assert "STATUS:CANCELLED" in answer.stdout


def test_a_diary_entry_without_a_day_is_a_fault(tmp_path):
    assert "has no day" in refused(*diaries(tmp_path, "DTSTART"))


# --- workbooks and databases --------------------------------------------------------------------------------------


def workbook(cells):
    book = openpyxl.Workbook()
    for place, value in {"A1": "CASE", "B1": "ARR", "A2": "C1", "B2": "2026-04-02", **cells}.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def altered(content, name, change):
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part != name:
                new.writestr(part, data)
            elif (changed := change(data)) is not None:
                new.writestr(part, changed)
    return out.getvalue()


def said_to_unpack_to(content, name, size):
    """A workbook whose directory gives a part another size."""
    place = content.index(name.encode(), content.index(b"PK\x01\x02")) - 46
    return content[: place + 24] + size.to_bytes(4, "little") + content[place + 28 :]


SHEET = "xl/worksheets/sheet1.xml"
FAR = b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
BROKEN = {
    "empty": lambda: b"",
    "not a zip": lambda: b"not a workbook",
    "cut off": lambda: workbook({})[:-200],
    "no sheet": lambda: altered(workbook({}), SHEET, lambda _: None),
    "no list of sheets": lambda: altered(workbook({}), "xl/workbook.xml", lambda _: None),
    "not XML": lambda: altered(workbook({}), SHEET, lambda _: b"<<<"),
    "a far row": lambda: altered(workbook({}), SHEET, lambda data: data.replace(b"</sheetData>", FAR)),
    "a bomb": lambda: said_to_unpack_to(workbook({}), SHEET, 2_000_000_000),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_workbook_is_a_fault_at_once(tmp_path, mapping, how):
    (tmp_path / "extract.xlsx").write_bytes(BROKEN[how]())
    start = time.process_time()
    with pytest.raises(VictimsCodeError, match=r"extract\.xlsx"):
        read_table(tmp_path / "extract.xlsx", mapping)
    assert time.process_time() - start < 5


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell'
    ' office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


@pytest.mark.parametrize(("rows", "columns"), [(999_999_999, 1), (1_000_000, 16_000)])
def test_a_repeated_cell_is_not_written_out_a_thousand_million_times(tmp_path, mapping, rows, columns):
    with zipfile.ZipFile(tmp_path / "extract.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows, columns=columns))
    with pytest.raises(VictimsCodeError, match="too large to read"):
        read_table(tmp_path / "extract.ods", mapping)


def database(path, name):
    connection = sqlite3.connect(path)
    quoted = name.replace('"', '""')
    connection.execute(f'CREATE TABLE "{quoted}" (CASE_ TEXT, ARR TEXT)'.replace("CASE_", '"CASE"'))
    connection.executemany(f'INSERT INTO "{quoted}" VALUES (?, ?)', [(f"C{n}", "2026-04-02") for n in range(500)])
    connection.commit()
    connection.close()


@pytest.mark.parametrize("name", ['a"b', "a'b", "a]b", 'x"; DROP TABLE y; --', "select", "ü"])
def test_a_table_may_have_quotation_marks_in_its_name(tmp_path, mapping, name):
    database(tmp_path / "extract.db", name)
    assert len(read_table(tmp_path / "extract.db", mapping, table=name).rows) == 500


@pytest.mark.parametrize("damaged", [slice(4096, None), slice(4053, 4054)], ids=["rows", "name"])
def test_a_damaged_database_is_a_fault(tmp_path, mapping, damaged):
    database(tmp_path / "extract.db", "t")
    content = bytearray((tmp_path / "extract.db").read_bytes())
    assert b"tablett" in content[4048:4055]  # the name of the table is at 4053
    content[damaged] = b"\xff" * len(content[damaged])
    (tmp_path / "extract.db").write_bytes(content)
    with pytest.raises(VictimsCodeError, match="damaged"):
        read_table(tmp_path / "extract.db", mapping, table="t")


# --- output -------------------------------------------------------------------------------------------------------


def obligations(folder):
    path = folder / "obligations.parquet"
    table_of(times(30) + times(20, status="overdue", days_late=9, case_ref="CASE/1")).write_parquet(str(path))
    return path


def test_a_column_never_leads_a_report_out_of_its_folder(tmp_path):
    (tmp_path / "cases.csv").write_text("case_ref,x/../../escaped\nCASE/1,North\n", encoding="utf-8")
    out = tmp_path / "in" / "report"
    by = ("--cases", tmp_path / "cases.csv", "--by", "x/../../escaped")
    answer = run("report", obligations(tmp_path), "--as-at", "2026-04-24", "--output", out, *by)
    assert answer.exit_code == 0
    written = [line for line in answer.stdout.splitlines() if line]
    assert all(os.path.dirname(os.path.realpath(file)) == os.path.realpath(out) for file in written)
    assert {file.name for file in tmp_path.iterdir()} == {"cases.csv", "obligations.parquet", "in"}
    assert any("escaped" in file for file in written)


def test_a_report_is_not_written_over_a_file(tmp_path):
    (tmp_path / "report").write_text("mine", encoding="utf-8")
    given = ("--as-at", "2026-04-24", "--output", tmp_path / "report")
    assert "cannot be written here" in refused("report", obligations(tmp_path), *given)
    assert (tmp_path / "report").read_text(encoding="utf-8") == "mine"


def test_a_reader_that_stops_early_is_no_traceback(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    program = [sys.executable, "-m", "victims_code", "assess", str(tmp_path / "case.yaml"), "--as-at", "2026-04-20"]
    with subprocess.Popen([*program, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait()
    assert "Traceback" not in said
    assert process.returncode in (0, 1)


def test_a_law_folder_without_a_reading_is_a_fault(tmp_path):
    (tmp_path / "readings.yaml").write_text("[]", encoding="utf-8")
    with pytest.raises(VictimsCodeError):
        vc.VictimsCode.load(tmp_path)


def test_json_that_is_written_reads_back(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE.replace("reference: A", 'reference: "A\\u009b\\u202e"'), encoding="utf-8")
    answer = run("assess", tmp_path / "case.yaml", "--as-at", "2026-04-20", "--format", "json")
    assert json.loads(answer.stdout)["reference"] == "A\x9b\u202e"
