"""Records of needs rolled up into the lines of a return, which the check of returns accepts as they are."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.returns import Return, roll_up
from victims_code.commissioning.services import (
    AssessedNeeds,
    NeedsAssessment,
    NeedScale,
    OnwardReferral,
    change_measures,
    counted_measures,
    improvement_measures,
    measures_not_counted,
    need_categories,
)
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
        "reported-before-support": 0,
        "reported-after-support": 1,
        "reasons-not-reported": 0,
    }


def test_counts_are_given_by_group_and_by_need(made):
    assert parts(made, "supported", "group") == {"domestic-abuse": 2, "hate-crime": 1, "not-stated": 2}
    assert parts(made, "supported", f"need {MONEY}") == {"yes": 2, "no": 1, "not-known": 2}
    assert parts(made, "started-support", f"need {HOME}") == {"yes": 1, "not-known": 1}
    assert parts(made, "closed", f"need {HOME}") == {"yes": 0, "not-known": 3}


def test_every_count_has_the_same_parts_and_they_make_their_total(made):
    breakdowns = {line.breakdown for line in made.lines if line.breakdown}
    for measure, total in totals(made).items():
        if measure != "reasons-not-reported":
            for breakdown in breakdowns:
                assert parts(made, measure, breakdown).keys() == parts(made, "supported", breakdown).keys()
                assert sum(parts(made, measure, breakdown).values()) == total, (measure, breakdown)


def test_who_has_another_record_open_has_not_left_nor_begun_anew():
    """One record over, and another begun: one person, in support at the start and at the end."""
    records = [
        record("first", date(2026, 5, 1), victim="V", **ended(date(2026, 8, 1))),
        record("second", date(2026, 7, 1), victim="V"),
    ]
    assert {name: number for name, number in totals(roll_up(records, Q2, provider="harbour")).items() if number} == {
        "carried-over": 1,
        "supported": 1,
        "in-support": 1,
        "needs-assessed": 1,
    }


def test_who_had_reported_before_and_why_others_had_not_is_counted():
    records = [
        record("police", date(2026, 7, 1), route="police-referral"),
        record("before", date(2026, 7, 1), reported_on=date(2026, 6, 1)),
        record("never", date(2026, 7, 1), route="not-reported", reasons_not_reported=["distrust-of-police", "delays"]),
        record("nor", date(2026, 7, 1), route="not-reported", reasons_not_reported=["delays"]),
    ]
    made = roll_up(records, Q2, provider="harbour")

    assert totals(made)["reported-before-support"] == 2
    assert totals(made)["reasons-not-reported"] == 3
    assert parts(made, "reasons-not-reported", "reason") == {"delays": 2, "distrust-of-police": 1}


def test_a_score_of_the_next_quarter_is_not_counted_in_this_one():
    late = record("late", date(2026, 7, 1))
    late = NeedsAssessment.from_dict(
        late.to_dict() | {"assessments": [{"on": "2026-11-01", "scores": {HOME: 3}}], "opened_on": "2026-07-01"}
    )

    assert not [line for line in roll_up([late], Q2, provider="h").lines if line.breakdown == f"need {HOME}"]


HEALTH = "mental-and-physical-health"


def test_the_mean_gain_is_given_where_all_were_scored_on_one_scale():
    one = record("one", date(2026, 7, 1), {HEALTH: 2}, {HEALTH: 7}, **ended(date(2026, 9, 2)))
    two = record("two", date(2026, 7, 1), {HEALTH: 4}, {HEALTH: 5}, **ended(date(2026, 9, 2)))
    scale = {"lowest": 0, "highest": 20, "direction": "lower-is-better"}
    other = NeedsAssessment.from_dict(two.to_dict() | {"scale": scale})
    (line,) = [line for line in roll_up([one, two], Q2, provider="h").lines if line.measure == "health-score-change"]

    assert (line.mean, line.denominator, line.eligible) == (3, 2, 2)
    mixed = roll_up([one, other], Q2, provider="h")
    assert not [line for line in mixed.lines if line.measure == "health-score-change"]
    assert "Mean gains that are left out because people were scored on different scales: 1." in mixed.notes


def test_every_measure_that_ships_is_counted_from_needs_or_said_why_not(made):
    """The lists of the data are those of the code: what is counted, and what is not and why."""
    shipped = {measure.id for name in OutcomeFramework.names() for measure in OutcomeFramework.load(name).measures}
    counted = {*counted_measures(), *improvement_measures().values(), *change_measures().values()}

    assert set(totals(made)) == set(counted_measures())
    assert counted | measures_not_counted().keys() == shipped
    assert not counted & measures_not_counted().keys()
    scores = [dict.fromkeys(need_categories(), score) for score in (2, 5)]
    everything = record("all", date(2026, 7, 1), *scores, **ended(date(2026, 9, 2)))
    assert {line.measure for line in roll_up([everything], Q2, provider="h").lines} == counted


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
        "Victims in support of whom it is not known whether the crime was reported: 4.",
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
