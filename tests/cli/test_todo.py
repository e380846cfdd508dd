"""``victims-code todo``: what is to be done next in many cases, and that nothing undone is left out."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from victims_code.cli import main

ARREST = """
reference: "{}"
victims: [{{reference: V1}}]
events:
  - {{event: suspect-arrested, at: {}, suspect: S1}}
"""
LISTED = ARREST.rstrip() + "\n  - {{event: hearing-listed, at: 2026-04-16, received: 2026-04-17, suspect: S1}}\n"
HEADINGS = ("Overdue", "Act now: it may be late already", "Due today", "Due soon")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def case_file(folder, name, text, *given):
    path = folder / f"{name}.yaml"
    path.write_text(text.format(name, *given), encoding="utf-8")
    return path


def under(text, heading):
    """The cells of the first line of each row under a heading."""
    _, _, rest = text.partition(f"\n{heading}\n")
    body = rest.split("\n\n")[0]
    lines = [[cell.strip() for cell in line.strip("│").split("│")] for line in body.splitlines() if "│" in line]
    return [cells for cells in lines if cells[1]]


@pytest.fixture
def files(tmp_path):
    arrested = {"LATE": "2026-04-07", "NOW": "2026-04-15", "SOON": "2026-04-17"}
    return [case_file(tmp_path, name, LISTED if name == "SOON" else ARREST, day) for name, day in arrested.items()]


def test_the_list_has_the_most_urgent_of_all_cases_first(files):
    result = run("todo", *files, "--as-at", "20/04/2026")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "To do in 3 cases as at Monday 20 April 2026: 1 overdue, 1 to act on now, 2 due today,"
        " 0 due by Monday 27 April 2026."
    )
    assert [heading for heading in HEADINGS if f"\n{heading}\n" in result.stdout] == list(HEADINGS[:3])
    [late], [now], today = (under(result.stdout, heading) for heading in HEADINGS[:3])
    assert late[0].startswith("Tue 14 Apr 2026 (enhanced")
    assert (late[1], late[3], late[5]) == ("LATE", "V1", "police")
    assert now[0].startswith("Wed 22 Apr 2026 (enhanced")
    assert now[1] == "NOW"
    assert {(row[1], row[5]) for row in today} == {("SOON", "police"), ("SOON", "witness care unit")}
    assert re.search(r"Also undone: \d+ without a date; assess --all shows them\.", result.stdout)


def test_what_is_undone_is_on_the_list_or_counted_on_every_day(tmp_path):
    file = case_file(tmp_path, "A", ARREST, "2026-04-02")
    for day in (date(2026, 4, 2) + timedelta(days=n) for n in range(20)):
        text = run("todo", file, "--as-at", day, "--within", "0").stdout
        shown = sum("Tell the victim that a suspect" in row[2] for heading in HEADINGS for row in under(text, heading))
        assert shown + ("1 due later" in text) == 1, day


def test_within_says_how_many_working_days_ahead_are_soon(files):
    later = run("todo", files[0], "--as-at", "2026-04-07", "--within", "0").stdout
    assert "Also undone: 1 due later" in later
    assert under(run("todo", files[0], "--as-at", "2026-04-07", "--within", "1").stdout, "Due soon")


def test_one_body_sees_what_it_owes_and_how_much_it_does_not_see(files):
    result = run("todo", *files, "--as-at", "2026-04-20", "--owed-by", "witness-care-unit")

    [row] = under(result.stdout, "Due today")
    assert (row[1], row[5]) == ("SOON", "witness care unit")
    assert re.search(r"Only what is owed by witness care unit: \d+ of \d+ obligations\.", result.stdout)
    assert not under(result.stdout, "Overdue")


def test_an_unknown_body_leads_to_the_right_one(files):
    result = run("todo", *files, "--as-at", "2026-04-20", "--owed-by", "wcu")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Did you mean 'witness-care-unit'?" in result.stderr


def test_json_and_csv_have_the_undone_with_a_date_in_their_order(files):
    plain = json.loads(run("todo", *files, "--as-at", "2026-04-20", "--format", "json").stdout)
    table = run("todo", *files, "--as-at", "2026-04-20", "--format", "csv").stdout

    assert [[one["urgency"] for one in result["obligations"]] for result in plain] == [
        ["overdue"],
        ["act-now"],
        ["due-today", "due-today"],
    ]
    assert [row["reference"] for row in csv.DictReader(io.StringIO(table))] == ["LATE", "NOW", "SOON", "SOON"]


def test_a_broken_file_does_not_keep_the_others_off_the_list(files, tmp_path):
    broken = case_file(tmp_path, "BROKEN", ARREST.replace("arrested", "arested"), "2026-04-07")
    result = run("todo", broken, files[0], "--as-at", "2026-04-20")

    assert result.exit_code == 1
    assert under(result.stdout, "Overdue")
    assert "'suspect-arested' is not an event name." in result.stderr


def test_today_is_a_day_and_the_answer_says_which(files):
    assert re.match(
        r"To do in 1 case as at \w+day \d+ \w+ 20\d\d: 1 overdue", run("todo", files[0], "--as-at", "today").stdout
    )


def test_assess_can_be_narrowed_to_what_is_overdue(files):
    result = run("assess", files[0], "--as-at", "2026-04-20", "--overdue")

    assert "Only what is overdue: 1 of " in result.stdout
    assert "Overdue at Monday 20 April 2026 by 4 working days, or 8 if Enhanced Rights apply." in " ".join(
        result.stdout.split()
    )
    assert "What the victim may do" not in result.stdout


def row_of(folder, day):
    """What stands under *By*, in one line."""
    file = case_file(folder, "A", ARREST, "2026-04-02")
    shown = run("todo", file, "--as-at", day)
    return " ".join(" ".join(line.split("│")[1:2]) for line in shown.stdout.splitlines())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-04-07", "Mon 13 Apr 2026 (enhanced Tue 7 Apr 2026)"),
        ("2026-04-08", "1 working day late if Enhanced Rights apply"),
        ("2026-04-13", "4 working days late if Enhanced Rights apply"),
        ("2026-04-14", "1 working day late, or 5 if Enhanced Rights apply"),
        ("2026-04-15", "2 working days late, or 6 if Enhanced Rights apply"),
    ],
)
def test_a_row_with_two_possible_dates_says_how_late_under_each(tmp_path, day, said):
    """Arrested on 2 April: Good Friday and Easter Monday come between, so 7 April with Enhanced Rights, or 13 April."""
    shown = " ".join(row_of(tmp_path, day).split())

    assert said in shown
    assert ("late" in shown) == (day > "2026-04-07")
