"""A pytest plug-in that runs worked cases.

Name the folders in the configuration, and every YAML file below them is a test::

    [tool.pytest.ini_options]
    victims_code_cases = ["tests/cases"]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

__all__: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the setting that names the folders of worked cases."""
    parser.addini("victims_code_cases", "folders of worked cases of the Victims' Code", type="paths", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a YAML file if it lies in a folder of worked cases."""
    folders = parent.config.getini("victims_code_cases")
    if file_path.suffix == ".yaml" and any(folder in file_path.parents for folder in folders):
        collected: pytest.Collector = WorkedCaseFile.from_parent(parent, path=file_path)
        return collected
    return None


class WorkedCaseFile(pytest.File):
    """A file with one worked case."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one test of the file."""
        yield WorkedCaseItem.from_parent(self, name=self.path.stem)


class WorkedCaseItem(pytest.Item):
    """One worked case as a test."""

    def runtest(self) -> None:
        """Assess the case and compare."""
        from victims_code.testing.worked_cases import read_worked_case

        worked = read_worked_case(self.path)
        differences = worked.differences()
        if differences:
            raise WorkedCaseError(worked.name, worked.why, differences)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The differences, with the reasoning of the person who worked the case."""
        if isinstance(excinfo.value, WorkedCaseError):
            return str(excinfo.value)
        return f"{type(excinfo.value).__name__}: {excinfo.value}"

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the test stands."""
        return self.path, None, self.name


class WorkedCaseError(AssertionError):
    """The library's answer differs from the one worked by hand."""

    def __init__(self, name: str, why: str, differences: tuple[str, ...]) -> None:
        super().__init__("\n".join([name, f"worked by hand: {why}", *(f"- {line}" for line in differences)]))
