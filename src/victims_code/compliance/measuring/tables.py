"""A measure by groups: what is shown of it, with intervals, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.compliance.measuring.definitions import ComplianceMeasure, Kind
from victims_code.compliance.measuring.frames import Columns, pandas_of, polars_of, without_empty
from victims_code.compliance.measuring.grouping import Dimension, Value
from victims_code.compliance.measuring.plots import Plot, Point, dots, trend
from victims_code.decimals import percent
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.figures import Interval, SmallNumbers, publication_defaults
from victims_code.printable import capitalised, in_markdown, one_line_repr
from victims_code.reading.documents import Plain
from victims_code.render.csvs import csv_text
from victims_code.render.markdown import table as markdown_table
from victims_code.render.pages import Card, CardTable, card_to_html, html_or_none

if TYPE_CHECKING:
    import pandas
    import polars

ALL = "all"
"""What stands for every value of a column in a row that is a total."""
NOT_IN_DATA = "not recorded in this data"
"""What stands for a share of what was done, where the data never records it."""
SIDES = ("numerator", "denominator", "left_out")
"""The numbers of a row, each of which can be hidden."""
HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""


@frozen(kw_only=True)
class Row:
    """One group and its figures; a column of the table that is not in ``group`` is summed over.

    A hidden figure and one that does not exist are both None: ``hidden`` tells them apart. ``value`` of a share lies
    between 0 and 1; ``interval`` is its confidence interval. ``left_out`` counts the obligations that a share leaves
    out because the data never once shows their duty as done. ``recorded`` is false where that leaves nothing, so that
    there is no share: not recorded is not the same as not done.
    """

    group: Mapping[str, Value]
    numerator: int | None = None
    denominator: int | None = None
    left_out: int | None = None
    value: float | None = None
    interval: Interval | None = None
    recorded: bool = True
    hidden: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether the value is hidden."""
        return "value" in self.hidden


