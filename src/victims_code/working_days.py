"""Working days in England and Wales.

A working day is any day but Saturday, Sunday and a bank or public holiday. The day of the event is day zero: the next
working day is day one, whether or not the day of the event was itself a working day. Every answer comes from a table
of ranks (how many working days there have been up to a day), built once for a calendar.

The holidays are a dated list in ``data/calendars``. Years after the last proclaimed one are projected by workalendar,
corrected where it is wrong; this is the only module that imports it, and only when such a year is asked for, because
the import also loads packages under the GPL and LGPL.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from victims_code.dates import Moment, civil_date, spell
from victims_code.documents import read_document
from victims_code.errors import (
    CalendarRangeError,
    Fault,
    LawDataError,
    VictimsCodeError,
    WrongTypeError,
    WrongValueError,
)
from victims_code.packaged_data import data_folder
from victims_code.structuring import new_converter, structure

if TYPE_CHECKING:
    from workalendar.europe import UnitedKingdom

__all__ = ["BankHoliday", "EnglandAndWales", "Trace", "WorkingDayCalendar", "england_and_wales"]

T = TypeVar("T")

LAST_PROJECTED_YEAR = 2060


@frozen(kw_only=True)
class BankHoliday:
    """A day off for the whole of England and Wales.

    ``announced`` is the day a one-off or moved holiday became known, ``moved_from`` the day it would otherwise have
    fallen on, ``substitute_for`` the weekend day it stands in for; ``projected`` marks a day worked out by rule and not
    yet proclaimed.
    """

    date: date
    title: str
    source: str
    announced: date | None = None
    moved_from: date | None = None
    substitute_for: date | None = None
    projected: bool = False


@frozen(kw_only=True)
class Trace:
    """How a number of working days was counted: every day from the one after ``start`` to ``due``.

    ``days`` holds, for each day, its number if it was counted, or the reason it was not.
    """

    start: date
    due: date
    days: tuple[tuple[date, int | None, str | None], ...]

    @property
    def skipped(self) -> tuple[tuple[date, str], ...]:
        """The days that were not counted, each with the reason."""
        return tuple((day, why) for day, _, why in self.days if why is not None)

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that were counted, in order."""
        return tuple(day for day, number, _ in self.days if number is not None)


def _ranks(first: date, last: date, holidays: Container[date]) -> tuple[dict[date, int], list[date]]:
    """How many working days there have been up to each day, and the working days so numbered, from one."""
    ranks: dict[date, int] = {}
    working, rank = [first], 0  # number nought is nobody's
    day, one = first, timedelta(days=1)
    while day <= last:
        if day.weekday() < 5 and day not in holidays:
            rank += 1
            working.append(day)
        ranks[day] = rank
        day += one
    return ranks, working


