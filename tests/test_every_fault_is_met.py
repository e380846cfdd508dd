"""Every code of the catalogue is named in a test, and faults that no test of their room meets are met here."""

from __future__ import annotations

import gzip
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from string import Formatter

import duckdb
import pytest
from attrs import evolve
from openpyxl import Workbook

import victims_code as vc
from victims_code import faults
from victims_code.adapters import combined
from victims_code.adapters.extracts import check_extract, load_mapping, read_table
from victims_code.adapters.extracts.cells import plain_cell
from victims_code.adapters.extracts.mapping import DateForm, ExtractMapping, Identifying
from victims_code.bulk.csv_files import read_csv_files
from victims_code.bulk.database import in_our_words
from victims_code.drafting.checking import _worked
from victims_code.figures import SmallNumbers, Total, suppress
from victims_code.identifiers import check_letter
from victims_code.law.victims import definition_answers
from victims_code.reading.documents import read_yaml

CODE = vc.VictimsCode.load()
MAPPING = ExtractMapping(
    name="mine", source="RMS", dates=DateForm.YEAR_FIRST, rows=Identifying(case="CRIME", victim="VICTIM")
)
VICTIM, EARLY = vc.Victim(reference="V1"), vc.Victim(reference="V1", born=date(1980, 1, 1))
SEVERAL = [vc.Offence(reference="O1", cjs_code="OF61016"), vc.Offence(reference="O2", cjs_code="CJ88116")]
CASE_OF_SEVERAL = vc.Case(reference="A1", victims=[VICTIM], offences=SEVERAL)
OLDER = vc.Case(reference="A1", victims=[EARLY], offence=vc.Offence(committed_on=date(2026, 4, 1)))
OF_OTHER_ROOMS = ("VC-COM", "VC-MON", "VC-MEAS", "VC-RET")
"""The codes of commissioning and compliance are met in their rooms."""
FEW = SmallNumbers(below=5)
ROWS = b"case_ref,event\n" + b"A1,suspect-arrested\n" * 9
PLAIN = {"reference": "A1", "victims": [{"reference": "V1"}]}


def mapping_with(folder, line):
    """Read a mapping that holds a line more."""
    path = folder / "mapping.yaml"
    path.write_text(f"name: mine\nsource: RMS\ndates: YYYY-MM-DD\nrows: {{case: CRIME}}\n{line}\n", encoding="utf-8")
    load_mapping(path)


