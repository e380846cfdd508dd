"""References that are one reference are joined, however records write them, and are shown as first written."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.adapters import combined, common_platform, dcf, extracts, spi
from victims_code.adapters.extracts.mapping import DateColumn, DateForm, Identifying
from victims_code.cases import Case, Event, Victim
from victims_code.identifiers import case_key, suspect_key

URN, ASN = "28DI0000126", "2628DI0000000000001A"
SPELLINGS = [
    "28DI0000126",
    "28di0000126",
    "28 DI 00001 26",
    " 28DI 0000126 ",
    "28/DI/00001/26",
    "28/DI/1/26",
    "28DI/00001/26",
    "28-di-00001-2026",
    "28\u2013DI\u201300001\u201326",
    "28.DI.00001.26",
    "28_DI_00001_26",
    "28\\DI\\00001\\26",
    "28DI\u00a000001\u00a026",
    "\u200b28DI0000126",
    "URN: 28DI0000126",
    "'28DI0000126",
    "\uff12\uff18DI0000126",
]
NUMBERS = [
    "2628DI0000000000001A",
    "2628di0000000000001a",
    "26/28DI/00/1A",
    "26/28/DI/00/00000000001A",
    "26 28DI 00 00000000001 A",
    "26-28DI-00-1A",
]


def police(urn, suspect=None, **event):
    told = Event(event="suspect-arrested", at=date(2026, 4, 2), suspect=suspect, **event)
    return Case(reference=urn, victims=[Victim(reference="V1", born=date(1990, 3, 2))], events=[told])


def court(urn, suspect="D1", **offence):
    given = {"id": suspect, "offences": [{"chargeDate": "2026-04-13", **offence}]}
    case = {"prosecutionCaseIdentifier": {"caseURN": urn}, "defendants": [given]}
    return {"hearing": {"id": "H1", "prosecutionCases": [case]}, "sharedTime": "2026-05-01T10:00:00Z"}


def session(urn, asn):
    return (
        f"<Session><CourtHearing><Hearing><DateOfHearing>2026-04-20</DateOfHearing></Hearing></CourtHearing><Case>"
        f"<PTIURN>{urn}</PTIURN><Defendant><ProsecutorReference>{asn}</ProsecutorReference><Offence>"
        f"<BaseOffenceDetails><ArrestDate>2026-04-02</ArrestDate></BaseOffenceDetails>"
        f"<Result><ResultCode>4558</ResultCode></Result></Offence></Defendant></Case></Session>"
    ).encode()


def spelt(case):
    return [note.message for note in case.faults if note.code == "VC-READ-115"]


@pytest.mark.parametrize("urn", SPELLINGS)
def test_every_usual_spelling_of_a_urn_is_that_urn(urn):
    assert case_key(urn) == URN


@pytest.mark.parametrize("asn", NUMBERS)
def test_every_usual_spelling_of_an_asn_is_that_number(asn):
    assert suspect_key(asn) == suspect_key(ASN)


@pytest.mark.parametrize(
    ("one", "other"),
    [("22/0412/26", "220/412/26"), ("28DI0000126", "28DI0000127"), ("28DI0000126", "28DI0000126/2"), ("1/23", "12/3")],
)
def test_references_that_differ_stay_apart(one, other):
    assert case_key(one) != case_key(other)
    assert len(combined([police(one), police(other)])) == 2


@pytest.mark.parametrize("urn", SPELLINGS[1:])
def test_a_case_is_joined_by_its_urn_and_called_as_first_written(urn):
    (case,) = combined([police(URN), *common_platform.read_cases(court(urn))])

    assert case.reference == URN
    assert [event.event for event in case.events] == ["suspect-arrested", "suspect-charged"]
    assert spelt(case) == ([f"The case {URN!r} is also written {urn.strip()!r}."] if urn.strip() != URN else [])


def test_an_extract_and_three_kinds_of_message_are_one_case():
    victim = {"TypeOfPerson": "Victim", "DateOfBirth": "1990-03-02", "Person": {"UniqueId": "V1"}}
    urn = {"Force": "28", "Unit": "di", "Number": "00001", "Year": "26"}
    rows = [{"URN": "28/DI/1/26", "ARRESTED": "2026-04-02", "SUSPECT": "26/28DI/00/1A"}]
    (case,) = combined(
        [
            *extracts.read_extract(mapping(), rows),
            dcf.read_case({"WitnessOrVictim": {"PTIURN": urn, "VictimWitness": victim}}),
            *spi.read_cases(session("28 DI 0000126", ASN)),
            *common_platform.read_cases(court("28di0000126", ASN.lower())),
        ]
    )

    assert case.reference == "28/DI/1/26"
    assert [(event.event, event.suspect) for event in case.events] == [
        ("suspect-arrested", "26/28DI/00/1A"),
        ("suspect-charged", "26/28DI/00/1A"),
        ("bail-hearing-decided", "26/28DI/00/1A"),
    ]
    assert [note.startswith(("The case", "The suspect")) for note in spelt(case)] == [True, True]


def mapping():
    return extracts.ExtractMapping(
        name="mine",
        source="RMS",
        dates=DateForm.YEAR_FIRST,
        rows=Identifying(case="URN", suspect="SUSPECT"),
        events=(DateColumn(column="ARRESTED", event="suspect-arrested"),),
    )


def test_rows_of_one_extract_are_joined_by_the_same_key():
    rows = [
        {"URN": urn, "ARRESTED": f"2026-04-0{day}", "SUSPECT": "S1"}
        for day, urn in ((2, "28DI0000126"), (3, "28 di 0000126"))
    ]
    (case,) = extracts.read_extract(mapping(), rows)

    assert (case.reference, len(case.events)) == ("28DI0000126", 2)
    assert spelt(case) == ["The case '28DI0000126' is also written '28 di 0000126'."]


def test_one_telling_answers_an_arrest_whose_asn_is_written_otherwise():
    told = Event(
        event="victim-informed", about="suspect-arrested", at=date(2026, 4, 7), victim="V1", suspect=NUMBERS[2]
    )
    other = Case(reference="28 di 0000126", victims=[Victim(reference="V1")], events=[told])
    (case,) = combined([police(URN, ASN), other])
    result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 30))

    assert [one.status.value for one in result.find("inform-suspect-arrested")] == ["met"]


def test_a_later_message_corrects_a_case_and_suspect_written_otherwise():
    first, later = court(URN, ASN), court("28/DI/00001/26", NUMBERS[2], chargeDate="2026-04-14")
    (case,) = common_platform.read_messages([first, later])

    assert [(event.on.day, event.withdrawn, event.suspect) for event in case.events] == [
        (13, False, ASN),
        (13, True, ASN),
        (14, False, ASN),
    ]


def test_two_cases_of_one_message_with_one_urn_are_one_case():
    message = court(URN)
    message["hearing"]["prosecutionCases"].append(court("28 DI 00001 26", "D2")["hearing"]["prosecutionCases"][0])
    (case,) = common_platform.read_cases(message)

    assert {event.suspect for event in case.events} == {"D1", "D2"}


def test_results_of_a_defendant_are_found_by_a_reference_written_otherwise():
    message = court(URN, "ab-1")
    given = {"masterDefendantId": "AB-1", "judicialResult": {"cjsCode": "1015", "orderedDate": "2026-04-20"}}
    message["hearing"]["defendantJudicialResults"] = [given]

    assert "sentence-passed" in {event.event for event in common_platform.read_cases(message)[0].events}
