"""Every adapter has a page that says what it maps, what it cannot know and which warnings it gives, and it is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from victims_code.adapters.home_office_outcomes import outcome_types
from victims_code.faults import FAULT_KINDS
from victims_code.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to"
MESSAGES = ("test_nothing_is_silent.py", "test_offences_apart.py", "test_references.py")
"""Tests of what all adapters of messages share."""
PAGES = {
    "read-spi-court-results.md": "test_spi.py",
    "read-common-platform-messages.md": "test_common_platform.py",
    "read-digital-case-file-messages.md": "test_dcf.py",
    "read-home-office-outcomes.md": "extracts",
    "read-police-uk-files.md": "test_police_uk.py",
    "map-local-extracts.md": "extracts",
}


def sections(page):
    text = (HOW_TO / page).read_text(encoding="utf-8")
    return {part.split("\n", 1)[0]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}


@pytest.mark.parametrize("page", PAGES)
def test_an_adapter_has_a_table_of_what_it_maps_and_says_what_it_cannot_know(page):
    titles = sections(page)
    mapped = titles.get("What is mapped") or titles["The keys of a mapping"]
    cannot = next(text for title, text in titles.items() if re.match(r"What a \w+ (cannot|does not) \w+", title))
    assert mapped.count("\n|") >= 6
    assert cannot.count("\n- **") >= 3


@pytest.mark.parametrize("page", PAGES)
def test_its_warnings_are_in_a_table_and_each_is_tested_with_bad_data(page):
    warnings = re.findall(r"^\| `(VC-[A-Z]+-\d+)` \|", sections(page)["Warnings"], flags=re.MULTILINE)
    tests = ROOT / "tests" / "adapters" / PAGES[page]
    files = sorted(tests.glob("test_*.py")) if tests.is_dir() else [tests, *map(tests.with_name, MESSAGES)]
    tested = "".join(file.read_text(encoding="utf-8") for file in files)
    assert warnings
    assert [code for code in warnings if code not in FAULT_KINDS] == []
    assert [code for code in warnings if code not in tested] == []


def test_the_usual_ways_a_crime_ends_are_events_of_the_vocabulary():
    rows = re.findall(
        r"^\| .+? \| (.+) \|$", sections("map-local-extracts.md")["How a crime ended"], flags=re.MULTILINE
    )
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert {"suspect-charged", "out-of-court-disposal-given", "decision-not-to-charge"} <= named
    assert named <= set(load_vocabulary().events)
    assert {one.event for one in outcome_types().values() if one.event} <= named


def test_the_table_of_outcome_types_is_that_of_the_data():
    rows = re.findall(
        r"^\| (\d+) \| (.+?) \| (.+?) \|$",
        sections("read-home-office-outcomes.md")["What is mapped"],
        flags=re.MULTILINE,
    )
    assert rows == [(one.code, one.title, f"`{one.event}`" if one.event else "–") for one in outcome_types().values()]
