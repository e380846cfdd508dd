"""A measure of compliance as a notebook shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from victims_code.render import Card, CardTable, card_as_html, html_or_none

if TYPE_CHECKING:
    from victims_code.compliance.definitions import Measure

__all__ = ["measure_as_html"]


def measure_as_html(measure: Measure) -> str | None:
    """A measure: what it counts, of what, what is left out, which way is good, and what it rests on."""
    counted = [
        (place, selection.words, ", ".join(status.value.replace("-", " ") for status in selection.status))
        for place, selection in (("above the line", measure.numerator), ("below the line", measure.denominator))
        if selection is not None
    ]
    sources = "; ".join(", ".join(filter(None, (cite.locator, cite.source))) for cite in measure.cites)
    card = Card(
        title=measure.title,
        sentences=(
            measure.what,
            f"Measure {measure.id}: a {measure.kind}, in {measure.unit}.",
            f"Which way is good: {measure.direction.replace('-', ' ')}.",
            f"Evidence: {measure.evidence}. Sources: {sources}.",
            *([measure.note] if measure.note else []),
        ),
        tables=(
            CardTable(caption="What is counted", columns=("Place", "Obligations", "Status"), rows=tuple(counted)),
            CardTable(
                caption="What is left out",
                columns=("Left out",),
                rows=tuple((one,) for one in measure.exclusions),
                named_rows=False,
            ),
        ),
    )
    return html_or_none(lambda: card_as_html(card))
