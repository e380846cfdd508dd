"""Results as Python objects: one line in a console, equal after a pickle or a copy."""

import ast
import copy
import inspect
import pickle
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import attrs
import pytest

import victims_code as vc
from victims_code.adapters.extracts import check_extract, load_mapping
from victims_code.adapters.home_office_outcomes import outcome_type
from victims_code.bulk import INPUTS

MAPPING = Path(__file__).resolve().parents[2] / "examples" / "rms-mapping.yaml"
CODE = vc.VictimsCode.load()
CASE = vc.Case(
    reference="22/0412/26",
    victims=[vc.Victim(reference="V1", born=date(1990, 3, 2), facts={"injured-by-violent-crime": True})],
    offence=vc.Offence(committed_on=date(2026, 3, 31)),
    events=[
        vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1"),
        vc.Event(event="needs-assessed", at=date(2026, 4, 2), victim="V1"),
        vc.Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 13), victim="V1", suspect="S1"),
    ],
)
RESULT = CODE.assess(CASE, as_at=date(2026, 4, 20))
(ARREST,) = RESULT.find("inform-suspect-arrested", victim="V1", suspect="S1")
WHAT_IF = CODE.with_changes(
    "two-days", title="two days", deadlines={"inform-suspect-arrested": {"standard": {"within": 2}}}
)
OF_ALL_KINDS = [
    CASE,
    RESULT,
    ARREST,
    *RESULT.windows[:1],
    *RESULT.special_measures,
    *RESULT.eligibility,
    RESULT.timeline(),
    ARREST.explain(),
    CODE,
    vc.deadline("inform-suspect-arrested", on=date(2026, 4, 2), track="enhanced"),
    vc.england_and_wales(),
    vc.classify_offence("OF61016"),
    RESULT.stamp,
    *RESULT.questions[:1],
    *RESULT.windows[0].closings[:1],
    *RESULT.special_measures[0].grounds[:1],
    *RESULT.special_measures[0].measures[:1],
    *CODE.assess(vc.Case(reference="A1", victims=[vc.Victim(reference="V1")]), as_at=date(2026, 4, 20)).faults[:1],
    *CODE.who_is_a_victim(CASE, on=date(2026, 4, 20)),
    CODE.compare("code-2015", "code-2021"),
    vc.vocabulary.duties["inform-suspect-arrested"],
]


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (RESULT, "<Assessment 22/0412/26 as at 2026-04-20: {n} obligations, {overdue} overdue>"),
        (ARREST, "<Obligation inform-suspect-arrested V1: met, due 2026-04-13>"),
        (CASE, "<Case 22/0412/26, victims: 1, events: 3>"),
        (OF_ALL_KINDS[9], "<Deadline inform-suspect-arrested on 2026-04-02, enhanced: due 2026-04-07>"),
    ],
)
def test_a_result_is_one_line_in_a_console(thing, shown):
    overdue = sum(one.status == "overdue" for one in RESULT.obligations)
    assert repr(thing) == shown.format(n=len(RESULT.obligations), overdue=overdue)


def reachable(*start):
    """Every attrs object that can be reached from some objects through attributes, mappings and lists."""
    met, to_do = {}, list(start)
    while to_do:
        thing = to_do.pop()
        if thing is None or isinstance(thing, str | type) or id(thing) in met:
            continue
        met[id(thing)] = thing
        if attrs.has(type(thing)):
            to_do += [getattr(thing, attribute.name) for attribute in attrs.fields(type(thing))]
        elif isinstance(thing, Mapping):
            to_do += [*thing.keys(), *thing.values()]
        elif isinstance(thing, Collection):
            to_do += thing
    return [thing for thing in met.values() if attrs.has(type(thing))] + [*start]


def test_nothing_takes_more_than_a_line_or_shows_a_birthday():
    check = check_extract(load_mapping(MAPPING), [{"CRIME_REF": "22/0412/26"}])
    things = reachable(
        *OF_ALL_KINDS,
        CODE.compare("code-2015", "code-2021"),
        check,
        load_mapping(MAPPING),
        *INPUTS.values(),
        outcome_type("16"),
    )

    assert {"Assessment", "Duty", "Edition", "Law", "Scheme", "SpecialMeasuresLaw", "Window", "Source"} | {
        *("ExtractCheck", "ExtractMapping", "InputTable", "OutcomeType")
    } <= {type(thing).__name__ for thing in things}
    assert {
        type(thing).__name__: shown
        for thing in things
        if len(shown := repr(thing)) >= 240 or "\n" in shown or "1990-03-02" in shown
    } == {}


@pytest.mark.parametrize(
    "kind", [vc.Obligation, vc.Assessment, vc.Window, type(RESULT.stamp)], ids=lambda kind: kind.__name__
)
def test_every_attribute_is_documented_by_itself(kind):
    (tree,) = ast.parse(inspect.getsource(kind)).body
    below = {
        item.target.id
        for item, text in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(item, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }
    written = {one.name for one in attrs.fields(kind) if not one.name.startswith("_")}
    properties = {name: member for name, member in vars(kind).items() if isinstance(member, property)}
    assert written
    assert written - below == set()
    assert [name for name, member in properties.items() if not name.startswith("_") and not member.__doc__] == []


def test_the_text_of_a_result_is_its_summary():
    assert str(ARREST) == ARREST.explain().summary
    assert str(RESULT) == repr(RESULT).removeprefix("<Assessment ").removesuffix(">")


@pytest.mark.parametrize("thing", OF_ALL_KINDS, ids=lambda thing: type(thing).__name__)
@pytest.mark.parametrize("again", [lambda thing: pickle.loads(pickle.dumps(thing)), copy.copy, copy.deepcopy])
def test_a_pickle_or_copy_is_equal(thing, again):
    copied = again(thing)

    assert copied == thing or copied.to_dict() == thing.to_dict()


def test_a_pickle_leaves_out_the_law_that_ships_with_the_package():
    assert len(pickle.dumps(RESULT)) < 40_000


def test_an_answer_under_a_law_of_ones_own_survives_a_pickle():
    result = WHAT_IF.assess(CASE, as_at=date(2026, 4, 20))

    again = pickle.loads(pickle.dumps(result))

    assert again.to_dict() == result.to_dict()
    assert again.find("inform-suspect-arrested")[0].status == "met-late"


def test_a_pickle_made_with_other_law_data_is_refused(monkeypatch):
    pickled = pickle.dumps(CODE)
    monkeypatch.setattr(type(CODE.law), "data_hash", "another", raising=False)

    with pytest.raises(vc.LawDataError, match="pickled with other law data"):
        pickle.loads(pickled)


def test_the_front_door_shows_only_what_it_offers():
    assert dir(vc) == sorted(vc.__all__)
