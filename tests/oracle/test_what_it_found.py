"""Faults of the library that the oracle found, each answer worked out by hand, in both engines."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from oracle.in_bulk import of_bulk

CODE = vc.VictimsCode.load()
ARREST = {"event": "suspect-arrested", "at": "2022-01-04"}
REPORT = {"event": "crime-reported", "at": "2022-01-04"}


def in_both(case: dict, duty: str, victim: str, as_at: date) -> tuple[str | None, str | None, str | None]:
    """Track, due date and status of a duty in both engines, which must agree; nothing if it is not owed."""
    result = CODE.assess(vc.Case.from_dict({"reference": "A1", **case}), as_at=as_at)
    objects = [
        (one.track.value, one.due_on and one.due_on.isoformat(), one.status.value)
        for one in result.find(duty)
        if one.victim == victim
    ]
    bulk = [
        (row["track"], row["due_on"], row["status"])
        for row in of_bulk([case], as_at)[0]
        if row["duty"] == duty and row["victim"] == victim
    ]
    assert objects == bulk
    return objects[0] if objects else (None, None, None)


def test_an_offence_of_which_nobody_says_anything_is_taken_to_be_a_recorded_crime():
    """The victim is one of O1 whatever O2 was (readings recording-standard and several-offences, design.md 2.3)."""
    unknown = {"fact": "crime-under-recording-standard", "value": "unknown"}
    case = {
        "victims": [{"reference": "V1"}],
        "offences": [{"reference": "O1"}, {"reference": "O2", "flags": [unknown]}],
        "events": [{"event": "crime-reported", "at": "2010-01-04"}],
    }
    assert in_both(case, "refer-to-support", "V1", date(2010, 2, 1)) == ("single", "2010-01-06", "overdue")


def test_an_offence_without_a_list_of_victims_takes_nothing_from_a_parent():
    """The parent receives the Rights with the child; a traffic offence without a list of victims changes nothing."""
    case = {
        "victims": [{"reference": "V1"}, {"reference": "P1", "capacity": "parent-or-guardian", "speaks_for": ["V1"]}],
        "offences": [
            {"reference": "O1", "victims": ["V1"], "flags": ["sexual-offence"]},
            {"reference": "O2", "flags": ["not-sexual-offence", "not-domestic-abuse"]},
        ],
        "events": [REPORT, {"event": "needs-assessed", "at": "2022-01-04"}],
    }
    assert in_both(case, "ask-before-referral", "V1", date(2022, 2, 1))[2] == "undated"
    assert in_both(case, "ask-before-referral", "P1", date(2022, 2, 1))[2] == "undated"


@pytest.mark.parametrize(("declined", "due"), [(True, "2022-01-11"), (False, "2022-01-05")])
def test_a_parent_has_the_deadline_of_the_child_who_declined_enhanced_rights(declined, due):
    """The flag is of the offence, and the parent only speaks for the child (reading rights-of-those-spoken-for)."""
    case = {
        "victims": [
            {"reference": "V1", "facts": {"declined-enhanced-rights": declined}},
            {"reference": "P1", "capacity": "parent-or-guardian", "speaks_for": ["V1"]},
        ],
        "offence": {"flags": ["domestic-abuse"]},
        "events": [ARREST],
    }
    for victim in ("V1", "P1"):
        assert in_both(case, "inform-suspect-arrested", victim, date(2022, 2, 1))[1:] == (due, "overdue")


def test_for_whom_a_spokesperson_speaks_must_be_known():
    """Terrorism gives the victim Enhanced Rights, unless declined; who the victim is, no one says."""
    case = {
        "victims": [{"reference": "F1", "capacity": "family-spokesperson", "facts": {"unable-to-communicate": True}}],
        "offence": {"flags": ["terrorism"]},
        "events": [ARREST],
    }
    assert in_both(case, "inform-suspect-arrested", "F1", date(2022, 1, 7)) == ("unknown", "2022-01-11", "cannot-tell")


def test_speaking_for_another_does_not_take_a_victims_own_offences_away():
    """No offence lists V3, so either can be against them (readings several-offences, victim-speaks-for-another)."""
    case = {
        "victims": [{"reference": "V1"}, {"reference": "V2"}, {"reference": "V3", "speaks_for": ["V2"]}],
        "offences": [
            {"reference": "O1", "victims": ["V1"], "flags": ["domestic-abuse"]},
            {"reference": "O2", "victims": ["V2"]},
        ],
        "events": [ARREST],
    }
    assert in_both(case, "inform-suspect-arrested", "V3", date(2022, 2, 1)) == ("enhanced", "2022-01-05", "overdue")


# --- windows ----------------------------------------------------------------------------------------------------


def window(case: dict, scheme: str, as_at: date) -> object:
    result = CODE.assess(vc.Case.from_dict({"reference": "A1", "victims": [{"reference": "V1"}]} | case), as_at=as_at)
    (found,) = (one for one in result.windows if one.scheme.id == scheme)
    return found


def test_compensation_is_open_until_two_years_after_the_18th_birthday_without_a_day_of_the_offence():
    """V1 was 15 at the first record, so under 18 at the offence (reading compensation-not-yet-reported)."""
    born = {"reference": "V1", "born": "2006-03-01", "facts": {"injured-by-violent-crime": True}}
    case = {"victims": [born], "events": [{**ARREST, "at": "2021-03-01"}]}
    found = window(case, "criminal-injuries-compensation", date(2024, 6, 1))
    assert (str(found.state), found.closes_on) == ("open", date(2026, 3, 1))


def test_news_of_another_hearing_does_not_start_the_time_for_a_review():
    """Reading pairing: a telling that names another hearing answers nothing."""
    stopped = {"event": "proceedings-stopped", "at": "2022-09-19", "hearing": "H2"}
    told = {"event": "victim-informed", "about": "proceedings-stopped", "at": "2022-10-10"}
    for hearing, closes in (("H1", None), ("H2", date(2023, 1, 10)), (None, date(2023, 1, 10))):
        case = {"events": [stopped, told | ({"hearing": hearing} if hearing else {})]}
        assert window(case, "cps-right-to-review", date(2022, 10, 25)).closes_on == closes


@pytest.mark.parametrize(("flags", "state"), [([], "unknown"), (["all-proceedings-ended"], "closed")])
def test_on_the_day_proceedings_stop_a_statement_may_be_too_late(flags, state):
    """If that ended the case the window is closed once it is on record, and if not it is open."""
    stopped = {"event": "proceedings-stopped", "at": "2022-05-11"}
    case = {"offence": {"flags": flags}, "events": [stopped]}
    assert str(window(case, "victim-personal-statement", date(2022, 5, 11)).state) == state


def test_what_is_said_of_a_later_day_does_not_end_the_proceedings_before():
    """Reading since-when: an assertion counts for events on or after its `since`."""
    said = {"fact": "all-proceedings-ended", "value": True, "since": "2022-11-23"}
    case = {"offence": {"flags": [said]}, "events": [{"event": "proceedings-stopped", "at": "2022-11-10"}]}
    assert str(window(case, "victim-personal-statement", date(2022, 11, 26)).state) == "unknown"
