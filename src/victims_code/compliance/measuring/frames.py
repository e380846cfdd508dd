"""Frames: measures and obligations for pandas and polars, with real dates, titles, and periods that sort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from victims_code.extras import need

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Columns = Mapping[str, Sequence[object]]


def text_table(
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    more: Sequence[Sequence[str | None]] = (),
    named: Sequence[str] = (),
) -> pyarrow.Table:
    """Rows as an Arrow table whose every cell is text or missing.

    :param more: further rows, whose cells are text or missing in the columns that are ``named``.
    """
    need("bulk", "pyarrow", feature="Tables in bulk")
    import pyarrow

    further = dict(zip(named, zip(*more, strict=True), strict=True)) if more else {}
    nothing = (None,) * len(more)
    cells = {name: [*(_text(row.get(name)) for row in rows), *further.get(name, nothing)] for name in columns}
    return pyarrow.table(cells, schema=pyarrow.schema([(name, pyarrow.string()) for name in columns]))


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def without_empty(columns: Columns) -> Columns:
    """The columns that say something: not those that are empty in every row."""
    return {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}


def pandas_of(columns: Columns) -> pandas.DataFrame:
    """Columns as a pandas frame, with dates, and with whole numbers that can be missing."""
    need("frames", "pandas", feature="pandas frames")
    import pandas

    return pandas.DataFrame({name: pandas.Series(list(cells), dtype=_kind(cells)) for name, cells in columns.items()})


def _kind(cells: Sequence[object]) -> str | None:
    """What pandas calls the kind of some cells; None leaves it to pandas."""
    kinds = {type(cell).__name__ for cell in cells if cell is not None}
    return {"int": "Int64", "date": "datetime64[s]", "bool": "boolean"}.get(kinds.pop()) if len(kinds) == 1 else None


def polars_of(columns: Columns) -> polars.DataFrame:
    """Columns as a polars frame."""
    need("frames", "polars", feature="polars frames")
    import polars

    return polars.DataFrame({name: list(cells) for name, cells in columns.items()})


def arrow_to_pandas(table: pyarrow.Table) -> pandas.DataFrame:
    """An Arrow table as a pandas frame: dates stay dates, and whole numbers and truths can be missing."""
    need("frames", "pandas", feature="pandas frames")
    import pandas
    import pyarrow

    kinds: dict[Any, Any] = {pyarrow.int32(): pandas.Int32Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
    return table.to_pandas(date_as_object=False, types_mapper=kinds.get)


def arrow_to_polars(table: pyarrow.Table) -> polars.DataFrame:
    """An Arrow table as a polars frame."""
    need("frames", "polars", feature="polars frames")
    import polars

    frame = polars.from_arrow(table)
    assert isinstance(frame, polars.DataFrame)
    return frame
