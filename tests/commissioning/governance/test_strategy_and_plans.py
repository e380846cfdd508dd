"""Strategy, plans, checklists, roles, terms of office, attendance, inspections, and what each still owes."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.governance import (
    Appointment,
    Board,
    Checklist,
    Inspection,
    Plan,
    RiskLog,
    Strategy,
    board_profiles,
    line_of_accountability,
    named_documents,
    role_profiles,
    working_definitions,
)
from victims_code.errors import CommissioningError

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def lines(record, on):
    """What is due of a record: day, kind and sentence."""
    return [(item.day, item.kind.value, item.what) for item in record.due_items(on)]


def rules(found):
    return [(one.rule, one.about) for one in found]


# --- the strategy and what serves it ------------------------------------------------------------------------------
PLAN = """
reference: DP
title: Delivery plan
kind: delivery-plan
owner: Policy Manager
since: 2026-04-01
until: 2027-03-31
agreed_on: 2026-03-20
published_on: 2026-03-27
review_on: 2026-10-01
actions:
  - {reference: '1', what: set up the service user group, owner: Policy Manager, due: 2026-06-30, objectives: [V1, D]}
  - {reference: '2', what: map services and gaps, due: 2026-09-30, objectives: [A]}
  - {reference: '3', what: agree the directory, owner: Analyst, due: 2026-05-01, done_on: 2026-05-04, objectives: [A]}
"""


def test_the_strategy_has_five_objectives_four_headings_and_their_commitments():
    strategy = Strategy.published("west-mercia-victim-and-witness-strategy")
    assert [one.reference for one in strategy.objectives] == list("ABCDE")
    assert [one.id for one in strategy.headings] == [
        "good-governance",
        "commissioned-services",
        "partnership-working",
        "voice-of-the-victim",
    ]
    assert [sum(c.heading == heading.id for c in strategy.commitments) for heading in strategy.headings] == [4, 7, 5, 2]
    assert len(Strategy.published("west-mercia-single-point-of-contact-2018").objectives) == 13


def test_actions_decisions_and_risks_hang_on_objectives_and_what_nothing_serves_is_found():
    strategy = Strategy.published("west-mercia-victim-and-witness-strategy")
    board = Board.from_yaml("""
title: Victims' Board
meetings: [{on: 2026-05-12, present: [], decisions: [{what: Fund a second adviser, objectives: [C]}]}]
""")
    risks = RiskLog.from_yaml("""
board: Victims' Board
scale: four-by-four
risks: [{reference: R1, cause: Grant, event: Advisers leave, impact: Waits, current: {likelihood: 3, impact: 3},
         state: closed, objectives: [C]}]
""")
    progress = {one.reference: one for one in strategy.progress([Plan.from_yaml(PLAN), board, risks], JULY)}

    assert [(thing.kind, thing.state) for thing in progress["A"].things] == [("action", "open"), ("action", "done")]
    assert progress["D"].count("action", "overdue") == 1
    assert [(t.kind, t.title, t.state) for t in progress["C"].things] == [
        ("meeting decision", "Fund a second adviser", ""),
        ("risk", "R1", "closed"),
    ]
    idle = [about for _, about in rules(strategy.findings(JULY, [Plan.from_yaml(PLAN), board, risks]))]
    assert "VWS, B" in idle
    assert "VWS, A" not in idle
    assert "VWS, V1" not in idle


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("objectives: [A]}]", "objectives: [F]}]", "VC-COM-007"),
        ("heading: h", "heading: z", "VC-COM-007"),
        ("reference: C1", "reference: A", "VC-COM-008"),
        ("until: 2027-01-01", "until: 2025-01-01", "VC-COM-006"),
    ],
)
def test_each_fault_of_a_strategy(old, new, code):
    text = """
