"""Offences of a message are told apart: each has its code, dates and victims, and each decision names its offence."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import victims_code as vc
from shared.engines import differences, told
from victims_code.adapters import combined, common_platform, dcf, spi
from victims_code.cases import Case, Event, Offence, Victim
from victims_code.offences import without_victim

URN = {"prosecutionCaseIdentifier": {"caseURN": "28DI0000126"}}
AS_AT = date(2026, 7, 1)


def result(code, on="2026-06-05", **more):
    return {"cjsCode": code, "orderedDate": on, **more}


def count(number, code="OF61016", *results, **more):
    given = {"id": f"O{number}", "offenceCode": code, "startDate": "2026-05-01", "chargeDate": "2026-05-03"}
    return {**given, "judicialResults": list(results), **more}


def court(*offences, victims=(), **defendants):
    listed = [{"id": "D1", "offences": list(offences)}, *({"id": d, "offences": o} for d, o in defendants.items())]
    case = {**URN, "defendants": listed, "victims": [{"id": victim} for victim in victims]}
    return {"hearing": {"id": "H1", "jurisdictionType": "CROWN", "prosecutionCases": [case]}}


def session(*offences):
    inside = "".join(
        f"<Offence><BaseOffenceDetails><OffenceSequenceNumber>{n}</OffenceSequenceNumber><OffenceCode>{code}</OffenceCode>"
        f"<ChargeDate>2026-05-03</ChargeDate></BaseOffenceDetails><Result><ResultCode>{end}</ResultCode></Result></Offence>"
        for n, (code, end) in enumerate(offences, start=1)
    )
    return (
        "<Session><CourtHearing><Hearing><DateOfHearing>2026-06-05</DateOfHearing></Hearing></CourtHearing><Case>"
        "<PTIURN>28DI0000126</PTIURN><Defendant><ProsecutorReference>D1</ProsecutorReference>"
        f"{inside}</Defendant></Case></Session>"
    ).encode()


def read(source):
    (case,) = (spi if isinstance(source, bytes) else common_platform).read_cases(source)
    return case


def decisions(case):
    ends = ("case-outcome", "sentence-passed", "proceedings-stopped")
    return [(event.event, event.offence) for event in case.events if event.event in ends]


def said(case, code="VC-READ-118"):
    return " ".join(note.message for note in case.faults if note.code == code)


def assess(case, as_at=AS_AT):
    return vc.VictimsCode.load().assess(case, as_at=as_at)


def vps(case):
    return next(w.state.value for w in assess(case).windows if w.scheme.id == "victim-personal-statement")


# --- offences without a victim ------------------------------------------------------------------------------------

BAIL = [
    court(count(1, "OF61016", result("4027")), count(2, "BA76005", result("2063"))),
    court(count(1), count(2, "BA76001", result("1057"), convictionDate="2026-06-05")),
    session(("OF61016", "4027"), ("BA76001", "1057")),
]


@pytest.mark.parametrize("message", BAIL, ids=["withdrawn", "sentenced", "spi"])
def test_a_result_on_a_bail_offence_does_not_end_the_case_of_the_victim(message):
    case = read(message)
    result = assess(case)

    assert decisions(case) == []
    assert [offence.victims for offence in case.offences] == [None, ()]
    assert vps(case) == "open"
    assert [window.state.value for window in result.windows if window.scheme.id == "unduly-lenient-sentence"] == []
    assert {o.duty.owed_by for o in result.obligations if o.status.value == "overdue"} <= {
        ("police",),
        ("police", "cps"),
    }
    assert result.find("inform-proceedings-stopped") == ()


def test_what_was_left_out_of_a_bail_offence_is_counted():
    case = read(court(count(1), count(2, "BA76001", result("1057"), convictionDate="2026-06-05", chargeDate=None)))

    assert said(case) == (
        "Decisions on offences without a victim (2): case-outcome on BA76001, sentence-passed on BA76001."
    )


def test_one_decision_on_all_counts_beside_a_bail_offence_needs_no_warning():
    case = read(court(count(1, "OF61016", result("1002")), count(2, "OF61018", result("1002")), count(3, "BA76005")))
    assert [event.offence for event in case.events] == [None, None]
    assert said(case, "VC-CASE-106") == ""


def test_bail_decided_on_a_bail_offence_still_concerns_the_victim():
    case = read(court(count(1), count(2, "BA76001", result("4028"))))

    assert [(e.event, e.offence) for e in case.events if e.event == "bail-hearing-decided"] == [
        ("bail-hearing-decided", None)
    ]


def test_a_case_of_nothing_but_such_offences_keeps_its_decisions():
    case = read(court(count(1, "BA76001", result("1057")), count(2, "BA76002", result("2063"))))

    assert decisions(case) == [("sentence-passed", "O1"), ("proceedings-stopped", "O2")]


@pytest.mark.parametrize(
    ("code", "none"), [("ba/76/001", True), ("BA76001A", True), ("OF61016", False), ("CJ88149", False)]
)
def test_which_offences_have_no_victim_follows_from_their_code(code, none):
    assert (without_victim(code) is not None) is none


def test_a_listed_victim_counts_before_the_code():
    case = read(court(count(1), count(2, "BA76001", result("1057"), victims=[{"id": "V9"}])))

    assert ("sentence-passed", "O2") in decisions(case)


@pytest.mark.parametrize(
    "message",
    [
        court(count(1, "OF61016", result("4027")), count(2, "CJ88149", result("1015"), convictionDate="2026-06-05")),
        session(("OF61016", "4027"), ("CJ88149", "1015")),
    ],
    ids=["common-platform", "spi"],
)
def test_an_assault_on_an_officer_does_not_end_the_case_of_another_victim(message):
    case = read(message)

    assert {offence for _, offence in decisions(case)} == {case.offences[1].reference}
    assert "1 of 2 offences ended. It is not known who the victims of each are." in said(case)
    assert vps(case) == "open"


# --- several counts -----------------------------------------------------------------------------------------------


def test_one_count_acquitted_and_another_convicted_are_two_decisions():
    acquitted = count(1, "OF61016", result("2005", "2026-06-04"))
    case = read(court(acquitted, count(2, "OF61018", convictionDate="2026-06-05"), count(3)))

    assert decisions(case) == [("case-outcome", "O1"), ("case-outcome", "O2")]
    assert "2 of 3 offences ended. It is not known who the victims of each are." in said(case)


@pytest.mark.parametrize(
    "source",
    [
        court(count(1, "OF61016", result("2063")), count(2, "OF61018", result("2063"))),
        session(("OF61016", "2063"), ("OF61018", "2063")),
    ],
    ids=["common-platform", "spi"],
)
def test_all_counts_ended_alike_on_one_day_are_one_decision(source):
    case = read(source)

    assert decisions(case) == [("proceedings-stopped", None)]
    assert said(case) == ""
    assert len(assess(case).find("inform-proceedings-stopped")) == 1


def test_one_count_stopped_while_another_goes_on_names_its_offence():
    case = read(court(count(1), count(2, "OF61018", result("2063"))))

    assert decisions(case) == [("proceedings-stopped", "O2")]
    assert "1 of 2 offences ended" in said(case)


GUILTY, NOT_GUILTY = {"convictionDate": "2026-06-05"}, {"acquittalDate": "2026-06-04"}


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (count(1, "OF61016", result("1002"), **GUILTY), count(2, "OF61018"), "open"),
        (count(1, "OF61016", result("1002"), **GUILTY), count(2, "OF61018", **NOT_GUILTY), "closed"),
        (count(1, "OF61016", result("1002"), **GUILTY), count(2, "OF61018", result("1002"), **GUILTY), "closed"),
        (count(1, "OF61016", result("1002"), **GUILTY), count(2, "OF61018", result("2063")), "closed"),
        (count(1, "OF61016", **NOT_GUILTY), count(2, "OF61018"), "open"),
        (count(1, "OF61016", result("2063")), count(2, "OF61018"), "open"),
        (count(1, "OF61016", result("1002"), **GUILTY), count(2, "BA76001"), "closed"),
    ],
    ids=["one-to-come", "one-acquitted", "both-sentenced", "one-stopped", "acquitted", "stopped", "bail"],
)
def test_a_statement_can_be_made_until_the_last_count_is_dealt_with(first, second, state):
    assert vps(read(court(first, second))) == state


def test_a_count_of_another_victim_keeps_nobody_waiting():
    own = count(1, "OF61016", result("1002"), victims=[{"id": "V1"}], **GUILTY)
    other = count(2, "OF61018", victims=[{"id": "V2"}])
    windows = [w for w in assess(read(court(own, other))).windows if w.scheme.id == "victim-personal-statement"]

    assert {window.victim: window.state.value for window in windows} == {"V1": "closed", "V2": "open"}


def test_an_arrest_for_several_counts_happened_once():
    case = read(court(count(1, arrestDate="2026-05-02"), count(2, "OF61018", arrestDate="2026-05-02")))

    assert [(e.event, e.offence) for e in case.events] == [("suspect-arrested", None), ("suspect-charged", None)]


def test_one_offence_of_two_defendants_ends_for_one_of_them():
    case = read(court(count(1, "OF61016", result("2063")), D2=[count(2)]))

    assert decisions(case) == [("proceedings-stopped", None)]
    assert [event.suspect for event in case.events if event.event == "proceedings-stopped"] == ["D1"]
    assert vps(case) == "open"


def test_another_offence_of_another_defendant_is_not_ended_with_it():
    case = read(court(count(1, "OF61016", result("2063")), D2=[count(2, "OF61018")]))

    assert decisions(case) == [("proceedings-stopped", "O1")]


# --- whose offence it was is not known ----------------------------------------------------------------------------


def statuses(case, duty="inform-proceedings-stopped"):
    return {(o.victim, o.trigger.offence): o.status.value for o in assess(case).find(duty)}


SIDE = count(2, "CJ88149", result("2063"))


def listing(*victims):
    return {"victims": [{"id": victim} for victim in victims]}


def test_the_end_of_a_count_concerns_every_victim_if_no_count_lists_any():
    case = read(court(count(1), SIDE, victims=["V1"]))

    assert statuses(case) == {("V1", "O2"): "overdue"}
    assert "VC-READ-118" in {fault.code for fault in case.faults}


def test_whether_the_end_of_an_unlisted_count_concerns_a_victim_is_not_known():
    case = read(court(count(1, **listing("V1")), SIDE, victims=["V1"]))
    (stopped,) = assess(case).find("inform-proceedings-stopped")

    assert (stopped.status.value, stopped.urgency.value) == ("cannot-tell", "act-now")
    assert stopped.missing_facts[0].id == "offence_victims"
    assert "It is not known whether V1 is a victim of it." in stopped.explain().to_text()
    asked = [q["about"] for q in assess(case).to_dict()["questions"] if q["id"] == "offence_victims"]
    assert asked[-1].startswith("event proceedings stopped")
    assert asked[-1].endswith("(D1)")


def test_a_right_to_review_of_an_unlisted_count_is_not_known_either():
    case = read(court(count(1, **listing("V1")), SIDE, victims=["V1"]))
    (review,) = [w for w in assess(case).windows if w.scheme.id == "cps-right-to-review"]

    assert review.applies is None
    assert "offence_victims" in {one.id for one in review.missing_facts}
    assert "Is this victim a victim of the offence that the record names?" in review.explain().to_text()


@pytest.mark.parametrize(
    ("first", "second"),
    [(["V1"], ["V1"]), ([], None), (["V2"], None)],
    ids=["listed", "the-other-has-none", "the-other-has-another"],
)
def test_a_listed_victim_or_the_only_offence_left_is_certain(first, second):
    listed = {} if second is None else listing(*second)

    case = read(court(count(1, **listing(*first)), {**SIDE, **listed}, victims=["V1", "V2"]))

    assert statuses(case)["V1", "O2"] == "overdue"


def test_being_told_of_an_unlisted_count_fulfils_the_duty_if_it_is_owed():
    case = read(court(count(1, **listing("V1")), SIDE, victims=["V1"]))
    told_of = Event(
        event="victim-informed", about="proceedings-stopped", at=date(2026, 6, 8), victim="V1", offence="O2"
    )
    case = Case(reference="C", victims=case.victims, offences=case.offences, events=[*case.events, told_of])

    assert statuses(case) == {("V1", "O2"): "met"}


def told_of_a_count():
    offences = [Offence(reference="O1", victims=["V1"]), Offence(reference="O2")]
    stopped = Event(event="proceedings-stopped", at=date(2026, 6, 5))
    told_of = Event(event="victim-informed", about="proceedings-stopped", at=date(2026, 6, 8), offence="O2")
    return Case(reference="C", victims=[Victim(reference="V1")], offences=offences, events=[stopped, told_of])


def test_a_telling_on_an_unlisted_count_does_not_answer_for_the_whole_case():
    assert statuses(told_of_a_count()) == {("V1", None): "overdue"}


MAY_CONCERN = ("needs-assessed", "updates-declined", "victim-died")


def perhaps_of_the_victim(event):
    offences = [Offence(reference="O1", victims=["V1"]), Offence(reference="O2")]
    events = [
        Event(event="suspect-arrested", at=date(2026, 6, 5)),
        Event(event=event, at=date(2026, 6, 4), offence="O2"),
    ]
    return Case(reference="C", victims=[Victim(reference="V1")], offences=offences, events=events)


@pytest.mark.parametrize("event", MAY_CONCERN)
def test_what_only_may_concern_a_victim_closes_nothing_for_them(event):
    (arrest,) = assess(perhaps_of_the_victim(event)).find("inform-suspect-arrested")

    assert (arrest.status.value, arrest.track.value) == ("overdue", "unknown")


# --- an empty list of victims -------------------------------------------------------------------------------------


def test_an_empty_list_says_that_an_offence_has_no_victim_of_the_case():
    case = read(court(count(1), {**SIDE, "victims": []}, victims=["V1"]))

    assert [offence.victims for offence in case.offences] == [None, ()]
    assert decisions(case) == []
    assert "(2): suspect-charged on CJ88149, proceedings-stopped on CJ88149." in said(case)
    assert Case.from_json(case.to_json()) == case


def test_empty_lists_on_every_offence_are_read_as_not_told():
    case = read(court(count(1, "OF61016", result("2063"), victims=[]), victims=["V1"]))

    assert [offence.victims for offence in case.offences] == [None]
    assert "No victim is listed for any offence." in said(case)
    assert statuses(case) == {("V1", "O1"): "overdue"}


WITHOUT_VICTIMS = (["O1"], ["O1", "O2"])


def without_victims(references):
    offences = [Offence(reference=reference, victims=[]) for reference in references]
    events = [Event(event="suspect-arrested", at=date(2026, 6, 5)), Event(event="sentence-passed", at=date(2026, 6, 5))]
    events += [Event(event="proceedings-stopped", at=date(2026, 6, 5), offence="O1")]
    return Case(reference="C", victims=[Victim(reference="V1")], offences=offences, events=events)


@pytest.mark.parametrize("references", WITHOUT_VICTIMS)
def test_a_case_file_whose_offences_have_no_victim_warns_and_hides_nothing(references):
    case = without_victims(references)

    assert "VC-CASE-107" in {fault.code for fault in assess(case).faults}
    assert len(assess(case).find("inform-suspect-arrested")) == 1
    assert statuses(case) == {("V1", "O1"): "overdue"}


# --- one reference, two offences ----------------------------------------------------------------------------------


def twice(**more):
    return court(count(1), {**count(1, "CJ88149", result("2063")), **more})


def test_two_offences_with_one_reference_are_told_apart_and_named():
    case = read(twice())

    assert [(o.reference, o.cjs_code) for o in case.offences] == [("O1", "OF61016"), ("O1 (2)", "CJ88149")]
    assert decisions(case) == [("proceedings-stopped", "O1 (2)")]
    assert said(case, "VC-READ-123") == "Another offence has the reference 'O1'."


def test_two_defendants_with_one_reference_of_an_offence_have_two():
    case = read(court(count(1), D2=[count(1, "OF61016", result("2063"))]))

    assert [offence.reference for offence in case.offences] == ["O1", "O1 (2)"]
    assert said(case, "VC-READ-123")


def test_one_offence_at_two_hearings_is_one_and_its_dates_are_compared():
    def hearing(number, start):
        return {"id": f"H{number}", "defendants": [{"id": "D1", "offences": [count(1, startDate=start)]}]}

    (case,) = common_platform.read_cases({**URN, "hearings": [hearing(1, "2026-05-01"), hearing(2, "2026-04-30")]})

    assert [(o.reference, o.committed_on) for o in case.offences] == [("O1", date(2026, 4, 30))]
    assert said(case, "VC-READ-103") == "The record gives 2 dates for the offence 'O1'."


def test_a_sequence_number_given_twice_to_one_defendant_is_two_offences():
    message = session(("OF61016", "4027"), ("CJ88149", "2063")).replace(b"Number>2<", b"Number>1<")

    assert [offence.reference for offence in read(message).offences] == ["D1 offence 1", "D1 offence 1 (2)"]


# --- a result on the whole case -----------------------------------------------------------------------------------

STOPPED = {"defendantCaseJudicialResults": [result("2063", "2026-06-05", category="FINAL")]}
LISTED = {"nextHearing": {"listedStartDateTime": "2026-11-03T10:00:00Z"}}


def whole(*offences):
    case = {**URN, "defendants": [{"id": "D1", "offences": list(offences), **STOPPED}], "victims": [{"id": "V1"}]}
    return read({"hearing": {"id": "H1", "jurisdictionType": "CROWN", "prosecutionCases": [case]}})


def test_a_result_on_the_whole_case_ends_all_its_offences():
    assert decisions(whole(count(1), count(2, "OF61018"))) == [("proceedings-stopped", None)]
    assert decisions(whole(count(1))) == [("proceedings-stopped", "O1")]


@pytest.mark.parametrize(
    ("open_count", "why"),
    [
        (count(1, "OF61016", result("4027", **LISTED)), "listed for Tuesday 3 November 2026"),
        (count(1, "OF61016", result("4027", nextHearing={"dateToBeFixed": True})), "adjourned on Friday 5 June 2026"),
        (count(1, plea={"pleaDate": "2026-06-20", "pleaValue": "NOT_GUILTY"}), "plea on Saturday 20 June 2026"),
    ],
    ids=["hearing", "adjourned", "plea"],
)
@pytest.mark.parametrize("others", [(), (count(2, "CJ88149"),)], ids=["alone", "with-another"])
def test_a_result_on_the_whole_case_does_not_end_what_is_still_to_be_tried(open_count, why, others):
    case = whole(open_count, *others)
    expected = (
        f"'proceedings-stopped' of Friday 5 June 2026 is on the whole case,"
        f" and the offence 'O1' is still to be tried ({why})."
    )

    assert decisions(case) == [("proceedings-stopped", "O2")] * len(others)
    assert said(case, "VC-READ-116") == expected
    assert vps(case) == "open"
    page = vc.VictimsCode.load().assess(case, as_at=AS_AT)
    for shown in (page.to_markdown(), page.to_html(), str(page.to_dict())):
        assert "is still to be tried" in shown


def test_a_hearing_that_was_over_contradicts_no_result_on_the_whole_case():
    past = {"nextHearing": {"listedStartDateTime": "2026-06-04T10:00:00Z"}}
    case = whole(count(1, "OF61016", result("4027", "2026-05-20", **past)))

    assert decisions(case) == [("proceedings-stopped", "O1")]


def test_victims_of_an_offence_are_those_it_lists():
    message = court(
        count(1, "OF61016", victims=[{"id": "V1"}]), count(2, "CJ88149", result("1002"), victims=[{"id": "V2"}])
    )
    case = read(message)

    assert [offence.victims for offence in case.offences] == [("V1",), ("V2",)]
    assert decisions(case) == [("sentence-passed", "O2")]


def test_dates_are_those_of_their_offence():
    wrong = count(2, "OF61018", startDate="2026-05-04", chargeDate="2026-05-02")
    case = read(court(count(1, startDate="1979-06-01"), wrong))

    assert [offence.committed_on for offence in case.offences] == [date(1979, 6, 1), None]
    assert "before the offence on Monday 4 May 2026" in said(case, "VC-READ-101")


def test_the_sentence_on_a_side_offence_says_nothing_of_another():
    year = {"durationElement": {"primaryDurationValue": 2, "primaryDurationUnit": "Y"}}
    case = read(court(count(1, "OF61016", result("1015")), count(2, "RT88191", result("1002", **year))))
    flags = [{flag.fact for flag in offence.flags} for offence in case.offences]

    assert "custody-of-12-months-or-more" not in flags[0]
    assert "custody-of-12-months-or-more" in flags[1]


def test_a_mark_on_one_offence_is_a_flag_of_that_offence():
    marked = count(1, caseMarkers=[{"markerTypeCode": "DV"}])
    case = read(court(marked, count(2, "OF61018", result("4027", qualifier="B"))))

    assert [[flag.fact for flag in offence.flags] for offence in case.offences] == [["domestic-abuse"], ["hate-crime"]]


def test_offence_codes_classify_each_offence_by_itself():
    (case,) = common_platform.read_cases(court(count(1, "TH68006"), count(2, "OF61016")), classify_offences=True)
    held = [{flag.fact for flag in offence.flags if flag.value} for offence in case.offences]

    assert ["wounding-or-gbh-with-intent" in flags for flags in held] == [False, True]


# --- several records ----------------------------------------------------------------------------------------------


def test_records_of_one_case_agree_on_their_offences_by_code_and_date():
    charge = {"CJSCode": {"Code": {"Alternative": {"ActOrSource": "OF", "Year": "61"}, "Reason": "018"}}}
    urn = {"Force": "28", "Unit": "DI", "Number": "00001", "Year": "26"}
    police = dcf.read_case({"PreChargeDecisionRequest": {"PTIURN": urn, "PossibleOrProposedCharge": [charge]}})
    (case,) = combined([police, *common_platform.read_cases(court(count(1), count(2, "OF61018", result("2063"))))])

    assert [offence.cjs_code for offence in case.offences] == ["OF61018", "OF61016"]
    assert decisions(case) == [("proceedings-stopped", "OF61018")]


def test_a_digital_case_file_says_who_the_victims_of_each_offence_are():
    def charge(number, reason):
        code = {"Code": {"Alternative": {"ActOrSource": "OF", "Year": "61"}, "Reason": reason}}
        return {"OffenceId": number, "CJSCode": code}

    def victim(number, *offences):
        return {"TypeOfPerson": "Victim", "Person": {"UniqueId": number}, "Victim": {"XOffenceId": list(offences)}}

    urn = {"Force": "28", "Unit": "DI", "Number": "00001", "Year": "26"}
    people = [victim("V1", "1"), victim("V2", "1", "2", "9")]
    charges = [charge("1", "016"), charge("2", "018")]
    message = {"PTIURN": urn, "PossibleOrProposedCharge": charges, "VictimWitness": people}
    case = dcf.read_case({"PreChargeDecisionRequest": message})

    assert [(offence.reference, offence.victims) for offence in case.offences] == [("1", ("V1", "V2")), ("2", ("V2",))]
    assert "does not tell of the offence '9' of this victim" in said(case, "VC-READ-103")


def test_records_that_give_the_only_offence_different_codes_say_so():
    one = Case(reference="C1", victims=[Victim(reference="V")], offence=Offence(cjs_code="OF61016"))
    (case,) = combined(
        [one, Case(reference="c1", victims=[Victim(reference="V")], offence=Offence(cjs_code="OF61018"))]
    )

    assert case.offence.cjs_code is None
    assert "different codes (OF61016, OF61018)" in said(case, "VC-READ-104")


TWO_CODES = ("OF61016", "SX03001")


def in_two_records(first, second):
    """A court that tells two offences apart and stops one, and a force that speaks of the whole case."""
    victims = [Victim(reference="V1"), Victim(reference="V2")]
    stopped = Event(event="proceedings-stopped", at=date(2026, 5, 3), suspect="D1")
    told = [
        Offence(reference="O1", cjs_code="OF61016", victims=first),
        Offence(reference="O2", cjs_code="OF61018", victims=second),
    ]
    court = Case(reference="C1", victims=victims, offences=told, events=[evolve(stopped, offence="O1")])
    (case,) = combined([court, Case(reference="C1", victims=victims, events=[stopped])])
    return case


def test_an_end_without_an_offence_is_named_where_another_names_one():
    case = in_two_records(None, None)

    assert decisions(case) == [("proceedings-stopped", "O1")]
    assert "name no offence, on a day on which another record names one (1): proceedings-stopped" in said(
        case, "VC-READ-104"
    )


def test_an_end_without_an_offence_stays_where_others_would_not_hear_of_it():
    case = in_two_records(["V1"], ["V2"])
    told = assess(case).find("inform-proceedings-stopped")

    assert {obligation.victim for obligation in told} == {"V1", "V2"}
    assert said(case, "VC-READ-104") == ""


def test_an_end_without_an_offence_is_the_same_where_no_other_has_a_victim():
    assert said(in_two_records(["V1", "V2"], []), "VC-READ-104") == ""


def test_records_that_give_one_of_several_offences_different_codes_say_so():
    told = [[Offence(reference="O1", cjs_code=code), Offence(reference="O2", cjs_code="OF61018")] for code in TWO_CODES]
    (case,) = combined([Case(reference="C1", victims=[Victim(reference="V1")], offences=each) for each in told])

    assert [offence.cjs_code for offence in case.offences] == ["SX03001", "OF61018"]
    assert "the offence 'O1' different codes (OF61016, SX03001)" in said(case, "VC-READ-104")


@pytest.mark.parametrize("reference", ["O1", None])
def test_records_that_give_an_offence_different_days_say_so(reference):
    told = [Offence(reference=reference, committed_on=date(2026, month, 1)) for month in (1, 2)]
    (case,) = combined([Case(reference="C1", victims=[Victim(reference="V1")], offence=one) for one in told])

    assert case.offence.committed_on == date(2026, 2, 1)
    assert "different days (Thursday 1 January 2026, Sunday 1 February 2026)" in said(case, "VC-READ-104")


def test_what_a_record_of_the_whole_case_says_counts_for_every_offence_with_a_victim():
    police = Case(
        reference="28DI0000126",
        victims=[Victim(reference="V1")],
        offence=Offence(cjs_code="OF61016", flags=["domestic-abuse"]),
        events=[Event(event="suspect-charged", at=date(2026, 5, 3), suspect="D1")],
    )
    (case,) = combined([police, *common_platform.read_cases(court(count(1), count(2, "BA76001", chargeDate=None)))])

    assert [[flag.fact for flag in offence.flags] for offence in case.offences] == [["domestic-abuse"], []]
    assert [(event.event, event.offence) for event in case.events] == [("suspect-charged", "O1")]


def test_a_later_message_corrects_the_offence_it_is_about():
    first = court(count(1, "OF61016", result("2063")), count(2, "OF61018"))
    later = court(count(1, "OF61016"), count(2, "OF61018", result("2063")))
    (case,) = common_platform.read_messages([first, later])

    assert [(e.offence, e.withdrawn) for e in case.events if e.event == "proceedings-stopped"] == [
        ("O1", False),
        ("O1", True),
        ("O2", False),
    ]


def test_a_victim_whom_a_later_message_no_longer_lists_is_not_asked_for():
    first = court(count(1, victims=[{"id": "V1"}]), count(2, "OF61018", victims=[{"id": "V2"}]))
    later = court(count(1, victims=[{"id": "V1"}]), count(2, "OF61018", result("2063")))
    (case,) = common_platform.read_messages([first, later])

    assert [victim.reference for victim in case.victims] == ["V1"]
    assert [offence.victims for offence in case.offences] == [("V1",), None]


def test_that_an_offence_has_no_victim_may_show_only_in_several_records():
    bail = court(count(2, "BA76001", result("1057"), chargeDate=None))
    (case,) = combined([*common_platform.read_cases(court(count(1))), *common_platform.read_cases(bail)])

    assert [offence.victims for offence in case.offences] == [None, ()]
    assert said(case) == "Decisions on offences without a victim (1): sentence-passed on BA76001."
    assert vps(case) == "open"
    assert assess(case).find("inform-sentence-passed") == ()


CODES = st.sampled_from(["OF61016", "OF61018", "BA76001", "CJ88149", None, "odd code"])
RESULTS = st.lists(st.sampled_from(["1002", "2063", "2004", "4027", "1057", "9999"]).map(result), max_size=2)
DAYS = st.sampled_from(["2026-05-01", "1979-06-01", "2026-06-30", "0001-01-01T00:00:00Z", None])
PEOPLE = st.lists(st.sampled_from(["V1", "V2", "V3"]).map(lambda v: {"id": v, "dateOfBirth": "2020-01-01"}), max_size=2)
COUNTS = st.builds(
    lambda number, code, results, on, people: count(number, code, *results, startDate=on, victims=people),
    st.integers(1, 3),
    CODES,
    RESULTS,
    DAYS,
    PEOPLE,
)
COURTS = st.builds(
    lambda offences, others, people: court(*offences, victims=people, D2=others),
    st.lists(COUNTS, max_size=3),
    st.lists(COUNTS, max_size=2),
    st.lists(st.sampled_from(["V1", "V4"]), max_size=2),
)


@settings(deadline=None, max_examples=20)
@given(st.lists(COURTS, min_size=1, max_size=3))
def test_however_offences_and_victims_change_between_messages_no_case_is_lost(messages):
    together = [
        *common_platform.read_messages(messages),
        *combined(case for message in messages for case in common_platform.read_cases(message)),
    ]

    assert [case.reference for case in together] == ["28DI0000126"] * 2
    for case in together:
        assert Case.from_dict(case.to_dict()).offences == case.offences
        assert assess(case).obligations is not None


# --- both engines, and cases from practice ------------------------------------------------------------------------


def test_both_engines_agree_on_cases_with_several_offences():
    cases = [
        read(court(count(1), count(2, "BA76005", result("2063")))),
        read(court(count(1, "OF61016", result("2005")), count(2, "OF61018", result("1002")), count(3))),
        read(
            court(count(1, victims=[{"id": "V1"}]), count(2, "CJ88149", result("1002"), victims=[{"id": "V2"}]))
            | {"sharedTime": "2026-06-06T10:00:00Z"}
        ),
        told_of_a_count(),
        *map(perhaps_of_the_victim, MAY_CONCERN),
        *map(without_victims, WITHOUT_VICTIMS),
    ]
    named = [Case.from_dict({**case.to_dict(), "reference": f"C{n}"}) for n, case in enumerate(cases)]
    wrong = differences(named, as_at=AS_AT)

    assert not wrong, told(wrong, as_at=AS_AT)
