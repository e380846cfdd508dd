"""Write the JSON Schemas anew: ``python3 dev.py schemas``, after a change of types, vocabulary or version.

They are made from the types that read the documents and from the closed vocabulary, and written to ``data/schemas``. A
test makes them again and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from schema_of_types import DAY, Narrowing, Schema, SchemaMaker, or_null
from victims_code._version import __version__
from victims_code.adapters.extracts.mapping import CodeColumn, CodeMeaning, DateColumn, ExtractMapping, FactColumn
from victims_code.cases import Assertion, Event, Offence, Victim
from victims_code.cases.reading import CaseFile
from victims_code.cases.records import UNKNOWN
from victims_code.commissioning.area_folder import PARTS, FolderPart
from victims_code.commissioning.outcomes.measures import ReportingWord, Section, reporting_rules
from victims_code.commissioning.returns.lines import COLUMNS, ColumnKind, ReturnColumn
from victims_code.conditions import COMPARISONS, Condition
from victims_code.faults import FAULT_KINDS
from victims_code.law import (
    AsAgreed,
    Before,
    BodyTitle,
    Capacity,
    Citation,
    Criterion,
    Discharge,
    Duty,
    EditionStatus,
    Eligibility,
    EnhancedCategory,
    Every,
    Evidence,
    Layout,
    Limits,
    Part,
    Promptly,
    Providers,
    Statement,
    Trigger,
    Within,
)
from victims_code.law.editions import EditionFile
from victims_code.plain import PlainAssessment, PlainEligibility, PlainFault, PlainFollowUp, PlainObligation
from victims_code.printable import capitalised
from victims_code.schemas import schemas
from victims_code.vocabulary import FactName, load_vocabulary

FOLDER = Path(__file__).resolve().parents[1] / "data" / "schemas"

_NOTHING: Schema = {"type": "null"}
_TEXT: Schema = {"type": ["string", "integer"]}
_REFERENCES: Schema = {"enum": ["hearing", "suspect"]}


def main() -> None:
    """Write one file for each schema."""
    for file in FOLDER.glob("*.schema.json"):
        if file.name.removesuffix(".schema.json") not in schemas():
            file.unlink()
    for name in schemas():
        (FOLDER / f"{name}.schema.json").write_text(to_text(make_schema(name)), encoding="utf-8", newline="\n")
        print(f"{name}.schema.json")


def make_schema(name: str) -> Schema:
    """The schema of a document, made anew.

    :param name: one of those in :func:`victims_code.schemas.schemas`.
    """
    whole, definitions = _DOCUMENTS[name]() if name in _DOCUMENTS else _part(PARTS[name])
    title = schemas()[name]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:victims-code:schema:{name}:{__version__}",
        "title": capitalised(title),
    }
    return {**head, **whole, **({"$defs": dict(sorted(definitions.items()))} if definitions else {})}


def to_text(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


@frozen
class _Whole:
    """A document that is one group of keys: the schema of its class, and the definitions that takes."""

    kind: type
    maker: Callable[[], SchemaMaker]

    def __call__(self) -> tuple[Schema, dict[str, Schema]]:
        maker = self.maker()
        return maker.inside(self.kind), maker.definitions


@frozen
class _List:
    """A document that is a list of groups of keys."""

    kind: type
    maker: Callable[[], SchemaMaker]

    def __call__(self) -> tuple[Schema, dict[str, Schema]]:
        maker = self.maker()
        return {"type": "array", "items": maker.of(self.kind)}, maker.definitions


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": sorted(words)}


def _list_of(words: Iterable[str], *, at_least: int = 0) -> Schema:
    listed: Schema = {"type": "array", "items": _one_of(words)}
    return {**listed, "minItems": at_least} if at_least else listed


def _keys(properties: Schema) -> Schema:
    """A group of exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _facts(holds: Callable[[FactName], object]) -> list[str]:
    return [fact.id for fact in load_vocabulary().facts.values() if holds(fact)]


# --- cases ------------------------------------------------------------------------------------------------------