reference: S
title: Strategy
since: 2026-01-01
until: 2027-01-01
headings: [{id: h, title: Heading}]
objectives: [{reference: A, title: Access}]
commitments: [{reference: C1, what: Help, heading: h, objectives: [A]}]
"""
    Strategy.from_yaml(text)
    with pytest.raises(CommissioningError) as refused:
        Strategy.from_yaml(text.replace(old, new))
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_plan_says_what_is_undone_late_and_without_an_owner():
    plan = Plan.from_yaml(PLAN)

    assert plan.summary(JULY) == {"open": 1, "overdue": 1, "done": 1, "dropped": 0}
    assert lines(plan, JULY) == [
        (date(2026, 6, 30), "action", "Set up the service user group."),
        (date(2026, 9, 30), "action", "Map services and gaps."),
        (date(2026, 10, 1), "plan", "Review the plan: Delivery plan."),
        (date(2027, 3, 31), "plan", "Agree what follows the plan when it ends: Delivery plan."),
    ]
    assert [found.message for found in plan.findings(JULY)] == [
        "The action 'set up the service user group' was due by Tuesday 30 June 2026.",
        "The action 'map services and gaps' has no owner.",
        "The action 'agree the directory' was done late; it was due by Friday 1 May 2026.",
    ]


def test_a_police_and_crime_plan_needs_the_views_of_victims_before_it_is_agreed():
    text = "{reference: P, title: Plan, kind: police-and-crime-plan, agreed_on: 2026-03-20, consultations: %s}"
    after = "[{of: victims, on: 2026-03-21}]"
    before = "[{of: victims, on: 2026-02-01, took_part: 412, evidence: Survey report}]"
    wanted = [("victims-consulted-on-the-plan", "P")]

    assert rules(Plan.from_yaml(text % "[]").findings(JULY)) == wanted
    assert rules(Plan.from_yaml(text % after).findings(JULY)) == wanted
    assert rules(Plan.from_yaml(text % before).findings(JULY)) == []


def test_a_plan_that_has_begun_is_agreed_and_published():
    plan = Plan.from_yaml("{reference: P, title: Plan, kind: commissioning-plan, since: 2026-04-01}")
    assert [found.message for found in plan.findings(JULY)] == [
        "The plan has begun, and is not agreed on record.",
        "The plan has begun, and is not published on record.",
    ]
    assert plan.findings(date(2026, 3, 31)) == ()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("done_on: 2026-05-01, dropped_on: 2026-05-01, why_dropped: x", "both done and dropped"),
        ("dropped_on: 2026-05-01", "no reason is given"),
    ],
)
def test_an_action_is_not_both_done_and_dropped_nor_dropped_without_a_reason(action, words):
    with pytest.raises(CommissioningError, match=words):
        Plan.from_yaml(f"{{reference: P, title: P, kind: delivery-plan, actions: [{{what: do, {action}}}]}}")


def test_actions_have_references_of_their_own_or_none():
    text = "{reference: P, title: P, kind: delivery-plan, actions: [{what: a%s}, {what: b%s}]}"
    assert len(Plan.from_yaml(text % ("", "")).actions) == 2
    with pytest.raises(CommissioningError, match="'1' is there twice"):
        Plan.from_yaml(text % (", reference: '1'", ", reference: '1'"))


def test_the_documents_and_definitions_that_the_client_names_are_there():
    assert "1 in 10 men" in working_definitions()["stalking"].figures[0]
    assert "west-mercia-domestic-abuse-strategy" in named_documents()
    assert set(working_definitions()) == {
        "cyber-crime",
        "rural-crime",
        "stalking",
        "criminal-exploitation",
        "child-sexual-exploitation",
    }


# --- checklists ---------------------------------------------------------------------------------------------------
def test_the_five_expectations_are_answered_and_what_is_not_known_is_never_met():
    checklist = Checklist.from_yaml("""
of: national-statement-of-expectations
title: VAWG 2026
look_again_on: 2027-04-01
answers:
  - {item: victim-at-the-centre, met: true, on: 2026-05-01, evidence: [Service specifications]}
  - {item: focus-on-perpetrators, met: false, on: 2026-05-01, owner: Policy Manager}
  - {item: locally-led, met: true, on: 2026-06-01}
