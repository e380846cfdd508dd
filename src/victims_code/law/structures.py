"""How the law files become law types: the converter that knows deadlines, conditions and citations."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from functools import cache
from typing import TypeVar

from attrs import fields
from cattrs import BaseValidationError, Converter
from cattrs.errors import AttributeValidationNote

from victims_code.conditions import Condition, parse_condition
from victims_code.documents import Plain
from victims_code.errors import LawDataError, did_you_mean
from victims_code.law.deadlines import AsAgreed, Before, Every, Limit, Limits, Promptly, Within
from victims_code.law.editions import Status
from victims_code.law.sources import Citation, Evidence
from victims_code.structuring import MisfitError, new_converter

__all__ = ["law_converter", "limit_to_plain"]

E = TypeVar("E", bound=Enum)

_LIMITS: dict[str, type[Limit]] = {
    "within": Within,
    "every": Every,
    "before": Before,
    "as-agreed": AsAgreed,
    "promptly": Promptly,
}


@cache
def _source_alone(source: str) -> Citation:
    """A source cited without a place in it, written as one word."""
    return Citation(source=source)


@cache
def law_converter() -> Converter:
    """The converter for law files, made once."""
    converter = new_converter()
    known: dict[tuple[object, ...], Limit] = {}  # few limits are written many times

    def limit(value: object, _type: object = None) -> Limit:
        kinds = [key for key in value if key in _LIMITS] if isinstance(value, dict) else []
        if len(kinds) != 1 or not isinstance(value, dict):
            raise MisfitError("This is not one deadline.", f"Give one of: {', '.join(_LIMITS)}.", "VC-DATA-006")
        key = (*value.items(), *map(type, value.values()))  # true is no 1
        try:
            return known[key]
        except (KeyError, TypeError):  # one not met before, or one with a list in it
            plain = {str(name).replace("-", "_"): inside for name, inside in value.items()}
            found = converter.structure(plain, _LIMITS[kinds[0]])
        with suppress(TypeError):
            known[key] = found
        return found

    def each_limit(value: dict[str, object]) -> dict[str, Limit]:
        read: dict[str, Limit] = {}
        problems: list[Exception] = []
        for name, inside in value.items():
            try:
                read[name] = limit(inside)
            except Exception as problem:
                note = AttributeValidationNote(name, name, Limit)
                problem.__notes__ = [*getattr(problem, "__notes__", ()), note]
                problems.append(problem)
        if problems:
            raise BaseValidationError("deadline", problems, Limits)
        return read

    def limits(value: object, _type: object = None) -> Limits:
        if isinstance(value, dict) and set(value) in ({"all"}, {"standard", "enhanced"}):
            read = each_limit(value)
            return Limits(**read) if "all" not in read else Limits(standard=read["all"], enhanced=read["all"])
        wrong = (
            next((key for key in value if key not in ("all", "standard", "enhanced")), "")
            if isinstance(value, dict)
            else ""
        )
        raise MisfitError(
            "A deadline has either `all`, or `standard` and `enhanced`.",
            did_you_mean(wrong, ["all", "standard", "enhanced"], listing="Keys"),
            "VC-DATA-006",
        )

    def condition(value: object, _type: object = None) -> Condition:
        try:
            return parse_condition(value)
        except LawDataError as problem:
            what = " ".join(fault.what for fault in problem.faults)
            raise MisfitError(what, problem.faults[0].way_out, "VC-DATA-006") from None

    whole_citation = converter.get_structure_hook(Citation)

    def citation(value: object, kind: object = None) -> Citation:
        return _source_alone(value) if isinstance(value, str) else whole_citation(value, kind)

    converter.register_structure_hook_func(lambda kind: kind is Citation, citation)

    converter.register_structure_hook(Status, _member_but(Status.HYPOTHETICAL))
    converter.register_structure_hook(Evidence, _member_but(Evidence.HYPOTHETICAL))
    converter.register_structure_hook_func(lambda kind: kind is Limits, limits)
    converter.register_structure_hook_func(lambda kind: kind == Condition, condition)
    return converter


def _member_but(never: E) -> Callable[[object, object], E]:
    """Structure a word of an enumeration, but for the one that stands in no file."""
    members = {str(member.value): member for member in type(never) if member is not never}

    def member(value: object, _type: object) -> E:
        if not isinstance(value, str) or value not in members:
            raise MisfitError(f"{value!r} is not allowed here.", did_you_mean(value, members, listing="Allowed"))
        return members[value]

    return member


def limit_to_plain(limit: Limit) -> dict[str, Plain]:
    """A limit as it stands in a law file.

    >>> from victims_code.law.deadlines import Unit
    >>> limit_to_plain(Within(within=5, unit=Unit.WORKING_DAY))
    {'within': 5, 'unit': 'working-day', 'after': 'event'}
    """
    return {
        attribute.name.replace("_", "-"): value.value if isinstance(value, Enum) else value
        for attribute in fields(type(limit))
        for value in (getattr(limit, attribute.name),)
    }
