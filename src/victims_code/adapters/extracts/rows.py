"""Rows of an extract, whatever holds them: CSV, a workbook, SQLite, a data frame, or rows that are read already."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.adapters.extracts.cells import plain_cell
from victims_code.adapters.extracts.mapping import ExtractMapping, RepeatedRows, check_mapping
from victims_code.arguments import checked, need_path
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.extras import need
from victims_code.faults import Fault, did_you_mean
from victims_code.missing_values import is_footer, missing_words
from victims_code.reading.documents import file_bytes
from victims_code.tabular import WORKBOOK_ENDINGS, BrokenRow, FormulaCell, Grid, grid_of_csv, read_workbook

Row = dict[str, Any]
"""The cells of a row by the names of their columns."""
Frame: TypeAlias = Any
"""A data frame of pandas or polars, or a table of Arrow."""
Source: TypeAlias = "str | PathLike[str] | Iterable[Mapping[str, Any]] | Frame"
_DELIMITERS = (";", "\t", "|", ",")
_DATABASE, _TEXT = (".db", ".sqlite", ".sqlite3"), (".csv", ".tsv", ".txt")
_ENCODING_HINT = "Save the file as UTF-8, or give the mapping its `encoding`, such as cp1252 or utf-16."
_LOST = re.compile("[\ud800-\udfff]")
_FEW = 5
_LINE, _NUMBER = re.compile(r"[-=_*+ ]+"), re.compile(r"£?-?\d[\d,.]*%?")


@frozen(kw_only=True)
class Table:
    """The columns of a table and its rows, each with its number: in a file as a spreadsheet shows it, or in order.

    :param header: the names that a header has, also where it turns out to be none.
    :param set_aside: the rows that do not fit the header, which are not read.
    :param counted: how many rows there are, counted apart from the reading.
    :param repeated: the numbers of rows that are the same in every cell as an earlier one.
    :param footers: the numbers of rows that hold no record, such as a total; they are passed over.
    :param taken_as_empty: by column, the words that were taken for an empty cell, and how often each occurs.
    :param epoch: the day from which numbers count as dates.
    :param remarks: what is to be known of how the table was read.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...] = field(repr=False)
    header_row: int = 0
    set_aside: tuple[BrokenRow, ...] = ()
    counted: int
    repeated: tuple[int, ...] = ()
    left_out: int = 0
    """How many of the repeated rows the mapping has left out."""
    footers: tuple[int, ...] = ()
    taken_as_empty: Mapping[str, Mapping[str, int]] = field(factory=dict)
    epoch: date | None = None
    remarks: tuple[str, ...] = ()

    def missing(self, mapping: ExtractMapping) -> tuple[str, ...]:
        """The columns that a mapping reads and the table has not; a list of no rows lacks none."""
        wanted = dict.fromkeys(mapping.columns()) if self.columns else ()
        return tuple(column for column in wanted if column not in self.columns)

    def has_header(self, mapping: ExtractMapping) -> bool:
        """Whether any column that the mapping names is there; else what looks like a header may be a row of data."""
        return any(column in self.columns for column in (*mapping.columns(), *mapping.ignored))

    def faults(self, mapping: ExtractMapping) -> tuple[Fault, ...]:
        """Why the table cannot be read by a mapping: a fault for every column that is missing."""
        missing = self.missing(mapping)
        if missing and not self.has_header(mapping):
            where = f"{self.name}, row {self.header_row}" if self.header_row else self.name
            remarks = "".join(f" {remark}" for remark in self.remarks)
            return (faults.NONE_OF_THE_MAPPED_COLUMNS.at(where, columns=", ".join(map(repr, missing)), also=remarks),)
        return tuple(self._no_such_column(column, mapping) for column in missing)

    def _no_such_column(self, column: str, mapping: ExtractMapping) -> Fault:
        near = did_you_mean(column, self.columns, listing="Columns")
        if column == mapping.rows.case:
            return faults.NO_COLUMN_OF_CASES.at(self.name, column=column, nearest=near)
        return faults.NO_SUCH_COLUMN.at(self.name, column=column, nearest=near)

    def passed_over(self) -> Iterator[Fault]:
        """A warning if rows hold no record, with their numbers."""
        if self.footers:
            rows = ", ".join(f"row {number}" for number in self.footers[:_FEW])
            more = ", …" if len(self.footers) > _FEW else ""
            yield faults.ROWS_WITHOUT_A_RECORD.at(self.name, count=len(self.footers), rows=f"{rows}{more}")

    def repeats(self, mapping: ExtractMapping) -> Iterator[Fault]:
        """A warning if rows repeat others and the mapping does not say what they are."""
        if self.repeated and mapping.repeated_rows is None:
            yield faults.ROWS_REPEATED.at(self.name, count=len(self.repeated))

    def not_read(self) -> Iterator[Fault]:
        """A fault for every row that was set aside, and for rows that are in none of the counts."""
        for row in self.set_aside:
            yield evolve(row.fault, location=f"{self.name}, row {row.number}")
        accounted = len(self.rows) + len(self.set_aside) + self.left_out + len(self.footers)
        if accounted != self.counted:
            yield faults.ROWS_NOT_ACCOUNTED_FOR.at(self.name, counted=self.counted, accounted=accounted)


