"""Case files: what is read, and every fault with its place and the way out."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import victims_code as vc

WHOLE = """
reference: "22/0412/26"
offence:
  committed_on: 2026-03-31
  cjs_code: TH68006
  flags: [domestic-abuse, not-hate-crime, {fact: kidnap, since: 2026-04-02, source: marker}]
victims:
  - reference: V1
    born: 1990-03-02
    facts: {persistently-targeted: true}
  - reference: V2
    capacity: parent-or-guardian
    facts: [{fact: suspected-in-the-case, value: false, since: 2026-04-01, source: officer}]
events:
  - {event: crime-reported, at: 2026-04-01T10:20}
  - {event: suspect-arrested, at: 2026-04-02, suspect: S1, reference: E1, recorded: 2026-04-02}
  - {event: suspect-arrested, at: 2026-04-03, suspect: S1, replaces: E1, recorded: 2026-04-05T08:00:00+01:00}
  - {event: sentence-passed, at: 2026-09-01, received: 2026-09-03, suspect: S1, hearing: H1}
  - {event: victim-informed, about: suspect-arrested, at: 2026-04-08, victim: V1, suspect: S1}
"""


def faults_of(text):
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_yaml(text, source="case.yaml")
    return refused.value.faults


def with_event(event, offence="{committed_on: 2026-03-31}"):
    return f"reference: X\noffence: {offence}\nvictims: [{{reference: V1}}]\nevents:\n  - {event}\n"


def test_a_whole_case_is_read():
    case = vc.Case.from_yaml(WHOLE)

    assert case.reference == "22/0412/26"
    assert case.offence.committed_on == date(2026, 3, 31)
    assert [(flag.fact, flag.value, flag.since) for flag in case.offence.flags] == [
        ("domestic-abuse", True, None),
        ("hate-crime", False, None),
        ("kidnap", True, date(2026, 4, 2)),
    ]
    assert case.victims[1].capacity == "parent-or-guardian"
    assert case.victims[1].facts[0].source == "officer"
    assert str(case.events[0].at) == "2026-04-01 10:20:00"
    assert case.events[3].received_on == date(2026, 9, 3)


def test_nothing_is_lost_on_the_way_out_and_in():
    case = vc.Case.from_yaml(WHOLE)

    assert vc.Case.from_yaml(case.to_yaml()) == case
    assert vc.Case.from_json(case.to_json()) == case
    assert vc.Case.from_dict(case.to_dict()) == case


def test_files_are_read_by_their_ending(tmp_path):
    case = vc.Case.from_yaml(WHOLE)
    (tmp_path / "a.yaml").write_text(case.to_yaml(), encoding="utf-8")
    (tmp_path / "a.json").write_text(case.to_json(), encoding="utf-8")

    assert vc.Case.from_file(tmp_path / "a.yaml") == vc.Case.from_file(tmp_path / "a.json") == case


def test_five_different_faults_are_reported_at_once_each_with_its_place_and_the_way_out():
    faults = faults_of(
        "reference: X\n"
        "offence: {committed_on: 2026-03-31}\n"
        "victims:\n"
        "  - {reference: V1}\n"
        "  - {reference: V1}\n"
        "events:\n"
        "  - {event: suspect-arested, at: 2026-04-02}\n"
        "  - {event: suspect-arrested, at: 2026-03-02}\n"
        "  - {event: hearing-listed, at: 2026-04-02, received: 2026-04-01}\n"
        "  - {event: suspect-charged, at: 2026-04-02, victim: V9}\n"
        "  - {event: suspect-bailed, at: 2026-04-31}\n"
    )

    assert sorted((fault.code, fault.location) for fault in faults) == [
        ("VC-CASE-001", "case.yaml, line 7, events[0].event"),
        ("VC-CASE-002", "case.yaml, line 8, events[1].at"),
        ("VC-CASE-003", "case.yaml, line 10, events[3].victim"),
        ("VC-CASE-004", "case.yaml, line 5, victims[1].reference"),
        ("VC-CASE-005", "case.yaml, line 9, events[2].received"),
        ("VC-DATE-001", "case.yaml, line 11, events[4].at"),
    ]
    assert all(fault.severity == "invalid" and fault.message and fault.hint for fault in faults)
    assert "Did you mean 'suspect-arrested'?" in {fault.hint for fault in faults}


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        (
            with_event("{event: suspect-arested, at: 2026-04-02}"),
            "VC-CASE-001",
            "events[0].event",
            "Did you mean 'suspect-arrested'?",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-03-30}"),
            "VC-CASE-002",
            "events[0].at",
            "before the offence on Tuesday 31 March 2026",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, victim: V2}"),
            "VC-CASE-003",
            "events[0].victim",
            "Victims of the case: V1",
        ),
        (
            with_event("{event: hearing-listed, at: 2026-04-02, received: 2026-04-01}"),
            "VC-CASE-005",
            "events[0].received",
            "before it happened",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, recorded: 2026-04-01}"),
            "VC-CASE-006",
            "events[0].recorded",
            "before it happened",
        ),
        (
            with_event("{event: suspect-charged, at: 2026-04-02}", "{flags: [domestic-abus]}"),
            "VC-CASE-007",
            "offence.flags[0]",
            "Did you mean 'domestic-abuse'?",
        ),
        (with_event("{event: victim-informed, at: 2026-04-02}"), "VC-CASE-009", "events[0]", "Add `about`"),
        (
            with_event("{event: victim-informed, at: 2026-04-02, about: suspect-arested}"),
            "VC-CASE-009",
            "events[0].about",
            "Did you mean 'suspect-arrested'?",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, about: suspect-charged}"),
            "VC-CASE-009",
            "events[0].about",
            "takes no `about`",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, replaces: E7}"),
            "VC-CASE-010",
            "events[0].replaces",
            "No other record of the case is called 'E7'",
        ),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, withdrawn: true}"),
            "VC-CASE-010",
            "events[0].withdrawn",
            "Name the record",
        ),
        (with_event("{event: suspect-arrested}"), "VC-FILE-004", "events[0]", "'at' is missing"),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, suspcet: S1}"),
            "VC-FILE-003",
            "events[0].suspcet",
            "Did you mean 'suspect'?",
        ),
        (with_event("{event: suspect-arrested, at: tomorrow}"), "VC-DATE-001", "events[0].at", "2026-04-02"),
        (
            with_event("{event: suspect-arrested, at: 2026-04-02, withdrawn: perhaps}"),
            "VC-FILE-005",
            "events[0].withdrawn",
            "true or false",
        ),
        ("reference: X\nvictims: []\n", "VC-CASE-013", "victims", "names no victim"),
        (
            "reference: X\nvictims: [{reference: V1, capacity: relative}]\n",
            "VC-CASE-014",
            "victims[0].capacity",
            "close-relative",
        ),
        (
            "reference: X\nvictims: [{reference: V1, facts: {mental-disorder: perhaps}}]\n",
            "VC-CASE-008",
            "victims[0].facts.mental-disorder",
            "true or false",
        ),
        (
            "reference: X\nvictims: [{reference: V1, facts: [{fact: mental-disorder, value: true},"
            " {fact: mental-disorder, value: false}]}]\n",
            "VC-CASE-012",
            "victims[0].facts",
            "two values",
        ),
        (
            "reference: X\nvictims: [{reference: V1, facts: {child-under-18: true}}]\n",
            "VC-CASE-007",
            "victims[0].facts.child-under-18",
            "not a fact",
        ),
        (
            "reference: X\noffence: {committed_on: 2026-01-01}\n"
            "victims: [{reference: V1, born: 1990-01-02, facts: {under-18: true}}]\n",
            "VC-CASE-018",
            "victims[0].facts.under-18",
            "it follows from the dates",
        ),
        ("reference: N/A\nvictims: [{reference: V1}]\n", "VC-FILE-004", "reference", "Fill it in"),
        ("reference: X\nvictims: [{reference: NULL}]\n", "VC-FILE-004", "victims[0].reference", "Fill it in"),
        (
            "reference: X\noffence: {committed_on: 2026-01-01}\nvictims: [{reference: V1, born: 2026-01-02}]\n",
            "VC-CASE-011",
            "victims[0].born",
            "born after the offence",
        ),
        (
            "reference: X\nvictims: [{reference: V1, born: 2026-04-03}]\n"
            "events: [{event: crime-reported, at: 2026-04-02}]\n",
            "VC-CASE-011",
            "victims[0].born",
            "born after the last record",
        ),
        (
            "reference: X\nvictims: [{reference: V1, capacity: business, speaks_for: [V2]}, {reference: V2}]\n",
            "VC-CASE-015",
            "victims[0].speaks_for[0]",
            "Give the capacity person or close-relative or family-spokesperson or parent-or-guardian",
        ),
        (
            "reference: X\nvictims: [{reference: P1, capacity: parent-or-guardian, speaks_for: [child-1]},"
            " {reference: child-2}]\n",
            "VC-CASE-015",
            "victims[0].speaks_for[0]",
            "Did you mean 'child-2'?",
        ),
        (
            "reference: X\nvictims: [{reference: P1, capacity: parent-or-guardian, speaks_for: [P2]},"
            " {reference: P2, capacity: parent-or-guardian, speaks_for: [P1]}]\n",
            "VC-CASE-015",
            "victims[0].speaks_for[0]",
            "Name the victims themselves",
        ),
        ("victims: [{reference: V1}]\n", "VC-FILE-004", "", "'reference' is missing"),
        ("reference: X\nvictims: V1\n", "VC-FILE-005", "victims", "is a list"),
        ("- reference: X\n", "VC-FILE-005", "", "A group of keys is needed"),
        ("", "VC-FILE-005", "", "needed: reference, victims"),
        ("reference: X\nreference: Y\nvictims: [{reference: V1}]\n", "VC-FILE-002", "line 2", "written twice"),
        ("reference: [X\n", "VC-FILE-001", "line", "not YAML"),
    ],
)
def test_each_fault_has_its_code_its_place_and_the_way_out(text, code, place, words):
    fault = next(fault for fault in faults_of(text) if fault.code == code)

    assert place in fault.location
    assert words in f"{fault.message} {fault.hint}"


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ("[{event: suspect-arrested, at: 2026-04-02}, {event: suspect-arrested, at: 2026-04-02}]", "VC-CASE-102"),
        (
            "[{event: suspect-arrested, at: 2026-04-02, suspect: A},"
            " {event: suspect-arrested, at: 2026-04-02, suspect: B},"
            " {event: victim-informed, about: suspect-arrested, at: 2026-04-03}]",
            "VC-CASE-103",
        ),
        ("[{event: victim-informed, about: suspect-arrested, at: 2026-04-03}]", "VC-CASE-104"),
    ],
)
def test_what_is_only_odd_is_a_warning_and_stops_nothing(events, code):
    case = vc.Case.from_yaml(f"reference: X\nvictims: [{{reference: V1}}]\nevents: {events}\n")
    result = vc.VictimsCode.load().assess(case, as_at=date(2026, 5, 1))

    assert [(fault.code, fault.severity.value) for fault in result.faults] == [(code, "warning")]
    assert result.obligations


def test_words_stay_words():
    case = vc.Case.from_yaml(
        'reference: 007\nvictims: [{reference: "no"}, {reference: on}, {reference: 4.10}, {reference: 1:30}]\n'
    )

    assert case.reference == "007"
    assert [victim.reference for victim in case.victims] == ["no", "on", "4.10", "1:30"]


def test_a_date_of_birth_is_never_shown():
    (fault,) = faults_of("reference: X\nvictims: [{reference: V1, born: 02/03/1990}]\n")

    assert "1990" not in str(fault)
    assert "1990" not in repr(vc.Case.from_yaml("reference: X\nvictims: [{reference: V1, born: 1990-03-02}]\n"))


def test_objects_are_held_to_the_same_rules():
    with pytest.raises(vc.CaseError) as refused:
        vc.Case(
            reference="X",
            victims=[vc.Victim(reference="V1"), vc.Victim(reference="V1")],
            events=[vc.Event(event="suspect-arested", at=date(2026, 4, 2), victim="V3")],
        )

    assert sorted(fault.code for fault in refused.value.faults) == ["VC-CASE-001", "VC-CASE-003", "VC-CASE-004"]


@pytest.mark.parametrize("at", ["2026-04-02", 20260402, True, 1.5, None])
def test_an_event_takes_dates_only(at):
    with pytest.raises(TypeError):
        vc.Event(event="suspect-arrested", at=at)


def test_an_aware_time_is_the_day_it_was_in_london():
    late = vc.Event(event="suspect-arrested", at=datetime.fromisoformat("2026-08-10T23:30:00+00:00"))

    assert late.on == date(2026, 8, 11)


def test_a_repeated_key_in_json_is_refused():
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_json('{"reference": "X", "reference": "Y", "victims": [{"reference": "V1"}]}')

    assert refused.value.faults[0].code == "VC-FILE-002"


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_file(tmp_path / "absent.yaml")

    assert refused.value.faults[0].code == "VC-FILE-006"


def test_a_key_written_twice_does_not_hide_the_other_faults():
    text = (
        "reference: X\noffence: {committed_on: 2026-03-31}\nvictims:\n"
        "  - {reference: V1, capacity: parent, speaks_for: [V1]}\n"
        "events:\n  - {event: suspect-arested, at: 2026-04-02, at: 2026-04-03}\n  - {event: suspect-charged}\n"
    )

    assert [(fault.code, fault.location) for fault in faults_of(text)] == [
        ("VC-CASE-014", "case.yaml, line 4, victims[0].capacity"),
        ("VC-FILE-002", "case.yaml, line 6, events[0].at"),
        ("VC-CASE-001", "case.yaml, line 6, events[0].event"),
        ("VC-FILE-004", "case.yaml, line 7, events[1]"),
    ]
    assert "Did you mean 'parent-or-guardian'?" in {fault.hint for fault in faults_of(text)}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("13/04/2026", "If that is Monday 13 April 2026, write 2026-04-13."),
        ("05/04/2026", "If that is Sunday 5 April 2026, write 2026-04-05."),  # elsewhere it is 4 May: the words show it
        ("04/13/2026", "If that is Monday 13 April 2026, write 2026-04-13."),
        ("13.4.2026", "If that is Monday 13 April 2026, write 2026-04-13."),
        ("13 April 2026", "If that is Monday 13 April 2026, write 2026-04-13."),
        ("Monday 13th Apr 2026", "If that is Monday 13 April 2026, write 2026-04-13."),
        ("13/04/2026 9:20", "If that is Monday 13 April 2026, write 2026-04-13T09:20."),
        ("31/02/2026", "Write it as 2026-04-02, or with a time as 2026-04-02T10:20."),
        ("13/04/26", "Write it as 2026-04-02, or with a time as 2026-04-02T10:20."),
    ],
)
def test_a_date_as_people_write_it_is_refused_with_the_date_to_write(written, hint):
    case = {
        "reference": "A",
        "victims": [{"reference": "V1"}],
        "events": [{"event": "suspect-arrested", "at": written}],
    }
    with pytest.raises(vc.VictimsCodeError) as problem:
        vc.Case.from_dict(case)
    [fault] = problem.value.faults
    assert (fault.location, fault.hint) == ("events[0].at", hint)
    assert repr(written) in fault.message


def test_the_fault_of_a_date_of_birth_shows_it_neither_as_written_nor_as_read():
    with pytest.raises(vc.VictimsCodeError) as problem:
        vc.Case.from_dict({"reference": "A", "victims": [{"reference": "V1", "born": "2 March 1990"}]})
    [fault] = problem.value.faults
    assert "1990" not in str(fault)
    assert fault.hint == "Write it as 2026-04-02."