@frozen(kw_only=True)
class MeasureTable:
    """A measure by some columns, with all totals.

    ``rule`` says which small numbers are hidden, None that none are; ``cautions`` which editions are not law; ``where``
    which obligations were counted, in words, and is empty if all were. A table is a value: nothing in it changes, and
    it remembers nothing of the obligations.
    """

    measure: ComplianceMeasure
    by: tuple[str, ...]
    rows: tuple[Row, ...]
    rule: SmallNumbers | None
    cautions: tuple[str, ...] = ()
    where: str = ""
    dimensions: Mapping[str, Dimension] = field(repr=False, eq=False)

    __repr__ = one_line_repr("{0.measure.id}, by {0.by}")

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def title(self) -> str:
        """The title, with the columns it is by, which obligations were counted, and whether it is hypothetical."""
        by = ", ".join(self.dimensions[name].noun for name in self.by)
        caution = "Hypothetical or draft: " if self.cautions else ""
        where = f" (only {self.where})" if self.where else ""
        return f"{caution}{self.measure.title}{f' by {by}' if by else ''}{where}"

    @property
    def hidden(self) -> int:
        """How many rows have something hidden."""
        return sum(bool(row.hidden) for row in self.rows)

    @property
    def total(self) -> Row:
        """The row for everything."""
        return self.row()

    @property
    def figure(self) -> str:
        """The figure for everything, as it is shown."""
        return self.figures(self.total)[0]

    def row(self, **group: Value) -> Row:
        """The row of a group; a column that is not named is summed over.

        :raises UnknownNameError: if the table has no such row.
        """
        wanted = {name.replace("_", "-") if name not in self.dimensions else name: v for name, v in group.items()}
        for row in self.rows:
            if row.group.keys() == wanted.keys() and all(
                wanted[name] in (value, self.dimensions[name].key(value)) for name, value in row.group.items()
            ):
                return row
        raise UnknownNameError(
            faults.NO_SUCH_ROW.at(
                self.measure.id,
                group=", ".join((f"{k}={v}" for k, v in wanted.items())) or "everything",
                by=", ".join(self.by) or "nothing",
            )
        )

    def at(self, *names: str) -> tuple[Row, ...]:
        """The rows that are by exactly these columns, in their order."""
        return tuple(row for row in self.rows if set(row.group) == set(names))

    @checked
    def label(self, row: Row, name: str) -> str:
        """What a row says in a column, in words."""
        return self.dimensions[name].label(row.group[name]) if name in row.group else ALL

    @checked
    def figures(self, row: Row) -> tuple[str, ...]:
        """The figures of a row as they are shown, in the order of :attr:`columns` after the groups."""
        numerator, denominator, left_out = (
            HIDDEN if side in row.hidden else _whole(getattr(row, side)) for side in SIDES
        )
        if self.measure.kind is Kind.COUNT:
            return (numerator,)
        value = HIDDEN if row.is_hidden else "–"
        if self.measure.kind is Kind.PERCENTILE:
            if row.value is not None:
                value = _whole(int(row.value))
            return (value, denominator)
        if not row.recorded and not row.is_hidden:
            value = NOT_IN_DATA
        between = HIDDEN if row.is_hidden else "–"
        if row.value is not None and row.interval is not None:
            value = percent(row.value)
            between = f"{percent(row.interval.low)} to {percent(row.interval.high)}"
        return (value, between, numerator, denominator, *([left_out] if self.leaves_out else []))

    @property
    def leaves_out(self) -> bool:
        """Whether some obligations are left out because the data never shows their duty as done."""
        return any(row.left_out or "left_out" in row.hidden for row in self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the table as it is shown."""
        measure = self.measure
        groups = tuple(self.dimensions[name].title for name in self.by)
        above = "" if measure.numerator is None else capitalised(measure.numerator.words)
        below = "" if measure.denominator is None else capitalised(measure.denominator.words)
        if measure.kind is Kind.COUNT:
            return (*groups, above)
        if measure.kind is Kind.PERCENTILE:
            unit = "" if measure.unit in measure.title.lower() else f" ({measure.unit})"
            return (*groups, f"{measure.title}{unit}", below)
        aside = measure.left_out
        left_out = [aside.words.capitalize()] if aside is not None and self.leaves_out else []
        return (*groups, "Share", f"{self._level}% interval", above, below, *left_out)

    @property
    def _level(self) -> Decimal:
        shown = (row.interval.level for row in self.rows if row.interval is not None)
        level = next(shown, publication_defaults().confidence.level)
        return (level * 100).normalize()

    def cells(self) -> Iterator[tuple[str, ...]]:
        """The rows as they are shown."""
        for row in self.rows:
            yield (*(self.label(row, name) for name in self.by), *self.figures(row))

    def to_dict(self) -> dict[str, Plain]:
        """The table as plain values. A hidden figure is None and named under ``hidden``."""
        return {
            "measure": self.measure.id,
            "title": self.title,
            "what": self.measure.what,
            "unit": self.measure.unit,
            "direction": self.measure.direction.value,
            "exclusions": list(self.measure.exclusions),
            "evidence": self.measure.evidence.value,
            "by": list(self.by),
            "where": self.where or None,
            "small_numbers_below": None if self.rule is None else self.rule.below,
            "cautions": list(self.cautions),
            "rows": [self._plain(row) for row in self.rows],
        }

    def to_csv(self) -> str:
        """The table as CSV, one row a group; ``all`` stands for a total and ``hidden`` for what is hidden."""
        rows = []
        for row in self.rows:
            groups = [self._key(row, name) for name in self.by]
            low, high = (None, None) if row.interval is None else (row.interval.low, row.interval.high)
            hidden = HIDDEN if row.is_hidden else None
            figures: list[object] = [
                *(hidden or _number(figure) for figure in (row.value, low, high)),
                *(HIDDEN if side in row.hidden else getattr(row, side) for side in self._sides),
            ]
            rows.append([self.measure.id, *groups, *figures, *filter(None, [self.where])])
        only = ["only"] if self.where else []
        return csv_text(["measure", *self.by, "value", "low", "high", *self._sides, *only], rows)

    def plot(self, by: str | None = None) -> Plot:
        """The table as a plot: over time if it is by a period, otherwise one below another. It says the same in words.

        :param by: the column to show; by default the only one of the table.
        :raises WrongValueError: if the table is not by that column, or by several and none is named.
        :raises MissingExtraError: if Matplotlib is not installed, as it is drawn.
        """
        column = self.plotted(by)
        points = [
            Point(label=self.label(row, column), value=row.value, interval=row.interval) for row in self.at(column)
        ]
        draw = trend if self.dimensions[column].period else dots
        return draw(self.title, points, shares=self.measure.kind is Kind.SHARE)

    def plotted(self, by: str | None) -> str:
        """The column that is meant in a plot: the only one, if none is named.

        :raises WrongValueError: if the table is not by that column, or by several and none is named.
        """
        column = self.by[0] if by is None and len(self.by) == 1 else by
        if column is None or column not in self.by:
            raise WrongValueError(faults.NOTHING_TO_PLOT.at("by", columns=", ".join(self.by) or "none"))
        return column

    def why_hidden(self, row: Row) -> str:
        """Why the figure of a row is hidden, in a clause; empty if it is not. Which of the two holds must not be told.

        >>> from victims_code.compliance import measures
        >>> from victims_code.figures import SmallNumbers
        >>> rule = SmallNumbers(below=5)
        >>> table = MeasureTable(measure=measures()["overdue-now"], by=(), rows=(), rule=rule, dimensions={})
        >>> table.why_hidden(Row(group={}, hidden=("numerator", "value")))
        'a number in it is below 5 or lies in fewer than 5 cases, or such a number could be worked out from it'
        """
        if not row.hidden or self.rule is None:
            return ""
        few = self.rule.below
        if self.measure.kind is Kind.PERCENTILE:
            return f"fewer than {few} obligations lie beyond it, or they lie in fewer than {few} cases"
        return (
            f"a number in it is below {few} or lies in fewer than {few} cases, or such a number could be worked out"
            " from it"
        )

    def to_pandas(self, *, totals: bool = False, drop_empty: bool = False) -> pandas.DataFrame:
        """The table as a pandas frame: a row a group, with identifiers, titles, Rights, and periods that sort.

        A hidden figure is missing, and ``hidden`` names it. ``only`` says which obligations were counted.

        :param totals: with the rows that are totals, in which ``all`` stands for every value of a column.
        :param drop_empty: leave out the columns that are empty in every row.
        :raises MissingExtraError: if pandas is not installed.
        """
        return pandas_of(self._columns(totals, drop_empty))

    def to_polars(self, *, totals: bool = False, drop_empty: bool = False) -> polars.DataFrame:
        """The table as a polars frame, as :meth:`to_pandas` gives it.

        :param totals: with the rows that are totals, in which ``all`` stands for every value of a column.
        :param drop_empty: leave out the columns that are empty in every row.
        :raises MissingExtraError: if polars is not installed.
        """
        return polars_of(self._columns(totals, drop_empty))

    def _columns(self, totals: bool, drop_empty: bool) -> Columns:
        rows = self.rows if totals else self.at(*self.by)
        found: dict[str, Sequence[object]] = {"measure": [self.measure.title] * len(rows), **self.groups(rows)}
        found |= {side: [getattr(row, side) for row in rows] for side in ("value", *self._sides)}
        for end in ("low", "high"):
            found[end] = [None if row.interval is None else getattr(row.interval, end) for row in rows]
        found["recorded"] = [row.recorded for row in rows]
        found["hidden"] = ["; ".join(row.hidden) or None for row in rows]
        found["only"] = [self.where or None] * len(rows)
        return without_empty(found) if drop_empty else found

    def groups(self, rows: Sequence[Row]) -> Columns:
        """The groups of some rows as columns: identifiers, titles, Rights, and periods that sort."""
        found: dict[str, Sequence[object]] = {}
        for name in self.by:
            dimension = self.dimensions[name]
            values = [row.group.get(name, ALL) for row in rows]
            column = name.replace("-", "_")
            found[column] = [dimension.key(value) for value in values]
            if dimension.span is not None:
                found[f"{column}_begins"] = [dimension.span(v)[0] if isinstance(v, int) else None for v in values]
            else:
                titles = [self.label(row, name) for row in rows]
                found |= {} if titles == found[column] else {f"{column}_title": titles}
            if dimension.rights:
                found["right"] = [dimension.rights.get(str(value)) for value in values]
        return found

    @property
    def _sides(self) -> tuple[str, ...]:
        """The numbers of a row that this table gives to machines."""
        return SIDES if self.measure.left_out is not None else SIDES[:2]

    def _key(self, row: Row, name: str) -> object:
        """What a row says in a column, for a machine."""
        if name not in row.group:
            return ALL
        value = self.dimensions[name].key(row.group[name])
        return "" if value is None else value

    def _plain(self, row: Row) -> dict[str, Plain]:
        interval = row.interval
        return {
            "group": {name: self.dimensions[name].key(value) for name, value in row.group.items()},
            "numerator": row.numerator,
            "denominator": row.denominator,
            "left_out": row.left_out,
            "value": row.value,
            "low": None if interval is None else interval.low,
            "high": None if interval is None else interval.high,
            "recorded": row.recorded,
            "hidden": list(row.hidden),
        }

    def to_markdown(self) -> str:
        """The table as Markdown, under its title."""
        said = [f"*{in_markdown(sentence)}*" for sentence in (*self.cautions, *self._why_hidden)]
        lines = [f"**{in_markdown(self.title)}**", "", *said, *([""] if said else [])]
        return "\n".join([*lines, *markdown_table(self.columns, list(self.cells()))])

    def to_html(self) -> str:
        """The table as an HTML fragment.

        :raises MissingExtraError: if Jinja2 is not installed.
        """
        table = CardTable(caption=self.measure.what, columns=self.columns, rows=tuple(self.cells()))
        return card_to_html(Card(title=self.title, sentences=(*self.cautions, *self._why_hidden), tables=(table,)))

    @property
    def _why_hidden(self) -> tuple[str, ...]:
        """Why something is hidden, where something is."""
        row = next((row for row in self.rows if row.hidden), None)
        return () if row is None else (f"A figure is hidden where {self.why_hidden(row)}.",)

    def _repr_html_(self) -> str | None:
        return html_or_none(self.to_html)


def _whole(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _number(value: float | None) -> object:
    return "" if value is None else round(value, 6)
