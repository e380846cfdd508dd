"""Returns and sums as CSV, JSON and Markdown, with small numbers hidden where they are to be published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from victims_code.commissioning.outcomes import Section
from victims_code.commissioning.returns.hiding import COUNTS
from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnFinding
from victims_code.commissioning.returns.sums import Sum
from victims_code.decimals import format_number, rounded
from victims_code.money import in_pounds
from victims_code.printable import in_markdown
from victims_code.reading.sources import Evidence
from victims_code.render.csvs import csv_text
from victims_code.render.markdown import table

if TYPE_CHECKING:
    from victims_code.commissioning.returns.summary import Summary

HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""

SECTION_TITLES = {
    Section.ACTIVITY: "Activity",
    Section.OUTPUT: "Outputs",
    Section.OUTCOME: "Outcomes",
    Section.SPEND: "Spending",
}
_SUM_COLUMNS = (
    *("section", "measure", "breakdown", "item", "value", "whole", "numerator", "denominator", "percentage", "mean"),
    *("eligible", "amount", "basis", "base", "counted", "returns_reported", "returns_expected", "evidence"),
)


# --- one return -------------------------------------------------------------------------------------------------


def return_as_json(lines: Iterable[ReportedLine]) -> str:
    """Lines as JSON text; a figure that is missing has no key."""
    plain = [{name: value for name, value in _line_row(line).items() if value is not None} for line in lines]
    return json.dumps({"lines": plain}, ensure_ascii=False, indent=2)


def return_to_csv(lines: Sequence[ReportedLine], hidden: Sequence[Sequence[str]]) -> str:
    """Lines as CSV with a header row; what is hidden says so in the cell."""
    return _csv([column.name for column in COLUMNS], map(_line_row, lines), hidden)


def return_to_markdown(
    title: str,
    lines: Sequence[ReportedLine],
    questions: Sequence[ReturnFinding],
    hidden: Sequence[Sequence[str]],
) -> str:
    """Lines as Markdown tables by section, and the questions that are worth asking."""
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
    if questions:
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
    shown = figure_in_words(line, line.mean, hidden) or f"missing ({line.why_missing or 'no reason given'})"
    of_some = line.mean is not None or (line.numerator is not None and line.denominator)
    if hidden or not of_some or line.eligible is None:
        return shown
    return f"{shown}, {format_number(line.eligible)} could have been asked"


# --- what returns add up to -------------------------------------------------------------------------------------


def sums_as_json(summary: Summary) -> str:
    """Everything in a summary: sums with their contributions, and adjustments."""
    plain = {
        **({"cautions": " ".join(summary.cautions)} if summary.cautions else {}),
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


def sums_to_csv(summary: Summary, hidden: Sequence[Sequence[str]]) -> str:
    """The sums, one a row."""
    gone = [
        (*names, "whole") if _whole_is_hidden(one, summary, hidden) else names
        for one, names in zip(summary.sums, hidden, strict=True)
    ]
    said = "".join(csv_text([caution], ()) for caution in summary.cautions)
    return said + _csv(_SUM_COLUMNS, (_sum_row(one, summary) for one in summary.sums), gone)


def sums_to_markdown(summary: Summary, hidden: Sequence[Sequence[str]], *, with_figures: bool) -> str:
    """A page: sums by section, what they rest on, and the adjustments, with the figures they quote or without."""
    unsure = [one.measure.evidence is Evidence.UNCONFIRMED for one in summary.sums]
    rows = [
        (
            f"{one.label}{' *' if unsure[n] else ''}",
            (figure_in_words(one, one.mean_rounded, hidden[n]) or "missing") + _of_the_whole(one, summary, hidden),
            "; ".join(word for word in (one.basis, one.base) if word),
            f"{one.reported.counted} of {one.reported.of} returns",
        )
        for n, one in enumerate(summary.sums)
    ]
    who = f" of {summary.commissioner}" if summary.commissioner and summary.commissioner != summary.to else ""
    page = [line for caution in summary.cautions for line in (f"**{in_markdown(caution)}**", "")]
    page += [f"# {in_markdown(f'Return{who} to {summary.to}, {summary.period.label}')}", ""]
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
            what = done.what if with_figures else done.what_without_figures
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
    plain = {name: getattr(line, name) for name in (*COUNTS, "mean", "amount")}
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
    for section, heading in SECTION_TITLES.items():
        found = [row for row, of in zip(rows, sections, strict=True) if of is section]
        if found:
            yield from (f"## {heading}", "", *table(columns, found))


def _what_is_hidden(hidden: Iterable[Sequence[str]]) -> Iterator[str]:
    if any(hidden):
        yield from (f"*{HIDDEN}*: small, or beside a small number that it would give away.", "")


def figure_in_words(one: ReportedLine | Sum, mean: Decimal | None, hidden: Sequence[str]) -> str | None:
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
        return f"{format_number(one.numerator)}, {'of no one' if one.denominator == 0 else 'a bare count'}"
    percentage = rounded(Fraction(one.numerator, one.denominator) * 100, 1)
    return f"{percentage}% ({format_number(one.numerator)} of {format_number(one.denominator)})"
