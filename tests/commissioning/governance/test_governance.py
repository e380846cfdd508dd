"""The cycle, decisions, decommissioning, ratings, boards, risks and the highlight report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shared.read_page import read_page
from victims_code.commissioning.governance import (
    Appointment,
    Board,
    CommissioningCycle,
    DecisionRecord,
    ExemptPart,
    HighlightReport,
    KeyFigure,
    Member,
    RiskLog,
    ServiceCourse,
    cycle_cells,
    rate,
)
from victims_code.commissioning.governance.decisions import DecisionReference
from victims_code.commissioning.governance.risks import risk_scales
from victims_code.commissioning.outcomes.ratings import RatingBand
from victims_code.errors import CommissioningError
from victims_code.figures import Direction

UP, DOWN, DEMAND = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER, Direction.DEMAND


def faults_of(build, place=None):
    with pytest.raises(CommissioningError) as refused:
        build()
    found = [(fault.code, fault.location) for fault in refused.value.faults]
    return found if place is None else [(code, location.split(", ")[place]) for code, location in found]


# --- The cycle --------------------------------------------------------------------------------------------------
def test_the_twelve_cells_and_their_activities():
    assert {cell.id: len(cell.activities) for cell in cycle_cells()} == {
        "understand/commissioner-and-force": 4,
        "understand/co-commissioning": 3,
        "understand/criminal-justice-system": 3,
        "plan/commissioner-and-force": 4,
        "plan/co-commissioning": 2,
        "plan/criminal-justice-system": 2,
        "do/commissioner-and-force": 2,
        "do/co-commissioning": 1,
        "do/criminal-justice-system": 1,
        "review/commissioner-and-force": 5,
        "review/co-commissioning": 2,
        "review/criminal-justice-system": 2,
    }


CYCLE = """
title: 2026/27
activities:
  - {activity: commission-within-wider-strategy, owner: Commissioning, done_on: 2026-05-01, evidence: [Award notice]}
  - {activity: plan-and-monitor-implementation, owner: Regional lead, due: 2026-06-30}
  - {activity: benchmark-against-code}
  - {activity: know-the-rates, owner: Analyst, done_on: 2026-05-01}
not_for_us: {service-user-view: Taken up in the single framework, shared-performance-framework: The same}
"""


def test_each_cell_says_how_far_it_has_come():
    cycle = CommissioningCycle.from_yaml(CYCLE)

    states = {progress.cell.id: progress.state.value for progress in cycle.progress(date(2026, 6, 30))}
    assert states["do/co-commissioning"] == "done"
    assert states["do/criminal-justice-system"] == "open"
    assert states["understand/commissioner-and-force"] == "open"
    assert states["plan/co-commissioning"] == "not-started"
    assert states["review/co-commissioning"] == "not-for-us"
    assert cycle.progress(date(2026, 7, 1))[8].state.value == "overdue"
    assert cycle.progress(date(2026, 4, 30))[7].state.value == "open"


def test_owner_evidence_and_day_are_looked_for():
    found = CommissioningCycle.from_yaml(CYCLE).findings(date(2026, 7, 1))

    assert [(f.rule, f.about) for f in found] == [
        ("cycle-activity-in-time", "plan-and-monitor-implementation"),
        ("cycle-activity-owned", "benchmark-against-code"),
        ("cycle-activity-evidenced", "know-the-rates"),
    ]


def test_a_cycle_is_written_and_read_back_and_its_faults_are_placed():
    cycle = CommissioningCycle.from_yaml(CYCLE)

    assert CommissioningCycle.from_yaml(cycle.to_yaml()) == cycle
    wrong = CYCLE.replace("know-the-rates", "benchmark-against-code").replace("service-user-view", "user-view")
    assert faults_of(lambda: CommissioningCycle.from_yaml(wrong, source="cycle.yaml")) == [
        ("VC-COM-008", "cycle.yaml, line 7, activities[3].activity"),
        ("VC-COM-007", "cycle.yaml, line 8, not_for_us.user-view"),
    ]


# --- Decisions --------------------------------------------------------------------------------------------------
DECISION = """
reference: PCC/D/2018/12
title: Re-modelling of victim provision
commissioner: Police and Crime Commissioner for West Mercia
summary: A single point of contact for victims and survivors is preferred.
proposal: Run a partial in-house service, and produce a full business case.
cost: 65000
funding:
  - {fund: MoJ victims grant 2018/19, ring_fenced: true}
  - {fund: PCC grant budget 2018/19, ring_fenced: true}
