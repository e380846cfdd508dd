"""The report as a page, and as Markdown: how it is laid out, with nothing worked out here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from victims_code.compliance.board_report.sheets import Sheet
from victims_code.compliance.board_report.waiting import Waiting
from victims_code.compliance.measuring.definitions import ComplianceMeasure
from victims_code.compliance.measuring.tables import HIDDEN
from victims_code.dates import format_date, format_short_date
from victims_code.printable import capitalised, in_markdown
from victims_code.render.markdown import table as markdown_table
from victims_code.render.pages import fragment

if TYPE_CHECKING:
    from victims_code.compliance.board_report.report import Report

LISTED = 40
"""How much of each waiting list is on the page; the rest is in the CSV file."""
LEAST = 3
"""How many of the duties least often met on time are on the first page."""
_DIRECTIONS = {
    "higher-is-better": "Higher is better.",
    "lower-is-better": "Lower is better.",
    "demand": "Neither high nor low is better.",
}


def report_to_html(report: Report) -> str:
    """The report as one page that stands by itself.

    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment(
        "report.html.j2",
        package="victims_code.compliance.board_report",
        report=report,
        as_at=format_date(report.stamp.as_at),
        standing=standing(report),
        waiting=waiting_sheets(report),
        least=least(report),
        method=list(method(report)),
        directions=_DIRECTIONS,
    )


def report_to_markdown(report: Report) -> str:
    """The report as Markdown, without plots."""
    return "\n".join(_markdown(report)) + "\n"


def standing(report: Report) -> str:
    """What may be done with the report, in a sentence."""
    if report.rule is None:
        return "Not for publication: small numbers are shown" + (
            "." if report.waiting is None else ", and the waiting list names cases."
        )
    if report.waiting is not None:
        return (
            "Not for publication: the waiting list names cases, and with it hidden numbers can be worked out. Leave it"
            " out to publish the rest."
        )
    return f"For publication: numbers below {report.rule.below} are {HIDDEN}, and it names no case."


def least(report: Report) -> tuple[tuple[str, str, str], ...]:
    """The duties least often met on time, for the first page: title, share, and of how many."""
    if report.worst is None:
        return ()
    return tuple((row[0], row[1], f"of {row[3]}; interval {row[2]}") for row in report.worst.sheet.rows[:LEAST])


def waiting_sheets(report: Report) -> tuple[Sheet, ...]:
    """The waiting lists as far as they are on the page: of every duty the earliest, then the next of each."""
    waiting = report.waiting
    if waiting is None:
        return ()
    lists = (
        ("overdue", "Overdue", "", waiting.overdue, waiting.all_overdue),
        (
            "act-now",
            "Act now",
            "It may be late already: the record does not say which deadline applies, when it was received, or whether"
            " the duty applies. ",
            waiting.act_now,
            waiting.all_act_now,
        ),
        ("due-soon", f"Due by {format_short_date(waiting.until)}", "", waiting.due_soon, waiting.all_due_soon),
        (
            "never-recorded",
            "Overdue or may be, of duties this data never shows as done",
            "They may have been done and not recorded. ",
            waiting.never_recorded,
            waiting.all_never_recorded,
        ),
    )
    return tuple(_waiting(*one, areas=waiting.areas) for one in lists)


def _part(items: Sequence[Waiting], all_: int) -> str:
    listed = min(len(items), LISTED)
    if not all_:
        return "There are none."
    if listed == all_:
        return f"All {all_:,}, the earliest first."
    more = f"The file waiting-list.csv has {'all' if len(items) == all_ else f'{len(items):,}'}."
    return f"{listed:,} of {all_:,}: the earliest of every duty, then the next of each. {more}"


def _waiting(id_: str, title: str, what: str, items: Sequence[Waiting], all_: int, areas: Sequence[str]) -> Sheet:
    late = id_ in ("overdue", "never-recorded")
    places = tuple(capitalised(area.replace("_", " ")) for area in areas)
    # a stable sort: of one turn the earliest comes first
    chosen = list(items) if len(items) == all_ <= LISTED else sorted(items, key=lambda item: item.nth)[:LISTED]
    return Sheet(
        id=id_,
        title=title,
        what=what + _part(items, all_),
        columns=("Act by", "Case", "Victim", *places, "Duty", "Owed by", *(("Working days late",) if late else ())),
        rows=tuple(
            (
                "–" if item.act_by is None else format_short_date(item.act_by),
                item.case,
                item.victim or "–",
                *(item.areas.get(area, "–") for area in areas),
                item.title,
                item.provider,
                *(("not known" if item.days_late is None else f"{item.days_late:,}",) if late else ()),
            )
            for item in chosen
        ),
        count=all_,
    )


