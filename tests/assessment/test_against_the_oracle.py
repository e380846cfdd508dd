"""Worked cases on which an independent oracle and the library once differed, and compensation for old offences.

They lie outside the package; without them these tests are skipped. Cases of our own for each are in ``tests/cases``.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import victims_code as vc
from victims_code.testing.worked_cases import read_worked_case

FIXTURES = Path(os.environ.get("VICTIMS_CODE_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))
ORACLE, COMPENSATION = FIXTURES / "oracle", FIXTURES / "field" / "20"
CODE = vc.VictimsCode.load()
CHANGED_SINCE = {"F01-listings-of-one-day": "inform-first-hearing-listed"}
"""Duties the oracle still has as they were: Law 2026-12-01 counts the first hearing from the charge."""
ASKED_SINCE = {"F09-last-of-the-sentences": ["within-lenient-sentence-scheme"]}
"""What the oracle takes for granted: since Law 2026-12-01 the record must say that the offence is within the scheme."""

pytestmark = pytest.mark.skipif(not ORACLE.is_dir(), reason=f"the cases of the oracle are not at {ORACLE}")


@pytest.mark.parametrize("path", sorted(ORACLE.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_library_says_what_the_oracle_says(path):
    worked = read_worked_case(path)
    case = dict(worked.case)
    if path.stem in ASKED_SINCE:
        case["offence"] = {**case["offence"], "flags": [*case["offence"]["flags"], *ASKED_SINCE[path.stem]]}
    kept = [one for one in worked.expect.obligations if one["duty"] != CHANGED_SINCE.get(path.stem)]

    assert evolve(worked, case=case, expect=evolve(worked.expect, obligations=kept)).differences(CODE) == ()


@pytest.mark.parametrize(
    ("name", "as_at", "answer"),
    [
        ("now", date(2026, 5, 1), (date(2028, 3, 2), "open", None)),
        ("case", date(2013, 6, 1), (date(2012, 11, 15), "closed", False)),
        ("recent-2012", date(2026, 5, 1), (date(2028, 3, 2), "open", None)),
    ],
)
def test_the_day_of_the_application_decides_on_compensation(name, as_at, answer):
    windows = CODE.assess(vc.Case.from_file(COMPENSATION / f"{name}.yaml"), as_at=as_at).windows
    (window,) = [one for one in windows if one.scheme.id == "criminal-injuries-compensation"]

    assert (window.closes_on, window.state.value, window.in_time) == answer


def test_a_case_file_keeps_the_day_of_an_offence_of_1979():
    case = vc.Case.from_file(FIXTURES / "field" / "07" / "case.yaml")
    (arrest,) = CODE.assess(case, as_at=date(2026, 5, 1)).find("inform-suspect-arrested")

    assert (arrest.track.value, arrest.due_on, arrest.status.value, arrest.days_late) == (
        "enhanced",
        date(2026, 4, 14),
        "met-late",
        3,
    )
