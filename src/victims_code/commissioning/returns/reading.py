"""From cells to lines: every column read strictly, and everything that cannot be read named with row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import field, frozen

from victims_code.commissioning.frameworks.measures import Section
from victims_code.commissioning.returns.findings import ReturnFinding
from victims_code.commissioning.returns.lines import COLUMNS, NEEDED, ColumnKind, ReportedLine, ReturnColumn
from victims_code.commissioning.returns.sheets import Cell, OddCell, Percent, ReturnSheet
from victims_code.decimals import to_decimal
from victims_code.errors import Fault, VictimsCodeError, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import pounds

__all__ = ["Draft", "Unread", "read_lines"]

_BY_NAME = {column.name: column for column in COLUMNS}


@frozen(kw_only=True)
class Unread:
    """A row that could not be read whole, with as much as is known of it; None is not known."""

    provider: str | None
    period: ReportingPeriod | None
    measure: str | None

    def may_belong(self, line: ReportedLine) -> bool:
        """Whether the row may be of the same provider, period and measure as a line."""
        return (
            self.provider in (None, line.provider)
            and self.period in (None, line.period)
            and self.measure in (None, line.measure)
        )


@frozen(kw_only=True)
class Draft:
    """What could be read of a file, and what was found in reading it."""

    source: str
    lines: tuple[ReportedLine, ...] = field(repr=False)
    unread: tuple[Unread, ...] = ()
    findings: tuple[ReturnFinding, ...] = ()


class _MisreadError(Exception):
    def __init__(self, message: str, hint: str, code: str = "VC-RET-003") -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


def read_lines(sheet: ReturnSheet) -> Draft:
    """Every line that can be read, and every fault of those that cannot."""
    findings = [*sheet.findings, *_header_faults(sheet)]
    columns = [_BY_NAME[name] for name in dict.fromkeys(sheet.header) if name in _BY_NAME]
    absent = {name for name in NEEDED if name not in sheet.header}
    lines: list[ReportedLine] = []
    unread = [Unread(provider=None, period=None, measure=None)] * sheet.unread
    for row, cells in sheet.rows:
        values: dict[str, Any] = {}
        problems = [problem for column in columns for problem in _read(column, cells.get(column.name), values)]
        problems += [(name, _empty(name)) for name in NEEDED if name not in absent and cells.get(name) is None]
        problems += _shape(values)
        findings += [_finding(sheet.source, row, name, problem) for name, problem in problems]
        if problems or absent:
            unread.append(
                Unread(provider=values.get("provider"), period=values.get("period"), measure=values.get("measure"))
            )
        if all(name in values for name in NEEDED):
            misread = tuple(dict.fromkeys(name for name, _ in problems))
            lines.append(ReportedLine(**values, source=sheet.source, row=row, misread=misread))
    return Draft(source=sheet.source, lines=tuple(lines), unread=tuple(unread), findings=tuple(findings))


def _finding(source: str, row: int, column: str, problem: _MisreadError) -> ReturnFinding:
    return ReturnFinding(
        code=problem.code, source=source, row=row, column=column, message=problem.message, hint=problem.hint
    )


def _header_faults(sheet: ReturnSheet) -> Iterator[ReturnFinding]:
    if not sheet.header:
        return

    def finding(code: str, name: str, message: str, hint: str) -> ReturnFinding:
        row = sheet.header_row or None
        return ReturnFinding(code=code, source=sheet.source, row=row, column=name or None, message=message, hint=hint)

    if len(sheet.header) == 1 and any(mark in sheet.header[0] for mark in ";\t|"):
        yield finding(
            "VC-RET-001", "", "The columns are not parted by commas.", "Save the file as comma-separated CSV."
        )
        return
    for name in NEEDED:
        if name not in sheet.header:
            yield finding("VC-RET-001", name, f"There is no column {name!r}.", f"Add it: {_BY_NAME[name].says}.")
    for name in dict.fromkeys(sheet.header):
        if sheet.header.count(name) > 1:
            yield finding("VC-RET-002", name, f"The column {name!r} stands twice.", "Keep one of the two.")
        if name not in _BY_NAME:
            yield finding(
                "VC-RET-002",
                name,
                f"The column {name!r} is not known." if name else "A column has no name.",
                did_you_mean(name, _BY_NAME, listing="Columns"),
            )


def _read(column: ReturnColumn, cell: Cell, values: dict[str, Any]) -> Iterator[tuple[str, _MisreadError]]:
    """Put the value of a cell into ``values``, or say why not."""
    if cell is None:
        return
    try:
        if isinstance(cell, OddCell):
            raise _MisreadError(cell.message, cell.hint, cell.code)
        values[column.name] = _READERS[column.kind](cell)
    except _MisreadError as problem:
        yield column.name, problem


def _empty(name: str) -> _MisreadError:
    return _MisreadError(f"The {name} is missing.", f"Fill it in: {_BY_NAME[name].says}.", "VC-RET-004")


def _shape(values: Mapping[str, Any]) -> Iterator[tuple[str, _MisreadError]]:
    """A part needs the name of its breakdown, and a breakdown the name of the part."""
    for given, wanted in (("item", "breakdown"), ("breakdown", "item")):
        if given in values and wanted not in values:
            yield (
                wanted,
                _MisreadError(
                    f"There is a value in {given!r} and none in {wanted!r}.",
                    "Fill in both for a part, and neither for a total.",
                    "VC-RET-004",
                ),
            )


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    raise _MisreadError(f"Text is needed, not {_shown(cell)}.", "Write a word or a name.")


def _path(cell: Cell) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _text(cell).split(">"))
    if not all(parts):
        raise _MisreadError("A step of the way to this part is empty.", "Write it as: basic service > declined.")
    return parts


@cache
def _period_of(text: str) -> ReportingPeriod | Fault:
    try:
        return ReportingPeriod.parse(text)
    except VictimsCodeError as problem:
        return problem.faults[0]


def _period(cell: Cell) -> ReportingPeriod:
    if not isinstance(cell, str):
        raise _MisreadError(
            f"{_shown(cell)} is not a period.", "Write 2025-26 Q1, 2025-26 or 2025-04-01/2025-06-30.", "VC-RET-005"
        )
    found = _period_of(cell)
    if isinstance(found, Fault):
        raise _MisreadError(found.message, found.hint, "VC-RET-005")
    return found


def _section(cell: Cell) -> Section:
    text = _text(cell).casefold()
    try:
        return Section(text)
    except ValueError:
        raise _MisreadError(
            f"{text!r} is not a section.", did_you_mean(text, list(Section), listing="Sections")
        ) from None


def _number(cell: Cell) -> Decimal:
    number = None if isinstance(cell, bool | Percent) else to_decimal(cell)
    if number is None:
        raise _MisreadError(
            f"{_shown(cell)} is not a number.", "Write it in figures; leave the cell empty if it is not known."
        )
    return number


def _whole(cell: Cell) -> int:
    number = _number(cell)
    if number != number.to_integral_value() or number < 0:
        raise _MisreadError(f"{_shown(cell)} is not a count.", "A count is a whole number, nought or more.")
    return int(number)


def _percentage(cell: Cell) -> Decimal:
    if isinstance(cell, Percent):
        return cell.shown
    return _number(cell.removesuffix("%").strip() if isinstance(cell, str) else cell)


def _money(cell: Cell) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise _MisreadError(f"{_shown(cell)} is not an amount of money.", "Write it as 1234.56.")
    try:
        return pounds(cell)
    except VictimsCodeError as problem:
        raise _MisreadError(problem.faults[0].message, problem.faults[0].hint) from None


def _shown(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Percent):
        return f"{cell.shown}%"
    return repr(cell) if isinstance(cell, str) else str(cell)


_READERS: dict[ColumnKind, Callable[[Cell], object]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.PERIOD: _period,
    ColumnKind.SECTION: _section,
    ColumnKind.PATH: _path,
    ColumnKind.WHOLE: _whole,
    ColumnKind.NUMBER: _number,
    ColumnKind.PERCENTAGE: _percentage,
    ColumnKind.MONEY: _money,
}
