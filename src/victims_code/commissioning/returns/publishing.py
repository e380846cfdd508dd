"""Returns and sums as CSV, JSON and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
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
    *("section", "measure", "breakdown", "item", "value", "whole", "numerator", "denominator", "percentage", "mean"),
    *("eligible", "amount", "basis", "base", "counted", "returns_reported", "returns_expected", "evidence"),
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
    rows = [_figure_row(line, (line.provider, line.service, line.period, line.measure)) for line in lines]
    return _with_what_follows(lines, hidden_counts(rows, rule))


# --- what returns add up to -------------------------------------------------------------------------------------


def sums_as_json(summary: Summary) -> str:
    """Everything in a summary: sums with their contributions, and adjustments."""
    plain = {
        "to": summary.to,
        "commissioner": summary.commissioner,
        "period": summary.period.label,
        "sums": [
            {**_sum_row(one, summary), "contributions": list(map(_contribution, one.contributions))}
            for one in summary.sums
        ],
        "adjustments": [done.to_dict() for done in summary.adjustments],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def sums_to_csv(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """The sums, one a row."""
    hidden = hidden_sums(summary.sums, small_numbers)
    gone = [
        (*names, "whole") if _whole_is_hidden(one, summary, hidden) else names
        for one, names in zip(summary.sums, hidden, strict=True)
    ]
    return _csv(_SUM_COLUMNS, (_sum_row(one, summary) for one in summary.sums), gone)


def sums_to_markdown(summary: Summary, small_numbers: SmallNumbers | None) -> str:
    """A page: sums by section, what they rest on, and the adjustments."""
    hidden = hidden_sums(summary.sums, small_numbers)
    unsure = [one.measure.evidence is Evidence.UNCONFIRMED for one in summary.sums]
    rows = [
        (
            f"{one.label}{' *' if unsure[n] else ''}",
            (_figure(one, one.mean_rounded, hidden[n]) or "missing") + _of_the_whole(one, summary, hidden),
            "; ".join(word for word in (one.basis, one.base) if word),
            f"{one.reported.counted} of {one.reported.of} returns",
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


def _whole_is_hidden(one: Sum, summary: Summary, hidden: Sequence[Sequence[str]]) -> bool:
    whole = summary.whole_of(one)
    return whole is not None and "value" in hidden[summary.sums.index(whole)]


def _of_the_whole(one: Sum, summary: Summary, hidden: Sequence[Sequence[str]]) -> str:
    """What a part is counted in, so that it does not pass for the whole."""
    whole = summary.whole_of(one)
    if whole is None or one.is_missing or _whole_is_hidden(one, summary, hidden):
        return ""
    total = whole.value if whole.amount is None else whole.amount
    if total is None:
        return ""
    return f" of {format_number(total) if isinstance(total, int) else in_pounds(total)}"


def hidden_sums(sums: Sequence[Sum], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each sum the columns that must not be shown."""
    rows = [_figure_row(one, one.measure.id) for one in sums]
    return _with_what_follows(sums, hidden_counts(rows, rule))


def _sum_row(one: Sum, summary: Summary) -> dict[str, str | int | None]:
    whole = summary.whole_of(one)
    plain = {name: getattr(one, name, None) for name in _SUM_COLUMNS} | {
        "section": one.measure.section.value,
        "measure": one.measure.id,
        "item": " > ".join(one.item) or None,
        "mean": one.mean_rounded,
        "whole": None if whole is None else whole.value if whole.amount is None else whole.amount,
        "returns_reported": one.reported.counted,
        "returns_expected": one.reported.of,
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
    """The counts of one row of a table; rows of one ``group`` are a total and its parts.

    ``given`` holds who gave which of the counts. Readers are taken to know that, though they see only the sums.
    """

    group: Hashable
    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]
    given: Mapping[Hashable, Mapping[str, int]]


def _figure_row(one: ReportedLine | Sum, group: Hashable) -> FigureRow:
    counts = _counts(one)
    lines = one.contributions if isinstance(one, Sum) else (one,)
    given: dict[Hashable, dict[str, int]] = {
        (line.provider, line.service, line.period): _counts(line) for line in lines
    }
    return FigureRow(group=group, breakdown=one.breakdown, item=one.item, counts=counts, given=given)


def _counts(one: ReportedLine | Sum) -> dict[str, int]:
    return {name: figure for name in _COUNTS if (figure := getattr(one, name)) is not None}


