"""The highlight report from the command line takes its figures and risks from the folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from victims_code.cli import main

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "commissioner"

pytestmark = pytest.mark.skipif(not EXAMPLE.is_dir(), reason="the examples are not beside the tests")


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The example's folder at the end of the year."""
    folder = tmp_path_factory.mktemp("year")
    shutil.copytree(EXAMPLE / "area", folder, dirs_exist_ok=True)
    (folder / "returns").mkdir()
    for file in EXAMPLE.glob("*.csv"):
        if "first-sent" not in file.name:
            shutil.copy(file, folder / "returns")
    return folder


def run(*arguments):
    return CliRunner().invoke(main, ["commissioning", "highlight", *map(str, arguments)])


def test_figures_come_from_the_returns_with_targets_coverage_and_counts_kept_apart(year):
    result = run(year, "--from-returns")
    rows = [line for line in result.stdout.splitlines() if line.startswith("| ")]

    assert (result.exit_code, result.stderr) == (0, "")
    assert "| Referrals received (data-share) | 4,997 | – | not rated |" in "\n".join(rows)
    assert "| Supported | 2,112 | – |" in "\n".join(rows)
    (share,) = [row for row in rows if row.startswith("| Victims better able to cope") and "83.1%" in row]
    assert "| 85% | amber | 83.1% against a target of 85%, where higher is better. |" in share
    assert "8 of 10 returns have the figure" in share
    assert any("£454,880.25" in row for row in rows)


def test_risks_and_issues_are_those_of_the_boards_log(year):
    page = run(year).stdout
    assert "| R1 | Grants are for one year" in page
    assert "| C: Specialist help for victims of sexual violence | amber |" in page
    assert "R2" not in page  # not brought to the board
    assert "Harbour does not record how many people wait" in page
    assert "4,997" not in page  # without --from-returns


def test_a_small_number_is_hidden_unless_asked_for(year, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(year, folder)
    for file in (folder / "returns").iterdir():
        if "lantern-2025-26-q1" not in file.name:
            file.unlink()
    text = (folder / "returns" / "lantern-2025-26-q1.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if line.startswith("provider") or ",supported," in line]
    value = next(line for line in kept if ",supported," in line).split(",")[6]
    (folder / "returns" / "lantern-2025-26-q1.csv").write_text(
        "\n".join(kept).replace(f",{value},", ",3,") + "\n", encoding="utf-8"
    )

    assert "| Supported | too small to show |" in run(folder, "--from-returns").stdout
    assert "| Supported | 3 |" in run(folder, "--from-returns", "--show-small-numbers").stdout
    assert "| Spending on the service | missing |" in run(folder, "--from-returns").stdout
    assert "no return has it" in run(folder, "--from-returns").stdout


def test_without_returns_or_a_register_there_is_nothing_to_add_up(year, tmp_path):
    shutil.copy(year / "boards.yaml", tmp_path)
    shutil.copy(year / "highlight-reports.yaml", tmp_path)
    result = run(tmp_path, "--from-returns")

    assert result.exit_code == 1
    assert "Put the returns into the folder `returns`, and write register.yaml." in result.stderr
