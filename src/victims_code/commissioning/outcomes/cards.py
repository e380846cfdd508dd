"""Measures, outcomes and results as a notebook shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from victims_code.dates import spell
from victims_code.decimals import format_number
from victims_code.render import Card, CardTable, card_as_html, html_or_none

if TYPE_CHECKING:
    from victims_code.commissioning.outcomes.measures import Outcome, OutcomeMeasure
    from victims_code.commissioning.outcomes.results import Coverage, Measured, Paired, Share
    from victims_code.reading.sources import Citation, Evidence

__all__ = ["measure_as_html", "measured_as_html", "outcome_as_html"]


def outcome_as_html(outcome: Outcome) -> str | None:
    """An outcome: what it is called, and what it rests on."""
    return _shown(outcome.title, [f"Outcome {outcome.id}.", *_basis(outcome.evidence, outcome.cites, outcome.note)])


def measure_as_html(measure: OutcomeMeasure) -> str | None:
    """A measure: what it counts, which way is good, and how it was defined when."""
    return _shown(
        measure.title,
        [
            f"Measure {measure.id}, of the kind {_words(measure.kind)}; it counts {measure.counted}.",
            f"Which way is good: {_words(measure.direction)}.",
            *_basis(measure.evidence, measure.cites, measure.note),
        ],
        CardTable(
            caption="How it is defined",
            columns=("From", "Until", "What is counted", "Numerator", "Denominator"),
            rows=tuple(
                (_day(one.since), _day(one.until), one.text, one.numerator or "–", one.denominator or "–")
                for one in measure.definitions
            ),
            named_rows=False,
        ),
    )


def measured_as_html(measured: Measured) -> str | None:
    """A result of a measure: the figures, of how many, and how they were counted."""
    measure, definition = measured.measure, measured.definition
    return _shown(
        measure.title,
        [
            definition.text,
            f"Defined so from {_day(definition.since)} until {_day(definition.until)}.",
            f"Which way is good: {_words(measure.direction)}.",
            *_basis(definition.evidence or measure.evidence, definition.cites or measure.cites, definition.note),
        ],
        CardTable(caption="Result", columns=("Figure", "Value"), rows=tuple(_figures(measured))),
    )


def _figures(measured: Measured) -> Iterator[tuple[str, str]]:
    from victims_code.commissioning.outcomes.results import Count, MeanChange, Paired, Share

    result = measured.result
    if isinstance(result, Count):
        yield result.counted, format_number(result.number) + (f" among {result.among}" if result.among else "")
    elif isinstance(result, Share):
        yield from _share(result)
        yield _coverage(result.coverage)
    elif isinstance(result, MeanChange):
        yield "mean gain; positive is better", _or_nobody(result.mean())
        yield _coverage(result.coverage)
    elif isinstance(result, Paired):
        yield from _paired(result)


def _share(share: Share) -> Iterator[tuple[str, str]]:
    percentage = share.percentage()
    shown = "nobody to count among" if percentage is None else f"{percentage}%"
    yield (
        f"{share.numerator_label}, among {share.denominator_label}",
        f"{format_number(share.numerator)} of {format_number(share.denominator)}: {shown}",
    )


def _paired(paired: Paired) -> Iterator[tuple[str, str]]:
    yield from (("better", str(paired.better)), ("the same", str(paired.same)), ("worse", str(paired.worse)))
    if paired.meaningfully_better is not None:
        yield "better by enough to mean something", str(paired.meaningfully_better)
    yield "mean gain; positive is better", _or_nobody(paired.change.mean())
    yield _coverage(paired.coverage)


def _coverage(coverage: Coverage) -> tuple[str, str]:
    return "how many were counted", str(coverage)


def _or_nobody(value: object) -> str:
    return "nobody was measured twice" if value is None else str(value)


def _basis(evidence: Evidence, cites: Iterable[Citation], note: str | None) -> Iterator[str]:
    sources = "; ".join(", ".join(filter(None, (cite.locator, cite.source))) for cite in cites)
    yield f"Evidence: {evidence}. Sources: {sources}."
    if note:
        yield note


def _day(day: date | None) -> str:
    return "–" if day is None else spell(day)


def _words(name: str) -> str:
    return str(name).replace("-", " ")


def _shown(title: str, sentences: Iterable[str], *tables: CardTable) -> str | None:
    return html_or_none(lambda: card_as_html(Card(title=title, sentences=tuple(sentences), tables=tables)))
