"""Registers: the dates of the Code and the schemes, what is due, what is amiss, and the figures for the board."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.registers import (
    CaseConference,
    Complaint,
    Feedback,
    Lesson,
    LiveLinkBooking,
    Registers,
    ReviewRequest,
    Survey,
    code_limit,
)
from victims_code.errors import CommissioningError
from victims_code.figures import ReportingPeriod, SmallNumbers

QUARTER = ReportingPeriod.quarter(2026, 1)


def codes(build):
    with pytest.raises(CommissioningError) as refused:
        build()
    return [fault.code for fault in refused.value.faults]


def lines(record, on):
    return [(item.day, item.what) for item in record.due_items(on)]


def rules(found):
    return [(one.rule, one.outcome.value) for one in found]


# --- complaints ---------------------------------------------------------------------------------------------------
def complaint(**more):
    return Complaint.from_dict({"reference": "C1", "received_on": date(2025, 12, 15), "received_by": "pcc"} | more)


@pytest.mark.parametrize("body", ["pcc", "police", "prison-service", "parole-board", "cica", "victim-support-service"])
def test_ten_working_days_are_owed_by_every_provider_of_the_code_and_by_support_services(body):
    assert complaint(received_by=body).due().due_on == date(2025, 12, 31)


def test_a_body_that_no_source_names_has_no_date_and_is_not_in_time():
    strange = complaint(received_by="hospital")
    assert strange.due().due_on is None
    assert strange.timing(date(2026, 6, 1)).value == "not-known"
    assert rules(strange.findings(date(2026, 6, 1))) == [("complaint-acknowledged", "cannot-tell")]
    assert lines(strange, date(2026, 6, 1))[0] == (None, "Acknowledge the complaint, or answer it.")


def test_the_edition_of_the_day_governs_and_before_the_first_there_is_no_date():
    assert code_limit("acknowledge-complaint", date(2016, 5, 3)).edition == "code-2015"
    assert code_limit("acknowledge-complaint", date(2005, 5, 3)).due_on is None
    assert code_limit("acknowledge-complaint", None).why == "The day it begins is not known."
    assert code_limit("forward-complaint", date(2026, 5, 5)).due_on is None


@pytest.mark.parametrize(
    ("acknowledged", "answered", "on", "how"),
    [
        (None, None, date(2025, 12, 31), "not-yet-due"),
        (None, None, date(2026, 1, 1), "overdue"),
        (date(2025, 12, 31), None, date(2026, 1, 1), "in-time"),
        (date(2026, 1, 2), None, date(2026, 1, 1), "overdue"),
        (date(2026, 1, 2), None, date(2026, 1, 2), "late"),
        (None, date(2025, 12, 30), date(2026, 1, 2), "in-time"),
    ],
)
def test_an_answer_counts_as_an_acknowledgement_and_what_came_later_was_not_known_then(acknowledged, answered, on, how):
    one = complaint(acknowledged_on=acknowledged, answered_on=answered)
    assert one.timing(on).value == how


def test_a_complaint_for_another_body_is_passed_on_and_the_victim_told():
    stayed = complaint(meant_for="police", acknowledged_on=date(2025, 12, 17))
    assert lines(stayed, date(2025, 12, 18)) == [(None, "Pass on the complaint: Police.")]
    assert rules(stayed.findings(date(2025, 12, 18))) == [("complaint-forwarded", "broken")]

    gone = {"meant_for": "police", "acknowledged_on": date(2025, 12, 17), "forwarded_on": date(2025, 12, 17)}
    untold = complaint(**gone, forwarded_to="police")
    assert lines(untold, date(2025, 12, 18)) == [(None, "Tell the victim that the complaint was passed on: Police.")]
    done = complaint(**gone, forwarded_to="police", victim_told_on=date(2025, 12, 17))
    assert (done.due_items(date(2025, 12, 18)), done.findings(date(2025, 12, 18))) == ((), ())
    astray = complaint(**gone, forwarded_to="cps", victim_told_on=date(2025, 12, 17))
    assert "about Police and went to Crown Prosecution Service" in astray.findings(date(2025, 12, 18))[0].message


def test_an_answer_is_followed_by_word_on_the_next_step():
    answered = complaint(answered_on=date(2025, 12, 19), outcome="partly-upheld")
    assert lines(answered, date(2025, 12, 20)) == [(None, "Tell the victim how to take the complaint further.")]
    assert rules(answered.findings(date(2025, 12, 20))) == [("complaint-escalation-explained", "broken")]


def test_a_withdrawn_complaint_owes_nothing_more():
    withdrawn = complaint(outcome="withdrawn", meant_for="police")
    assert withdrawn.due_items(date(2026, 6, 1)) == ()
    assert withdrawn.findings(date(2026, 6, 1)) == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"right": 13}, "VC-COM-001"),
        ({"meant_for": "pcc"}, "VC-COM-001"),
        ({"forwarded_on": date(2026, 1, 2)}, "VC-COM-001"),
        ({"outcome": "upheld"}, "VC-COM-001"),
        ({"acknowledged_on": date(2025, 12, 14)}, "VC-COM-006"),
        ({"received_by": "the-council"}, "VC-COM-007"),
        ({"theme": "weather"}, "VC-COM-007"),
    ],
)
def test_each_fault_of_a_complaint(wrong, code):
    assert codes(lambda: complaint(**wrong)) == [code]


def test_free_text_never_shows_in_a_fault():
    with pytest.raises(CommissioningError) as refused:
        Complaint.from_yaml("{reference: C1, received_on: 2026-04-01, received_by: pcc, what: [Jane Doe]}")
    assert "Jane" not in str(refused.value)


# --- the right to review ------------------------------------------------------------------------------------------
def request(**more):
    fixed = {"reference": "V1", "scheme": "police-right-to-review", "requested_on": date(2026, 4, 1)}
    return ReviewRequest.from_dict(fixed | more)


def test_the_gatekeeper_has_the_dates_of_the_scheme():
    assert lines(request(), date(2026, 4, 2)) == [
        (date(2026, 4, 17), "Acknowledge the request."),
        (date(2026, 5, 18), "Complete the review and tell the victim."),
        (None, "Decide whether the request comes under the scheme."),
    ]


def test_a_scheme_without_numbers_that_were_read_is_still_on_the_list():
    assert lines(request(scheme="hse-right-to-review", in_scheme=True), date(2026, 4, 2)) == [
        (None, "Acknowledge and decide the request: no time limit of the scheme was read."),
    ]


def test_late_steps_are_found_and_the_victim_is_told_the_outcome():
    late = request(
        in_scheme=True, acknowledged_on=date(2026, 4, 20), decided_on=date(2026, 5, 18), outcome="overturned"
    )
    assert rules(late.findings(date(2026, 5, 18))) == [("review-in-time", "broken"), ("review-in-time", "broken")]
    assert (
        "due by Friday 17 April 2026. It was done on Monday 20 April 2026."
        in late.findings(date(2026, 5, 18))[0].message
    )
    assert lines(late, date(2026, 5, 18)) == [(None, "Tell the victim how the review ended.")]


@pytest.mark.parametrize(("told", "in_time"), [(date(2026, 1, 1), True), (date(2025, 12, 31), False), (None, None)])
def test_whether_the_request_came_within_three_months_of_being_told(told, in_time):
    assert request(told_on=told).asked_in_time() is in_time


def test_a_late_request_is_let_in_only_with_a_reason():
    late = {"told_on": date(2025, 12, 1), "in_scheme": True}
    assert ("review-gate", "broken") in rules(request(**late).findings(date(2026, 4, 2)))
    assert request(**late, why_not="Illness").findings(date(2026, 4, 2)) == ()


def test_a_request_out_of_the_scheme_is_closed():
    assert request(in_scheme=False, why_not="CPS decision").due_items(date(2026, 6, 1)) == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scheme": "court-expenses"}, "VC-COM-007"),
        ({"in_scheme": False}, "VC-COM-001"),
        ({"outcome": "upheld"}, "VC-COM-001"),
        ({"in_scheme": True, "outcome": "out-of-scheme"}, "VC-COM-001"),
        ({"told_on": date(2026, 4, 2)}, "VC-COM-006"),
        ({"decided_on": date(2026, 4, 3), "victim_told_on": date(2026, 4, 2)}, "VC-COM-006"),
    ],
)
def test_each_fault_of_a_request(wrong, code):
    assert codes(lambda: request(**wrong)) == [code]


# --- live links ---------------------------------------------------------------------------------------------------
def booking(reference="L1", **more):
    fixed = {"reference": reference, "witness": "W1", "room": "Room 1", "on": date(2026, 5, 5)}
    return LiveLinkBooking.from_dict(fixed | {"begins": "09:30", "ends": "13:00"} | more)


def test_a_link_is_tested_on_the_working_day_before_and_recorded_afterwards():
    assert lines(booking(court="Stafford Crown Court"), date(2026, 4, 30)) == [
        (date(2026, 5, 1), "Confirm the room and the link with the court."),
        (date(2026, 5, 1), "Test the live link to the court."),
        (date(2026, 5, 5), "Live link at 09:30 in Room 1, Stafford Crown Court."),
    ]
    ready = booking(confirmed_on=date(2026, 4, 20), tested_on=date(2026, 5, 1), test_worked=True)
    assert [what for _, what in lines(ready, date(2026, 5, 5))] == ["Live link at 09:30 in Room 1."]
    assert ready.findings(date(2026, 5, 5)) == ()
    assert lines(ready, date(2026, 5, 6)) == [
        (date(2026, 5, 5), "Record whether evidence was given over the live link.")
    ]
    assert rules(ready.findings(date(2026, 5, 6))) == [("live-link-recorded", "cannot-tell")]


def test_a_test_that_failed_came_late_or_has_no_result_is_found():
    assert rules(booking(tested_on=date(2026, 5, 1), test_worked=False).findings(date(2026, 5, 1))) == [
        ("live-link-tested", "broken")
    ]
    assert rules(booking(tested_on=date(2026, 5, 1)).findings(date(2026, 5, 1))) == [
        ("live-link-tested", "cannot-tell")
    ]
    late = booking(tested_on=date(2026, 5, 5), test_worked=True, took_place=True)
    assert rules(late.findings(date(2026, 5, 5))) == [("live-link-tested", "broken")]
    failed = booking(tested_on=date(2026, 5, 1), test_worked=False)
    assert (date(2026, 5, 1), "Test the live link to the court.") in lines(failed, date(2026, 5, 2))


def test_a_cancelled_booking_owes_nothing():
    assert booking(cancelled_on=date(2026, 5, 1)).due_items(date(2026, 5, 6)) == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"ends": "09:30"}, "VC-COM-006"),
        ({"test_worked": True}, "VC-COM-001"),
        ({"tested_on": date(2026, 5, 6)}, "VC-COM-006"),
        ({"cancelled_on": date(2026, 5, 1), "took_place": True}, "VC-COM-001"),
    ],
)
def test_each_fault_of_a_booking(wrong, code):
    assert codes(lambda: booking(**wrong)) == [code]


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        ({"begins": "12:59", "ends": "14:00"}, True),
        ({"begins": "13:00", "ends": "14:00"}, False),
        ({"begins": "12:59", "ends": "14:00", "room": "Room 2"}, False),
        ({"begins": "12:59", "ends": "14:00", "on": date(2026, 5, 6)}, False),
        ({"begins": "12:59", "ends": "14:00", "cancelled_on": date(2026, 5, 1)}, False),
    ],
)
def test_a_room_is_booked_once_at_a_time(second, refused):
    both = [booking(), booking("L2", **second)]
    if refused:
        assert codes(lambda: Registers.of(both)) == ["VC-COM-001"]
    else:
        assert len(Registers.of(both).live_links) == 2


# --- case conferences, feedback, surveys, lessons -----------------------------------------------------------------
def test_the_actions_of_a_case_conference_are_due_and_found():
    meeting = CaseConference.from_yaml("""
