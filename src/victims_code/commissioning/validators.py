"""The checks that records of commissioning are built from, each a small object with a name.

A record lists its checks, and each finds what cannot be right in it::

    checks = (all_different("parts[].part"), in_order("since", "until"))

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
from victims_code.faults import FaultTemplate, did_you_mean
from victims_code.reading.documents import Keys
from victims_code.reading.partial import UnreadError, each
from victims_code.reading.structuring import Contradiction

Check = Callable[[Any], Iterator[Contradiction]]
"""What finds everything of one kind that cannot be right in a record."""


def word(kind: str, words: Callable[[], Collection[str]], *, listing: str = "Known names") -> Callable[[object], str]:
    """What reads a word of a vocabulary; a value that is one has the type ``Annotated[str, word(...)]``.

    :param kind: what the name is of, such as ``route``.
    :param listing: what to call the words in the hint.
    """
    return one_of_words(words, faults.NO_SUCH_WORD, listing=listing, kind=kind)


def one_of(
    path: str, words: Callable[[Any], Collection[str]], template: FaultTemplate, *, listing: str = "Known names"
) -> Check:
    """Every name is one of those that the record itself gives.

    :param template: is given ``name`` and ``nearest``.
    """

    def check(record: object) -> Iterator[Contradiction]:
        for keys, name in values_at(record, path):
            if name not in (known := words(record)):
                yield Contradiction(keys, template.at(name=name, nearest=did_you_mean(name, known, listing=listing)))

    return check


def all_different(*paths: str, template: FaultTemplate = faults.LISTED_TWICE) -> Check:
    """No value is given twice.

    :param template: is given the ``value``.
    """

    def check(record: object) -> Iterator[Contradiction]:
        seen = set()
        for keys, value in (found for path in paths for found in values_at(record, path)):
            if value in seen:
                yield Contradiction(keys, template.at(value=value))
            seen.add(value)

    return check


def never(path: str, when: Callable[[Any], object], template: FaultTemplate) -> Check:
    """A record, or an entry of its list, does not contradict itself.

    :param path: the key to name, of the record or of every entry.
    :param when: whether the record, or the entry, contradicts itself.
    :param template: is given the record, or the entry, as ``record``.
    """
    owners, _, name = path.rpartition(".")

    def check(record: object) -> Iterator[Contradiction]:
        for keys, owner in values_at(record, owners):
            with suppress(UnreadError):
                if when(owner):
                    yield Contradiction((*keys, name), template.at(record=owner))

    return check


def in_order(first: str, last: str, *, of: str = "") -> Check:
    """A day is not before another of the same record, or of the same entry of a list.

    :param of: the list.
    """

    def out_of_order(owner: object) -> bool:
        begins, ends = getattr(owner, first), getattr(owner, last)
        return begins is not None and ends is not None and bool(ends < begins)

    return never(f"{of}.{last}" if of else last, out_of_order, faults.ENDS_BEFORE_IT_BEGINS)


def sum_to(parts: str, whole: Callable[[Any], Decimal | None], template: FaultTemplate) -> Check:
    """Parts that are all stated make up the whole, if that is stated.

    :param template: is given what the parts ``made``, and the ``whole``.
    """
    listed, _, name = parts.partition("[].")

    def check(record: object) -> Iterator[Contradiction]:
        amounts = [getattr(part, name) for part in getattr(record, listed)]
        total = whole(record)
        if total is None or not amounts or None in amounts:
            return
        if (made := sum(amounts, Decimal(0))) != total:
            yield Contradiction((listed,), template.at(made=made, whole=total))

    return check


def values_at(thing: Any, path: str) -> Iterator[tuple[Keys, Any]]:
    """What a path such as ``areas[]`` leads to, as far as it could be read, each with its keys.

    An empty path leads to the record itself.
    """
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
                yield from (((*keys, *more), inner) for more, inner in values_at(value, rest))


def _entries(thing: Any, name: str, *, keys: bool) -> list[tuple[Any, Any]]:
    """The entries of a list or group, or the keys of a group in place of its values."""
    return [(key, key if keys else value) for key, value in each(thing, name)]
