"""``victims-code record``: a record more in a case file, and nothing else in it changed."""

from __future__ import annotations

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

    assert "On hold, as V1 declined it or has died: 1." in result.stdout
    assert "Tell the victim that a suspect has been arrested" not in result.stdout


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
