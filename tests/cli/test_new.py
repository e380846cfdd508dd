"""``victims-code new``: questions, answers, and the case file they make."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from victims_code import Case
from victims_code.cli import main

STORY = {
    "reference": "22/0500/26",
    "committed on": "31/03/2026",
    "offence code": "OF61016",
    "offence is": "1",
    "victim": "",
    "who": "",
    "born": "2/3/2011",
    "facts": "2",
    "another": "n",
    "reported": ("report", "1/4/2026", ""),
    "arrested": ("arrest", "2/4/2026", "S1"),
    "listed": ("hearing listed", "13/4/2026", "14/4/2026", ""),
    "told": ("told", "arrest", "8/4/2026", ""),
    "end": "",
}


def answers(**changed):
    for given in {**STORY, **changed}.values():
        yield from [given] if isinstance(given, str) else given


def run(path, **changed):
    return CliRunner().invoke(main, ["new", str(path)], input="\n".join(answers(**changed)) + "\n")


def test_the_answers_make_a_case_file(tmp_path):
    result = run(tmp_path / "case.yaml")

    assert result.exit_code == 0
    assert result.stderr.startswith("warning: victims[0]: 'V1' is under 18, and the record names no one who speaks for")
    case = Case.from_file(tmp_path / "case.yaml")
    assert (case.reference, case.offence.committed_on, case.offence.cjs_code) == (
        "22/0500/26",
        date(2026, 3, 31),
        "OF61016",
    )
    flags = {flag.fact: flag.value for flag in case.offence.flags}
    assert (flags["domestic-abuse"], flags["wounding-or-gbh-with-intent"], flags["kidnap"]) == (True, True, False)
    [victim] = case.victims
    assert (victim.reference, victim.born, [fact.fact for fact in victim.facts]) == (
        "V1",
        date(2011, 3, 2),
        ["persistently-targeted"],
    )
    assert [(one.event, one.on, one.received_on, one.about, one.suspect) for one in case.events] == [
        ("crime-reported", date(2026, 4, 1), None, None, None),
        ("suspect-arrested", date(2026, 4, 2), None, None, "S1"),
        ("hearing-listed", date(2026, 4, 13), date(2026, 4, 14), None, "S1"),
        ("victim-informed", date(2026, 4, 8), None, "suspect-arrested", "S1"),
    ]
    assert "To do in 1 case as at " in result.stdout


def test_an_answer_that_cannot_be_used_is_asked_for_again(tmp_path):
    arrested = ("arested", "arrest", "", "31/4/2026", "2/4/2026", "S1")
    result = run(tmp_path / "case.yaml", arrested=arrested, facts=("12", "2"))

    assert "'arested' is not an event name. Did you mean 'suspect-arrested'?" in result.output
    assert "'31/4/2026' is not a date." in result.output
    assert "They go from 1 to 9." in result.output
    assert len(Case.from_file(tmp_path / "case.yaml").events) == 4


def test_what_contradicts_the_rest_is_not_added(tmp_path):
    """An arrest before the day of the offence is asked for again, and the answers so far are kept."""
    result = run(tmp_path / "case.yaml", arrested=("arrest", "2/3/2026", "S1", "arrest", "2/4/2026", "S1"))

    assert "That was not added." in result.stderr
    assert [event.on for event in Case.from_file(tmp_path / "case.yaml").events][1] == date(2026, 4, 2)


def test_a_parent_speaks_for_a_child(tmp_path):
    result = run(
        tmp_path / "case.yaml",
        another=("y", "P1", "4", "", "n", "1"),
        reported=("report", "1/4/2026", "", ""),
        arrested=("arrest", "2/4/2026", "", "S1"),
        listed=(),
        told=("told", "arrest", "8/4/2026", "2", ""),
    )

    assert result.exit_code == 0, result.output
    case = Case.from_file(tmp_path / "case.yaml")
    assert case.speaks_for == {"P1": ("V1",)}
    assert case.events[-1].victim == "P1"


def test_a_victim_can_speak_for_another(tmp_path):
    result = run(
        tmp_path / "case.yaml",
        another=("y", "M1", "", "5/6/1988", "", "n", "", "1"),
        reported=("report", "1/4/2026", "", ""),
        arrested=("arrest", "2/4/2026", "", "S1"),
        listed=(),
        told=("told", "arrest", "8/4/2026", "2", ""),
    )

    assert (result.exit_code, result.stderr) == (0, "")
    mother = Case.from_file(tmp_path / "case.yaml").victims[1]
    assert (mother.capacity, mother.speaks_for, mother.born) == ("person", ("V1",), date(1988, 6, 5))


def test_a_file_that_is_there_is_not_touched(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("mine", encoding="utf-8")
    result = run(path)

    assert result.exit_code == 1
    assert "There is a file of this name." in result.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_nothing_is_written_if_the_questions_are_broken_off(tmp_path):
    result = CliRunner().invoke(main, ["new", str(tmp_path / "case.yaml")], input="22/0500/26\n")

    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_mother_can_be_entered_before_her_child(tmp_path):
    """Who speaks for whom is asked once all are known; the child, who is spoken for, is not asked."""
    result = run(
        tmp_path / "case.yaml",
        victim="M1",
        who="4",
        born=(),
        facts="",
        another=("y", "V1", "", "2/3/2011", "2", "n", "1"),
        reported=("report", "1/4/2026", "", ""),
        arrested=("arrest", "2/4/2026", "", "S1"),
        listed=(),
        told=("told", "arrest", "8/4/2026", "1", ""),
    )

    assert (result.exit_code, result.stderr) == (0, "")
    case = Case.from_file(tmp_path / "case.yaml")
    assert [victim.reference for victim in case.victims] == ["M1", "V1"]
    assert case.speaks_for == {"M1": ("V1",)}
    assert "Who does V1 speak for?" not in result.stdout


@pytest.mark.parametrize(
    ("born", "facts", "said"),
    [
        # 17 on the day it was reported, the day after the offence: at most 17 the day before.
        (("17", "1/4/2026"), {"under-18": True}, ["under 18 when the offence was committed? Yes."]),
        (("16", "1/4/2026"), {"under-18": True, "under-17": True}, ["under 17 when the offence was committed? Yes."]),
        # 18 on the day after may have been the birthday.
        (("18", "1/4/2026"), {"under-17": False}, ["under 18 when the offence was committed? The age does not"]),
        (("19", "1/4/2026"), {"under-18": False, "under-17": False}, ["offence was committed? No."]),
        (("17", "1/4/2025"), {"under-17": False}, ["under 18 when the offence was committed? The age does not"]),
        (("17", ""), {}, ["An age without its day settles nothing."]),
        (("140", "17", "1/4/2026"), {"under-18": True}, ["140 is not an age."]),
        (("9", "1/4/2046", "1/4/2026"), {"under-18": True, "under-17": True}, ["was not yet born"]),
    ],
)
def test_an_age_with_its_day_is_taken_where_the_date_of_birth_is_not_known(tmp_path, born, facts, said):
    result = run(tmp_path / "case.yaml", born=born, facts="")

    assert result.exit_code == 0, result.output
    [victim] = Case.from_file(tmp_path / "case.yaml").victims
    assert {fact.fact: fact.value for fact in victim.facts} == facts
    assert victim.born is None
    assert {fact.source for fact in victim.facts} <= {f"aged {given} on 2026-04-01" for given in born} | {
        "aged 17 on 2025-04-01"
    }
    for sentence in said:
        assert sentence in " ".join(result.output.split())


def test_an_age_gives_a_child_the_earlier_deadline(tmp_path):
    """17 on the day it was reported: Enhanced Rights, so the arrest of 2 April had to be told of by 7 April 2026."""
    run(tmp_path / "case.yaml", born=("17", "1/4/2026"), facts="")
    result = CliRunner().invoke(main, ["assess", str(tmp_path / "case.yaml"), "--as-at", "2026-04-20"])

    assert "Tue 7 Apr 2026" in result.stdout
    assert "Mon 13 Apr 2026" not in result.stdout


def test_a_name_given_as_a_reference_is_remarked_on_at_once(tmp_path):
    result = run(tmp_path / "case.yaml", victim="Mary Smith", arrested=("arrest", "2/4/2026", "John Brown"))

    assert result.exit_code == 0
    assert result.stderr.count("This reference may be the name of a person.") >= 2


def test_a_folder_of_law_of_ones_own_is_used(tmp_path):
    result = CliRunner().invoke(main, ["new", str(tmp_path / "case.yaml"), "--law", str(tmp_path / "none")])

    assert result.exit_code == 1
    assert "There is no folder" in result.stderr
