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


def answers(tables, *duties):
    """Who is owed each of the duties, on which track and by when."""
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        rows = answer.obligations.to_dicts()
    found = [
        sorted((row["case_ref"], row["victim_ref"], row["track"], row["due_on"]) for row in rows if row["duty"] == duty)
        for duty in duties
    ]
    return found if len(found) > 1 else found[0]


def faults(tables):
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        return [
            (row["table"], row["row"], row["column"], row["code"])
            for row in answer.faults.to_dicts()
            if row["set_aside"]
        ]


def changed(table, row, **cells):
    rows = table.to_pylist()
    rows[row] |= cells
    return type(table).from_pylist(rows, schema=table.schema)


def test_a_decision_on_one_offence_concerns_its_victims_only():
    charged, sentenced = answers(tables_of([case(TWO)]), "inform-suspect-charged", "inform-sentence-passed")
    assert charged == [("two", "V1", "standard", date(2026, 3, 16))]
    assert sentenced == [("two", "V2", "single", date(2026, 5, 6))]


def test_without_the_table_of_victims_every_offence_may_be_anybodys():
    tables = tables_of([case(TWO)]) | {"offence_victims": None}
    assert [row[:3] for row in answers(tables, "inform-suspect-charged")] == [
        ("two", "V1", "enhanced"),
        ("two", "V2", "enhanced"),
    ]


def test_a_row_without_a_victim_says_that_an_offence_has_none():
    tables = tables_of([case(TWO.replace("victims: [V2], flags", "victims: [], flags"))])
    assert answers(tables, "inform-sentence-passed", "pass-sentence-passed-to-witness-care") == [[], []]


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
    tables = tables_of([case(TWO.replace("reference: two", f"reference: '{n}'")) for n in range(len(MISFITS))])
    expected = set()
    for n, (name, which, cells, (table, column, code)) in enumerate(MISFITS):
        rows = tables[name].to_pylist()
        place = next(i for i, row in enumerate(rows) if {**row, "case_ref": f"{n}", **which} == row)
        tables[name] = changed(tables[name], place, **cells)
        expected.add((f"{n}", table, column, code))
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        found = answer.faults.to_dicts()
    assert expected <= {
        (row["case_ref"], row["table"], row["column"], row["code"]) for row in found if row["set_aside"]
    }


def test_an_offence_of_a_case_without_victims_is_set_aside():
    tables = tables_of([case(TWO)])
    tables["offences"] = changed(tables["offences"], 0, case_ref="other")
    assert ("offences", 1, "case_ref", "VC-CASE-013") in faults(tables)


def test_a_day_in_both_tables_is_a_fault():
    one = tables_of([case("{reference: two, victims: [{reference: V1}], offence: {committed_on: 2026-02-02}}")])
    assert ("cases", 1, "committed_on", "VC-CASE-017") in faults(tables_of([case(TWO)]) | {"cases": one["cases"]})


def test_an_offence_is_named_without_a_table_of_offences():
    tables = tables_of([case(TWO)]) | {"offences": None, "offence_victims": None}
    assert ("events", 2, "offence_ref", "VC-CASE-016") in faults(tables)


OLD = """
reference: old
offence: {committed_on: 1944-06-01}
victims: [{reference: V1, born: 1931-05-05}]
events:
  - {event: needs-assessed, at: 2026-04-10}
  - {event: suspect-arrested, at: 2026-04-13}
"""


@pytest.mark.parametrize("text", [OLD, OLD.replace("{committed", "{reference: O1, committed")], ids=["one", "listed"])
def test_an_offence_of_1944_keeps_its_day(text):
    assert faults(tables_of([case(text)])) == []
    assert answers(tables_of([case(text)]), "inform-suspect-arrested") == [("old", "V1", "enhanced", date(2026, 4, 14))]


SPOKESPERSON = "{reference: F1, capacity: family-spokesperson, speaks_for: [V1]}"
AGES = [
    (
        f"{{reference: {name}, victims: [{{reference: V1{born}}}, {SPOKESPERSON}],"
        " offence: {committed_on: 2026-03-02}, events: ["
        "{event: needs-assessed, at: 2026-03-09}, {event: suspect-arrested, at: 2026-03-09}]}"
    )
    for name, born in (("child", ", born: 2016-11-02"), ("adult", ", born: 1980-06-01"), ("unborn", ""))
]


def test_without_the_table_of_cases_the_first_record_shows_a_child():
    tables = tables_of([case(text) for text in AGES]) | {"cases": None}
    assert answers(tables, "inform-suspect-arrested") == [
        ("adult", "F1", "unknown", date(2026, 3, 16)),
        ("adult", "V1", "unknown", date(2026, 3, 16)),
        ("child", "F1", "enhanced", date(2026, 3, 10)),
        ("child", "V1", "enhanced", date(2026, 3, 10)),
        ("unborn", "F1", "unknown", date(2026, 3, 16)),
        ("unborn", "V1", "unknown", date(2026, 3, 16)),
    ]


def test_it_says_whose_rights_hang_on_a_missing_date():
    tables = tables_of([case(text) for text in AGES])
    with assess(Tables(**(tables | {"cases": None})), as_at=AS_AT, code=CODE) as answer:
        found = sorted((row["case_ref"], row["missing"]) for row in answer.unknown_ages.to_dicts())
        warned = sorted(row["case_ref"] for row in answer.warnings.to_dicts() if row["code"] == "VC-CASE-109")
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


BORN_BETWEEN_THE_OFFENCES = """
reference: between
offences:
  - {reference: O2, committed_on: 2020-05-07, victims: [V2]}
  - {reference: O3, committed_on: 2016-03-29}
victims: [{reference: V2}, {reference: W2, born: 2016-11-02, speaks_for: [V2]}]
events: [{event: suspect-arrested, at: 2020-05-06, offence: O3}]
"""


def test_an_offence_before_birth_does_not_hide_that_another_made_a_child():
    between = case(BORN_BETWEEN_THE_OFFENCES)
    assert ("between", "W2", "enhanced", date(2020, 5, 7)) in answers(tables_of([between]), "inform-suspect-arrested")
    assert not differences([between], as_at=AS_AT)
