"""Several offences and missing dates in tables: what is answered, what is set aside, and what it costs."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from shared.engines import CODE, differences, tables_of
from victims_code import compliance
from victims_code.bulk import Tables, assess

AS_AT = date(2026, 5, 20)


def case(text):
    return vc.Case.from_yaml(text)


TWO = """
reference: two
offences:
  - {reference: O1, committed_on: 2026-02-02, victims: [V1], flags: [not-domestic-abuse]}
  - {reference: O2, committed_on: 2026-03-02, victims: [V2], flags: [domestic-abuse]}
victims: [{reference: V1, born: 1980-06-01}, {reference: V2, born: 1980-06-01}]
events:
  - {event: needs-assessed, at: 2026-03-09}
  - {event: suspect-charged, at: 2026-03-09, suspect: S1, offence: O1}
  - {event: sentence-passed, at: 2026-05-04, received: 2026-05-05, suspect: S1, offence: O2}
"""


def look(tables):
    """The obligations of some tables, and the faults of rows that are set aside."""
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        return answer.obligations.to_dicts(), [row for row in answer.faults.to_dicts() if row["set_aside"]]


def owed(obligations, duty):
    """Who is owed a duty, on which track and by when."""
    columns = ("case_ref", "victim_ref", "track", "due_on")
    return sorted(tuple(row[column] for column in columns) for row in obligations if row["duty"] == duty)


def places(faults):
    return [(row["table"], row["row"], row["column"], row["code"]) for row in faults]


def changed(table, row, **cells):
    rows = table.to_pylist()
    rows[row] |= cells
    return type(table).from_pylist(rows, schema=table.schema)


OLD = """
reference: old
offence: {committed_on: 1944-06-01}
victims: [{reference: V1, born: 1931-05-05}]
events:
  - {event: needs-assessed, at: 2026-04-10}
  - {event: suspect-arrested, at: 2026-04-13}
"""
BORN_BETWEEN_THE_OFFENCES = """
reference: between
offences:
  - {reference: O2, committed_on: 2020-05-07, victims: [V2]}
  - {reference: O3, committed_on: 2016-03-29}