""")
    assert checklist.summary(MAY) == {"yes": 1, "no": 1, "unknown": 3}
    assert checklist.summary(JULY) == {"yes": 2, "no": 1, "unknown": 2}
    assert [found.outcome.value for found in checklist.findings(JULY)] == [
        "broken",
        "cannot-tell",
        "broken",
        "cannot-tell",
    ]
    assert lines(checklist, JULY)[0] == (
        date(2027, 4, 1),
        "review",
        "Answer: Awareness is raised, and communities help to find and deliver solutions.",
    )


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ("[{item: locally-leaded}]", "VC-COM-007"),
        ("[{item: locally-led}, {item: locally-led}]", "VC-COM-008"),
        ("[{item: locally-led, on: 2026-05-01}]", "VC-COM-001"),
    ],
)
def test_each_fault_of_a_checklist(answers, code):
    with pytest.raises(CommissioningError) as refused:
        Checklist.from_yaml(f"{{of: national-statement-of-expectations, title: x, answers: {answers}}}")
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_duties_of_a_role_are_a_checklist_of_what_fulfils_them():
    duties = Checklist.from_yaml("""
of: victims-advocate
title: Advocate, year one
answers: [{item: n, met: true, on: 2026-04-01, evidence: [Minutes of the Victims Commission]}]
""")
    assert duties.summary(MAY) == {"yes": 1, "no": 0, "unknown": 21}
    assert [item.about for item in duties.due_items(MAY)][:2] == ["victims-advocate/a", "victims-advocate/b"]


# --- roles, terms and attendance ----------------------------------------------------------------------------------
def test_the_line_from_the_lead_to_the_commissioner():
    assert line_of_accountability("strategic-lead-for-victims") == (
        "Strategic Lead for Victims",
        "Chief Constable",
        "Police and Crime Commissioner",
        "Police and Crime Panel",
    )
    assert line_of_accountability("victim-justice-unit-administrator")[1:3] == (
        "Victim Justice Unit",
        "Chief Constable",
    )
    assert {one.id for one in role_profiles()["victim-justice-unit"].duties} >= {"live-links", "code-compliance"}


def test_a_post_keeps_its_vetting_grade_and_terms():
    def facts(role):
        return {one.id: one.title for one in role_profiles()[role].conditions}

    assert facts("victims-advocate")["vetting"] == "Police security and management vetting"
    assert "6 December 2024" in facts("victims-advocate")["appointment"]
    administrator = facts("victim-justice-unit-administrator")
    assert (administrator["grade"], administrator["vetting"]) == ("Grade E", "No higher vetting")
    assert "level 1b" in administrator["behaviours"]


def appointed(**more):
    fixed = {"role": "victims-advocate", "holder": "M3", "on": date(2025, 1, 6), "history": []}
    return Appointment.from_dict(fixed | more)


def test_a_first_term_is_a_year_and_an_extension_makes_it_longer():
    first = appointed()
    longer = appointed(extensions=[{"until": date(2026, 7, 5), "agreed_on": date(2025, 12, 1)}])
    ended = appointed(ended_on=date(2025, 6, 1), why_ended="By the commissioner")

    assert (first.last_day, longer.last_day, ended.last_day) == (
        date(2026, 1, 5),
        date(2026, 7, 5),
        date(2025, 6, 1),
    )
    assert first.holds_on(date(2026, 1, 5))
    assert not first.holds_on(date(2026, 1, 6))
    assert [item.day for item in longer.due_items(date(2026, 2, 1))] == [date(2026, 7, 5), None]
    assert first.due_items(date(2026, 2, 1)) == ()


def test_an_early_end_has_its_reason():
    with pytest.raises(CommissioningError, match="ended early"):
        appointed(ended_on=date(2025, 6, 1))


def test_a_seat_does_not_outlast_the_term():
    board = Board.from_dict({"title": "Board", "members": [{"role": "victims-advocate", "holder": "M3"}]})
    found = appointed().findings(date(2026, 2, 1), [board])
    assert rules(found) == [("term-of-office", "victims-advocate M3")]
    assert "Monday 5 January 2026" in found[0].message


def test_performance_is_reviewed_as_the_contract_says():
    every_half_year = appointed(review_months=6, reviews=[date(2025, 7, 1)])
    assert every_half_year.findings(date(2026, 1, 1)) == ()
    assert rules(every_half_year.findings(date(2026, 1, 2))) == [("performance-reviewed", "victims-advocate M3")]
    assert lines(every_half_year, date(2025, 8, 1))[0][:2] == (date(2026, 1, 1), "review")


BOARD = {
    "title": "Accountability and Governance Board",
    "members": [{"role": "victims-advocate", "holder": "M3"}],
    "quorum": 1,
    "meetings": [
        {"on": date(2025, 2, 3), "present": ["M3"]},
        {"on": date(2025, 3, 3), "present": []},
        {"on": date(2025, 4, 7), "present": [], "excused": ["M3"]},
        {"on": date(2025, 5, 5), "present": []},
    ],
}


def test_absence_without_a_good_reason_is_counted_and_has_a_consequence():
    board = Board.from_dict(BOARD)
    attendance = board.attendance("M3", date(2025, 1, 1), date(2025, 12, 31))
    assert (attendance.meetings, attendance.present, attendance.excused) == (4, 1, 1)
    assert attendance.missed == (date(2025, 3, 3), date(2025, 5, 5))

    (found,) = appointed().findings(date(2025, 6, 1), [board])
    assert found.rule == "absence-has-a-consequence"
    assert "missed 2 meetings" in found.message
    assert "A deduction from the fee, or the end of the contract may follow." in found.hint

    decided = appointed(consequences=[{"on": date(2025, 4, 1), "kind": "fee-deducted", "why": "Meeting of March"}])
    assert decided.missed(date(2025, 6, 1), [board]) == (date(2025, 5, 5),)
    settled = appointed(consequences=[{"on": date(2025, 5, 9), "kind": "none", "why": "Illness came to light"}])
    assert settled.findings(date(2025, 6, 1), [board]) == ()


def test_the_rule_of_independence_is_asked_of_the_advocate_and_not_of_the_commissioner():
    commissioner = Appointment(role="police-and-crime-commissioner", holder="M1", on=date(2024, 5, 9))
    assert commissioner.findings() == ()
    assert commissioner.last_day == date(2028, 5, 8)
    unasked = Appointment(role="victims-advocate", holder="M3", on=date(2025, 1, 6))
    assert rules(unasked.findings()) == [("advocate-independent", "victims-advocate M3")]


# --- boards -------------------------------------------------------------------------------------------------------
def test_a_board_owes_its_next_meeting_papers_minutes_and_actions():
    board = Board.from_yaml("""
