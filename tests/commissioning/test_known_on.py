"""Nothing that is recorded after the day asked about counts: in no record, register, figure or page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve, fields

from victims_code.commissioning.actions import Action, ActionState
from victims_code.commissioning.area_folder import AreaFolder
from victims_code.commissioning.area_folder.starters import STARTERS
from victims_code.commissioning.governance import Board, Meeting, ServiceCourse
from victims_code.commissioning.governance.pages import boards_page
from victims_code.commissioning.money import Award, check_passed_on, passed_on
from victims_code.commissioning.records import CommissioningRecord, known_among
from victims_code.commissioning.registers import Complaint, Lesson, Registers
from victims_code.commissioning.services import Referral, ReferralList, referral_timeliness
from victims_code.errors import VictimsCodeError
from victims_code.figures import ReportingPeriod, SmallNumbers
from victims_code.reading.data_files import data_folder

DAY = date(2026, 6, 1)
LATER = DAY + timedelta(days=20)


def days_of(record, way=()):
    """Every day on which something was done, in a record and in what it holds; planned days count, though later."""
    for attribute in fields(type(record)):
        value, name = getattr(record, attribute.name), attribute.name
        if name not in record.planned_days and (name == "on" or name.endswith("_on")):
            yield (*way, name)
        for n, inner in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(inner, CommissioningRecord):
                yield from days_of(inner, (*way, name, n))


def put(record, way, value):
    if len(way) == 1:
        return evolve(record, **{way[0]: value})
    name, n, *rest = way
    listed = list(getattr(record, name))
    listed[n] = put(listed[n], rest, value)
    return evolve(record, **{name: tuple(listed)})


def answers(record):
    """What a record says is due and amiss on the day; nothing of one that is not there."""
    asked = [ask for name in ("due_items", "findings") if callable(ask := getattr(record, name, None))]
    return [line for one in asked for line in map(str, one() if isinstance(record, ServiceCourse) else one(DAY))]


EXAMPLES = AreaFolder.read(data_folder() / STARTERS)
RECORDS = [record for listed in EXAMPLES.records.values() for record in listed]
DONE = [
    pytest.param(record, way, id=f"{type(record).__name__}-{'.'.join(map(str, way))}")
    for record in RECORDS
    if isinstance(record, CommissioningRecord)
    for way in days_of(record)
]


@pytest.mark.parametrize(("record", "way"), DONE)
def test_what_is_done_later_has_no_bearing_on_the_day(record, way):
    try:
        later = put(record, way, LATER)
    except VictimsCodeError:
        pytest.skip("the record cannot say so")
    known = later.known_on(DAY)
    if isinstance(record, ServiceCourse):  # what is amiss with it goes by no day
        later = later.known_on(DAY)
    assert answers(later) == ([] if known is None else answers(known))
    if known is not None:
        assert f"{LATER:%d %B %Y}".lstrip("0") not in " ".join(answers(later)), "the day shows"


REGISTERS = """
complaints:
  - {reference: C1, received_on: 2026-04-01, received_by: pcc, answered_on: 2026-06-20, outcome: upheld,
     meant_for: police, forwarded_on: 2026-06-20, forwarded_to: police}
  - {reference: C2, received_on: 2026-06-02, received_by: pcc}
reviews:
  - {reference: V1, scheme: police-right-to-review, requested_on: 2026-04-01, decided_on: 2026-06-20, outcome: upheld}
  - {reference: V2, scheme: police-right-to-review, requested_on: 2026-06-02}
live_links:
  - {reference: L1, witness: W1, room: A, on: 2026-06-20, begins: '10:00', ends: '11:00', took_place: true}
conferences:
  - {reference: CC2, on: 2026-06-02, cases: [{case: K1, actions: [{what: Call, due: 2026-05-01}]}]}
feedback:
  - {reference: F2, on: 2026-06-02, channel: service-user-group, kind: praise, answer_wanted: true}
surveys:
  - {reference: S1, title: How was it, first: 2026-04-01, last: 2026-06-30, asked: 90, answered: 40, satisfied: 30}
lessons:
  - {reference: LE1, learnt_from: [C1], changes: Policy, changed_on: 2026-06-20}
  - {reference: LE2, learnt_from: [C2], changes: Training}
