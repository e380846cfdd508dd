"""Plain data into typed objects, with every fault gathered and placed, and as much as can be read of what is broken.

cattrs does the structuring; this module fixes the strictness (unknown keys refused, nothing converted by guess) and
turns what cattrs reports into faults that name file, line and path, with the nearest known key. Classes are built by a
hook of our own: it tries the quick way and gathers problems only when that fails, so that sound files cost little.

Of a thing of which a part is broken, :func:`partly` gives what can be read, and every check that does not rest on the
broken part is made all the same: it ends where it asks for something that could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum, StrEnum
from functools import cache, reduce
from operator import or_
from types import MappingProxyType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from attrs import NOTHING, Attribute, evolve, fields, frozen, has, resolve_types
from cattrs import BaseValidationError, ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote, IterableValidationNote

from victims_code import faults
from victims_code.conditions import Condition, Leaf, parse_condition
from victims_code.dates import Moment, parse_date, parse_moment
from victims_code.decimals import to_decimal
from victims_code.errors import VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.documents import Document, Keys
from victims_code.reading.partial import Partial
from victims_code.reading.sources import Citation, Evidence, SourceName

T = TypeVar("T")


E = TypeVar("E", bound=Enum)


class MisfitError(ValueError):
    """A value that does not belong where it is, or where ``keys`` lead from there."""

    def __init__(self, fault: Fault, keys: Keys = ()) -> None:
        super().__init__(fault)
        self.fault, self.keys = fault, keys


@frozen
class Contradiction:
    """One thing in a record that cannot be right, and where in the record."""

    keys: Keys
    fault: Fault


def _text(value: object, _type: object = None) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a whole number written without quotes is the text of that number
    raise MisfitError(faults.TEXT_NEEDED.at(given=kind_of(value)))


def _whole(value: object, _type: object = None) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise MisfitError(faults.WHOLE_NUMBER_NEEDED.at(given=kind_of(value)))


def _truth(value: object, _type: object = None) -> bool:
    if isinstance(value, bool):
        return value
    raise MisfitError(faults.TRUE_OR_FALSE_NEEDED.at(given=kind_of(value)))


def _date(value: object, _type: object = None) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return parse_date(value)
    raise MisfitError(faults.WRITTEN_DATE_NEEDED.at(given=kind_of(value)))


def _moment(value: object, _type: object = None) -> Moment:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_moment(value)
    raise MisfitError(faults.WRITTEN_MOMENT_NEEDED.at(given=kind_of(value)))


def _hour(value: object, _type: object = None) -> time:
    if isinstance(value, str) and (found := re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value)):
        return time(int(found[1]), int(found[2]))
    raise MisfitError(faults.HOUR_NEEDED.at(given=kind_of(value)))


def kind_of(value: object) -> str:
    """What a value is, in words; only a single one is quoted."""
    names: dict[type, str] = {dict: "a group of keys", list: "a list", bool: "true or false", float: "a fraction"}
    if value is None:
        return "nothing"
    return names.get(type(value), f"{value!r}")


def _member(value: object, kind: type[Enum]) -> Enum:
    members = _members(kind)
    if not isinstance(value, str):
        raise MisfitError(faults.WORD_NEEDED.at(given=kind_of(value), allowed=", ".join(sorted(members))))
    member = members.get(value)
    if member is None:
        raise _not_allowed(value, members)
    return member


def _not_allowed(word: str, members: Collection[str]) -> MisfitError:
    nearest = did_you_mean(word, members, listing="Allowed")
    return MisfitError(faults.WORD_NOT_ALLOWED.at(word=word, nearest=nearest))


@cache
def _members(kind: type[Enum]) -> dict[str, Enum]:
    return {str(member.value): member for member in kind}


def list_of(items: Sequence[object], read: Callable[[object], T]) -> list[T]:
    """Every item as it is read.

    :raises BaseValidationError: with the problem of every item that cannot be, each with its place.
    """
    return list(_all_read(enumerate(items), read).values())


def group_of(
    group: Mapping[str, object], read: Callable[[object], T], name: Callable[[str], object] = str
) -> dict[str, T]:
    """Every value of a group of keys as it is read.

    :param name: reads the keys; what it makes of them is not used.

    :raises BaseValidationError: with the problem of every value that cannot be, each with its key.
    """

    def value(entry: tuple[object, object]) -> T:
        key, item = entry
        if isinstance(key, str):
            name(key)
            return read(item)
        raise MisfitError(faults.KEY_NOT_TEXT.at(given=kind_of(key)))

    return _all_read(((str(entry[0]), entry) for entry in group.items()), value)


def _all_read(items: Iterable[tuple[Any, Any]], read: Callable[[Any], T]) -> dict[Any, T]:
    found: dict[Any, T] = {}
    problems: list[Exception] = []
    for place, item in items:
        try:
            found[place] = read(item)
        except Exception as problem:
            problems.append(_noted(problem, place))
    if problems:
        raise BaseValidationError("parts", problems, dict)
    return found


def _noted(problem: Exception, place: str | int) -> Exception:
    """The problem with a note of the key or the place in a list where it was found, as cattrs leaves one."""
    note: str = (
        IterableValidationNote(f"item {place}", place, object)
        if isinstance(place, int)
        else AttributeValidationNote(f"key {place}", str(place), object)
    )
    problem.__notes__ = [*getattr(problem, "__notes__", ()), note]
    return problem


def _listed(kind: Any, converter: Converter) -> Callable[[object, object], tuple[Any, ...]]:
    inner = converter.get_structure_hook(get_args(kind)[0])
    item_type = get_args(kind)[0]

    def structure_list(value: object, _type: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise MisfitError(faults.LIST_NEEDED.at(given=kind_of(value)))
        with suppress(Exception):
            return tuple([inner(item, item_type) for item in value])
        return tuple(list_of(value, lambda item: inner(item, item_type)))

    return structure_list


def _grouped(kind: Any, converter: Converter) -> Callable[[object, object], dict[str, Any]]:
    key_type, inner_type = get_args(kind)
    key, inner = map(converter.get_structure_hook, (key_type, inner_type))

    def structure_group(value: object, _type: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise MisfitError(faults.GROUP_NEEDED.at(given=kind_of(value)))
        return group_of(value, lambda item: inner(item, inner_type), lambda name: key(name, key_type))

    return structure_group


def _optional(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    inner_type: Any = reduce(or_, (arg for arg in get_args(kind) if arg is not type(None)))
    inner = converter.get_structure_hook(inner_type)
    return lambda value, _type: None if value is None else inner(value, inner_type)


def _class(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    types = {key: attribute.type for key, attribute in _keys(kind).items()}
    names = {key: attribute.name for key, attribute in _keys(kind).items()}
    hooks = {key: converter.get_structure_hook(type_) for key, type_ in types.items()}

    def structure_class(value: object, _type: object) -> Any:
        if not isinstance(value, dict):
            raise MisfitError(_not_keys(kind, kind_of(value)))
        try:
            return kind(**{names[key]: hooks[key](item, types[key]) for key, item in value.items()})
        except Exception as problem:
            raise (problems(value) or problem) from None

    def problems(value: dict[str, object]) -> ClassValidationError | None:
        found: list[Exception] = []
        for key, item in value.items():
            try:
                if key in hooks:
                    hooks[key](item, types[key])
            except Exception as problem:
                unquoted = _unquoted(problem) if key in getattr(kind, "hidden", ()) else problem
                found.append(_noted(unquoted, key))
        found += [_noted(KeyError(key), key) for key in _needed(kind) if key not in value]
        if unknown := set(value) - set(hooks):
            found.append(ForbiddenExtraKeysError("", kind, unknown))
        if contradictions := getattr(kind, "contradictions", None):
            partial = _partial(converter, value, kind, {})
            found += [MisfitError(c.fault, c.keys) for c in contradictions(partial)]
        return ClassValidationError(kind.__name__, found, kind) if found else None

    return structure_class


def _not_keys(kind: type, given: str, place: str = "") -> Fault:
    return faults.GROUP_OF_KEYS_NEEDED.at(place, given=given, needed=", ".join(_needed(kind)))


def _unquoted(problem: Exception) -> MisfitError:
    """A problem with a value that no fault may quote, without the value."""
    hint = problem.fault.hint if isinstance(problem, MisfitError) else "Look at the value in the file."
    return MisfitError(faults.VALUE_NOT_SHOWN.at(hint=hint))


def _is_annotated(kind: Any) -> bool:
    return get_origin(kind) is Annotated


def _annotated(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    """What reads a type that is ``Annotated`` with the function that reads it; of a word first as text."""
    base, read = get_args(kind)[:2]
    inner = converter.get_structure_hook(str)
    return lambda value, _type: read(inner(value, str) if base is str else value)


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and type(None) in get_args(kind)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and len(get_args(kind)) == 2 and get_args(kind)[1] is Ellipsis


def _is_group(kind: Any) -> bool:
    key: Any = get_args(kind)[0] if get_origin(kind) in (dict, Mapping) else None
    return key is str or (_is_annotated(key) and get_args(key)[0] is str)


def new_converter() -> Converter:
    """A cattrs converter that refuses unknown keys and converts nothing by guess."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)

    converter.register_structure_hook_factory(_is_annotated, lambda kind: _annotated(kind, converter))
    converter.register_structure_hook_factory(_is_group, lambda kind: _grouped(kind, converter))
    converter.register_structure_hook_factory(has, lambda kind: _class(kind, converter))
    converter.register_structure_hook_factory(_is_list, lambda kind: _listed(kind, converter))
    converter.register_structure_hook_factory(_is_optional, lambda kind: _optional(kind, converter))
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


