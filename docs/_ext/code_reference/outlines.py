"""Everything a thing of the law holds, in words, for what no template names: nothing added to the law goes unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import fields

from code_reference.book import Book
from code_reference.labels import label_of, parts_of
from code_reference.words import body, citation, condition, day, escape, event, evidence, words
from victims_code.conditions import AllOf, AnyOf, Leaf, Not
from victims_code.law import Citation, Evidence


def rest(thing: object, known: str, book: Book, *, within: str = "") -> str:
    """The fields a template does not show itself, as fields of a list.

    :param known: the names of those it does.
    :param within: the anchor of what the thing stands within.
    """
    found = _fields(thing, book, label_of(thing, within), 1, known.split())
    return "".join(f":{name.capitalize()}:{text}\n" for name, text in found)


def outline(thing: object, book: Book, label: str, depth: int = 0) -> str:
    """Everything a thing holds, as a nested list."""
    indent = "  " * depth
    return "\n".join(f"{indent}- *{name}*:{text}" for name, text in _fields(thing, book, label, depth + 1))


def _fields(
    thing: object, book: Book, label: str, depth: int, known: list[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Each field that holds something, and what: after a space, or as a list on lines of its own."""
    parts: dict[str, list[tuple[object, str]]] = {}
    for name, part, inner in parts_of(thing, label):
        parts.setdefault(name, []).append((part, inner))
    for attribute in fields(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, attribute.name)
        if attribute.name in (known or ()) or not attribute.init or value in (None, False, ()):
            continue
        if attribute.name in parts:
            yield words(attribute.name), "".join(_part(*part, book, depth) for part in parts[attribute.name])
        elif isinstance(value, AllOf | AnyOf | Leaf | Not):
            yield words(attribute.name), "\n" + condition(value, book, depth)
        elif not isinstance(value, Mapping):
            items = value if isinstance(value, tuple) else (value,)
            yield words(attribute.name), " " + "; ".join(_plain(item, book) for item in items)


def _part(part: object, label: str, book: Book, depth: int) -> str:
    name = escape(getattr(part, "id", "") or type(part).__name__.lower())
    return f"\n{'  ' * depth}- [{name}]{{#{label}}}\n{outline(part, book, label, depth + 1)}"


def _plain(value: object, book: Book) -> str:
    if isinstance(value, Citation):
        return citation(value, book)
    if isinstance(value, Evidence):
        return evidence(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if value in book.words.events:
        return event(str(value), book)
    return body(str(value), book) if value in book.words.bodies else escape(value)