part_1:
  supporting_report: As in the summary.
  benefits: [Better information for victims, Clear lines of responsibility]
  legal_considerations: >-
    By virtue of section 143 of the Antisocial Behaviour, Policing and Crime Act 2014 services may be provided. By
    virtue of schedule 11, paragraph 14 of the Police Reform and Social Responsibility Act 2011 more may be done.
part_2: {report: What is not published.}
approved_on: 2018-04-24
officer_role: Chief Executive Officer
officer_approved_on: 2018-04-24
published_on: 2018-04-24
"""


def test_the_record_of_decision_is_read_with_both_mistakes_of_law_and_the_missing_ground():
    record = DecisionRecord.from_yaml(DECISION)

    assert (record.number.office, record.number.year, record.number.number) == ("PCC", 2018, 12)
    assert record.cost == Decimal(65000)
    assert [(f.rule, f.hint) for f in record.findings()] == [
        ("decision-powers-cited-rightly", "Write: Anti-social Behaviour, Crime and Policing Act 2014, s.143."),
        ("decision-powers-cited-rightly", "Write: Police Reform and Social Responsibility Act 2011, Sch 1 para 14."),
        ("decision-exempt-part-has-a-ground", "Name the exemption."),
    ]


def test_cited_rightly_there_is_nothing_to_find():
    right = DECISION.replace("Antisocial Behaviour, Policing and Crime", "Anti-social Behaviour, Crime and Policing")
    right = right.replace("schedule 11", "schedule 1").replace("report: What", "ground: section 43, report: What")

    assert DecisionRecord.from_yaml(right).findings() == ()


def test_part_2_is_neither_published_nor_shown():
    record = DecisionRecord.from_yaml(DECISION)

    assert "part_2" not in record.to_public_dict()
    assert "What is not published" not in repr(record)
    assert record.to_dict()["part_2"] == {"report": "What is not published."}
    assert DecisionRecord.from_yaml(record.to_yaml()) == record
    wrong = DECISION.replace("part_2: {report: What is not published.}", "part_2: {report: [Secret]}")
    with pytest.raises(CommissioningError) as refused:
        DecisionRecord.from_yaml(wrong)
    assert "Secret" not in str(refused.value)


def test_a_decision_is_published_only_when_both_have_approved():
    waiting = DecisionRecord.from_yaml(DECISION.replace("officer_approved_on: 2018-04-24\n", ""))

    assert faults_of(waiting.public) == [("VC-COM-003", "PCC/D/2018/12")]
    assert "decision-approved" in [f.rule for f in waiting.findings()]


def test_a_power_not_in_force_on_the_day_is_found():
    early = DECISION.replace("part_1:", "powers: [VPA 2024 s.5]\npart_1:")

    found = [f for f in DecisionRecord.from_yaml(early).findings() if f.rule == "decision-powers-in-force"]
    assert [(f.outcome.value, f.message) for f in found] == [
        ("broken", "Victims and Prisoners Act 2024, s.5: It was not in force on Tuesday 24 April 2018.")
    ]


NUMBERS = [
    ("PCC/D/2018/12", "west-mercia", 2018, 12),
    ("PCD 1600", "metropolitan", None, 1600),
    ("WPCC3-0129", "warwickshire", None, 129),
    ("2022-0021", "cleveland", 2022, 21),
    ("2025-26-0026", "cleveland", 2025, 26),
    ("OPCC.D.032.23", "kent", None, 32),
]


@pytest.mark.parametrize(("text", "area", "year", "number"), NUMBERS)
def test_each_office_numbers_its_decisions_in_its_own_form(text, area, year, number):
    read = DecisionReference.parse(text)

    assert (read.area, read.year, read.number, str(read)) == (area, year, number, text)
    assert DecisionReference.parse(text, area=area) == read


def test_a_number_is_of_the_form_of_its_office():
    with pytest.raises(CommissioningError, match="Write it like PCD 1600, DMPCD 2016 44"):
        DecisionReference.parse("PCC/D/2018/12", area="metropolitan")
    assert DecisionReference.parse("No. 7 of 2026", area="30").area == "derbyshire"  # no form of theirs was read
    with pytest.raises(CommissioningError, match="name the `area`"):
        DecisionReference.parse("No. 7 of 2026")


def test_a_decision_is_approved_in_the_year_of_its_number():
    cleveland = DECISION.replace("PCC/D/2018/12", "2018-19-0012").replace("2018-04-24", "2019-03-31")
    assert DecisionRecord.from_yaml(cleveland).number.year == 2018

    assert ("VC-COM-004", "approved_on") in faults_of(
        lambda: DecisionRecord.from_yaml(cleveland.replace("2019-03-31", "2019-04-01")), place=-1
    )


@pytest.mark.parametrize("ground", ["s.43", "section 43(2) FOIA 2000", "commercial interests", "Sch 12A para 3"])
def test_part_2_is_withheld_under_an_exemption_that_exists(ground):
    assert ExemptPart(report="x", ground=ground).ground == ground


@pytest.mark.parametrize("ground", ["because", "s.45", "section 43 of the Data Protection Act 2018"])
def test_an_exemption_that_does_not_exist_is_refused(ground):
    with pytest.raises(CommissioningError, match="There is no exemption"):
        ExemptPart(report="x", ground=ground)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("PCC/D/2018/12", "PCC-D-2018-12", "VC-COM-004", "line 2, reference"),
        ("approved_on: 2018-04-24", "approved_on: 2019-04-24", "VC-COM-004", "line 18, approved_on"),
        (
            "2018/19, ring_fenced: true}\n  - {fund: PCC",
            "2018/19, amount: 1}\n  - {amount: 2, fund: PCC",
            "VC-COM-002",
            "line 8, funding",
        ),
        ("fund: MoJ", "amount: -1, fund: MoJ", "VC-COM-001", "line 9, funding[0].amount"),
    ],
)
def test_each_fault_of_a_decision(old, new, code, where):
    assert old in DECISION
    faults = faults_of(lambda: DecisionRecord.from_yaml(DECISION.replace(old, new, 1), source="d.yaml"))

    assert (code, f"d.yaml, {where}") in faults


# --- Decommissioning --------------------------------------------------------------------------------------------
def test_a_service_is_supported_then_improved_and_ended_only_with_the_provider():
    course = ServiceCourse(service="S1")
    course = course.move("support-offered", on=date(2026, 4, 1), why="Outcomes missed")
    course = course.move("improvement-plan", on=date(2026, 5, 1), why="No change", plan="Plan of 1 May")
    ended = course.move("decommissioned", on=date(2026, 9, 1), why="Not viable", jointly_with="The provider")

    assert ended.state == "decommissioned"
    assert ended.state_on(date(2026, 8, 31)) == "improvement-plan"
    assert ended.state_on(date(2026, 3, 31)) == "performing"
    assert ServiceCourse.from_yaml(ended.to_yaml()) == ended


@pytest.mark.parametrize(
    ("steps", "where", "words"),
    [
        ([{"to": "decommissioned", "on": "2026-04-01"}], "history[0].to", "can become: support-offered"),
        ([{"to": "improvement-plan", "on": "2026-04-01"}], "history[0].to", "can become: support-offered"),
        ([{"to": "support-offered", "on": "2026-04-01"}], "history[0].why", "Add `why`"),
        (
            [
                {"to": "support-offered", "on": "2026-04-01", "why": "x"},
                {"to": "improvement-plan", "on": "2026-05-01", "why": "x"},
            ],
            "history[1].plan",
            "Add `plan`",
        ),
        (
            [
                {"to": "support-offered", "on": "2026-04-01", "why": "x"},
                {"to": "improvement-plan", "on": "2026-05-01", "why": "x", "plan": "p"},
                {"to": "decommissioned", "on": "2026-06-01", "why": "x"},
            ],
            "history[2].jointly_with",
            "Add `jointly_with`",
        ),
        ([{"to": "closed", "on": "2026-04-01"}], "history[0].to", "decommissioned"),
    ],
)
def test_illegal_moves_are_refused_with_the_way_out(steps, where, words):
    with pytest.raises(CommissioningError) as refused:
        ServiceCourse.from_dict({"service": "S1", "history": steps})

    assert any(fault.location == where and words in fault.hint for fault in refused.value.faults), refused.value


def test_any_service_may_be_ended_once_support_was_offered_and_nothing_comes_after_the_end():
    steps = [
        {"to": "support-offered", "on": "2026-04-01", "why": "x"},
        {"to": "decommissioned", "on": "2026-05-01", "why": "Not viable", "jointly_with": "Provider"},
    ]

    ended = ServiceCourse.from_dict({"service": "S1", "history": steps})
    assert (ended.state, ended.has_ended) == ("decommissioned", True)
    assert faults_of(lambda: ServiceCourse.from_dict({"service": "S1", "history": steps[1:]})) == [
        ("VC-COM-003", "history[0].to")
    ]
    again = [*steps, {"to": "performing", "on": "2026-06-01", "why": "x"}]
    with pytest.raises(CommissioningError, match="no further move"):
        ServiceCourse.from_dict({"service": "S1", "history": again})


@pytest.mark.parametrize(
    ("end", "needs"),
    [
        ("expired", {}),
        ("funding-lost", {"why": "The fund closed."}),
        ("ended-by-agreement", {"why": "Merged.", "jointly_with": "Provider"}),
        ("provider-failed", {"why": "Insolvent."}),
    ],
)
def test_a_service_ends_in_other_ways_from_any_state_and_says_what_becomes_of_people(end, needs):
    for before in ([], [{"to": "support-offered", "on": "2026-04-01", "why": "x"}]):
        last = {"to": end, "on": "2026-05-01", **needs}
        course = ServiceCourse.from_dict({"service": "S1", "history": [*before, last]})
        assert (course.state, course.has_ended) == (end, True)
        assert [found.rule for found in course.findings()] == ["service-users-looked-after"]
        told = {**last, "service_users": "All 41 were passed on to Lantern."}
        assert ServiceCourse.from_dict({"service": "S1", "history": [told]}).findings() == ()
    for need in needs:
        lacking = {"to": end, "on": "2026-05-01", **{key: text for key, text in needs.items() if key != need}}
        build = {"service": "S1", "history": [lacking]}
        assert faults_of(lambda build=build: ServiceCourse.from_dict(build)) == [("VC-COM-003", f"history[0].{need}")]


# --- Ratings ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "target", "direction", "band"),
    [
        (90, 90, UP, "green"),
        (81, 90, UP, "amber"),
        (Decimal("80.9"), 90, UP, "red"),
        (0, 90, UP, "red"),
        (10, 10, DOWN, "green"),
        (Decimal("11.1"), 10, DOWN, "amber"),
        (Decimal("11.2"), 10, DOWN, "red"),
        (500, 10, DEMAND, None),
        (None, 10, UP, None),
        (10, None, UP, None),
        (-1, 10, UP, None),
    ],
)
def test_a_value_is_rated_against_its_target_and_demand_is_not(value, target, direction, band):
    assert rate(value, target, direction).band == band


def test_thresholds_can_be_replaced():
    strict = [
        RatingBand(id="met", title="Met", at_least=100),
        RatingBand(id="missed", title="Missed", at_least=0),
    ]

    assert rate(99, 100, UP, bands=strict).band == "missed"


def test_money_is_written_as_money():
    figure = KeyFigure(title="Spent", direction="demand", value="1371001", target="1400000.5", unit="pounds")
    page = HighlightReport(
        board="Board", area="Area", period_from=date(2026, 4, 1), period_to=date(2026, 6, 30), figures=[figure]
    ).to_page_dict()

    assert (page["figures"][0]["value"], page["figures"][0]["target"]) == ("£1,371,001.00", "£1,400,000.50")


# --- Boards -----------------------------------------------------------------------------------------------------
THREE = """
title: Accountability and Governance Board
profile: accountability-and-governance-board
quorum: 2
members:
  - {role: police-and-crime-commissioner, holder: M1}
  - {role: deputy-police-and-crime-commissioner, holder: M2}
  - {role: victims-advocate, holder: M3, since: 2025-01-06, until: 2026-01-05}
