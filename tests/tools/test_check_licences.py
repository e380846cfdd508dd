"""Every package the library installs is under a licence that is accounted for."""

import re
from importlib.metadata import PathDistribution
from pathlib import Path

import check_licences

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "licences.md"


def test_every_package_is_permissive_or_accounted_for():
    found = check_licences.packages()
    assert {"attrs", "cattrs", "workalendar", "lunardate", "duckdb", "openpyxl", "six"} <= set(found)
    assert check_licences.wrong(found) == []


def test_each_licence_that_is_not_permissive_is_still_needed_and_on_the_page():
    page = PAGE.read_text(encoding="utf-8").lower()
    assert set(check_licences.NOT_PERMISSIVE) <= set(check_licences.packages())
    assert [name for name in check_licences.NOT_PERMISSIVE if not re.search(rf"\b{name}\b", page)] == []


def test_a_licence_that_is_not_accounted_for_is_named(tmp_path):
    folder = tmp_path / "odd-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: odd\nVersion: 1.0\nLicense: Proprietary\n", encoding="utf-8"
    )
    assert check_licences.wrong({"odd": PathDistribution(folder)}) == ["odd 1.0: Proprietary"]
