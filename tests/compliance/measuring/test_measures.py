"""Measures counted by hand."""

from __future__ import annotations

import csv
import io
from datetime import date

import duckdb
import pytest

import victims_code as vc
from shared.made_obligations import table_of, times
from victims_code import compliance
from victims_code.errors import UnknownNameError, WrongValueError

# 10 of 16 in time; 2 late by 3 and 7 days, 4 overdue by 1, 2, 10 and 20; and what is in neither number
MIXED = [
    *times(10, status="met"),
    {"status": "met-late", "days_late": 3},
    {"status": "met-late", "days_late": 7},
    *({"status": "overdue", "days_late": days} for days in (1, 2, 10, 20)),
    *times(3, status="not-yet-due"),
    {"status": "due-today"},
    *times(5, status="cannot-tell"),
    *times(2, status="suspended"),
    *times(6, duty="offer-vps", due_on=None, status="undated"),
    *times(4, duty="offer-vps", due_on=None, status="met"),
]


def all_shown(id_, rows=MIXED, **more):
    return compliance.measure(id_, table_of(rows), small_numbers=None, **more)


def test_on_time_counts_what_was_done_or_should_have_been():
    """Duties without a number of days can only be met, so counting them would flatter."""
    total = all_shown("on-time-share").total

    assert (total.numerator, total.denominator) == (10, 16)
    assert total.value == 10 / 16


def test_the_interval_is_wilsons():
    """10 of 16: centre (p + z²/2n) / (1 + z²/n), half width z sqrt(pq/n + z²/4n²) / (1 + z²/n), with z = 1.959964."""
    interval = all_shown("on-time-share").total.interval

    assert (round(interval.low, 4), round(interval.high, 4)) == (0.3864, 0.8152)


def test_what_was_done_late_and_the_age_of_what_is_overdue_are_apart():
    """Done late by 3 and 7; overdue by 1, 2, 10 and 20, of which two do not exceed 2."""
    late, age = all_shown("lateness-median").total, all_shown("overdue-age-median").total

    assert (late.value, late.denominator) == (3, 2)
    assert (age.value, age.denominator) == (2, 4)
    assert all_shown("lateness-median").columns == ("Working days late, median", "Done late")
    assert all_shown("overdue-age-median").columns[0] == "Age of what is overdue, median (working days)"
    assert all_shown("lateness-90th-percentile").total.value == 7
    assert all_shown("overdue-age-90th-percentile").total.value == 20


def test_lateness_that_is_not_known_is_left_out():
    rows = [*MIXED, {"status": "overdue", "days_late": None}]

    assert all_shown("overdue-age-median", rows).total.denominator == 4
    assert all_shown("on-time-share", rows).total.denominator == 17


def test_a_share_of_wishes_is_not_said_where_no_wish_is_on_record():
    rows = [row for row in MIXED if row.get("status") != "suspended"]

    assert all_shown("suspended-share").total.value == 2 / 27
    assert (all_shown("suspended-share", rows).total.value, all_shown("suspended-share", rows).total.recorded) == (
        None,
        False,
    )


def test_counts():
    assert all_shown("overdue-now").total.value == 4
    assert all_shown("still-to-do").total.value == 9  # the five of which it cannot be told are not done either
    assert all_shown("cannot-tell").total.value == 5


def test_what_was_done_is_not_still_to_do_although_it_cannot_be_told_whether_in_time():
    rows = [{"status": "cannot-tell"}, {"status": "cannot-tell", "discharged_on": "2026-04-09"}]

    assert all_shown("still-to-do", rows).total.value == 1


def test_what_cannot_be_told_is_a_share_of_all_with_a_limit_but_the_suspended():
    total = all_shown("cannot-tell-share").total

    assert (total.numerator, total.denominator) == (5, 25)


def test_recorded_as_done_counts_duties_without_a_number_of_days_too():
    """Done: 10 in time, 2 late, 4 statements offered. Not: 4 overdue, 6 not offered."""
    total = all_shown("recorded-as-done-share").total

    assert (total.numerator, total.denominator) == (16, 26)


def test_not_recorded_is_kept_apart_from_not_done():
    """No one was ever told of an interview in this data, so those 7 say nothing of what was done."""
    never = times(7, duty="inform-suspect-interviewed-under-caution", status="overdue", days_late=5)
    rows = [*MIXED, *never]

    assert all_shown("nothing-on-record", rows).total.value == 10
    assert all_shown("never-on-record", rows).total.value == 7
    table = all_shown("on-time-share", rows, by=["duty"])
    total, unseen = table.total, table.row(duty="inform-suspect-interviewed-under-caution")
    assert (total.numerator, total.denominator, total.left_out, total.recorded) == (10, 16, 7, True)
    assert (unseen.value, unseen.denominator, unseen.left_out, unseen.recorded) == (None, 0, 7, False)
    assert table.columns[-1] == "Left out as never recorded"
    assert [cells[-1] for cells in table.cells()] == ["7", "0", "7"]
    assert all_shown("recorded-as-done-share", rows).total.left_out == 7


