"""Plain data into typed objects, with every fault gathered and placed.

cattrs does the structuring; this module fixes the strictness (unknown keys refused, nothing converted by guess) and
turns what cattrs reports into faults that name file, line and path, with the nearest known key. Classes are built by a
hook of our own: it tries the quick way and gathers problems only when that fails, so that sound files cost little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from enum import Enum, StrEnum
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from attrs import NOTHING, fields, has, resolve_types
from cattrs import BaseValidationError, ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote, IterableValidationNote

from victims_code.dates import Moment, parse_date, parse_moment
from victims_code.documents import Document, Keys, read_document
from victims_code.errors import Fault, LawDataError, VictimsCodeError, did_you_mean
from victims_code.packaged_data import data_folder

__all__ = ["MisfitError", "kind_of", "new_converter", "packaged", "structure"]

T = TypeVar("T")


class MisfitError(ValueError):
    """A value that does not belong where it stands; says what is wrong and the way out."""

    def __init__(self, what: str, way_out: str, code: str = "VC-FILE-005") -> None:
        super().__init__(what)
        self.what, self.way_out, self.code = what, way_out, code


def _text(value: object, _type: object = None) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a whole number written without quotes is the text of that number
    raise MisfitError(f"Text is needed, not {kind_of(value)}.", "Put it in quotes if it is meant as text.")


def _whole(value: object, _type: object = None) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise MisfitError(f"A whole number is needed, not {kind_of(value)}.", "Write it in figures, without quotes.")


def _truth(value: object, _type: object = None) -> bool:
    if isinstance(value, bool):
        return value
    raise MisfitError(f"true or false is needed, not {kind_of(value)}.", "Write true or false, without quotes.")


def _date(value: object, _type: object = None) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return parse_date(value)
    raise MisfitError(f"A date is needed, not {kind_of(value)}.", "Write it as 2026-04-02.")


def _moment(value: object, _type: object = None) -> Moment:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_moment(value)
    raise MisfitError(f"A date is needed, not {kind_of(value)}.", "Write it as 2026-04-02 or 2026-04-02T10:20.")


def _hour(value: object, _type: object = None) -> time:
    if isinstance(value, str) and (found := re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value)):
        return time(int(found[1]), int(found[2]))
    raise MisfitError(f"An hour of the day is needed, not {kind_of(value)}.", "Write it as 17:00.")


def kind_of(value: object) -> str:
    """What a value is, in words; only a single one is quoted."""
    names: dict[type, str] = {dict: "a group of keys", list: "a list", bool: "true or false", float: "a fraction"}
    if value is None:
        return "nothing"
    return names.get(type(value), f"{value!r}")


def _member(value: object, kind: type[Enum]) -> Enum:
    members = _members(kind)
    if not isinstance(value, str):
        raise MisfitError(f"A word is needed, not {kind_of(value)}.", f"Allowed: {', '.join(sorted(members))}.")
    member = members.get(value)
    if member is None:
        raise MisfitError(f"{value!r} is not allowed here.", did_you_mean(value, members, listing="Allowed"))
    return member


@cache
def _members(kind: type[Enum]) -> dict[str, Enum]:
    return {str(member.value): member for member in kind}


def list_of(items: Sequence[object], read: Callable[[object], T]) -> list[T]:
    """Every item as it is read.

    :raises BaseValidationError: with the problem of every item that cannot be, each with its place.
    """
    found, problems = [], []
    for n, item in enumerate(items):
        try:
            found.append(read(item))
        except Exception as problem:
            note = IterableValidationNote(f"item {n}", n, object)
            problem.__notes__ = [*getattr(problem, "__notes__", ()), note]
            problems.append(problem)
    if problems:
        raise BaseValidationError("list", problems, list)
    return found


def group_of(group: Mapping[str, object], read: Callable[[object], T]) -> dict[str, T]:
    """Every value of a group of keys as it is read.

    :raises BaseValidationError: with the problem of every value that cannot be, each with its key.
    """
    found: dict[str, T] = {}
    problems: list[Exception] = []
    for key, item in group.items():
        try:
            found[_key(key)] = read(item)
        except Exception as problem:
            note = AttributeValidationNote(f"key {key}", str(key), object)
            problem.__notes__ = [*getattr(problem, "__notes__", ()), note]
            problems.append(problem)
    if problems:
        raise BaseValidationError("group", problems, dict)
    return found


def _key(value: object) -> str:
    if isinstance(value, str):
        return value
    raise MisfitError(f"A key must be text, not {kind_of(value)}.", "Put it in quotes.")


def _listed(kind: Any, converter: Converter) -> Callable[[object, object], tuple[Any, ...]]:
    inner = converter.get_structure_hook(get_args(kind)[0])
    item_type = get_args(kind)[0]

    def structure_list(value: object, _type: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise MisfitError(f"A list is needed, not {kind_of(value)}.", "Write it as [one, two].")
        with suppress(Exception):
            return tuple([inner(item, item_type) for item in value])
        return tuple(list_of(value, lambda item: inner(item, item_type)))

    return structure_list


def _grouped(kind: Any, converter: Converter) -> Callable[[object, object], dict[str, Any]]:
    inner_type = get_args(kind)[1]
    inner = converter.get_structure_hook(inner_type)

    def structure_group(value: object, _type: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise MisfitError(f"A group of keys is needed, not {kind_of(value)}.", "Write it as keys and values.")
        return group_of(value, lambda item: inner(item, inner_type))

    return structure_group


def _optional(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner_type: Any = reduce(or_, (arg for arg in get_args(kind) if arg is not type(None)))
    inner = converter.get_structure_hook(inner_type)
    return lambda value, _type: None if value is None else inner(value, inner_type)


def _class(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    resolve_types(kind)
    known = [attribute for attribute in fields(kind) if attribute.init]
    types = {attribute.name: attribute.type for attribute in known}
    needed = [attribute.name for attribute in known if attribute.default is NOTHING]
    hooks = {name: converter.get_structure_hook(type_) for name, type_ in types.items()}

    def structure_class(value: object, _type: object) -> Any:
        if not isinstance(value, dict):
            raise MisfitError(f"A group of keys is needed, not {kind_of(value)}.", _keys_of(kind))
        try:
            return kind(**{name: hooks[name](item, types[name]) for name, item in value.items()})
        except Exception as problem:
            raise (problems(value) or problem) from None

    def problems(value: dict[str, object]) -> ClassValidationError | None:
        found: list[Exception] = []
        for name, item in value.items():
            try:
                if name in hooks:
                    hooks[name](item, types[name])
            except Exception as problem:
                found.append(_noted(problem, kind, name, types[name]))
        found += [_noted(KeyError(name), kind, name, types[name]) for name in needed if name not in value]
        if unknown := set(value) - set(hooks):
            found.append(ForbiddenExtraKeysError("", kind, unknown))
        return ClassValidationError(kind.__name__, found, kind) if found else None

    return structure_class


def _noted(problem: Exception, kind: type, name: str, type_: Any) -> Exception:
    """The problem with a note of the attribute it was found in, as cattrs leaves one."""
    note = AttributeValidationNote(f"{kind.__name__}.{name}", name, type_)
    problem.__notes__ = [*getattr(problem, "__notes__", ()), note]
    return problem


def new_converter() -> Converter:
    """A cattrs converter that refuses unknown keys and converts nothing by guess."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)

    def is_optional(kind: Any) -> bool:
        return get_origin(kind) in (Union, UnionType) and type(None) in get_args(kind)

    def is_list(kind: Any) -> bool:
        return get_origin(kind) is tuple and len(get_args(kind)) == 2 and get_args(kind)[1] is Ellipsis

    def is_group(kind: Any) -> bool:
        return get_origin(kind) in (dict, Mapping) and get_args(kind)[0] is str

    converter.register_structure_hook_factory(is_group, lambda kind: _grouped(kind, converter))
    converter.register_structure_hook_factory(has, lambda kind: _class(kind, converter))
    converter.register_structure_hook_factory(is_list, lambda kind: _listed(kind, converter))
    converter.register_structure_hook_factory(is_optional, lambda kind: _optional(kind, converter))
    converter.register_structure_hook(StrEnum, _member)
    converter.register_structure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Enum), _member)
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _type: value)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(date, _date)
    converter.register_structure_hook(time, _hour)
    converter.register_structure_hook_func(lambda kind: kind == Moment, _moment)
    return converter