def _case() -> SchemaMaker:
    words = load_vocabulary()
    narrowed: dict[tuple[type, str], Narrowing] = {
        (CaseFile, "victims"): lambda maker: {"type": "array", "items": maker.of(Victim), "minItems": 1},
        (CaseFile, "offence"): lambda maker: or_null(maker.of(Offence)),
        (CaseFile, "offences"): lambda maker: or_null({"type": "array", "items": maker.of(Offence)}),
        (CaseFile, "events"): lambda maker: or_null({"type": "array", "items": maker.of(Event)}),
        (CaseFile, "reference"): _NAMED,
        (Victim, "reference"): _NAMED,
        (Victim, "capacity"): _one_of(words.facts["capacity"].values),
        (Victim, "facts"): lambda maker: _assertions("victim", maker),
        (Offence, "flags"): lambda maker: _assertions("case", maker),
        (Assertion, "value"): _ANSWER,
        (Event, "event"): _one_of(words.events),
    }
    return SchemaMaker(
        narrowed=narrowed,
        ruled={Event: _of_an_event(), CaseFile: _SEVERAL_OFFENCES},
        blanks=frozenset((Victim, Offence, Event, Assertion)),
    )


_ANSWER: Schema = {"enum": [True, False, UNKNOWN, None]}
_NAMED: Schema = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"\S"}]}
_SEVERAL_OFFENCES: Schema = {
    "if": {"properties": {"offences": {"type": "array", "minItems": 2}}, "required": ["offences"]},
    "then": {"properties": {"offences": {"items": {"properties": {"reference": _NAMED}, "required": ["reference"]}}}},
}
"""Each of several offences has a reference."""


def _assertions(of: str, maker: SchemaMaker) -> Schema:
    """Facts by name, or a list of facts, facts with ``not-`` before them, and whole assertions."""
    names = sorted(_facts(lambda fact: fact.of == of and fact.can_be_stated))

    def assertion() -> Schema:
        made = maker.inside(Assertion)
        fact = {**made["properties"]["fact"], **_one_of(names)}
        fact.pop("type")
        return {**made, "properties": {**made["properties"], "fact": fact}}

    by_name = {
        "type": "object",
        "properties": dict.fromkeys(names, _ANSWER),
        "additionalProperties": False,
    }
    whole = maker.defined("AssertionOfVictim" if of == "victim" else "AssertionOfOffence", assertion)
    flags = _one_of([*names, *(f"not-{name}" for name in names)])
    return {"anyOf": [by_name, {"type": "array", "items": {"anyOf": [flags, whole]}}]}


def _of_an_event() -> Schema:
    """What an event is about; a withdrawal names what it withdraws, and need not say."""
    withdrawn = {"properties": {"withdrawn": {"const": True}}, "required": ["withdrawn"]}
    names_it = {"properties": {"replaces": _TEXT}, "required": ["replaces"]}
    return {"if": withdrawn, "then": names_it, "else": {"allOf": list(_what_it_is_about())}}


def _what_it_is_about() -> Iterator[Schema]:
    words = load_vocabulary()
    named = {name: event for name, event in words.events.items() if event.about}

    def where(events: Iterable[str], about: Schema, *, needed: bool) -> Schema:
        then: Schema = {"properties": {"about": about}, **({"required": ["about"]} if needed else {})}
        return {"if": {"properties": {"event": _one_of(events)}, "required": ["event"]}, "then": then}

    yield where([name for name in words.events if name not in named], _NOTHING, needed=False)
    for name, event in named.items():
        subjects = words.subjects(event)
        yield where([name], _one_of(subjects) if subjects else _TEXT, needed=True)


# --- law --------------------------------------------------------------------------------------------------------


