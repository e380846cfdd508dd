"""Which returns came, how late, and what is still due; who is asked for what."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.returns import Receipt, Register, Return, ReturnState, add_up
from victims_code.errors import CommissioningError, ReturnError
from victims_code.figures import ReportingPeriod

REGISTER = """
commissioner: Police and Crime Commissioner for Borsetshire
frameworks: [victims-funding-strategy-2022]
returns: {due_within: 15, agreement: 'Grant agreement, clause 9'}
providers:
  - {id: harbour, title: Harbour}
  - {id: lantern, title: Lantern, since: 2025-08-01}
  - {id: beacon, title: Beacon, returns: {every_months: 6}}
  - {id: lamp, title: Lamp, until: 2025-06-30}
"""
RECEIPTS = """
receipts:
  - {provider: harbour, period: Q1 2025/26, received: 2025-07-21, file: harbour-q1.xlsx}
  - {provider: lamp, period: 2025-26 Q1, received: 2025-07-24}
  - {provider: beacon, period: H1 2025/26, received: 2025-11-03}
  - {provider: lantern, period: 2025-26 Q2, received: 2025-10-20, sent_back: 2025-10-21}
"""


def statuses(on, receipts=RECEIPTS):
    register = Register.from_yaml(REGISTER + receipts)
    return {(one.provider, one.period.label): one for one in register.statuses(on)}


def test_a_return_is_in_time_late_or_overdue_in_working_days():
    found = statuses(date(2025, 10, 24))

    assert found["harbour", "2025-26 Q1"].state is ReturnState.RECEIVED
    late = found["lamp", "2025-26 Q1"]
    assert (late.state, late.due, late.working_days_late) == (ReturnState.RECEIVED_LATE, date(2025, 7, 21), 3)
    overdue = found["harbour", "2025-26 Q2"]
    assert (overdue.state, overdue.working_days_late) == (ReturnState.OVERDUE, 3)
    assert overdue.in_words == "Not received. It was due on Tuesday 21 October 2025: 3 working days overdue."


def test_a_return_that_was_sent_back_is_owed_again_until_it_comes_once_more():
    back = statuses(date(2025, 10, 24))["lantern", "2025-26 Q2"]
    assert (back.state, back.received, back.sent_back) == (ReturnState.OVERDUE, None, date(2025, 10, 21))
    assert back.in_words.endswith("It was sent back on Tuesday 21 October 2025.")

    again = RECEIPTS + "  - {provider: lantern, period: 2025-26 Q2, received: 2025-10-23}\n"
    corrected = statuses(date(2025, 10, 24), again)["lantern", "2025-26 Q2"]
    assert (corrected.state, corrected.working_days_late) == (ReturnState.RECEIVED_LATE, 2)


def test_without_a_due_date_lateness_is_not_known_and_the_return_is_asked_for():
    found = statuses(date(2025, 10, 24))["beacon", "2025-04-01/2025-09-30"]

    assert (found.state, found.working_days_late, found.is_asked_for) == (ReturnState.NO_DAY_SET, None, True)
    came = statuses(date(2025, 11, 4))["beacon", "2025-04-01/2025-09-30"]
    assert came.in_words == "Received on Monday 3 November 2025. No agreement says by when it was due."


def test_what_came_after_the_day_was_not_known_then():
    assert statuses(date(2025, 7, 22))["lamp", "2025-26 Q1"].state is ReturnState.OVERDUE
    assert statuses(date(2025, 7, 21))["lamp", "2025-26 Q1"].state is ReturnState.DUE_TODAY
    assert statuses(date(2025, 7, 20))["lamp", "2025-26 Q1"].state is ReturnState.NOT_YET_DUE


def test_nothing_is_owed_before_an_agreement_begins_or_after_it_ends():
    owed = statuses(date(2025, 10, 24))

    assert ("lantern", "2025-26 Q1") not in owed
    assert ("lantern", "2025-26 Q2") in owed
    assert [period for provider, period in owed if provider == "lamp"] == ["2025-26 Q1"]


def test_what_is_due_is_overdue_first_and_what_has_no_day_last():
    items = Register.from_yaml(REGISTER + RECEIPTS).due_items(date(2025, 10, 24))

    assert [(item.day, item.about) for item in items] == [
        (date(2025, 10, 21), "harbour 2025-26 Q2"),
        (date(2025, 10, 21), "lantern 2025-26 Q2"),
        (date(2026, 1, 22), "harbour 2025-26 Q3"),
        (date(2026, 1, 22), "lantern 2025-26 Q3"),
        (date(2026, 4, 23), "harbour 2025-26 Q4"),
        (date(2026, 4, 23), "lantern 2025-26 Q4"),
        (None, "beacon 2025-04-01/2025-09-30"),
        (None, "beacon 2025-10-01/2026-03-31"),
    ]
    assert items[0].what == "Get the return of Harbour for July to September 2025."
    assert items[0].overdue_on(date(2025, 10, 24))


def test_returns_are_followed_from_the_day_that_the_register_says():
    register = Register.from_yaml(REGISTER + "followed_since: 2025-01-01\n")

    assert register.statuses(date(2025, 10, 24))[0].period.label == "2024-25 Q4"
    assert Register.from_yaml(REGISTER).statuses(date(2025, 10, 24))[0].period.label == "2025-26 Q1"


def test_a_receipt_of_what_is_not_owed_is_refused_with_every_other_fault():
    wrong = """
