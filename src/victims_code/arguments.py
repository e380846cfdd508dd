"""What a caller passes: a value of the wrong type is named by its argument, and never shown.

Validators for attrs classes and one check for functions. They raise :class:`~victims_code.errors.WrongTypeError`, which
is a ``TypeError`` too, and say what would be right. A value may be a date of birth, so no message holds one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache, wraps
from importlib import import_module
from os import PathLike, fsencode
from pathlib import Path
from types import SimpleNamespace, UnionType
from typing import Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from victims_code import faults
from victims_code.dates import Moment
from victims_code.errors import VictimsCodeError, WrongTypeError, WrongValueError
from victims_code.faults import Fault, did_you_mean

T = TypeVar("T")
R = TypeVar("R")
C = TypeVar("C", bound=Enum)
P = ParamSpec("P")
Validator = Callable[[Any, Any, Any], None]
_HALF = re.compile("[\ud800-\udfff]")
_WORDS = {"str": "text", "int": "a whole number", "float": "a number with a point", "bool": "true or false"}


def need(value: T, kind: type[T] | tuple[type, ...], argument: str, needed: str, hint: str) -> T:
    """The value, if it is of a kind.

    :param argument: what the caller calls it, such as ``case``.
    :param needed: what it should be, such as ``a Case``.
    :param hint: a form that is right.
    :raises WrongTypeError: if it is not.

    >>> need({"reference": "V1"}, date, "as_at", "a date", "Pass date(2026, 4, 20).")
    Traceback (most recent call last):
    victims_code.errors.WrongTypeError: as_at: `as_at` must be a date, not a dict. Pass date(2026, 4, 20). [VC-FILE-005]
    """
    if not isinstance(value, kind):
        raise _wrong(value, argument, needed, hint)
    return value


def need_text(value: str, argument: str, hint: str = "Pass text, in quotes.") -> str:
    """The value, if it is text that can be written down.

    :raises WrongTypeError: if it is not text.
    :raises WrongValueError: if it holds half a character (a lone surrogate), which no file can hold.
    """
    need(value, str, argument, "text", hint)
    if not value.isascii() and (found := _HALF.search(value)):
        name, number = argument.rpartition(".")[2], ord(found[0])
        raise WrongValueError(faults.HALF_A_CHARACTER.at(argument, name=name, number=number))
    return value


def need_list(value: Iterable[T], argument: str, hint: str) -> tuple[T, ...]:
    """The values, if they are a list of some kind and not text or a mapping.

    :raises WrongTypeError: if they are not.
    """
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise _wrong(value, argument, "a list", hint)
    return tuple(value)


def need_each(value: Iterable[T], kind: type[T], argument: str, hint: str) -> tuple[T, ...]:
    """The values, if they are a list of objects of one class.

    :raises WrongTypeError: if they are not, naming the first that is none.
    """
    listed = need_list(value, argument, hint)
    for n, item in enumerate(listed):
        need(item, kind, f"{argument}[{n}]", _a(kind.__name__), hint)
    return listed


def need_path(value: str | PathLike[str], argument: str = "path") -> Path:
    """The value as a path, if it can name a file.

    :raises WrongTypeError: if it is not a path.
    :raises WrongValueError: if no file can have that name.
    """
    need(value, (str, PathLike), argument, "the path of a file", 'Pass a path such as "case.yaml".')
    path = Path(value)
    try:
        possible = b"\0" not in fsencode(path)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise WrongValueError(faults.NOT_A_FILE_NAME.at(argument))
    return path


def _wrong(value: object, argument: str, needed: str, hint: str) -> WrongTypeError:
    return WrongTypeError(_misfit(value, argument, needed, hint))


def _misfit(value: object, argument: str, needed: str, hint: str) -> Fault:
    name = argument.rpartition(".")[2]
    return faults.WRONG_TYPE.at(argument, name=name, needed=needed, given=_kind(value), hint=hint)


def _kind(value: object) -> str:
    """What sort of thing a value is, without the value."""
    name = type(value).__name__
    if value is None:
        return "None"
    return _WORDS.get(name, _a(name))


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


# --- functions and classes whose types say it all ----------------------------------------------------------------


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """A function that checks what it is called with against its types, before it does anything.

    >>> @checked
    ... def half(number: int) -> float:
    ...     return number / 2
    >>> half("x")
    Traceback (most recent call last):
    victims_code.errors.WrongTypeError: number: `number` must be a whole number, not text. See help(half). [VC-FILE-005]
    """

    @wraps(function)
    def call(*given: P.args, **named: P.kwargs) -> R:
        if wrong := _wrong_types(function, given, named):
            raise WrongTypeError(*wrong)
        return function(*given, **named)

    return call


def checked_if_it_fails(function: Callable[P, R]) -> Callable[P, R]:
    """A function that checks what it was called with once it has failed, for calls that must cost nothing.

    >>> @checked_if_it_fails
    ... def half(number: int) -> float:
    ...     return number / 2
    >>> half("x")
    Traceback (most recent call last):
    victims_code.errors.WrongTypeError: number: `number` must be a whole number, not text. See help(half). [VC-FILE-005]
    """

    @wraps(function)
    def call(*given: P.args, **named: P.kwargs) -> R:
        try:
            return function(*given, **named)
        except VictimsCodeError:
            raise
        except (TypeError, AttributeError, LookupError, ValueError, StopIteration, ArithmeticError):
            if wrong := _wrong_types(function, given, named):
                raise WrongTypeError(*wrong) from None
            raise

    return call


def class_checked_if_it_fails(kind: type[T]) -> type[T]:
    """An attrs class that names the values of the wrong type it was given, where it would fail on them."""
    kind.__init__ = checked_if_it_fails(kind.__init__)  # type: ignore[method-assign]
    return kind


def _wrong_types(function: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]) -> list[Fault]:
    """A fault for each argument that is not of the type its function names."""
    signature, kinds = inspect.signature(function), _kinds_of(function)
    if found := list(_unknown_names(signature, named)):
        return found
    try:
        arguments = signature.bind(*given, **named).arguments
    except TypeError:
        return []  # Python says what is missing or too much
    return [
        fault
        for name, value in arguments.items()
        if name in kinds and signature.parameters[name].kind not in _MANY
        for fault in misfits(value, kinds[name], name, f"See help({function.__name__}).")
    ]


_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def _unknown_names(signature: inspect.Signature, named: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each argument by a name that a function does not have."""
    ways = signature.parameters
    if all(way.kind is not inspect.Parameter.VAR_KEYWORD for way in ways.values()):
        for name in named.keys() - ways.keys():
            yield faults.UNKNOWN_ARGUMENT.at(name, name=name, hint=did_you_mean(name, ways, listing="Possible"))