def test_few_that_were_never_recorded_are_hidden_like_any_small_number():
    rows = [*MIXED, *times(3, duty="inform-suspect-interviewed-under-caution", status="overdue", days_late=5)]
    table = compliance.measure("on-time-share", table_of(rows), by=["duty"])

    assert (table.total.value, table.total.left_out) == (10 / 16, None)
    assert table.row(duty="inform-suspect-interviewed-under-caution").is_hidden
    assert ",3" not in table.to_csv()


def test_what_one_force_records_says_nothing_of_another():
    rows = [{"status": "met", "force": "A"}, {"status": "overdue", "days_late": 1, "force": "B"}]
    table = table_of(rows, force="VARCHAR")

    never = compliance.measure("never-on-record", table, by=["force"], small_numbers=None)
    assert [(row.group, row.value) for row in never] == [({}, 1), ({"force": "B"}, 1)]


def test_a_duty_that_no_event_can_show_is_neither_done_nor_not_done():
    rows = times(3, duty="record-crime", due_on=None, status="undated")

    assert all_shown("cannot-be-shown", rows).total.value == 3
    assert all_shown("recorded-as-done-share", rows).total.denominator == 0


def test_good_reasons_need_the_column():
    with pytest.raises(WrongValueError, match="no column 'good_reason'"):
        all_shown("late-with-good-reason-share")

    rows = [
        {"status": "overdue", "days_late": 2, "good_reason": True},
        {"status": "met-late", "days_late": 2, "good_reason": False},
        {"status": "met", "good_reason": True},
    ]
    total = compliance.measure(
        "late-with-good-reason-share", table_of(rows, good_reason="BOOLEAN"), small_numbers=None
    ).total
    assert (total.numerator, total.denominator) == (1, 2)


def test_by_two_columns_there_is_every_total():
    rows = [
        *times(3, triggered_on="2026-03-31"),
        *times(2, triggered_on="2026-04-01", status="overdue", days_late=1),
        *times(4, triggered_on="2026-04-01", duty="refer-to-support"),
    ]
    table = all_shown("on-time-share", rows, by=["duty", "quarter"])

    shown = {(row.group.get("duty"), row.group.get("quarter")): (row.numerator, row.denominator) for row in table}
    assert shown == {
        (None, None): (7, 9),
        (None, 20261): (3, 3),
        (None, 20262): (4, 6),
        ("inform-suspect-arrested", None): (3, 5),
        ("inform-suspect-arrested", 20261): (3, 3),
        ("inform-suspect-arrested", 20262): (0, 2),
        ("refer-to-support", None): (4, 4),
        ("refer-to-support", 20262): (4, 4),
    }
    assert table.row(duty="refer-to-support").value == 1


def test_duties_stand_in_printed_order_and_totals_first():
    rows = [{"duty": d} for d in ("inform-sentence-passed", "refer-to-support", "inform-suspect-arrested")]
    table = all_shown("on-time-share", rows, by=["duty"])

    assert [row.group.get("duty") for row in table] == [
        None,
        "refer-to-support",
        "inform-suspect-arrested",
        "inform-sentence-passed",
    ]
    assert [cells[0] for cells in table.cells()][1] == (
        "Tell the victim about local support services, and refer them to one"
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", ["Mar 2026", "Apr 2026"]),
        ("quarter", ["Jan–Mar 2026", "Apr–Jun 2026"]),
        ("year", ["2026"]),
        ("financial-quarter", ["2025/26 Q4", "2026/27 Q1"]),
        ("financial-year", ["2025/26", "2026/27"]),
    ],
)
def test_periods(by, expected):
    """A financial year begins on 1 April."""
    rows = [{"triggered_on": "2026-03-31"}, {"triggered_on": "2026-04-01"}]
    table = all_shown("on-time-share", rows, by=[by])

    assert [table.label(row, by) for row in table.at(by)] == expected


def test_periods_can_go_by_the_due_date():
    rows = [{"triggered_on": "2026-03-31", "due_on": "2026-04-09"}]
    with compliance.Obligations.open(table_of(rows), periods_by="due_on") as obligations:
        table = compliance.measure("on-time-share", obligations, by=["month"], small_numbers=None)

    assert [table.label(row, "month") for row in table.at("month")] == ["Apr 2026"]


def test_rights_providers_and_tracks():
    rows = [
        {"owed_by": "police; cps", "track": "enhanced"},
        {"duty": "inform-hearing-listed", "owed_by": "witness-care-unit", "track": "single"},
    ]
    for by, expected in (
        ("part", ["Right 6", "Right 8"]),
        ("provider", ["police or CPS", "witness care unit"]),
        ("track", ["Enhanced Rights", "the same limit for everyone"]),
    ):
        table = all_shown("on-time-share", rows, by=[by])
        assert [table.label(row, by) for row in table.at(by)] == expected


