"""The text of an assessment and of a comparison, as it is read on a screen and in a file."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.code import VictimsCode

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FRAME = str.maketrans("│┃┏━┳┓┡╇┩└─┴┘┗", " " * 14)

FAMILY = """
reference: "22/0500/26"
offence: {committed_on: 2026-03-31}
victims:
  - {reference: V1, born: 2012-05-01}
  - {reference: V2, capacity: parent-or-guardian, speaks_for: [V1]}
events:
  - {event: crime-reported, at: 2026-04-01}
  - {event: suspect-arrested, at: 2026-04-02, suspect: S1}
  - {event: victim-informed, about: suspect-arrested, at: 2026-04-07, suspect: S1, victim: V1}
  - {event: suspect-charged, at: 2026-04-10, suspect: S1}
"""


def run(*arguments):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def assessed(tmp_path, case=FAMILY, *options):
    path = tmp_path / "case.yaml"
    path.write_text(case, encoding="utf-8")
    return run("assess", path, "--as-at", "2026-04-20", *options)


def words(text):
    return " ".join(text.translate(FRAME).split())


def rows(text, title):
    """The rows of a table, each with its cells in words."""
    lines = text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0].splitlines()
    found = []
    for line in lines[1:]:
        if not line.startswith("│"):
            continue
        cells = [cell.strip() for cell in line.strip("│").split("│")]
        if cells[0] or not found:
            found.append(cells)
        else:
            found[-1] = [" ".join(filter(None, pair)) for pair in zip(found[-1], cells, strict=True)]
    return found


def test_what_is_owed_to_a_child_and_a_parent_alike_is_said_once(tmp_path):
    text = assessed(tmp_path)

    assert "V2 speaks for V1: what is the same for them is said once." in text
    dated = [(row[0], row[1], row[2], row[5]) for row in rows(text, "Duties with a date")]
    assert dated == [
        ("Tue 7 Apr 2026", "overdue by 9 working days", TOLD_OF_SUPPORT, "V1 and V2"),
        ("Tue 7 Apr 2026", "met (done Tue 7 Apr 2026)", "Tell the victim that a suspect has been arrested", "V1"),
        ("Tue 7 Apr 2026", "overdue by 9 working days", "Tell the victim that a suspect has been arrested", "V2"),
        (
            "Mon 13 Apr 2026",
            "overdue by 5 working days",
            "Tell the victim that a suspect has been charged",
            "V1 and V2",
        ),
    ]
    every = assessed(tmp_path, FAMILY, "--all")
    whom = Counter(row[3] for row in rows(every, "Also owed, with no number of days in the Code"))
    assert whom["V1 and V2"] > 30
    assert (whom["V1"], whom["V2"]) == (2, 2)  # the few that hang on who is under 18 stand apart


TOLD_OF_SUPPORT = "Tell the victim about local support services, and refer them to one"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_reasons_are_given_once_and_say_for_whom_else_they_hold(tmp_path, form):
    text = words(assessed(tmp_path, FAMILY, "--format", form)).replace("*", "")

    assert "has been charged (V1; the same for V2, who speaks for V1). On Friday 10 April 2026" in text
    assert text.count("On Friday 10 April 2026 a suspect was charged (suspect S1).") == 1
    assert (
        text.count("On Thursday 2 April 2026 a suspect was arrested (suspect S1).") == 2
    )  # met for one, not the other
    assert "V2 speaks for V1, who gets Enhanced Rights, so the enhanced limit applies." in text


def test_the_whole_explanation_is_given_once_too(tmp_path):
    text = assessed(tmp_path, FAMILY, "--explain")

    assert text.count("Tell the victim that a suspect has been charged (V1): due by Monday 13 April 2026.") == 1
    assert "\n(V1; the same for V2, who speaks for V1)\n" in text


def test_two_victims_with_different_reasons_get_both(tmp_path):
    both = FAMILY.replace(
        "{reference: V2, capacity: parent-or-guardian, speaks_for: [V1]}",
        "{reference: V2, facts: {persistently-targeted: true}}",
    )
    text = words(assessed(tmp_path, both))

    assert "has been charged (V1). On Friday 10 April 2026" in text
    assert "has been charged (V2). On Friday 10 April 2026" in text
    assert "speaks for" not in text


def test_two_victims_for_the_same_reason_are_put_together(tmp_path):
    twins = FAMILY.replace(
        "{reference: V2, capacity: parent-or-guardian, speaks_for: [V1]}", "{reference: V2, born: 2012-05-01}"
    )
    text = words(assessed(tmp_path, twins))

    assert "has been charged (V1; the same for V2). On Friday 10 April 2026" in text


def test_a_date_beside_a_status_says_that_it_is_the_day_the_duty_was_done(tmp_path):
    not_assessed = FAMILY.replace("born: 2012-05-01", "born: 1990-05-01").replace(
        "at: 2026-04-07, s", "at: 2026-04-09, s"
    )

    assert "cannot tell (done Thu 9" in assessed(tmp_path, not_assessed)
    assert "cannot tell (done Thu 9 Apr 2026)" in assessed(tmp_path, not_assessed, "--format", "markdown")
    assert "cannot tell (done Thu 9 Apr 2026)" in assessed(tmp_path, not_assessed, "--format", "html")


def test_what_is_owed_twice_is_said_twice(tmp_path):
    case = FAMILY.replace(
        "at: 2026-04-10, suspect: S1}", "at: 2026-04-10}\n  - {event: suspect-charged, at: 2026-04-10}"
    )
    charged = [row for row in rows(assessed(tmp_path, case), "Duties with a date") if "charged" in row[2]]

    assert [row[5] for row in charged] == ["V1 and V2", "V1 and V2"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"open", "unknown"}),
        ("  - {event: sentence-passed, at: 2026-04-16, suspect: S1}\n", {"unknown", "closed"}),
    ],
)
def test_open_windows_come_first_and_those_not_known_name_what_is_missing(tmp_path, more, expected):
    case = FAMILY + more
    text, markdown = (assessed(tmp_path, case, "--format", form) for form in ("text", "markdown"))
    lines = markdown.split("## What the victim may do\n", 1)[1].strip().split("\n\n")[0].splitlines()[2:]
    found = [line.strip("| ").split(" | ") for line in lines]
    states = [re.split("[,;.]", state)[0] for _, state, *_ in found]

    assert states == sorted(states, key=["open", "unknown", "closed"].index)
    assert set(states) == expected
    (compensation, *_) = [state for _, state, what, *_ in found if what.startswith("Apply to the Criminal Injuries")]
    asked = "unknown, if the scheme applies. We need to know about the victim: Was this person injured"
    assert compensation.startswith(f"{asked}, or a close")
    rows = [line.split("│") for line in text.split("What the victim may do")[1].splitlines() if line.startswith("│")]
    assert asked in " ".join(" ".join(cells[2].split()) for cells in rows)


ON_THE_SCREEN = {
    "duties": ["duties"],
    "duties-2006": ["duties", "--edition", "code-2006"],
    "offence": ["offence", "OF61016"],
    "offence-why": ["offence", "COML020A", "--why"],
    "deadline": ["deadline", "inform-suspect-arrested", "--on", "2026-04-02"],
    "compare": ["compare", "code-2006", "code-2021"],
    "in-force": ["in-force", "vpa-2024-s5", "--on", "2025-01-29"],
    "holidays": ["working-days", "holidays", "2022"],
    "schema": ["schema"],
    "case": ["assess", str(EXAMPLES / "hearing-results.json"), "--as-at", "2026-06-19"],
}


@pytest.mark.parametrize("width", ["80", "60"])
@pytest.mark.parametrize("name", ON_THE_SCREEN)
def test_no_word_is_broken_on_a_narrow_screen(width, name):
    command = ON_THE_SCREEN[name]
    terminal = CliRunner(env={"COLUMNS": width, "FORCE_COLOR": "1", "TERM": "xterm"})
    result = terminal.invoke(main, command)
    for narrow, whole in ((result.stdout, run(*command)), (result.stderr, CliRunner().invoke(main, command).stderr)):
        lines = re.sub(r"\x1b\[[\d;]*m", "", narrow)
        every = {word for word in re.findall(r"[^\s│┃]+", whole) if not set("━─") & set(word)}
        words = {word for word in every if len(word) <= int(width)}  # the path of a file may be wider than the screen
        words -= {"–", "·"}  # a list leaves empty cells out
        assert max(map(len, lines.splitlines()), default=0) <= int(width)
        shown = set(re.findall(r"[^\s│┃]+", lines))
        assert words - shown - {word.removesuffix(":") for word in shown} == set()


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("command", ["", "duties", "in-force", "report", "sql", "what-if"])
def test_help_breaks_no_word_at_a_hyphen(width, command):
    told = CliRunner().invoke(main, [*command.split(), "--help"], terminal_width=width).stdout
    assert [line for line in told.splitlines() if re.search(r"\w-$", line)] == []


def test_the_help_of_assess_says_how_it_ends():
    told = " ".join(run("assess", "--help").split())
    assert "or cell was not read, of a table or of a message that joins it. Warnings alone end with 0." in told


def test_nothing_stands_at_the_ends_of_lines_in_a_file(tmp_path):
    for text in (assessed(tmp_path), run("duties"), run("working-days", "holidays", "2026"), run("offence", "TH68006")):
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        assert max(map(len, text.splitlines())) <= 150


def test_a_comparison_ends_with_a_list_of_lines():
    text = run("compare", "code-2015", "code-2021")
    same = text.split("\nThe same\n", 1)[1].splitlines()

    assert len(same) == len(VictimsCode.load().compare("code-2015", "code-2021").same)
    assert [line for line in same if not re.fullmatch(r"- [a-z0-9-]+", line)] == []