meetings:
  - {on: 2025-03-03, present: [M1, M2, M3]}
  - {on: 2025-06-02, present: [M1], excused: [M2]}
"""


def test_the_accountability_and_governance_board_has_three_members():
    board = Board.from_yaml(THREE)

    assert board.findings(date(2025, 3, 31)) == ()
    (found,) = board.findings(date(2025, 1, 5))
    assert found.message == "The board has seats for 3, and these are empty: victims-advocate."
    assert Board.from_yaml(board.to_yaml()) == board


def test_quorum_and_attendance():
    found = Board.from_yaml(THREE).findings(date(2025, 6, 2))

    assert [(f.rule, f.message) for f in found] == [
        ("board-quorum", "On Monday 2 June 2025 1 were there, and the quorum is 2."),
        ("attendance", "M3 missed the meeting of Monday 2 June 2025, and no good reason is on record."),
    ]


def test_without_a_quorum_stated_it_cannot_be_told_whether_a_meeting_could_decide():
    board = Board.from_yaml(THREE.replace("quorum: 2\n", ""))

    (found,) = board.findings(date(2025, 3, 31))
    assert (found.rule, found.outcome.value, found.missing) == ("board-quorum", "cannot-tell", ("quorum",))


DEPUTY = "deputy-police-and-crime-commissioner"


@pytest.mark.parametrize(
    ("chair", "role", "outcomes"),
    [
        ("M2", DEPUTY, []),
        (DEPUTY, DEPUTY, []),
        ("the-tea-lady", DEPUTY, ["broken", "broken"]),
        ("M1", DEPUTY, ["broken"]),
        (None, DEPUTY, ["cannot-tell"]),
        (None, "officer", ["broken"]),
        ("M1", "officer", ["broken"]),
    ],
)
def test_the_chair_of_a_board_is_the_one_its_profile_names(chair, role, outcomes):
    members = [Member(role="police-and-crime-commissioner", holder="M1"), Member(role=role, holder="M2")]
    board = Board(title="Victims' Board", profile="victims-board", chair=chair, members=members)

    found = [f for f in board.findings(date(2026, 4, 1)) if f.rule == "board-chair"]
    assert [f.outcome.value for f in found] == outcomes


def test_a_board_without_a_profile_is_chaired_by_one_of_its_members():
    board = Board(title="Local board", chair="M9", members=[Member(role="officer", holder="M1")])

    assert [f.rule for f in board.findings(date(2026, 4, 1))] == ["board-chair"]


def test_papers_of_the_victims_board_are_published():
    board = Board.from_dict(
        {
            "title": "Victims' Board",
            "profile": "victims-board",
            "chair": "M2",
            "quorum": 1,
            "members": [{"role": "deputy-police-and-crime-commissioner", "holder": "M2"}],
            "meetings": [{"on": "2026-02-02", "present": ["M2"], "papers_published": False}],
        }
    )

    assert [f.rule for f in board.findings(date(2026, 3, 1))] == ["board-papers-published", "board-minuted"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("quorum: 2", "quorum: 4", "VC-COM-001"),
        ("quorum: 2", "quorum: 0", "VC-COM-001"),
        ("present: [M1], excused: [M2]", "present: [M1, M9]", "VC-COM-007"),
        ("present: [M1], excused: [M2]", "present: [M1], excused: [M1]", "VC-COM-001"),
        ("until: 2026-01-05", "until: 2024-01-05", "VC-COM-006"),
        ("profile: accountability", "profile: acountability", "VC-COM-007"),
    ],
)
def test_each_fault_of_a_board(old, new, code):
    assert code in [found for found, _ in faults_of(lambda: Board.from_yaml(THREE.replace(old, new, 1)))]


@pytest.mark.parametrize(
    ("history", "independent"),
    [
        (None, None),
        ([], True),
        ([{"kind": "employee", "until": "2022-01-06"}], True),
        ([{"kind": "employee", "until": "2022-01-07"}], False),
        ([{"kind": "long-term-contractor", "since": "2020-01-01", "until": "2023-06-30"}], False),
        ([{"kind": "other-contractor", "until": "2024-12-31"}], True),
        ([{"kind": "staff", "since": "2019-01-01"}], False),
        ([{"kind": "staff", "since": "2025-02-01"}], True),
    ],
)
def test_the_victims_advocate_has_been_independent_for_three_years(history, independent):
    given = {"role": "victims-advocate", "holder": "M3", "on": "2025-01-06"}
    appointment = Appointment.from_dict(given if history is None else given | {"history": history})

    assert appointment.independence().independent is independent
    assert [f.outcome.value for f in appointment.findings()] == {
        True: [],
        False: ["broken"],
        None: ["cannot-tell"],
    }[independent]


# --- Risks ------------------------------------------------------------------------------------------------------
LOG = """
board: Victims' Board
scale: four-by-four
risks:
  - reference: R1
    cause: The grant is for one year
    event: Advisers leave before it is renewed
    impact: Victims wait longer
    owner: Policy Manager
    current: {likelihood: 3, impact: 3}
    reviewed_on: 2026-04-01
    escalated: true
    actions: [{what: Ask for a longer agreement, owner: Policy Manager}]
  - {reference: R2, cause: c, event: e, impact: i, current: {likelihood: 2, impact: 4}, reviewed_on: 2026-04-01}