def _law() -> SchemaMaker:
    words = load_vocabulary()
    cited = (Duty, Part, Layout, Providers, Statement, Capacity, Criterion, EnhancedCategory)
    narrowed: dict[tuple[type, str], Narrowing] = {
        **{(kind, "cites"): {"minItems": 1} for kind in cited},
        (Duty, "owed_by"): _list_of(words.bodies, at_least=1),
        (Duty, "owed_to"): _one_of(["victim", *words.bodies]),
        (Trigger, "event"): _one_of(["any", *words.events]),
        (Trigger, "each"): _REFERENCES,
        (Discharge, "event"): _one_of(words.events),
        (Discharge, "about"): _one_of([*words.events, *words.topics]),
        (Discharge, "match"): {"type": "array", "items": _REFERENCES},
        (Before, "before"): _one_of(words.events),
        (Every, "until"): _list_of(words.events),
        (Providers, "bodies"): _list_of(words.bodies),
        (BodyTitle, "body"): _one_of(words.bodies),
    }
    limits = (Within, Every, Before, AsAgreed, Promptly)
    return SchemaMaker(
        given={
            Condition: lambda maker: maker.defined("Condition", _condition),
            Citation: lambda maker: {"anyOf": [_TEXT_ONLY, maker.defined("Citation", lambda: maker.inside(Citation))]},
            Limits: lambda maker: maker.defined("Limits", lambda: _limits(maker)),
            Evidence: lambda _: {"enum": [one.value for one in Evidence if one is not Evidence.HYPOTHETICAL]},
            EditionStatus: lambda _: {
                "enum": [one.value for one in EditionStatus if one is not EditionStatus.HYPOTHETICAL]
            },
        },
        narrowed=narrowed,
        written={kind: lambda name: name.replace("_", "-") for kind in limits},
        left_out={Duty: frozenset(("edition", "part"))},  # the folder and edition.yaml say them
        ruled={
            Discharge: {"oneOf": [_said("event"), _true("receipt")]},
            Citation: {
                "dependentRequired": {
                    "paragraph": ["paragraph_confirmed_by"],
                    "paragraph_confirmed_by": ["paragraph"],
                }
            },
            **{kind: {"required": [one]} for kind, one in _NAMED_BY.items()},
        },
    )


_TEXT_ONLY: Schema = {"type": "string"}
_NAMED_BY: Mapping[type, str] = {Promptly: "promptly"}
"""A limit is known by its key, so that must be there even where the class could do without."""


def _limits(maker: SchemaMaker) -> Schema:
    """One limit for everyone, or a standard and an enhanced one."""
    kinds = (Within, Every, Before, AsAgreed, Promptly)
    limit = maker.defined("Limit", lambda: {"anyOf": [maker.of(kind) for kind in kinds]})
    return {
        "description": f"{_limits.__doc__}",
        "anyOf": [_keys({"all": limit}), _keys({"standard": limit, "enhanced": limit})],
    }


def _condition() -> Schema:
    """A leaf that compares one fact with one value, or `all`, `any` or `not` of other conditions."""
    itself = {"$ref": "#/$defs/Condition"}
    parts = {"type": "array", "items": itself, "minItems": 1}
    asked = [fact for fact in load_vocabulary().facts.values() if not fact.is_time_dependent]
    leaves = [_leaf([fact.id for fact in asked if not fact.values], {"type": "boolean"})]
    leaves += [_leaf([fact.id], _one_of(fact.values)) for fact in asked if fact.values]
    return {
        "description": f"{_condition.__doc__}",
        "anyOf": [*leaves, _keys({"all": parts}), _keys({"any": parts}), _keys({"not": itself})],
    }


def _leaf(facts: Iterable[str], value: Schema) -> Schema:
    comparisons = [name for name in COMPARISONS if name != "in"]  # no fact is asked for one of several values
    return {
        "type": "object",
        "properties": {"fact": _one_of(facts), **dict.fromkeys(comparisons, value)},
        "required": ["fact"],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }


def _said(key: str) -> Schema:
    return {"properties": {key: {"not": _NOTHING}}, "required": [key]}


def _true(key: str) -> Schema:
    return {"properties": {key: {"const": True}}, "required": [key]}


# --- mappings ---------------------------------------------------------------------------------------------------