victims: [{reference: V2}, {reference: W2, born: 2016-11-02, speaks_for: [V2]}]
events: [{event: suspect-arrested, at: 2020-05-06, offence: O3}]
"""
SOUND = [
    case(text)
    for text in (
        TWO,
        TWO.replace("victims: [V2], flags", "victims: [], flags").replace("reference: two", "reference: nobody"),
        OLD,
        OLD.replace("{committed", "{reference: O1, committed").replace("reference: old", "reference: listed"),
        BORN_BETWEEN_THE_OFFENCES,
    )
]


@pytest.fixture(scope="module")
def obligations():
    """Those of all sound cases, in which nothing is set aside."""
    found, faults = look(tables_of(SOUND))
    assert not faults
    return found


def test_both_engines_say_the_same_of_them():
    assert not differences(SOUND, as_at=AS_AT)


def test_a_decision_on_one_offence_concerns_its_victims_only(obligations):
    charged, sentenced = (owed(obligations, duty) for duty in ("inform-suspect-charged", "inform-sentence-passed"))
    assert [row for row in charged if row[0] == "two"] == [("two", "V1", "standard", date(2026, 3, 16))]
    assert [row for row in sentenced if row[0] == "two"] == [("two", "V2", "single", date(2026, 5, 6))]


def test_a_row_without_a_victim_says_that_an_offence_has_none(obligations):
    here = {row["duty"] for row in obligations if row["case_ref"] == "nobody"}
    assert "inform-suspect-charged" in here
    assert not here & {"inform-sentence-passed", "pass-sentence-passed-to-witness-care"}


def test_an_offence_of_1944_keeps_its_day(obligations):
    arrested = owed(obligations, "inform-suspect-arrested")
    for reference in ("old", "listed"):
        assert (reference, "V1", "enhanced", date(2026, 4, 14)) in arrested


def test_an_offence_before_birth_does_not_hide_that_another_made_a_child(obligations):
    assert ("between", "W2", "enhanced", date(2020, 5, 7)) in owed(obligations, "inform-suspect-arrested")


def test_without_the_table_of_victims_every_offence_may_be_anybodys():
    found, _ = look(tables_of([case(TWO)]) | {"offence_victims": None})
    assert [row[:3] for row in owed(found, "inform-suspect-charged")] == [
        ("two", "V1", "enhanced"),
        ("two", "V2", "enhanced"),
    ]


MISFITS = [
    ("events", {"event": "suspect-charged"}, {"offence_ref": "O9"}, ("events", "offence_ref", "VC-CASE-016")),
    ("events", {"event": "suspect-charged"}, {"at": "2026-02-01"}, ("events", "at", "VC-CASE-002")),
    ("assertions", {"value": True}, {"offence_ref": "O9"}, ("assertions", "offence_ref", "VC-CASE-016")),
    ("offence_victims", {"victim_ref": "V1"}, {"offence_ref": "O9"}, ("offence_victims", "offence_ref", "VC-CASE-016")),
    ("offence_victims", {"victim_ref": "V1"}, {"victim_ref": "V9"}, ("offence_victims", "victim_ref", "VC-CASE-003")),
    (
        "offences",
        {"offence_ref": "O1"},
        {"committed_on": date(1979, 6, 1)},
        ("offence_victims", "victim_ref", "VC-CASE-011"),
    ),
    ("offences", {"offence_ref": "O2"}, {"offence_ref": "O1"}, ("offences", "offence_ref", "VC-CASE-004")),
]


def test_rows_that_do_not_fit_their_offences_are_set_aside():
    """So is an offence of a case without victims, and a day that is in two tables."""
    one = "{reference: both, victims: [{reference: V1}], offence: {committed_on: 2026-02-02}}"
    numbers = [case(TWO.replace("reference: two", f"reference: '{n}'")) for n in range(len(MISFITS))]
    tables = tables_of([*numbers, case(TWO.replace("reference: two", "reference: both"))])
    expected = set()
    for n, (name, which, cells, (table, column, code)) in enumerate(MISFITS):
        rows = tables[name].to_pylist()
        place = next(i for i, row in enumerate(rows) if {**row, "case_ref": f"{n}", **which} == row)
        tables[name] = changed(tables[name], place, **cells)
        expected.add((f"{n}", table, column, code))
    offences = tables["offences"].to_pylist()
    tables["offences"] = tables["offences"].from_pylist(
        [*offences, {**offences[0], "case_ref": "other"}], schema=tables["offences"].schema
    )
    _, found = look(tables | {"cases": tables_of([case(one)])["cases"]})
    assert expected <= {(row["case_ref"], row["table"], row["column"], row["code"]) for row in found}
    assert ("offences", len(offences) + 1, "case_ref", "VC-CASE-013") in places(found)
    assert ("cases", 1, "committed_on", "VC-CASE-017") in places(found)


def test_an_offence_is_named_without_a_table_of_offences():
    _, faults = look(tables_of([case(TWO)]) | {"offences": None, "offence_victims": None})
    assert ("events", 2, "offence_ref", "VC-CASE-016") in places(faults)


SPOKESPERSON = "{reference: F1, capacity: family-spokesperson, speaks_for: [V1]}"
AGES = [
    (
        f"{{reference: {name}, victims: [{{reference: V1{born}}}, {SPOKESPERSON}],"
        " offence: {committed_on: 2026-03-02}, events: ["
        "{event: needs-assessed, at: 2026-03-09}, {event: suspect-arrested, at: 2026-03-09}]}"
    )
    for name, born in (("child", ", born: 2016-11-02"), ("adult", ", born: 1980-06-01"), ("unborn", ""))
]


def test_without_the_table_of_cases_it_says_whose_rights_hang_on_a_missing_date():
    """The first record shows who was a child."""
    tables = tables_of([case(text) for text in AGES])
    with assess(Tables(**(tables | {"cases": None})), as_at=AS_AT, code=CODE) as answer:
        arrested = owed(answer.obligations.to_dicts(), "inform-suspect-arrested")
        found = sorted((row["case_ref"], row["missing"]) for row in answer.unknown_ages.to_dicts())
        warned = sorted(row["case_ref"] for row in answer.warnings.to_dicts() if row["code"] == "VC-CASE-109")
    assert arrested == [
        ("adult", "F1", "unknown", date(2026, 3, 16)),
        ("adult", "V1", "unknown", date(2026, 3, 16)),
        ("child", "F1", "enhanced", date(2026, 3, 10)),
        ("child", "V1", "enhanced", date(2026, 3, 10)),
        ("unborn", "F1", "unknown", date(2026, 3, 16)),
        ("unborn", "V1", "unknown", date(2026, 3, 16)),
    ]
    assert found == [("adult", "committed_on"), ("unborn", "born")]
    assert warned == ["adult", "unborn"]
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        assert [row["missing"] for row in answer.unknown_ages.to_dicts()] == ["born"]


def test_the_report_says_how_many_victims_a_missing_date_costs():
    tables = tables_of([case(text) for text in AGES]) | {"cases": None}
    with compliance.from_tables(Tables(**tables), as_at=AS_AT) as obligations:
        page = compliance.report(obligations, as_at=AS_AT, small_numbers=None).to_markdown()
    assert "Enhanced Rights are not known because the date of the offence is missing: 1." in page
    assert "Enhanced Rights are not known because the date of birth is missing: 1." in page
