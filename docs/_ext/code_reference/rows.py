"""Which row of the research each statement of law rests on, found by walking everything the law holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import fields, frozen

from code_reference.labels import held_by, label_of, parts_of
from victims_code.law import Edition, Law

__all__ = ["Carrier", "carriers", "collections_of", "in_row_order", "rows_by_part"]


_KINDS = {"EnhancedCategory": "category", "Providers": "bodies it binds", "Succession": "change"}


@frozen(kw_only=True)
class Carrier:
    """A statement that rests on rows of the research: what it is, where it stands, and how sure it is."""

    thing: object
    part: str
    """The edition it belongs to, or the collection of the law files, such as ``readings``."""
    label: str
    rows: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the statement is called where it stands."""
        names = (getattr(self.thing, name, None) for name in ("question", "title", "words", "why"))
        named = next((str(name) for name in names if name), "")
        named = named or str(getattr(self.thing, "id", self.kind)).replace("-", " ")
        return named[0].upper() + named[1:]

    @property
    def kind(self) -> str:
        """What sort of statement it is, such as *duty* or *reading*."""
        kind = type(self.thing).__name__
        return _KINDS.get(kind, kind.lower())


def collections_of(law: Law) -> dict[str, tuple[object, ...]]:
    """Everything the law holds, and what stands beside the Code, by the name of the collection it is in."""
    collections = {
        attribute.name: held_by(getattr(holder, attribute.name))
        for holder in (law, law.annexes)
        for attribute in fields(type(holder))
    }
    return {name: things for name, things in collections.items() if things}


def carriers(law: Law) -> Iterator[Carrier]:
    """Everything in the law that names rows, in the order of the files."""
    collections = {**collections_of(law), "definitions": held_by(law.annexes.definitions)}
    for name, things in collections.items():
        for place, thing in enumerate(things):
            label = label_of(thing, place=f"{name}-{place}")
            yield from _at_and_below(thing, label, thing.id if isinstance(thing, Edition) else name)


def _at_and_below(thing: object, label: str, part: str) -> Iterator[Carrier]:
    if rows := getattr(thing, "rows", ()):
        yield Carrier(thing=thing, part=part, label=label, rows=rows)
    for _, inner, inner_label in parts_of(thing, label):
        yield from _at_and_below(inner, inner_label, part)


def rows_by_part(law: Law) -> dict[str, dict[str, list[Carrier]]]:
    """For each edition and collection, its rows in order, each with what carries it."""
    found: dict[str, dict[str, list[Carrier]]] = {}
    for carrier in carriers(law):
        for row in carrier.rows:
            found.setdefault(carrier.part, {}).setdefault(row, []).append(carrier)
    return {part: dict(sorted(rows.items(), key=lambda item: in_row_order(item[0]))) for part, rows in found.items()}


def in_row_order(row: str) -> tuple[tuple[bool, int, str], ...]:
    """The key that sorts rows as a person would.

    >>> sorted(["D10", "10a", "D2", "2b", "2a"], key=in_row_order)
    ['2a', '2b', '10a', 'D2', 'D10']
    """
    pieces = re.findall(r"\d+|\D+", row)
    return tuple((not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces)
