"""The schemes beyond the Code, number by number, against a table written by hand from their sources."""

from __future__ import annotations

import shutil
from datetime import date, time

import pytest

import victims_code as vc
from victims_code.errors import LawDataError
from victims_code.law import Shift, load_law
from victims_code.reading.data_files import data_folder

CODE = vc.VictimsCode.load()

# scheme and limit: (number, unit, counted from, law since, law until, evidence, binding)
LIMITS = {
    ("police-right-to-review", "three-months"): (3, "month", "told", None, None, "secondary", True),
    ("cps-right-to-review", "five-working-days"): (
        5, "working-day", "told", None, date(2021, 5, 26), "secondary", False,
    ),
    ("cps-right-to-review", "ten-working-days"): (
        10, "working-day", "told", date(2021, 5, 27), None, "secondary", False,
    ),
    ("cps-right-to-review", "three-months"): (3, "month", "told", None, None, "secondary", True),
    ("nrw-right-to-review", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
    ("hse-right-to-review", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
    ("sfo-right-to-review", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
    ("iopc-right-to-review", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
    ("unduly-lenient-sentence", "last-working-day"): (28, "day", "last-opening", None, None, "secondary", False),
    ("unduly-lenient-sentence", "twenty-eight-days"): (28, "day", "last-opening", None, None, "text", True),
    ("unduly-lenient-sentence", "six-months-for-victims"): (
        6, "month", "last-opening", date(2026, 6, 29), None, "secondary", True,
    ),
    ("criminal-injuries-compensation", "two-years"): (2, "year", "opening", None, None, "secondary", True),
    ("criminal-injuries-compensation", "twentieth-birthday"): (None, "day", "opening", None, None, "secondary", True),
    ("criminal-injuries-compensation", "two-years-from-report"): (2, "year", "event", None, None, "secondary", True),
    ("parole-reconsideration", "twenty-one-days"): (21, "day", "opening", None, None, "text", True),
    ("parole-hearing-observation", "three-weeks-before-the-hearing"): (
        None, "day", "opening", None, None, "text", True,
    ),
    ("victim-notification-scheme", "while-it-runs"): (None, "day", "opening", None, None, "secondary", True),
    ("serious-further-offence-review", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
    ("parole-setting-aside", "error-of-law-or-fact"): (21, "day", "opening", None, None, "text", True),
    ("parole-setting-aside", "new-information"): (None, "day", "opening", None, None, "text", True),
    ("ombudsman", "through-a-member-of-parliament"): (12, "month", "event", None, date(2025, 1, 28), "text", True),
    ("ombudsman", "directly"): (12, "month", "event", date(2025, 1, 29), None, "text", True),
    ("victim-contact-scheme", "while-it-runs"): (None, "day", "opening", None, None, "secondary", True),
    ("victim-personal-statement", "until-sentence"): (None, "day", "opening", None, None, "secondary", True),
    ("court-expenses", "no-number-read"): (None, "day", "opening", None, None, "secondary", True),
}  # fmt: skip
SINCE = {
    "police-right-to-review": date(2015, 4, 1),
    "cps-right-to-review": date(2013, 6, 5),
    "hse-right-to-review": date(2015, 10, 1),
    "nrw-right-to-review": date(2017, 11, 1),
    "sfo-right-to-review": date(2015, 11, 16),
    "iopc-right-to-review": date(2020, 12, 1),
    "criminal-injuries-compensation": date(1964, 8, 1),
    "parole-reconsideration": date(2019, 7, 22),
    "parole-setting-aside": date(2022, 7, 21),
    "parole-hearing-observation": date(2025, 4, 1),
    "victim-notification-scheme": date(2022, 4, 1),
    "serious-further-offence-review": date(2016, 11, 22),
}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder(), tmp_path / "data")


def faults_of(folder, name, old, new):
    path = folder / "schemes" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawDataError) as refused:
        load_law(folder)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(("scheme", "limit"), LIMITS)
def test_every_limit_has_the_number_and_the_days_of_its_sources(scheme, limit):
    (found,) = [one for one in CODE.scheme(scheme).limits if one.id == limit]

    assert (
        found.within,
        found.unit.value,
        found.counted_from.value,
        found.since,
        found.until,
        found.evidence.value,
        found.binding,
    ) == LIMITS[scheme, limit]


def test_there_is_no_other_limit():
    assert {(scheme.id, limit.id) for scheme in CODE.schemes.values() for limit in scheme.limits} == set(LIMITS)


def test_the_schemes_begin_when_their_sources_say():
    assert {scheme.id: scheme.since for scheme in CODE.schemes.values() if scheme.since} == SINCE


def test_compensation_is_governed_by_the_day_of_the_application():
    scheme = CODE.scheme("criminal-injuries-compensation")

    assert scheme.applications_since == date(2012, 11, 27)
    assert scheme.in_time_when.value == "received"


def test_only_requests_about_lenient_sentences_end_at_an_hour():
    hours = {(scheme.id, one.id): one.until_hour for scheme in CODE.schemes.values() for one in scheme.limits}

    assert {key: hour for key, hour in hours.items() if hour} == {
        ("unduly-lenient-sentence", "last-working-day"): time(17),
        ("unduly-lenient-sentence", "twenty-eight-days"): time(17),
    }


def test_the_last_day_of_a_parole_decision_belongs_to_someone_else():
    limits = {(scheme.id, one.id): one for scheme in CODE.schemes.values() for one in scheme.limits}
    found = {key: (one.belongs_to, one.safe_within, one.shift) for key, one in limits.items() if one.belongs_to}

    assert found == {
        ("parole-reconsideration", "twenty-one-days"): ("the Secretary of State", 14, Shift.FORWARD),
        ("parole-setting-aside", "error-of-law-or-fact"): ("the Secretary of State", 14, Shift.FORWARD),
    }
    assert {key for key, one in limits.items() if one.shift is Shift.BACK} == {
        ("unduly-lenient-sentence", "last-working-day")
    }


def test_anyone_may_ask_about_a_sentence_and_claim_expenses():
    assert [scheme.id for scheme in CODE.schemes.values() if scheme.open_to.value == "anyone"] == [
        "court-expenses",
        "unduly-lenient-sentence",
    ]


def test_the_police_and_the_prosecutors_have_ten_and_thirty_working_days():
    found = {
        (scheme.id, one.id): (one.within, one.unit.value, one.evidence.value)
        for scheme in CODE.schemes.values()
        for one in scheme.services
    }

    assert found == {
        ("police-right-to-review", "acknowledge"): (10, "working-day", "secondary"),
        ("police-right-to-review", "decide"): (30, "working-day", "secondary"),
        ("cps-right-to-review", "local-resolution"): (10, "working-day", "unconfirmed"),
        ("cps-right-to-review", "decide"): (30, "working-day", "unconfirmed"),
    }


def test_every_scheme_says_who_decides_and_what_it_needs():
    for scheme in CODE.schemes.values():
        assert scheme.decided_by
        assert scheme.needs.endswith(".")
        assert scheme.limits


def test_a_scheme_that_does_not_exist_names_the_nearest():
    with pytest.raises(vc.UnknownNameError) as refused:
        CODE.scheme("police-rigth-to-review")

    assert str(refused.value) == (
        "scheme: There is no scheme 'police-rigth-to-review'. Did you mean 'police-right-to-review'? [VC-NAME-001]"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "police-right-to-review.yaml",
            "event: decision-not-to-charge,",
            "event: decision-not-to-chage,",
            "schemes/police-right-to-review.yaml, line 12, opens[0].event: There is no event 'decision-not-to-chage'."
            " Did you mean 'decision-not-to-charge'? [VC-DATA-001]",
        ),
        (
            "police-right-to-review.yaml",
            "owed_by: [police]",
            "owed_by: [polise]",
            "schemes/police-right-to-review.yaml, line 55, services[0].owed_by[0]: There is no body 'polise'."
            " Did you mean 'police'? [VC-DATA-001]",
        ),
        (
            "police-right-to-review.yaml",
            "counted_from: told",
            "counted_from: telling",
            "schemes/police-right-to-review.yaml, line 43, limits[0].counted_from: 'telling' is not allowed here."
            " Allowed: event, last-opening, opening, received, told. [VC-FILE-005]",
        ),
        (
            "police-right-to-review.yaml",
            "counted_from: told",
            "counted_from: event",
            "schemes/police-right-to-review.yaml, line 39, limits[0]: 'three-months' is counted from an event without"
            " naming it, or names one without being counted from it. Give `counted_from: event` together with `event`."
            " [VC-DATA-006]",
        ),
        (
            "criminal-injuries-compensation.yaml",
            "until_age: 20",
            "until_age: 20\n    within: 2",
            "schemes/criminal-injuries-compensation.yaml, line 46, limits[1]: 'twentieth-birthday' ends in more than"
            " one way. Keep one of `within`, `until_age` and `ends_with`. [VC-DATA-006]",
        ),
        (
            "cps-right-to-review.yaml",
            "id: ten-working-days",
            "id: five-working-days",
            "schemes/cps-right-to-review.yaml, line 49, limits[1].id: 'five-working-days' is given twice."
            " Give each entry an identifier of its own. [VC-DATA-002]",
        ),
        (
            "ombudsman.yaml",
            "readings: [ombudsman-route,",
            "readings: [ombudsman-rout,",
            "schemes/ombudsman.yaml, line 24, limits[0].readings[0]: There is no reading 'ombudsman-rout'."
            " Did you mean 'ombudsman-route'? [VC-DATA-001]",
        ),
        (
            "ombudsman.yaml",
            "since: 2025-01-29",
            "since: 2025-01-29\n    until: 2024-01-29",
            "schemes/ombudsman.yaml, line 35, limits[1].until: It ends on 2024-01-29, before it begins on 2025-01-29."
            " Correct one of the two days. [VC-DATA-004]",
        ),
        (
            "victim-personal-statement.yaml",
            "for_each: suspect-charged",
            "for_each: suspects",
            "schemes/victim-personal-statement.yaml, line 25, limits[0].ends_with.for_each: There is no event"
            " 'suspects'.",
        ),
        (
            "unduly-lenient-sentence.yaml",
            "event: sentence-passed, together: true",
            "event: sentence-passed",
            "schemes/unduly-lenient-sentence.yaml, line 29, limits[0].counted_from: 'last-working-day' is counted from"
            " the last of several openings, and no opening has `together: true`. Add it to the opening, or count from"
            " `opening`. [VC-DATA-006]",
        ),
        (
            "unduly-lenient-sentence.yaml",
            "until_hour: '17:00'",
            "until_hour: 5 pm",
            "schemes/unduly-lenient-sentence.yaml, line 31, limits[0].until_hour: A time of day is needed, not"
            " '5 pm'. Write it as 17:00. [VC-FILE-005]",
        ),
        (
            "parole-reconsideration.yaml",
            "safe_within: 14",
            "safe_within: 22",
            "schemes/parole-reconsideration.yaml, line 29, limits[0]: The last day of 'twenty-one-days' belongs to"
            " someone else and the victim has no safe day before it, or the reverse. Give `belongs_to` together with"
            " `safe_within`, and keep it inside `within`. [VC-DATA-006]",
        ),
        (
            "criminal-injuries-compensation.yaml",
            "taken_up_by: compensation-applied-for",
            "",
            "schemes/criminal-injuries-compensation.yaml, line 10, applications_since: The scheme governs requests from"
            " a day on, and does not say which event is a request. Add `taken_up_by`. [VC-DATA-006]",
        ),
        (
            "hse-right-to-review.yaml",
            "{fact: written-representations-taken, is: true}",
            "{fact: written-representation-taken, is: true}",
            "schemes/hse-right-to-review.yaml, line 12, applies_when: There is no fact 'written-representation-taken'."
            " Did you mean 'written-representations-taken'? [VC-DATA-001]",
        ),
        (
            "court-expenses.yaml",
            "opens: [{event: evidence-given}]",
            "opens: []",
            "schemes/court-expenses.yaml, line 8, opens: Nothing opens this scheme. Give at least one opening."
            " [VC-DATA-006]",
        ),
    ],
)
def test_a_broken_scheme_is_refused_with_its_place_and_the_way_out(folder, name, old, new, message):
    found = faults_of(folder, name, old, new)

    assert any(fault.startswith(message) for fault in found), found


def test_a_duty_may_not_ask_what_hangs_on_the_moment(folder):
    path = folder / "editions" / "code-2021" / "right-07-victim-personal-statement.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{fact: capacity, is: business}", "{fact: under-18-at-hearing, is: true}"), encoding="utf-8"
    )

    with pytest.raises(LawDataError, match="'under-18-at-hearing' depends on a day or an event"):
        load_law(folder)