def empty_workbook(folder):
    """A workbook of OpenDocument without a sheet."""
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
    with zipfile.ZipFile(path := folder / "none.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        inside = "<office:body><office:spreadsheet/></office:body>"
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {office}>{inside}</office:document-content>")
    return path


def workbook(folder):
    """A workbook with one sheet."""
    book = Workbook()
    book.active.append(["CRIME"])
    book.save(path := folder / "one.xlsx")
    return path


def of_the_database(problem):
    """What is said of an error of DuckDB."""
    with in_our_words("events", vc.CaseError):
        raise problem("no personal word of it is shown")


def csv_file(folder, name, content):
    """Read a CSV file of events."""
    (folder / name).write_bytes(content)
    read_csv_files([str(folder / name)], folder / "read.parquet", name="events", known=["case_ref"])


def database(folder):
    """A database with one table."""
    with closing(sqlite3.connect(path := folder / "one.db")) as connection:
        connection.execute("CREATE TABLE crimes (CRIME)")
    return path


def without_an_encoding_of(edition):
    """The Code, with an edition that is known of and not encoded."""
    law = CODE.law
    infos = {**law.infos, edition: evolve(law.infos[edition], encoded=False)}
    return vc.VictimsCode(
        law=evolve(law, infos=infos, editions={k: e for k, e in law.editions.items() if k != edition})
    )


def worked_cases(folder):
    """A folder with a worked case that the law does not answer as it says."""
    text = (Path(__file__).parent / "cases" / "edges" / "a-date-that-is-likely-a-slip.yaml").read_text(encoding="utf-8")
    (folder / "wrong.yaml").write_text(
        text.replace("discharged_on: null", "discharged_on: 2026-04-07"), encoding="utf-8"
    )
    return folder


MET = [
    (faults.STATED_AGE_NOT_USED, lambda _: combined(
        [OLDER, vc.Case(reference="A1", victims=[vc.Victim(reference="V1", facts={"under-18": True})])])),
    (faults.OFFENCE_CODE_OF_NO_OTHER, lambda _: combined(
        [CASE_OF_SEVERAL, vc.Case(reference="A1", victims=[VICTIM], offence=vc.Offence(cjs_code="TH68001"))])),
    (faults.OFFENCE_IN_NO_LIST, lambda _: vc.Case.from_dict(
        {**PLAIN, "events": [{"event": "case-outcome", "at": "2026-04-02", "offence": "O1"}]})),
    (faults.FACTS_NEITHER_GROUP_NOR_LIST, lambda _: vc.Case.from_dict(
        {**PLAIN, "victims": [{"reference": "V1", "facts": "vulnerable"}]})),
    (faults.KEY_NOT_TEXT, lambda _: vc.Case.from_dict({**PLAIN, "victims": [{"reference": "V1", "facts": {1: True}}]})),
    (faults.CELL_HOLDS_BYTES, lambda _: plain_cell(b"V1")),
    (faults.NO_COLUMN_OF_CASES, lambda _: check_extract(MAPPING, [{"VICTIM": "V1"}])),
    (faults.DELIMITER_OF_ONE_CHARACTER, lambda folder: mapping_with(folder, 'delimiter: ";;"')),
    (faults.ROWS_COUNTED_FROM_ONE, lambda folder: mapping_with(folder, "header_row: 0")),
    (faults.WORKBOOK_WITHOUT_A_SHEET, lambda folder: read_table(empty_workbook(folder), MAPPING)),
    (faults.DATABASE_WITHOUT_A_TABLE_NAMED, lambda folder: read_table(database(folder), MAPPING)),
    (faults.NO_SUCH_SHEET, lambda folder: read_table(workbook(folder), MAPPING, table="Crimes")),
    (faults.FILE_WITHOUT_A_HEADER, lambda folder: csv_file(folder, "open.csv", b"\"case_ref,event\n")),
    (faults.FILE_NOT_READ_TO_ITS_END, lambda folder: csv_file(folder, "cut.csv.gz", gzip.compress(ROWS)[:-12])),
    (faults.DATABASE_OUT_OF_MEMORY, lambda _: of_the_database(duckdb.OutOfMemoryException)),
    (faults.DATABASE_CANNOT_USE_A_FILE, lambda _: of_the_database(duckdb.IOException)),
    (faults.DIGITS_NEEDED, lambda _: check_letter("12A")),
    (faults.YAML_ALIAS, lambda _: read_yaml("a: &one 1\nb: *one\n")),
    (faults.EDITION_NOT_ENCODED, lambda _: without_an_encoding_of("code-2013").edition("code-2013")),
    (faults.DAY_UNDER_AN_EDITION_NOT_ENCODED, lambda _: without_an_encoding_of("code-2013").at(date(2014, 1, 6))),
    (faults.EVENT_UNDER_AN_EDITION_NOT_ENCODED, lambda _: without_an_encoding_of("code-2013").assess(
        vc.Case(reference="A1", victims=[VICTIM], events=[vc.Event(event="suspect-arrested", at=date(2014, 1, 6))]),
        as_at=date(2014, 2, 3))),
    (faults.NO_NUMBER_OF_DAYS, lambda _: CODE.deadline("communicate-simply", on=date(2026, 4, 2))),
    (faults.NO_SUCH_PART, lambda _: CODE.edition("code-2021").part("right-13")),
    (faults.NO_SUCH_CATEGORY, lambda _: CODE.with_changes("mine", title="mine", enhanced={"rich": None})),
    (faults.NO_SUCH_ENTRY, lambda _: CODE.cross_references("witness-charter-2013").reference("standard-99")),
    (faults.NO_DEFINITION_ASKS_FOR, lambda _: definition_answers({"rich": True}, on=date(2026, 4, 2))),
    (faults.NEGATIVE_COUNT, lambda _: suppress({"a": -1}, [], FEW)),
    (faults.NO_SUCH_CELL, lambda _: suppress({"a": 1}, [Total(total="b", parts=("a",))], FEW)),
    (faults.REQUEST_UNDER_AN_EARLIER_SCHEME, lambda _: CODE.assess(
        vc.Case(reference="A1", victims=[VICTIM], events=[
            vc.Event(event="compensation-applied-for", at=date(2010, 3, 1), victim="V1")]), as_at=date(2010, 3, 2))),
    (faults.WORKED_CASE_DIFFERS, lambda folder: list(_worked(CODE.law, worked_cases(folder), set()))),
]  # fmt: skip


def said(thing):
    """The faults that an answer holds, however deep."""
    for one in thing if isinstance(thing, list | tuple) else (thing,):
        yield from [one] if isinstance(one, vc.Fault) else getattr(one, "faults", ())


def is_worded_by(fault, entry):
    words = "".join(re.escape(text) + ("(.*)" if name else "") for text, name, *_ in Formatter().parse(entry.message))
    return fault.code == entry.kind.code and re.fullmatch(words, fault.message, re.DOTALL)


@pytest.mark.parametrize(("entry", "ask"), MET, ids=lambda one: getattr(one, "message", ""))
def test_a_fault_is_met(entry, ask, tmp_path):
    try:
        found = list(said(ask(tmp_path)))
    except vc.VictimsCodeError as problem:
        found = list(problem.faults)

    assert [fault for fault in found if is_worded_by(fault, entry)], found


def sentences_of(entry):
    """Three words in a row of what an entry says, by which a test may name it."""
    for text, *_ in Formatter().parse(f"{entry.message} {entry.hint}"):
        words = text.split()
        yield from (" ".join(words[n : n + 3]).strip(".,") for n in range(len(words) - 2))


def test_every_code_is_met_in_a_test():
    """A test names a fault by its code, by the name of an entry, or by what it says."""
    files = [path for kind in ("*.py", "*.yaml") for path in Path(__file__).parent.rglob(kind)]
    text = " ".join("".join(path.read_text(encoding="utf-8") for path in files).split())
    named = {entry.kind.code for entry, _ in MET} | {code for code in faults.FAULT_KINDS if code in text}
    entries = [(name, one) for name, one in vars(faults).items() if isinstance(one, faults.FaultTemplate)]
    for name, entry in entries:
        if name in text or any(one in text for one in sentences_of(entry)):
            named.add(entry.kind.code)

    assert [code for code in faults.FAULT_KINDS if code not in named and not code.startswith(OF_OTHER_ROOMS)] == []
