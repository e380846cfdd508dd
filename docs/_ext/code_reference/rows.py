"""Which row of the research each statement of law rests on, found by walking everything the law holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import fields, frozen, has

from code_reference.labels import label_of
from victims_code.law import Edition, Law, Scheme

__all__ = ["Carrier", "carriers", "in_row_order", "rows_by_part"]


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
        names = (getattr(self.thing, name, None) for name in ("question", "title", "words"))
        named = next((name for name in names if name), None) or getattr(self.thing, "id", self.kind)
        return str(named).replace("-", " ")[0].upper() + str(named).replace("-", " ")[1:]

    @property
    def kind(self) -> str:
        """What sort of statement it is, such as *duty* or *reading*."""
        return {"EnhancedCategory": "category", "Providers": "bodies it binds"}.get(
            type(self.thing).__name__, type(self.thing).__name__.lower()
        )


def carriers(law: Law) -> Iterator[Carrier]:
    """Everything in the law that names rows, in the order of the files."""
    for attribute in fields(type(law)):
        collection = getattr(law, attribute.name)
        if isinstance(collection, Mapping):
            for thing in collection.values():
                part = thing.id if isinstance(thing, Edition) else attribute.name
                within = thing.id if isinstance(thing, Edition) else ""
                yield from _below(thing, part, within)


def _below(thing: object, part: str, within: str) -> Iterator[Carrier]:
    if not has(type(thing)):
        return
    if rows := getattr(thing, "rows", ()):
        yield Carrier(thing=thing, part=part, label=label_of(thing, within), rows=rows)
    inside = f"scheme-{thing.id}" if isinstance(thing, Scheme) else within
    for attribute in fields(type(thing)):
        value = getattr(thing, attribute.name)
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        for item in inner:
            yield from _below(item, part, inside)


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