receipts:
  - {provider: harbor, period: Q1 2025/26, received: 2025-07-21}
  - {provider: harbour, period: 2025-26, received: 2025-07-21}
"""
    with pytest.raises(ReturnError) as refused:
        Register.from_yaml(REGISTER + wrong, source="register.yaml")

    assert [fault.code for fault in refused.value.faults] == ["VC-RET-013", "VC-RET-005"]
    assert [fault.location for fault in refused.value.faults] == [
        "register.yaml, line 12, receipts[0]",
        "register.yaml, line 13, receipts[1]",
    ]
    with pytest.raises(CommissioningError, match="before"):
        Receipt(provider="harbour", period="2025-26 Q1", received=date(2025, 7, 21), sent_back=date(2025, 7, 1))


BY_VALUE = """
commissioner: Borsetshire
frameworks: [victims-funding-strategy-2022]
by_value:
  - at_least: 0
    returns: {every_months: 12}
    asks: [{measure: supported}]
  - at_least: "5,000"
    returns: {every_months: 3, due_within: 10}
    asks: [{measure: supported}, {measure: coped, target: 85, by: {age: [under 18, adult]}}]
providers:
  - {id: small, value: "£4,900"}
  - {id: large, value: "250,000"}
  - {id: own, returns: {every_months: 6}, asks: []}
"""


def test_a_small_grant_reports_less_and_less_often():
    register = Register.from_yaml(BY_VALUE)

    assert [register.terms(name).every_months for name in ("small", "large", "own")] == [12, 3, 6]
    assert [one.measure for one in register.asked("small")] == ["supported"]
    assert register.asks_for("large", "coped")
    assert not register.asks_for("own", "supported")


def test_an_agreement_on_the_border_is_in_the_band_that_begins_there():
    register = Register.from_yaml(BY_VALUE.replace("£4,900", "£5,000"))
    assert register.terms("small").every_months == 3


def test_the_bands_begin_at_nought_and_none_begins_twice():
    with pytest.raises(ReturnError) as refused:
        Register.from_yaml(BY_VALUE.replace("at_least: 0", 'at_least: "5,000"'), source="r.yaml")
    assert [fault.location for fault in refused.value.faults] == [
        "r.yaml, line 4, by_value",
        "r.yaml, line 8, by_value[1].at_least",
    ]


def test_reporting_by_value_needs_the_value_and_asked_measures_must_exist():
    wrong = BY_VALUE.replace(', value: "£4,900"', "").replace("measure: coped", "measure: copped")
    with pytest.raises(ReturnError) as refused:
        Register.from_yaml(wrong, source="r.yaml")

    assert [fault.code for fault in refused.value.faults] == ["VC-RET-015", "VC-RET-021"]
    assert "Did you mean 'coped'?" in str(refused.value)


def test_a_measure_that_was_asked_for_and_is_not_in_the_return_is_a_question():
    text = """provider,period,section,measure,breakdown,item,value,numerator,denominator
large,2025-26 Q1,outcome,coped,,,,8,10
large,2025-26 Q1,outcome,coped,age,adult,,8,10
"""
    found = Return.from_csv(text, source="q1.csv", register=Register.from_yaml(BY_VALUE)).questions

    assert [(finding.code, finding.message) for finding in found] == [
        ("VC-RET-109", "large is asked for supported, and the return for 2025-26 Q1 has no line of it."),
        ("VC-RET-109", "large is asked for coped, and the return for 2025-26 Q1 has no line of it (age: under 18)."),
    ]


def test_a_figure_is_expected_only_of_those_who_are_asked_for_it():
    text = """provider,period,section,measure,value,numerator,denominator
large,2025-26 Q1,outcome,coped,,8,10
large,2025-26 Q1,output,supported,40,,
small,2025-26,output,supported,12,,
"""
    register = Register.from_yaml(BY_VALUE)
    year = add_up([Return.from_csv(text, register=register)], period=ReportingPeriod.year(2025), register=register)

    assert str(year.find("coped")[0].reported) == "1 of 4 (25.0%)"
    assert str(year.find("supported")[0].reported) == "2 of 5 (40.0%)"
