"""Returns as JSON, CSV and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from victims_code.commissioning.frameworks import Section
from victims_code.commissioning.returns.findings import ReturnFinding
from victims_code.commissioning.returns.hiding import COUNTS, HIDDEN, FigureRow, hidden_counts
from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine
from victims_code.decimals import format_number, rounded
from victims_code.figures import SmallNumbers
from victims_code.money import in_pounds
from victims_code.render.csvs import csv_text
from victims_code.render.escaping import in_markdown
from victims_code.render.markdown import table

__all__ = [
    "SECTION_TITLES",
    "return_as_csv",
    "return_as_json",
    "return_as_markdown",
]

SECTION_TITLES = {
    Section.ACTIVITY: "Activity",
    Section.OUTPUT: "Outputs",
    Section.OUTCOME: "Outcomes",
    Section.SPEND: "Spending",
}


def _line_row(line: ReportedLine) -> dict[str, str | int | None]:
    """A line as plain values by column; numbers with a point are text, so that they stay exact."""
    plain: dict[str, str | int | None] = {}
    for column in COLUMNS:
        value = getattr(line, column.name)
        plain[column.name] = f"{value:f}" if isinstance(value, Decimal) else value
    return {**plain, "period": line.period.label, "section": line.section.value, "item": " > ".join(line.item) or None}


def return_as_json(lines: Iterable[ReportedLine]) -> str:
    """Lines as JSON text; a figure that is missing has no key."""
    plain = [{name: value for name, value in _line_row(line).items() if value is not None} for line in lines]
    return json.dumps({"lines": plain}, ensure_ascii=False, indent=2)


def return_as_csv(lines: Sequence[ReportedLine], small_numbers: SmallNumbers | None) -> str:
    """Lines as CSV with a header row; what is hidden says so in the cell."""
    hidden = _hidden(lines, small_numbers)
    names = [column.name for column in COLUMNS]
    plain = [_line_row(line) for line in lines]
    return csv_text(
        names, ([HIDDEN if name in hidden[n] else row[name] for name in names] for n, row in enumerate(plain))
    )


def return_as_markdown(
    title: str, lines: Sequence[ReportedLine], questions: Sequence[ReturnFinding], small_numbers: SmallNumbers | None
) -> str:
    """Lines as Markdown tables by section."""
    return "\n".join(_return_page(title, lines, () if small_numbers else questions, small_numbers)) + "\n"


def _return_page(
    title: str, lines: Sequence[ReportedLine], questions: Sequence[ReturnFinding], small_numbers: SmallNumbers | None
) -> Iterator[str]:
    hidden = _hidden(lines, small_numbers)
    yield f"# Return {in_markdown(title)}".rstrip()
    yield ""
    for section, heading in SECTION_TITLES.items():
        rows = [
            (
                line.provider if line.service is None else f"{line.provider}, {line.service}",
                line.period.label,
                line.label,
                _line_figure(line, hidden[n]),
                "; ".join(word for word in (line.basis, line.base, line.note) if word),
            )
            for n, line in enumerate(lines)
            if line.section is section
        ]
        if rows:
            yield f"## {heading}"
            yield ""
            yield from table(("Provider", "Period", "Measure", "Figure", "How counted"), rows)
    if any(hidden):
        yield f"*{HIDDEN}*: small, or beside a small number that it would give away."
        yield ""
    if questions:
        yield "## Questions"
        yield ""
        yield from (f"- {in_markdown(str(question))}" for question in questions)
        yield ""


def _line_figure(line: ReportedLine, hidden: Sequence[str] = ()) -> str:
    """The figure of a line as people read it."""
    if hidden:
        among = None if "denominator" in hidden else line.denominator
        return HIDDEN if among is None else f"{HIDDEN} of {format_number(among)}"
    if line.value is not None:
        return format_number(line.value)
    if line.amount is not None:
        return in_pounds(line.amount)
    if line.mean is not None:
        return f"{line.mean:+f} on average, of {format_number(line.denominator or 0)}" + _coverage(line)
    if line.numerator is not None and line.denominator:
        percentage = rounded(Fraction(line.numerator, line.denominator) * 100, 1)
        return f"{percentage}% ({format_number(line.numerator)} of {format_number(line.denominator)})" + _coverage(line)
    if line.numerator is not None:
        return f"{format_number(line.numerator)}, {'of nobody' if line.denominator == 0 else 'a bare count'}"
    return f"missing ({line.why_missing or 'no reason given'})"


def _coverage(line: ReportedLine) -> str:
    return "" if line.eligible is None else f", {format_number(line.eligible)} could have been asked"


def _row(line: ReportedLine) -> FigureRow:
    return FigureRow(
        group=(line.provider, line.service, line.period, line.measure),
        alike=(),
        breakdown=line.breakdown,
        item=line.item,
        counts={name: figure for name in COUNTS if (figure := getattr(line, name)) is not None},
    )


def _hidden(lines: Sequence[ReportedLine], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each line the columns that must not be shown; a percentage or mean goes with its counts."""
    following = ("percentage", "mean")
    return [
        names + tuple(name for name in following if names and getattr(line, name) is not None)
        for line, names in zip(lines, hidden_counts([_row(line) for line in lines], rule), strict=True)
    ]