class WorkingDayCalendar:
    """Which days are working days, from the first day of the list to the last projected year.

    :param holidays: the dated list.
    :param first_year: the first year the list covers.
    :param last_year: the last year it covers; later ones are projected.
    :param version: what results are stamped with; two calendars that differ must have two versions.
    :param project: gives the holidays of a year beyond the list; without it the calendar ends with the list.

    >>> calendar = england_and_wales()
    >>> calendar.add(date(2026, 4, 2), 5)
    datetime.date(2026, 4, 13)
    >>> calendar.why_not(date(2026, 4, 3))
    'Good Friday'
    """

    __slots__ = (
        "_holidays", "_listed", "_project", "_ranks", "_working",
        "first_day", "last_day", "last_proclaimed_year", "version",
    )  # fmt: skip

    def __init__(
        self,
        holidays: Iterable[BankHoliday],
        *,
        first_year: int,
        last_year: int,
        version: str,
        project: Callable[[int], Iterable[BankHoliday]] | None = None,
    ) -> None:
        self._listed = {holiday.date: holiday for holiday in sorted(holidays, key=lambda holiday: holiday.date)}
        self._holidays = self._listed
        self._project = project
        self.version = version
        self.first_day = date(first_year, 1, 1)
        self.last_proclaimed_year = last_year
        self.last_day = date(last_year if project is None else LAST_PROJECTED_YEAR, 12, 31)
        self._ranks, self._working = _ranks(self.first_day, date(last_year, 12, 31), self._listed)

    def __repr__(self) -> str:
        return f"<WorkingDayCalendar {self.version}, {self.first_day} to {self.last_day}>"

    # --- counting ---------------------------------------------------------------------------------------------

    def add(self, start: Moment, days: int) -> date:
        """The date ``days`` working days after ``start``; zero gives ``start`` itself.

        :raises WrongTypeError: if ``start`` is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if the start or the answer lies outside the calendar.

        >>> england_and_wales().add(date(2023, 5, 5), 1)      # the coronation bank holiday was on 8 May
        datetime.date(2023, 5, 9)
        """
        try:  # a table of dates is the fastest check that this is a date inside the calendar
            if type(days) is int and days > 0:
                return self._working[self._ranks[start] + days]
        except LookupError:
            pass
        return self._add_with_care(start, days)

    def _add_with_care(self, start: Moment, days: int) -> date:
        start, days = self._inside(start), _days(days, "subtract")
        if days == 0:
            return start
        place = self._ranks[start] + days
        if place >= len(self._working):
            self._extend()
        if place >= len(self._working):
            raise self._outside(f"{days} working days after {spell(start)}")
        return self._working[place]

    def subtract(self, start: Moment, days: int) -> date:
        """The date ``days`` working days before ``start``; zero gives ``start`` itself.

        :raises WrongTypeError: if ``start`` is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if the start or the answer lies outside the calendar.

        >>> england_and_wales().subtract(date(2026, 4, 13), 5)
        datetime.date(2026, 4, 2)
        """
        start, days = self._inside(start), _days(days, "add")
        if days == 0:
            return start
        place = self._ranks[start] + (not self.is_working_day(start)) - days
        if place < 1:
            raise self._outside(f"{days} working days before {spell(start)}")
        return self._working[place]

    def count(self, after: Moment, until: Moment) -> int:
        """The working days after one day up to and including another; negative if the second is earlier.

        :raises WrongTypeError: if either is not a date.
        :raises CalendarRangeError: if either lies outside the calendar.

        >>> england_and_wales().count(date(2026, 4, 2), date(2026, 4, 13))
        5
        """
        try:
            return self._ranks[until] - self._ranks[after]
        except LookupError:
            after, until = self._inside(after), self._inside(until)
            return self._ranks[until] - self._ranks[after]

    def trace(self, start: Moment, days: int) -> Trace:
        """The count of :meth:`add` day by day.

        >>> england_and_wales().trace(date(2026, 4, 2), 1).skipped[0]
        (datetime.date(2026, 4, 3), 'Good Friday')
        """
        start = civil_date(start)
        due = self.add(start, days)
        lines: list[tuple[date, int | None, str | None]] = []
        number = 0
        for offset in range(1, (due - start).days + 1):
            day = start + timedelta(days=offset)
            why = self.why_not(day)
            number += why is None
            lines.append((day, number if why is None else None, why))
        return Trace(start=start, due=due, days=tuple(lines))

    # --- single days ------------------------------------------------------------------------------------------

    def is_working_day(self, day: Moment) -> bool:
        """Whether a day is a working day.

        :raises CalendarRangeError: if it lies outside the calendar.
        """
        return self.why_not(day) is None

    def why_not(self, day: Moment) -> str | None:
        """Why a day is not a working day: ``Saturday``, ``Sunday`` or the title of the holiday; None if it is one.

        :raises CalendarRangeError: if it lies outside the calendar.
        """
        day = self._inside(day)
        if day.weekday() >= 5:
            return f"{day:%A}"
        holiday = self._holidays.get(day)
        return None if holiday is None else holiday.title

    def next_working_day(self, day: Moment) -> date:
        """The first working day after a day."""
        return self.add(day, 1)

    def previous_working_day(self, day: Moment) -> date:
        """The last working day before a day."""
        return self.subtract(day, 1)

    def holidays(self, year: int) -> tuple[BankHoliday, ...]:
        """The holidays of a year, in order; those beyond the list are marked as projected.

        :raises WrongTypeError: if the year is not a whole number.
        :raises CalendarRangeError: if it lies outside the calendar.
        """
        if type(year) is not int:
            raise WrongTypeError(
                Fault(code="VC-DATE-002", where="", what=f"A year is needed, not {year!r}.", way_out="Pass it as a whole number.")
            )
        if not self.first_day.year <= year <= self.last_day.year:
            raise self._outside(f"The year {year}")
        self._inside(date(year, 1, 1))
        return tuple(holiday for holiday in self._holidays.values() if holiday.date.year == year)

    def is_projected(self, day: Moment) -> bool:
        """Whether the bank holidays of that year are projected and not yet proclaimed."""
        return civil_date(day).year > self.last_proclaimed_year

    def rests_on_projection(self, start: Moment, end: Moment) -> bool:
        """Whether a count from ``start`` to ``end`` needs a year whose holidays are projected."""
        return self.is_projected(start) or self.is_projected(end)

    # --- other calendars --------------------------------------------------------------------------------------

    def as_known_on(self, day: Moment) -> WorkingDayCalendar:
        """The calendar as it was known on a day: later announcements are left out, and moved days are where they were.

        >>> england_and_wales().as_known_on(date(2022, 9, 1)).add(date(2022, 9, 16), 1)
        datetime.date(2022, 9, 19)
        """
        known = civil_date(day)
        holidays = [then for holiday in self._listed.values() if (then := _as_known(holiday, known)) is not None]
        return self._with(holidays, f"{self.version}, as known on {known}")

    def with_changes(
        self, *, add: Mapping[date, str] | Iterable[BankHoliday] = (), remove: Iterable[Moment] = ()
    ) -> WorkingDayCalendar:
        """The calendar with days off added or taken out, such as a local closure.

        :raises WrongValueError: if a day to be added is there already, or one to be removed is not; all at once.

        >>> closed = england_and_wales().with_changes(add={date(2026, 4, 7): "Office closed"})
        >>> closed.add(date(2026, 4, 2), 1)
        datetime.date(2026, 4, 8)
        """
        extra = _as_holidays(add)
        gone = [civil_date(day) for day in remove]
        faults = [_change_fault(holiday.date, "is a holiday already") for holiday in extra if holiday.date in self._listed]
        faults += [_change_fault(day, "is not a holiday") for day in gone if day not in self._listed]
        if faults:
            raise WrongValueError(*faults)
        holidays = [holiday for day, holiday in self._listed.items() if day not in gone]
        changes = repr(sorted(repr(holiday) for holiday in extra)) + repr(sorted(gone))
        if not extra and not gone:
            return self
        return self._with([*holidays, *extra], f"{self.version}, changed {sha256(changes.encode()).hexdigest()[:8]}")

    def _with(self, holidays: Iterable[BankHoliday], version: str) -> WorkingDayCalendar:
        return WorkingDayCalendar(
            holidays,
            first_year=self.first_day.year,
            last_year=self.last_proclaimed_year,
            version=version,
            project=self._project,
        )

    # --- the edges --------------------------------------------------------------------------------------------

    def _inside(self, day: Moment) -> date:
        """The civil date, if it lies inside the calendar; projected years are worked out when first needed."""
        day = civil_date(day)
        if not self.first_day <= day <= self.last_day:
            raise self._outside(spell(day))
        if day.year > self.last_proclaimed_year:
            self._extend()
        return day

    def _extend(self) -> None:
        """Add the projected years to the table, once."""
        if self._project is None or self.last_day in self._ranks:
            return
        years = range(self.last_proclaimed_year + 1, self.last_day.year + 1)
        projected = {holiday.date: holiday for year in years for holiday in self._project(year)}
        holidays = {**projected, **self._listed}
        self._holidays = {day: holidays[day] for day in sorted(holidays)}
        self._ranks, self._working = _ranks(self.first_day, self.last_day, self._holidays)

    def _outside(self, what: str) -> CalendarRangeError:
        return CalendarRangeError(
            Fault(
                code="VC-DATE-004",
                where="",
                what=f"{what} lies outside the calendar.",
                way_out=f"It runs from {spell(self.first_day)} to {spell(self.last_day)}.",
            )
        )


