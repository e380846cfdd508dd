"""One wide table and a mapping: the same cases, the same answers, whatever kind of table it is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import victims_code as vc
from shared.parameters import mostly_long
from victims_code import compliance, faults
from victims_code.adapters.extracts import load_mapping, read_extract
from victims_code.adapters.extracts.mapping import (
    DateColumn,
    DateForm,
    ExtractMapping,
    FactColumn,
    Identifying,
    RepeatedRows,
)
from victims_code.bulk import Tables
from victims_code.errors import WrongTypeError, WrongValueError

AS_AT = date(2026, 4, 20)
MAPPING = """
name: mine
source: RMS
dates: YYYY-MM-DD
rows: {case: CRIME, victim: VICTIM, suspect: SUSPECT, born: BORN, committed_on: DONE}
events:
  - {column: REPORTED, event: crime-reported, of_suspect: false}
  - {column: ASSESSED, event: needs-assessed, of_suspect: false}
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
facts:
  - {column: REPEAT, fact: persistently-targeted, 'yes': [Y], 'no': [N]}
ignored: [OFFICER]
"""
ROWS = [
    ("C1", "V1", "S1", date(1990, 3, 2), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 8), "N"),
    ("C2", "V1", "S1", date(1990, 3, 2), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 8), "Y"),
    ("C3", "V1", "S1", None, date(2026, 4, 1), None, date(2026, 4, 2), None, None),
    ("C4", "V1", "S1", date(1990, 3, 2), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2), None, "?"),
    ("C4", "V2", "S1", date(1990, 3, 2), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 2), None, "N"),
]
NAMES = ["CRIME", "VICTIM", "SUSPECT", "BORN", "REPORTED", "ASSESSED", "ARRESTED", "TOLD", "REPEAT"]
CELLS = {name: [row[n] for row in ROWS] for n, name in enumerate(NAMES)}
CELLS |= {"DONE": [date(2026, 4, 1)] * 5}
CELLS |= {"FORCE": ["North", "North", "South", "South", "South"], "BAND": ["a", None, "b", "c", "c"]}
DATED = ["BORN", "DONE", "REPORTED", "ASSESSED", "ARRESTED", "TOLD"]


def with_nat():
    frame = pd.DataFrame(CELLS)
    for column in DATED:
        frame[column] = pd.to_datetime(frame[column])
    assert frame["TOLD"].isna().sum() == 3
    return frame


TABLES = {
    "pandas with NaT": with_nat,
    "polars": lambda: pl.DataFrame(CELLS),
    "pandas with None": lambda: pd.DataFrame(CELLS),
    "pandas with text": lambda: with_nat().astype(dict.fromkeys(DATED, "string")),
    "arrow": lambda: pa.table(CELLS),
    "rows": lambda: pa.table(CELLS).to_pylist(),
}


@pytest.fixture(scope="module")
def mapping(tmp_path_factory):
    path = tmp_path_factory.mktemp("mapping") / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def opened(table, mapping, **more):
    return compliance.from_tables(table, as_at=AS_AT, mapping=mapping, **more)


@pytest.mark.parametrize("kind", mostly_long(TABLES, always=2))
def test_every_kind_of_table_gives_the_answers_of_the_engine_of_objects(kind, mapping):
    table = TABLES[kind]()
    with opened(table, mapping, keep=["FORCE"]) as obligations:
        found = obligations.to_polars().select("case_ref", "victim_ref", "duty", "status", "act_by").rows()
    code = vc.VictimsCode.load()
    expected = [
        (case.reference, one.victim, one.duty.id, str(one.status), one.act_by)
        for case in read_extract(load_mapping(mapping), ROWS_AS_MAPPINGS)
        for one in code.assess(clean(case), as_at=AS_AT).obligations
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    arrests = {row[0]: row[3] for row in found if row[2] == "inform-suspect-arrested"}
    assert arrests == {"C1": "met", "C2": "met-late", "C3": "overdue", "C4": "overdue"}


ROWS_AS_MAPPINGS = pa.table(CELLS).to_pylist()


def clean(case):
    """The case without the note on the cell that was not understood, whose fact counts as not known."""
    return vc.Case(reference=case.reference, victims=case.victims, events=case.events, offences=case.offences)


def test_columns_to_keep_can_be_grouped_by(mapping):
    with opened(with_nat(), mapping, keep=["FORCE", "BAND"]) as obligations:
        table = compliance.measure("overdue-now", obligations, by=["FORCE"], small_numbers=None)
        assert {"FORCE", "BAND"} <= set(obligations.dimensions)
        assert "OFFICER" not in obligations.dimensions
    assert [table.label(row, "FORCE") for row in table.at("FORCE")] == ["North", "South"]


def test_rows_that_do_not_agree_say_so(mapping):
    rows = [{**ROWS_AS_MAPPINGS[0], "FORCE": force} for force in ("North", "South")]
    with opened(rows, mapping, keep=["FORCE"]) as obligations:
        assert obligations.rows('SELECT DISTINCT "own_FORCE"::VARCHAR FROM obligation') == [("more than one",)]


def test_what_was_not_read_is_counted_and_told(mapping):
    told = []
    rows = [*ROWS_AS_MAPPINGS, {**ROWS_AS_MAPPINGS[0], "CRIME": "C9", "ARRESTED": "soon"}]
    with opened(rows, mapping, warn=told.append) as obligations:
        assert obligations.facts_not_read == 1
        assert obligations.notes[faults.FAULT_KINDS["VC-READ-101"].title] == 1
        made = compliance.report(obligations, as_at=AS_AT, small_numbers=None)
    assert {fault.code for fault in told} >= {"VC-CASE-008", "VC-READ-101"}
    assert made.remarks[0].startswith("Facts that could not be read, because they are neither true nor false: 1.")
    page = made.to_markdown()
    assert page.index("Facts that could not be read") < page.index("## In brief")
    assert "Noted while the extract was read: " in page


def test_rows_that_repeat_others_are_counted_and_told(mapping):
    told, rows = [], [*ROWS_AS_MAPPINGS, ROWS_AS_MAPPINGS[0], ROWS_AS_MAPPINGS[0]]
    with opened(rows, mapping, warn=told.append) as obligations:
        assert obligations.notes["Rows are the same in every cell as an earlier one; they were read too"] == 2
    assert [fault.code for fault in told if fault.code == "VC-READ-122"] == ["VC-READ-122"]

    once = evolve(load_mapping(mapping), repeated_rows=RepeatedRows.ONCE)
    with opened(rows, once) as obligations:
        assert obligations.notes["Rows are the same in every cell as an earlier one; they were left out"] == 2


def test_a_row_without_a_case_reference_counts_as_a_case_and_is_said_to(mapping):
    rows = [*ROWS_AS_MAPPINGS, {**ROWS_AS_MAPPINGS[0], "CRIME": " "}]
    with opened(rows, mapping) as obligations:
        assert obligations.notes["A row has no case reference; it was read as a case of its own"] == 1
        assert obligations.where({"duty": "inform-suspect-arrested"}).total == 6


def test_what_a_mapping_does_not_name_is_said_with_what_it_costs(mapping):
    with opened(with_nat(), mapping) as obligations:
        assert obligations.made_from == "one wide table, by the mapping 'mine'"
        assert obligations.not_given == (
            "No column of spokespersons is mapped, so what was told to a parent does not count for the child.",
            "No column of offences is mapped, so every case counts as one offence.",
        )


def test_a_mapping_written_in_python_is_held_to_what_a_file_is():
    misspelt = ExtractMapping(
        name="mine",
        source="RMS",
        dates=DateForm.YEAR_FIRST,
        rows=Identifying(case="CRIME"),
        events=[DateColumn(column="ARRESTED", event="suspect-arested")],
        facts=[FactColumn(column="REPEAT", fact="persistently-targeted", yes=[1], no="N")],
        delimiter=";;",
    )
    with pytest.raises(WrongTypeError) as told:
        opened(with_nat(), misspelt)
    assert [str(fault).rpartition(" [")[0] for fault in told.value.faults] == [
        "mapping, facts[0].yes[0]: `yes[0]` must be text, not a whole number."
        " Write a list of text, such as ['Y', '1'].",
        "mapping, facts[0].no: `no` must be tuple[str, ...], not text. Write a list of text, such as ['Y', '1'].",
        "mapping, events[0].event: 'suspect-arested' is not an event name. Did you mean 'suspect-arrested'?",
    ]
    with pytest.raises(WrongValueError, match="A delimiter is one character") as told:
        opened(with_nat(), evolve(misspelt, facts=[FactColumn(column="REPEAT", fact="repeat", yes=["Y"])]))
    assert len(told.value.faults) == 3


def test_a_wide_table_needs_a_mapping_and_columns_that_are_there(mapping):
    with pytest.raises(WrongTypeError, match="for one wide table `mapping=`"):
        compliance.from_tables(with_nat(), as_at=AS_AT)
    with pytest.raises(WrongValueError, match="Did you mean 'FORCE'") as told:
        opened(with_nat().drop(columns="TOLD"), mapping, keep=["FORSE"])
    assert len(told.value.faults) == 2
    with pytest.raises(WrongValueError, match="are for one wide table"):
        opened(Tables(events=pa.table({}), victims=pa.table({})), mapping)


HOLDS = ("Y", "y", "1", "yes", "TRUE", "t", "N", "no", "0", "False")


def test_assertions_are_read_as_systems_write_them():
    with compliance.from_tables(tables_with(*HOLDS), as_at=AS_AT) as obligations:
        assert obligations.facts_not_read == 0
        query = "SELECT given_case_ref, status::VARCHAR FROM joined WHERE duty = 'inform-suspect-arrested'"
        found = dict(obligations.rows(query))
    assert found == {f"C{n}": "met-late" if n < 6 else "met" for n in range(10)}


def test_assertions_that_are_not_read_are_the_first_thing_said():
    with compliance.from_tables(tables_with("maybe"), as_at=AS_AT) as obligations:
        assert obligations.facts_not_read == 1
        made = compliance.report(obligations, as_at=AS_AT, small_numbers=None)
    assert "neither true nor false: 1." in made.to_markdown().split("## In brief")[0]


def tables_with(*values):
    happened = (
        ("needs-assessed", "2026-04-01", None, "V1"),
        ("suspect-arrested", "2026-04-02", None, None),
        ("victim-informed", "2026-04-08", "suspect-arrested", "V1"),
    )
    given = {"events": [], "victims": [], "assertions": [], "cases": []}
    for n, value in enumerate(values):
        case = {"case_ref": f"C{n}"}
        given["events"] += [
            {**case, "event": event, "at": at, "about": about, "victim_ref": victim, "suspect_ref": None}
            for event, at, about, victim in happened
        ]
        given["victims"].append({**case, "victim_ref": "V1", "born": "1990-03-02"})
        given["cases"].append({**case, "committed_on": "2026-04-01"})
        given["assertions"].append(
            {**case, "victim_ref": "V1", "fact": "persistently-targeted", "value": value, "since": None}
        )
    return Tables(**{name: pa.Table.from_pylist(rows) for name, rows in given.items()})
