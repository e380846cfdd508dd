"""Common Platform hearing results become cases: what is read, what is left out, and what is said about it."""

from __future__ import annotations

import copy
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.adapters.common_platform import looks_like_message, read_cases

MESSAGES = Path(__file__).parent / "messages"
FIXTURES = Path(os.environ.get("VICTIMS_CODE_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))
PUBLISHED = sorted((FIXTURES / "common-platform").glob("*.json")) if FIXTURES.is_dir() else []


def happened(case):
    return {(event.event, event.on.isoformat(), event.suspect, event.hearing) for event in case.events}


def noted(case):
    return [(note.code, note.location.rpartition(", ")[2]) for note in case.faults]


def test_each_prosecution_case_is_a_case_under_its_own_reference():
    assert [case.reference for case in read_cases(MESSAGES / "trial.json")] == ["28DI0000125", "TFL1234"]


def test_what_happened_is_read_with_its_defendant_and_once_for_each_defendant():
    case, _ = read_cases(MESSAGES / "trial.json")

    assert happened(case) == {
        ("suspect-arrested", "2025-02-02", "master-1", None),
        ("suspect-charged", "2025-02-03", "master-1", None),
        ("case-outcome", "2025-05-12", "master-1", None),
        ("sentence-passed", "2025-05-12", "master-1", "hearing-1"),
        ("proceedings-stopped", "2025-05-12", "master-1", "hearing-1"),
        ("suspect-charged", "2025-02-04", "master-2", None),
        ("hearing-listed", "2025-03-03", "master-2", "booking-7"),
        ("bail-hearing-decided", "2025-03-03", "master-2", "hearing-1"),
        ("arrest-warrant-issued", "2025-04-01", "master-2", "hearing-1"),
        ("case-outcome", "2025-05-13", "master-2", None),
    }
    assert {event.source for event in case.events} == {"Common Platform"}


def test_no_receipt_is_made_up():
    case, _ = read_cases(MESSAGES / "trial.json")

    assert all(event.received is None for event in case.events)


def test_markers_become_flags_and_facts_with_their_source():
    case, _ = read_cases(MESSAGES / "trial.json")

    assert {(flag.fact, flag.value, flag.source) for offence in case.offences for flag in offence.flags} == {
        ("domestic-abuse", True, "Common Platform case marker DV"),
        ("crown-court-sentence", True, "Common Platform court of the hearing"),
    }
    assert [(fact.fact, fact.value, fact.source) for fact in case.victims[0].facts] == [
        ("vulnerable-or-intimidated", True, "Common Platform case marker VI")
    ]


@pytest.mark.parametrize(
    ("code", "fact"),
    [("DV", "domestic-abuse"), ("HT", "human-trafficking"), ("RA", "hate-crime"), ("RE", "hate-crime")],
)
def test_a_marker_gives_the_victim_enhanced_rights(code, fact):
    message = {
        "hearing": {
            "prosecutionCases": [
                {
                    "prosecutionCaseIdentifier": {"caseURN": "X"},
                    "caseMarkers": [{"markerTypeCode": code}],
                    "defendants": [{"id": "D", "offences": [{"chargeDate": "2025-03-04"}]}],
                }
            ]
        }
    }
    (case,) = read_cases(message)
    result = vc.VictimsCode.load().assess(case, as_at=date(2025, 3, 5))

    assert [flag.fact for flag in case.offence.flags] == [fact]
    assert result.eligibility[0].enhanced is True
    assert result.find("inform-suspect-charged")[0].due_on == date(2025, 3, 5)


def test_every_offence_has_its_own_date_and_code():
    first, second = read_cases(MESSAGES / "trial.json")

    assert [(offence.committed_on, offence.cjs_code) for offence in first.offences] == [
        (date(2025, 2, 1), "OF61102"),
        (date(2025, 1, 20), "OF61102"),
        (date(2025, 2, 1), "OF61102"),
    ]
    assert (second.offence.committed_on, second.offence.cjs_code) == (date(2025, 2, 10), "TH68006")


def test_a_victim_stands_in_where_none_is_listed():
    _, case = read_cases(MESSAGES / "trial.json")

    assert [victim.reference for victim in case.victims] == ["victim"]
    assert ("VC-READ-102", "hearing.prosecutionCases[1]") in noted(case)


def test_listed_victims_are_read_without_their_names():
    (case,) = read_cases(MESSAGES / "impossible-dates.json")

    assert [(victim.reference, victim.born) for victim in case.victims] == [
        ("victim-a", date(2011, 7, 7)),
        ("victim-b", None),
    ]
    assert "Ada" not in repr(case) + case.to_yaml()


def test_impossible_dates_are_left_out_and_said():
    (case,) = read_cases(MESSAGES / "impossible-dates.json")
    offence = "hearing.prosecutionCases[0].defendants[0].offences[0]"

    assert happened(case) == {("suspect-arrested", "2025-03-01", "defendant-4", None)}
    assert case.offence.committed_on is None
    assert sorted(noted(case)) == sorted(
        [
            ("VC-READ-101", f"{offence}.chargeDate"),
            ("VC-READ-101", f"{offence}.convictionDate"),
            ("VC-READ-101", f"{offence}.judicialResults[0].orderedDate"),
            ("VC-READ-101", "hearing.prosecutionCases[0]"),
            ("VC-READ-101", f"{offence}.victims[1].dateOfBirth"),
        ]
    )
    before = next(note for note in case.faults if note.location.endswith("prosecutionCases[0]"))
    assert "Saturday 1 March 2025, before the offence on Monday 10 March 2025" in before.message


def test_bad_data_of_every_kind_is_said_and_loses_nothing():
    (case,) = read_cases(MESSAGES / "common-platform-bad-data.json")

    assert happened(case) == {
        ("suspect-arrested", "2025-03-01", "master-9", None),
        ("suspect-charged", "2025-02-01", "master-9", None),
        ("sentence-passed", "2025-04-01", "master-9", "hearing-9"),
        ("hearing-listed", "2025-04-01", "master-9", "week commencing 2025-05-05"),
    }
    assert [offence.committed_on for offence in case.offences] == [date(2025, 1, 2), None]
    assert sorted({code for code, _ in noted(case)}) == [
        "VC-READ-101",
        "VC-READ-102",
        "VC-READ-103",
        "VC-READ-105",
        "VC-READ-109",
        "VC-READ-118",
        "VC-READ-119",
    ]
    order = next(note for note in case.faults if note.code == "VC-READ-105")
    assert "'suspect-charged' is dated Saturday 1 February 2025, before 'suspect-arrested'" in order.message


def test_a_note_on_a_date_of_birth_never_shows_it():
    (case,) = read_cases(MESSAGES / "impossible-dates.json")

    assert all("not known" not in note.message for note in case.faults if note.location.endswith("dateOfBirth"))


@pytest.mark.parametrize(
    ("envelope", "reference"),
    [
        (lambda case: {"hearing": {"prosecutionCases": [case]}, "hearingDay": "2025-01-01"}, "28DI1"),
        (lambda case: {"prosecutionCases": [case], "hearingDays": []}, "28DI1"),
        (lambda case: {"currentHearing": {"prosecutionCases": [case]}, "previousHearing": {}}, "28DI1"),
        (lambda case: {"prosecutionCase": case, "hearingsAtAGlance": {}}, "28DI1"),
        (lambda case: {"hearing": {"courtApplications": [{"courtApplicationCases": [case]}]}}, "28DI1"),
        (
            lambda case: {"_metadata": {"name": "public.hearing.resulted"}, "hearing": {"prosecutionCases": [case]}},
            "28DI1",
        ),
    ],
)
def test_cases_are_found_in_every_envelope(envelope, reference):
    case = {
        "prosecutionCaseIdentifier": {"caseURN": "28DI1"},
        "defendants": [{"id": "D", "offences": [{"chargeDate": "2025-03-04"}]}],
    }
    (read,) = read_cases(envelope(case))

    assert read.reference == reference
    assert happened(read) == {("suspect-charged", "2025-03-04", "D", None)}


def test_bytes_paths_and_mappings_read_alike():
    path = MESSAGES / "trial.json"

    assert (
        read_cases(path)
        == read_cases(str(path))
        == read_cases(path.read_bytes())
        == read_cases(json.loads(path.read_text(encoding="utf-8")))
    )


@pytest.mark.parametrize("source", [b"[]", b"{", b"\xff\xfe\x00", b"7"])
def test_what_is_no_message_is_refused_with_the_way_out(source):
    with pytest.raises(vc.CaseError) as refused:
        read_cases(source)

    assert refused.value.faults[0].code in ("VC-FILE-001", "VC-FILE-005")
    assert refused.value.faults[0].hint


def test_a_case_file_of_ours_is_not_taken_for_a_message():
    assert not looks_like_message({"reference": "X", "victims": [{"reference": "V1"}], "hearing": {}})
    assert looks_like_message(json.loads((MESSAGES / "trial.json").read_text(encoding="utf-8")))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=12),
    st.just([]),
    st.just({}),
    st.just([None, 3]),
    st.sampled_from(["2124-01-01", "0001-01-01", "2025-02-30", "1989-12-31", "2025-05-12T09:00:00Z"]),
)