def converter_with_sources(known: Callable[[], Collection[str] | None]) -> Converter:
    """A strict converter for files that cite their sources; it keeps numbers with a point exactly as they are written.

    :param known: gives the identifiers of the sources, and is asked first when something is cited; None, if the
        bibliography is broken, leaves it open whether a source exists.
    """
    converter = new_converter()
    converter.register_structure_hook(Decimal, _number)
    converter.register_structure_hook(Evidence, member_but(Evidence.HYPOTHETICAL))
    converter.register_structure_hook_func(
        lambda kind: kind is Leaf or kind == Condition, lambda value, _: parse_condition(value)
    )
    sound: set[str] = set()  # few sources are cited many times

    def source(value: object, _type: object = None) -> SourceName:
        if not isinstance(value, str) or value not in sound:
            name, names = _text(value), known()
            if names is not None and name not in names:
                raise MisfitError(faults.NO_SUCH_SOURCE.at(source=name, nearest=did_you_mean(name, names)))
            sound.add(name)
        return SourceName(str(value))

    converter.register_structure_hook_func(lambda kind: kind is SourceName, source)
    whole = converter.get_structure_hook(Citation)

    @cache
    def alone(name: str) -> Citation:
        return Citation(source=source(name))

    def citation(value: object, _type: object = None) -> Citation:
        if isinstance(value, str):
            return alone(value)
        cited: Citation = whole(value, Citation)
        if (cited.paragraph is None) != (cited.paragraph_confirmed_by is None):
            raise MisfitError(faults.PARAGRAPH_NOT_CONFIRMED.at())
        return cited

    def citations(value: object, type_: object) -> tuple[Citation, ...]:
        if read := listed(value, type_):
            return read
        raise MisfitError(faults.NOTHING_CITED.at())

    converter.register_structure_hook_func(lambda kind: kind is Citation, citation)
    listed = _listed(tuple[Citation, ...], converter)
    converter.register_structure_hook_func(lambda kind: kind == tuple[Citation, ...], citations)
    return converter


