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
    HighlightReport,
    KeyFigure,
    Member,
    RiskLog,
    cycle_cells,
    rate,
)
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