"""


def test_a_register_counts_only_what_had_come_in():
    registers = Registers.from_yaml(REGISTERS)
    abouts = {item.about for item in registers.due_items(DAY)} | {one.about for one in registers.findings(DAY)}
    assert abouts == {"C1", "V1", "L1", "S1", "LE1"}

    figures = registers.roll_up(ReportingPeriod.parse("2026-27"), as_at=DAY, small_numbers=SmallNumbers(below=0))
    assert figures.number("Complaints") == figures.number("Requests for a review") == 1
    assert figures.number("Complaints", "none yet") == figures.number("Requests for a review", "none yet") == 1
    assert figures.number("Complaints", "no", group="Passed on") == 1
    assert figures.number("Live links", "to come") == 1
    assert figures.number("Lessons", "open") == figures.number("Lessons") == 1
    assert figures.nothing_in == ("Cases at a case conference", "Feedback")


def test_on_a_later_day_it_all_counts():
    figures = Registers.from_yaml(REGISTERS).roll_up(
        ReportingPeriod.parse("2026-27"), as_at=date(2026, 7, 1), small_numbers=SmallNumbers(below=0)
    )
    assert figures.number("Complaints") == 2
    assert figures.number("Complaints", "yes", group="Passed on") == figures.number("Complaints", "upheld") == 1
    assert figures.number("Live links", "evidence given") == 1
    assert figures.number("Answers to the survey How was it (S1)", "satisfied") == 30
    assert figures.number("Lessons", "done") == figures.number("Lessons", "open") == 1


def test_a_lesson_whose_entry_is_not_here_is_kept():
    lesson = Lesson(reference="LE1", learnt_from=("C9",), changes="Policy")
    assert Registers(lessons=(lesson,), elsewhere=("C9",)).known_on(DAY).lessons == (lesson,)


def test_what_is_given_up_later_is_still_open():
    action = Action(what="Call", due=date(2026, 7, 1), dropped_on=LATER, why_dropped="Too late")
    assert (action.known_on(DAY).why_dropped, action.known_on(DAY).state(DAY)) == (None, ActionState.OPEN)


def test_referrals_reported_or_made_later_are_not_counted():
    rows = [
        {"reference": "R1", "reported_on": date(2026, 5, 27), "made_on": date(2026, 6, 3)},
        {"reference": "R2", "reported_on": date(2026, 6, 2), "made_on": date(2026, 6, 3)},
    ]
    referrals = [Referral(victim="V1", to="VAL", basis="data-share", **row) for row in rows]
    found = referral_timeliness(referrals, as_at=DAY)
    assert (found.overdue, found.late, found.in_time, found.not_yet_due) == (1, 0, 0, 0)
    follows = evolve(referrals[0], reference="R3", reported_on=None, made_on=None, after="R2")
    listed = ReferralList(referrals=(*referrals, follows)).known_on(DAY)
    assert [one.reference for one in listed.referrals] == ["R1"]


def test_a_sub_grant_that_is_made_later_is_not_passed_on_yet():
    days = {"kind": "grant", "amount": 100, "first": date(2026, 4, 1), "last": date(2027, 3, 31)}
    above = Award(reference="L", funder="PCC", recipient="Lantern", **days)
    below = Award(reference="S", funder="Lantern", recipient="Beacon", within="L", awarded_on=LATER, **days)
    assert (passed_on(above, [above, below], DAY), passed_on(above, [above, below], LATER)) == (0, 100)
    twice = [above, below, evolve(below, reference="T")]
    assert (len(check_passed_on(twice, as_at=DAY)), len(check_passed_on(twice, as_at=LATER))) == (0, 1)
    assert below.due_items(DAY) == ()


def test_a_meeting_held_later_is_on_no_page_of_the_board():
    board = Board(
        title="Victims' Board",
        meetings=(Meeting(on=date(2026, 5, 6), present=()), Meeting(on=LATER, present=())),
    )
    shown = str(boards_page([board], DAY))
    assert "6 May 2026" in shown
    assert "21 Jun 2026" not in shown


def test_the_folder_says_how_many_records_are_later():
    complaints = tuple(Registers.from_yaml(REGISTERS).complaints)
    area = AreaFolder(path=data_folder(), records={"complaints": complaints, "area": EXAMPLES.records["area"]})
    known = area.known_on(DAY)
    assert [one.reference for one in known.all(Complaint)] == ["C1"]
    assert known.later == {"complaints": 1}
    assert [one.reference for one in known_among(complaints, date(2026, 3, 1))] == []
