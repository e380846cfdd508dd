"""The checks that records of commissioning are built from, each a small object with a name.

A record lists its checks, and each finds what cannot be right in it::

    checks = (all_different("parts[].part", ...), in_order("since", "until", "The service ends too early."))

A path leads to what a check looks at: ``areas[]`` is every entry of a list, ``scores{}`` every key of a group, and
``meetings[].on`` the day of every meeting. What is not given is passed over, and so is what could not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

from victims_code import faults
from victims_code.arguments import one_of_words
from victims_code.faults import did_you_mean
from victims_code.reading.documents import Keys
from victims_code.reading.structuring import Contradiction, UnreadError, each

__all__ = ["Check", "all_different", "in_order", "never", "one_of", "sum_to", "word"]

Check = Callable[[Any], Iterator[Contradiction]]
"""What finds everything of one kind that cannot be right in a record."""


def word(kind: str, words: Callable[[], Collection[str]], *, listing: str = "Known names") -> Callable[[object], str]:
    """What reads a word of a vocabulary; a value that is one has the type ``Annotated[str, word(...)]``.

    :param kind: what the name is of, such as ``route``.
    :param listing: what to call the words in the hint.
    """
    return one_of_words(words, faults.NO_SUCH_WORD, listing=listing, kind=kind)


def one_of(
    path: str,
    words: Callable[[Any], Collection[str]],
    message: Callable[[str], str],
    *,
    listing: str = "Known names",
) -> Check:
    """Every name is one of those that the record itself gives."""

    def check(record: object) -> Iterator[Contradiction]:
        for keys, name in _values(record, path):
            if name not in words(record):
                yield Contradiction(
                    keys, message(name), did_you_mean(name, words(record), listing=listing), "VC-COM-007"
                )

    return check


def all_different(*paths: str, message: Callable[[Any], str], hint: str = "Join the two.") -> Check:
    """No value is given twice."""

    def check(record: object) -> Iterator[Contradiction]:
        seen = set()
        for keys, value in (found for path in paths for found in _values(record, path)):
            if value in seen:
                yield Contradiction(keys, message(value), hint, "VC-COM-008")
            seen.add(value)

    return check


def never(
    path: str,
    when: Callable[[Any], object],
    message: str | Callable[[Any], str],
    hint: str = "Leave one of the two out.",
    code: str = "VC-COM-001",
) -> Check:
    """A record, or an entry of its list, does not contradict itself.

    :param path: the key to name, of the record or of every entry.
    :param when: whether the record, or the entry, contradicts itself.
    :param message: what is wrong, or what makes the words of the record or the entry.
    """
    owners, _, name = path.rpartition(".")

    def check(record: object) -> Iterator[Contradiction]:
        for keys, owner in _values(record, owners):
            with suppress(UnreadError):
                if when(owner):
                    words = message if isinstance(message, str) else message(owner)
                    yield Contradiction((*keys, name), words, hint, code)

    return check


def in_order(first: str, last: str, message: str, hint: str = "Correct one of the two days.", *, of: str = "") -> Check:
    """A day is not before another of the same record, or of the same entry of a list.

    :param of: the list.
    """

    def out_of_order(owner: object) -> bool:
        begins, ends = getattr(owner, first), getattr(owner, last)
        return begins is not None and ends is not None and bool(ends < begins)

    return never(f"{of}.{last}" if of else last, out_of_order, message, hint, "VC-COM-006")


def sum_to(
    parts: str, whole: Callable[[Any], Decimal | None], message: Callable[[Decimal, Decimal], str], hint: str
) -> Check:
    """Parts that are all stated make up the whole, if that is stated.

    :param message: makes the words of what the parts make and what the whole is.
    """
    listed, _, name = parts.partition("[].")

    def check(record: object) -> Iterator[Contradiction]:
        amounts = [getattr(part, name) for part in getattr(record, listed)]
        total = whole(record)
        if total is None or not amounts or None in amounts:
            return
        if (made := sum(amounts, Decimal(0))) != total:
            yield Contradiction((listed,), message(made, total), hint, "VC-COM-002")

    return check


def _values(thing: Any, path: str) -> Iterator[tuple[Keys, Any]]:
    """What a path leads to, each with its keys; the record itself for an empty path."""
    if not path:
        yield (), thing
        return
    step, _, rest = path.partition(".")
    name = step.rstrip("[]{}")
    with suppress(UnreadError):
        found = [(name, getattr(thing, name))] if step == name else _entries(thing, name, keys=step.endswith("{}"))
        for key, value in found:
            keys = (name,) if step == name else (name, key)
            if value is not None:
                yield from (((*keys, *more), inner) for more, inner in _values(value, rest))


def _entries(thing: Any, name: str, *, keys: bool) -> list[tuple[Any, Any]]:
    """The entries of a list or group, or the keys of a group in place of its values."""
    return [(key, key if keys else value) for key, value in each(thing, name)]
