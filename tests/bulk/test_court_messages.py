"""Court messages through both engines: the published ones, where they are beside the repository, and our own."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from shared.engines import differences, told
from victims_code.adapters import common_platform, dcf, spi

OWN = Path(__file__).parent.parent / "adapters" / "messages"
FIXTURES = Path(os.environ.get("VICTIMS_CODE_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))


def cases_of(folder, pattern, read):
    return [case for path in sorted(folder.glob(pattern)) for case in read(path)]


def published(name, pattern, read):
    if not (FIXTURES / name).is_dir():
        pytest.skip("the published messages are not beside the repository")
    return cases_of(FIXTURES / name, pattern, read)


@pytest.mark.parametrize("as_at", [date(2012, 4, 2), date(2021, 4, 30), date(2026, 7, 1)], ids=str)
def test_our_own_messages(as_at):
    cases = cases_of(OWN, "spi-*.xml", spi.read_cases) + cases_of(OWN, "[!d]*.json", common_platform.read_cases)
    cases += [dcf.read_case(path) for path in sorted(OWN.glob("dcf-*.json"))]
    assert len(cases) > 6

    wrong = differences(cases, as_at=as_at)
    assert not wrong, told(wrong, as_at=as_at)


@pytest.mark.parametrize(
    ("name", "pattern", "read", "least"),
    [("spi", "*.xml", spi.read_cases, 199), ("common-platform", "**/*.json", common_platform.read_cases, 314)],
    ids=["spi", "common-platform"],
)
def test_the_published_messages(name, pattern, read, least):
    cases = published(name, pattern, read)
    assert len(cases) >= least

    wrong = differences(cases, as_at=date(2026, 7, 1))
    assert not wrong, told(wrong, as_at=date(2026, 7, 1))