issues:
  - {reference: I1, what: A waiting list was closed, priority: high, raised_on: 2026-03-01, due: 2026-04-30}
  - {reference: I2, what: Late returns, priority: low, raised_on: 2026-03-01, due: 2026-04-30, closed_on: 2026-05-04}
"""


FIVE = """
board: Board
scale: five-by-five
risks:
  - reference: R1
    cause: One-year grant
    event: Advisers leave
    impact: Victims wait
    current: {likelihood: 5, impact: 5}
    owner: Manager
    reviewed_on: 2026-01-01
    actions:
      - {what: Ask for three years, owner: M, due: 2026-03-31}
      - {what: Pool advisers, owner: M, due: 2026-03-31, done_on: 2026-04-02}
      - {what: Write to the ministry, owner: M, due: 2026-03-31, done_on: 2026-03-31}
      - {what: Wait, owner: M}
"""


def test_an_action_against_a_risk_is_found_once_it_is_overdue():
    log = RiskLog.from_yaml(FIVE)

    assert log.findings(date(2026, 3, 31)) == ()
    assert [(f.rule, f.message) for f in log.findings(date(2026, 4, 1))] == [
        ("risk-action-in-time", "The action 'Ask for three years' was due by Tuesday 31 March 2026."),
        ("risk-action-in-time", "The action 'Pool advisers' was due by Tuesday 31 March 2026."),
    ]
    assert "was done late" in log.findings(date(2026, 4, 2))[1].message
    assert RiskLog.from_yaml(FIVE + "    state: closed\n").findings(date(2026, 6, 1)) == ()


@pytest.mark.parametrize("scale", risk_scales())
def test_every_scale_has_a_day_by_which_a_risk_is_reviewed(scale):
    text = FIVE.replace("five-by-five", scale).replace("likelihood: 5, impact: 5", "likelihood: 1, impact: 1")
    log = RiskLog.from_yaml(text)

    assert log.review_due(log.risks[0]) == date(2026, 4, 1)
    assert [f.rule for f in log.findings(date(2026, 4, 2))].count("risk-reviewed") == 1
    never = RiskLog.from_yaml(text.replace("    reviewed_on: 2026-01-01\n", ""))
    (found,) = [f.message for f in never.findings(date(2026, 1, 1)) if f.rule == "risk-reviewed"]
    assert "never been reviewed" in found


def test_risks_are_reviewed_as_their_band_says():
    log = RiskLog.from_yaml(LOG)

    assert [(log.band(risk).id, log.review_due(risk)) for risk in log.risks] == [
        ("high", date(2026, 5, 1)),
        ("medium", date(2026, 7, 1)),
    ]
    assert [(f.rule, f.about) for f in log.findings(date(2026, 5, 2))] == [
        ("risk-reviewed", "R1"),
        ("risk-owned", "R2"),
        ("issue-closed-in-time", "I1"),
        ("issue-closed-in-time", "I2"),
    ]
    assert RiskLog.from_yaml(log.to_yaml()) == log


@pytest.mark.parametrize(
    ("score", "band"), [(1, "low"), (4, "low"), (6, "medium"), (8, "medium"), (9, "high"), (16, "high")]
)
def test_the_bands_of_a_scale(score, band):
    assert risk_scales()["four-by-four"].band(score).id == band


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("current: {likelihood: 3", "current: {likelihood: 5", "VC-COM-005", "line 10, risks[0].current.likelihood"),
        ("reference: R2", "reference: R1", "VC-COM-008", "line 14, risks[1].reference"),
        ("scale: four-by-four", "scale: four", "VC-COM-007", "line 3, scale"),
        ("closed_on: 2026-05-04", "closed_on: 2026-02-04", "VC-COM-006", "line 17, issues[1].closed_on"),
        (
            "current: {likelihood: 2, impact: 4}",
            "inherent: {likelihood: 1, impact: 1}, target: {likelihood: 2, impact: 2}, "
            "current: {likelihood: 1, impact: 1}",
            "VC-COM-005",
            "line 14, risks[1].target",
        ),
    ],
)
def test_each_fault_of_a_log(old, new, code, where):
    assert old in LOG
    assert (code, f"log.yaml, {where}") in faults_of(
        lambda: RiskLog.from_yaml(LOG.replace(old, new, 1), source="log.yaml")
    )


# --- The highlight report ---------------------------------------------------------------------------------------
REPORT = """
board: Victims' Board
area: West Mercia
period_from: 2026-04-01
period_to: 2026-06-30
standings:
  - {aspect: overall, now: amber, last: green}
  - {aspect: cost, note: The award is not settled}
