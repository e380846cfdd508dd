"""What can go in: files, data frames, Arrow tables and relations, each as a numbered view of one DuckDB connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from victims_code.bulk.tables import INPUTS, InputTable
from victims_code.errors import CaseError, Fault, did_you_mean

if TYPE_CHECKING:
    import duckdb

__all__ = ["Given", "Source", "take_in", "wrong_columns"]

Given: TypeAlias = Any
"""A table: the path of Parquet or CSV files (globs and lists of them too), an Arrow table, dataset or reader, a pandas
or polars frame, or a DuckDB relation."""


@frozen(kw_only=True)
class Source:
    """A table as it was handed in: the view it can be read from, and the database's type of each of its columns."""

    table: InputTable
    view: str
    types: dict[str, str]

    def has(self, column: str) -> bool:
        """Whether the column was handed in."""
        return column in self.types


def take_in(connection: duckdb.DuckDBPyConnection, given: dict[str, Given], folder: Path) -> dict[str, Source]:
    """Every table as a view ``given_…`` with a column ``row_number``, from one up.

    :param folder: where what cannot be read twice is kept meanwhile.
    :raises CaseError: if a table cannot be read or lacks a column, with every fault.
    """
    sources: dict[str, Source] = {}
    faults: list[Fault] = []
    for name, table in INPUTS.items():
        what = given.get(name)
        if what is None:
            if table.needed:
                faults.append(_fault("VC-FILE-004", name, "This table is missing.", "Hand it in."))
            continue
        try:
            view = _view(connection, name, what, folder)
        except CaseError as problem:
            faults += problem.faults
            continue
        types = {
            column.lower(): kind
            for column, kind, *_ in connection.execute(f"DESCRIBE {view}").fetchall()
            if column != "row_number"
        }
        faults += wrong_columns(table, types)
        sources[name] = Source(table=table, view=view, types=types)
    if faults:
        raise CaseError(*faults)
    return sources


def _view(connection: duckdb.DuckDBPyConnection, name: str, given: Given, folder: Path) -> str:
    import duckdb

    try:
        source = _as_source(connection, name, given, folder)
        number = _row_number(connection, source)
        connection.execute(f"CREATE VIEW given_{name} AS SELECT {number} AS row_number, * FROM {source}")
    except (duckdb.Error, OSError) as problem:
        what = str(problem).partition("\n")[0]
        raise CaseError(_fault("VC-FILE-001", name, what, "Check the path and the format.")) from problem
    return f"given_{name}"


def _row_number(connection: duckdb.DuckDBPyConnection, source: str) -> str:
    """The number of a row as SQL. Rows of Parquet files know their own, so that several threads can read them."""
    if not source.startswith("read_parquet"):
        return "row_number() OVER ()"
    columns = {column.lower() for column, *_ in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    if columns & {"file_row_number", "file_index"}:  # which would stand for something else
        return "row_number() OVER ()"
    counts = connection.execute(f"SELECT file_index, count(*) FROM {source} GROUP BY ALL ORDER BY ALL").fetchall()
    before, whens = 0, ""
    for index, rows in counts:
        whens += f" WHEN {index} THEN {before}"
        before += rows
    return f"file_row_number + 1 + CASE file_index{whens} END" if len(counts) > 1 else "file_row_number + 1"


def _as_source(connection: duckdb.DuckDBPyConnection, name: str, given: Given, folder: Path) -> str:
    import duckdb

    if isinstance(given, str | Path):
        return _read_files(name, [given])
    if isinstance(given, list | tuple) and all(isinstance(path, str | Path) for path in given):
        return _read_files(name, given)
    if isinstance(given, duckdb.DuckDBPyRelation):
        kept = folder / f"{name}.parquet"
        given.write_parquet(str(kept))
        return _read_files(name, [kept])
    if type(given).__module__.partition(".")[0] == "polars":
        given = (given.collect() if hasattr(given, "collect") else given).to_arrow()
    if type(given).__name__ == "RecordBatchReader":  # which can be read only once
        given = given.read_all()
    try:
        connection.register(f"handed_in_{name}", given)
    except (duckdb.Error, TypeError) as problem:
        what = f"This is no table that can be read ({type(given).__name__})."
        way_out = "Pass a path, an Arrow table, a pandas or polars frame, or a DuckDB relation."
        raise CaseError(_fault("VC-FILE-005", name, what, way_out)) from problem
    return f"handed_in_{name}"


def _read_files(name: str, paths: Sequence[str | Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    endings = {_ending(path) for path in paths}
    if endings == {".parquet"}:
        return f"read_parquet([{listed}])"
    if endings <= {".csv", ".tsv"}:
        return f"read_csv([{listed}], header = true, all_varchar = true)"
    what = f"Files of this kind cannot be read: {', '.join(map(str, paths))}."
    raise CaseError(_fault("VC-FILE-001", name, what, "Use .parquet, .csv or .csv.gz, all of one kind."))


def _ending(path: str | Path) -> str:
    return Path(str(path).removesuffix(".gz").removesuffix(".zst")).suffix.lower()


def wrong_columns(table: InputTable, types: dict[str, str]) -> Iterator[Fault]:
    """Columns of the contract that are missing, and columns whose names look like one that is."""
    own = {column.name for column in table.columns}
    missing = [column for column in table.columns if column.name not in types]
    for column in missing:
        if not column.optional:
            near = did_you_mean(column.name, types, listing="Columns there")
            fill = "fill it in every row" if column.needed else "leave it empty where there is nothing to say"
            way_out = f"Add it, and {fill} ({column.meaning}). {near}"
            yield _fault("VC-FILE-004", table.name, f"The column {column.name!r} is missing.", way_out)
    absent = [column.name for column in missing if column.optional]
    for name in types:
        if name not in own and absent and "Did you mean" in (way_out := did_you_mean(name, absent)):
            yield _fault("VC-FILE-003", table.name, f"The column {name!r} is not known here.", way_out)


def _fault(code: str, where: str, what: str, way_out: str) -> Fault:
    return Fault(code=code, where=where, what=what, way_out=way_out)