def _number(value: object, _type: object = None) -> Decimal:
    found = to_decimal(value)
    if found is None:
        raise MisfitError(faults.NUMBER_NEEDED.at(given=kind_of(value)))
    return found


def member_but(never: E) -> Callable[[object, object], E]:
    """Structure a word of an enumeration, but for the one that stands in no file."""
    members = {str(member.value): member for member in type(never) if member is not never}

    def member(value: object, _type: object = None) -> E:
        if not isinstance(value, str) or value not in members:
            raise _not_allowed(str(value), members)
        return members[value]

    return member


def structure(
    converter: Converter, data: object, kind: type[T], document: Document, keys: Keys = (), *, faults: list[Fault]
) -> T | None:
    """Structure ``data`` into ``kind``; on failure add every fault to ``faults`` and return None.

    :param keys: where ``data`` stands in ``document``, so that faults can name their place.
    """
    if has(kind) and not isinstance(data, dict):
        given = kind_of(data) if keys or not isinstance(data, str) else "text"  # and not the text of a whole file
        faults.append(_not_keys(kind, given, document.where(keys)))
        return None
    try:
        return converter.structure(data, kind)
    except Exception as problem:
        found = list(_faults(problem, document, keys))
        if not found:
            raise
        faults.extend(found)
        return None


def _faults(problem: BaseException, document: Document, keys: Keys) -> Iterator[Fault]:
    if isinstance(problem, ForbiddenExtraKeysError):
        known = _keys(problem.cl)
        for key in sorted(map(str, problem.extra_fields)):
            yield faults.KEY_UNKNOWN.at(
                document.where((*keys, key)), key=key, nearest=did_you_mean(key, known, listing="Known keys")
            )
    elif isinstance(problem, BaseExceptionGroup):
        for inner in problem.exceptions:
            yield from _faults(inner, document, (*keys, *_step(inner)))
    elif isinstance(problem, VictimsCodeError):
        for fault in problem.faults:
            place = ", ".join(part for part in (document.where(keys), fault.location) if part)
            yield evolve(fault, location=place)
    elif isinstance(problem, MisfitError):
        yield evolve(problem.fault, location=document.where((*keys, *problem.keys)))
    elif (
        isinstance(problem, ValueError) and problem.args
    ):  # what a validator of the class refused, such as a limit of no days
        yield faults.VALUE_DOES_NOT_FIT.at(document.where(keys), problem=problem.args[0])
    elif isinstance(problem, KeyError):
        yield faults.KEY_MISSING.at(document.where(keys[:-1]), key=problem.args[0])
    elif isinstance(problem, RecursionError):
        yield faults.DATA_NESTED_TOO_DEEPLY.at(document.where(keys))
    else:
        yield faults.VALUE_NOT_SHOWN.at(document.where(keys), hint="Correct the value.")


