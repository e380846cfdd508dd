"""Windows of cases with thousands of records: the work grows with the records and no faster."""

from __future__ import annotations

import cProfile
import pstats
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.assessment.engine import prepare
from victims_code.assessment.windows import windows_of
from victims_code.testing.strategies import cases

CODE = vc.VictimsCode.load()
DAY = date(2026, 7, 10)


def reviewed(times):
    """A case in which the police decided again and again, each time told of and reviewed."""
    events = []
    for n in range(times):
        suspect, day = f"S{n}", date(2024, 1, 1) + timedelta(days=n % 700)
        events += [
            vc.Event(event="suspect-interviewed-under-caution", at=day, suspect=suspect),
            vc.Event(event="decision-not-to-charge", at=day, suspect=suspect),
            vc.Event(event="victim-informed", about="decision-not-to-charge", at=day, suspect=suspect),
            vc.Event(event="review-requested", about="police-right-to-review", at=day, suspect=suspect),
            vc.Event(event="sentence-passed", at=day, suspect=suspect),
            vc.Event(event="sentence-ended", at=day + timedelta(days=9), suspect=suspect),
        ]
    flags = ["decided-by-police", "crown-court-sentence", "within-lenient-sentence-scheme", "hospital-order"]
    return vc.Case(
        reference="many", victims=[vc.Victim(reference="V1")], offence=vc.Offence(flags=flags), events=events
    )


def calls(case):
    """How many calls of functions the windows of a case take."""
    people, setting = prepare(case, law=CODE.law, calendar=vc.england_and_wales(), as_at=DAY)
    profile = cProfile.Profile()
    profile.enable()
    found = windows_of(people, setting)
    profile.disable()
    return pstats.Stats(profile).total_calls, len(found)  # type: ignore[attr-defined]


def test_work_grows_with_the_records_and_no_faster():
    few, windows = calls(reviewed(60))
    many, more_windows = calls(reviewed(240))

    assert more_windows - 2 == 4 * (windows - 2)  # a Victim Personal Statement and compensation are there once
    assert many < 5 * few


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_window(case, shuffler):
    shuffled = list(case.events)
    shuffler.shuffle(shuffled)
    other = vc.Case(reference=case.reference, victims=case.victims, offences=case.offences, events=shuffled)

    windows = [one.to_dict() for one in CODE.assess(case, as_at=DAY).windows]
    assert [one.to_dict() for one in CODE.assess(other, as_at=DAY).windows] == windows


@pytest.mark.parametrize("turned", [False, True])
def test_two_requests_of_one_day_are_taken_in_any_order(turned):
    asked = [
        vc.Event(event="review-requested", about="police-right-to-review", at=date(2026, 4, 1), suspect="S1"),
        vc.Event(
            event="review-requested",
            about="police-right-to-review",
            at=date(2026, 4, 1),
            received=date(2026, 4, 7),
            victim="V1",
        ),
    ]
    first = [
        vc.Event(event="suspect-interviewed-under-caution", at=date(2026, 3, 2), suspect="S1"),
        vc.Event(event="decision-not-to-charge", at=date(2026, 3, 2), suspect="S1"),
    ]
    case = vc.Case(
        reference="A1",
        victims=[vc.Victim(reference="V1")],
        offence=vc.Offence(flags=["decided-by-police"]),
        events=[*first, *(reversed(asked) if turned else asked)],
    )
    (review,) = [one for one in CODE.assess(case, as_at=DAY).windows if one.scheme.id == "police-right-to-review"]

    assert [str(one.due_on) for one in review.follow_ups] == ["2026-04-17", "2026-05-18"]
