"""The board's report: what was measured, in the order in which a board asks about it.

This module decides what the report says; ``pages.py`` writes it down.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked, need_path
from victims_code.assessment import Assessment
from victims_code.code import VictimsCode
from victims_code.compliance.board_report.pages import report_to_html, report_to_markdown
from victims_code.compliance.board_report.quarterly_return import return_lines, return_requests, return_sheet
from victims_code.compliance.board_report.sheets import Sheet, sheet_of
from victims_code.compliance.board_report.waiting import WaitingList, waiting_list
from victims_code.compliance.measuring.comparing import Change, changes, funnel
from victims_code.compliance.measuring.counting import Request
from victims_code.compliance.measuring.definitions import ComplianceMeasure, Kind, measures
from victims_code.compliance.measuring.filtering import Where
from victims_code.compliance.measuring.measure import DEFAULT, Default, rule_of, tables
from victims_code.compliance.measuring.obligations import Obligations, Table
from victims_code.compliance.measuring.plots import Point, dots, funnel_plot, trend
from victims_code.compliance.measuring.tables import HIDDEN, MeasureTable, Row
from victims_code.dates import Moment, civil_date
from victims_code.decimals import percent
from victims_code.errors import WrongValueError
from victims_code.figures import SmallNumbers, publication_defaults
from victims_code.printable import one_line_repr
from victims_code.reading.writing import write_all_aside
from victims_code.render.pages import html_or_none
from victims_code.working_days import WorkingDayCalendar, england_and_wales

_Made: TypeAlias = Mapping[str, dict[str, list[MeasureTable]]]
"""The tables of a report by what they are for, and by column."""

_MAIN = ("on-time-share", "lateness-median", "overdue-now", "overdue-age-median", "cannot-tell-share")
_WORST = 10
_PERIODS = 9
_MOST_WAITING = 5000


@frozen(kw_only=True)
class Headline:
    """One figure at the head of the report, what it is of, and in a sentence what it means and what to ask next."""

    title: str
    figure: str
    note: str
    meaning: str


@frozen(kw_only=True)
class Plotted:
    """A plot as an element of a page, what its marks mean, and the table with its numbers."""

    svg: str = field(repr=False)
    caption: str
    sheet: Sheet


@frozen(kw_only=True)
class ReportStamp:
    """What the report was made with; ``made_from`` says from which tables the obligations were worked out, if any.

    ``obligations``, ``set_aside`` and ``records_not_counted`` are numbers as they may be shown: hidden if they are
    small, or give away one that is. The last two are None where they are not known. ``not_given`` says in sentences
    which tables and columns were not given, and what that costs. ``unknown_ages`` says of ``born``
    and ``committed_on`` how many victims' Enhanced Rights hang on that date alone, ``notes`` what was noted while an
    extract was read, by kind.
    """

    package: str
    law: str
    law_hash: str
    calendar: str
    editions: tuple[str, ...]
    as_at: date
    obligations: str
    set_aside: str | None
    records_not_counted: str | None
    notes: Mapping[str, str]
    made_from: str | None
    not_given: tuple[str, ...]
    unknown_ages: Mapping[str, str]


@frozen(kw_only=True)
class Report:
    """The board's report on compliance with the Code.

    ``waiting`` is None in a report for publication. ``rule`` says which small numbers are hidden, None that none are:
    then it is not for publication either. ``where`` says which obligations were counted, and is empty if all were.
    ``remarks`` is what to know before any figure.
    """

    title: str
    area: str | None
    where: str
    remarks: tuple[str, ...]
    stamp: ReportStamp
    cautions: tuple[str, ...]
    rule: SmallNumbers | None
    headlines: tuple[Headline, ...]
    trend: Plotted | None
    worst: Plotted | None
    quarterly: Sheet | None
    by: tuple[Sheet, ...]
    areas: tuple[Plotted, ...]
    waiting: WaitingList | None
    quality: tuple[Sheet, ...]
    measures: tuple[ComplianceMeasure, ...]
    files: dict[str, str] = field(repr=False, eq=False)

    __repr__ = one_line_repr("{0.title}")
    """CSV files beside the page, by name."""

    @property
    def for_publication(self) -> bool:
        """Whether it names no case, and hides small numbers."""
        return self.waiting is None and self.rule is not None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table of figures in the report, in order."""
        plotted = [p.sheet for p in (self.trend, self.worst) if p is not None]
        quarterly = [] if self.quarterly is None else [self.quarterly]
        return (*plotted, *quarterly, *self.by, *(p.sheet for p in self.areas), *self.quality)

    def to_html(self) -> str:
        """The report as one page that stands by itself: no script, nothing fetched.

        :raises MissingExtraError: if Jinja2 is not installed.
        """
        return report_to_html(self)

    def to_markdown(self) -> str:
        """The report as Markdown, without plots."""
        return report_to_markdown(self)

    def write(self, folder: str | Path) -> tuple[Path, ...]:
        """Write ``report.html``, ``report.md`` and a CSV file for each table into a folder, which is made if need be.

        :returns: the files written.
        :raises WrongValueError: if the folder cannot be written to; an earlier report in it is as it was.
        """
        place = need_path(folder, "folder")
        contents = {"report.html": self.to_html(), "report.md": self.to_markdown(), **self.files}
        try:
            write_all_aside(place, {name: text.encode("utf-8") for name, text in contents.items()})
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise WrongValueError(faults.REPORT_NOT_WRITTEN.at(str(place), reason=reason)) from None
        return tuple(place / name for name in contents)

    def _repr_html_(self) -> str | None:
        page = html_or_none(self.to_html)
        # in a frame of its own, so that its style does not become the notebook's
        return (
            page and f'<iframe title="{escape(self.title)}" srcdoc="{escape(page)}" width="100%" height="640"></iframe>'
        )


