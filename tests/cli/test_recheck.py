"""A stored answer is made again, and what differs is told with its cause."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code import cli
from victims_code.assessment.recheck import changed_parts
from victims_code.reading.data_files import data_folder

CODE = vc.VictimsCode.load()
RECORD = """
reference: "22/0412/26"
offence: {committed_on: 2026-03-31}
victims: [{reference: V1, born: 1990-03-02}]
events:
  - {event: needs-assessed, at: 2026-04-01}
  - {event: suspect-arrested, at: 2026-04-02, suspect: S1, reference: A}
"""
TOLD = "  - {event: victim-informed, about: suspect-arrested, at: 2026-04-08, suspect: S1}\n"


@pytest.fixture
def files(tmp_path):
    """The stored answer of the record without the telling, and the record then and now."""
    then, now, old = tmp_path / "then.yaml", tmp_path / "now.yaml", tmp_path / "old.json"
    then.write_text(RECORD, encoding="utf-8")
    now.write_text(RECORD + TOLD, encoding="utf-8")
    old.write_text(
        json.dumps(CODE.assess(vc.Case.from_yaml(RECORD), as_at=date(2026, 4, 20)).to_dict()), encoding="utf-8"
    )
    return old, then, now


def run(*arguments):
    return CliRunner().invoke(cli.main, ["recheck", *map(str, arguments)])


def altered(old, **stamp):
    """The stored answer as if it had been made with another library or other law."""
    result = json.loads(old.read_text(encoding="utf-8"))
    result["stamp"] |= stamp
    old.write_text(json.dumps(result), encoding="utf-8")
    return result


def test_nothing_differs_where_nothing_has_changed(files):
    old, then, _ = files
    shown = run(old, then)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        "Case 22/0412/26 as at Monday 20 April 2026: 0 answers differ.",
        "Changed since: nothing.",
    ]


def test_a_later_entry_is_the_records_doing(files):
    old, _, now = files
    shown = run(old, now).stdout
    assert "Changed since: record." in shown
    (line,) = [
        line for line in shown.splitlines() if line.startswith("Tell the victim that a suspect has been arrested")
    ]
    assert "discharged on: none → 2026-04-08" in line
    assert "status: overdue → met" in line
    assert line.endswith("Cause: record.")


def test_what_two_changes_caused_is_not_told_apart_without_the_record_of_then(files):
    old, _, now = files
    altered(old, law="2025-01-01", law_hash="0123456789ab")
    assert "Cause: law or record." in run(old, now).stdout


def test_the_record_of_then_tells_them_apart(files):
    old, then, now = files
    result = altered(old, law="2025-01-01", law_hash="0123456789ab")
    for one in result["obligations"]:
        if one["duty"] == "refer-to-support" or one["duty"] == "inform-suspect-arrested":
            one["due_on"] = "2026-04-30"
    old.write_text(json.dumps(result), encoding="utf-8")
    lines = run(old, now, "--record-then", then).stdout.splitlines()
    assert any("due on: 2026-04-30 → 2026-04-13" in line and line.endswith("Cause: law.") for line in lines)
    assert any("discharged on: none → 2026-04-08" in line and line.endswith("Cause: record.") for line in lines)


def test_another_reading_is_named(files):
    old, then, _ = files
    result = altered(old, law="2025-01-01", law_hash="0123456789ab")
    result["obligations"][0]["readings"] = ["another-reading"]
    old.write_text(json.dumps(result), encoding="utf-8")
    assert "Cause: law or reading." in run(old, then).stdout


def test_the_law_of_then_tells_what_the_law_caused_from_what_the_record_did(files, tmp_path):
    """Then the police had six days; the record of then is the same but for the telling."""
    _, then, now = files
    law, old = tmp_path / "law", tmp_path / "then.json"
    shutil.copytree(data_folder(), law)
    (rule,) = law.glob("editions/code-2021/right-06*.yaml")
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("standard: {within: 5,", "standard: {within: 6,", 1), encoding="utf-8")
    stored = vc.VictimsCode.load(law).assess(vc.Case.from_file(then), as_at=date(2026, 4, 20)).to_dict()
    old.write_text(json.dumps(stored), encoding="utf-8")

    assert "due on: 2026-04-14 → 2026-04-13" in run(old, then).stdout
    apart = run(old, now, "--law-then", law, "--record-then", then).stdout.splitlines()
    assert any("due on: 2026-04-14 → 2026-04-13" in line and line.endswith("Cause: law.") for line in apart)
    assert any("discharged on: none → 2026-04-08" in line and line.endswith("Cause: record.") for line in apart)


def test_an_answer_edited_by_hand_is_caused_by_nothing_the_stamp_shows(files):
    old, then, _ = files
    result = json.loads(old.read_text(encoding="utf-8"))
    result["obligations"][0]["status"] = "met"
    old.write_text(json.dumps(result), encoding="utf-8")
    assert "Cause: nothing the stamp shows." in run(old, then).stdout


def test_new_and_gone_answers_are_told(files):
    old, then, _ = files
    result = altered(old, package="0.0.9")
    result["obligations"][0]["id"] = "0" * 16
    old.write_text(json.dumps(result), encoding="utf-8")
    shown = run(old, then).stdout
    assert shown.count("→ not there. Cause: version.") == 1
    assert shown.count("not there →") == 1


def test_of_the_limits_of_a_window_only_those_that_moved_are_shown(files):
    old, then, _ = files
    then.write_text(RECORD.replace("2026-03-31", "2026-03-30"), encoding="utf-8")
    (line,) = (line for line in run(old, then).stdout.splitlines() if "Criminal Injuries Compensation" in line)
    assert line.endswith(
        "limits: normally two years from the incident, closes on 2028-03-31 → normally two years from the incident,"
        " closes on 2028-03-30. Cause: record."
    )


def test_a_stamp_says_which_parts_changed():
    stamp = CODE.assess(vc.Case.from_yaml(RECORD), as_at=date(2026, 4, 20)).stamp.to_dict()
    assert changed_parts(stamp, stamp) == ()
    assert changed_parts(stamp, {**stamp, "calendar": "another", "package": "9"}) == ("version", "calendar")


@pytest.mark.parametrize("text", ["{}", "[1]", '{"reference": "22/0412/26", "stamp": {"as_at": "soon"}}', "[]"])
def test_what_is_no_stored_answer_is_refused_with_the_way_out(files, text):
    old, then, _ = files
    old.write_text(text, encoding="utf-8")
    shown = run(old, then)
    assert shown.exit_code == 1
    assert "This is no result that was stored for the case '22/0412/26'." in shown.stderr
    assert "Pass what assess --format json wrote for the case." in shown.stderr