def places(data, way=()):
    yield way
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from places(value, (*way, key))


MESSAGE = json.loads((MESSAGES / "trial.json").read_text(encoding="utf-8"))
PLACES = [way for way in places(MESSAGE) if len(way) > 3 and "prosecutionCaseIdentifier" not in way]


@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=6))
def test_whatever_stands_in_a_message_no_case_is_lost(changes):
    message = copy.deepcopy(MESSAGE)
    for way, value in changes:
        holder = message
        try:
            for key in way[:-1]:
                holder = holder[key]
            holder[way[-1]] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue

    cases = read_cases(message)

    assert [case.reference for case in cases] == ["28DI0000125", "TFL1234"]
    assert all(case.victims for case in cases)


@pytest.mark.skipif(not PUBLISHED, reason="the published messages are not beside the repository")
def test_every_published_message_reads_and_is_assessed():
    code, read = vc.VictimsCode.load(), 0
    for path in PUBLISHED:
        cases = read_cases(path)
        assert cases, path.name
        for case in cases:
            result = code.assess(case, as_at=date(2026, 11, 23))
            assert case.victims
            assert {event.on for event in case.events if event.on >= date(2021, 4, 1)} == set() or result.obligations
            read += 1

    assert read >= len(PUBLISHED)


# --- what else a message holds ------------------------------------------------------------------------------------


