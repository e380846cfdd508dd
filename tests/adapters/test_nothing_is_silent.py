"""What a message holds and no event tells is named in a note, with how often: results, applications, empty lists."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code.adapters import common_platform, dcf, spi
from victims_code.cli import main

APPEAL = "Appeal against conviction and sentence by a Magistrates' Court to the Crown Court"
URN = {"prosecutionCaseIdentifier": {"caseURN": "28DI0000126"}}


def court(*offences, **hearing):
    defendant = {"id": "D1", "offences": list(offences)}
    return {"hearing": {"id": "H1", "prosecutionCases": [{**URN, "defendants": [defendant]}], **hearing}}


def result(label=None, code=None, category="FINAL", **more):
    return {"label": label, "cjsCode": code, "category": category, "orderedDate": "2026-06-05", **more}


def application(kind, *results):
    given = {
        "applicationReceivedDate": "2026-05-05",
        "type": {"type": kind},
        "judicialResults": list(results),
        "courtApplicationCases": [URN],
    }
    return {"hearing": {"id": "H1", "courtApplications": [given]}}


def session(offence, defendant=""):
    return (
        "<Session><CourtHearing><Hearing><DateOfHearing>2026-04-20</DateOfHearing></Hearing></CourtHearing><Case>"
        "<PTIURN>28DI0000126</PTIURN><Defendant><ProsecutorReference>A</ProsecutorReference>"
        f"{f'<Offence>{offence}</Offence>' if offence else ''}</Defendant>{defendant}</Case></Session>"
    ).encode()


def read(source):
    (case,) = (spi if isinstance(source, bytes) else common_platform).read_cases(source)
    return case


def said(case, *codes):
    return " ".join(note.message for note in case.faults if note.code in (codes or ("VC-READ-116",)))


def events(case):
    return [(event.event, event.on.isoformat()) for event in case.events]


# --- the end of an offence ----------------------------------------------------------------------------------------


def test_a_result_that_ends_proceedings_and_is_not_known_is_named():
    case = read(court({"judicialResults": [result("Quashed as bad", terminatesOffenceProceedings=True)]}))

    assert events(case) == []
    assert said(case) == "The result 'Quashed as bad' ended the proceedings on an offence."
    assert "'proceedings-stopped' or 'case-outcome'" in next(n.hint for n in case.faults if n.code == "VC-READ-116")


def test_a_final_result_that_is_not_known_is_named_each_time():
    case = read(court({"judicialResults": [result("Odd order"), result(code="9876")]}, {"judicialResults": [result()]}))

    assert said(case) == (
        "The final result 'Odd order' was not understood. The final result 9876 was not understood."
        " The final result without a name was not understood."
    )


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("2008", "left on file"), ("2060", "replaced with another offence"), ("3049", "statutory declaration")],
)
def test_a_known_result_that_may_have_ended_something_is_named(code, meaning):
    for case in (
        read(court({"judicialResults": [result(code=code)]})),
        read(session(f"<Result><ResultCode>{code}</ResultCode></Result>")),
    ):
        assert meaning in said(case)


@pytest.mark.parametrize(
    ("offence", "word"), [({"proceedingsConcluded": True}, "concluded"), ({"isDiscontinued": True}, "discontinued")]
)
def test_an_offence_that_ended_without_a_word_on_how_is_named(offence, word):
    assert word in said(read(court({"chargeDate": "2026-05-03", **offence})))
    assert said(read(court({"convictionDate": "2026-06-05", **offence}))) == ""
    assert said(read(court({"judicialResults": [result(code="2063")], **offence}))) == ""


def test_an_spi_offence_disposed_of_without_a_result_we_know_is_named():
    final = "<FinalDisposalIndicator>Y</FinalDisposalIndicator>"

    assert "finally disposed of" in said(read(session(final)))
    assert said(read(session(f"{final}<Result><ResultCode>1015</ResultCode></Result>"))) == ""


# --- applications -------------------------------------------------------------------------------------------------

ENDS = [
    "Appeal against conviction dismissed",
    "Appeal against conviction allowed ",
    "Appeal against sentence dismissed ",
    "Appeal against sentence allowed",
    "Appeal against conviction and sentence dismissed",
    "Appeal against Conviction Dismissed & Sentence Varied",
    "Appeal against conviction dismissed and sentence varied",
    "Appeal abandoned",
    "APPEAL WITHDRAWN",
    "Withdrawn",
    "Sentence varied",
]


@pytest.mark.parametrize("label", ENDS)
def test_every_result_that_ends_an_appeal_is_read(label):
    case = read(application(APPEAL, result(label)))

    assert events(case) == [
        ("appeal-to-crown-court-lodged", "2026-05-05"),
        ("crown-court-appeal-decided", "2026-06-05"),
    ]


def test_a_result_that_ends_an_appeal_is_known_by_its_type_too():
    kind = "3b1f0a20-15cf-4795-98b1-ea87ebab2ec6"

    assert events(read(application(APPEAL, result("Worded anew", judicialResultTypeId=kind))))[1:] == [
        ("crown-court-appeal-decided", "2026-06-05")
    ]


def test_an_appeal_that_was_granted_is_unclear_and_named():
    case = read(application(APPEAL, result("Granted")))

    assert events(case) == [("appeal-to-crown-court-lodged", "2026-05-05")]
    assert f"The final result 'Granted' does not say how this was decided: {APPEAL}." in said(case, "VC-READ-103")


def test_results_on_other_applications_are_counted_with_their_application():
    case = read(application("Application for a witness summons", result("Granted"), result("Granted")))

    assert said(case, "VC-READ-119") == (
        "The message tells no event of this case."
        " Applications that tell no event (1): Application for a witness summons."
        " Results on applications that tell no event (2): 'Granted' (2 times)."
    )


@pytest.mark.parametrize("kind", ["Application to reopen case", "Appearance to make statutory declaration"])
def test_an_application_that_undoes_a_conviction_is_named(kind):
    assert said(read(application(kind, result("Granted")))) == (
        f"{kind}: Granted. An earlier conviction and sentence may no longer count."
    )
    assert said(read(application(kind, result("Application refused")))) == ""


def test_an_application_that_names_no_case_is_named():
    lone = {"applicationReceivedDate": "2026-05-05", "type": {"type": "Application for bail"}}
    case = read(court({"chargeDate": "2026-05-03"}, courtApplications=[lone]))

    assert said(case, "VC-READ-103") == "Application for bail names no case."


# --- whatever else tells nothing ----------------------------------------------------------------------------------


def test_what_tells_no_event_is_counted_by_kind():
    noise = [result("Text", category="ANCILLARY"), result("Text", category="ANCILLARY"), result("Old", isDeleted=True)]
    offence = {
        "chargeDate": "2026-05-03",
        "judicialResults": [*noise, result(code="4027", qualifier="ZZ,ZZ,LG")],
        "verdict": {"verdictDate": "2026-06-05", "verdictType": {"categoryType": "NO_VERDICT"}},
    }
    message = court(offence)
    message["hearing"]["prosecutionCases"][0]["caseMarkers"] = [{"markerTypeCode": "WP"}]
    message["hearing"]["prosecutionCases"][0]["defendants"].append({"id": "D2"})

    assert {note.message for note in read(message).faults if note.code == "VC-READ-119"} == {
        "Results that tell no event (2): 'Text' (2 times).",
        "Deleted results that tell no event (1): Old.",
        "Result qualifiers that tell no event (2): ZZ (2 times).",
        "Verdicts that tell no event (1): NO_VERDICT.",
        "Case markers that tell no event (1): WP.",
        "Defendants without an offence that tell no event (1): D2.",
    }


def test_orders_that_come_with_a_sentence_and_were_looked_at_need_no_note():
    orders = [result("Pay by date"), result("Costs", "3011"), result("Surcharge", "3117"), result(code="3105")]
    case = read(court({"judicialResults": [result("Fine", "1015"), *orders]}))

    assert [event for event, _ in events(case)] == ["sentence-passed"]
    assert {note.code for note in case.faults} == {"VC-READ-102"}


@pytest.mark.parametrize(
    "offence",
    [
        {"judicialResults": [result(code="1015", orderedDate=None)]},
        {"verdict": {"verdictType": {"categoryType": "GUILTY"}}},
        {"judicialResults": [result(code="4506", orderedDate=None, nextHearing={"listedStartDateTime": "2026-07-01"})]},
    ],
)
def test_a_decision_without_a_date_is_named_with_the_event_to_add(offence):
    case = read(court(offence))

    assert case.events == ()
    assert "VC-READ-110" in [note.code for note in case.faults]


def test_a_list_that_is_none_is_named():
    message = court({"judicialResults": {"label": "Fine"}}, "no offence")

    assert said(read(message), "VC-READ-103") == (
        "1 of 2 entries are no groups of keys. A list belongs here, and this is none."
    )


@pytest.mark.parametrize(
    "message",
    [
        {"hearing": {"prosecutionCases": [{**URN}]}},
        {"hearing": {"prosecutionCases": [{**URN, "defendants": []}]}},
        court(),
        court({}),
        session(""),
    ],
)
def test_a_case_of_which_nothing_is_told_says_so(message):
    case = read(message)

    assert case.events == ()
    assert "The message tells no event of this case." in said(case, "VC-READ-119")


@pytest.mark.parametrize("message", [{"hearing": {"id": "H"}}, {"hearing": {"prosecutionCases": []}}, {"hearing": []}])
def test_a_message_without_a_case_is_refused_as_such(message):
    with pytest.raises(vc.CaseError, match="The message holds no case"):
        common_platform.read_cases(message)


def test_days_of_a_hearing_that_were_cancelled_are_counted():
    days = [{"sittingDay": "2026-06-05", "isCancelled": True}, {"sittingDay": "2026-06-06", "isCancelled": False}]

    assert "1 day of the hearing was cancelled." in said(
        read(court({"chargeDate": "2026-05-03"}, hearingDays=days)), "VC-READ-103"
    )


def test_a_trial_that_was_vacated_is_named():
    case = read(court({"chargeDate": "2026-05-03"}, isVacatedTrial=True))

    assert "The trial of this hearing was vacated." in said(case, "VC-READ-103")


def test_a_hearing_without_days_is_read_as_it_is():
    assert events(read(court({"chargeDate": "2026-01-12"}))) == [("suspect-charged", "2026-01-12")]


def test_a_breach_keeps_the_conviction_and_has_a_new_sentence():
    offence = {
        "id": "O1",
        "chargeDate": "2025-01-12",
        "convictionDate": "2025-04-20",
        "judicialResults": [result("Imprisonment", "1002", orderedDate="2026-06-10")],
    }
    order = {"courtOrderOffences": [{**URN, "offence": offence}]}
    breach = {"applicationReceivedDate": "2026-05-05", "type": {"type": "Breach of an order"}, "courtOrder": order}

    assert events(read({"hearing": {"id": "H5", "hearingDays": [], "courtApplications": [breach]}})) == [
        ("suspect-charged", "2025-01-12"),
        ("case-outcome", "2025-04-20"),
        ("sentence-passed", "2026-06-10"),
    ]


# --- the hearing as it was before ---------------------------------------------------------------------------------


def both(previous_id):
    before = court({"judicialResults": [result(code="1015")]})["hearing"]
    now = court({"chargeDate": "2026-05-03"})["hearing"]
    return {"currentHearing": now, "previousHearing": {**before, "id": previous_id}}


def test_the_hearing_as_it_was_before_is_named_and_not_read():
    case = read(both("H1"))

    assert events(case) == [("suspect-charged", "2026-05-03")]
    assert "The message also holds the hearing as it was before, with 1 case." in said(case, "VC-READ-103")


def test_a_previous_hearing_that_was_another_one_is_read():
    assert [event for event, _ in events(read(both("H0")))] == ["suspect-charged", "sentence-passed"]


def test_a_previous_hearing_alone_is_read():
    message = both("H1")
    del message["currentHearing"]

    assert [event for event, _ in events(read(message))] == ["sentence-passed"]


# --- digital case files -------------------------------------------------------------------------------------------


def file(**more):
    urn = {"Force": "28", "Unit": "DI", "Number": "00001", "Year": "26"}
    return {"WitnessOrVictim": {"PTIURN": urn, **more}}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"PolicePreChargeRemandStatus": "Escaped"}, "The status 'Escaped' is not known."),
        ({"VPSStatus": {"ResponseToVPSOffer": "Later"}}, "The status 'Later' is not known."),
        ({"Charge": {"CJSCode": {"Code": 7}}}, "This is not an offence code in its parts."),
        ({"Other": {"PTIURN": "28DI0000226"}}, "The message also holds the case '28DI0000226'."),
    ],
)
def test_a_digital_case_file_leaves_nothing_out_in_silence(more, words):
    assert words in said(dcf.read_case(file(**more)), "VC-READ-103")


def test_classifications_other_than_of_a_witness_are_counted():
    person = {"UniqueId": "P1", "PersonClassification": [{"ClassificationType": "HateCrime"}]}
    case = dcf.read_case(file(VictimWitness={"TypeOfPerson": "Victim", "Person": person}))

    assert said(case, "VC-READ-119") == "Classifications of a person that tell no event (1): HateCrime."


def test_a_status_that_starts_nothing_needs_no_note():
    assert [n.code for n in dcf.read_case(file(PolicePreChargeRemandStatus="Custody")).faults] == ["VC-READ-102"]


# --- odd files ----------------------------------------------------------------------------------------------------


def twice(text):
    return text.replace('"caseURN"', '"caseURN": "28DI0000999", "caseURN"').encode()


def test_a_key_written_twice_is_a_warning_for_messages_and_a_fault_for_case_files(tmp_path):
    (case,) = common_platform.read_cases(twice(json.dumps(court({"chargeDate": "2026-05-03"}))))

    assert case.reference == "28DI0000999"
    assert said(case, "VC-READ-117") == "The key 'caseURN' is written twice."
    with pytest.raises(vc.CaseError, match="VC-FILE-002"):
        vc.Case.from_json('{"reference": "A", "reference": "B", "victims": [{"reference": "V"}]}')


def assess_file(tmp_path, content):
    path = tmp_path / "message.json"
    path.write_bytes(content)
    return CliRunner().invoke(main, ["assess", str(path), "--as-at", "2026-07-01", "--format", "csv"])


def test_on_the_command_line_a_key_written_twice_is_a_warning(tmp_path):
    done = assess_file(tmp_path, twice(json.dumps(court({"chargeDate": "2026-05-03"}))))

    assert done.exit_code == 0
    assert "28DI0000999" in done.stdout
    assert "warning" in done.stderr
    assert "The key 'caseURN' is written twice." in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"hearing": {"id": "H9"}}', "The message holds no case."),
        (b'{"hearing":' * 100_000 + b"{}" + b"}" * 100_000, "nested too deeply"),
    ],
    ids=["no case", "deep"],
)
def test_on_the_command_line_a_message_that_cannot_be_read_ends_with_1(tmp_path, content, words):
    done = assess_file(tmp_path, content)

    assert done.exit_code == 1
    assert words in done.stderr


def test_a_digital_case_file_with_a_key_written_twice_is_read_with_a_warning():
    text = json.dumps(file()).replace('"Force"', '"Force": "28", "Force"').encode()

    assert "VC-READ-117" in [note.code for note in dcf.read_case(text).faults]


DATES = [
    "0001-01-01T00:00:00Z",
    "0000-01-01",
    "10000-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59-05:00",
    "2026-06-05T24:00",
]


@pytest.mark.parametrize("written", DATES)
def test_a_sentinel_date_sets_one_record_aside_in_every_reader(written):
    results = [result(code="1015", orderedDate=written), result(code="4027")]
    message = court({"startDate": written, "chargeDate": written, "judicialResults": results}) | {"sharedTime": written}
    zoned = f"<BaseOffenceDetails><ArrestDate>{written}</ArrestDate></BaseOffenceDetails>"
    born = {"TypeOfPerson": "Victim", "DateOfBirth": written, "Person": {"UniqueId": "P1"}}
    cases = [
        *common_platform.read_messages([message, message]),
        *spi.read_cases(session(f"{zoned}<Result><ResultCode>4027</ResultCode></Result>")),
        dcf.read_case(file(VictimWitness=born)),
    ]

    assert [[event.event for event in case.events] for case in cases] == [["bail-hearing-decided"]] * 2 + [[]]
    assert all("VC-READ-101" in [note.code for note in case.faults] for case in cases)
    assert written not in said(cases[2], *(note.code for note in cases[2].faults))


def test_half_a_character_is_replaced_and_said():
    text = json.dumps(court({"chargeDate": "2026-05-03"})).replace('"D1"', r'"D\ud800"').encode()
    (case,) = common_platform.read_cases(text)

    assert case.to_json().encode()
    assert "1 text holds half a character" in said(case, "VC-READ-103")


def nested(depth):
    inner = URN
    for _ in range(depth):
        inner = {"a": [inner]}
    return {"hearing": inner, "WitnessOrVictim": {"PTIURN": "28DI0000126", "a": inner}}


@pytest.mark.parametrize("read_it", [common_platform.read_cases, dcf.read_case])
def test_json_nested_a_thousand_deep_is_refused_and_stops_nothing_else(read_it):
    deep = '{"hearing":' * 100_000 + "{}" + "}" * 100_000

    for source in (nested(5000), deep.encode()):
        with pytest.raises(vc.CaseError, match="nested too deeply"):
            read_it(source)


def test_xml_nested_a_thousand_deep_is_refused_and_stops_nothing_else():
    with pytest.raises(vc.CaseError, match="nested too deeply"):
        spi.read_cases(b"<a>" * 5000 + session("") + b"</a>" * 5000)


def test_bytes_that_are_not_utf8_are_refused_and_never_guessed():
    with pytest.raises(vc.CaseError, match="not UTF-8"):
        common_platform.read_cases(json.dumps(court({})).encode().replace(b"D1", b"D\xff"))


# --- offences long ago --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["1979-06-01", "1947-02-28"])
def test_an_old_offence_keeps_its_date_in_every_reader(on):
    timing = (
        f"<OffenceTiming><OffenceStart><OffenceDateStartDate>{on}</OffenceDateStartDate></OffenceStart></OffenceTiming>"
    )
    base = f"<BaseOffenceDetails>{timing}<ChargeDate>2026-04-13</ChargeDate></BaseOffenceDetails>"
    charge = {
        "CJSCode": {"Code": {"Alternative": {"ActOrSource": "SX", "Year": "56"}, "Reason": "023"}},
        "FromDate": on,
    }
    cases = (
        read(court({"startDate": on, "chargeDate": "2026-04-13"})),
        read(session(base)),
        dcf.read_case(file(Charge=charge)),
    )

    assert [case.offences[0].committed_on.isoformat() for case in cases] == [on] * 3


@pytest.mark.parametrize("on", ["1911-05-05", "2061-01-01"])
def test_a_day_on_which_nobody_can_have_committed_it_is_not_used(on):
    case = read(court({"startDate": on, "chargeDate": "2026-04-13"}))

    assert case.offences[0].committed_on is None
    assert "cannot be the date" in said(case, "VC-READ-101")


def test_a_child_victim_of_long_ago_has_enhanced_rights():
    message = court({"startDate": "1979-06-01", "chargeDate": "2026-04-13"})
    victims = [{"id": "V1", "personDetails": {"dateOfBirth": "1968-05-05"}}]
    message["hearing"]["prosecutionCases"][0]["victims"] = victims
    case = read(message)
    result = vc.VictimsCode.load().assess(case, as_at=case.events[0].on)
    (told,) = result.find("inform-suspect-charged")

    assert (told.track.value, told.due_on.isoformat()) == ("enhanced", "2026-04-14")


def test_a_day_before_1990_on_which_an_agency_acted_is_a_mistake():
    assert events(read(court({"startDate": "1979-06-01", "chargeDate": "1979-06-02"}))) == []


# --- values that are written otherwise ----------------------------------------------------------------------------


def test_codes_and_references_written_as_numbers_are_read():
    message = court({"id": 7, "offenceCode": 61016, "judicialResults": [result(code=2063)]})
    message["hearing"]["prosecutionCases"][0]["prosecutionCaseIdentifier"] = {"caseURN": 123}
    case = read(message)

    assert (case.reference, case.offence.reference, case.offence.cjs_code) == ("123", "7", "61016")
    assert events(case) == [("proceedings-stopped", "2026-06-05")]


@pytest.mark.parametrize(
    ("offence", "what"),
    [
        ({"judicialResults": [result("Zapped", category="final")]}, "The final result 'Zapped' was not understood."),
        ({"proceedingsConcluded": "true"}, "The proceedings on this offence are concluded"),
        ({"isDiscontinued": "True"}, "The proceedings on this offence are discontinued"),
    ],
)
def test_flags_and_categories_written_otherwise_are_understood(offence, what):
    assert what in said(read(court(offence)))


def test_a_deleted_result_is_deleted_also_where_the_flag_is_text():
    assert events(read(court({"judicialResults": [result(code="2063", isDeleted="true")]}))) == []


@pytest.mark.parametrize("key", ["verdict", "plea"])
def test_a_list_where_a_group_of_keys_belongs_is_named(key):
    case = read(court({"chargeDate": "2026-05-03", key: [{"verdictDate": "2026-06-05"}]}))

    assert "A group of keys belongs here, and this is none." in said(case, "VC-READ-103")


def test_a_victim_born_after_every_record_has_no_date_of_birth():
    offence = {"chargeDate": "2026-05-03", "victims": [{"id": "V1", "personDetails": {"dateOfBirth": "2027-01-02"}}]}
    case = read(court(offence))

    assert case.victims[0].born is None
    assert "This cannot be a date of birth." in said(case, "VC-READ-101")


@pytest.mark.parametrize("word", ["NULL", "n/a", " - "])
def test_words_for_nothing_are_no_references_in_messages(word):
    charge = {"id": word, "offenceCode": word, "chargeDate": "2026-05-03", "victims": [{"id": word}, {"id": "V1"}]}
    case = read(
        {"hearing": {"id": word, "prosecutionCases": [{**URN, "defendants": [{"id": word, "offences": [charge]}]}]}}
    )
    person = {"TypeOfPerson": "Victim", "Person": {"UniqueId": word}}
    urn = {"Force": "28", "Unit": "DI", "Number": "00001", "Year": "26"}
    file = dcf.read_case({"PreChargeDecisionRequest": {"PTIURN": urn, "VictimWitness": [person]}})
    spoken = read(
        session(
            f"<BaseOffenceDetails><OffenceCode>{word}</OffenceCode><ChargeDate>2026-05-03</ChargeDate></BaseOffenceDetails>"
        )
    )

    assert [victim.reference for victim in case.victims] == ["victim-1", "V1"]
    assert [(e.event, e.suspect, e.hearing) for e in case.events] == [("suspect-charged", None, None)]
    assert [victim.reference for victim in file.victims] == ["victim-1"]
    assert [one.offence.cjs_code for one in (case, spoken)] == [None, None]


@pytest.mark.parametrize(
    ("offence", "what"),
    [
        (
            "<Finding>G</Finding><Finding>N</Finding>",
            "2 elements Finding in one Offence. The first was used.",
        ),
        (
            "<BaseOffenceDetails><ChargeDate>2026-04-01</ChargeDate><ChargeDate>2026-04-03</ChargeDate>"
            "</BaseOffenceDetails>",
            "There are 2 elements ChargeDate in one BaseOffenceDetails. The first was used.",
        ),
        (
            "<FinalDisposalIndicator>final</FinalDisposalIndicator>",
            "It is not known what the final disposal 'FINAL' means.",
        ),
        ("</Offence><Result><ResultCode>2063</ResultCode></Result><Offence>", "on the defendant and on no offence."),
    ],
)
def test_elements_out_of_place_or_written_twice_are_named(offence, what):
    assert what in said(read(session(offence)), "VC-READ-103", "VC-READ-116")


# --- names that are misspelt or new -------------------------------------------------------------------------------

OFFENCE = {"id": "O1", "startDate": "2026-03-31", "chargeDate": "2026-04-03"}
PTIURN = {"Force": "45", "Unit": "AA", "Number": "00001", "Year": "26", "Split": None}
PERSON = {"UniqueId": "P1", "PersonClasification": []}


@pytest.mark.parametrize(
    ("read_it", "message", "misspelt", "meant"),
    [
        (common_platform.read_cases, court({**OFFENCE, "arestDate": "2026-04-02"}), "arestDate", "arrestDate"),
        (
            common_platform.read_cases,
            court(OFFENCE, defendantJudicalResults=[]),
            "defendantJudicalResults",
            "defendantJudicialResults",
        ),
        (
            spi.read_cases,
            session("<BaseOffenceDetails><ArestDate>2026-04-02</ArestDate></BaseOffenceDetails>"),
            "ArestDate",
            "ArrestDate",
        ),
        (
            lambda message: (dcf.read_case(message),),
            {"WitnessOrVictim": {"PTIURN": PTIURN, "VictimWitness": {"TypeOfPerson": "Victim", "Person": PERSON}}},
            "PersonClasification",
            "PersonClassification",
        ),
    ],
)
def test_what_stands_under_a_misspelt_name_is_told_with_what_may_be_meant(read_it, message, misspelt, meant):
    (case,) = read_it(message)

    assert said(case, "VC-READ-126") == (
        f"1 name is not known in such a message, so what is there was not read: {misspelt!r} (did you mean {meant!r}?)."
    )


def test_names_that_are_not_known_are_counted_and_the_first_few_told():
    """One that is not made as names are may be a value, such as a name of a person: it is counted and not shown."""
    more = {f"brandNew{n}": n for n in "ABCDEF"}
    told = said(read(court({**OFFENCE, **more, "Mary Smith": 1, "chargeDate": "2026-04-03"})), "VC-READ-126")

    assert told.startswith("7 names are not known in such a message, so what is there was not read: 'brandNewA'")
    assert told.endswith("'brandNewE', 2 more.")
    assert "Mary" not in told


def test_an_envelope_of_any_name_is_looked_into_and_not_told():
    (case,) = common_platform.read_cases({"anEnvelopeOfTomorrow": [court(OFFENCE)]})

    assert said(case, "VC-READ-126") == ""
