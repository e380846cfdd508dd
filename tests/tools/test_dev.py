"""The commands for people who work on the project: what they run, and when they install."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """The module in a made-up environment, and the commands it would have run."""
    module = runpy.run_path(str(ROOT / "dev.py"))
    ran = []
    names = module["main"].__globals__
    (tmp_path / "bin").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    monkeypatch.setenv("SNAPSHOT", "")
    names |= {"ROOT": tmp_path, "environment": lambda: tmp_path / "bin" / "python"}
    names["run"] = lambda python, *arguments: ran.append(arguments)
    return module["main"], ran


def test_packages_are_installed_again_only_when_the_project_has_changed(dev, tmp_path):
    main, ran = dev
    for number_of_commands in (3, 4):
        main("test", "tests/law")
        assert len(ran) == number_of_commands
    assert ran[-1][-1] == "tests/law"
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    main("test")
    assert [arguments[:3] for arguments in ran[4:]] == [
        ("-m", "pip", "install"),
        ("-m", "pip", "install"),
        ("-m", "pytest", "-q"),
    ]


def test_the_scripts_that_are_run_are_there_and_the_snapshot_is_written(dev):
    main, ran = dev
    scripts = main.__globals__["SCRIPTS"]
    for command, script in scripts.items():
        main(command)
        assert ran[-1] == script
        assert all((ROOT / part).exists() for part in script if "/" in part)
        assert os.environ["SNAPSHOT"] == ("write" if command == "snapshot" else "")


def test_any_other_name_is_that_of_a_session_of_nox(dev):
    main, ran = dev
    main("docs")
    assert ran[-1] == ("-m", "nox", "--session", "docs")
