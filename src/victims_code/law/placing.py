"""Where in the law files a thing stands, so that a fault found later can name the place."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import fields, frozen, has

from victims_code.documents import Document, Keys
from victims_code.errors import Fault, did_you_mean
from victims_code.law.duties import Duty

__all__ = ["Placed", "unknown_name", "within"]


@frozen(kw_only=True)
class Placed:
    """A thing read from a law file, with its place."""

    thing: object
    document: Document
    keys: Keys

    def fault(self, code: str, keys: Keys, what: str, way_out: str) -> Fault:
        """A fault at a place below the thing; a duty is named."""
        name = f"{self.thing.id}: " if isinstance(self.thing, Duty) else ""
        return Fault(code=code, where=self.document.where((*self.keys, *keys)), what=name + what, way_out=way_out)


def unknown_name(item: Placed, keys: Keys, what: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    """A fault if a name is not one of those that are known, with the nearest."""
    if name not in known:
        yield item.fault("VC-DATA-001", keys, f"There is no {what} {name!r}.", did_you_mean(name, known))


def within(thing: object, keys: Keys = ()) -> Iterator[tuple[Keys, object]]:
    """A thing and every typed thing in its lists, each with the way to it."""
    kind = type(thing)
    if not has(kind):
        return
    yield keys, thing
    for attribute in fields(kind):
        value = getattr(thing, attribute.name)
        if isinstance(value, tuple):
            for n, inner in enumerate(value):
                yield from within(inner, (*keys, attribute.name, n))
