"""A small table of crimes, the mapping of its columns, and what a check of such a file finds."""

from __future__ import annotations

import pytest
from attrs import evolve

from victims_code.adapters.extracts import check_extract, load_mapping

MAPPING = """name: mine
source: RMS
dates: DD/MM/YYYY
rows: {case: CASE, victim: VICTIM}
events:
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
ignored: [NOTE]
"""
HEADER = "CASE,VICTIM,NOTE,ARRESTED,TOLD"
GOOD = "C1,A,rang,13/04/2026,15/04/2026"


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine.yaml").write_text(MAPPING, encoding="utf-8")
    return load_mapping(tmp_path / "mine.yaml")


@pytest.fixture
def checked(mine, tmp_path):
    def check(content, name="a.csv", **more):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return check_extract(evolve(mine, **more), path)

    return check


def dates(case):
    return [(event.event, str(event.at)) for event in case.events]


def aside(found):
    return [(fault.code, fault.location, fault.message) for fault in found.set_aside]


ARREST = [("suspect-arrested", "2026-04-13"), ("victim-informed", "2026-04-15")]
