"""The page of everything the client's documents name: every row is there, and leads to something that exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

import seed_page  # noqa: E402

from victims_code.commissioning.governance import board_profiles  # noqa: E402

pytestmark = pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="the documentation is not beside the tests")

links_into_the_source = pytest.mark.skipif(
    not (ROOT / "src").is_dir(), reason="the page links into the source, which is not beside these tests"
)

# How many rows each part of the list has; a row that is dropped is missed.
ROWS = {"A": 24, "B": 33, "C": 38, "D": 13, "E": 16, "F": 5, "G": 11, "H": 6, "I": 6, "J": 13}


def test_every_row_is_on_the_page_once():
    rows = re.findall(r"^\| ([A-J]\d+) \|", seed_page.PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert rows == [f"{part}{n}" for part, count in ROWS.items() for n in range(1, count + 1)]


@links_into_the_source
def test_the_page_is_what_the_map_says():
    assert seed_page.PAGE.read_text(encoding="utf-8") == seed_page.page(seed_page.read_map())


def test_every_row_leads_somewhere_or_says_why_not():
    for row in seed_page.read_map().rows:
        for name in row.objects:
            assert seed_page.exists(name), (row.id, name)
        for place in row.data:
            assert seed_page.stands(place), (row.id, place)
        assert row.left_out or row.objects or row.data, row.id


@pytest.mark.long
def test_every_test_that_a_row_names_is_collected():
    named = sorted({name for row in seed_page.read_map().rows for name in row.tests})
    files = sorted({f"tests/{name.partition('::')[0]}" for name in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", *files]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()
    collected = {line.removeprefix("tests/") for line in found}
    collected |= {name.partition("[")[0] for name in collected}

    assert [name for name in named if name not in collected] == []


@links_into_the_source
def test_every_link_of_the_page_leads_to_a_file():
    text = seed_page.PAGE.read_text(encoding="utf-8")
    targets = set(re.findall(r"\]\(([^)]+)\)", text))

    assert targets
    assert [target for target in targets if not (seed_page.PAGE.parent / target).is_file()] == []


def test_the_row_of_a_board_says_what_no_source_says_of_it():
    """A gap in what was read is said on the page of the client's documents, and only where there is one."""
    for row in seed_page.read_map().rows:
        boards = [place.partition("#")[2] for place in row.data if place.startswith("commissioning/boards.yaml#")]
        gaps = {gap for id_ in boards for gap in board_profiles()[id_].not_said}
        said = re.findall(r"No source we read says ([^.]*)\.", row.note or "")
        assert bool(said) == bool(gaps), row.id
        assert all(gap in said[0] for gap in gaps), row.id


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("objects: [Powers, known_acts]", "objects: [Powerz, known_acts]", "A1: there is no Powerz"),
        ("#prsra-2011-s10'", "#prsra-2011-s1000'", "A1: there is no commissioning/powers.yaml#prsra-2011-s1000"),
        ("objects: [Arrangement]", "objects: [Arrangement], left_out: x", "B16 names nothing, or names something and"),
        ("objects: [Arrangement]", "objects: []", "B16 names nothing"),
        (
            "::test_the_edition_follows_the_date",
            "::test_no_such_thing",
            "A9: there is no test law/test_every_edition.py",
        ),
        (", tests: ['law/test_every_edition.py::test_the_edition_follows_the_date']", "", "A9 names no test"),
    ],
)
def test_a_row_that_leads_nowhere_is_a_fault(tmp_path, old, new, words):
    text = seed_page.MAP.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "seed-map.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(seed_page.LawDataError, match=re.escape(words)):
        seed_page.read_map(path)
