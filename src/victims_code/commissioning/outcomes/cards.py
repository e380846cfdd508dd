"""How outcomes, measures and their results are laid out for a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from victims_code.dates import format_date
from victims_code.reading.sources import Citation, Evidence
from victims_code.render import Card, CardTable, card_to_html, html_or_none


def card(title: str, sentences: Iterable[str], *tables: CardTable) -> str | None:
    """A card as HTML; None without Jinja2."""
    return html_or_none(lambda: card_to_html(Card(title=title, sentences=tuple(sentences), tables=tables)))


def basis(evidence: Evidence, cites: Iterable[Citation], note: str | None) -> Iterator[str]:
    """What something rests on, in sentences."""
    sources = "; ".join(cite.in_words(cite.source) for cite in cites)
    yield f"Evidence: {evidence}. Sources: {sources}."
    if note:
        yield note


def day_or_dash(day: date | None) -> str:
    """A day in words, or a dash for one that is open."""
    return "–" if day is None else format_date(day)
