"""Comparing: between areas, over time, and with what would follow if the Code were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.assessment import Assessment
from victims_code.code import VictimsCode
from victims_code.compliance.measuring.changing import under
from victims_code.compliance.measuring.counting import Counts, Request, count, parts, spread
from victims_code.compliance.measuring.definitions import Kind, measures
from victims_code.compliance.measuring.filtering import Where
from victims_code.compliance.measuring.frames import Columns, pandas_of, polars_of, without_empty
from victims_code.compliance.measuring.grouping import Value
from victims_code.compliance.measuring.hiding import Cells, cells_of, name
from victims_code.compliance.measuring.measure import DEFAULT, Default, check_requests, rule_of, table_from
from victims_code.compliance.measuring.obligations import Obligations, Table
from victims_code.compliance.measuring.plots import Plot, Point, dots
from victims_code.compliance.measuring.tables import ALL, HIDDEN, MeasureTable, Row
from victims_code.decimals import percent
from victims_code.errors import WrongValueError
from victims_code.figures import SmallNumbers, Total, publication_defaults, suppress
from victims_code.figures.intervals import Interval, difference, funnel_limits
from victims_code.printable import in_markdown, one_line_repr
from victims_code.reading.documents import Plain
from victims_code.render.csvs import csv_text
from victims_code.render.markdown import table as markdown_table
from victims_code.render.pages import Card, CardTable, card_to_html, html_or_none

if TYPE_CHECKING:
    import pandas
    import polars

# --- between areas ----------------------------------------------------------------------------------------------


class Place(StrEnum):
    """Where an area lies in a funnel."""

    INSIDE = "within the expected range"
    ABOVE_INNER = "higher than the inner limit"
    ABOVE_OUTER = "higher than the outer limit"
    BELOW_INNER = "lower than the inner limit"
    BELOW_OUTER = "lower than the outer limit"


@frozen(kw_only=True)
class FunnelPoint:
    """One area: its share, how many it rests on, and the limits for an area of that size."""

    area: Value
    label: str
    share: float
    denominator: int
    inner: tuple[float, float]
    outer: tuple[float, float]

    @property
    def place(self) -> Place:
        """Where the area lies."""
        if self.share < self.outer[0]:
            return Place.BELOW_OUTER
        if self.share > self.outer[1]:
            return Place.ABOVE_OUTER
        if self.share < self.inner[0]:
            return Place.BELOW_INNER
        return Place.ABOVE_INNER if self.share > self.inner[1] else Place.INSIDE

    @property
    def is_outside(self) -> bool:
        """Whether the area differs by more than chance would make it."""
        return self.place is not Place.INSIDE


@frozen(kw_only=True)
class Funnel:
    """Areas of different sizes against what chance alone would do to them.

    Small areas differ by chance more than large ones; a league table hides that. ``hidden`` counts the areas whose
    figures are hidden, ``share`` is that of the whole, ``levels`` the probabilities of the inner and the outer limits.
    """

    title: str
    share: float
    points: tuple[FunnelPoint, ...]
    hidden: int
    levels: tuple[Decimal, Decimal]

    __repr__ = one_line_repr("{0.title}")


@checked
def funnel(table: MeasureTable, by: str) -> Funnel | None:
    """The areas of a table in a funnel, or None if the share of the whole is hidden or does not exist.

    :param table: a share, by areas.
    :param by: the column that holds the areas.
    :raises WrongValueError: if the measure is no share, or the table is not by that column.
    """
    if table.measure.kind is not Kind.SHARE or by not in table.by:
        raise WrongValueError(faults.FUNNEL_WITHOUT_AREAS.at(table.measure.id, by=by))
    whole = table.total.value
    if whole is None:
        return None
    levels = (publication_defaults().funnel.inner, publication_defaults().funnel.outer)
    rows = table.at(by)
    points = tuple(
        FunnelPoint(
            area=row.group[by],
            label=table.label(row, by),
            share=row.value,
            denominator=row.denominator,
            inner=funnel_limits(whole, row.denominator, levels[0]),
            outer=funnel_limits(whole, row.denominator, levels[1]),
        )
        for row in rows
        if row.value is not None and row.denominator is not None
    )
    return Funnel(
        title=table.title, share=whole, points=points, hidden=sum(row.is_hidden for row in rows), levels=levels
    )


# --- over time --------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Change:
    """A share in a period and in the one before it, and the difference with its interval, in shares of 1."""

    before: Row
    after: Row
    by: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference leaves out zero."""
        return self.interval.low > 0 or self.interval.high < 0