def method(report: Report) -> Iterator[str]:
    """How it was made, in sentences."""
    stamp = report.stamp
    yield (
        "An obligation is one duty of the Code, owed to one victim or body because of one event. It is counted in the"
        " period in which it arose. Where nothing on record shows that it was done, it counts as not done in time."
    )
    yield (
        "Intervals are Wilson intervals. They treat obligations as independent of each other; obligations of one case"
        " are often not, so the true intervals are somewhat wider."
    )
    if report.rule is not None:
        yield (
            f"Numbers from 1 to {report.rule.below - 1} are {HIDDEN}, as are numbers that lie in fewer than"
            f" {report.rule.below} cases, and whatever they could be worked out from, within a table or between tables."
            f" A percentile is {HIDDEN} where fewer than {report.rule.below} obligations lie beyond it."
        )
    if stamp.made_from is not None:
        yield f"The obligations were worked out from {stamp.made_from}."
    yield from stamp.not_given
    for missing, number in stamp.unknown_ages.items():
        yield (
            f"Victims whose Enhanced Rights are not known because the {_MISSING[missing]} is missing: {number}."
            " Both deadlines were worked out for them."
        )
    for kind, number in stamp.notes.items():
        yield f"Noted while the extract was read: {kind} ({number})."
    if report.where:
        yield f"Only some obligations are counted: {report.where}."
    yield (
        f"Obligations as at {format_date(stamp.as_at)}: {stamp.obligations}."
        + ("" if stamp.set_aside is None else f" Rows of the input set aside as faulty: {stamp.set_aside}.")
        + _not_counted(stamp.records_not_counted)
        + f" Made with victims-code {stamp.package}, law {stamp.law} ({stamp.law_hash}), calendar {stamp.calendar},"
        f" {', '.join(stamp.editions) or 'no edition'}."
    )


def _not_counted(number: str | None) -> str:
    """How many records are not counted; nothing if all are, or if it is not known."""
    if number in (None, "0"):
        return ""
    return f" Records later than that day, which are not counted: {number}."


_MISSING = {"born": "date of birth", "committed_on": "date of the offence"}


def _markdown(report: Report) -> Iterator[str]:
    yield f"# {in_markdown(report.title)}"
    yield ""
    yield f"As at {format_date(report.stamp.as_at)}. **{in_markdown(standing(report))}**"
    yield ""
    for caution in (*report.cautions, *report.remarks):
        yield f"**{in_markdown(caution)}**"
        yield ""
    yield "## In brief"
    yield ""
    yield from markdown_table(
        ("Measure", "Figure", "Of what", "What it means, and what to ask"),
        [(h.title, h.figure, h.note, h.meaning) for h in report.headlines],
    )
    sections = (
        ("Trend", [report.trend.sheet] if report.trend else []),
        ("Duties least often met on time", [report.worst.sheet] if report.worst else []),
        ("Quarterly return", [report.quarterly] if report.quarterly else []),
        ("In detail", list(report.by)),
        ("Between areas", [plotted.sheet for plotted in report.areas]),
        ("Waiting list", list(waiting_sheets(report))),
        ("What the record can and cannot show", list(report.quality)),
    )
    for title, sheets in sections:
        if sheets:
            yield f"## {title}"
            yield ""
        for sheet in sheets:
            yield f"### {in_markdown(sheet.title)}"
            yield ""
            yield in_markdown(sheet.what)
            yield ""
            yield from markdown_table(sheet.columns, sheet.rows)
    yield "## How this was made"
    yield ""
    for sentence in method(report):
        yield in_markdown(sentence)
        yield ""
    for measure in report.measures:
        yield f"- **{in_markdown(measure.title)}.** {in_markdown(_defined(measure))}"


def _defined(measure: ComplianceMeasure) -> str:
    left_out = " ".join(measure.exclusions)
    way = _DIRECTIONS[measure.direction.value]
    return f"{measure.what} Not counted: {left_out} {way} Evidence: {measure.evidence.value}."
