"""Large wide tables are read by columns, small ones as objects: the same faults, counts and rows either way."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims_code import compliance
from victims_code.adapters.extracts.mapping import (
    CodeColumn,
    CodeList,
    CodeMeaning,
    DateColumn,
    DateForm,
    ExtractMapping,
    FactColumn,
    Identifying,
    RepeatedRows,
)
from victims_code.adapters.extracts.plain_cases import plain_cases
from victims_code.adapters.extracts.rows import read_table
from victims_code.compliance.measuring import from_tables

ALL = {"victim": "VICTIM", "suspect": "SUSPECT", "hearing": "HEARING", "born": "BORN", "committed_on": "DONE"}
EVENTS = (
    DateColumn(column="REPORTED", event="crime-reported", of_suspect=False),
    DateColumn(column="ASSESSED", event="needs-assessed", of_suspect=False),
    DateColumn(column="ARRESTED", event="suspect-arrested", received="CAME"),
    DateColumn(column="CHARGED", event="suspect-charged"),
    DateColumn(column="TOLD", event="victim-informed", about="suspect-arrested"),
    DateColumn(column="TOLD_CHARGE", event="victim-informed", about="suspect-charged"),
)
CODES = (
    CodeColumn(
        column="ACTION",
        date="ACTED",
        codes=(
            CodeMeaning(code="BAIL", event="suspect-bailed"),
            CodeMeaning(code="OLD", event="suspect-bailed", until=date(2026, 1, 1)),
            CodeMeaning(code="NOTE", ignore=True),
        ),
    ),
    CodeColumn(column="OUTCOME", date="ACTED", list=CodeList.HOME_OFFICE_OUTCOMES),
)
FACTS = (
    FactColumn(column="REPEAT", fact="persistently-targeted", yes=("Y",), no=("N",), since="FROM"),
    FactColumn(column="AGAIN", fact="persistently-targeted", yes=("1",), no=("0",)),
    FactColumn(column="CHILD", fact="under-18", yes=("Y",), no=("N",)),
    FactColumn(column="KIN", fact="bereaved-close-relative", yes=("Y",), no=("N",)),
    FactColumn(column="DA", fact="domestic-abuse", yes=("Y",), no=("N",)),
)


def mapping(repeats=None, **rows):
    return ExtractMapping(
        name="mine",
        source="RMS",
        dates=DateForm.YEAR_FIRST,
        rows=Identifying(case="CRIME", cjs_code="CODE", **rows),
        events=EVENTS,
        codes=CODES,
        facts=FACTS,
        repeated_rows=repeats,
    )


MAPPINGS = (
    mapping(**ALL),
    mapping(suspect="SUSPECT", born="BORN", committed_on="DONE"),
    mapping(RepeatedRows.ONCE, **ALL, offence="OFFENCE", speaks_for="HEARS"),
)
DAYS = [f"2026-04-{day:02}" for day in (1, 2, 2, 3, 8, 13)]
ODD = ["soon", "1900-01-01", "2126-01-01", "02/04/2026", "#REF!", "2026-04-02T23:30:00Z"]
dates = st.sampled_from([None, *DAYS, *ODD, " "])
truths = st.sampled_from([None, "Y", "N", "?", "unknown", 1, 0, True, "  ", "1.0"])
ANYTHING = {
    "CRIME": st.sampled_from(["22/1/26", "22/2/26", "22-1-26", None, " ", "N/A", 401, 401.0, "Total"]),
    "VICTIM": st.sampled_from(["A", "B", 1, 1.0, None, "victim", "NULL"]),
    "SUSPECT": st.sampled_from(["S1", "S2", "s1", None]),
    "HEARING": st.sampled_from([None, "H1", "H2"]),
    "OFFENCE": st.sampled_from([None, "O1"]),
    "HEARS": st.sampled_from([None, "A"]),
    "BORN": st.sampled_from([None, "1990-03-02", "2010-01-01", "2026-04-05", "1900-01-01", "x"]),
    "DONE": st.sampled_from([None, "2026-04-01", "2026-04-02", "soon"]),
    "CODE": st.sampled_from([None, "TH68006", "SX03001"]),
    **dict.fromkeys(("REPORTED", "ASSESSED", "ARRESTED", "CHARGED", "TOLD", "TOLD_CHARGE", "ACTED"), dates),
    "CAME": st.sampled_from([None, "2026-04-09", "2026-03-01", "?"]),
    "FROM": st.sampled_from([None, "2026-04-02", "never"]),
    "ACTION": st.sampled_from([None, "BAIL", "NOTE", "OLD", "XYZ"]),
    "OUTCOME": st.sampled_from([None, 16, "1", "14", "99"]),
    **dict.fromkeys(("REPEAT", "AGAIN", "CHILD", "KIN", "DA"), truths),
}
crimes = st.fixed_dictionaries(
    {
        "CRIME": st.sampled_from([f"22/{n}/26" for n in range(1, 5)]),
        "VICTIM": st.sampled_from(["A", "A", "B", 7]),
        "SUSPECT": st.sampled_from(["S1", "S1", "S2"]),
        "BORN": st.just("1990-03-02"),
        "DONE": st.just("2026-04-01"),
        "CODE": st.just("TH68006"),
        "REPORTED": st.sampled_from(DAYS),
        "ASSESSED": st.sampled_from([None, *DAYS]),
        "ARRESTED": st.sampled_from(["2026-04-02", "2026-04-03"]),
        "TOLD": st.sampled_from([None, "2026-04-03", "2026-04-08", datetime(2026, 4, 8, 9)]),  # noqa: DTZ001
        "CHARGED": st.sampled_from([None, "2026-04-08"]),
        "REPEAT": st.sampled_from([None, "Y", "?", "unknown"]),
        "DA": st.sampled_from([None, "N", "?"]),
        "FORCE": st.sampled_from(["North", "South", None]),
    }
)
strange = st.lists(st.sampled_from(sorted(ANYTHING)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: ANYTHING[name] for name in names})
)
ROWS = st.tuples(crimes, st.one_of(st.just({}), strange)).map(
    lambda both: {**dict.fromkeys(ANYTHING), **both[0], **both[1]}
)


def read(rows, which, few, keep=("FORCE",)):
    """What is read of a table, and what is told of it, with every table sorted: the order of rows says nothing."""
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_tables, "_FEW_ROWS", few)
        found = from_tables._extract(rows, which, keep, told.append)
    tables = {name: sorted(table.to_pylist(), key=str) for name, table in found.tables.given.items()}
    groups = {name: sorted(table.to_pylist(), key=str) for name, table in found.groups.items()}
    return tables, groups, found.set_aside, found.facts_not_read, found.notes, told


@given(st.lists(ROWS, min_size=1, max_size=8), st.sampled_from(MAPPINGS))
def test_read_by_columns_a_table_is_what_it_is_as_objects(rows, which):
    by_columns, as_objects = read(rows, which, -1), read(rows, which, 10**9)

    for one, other in zip(by_columns, as_objects, strict=True):
        assert one == other


def sound(n):
    """A crime as most are: reported, arrested and told, needs assessed, every answer understood but one."""
    return {
        "CRIME": f"22/{n}/26",
        "VICTIM": "A",
        "SUSPECT": "S1",
        "BORN": date(1990, 3, 2),
        "DONE": date(2026, 4, 1),
        "REPORTED": date(2026, 4, 1),
        "ASSESSED": date(2026, 4, 1),
        "ARRESTED": date(2026, 4, 2),
        "TOLD": date(2026, 4, 8) if n % 3 else None,
        "REPEAT": "Y" if n % 5 else "?",
        "FORCE": "North",
    }


def test_sound_cases_are_plain_and_every_other_is_left():
    """Of three, one has an event before the offence and one a suspect in two spellings of two rows."""
    rows = [sound(1), {**sound(2), "ARRESTED": "2026-03-01"}, sound(3), {**sound(3), "SUSPECT": "s 1"}]
    simple = ExtractMapping(
        name="mine", source="RMS", dates=DateForm.YEAR_FIRST, rows=Identifying(case="CRIME", **ALL | {"hearing": None}),
        events=(EVENTS[0], EVENTS[1], DateColumn(column="ARRESTED", event="suspect-arrested"), EVENTS[4]),
        facts=(FactColumn(column="REPEAT", fact="persistently-targeted", yes=("Y",), no=("N",)),),
    )  # fmt: skip
    found = plain_cases(simple, read_table(rows, simple))

    assert list(found.references.values()) == ["22/1/26"]
    assert [number for number, _ in found.left.rows] == [2, 3, 4]
    assert found.rows["events"][-1][1:5] == ("victim-informed", "2026-04-08", None, "suspect-arrested")


def test_a_large_frame_gives_the_answers_of_a_small_one():
    """A thousand and one crimes, of which each that was told was told late with Enhanced Rights, or of unknown date."""
    simple = ExtractMapping(
        name="mine", source="RMS", dates=DateForm.YEAR_FIRST, rows=Identifying(case="CRIME", **ALL | {"hearing": None}),
        events=(EVENTS[0], EVENTS[1], DateColumn(column="ARRESTED", event="suspect-arrested"), EVENTS[4]),
        facts=(FactColumn(column="REPEAT", fact="persistently-targeted", yes=("Y",), no=("N",)),),
    )  # fmt: skip
    frame = pd.DataFrame([sound(n) for n in range(1001)])
    frame["TOLD"] = pd.to_datetime(frame["TOLD"])
    asked = {"as_at": date(2026, 4, 20), "mapping": simple, "keep": ["FORCE"]}
    with compliance.from_tables(frame, **asked) as large, compliance.from_tables(frame.head(20), **asked) as small:
        statuses = "SELECT duty::VARCHAR, status::VARCHAR, count(*) FROM joined WHERE {} GROUP BY ALL ORDER BY ALL"
        first = "cast(split_part(given_case_ref, '/', 2) AS INTEGER) < 20"
        assert large.rows(statuses.format(first)) == small.rows(statuses.format("true"))
        assert (large.facts_not_read, small.facts_not_read) == (201, 4)
        assert large.where({"duty": "inform-suspect-arrested", "FORCE": "North"}).total == 1001