@checked
def looks_like_table(path: Path) -> bool:
    """Whether a file is a table by its ending; one that ends in ``.txt`` may be anything."""
    return path.suffix.lower() in (*WORKBOOK_ENDINGS, *_DATABASE, ".csv", ".tsv")


def read_table(source: Source, mapping: ExtractMapping, *, table: str | None = None) -> Table:
    """The rows of an extract, with empty cells as None whatever word stands for them.

    :param source: a file ending in ``.csv``, ``.tsv`` or ``.txt``, ``.xlsx``, ``.xls``, ``.xlsb`` or ``.ods``, ``.db``
        or ``.sqlite``; a data frame of pandas or polars, or an Arrow table; or rows as mappings of column names to
        cells, such as those of a database cursor.
    :param table: the sheet of a workbook, by default the first, or the table of a database.
    :raises WrongValueError: if the file cannot be read, or the mapping is faulty.
    :raises WrongTypeError: if the source is none of these, or a part of the mapping is of another type.
    :raises MissingExtraError: if a library that reads it is not installed.
    """
    check_mapping(mapping)
    read = (
        _file(need_path(source, "source"), mapping, table)
        if isinstance(source, str | PathLike)
        else _rows_given(source)
    )
    return _without_repeats(_cleaned(_without_footers(_without_broken_text(read), mapping), mapping), mapping)


def _file(path: Path, mapping: ExtractMapping, table: str | None) -> Table:
    if not path.is_file():
        raise WrongValueError(faults.TABLE_FILE_MISSING.at(str(path)))
    ending = path.suffix.lower()
    if ending in WORKBOOK_ENDINGS:
        return _workbook(path, mapping, table)
    if ending in _DATABASE:
        return _database(path, table)
    if ending in _TEXT:
        return _text(path, mapping)
    raise WrongValueError(faults.TABLE_OF_ANOTHER_KIND.at(str(path), ending=ending or "no ending"))


# --- rows and data frames -----------------------------------------------------------------------------------------


