"""Files of data.police.uk: crimes and outcomes by month.

They name no victim and no day, so they make no cases. What can be said of them is when something was due if it happened
in a month: between the date that follows from its first day and the one that follows from its last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from os import PathLike
from typing import Literal, Protocol, TypeAlias

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import checked, checked_if_it_fails, need, need_path
from victims_code.errors import WrongValueError
from victims_code.faults import Fault
from victims_code.identifiers import PoliceForce, forces
from victims_code.tabular import Cell, CsvLines, FileRow, misfit

RepeatedRows: TypeAlias = Literal["all", "once"]
"""Whether rows that are the same in every cell are read all or once."""
_REPEATED = faults.VC_READ_122.code
_STREET = ("Crime ID", "Month", "Reported by", "Falls within", "Crime type", "Last outcome category")
_OUTCOMES = ("Crime ID", "Month", "Reported by", "Falls within", "Outcome type")


@frozen(order=True)
class Month:
    """A month of a year, as an interval of days.

    >>> Month.parse("2026-02").first, Month.parse("2026-02").last
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """

    year: int
    month: int

    @classmethod
    @checked
    def parse(cls, written: str) -> Month:
        """Read ``2026-02``.

        :raises WrongValueError: if it is not a month.
        """
        year, _, month = written.strip().partition("-")
        if len(year) == 4 and len(month) == 2 and f"{year}{month}".isascii() and f"{year}{month}".isdecimal():
            try:
                return cls(date(int(year), int(month), 1).year, int(month))
            except ValueError:
                pass
        raise WrongValueError(faults.NOT_A_MONTH.at(text=written))

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Every day of the month."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@frozen(kw_only=True)
class PoliceRecord:
    """One row: a crime (``crime_type``, and its last ``outcome`` if there is one) or an outcome (``outcome`` alone).

    ``crime_id`` is None for anti-social behaviour, which has none. ``force`` is None where the name is not known.
    """

    crime_id: str | None
    month: Month
    reported_by: str
    falls_within: str
    crime_type: str | None
    outcome: str | None

    @property
    def force(self) -> PoliceForce | None:
        """The force that reported it, by its name."""
        return _by_name(self.reported_by)


@checked_if_it_fails
def read_records(
    source: str | PathLike[str] | Iterable[str],
    *,
    warn: Callable[[Fault], None] | None = None,
    repeats: RepeatedRows = "all",
) -> Iterator[PoliceRecord]:
    """The rows of a street or outcomes file, one after another, so that files of any size can be read.

    :param source: the path of a CSV file, or its lines.
    :param warn: is called with a warning for every row that cannot be used, and at the end with one for the rows that
        are the same in every cell as an earlier one. Without it, rows that cannot be used are raised at the end.
    :param repeats: ``once`` reads such rows once. Rows without a crime identifier are read all the same: they may be
        different events of one place and month.
    :raises WrongValueError: if the file cannot be opened, or has other columns than theirs; and without ``warn``, when
        all other rows were given, if rows cannot be used.

    >>> lines = ["Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type",
    ...          "abc,2026-02,West Yorkshire Police,West Yorkshire Police,,,,,,Suspect charged"]
    >>> [(record.month.last.isoformat(), record.force.code) for record in read_records(lines)]
    [('2026-02-28', '13')]
    """
    if repeats not in ("all", "once"):
        raise WrongValueError(faults.REPEATS_NOT_SAID.at("repeats", repeats=repeats))
    unused: list[Fault] = []
    yield from _of_source(source, warn or unused.append, repeats)
    unused = [fault for fault in unused if fault.code != _REPEATED]
    if unused:
        raise WrongValueError(*unused)


def _of_source(
    source: str | PathLike[str] | Iterable[str], say: Callable[[Fault], None], repeats: RepeatedRows
) -> Iterator[PoliceRecord]:
    if not isinstance(source, str | PathLike):
        yield from _records(source, "lines", say, repeats)
        return
    path = need_path(source, "source")
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from _records(file, path.name, say, repeats)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise WrongValueError(faults.FILE_NOT_OPENED.at(str(path), reason=reason)) from None


def _records(
    text: Iterable[str], name: str, say: Callable[[Fault], None], repeats: RepeatedRows
) -> Iterator[PoliceRecord]:
    lines = CsvLines(text)
    columns = _columns(lines, name)
    seen: set[int] = set()
    repeated = with_id = 0
    for line in lines:
        if line.blank:
            continue
        row = dict(zip(columns, line.cells, strict=False))
        if (fault := _fault_of(line, row, columns, name)) is not None:
            say(fault)
            continue
        known = hash(line.cells)
        again, identified = known in seen, row["Crime ID"] is not None
        seen.add(known)
        repeated, with_id = repeated + again, with_id + (again and identified)
        if not (again and identified and repeats == "once"):
            yield _record(row)
    if repeated:
        say(_repeated(name, repeated, with_id, repeats))


def _columns(lines: CsvLines, name: str) -> tuple[str, ...]:
    """The columns of a file, which must be those of one of the two kinds."""
    columns = tuple(str(cell or "") for cell in next(lines, FileRow(number=1, cells=())).cells)
    lines.width = len(columns)
    if not (set(columns).issuperset(_STREET) or set(columns).issuperset(_OUTCOMES)):
        raise WrongValueError(
            faults.NOT_POLICE_UK_COLUMNS.at(name, street=", ".join(_STREET), outcomes=", ".join(_OUTCOMES))
        )
    return columns


def _fault_of(line: FileRow, row: Mapping[str, Cell], columns: tuple[str, ...], name: str) -> Fault | None:
    """Why a row is not read, if it is not."""
    where = f"{name}, row {line.number}"
    problem = line.problem or (misfit(len(line.cells), len(columns)) if len(line.cells) != len(columns) else None)
    if problem is not None:
        return evolve(problem, code=faults.VC_READ_121.code, location=where)
    try:
        Month.parse(str(row["Month"] or ""))
    except WrongValueError as wrong:
        return faults.MONTH_NOT_READ.at(f"{where}, Month", problem=wrong.faults[0].message)
    return None


def _record(row: Mapping[str, Cell]) -> PoliceRecord:
    def text(column: str) -> str | None:
        cell = row.get(column)
        return None if cell is None else str(cell)

    return PoliceRecord(
        crime_id=text("Crime ID"),
        month=Month.parse(text("Month") or ""),
        reported_by=text("Reported by") or "",
        falls_within=text("Falls within") or "",
        crime_type=text("Crime type"),
        outcome=text("Outcome type") or text("Last outcome category"),
    )


def _repeated(name: str, repeated: int, with_id: int, repeats: RepeatedRows) -> Fault:
    entry = faults.CRIMES_REPEATED_READ_ONCE if repeats == "once" else faults.CRIMES_REPEATED
    return entry.at(name, count=repeated, with_id=with_id)


def _by_name(name: str) -> PoliceForce | None:
    wanted = _plain(name)
    return next((force for force in forces().values() if wanted and _plain(force.name).startswith(wanted)), None)


def _plain(name: str) -> str:
    """A force's name without the words that vary."""
    words = name.lower().replace("&", " and ").split()
    return " ".join(word for word in words if word not in ("police", "constabulary", "service"))


# --- when something was due -------------------------------------------------------------------------------------


class _Dated(Protocol):
    @property
    def due(self) -> date: ...


class _Code(Protocol):
    def deadline(self, duty: str, *, on: date, track: str | None = None) -> _Dated: ...


@frozen(kw_only=True)
class DueBetween:
    """The earliest and the latest date on which a duty can have been due."""

    earliest: date
    latest: date


def due_between(code: _Code, duty: str, month: Month, *, track: str | None = None) -> DueBetween:
    """When a duty was due, if all that is known of its event is the month.

    :param code: the :class:`victims_code.VictimsCode` to ask; where an edition begins within the month, both count.
    :param duty: the duty's identifier.
    :param track: ``standard`` or ``enhanced``; may be left out where the same limit holds for everyone.
    :raises VictimsCodeError: as :meth:`victims_code.VictimsCode.deadline`.
    """
    need(month, Month, "month", "a Month", 'Month.parse("2026-04") makes one.')
    dates = [code.deadline(duty, on=day, track=track).due for day in month.days()]
    return DueBetween(earliest=min(dates), latest=max(dates))