def hearing(*results, offence=None, court="MAGISTRATES", **around):
    """A hearing on one offence of one defendant."""
    listed = {"id": "D", "offences": [{"judicialResults": list(results), **(offence or {})}]}
    case = {"prosecutionCaseIdentifier": {"caseURN": "28DI1"}, "defendants": [listed]}
    inside = {"id": "H1", "jurisdictionType": court, "hearingDays": [], "prosecutionCases": [case], **around}
    return {"hearing": inside}


def result(code, on="2025-03-03", **more):
    return {"cjsCode": code, "orderedDate": on, **more}


def test_qualifiers_stand_in_one_text_with_commas_between():
    (case,) = read_cases(hearing(result("4027", qualifier="JK,LG, LH ,,AX")))

    assert [(flag.fact, flag.source) for flag in case.offence.flags] == [
        ("domestic-abuse", "Common Platform result qualifier LG"),
        ("hate-crime", "Common Platform result qualifier AX"),
    ]
    assert [fact.fact for fact in case.victims[0].facts] == ["vulnerable-or-intimidated"]
    assert "VC-READ-106" in [note.code for note in case.faults]


def test_a_terrorist_connection_is_known_by_its_label():
    (case,) = read_cases(hearing(result("3308", label="Aggravated by a terrorist connection")))
    (other,) = read_cases(hearing(result("3308", label="Aggravated by something else")))

    assert [flag.fact for flag in case.offence.flags] == ["terrorism"]
    assert other.offence.flags == ()


def test_a_hearing_listed_for_a_week_is_listed_and_said_to_be():
    (case,) = read_cases(hearing(result("4506", nextHearing={"weekCommencingDate": "2025-04-07"})))

    assert happened(case) == {("hearing-listed", "2025-03-03", "D", "week commencing 2025-04-07")}
    assert "the week commencing 2025-04-07" in next(n.message for n in case.faults if n.code == "VC-READ-109")


def test_a_hearing_whose_date_is_to_be_fixed_is_not_listed():
    (case,) = read_cases(hearing(result("4506", nextHearing={"dateToBeFixed": True})))

    assert case.events == ()
    assert "still to be fixed" in next(note.message for note in case.faults if note.code == "VC-READ-103")


@pytest.mark.parametrize(
    ("verdict", "on"),
    [
        ({"verdictDate": "2025-03-03"}, {"2025-03-03"}),
        ({"verdictDate": "2025-03-03", "verdictType": {"categoryType": "NOT_GUILTY"}}, {"2025-03-03"}),
        ({"verdictDate": "2025-03-03", "verdictType": {"categoryType": "NO_VERDICT"}}, set()),
        ({"verdictDate": "2025-03-03", "isDeleted": True}, set()),
    ],
)
def test_verdicts_count_unless_deleted_or_none(verdict, on):
    for offence in ({"verdict": verdict}, {"verdicts": [verdict]}):
        (case,) = read_cases(hearing(offence=offence))
        assert {event.on.isoformat() for event in case.events} == on


@pytest.mark.parametrize("spelling", ["aquittalDate", "acquittalDate"])
def test_acquittals_are_read_however_they_are_spelt(spelling):
    (case,) = read_cases(hearing(offence={spelling: "2025-03-03"}))

    assert [event.event for event in case.events] == ["case-outcome"]


def test_results_of_a_defendant_in_the_hearing_are_read_with_that_defendant():
    message = hearing(defendantJudicialResults=[{"masterDefendantId": "D", "judicialResult": result("1015")}])
    other = hearing(defendantJudicialResults=[{"masterDefendantId": "E", "judicialResult": result("1015")}])

    assert happened(read_cases(message)[0]) == {("sentence-passed", "2025-03-03", "D", "H1")}
    assert read_cases(other)[0].events == ()