def structure(
    converter: Converter, data: object, kind: type[T], document: Document, keys: Keys = (), *, faults: list[Fault]
) -> T | None:
    """Structure ``data`` into ``kind``; on failure add every fault to ``faults`` and return None.

    :param keys: where ``data`` stands in ``document``, so that faults can name their place.
    """
    if has(kind) and not isinstance(data, dict):
        given = kind_of(data) if keys or not isinstance(data, str) else "text"  # not the whole of a file
        problem = MisfitError(f"A group of keys is needed, not {given}.", _keys_of(kind))
        faults.append(_fault(problem, document, keys))
        return None
    try:
        return converter.structure(data, kind)
    except Exception as problem:
        found = list(_faults(problem, document, keys))
        if not found:
            raise
        faults.extend(found)
        return None


def packaged(name: str, kind: type[T]) -> T:
    """A file of the data that ships with the package, such as ``adapters/spi.yaml``, as a typed object.

    :raises LawDataError: with every fault of the file.
    """
    document = read_document(data_folder() / name, error=LawDataError)
    faults: list[Fault] = []
    data = {"entries": document.data} if isinstance(document.data, list) else document.data
    file = structure(new_converter(), data, kind, document, faults=faults)
    if file is None:
        raise LawDataError(*faults)
    return file