def _mapping() -> SchemaMaker:
    events = _one_of(load_vocabulary().events)
    about: Schema = {"allOf": list(_what_it_is_about())}
    either_way = {"properties": {"codes": {"minItems": 1}}, "required": ["codes"]}
    return SchemaMaker(
        narrowed={
            (DateColumn, "event"): events,
            (CodeMeaning, "event"): events,
            (FactColumn, "fact"): _one_of(_facts(lambda fact: fact.derived is None or fact.of_dates)),
            (ExtractMapping, "delimiter"): {"type": "string", "minLength": 1, "maxLength": 1},
        },
        ruled={
            DateColumn: about,
            CodeMeaning: {**about, "oneOf": [_said("event"), _true("ignore")]},
            CodeColumn: {"oneOf": [either_way, _said("list")]},
        },
    )


# --- results ----------------------------------------------------------------------------------------------------


def _assessment() -> SchemaMaker:
    words = load_vocabulary()
    return SchemaMaker(
        narrowed={
            (PlainEligibility, "capacity"): _one_of(words.facts["capacity"].values),
            (PlainObligation, "owed_by"): _list_of(words.bodies),
            (PlainObligation, "owed_to"): _one_of(["victim", *words.bodies]),
            (PlainObligation, "trigger"): _one_of(words.events),
            (PlainFollowUp, "owed_by"): _list_of(words.bodies),
            (PlainFault, "code"): _one_of(FAULT_KINDS),
        },
        loose_text=False,
    )


# --- returns ----------------------------------------------------------------------------------------------------

_DIGITS = r"(\d+|\d{1,3}(,\d{3})+)"
_YEAR = r"([Ff][Yy] ?)?\d{2}(\d{2})? ?[-/–] ?(\d{4}|\d{2})"
_QUARTER_WORD = "([Qq][Tt][Rr]|[Qq][Uu][Aa][Rr][Tt][Ee][Rr])"
_HALF_WORD = "[Hh]([Aa][Ll][Ff]([- ][Yy][Ee][Aa][Rr])?)?"
_NTH = "([1-4](st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)"
_QUARTER = rf"(([Qq]|{_QUARTER_WORD}) ?[1-4]|{_HALF_WORD} ?[12]|{_NTH} ({_QUARTER_WORD}|{_HALF_WORD}))"
_MONTHS = r"[A-Za-z]{3,9}( \d{4})?( ?(-|–|[Tt][Oo]) ?[A-Za-z]{3,9})? \d{4}"
_WRITTEN_DAY = r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Za-z]{3,9} \d{4}"
_DAY_PATTERN = DAY["pattern"].removeprefix("^").removesuffix("$")
_PERIODS = (
    rf"{_YEAR}([ ,_/–-]*{_QUARTER})?",
    rf"{_QUARTER}[ ,_/–-]*([Oo][Ff] )?{_YEAR}",
    rf"({_QUARTER}[ :,(–-]+)?{_MONTHS}\)?",
    rf"({_DAY_PATTERN}|{_WRITTEN_DAY})( ?/ ?| to | ?[-–] ?)({_DAY_PATTERN}|{_WRITTEN_DAY})",
)
_CELLS: Mapping[ColumnKind, list[Schema]] = {
    ColumnKind.TEXT: [{"type": ["string", "integer"]}],
    ColumnKind.PERIOD: [{"type": "string", "pattern": rf"^\s*({'|'.join(_PERIODS)})\s*$"}],
    ColumnKind.SECTION: [{"enum": [section.value for section in Section]}],
    ColumnKind.PATH: [{"type": "integer"}, {"type": "string", "pattern": r"^\s*[^>\s][^>]*(>\s*[^>\s][^>]*)*$"}],
    ColumnKind.WHOLE: [
        {"type": "integer", "minimum": 0},
        {"type": "string", "pattern": rf"^\s*(-0|{_DIGITS})(\.0+)?\s*$"},
    ],
    ColumnKind.NUMBER: [{"type": "number"}, {"type": "string", "pattern": rf"^\s*-?{_DIGITS}(\.\d+)?\s*$"}],
    ColumnKind.PERCENTAGE: [{"type": "number"}, {"type": "string", "pattern": rf"^\s*-?{_DIGITS}(\.\d+)?\s*%?\s*$"}],
    ColumnKind.MONEY: [
        {"type": "number"},
        {"type": "string", "pattern": rf"^\s*-?(£\s*)?{_DIGITS}(\.\d{{1,2}}0*)?\s*$"},
    ],
}
"""What may stand in a cell of each kind. A number may be written as text, which keeps it exact."""


