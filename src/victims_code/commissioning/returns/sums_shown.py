"""Sums as JSON, CSV and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from victims_code.commissioning.returns.hiding import COUNTS, HIDDEN, FigureRow, hidden_counts
from victims_code.commissioning.returns.showing import SECTION_TITLES
from victims_code.commissioning.returns.sums import Contribution, Sum
from victims_code.decimals import format_number
from victims_code.figures import SmallNumbers
from victims_code.money import in_pounds
from victims_code.reading.sources import Evidence
from victims_code.render.csvs import csv_text
from victims_code.render.escaping import in_markdown
from victims_code.render.markdown import table

if TYPE_CHECKING:
    from victims_code.commissioning.returns.adding_up import Summary

__all__ = ["hidden_sums", "sums_as_csv", "sums_as_json", "sums_as_markdown"]

_COLUMNS = (
    "section",
    "measure",
    "breakdown",
    "item",
    "value",
    "numerator",
    "denominator",
    "percentage",
    "mean",
    "eligible",
    "amount",
    "basis",
    "base",
    "counted",
    "lines_reported",
    "lines_expected",
    "evidence",
)
_FOLLOWING = ("percentage", "mean")


def _sum_row(one: Sum) -> dict[str, str | int | None]:
    return {
        "section": one.measure.section.value,
        "measure": one.measure.id,
        "breakdown": one.breakdown,
        "item": " > ".join(one.item) or None,
        "value": one.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "percentage": None if one.percentage is None else str(one.percentage),
        "mean": None if one.mean_rounded is None else str(one.mean_rounded),
        "eligible": one.eligible,
        "amount": None if one.amount is None else f"{one.amount:f}",
        "basis": one.basis,
        "base": one.base,
        "counted": one.counted,
        "lines_reported": one.reported.counted,
        "lines_expected": one.reported.of,
        "evidence": one.measure.evidence.value,
    }


def sums_as_json(summary: Summary) -> str:
    """Everything in a summary: sums with their contributions, and adjustments."""
    plain = {
        "to": summary.to,
        "commissioner": summary.commissioner,
        "period": summary.period.label,
        "sums": [{**_sum_row(one), "contributions": list(_contributions(one.contributions))} for one in summary.sums],
        "adjustments": [done.to_dict() for done in summary.adjustments],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _contributions(parts: Iterable[Contribution]) -> Iterator[dict[str, str | int | None]]:
    for part in parts:
        figures = {name: getattr(part, name) for name in COUNTS}
        amounts = {name: number for name in ("mean", "amount") if (number := getattr(part, name)) is not None}
        yield {
            "provider": part.provider,
            "service": part.service,
            "period": part.period.label,
            "source": part.source,
            "row": part.row,
            **{name: figure for name, figure in figures.items() if figure is not None},
            **{name: f"{number:f}" for name, number in amounts.items()},
        }


def hidden_sums(sums: Sequence[Sum], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each sum the columns that must not be shown; a percentage or mean goes with its counts."""
    rows = [
        FigureRow(
            group=one.measure.id,
            alike=(one.basis, one.base, one.counted, one.bare_count),
            breakdown=one.breakdown,
            item=one.item,
            counts={name: figure for name in COUNTS if (figure := getattr(one, name)) is not None},
        )
        for one in sums
    ]
    return [names + _FOLLOWING if names else () for names in hidden_counts(rows, rule)]


def sums_as_csv(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """The sums, one a row."""
    shown = zip(map(_sum_row, summary.sums), hidden_sums(summary.sums, small_numbers), strict=True)
    return csv_text(
        _COLUMNS,
        (
            [HIDDEN if name in hidden and plain[name] is not None else plain[name] for name in _COLUMNS]
            for plain, hidden in shown
        ),
    )


def sums_as_markdown(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """A page: sums by section, what they rest on, and the adjustments."""
    return "\n".join(_summary_page(summary, small_numbers)) + "\n"


def _summary_page(summary: Summary, small_numbers: SmallNumbers | None) -> Iterator[str]:
    hidden = hidden_sums(summary.sums, small_numbers)
    who = f" of {summary.commissioner}" if summary.commissioner and summary.commissioner != summary.to else ""
    yield f"# {in_markdown(f'Return{who} to {summary.to}, {summary.period.label}')}"
    yield ""
    unconfirmed = False
    for section, heading in SECTION_TITLES.items():
        rows = []
        for n, one in enumerate(summary.sums):
            if one.measure.section is section:
                mark = " *" if one.measure.evidence is Evidence.UNCONFIRMED else ""
                unconfirmed = unconfirmed or bool(mark)
                how = "; ".join(word for word in (one.basis, one.base) if word)
                rows.append((f"{one.label}{mark}", _sum_figure(one, hidden[n]), how, _reported(one)))
        if rows:
            yield f"## {heading}"
            yield ""
            yield from table(("Measure", "Figure", "How counted", "Reported"), rows)
    if any(hidden):
        yield f"*{HIDDEN}*: small, or beside a small number that it would give away."
        yield ""
    if unconfirmed:
        yield "\\* The national definition of this is not confirmed; the one used is the commissioner's to change."
        yield ""
    if summary.adjustments:
        yield "## Adjustments"
        yield ""
        for done in summary.adjustments:
            what = done.what if small_numbers is None else done.what_without_figures
            yield f"- *{done.kind.value.replace('-', ' ')}*: {in_markdown(what)}"
        yield ""


def _reported(one: Sum) -> str:
    return f"{one.reported.counted} of {one.reported.of} lines"


def _sum_figure(one: Sum, hidden: Sequence[str]) -> str:
    if hidden:
        among = None if "denominator" in hidden else one.denominator
        return HIDDEN if among is None else f"{HIDDEN} of {format_number(among)}"
    if one.value is not None:
        return format_number(one.value)
    if one.amount is not None:
        return in_pounds(one.amount)
    if one.mean_rounded is not None:
        return f"{one.mean_rounded:+f} on average, of {format_number(one.denominator or 0)}"
    if one.numerator is None:
        return "missing"
    if one.share is None or one.percentage is None:
        return f"{format_number(one.numerator)}, {'a bare count' if one.bare_count else 'of nobody'}"
    return f"{one.percentage}% ({format_number(one.numerator)} of {format_number(one.denominator or 0)})"