achieved: ['Needs assessment published, with <gaps> | named']
next_period: [Invite bids for the outreach service]
figures:
  - {title: Better able to cope, value: 88, target: 90, unit: '%', direction: higher-is-better}
  - {title: Referrals, value: 1352, direction: demand}
  - {title: Waiting, direction: lower-is-better, suppressed: true}
decisions_asked: [Agree the improvement plan for the outreach service]
"""


def test_the_highlight_report_in_markdown_is_what_it_was():
    report = HighlightReport.from_dict(
        HighlightReport.from_yaml(REPORT).to_dict() | {"risks": RiskLog.from_yaml(LOG).to_dict()}
    )

    assert report.to_markdown() == (
        "# Victims' Board, West Mercia: highlight report\n"
        "\n"
        "Wednesday 1 April 2026 to Tuesday 30 June 2026\n"
        "\n"
        "## Where it stands\n"
        "\n"
        "| Aspect | Now | Last | Note |\n"
        "| --- | --- | --- | --- |\n"
        "| Overall | amber | green |  |\n"
        "| Cost | not rated | not rated | The award is not settled |\n"
        "\n"
        "## Key figures\n"
        "\n"
        "| Figure | Value | Target | Rating | Why | Note |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| Better able to cope | 88% | 90% | amber | 88% against a target of 90%, where higher is better. |  |\n"
        "| Referrals | 1,352 | – | not rated | Demand is not rated. |  |\n"
        "| Waiting | too small to show | – | not rated | There is no value. |  |\n"
        "\n"
        "## Done in this period\n"
        "\n"
        "- Needs assessment published, with &lt;gaps> \\| named\n"
        "\n"
        "## To be done next\n"
        "\n"
        "- Invite bids for the outreach service\n"
        "\n"
        "## Risks brought to the board\n"
        "\n"
        "| Risk | What | Score | What is being done |\n"
        "| --- | --- | --- | --- |\n"
        "| R1 | The grant is for one year: Advisers leave before it is renewed. Victims wait longer | 9 (High) "
        "| Ask for a longer agreement |\n"
        "\n"
        "## Open issues\n"
        "\n"
        "| Issue | What | Priority | Due |\n"
        "| --- | --- | --- | --- |\n"
        "| I1 | A waiting list was closed | high | Thursday 30 April 2026 |\n"
        "\n"
        "## Decisions asked of the board\n"
        "\n"
        "- Agree the improvement plan for the outreach service\n"
        "\n"
        "Ratings rest on thresholds that are unconfirmed defaults unless the board has set its own.\n"
    )


def test_the_highlight_report_in_html_says_the_same_and_escapes():
    report = HighlightReport.from_yaml(REPORT)
    page = report.to_html(page=True)

    assert page == HighlightReport.from_yaml(report.to_yaml()).to_html(page=True)
    assert page.startswith("<!DOCTYPE html>")
    assert "&lt;gaps&gt;" in page
    assert read_page(page).table("Key figures").rows[0][:4] == ["Better able to cope", "88%", "90%", "amber"]
    assert "Risks brought to the board" not in page


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("aspect: overall", "aspect: overal", "VC-COM-007"),
        ("aspect: cost", "aspect: overall", "VC-COM-008"),
        ("now: amber", "now: orange", "VC-COM-007"),
        ("period_to: 2026-06-30", "period_to: 2026-03-30", "VC-COM-006"),
        ("suppressed: true", "suppressed: true, value: 3", "VC-COM-001"),
        ("value: 88,", "value: lots,", "VC-FILE-005"),
    ],
)
def test_each_fault_of_a_report(old, new, code):
    assert old in REPORT
    assert code in [found for found, _ in faults_of(lambda: HighlightReport.from_yaml(REPORT.replace(old, new, 1)))]