def _with_what_follows(ones: Sequence[ReportedLine | Sum], hidden: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The counts that are hidden, and with them the percentage or mean that is there."""
    return [
        names + tuple(name for name in _FOLLOWING if names and getattr(one, name) is not None)
        for one, names in zip(ones, hidden, strict=True)
    ]


def hidden_counts(rows: Sequence[FigureRow], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each row the counts that must not be shown; nothing, if there is no rule.

    A reader who knows which provider reports which measure and breakdown can add up the parts of one provider and take
    them from the sum of several. So the sums are hidden as if the subtotals were known of all providers together that
    report the same; those are never shown, and must not be worked out either where they are small.
    """
    if rule is None:
        return [() for _ in rows]
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        groups[row.group].append(n)
    cells: dict[str, int | None] = {
        f"{n} {name}": figure for n, row in enumerate(rows) for name, figure in row.counts.items()
    }
    shown, totals = frozenset(cells), list[Total]()
    for k, places in enumerate(groups.values()):
        table = _Subtotals(rows=rows, prefix=f"{k}", alike=_who_report_alike(rows, places), cells=cells, totals=totals)
        table.add()
    result = suppress(cells, totals, rule, never_shown=cells.keys() - shown)
    return [tuple(name for name in row.counts if result.hides(f"{n} {name}")) for n, row in enumerate(rows)]


_Path = tuple[str | None, tuple[str, ...]]
_Family = tuple[str, int, tuple[int, ...]]
"""A count, the row of a total, and the rows of parts that make it up."""


@frozen(kw_only=True)
class _Reported:
    """Which counts of which rows someone gives, and which of them are a total with all its parts."""

    figures: frozenset[tuple[int, str]]
    families: frozenset[_Family]


def _who_report_alike(rows: Sequence[FigureRow], places: Sequence[int]) -> Mapping[_Reported, list[Hashable]]:
    """Those who give the same figures, together, since nobody can tell what each of them gave."""
    figures: dict[Hashable, dict[tuple[int, str], int]] = defaultdict(dict)
    for n in places:
        for who, counts in rows[n].given.items():
            figures[who] |= {(n, name): figure for name, figure in counts.items() if name in rows[n].counts}
    alike: dict[_Reported, list[Hashable]] = defaultdict(list)
    for who, given in figures.items():
        families = frozenset(_families(rows, given))
        alike[_Reported(figures=frozenset(given), families=families)].append(who)
    return alike


def _families(rows: Sequence[FigureRow], given: Mapping[tuple[int, str], int]) -> Iterator[_Family]:
    """The totals among some figures that the parts beside them make up."""
    for name in _COUNTS:
        by_path = {(rows[n].breakdown, rows[n].item): n for n, counted in given if counted == name}
        parts: dict[tuple[_Path, str], list[int]] = defaultdict(list)
        for (breakdown, path), n in by_path.items():
            if breakdown is not None:
                above: _Path = (breakdown, path[:-1]) if path[1:] else (None, ())
                parts[above, breakdown].append(n)
        for (above, _), below in parts.items():
            total = by_path.get(above)
            if total is not None and given[total, name] == sum(given[part, name] for part in below):
                yield name, total, tuple(below)


@frozen(kw_only=True)
class _Subtotals:
    """The cells and totals of one measure: its rows, and the subtotals of those who report alike."""

    rows: Sequence[FigureRow]
    prefix: str
    alike: Mapping[_Reported, Sequence[Hashable]]
    cells: dict[str, int | None]
    totals: list[Total]

    def add(self) -> None:
        """Put the subtotals beside the cells, and what adds up to what among the totals."""
        givers: dict[tuple[int, str], list[int]] = defaultdict(list)
        for m, reported in enumerate(self.alike):
            for figure in reported.figures:
                givers[figure].append(m)
        names = {
            (m, n, name): f"{n} {name}" if len(found) == 1 else f"{self.prefix}/{m} {n} {name}"
            for (n, name), found in givers.items()
            for m in found
        }
        for m, (reported, who) in enumerate(self.alike.items()):
            for n, name in sorted(reported.figures):
                self.cells[names[m, n, name]] = sum(self.rows[n].given[one][name] for one in who)
            for name, above, below in sorted(reported.families):
                parts = [names[m, n, name] for n in below]
                self.totals.append(Total(total=names[m, above, name], parts=parts))
            for n in sorted({n for n, _ in reported.figures}):
                self._add_the_rest(lambda name, m=m, n=n: names.get((m, n, name)))  # type: ignore[misc]
        for (n, name), found in givers.items():
            if len(found) > 1:
                self.totals.append(Total(total=f"{n} {name}", parts=[names[m, n, name] for m in found]))
        for n in {n for n, _ in givers}:
            self._add_the_rest(lambda name, n=n: f"{n} {name}" if name in self.rows[n].counts else None)  # type: ignore[misc]

    def _add_the_rest(self, cell: Callable[[str], str | None]) -> None:
        """Those who are counted in one figure and not in the next are never printed, and follow by subtraction."""
        for part, whole in _SUBTRACTED:
            below, above = cell(part), cell(whole)
            if below is not None and above is not None and f"{above} less {below}" not in self.cells:
                self.cells[f"{above} less {below}"] = max((self.cells[above] or 0) - (self.cells[below] or 0), 0)
                self.totals.append(Total(total=above, parts=(below, f"{above} less {below}")))
