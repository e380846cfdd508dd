"""A later message on a hearing corrects an earlier one, and the position before it can be made again."""

from __future__ import annotations

from datetime import date

import victims_code as vc
from victims_code.adapters import common_platform, spi


def share(on, *results, hearing="H1", marker=None, victims=(), offence=None):
    listed = {"id": "D", "offences": [{"judicialResults": list(results), "victims": list(victims), **(offence or {})}]}
    case = {"prosecutionCaseIdentifier": {"caseURN": "28DI1"}, "defendants": [listed]}
    case["caseMarkers"] = [{"markerTypeCode": marker}] if marker else []
    inside = {"id": hearing, "hearingDays": [], "prosecutionCases": [case]}
    return {"hearing": inside, "sharedTime": f"{on}T15:00:00.000Z"}


def result(code, on):
    return {"cjsCode": code, "orderedDate": on}


FINE = share("2025-05-12", result("1015", "2025-05-12"))
PRISON_ONE_DAY_LATER = share("2025-05-20", result("1002", "2025-05-13"))


def test_what_a_later_share_of_a_hearing_no_longer_says_is_withdrawn():
    (case,) = common_platform.read_messages([FINE, PRISON_ONE_DAY_LATER])
    result = vc.VictimsCode.load().assess(case, as_at=date(2025, 6, 30))

    assert [o.trigger.on for o in result.find("inform-sentence-passed")] == [date(2025, 5, 13)]


def test_the_position_before_a_correction_can_be_made_again():
    (case,) = common_platform.read_messages([FINE, PRISON_ONE_DAY_LATER])
    code = vc.VictimsCode.load()

    def sentenced(known_on):
        result = code.assess(case, as_at=date(2025, 6, 30), known_on=known_on)
        return [o.trigger.on for o in result.find("inform-sentence-passed")]

    assert sentenced(date(2025, 5, 11)) == []
    assert sentenced(date(2025, 5, 19)) == [date(2025, 5, 12)]
    assert sentenced(date(2025, 5, 20)) == [date(2025, 5, 13)]


def test_a_time_of_sharing_that_cannot_be_read_is_said():
    (case,) = common_platform.read_cases({**FINE, "sharedTime": "20/05/2025 15.00"})
    said = [(fault.code, fault.location, fault.message) for fault in case.faults]

    assert ("VC-READ-101", "sharedTime", "'20/05/2025 15.00' cannot be the date of this.") in said


def test_a_message_on_another_hearing_takes_nothing_back():
    other = share("2025-07-01", result("4506", "2025-07-01"), hearing="H2")
    (case,) = common_platform.read_messages([FINE, other])

    assert [event.event for event in case.events if not event.withdrawn] == ["sentence-passed"]
    assert not any(event.withdrawn for event in case.events)


def test_a_conviction_that_is_taken_back_is_no_outcome_any_more():
    convicted = share("2025-05-12", offence={"convictionDate": "2025-05-12"})
    (case,) = common_platform.read_messages([convicted, share("2025-05-14")])
    result = vc.VictimsCode.load().assess(case, as_at=date(2025, 6, 30))

    assert [(event.event, event.withdrawn) for event in case.events] == [
        ("case-outcome", False),
        ("case-outcome", True),
    ]
    assert result.find("inform-case-outcome") == ()


def test_what_is_said_again_and_corrected_back_stands_once():
    (case,) = common_platform.read_messages([FINE, FINE, PRISON_ONE_DAY_LATER, FINE])
    result = vc.VictimsCode.load().assess(case, as_at=date(2025, 6, 30))

    assert [o.trigger.on for o in result.find("inform-sentence-passed")] == [date(2025, 5, 12)]


def test_the_last_message_on_a_hearing_says_which_markers_stand():
    marked = share("2025-05-12", result("1015", "2025-05-12"), marker="DV")
    elsewhere = share("2025-07-01", hearing="H2", marker="HT")

    (taken_back,) = common_platform.read_messages([marked, FINE])
    (kept,) = common_platform.read_messages([marked, elsewhere])

    assert taken_back.offence.flags == ()
    assert [flag.fact for flag in kept.offence.flags] == ["domestic-abuse", "human-trafficking"]


def test_victims_that_become_known_take_the_place_of_the_stand_in():
    born = {"id": "V1", "personDetails": {"dateOfBirth": "2010-01-01"}}
    vulnerable = share("2025-05-12", marker="VI")
    (case,) = common_platform.read_messages([vulnerable, share("2025-07-01", hearing="H2", victims=[born])])

    assert [(v.reference, v.born, [fact.fact for fact in v.facts]) for v in case.victims] == [
        ("V1", date(2010, 1, 1), ["vulnerable-or-intimidated"])
    ]
    assert "VC-READ-102" not in [note.code for note in case.faults]


def test_dates_that_contradict_each_other_across_messages_lose_no_case():
    early = share("2025-05-12", offence={"arrestDate": "2025-01-01"})
    late = share("2025-07-01", hearing="H2", offence={"startDate": "2025-03-01", "arrestDate": "2025-03-02"})
    child = share("2025-07-02", hearing="H3", victims=[{"id": "V", "personDetails": {"dateOfBirth": "2025-04-01"}}])

    for messages in ([early, late], [late, early], [late, child], [child, late]):
        (case,) = common_platform.read_messages(messages)
        assert case.reference == "28DI1"


def test_a_share_dated_before_what_it_reports_gives_no_record_date():
    (case,) = common_platform.read_messages([share("2025-05-01", result("1015", "2025-05-12"))])

    assert [event.recorded for event in case.events] == [None]


def message(code, day="2012-03-05"):
    return (
        f"<Session><CourtHearing><Hearing><CourtHearingLocation>B99AA00</CourtHearingLocation><DateOfHearing>{day}"
        f"</DateOfHearing></Hearing></CourtHearing><Case><PTIURN>99AA0000912</PTIURN><Defendant>"
        f"<ProsecutorReference>A</ProsecutorReference><Offence><Result><ResultCode>{code}</ResultCode></Result>"
        f"</Offence></Defendant></Case></Session>"
    ).encode()


def test_a_later_court_result_of_the_same_hearing_takes_the_place_of_the_earlier():
    (case,) = spi.read_messages([message("1015"), message("2006"), message("4027", "2012-04-02")])

    assert [(event.event, event.withdrawn) for event in case.events] == [
        ("sentence-passed", False),
        ("sentence-passed", True),
        ("case-outcome", False),
        ("bail-hearing-decided", False),
    ]
    assert {event.recorded for event in case.events} == {None}