def test_columns_of_tables_beside_it_can_be_grouped_by():
    connection = duckdb.connect()
    cases = connection.sql("SELECT * FROM (VALUES ('C0', 'Anyshire'), ('C1', NULL)) AS t(case_ref, force)")
    victims = connection.sql("SELECT 'C0' AS case_ref, 'V1' AS victim_ref, '18 to 24' AS age_band")
    with compliance.Obligations.open(table_of(times(2)), cases=cases, victims=victims) as obligations:
        by_force = compliance.measure("on-time-share", obligations, by=["force"], small_numbers=None)
        by_age = compliance.measure("on-time-share", obligations, by=["age_band"], small_numbers=None)

    assert [by_force.label(row, "force") for row in by_force.at("force")] == ["Anyshire", "not recorded"]
    assert [by_age.label(row, "age_band") for row in by_age.at("age_band")] == ["18 to 24", "not recorded"]
    assert by_age.dimensions["age_band"].title == "Age band"


def test_why_it_cannot_be_told():
    """Facts overlap: 3 lack one, 2 the other, and 1 of them both."""
    rows = [
        *times(2, status="cannot-tell", missing_facts="received"),
        {"status": "cannot-tell", "missing_facts": "mental-disorder"},
        {"status": "cannot-tell", "missing_facts": "mental-disorder; received"},
    ]
    table = compliance.measure(
        "cannot-tell", table_of(rows, missing_facts="VARCHAR"), by=["missing-fact"], small_numbers=None
    )

    assert table.total.value == 4
    assert {row.group["missing-fact"]: row.value for row in table.at("missing-fact")} == {
        "received": 3,
        "mental-disorder": 2,
    }
    assert "When was it received?" in table.to_markdown()


def test_missing_facts_may_be_a_list():
    rows = [{"status": "cannot-tell", "missing_facts": ["received", "mental-disorder"]}]
    table = compliance.measure(
        "cannot-tell", table_of(rows, missing_facts="VARCHAR[]"), by=["missing-fact"], small_numbers=None
    )

    assert {row.group["missing-fact"] for row in table.at("missing-fact")} == {"received", "mental-disorder"}


def test_assessments_are_measured_like_a_table():
    code = vc.VictimsCode.load()
    case = vc.Case.from_yaml("""
reference: A/1
offence: {committed_on: 2026-04-01}
victims: [{reference: V1, born: 1980-06-01}]
events:
  - {event: crime-reported, at: 2026-04-01}
  - {event: needs-assessed, at: 2026-04-01, victim: V1}
  - {event: referred-to-support, at: 2026-04-02, victim: V1}
  - {event: suspect-arrested, at: 2026-04-02, suspect: S1}
""")
    results = [code.assess(case, as_at=date(2026, 4, 20))]
    table = compliance.measure("on-time-share", results, by=["duty"], small_numbers=None)

    assert table.row(duty="refer-to-support").value == 1
    arrested = table.row(duty="inform-suspect-arrested")
    assert (arrested.value, arrested.numerator, arrested.recorded) == (None, 0, False)
    assert "not recorded in this data" in table.to_markdown()
    age = compliance.measure("overdue-age-median", results, small_numbers=None)
    assert age.total.value == vc.england_and_wales().count(date(2026, 4, 13), date(2026, 4, 20))


def test_the_shapes_of_a_table():
    table = all_shown("on-time-share", [{"duty": "inform-suspect-arrested"}], by=["duty"])

    assert list(csv.reader(io.StringIO(table.to_csv()))) == [
        ["measure", "duty", "value", "low", "high", "numerator", "denominator", "left_out"],
        ["on-time-share", "all", "1.0", "0.206549", "1.0", "1", "1", "0"],
        ["on-time-share", "inform-suspect-arrested", "1.0", "0.206549", "1.0", "1", "1", "0"],
    ]
    plain = table.to_dict()
    assert plain["rows"][1]["group"] == {"duty": "inform-suspect-arrested"}
    assert plain["evidence"] == "secondary"
    assert "<h3>Done in time by duty</h3>" in table._repr_html_()


def test_a_formula_in_a_group_is_not_run_by_a_spreadsheet():
    table = compliance.measure(
        "on-time-share", table_of([{"force": "=1+1"}], force="VARCHAR"), by=["force"], small_numbers=None
    )

    assert "'=1+1" in table.to_csv()


def test_there_is_no_row_for_what_is_not_there():
    with pytest.raises(UnknownNameError, match="duty=refer-to-support"):
        all_shown("on-time-share", by=["duty"]).row(duty="refer-to-support")


def test_names_that_do_not_exist_name_the_nearest():
    with pytest.raises(UnknownNameError, match="on-time-share"):
        all_shown("on-time-shar")
    with pytest.raises(WrongValueError, match="Did you mean 'quarter'"):
        all_shown("on-time-share", by=["quater"])