def application(kind, *results):
    case = {"prosecutionCaseIdentifier": {"caseURN": "28DI1"}}
    inside = {
        "applicationReceivedDate": "2025-03-11",
        "type": {"type": kind},
        "subject": {"masterDefendant": {"masterDefendantId": "D"}},
        "judicialResults": list(results),
        "courtApplicationCases": [case],
    }
    return {"hearing": {"id": "H1", "hearingDays": [], "courtApplications": [inside]}}


APPEAL = "Appeal against sentence by a Magistrates' Court to the Crown Court"


@pytest.mark.parametrize(
    ("kind", "label", "events"),
    [
        (APPEAL, None, {("appeal-to-crown-court-lodged", "2025-03-11")}),
        (
            APPEAL,
            "Appeal against sentence dismissed ",
            {("appeal-to-crown-court-lodged", "2025-03-11"), ("crown-court-appeal-decided", "2025-04-01")},
        ),
        ("Application to vary conditions of bail", "Granted", {("bail-hearing-decided", "2025-04-01")}),
        ("Application for Special Measures", "Application refused", {("special-measures-decided", "2025-04-01")}),
        ("Application to reopen case", "Granted", set()),
        ("Application to reopen case", "Withdrawn", set()),
    ],
)
def test_applications_tell_of_appeals_bail_and_special_measures(kind, label, events):
    results = [result("2063", "2025-04-01", label=label)] if label else []
    (case,) = read_cases(application(kind, *results))

    assert {(event.event, event.on.isoformat()) for event in case.events} == events
    assert {event.suspect for event in case.events} <= {"D"}


# --- the sentence -------------------------------------------------------------------------------------------------


def months(count, unit="M"):
    return {"durationElement": {"primaryDurationValue": count, "primaryDurationUnit": unit}}


@pytest.mark.parametrize(
    ("results", "court", "flags"),
    [
        ([result("1002", **months(12))], "CROWN", {"custody-of-12-months-or-more": True, "crown-court-sentence": True}),
        ([result("1002", **months(1, "Y"))], "MAGISTRATES", {"custody-of-12-months-or-more": True}),
        ([result("1002", **months(11))], "CROWN", {"crown-court-sentence": True}),
        ([result("1002", **months(300, "D"))], "CROWN", {"crown-court-sentence": True}),
        ([result("1002", lifeDuration=True)], "CROWN", {"custody-of-12-months-or-more": True}),
        ([result("1115", **months(18))], "CROWN", {"crown-court-sentence": True}),
        ([result("1008")], "CROWN", {"hospital-order": True, "crown-court-sentence": True}),
        ([result("1015")], "MAGISTRATES", {"crown-court-sentence": False}),
        ([result("4506")], "CROWN", {}),
        ([result("1015")], "ELSEWHERE", {}),
    ],
)
def test_results_say_what_the_sentence_was(results, court, flags):
    (case,) = read_cases(hearing(*results, court=court))
    said = {flag.fact: flag.value for flag in case.offence.flags}

    assert said.items() >= flags.items()
    assert ("custody-of-12-months-or-more" in said) is ("custody-of-12-months-or-more" in flags)
    assert ("hospital-order" in said) is ("hospital-order" in flags)


def test_of_several_defendants_each_sentence_is_that_of_its_offence():
    message = hearing(result("1008"))
    defendants = message["hearing"]["prosecutionCases"][0]["defendants"]
    defendants.append({"id": "E", "offences": [{"judicialResults": [result("1015")]}]})

    case = read_cases(message)[0]
    assert [[(flag.fact, flag.value) for flag in offence.flags] for offence in case.offences] == [
        [("hospital-order", True), ("crown-court-sentence", False)],
        [("crown-court-sentence", False)],
    ]


def test_offence_codes_say_something_only_if_asked():
    message = hearing(result("1002", **months(24)), offence={"offenceCode": "OF61016"}, court="CROWN")
    silent, asked = read_cases(message)[0], read_cases(message, classify_offences=True)[0]

    assert "wounding-or-gbh-with-intent" not in {flag.fact for flag in silent.offence.flags}
    assert {flag.fact: flag.source for flag in asked.offence.flags if flag.value} == {
        "custody-of-12-months-or-more": "Common Platform result code 1002",
        "crown-court-sentence": "Common Platform court of the hearing",
        "wounding-or-gbh-with-intent": "offence code OF61016",
        "specified-offence": "offence code OF61016",
        "within-lenient-sentence-scheme": "offence code OF61016",
    }
    (referral,) = vc.VictimsCode.load().assess(asked, as_at=date(2025, 3, 4)).find("refer-to-vcs")
    assert referral.due_on == date(2025, 3, 17)
