"""What the installed package says of itself."""

from __future__ import annotations

from importlib.metadata import entry_points, metadata
from pathlib import Path

import victims_code as vc

ABOUT = metadata("victims-code")


def test_version_licence_and_needed_python():
    assert ABOUT["Version"] == vc.__version__
    assert ABOUT["License-Expression"] == "MIT"
    assert sorted(ABOUT.get_all("License-File")) == ["LICENCE-DATA.md", "LICENSE"]
    assert ABOUT["Requires-Python"] == ">=3.11"
    assert "working-days" in ABOUT["Keywords"]
    assert "# " in ABOUT["Description"]
    assert ABOUT["Description-Content-Type"] == "text/markdown"


def test_classifiers_name_every_python_that_is_tested_and_that_it_is_typed():
    classifiers = ABOUT.get_all("Classifier")
    for version in ("3.11", "3.12", "3.13"):
        assert f"Programming Language :: Python :: {version}" in classifiers
    assert "Typing :: Typed" in classifiers
    assert "Framework :: Pytest" in classifiers
    assert (Path(vc.__file__).parent / "py.typed").is_file()


def test_every_extra_is_there():
    assert set(ABOUT.get_all("Provides-Extra")) >= {
        "bulk",
        "cli",
        "excel",
        "frames",
        "html",
        "ics",
        "spark",
        "spi",
        "stats",
        "testing",
    }


def test_the_command_and_the_plug_in_are_announced():
    (command,) = entry_points(group="console_scripts", name="victims-code")
    (plug_in,) = entry_points(group="pytest11", name="victims_code")
    assert callable(command.load())
    assert plug_in.load().__name__ == "victims_code.testing.pytest_plugin"
