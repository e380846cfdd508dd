"""A listed word given as text is the word, in every class and function; other text is refused."""

from __future__ import annotations

import inspect
import re
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from attrs import fields, has

from victims_code import commissioning
from victims_code.commissioning import governance, money, outcomes, powers, registers, returns, services
from victims_code.commissioning.money.specified_information import SpecifiedItem
from victims_code.commissioning.outcomes.measures import MeasureDefinition
from victims_code.commissioning.returns.mapping import FigureMeaning, MappedColumn, MappedRow
from victims_code.commissioning.returns.receipts import ReturnStatus
from victims_code.errors import VictimsCodeError
from victims_code.figures import ReportingPeriod

DAY = date(2026, 4, 1)
ROOMS = [import_module(f"victims_code.commissioning.{name}") for name in commissioning.__all__]
CITED = {"cites": (), "evidence": "text"}
POWER = powers.Powers.load().get("asbcpa-2014-s143")
AREA = powers.police_area("west-mercia")
LINE = {"provider": "harbour", "period": ReportingPeriod.quarter(2025, 1), "section": "output", "measure": "referrals"}
SERVICE = {
    "reference": "S1",
    "name": "Outreach",
    "kind": "outreach",
    "provider": "A charity",
    "arrangement": "grant",
    "commissioner": "PCC",
    "areas": ["west-mercia"],
}
NEEDS = {
    "reference": "N1",
    "victim": "V1",
    "route": "self-referral",
    "scale": services.NeedScale(lowest=0, highest=10, direction="higher-is-better"),
    "assessments": [services.AssessedNeeds(on=DAY, scores={"finance-and-benefits": 3})],
}


def values_of(thing):
    return {one.name: getattr(thing, one.name) for one in fields(type(thing)) if one.init}


TIED = outcomes.TiedFigure(measure="a")
EXAMPLES = {
    powers.Act: values_of(powers.known_acts()["prsra-2011"]),
    powers.CitationVerdict: {"text": "s.1", "standing": "right", "right_citation": None},
    powers.LocalPolicingBody: {"area": "kent", "role": None, "title": None, "cites": (), "evidence": "text"},
    powers.PoliceArea: values_of(AREA),
    powers.PolicingRole: values_of(powers.roles()["pcc"]),
    powers.Power: values_of(POWER),
    powers.Tenure: values_of(AREA.governance[0]),
    services.AreaFigure: {"counted": "victims", "number": 1, "period": "2025-26", "source": "Police"},
    services.AreaNeedsAssessment: {"reference": "N", "area": "west-mercia", "assessed_on": DAY},
    services.AssessedNeeds: {"on": DAY, "scores": {"finance-and-benefits": 3}},
    services.JourneyEvent: {"event": "suspect-charged", "on": DAY},
    services.NeedScale: {"lowest": 0, "highest": 10, "direction": "higher-is-better"},
    services.FrontDoor: {"reference": "D", "area": "kent", "model": "in-house", "parts": ()},
    services.FrontDoorPart: {"part": "triage"},
    services.NeedsAssessment: NEEDS,
    services.ToldAtFirstContact: {"item": "medical-support"},
    services.Opening: {"days": ("monday",)},
    services.Phone: {"number": "0300 123 4567"},
    services.Referral: {"reference": "R1", "victim": "V1", "to": "VAL", "basis": "consented"},
    services.RestorativePart: {"part": "explain-the-impact"},
    services.Service: SERVICE,
    services.ServiceLocation: {"name": "The hub"},
    outcomes.ExternalScale: {"title": "Ladder", "lowest": 0, "highest": 1, "direction": "higher-is-better"},
    outcomes.MeasureDefinition: {"text": "x"},
    outcomes.TiedFigure: {"measure": "a"},
    outcomes.MeasureTie: {"total": TIED, "parts": (TIED,), **CITED},
    outcomes.Outcome: {"id": "a", "title": "A", **CITED},
    outcomes.OutcomeCategory: {"id": "a", "title": "A", **CITED},
    outcomes.OutcomeFramework: {"id": "a", "title": "A", "publisher": "P", **CITED},
    outcomes.OutcomeMeasure: {
        "id": "a",
        "title": "A",
        "kind": "number",
        "section": "output",
        "direction": "demand",
        "counted": "people",
        "definitions": [MeasureDefinition(text="x")],
        **CITED,
    },
    outcomes.Questionnaire: values_of(outcomes.Questionnaire.load("core-10")),
    returns.Adjustment: {"kind": "missing", "what": "x"},
    returns.Correction: {
        "provider": "a",
        "period": LINE["period"],
        "measure": "m",
        "was": 1,
        "now": 2,
        "why": "x",
        "column": "value",
    },
    returns.ReportedLine: LINE,
    returns.Receipt: {"provider": "a", "period": "2025-26 Q1", "received": DAY},
    ReturnStatus: {
        "provider": "a",
        "name": "A",
        "period": LINE["period"],
        "due": None,
        "received": None,
        "sent_back": None,
        "state": "overdue",
        "working_days_late": None,
    },
    FigureMeaning: {},
    MappedColumn: {"column": "Referrals"},
    MappedRow: {"text": "Referrals"},
    returns.ReturnColumn: {"name": "a", "kind": "text", "says": "x"},
    money.AwardsPublisher: {"name": "PCC"},
    SpecifiedItem: {"id": "1", "title": "T", **CITED},
    money.Award: {
        "reference": "A",
        "kind": "grant",
        "funder": "F",
        "recipient": "R",
        "amount": 1,
        "first": DAY,
        "last": DAY,
    },
    money.AwardMeeting: {"kind": "grant-visit", "due": DAY},
    money.Bid: {"reference": "B", "title": "T", "asked": 1, "submitted_on": DAY},
    money.FundingStream: values_of(money.FundingStream.load("moj-core")),
    governance.AspectStanding: {"aspect": "overall"},
    governance.Board: {"title": "Board"},
    governance.Checklist: {"of": "victims-advocate", "title": "T"},
    governance.CommissioningCycle: {"title": "2026/27"},
    governance.Consequence: {"on": DAY, "kind": "none", "why": "x"},
    governance.CycleActivity: {"activity": "map-services-and-gaps"},
    governance.DecisionRecord: {
        "reference": "PCC/D/2018/12",
        "title": "T",
        "commissioner": "PCC",
        "summary": "s",
        "proposal": "p",
        "part_1": governance.PublicPart(supporting_report="x"),
    },
    governance.Engagement: {"kind": "staff"},
    governance.ExemptPart: {"report": "x"},
    governance.Inspection: {"reference": "I", "title": "T", "by": ["hmicfrs"], "published_on": DAY},
    governance.KeyFigure: {"title": "Coped", "direction": "higher-is-better"},
    governance.ObjectiveStanding: {"objective": "A"},
    governance.Plan: {"reference": "P", "title": "T", "kind": "delivery-plan"},
    governance.Recommendation: {"reference": "1", "what": "w", "why": "x"},
    governance.Risk: {
        "reference": "R1",
        "cause": "c",
        "event": "e",
        "impact": "i",
        "current": governance.RiskScore(likelihood=1, impact=1),
    },
    governance.RiskLog: {"board": "Board", "scale": "four-by-four"},
    registers.Complaint: {"reference": "C1", "received_on": DAY, "received_by": "pcc", "answered_on": DAY},
    registers.Feedback: {"reference": "F1", "on": DAY, "channel": "direct", "kind": "praise"},
    registers.ReviewRequest: {
        "reference": "V1",
        "scheme": "police-right-to-review",
        "requested_on": DAY,
        "decided_on": DAY,
    },
}
"""What each public class with a listed word can be built of."""