def _rows_given(source: Any) -> Table:
    rows = _frame_rows(source) if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__dataframe__") else source
    if isinstance(rows, Mapping) or not isinstance(rows, Iterable):
        raise WrongTypeError(faults.ROWS_NEEDED.at("rows", given=type(source).__name__))
    read: list[tuple[int, Row]] = []
    broken: list[BrokenRow] = []
    number = 0
    for number, given in enumerate(rows, start=1):
        if not isinstance(given, Mapping) and not hasattr(given, "keys"):
            raise WrongTypeError(faults.NOT_A_ROW.at("rows", number=number, given=type(given).__name__))
        row = {name: given[name] for name in given.keys()}  # noqa: SIM118 - rows of sqlite3 have keys but are no mappings
        if None in row:  # so csv.DictReader keeps cells for which there is no column
            broken.append(BrokenRow(number=number, fault=faults.MORE_CELLS_THAN_COLUMNS.at()))
        else:
            read.append((number, {str(name): cell for name, cell in row.items()}))
    columns = tuple(dict.fromkeys(chain.from_iterable(row for _, row in read)))
    return Table(name="rows", columns=columns, rows=tuple(read), set_aside=tuple(broken), counted=number)


def _frame_rows(frame: Frame) -> Iterable[Mapping[str, Any]]:
    need("frames", "narwhals", feature="Data frames")
    import narwhals as nw

    try:
        read = nw.from_native(frame, eager_only=True)
        names = read.columns
        cells = [read.get_column(name).to_list() for name in names]
        rows: Iterable[Mapping[str, Any]] = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
    except nw.exceptions.DuplicateError:
        raise WrongValueError(faults.COLUMNS_OF_ONE_NAME.at("rows", name="the same")) from None
    except TypeError:
        raise WrongTypeError(faults.ROWS_NEEDED.at("rows", given=type(frame).__name__)) from None
    return rows


# --- text ---------------------------------------------------------------------------------------------------------


def _text(path: Path, mapping: ExtractMapping) -> Table:
    grid = grid_of_csv(
        file_bytes(path, error=WrongValueError),
        str(path),
        mapping.wanted(),
        delimiter="\t" if path.suffix.lower() == ".tsv" else mapping.delimiter,
        encoding=mapping.encoding,
        encoding_hint=_ENCODING_HINT,
        error=WrongValueError,
    )
    if len(grid.header) == 1:
        other = next((mark for mark in _DELIMITERS if mark in grid.header[0]), None)
        if other is not None:
            raise WrongValueError(faults.ONE_COLUMN_WITH_A_DELIMITER.at(str(path), delimiter=other))
    return _table(grid, path, mapping)


def _table(grid: Grid, path: Path, mapping: ExtractMapping) -> Table:
    """A table from the rows of a file. A column without a name is called by its place, if there is anything in it."""
    if not any(grid.header):
        raise WrongValueError(faults.TABLE_WITHOUT_A_HEADER.at(str(path)))
    filled = {n for _, cells in grid.rows for n, cell in enumerate(cells) if cell is not None}
    names = [name or (f"column {n + 1}" if n in filled else "") for n, name in enumerate(grid.header)]
    columns = [name for name in names if name]
    known = {*mapping.columns(), *mapping.ignored}
    twice = next((n for n, column in enumerate(names) if column and column in names[:n]), None)
    if twice is not None:
        shown = repr(names[twice]) if known & {*names} else "the same"
        raise WrongValueError(faults.COLUMNS_OF_ONE_NAME.at(str(path), name=shown))
    rows = tuple(
        (number, {name: cell for name, cell in zip(names, cells, strict=True) if name}) for number, cells in grid.rows
    )
    return Table(
        name=path.name,
        columns=tuple(columns),
        rows=rows,
        header_row=grid.header_row,
        set_aside=grid.broken,
        counted=grid.counted,
        epoch=grid.epoch,
        remarks=grid.remarks,
    )


# --- workbooks ----------------------------------------------------------------------------------------------------