_IN_NO_FILE_NAME = re.compile(r"[^\w-]+")
_LONGEST_NAME = 80
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)
"""Names that no file can have on Windows."""


def _file_name(id_: str, taken: Collection[str]) -> str:
    """The name of the CSV file of a table, whose identifier may hold the name of a column: always one in the folder.

    >>> _file_name("x/../../escaped", ["x-escaped.csv"])
    'x-escaped-2.csv'
    """
    name = _IN_NO_FILE_NAME.sub("-", id_).strip("-")[:_LONGEST_NAME] or "table"
    name = f"table-{name}" if _DEVICES.fullmatch(name) else name
    before = {other.lower() for other in taken}
    numbered = (f"{name}.csv", *(f"{name}-{n}.csv" for n in range(2, len(before) + 3)))
    return next(one for one in numbered if one.lower() not in before)


@checked
def report(
    obligations: Table | Sequence[Assessment] | Obligations,
    *,
    as_at: Moment,
    area: str | None = None,
    by: Sequence[str] = (),
    period: str = "quarter",
    compare: str | None = None,
    where: Where | None = None,
    for_publication: bool = False,
    small_numbers: SmallNumbers | Default | None = DEFAULT,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    set_aside: int | None = None,
) -> Report:
    """The board's report on compliance with the Code.

    All its tables are made safe together. A waiting list names cases, so a report with one is not for publication.

    :param obligations: a table of obligations, assessments, or either opened with ``Obligations.open``.
    :param as_at: the date of assessment of the obligations.
    :param area: whose report it is, such as the name of a force, for the title.
    :param by: further columns to show tables by, such as ``ethnicity``.
    :param period: what the trend goes by: ``month``, ``quarter``, ``year``, ``financial-quarter``, ``financial-year``.
    :param compare: a column whose areas are set against each other in a funnel; by default ``force``, if there are
        several.
    :param where: which obligations to count, by column, as for ``measure``; the report says so.
    :param for_publication: leave the waiting list out.
    :param small_numbers: which numbers are small; None shows everything, and is not for publication.
    :param code: the Code the obligations were worked out under, if they are not opened yet.
    :param calendar: the calendar to look ahead with.
    :param set_aside: how many rows of the input were set aside as faulty, if the obligations do not know.
    :raises WrongValueError: if there is no such column, or the table is faulty, with every fault.
    :raises MissingExtraError: if DuckDB, SciPy, Matplotlib or Jinja2 is not installed.
    """
    if for_publication and small_numbers is None:
        raise WrongValueError(faults.SMALL_NUMBERS_IN_PUBLICATION.at("small_numbers"))
    opened = Obligations.open(obligations, code=code).where(where)
    making = _ReportBuilder(
        obligations=opened,
        as_at=civil_date(as_at),
        period=period,
        compare=_areas(opened, compare),
        by=tuple(by),
        small_numbers=small_numbers,
        calendar=calendar or england_and_wales(),
    )
    return making.report(area, for_publication, opened.set_aside if set_aside is None else set_aside)


