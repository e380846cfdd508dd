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
from victims_code.commissioning.returns.sums import Sum
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
    "HIDDEN",
    "hidden_counts",
    "hidden_sums",
    "return_as_json",
    "return_to_csv",
    "return_to_markdown",
    "sums_as_json",
    "sums_to_csv",
    "sums_to_markdown",
]

HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""

_SECTION_TITLES = {
    Section.ACTIVITY: "Activity",
    Section.OUTPUT: "Outputs",
    Section.OUTCOME: "Outcomes",
    Section.SPEND: "Spending",
}
_COUNTS = ("value", "numerator", "denominator", "eligible")
_SUBTRACTED = (("numerator", "denominator"), ("denominator", "eligible"))
_FOLLOWING = ("percentage", "mean")
"""Figures that are hidden with the counts they are worked out from."""
_SUM_COLUMNS = (
    *("section", "measure", "breakdown", "item", "value", "numerator", "denominator", "percentage", "mean"),
    *("eligible", "amount", "basis", "base", "counted", "lines_reported", "lines_expected", "evidence"),
)


# --- one return -------------------------------------------------------------------------------------------------


def return_as_json(lines: Iterable[ReportedLine]) -> str:
    """Lines as JSON text; a figure that is missing has no key."""
    plain = [{name: value for name, value in _line_row(line).items() if value is not None} for line in lines]
    return json.dumps({"lines": plain}, ensure_ascii=False, indent=2)


def return_to_csv(lines: Sequence[ReportedLine], small_numbers: SmallNumbers | None) -> str:
    """Lines as CSV with a header row; what is hidden says so in the cell."""
    return _csv([column.name for column in COLUMNS], map(_line_row, lines), _hidden_lines(lines, small_numbers))


def return_to_markdown(
    title: str, lines: Sequence[ReportedLine], questions: Sequence[ReturnFinding], small_numbers: SmallNumbers | None
) -> str:
    """Lines as Markdown tables by section, and the questions where small numbers need not be hidden."""
    hidden = _hidden_lines(lines, small_numbers)
    rows = [
        (
            line.provider if line.service is None else f"{line.provider}, {line.service}",
            line.period.label,
            line.label,
            _line_figure(line, hidden[n]),
            "; ".join(word for word in (line.basis, line.base, line.note) if word),
        )
        for n, line in enumerate(lines)
    ]
    page = [f"# Return {in_markdown(title)}".rstrip(), ""]
    page += _tables(("Provider", "Period", "Measure", "Figure", "How counted"), [line.section for line in lines], rows)
    page += _what_is_hidden(hidden)
    if questions and not small_numbers:
        page += ["## Questions", "", *(f"- {in_markdown(str(question))}" for question in questions), ""]
    return "\n".join(page) + "\n"


def _line_row(line: ReportedLine) -> dict[str, str | int | None]:
    """A line as plain values by column; numbers with a point are text, so that they stay exact."""
    plain: dict[str, str | int | None] = {}
    for column in COLUMNS:
        value = getattr(line, column.name)
        plain[column.name] = f"{value:f}" if isinstance(value, Decimal) else value
    return {**plain, "period": line.period.label, "section": line.section.value, "item": " > ".join(line.item) or None}


def _line_figure(line: ReportedLine, hidden: Sequence[str]) -> str:
    shown = _figure(line, line.mean, hidden) or f"missing ({line.why_missing or 'no reason given'})"
    of_some = line.mean is not None or (line.numerator is not None and line.denominator)
    if hidden or not of_some or line.eligible is None:
        return shown
    return f"{shown}, {format_number(line.eligible)} could have been asked"


