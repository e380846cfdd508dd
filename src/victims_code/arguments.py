"""What a caller passes: a value of the wrong type is named by its argument, and never shown.

Validators for attrs classes and one check for functions. They raise :class:`~victims_code.errors.WrongTypeError`, which
is a ``TypeError`` too, and say what would be right. A value may be a date of birth, so no message holds one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, wraps
from importlib import import_module
from os import PathLike, fsencode
from pathlib import Path
from types import MappingProxyType, SimpleNamespace, UnionType
from typing import Annotated, Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import evolve

from victims_code import faults
from victims_code.dates import Moment
from victims_code.decimals import to_decimal
from victims_code.errors import UnknownNameError, VictimsCodeError, WrongTypeError, WrongValueError
from victims_code.faults import Fault, did_you_mean

T = TypeVar("T")
R = TypeVar("R")
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
    """A function that takes what it is called with as its types have it, and refuses what does not fit them.

    Text that is a listed word is taken for the word; see :func:`fitted`.

    >>> @checked
    ... def half(number: int) -> float:
    ...     return number / 2
    >>> half("x")
    Traceback (most recent call last):
    victims_code.errors.WrongTypeError: number: `number` must be a whole number, not text. See help(half). [VC-FILE-005]
    """

    @wraps(function)
    def call(*given: P.args, **named: P.kwargs) -> R:
        bound = _fitting(function, given, named)
        return function(*given, **named) if bound is None else function(*bound.args, **bound.kwargs)

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
            _fitting(function, given, named)
            raise

    return call


def class_checked_if_it_fails(kind: type[T]) -> type[T]:
    """An attrs class that names the values of the wrong type it was given, where it would fail on them."""
    kind.__init__ = checked_if_it_fails(kind.__init__)  # type: ignore[method-assign]
    return kind


def _fitting(
    function: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]
) -> inspect.BoundArguments | None:
    """The arguments as the types of a function have them; None if it is not called rightly, which Python says.

    :raises VictimsCodeError: with a fault for each that does not fit.
    """
    signature, kinds = _signature_of(function), _kinds_of(function)
    if unknown := list(_unknown_names(signature, named)):
        raise WrongTypeError(*unknown)
    try:
        bound = signature.bind(*given, **named)
    except TypeError:
        return None
    wrong: list[VictimsCodeError] = []
    for name, value in bound.arguments.items():
        if name in kinds and signature.parameters[name].kind not in _MANY:
            bound.arguments[name] = fitted(value, kinds[name], name, f"See help({function.__name__}).", wrong)
    raise_all(wrong)
    return bound


_signature_of = cache(inspect.signature)
_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def _unknown_names(signature: inspect.Signature, named: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each argument by a name that a function does not have."""
    ways = signature.parameters
    if all(way.kind is not inspect.Parameter.VAR_KEYWORD for way in ways.values()):
        known = [name for name in ways if name != "self"]
        for name in named.keys() - ways.keys():
            yield faults.UNKNOWN_ARGUMENT.at(name, name=name, hint=did_you_mean(name, known, listing="Possible"))


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
            one = SimpleNamespace(__annotations__={name: written})
            return get_type_hints(one, dict(space), known, include_extras=True)[name]
        except NameError as unknown:
            absent = str(unknown.name)
            known[absent] = getattr(import_module("victims_code"), absent, Any)
        except (AttributeError, TypeError):  # of what is imported for type checkers only
            return Any


def fitted(value: Any, kind: Any, argument: str, hint: str, wrong: list[VictimsCodeError]) -> Any:
    """A value as its type has it. Whatever does not fit is left as it is, and what is wrong with it is noted.

    Text that is a listed word is the word. A whole number and the text of a number are exact numbers where one is
    asked for, a list is a tuple, and a mapping cannot be changed any more. A type that is ``Annotated`` with a function
    is read by that function, which raises what is wrong.

    :param wrong: takes the errors, each with ``argument`` as the place of its faults.
    """
    try:
        value = _taken_as(value, kind)
    except VictimsCodeError as problem:
        placed = [evolve(fault, location=f"{argument}{fault.location}") for fault in problem.faults]
        wrong.append(type(problem)(*placed))
    else:
        wrong.extend(WrongTypeError(fault) for fault in misfits(value, kind, argument, hint))
    return value


def raise_all(wrong: Sequence[VictimsCodeError]) -> None:
    """Raise the first of some errors with the faults of all of them; one of a wrong type goes before the others."""
    first = sorted(wrong, key=lambda error: not isinstance(error, WrongTypeError))[:1]
    for error in first:
        raise type(error)(*(fault for each in wrong for fault in each.faults)) from None


