"""``victims-code record``: a record more in a case file, and nothing else in it changed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code import Case
from victims_code.cli import main

FILE = """\
# handed over by the night shift
reference:   "22/0412/26"
offence: {committed_on: 2026-03-31}
victims:
  - { reference: V1, born: 1990-03-02 }   # adult

events:
  - {event: crime-reported, at: 2026-04-01T10:20}   # by phone
  - {event: needs-assessed, at: 2026-04-01}

# nothing after this
"""


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes(FILE.encode())
    return path


def test_a_record_is_added_and_every_other_character_stays(file):
    result = run("record", file, "arrest", "2/4/2026", "--suspect", "S1", "--as-at", "2026-04-08")

    assert (result.exit_code, result.stderr) == (0, "")
    added = "  - {event: suspect-arrested, at: 2026-04-02, suspect: S1}\n"
    assert file.read_text(encoding="utf-8") == FILE.replace("04-01}\n", f"04-01}}\n{added}")
    assert "On Thursday 2 April 2026 a suspect was arrested (suspect S1)." in result.stdout
    assert "Starts" in result.stdout
    assert "│ Mon 13 Apr 2026 │ Tell the victim that a suspect has been arrested" in result.stdout


def test_a_telling_says_which_duty_is_done(file):
    run("record", file, "arrest", "2026-04-02", "--suspect", "S1", "--as-at", "2026-04-08")
    result = run(
        "record", file, "told", "2026-04-08T09:15", "--about", "arrested", "--suspect", "S1", "--as-at", "2026-04-08"
    )

    assert "{event: victim-informed, at: 2026-04-08T09:15:00, about: suspect-arrested, suspect: S1}" in file.read_text(
        encoding="utf-8"
    )
    assert "Done by this" in result.stdout
    assert "Tell the victim that a suspect has been arrested" in result.stdout
    assert "Starts" not in result.stdout


def test_what_the_victim_has_declined_is_on_hold_and_no_work(file):
    run("record", file, "updates-declined", "2026-04-01", "--victim", "V1", "--as-at", "2026-04-08")
    result = run("record", file, "arrest", "2026-04-02", "--suspect", "S1", "--as-at", "2026-04-08")

    assert "Starts" not in result.stdout
    [declined] = result.stdout.split("Declined by the victim, and so on hold")[1:]
    assert "│ Mon 13 Apr 2026 │ Tell the victim that a suspect has been arrested" in declined


def test_what_falls_away_because_the_victim_died_is_not_called_declined(file):
    run("record", file, "victim-died", "2026-04-06", "--victim", "V1", "--as-at", "2026-04-08")
    result = run("record", file, "arrest", "2026-04-02", "--suspect", "S1", "--as-at", "2026-04-08")

    assert "On hold, as the victim has died" in result.stdout
    assert "Declined" not in result.stdout
    assert "Starts" not in result.stdout


def test_a_fact_that_becomes_known_later_changes_duties(file):
    run("record", file, "arrest", "2026-04-02", "--suspect", "S1", "--reference", "E1", "--as-at", "2026-04-20")
    result = run("record", file, "arrest", "2026-04-01", "--suspect", "S1", "--replaces", "E1", "--as-at", "2026-04-20")

    assert "Changes" in result.stdout
    assert "Mon 13 Apr 2026, overdue by 5" in result.stdout
    assert "Fri 10 Apr 2026, overdue by 6" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("arested", "2026-04-02"), "'arested' is not an event name. Did you mean 'suspect-arrested'?"),
        (("told", "2026-04-02"), "'victim-informed' does not say what it is about."),
        (("told", "2026-04-02", "--about", "arrest", "--victim", "V9"), "The case has no victim 'V9'."),
    ],
)
def test_if_anything_is_wrong_nothing_is_written(file, arguments, said):
    result = run("record", file, *arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert file.read_bytes() == FILE.encode()
    assert [path.name for path in file.parent.iterdir()] == ["case.yaml"]


def test_a_file_with_a_fault_is_not_added_to(file):
    broken = FILE.replace("needs-assessed", "needs-asessed")
    file.write_text(broken, encoding="utf-8")
    result = run("record", file, "arrest", "2026-04-02")

    assert result.exit_code == 1
    assert "'needs-asessed' is not an event name." in result.stderr
    assert file.read_text(encoding="utf-8") == broken


def test_json_stays_json(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(Case.from_yaml(FILE).to_json(), encoding="utf-8")
    run("record", path, "arrest", "2026-04-02", "--suspect", "S1", "--as-at", "2026-04-08")

    assert [event.event for event in Case.from_file(path).events][-1] == "suspect-arrested"
    assert path.read_text(encoding="utf-8").count("\n") > 20


def test_what_the_victim_may_no_longer_do_is_said(file):
    run("record", file, "charged", "2026-04-02", "--suspect", "S1", "--as-at", "2026-09-02")
    result = run("record", file, "sentenced", "2026-09-01", "--suspect", "S1", "--as-at", "2026-09-02")

    assert "The victim may no longer" in result.stdout
    assert "Make a Victim Personal Statement" in result.stdout


BLOCK = FILE.replace("  - {event: needs-assessed, at: 2026-04-01}\n", "  - event: needs-assessed\n    at: 2026-04-01\n")
FLOW = "reference: A\nvictims: [{reference: V1}]\nevents: [{event: crime-reported, at: 2026-04-01}]  # all\nextra: \n"


@pytest.mark.parametrize(
    "written",
    [
        FILE,
        FILE.replace("\n", "\r\n"),
        BLOCK,
        FLOW.removesuffix("extra: \n"),
        Case.from_yaml(FILE).to_json(),
        json.dumps(Case.from_yaml(FILE).to_dict()),
    ],
)
def test_a_slip_is_taken_out_again_and_the_file_is_what_it_was(tmp_path, written):
    file = tmp_path / ("case.json" if written.startswith("{") else "case.yaml")
    file.write_bytes(written.encode())
    run("record", file, "arrest", "2026-04-02", "--suspect", "S1", "--as-at", "2026-04-08")
    assert file.read_bytes() != written.encode()
    result = run("record", file, "--undo", "--as-at", "2026-04-08")

    assert (result.exit_code, result.stderr) == (0, "")
    assert file.read_bytes() == written.encode()
    assert "Taken out of" in result.stdout
    assert "On Thursday 2 April 2026 a suspect was arrested (suspect S1)." in " ".join(result.stdout.split())
    [gone] = result.stdout.split("No longer owed")[1:]
    assert "Tell the victim that" in gone


def test_every_record_can_be_taken_back_and_then_there_is_none(file):
    for _ in range(2):
        assert run("record", file, "--undo", "--as-at", "2026-04-08").exit_code == 0
    assert Case.from_file(file).events == ()
    result = run("record", file, "--undo")

    assert result.exit_code == 1
    assert "The case has no record." in result.stderr
    run("record", file, "reported", "2026-04-01", "--as-at", "2026-04-08")
    assert [event.event for event in Case.from_file(file).events] == ["crime-reported"]


def test_a_record_with_a_reference_stays_and_is_withdrawn(file):
    """It is part of the history of the case: what was known before it was withdrawn can be made again."""
    made = ("--reference", "E1", "--recorded", "2026-04-03")
    run("record", file, "arrest", "2026-04-02", *made, "--as-at", "2026-04-08")
    result = run("record", file, "--undo")

    assert result.exit_code == 0
    assert "it stays under its reference 'E1'" in result.stdout
    assert "No longer owed" in result.stdout
    *_, arrest, withdrawal = Case.from_file(file).events
    assert (arrest.reference, withdrawal.replaces, withdrawal.withdrawn) == ("E1", "E1", True)
    assert withdrawal.recorded is not None
    known = run("assess", file, "--as-at", "2026-04-08", "--known-on", "2026-04-04")
    assert "suspect has been arrested" in known.stdout
    again = run("record", file, "--undo")  # takes the withdrawal out
    assert "Starts" in again.stdout
    assert Case.from_file(file).events[-1] == arrest


def test_a_withdrawal_with_a_reference_cannot_be_taken_back(file):
    run("record", file, "arrest", "2026-04-02", "--reference", "E1", "--as-at", "2026-04-08")
    run("record", file, "arrest", "2026-04-02", "--replaces", "E1", "--withdrawn", "--reference", "E2")
    before = file.read_bytes()
    result = run("record", file, "--undo")

    assert result.exit_code == 1
    assert "Add the record that it withdrew again" in result.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--undo", "arrest", "2026-04-02"), "goes with no event."),
        (("--undo", "--suspect", "S1"), "goes with no suspect."),
        (("arrest",), "Give the EVENT and the DATE"),
        ((), "Give the EVENT and the DATE"),
    ],
)
def test_undo_and_a_record_do_not_go_together(file, arguments, said):
    result = run("record", file, *arguments)

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert file.read_bytes() == FILE.encode()


def test_a_name_given_as_a_suspect_is_remarked_on_and_the_record_is_kept(file):
    result = run("record", file, "arrest", "2026-04-02", "--suspect", "John Smith", "--as-at", "2026-04-08")

    assert result.exit_code == 0
    assert "events[2].suspect: This reference may be the name of a person." in result.stderr
    assert "Smith" not in result.stderr


def test_a_record_is_assessed_under_a_folder_of_law_of_ones_own(file, tmp_path):
    result = run("record", file, "arrest", "2026-04-02", "--law", tmp_path / "none")

    assert result.exit_code == 1
    assert "There is no folder" in result.stderr
    assert file.read_bytes() == FILE.encode()
