"""What can go in: files, data frames, Arrow tables and relations, each as a numbered view of one DuckDB connection."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from glob import escape, glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from victims_code import faults
from victims_code.bulk.csv_files import HINT, PROBLEM, is_csv, read_csv_files
from victims_code.bulk.database import in_our_words
from victims_code.bulk.fragments import literal
from victims_code.bulk.tables import INPUTS, InputTable, TableLike, Tables
from victims_code.errors import CaseError
from victims_code.faults import Fault, did_you_mean

if TYPE_CHECKING:
    import duckdb


@frozen(kw_only=True)
class TableSource:
    """A table as it was handed in: the view it can be read from, and the database's type of each of its columns.

    ``rows`` is how many rows came in, counted apart from the database; None where that cannot be known. ``odd`` is how
    many of them do not fit the table, of which the view has only what is wrong.
    """

    table: InputTable
    view: str
    types: dict[str, str]
    rows: int | None = None
    odd: int = 0

    def has(self, column: str) -> bool:
        """Whether the column was handed in."""
        return column in self.types


@frozen(kw_only=True)
class _TakenIn:
    """Where a table can be read from, as SQL, how many rows it has, and how many of them do not fit."""

    sql: str
    rows: int | None = None
    odd: int = 0


def register_inputs(connection: duckdb.DuckDBPyConnection, tables: Tables, folder: Path) -> dict[str, TableSource]:
    """Every table as a view ``given_…`` with a column ``row_number``, from one up.

    :param folder: where what cannot be read twice is kept meanwhile.
    :raises CaseError: if a table cannot be read or lacks a column, with every fault.
    """
    sources: dict[str, TableSource] = {}
    wrong = list(missing_tables(tables))
    for name, what in tables.given.items():
        table = INPUTS[name]
        try:
            with in_our_words(name, CaseError):
                sources[name] = _source(connection, table, what, folder)
        except CaseError as problem:
            wrong += problem.faults
            continue
        wrong += wrong_columns(table, sources[name].types)
    if wrong:
        raise CaseError(*wrong)
    return sources


def _source(connection: duckdb.DuckDBPyConnection, table: InputTable, given: TableLike, folder: Path) -> TableSource:
    taken = _register_input(connection, table, given, folder)
    number = _row_number(connection, taken.sql)
    view = f"given_{table.name}"
    connection.execute(f"CREATE VIEW {view} AS SELECT {number} AS row_number, * FROM {taken.sql}")
    types = {
        column.lower(): kind
        for column, kind, *_ in connection.execute(f"DESCRIBE {view}").fetchall()
        if column not in ("row_number", PROBLEM, HINT)
    }
    return TableSource(table=table, view=view, types=types, rows=taken.rows, odd=taken.odd)


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


def _register_input(
    connection: duckdb.DuckDBPyConnection, table: InputTable, given: TableLike, folder: Path
) -> _TakenIn:
    import duckdb

    name = table.name
    if isinstance(given, str | Path):
        return _files(table, [given], folder)
    if isinstance(given, list | tuple) and all(isinstance(path, str | Path) for path in given):
        return _files(table, given, folder)
    if isinstance(given, duckdb.DuckDBPyRelation):
        kept = folder / f"{name}.parquet"
        given.write_parquet(str(kept))
        return _parquet(table, [kept])
    held: Any = given
    if type(held).__module__.partition(".")[0] == "polars":
        held = (held.collect() if hasattr(held, "collect") else held).to_arrow()
    if type(held).__name__ == "RecordBatchReader":  # which can be read only once
        held = held.read_all()
    try:
        connection.register(f"handed_in_{name}", held)
        connection.execute(f"DESCRIBE handed_in_{name}")
    except (duckdb.Error, TypeError, ValueError):
        raise CaseError(faults.NOT_A_TABLE_TO_READ.at(name, given=type(held).__name__)) from None
    rows = held.count_rows() if hasattr(held, "count_rows") else len(held) if hasattr(held, "__len__") else None
    return _TakenIn(sql=f"handed_in_{name}", rows=rows)


def _files(table: InputTable, given: Sequence[str | Path], folder: Path) -> _TakenIn:
    paths = [path for pattern in given for path in _matching(table.name, pattern)]
    if all(map(is_csv, paths)):
        known = [column.name for column in table.columns]
        read = read_csv_files(paths, folder / f"{table.name}.csv.parquet", name=table.name, known=known)
        return evolve(_parquet(table, [read.parquet]), rows=read.rows, odd=read.odd)
    if all(Path(path).suffix.lower() == ".parquet" for path in paths):
        return _parquet(table, paths)
    raise CaseError(faults.FILES_OF_ANOTHER_KIND.at(table.name, given=", ".join(map(str, given))))


def _matching(name: str, pattern: str | Path) -> list[str]:
    """The file of that name, or those a pattern stands for, by name; a place on a network stays as it is."""
    text = str(pattern)
    if "://" in text or Path(text).exists():
        return [text]
    if found := sorted(glob(text, recursive=True)):
        return found
    raise CaseError(faults.PATH_NOT_THERE.at(name, path=text))


def _parquet(table: InputTable, paths: Sequence[str | Path]) -> _TakenIn:
    """Parquet files, all of which must have the same columns of the contract, of the same types."""
    import pyarrow.parquet

    rows: int | None = 0
    wrong: list[Fault] = []
    first: dict[str, str] = {}
    own = {column.name for column in table.columns}
    for path in paths:
        if "://" in str(path):
            rows = None
            continue
        try:
            file = pyarrow.parquet.ParquetFile(path)
        except (OSError, ValueError, NotImplementedError):  # of which pyarrow's own errors are kinds
            wrong.append(faults.NOT_PARQUET.at(table.name, path=path))
            continue
        with file:
            rows = None if rows is None else rows + file.metadata.num_rows
            types = {field.name.lower(): str(field.type) for field in file.schema_arrow if field.name.lower() in own}
        first = first or types
        wrong += (
            faults.FILES_WITH_OTHER_COLUMNS.at(
                table.name,
                path=path,
                has="has a column" if column in types else "has no column",
                column=column,
                first=paths[0],
            )
            for column in sorted(types.keys() ^ first.keys())
        )
        wrong += (
            faults.FILES_WITH_OTHER_TYPES.at(
                table.name, column=column, type=types[column], path=path, other_type=first[column], other=paths[0]
            )
            for column in sorted(types.keys() & first.keys())
            if types[column] != first[column]
        )
    if wrong:
        raise CaseError(*wrong)
    listed = ", ".join(literal(path if "://" in str(path) else escape(str(path))) for path in map(str, paths))
    return _TakenIn(sql=f"read_parquet([{listed}])", rows=rows)


def missing_tables(tables: Tables) -> Iterator[Fault]:
    """A fault for each table that is needed and was not handed in."""
    for name, table in INPUTS.items():
        if table.needed and name not in tables.given:
            yield faults.TABLE_MISSING.at(name)


def wrong_columns(table: InputTable, types: dict[str, str]) -> Iterator[Fault]:
    """Columns of the contract that are missing, and columns whose names look like one that is.

    Where none of them is there, the names of what is are not shown: they may be the first row of the data.
    """
    own = {column.name for column in table.columns}
    named = [name for name in types if _LIKE_A_NAME.fullmatch(name)] if own & types.keys() else []
    missing = [column for column in table.columns if column.name not in types]
    for column in missing:
        if not (column.optional or column.read_as_empty):
            near = did_you_mean(column.name, named, listing="Columns there") if named else "Is the header there?"
            fill = "fill it in every row" if column.needed else "leave it empty where there is nothing to say"
            yield faults.TABLE_WITHOUT_A_COLUMN.at(
                table.name, column=column.name, fill=fill, meaning=column.meaning, nearest=near
            )
    absent = [column.name for column in missing if column.optional or column.read_as_empty]
    for name in named:
        if name not in own and absent and "Did you mean" in (hint := did_you_mean(name, absent)):
            yield faults.COLUMN_UNKNOWN.at(table.name, column=name, nearest=hint)


def columns_left_out(table: InputTable, there: Collection[str]) -> Iterator[str]:
    """The columns of a table that are not there and read as empty, by name, which is said."""
    return (column.name for column in table.columns if column.read_as_empty and column.name not in there)


_LIKE_A_NAME = re.compile(r"[a-z_][a-z0-9_ .-]*")
