"""A wrong type from Python raises the library's error, which names the argument and a form that works."""

import inspect
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas
import pytest

import victims_code as vc
from victims_code import compliance, figures
from victims_code.adapters import combined, common_platform, dcf, home_office_outcomes, police_uk, spi
from victims_code.adapters.extracts import check_together
from victims_code.commissioning import powers, returns, services
from victims_code.errors import VictimsCodeError, WrongTypeError
from victims_code.offences import classify_offence, flags_of, with_classified_offence
from victims_code.schemas import schema

CODE = vc.VictimsCode.load()
CALENDAR = vc.england_and_wales()
DAY = date(2026, 4, 2)
CASE = vc.Case(
    reference="A1",
    victims=[vc.Victim(reference="V1")],
    events=[vc.Event(event="suspect-arrested", at=DAY, suspect="S1")],
)
RESULT = CODE.assess(CASE, as_at=date(2026, 4, 20))
DUTY = "inform-suspect-arrested"

SAID = [
    (lambda: CODE.assess({"reference": "A1"}, as_at=DAY), "case", "a Case", "Case.from_dict"),
    (lambda: CODE.assess(CASE, as_at="2026-04-20"), "as_at", "A date is needed", "date.fromisoformat"),
    (lambda: CODE.assess(CASE, as_at=DAY, known_on=5), "known_on", "A date is needed", "datetime.date"),
    (lambda: CODE.assess(CASE, as_at=DAY, calendar="E&W"), "calendar", "a WorkingDayCalendar", "england_and_wales"),
    (lambda: RESULT.find(DUTY, victm="V1"), "victm", "narrowed", "'victim'"),
    (lambda: RESULT.find(DUTY, victim=1), "victim", "text", "reference"),
    (lambda: RESULT.find(None), "duty", "text", "text"),
    (lambda: vc.Case(reference="A1", victims=[{"reference": "V1"}]), "Case.victims[0]", "a Victim", "Case.from_dict"),
    (lambda: vc.Case(reference="A1", victims={"reference": "V1"}), "Case.victims", "a list", "Victim objects"),
    (lambda: vc.Case(reference="A1", victims=None), "Case.victims", "a list", "Victim objects"),
    (lambda: vc.Case(reference=5, victims=[]), "Case.reference", "text", "text"),
    (lambda: vc.Event(event="suspect-arrested", at=pandas.NaT), "Event.at", "A date", "datetime.date"),
    (lambda: vc.Event(event="x", at=DAY, recorded=pandas.NaT), "Event.recorded", "a date", "Leave it out"),
    (lambda: vc.Victim(reference="V1", born=pandas.NaT), "Victim.born", "a date", "date()"),
    (lambda: CODE.assess(CASE, as_at=pandas.NaT), "as_at", "A date is needed", "datetime.date"),
    (lambda: vc.Event(event=None, at=DAY), "Event.event", "text", "text"),
    (lambda: vc.Event(event="suspect-arrested", at="2026-04-02"), "Event.at", "date", "date.fromisoformat"),
    (lambda: vc.Event(event="suspect-arrested", at=DAY, suspect=7), "Event.suspect", "text", "text"),
    (lambda: vc.Victim(reference=None), "Victim.reference", "text", "text"),
    (lambda: vc.Victim(reference="V1", born="2010-05-01"), "Victim.born", "a date", "date.fromisoformat"),
    (lambda: vc.Victim(reference="V1", facts=5), "facts", "a list", "Assertion"),
    (lambda: vc.Victim(reference="V1", facts=[{}]), "facts[0]", "an Assertion", "hate-crime"),
    (
        lambda: vc.Offence(committed_on=datetime(2026, 4, 2, tzinfo=UTC)),
        "Offence.committed_on",
        "without a time",
        "date()",
    ),
    (lambda: vc.Assertion(fact="hate-crime", value=None), "Assertion.value", "true, false or text", "True or False"),
    (lambda: CODE.at("x"), "on", "A date is needed", "datetime.date"),
    (lambda: CODE.duty({}), "duty", "text", "text"),
    (lambda: CODE.edition(["code-2021"]), "edition", "text", "text"),
    (lambda: CODE.deadline(DUTY, on="2026-04-02"), "on", "A date is needed", "datetime.date"),
    (lambda: CODE.special_measures({}, on=DAY), "case", "a Case", "Case.from_dict"),
    (lambda: CODE.who_is_a_victim("V1", on=DAY), "case_or_victim", "a Case", "Case.from_dict"),
    (lambda: CALENDAR.add("x", 5), "", "A date is needed", "datetime.date"),
    (lambda: CALENDAR.add(DAY, 5.0), "", "whole number", "int"),
    (lambda: CALENDAR.add_each(None, 5), "starts", "a list", "dates"),
    (lambda: vc.england_and_wales(remove=DAY), "remove", "a list", "[date"),
    (lambda: vc.Case.from_dict("A1"), "data", "a mapping", "dict"),
    (lambda: vc.Case.from_yaml(5), "text", "text", "Case.from_file"),
    (lambda: vc.Case.from_file(5), "path", "path of a file", "case.yaml"),
    (lambda: schema([]), "name", "text", '"case"'),
    (lambda: classify_offence(61016), "", "text", "text"),
    (lambda: flags_of(5), "codes", "a list", "OF61016"),
    (lambda: with_classified_offence({}), "case", "a Case", "Case.from_dict"),
    (lambda: combined({"A1": CASE}), "cases", "a list", "Case objects"),
    (lambda: dcf.read_case(5), "source", "path of a file", "case.yaml"),
    (lambda: spi.read_cases(None), "source", "path of a file", "case.yaml"),
    (lambda: common_platform.read_messages("message.json"), "sources", "a list", "messages"),
    (lambda: home_office_outcomes.outcome_type(18), "written", "text", '"18"'),
    (lambda: police_uk.due_between(CODE, DUTY, "2026-04"), "month", "a Month", "Month.parse"),
]