def _areas(obligations: Obligations, compare: str | None) -> str | None:
    if compare is not None:
        return compare
    if "force" not in obligations.dimensions:
        return None
    sql = obligations.dimension("force").sql
    return "force" if obligations.rows(f"SELECT count(DISTINCT {sql}) FROM {obligations.table}")[0][0] > 1 else None


@frozen(kw_only=True)
class _ReportBuilder:
    """The making of one report."""

    obligations: Obligations
    as_at: date
    period: str
    compare: str | None
    by: tuple[str, ...]
    small_numbers: SmallNumbers | Default | None
    calendar: WorkingDayCalendar

    def report(self, area: str | None, for_publication: bool, set_aside: int | None) -> Report:
        made = self._tables()
        main = made["main"]
        trend, worst = self._trend(main[self.period]), self._worst(main["duty"])
        quarterly = self._quarterly(made["return"])
        areas = self._funnels(main)
        sheets = self._sheets(main, without=self.compare if areas else None)
        quality = self._quality(made)
        waiting = None
        if not for_publication:
            areas_of = ("force", "area", *([self.compare] if self.compare else []))
            waiting = waiting_list(
                self.obligations, as_at=self.as_at, most=_MOST_WAITING, calendar=self.calendar, areas=areas_of
            )
        shown = [p.sheet for p in (trend, worst, *areas) if p is not None]
        written = [*shown, *([quarterly] if quarterly else []), *sheets, *quality]
        files = {} if waiting is None else {"waiting-list.csv": waiting.to_csv()}
        for sheet in written:
            files[_file_name(sheet.id, files)] = sheet.csv
        law = self.obligations.code.law
        (all_,) = made["headline"]["all-obligations"]
        return Report(
            title=self._title(area),
            area=area,
            where=main[self.period][0].where,
            remarks=self._remarks(),
            stamp=ReportStamp(
                package=__version__,
                law=law.version,
                law_hash=law.data_hash,
                calendar=self.calendar.version,
                editions=self.obligations.editions,
                as_at=self.as_at,
                obligations=all_.figure,
                set_aside=self._shown(set_aside),
                records_not_counted=self._shown(self.obligations.records_not_counted),
                notes={kind: self._shown(number) or "" for kind, number in (self.obligations.notes or {}).items()},
                made_from=self.obligations.made_from,
                not_given=self.obligations.not_given,
                unknown_ages={
                    missing: self._shown(number) or ""
                    for missing, number in (self.obligations.unknown_ages or {}).items()
                },
            ),
            cautions=self.obligations.cautions,
            rule=rule_of(self.small_numbers),
            headlines=self._headlines(made),
            trend=trend,
            worst=worst,
            quarterly=quarterly,
            by=sheets,
            areas=areas,
            waiting=waiting,
            quality=quality,
            measures=self._measures(made),
            files=files,
        )

    def _shown(self, number: int | None) -> str | None:
        """A number that adds up with no other, hidden if it is small; None if it is not known."""
        if number is None:
            return None
        rule = rule_of(self.small_numbers)
        return HIDDEN if rule is not None and rule.must_hide(number) else f"{number:,}"

    def _title(self, area: str | None) -> str:
        caution = "Hypothetical or draft, not law: " if self.obligations.cautions else ""
        only = "" if self.obligations.filter is None else f" (only {self.obligations.filter.words})"
        return f"{caution}Compliance with the Victims' Code{f': {area}' if area else ''}{only}"

    def _remarks(self) -> tuple[str, ...]:
        number = self.obligations.facts_not_read
        if not number:
            return ()
        return (
            f"Facts that could not be read, because they are neither true nor false: {self._shown(number)}."
            " They count as not known, so that some deadlines are not known either.",
        )

    # --- what is asked for --------------------------------------------------------------------------------------

    @property
    def _columns(self) -> tuple[str, ...]:
        fixed = (self.period, "duty", "part", "provider", "track")
        return tuple(dict.fromkeys((*fixed, *([self.compare] if self.compare else []), *self.by)))

    def _tables(self) -> _Made:
        """Every table of the report, made safe together, by what it is for."""
        wanted: list[tuple[str, str, Request]] = []

        def ask(purpose: str, column: str, id_: str, by: Sequence[str]) -> None:
            wanted.append((purpose, column, Request(measure=measures()[id_], by=tuple(by))))

        for column in self._columns:
            for id_ in _MAIN:
                ask("main", column, id_, [column])
        for id_ in (*_NINTH.values(), *(id_ for id_ in _MEANINGS if id_ not in _MAIN), "all-obligations"):
            if not measures()[id_].needs_good_reasons:
                ask("headline", id_, id_, [])
        if "good_reason" in self.obligations.columns:
            ask("headline", "late-with-good-reason-share", "late-with-good-reason-share", [])
        for id_ in ("recorded-as-done-share", "nothing-on-record", "never-on-record", "cannot-tell"):
            ask("quality", "duty", id_, ["duty"])
        ask("quality", "cannot-be-shown", "cannot-be-shown", [])
        if "missing_facts" in self.obligations.columns:
            ask("quality", "missing-fact", "cannot-tell", ["missing-fact"])
        wanted += [("return", "return", request) for request in return_requests()]
        made = tables([request for _, _, request in wanted], self.obligations, small_numbers=self.small_numbers)
        found: dict[str, dict[str, list[MeasureTable]]] = {}
        for (purpose, column, _), table in zip(wanted, made, strict=True):
            found.setdefault(purpose, {}).setdefault(column, []).append(table)
        return found

    def _measures(self, made: _Made) -> tuple[ComplianceMeasure, ...]:
        used = (table.measure for columns in made.values() for group in columns.values() for table in group)
        return tuple({measure.id: measure for measure in used}.values())

    # --- what it says -------------------------------------------------------------------------------------------

    def _headlines(self, made: _Made) -> tuple[Headline, ...]:
        main = dict(zip(_MAIN, made["main"][self.period], strict=True))
        single = {id_: table for id_, (table,) in made["headline"].items()}
        found: list[Headline] = []
        for id_, meaning in _MEANINGS.items():
            table = main.get(id_) or single.get(id_)
            if table is None:
                continue
            days = table.measure.kind is Kind.PERCENTILE
            note = _beyond(single[_NINTH[id_]]) if days else _of(table)
            figure = _days(table) if days else table.figure
            if table.total.is_hidden:
                note = f"{HIDDEN}: {table.why_hidden(table.total)}"
            found.append(Headline(title=table.measure.title, figure=figure, note=note, meaning=meaning))
            found += self._latest(table) if id_ == "on-time-share" else []
        return tuple(found)

    def _latest(self, table: MeasureTable) -> list[Headline]:
        """The last period that is over, and how it differs from the one before."""
        over = [row for row in table.at(self.period) if self._is_over(row)]
        if not over:
            return []
        row = over[-1]
        change = next((c for c in changes(table, self.period) if c.after is row), None)
        return [
            Headline(
                title=f"{table.measure.title}, {table.label(row, self.period)}",
                figure=table.figures(row)[0],
                note=f"{HIDDEN}: {table.why_hidden(row)}" if row.is_hidden else _changed(change),
                meaning="This is the last period that is over: ask what changed since the one before.",
            )
        ]

    def _is_over(self, row: Row) -> bool:
        """Whether a period has ended: on the day of assessment, or before."""
        value, span = row.group[self.period], self.obligations.dimension(self.period).span
        return isinstance(value, int) and span is not None and span(value)[1] <= self.as_at

    def _trend(self, made: list[MeasureTable]) -> Plotted | None:
        table = made[0]
        rows = [row for row in table.at(self.period) if row.group[self.period] is not None][-_PERIODS:]
        if not rows:
            return None
        title = f"{table.measure.title} by {table.dimensions[self.period].noun}"
        points = [
            Point(
                label=table.label(row, self.period),
                value=row.value,
                interval=row.interval,
                unfinished=not self._is_over(row),
            )
            for row in rows
        ]
        noun = table.dimensions[self.period].noun
        unfinished = " A hollow point is a period that is not over." if any(p.unfinished for p in points) else ""
        return Plotted(
            svg=trend(title, points).element("trend"),
            caption=f"Each point is the share done in time of what arose in a {noun}; the bar is its"
            f" {_level(table)} interval.{unfinished}",
            sheet=sheet_of(
                "trend",
                title,
                f"By the {noun} in which the obligation arose. What arose lately is often not due yet.",
                made,
            ),
        )

    def _worst(self, made: list[MeasureTable]) -> Plotted | None:
        """The duties of which it is surest that they are done in time least: lowest upper end of the interval first."""
        table = made[0]
        rows = [row for row in table.at("duty") if row.interval is not None]
        rows.sort(key=lambda row: (row.interval.high if row.interval else 0.0, str(row.group["duty"])))
        if not rows:
            return None
        chosen = rows[:_WORST]
        never = sum(not row.recorded for row in table.at("duty"))
        points = [Point(label=table.label(row, "duty"), value=row.value, interval=row.interval) for row in chosen]
        places = {str(row.group["duty"]): n for n, row in enumerate(chosen)}
        labels = {table.label(row, "duty"): n for n, row in enumerate(chosen)}
        whole = sheet_of("by-duty", "", "", made)
        lines = sorted((row for row in whole.rows if row[0] in labels), key=lambda row: labels[row[0]])
        head, *body = whole.csv.split("\r\n")
        kept = [line for line in body if line.split(",")[0] in places]
        left_out = (
            f" Left out: {never} {'duty' if never == 1 else 'duties'} that this data never shows as done."
            if never
            else ""
        )
        narrowed = Sheet(
            id="worst-duties",
            title=_WORST_TITLE,
            what=f"The {len(chosen)} duties with the lowest share, judged by the upper end of its interval, so that"
            f" chance in small numbers does not decide. Duties whose figures are hidden are not ranked.{left_out}",
            columns=whole.columns,
            rows=tuple(lines),
            csv="\r\n".join([head, *sorted(kept, key=lambda line: places[line.split(",")[0]]), ""]),
        )
        return Plotted(
            svg=dots(_WORST_TITLE, points).element("worst"),
            caption="Each point is the share of a duty that was done in time; the bar is its"
            f" {_level(table)} interval.",
            sheet=narrowed,
        )

    def _quarterly(self, made: dict[str, list[MeasureTable]]) -> Sheet | None:
        lines = return_lines(made["return"])
        quarters = sorted({int(q) for t in made["return"] for row in t if (q := row.group.get("quarter"))})
        return return_sheet(lines, quarters[-4:]) if quarters else None

    def _sheets(self, main: dict[str, list[MeasureTable]], without: str | None) -> tuple[Sheet, ...]:
        what = "Duties with a limit in days. Lateness is in working days after the due date."
        return tuple(
            sheet_of(f"by-{column}", f"By {main[column][0].dimensions[column].noun}", what, main[column])
            for column in self._columns
            if column not in (self.period, without)
        )

    def _funnels(self, main: dict[str, list[MeasureTable]]) -> tuple[Plotted, ...]:
        if self.compare is None:
            return ()
        made = main[self.compare]
        found = funnel(made[0], self.compare)
        if found is None or not found.points:
            return ()
        inner, outer = (f"{float(level * 100):g}%" for level in found.levels)
        places = {point.label: point.place.value for point in found.points}
        sheet = sheet_of(
            f"by-{self.compare}",
            f"{made[0].measure.title} by {made[0].dimensions[self.compare].noun}",
            f"Each area against the {inner} and {outer} control limits for an area of its size. An area beyond them"
            " differs by more than chance would make it.",
            made,
        )
        sheet = evolve(
            sheet,
            columns=(*sheet.columns, "Against the limits"),
            rows=tuple((*row, places.get(row[0], "–")) for row in sheet.rows),
        )
        outside = [f"{point.label} is {point.place.value}" for point in found.points if point.is_outside]
        named = f"{'; '.join(outside)}." if outside else "No area is outside them."
        return (
            Plotted(
                svg=funnel_plot(found).element("funnel"),
                caption=f"Each point is an area; the level line is the whole. The dashed curves are the {inner} control"
                f" limits and the solid ones those of {outer}. {named}",
                sheet=sheet,
            ),
        )

    def _quality(self, made: _Made) -> tuple[Sheet, ...]:
        named = "missing-fact" in made["quality"]
        by_duty = sheet_of(
            "recording",
            "What is on record, by duty",
            "Not recorded is not the same as not done. Where a duty is on record in some cases and not in others,"
            " either may be true; where it is never on record, the data says nothing of what was done."
            + ("" if named else " Which facts are missing, the table of obligations does not say."),
            made["quality"]["duty"],
        )
        found = [by_duty]
        if named:
            found.append(
                sheet_of(
                    "missing-facts",
                    "Why it is not known",
                    "Questions with no answer on record, and for how many obligations that leaves the status not known."
                    " The largest first. One obligation can lack several, so they do not add up to the first.",
                    made["quality"]["missing-fact"],
                    by_size=True,
                )
            )
        return tuple(found)