def _hidden_lines(lines: Sequence[ReportedLine], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each line the columns that must not be shown."""
    rows = [_figure_row(line, (line.provider, line.service, line.period, line.measure), ()) for line in lines]
    return _with_what_follows(lines, hidden_counts(rows, rule))


# --- what returns add up to -------------------------------------------------------------------------------------


def sums_as_json(summary: Summary) -> str:
    """Everything in a summary: sums with their contributions, and adjustments."""
    plain = {
        "to": summary.to,
        "commissioner": summary.commissioner,
        "period": summary.period.label,
        "sums": [
            {**_sum_row(one), "contributions": list(map(_contribution, one.contributions))} for one in summary.sums
        ],
        "adjustments": [done.to_dict() for done in summary.adjustments],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def sums_to_csv(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """The sums, one a row."""
    return _csv(_SUM_COLUMNS, map(_sum_row, summary.sums), hidden_sums(summary.sums, small_numbers))


def sums_to_markdown(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """A page: sums by section, what they rest on, and the adjustments."""
    hidden = hidden_sums(summary.sums, small_numbers)
    unsure = [one.measure.evidence is Evidence.UNCONFIRMED for one in summary.sums]
    rows = [
        (
            f"{one.label}{' *' if unsure[n] else ''}",
            _figure(one, one.mean_rounded, hidden[n]) or "missing",
            "; ".join(word for word in (one.basis, one.base) if word),
            f"{one.reported.counted} of {one.reported.of} lines",
        )
        for n, one in enumerate(summary.sums)
    ]
    who = f" of {summary.commissioner}" if summary.commissioner and summary.commissioner != summary.to else ""
    page = [f"# {in_markdown(f'Return{who} to {summary.to}, {summary.period.label}')}", ""]
    sections = [one.measure.section for one in summary.sums]
    page += _tables(("Measure", "Figure", "How counted", "Reported"), sections, rows)
    page += _what_is_hidden(hidden)
    if any(unsure):
        page += [
            "\\* The national definition of this is not confirmed; the one used is the commissioner's to change.",
            "",
        ]
    if summary.adjustments:
        page += ["## Adjustments", ""]
        for done in summary.adjustments:
            what = done.what if small_numbers is None else done.what_without_figures
            page.append(f"- *{done.kind.value.replace('-', ' ')}*: {in_markdown(what)}")
        page.append("")
    return "\n".join(page) + "\n"


def hidden_sums(sums: Sequence[Sum], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each sum the columns that must not be shown."""
    rows = [_figure_row(one, one.measure.id, (one.basis, one.base, one.counted, one.bare_count)) for one in sums]
    return _with_what_follows(sums, hidden_counts(rows, rule))


def _sum_row(one: Sum) -> dict[str, str | int | None]:
    plain = {name: getattr(one, name, None) for name in _SUM_COLUMNS} | {
        "section": one.measure.section.value,
        "measure": one.measure.id,
        "item": " > ".join(one.item) or None,
        "mean": one.mean_rounded,
        "lines_reported": one.reported.counted,
        "lines_expected": one.reported.of,
        "evidence": one.measure.evidence.value,
    }
    return {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in plain.items()}


def _contribution(line: ReportedLine) -> dict[str, str | int | None]:
    plain = {name: getattr(line, name) for name in (*_COUNTS, "mean", "amount")}
    return {
        "provider": line.provider,
        "service": line.service,
        "period": line.period.label,
        "source": line.source,
        "row": line.row,
        **{name: f"{n:f}" if isinstance(n, Decimal) else n for name, n in plain.items() if n is not None},
    }


# --- what both have ---------------------------------------------------------------------------------------------


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, str | int | None]], hidden: Sequence[Sequence[str]]) -> str:
    return csv_text(
        names,
        ([HIDDEN if name in gone else row[name] for name in names] for row, gone in zip(rows, hidden, strict=True)),
    )


def _tables(columns: Sequence[str], sections: Sequence[Section], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for section, heading in _SECTION_TITLES.items():
        found = [row for row, of in zip(rows, sections, strict=True) if of is section]
        if found:
            yield from (f"## {heading}", "", *table(columns, found))


def _what_is_hidden(hidden: Iterable[Sequence[str]]) -> Iterator[str]:
    if any(hidden):
        yield from (f"*{HIDDEN}*: small, or beside a small number that it would give away.", "")


def _figure(one: ReportedLine | Sum, mean: Decimal | None, hidden: Sequence[str]) -> str | None:
    """The figure of a line or a sum as people read it; None if it is missing."""
    if hidden:
        among = None if "denominator" in hidden else one.denominator
        return HIDDEN if among is None else f"{HIDDEN} of {format_number(among)}"
    if one.value is not None:
        return format_number(one.value)
    if one.amount is not None:
        return in_pounds(one.amount)
    if mean is not None:
        return f"{mean:+f} on average, of {format_number(one.denominator or 0)}"
    if one.numerator is None:
        return None
    if not one.denominator:
        return f"{format_number(one.numerator)}, {'of nobody' if one.denominator == 0 else 'a bare count'}"
    percentage = rounded(Fraction(one.numerator, one.denominator) * 100, 1)
    return f"{percentage}% ({format_number(one.numerator)} of {format_number(one.denominator)})"


@frozen(kw_only=True)
class FigureRow:
    """The counts of one row of a table; rows of one ``group`` are a total and its parts, those ``alike`` add up."""

    group: Hashable
    alike: Hashable
    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]


def _figure_row(one: ReportedLine | Sum, group: Hashable, alike: Hashable) -> FigureRow:
    counts = {name: figure for name in _COUNTS if (figure := getattr(one, name)) is not None}
    return FigureRow(group=group, alike=alike, breakdown=one.breakdown, item=one.item, counts=counts)


def _with_what_follows(ones: Sequence[ReportedLine | Sum], hidden: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The counts that are hidden, and with them the percentage or mean that is there."""
    return [
        names + tuple(name for name in _FOLLOWING if names and getattr(one, name) is not None)
        for one, names in zip(ones, hidden, strict=True)
    ]


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
    for name in _COUNTS:
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
