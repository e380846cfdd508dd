"""One table of performance: measure by provider by quarter, with target, rating, trend and how much of it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_path
from victims_code.commissioning.outcomes import MeasureKind, OutcomeMeasure, Taken
from victims_code.commissioning.outcomes.ratings import Rating, in_its_unit, rate, rating_bands
from victims_code.commissioning.returns.hiding import EarlierPublication, hide
from victims_code.commissioning.returns.publishing import HIDDEN, SECTION_TITLES, figure_in_words
from victims_code.commissioning.returns.quarters import QuarterFigure, Reported
from victims_code.commissioning.returns.summary import Summary
from victims_code.commissioning.returns.sums import Sum
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.faults import did_you_mean
from victims_code.figures import Direction, ReportingPeriod, SmallNumbers
from victims_code.printable import in_markdown, json_text, one_line_repr
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Evidence
from victims_code.reading.writing import write_bytes_aside
from victims_code.render.csvs import csv_text
from victims_code.render.markdown import table as markdown_table
from victims_code.render.pages import fragment, html_or_none
from victims_code.tabular.workbooks import WorkbookSheet, write_workbook

ALL = "All providers"
_CSV = (
    *("section", "measure", "title", "how_counted", "provider", "service", "column", "own_period", "figure", "unit"),
    *("numerator", "denominator", "target", "rating", "why", "returns_with_figure", "returns_expected", "state"),
)
_WIDTHS = {"title": 44, "why": 44, "provider": 22, "column": 14, "own_period": 24}


@frozen(kw_only=True)
class PerformanceCell:
    """One figure of the table, as it may be shown.

    :param sum: what it is made of; None where there is no line.
    :param hidden: the figures that may not be shown.
    :param state: what is there in place of a figure: ``missing``, ``no return``, ``not reported`` or nothing.
    :param target: what was aimed at; None where nothing was, or not all of it came.
    """

    column: ReportingPeriod
    figure: QuarterFigure | None = field(repr=False)
    hidden: tuple[str, ...] = ()
    state: str = ""
    target: Decimal | None = None
    rating: Rating = field(factory=lambda: Rating(band=None, why="There is no value."))

    @property
    def sum(self) -> Sum | None:
        """The sum that it shows; None where there is none."""
        return None if self.figure is None else self.figure.sum

    @property
    def value(self) -> Decimal | None:
        """The figure as a number; None where it is missing or hidden."""
        return None if self.sum is None or self.hidden else self.sum.figure[0]

    @property
    def in_words(self) -> str:
        """The figure as people read it, with how much of it came where that is not all."""
        one = self.sum
        if one is None or one.is_missing:
            return self.state or "–"
        shown = figure_in_words(one, one.mean_rounded, self.hidden) or "missing"
        own = self.figure.own_period if self.figure else None
        part = f", from {one.reported.counted} of {one.reported.of} returns" if self.is_part else ""
        return f"{shown}{part}{f' ({own.in_words})' if own else ''}{self._of_an_earlier_day(one)}"

    def _of_an_earlier_day(self, one: Sum) -> str:
        """Of a figure taken at the end that a later return should have brought up to date, from which period it is."""
        periods = {line.period for line in one.contributions if line.period.last < self.column.last}
        if one.measure.taken is not Taken.AT_END or not periods:
            return ""
        of = "of" if self.figure is None or self.figure.provider else "in part of"
        return f" ({of} {', '.join(period.label for period in sorted(periods))})"

    @property
    def is_part(self) -> bool:
        """Whether it is a part of what should have come."""
        return self.sum is not None and self.sum.reported.counted != self.sum.reported.of

    @property
    def mark(self) -> str:
        """The shape of its rating; nothing where it is not rated."""
        return "" if self.rating.band is None else rating_bands()[self.rating.band].mark

    @property
    def rating_in_words(self) -> str:
        """The rating in words."""
        return "Not rated" if self.rating.band is None else rating_bands()[self.rating.band].title


@frozen(kw_only=True)
class PerformanceRow:
    """The figures of one measure, of one provider or of all, by quarter.

    :param provider: None for all providers together.
    :param whole: the figure of the whole period; None where the period is a single column.
    """

    measure: OutcomeMeasure
    how_counted: str
    provider: str | None
    service: str | None
    name: str
    cells: tuple[PerformanceCell, ...] = field(repr=False)
    whole: PerformanceCell | None = field(repr=False)

    @property
    def all_cells(self) -> tuple[PerformanceCell, ...]:
        """The quarters, and the whole period after them."""
        return self.cells if self.whole is None else (*self.cells, self.whole)

    @property
    def latest(self) -> PerformanceCell | None:
        """The last quarter of which something came; None if nothing did."""
        return next((cell for cell in reversed(self.cells) if cell.sum and not cell.sum.is_missing), None)

    @property
    def rating(self) -> Rating:
        """The rating of the latest quarter."""
        return Rating(band=None, why="There is no value.") if self.latest is None else self.latest.rating

    @property
    def target(self) -> str:
        """The target of the latest quarter in words."""
        cell = self.latest
        if cell is None or cell.target is None or cell.sum is None:
            return "–"
        return in_its_unit(cell.target, cell.sum.figure[1])

    @property
    def trend(self) -> str:
        """How the latest quarter differs from the one before, where the two can be compared."""
        last = self.latest
        place = -1 if last is None else self.cells.index(last)
        if last is None or place < 1:
            return "–"
        before = self.cells[place - 1]
        if last.sum is None or before.sum is None or before.sum.is_missing:
            return "– (none the quarter before)"
        if last.hidden or before.hidden:
            return f"– ({HIDDEN})"
        return _trend(before, last, self.measure)

    @property
    def coverage(self) -> str:
        """How many of the returns that should have the figure have it, and how many people were asked."""
        cell = self.whole or self.latest
        if cell is None or cell.sum is None:
            return "–"
        said = [str(cell.sum.reported)]
        asked = cell.sum.share
        if asked is not None and asked.coverage.of is not None and not cell.hidden:
            said.append(f"asked: {asked.coverage}")
        return "; ".join(said)


def _trend(before: PerformanceCell, last: PerformanceCell, measure: OutcomeMeasure) -> str:
    was, now = before.value, last.value
    one, other = before.sum, last.sum
    if was is None or now is None or one is None or other is None:
        return "–"
    if one.providers != other.providers:
        return "– (not of the same providers)"
    if measure.changes_between(before.column.first, last.column.last):
        return "– (the definition changed)"
    if now == was:
        return "no change"
    unit = other.figure[1]
    by = in_its_unit(abs(now - was), "points" if unit == "%" else "" if unit == "points on average" else unit)
    way = "up" if now > was else "down"
    if measure.direction is Direction.DEMAND:
        return f"{way} {by}"
    better = (now > was) is (measure.direction is Direction.HIGHER_IS_BETTER)
    return f"{way} {by} ({'better' if better else 'worse'})"


@define(kw_only=True, slots=False, frozen=True)
class PerformanceTable:
    """Measures by provider and quarter, as they are published. In a notebook the table shows itself.

    :param rule: which numbers are hidden; None if none is, and then the table is not for publication.

    >>> from victims_code.commissioning.returns import Register, Return, add_up
    >>> register = Register.from_yaml('''
    ... commissioner: Borsetshire
    ... frameworks: [victims-funding-strategy-2022]
    ... asks: [{measure: coped, target: 85}]
    ... providers: [{id: harbour, title: Harbour}]
    ... ''')
    >>> text = "provider,period,section,measure,numerator,denominator\\n"
    >>> text += "harbour,2025-26 Q1,outcome,coped,96,120\\nharbour,2025-26 Q2,outcome,coped,108,120\\n"
    >>> year = add_up([Return.from_csv(text, register=register)], period=ReportingPeriod.year(2025), register=register)
    >>> table = PerformanceTable.of(year, small_numbers=SmallNumbers(below=5))
    >>> row = table.rows[-1]
    >>> row.name, row.cells[1].in_words, row.rating.band, row.trend, row.coverage
    ('Harbour', '90.0% (108 of 120)', 'green', 'up 10.0 points (better)', '2 of 4 (50.0%)')
    """

    title: str
    period: ReportingPeriod
    columns: tuple[ReportingPeriod, ...]
    rows: tuple[PerformanceRow, ...] = field(repr=False)
    cautions: tuple[str, ...]
    notes: tuple[str, ...] = field(repr=False)
    rule: SmallNumbers | None

    __repr__ = one_line_repr("{0.title}")

    @classmethod
    @checked
    def of(
        cls,
        summary: Summary,
        *,
        small_numbers: SmallNumbers | None,
        measures: Collection[str] | None = None,
        published_before: Sequence[EarlierPublication] = (),
    ) -> PerformanceTable:
        """The table of what returns add up to.

        :param small_numbers: hide small numbers, and as much next to them as it takes, over the table and the page of
            the same summary at once.
        :param measures: the measures to show; by default all that were reported or asked for.
        :param published_before: what readers have already, such as the quarter before, or a version since corrected.
        :raises WrongValueError: if the summary was made for the ministry, and is of no providers.
        :raises UnknownNameError: if no framework in use has a measure.
        """
        if summary.reported is None:
            raise WrongValueError(faults.SUMMARY_WITHOUT_PROVIDERS.at("summary"))
        known = summary.reported.register.measures
        wrong = [
            faults.NO_SUCH_FIGURE.at("measures", name=name, nearest=did_you_mean(name, known, listing="It has"))
            for name in measures or ()
            if name not in known
        ]
        if wrong:
            raise UnknownNameError(*wrong)
        rows = tuple(_Rows.of(summary, summary.reported, small_numbers, published_before).rows(measures))
        shown = {row.measure.id for row in rows}
        return cls(
            title=f"Performance of services for victims, {summary.period.in_words}"
            + (f": {summary.commissioner}" if summary.commissioner else ""),
            period=summary.period,
            columns=summary.reported.columns,
            rows=rows,
            cautions=summary.reported.register.cautions(shown),
            notes=tuple(
                done.what if small_numbers is None else done.what_without_figures for done in summary.adjustments
            ),
            rule=small_numbers,
        )

    @property
    def standing(self) -> str:
        """What may be done with the table, in a sentence."""
        if self.rule is None:
            return "Not for publication: small numbers are shown."
        return (
            f"For publication: numbers below {self.rule.below} are {HIDDEN}, and so is what would give them away, here"
            " and on the page of sums of the same returns."
        )

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The titles of the columns of a measure's table."""
        whole = () if self.columns == (self.period,) else (self.period.label,)
        return ("Provider", *(one.label for one in self.columns), *whole, "Target", "Rating", "Trend", "Returns")

    def by_measure(self) -> Iterator[tuple[str, Mapping[tuple[OutcomeMeasure, str], Sequence[PerformanceRow]]]]:
        """The rows by section and by measure."""
        for section, heading in SECTION_TITLES.items():
            found: dict[tuple[str, str], tuple[OutcomeMeasure, list[PerformanceRow]]] = {}
            for row in self.rows:
                if row.measure.section is section:
                    found.setdefault((row.measure.id, row.how_counted), (row.measure, []))[1].append(row)
            if found:
                yield heading, {(measure, how): rows for (_, how), (measure, rows) in found.items()}

    @cached_property
    def in_brief(self) -> tuple[tuple[str, str, str], ...]:
        """How many figures of the latest quarters have each rating, with the shape and the title of the rating."""
        rated = [row.rating.band for row in self.rows]
        bands = [(band.mark, band.title, str(rated.count(band.id))) for band in rating_bands().values()]
        return (*bands, ("", "Not rated", str(rated.count(None))))

    @property
    def method(self) -> tuple[str, ...]:
        """How the table was made, in sentences."""
        bands = "; ".join(f"{band.mark} {band.title.lower()}" for band in rating_bands().values())
        return (
            f"Ratings: {bands}. Demand is not rated, nor is a count of which a part has not come. The rating is that of"
            " the latest quarter. Its limits are unconfirmed defaults unless the commissioner has set others.",
            "A figure of a period that is longer than a quarter is in the column of the quarter in which it ends, and"
            " not in that quarter's total of all providers.",
            "Returns: how many of the returns that should have the figure have it, over the whole period.",
            "A missing figure is not zero. Figures that are counted in different ways are kept apart.",
        )

    def to_html(self) -> str:
        """The table as a page that stands by itself: no script, nothing fetched.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        return fragment(
            "performance.html.j2", package="victims_code.commissioning.returns", table=self, title_of=title_of
        )

    def to_markdown(self) -> str:
        """The table as Markdown; the shape of a rating is next to its figure."""
        return "\n".join(self._markdown()) + "\n"

    def _markdown(self) -> Iterator[str]:
        for caution in self.cautions:
            yield from (f"**{in_markdown(caution)}**", "")
        yield from (f"# {in_markdown(self.title)}", "", f"**{self.standing}**", "")
        for heading, measures in self.by_measure():
            yield from (f"## {heading}", "")
            for (measure, how), rows in measures.items():
                yield from (
                    f"### {in_markdown(title_of(measure, how))}",
                    "",
                    in_markdown(measure.definitions[-1].text),
                    "",
                )
                yield from markdown_table(self.headings, [self._printed(row) for row in rows])
        if self.notes:
            yield from ("## What to know of these figures", "", *(f"- {in_markdown(note)}" for note in self.notes), "")
        yield from ("## How this was made", "", *(f"- {in_markdown(said)}" for said in self.method))

    @staticmethod
    def _printed(row: PerformanceRow) -> tuple[str, ...]:
        cells = (f"{cell.mark} {cell.in_words}".strip() for cell in row.all_cells)
        mark = "" if row.latest is None else row.latest.mark
        words = "Not rated" if row.latest is None else row.latest.rating_in_words
        return (row.name, *cells, row.target, f"{mark} {words}".strip(), row.trend, row.coverage)

    def to_csv(self) -> str:
        """The table as CSV, one figure a row, safe to open in a spreadsheet.

        Where the list of measures is not the ministry's own, the first line says so and the header is the next.
        """
        said = "".join(csv_text([caution], ()) for caution in self.cautions)
        return said + csv_text(_CSV, ([row[name] for name in _CSV] for row in self._flat()))

    def to_xlsx(self) -> bytes:
        """The table as a workbook: one figure a row, and a sheet that says how it was made.

        :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
        """
        said = (*self.cautions, self.title, self.standing, *self.method, *self.notes)
        figures = WorkbookSheet(
            title="Performance",
            titles=(*self.cautions, self.title),
            columns=_CSV,
            rows=tuple(tuple(row[name] for name in _CSV) for row in self._flat()),
            widths=tuple(_WIDTHS.get(name, 15) for name in _CSV),
        )
        about = WorkbookSheet(
            title="About", columns=(said[0],), rows=tuple((line,) for line in said[1:]), widths=(110,)
        )
        return write_workbook((figures, about))

    @checked
    def write(self, path: str | Path, form: str) -> None:
        """Write the table to a file.

        :param form: ``html``, ``markdown``, ``csv``, ``xlsx`` or ``json``.
        :raises UnknownNameError: if there is no such form, naming the nearest.
        :raises WrongValueError: if it cannot be written.
        :raises MissingExtraError: if what the form needs is not installed.
        """
        place = need_path(path)
        made: dict[str, Callable[[], str]] = {
            "html": self.to_html,
            "markdown": self.to_markdown,
            "csv": self.to_csv,
            "json": lambda: json_text(self.to_dict()),
        }
        if form not in (*made, "xlsx"):
            nearest = did_you_mean(form, [*made, "xlsx"], listing="Known")
            raise UnknownNameError(faults.NO_SUCH_NAME.at("form", kind="form", name=form, nearest=nearest))
        content = self.to_xlsx() if form == "xlsx" else made[form]().encode("utf-8")
        try:
            write_bytes_aside(place, content)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise WrongValueError(faults.REPORT_NOT_WRITTEN.at(str(place), reason=reason)) from None

    def to_dict(self) -> dict[str, Plain]:
        """The table as plain values."""
        return {
            "cautions": list(self.cautions),
            "title": self.title,
            "period": self.period.label,
            "figures": [{name: _plain(value) for name, value in row.items()} for row in self._flat()],
            "notes": list(self.notes),
        }

    def _flat(self) -> Iterator[dict[str, str | int | Decimal | None]]:
        for row in self.rows:
            for cell in row.all_cells:
                one = cell.sum
                figure, unit = (None, "") if one is None else one.figure
                own = cell.figure.own_period if cell.figure else None
                shown = {name: None if one is None else getattr(one, name) for name in ("numerator", "denominator")}
                gone = {name: HIDDEN for name in shown if name in cell.hidden}
                yield {
                    "section": row.measure.section.value,
                    "measure": row.measure.id,
                    "title": row.measure.title,
                    "how_counted": row.how_counted,
                    "provider": row.provider or "",
                    "service": row.service or "",
                    "column": cell.column.label,
                    "own_period": own.label if own else "",
                    "figure": HIDDEN if cell.hidden else figure,
                    "unit": unit,
                    **shown,
                    **gone,
                    "target": cell.target,
                    "rating": cell.rating.band,
                    "why": cell.rating.why,
                    "returns_with_figure": None if one is None else one.reported.counted,
                    "returns_expected": None if one is None else one.reported.of,
                    "state": cell.state,
                }

    def _repr_html_(self) -> str | None:
        return html_or_none(self.to_html)


def title_of(measure: OutcomeMeasure, how: str) -> str:
    """The title of a measure, with how it is counted and a mark if its definition is not confirmed."""
    unsure = " *" if measure.evidence is Evidence.UNCONFIRMED else ""
    return f"{measure.title}{f' ({how})' if how else ''}{unsure}"


def _plain(value: str | int | Decimal | None) -> Plain:
    return f"{value:f}" if isinstance(value, Decimal) else value


_RowKey = tuple[str, str, str | None, str | None]
"""Measure, how it is counted, provider, service."""


@frozen(kw_only=True)
class _Rows:
    """Puts the figures of a summary into rows, each with what may be shown of it."""

    summary: Summary
    reported: Reported
    found: Mapping[_RowKey, Mapping[ReportingPeriod, tuple[QuarterFigure, tuple[str, ...]]]]

    @classmethod
    def of(
        cls, summary: Summary, reported: Reported, rule: SmallNumbers | None, before: Sequence[EarlierPublication]
    ) -> _Rows:
        table = reported.by_quarter
        columns = hide(summary, rule, before).columns
        page, quarters = columns[: len(summary.sums)], columns[len(summary.sums) :]
        found: dict[_RowKey, dict[ReportingPeriod, tuple[QuarterFigure, tuple[str, ...]]]] = defaultdict(dict)
        all_of_it = [
            (QuarterFigure(provider=None, service=None, column=summary.period, sum=one), names)
            for one, names in zip(summary.sums, page, strict=True)
            if one.breakdown is None
        ]
        for figure, names in (*all_of_it, *zip(table, quarters, strict=True)):
            one = figure.sum
            found[one.measure.id, one.how_counted, figure.provider, figure.service][figure.column] = (figure, names)
        return cls(summary=summary, reported=reported, found=found)

    def rows(self, measures: Collection[str] | None) -> Iterator[PerformanceRow]:
        register = self.reported.register
        keys = dict.fromkeys([*self.found, *self._asked_and_not_there()])
        order = {
            id_: n
            for n, id_ in enumerate(dict.fromkeys([*(s.measure.id for s in self.summary.sums), *(k[0] for k in keys)]))
        }
        names = {key: ALL if key[2] is None else self._name(key) for key in keys}
        for key in sorted(keys, key=lambda key: (order[key[0]], key[1], key[2] is not None, names[key])):
            measure = register.measures[key[0]]
            if measures is None or measure.id in measures:
                yield self._row(key, measure, names[key])

    def _asked_and_not_there(self) -> Iterator[_RowKey]:
        """A row for each measure that a provider is asked for and gave no figure of."""
        there = {(key[0], key[2]) for key in self.found}
        register = self.reported.register
        for owed in {owed.provider: None for owed in register.due(self.reported.period)}:
            for asked in register.asked(owed) or ():
                if (asked.measure, owed) not in there:
                    yield asked.measure, "", owed, None

    def _name(self, key: _RowKey) -> str:
        name = self.reported.register.provider(key[2] or "").name
        return name if key[3] is None else f"{name}, {key[3]}"

    def _row(self, key: _RowKey, measure: OutcomeMeasure, name: str) -> PerformanceRow:
        columns, period = self.reported.columns, self.reported.period
        several = columns != (period,)
        return PerformanceRow(
            measure=measure,
            how_counted=key[1],
            provider=key[2],
            service=key[3],
            name=name,
            cells=tuple(self._cell(key, column) for column in columns),
            whole=self._cell(key, period) if several else None,
        )

    def _cell(self, key: _RowKey, column: ReportingPeriod) -> PerformanceCell:
        figure, hidden = self.found.get(key, {}).get(column, (None, ()))
        if figure is None or figure.sum.is_missing:
            return PerformanceCell(column=column, figure=figure, state=self._state(key, column, figure))
        target = self._target(figure)
        value, unit = figure.sum.figure
        rating = Rating(band=None, why=f"The figure is {HIDDEN}.")
        if not hidden:
            rating = rate(value, target, figure.sum.measure.direction, unit=unit)
        cell = PerformanceCell(column=column, figure=figure, hidden=hidden, target=target, rating=rating)
        if target is None and cell.is_part and figure.sum.measure.is_rated and self._is_added(figure.sum):
            part = figure.sum.reported
            why = f"Only {part.counted} of {part.of} returns have the figure."
            return PerformanceCell(column=column, figure=figure, hidden=hidden, rating=Rating(band=None, why=why))
        return cell

    def _state(self, key: _RowKey, column: ReportingPeriod, figure: QuarterFigure | None) -> str:
        provider = key[2]
        if figure is not None:
            return "missing"
        if provider is None:
            return ""
        if any(name == provider and column.contains(period) for name, period in self.reported.missing):
            return "no return"
        if any(line.provider == provider and column.contains(line.period) for line in self.reported.lines):
            return "not reported" if self.reported.register.asks_for(provider, key[0]) else ""
        return ""

    @staticmethod
    def _is_added(one: Sum) -> bool:
        return one.measure.kind in (MeasureKind.NUMBER, MeasureKind.AMOUNT)

    def _target(self, figure: QuarterFigure) -> Decimal | None:
        """What was aimed at in a figure: of a count the sum of the targets of its returns, if all of them came."""
        one = figure.sum
        if one.bare_count:
            return None
        found = [self._target_of(provider, one.measure) for provider, *_ in one.expected]
        stated = [target for target in found if target is not None]
        if not stated or len(stated) < len(found):
            return None
        if self._is_added(one):
            return sum(stated, Decimal()) if one.reported.counted == one.reported.of else None
        return stated[0] if len(set(stated)) == 1 else None

    def _target_of(self, provider: str, measure: OutcomeMeasure) -> Decimal | None:
        asked = self.reported.register.asked(provider) or ()
        return next((one.target for one in asked if one.measure == measure.id), None)