def _step(problem: BaseException) -> Keys:
    """The last step of the way to a fault: the attribute or the place in a list that cattrs noted."""
    for note in getattr(problem, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()


@cache
def _keys(kind: Any) -> dict[str, Attribute[Any]]:
    """The keys of a class as files write them; one that is no name in Python is in the metadata of its attribute."""
    known = [attribute for attribute in fields(resolve_types(kind)) if attribute.init]
    return {attribute.metadata.get("key", attribute.name): attribute for attribute in known}


def _needed(kind: type) -> tuple[str, ...]:
    return tuple(key for key, attribute in _keys(kind).items() if attribute.default is NOTHING)


Apart = Mapping[Any, Callable[[object], Mapping[Any, tuple[object, Any]]]]
"""By type, how a value falls into parts: each by its place or key, with its own type."""


def partly(converter: Converter, data: object, kind: type[T], apart: Apart = MappingProxyType({})) -> T | None:
    """What can be read of a thing that is not whole, for its checks; None if nothing can be.

    A key that is not known has the meaning of the missing one it is nearest to; if that makes the thing whole, it is
    given. Otherwise it is a :class:`Partial`, in which a value that is not there counts as not read while a key is that
    no one knows, because it may stand under it.

    :param apart: for types that are neither a list nor a group of keys, and have parts all the same.
    """
    return _partial(converter, data, kind, apart) if isinstance(data, dict) else None


_NEAR = 0.75
"""How alike a key that is not known must be to one that is missing to be read as that one."""
_UNREAD = object()


def with_keys_meant(item: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """A group of keys in which each key that is not known has the name of the missing one it is nearest to.

    >>> with_keys_meant({"source": "code-2021", "rigth": 8, "colour": "red"}, Citation)
    {'source': 'code-2021', 'right': 8, 'colour': 'red'}
    """
    known = _keys(kind)
    meant: dict[str, Any] = {}
    for key, value in item.items():
        missing = [name for name in known if name not in item and name not in meant]
        near = [] if key in known else get_close_matches(str(key), missing, n=1, cutoff=_NEAR)
        meant[near[0] if near else key] = value
    return meant


def _partial(converter: Converter, item: dict[str, Any], kind: Any, apart: Apart) -> Any:
    given = with_keys_meant(item, kind)
    unknown = given.keys() - _keys(kind).keys()
    if given.keys() != item.keys() and not unknown:
        with suppress(Exception):
            return converter.get_structure_hook(kind)(given, kind)
    values: dict[str, Any] = {}
    pieces: dict[str, Any] = {}
    left_out: dict[str, Any] = {}
    for key, attribute in _keys(kind).items():
        if key in given:
            values[attribute.name], pieces[attribute.name] = _pieces(converter, given[key], attribute.type, apart)
        else:
            (left_out if unknown else values)[attribute.name] = _default(attribute)
    return Partial(kind, *map(_those_read, (values, pieces, left_out)))


def _those_read(values: Mapping[Any, Any]) -> dict[Any, Any]:
    return {place: value for place, value in values.items() if value is not _UNREAD}


def _pieces(converter: Converter, value: object, type_: Any, apart: Apart) -> tuple[Any, Any]:
    """What can be read of a value as a whole; and of a list or group, its entries by their places."""
    with suppress(Exception):
        return converter.get_structure_hook(type_)(value, type_), _UNREAD
    if _is_optional(type_):
        inner = reduce(or_, (arg for arg in get_args(type_) if arg is not type(None)))
        return _pieces(converter, value, inner, apart)
    if has(type_):
        return _partial(converter, value, type_, apart) if isinstance(value, dict) else _UNREAD, _UNREAD
    if type_ in apart:
        parts = apart[type_](value)
    elif _is_list(type_) and isinstance(value, list | tuple):
        parts = {n: (inner, get_args(type_)[0]) for n, inner in enumerate(value)}
    elif _is_group(type_) and isinstance(value, Mapping):
        parts = {key: (inner, get_args(type_)[1]) for key, inner in value.items()}
    else:
        return _UNREAD, _UNREAD
    read = {place: _pieces(converter, inner, kind, apart)[0] for place, (inner, kind) in parts.items()}
    sound = _those_read(read)
    whole = sound if _is_group(type_) else tuple(read.values())
    return whole if len(sound) == len(read) else _UNREAD, sound


def _default(attribute: Attribute[Any]) -> Any:
    default: Any = attribute.default
    if not hasattr(default, "factory"):
        return _UNREAD if default is NOTHING else default
    return _UNREAD if default.takes_self else default.factory()
