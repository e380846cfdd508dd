"""The command line as a program: what wrong usage says, how it ends, and when it shows that it is busy."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from shared.read_terminal import all_of
from victims_code.cli import main

ROOT = Path(__file__).resolve().parents[2]
CASE = str(ROOT / "examples" / "case.yaml")
AS_AT = ("--as-at", "2026-04-20")


def run(*arguments: str):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assess", CASE), "Missing option '--as-at'"),
        (("assess", *AS_AT), "Missing argument 'FILES...'"),
        (("assess", CASE, "--as-at", "20.04.2026"), "If that is Monday 20 April 2026, write 2026-04-20."),
        (("assess", CASE, "--as-at", "4/20/2026"), "'4/20/2026' is not a date."),
        (("assess", CASE, *AS_AT, "--overdue", "--format", "html"), "--owed-by and --overdue go with --format text"),
        (("assess", CASE, "--as-at", "2026-02-30"), "There is no such day in the calendar."),
        (("assess", CASE, *AS_AT, "--format", "pdf"), "'pdf' is not one of 'text', 'json'"),
        (("working-days", "add", "2026-04-02", "-5"), "-5 is not in the range x>=0"),
        (("working-days", "add", "2026-04-02", "five"), "'five' is not a valid integer"),
        (("deadline", "inform-suspect-arrested"), "Missing option '--on'"),
        (("fly",), "No such command 'fly'"),
    ],
)
def test_wrong_usage_ends_with_2(arguments, said):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def start(*arguments: object, **options):
    command = [sys.executable, "-m", "victims_code", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


def test_the_program_ends_with_the_right_status(tmp_path):
    (tmp_path / "two.yaml").write_text(
        "reference: A1\nvictims:\n  - {reference: V1, borne: 1990-03-02}\n"
        "events:\n  - {event: suspect-arested, at: 2026-04-02}\n",
        encoding="utf-8",
    )
    good = start("deadline", "inform-suspect-arrested", "--on", "2026-04-02", "--enhanced")
    assert (good.returncode, good.stdout.splitlines()[0], good.stderr) == (0, "2026-04-07", "")
    faulty = start("assess", "two.yaml", *AS_AT, cwd=tmp_path)
    assert (faulty.returncode, faulty.stdout) == (1, "")
    assert faulty.stderr.startswith("invalid: two.yaml, line 3, victims[0].borne: ")
    assert len(faulty.stderr.splitlines()) == 2
    assert start("assess", CASE).returncode == 2


def test_the_installed_command_says_its_version():
    command = Path(sys.executable).with_name("victims-code")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.startswith("victims-code, version ")


def test_many_files_show_no_bar_where_nobody_is_looking():
    done = start("assess", *[CASE] * 12, *AS_AT, "--format", "csv")
    (warning,) = done.stderr.splitlines()  # and nothing else
    assert done.returncode == 0
    assert "12 cases are called '22/0412/26'" in warning
    assert len({row["duty"] for row in csv.DictReader(io.StringIO(done.stdout))}) > 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("files", "shown"), [(12, True), (9, False)])
def test_many_files_show_a_bar_on_a_terminal_and_only_on_standard_error(files, shown, tmp_path):
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "victims_code", "assess", *[CASE] * files, *AS_AT, "--format", "csv"]
    with (tmp_path / "out.csv").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        seen = all_of(ours)
    printed = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert process.returncode == 0
    assert ("Assessing" in seen) is shown
    assert "Assessing" not in printed
    assert printed.startswith("id,reference,")


def commands_of(command, *names):
    """Every command with the words by which it is called."""
    if not isinstance(command, click.Group):
        yield names, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from commands_of(command.get_command(context, name), *names, name)


def test_every_option_is_in_the_section_of_its_command_on_the_page():
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    parts = (part.split("\n", 1) for part in re.split(r"\n###? ", page)[1:])
    sections = {name: text for heading, text in parts for name in heading.split(" and ")}
    (of_law,) = (paragraph for paragraph in sections["law"].split("\n\n") if "with `--law FOLDER`" in paragraph)
    missing = []
    for names, command in commands_of(main):
        for option in (name for parameter in command.params for name in parameter.opts if name.startswith("--")):
            section = sections[" ".join(names[:2]) if names[0] == "commissioning" else names[0]]
            as_assess = "The other options are those of `assess`" in section
            under_law = option in ("--law", "--drafts") and (as_assess or f"`{names[0]}`" in of_law)
            told = section + (sections["assess"] if as_assess else "")
            if not under_law and not re.search(rf"{option}(?![\w-])", told):
                missing.append(f"{' '.join(names)} {option}")
    assert missing == []


def commands(group: click.Group, *names: str):
    """Every command with the words it is called by."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield (*names, name), command


def test_a_file_to_write_has_one_name_in_every_command():
    written = {
        names: param.opts for names, command in commands(main) for param in command.params if asks_to_write(param)
    }
    assert len(written) >= 7
    assert {names: opts for names, opts in written.items() if opts != ["--output", "-o"]} == {}


def asks_to_write(param: click.Parameter) -> bool:
    told = getattr(param, "help", None) or ""
    return isinstance(param.type, click.Path) and ("write" in told or {"--out", "--to", "--output"} & {*param.opts})


@pytest.mark.parametrize(
    "arguments", [("law", "checklist", "code-2021"), ("commissioning", "directory", "export", "services.yaml", *AS_AT)]
)
def test_a_file_that_cannot_be_written_is_a_fault(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("services.yaml").write_text("services: []\n", encoding="utf-8")
    result = run(*arguments, "-o", tmp_path / "none" / "list.md")
    assert (result.exit_code, result.stderr.count("The file cannot be written")) == (1, 1)