def _days(days: object, opposite: str) -> int:
    if type(days) is not int:
        raise WrongTypeError(
            Fault(code="VC-DATE-002", where="", what=f"A whole number of working days is needed, not {days!r}.",
                  way_out="Pass it as an int.")  # fmt: skip
        )
    if days < 0:
        raise WrongValueError(
            Fault(code="VC-DATE-003", where="", what=f"The number of working days may not be negative ({days}).",
                  way_out=f"Use {opposite}() to go the other way.")  # fmt: skip
        )
    return days


def _as_known(holiday: BankHoliday, known: date) -> BankHoliday | None:
    if holiday.announced is None or holiday.announced <= known:
        return holiday
    if holiday.moved_from is None:
        return None
    title = holiday.title.partition(" (")[0]
    return evolve(holiday, date=holiday.moved_from, title=title, moved_from=None, announced=None)


def _as_holidays(add: Mapping[date, str] | Iterable[BankHoliday]) -> tuple[BankHoliday, ...]:
    if isinstance(add, Mapping):
        return tuple(BankHoliday(date=civil_date(day), title=title, source="override") for day, title in add.items())
    return tuple(add)


def _change_fault(day: date, what: str) -> Fault:
    return Fault(code="VC-DATE-005", where="calendar override", what=f"{spell(day)} {what}.", way_out="Take it out of the override.")


# --- the calendar of England and Wales --------------------------------------------------------------------------


