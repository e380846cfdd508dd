"""Records of needs rolled up into the lines of a return, which the check of returns accepts as they are."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.returns import Return, roll_up
from victims_code.commissioning.services import AssessedNeeds, NeedsAssessment, NeedScale, OnwardReferral
from victims_code.errors import UnknownNameError
from victims_code.figures import ReportingPeriod, SmallNumbers

Q2 = ReportingPeriod.quarter(2026, 2)
SCALE = NeedScale(lowest=0, highest=10, direction="higher-is-better")


def record(reference, began, *scores, **more):
    days = [began, date(2026, 9, 1)][: max(len(scores), 1)]
    assessments = tuple(AssessedNeeds(on=on, scores=score) for on, score in zip(days, scores or ({},), strict=False))
    given = {"victim": f"V-{reference}", "route": "self-referral", "opened_on": began, "service": "isva"}
    return NeedsAssessment(reference=reference, scale=SCALE, assessments=assessments, **(given | more))


def ended(day, why="needs-met"):
    return {"closed_on": day, "closed_because": why}


MONEY, HOME = "finance-and-benefits", "shelter-and-accommodation"
RECORDS = [
    record("ended-before", date(2026, 4, 2), **ended(date(2026, 6, 30))),
    record("over", date(2026, 5, 1), {MONEY: 3}, {MONEY: 8}, group="domestic-abuse", **ended(date(2026, 9, 30))),
    record("over-worse", date(2026, 5, 1), {MONEY: 3}, {MONEY: 2}, group="hate-crime", **ended(date(2026, 7, 1))),
    record("over-once", date(2026, 5, 1), {MONEY: 10}, **ended(date(2026, 8, 1))),
    record("new", date(2026, 7, 1), {HOME: 2}, group="domestic-abuse", reported_on=date(2026, 9, 29)),
    record("new-2", date(2026, 9, 30), victim="V-new"),
    record("mistake", date(2026, 7, 1), **ended(date(2026, 7, 2), "opened-by-mistake")),
    record(
        "passed",
        date(2026, 7, 1),
        opened_on=None,
        onward=(
            OnwardReferral(to="refuge", on=date(2026, 8, 1), consent=True),
            OnwardReferral(to="advice", on=date(2026, 8, 2)),
        ),
    ),
    record("later", date(2026, 10, 1)),
    record("other", date(2026, 7, 1), service="counselling"),
    record("nowhere", date(2026, 7, 1), service=None),
]


@pytest.fixture(scope="module")
def made():
    return roll_up(RECORDS, Q2, provider="harbour", service="isva")


def totals(made):
    return {line.measure: line.value for line in made.lines if line.is_total and line.value is not None}


def parts(made, measure, breakdown):
    return {line.item[0]: line.value for line in made.lines if (line.measure, line.breakdown) == (measure, breakdown)}


def test_people_are_counted_by_the_days_their_support_began_and_ended(made):
    assert totals(made) == {
        "carried-over": 3,
        "started-support": 2,
        "supported": 5,
        "in-support": 2,
        "closed": 3,
        "needs-assessed": 4,
        "referred-on": 1,
        "reported-after-support": 1,
    }


def test_counts_are_given_by_group_and_by_need(made):
    assert parts(made, "supported", "group") == {"domestic-abuse": 2, "hate-crime": 1, "not-stated": 2}
    assert parts(made, "supported", f"need {MONEY}") == {"yes": 2, "no": 1, "not-known": 2}
    assert parts(made, "started-support", f"need {HOME}") == {"yes": 1, "not-known": 1}
    assert parts(made, "closed", f"need {HOME}") == {}


def test_who_is_better_is_told_of_those_who_left_and_had_two_scores(made):
    (line,) = [line for line in made.lines if line.measure.endswith("-score-better")]

    assert (line.measure, line.numerator, line.denominator, line.eligible) == ("finance-score-better", 1, 2, 3)


def test_what_is_not_counted_is_told(made):
    assert made.notes == (
        "Records that name no service and are not counted: 1.",
        "Records opened by mistake, which are not counted: 1.",
        "Records that began after the period and are not counted: 1.",
        "Records without the day they were opened; the first assessment was taken: 1.",
        "Victims with more than one record, counted once: 1.",
        "Times a victim was passed on without consent on record, which are not counted: 1.",
    )
    assert totals(roll_up(RECORDS, Q2, provider="harbour"))["supported"] == 7


def test_the_check_of_returns_accepts_the_lines_and_publishing_hides_small_numbers(made):
    checked = Return.from_csv(made.to_csv(), source="needs")

    assert {(line.measure, line.breakdown, line.item): line.value for line in checked.lines} == {
        (line.measure, line.breakdown, line.item): line.value for line in made.lines
    }
    assert checked.questions == ()
    assert ",2," not in checked.to_csv(small_numbers=SmallNumbers(below=5))


def test_no_records_make_a_return_of_zeros():
    made = roll_up([], Q2, provider="harbour")

    assert set(totals(made).values()) == {0}
    assert made.notes == ()


def test_a_misspelt_service_is_no_return_of_noughts():
    with pytest.raises(UnknownNameError, match=r"no service in the records 'ivsa'\. Did you mean 'isva'"):
        roll_up(RECORDS, Q2, provider="lantern", service="ivsa")