@checked
def changes(table: MeasureTable, period: str) -> tuple[Change, ...]:
    """From each period to the next, where both are shown.

    :param period: the column that holds the periods, such as ``quarter``.
    :raises WrongValueError: if the measure is no share, or the table is not by such a column.
    """
    if table.measure.kind is not Kind.SHARE or period not in table.by or not table.dimensions[period].period:
        raise WrongValueError(faults.CHANGES_WITHOUT_PERIODS.at(table.measure.id, period=period))
    rows = [row for row in table.at(period) if row.group[period] is not None]
    found = []
    for before, after in pairwise(rows):
        if before.value is None or after.value is None:
            continue
        was, is_ = (before.numerator or 0, before.denominator or 0), (after.numerator or 0, after.denominator or 0)
        found.append(
            Change(
                before=before,
                after=after,
                by=after.value - before.value,
                interval=difference(was, is_, publication_defaults().confidence.level),
            )
        )
    return tuple(found)


# --- what if ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class WhatIfRow:
    """One group under the law and under the changed Code. ``difference`` is None where either is hidden or missing."""

    group: Mapping[str, Value]
    law: Row
    changed: Row

    @property
    def difference(self) -> float | None:
        """The changed figure less the lawful one; of a share, in shares of 1."""
        if self.law.value is None or self.changed.value is None:
            return None
        return self.changed.value - self.law.value


