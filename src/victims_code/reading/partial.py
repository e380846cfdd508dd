"""A thing of which not everything could be read, and how a check reads it all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from inspect import getattr_static
from typing import Any, TypeVar

from attrs import fields

T = TypeVar("T")


class UnreadError(LookupError):
    """A check asked for a value that could not be read; its fault is told already."""


class Partial:
    """A thing of which not everything could be read.

    It gives whatever was read, properties and methods included, and raises :class:`UnreadError` for the rest, so that a
    check reads it as it would read the whole; see :func:`readable`, :func:`each` and :func:`stated`.
    """

    def __init__(
        self, kind: type, values: Mapping[str, Any], pieces: Mapping[str, Any], left_out: Mapping[str, Any]
    ) -> None:
        self.__dict__ |= values
        self._kind, self._pieces, self._left_out = kind, pieces, left_out

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # so that it passes for one of its kind, as a proxy does
        return self._kind

    def __getattr__(self, name: str) -> Any:
        member = getattr_static(self._kind, name)
        if name in {attribute.name for attribute in fields(self._kind)}:
            raise UnreadError(name)
        return member.__get__(self, self._kind)


def is_whole(thing: object) -> bool:
    """Whether all of a thing could be read."""
    return type(thing) is not Partial


def readable(found: Iterator[T]) -> Iterator[T]:
    """What a check finds, as far as it does not rest on something that could not be read."""
    try:
        yield from found
    except UnreadError:
        return


def each(thing: object, name: str, attribute: str | None = None) -> Iterator[tuple[Any, Any]]:
    """The entries of a list or group of a thing that could be read, each with its place or key.

    :param attribute: give this value of the entries instead, where it could be read.
    """
    pieces = thing._pieces.get(name) if type(thing) is Partial else None
    listed = getattr(thing, name) if pieces is None else pieces
    for place, entry in listed.items() if isinstance(listed, Mapping) else enumerate(listed or ()):
        with suppress(UnreadError):
            yield place, entry if attribute is None else getattr(entry, attribute)


def stated(thing: object, name: str) -> Any:
    """What a thing says of something: a value that was left out counts as left out, whatever a key no one knows holds.

    :raises UnreadError: if there is a value, and it could not be read.
    """
    if type(thing) is Partial and name in thing._left_out:
        return thing._left_out[name]
    return getattr(thing, name)