def listed(kind):
    """The listed words in a type: each enumeration, and each list of a vocabulary."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        yield kind
    elif get_origin(kind) is Annotated:
        yield from (kind,) if get_args(kind)[0] is str else ()
    else:
        for inner in get_args(kind):
            yield from listed(inner)


def typed(thing, source):
    return {name: kind for name, kind in get_type_hints(source, include_extras=True).items() if [*listed(kind)]}


def classes():
    for room in ROOMS:
        for name in room.__all__:
            thing = getattr(room, name)
            if has(thing) and inspect.isclass(thing):
                own = {one.name for one in fields(thing) if one.init}
                if found := {name: kind for name, kind in typed(thing, thing).items() if name in own}:
                    yield thing, found


def functions():
    """Every public function and method with an argument that is a listed word."""
    for room in ROOMS:
        for name in room.__all__:
            thing = getattr(room, name)
            members = vars(thing).values() if inspect.isclass(thing) and has(thing) else [thing]
            for member in members:
                plain = inspect.unwrap(getattr(member, "__func__", member))
                if inspect.isfunction(plain) and not plain.__name__.startswith("_"):
                    found = typed(plain, plain)
                    found.pop("return", None)
                    if found:
                        yield plain, found


FIELDS = [(kind, name, type_) for kind, found in classes() for name, type_ in found.items()]


def as_given(type_, word):
    """A value of a type in which every listed word is this text."""
    origin, inner = get_origin(type_), get_args(type_)
    if origin is tuple:
        return [as_given(inner[0], word)]
    if isinstance(origin, type) and origin is not Annotated and "Mapping" in origin.__name__:
        keyed = [*listed(inner[0])]
        return {word if keyed else "a": 1 if inner[1] is Decimal else "why" if inner[1] is str else True}
    if [*listed(type_)] and inner and origin is not Annotated:
        return as_given(next(one for one in inner if [*listed(one)]), word)
    return word


def test_every_class_with_a_listed_word_has_an_example():
    assert {kind for kind, _, _ in FIELDS} == set(EXAMPLES)


@pytest.mark.parametrize(("kind", "name", "type_"), FIELDS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_text_of_a_listed_word_is_the_word(kind, name, type_):
    for words in listed(type_):
        if isinstance(words, type):
            for member in words:
                built = None
                given = {**EXAMPLES[kind], name: as_given(type_, str(member.value))}
                try:
                    built = kind(**given)
                except VictimsCodeError:  # such as a scale of which `demand` is the good end
                    with pytest.raises(VictimsCodeError):
                        kind(**{**given, name: as_given(type_, member)})
                    continue
                assert getattr(built, name) == as_given(type_, member)
                assert type(getattr(built, name)) is words
                assert built == kind(**{**given, name: as_given(type_, member)})


@pytest.mark.parametrize(("kind", "name", "type_"), FIELDS, ids=lambda one: getattr(one, "__name__", ""))
def test_text_that_is_not_listed_is_refused_with_a_suggestion(kind, name, type_):
    with pytest.raises(VictimsCodeError) as refused:
        kind(**{**EXAMPLES[kind], name: as_given(type_, "no-such-word")})
    found = [fault for fault in refused.value.faults if name in fault.location]
    assert found
    assert any(re.match("Did you mean|Write |[A-Z][a-z ]+: .", fault.hint) for fault in found)


def test_each_of_the_answers_that_were_wrong_is_right_now():
    assert governance.rate(50, 90, "higher-is-better").band == "red"
    assert governance.rate(1352, 900, "demand").band is None
    scale = services.NeedScale(lowest=0, highest=10, direction="higher-is-better")
    assert scale.towards(Decimal(5)).value == "better"
    assert (
        governance.Risk(**{**EXAMPLES[governance.Risk], "state": "closed"}).state is governance.risks.EntryState.CLOSED
    )
    bare = {key: value for key, value in SERVICE.items() if key != "commissioner"}
    assert not services.Service(**{**bare, "arrangement": "not-commissioned"}).commissioned


def test_every_function_takes_the_text_of_a_listed_word():
    service, directory = services.Service(**SERVICE), services.Directory(services=[])
    course = governance.ServiceCourse(service="S1")
    calls = {
        "rate": lambda word: governance.rate(1, 1, word),
        "serves": lambda word: service.serves(word),
        "is_for": lambda word: service.is_for(word),
        "meets": lambda word: service.meets(word),
        "serves_place": lambda word: service.serves_place(word),
        "speaks": lambda word: service.speaks(word),
        "offers": lambda word: service.offers(word),
        "from_open_referral": lambda word: services.from_open_referral("[]", area=word),
        "has_need": lambda word: services.NeedsAssessment(**NEEDS).has_need(word),
        "open_referral_file": lambda word: services.open_referral_file("none.json", area=word),
        "gap_map": lambda word: services.gap_map(directory, area=word, on=DAY),
        "find": lambda word: directory.find(need=word, area=word, group=word, on=DAY),
        "remarks_on_place": lambda word: directory.remarks_on_place(place="Ludlow, Shropshire", area=word, on=DAY),
        "move": lambda word: course.move(word, on=DAY),
        "parse": lambda word: governance.decisions.DecisionReference.parse("x", area=word),
    }
    assert {function.__name__ for function, _ in functions()} - {"towards"} <= set(calls)
    for call in calls.values():
        with pytest.raises(VictimsCodeError) as refused:
            call("no-such-word")
        assert refused.value.faults[0].hint


@pytest.mark.parametrize("area", ["22", "E23000016", "west-mercia"])
def test_an_area_is_known_by_every_name_it_has(area):
    service = services.Service(**{**SERVICE, "areas": [area]})
    needs = services.NeedsAssessment(**NEEDS, area=area)
    directory = services.Directory(services=[service], with_national=False)

    assert service.areas == ("west-mercia",)
    assert needs.area == "west-mercia"
    assert service.serves(area)
    assert [found.service for found in directory.find(area=area, on=DAY)] == [service]
    assert services.Service.from_dict({**SERVICE, "areas": [area]}).areas == ("west-mercia",)


MONEY = [
    (governance.Funding, {"fund": "F"}, "amount"),
    (money.Spending, {"on": DAY}, "amount"),
    (money.RingFence, {"purpose": "ISVA"}, "amount"),
    (money.Award, EXAMPLES[money.Award], "amount"),
    (returns.ReportedLine, LINE, "amount"),
]


@pytest.mark.parametrize(("kind", "given", "name"), MONEY, ids=lambda one: getattr(one, "__name__", ""))
def test_money_given_as_text_is_money_or_refused(kind, given, name):
    for text in ("£65,000.50", "65,000.50", Decimal("65000.50")):
        assert getattr(kind(**{**given, name: text}), name) == Decimal("65000.50")
    for text in ("65,00", "1371001.00 pounds", "1.005", 0.5):
        with pytest.raises(VictimsCodeError):
            kind(**{**given, name: text})


def test_money_in_a_file_is_written_as_people_write_it():
    assert governance.Funding.from_yaml("fund: F\namount: £65,000").amount == Decimal("65000.00")


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_every_object_prints_in_one_line(kind):
    shown = repr(kind(**EXAMPLES[kind]))

    assert shown.startswith(f"<{kind.__name__} ")
    assert "\n" not in shown
    assert len(shown) <= 200
