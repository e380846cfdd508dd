"""What comes out: rows that have not been worked out yet, in whatever form they are wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.bulk.database import in_our_words
from victims_code.bulk.fragments import literal
from victims_code.bulk.table_reader import Totals
from victims_code.errors import UnknownNameError, VictimsCodeError
from victims_code.faults import did_you_mean
from victims_code.printable import one_line_repr
from victims_code.render.csvs import FORMULA_STARTS

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow


Progress: TypeAlias = bool | Callable[[float], None]
"""True for a bar on standard error, or a function that is told how much is done, from 0 to 1."""


@frozen(kw_only=True)
class Rows:
    """Rows of one table, worked out when they are asked for, so many cases at a time.

    ``parts`` holds one query for each lot of cases; together they give all rows. Every ``to_…`` runs them anew, and
    gives the rows in the same ``order``, whatever the number of threads. The columns in ``words`` are numbers with
    words in the database, and text in all that is handed out. What must be there before the queries can run,
    ``prepare`` makes; it knows whether it has been called before.

    Obligations come by case and victim as the table of victims has them, those owed to a body last; then by duty as
    the Code prints it, by the day it began, and by ``id``. Faults come by table, row and code, warnings by case, table,
    row and code.

    :raises VictimsCodeError: from all that runs the queries, if the database cannot work them out or write them.
    """

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    name: str
    parts: tuple[str, ...] = field(repr=False)
    columns: tuple[str, ...]
    order: tuple[str, ...] = field(repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    prepare: Callable[[], None] = field(default=lambda: None, repr=False)
    progress: Progress = field(default=False, repr=False)

    __repr__ = one_line_repr("{0.name}")

    def batches(self) -> Iterator[pyarrow.Table]:
        """The rows as Arrow tables, one for each lot of cases; only one of them is in memory."""
        for part in self._each():
            yield self._arrow(self._in_order(part, self._cells(self.columns)))

    def to_arrow(self) -> pyarrow.Table:
        """All rows as an Arrow table."""
        import pyarrow

        return pyarrow.concat_tables(list(self.batches()))

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a pandas frame, dates as ``datetime.date`` objects."""
        return self.to_arrow().to_pandas(date_as_object=True)

    def to_polars(self) -> polars.DataFrame:
        """All rows as a polars frame."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_dicts(self) -> list[dict[str, object]]:
        """All rows as dictionaries."""
        cells, found = self._cells(self.columns), []
        for part in self._each():
            with in_our_words(self.name):
                rows = self.connection.execute(self._in_order(part, cells)).fetchall()
            found += [dict(zip(self.columns, row, strict=True)) for row in rows]
        return found

    @checked
    def to_parquet(self, path: str | Path) -> None:
        """Write all rows as Parquet: one file, or several in a folder if the path has no ``.parquet`` at its end.

        The files of a folder are called ``part-00000.parquet`` and so on, and take the place of an earlier answer's.
        """
        self._write(Path(path), ".parquet", "FORMAT parquet")

    @checked
    def to_csv(self, path: str | Path) -> None:
        """Write all rows as CSV: one file, or several in a folder if the path has no ``.csv`` at its end.

        The files of a folder take the place of an earlier answer's, as those of :meth:`to_parquet` do.
        Text that a spreadsheet would run as a formula gets an apostrophe before it.
        """
        self._write(Path(path), ".csv", "FORMAT csv, HEADER true")

    def counts(self, *by: str) -> pyarrow.Table:
        """How many rows there are by the values of some columns, without keeping the rows.

        The table has those columns and ``rows``, in the order of the columns. With no column it is the number of all
        rows.

        :raises UnknownNameError: if there is no such column.
        """
        import pyarrow

        self._make_sure_of(by)
        keys = ", ".join(f'"{column}"' for column in by)
        group = f" GROUP BY {keys}" if by else ""
        cells = f"{keys}, " if by else ""
        shown = f"{self._cells(by)}, " if by else ""
        tables = [
            self._arrow(f'SELECT {shown}"rows" FROM (SELECT {cells}count(*) AS "rows" FROM ({part}){group})')
            for part in self._each()
        ]
        together = pyarrow.concat_tables(tables)
        self.connection.register("counted", together)
        order = f" ORDER BY {keys}" if by else ""
        summed = self._arrow(f'SELECT {cells}CAST(sum("rows") AS BIGINT) AS "rows" FROM counted{group}{order}')
        self.connection.unregister("counted")
        return summed

    def _in_order(self, part: str, cells: str) -> str:
        return f"SELECT {cells} FROM ({part}) AS part ORDER BY {', '.join(self.order)}"

    def _plainly(self, part: str) -> str:
        """A part for a file, in which words need not be turned into text."""
        return self._in_order(part, ", ".join(f'"{column}"' for column in self.columns))

    def _make_sure_of(self, columns: Iterable[str]) -> None:
        unknown = [
            faults.NO_SUCH_NAME.at(
                "counts", kind="column", name=column, nearest=did_you_mean(column, self.columns, listing="Columns")
            )
            for column in columns
            if column not in self.columns
        ]
        if unknown:
            raise UnknownNameError(*unknown)

    def _arrow(self, query: str) -> pyarrow.Table:
        with in_our_words(self.name):
            return self.connection.sql(query).to_arrow_table()

    def _cells(self, columns: Iterable[str]) -> str:
        """Columns as they are handed out."""
        return ", ".join(
            f'CAST("{column}" AS VARCHAR) AS "{column}"' if column in self.words else f'"{column}"'
            for column in columns
        )

    def _write(self, path: Path, ending: str, options: str) -> None:
        if path.suffix != ending:
            self._write_folder(path, ending, options)
            return
        if not path.parent.is_dir():
            raise VictimsCodeError(faults.DATABASE_CANNOT_USE_A_FILE.at(self.name))
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
            parts = []
            for number, part in enumerate(self._each()):
                parts.append(Path(folder) / f"part-{number:05d}{ending}")
                self._copy(self._plainly(part), parts[-1], options)
            whole = parts[0] if len(parts) == 1 else _joined(parts, Path(folder) / f"whole{ending}")
            whole.replace(path)

    def _write_folder(self, path: Path, ending: str, options: str) -> None:
        """Write the parts out of sight; when all are there, put them in the place of an earlier answer's."""
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path, prefix=".unfinished-") as folder:
            for number, part in enumerate(self._each()):
                self._copy(self._plainly(part), Path(folder) / f"part-{number:05d}{ending}", options)
            for old in path.glob(f"part-[0-9]*{ending}"):
                old.unlink()
            for new in sorted(Path(folder).iterdir()):
                new.replace(path / new.name)

    def _copy(self, query: str, path: Path, options: str) -> None:
        with in_our_words(self.name):
            if path.suffix == ".csv":
                query = self._without_formulas(query)
            self.connection.execute(f"COPY ({query}) TO {literal(str(path))} ({options})")

    def _without_formulas(self, query: str) -> str:
        found = self.connection.sql(query)
        texts = [name for name, kind in zip(found.columns, found.types, strict=True) if kind == "VARCHAR"]
        starts = ", ".join(f"chr({ord(mark)})" for mark in FORMULA_STARTS)
        safe = ", ".join(
            f"""CASE WHEN left("{name}", 1) IN ({starts}) THEN chr(39) || "{name}" ELSE "{name}" END AS "{name}\""""
            for name in texts
        )
        return f"SELECT * REPLACE ({safe}) FROM ({query})" if safe else query

    def _each(self) -> Iterator[str]:
        """Every part, with word of how far it has come."""
        with in_our_words(self.name):
            self.prepare()
        for done, part in enumerate(self.parts):
            yield part
            _tell(self.progress, (done + 1) / len(self.parts))