def _faults(problem: BaseException, document: Document, keys: Keys) -> Iterator[Fault]:
    if isinstance(problem, ForbiddenExtraKeysError):
        known = _known_keys(problem.cl)
        for key in sorted(map(str, problem.extra_fields)):
            yield Fault(
                code="VC-FILE-003",
                where=document.where((*keys, key)),
                what=f"The key {key!r} is not known here.",
                way_out=did_you_mean(key, known, listing="Known keys"),
            )
    elif isinstance(problem, BaseExceptionGroup):
        for inner in problem.exceptions:
            yield from _faults(inner, document, (*keys, *_step(inner)))
    elif isinstance(problem, VictimsCodeError):
        for fault in problem.faults:
            place = ", ".join(part for part in (document.where(keys), fault.where) if part)
            yield Fault(code=fault.code, where=place, what=fault.what, way_out=fault.way_out)
    elif isinstance(problem, MisfitError):
        yield _fault(problem, document, keys)
    elif (
        isinstance(problem, ValueError) and problem.args
    ):  # what a validator of the class refused, such as a limit of no days
        yield Fault(
            code="VC-FILE-005",
            where=document.where(keys),
            what=f"The value does not fit: {problem.args[0]}.",
            way_out="Correct it.",
        )
    elif isinstance(problem, KeyError):
        yield Fault(
            code="VC-FILE-004",
            where=document.where(keys[:-1]),
            what=f"The key {problem.args[0]!r} is missing.",
            way_out="Add it.",
        )
    elif isinstance(problem, RecursionError):
        what = "The data is nested too deeply to be read."
        yield Fault(
            code="VC-FILE-001", where=document.where(keys), what=what, way_out="Check that it is the right kind."
        )
    else:
        what = "The value is not of the kind that belongs here."
        yield Fault(code="VC-FILE-005", where=document.where(keys), what=what, way_out="Correct the value.")


def _fault(problem: MisfitError, document: Document, keys: Keys) -> Fault:
    return Fault(code=problem.code, where=document.where(keys), what=problem.what, way_out=problem.way_out)


def _step(problem: BaseException) -> Keys:
    """The last step of the way to a fault: the attribute or the place in a list that cattrs noted."""
    for note in getattr(problem, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()


@cache
def _known_keys(kind: type) -> tuple[str, ...]:
    return tuple(attribute.name for attribute in fields(kind) if attribute.init)


def _keys_of(kind: type) -> str:
    needed = [attribute.name for attribute in fields(kind) if attribute.init and attribute.default is NOTHING]
    return f"Write it as keys and values; needed: {', '.join(needed)}."
