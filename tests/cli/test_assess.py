"""``victims-code assess``: what it prints, where faults go, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from victims_code.cli import main

ROOT = Path(__file__).resolve().parents[2]
CASE = str(ROOT / "examples" / "case.yaml")
MESSAGE = str(ROOT / "examples" / "hearing-results.json")
AS_AT = ("--as-at", "2026-04-20")


def run(*arguments: str):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def words(text: str) -> str:
    """Text without table lines and breaks."""
    return " ".join(text.translate(str.maketrans("│┃┏━┳┓┡╇┩└─┴┘", " " * 13)).split())


@pytest.fixture
def five_faults(tmp_path):
    path = tmp_path / "five.yaml"
    path.write_text(
        "reference: A1\n"
        "offence: {committed_on: 2026-03-31}\n"
        "victims:\n"
        "  - {reference: V1, borne: 1990-03-02}\n"
        "events:\n"
        "  - {event: suspect-arested, at: 2026-04-02}\n"
        "  - {event: suspect-charged, at: 2026-03-10}\n"
        "  - {event: hearing-listed, at: 2026-04-13, received: 2026-04-10}\n"
        "  - {event: victim-informed, about: suspect-charged, at: 2026-04-12, victim: V9}\n",
        encoding="utf-8",
    )
    return path


# --- assess: what it prints -------------------------------------------------------------------------------------


def test_text_shows_who_is_covered_what_is_owed_when_and_why():
    result = run("assess", CASE, *AS_AT)
    assert (result.exit_code, result.stderr) == (0, "")
    text = words(result.stdout)
    assert text.startswith("Case 22/0412/26 as at Mon 20 Apr 2026 Duties with a date")
    assert "V1 yes no –" in text
    assert "Mon 13 Apr 2026 met (done Wed 8 Apr Tell the victim that a Right 6 police V1" in text
    assert (
        "5 working days, counted from the day after Thursday 2 April 2026, end on Monday 13 April 2026."
        " Friday 3 April 2026 is not counted: Good Friday. Monday 6 April 2026 is not counted: Easter Monday."
    ) in text
    assert "Also owed, with no number of days in the Code: 32 (25 no date set, 6 cannot tell, 1 met)." in text
    assert "Right 7 Offer a Victim Personal Statement" not in text
    assert "Fri 31 Mar 2028 unknown, if the scheme Apply to the Criminal V1" in text
    assert "readings: pairing" not in text


def test_text_with_the_whole_explanation():
    text = words(run("assess", CASE, *AS_AT, "--explain").stdout)
    assert "Saturday 4 April 2026 is not counted: Saturday." in text
    assert "[readings: day-of-event-is-day-zero, working-day]" in text


def test_json_is_the_result_of_the_contract():
    result = run("assess", CASE, *AS_AT, "--format", "json")
    plain = json.loads(result.stdout)
    answers = {"eligibility", "obligations", "windows", "special_measures", "faults"}
    assert set(plain) == {"reference", "stamp", "changes_on", "questions", *answers}
    assert plain["stamp"]["as_at"] == "2026-04-20"
    (arrest,) = [one for one in plain["obligations"] if one["duty"] == "inform-suspect-arrested"]
    keys = ("edition", "victim", "owed_by", "track", "triggered_on", "due_on", "due_on_if_enhanced", "discharged_on")
    assert {key: arrest[key] for key in keys} == {
        "edition": "code-2021",
        "victim": "V1",
        "owed_by": ["police"],
        "track": "standard",
        "triggered_on": "2026-04-02",
        "due_on": "2026-04-13",
        "due_on_if_enhanced": None,
        "discharged_on": "2026-04-08",
    }
    assert (arrest["status"], arrest["evidence"], arrest["missing_facts"]) == ("met", "secondary", [])
    assert "explanation" not in arrest


def test_of_one_body_only_what_bears_on_its_duties_is_asked():
    plain, narrowed = (
        json.loads(run("assess", CASE, *AS_AT, "--format", "json", *only).stdout)
        for only in ((), ("--owed-by", "hmcts"))
    )
    asked = {name for one in narrowed["obligations"] for name in one["missing_facts"]}
    assert asked
    assert {question["id"] for question in narrowed["questions"]} == asked
    assert len(narrowed["questions"]) < len(plain["questions"])


def test_json_with_explanations():
    plain = json.loads(run("assess", CASE, *AS_AT, "--format", "json", "--explain").stdout)
    assert all(one["explanation"]["steps"] for one in plain["obligations"])


def test_json_of_several_files_is_a_list_whatever_becomes_of_them(five_faults):
    assert [one["reference"] for one in json.loads(run("assess", CASE, CASE, *AS_AT, "--format", "json").stdout)] == [
        "22/0412/26",
        "22/0412/26",
    ]
    mixed = run("assess", CASE, five_faults, *AS_AT, "--format", "json")
    assert mixed.exit_code == 1
    assert [one["reference"] for one in json.loads(mixed.stdout)] == ["22/0412/26"]


def test_markdown_is_a_page_with_reasons():
    result = run("assess", CASE, *AS_AT, "--format", "markdown")
    assert result.exit_code == 0
    assert result.stdout.startswith("# ")
    assert "Mon 13 Apr 2026" in result.stdout
    assert "Friday 3 April 2026 is not counted: Good Friday." in result.stdout


def test_html_is_a_page_that_stands_by_itself():
    result = run("assess", CASE, *AS_AT, "--format", "html")
    assert result.exit_code == 0
    assert result.stdout.lstrip().lower().startswith("<!doctype html>")
    assert "Good Friday" in result.stdout
    assert "</html>" in result.stdout
    assert "http://" not in result.stdout.replace("http://www.w3.org", "")


def test_ics_holds_the_dates_still_to_be_met():
    result = run("assess", CASE, "--as-at", "2026-04-09", "--format", "ics")
    assert result.exit_code == 0
    calendar = Calendar.from_ical(result.stdout)
    days = {event["SUMMARY"]: event["DTSTART"].dt.isoformat() for event in calendar.walk("VEVENT")}
    interviewed = [day for summary, day in days.items() if "interviewed under caution" in summary]
    assert interviewed == ["2026-04-13"]
    assert not [summary for summary in days if "has been arrested" in summary]


def test_csv_has_a_row_for_each_obligation_of_every_file():
    rows = list(csv.DictReader(io.StringIO(run("assess", CASE, MESSAGE, *AS_AT, "--format", "csv").stdout)))
    assert {row["reference"] for row in rows} == {"22/0412/26", "28DI0000126"}
    (arrest,) = [r for r in rows if r["duty"] == "inform-suspect-arrested" and r["reference"] == "22/0412/26"]
    assert (arrest["due_on"], arrest["status"], arrest["owed_by"]) == ("2026-04-13", "met", "police")


def test_a_message_of_the_common_platform_is_taken_as_it_is():
    result = run("assess", MESSAGE, "--as-at", "2026-06-19", "--format", "json")
    assert result.exit_code == 0
    plain = json.loads(result.stdout)
    assert plain["reference"] == "28DI0000126"
    (charged,) = [one for one in plain["obligations"] if one["duty"] == "inform-suspect-charged"]
    assert (charged["suspect"], charged["track"], charged["due_on"]) == ("D1", "enhanced", "2026-04-13")
    assert result.stderr.startswith(f"warning: {MESSAGE}, hearing.prosecutionCases[0]: No victim is listed.")
    assert result.stderr.endswith("[VC-READ-102]\n")


def test_what_was_known_on_a_day_can_be_shown(tmp_path):
    path = tmp_path / "funeral.yaml"
    path.write_text(
        "reference: F1\nvictims: [{reference: V1}]\nevents:\n"
        "  - {event: expenses-claimed, at: 2022-09-08, received: 2022-09-08}\n",
        encoding="utf-8",
    )

    def due(*options):
        plain = json.loads(run("assess", path, "--as-at", "2022-09-16", "--format", "json", *options).stdout)
        (expenses,) = [one for one in plain["obligations"] if one["duty"] == "pay-expenses"]
        return expenses["due_on"]

    assert due() == "2022-09-23"  # Monday 19 September, announced on the 10th, is not counted
    assert due("--known-on", "2022-09-16") == "2022-09-23"
    assert due("--known-on", "2022-09-09") == "2022-09-22"


# --- assess: faults ---------------------------------------------------------------------------------------------


def test_five_faults_are_listed_each_with_its_place_and_the_way_out(five_faults):
    result = run("assess", five_faults, *AS_AT)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    expected = {
        "VC-FILE-003": ("line 4, victims[0].borne: The key 'borne' is not known here.", "Did you mean 'born'?"),
        "VC-CASE-001": (
            "line 6, events[0].event: 'suspect-arested' is not an event name.",
            "Did you mean 'suspect-arrested'?",
        ),
        "VC-CASE-002": (
            "line 7, events[1].at: 'suspect-charged' is dated Tuesday 10 March 2026,"
            " before the offence on Tuesday 31 March 2026.",
            "Correct one of the two dates",
        ),
        "VC-CASE-005": (
            "line 8, events[2].received: It was received on Friday 10 April 2026,"
            " before it happened on Monday 13 April 2026.",
            "Correct `received` or `at`.",
        ),
        "VC-CASE-003": ("line 9, events[3].victim: The case has no victim 'V9'.", "Victims of the case: V1."),
    }
    assert len(lines) == len(expected)
    for line, (code, (what, hint)) in zip(sorted(lines), sorted(expected.items(), key=lambda e: e[1]), strict=True):
        assert line.startswith(f"invalid: {five_faults}, {what}")
        assert hint in line
        assert line.endswith(f"[{code}]")


def test_no_format_prints_a_result_where_nothing_was_assessed(five_faults):
    for form in ("text", "json", "markdown", "html", "ics", "csv"):
        result = run("assess", five_faults, *AS_AT, "--format", form)
        assert (result.exit_code, result.stdout) == (1, "")
        assert len(result.stderr.splitlines()) == 5


def test_a_sound_file_is_assessed_beside_a_faulty_one(five_faults):
    result = run("assess", five_faults, CASE, *AS_AT, "--format", "csv")
    assert result.exit_code == 1
    assert "inform-suspect-arrested" in result.stdout
    assert len(result.stderr.splitlines()) == 5


def test_files_of_one_name_are_told_apart(tmp_path):
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "case.yaml").write_text("reference: A1\nvictims: []\n", encoding="utf-8")
    result = run("assess", tmp_path / "north/case.yaml", tmp_path / "south/case.yaml", *AS_AT)
    assert [line.split(", line")[0] for line in result.stderr.splitlines()] == [
        f"invalid: {tmp_path}/north/case.yaml",
        f"invalid: {tmp_path}/south/case.yaml",
    ]


def test_cases_of_one_reference_in_two_files_are_told(tmp_path):
    for name, told in (("a", "crime-reported"), ("b", "suspect-arrested")):
        story = f"reference: A1\nvictims: [{{reference: V1}}]\nevents: [{{event: {told}, at: 2026-04-02}}]\n"
        (tmp_path / f"{name}.yaml").write_text(story, encoding="utf-8")
    result = run("todo", tmp_path / "a.yaml", tmp_path / "b.yaml", *AS_AT)
    assert result.exit_code == 0
    assert "a.yaml and " in result.stderr
    assert "b.yaml: 2 cases are called 'A1', and each was assessed by itself." in result.stderr


def test_a_warning_names_its_file_and_does_not_fail(tmp_path):
    path = tmp_path / "told.yaml"
    path.write_text(
        "reference: A1\nvictims: [{reference: V1}]\nevents:\n"
        "  - {event: victim-informed, about: suspect-arrested, at: 2026-04-07}\n",
        encoding="utf-8",
    )
    result = run("assess", path, *AS_AT)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"warning: {path}, ")
    assert "there is no record of that event" in result.stderr


def test_of_several_cases_in_one_file_every_fault_names_its_case(tmp_path):
    def told(urn):
        offence = {"id": "O1", "chargeDate": "2026-04-10"}
        return {"prosecutionCaseIdentifier": {"caseURN": urn}, "defendants": [{"id": "D1", "offences": [offence]}]}

    cases = [told("28DI0000126"), told("28DI0000226")]
    path = tmp_path / "court.json"
    path.write_text(json.dumps({"hearing": {"prosecutionCases": cases}}), encoding="utf-8")
    both = run("assess", path, "--as-at", "2026-04-01").stderr.splitlines()
    path.write_text(json.dumps({"hearing": {"prosecutionCases": cases[:1]}}), encoding="utf-8")
    alone = run("assess", path, "--as-at", "2026-04-01").stderr.splitlines()

    assert [line.split(": ")[1] for line in both] == [
        f"{path}, case 28DI0000126, hearing.prosecutionCases[0]",
        f"{path}, case 28DI0000126, events",
        f"{path}, case 28DI0000226, hearing.prosecutionCases[1]",
        f"{path}, case 28DI0000226, events",
    ]
    assert [line.split(": ")[1] for line in alone] == [f"{path}, hearing.prosecutionCases[0]", f"{path}, events"]


def test_an_event_before_the_first_edition_is_unsupported_and_does_not_fail(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text(
        "reference: A1\nvictims: [{reference: V1}]\nevents: [{event: suspect-arrested, at: 1999-04-07}]\n",
        encoding="utf-8",
    )
    result = run("assess", path, *AS_AT)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"unsupported: {path}, suspect-arrested: No edition of the Code applies on")


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.yaml", "The file cannot be opened: No such file or directory."), ("", "Is a directory.")],
)
def test_a_file_that_cannot_be_opened(tmp_path, name, said):
    result = run("assess", tmp_path / name, *AS_AT)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.endswith("Check the name and the folder. [VC-FILE-006]\n")


def test_no_date_of_birth_is_shown(tmp_path):
    path = tmp_path / "born.yaml"
    path.write_text(
        "reference: A1\noffence: {committed_on: 2026-03-31}\nvictims:\n"
        "  - {reference: V1, born: 2027-01-17}\n  - {reference: V2, born: 17.1.2001}\n",
        encoding="utf-8",
    )
    result = run("assess", path, *AS_AT)
    assert result.exit_code == 1
    assert "victims[0].born" in result.stderr
    assert "victims[1].born" in result.stderr
    assert "2027" not in result.stderr
    assert "2001" not in result.stderr
