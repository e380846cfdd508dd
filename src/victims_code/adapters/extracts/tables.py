"""Rows of an extract, whatever holds them: CSV, Excel, SQLite, or rows that somebody has read already."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import field, frozen

from victims_code.adapters.extracts.mapping import Mapping
from victims_code.errors import Fault, WrongValueError, did_you_mean
from victims_code.extras import need

__all__ = ["Row", "Source", "Table", "looks_like_table", "read_table"]

Row = dict[str, Any]
"""The cells of a row by the names of their columns."""
Source = str | PathLike[str] | Iterable[Row]
_DELIMITERS = (";", "\t", "|", ",")
_WORKBOOK, _DATABASE, _TEXT = (".xlsx",), (".db", ".sqlite", ".sqlite3"), (".csv", ".tsv", ".txt")


@frozen(kw_only=True)
class Table:
    """The columns of a table and its rows, each with its number: in a file, where the header is row 1, or in order."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[int, Row]] = field(repr=False)

    def missing(self, mapping: Mapping) -> tuple[str, ...]:
        """The columns that a mapping reads and the table has not; a list of no rows lacks none."""
        wanted = dict.fromkeys(mapping.columns()) if self.columns else ()
        return tuple(column for column in wanted if column not in self.columns)

    def faults(self, mapping: Mapping) -> tuple[Fault, ...]:
        """Why the table cannot be read by a mapping: a fault for every column that is missing."""
        return tuple(self._no_such_column(column) for column in self.missing(mapping))

    def _no_such_column(self, column: str) -> Fault:
        return Fault(
            code="VC-FILE-004",
            where=self.name,
            what=f"The table has no column {column!r}.",
            way_out=did_you_mean(column, self.columns, listing="Columns"),
        )


def looks_like_table(path: Path) -> bool:
    """Whether a file is a table by its ending; one that ends in ``.txt`` may be anything."""
    return path.suffix.lower() in (*_WORKBOOK, *_DATABASE, ".csv", ".tsv")


def read_table(source: Source, mapping: Mapping, *, table: str | None = None) -> Table:
    """The rows of an extract.

    :param source: a file ending in ``.csv``, ``.tsv`` or ``.txt``, ``.xlsx``, ``.db`` or ``.sqlite``; or rows as
        mappings of column names to cells, such as those of a database cursor.
    :param table: the sheet of a workbook, by default the first, or the table of a database.
    :raises WrongValueError: if the file cannot be read.
    :raises MissingExtraError: if it is a workbook and openpyxl is not installed.
    """
    if not isinstance(source, str | PathLike):
        rows = list(source)
        columns = tuple(dict.fromkeys(chain.from_iterable(rows)))
        return Table(name="rows", columns=columns, rows=enumerate(rows, start=1))
    path = Path(source)
    if not path.is_file():
        raise _refused(path, "The file does not exist.", "Check the name and the folder.", "VC-FILE-006")
    ending = path.suffix.lower()
    if ending in _WORKBOOK:
        return _workbook(path, table)
    if ending in _DATABASE:
        return _database(path, table)
    if ending in _TEXT:
        return _text(path, mapping)
    raise _refused(path, f"Tables of this kind ({ending or 'no ending'}) are not read.", "Save it as CSV.")


def _text(path: Path, mapping: Mapping) -> Table:
    try:
        with path.open(encoding=mapping.encoding, newline="") as file:
            lines = list(csv.reader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else mapping.delimiter))
    except (UnicodeDecodeError, LookupError):
        what = f"The file is not text in the encoding {mapping.encoding!r}."
        raise _refused(path, what, "Give the mapping an `encoding`, such as cp1252.") from None
    except csv.Error as problem:
        raise _refused(path, f"This is not CSV: {problem}.", "Check the delimiter.") from None
    if lines and len(lines[0]) == 1:
        other = next((mark for mark in _DELIMITERS if mark in lines[0][0]), None)
        if other is not None:
            what = f"The first line is one column, with {other!r} in it."
            raise _refused(path, what, f"If that parts the columns, write `delimiter: {other!r}` in the mapping.")
    return _table(path.name, lines)


def _table(name: str, lines: Sequence[Sequence[Any]], *, first: int = 2) -> Table:
    """A table whose first line names its columns; lines without any cell are passed over.

    :param first: the number of the first row.
    """
    header = tuple(str(cell or "").strip() for cell in (lines[0] if lines else ()))
    if not any(header):
        raise _refused(Path(name), "The table has no line with the names of its columns.", "Add it as the first line.")
    twice = next((column for n, column in enumerate(header) if column and column in header[:n]), None)
    if twice is not None:
        raise _refused(Path(name), f"Two columns are called {twice!r}.", "Give each a name of its own.", "VC-FILE-002")
    return Table(name=name, columns=tuple(column for column in header if column), rows=_rows(header, lines, first))


def _rows(header: Sequence[str], lines: Sequence[Sequence[Any]], first: int) -> Iterator[tuple[int, Row]]:
    for number, cells in enumerate(lines[1:], start=first):
        if any(cell not in (None, "") for cell in cells):
            yield number, {column: cell for column, cell in zip(header, cells, strict=False) if column}


def _workbook(path: Path, sheet: str | None) -> Table:
    need("excel", "openpyxl", what_for="Workbooks")
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise _refused(path, f"There is no sheet {sheet!r}.", f"Sheets: {', '.join(book.sheetnames)}.")
        chosen = book[sheet or book.sheetnames[0]]
        return _table(path.name, [tuple(cells) for cells in chosen.iter_rows(values_only=True)])
    finally:
        book.close()


def _database(path: Path, table: str | None) -> Table:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            names = [str(row[0]) for row in found]
        except sqlite3.DatabaseError:
            raise _refused(path, "This is no SQLite database.", "Check the file.") from None
        if table not in names:
            what = f"There is no table {table!r}." if table else "The database needs the name of a table."
            raise _refused(path, what, f"Tables: {', '.join(names) or 'none'}.")
        cursor = connection.execute(f'SELECT * FROM "{table}"')  # one of the names just listed
        columns = tuple(str(column[0]) for column in cursor.description)
        return _table(f"{path.name}, {table}", [columns, *cursor.fetchall()], first=1)


def _refused(path: Path, what: str, way_out: str, code: str = "VC-FILE-001") -> WrongValueError:
    return WrongValueError(Fault(code=code, where=str(path), what=what, way_out=way_out))