@frozen(kw_only=True)
class WhatIfTable:
    """A measure under the law and under a changed Code, side by side.

    It is about what would follow and not about what is: every title says so.
    """

    law: MeasureTable
    changed: MeasureTable
    rows: tuple[WhatIfRow, ...] = field(repr=False)

    __repr__ = one_line_repr("{0.title}")

    @property
    def title(self) -> str:
        """The title, which says that it is hypothetical."""
        return f"Hypothetical, not law: {self.law.title}, as it is and if the Code were changed"

    @property
    def cautions(self) -> tuple[str, ...]:
        """What was changed."""
        return self.changed.cautions

    @property
    def by(self) -> tuple[str, ...]:
        """The columns it is by."""
        return self.law.by

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings."""
        return (
            *(self.law.dimensions[n].title for n in self.by),
            "The law",
            "Counted",
            "Hypothetical",
            "Counted (hypothetical)",
            "Difference",
        )

    def cells(self) -> Iterator[tuple[str, ...]]:
        """The rows as they are shown."""
        for row in self.rows:
            labels = (self.law.label(row.law, name) for name in self.by)
            sides = [
                shown
                for table, side in ((self.law, row.law), (self.changed, row.changed))
                for shown in _brief(table, side)
            ]
            yield (*labels, *sides, self._difference(row))

    def _difference(self, row: WhatIfRow) -> str:
        if row.law.is_hidden or row.changed.is_hidden:
            return HIDDEN
        if row.difference is None:
            return "–"
        if self.law.measure.kind is not Kind.SHARE:
            return f"{row.difference:+,.0f}"
        sign = "+" if row.difference >= 0 else "−"
        return f"{sign}{percent(abs(row.difference)).rstrip('%')} points"

    def to_dict(self) -> dict[str, Plain]:
        """Both tables and the differences as plain values."""
        return {
            "title": self.title,
            "law": self.law.to_dict(),
            "changed": self.changed.to_dict(),
            "differences": [{"group": dict(row.group), "difference": row.difference} for row in self.rows],
        }

    def to_csv(self) -> str:
        """The comparison as CSV; the heading of the changed figures begins with ``hypothetical``."""
        rows = []
        for row in self.rows:
            groups = [row.group.get(name, ALL) for name in self.by]
            shown = (HIDDEN if side.is_hidden else side.value for side in (row.law, row.changed))
            hidden = row.law.is_hidden or row.changed.is_hidden
            rows.append([self.law.measure.id, *groups, *shown, HIDDEN if hidden else row.difference])
        return csv_text(["measure", *self.by, "law", "hypothetical", "difference"], rows)

    def to_pandas(self, *, totals: bool = False, drop_empty: bool = False) -> pandas.DataFrame:
        """The comparison as a pandas frame: a row a group, with the figures under the law and under the change.

        :param totals: with the rows that are totals, in which ``all`` stands for every value of a column.
        :param drop_empty: leave out the columns that are empty in every row.
        :raises MissingExtraError: if pandas is not installed.
        """
        return pandas_of(self._frame(totals, drop_empty))

    def to_polars(self, *, totals: bool = False, drop_empty: bool = False) -> polars.DataFrame:
        """The comparison as a polars frame, as :meth:`to_pandas` gives it.

        :param totals: with the rows that are totals, in which ``all`` stands for every value of a column.
        :param drop_empty: leave out the columns that are empty in every row.
        :raises MissingExtraError: if polars is not installed.
        """
        return polars_of(self._frame(totals, drop_empty))

    def _frame(self, totals: bool, drop_empty: bool) -> Columns:
        rows = [row for row in self.rows if totals or len(row.group) == len(self.by)]
        found: dict[str, Sequence[object]] = {
            "measure": [self.law.measure.title] * len(rows),
            **self.law.groups([row.law for row in rows]),
        }
        for head, side in (("law", "law"), ("hypothetical", "changed")):
            sides = [getattr(row, side) for row in rows]
            found[head] = [one.value for one in sides]
            found[f"{head}_numerator"] = [one.numerator for one in sides]
            found[f"{head}_denominator"] = [one.denominator for one in sides]
        found["difference"] = [row.difference for row in rows]
        found["hidden"] = ["; ".join(dict.fromkeys((*row.law.hidden, *row.changed.hidden))) or None for row in rows]
        found["change"] = ["; ".join(self.cautions)] * len(rows)
        found["only"] = [self.law.where or None] * len(rows)
        return without_empty(found) if drop_empty else found

    def plot(self, by: str | None = None) -> Plot:
        """The comparison as a plot, one group below another: the law filled, the hypothetical hollow.

        :param by: the column to show; by default the only one of the table.
        :raises WrongValueError: if the table is not by that column, or by several and none is named.
        :raises MissingExtraError: if Matplotlib is not installed, as it is drawn.
        """
        column = self.law.plotted(by)
        rows = [row for row in self.rows if set(row.group) == {column}]
        points = [
            Point(label=self.law.label(row.law, column), value=row.law.value, interval=row.law.interval) for row in rows
        ]
        others = {point.label: row.changed.value for point, row in zip(points, rows, strict=True)}
        title = " ".join((f"{self.title}.", *self.cautions))
        return dots(title, points, shares=self.law.measure.kind is Kind.SHARE, others=others)

    def to_markdown(self) -> str:
        """The comparison as Markdown, under its title."""
        said = (f"*{in_markdown(sentence)}*" for sentence in (*self.cautions, *self._why_hidden))
        lines = [f"**{in_markdown(self.title)}**", "", *said, ""]
        return "\n".join([*lines, *markdown_table(self.columns, list(self.cells()))])

    def to_html(self) -> str:
        """The comparison as an HTML fragment.

        :raises MissingExtraError: if Jinja2 is not installed.
        """
        table = CardTable(caption=self.law.measure.what, columns=self.columns, rows=tuple(self.cells()))
        return card_to_html(Card(title=self.title, sentences=(*self.cautions, *self._why_hidden), tables=(table,)))

    @property
    def _why_hidden(self) -> tuple[str, ...]:
        """Why something is hidden, where something is."""
        if self.law.rule is None or not (self.law.hidden or self.changed.hidden):
            return ()
        few = self.law.rule.below
        return (
            f"Hidden: a number below {few}, a change that touches fewer than {few}, or what either could be worked out"
            " from.",
        )

    def _repr_html_(self) -> str | None:
        return html_or_none(self.to_html)


@checked
def what_if(
    law: Table | Sequence[Assessment] | Obligations,
    changed: Table | Sequence[Assessment] | Obligations | VictimsCode,
    asked: Sequence[tuple[str, Sequence[str]]] = (("on-time-share", ("duty",)),),
    *,
    where: Where | None = None,
    small_numbers: SmallNumbers | Default | None = DEFAULT,
) -> tuple[WhatIfTable, ...]:
    """Measures of the same record under the law and under a changed Code, side by side.

    :param law: the obligations under the law.
    :param changed: a Code made with :meth:`victims_code.VictimsCode.with_changes`: then only the duties that it changes
        are worked out again, which needs obligations that know their record, from ``from_tables`` or
        ``from_assessments``. Or the obligations of the same record under that Code, opened with it.
    :param asked: pairs of a measure and what it is by.
    :param where: which obligations to count, by column, as for ``measure``.
    :param small_numbers: as for ``measure``. A small difference is hidden like any small
        number, because it counts the few whom the change would touch.
    :raises WrongValueError: if neither or both are under a changed Code, or the record behind the obligations is not
        known.
    """
    first = Obligations.open(law)
    second = under(first, changed) if isinstance(changed, VictimsCode) else Obligations.open(changed)
    if first.cautions or not second.cautions:
        raise WrongValueError(faults.WHAT_IF_WITHOUT_LAW.at("what_if"))
    first, second = first.where(where), second.where(where)
    requests = [Request(measure=measures()[id_], by=tuple(by)) for id_, by in asked]
    check_requests(requests, first)
    check_requests(requests, second)
    rule = rule_of(small_numbers)
    counted = [count(requests, side) for side in (first, second)]
    hidden = (frozenset[str](), frozenset[str]())
    if rule is not None:
        sides = [cells_of(requests, counts, rule) for counts in counted]
        hidden = _hidden_in_both(requests, counted, sides, rule)
    percentiles = [request for request in requests if request.measure.kind is Kind.PERCENTILE]
    spreads = [spread(percentiles, side) for side in (first, second)]
    found = []
    for request in requests:
        lawful, other = (
            table_from(request, counts, unseen, side, rule, publication_defaults().confidence.level, wide)
            for counts, unseen, side, wide in zip(counted, hidden, (first, second), spreads, strict=True)
        )
        found.append(WhatIfTable(law=lawful, changed=other, rows=_side_by_side(lawful, other)))
    return tuple(found)


def _hidden_in_both(
    requests: Sequence[Request], counted: Sequence[Counts], sides: Sequence[Cells], rule: SmallNumbers
) -> tuple[frozenset[str], frozenset[str]]:
    """What must be hidden of two tables shown beside each other, in which small differences are small numbers."""
    marks = ("law: ", "changed: ")
    numbers = {mark + cell: n for mark, side in zip(marks, sides, strict=True) for cell, n in side.numbers.items()}
    totals = [
        Total(total=mark + total.total, parts=[mark + part for part in total.parts])
        for mark, side in zip(marks, sides, strict=True)
        for total in side.totals
    ]
    shown = {mark + cell for mark, side in zip(marks, sides, strict=True) for cell in side.shown}
    for group in {**counted[0].classes, **counted[1].classes}:
        level = tuple(dimension for dimension, _ in group)
        for request in (request for request in requests if level in request.levels):
            for one, two in zip(parts(request.measure, counted[0]), parts(request.measure, counted[1]), strict=True):
                pair = [mark + name(group, classes) for mark, classes in zip(marks, (one, two), strict=True)]
                less, more = sorted(pair, key=lambda cell: numbers.setdefault(cell, 0))
                if numbers[less] == numbers[more]:
                    totals.append(Total(total=more, parts=[less]))
                else:
                    between = f"difference of {pair[0]}"
                    numbers[between] = numbers[more] - numbers[less]
                    totals.append(Total(total=more, parts=[less, between]))
    result = suppress(
        numbers,
        totals,
        rule,
        never_shown=numbers.keys() - shown,
        also_hide=[mark + cell for mark, side in zip(marks, sides, strict=True) for cell in side.of_few],
        aside=[mark + cell for mark, side in zip(marks, sides, strict=True) for cell in side.aside],
        # the law's figures are worth more: they are published elsewhere too, and a reader misses them first
        worth={
            mark + cell: n * more
            for mark, side, more in zip(marks, sides, (5.0, 1.0), strict=True)
            for cell, n in side.worth.items()
        },
    )
    first, second = (
        frozenset(cell.removeprefix(mark) for cell in shown if cell.startswith(mark) and result.shown[cell] is None)
        for mark in marks
    )
    return first, second


def _side_by_side(law: MeasureTable, changed: MeasureTable) -> tuple[WhatIfRow, ...]:
    """The rows of both tables together; a group that one of them lacks has nothing to count there."""
    there = {_key(row): row for row in changed}
    here = {_key(row) for row in law}
    rows = [WhatIfRow(group=row.group, law=row, changed=there.get(_key(row), Row(group=row.group))) for row in law]
    rows += [
        WhatIfRow(group=row.group, law=Row(group=row.group), changed=row) for row in changed if _key(row) not in here
    ]
    return tuple(rows)


def _key(row: Row) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(row.group.items()))


def _brief(table: MeasureTable, row: Row) -> tuple[str, str]:
    """The figure, and what it was counted among."""
    figures = table.figures(row)
    among = {Kind.SHARE: 3, Kind.PERCENTILE: 1}.get(table.measure.kind)
    return (figures[0], "" if among is None else figures[among])