@pytest.mark.parametrize(("call", "where", "needed", "hint"), SAID)
def test_the_error_names_the_argument_and_a_right_form(call, where, needed, hint):
    with pytest.raises(WrongTypeError) as caught:
        call()
    (fault,) = caught.value.faults
    assert fault.location == where
    assert needed in fault.message
    assert hint in fault.hint
    assert isinstance(caught.value, TypeError)


WRONG = [None, 5, 5.5, "x", b"x", {}, {"reference": "V1"}, [], [{}], ["x"], object(), True, DAY, "\ud800", pandas.NaT]
FRONT_DOOR = [
    (vc.Victim, {"reference": "V1"}),
    (vc.Offence, {}),
    (vc.Assertion, {"fact": "hate-crime"}),
    (vc.Event, {"event": "suspect-arrested", "at": DAY}),
    (vc.Case, {"reference": "A1", "victims": [vc.Victim(reference="V1")]}),
    (vc.Case.from_dict, {"data": {}}),
    (vc.Case.from_yaml, {"text": ""}),
    (vc.Case.from_json, {"text": ""}),
    (vc.Case.from_file, {"path": ""}),
    (vc.deadline, {"duty": DUTY, "on": DAY, "track": "standard"}),
    (vc.england_and_wales, {}),
    (vc.classify_offence, {"code": "OF61016"}),
    (schema, {"name": "case"}),
    (RESULT.find, {"duty": DUTY}),
    *((getattr(CODE, name), given) for name, given in {
        "assess": {"case": CASE, "as_at": DAY},
        "at": {"on": DAY},
        "compare": {"one": "code-2015", "other": "code-2021"},
        "cross_references": {"id_": "witness-charter-2013"},
        "deadline": {"duty": DUTY, "on": DAY, "track": "standard"},
        "duties": {},
        "duty": {"id_": DUTY},
        "edition": {"id_": "code-2021"},
        "provision": {"id_": "vpa-2024-s5"},
        "provisions": {"on": DAY},
        "scheme": {"id_": "court-expenses"},
        "special_measures": {"case": CASE, "on": DAY},
        "who_is_a_victim": {"case_or_victim": CASE, "on": DAY},
        "with_changes": {"id_": "x", "title": "x"},
        "with_changes_from": {"path": ""},
    }.items()),
    *((getattr(CALENDAR, name), given) for name, given in {
        "add": {"start": DAY, "days": 5},
        "add_each": {"starts": [DAY], "days": 5},
        "subtract": {"start": DAY, "days": 5},
        "count": {"after": DAY, "until": DAY},
        "covers": {"day": DAY},
        "trace": {"start": DAY, "days": 5},
        "is_working_day": {"day": DAY},
        "why_not": {"day": DAY},
        "holidays": {"year": 2026},
        "is_projected": {"day": DAY},
        "rests_on_projection": {"start": DAY, "end": DAY},
        "as_known_on": {"day": DAY},
        "with_changes": {},
    }.items()),
]  # fmt: skip