def _workbook(path: Path, mapping: ExtractMapping, sheet: str | None) -> Table:
    book = read_workbook(file_bytes(path, error=WrongValueError), path.suffix.lower(), str(path), error=WrongValueError)
    if sheet is not None and sheet not in book.titles:
        raise WrongValueError(faults.NO_SUCH_SHEET.at(str(path), sheet=sheet, known=", ".join(book.titles)))
    if not book.titles:
        raise WrongValueError(faults.WORKBOOK_WITHOUT_A_SHEET.at(str(path)))
    chosen = sheet or book.titles[0]
    grid = _unmerged(book.grid(chosen, path.name, mapping.wanted()))
    cells = [cell for _, row in grid.rows for cell in row]
    worked_out = sum(isinstance(cell, FormulaCell) and cell.saved is not None for cell in cells)
    remarks = list(grid.remarks)
    if worked_out:
        remarks.append(f"Cells with a formula, read as the value that was last saved: {worked_out}.")
    others = [title for title in book.titles if title != chosen]
    if others and sheet is None:
        remarks.append(f"The sheet {chosen!r} was read. Others that were not: {', '.join(map(repr, others))}.")
    return _table(evolve(grid, remarks=tuple(remarks)), path, mapping)


def _unmerged(grid: Grid) -> Grid:
    """A grid in which every cell of a block that is merged downwards has its value.

    Of a row with cells that are merged across columns it is not known which column the value belongs to.
    """
    blocks = [
        block for block in grid.merged if block.last_row > grid.header_row and block.first_column <= len(grid.header)
    ]
    rows = {number: list(cells) for number, cells in grid.rows}
    broken = {row.number: row for row in grid.broken}
    filled = 0
    for block in blocks:
        within = [number for number in rows if max(block.first_row, grid.header_row + 1) <= number <= block.last_row]
        if block.first_column != block.last_column or block.first_row <= grid.header_row:
            column = grid.header[block.first_column - 1] or f"column {block.first_column}"
            for number in within:
                broken[number] = BrokenRow(number=number, fault=faults.CELLS_MERGED_ACROSS.at(column=column))
                rows.pop(number)
            continue
        for number in within:
            rows[number][block.first_column - 1] = rows[within[0]][block.first_column - 1]
            filled += number != within[0]
    remark = (f"Merged cells, read as the same value in every row: {filled}.",) if filled else ()
    return evolve(
        grid,
        rows=tuple((number, tuple(cells)) for number, cells in rows.items()),
        broken=tuple(broken[number] for number in sorted(broken)),
        remarks=(*grid.remarks, *remark),
    )


# --- databases ----------------------------------------------------------------------------------------------------


def _database(path: Path, table: str | None) -> Table:
    try:
        return _database_table(path, table)
    except (sqlite3.Error, UnicodeError):  # the names in a damaged file are decoded by sqlite3 itself
        raise WrongValueError(faults.NOT_AN_SQLITE_DATABASE.at(str(path))) from None


def _database_table(path: Path, table: str | None) -> Table:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", errors="surrogateescape")
        found = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        names = [str(row[0]) for row in found]
        if table not in names:
            known = ", ".join(names) or "none"
            if table:
                raise WrongValueError(faults.NO_SUCH_TABLE.at(str(path), table=table, known=known))
            raise WrongValueError(faults.DATABASE_WITHOUT_A_TABLE_NAMED.at(str(path), known=known))
        quoted = '"' + str(table).replace('"', '""') + '"'
        (counted,) = connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()
        cursor = connection.execute(f"SELECT * FROM {quoted}")
        columns = tuple(str(column[0]) for column in cursor.description)
        rows = tuple((number, dict(zip(columns, cells, strict=True))) for number, cells in enumerate(cursor, start=1))
    return Table(name=f"{path.name}, {table}", columns=columns, rows=rows, counted=counted)


# --- what is no row, what is empty, and what is repeated ----------------------------------------------------------


def _without_broken_text(table: Table) -> Table:
    """A table without the rows that have half a character in a cell, which no output could write."""
    broken = [
        number
        for number, row in table.rows
        if any(isinstance(one, str) and not one.isascii() and _LOST.search(one) for one in row.values())
    ]
    aside = (*table.set_aside, *(BrokenRow(number=number, fault=faults.ROW_NOT_UTF_8.at()) for number in broken))
    rows = tuple((number, row) for number, row in table.rows if number not in set(broken))
    return evolve(table, rows=rows, set_aside=aside) if broken else table


