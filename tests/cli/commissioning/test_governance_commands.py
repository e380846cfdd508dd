"""The forward plan, boards, risks, objectives, roles and highlight reports from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from shared.read_page import read_page
from victims_code.cli import main

FILES = {
    "area.yaml": "{area: west-mercia, office: PCC for West Mercia}",
    "strategies.yaml": """
strategies:
  - reference: VWS
    title: Victim and Witness Strategy
    objectives: [{reference: A, title: Access}, {reference: B, title: Seamless}]
""",
    "plans.yaml": """
plans:
  - reference: DP
    title: Delivery plan
    kind: delivery-plan
    actions:
      - {what: map the gaps, owner: Analyst, due: 2026-06-30, objectives: [A]}
      - {what: agree the directory, owner: Analyst, due: 2026-08-31, objectives: [A]}
      - {what: name a lead}
""",
    "boards.yaml": """
boards:
  - title: Victims' Board
    profile: victims-board
    chair: deputy-police-and-crime-commissioner
    quorum: 1
    planned: [2026-09-07]
    members: [{role: deputy-police-and-crime-commissioner, holder: M2}]
    meetings:
      - {on: 2026-06-01, present: [M2], papers_published: true, minutes: VB/2,
         decisions: [{what: Fund two advisers, objectives: [A]}]}
""",
    "risk-logs.yaml": """
risk-logs:
  - board: Victims' Board
    scale: four-by-four
    risks:
      - {reference: R1, cause: Grant, event: Advisers leave, impact: Waits, current: {likelihood: 1, impact: 2},
         owner: Head, reviewed_on: 2026-06-01}
      - {reference: R2, cause: Move, event: Links fail, impact: Delay, current: {likelihood: 4, impact: 4},
         reviewed_on: 2026-03-01, escalated: true}
""",
    "services.yaml": """
services:
  - {reference: isva, name: ISVA, kind: isva, provider: Lantern, arrangement: grant, commissioner: PCC,
     areas: [west-mercia], objectives: [A]}
""",
    "highlight-reports.yaml": """