@pytest.mark.parametrize(("call", "right"), FRONT_DOOR, ids=lambda value: getattr(value, "__qualname__", ""))
def test_nothing_but_the_librarys_errors_comes_out_of_the_front_door(call, right):
    for argument in inspect.signature(call).parameters:
        if argument == "references":
            continue
        for value in WRONG:
            with suppress(VictimsCodeError):
                call(**{**right, argument: value})


@pytest.mark.parametrize(
    "value", ["1977-07-07", 19770707, datetime(1977, 7, 7, tzinfo=UTC), ["1977-07-07"], {"day": "1977-07-07"}]
)
def test_a_wrong_date_of_birth_is_never_shown(value):
    with pytest.raises(VictimsCodeError) as caught:
        vc.Victim(reference="V1", born=value)
    shown = f"{caught.value}{caught.value!r}{caught.value.args}{caught.value.__cause__}{caught.value.__context__}"
    assert "1977" not in shown
    given = "07/07/1977" if isinstance(value, str | datetime) else value
    as_a_key = [{"reference": "V1", "1977-07-07": 1}]
    for victims in ([{"reference": "V1", "born": given}], [given], given, as_a_key):
        with pytest.raises(VictimsCodeError) as caught:
            vc.Case.from_dict({"reference": "A1", "victims": victims})
        assert "1977" not in f"{caught.value}{caught.value!r}"


ROOMS = [
    (lambda: powers.police_area(5), "name", "text"),
    (lambda: powers.check_citation(None), "text", "text"),
    (lambda: returns.add_up("returns", period=None), "returns", "Iterable[Return]"),
    (lambda: services.check_service({}, as_at=DAY), "service", "a Service"),
    (
        lambda: figures.suppress({"a": 1}, "totals", figures.SmallNumbers(below=5)),
        "totals",
        "Sequence[Total]",
    ),
    (lambda: services.NeedScale(lowest="1", highest=5, direction="up"), "NeedScale.lowest", "a Decimal"),
    (lambda: compliance.tables(5, []), "asked", "Sequence"),
    (lambda: check_together("checks"), "checks", "Iterable[ExtractCheck]"),
    (lambda: figures.intervals.wilson("1", 2, Decimal("0.95")), "numerator", "a whole number"),
]


@pytest.mark.parametrize(("call", "where", "needed"), ROOMS)
def test_every_room_names_the_argument_and_the_type_it_needs(call, where, needed):
    with pytest.raises(WrongTypeError) as caught:
        call()
    faults = {fault.location: fault for fault in caught.value.faults}
    assert f"must be {needed}" in faults[where].message
    assert "See help(" in faults[where].hint