_WORST_TITLE = "Duties least often met on time"
_MEANINGS = {
    "on-time-share": "This share of what had a deadline was done by it: ask which duties bring it down.",
    "never-on-record": "The data never once shows the duties of these as done, with a deadline or without, so shares"
    " leave them out: ask why they are not recorded.",
    "overdue-now": "These are past their deadline with no record that they were done: ask who will do them, and when.",
    "overdue-age-median": "Half of what is overdue has waited longer than this: ask why it is still open.",
    "lateness-median": "Half of what was done late was later than this: ask what held it up.",
    "still-to-do": "These are not done and not certainly late: ask whether there are people to do them in time.",
    "cannot-tell-share": "For these the record does not say enough: ask which questions should be recorded.",
    "suspended-share": "Here the victim asked not to be updated: ask whether victims know that they can opt back in.",
    "late-with-good-reason-share": "These were late with a reason on record: ask whether the reasons are good.",
}
"""The headlines in their order: what each means, and what to ask next."""
_NINTH = {"lateness-median": "lateness-90th-percentile", "overdue-age-median": "overdue-age-90th-percentile"}


def _level(table: MeasureTable) -> str:
    level = next((row.interval.level for row in table if row.interval is not None), None)
    return f"{float((level or publication_defaults().confidence.level) * 100):g}%"


def _beyond(table: MeasureTable) -> str:
    return f"nine in ten do not exceed {_days(table)}"


def _of(table: MeasureTable) -> str:
    if table.measure.kind is Kind.COUNT:
        return "obligations"
    _, between, numerator, denominator, *left_out = table.figures(table.total)
    apart = f"; not counted, {left_out[0]} of duties never recorded" if left_out else ""
    if not table.total.recorded:
        return f"of {denominator} obligations{apart}"
    return f"{numerator} of {denominator}; interval {between}{apart}" if denominator != "0" else "nothing to count"


def _days(table: MeasureTable) -> str:
    figure = table.figure
    if not figure.replace(",", "").isdigit():
        return figure
    return f"{figure} working day{'' if figure == '1' else 's'}"


def _changed(change: Change | None) -> str:
    if change is None:
        return "the last period that is over"
    way = "up" if change.by > 0 else "down"
    sure = "" if change.is_clear else ", which may be chance"
    return f"{way} {percent(abs(change.by)).rstrip('%')} points on the period before{sure}"
