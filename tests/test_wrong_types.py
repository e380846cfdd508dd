"""A wrong type from Python raises the library's error, which names the argument and a form that works."""

import inspect
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin

import pandas
import pytest
from attrs import fields, has

import victims_code as vc
from public_surface import PUBLIC_MODULES, public_things
from victims_code import compliance, figures
from victims_code.adapters import combined, common_platform, dcf, home_office_outcomes, police_uk, spi
from victims_code.adapters.extracts import check_together
from victims_code.arguments import misfits, type_named
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
    (lambda: RESULT.find(DUTY, victm="V1"), "victm", "argument", "'victim'"),
    (lambda: RESULT.find(DUTY, victim=1), "victim", "str", "help(find)"),
    (lambda: RESULT.find(None), "duty", "text", "help(find)"),
    (lambda: vc.Case(reference="A1", victims=[{"reference": "V1"}]), "Case.victims[0]", "a Victim", "Case.from_dict"),
    (lambda: vc.Case(reference="A1", victims={"reference": "V1"}), "Case.victims", "a list", "Victim objects"),
    (lambda: vc.Case(reference="A1", victims=None), "Case.victims", "a list", "Victim objects"),
    (lambda: vc.Case(reference="A1", victim=[]), "victim", "argument", "'victims'"),
    (lambda: vc.Victim(reference="V1", dob=DAY), "dob", "argument", "Possible: born, capacity, facts, reference,"),
    (lambda: vc.Event(event="suspect-arrested", on=DAY), "on", "argument", "Possible: "),
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
    (lambda: vc.Assertion(fact="hate-crime", value=1), "Assertion.value", "true, false or unknown", "True, False"),
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
NOT_CALLED = {
    "victims_code.testing.strategies": "strategies of hypothesis, which checks what they are given",
    "victims_code.errors": "what a check of types is itself made of",
    "victims_code.plain": "the types of plain data",
    "victims_code.bulk.spark": "needs a running Spark",
}


ASKED_TOO_OFTEN = {"AllOf.find", "AnyOf.find", "Leaf.find", "Not.find"}
"""Conditions, which an assessment asks hundreds of times."""


def found_in(*things, within=7):
    """An object of every class of the package that these hold."""
    found, seen, queue = {}, {}, [(thing, 0) for thing in things]
    while queue:
        thing, depth = queue.pop()
        if depth > within or id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if isinstance(thing, tuple | list | frozenset):
            queue += [(item, depth + 1) for item in list(thing)[:3]]
        elif isinstance(thing, Mapping):
            queue += [(item, depth + 1) for item in list(thing.values())[:3]]
        elif has(type(thing)) and type(thing).__module__.startswith("victims_code"):
            found.setdefault(type(thing), thing)
            queue += [(getattr(thing, part.name), depth + 1) for part in fields(type(thing))]
    return found


OBJECTS = found_in(CODE, RESULT, RESULT.obligations[0].explain(), CODE.compare("code-2015", "code-2021"), CALENDAR)
SIMPLE = {
    str: "x",
    int: 1,
    bool: True,
    float: 1.0,
    date: DAY,
    datetime: datetime(2026, 4, 2, tzinfo=UTC),
    Path: Path("x"),
}


def right(kind):
    """A value of a type, as far as one is easily made."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in SIMPLE or kind in OBJECTS:
        return SIMPLE.get(kind, OBJECTS.get(kind))
    if origin in (Union, UnionType):
        return None if type(None) in inner else right(inner[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return ()
    return next(iter(kind), None) if isinstance(kind, type) and issubclass(kind, Enum) else None


def calls(room):
    """Every public function of a room, and every method of its classes, with the function that holds its types."""
    for name, thing in public_things(room):
        if inspect.isfunction(thing):
            yield name, thing, thing
        if (
            not inspect.isclass(thing)
            or issubclass(thing, Enum | BaseException)
            or not thing.__module__.startswith(PACKAGE)
        ):
            continue
        if has(thing) and thing.__module__.startswith(PACKAGE) and thing is not vc.Fault:
            yield name, thing, thing.__init__
        for member in (one for one in dir(thing) if not one.startswith("_")):
            inner = inspect.getattr_static(thing, member)
            written = getattr(inner, "__func__", inner)
            if not inspect.isfunction(written) or not written.__module__.startswith(PACKAGE):
                continue  # a property, or what another library gives
            if written is not inner:
                yield f"{name}.{member}", getattr(thing, member), written
            elif thing in OBJECTS:
                yield f"{name}.{member}", getattr(OBJECTS[thing], member), written


PACKAGE = "victims_code"
MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def raw_errors(room):
    """Every call with one argument of a wrong type that ends in an error that is not the library's."""
    for name, call, written in calls(room):
        if name in ASKED_TOO_OFTEN:
            continue
        kinds = {key: type_named(key, said, written.__globals__) for key, said in written.__annotations__.items()}
        ways = [one for one in inspect.signature(call).parameters.values() if one.kind not in MANY]
        given = {one.name: right(kinds.get(one.name)) for one in ways if one.default is one.empty}
        for one in ways:
            for value in WRONG:
                if one.name in kinds and not list(misfits(value, kinds[one.name], one.name, "")):
                    continue
                named = {**given, one.name: value}
                placed = [named.pop(way.name) for way in ways if way.kind is way.POSITIONAL_ONLY and way.name in named]
                try:
                    call(*placed, **named)
                except VictimsCodeError:
                    continue
                except Exception as raw:
                    yield f"{name}({one.name}={type(value).__name__}): {type(raw).__name__}"


@pytest.mark.parametrize("room", sorted(set(PUBLIC_MODULES) - set(NOT_CALLED)))
def test_nothing_but_the_librarys_errors_comes_out_of_a_room(room, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert list(raw_errors(room)) == []


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
    (lambda: services.NeedScale(lowest="one", highest=5, direction="up"), "NeedScale.lowest", "a Decimal"),
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