def _return() -> tuple[Schema, dict[str, Schema]]:
    line = {
        "description": "What a provider reports of a measure, or of a part of it, in a period.",
        "type": "object",
        "properties": {column.name: _cell(column) for column in COLUMNS},
        "required": [column.name for column in COLUMNS if column.needed],
        "allOf": [_both("breakdown", "item"), _both("item", "breakdown")],
        "additionalProperties": False,
    }
    lines: Schema = {"type": "array", "items": {"$ref": "#/$defs/Line"}, "minItems": 1}
    whole = {
        "description": "The lines of a return, with its columns as keys. What is empty or null is missing.",
        "anyOf": [_keys({"lines": lines}), lines],
    }
    return whole, {"Line": line}


def _cell(column: ReturnColumn) -> Schema:
    words = _words_of(column)
    choices: list[Schema] = [_one_of(word.id for word in words)] if words else list(_CELLS[column.kind])
    if not column.needed:
        choices += [_NOTHING, {"type": "string", "pattern": r"^\s*$"}]
    elif column.kind is ColumnKind.TEXT:
        choices = [{"type": "integer"}, {"type": "string", "pattern": r"\S"}]
    said = f"{capitalised(column.says)}."
    return {"description": said, "anyOf": choices} if len(choices) > 1 else {"description": said, **choices[0]}


def _words_of(column: ReturnColumn) -> tuple[ReportingWord, ...]:
    rules = reporting_rules()
    words: dict[str, Any] = {
        "basis": rules.counting_bases,
        "counted": rules.counted,
        "why_missing": rules.reasons_missing,
    }
    return tuple(words.get(column.name, ()))


def _both(one: str, other: str) -> Schema:
    """Where there is one, there is the other."""
    there = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"\S"}]}
    return {
        "if": {"properties": {one: there}, "required": [one]},
        "then": {"properties": {other: there}, "required": [other]},
    }


_DOCUMENTS: Mapping[str, Callable[[], tuple[Schema, dict[str, Schema]]]] = {
    "assessment": _Whole(PlainAssessment, _assessment),
    "case": _Whole(CaseFile, _case),
    "duty": _List(Duty, _law),
    "edition": _Whole(EditionFile, _law),
    "eligibility": _Whole(Eligibility, _law),
    "mapping": _Whole(ExtractMapping, _mapping),
    "return": _return,
}


# --- the folder of an area --------------------------------------------------------------------------------------


def _part(part: FolderPart) -> tuple[Schema, dict[str, Schema]]:
    """A file of a part: one record, or where there can be several a list of them under the name of the part.

    A file in the folder of the part is one record, so both are taken, told apart by the key of the list.
    """
    maker = SchemaMaker(given=_CITED)
    if not part.many or not part.in_one_file:
        return maker.inside(part.file_kind), maker.definitions
    one = maker.of(part.file_kind)
    listed = _keys({part.name: or_null({"type": "array", "items": one})})
    return {"type": ["object", "null"], "if": {"required": [part.name]}, "then": listed, "else": one}, maker.definitions


_CITED: Mapping[object, Callable[[SchemaMaker], Schema]] = {
    Citation: lambda maker: {"anyOf": [_TEXT_ONLY, maker.defined("Citation", lambda: maker.inside(Citation))]},
    Evidence: lambda _: {"enum": [one.value for one in Evidence if one is not Evidence.HYPOTHETICAL]},
}


if __name__ == "__main__":
    main()