@cache
def _kinds_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The types of a function's parameters."""
    space = getattr(function, "__globals__", {})
    return {name: type_named(name, written, space) for name, written in function.__annotations__.items()}


def type_named(name: str, written: object, space: Mapping[str, Any]) -> Any:
    """The type an annotation names, Any where it cannot be looked up.

    What is imported for type checkers only is looked up among the names of the package.
    """
    known: dict[str, Any] = {}
    while True:
        try:
            return get_type_hints(SimpleNamespace(__annotations__={name: written}), dict(space), known)[name]
        except NameError as unknown:
            absent = str(unknown.name)
            known[absent] = getattr(import_module("victims_code"), absent, Any)
        except (AttributeError, TypeError):  # of what is imported for type checkers only
            return Any


def misfits(value: object, kind: Any, argument: str, hint: str) -> Iterator[Fault]:
    """A fault if a value is not of a type, as far as the type can be looked at."""
    if not _fits(value, kind):
        yield _misfit(value, argument, _spelt(kind), hint)


def _fits(value: object, kind: Any) -> bool:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if kind is None or kind is type(None):
        return value is None
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is tuple:
        each = inner[:1] * len(value) if isinstance(value, tuple) and inner[-1:] == (Ellipsis,) else inner
        return isinstance(value, tuple) and len(value) == len(each) and all(map(_fits, value, each))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping)
    if origin in _LISTS:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, origin):
            return False
        return not isinstance(value, list | tuple) or all(_fits(item, inner[0]) for item in value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return not isinstance(kind, type) or _is_protocol(kind) or isinstance(value, kind)


_LISTS = (Iterable, Sequence, Collection)


def _is_protocol(kind: type) -> bool:
    return bool(getattr(kind, "_is_protocol", False))


def _spelt(kind: Any) -> str:
    """A type as Python spells it, without the rooms it is in."""
    if isinstance(kind, type):
        return _WORDS.get(kind.__name__, _a(kind.__name__))
    return re.sub(r"\b(?:\w+\.)+", "", str(kind))


# --- validators of attrs classes --------------------------------------------------------------------------------


def _place(instance: object, attribute: Any) -> str:
    return f"{type(instance).__name__}.{attribute.name}"


def text(instance: object, attribute: Any, value: str) -> None:
    """Validate text."""
    need_text(value, _place(instance, attribute))


def flag(instance: object, attribute: Any, value: bool) -> None:
    """Validate true or false."""
    need(value, bool, _place(instance, attribute), "true or false", "Pass True or False.")


def plain_day(instance: object, attribute: Any, value: date) -> None:
    """Validate a date without a time of day."""
    hint = "Pass a datetime.date; date.fromisoformat reads text."
    if isinstance(value, datetime):
        raise _wrong(value, _place(instance, attribute), "a date without a time", "Pass its date().")
    need(value, date, _place(instance, attribute), "a date", hint)


def moment(instance: object, attribute: Any, value: Moment) -> None:
    """Validate a date or a datetime."""
    hint = "Pass a datetime.date or datetime.datetime; fromisoformat reads text."
    need(value, date, _place(instance, attribute), "a date", hint)
    if value != value:  # the empty date of pandas, NaT, equals nothing
        raise _wrong(value, _place(instance, attribute), "a date", "Leave it out where there is no date.")


def choice(kind: type[C], value: object) -> C:
    """The word of an enumeration that a value is.

    :raises WrongValueError: if it is not one of them.
    """
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(repr(one.value) for one in kind)
        given = "another word" if isinstance(value, str) else _kind(value)
        fault = faults.WRONG_TYPE.at(
            kind.__name__, name=kind.__name__, needed=f"one of {words}", given=given, hint="Pass one of them."
        )
        raise WrongValueError(fault) from None


def maybe(validator: Validator) -> Validator:
    """A validator that lets None pass."""

    def check(instance: object, attribute: Any, value: object) -> None:
        if value is not None:
            validator(instance, attribute, value)

    return check


def each(validator: Validator) -> Validator:
    """A validator for every item of a tuple."""

    def check(instance: object, attribute: Any, value: Iterable[object]) -> None:
        for item in value:
            validator(instance, attribute, item)

    return check


def one_of_types(kinds: tuple[type, ...], needed: str, hint: str) -> Validator:
    """A validator for values of several kinds."""

    def check(instance: object, attribute: Any, value: object) -> None:
        need(value, kinds, _place(instance, attribute), needed, hint)

    return check


def of_type(kind: type, hint: str) -> Validator:
    """A validator for objects of one class, such as every victim of a case."""
    return one_of_types((kind,), _a(kind.__name__), hint)