title: Victims' Board
profile: victims-board
chair: deputy-police-and-crime-commissioner
members: [{role: deputy-police-and-crime-commissioner, holder: M2}]
quorum: 1
planned: [2026-02-02, 2026-05-11, 2026-08-03]
meetings:
  - on: 2026-02-02
    present: [M2]
    papers_published: true
    minutes: VB/2026/1
    actions: [{reference: '1', what: chase the return, owner: Analyst, due: 2026-03-01}]
""")
    assert lines(board, date(2026, 6, 1)) == [
        (date(2026, 3, 1), "action", "Chase the return."),
        (date(2026, 5, 11), "board", "Record the meeting that was planned: Victims' Board."),
        (date(2026, 8, 3), "board", "Hold the meeting: Victims' Board."),
    ]
    assert rules(board.findings(date(2026, 6, 1))) == [("board-action-in-time", "Victims' Board")]


def test_without_planned_days_the_next_meeting_follows_the_last():
    summit = Board.from_yaml(
        "{title: Victims Summit, profile: victims-summit, meetings: [{on: 2026-02-10, present: []}]}"
    )
    assert lines(summit, MAY) == [(date(2027, 2, 10), "board", "Hold the next meeting: Victims Summit.")]
    never_met = Board.from_yaml("{title: Victims Summit, profile: victims-summit}")
    assert lines(never_met, MAY) == [(None, "board", "Hold the next meeting: Victims Summit.")]


def test_the_forum_has_seats_for_four_commissioners_and_others_sit_there_too():
    forum = board_profiles()["west-midlands-criminal-justice-collaboration-forum"]
    board = Board.from_dict(
        {
            "title": "Forum",
            "profile": forum.id,
            "members": [
                *({"role": seat, "holder": f"M{n}"} for n, seat in enumerate(forum.seats)),
                {"role": "chief-prosecutor", "holder": "M9"},
            ],
        }
    )
    assert len(forum.seats) == 4
    assert board.findings(MAY) == ()


def test_the_group_on_sexual_offences_has_its_twelve_objectives_and_plans():
    group = board_profiles()["serious-sexual-offences-coordinating-group"]
    assert len(group.objectives) == 12
    assert group.supports[0] == "safer-west-mercia-plan"
    assert board_profiles()["local-criminal-justice-board"].supports == ("national-criminal-justice-board",)


# --- inspections and risks ----------------------------------------------------------------------------------------
REPORT = """
reference: INS1
title: Custody inspection
by: [hmicfrs]
published_on: 2026-05-01
recommendations:
  - {reference: '1', what: Train call handlers}
  - {reference: '2', what: Publish the protocol, answer: accepted, owner: Strategic Lead, due: 2026-09-30}
  - {reference: '3', what: Move the unit, answer: rejected, why: Cost}
