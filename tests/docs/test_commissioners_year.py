"""The commissioner's year: every step of ``examples/commissioner/year.sh`` is a command that does what it says."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from victims_code.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "commissioner" / "year.sh"

pytestmark = pytest.mark.examples


class Step:
    """One command of the script, and what came of it."""

    def __init__(self, line):
        line, self.may_fail = line.removesuffix(" || true"), line.endswith(" || true")
        command, _, self.into = line.partition(" > ")
        self.words = shlex.split(command)

    def run(self):
        name, *written = self.words
        arguments = [
            path for word in written for path in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
        ]
        if name == "victims-code":
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code in ((0, 1) if self.may_fail else (0,)), (self.words, result.output)
            if self.into:
                Path(self.into).write_bytes(result.stdout_bytes)
            return result
        paths = [Path(word) for word in arguments if word != "-p"]
        if name == "mkdir":
            paths[0].mkdir(parents=True, exist_ok=True)
        elif name == "cp":
            for path in paths[:-1]:
                shutil.copy(path, paths[-1])
        else:
            pytest.fail(f"The script is to use victims-code, cp and mkdir alone, not {name}.")
        return None


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The folder in which the whole script was run, and what each command printed, by its words."""
    folder = tmp_path_factory.mktemp("year")
    (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    lines = [line for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        printed = {line: step.run() for line, step in ((line, Step(line)) for line in lines)}
    return folder, printed


def printed_by(year, *words):
    """What the first command with these words printed."""
    return next(result for line, result in year[1].items() if result and " ".join(words) in line)


def test_the_draft_names_the_law_wrongly_twice_and_the_decision_rightly(year):
    draft = printed_by(year, "citations", "examples/commissioner/draft-decision.md")
    assert draft.exit_code == 1
    assert "3 citations in 1 file: 1 right, 2 wrong, 0 cannot tell." in draft.stdout
    assert "0 wrong" in printed_by(year, "citations", "year/decisions.yaml").stdout


def test_the_return_that_does_not_hold_together_goes_back(year):
    sent_back = printed_by(year, "returns", "check")
    assert sent_back.exit_code == 1
    assert "The parts make 1,315 and the total says 1,351." in sent_back.stderr


def test_the_folder_is_sound_and_its_ten_returns_are_read(year):
    assert "23 records, 10 returns: 0 faults." in printed_by(year, "commissioning", "check", "year").stdout


def test_what_is_amiss_is_found(year):
    board = " ".join(printed_by(year, "board", "year").stdout.split())
    assert "On Tuesday 14 October 2025 2 were there, and the quorum is 3." in board
    risks = " ".join(printed_by(year, "risks", "year").stdout.split())
    assert "was due by Tuesday 31 March 2026" in risks
    plan = " ".join(printed_by(year, "forward-plan", "year").stdout.split())
    assert "Set up the group of service users." in plan
    assert "Tue 12 May 2026: Hold the meeting: Victims' Board." in plan


def test_needs_money_and_registers_say_what_they_know(year):
    assert "Shelter and accommodation" in printed_by(year, "directory", "gaps").stdout
    found = printed_by(year, "directory", "find").stdout
    assert "Lantern advisers" in found
    assert "3 rules not met" in printed_by(year, "directory", "check").stdout
    assert "1 decision: 0 findings." in printed_by(year, "decision", "check").stdout
    assert "4 working days late" in " ".join(printed_by(year, "returns", "remind").stdout.split())
    money = printed_by(year, "money", "year").stdout
    assert "£1,619.75" in money
    assert "· L/2025" in money  # the ring-fence followed down
    assert "by Friday 1 May 2026" in " ".join(printed_by(year, "registers", "due").stdout.split())


def test_the_pages_are_there_and_hold_what_the_board_decides_on(year):
    pages = {page.name: page.read_text(encoding="utf-8") for page in (year[0] / "pages").rglob("*.*")}

    assert pages["forward-plan.ics"].startswith("BEGIN:VCALENDAR")
    assert all(text.startswith("<!DOCTYPE html>") for name, text in pages.items() if name.endswith(".html"))
    for words in (
        "4,997",
        "83.1%",
        "amber",
        "Advisers leave before the next grant is known",
        "goes back to the Ministry",
    ):
        assert words in pages["highlight.html"]
    assert "Set up the group of service users" in pages["forward-plan.html"]
    assert "83.1%" in pages["performance.html"]
    assert "PCC/D/2025/4" in pages["PCC-D-2025-4.html"]
