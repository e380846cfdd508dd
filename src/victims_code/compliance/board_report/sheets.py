"""Sheets: tables as a reader sees them, in which several measures of the same groups stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import field, frozen

from victims_code.compliance.measuring.definitions import ComplianceMeasure, Kind
from victims_code.compliance.measuring.grouping import Value
from victims_code.compliance.measuring.tables import ALL, HIDDEN, MeasureTable, Row
from victims_code.figures import Direction
from victims_code.render.csvs import csv_text


@frozen(kw_only=True)
class Sheet:
    """A table with a title and a sentence on what it shows; the first ``heads`` cells of a row are its headings.

    ``csv`` is the same as CSV, with the figures as numbers; ``totals`` the places of rows that are totals.
    """

    id: str
    title: str
    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    totals: frozenset[int] = field(factory=frozenset)
    csv: str = field(default="", repr=False)
    count: int | None = None
    """How many there are of which the rows are a part; None if they are all."""

    @property
    def has_hidden(self) -> bool:
        """Whether something in it is hidden."""
        return any(HIDDEN in cell.split() for row in self.rows for cell in row)


def sheet_of(id_: str, title: str, what: str, tables: Sequence[MeasureTable], *, by_size: bool = False) -> Sheet:
    """Measures by the same columns, side by side.

    :param tables: of the same columns; each gives the columns that its kind of measure needs.
    :param by_size: whether the largest of the first measure comes first, and what is hidden last.
    """
    first = tables[0]
    by_key = [{_key(row): row for row in table} for table in tables]
    keys = dict.fromkeys(_key(row) for table in tables for row in table)
    found = {key: next(side[key] for side in by_key if key in side) for key in keys}

    def place(key: _Key) -> tuple[object, ...]:
        return tuple((name in dict(key), first.dimensions[name].place(dict(key).get(name))) for name in first.by)

    def size(key: _Key) -> tuple[object, ...]:
        value = by_key[0][key].value if key in by_key[0] else None
        return (len(key), value is None, 0 if value is None else -value)

    order = sorted(keys, key=lambda key: (*(size(key) if by_size else ()), *place(key)))
    rows = tuple(
        (
            *(first.label(found[key], name) for name in first.by),
            *(cell for table, side in zip(tables, by_key, strict=True) for cell in _figures(table, side.get(key))),
        )
        for key in order
    )
    return Sheet(
        id=id_,
        title=title,
        what=what,
        columns=(
            *(first.dimensions[name].title for name in first.by),
            *(heading for table in tables for heading in _headings(table)),
        ),
        rows=rows,
        heads=len(first.by),
        totals=frozenset(n for n, key in enumerate(order) if len(key) < len(first.by)),
        csv=_csv(tables, by_key, order),
    )


def _headings(table: MeasureTable) -> tuple[str, ...]:
    measure = table.measure
    if measure.kind is Kind.SHARE:
        return (measure.title, "Interval", "Counted") if _is_rated(measure) else (measure.title,)
    if measure.kind is Kind.PERCENTILE:
        named = measure.unit in measure.title.lower()
        return (measure.title if named else f"{measure.title} ({measure.unit})",)
    return (measure.title,)


def _is_rated(measure: ComplianceMeasure) -> bool:
    """Whether a share is one that work is judged by, so that chance matters; the CSV has every interval."""
    return measure.direction is Direction.HIGHER_IS_BETTER


def _figures(table: MeasureTable, row: Row | None) -> tuple[str, ...]:
    if row is None:
        return ("0" if table.measure.kind is Kind.COUNT else "–",) * len(_headings(table))
    figures = table.figures(row)
    if table.measure.kind is Kind.SHARE:
        value, between, _, among, *left_out = figures
        if not row.recorded and left_out:
            among = f"{left_out[0]} left out"
        return (value, between, among) if _is_rated(table.measure) else (value,)
    return figures[:1]


_Key: TypeAlias = tuple[tuple[str, Value], ...]


def _key(row: Row) -> _Key:
    return tuple(sorted(row.group.items(), key=lambda item: item[0]))


def _csv(
    tables: Sequence[MeasureTable],
    by_key: Sequence[dict[tuple[tuple[str, Value], ...], Row]],
    order: Sequence[tuple[tuple[str, Value], ...]],
) -> str:
    rows, first = [], tables[0]
    only = [first.where] if first.where else []
    for key in order:
        group = dict(key)
        heads = [first.dimensions[name].key(group[name]) if name in group else ALL for name in first.by]
        figures = (cell for table, side in zip(tables, by_key, strict=True) for cell in _numbers(table, side.get(key)))
        rows.append([*heads, *figures, *only])
    parts = (f"{table.measure.id} {part}" for table in tables for part in _parts(table))
    return csv_text([*first.by, *parts, *(["only"] if only else [])], rows)


def _parts(table: MeasureTable) -> tuple[str, ...]:
    if table.measure.kind is Kind.SHARE:
        left_out = () if table.measure.left_out is None else ("left_out",)
        return ("value", "low", "high", "numerator", "denominator", *left_out)
    return ("value", "denominator") if table.measure.kind is Kind.PERCENTILE else ("value",)


def _numbers(table: MeasureTable, row: Row | None) -> Iterator[object]:
    for part in _parts(table):
        if row is None:
            yield ""
        elif part in ("low", "high"):
            yield HIDDEN if row.is_hidden else "" if row.interval is None else round(getattr(row.interval, part), 6)
        elif part in row.hidden:
            yield HIDDEN
        else:
            figure = getattr(row, part)
            yield "" if figure is None else round(figure, 6) if isinstance(figure, float) else figure