"""


def test_comments_on_a_report_are_due_on_the_last_of_56_days():
    report = Inspection.from_yaml(REPORT)
    assert report.comments_due == date(2026, 6, 25)
    assert lines(report, MAY) == [
        (date(2026, 6, 25), "recommendation", "Publish comments on the report: Custody inspection."),
        (date(2026, 6, 25), "recommendation", "Answer the recommendation: Train call handlers."),
        (date(2026, 9, 30), "recommendation", "Carry out the recommendation: Publish the protocol."),
    ]
    assert report.findings(date(2026, 6, 25)) == ()
    assert rules(report.findings(date(2026, 6, 26))) == [
        ("inspection-commented", "INS1"),
        ("recommendation-answered", "INS1/1"),
    ]
    assert ("recommendation-in-time", "INS1/2") in rules(report.findings(date(2026, 10, 1)))


def test_comments_published_late_stay_found_and_a_panel_sets_no_day():
    late = Inspection.from_yaml(
        REPORT.replace("recommendations:", "comments_published_on: 2026-06-26\nrecommendations:")
    )
    assert "They were published on Friday 26 June 2026." in late.findings(JULY)[0].message
    panel = Inspection.from_yaml(REPORT.replace("[hmicfrs]", "[victims-panel]"))
    assert panel.comments_due is None
    assert [day for day, _, _ in lines(panel, MAY)] == [date(2026, 9, 30), None]


@pytest.mark.parametrize(
    "wrong", ["answer: rejected", "answer: partly", "answer: rejected, why: x, done_on: 2026-06-01"]
)
def test_a_refusal_has_a_reason_and_is_not_carried_out(wrong):
    with pytest.raises(CommissioningError) as refused:
        Inspection.from_yaml(REPORT.replace("what: Train call handlers", f"what: Train call handlers, {wrong}"))
    assert [fault.code for fault in refused.value.faults] == ["VC-COM-001"]


def test_a_log_owes_reviews_actions_and_issues():
    log = RiskLog.from_yaml("""
board: Victims' Board
scale: four-by-four
risks:
  - {reference: R1, cause: Grant, event: Advisers leave, impact: Waits, owner: Policy Manager, reviewed_on: 2026-04-01,
     current: {likelihood: 3, impact: 3}, actions: [{what: Bid for two years, owner: Analyst, due: 2026-04-20}]}
  - {reference: R2, cause: Move, event: Links fail, impact: Delay, current: {likelihood: 1, impact: 1}}
issues:
  - {reference: I1, what: Survey stopped, priority: high, raised_on: 2026-03-01, due: 2026-04-15}
  - {reference: I2, what: Site down, priority: low, raised_on: 2026-03-01, due: 2026-04-15, closed_on: 2026-04-10}
""")
    assert lines(log, date(2026, 4, 16)) == [
        (date(2026, 4, 15), "risk", "Close the issue: Survey stopped."),
        (date(2026, 4, 20), "action", "Bid for two years."),
        (date(2026, 5, 1), "risk", "Review the risk: Advisers leave."),
        (None, "risk", "Review the risk: Links fail."),
    ]
