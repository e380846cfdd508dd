"""Returns as JSON, CSV and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from victims_code.commissioning.exact import in_words, rounded
from victims_code.commissioning.frameworks import Section
from victims_code.commissioning.measures.suppression import Total, suppress
from victims_code.commissioning.money.amounts import in_pounds
from victims_code.commissioning.reporting import SmallNumbers
from victims_code.commissioning.returns.findings import Finding
from victims_code.commissioning.returns.lines import COLUMNS, Line
from victims_code.render.csvs import csv_cell
from victims_code.render.markdown import markdown_cell, markdown_table

__all__ = [
    "HIDDEN",
    "SECTION_TITLES",
    "figure_in_words",
    "hidden_figures",
    "plain_line",
    "return_as_csv",
    "return_as_json",
    "return_as_markdown",
]

HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""

SECTION_TITLES = {
    Section.ACTIVITY: "Activity",
    Section.OUTPUT: "Outputs",
    Section.OUTCOME: "Outcomes",
    Section.SPEND: "Spending",
}
_COUNTS = ("value", "numerator", "denominator", "eligible")
_FOLLOWING = ("percentage", "mean")
"""Figures that would tell a hidden count."""


def plain_line(line: Line) -> dict[str, str | int | None]:
    """A line as plain values by column; numbers with a point are text, so that they stay exact."""
    plain: dict[str, str | int | None] = {}
    for column in COLUMNS:
        value = getattr(line, column.name)
        if column.name == "item":
            value = " > ".join(value) or None
        elif column.name == "period":
            value = value.label
        elif column.name == "section":
            value = value.value
        elif isinstance(value, Decimal):
            value = f"{value:f}"
        plain[column.name] = value
    return plain


def return_as_json(lines: Iterable[Line]) -> str:
    """Lines as JSON text; a figure that is missing has no key."""
    plain = [{name: value for name, value in plain_line(line).items() if value is not None} for line in lines]
    return json.dumps({"lines": plain}, ensure_ascii=False, indent=2)


def return_as_csv(lines: Sequence[Line], small_numbers: SmallNumbers | None) -> str:
    """Lines as CSV with a header row; what is hidden says so in the cell."""
    hidden = hidden_figures(lines, small_numbers)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for n, line in enumerate(lines):
        plain = {**plain_line(line), **dict.fromkeys(hidden[n], HIDDEN)}
        writer.writerow([csv_cell(plain[column.name]) for column in COLUMNS])
    return out.getvalue()


def return_as_markdown(
    title: str, lines: Sequence[Line], questions: Sequence[Finding], small_numbers: SmallNumbers | None
) -> str:
    """Lines as Markdown tables by section."""
    return "\n".join(_page(title, lines, () if small_numbers else questions, small_numbers)) + "\n"


def _page(
    title: str, lines: Sequence[Line], questions: Sequence[Finding], small_numbers: SmallNumbers | None
) -> Iterator[str]:
    hidden = hidden_figures(lines, small_numbers)
    yield f"# Return {markdown_cell(title)}".rstrip()
    yield ""
    for section, heading in SECTION_TITLES.items():
        rows = [
            (
                line.provider if line.service is None else f"{line.provider}, {line.service}",
                line.period.label,
                line.label,
                figure_in_words(line, hidden[n]),
                "; ".join(word for word in (line.basis, line.base, line.note) if word),
            )
            for n, line in enumerate(lines)
            if line.section is section
        ]
        if rows:
            yield f"## {heading}"
            yield ""
            yield from markdown_table(("Provider", "Period", "Measure", "Figure", "How counted"), rows)
    if any(hidden):
        yield f"*{HIDDEN}*: small, or beside a small number that it would give away."
        yield ""
    if questions:
        yield "## Questions"
        yield ""
        yield from (f"- {markdown_cell(str(question))}" for question in questions)
        yield ""


def figure_in_words(line: Line, hidden: Sequence[str] = ()) -> str:
    """The figure of a line as people read it."""
    if hidden:
        among = None if "denominator" in hidden else line.denominator
        return HIDDEN if among is None else f"{HIDDEN} of {in_words(among)}"
    if line.value is not None:
        return in_words(line.value)
    if line.amount is not None:
        return in_pounds(line.amount)
    if line.mean is not None:
        return f"{line.mean:+f} on average, of {in_words(line.denominator or 0)}" + _coverage(line)
    if line.numerator is not None and line.denominator:
        percentage = rounded(Fraction(line.numerator, line.denominator) * 100, 1)
        return f"{percentage}% ({in_words(line.numerator)} of {in_words(line.denominator)})" + _coverage(line)
    if line.numerator is not None:
        among = "of nobody" if line.denominator == 0 else "a bare count"
        return f"{in_words(line.numerator)}, {among}"
    return f"missing ({line.why_missing or 'no reason given'})"


def _coverage(line: Line) -> str:
    return "" if line.eligible is None else f", {in_words(line.eligible)} could have been asked"


def hidden_figures(lines: Sequence[Line], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each line, the columns whose figures must not be shown."""
    if rule is None:
        return [() for _ in lines]
    cells: dict[str, int | None] = {}
    totals: list[Total] = []
    rests: list[str] = []
    for n, line in enumerate(lines):
        cells |= {f"{n} {name}": figure for name in _COUNTS if (figure := getattr(line, name)) is not None}
        for part, whole in (("numerator", "denominator"), ("denominator", "eligible")):
            less, more = getattr(line, part), getattr(line, whole)
            if less is not None and more is not None:
                # those who are not in the numerator are never printed, and would follow by subtraction
                rest = f"{n} not in {part}"
                cells[rest] = more - less
                rests.append(rest)
                totals.append(Total(total=f"{n} {whole}", parts=(f"{n} {part}", rest)))
    for whole_line, part_lines in _sums(lines):
        for name in _COUNTS:
            parts = tuple(f"{part} {name}" for part in part_lines)
            if f"{whole_line} {name}" in cells and all(part in cells for part in parts):
                totals.append(Total(total=f"{whole_line} {name}", parts=parts))
    result = suppress(cells, totals, rule, never_shown=rests)
    hidden = []
    for n, line in enumerate(lines):
        names = [name for name in _COUNTS if result.hides(f"{n} {name}")]
        names += [name for name in _FOLLOWING if names and getattr(line, name) is not None]
        hidden.append(tuple(names))
    return hidden


def _sums(lines: Sequence[Line]) -> Iterator[tuple[int, list[int]]]:
    """Which lines are the sums of which, by their places."""
    wholes: dict[tuple[object, ...], int] = {}
    parts: dict[tuple[object, ...], dict[str, dict[tuple[str, ...], int]]] = defaultdict(lambda: defaultdict(dict))
    for n, line in enumerate(lines):
        key: tuple[object, ...] = (line.provider, line.service, line.period, line.measure)
        if line.breakdown is None:
            wholes[key] = n
        else:
            parts[key][line.breakdown][line.item] = n
    for key, breakdowns in parts.items():
        for by_path in breakdowns.values():
            places = by_path | ({(): wholes[key]} if key in wholes else {})
            children: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for path, n in by_path.items():
                children[path[:-1]].append(n)
            yield from ((places[path], below) for path, below in children.items() if path in places)
