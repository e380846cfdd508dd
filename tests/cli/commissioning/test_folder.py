"""The folder of an area from the command line: laid out, and checked."""

from __future__ import annotations

import json

from click.testing import CliRunner

from victims_code.cli import main
from victims_code.commissioning.area_folder import PARTS

RETURN = """provider,period,section,measure,value,basis
lantern,2025-26 Q1,output,referrals,{value},data-share
"""


def run(*arguments):
    return CliRunner().invoke(main, ["commissioning", *map(str, arguments)])


def in_use(folder, *parts):
    """Take the examples of some parts out of their comments."""
    for part in parts:
        file = folder / f"{part}.yaml"
        example = file.read_text(encoding="utf-8").split("#\n", 1)[1]
        file.write_text("".join(line.removeprefix("# ") for line in example.splitlines(True)), encoding="utf-8")


def test_init_says_what_it_wrote_and_leaves_what_is_there(tmp_path):
    folder = tmp_path / "wm"
    first, second = run("init", folder, "--area", "22"), run("init", folder)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert str(folder / "awards.yaml") in first.stdout.splitlines()
    assert f"{len(PARTS)} files written." in first.stdout
    assert (folder / "area.yaml").read_text(encoding="utf-8") == "area: west-mercia\n"
    assert f"Left as they are: {folder / 'area.yaml'}, " in second.stdout
    assert "0 files written." in second.stdout


def test_init_of_an_area_that_is_not_known_writes_nothing(tmp_path):
    result = run("init", tmp_path / "wm", "--area", "borsetshire")

    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "borsetshire" in result.stderr


def test_check_counts_what_is_there_and_says_what_is_not(tmp_path):
    run("init", tmp_path, "--area", "22")
    in_use(tmp_path, "boards", "highlight-reports", "service-courses")
    (tmp_path / "minutes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "award.yaml").write_text("awards: []\n", encoding="utf-8")
    result = run("check", tmp_path)

    assert result.exit_code == 0
    assert "     1  boards " in result.stdout
    assert "Nothing in: register, frameworks, services, " in result.stdout
    assert "Not read: minutes.txt." in result.stdout
    assert "Not checked: service-courses: 1 with the name of a service" in result.stdout
    assert "4 records, 0 returns: 0 faults." in result.stdout
    assert "warning: award.yaml: This file is not read" in result.stderr


def test_check_reads_the_returns_against_the_register(tmp_path):
    run("init", tmp_path)
    in_use(tmp_path, "register")
    (tmp_path / "returns" / "good.csv").write_text(RETURN.format(value=120), encoding="utf-8")
    assert run("check", tmp_path).stdout.endswith("1 record, 1 return: 0 faults.\n")

    (tmp_path / "returns" / "bad.csv").write_text(RETURN.replace("lantern", "beacon").format(value=1), encoding="utf-8")
    (tmp_path / "boards.yaml").write_text("boards:\n  - {tittle: Board}\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "boards.yaml, line 2, column 6, boards[0].tittle" in result.stderr
    assert "bad.csv, row 2, column provider" in result.stderr
    assert "With faults, so that not all of it counts: boards." in result.stdout


def test_a_register_with_faults_is_not_called_missing(tmp_path):
    run("init", tmp_path)
    (tmp_path / "register.yaml").write_text("commissioner: PCC\nprovider: []\n", encoding="utf-8")
    (tmp_path / "returns" / "good.csv").write_text(RETURN.format(value=120), encoding="utf-8")
    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert "because register.yaml has faults." in result.stdout
    assert "Nothing in: area, frameworks," in result.stdout


def test_returns_without_a_register_say_what_is_not_checked(tmp_path):
    run("init", tmp_path)
    (tmp_path / "returns" / "good.csv").write_text(RETURN.format(value=120), encoding="utf-8")
    assert "because there is no register.yaml" in run("check", tmp_path).stdout


def test_check_as_json(tmp_path):
    run("init", tmp_path, "--area", "22")
    (tmp_path / "boards.yaml").write_text("boards:\n  - {tittle: Board}\n", encoding="utf-8")
    result = run("check", tmp_path, "--format", "json")
    read = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (read["records"]["area"], read["records"]["boards"], read["returns"]) == (1, 0, 0)
    assert {fault["location"].split(",")[0] for fault in read["faults"]} == {"boards.yaml"}


def test_another_folder_is_refused_and_its_files_are_not_listed(tmp_path):
    (tmp_path / "letter.yaml").write_text("a: b\n", encoding="utf-8")
    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert "This is not a folder of an area" in result.stderr
    assert "letter" not in result.stdout + result.stderr