highlight-reports:
  - {board: Victims' Board, area: West Mercia, period_from: 2026-01-01, period_to: 2026-03-31, achieved: [Old]}
  - {board: Victims' Board, area: West Mercia, period_from: 2026-04-01, period_to: 2026-06-30, achieved: [New],
     objectives: [{objective: A, now: green, last: amber}]}
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("area")
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def run(*arguments):
    result = CliRunner().invoke(main, ["commissioning", *map(str, arguments)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_forward_plan_says_what_is_overdue_what_comes_and_what_has_no_day(folder):
    text = run("forward-plan", folder, "--as-at", "2026-07-01")

    assert text.startswith(
        "Forward plan: PCC for West Mercia\n\nOn Wednesday 1 July 2026: 2 overdue, 3 to come, 1 with no day."
    )
    assert "These records have no dates to plan by: highlight report 2 of 2" in " ".join(text.split())
    parts = text.split("\n\n")[2:]
    assert [part.splitlines()[0] for part in parts] == ["Overdue", "August 2026", "September 2026", "No day is set"]
    assert parts[0].splitlines()[1:] == [
        "  Wed 1 Apr 2026: Review the risk: Links fail.",
        "    About: R2; Kind: Risk",
        "  Tue 30 Jun 2026: Map the gaps.",
        "    Who: Analyst; About: DP; Kind: Action",
    ]
    assert "Name a lead." in parts[3]
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_forward_plan_looks_ahead_as_far_as_it_is_told_and_counts_the_rest(folder):
    text = " ".join(run("forward-plan", folder, "--as-at", "2026-07-01", "--until", "2026-07-31").split())
    assert "It looks ahead to Friday 31 July 2026; 3 more come later." in text
    assert "Agree the directory" not in text
    only = run("forward-plan", folder, "--as-at", "2026-07-01", "--kind", "board")
    assert "Hold the meeting" in only
    assert "Map the gaps" not in only


def test_the_forward_plan_as_data_and_as_a_page(folder):
    plain = json.loads(run("forward-plan", folder, "--as-at", "2026-07-01", "--format", "json"))
    assert [(one["day"], one["overdue"]) for one in plain["items"]] == [
        ("2026-04-01", True),
        ("2026-06-30", True),
        ("2026-08-31", False),
        ("2026-09-01", False),
        ("2026-09-07", False),
        (None, False),
    ]
    page = read_page(run("forward-plan", folder, "--as-at", "2026-07-01", "--format", "html"))
    assert [table.caption for table in page.tables][1:] == ["August 2026", "September 2026", "No day is set"]
    assert page.tables[0].records[1]["What"] == "Map the gaps."
    assert "## September 2026" in run("forward-plan", folder, "--as-at", "2026-07-01", "--format", "markdown")


def events(text):
    return {
        str(e["summary"]): (e["dtstart"].dt, str(e["status"]), int(e["sequence"]), str(e["uid"]))
        for e in Calendar.from_ical(text).walk("VEVENT")
    }


def test_a_diary_moves_what_has_moved_and_cancels_what_is_done(folder, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first = run("forward-plan", tmp_path, "--as-at", "2026-07-01", "--format", "ics")
    (tmp_path / "before.ics").write_text(first, encoding="utf-8", newline="")
    moved = (
        FILES["plans.yaml"]
        .replace("due: 2026-06-30,", "due: 2026-06-30, done_on: 2026-07-02,")
        .replace("2026-08-31", "2026-10-31")
    )
    (tmp_path / "plans.yaml").write_text(moved, encoding="utf-8")
    second = run(
        "forward-plan", tmp_path, "--as-at", "2026-07-03", "--format", "ics", "--replaces", tmp_path / "before.ics"
    )
    before, after = events(first), events(second)

    day, status, sequence, uid = after["Agree the directory."]
    assert (day.isoformat(), status, uid) == ("2026-10-31", "CONFIRMED", before["Agree the directory."][3])
    assert sequence > before["Agree the directory."][2]
    assert after["No longer due: Map the gaps."][1] == "CANCELLED"
    assert "Name a lead." in str(Calendar.from_ical(first)["x-wr-caldesc"])
    wrong = CliRunner().invoke(
        main, ["commissioning", "forward-plan", str(tmp_path), "--as-at", "2026-07-03", "--replaces", "x.ics"]
    )
    assert (wrong.exit_code, "--replaces goes with" in wrong.stderr) == (2, True)


def test_a_board_shows_its_meetings_decisions_and_what_is_due(folder):
    text = run("board", folder, "--as-at", "2026-07-01")
    assert "On Wednesday 1 July 2026: 1 board, 0 things amiss, 1 due." in text
    assert "Mon 7 Sep 2026: Hold the meeting: Victims' Board." in text
    assert "Mon 1 Jun 2026: Fund two advisers" in text
    assert "Could decide: yes" in text
    words = ["commissioning", "board", str(folder), "--as-at", "2026-07-01", "--board", "Other"]
    assert "There is no board 'Other'" in CliRunner().invoke(main, words).stderr


def test_risks_come_highest_first_and_say_what_is_amiss(folder):
    text = run("risks", folder / "risk-logs.yaml", "--as-at", "2026-07-01")
    assert text.index("R2: Move: Links fail. Delay") < text.index("R1: Grant: Advisers leave. Waits")
    assert "Score: 16 (High), escalated" in text
    assert "R2: The risk has no owner." in text


def test_objectives_say_what_serves_them_and_that_nothing_does(folder):
    text = " ".join(run("objectives", folder, "--as-at", "2026-07-01").split())
    assert "nothing serves 1 of 2 objectives and commitments" in text
    served = "service: ISVA; action: map the gaps (overdue); action: agree the directory (open)"
    assert f"A: Access Overdue actions: 1; Served by: {served}; meeting decision: Fund two advisers" in text


def test_a_role_shows_its_line_and_its_duties():
    text = run("role", "victims-advocate")
    assert "v: Scan national policy on victims and respond to it" in text
    assert "If meetings are missed: A deduction from the fee, or the end of the contract" in " ".join(text.split())


def test_the_newest_highlight_report_is_shown_with_the_objectives(folder):
    newest, every = run("highlight", folder), run("highlight", folder, "--all")
    assert "Old" not in newest
    assert "## Objectives of the strategy" in newest
    assert "| A: Access | green | amber |" in newest
    assert every.count("highlight report") == 2


def test_an_objective_that_no_strategy_has_is_refused_with_its_place(folder, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.replace("objectives: [A]}]}", "objectives: [Z]}]}"), encoding="utf-8")
    result = CliRunner().invoke(main, ["commissioning", "board", str(tmp_path), "--as-at", "2026-07-01"])
    assert result.exit_code == 1
    assert "boards.yaml" in result.stderr
    assert "'Z'" in result.stderr