def england_and_wales(
    *,
    known_on: Moment | None = None,
    add: Mapping[date, str] | Iterable[BankHoliday] = (),
    remove: Iterable[Moment] = (),
    overrides: str | Path | None = None,
) -> WorkingDayCalendar:
    """The working days of England and Wales from 1990; years after the last proclaimed one are projected.

    :param known_on: the calendar as it was known on this day.
    :param add: days off to add, as a mapping of dates to titles or as :class:`BankHoliday` objects.
    :param remove: holidays to take out.
    :param overrides: a YAML file with ``add`` (each with ``date``, ``title``, ``source``) and ``remove``.
    :raises WrongValueError: if a change makes no sense, or the file of overrides has faults; all at once.

    >>> england_and_wales(known_on=date(2022, 9, 1)).add(date(2022, 9, 16), 1)
    datetime.date(2022, 9, 19)
    """
    calendar = _england_and_wales() if known_on is None else _known_on(civil_date(known_on))
    if overrides is not None:
        file = _read_overrides(Path(overrides))
        calendar = calendar.with_changes(add=file.add, remove=file.remove)
    return calendar.with_changes(add=add, remove=remove)


@cache
def _england_and_wales() -> WorkingDayCalendar:
    file = _read(data_folder() / "calendars" / "england-and-wales.yaml", _CalendarFile, LawDataError)
    return WorkingDayCalendar(
        file.holidays,
        first_year=file.covers.since.year,
        last_year=file.covers.until.year,
        version=f"england-and-wales {file.version}",
        project=_projected,
    )


@cache
def _known_on(day: date) -> WorkingDayCalendar:
    return _england_and_wales().as_known_on(day)


@frozen(kw_only=True)
class _Covers:
    since: date
    until: date


@frozen(kw_only=True)
class _CalendarSource:
    id: str
    title: str
    publisher: str
    url: str
    evidence: str
    read: str


@frozen(kw_only=True)
class _CalendarFile:
    version: str
    covers: _Covers
    sources: tuple[_CalendarSource, ...]
    holidays: tuple[BankHoliday, ...]


@frozen(kw_only=True)
class _Overrides:
    add: tuple[BankHoliday, ...] = ()
    remove: tuple[date, ...] = ()


def _read_overrides(path: Path) -> _Overrides:
    return _read(path, _Overrides, WrongValueError)


def _read(path: Path, kind: type[T], error: type[VictimsCodeError]) -> T:
    document = read_document(path, error=error)
    faults: list[Fault] = []
    read = structure(_converter(), document.data, kind, document, faults=faults)
    if read is None:
        raise error(*faults)
    return read


@cache
def _converter() -> Converter:
    """Words in the files have dashes, and ``from`` is no name in Python."""
    converter = new_converter()
    for kind, names in (
        (BankHoliday, {"moved_from": override(rename="moved-from"), "substitute_for": override(rename="substitute-for"), "projected": override(omit=True)}),
        (_Covers, {"since": override(rename="from")}),
    ):
        converter.register_structure_hook(
            kind, make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **names)
        )
    return converter


# --- years not yet proclaimed -----------------------------------------------------------------------------------


@cache
def _workalendar_class() -> type[UnitedKingdom]:
    from workalendar.europe import UnitedKingdom

    class EnglandAndWales(UnitedKingdom):
        """workalendar's United Kingdom, right for England and Wales: VE day 1995 moved, coronation 2023 added."""

        non_computable_holiday_dict = {  # noqa: RUF012
            **UnitedKingdom.non_computable_holiday_dict,
            2023: [(date(2023, 5, 8), "Coronation of King Charles III")],
        }

        def get_early_may_bank_holiday(self, year: int) -> tuple[date, str]:
            if year == 1995:
                return date(1995, 5, 8), "Early May bank holiday (VE day)"
            day, title = super().get_early_may_bank_holiday(year)
            return day, title

    return EnglandAndWales


def __getattr__(name: str) -> object:
    """``EnglandAndWales``, the corrected workalendar class, is made when it is first asked for."""
    if name == "EnglandAndWales":
        return _workalendar_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _projected(year: int) -> Iterator[BankHoliday]:
    days = sorted({day for day, _ in _workalendar_class()().holidays(year) if day.weekday() < 5})
    for day, title in zip(days, _titles(year), strict=True):
        yield BankHoliday(date=day, title=title, source="projected by rule", projected=True)


def _titles(year: int) -> tuple[str, ...]:
    """The holidays of an ordinary year in order, named as GOV.UK names them."""
    christmas = ("Christmas Day", "Boxing Day")
    if date(year, 12, 25).weekday() == 6:
        christmas = ("Boxing Day", "Christmas Day")
    return (
        "New Year's Day", "Good Friday", "Easter Monday", "Early May bank holiday", "Spring bank holiday",
        "Summer bank holiday", *christmas,
    )  # fmt: skip
