"""Returns and sums as CSV, JSON and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from victims_code.commissioning.outcomes import Section
from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnFinding
from victims_code.commissioning.returns.sums import Contribution, Sum
from victims_code.decimals import format_number, rounded
from victims_code.figures import SmallNumbers, Total, suppress
from victims_code.money import in_pounds
from victims_code.printable import in_markdown
from victims_code.reading.sources import Evidence
from victims_code.render.csvs import csv_text
from victims_code.render.markdown import table

if TYPE_CHECKING:
    from victims_code.commissioning.returns.summary import Summary

__all__ = [
    "COUNTS",
    "HIDDEN",
    "SECTION_TITLES",
    "FigureRow",
    "hidden_counts",
    "hidden_sums",
    "return_as_csv",
    "return_as_json",
    "return_as_markdown",
    "sums_as_csv",
    "sums_as_json",
    "sums_as_markdown",
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


HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""

COUNTS = ("value", "numerator", "denominator", "eligible")
_SUBTRACTED = (("numerator", "denominator"), ("denominator", "eligible"))


@frozen(kw_only=True)
class FigureRow:
    """The counts of one row of a table; rows of one ``group`` are a total and its parts, those ``alike`` add up."""

    group: Hashable
    alike: Hashable
    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]


def hidden_counts(rows: Sequence[FigureRow], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each row the counts that must not be shown; nothing, if there is no rule."""
    if rule is None:
        return [() for _ in rows]
    cells: dict[str, int | None] = {
        f"{n} {name}": row.counts[name] for n, row in enumerate(rows) for name in row.counts
    }
    totals: list[Total] = []
    never: list[str] = []
    for n, row in enumerate(rows):
        cells |= {f"{n} {name}": figure for name, figure in row.counts.items()}
        for part, whole in _SUBTRACTED:
            if part in row.counts and whole in row.counts:
                # those who are not in the part are never printed, and would follow by subtraction
                rest = f"{n} not {part}"
                cells[rest] = row.counts[whole] - row.counts[part]
                never.append(rest)
                totals.append(Total(total=f"{n} {whole}", parts=(f"{n} {part}", rest)))
    for name in COUNTS:
        for k, (above, below) in enumerate(_sums(rows, name)):
            if len(above) == 1:
                totals.append(Total(total=f"{above[0]} {name}", parts=[f"{n} {name}" for n in below]))
            else:  # several totals that were kept apart, and their parts
                both = f"all {name} {k}"
                cells[both] = sum(rows[n].counts[name] for n in above)
                never.append(both)
                totals += [Total(total=both, parts=[f"{n} {name}" for n in side]) for side in (above, below)]
    result = suppress(cells, totals, rule, never_shown=never)
    return [tuple(name for name in row.counts if result.hides(f"{n} {name}")) for n, row in enumerate(rows)]


def _sums(rows: Sequence[FigureRow], name: str) -> Iterator[tuple[list[int], list[int]]]:
    """Rows (by their places) whose figures come to the same as those of other rows: totals, and their parts."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if name in row.counts:
            groups[row.group].append(n)
    for places in groups.values():
        by_path: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for n in places:
            by_path[rows[n].breakdown, rows[n].item].append(n)
        families: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for (breakdown, path), found in by_path.items():
            if breakdown is not None:
                families[breakdown, path[:-1]] += found
        for (breakdown, path), below in families.items():
            above = by_path.get((breakdown if path else None, path), [])
            for alike in dict.fromkeys(rows[n].alike for n in above):
                tops, parts = ([n for n in side if rows[n].alike == alike] for side in (above, below))
                yield from _same(rows, name, tops, parts)
            if len({rows[n].alike for n in (*above, *below)}) > 1:
                yield from _same(rows, name, above, below)


def _same(
    rows: Sequence[FigureRow], name: str, above: list[int], below: list[int]
) -> Iterator[tuple[list[int], list[int]]]:
    if above and below and sum(rows[n].counts[name] for n in above) == sum(rows[n].counts[name] for n in below):
        yield above, below
