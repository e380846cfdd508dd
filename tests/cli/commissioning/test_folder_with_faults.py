"""A folder in which some records cannot be read: every command works with the rest, says so, and ends with 1."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.commissioning.area_folder import PARTS
from victims_code.commissioning.area_folder.starters import STARTERS
from victims_code.reading.data_files import data_folder

DAY = ("--as-at", "2026-06-01")
COMMANDS = {
    "awards": [("money", *DAY), ("money", *DAY, "--format", "json"), ("forward-plan", *DAY)],
    "services": [
        ("directory", "gaps", *DAY),
        ("directory", "gaps", *DAY, "--format", "json"),
        ("directory", "find", "--on", "2026-06-01"),
        ("directory", "check", *DAY),
    ],
    "boards": [("board", *DAY), ("board", *DAY, "--format", "html")],
    "risk-logs": [("risks", *DAY), ("highlight",), ("highlight", "--format", "html")],
    "strategies": [("objectives", *DAY)],
    "complaints": [
        ("registers", "due", *DAY),
        ("registers", "board", *DAY, "--period", "2026-27"),
        ("registers", "board", *DAY, "--period", "2026-27", "--format", "json"),
    ],
    "decisions": [("decision", "check", *DAY)],
    "needs": [("needs", "due", *DAY)],
    "referrals": [("referrals", *DAY)],
}


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """The examples of every part, each followed by one that has an unknown key."""
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(data_folder() / STARTERS, folder, dirs_exist_ok=True)
    (folder / "returns").mkdir()
    for part in COMMANDS:
        with (folder / PARTS[part].starter).open("a", encoding="utf-8") as file:
            file.write("  - {colour: red}\n")
    return folder


def run(folder, *words):
    group = words[:2] if words[1:] and not words[1].startswith("-") else words[:1]
    return CliRunner().invoke(main, ["commissioning", *group, str(folder), *words[len(group) :]])


@pytest.mark.parametrize(("part", "words"), [(part, words) for part, listed in COMMANDS.items() for words in listed])
def test_a_command_works_with_what_can_be_read_and_says_what_it_lacks(damaged, part, words):
    lines = (damaged / PARTS[part].starter).read_text(encoding="utf-8").count("\n")
    result = run(damaged, *words)

    assert result.exit_code == 1
    place = f"{part}.yaml, line {lines}, column 5, {part}[1]"
    assert place in result.stderr
    assert (
        f"{part}.yaml, line {lines}, column 6, {part}[1].colour: The key 'colour' is not known here." in result.stderr
    )
    if "json" in words:
        assert place in result.stdout
    else:
        assert f"{part} 1" in result.stdout.replace("\n", " ").replace("  ", " ")
        assert "Not complete: " in result.stdout


def test_a_sound_folder_says_nothing_of_it(tmp_path):
    shutil.copytree(data_folder() / STARTERS, tmp_path, dirs_exist_ok=True)
    result = run(tmp_path, "forward-plan", *DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Not complete" not in result.stdout


def test_where_nothing_can_be_read_there_are_only_the_faults(tmp_path):
    (tmp_path / "boards.yaml").write_text("boards: [{titel: Board}]\n", encoding="utf-8")
    result = run(tmp_path, "board", *DAY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "boards.yaml, line 1, column 11, boards[0].titel" in result.stderr


def test_nothing_is_taken_into_a_folder_with_faults(damaged, tmp_path):
    (tmp_path / "theirs.json").write_text('[{"id": "x1", "name": "Line", "status": "active"}]', encoding="utf-8")
    words = ("import", str(tmp_path / "theirs.json"), "--into", str(damaged), "--area", "22")
    result = CliRunner().invoke(main, ["commissioning", "directory", *words])
    assert result.exit_code == 1
    assert not (damaged / "services" / "x1.yaml").exists()
