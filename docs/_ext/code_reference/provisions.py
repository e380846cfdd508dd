"""From a provision to what it asks: every place in a source that is cited, and the duties and schemes that cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from code_reference.book import Book
from code_reference.labels import label_of
from victims_code.law import Citation, Source


@frozen(kw_only=True)
class Cited:
    """A duty, a scheme or a part of one that rests on a place; ``within`` says of which edition or scheme it is."""

    title: str
    label: str
    within: str


@frozen(kw_only=True)
class Place:
    """A place in a source, empty for the source as a whole, and what rests on it."""

    locator: str
    cited_by: tuple[Cited, ...]


def duties_by_provision(book: Book) -> tuple[tuple[Source, tuple[Place, ...]], ...]:
    """Every source that is cited with its places in order, the sources in the order of the bibliography."""
    found: dict[str, dict[str, dict[str, Cited]]] = {}
    for citation, cited in _citations(book):
        found.setdefault(citation.source, {}).setdefault(citation.locator, {}).setdefault(cited.label, cited)
    cited = [book.law.sources[id_] for id_ in found]
    sources = sorted(cited, key=lambda source: (source.kind, source.title.casefold()))
    return tuple((source, tuple(_places(found[source.id]))) for source in sources)


def _places(places: dict[str, dict[str, Cited]]) -> Iterator[Place]:
    for locator in sorted(places, key=in_printed_order):
        yield Place(locator=locator, cited_by=tuple(places[locator].values()))


def in_printed_order(locator: str) -> tuple[tuple[bool, int, str], ...]:
    """The key that sorts places in a source as they are printed.

    >>> sorted(["s.10", "s.2", "s.2A", "Sch 1"], key=in_printed_order)
    ['Sch 1', 's.2', 's.2A', 's.10']
    """
    pieces = re.findall(r"\d+|\D+", locator)
    return tuple((not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces)


def _citations(book: Book) -> Iterator[tuple[Citation, Cited]]:
    for duty in book.duties():
        for citation in duty.cites:
            yield citation, Cited(title=duty.title, label=label_of(duty), within=duty.edition)
    for scheme in book.law.schemes.values():
        label = label_of(scheme)
        for thing in (scheme, *scheme.limits, *scheme.services):
            title = thing.title if thing is scheme else f"{scheme.title}: {thing.title}"
            for citation in thing.cites:
                own = label if thing is scheme else label_of(thing, label)
                yield citation, Cited(title=title, label=own, within="beyond the Code")
