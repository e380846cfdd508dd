"""A table as a header and rows under it, with everything in the file accounted for, and what a cell can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from attrs import field, frozen

from victims_code import faults
from victims_code.faults import Fault

_TITLE_ROWS = 25
"""So many rows from the top the header is looked for."""


@frozen(kw_only=True)
class Percent:
    """A number a spreadsheet shows as a percentage, as it is shown."""

    shown: Decimal


@frozen(kw_only=True)
class ErrorCell:
    """An error in a spreadsheet, such as ``#REF!``."""

    written: str


@frozen(kw_only=True)
class FormulaCell:
    """A formula, with the value a program saved for it; None if none was saved."""

    saved: Cell


Cell: TypeAlias = "str | int | Decimal | bool | date | time | Percent | ErrorCell | FormulaCell | None"
"""What a cell can hold; None if it is empty."""


def cell_of(value: object) -> Cell:
    """A cell from what a library read of it.

    Text without a character is an empty cell, a whole number is one however it was stored, and midnight is the day.

    >>> cell_of(46125.0), cell_of(" "), cell_of(datetime(2026, 4, 13))
    (46125, None, datetime.date(2026, 4, 13))
    """
    if value is None or isinstance(value, bool | int | Decimal | Percent | ErrorCell | FormulaCell):
        return value
    if isinstance(value, float):
        number = Decimal(repr(value))
        return int(number) if number.is_finite() and number == number.to_integral_value() else number
    if isinstance(value, datetime):
        return value.date() if value.time() == time() and value.tzinfo is None else value
    if isinstance(value, date | time):
        return value
    return str(value).strip() or None


@frozen(kw_only=True)
class Wanted:
    """The columns a reader looks for, by which the header is told from titles above it.

    :param columns: their names.
    :param header_row: the number of the header's row, if it is given and need not be looked for.
    :param plain: how the name in a cell is brought into the form of ``columns``.
    """

    columns: frozenset[str]
    header_row: int | None = None
    plain: Callable[[str], str] = str.strip


@frozen(kw_only=True)
class FileRow:
    """One row of a file, with its number there; ``problem`` is a fault without a place if it cannot be taken apart.

    :param lines: how many lines of text the row takes, where a cell has several.
    """

    number: int
    cells: tuple[Cell, ...]
    lines: int = 1
    problem: Fault | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.problem is None and all(cell is None for cell in self.cells)


@frozen(kw_only=True)
class BrokenRow:
    """A row that does not fit the header, and the fault, without a place; ``cells`` are what could be made out."""

    number: int
    fault: Fault
    cells: tuple[Cell, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Merged:
    """A block of merged cells by row and column, both counted from 1 and both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@frozen(kw_only=True)
class Grid:
    """A table: the names of its columns and its rows, each with its number in the file.

    :param header: the names of the columns as they are written; empty text where a column has none.
    :param rows: the rows that fit the header.
    :param broken: the rows that do not fit it, which are read by no one.
    :param blank: the numbers of the empty rows between others.
    :param counted: how many rows the file has under its header, counted apart from the reading.
    :param merged: the blocks of merged cells, where the format tells them.
    :param epoch: the day from which numbers count as dates, in a workbook that says so.
    :param remarks: what a reader should know of how the table was read.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = field(repr=False)
    broken: tuple[BrokenRow, ...] = ()
    blank: tuple[int, ...] = ()
    counted: int
    merged: tuple[Merged, ...] = ()
    epoch: date | None = None
    remarks: tuple[str, ...] = ()

    @property
    def accounted(self) -> bool:
        """Whether every row that was counted is among those that fit or those that do not."""
        return self.counted == len(self.rows) + len(self.broken)


def header_among(lines: Iterable[FileRow], wanted: Wanted) -> int | None:
    """The number of the header's row: the one that was given, or the one with most of the names that are wanted.

    Where none has any of them it is the first that is not empty.
    """
    if wanted.header_row is not None:
        return wanted.header_row
    best, most, first = None, 0, None
    for line in islice(lines, _TITLE_ROWS):
        if line.blank or line.problem is not None:
            continue
        first = line.number if first is None else first
        found = len({wanted.plain(_name(cell)) for cell in line.cells} & wanted.columns)
        if found > most:
            best, most = line.number, found
    return first if best is None else best


def grid_of_rows(
    name: str,
    lines: Sequence[FileRow],
    wanted: Wanted,
    *,
    exact: bool,
    counted: Callable[[int], int] | None = None,
    merged: Sequence[Merged] = (),
    epoch: date | None = None,
    remarks: Sequence[str] = (),
) -> Grid:
    """A grid from the lines of a file.

    :param exact: whether a row must have as many cells as the header, as in text, where one too many or too few shifts
        what stands behind it. In a workbook no cell can shift.
    :param counted: how many rows lie under a row, counted apart from the lines; by default as many as there are lines.
    """
    header_row = header_among(lines, wanted)
    titles = next((line.cells for line in lines if line.number == header_row), ())
    names = [_name(cell) for cell in titles]
    under = [line for line in lines if header_row is not None and line.number > header_row]
    last = max((line.number for line in under if not line.blank), default=0)
    width = len(names)
    if not exact:
        width = max([_used(titles), *(_used(line.cells) for line in under)])
        names = [*names, *[""] * (width - len(names))][:width]
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    broken: list[BrokenRow] = []
    for line in under:
        if line.blank:
            continue
        if line.problem is not None:
            broken.append(BrokenRow(number=line.number, fault=line.problem, cells=line.cells))
        elif exact and len(line.cells) != width:
            broken.append(BrokenRow(number=line.number, fault=misfit(len(line.cells), width), cells=line.cells))
        else:
            rows.append((line.number, (*line.cells, *[None] * (width - len(line.cells)))[:width]))
    above = sum(not line.blank for line in lines if header_row is not None and line.number < header_row)
    said = list(remarks)
    if above and wanted.header_row is None:
        said.append(f"The names of the columns are in row {header_row}. Rows above it that were passed over: {above}.")
    return Grid(
        name=name,
        header=tuple(names),
        header_row=header_row or 0,
        rows=tuple(rows),
        broken=tuple(broken),
        blank=tuple(line.number for line in under if line.blank and line.number < last),
        counted=len(rows) + len(broken) if counted is None else counted(header_row or 0),
        merged=tuple(merged),
        epoch=epoch,
        remarks=tuple(said),
    )


def _name(cell: Cell) -> str:
    """The name of a column as a cell has it; empty text if it has none."""
    if isinstance(cell, FormulaCell):
        return _name(cell.saved)
    return "" if cell is None else str(cell).strip()


def _used(cells: Sequence[Cell]) -> int:
    """How many cells there are up to the last that is not empty."""
    return max((n for n, cell in enumerate(cells, start=1) if cell is not None), default=0)


def misfit(cells: int, columns: int) -> Fault:
    """What is wrong with a row that has too many or too few cells.

    >>> misfit(10, 9).message
    'The row has 10 cells and the header 9, so its cells may have shifted.'
    """
    of_row = "1 cell" if cells == 1 else f"{cells} cells"
    if cells > columns:
        return faults.TOO_MANY_CELLS.at(cells=of_row, columns=columns)
    return faults.TOO_FEW_CELLS.at(cells=of_row, columns=columns)