def _without_footers(table: Table, mapping: ExtractMapping) -> Table:
    """A table without the rows that hold no record: a total or another footer, the header once more, or a line."""
    case = mapping.rows.case
    footers = {number for number, row in table.rows if _is_footer(row.values()) or _is_header(row, case)}
    footers |= {row.number for row in table.set_aside if _is_footer(row.cells)}
    return evolve(
        table,
        rows=tuple((number, row) for number, row in table.rows if number not in footers),
        set_aside=tuple(row for row in table.set_aside if row.number not in footers),
        footers=tuple(sorted(footers)),
    )


def _is_footer(cells: Iterable[object]) -> bool:
    """Whether cells begin with the word of a footer and hold otherwise only numbers, or are only lines."""
    texts = (text for cell in cells if cell is not None and (text := str(cell).strip()))
    first = next(texts, None)
    if first is None or not (is_footer(first) or _LINE.fullmatch(first)):
        return False
    others = list(texts)
    filled = [first, *others]
    numbers = all(_NUMBER.fullmatch(cell) or is_footer(cell) for cell in others)
    return (is_footer(first) and numbers) or (all(map(_LINE.fullmatch, filled)) and max(map(len, filled)) > 2)


def _is_header(row: Row, case: str) -> bool:
    return row.get(case) == case and all(cell is None or cell == column for column, cell in row.items())


def _cleaned(table: Table, mapping: ExtractMapping) -> Table:
    """A table whose cells are plain, with None where a word stands for nothing."""
    words = missing_words() | {word.strip().casefold() for word in mapping.empty}
    taken: dict[str, Counter[str]] = {}
    known: dict[tuple[str, type, object], object] = {}

    def clean(column: str, cell: object) -> object:
        """A cell as it is read; of a value that a column has often, what was found the first time."""
        if cell is None:
            return None
        if type(cell) not in _ALIKE_IF_EQUAL and not (isinstance(cell, datetime) and cell.tzinfo is None):
            return understood(column, cell)
        same = (column, type(cell), cell)
        if same not in known or (isinstance(cell, str) and known[same] is None):  # words are counted each time
            known[same] = understood(column, cell)
        return known[same]

    def understood(column: str, cell: object) -> object:
        plain = plain_cell(cell)
        if isinstance(plain, str) and plain.casefold() in words and not mapping.means_something(column, plain):
            taken.setdefault(column, Counter())[plain] += 1
            return None
        return plain

    rows = tuple((number, {column: clean(column, cell) for column, cell in row.items()}) for number, row in table.rows)
    read = dict.fromkeys(column for column in mapping.columns() if column in taken)
    return evolve(table, rows=rows, taken_as_empty={column: dict(taken[column].most_common()) for column in read})


_ALIKE_IF_EQUAL = (str, int, bool, date)
"""The types of which two equal values are written alike."""


def _as_key(cell: object) -> object:
    """What two cells have in common only if they are the same and written alike."""
    return cell if cell is None or type(cell) in (str, date) else (repr(cell),)


def _without_repeats(table: Table, mapping: ExtractMapping) -> Table:
    """A table that knows which rows repeat an earlier one, and has them once if the mapping says so."""
    seen: set[tuple[object, ...]] = set()
    kept, repeated = [], []
    for number, row in table.rows:
        cells = tuple(_as_key(row.get(column)) for column in table.columns)
        if cells in seen:
            repeated.append(number)
        else:
            kept.append((number, row))
        seen.add(cells)
    if mapping.repeated_rows is not RepeatedRows.ONCE:
        return evolve(table, repeated=tuple(repeated))
    return evolve(table, rows=tuple(kept), repeated=tuple(repeated), left_out=len(repeated))