@frozen(kw_only=True)
class BulkAssessment:
    """The answer to the tables: obligations, what was wrong with the tables, and how many rows that concerns.

    ``obligations`` has one row for each duty owed that has a deadline or that a record can show done. ``standing`` has
    the others, of which nothing more can be said than that they are owed, or may be. ``owed`` has both in one table,
    which is every obligation of the other engine. These three, ``faults`` and ``warnings`` are worked out when they are
    asked for. A fault lies in a row; a warning, in the same columns, is what the records of a case give reason to say
    when they are looked at together, and sets nothing aside. ``unknown_ages`` has the victims whose Enhanced Rights
    hang on nothing but a date that is not on record, and which: ``born`` or ``committed_on``. ``totals`` says of every
    table how many rows came in, how many were assessed and how many set aside. ``stamp`` names the versions of package,
    law and calendar, and says how many records are later than the date of assessment and not counted.
    ``columns_left_out`` names the columns that are missing and were read as empty, such as ``events.received``.
    """

    obligations: Rows
    standing: Rows
    owed: Rows
    faults: Rows
    warnings: Rows
    unknown_ages: Rows
    totals: tuple[Totals, ...]
    columns_left_out: tuple[str, ...]
    stamp: dict[str, object]
    temp_dir: TemporaryDirectory[str] = field(repr=False)

    __repr__ = one_line_repr("{0.obligations}, {0.faults}, {0.warnings}")

    def to_arrow(self) -> pyarrow.Table:
        """The obligations as an Arrow table."""
        return self.obligations.to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """The obligations as a pandas frame."""
        return self.obligations.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The obligations as a polars frame."""
        return self.obligations.to_polars()

    @checked
    def to_parquet(self, path: str | Path) -> None:
        """Write the obligations as Parquet; see :meth:`Rows.to_parquet`."""
        self.obligations.to_parquet(path)

    @checked
    def to_csv(self, path: str | Path) -> None:
        """Write the obligations as CSV; see :meth:`Rows.to_csv`."""
        self.obligations.to_csv(path)

    def counts(self, *by: str) -> pyarrow.Table:
        """How many obligations there are by the values of some columns; see :meth:`Rows.counts`."""
        return self.obligations.counts(*by)

    def close(self) -> None:
        """Let go of the database and its files; nothing can be asked of the answer afterwards."""
        self.obligations.connection.close()
        self.temp_dir.cleanup()

    def __enter__(self) -> BulkAssessment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _joined(parts: Sequence[Path], path: Path) -> Path:
    """One file with what is in files of its kind, one after another."""
    if path.suffix == ".csv":
        with path.open("wb") as whole:
            for number, part in enumerate(parts):
                with part.open("rb") as rows:
                    if number:
                        rows.readline()  # the header
                    copyfileobj(rows, whole)
        return path
    import pyarrow.parquet

    # Which columns can be empty differs from part to part, as DuckDB sees it.
    schema = pyarrow.schema([column.with_nullable(True) for column in pyarrow.parquet.read_schema(parts[0])])
    with pyarrow.parquet.ParquetWriter(path, schema) as whole:
        for part in parts:
            with pyarrow.parquet.ParquetFile(part) as rows:
                for number in range(rows.num_row_groups):
                    whole.write_table(rows.read_row_group(number).cast(schema))
    return path


def _tell(progress: Progress, done: float) -> None:
    if callable(progress):
        progress(done)
    elif progress:
        full = round(40 * done)
        print(f"\r[{'#' * full}{'.' * (40 - full)}] {done:4.0%}", end="\n" if done >= 1 else "", file=sys.stderr)  # noqa: T201
