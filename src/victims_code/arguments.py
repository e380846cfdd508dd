"""What a caller passes: a value of the wrong type is named by its argument, and never shown.

Validators for attrs classes and one check for functions. They raise :class:`~victims_code.errors.WrongTypeError`, which
is a ``TypeError`` too, and say what would be right. A value may be a date of birth, so no message holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from os import PathLike, fsencode
from pathlib import Path
from typing import Any, TypeVar

from victims_code.dates import Moment
from victims_code.errors import Fault, WrongTypeError, WrongValueError

__all__ = [
    "each",
    "flag",
    "maybe",
    "moment",
    "need",
    "need_each",
    "need_list",
    "need_path",
    "need_text",
    "of_type",
    "one_of_types",
    "plain_day",
    "text",
]

T = TypeVar("T")
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
        what = f"`{argument.rpartition('.')[2]}` holds half a character (\\u{ord(found[0]):04x})."
        raise WrongValueError(Fault(code="VC-FILE-005", where=argument, what=what, way_out="Read it anew as UTF-8."))
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
        what = "No file can have this name: it holds a null character or half a character."
        raise WrongValueError(Fault(code="VC-FILE-006", where=argument, what=what, way_out="Correct the name."))
    return path


def _wrong(value: object, argument: str, needed: str, hint: str) -> WrongTypeError:
    name = argument.rpartition(".")[2]
    what = f"`{name}` must be {needed}, not {_kind(value)}."
    return WrongTypeError(Fault(code="VC-FILE-005", where=argument, what=what, way_out=hint))


def _kind(value: object) -> str:
    """What sort of thing a value is, without the value."""
    name = type(value).__name__
    if value is None:
        return "None"
    return _WORDS.get(name, _a(name))


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


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