reference: CC1
on: 2026-05-06
cases:
  - case: K1
    actions: [{what: offer an ISVA, owner: Lantern, due: 2026-05-13}, {what: ring the court}]
  - {case: K2, actions: [{what: visit, owner: Force, due: 2026-05-08, done_on: 2026-05-08}]}
""")
    assert lines(meeting, date(2026, 5, 14)) == [(date(2026, 5, 13), "Offer an ISVA."), (None, "Ring the court.")]
    assert rules(meeting.findings(date(2026, 5, 14))) == [
        ("conference-action-in-time", "broken"),
        ("conference-action-owned", "broken"),
    ]


def test_feedback_owes_an_answer_only_where_one_is_wanted():
    text = "{reference: F1, on: 2026-05-06, channel: direct, kind: concern, answer_wanted: %s, answer_by: 2026-05-20}"
    assert lines(Feedback.from_yaml(text % "true"), date(2026, 5, 7)) == [(date(2026, 5, 20), "Answer the feedback.")]
    assert lines(Feedback.from_yaml(text % "false"), date(2026, 5, 7)) == []


def test_a_survey_counts_and_is_reported():
    text = "{reference: S1, title: Satisfaction, first: 2026-04-01, last: 2026-06-30,"
    text += " asked: %s, answered: %s, satisfied: %s, report_due: 2026-07-31}"
    survey = Survey.from_yaml(text % (400, 120, 90))
    assert (float(survey.response), float(survey.satisfaction)) == (0.3, 0.75)
    assert rules(survey.findings(date(2026, 8, 1))) == [("survey-reported", "broken")]
    assert lines(survey, date(2026, 7, 1)) == [(date(2026, 7, 31), "Report the survey: Satisfaction.")]
    assert codes(lambda: Survey.from_yaml(text % (100, 120, 90))) == ["VC-COM-001"]
    assert codes(lambda: Survey.from_yaml(text % (400, 120, 121))) == ["VC-COM-001"]


def test_a_lesson_comes_from_an_entry_and_changes_policy():
    lesson = Lesson.from_yaml("{reference: LE1, learnt_from: [C1], changes: Updates policy, due: 2026-06-30}")
    assert lines(lesson, date(2026, 5, 1)) == [(date(2026, 6, 30), "Take the lesson into policy: Updates policy.")]
    assert len(lesson.findings(date(2026, 7, 1))) == 2
    assert codes(lambda: Lesson.from_yaml("{reference: LE1, learnt_from: [], changes: x}")) == ["VC-COM-001"]
    assert codes(lambda: Registers.of([lesson])) == ["VC-COM-007"]
    assert Registers.of([complaint(), lesson]).lessons == (lesson,)


def test_references_differ_over_all_registers():
    feedback = Feedback.from_yaml("{reference: C1, on: 2026-05-06, channel: direct, kind: praise}")
    assert codes(lambda: Registers.of([complaint(), feedback])) == ["VC-COM-008"]


# --- for the board ------------------------------------------------------------------------------------------------
def many():
    for n in range(30):
        day = date(2026, 4, 1 + n % 20)
        late = n < 2
        yield Complaint(
            reference=f"C{n}",
            received_on=day,
            received_by="police" if n < 20 else "pcc",
            acknowledged_on=date(2026, 6, 1) if late else day,
        )
    yield complaint(reference="C99")  # of another quarter


def test_the_board_sees_the_quarter_and_small_numbers_are_hidden_with_what_gives_them_away():
    registers = Registers.of(many())
    whole = registers.roll_up(QUARTER, as_at=date(2026, 7, 1), small_numbers=SmallNumbers(below=0))
    assert whole.number("Complaints") == 30
    assert whole.number("Complaints", "Police") == 20
    assert (whole.number("Complaints", "late"), whole.number("Complaints", "in time")) == (2, 28)

    shown = registers.roll_up(QUARTER, as_at=date(2026, 7, 1))
    assert (shown.number("Complaints"), shown.number("Complaints", "Police")) == (30, 20)
    assert (shown.number("Complaints", "late"), shown.number("Complaints", "in time")) == (None, None)
    assert "2 numbers are not shown" in " ".join(shown.to_card().sentences)
    assert "Nothing in this period: Requests for a review" in " ".join(shown.to_card().sentences)
    with pytest.raises(LookupError):
        shown.number("Complaints", "no such")


def test_every_register_is_counted_as_it_was_on_the_day():
    registers = Registers.of(
        [
            request(in_scheme=True, acknowledged_on=date(2026, 4, 20)),
            request(reference="V2", in_scheme=False, why_not="x"),
            booking(tested_on=date(2026, 5, 1), test_worked=True, took_place=True),
            booking("L2", room="Room 2", cancelled_on=date(2026, 5, 2)),
            CaseConference.from_yaml(
                "{reference: CC1, on: 2026-05-06, cases: [{case: K1, actions: [{what: x, due: 2026-05-07}]}]}"
            ),
            Feedback.from_yaml("{reference: F1, on: 2026-05-06, channel: direct, kind: praise}"),
            Survey.from_yaml(
                "{reference: S1, title: T, first: 2026-04-01, last: 2026-05-31, answered: 12, satisfied: 9}"
            ),
            Lesson.from_yaml("{reference: LE1, learnt_from: [F1], changes: x, changed_on: 2026-06-01}"),
        ]
    )
    figures = registers.roll_up(QUARTER, as_at=date(2026, 6, 1), small_numbers=SmallNumbers(below=0))
    number = figures.number
    assert number("Requests for a review", "late", group="Acknowledged") == 1
    assert number("Requests for a review", "closed before it", group="Acknowledged") == 1
    assert number("Requests for a review", "overdue", group="Decided") == 1
    assert number("Live links", "cancelled") == number("Live links", "worked, in time") == 1
    assert number("Cases at a case conference", "some overdue") == 1
    assert number("Feedback", "praise") == 1
    assert number("Answers to the survey T (S1)", "not satisfied") == 3
    assert number("Lessons", "done") == 1