class OneOfWords:
    """What reads a word of a list; see :func:`one_of_words`."""

    def __init__(
        self,
        words: Callable[[], Collection[str]],
        template: faults.FaultTemplate,
        listing: str,
        says: Mapping[str, str],
    ) -> None:
        self.words, self.template, self.listing, self.says = words, template, listing, says

    def __call__(self, name: object) -> str:
        """The word."""
        text = need_text(name, "")  # type: ignore[arg-type]
        if text not in self.words():
            nearest = did_you_mean(text, self.words(), listing=self.listing)
            raise UnknownNameError(self.template.at(name=text, nearest=nearest, **self.says))
        return text


def one_of_words(
    words: Callable[[], Collection[str]], template: faults.FaultTemplate, *, listing: str = "Known names", **says: str
) -> OneOfWords:
    """What reads a word of a list, for ``Annotated``; it knows its ``words``.

    :param template: what is wrong with another word; it is given ``name`` and ``nearest``.
    """
    return OneOfWords(words, template, listing, says)


def _taken_as(value: Any, kind: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return inner[1](value)
    if origin in (Union, UnionType):
        return _taken_as_one(value, inner)
    if origin is tuple and inner[-1:] == (Ellipsis,) and isinstance(value, list | tuple):
        return tuple(_each_taken(enumerate(value), inner[0]).values())
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return MappingProxyType(_each_taken(value.items(), inner[1], inner[0]))
    if kind is Decimal:
        if isinstance(value, float):
            raise WrongTypeError(faults.FLOAT_NOT_EXACT.at())
        return value if (number := to_decimal(value)) is None else number
    if isinstance(kind, type) and issubclass(kind, Enum) and type(value) is str:
        return _word(value, kind)
    return value


def _taken_as_one(value: Any, kinds: Sequence[Any]) -> Any:
    """A value as the first of several types that it fits has it."""
    if any(_fits(value, kind) for kind in kinds if get_origin(kind) not in (Annotated, tuple, Mapping)):
        return value
    for kind in kinds:
        made = _taken_as(value, kind)
        if _fits(made, kind):
            return made
    return value


def _each_taken(items: Iterable[tuple[Any, Any]], kind: Any, keys: Any = Any) -> dict[Any, Any]:
    taken: dict[Any, Any] = {}
    wrong: list[VictimsCodeError] = []
    for key, value in items:
        try:
            taken[_taken_as(key, keys)] = _taken_as(value, kind)
        except VictimsCodeError as problem:
            place = f"[{key}]" if isinstance(key, int) else f".{key}"
            wrong.append(
                type(problem)(*(evolve(fault, location=f"{place}{fault.location}") for fault in problem.faults))
            )
    raise_all(wrong)
    return taken


def _word(text: str, kind: type[Enum]) -> Enum:
    words = {str(member.value): member for member in kind}
    if text not in words:
        raise WrongValueError(
            faults.WORD_NOT_ALLOWED.at(word=text, nearest=did_you_mean(text, words, listing="Allowed"))
        )
    return words[text]


def misfits(value: object, kind: Any, argument: str, hint: str) -> Iterator[Fault]:
    """A fault if a value is not of a type, as far as the type can be looked at; of many values one for each misfit."""
    if not _fits(value, kind):
        inside = list(_misfits_inside(value, kind, argument, hint))
        yield from inside or [_misfit(value, argument, _spelt(kind), hint)]


def _misfits_inside(value: object, kind: Any, argument: str, hint: str) -> Iterator[Fault]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _misfits_inside(value, inner[0], argument, hint)
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        for key, item in value.items():
            yield from misfits(item, inner[1], f"{argument}.{key}", hint)
    elif (origin in _LISTS or inner[-1:] == (Ellipsis,)) and isinstance(value, list | tuple):
        for n, item in enumerate(value):
            yield from misfits(item, inner[0], f"{argument}[{n}]", hint)


def _fits(value: object, kind: Any) -> bool:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if kind is None or kind is type(None):
        return value is None
    if origin is Annotated:
        return _fits(value, inner[0])
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is tuple:
        each = inner[:1] * len(value) if isinstance(value, tuple) and inner[-1:] == (Ellipsis,) else inner
        return isinstance(value, tuple) and len(value) == len(each) and all(map(_fits, value, each))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(_fits(item, inner[1]) for item in value.values() if inner)
    if origin in _LISTS:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, origin):
            return False
        return not isinstance(value, list | tuple) or all(_fits(item, inner[0]) for item in value)
    if hasattr(kind, "__required_keys__"):  # a typed dictionary is a mapping, whose keys are not looked at
        return isinstance(value, Mapping)
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
