"""Counting working days: a table of how many there have been up to each day."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import need, need_each, need_list, need_path
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import CalendarRangeError, WrongTypeError, WrongValueError
from victims_code.faults import Fault, FaultTemplate
from victims_code.working_days.columns import C, DayColumn, Days, DayTables, is_column
from victims_code.working_days.files import BankHoliday, read_calendar, was_known

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST_PROJECTED_YEAR = 2060
_WEEKEND = {5: "Saturday", 6: "Sunday"}


@frozen(kw_only=True)
class Trace:
    """How a number of working days was counted: every day from the one after ``start`` to ``due``.

    ``days`` holds, for each day, its number if it was counted, or the reason it was not. ``projected`` says whether
    the count needs a year whose bank holidays are not yet proclaimed.

    >>> from victims_code import england_and_wales
    >>> trace = england_and_wales().trace(date(2026, 4, 2), 1)
    >>> trace.due, [why for _, why in trace.skipped]
    (datetime.date(2026, 4, 7), ['Good Friday', 'Saturday', 'Sunday', 'Easter Monday'])
    """

    start: date
    due: date
    days: tuple[tuple[date, int | None, str | None], ...]
    projected: bool

    @property
    def skipped(self) -> tuple[tuple[date, str], ...]:
        """The days that were not counted, each with the reason."""
        return tuple((day, why) for day, _, why in self.days if why is not None)

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that were counted, in order."""
        return tuple(day for day, number, _ in self.days if number is not None)


class WorkingDayCalendar:
    """Which days are working days, from the first day of a dated list to its last day or the last projected year.

    Most people want :func:`england_and_wales`. Every method takes a date or a datetime; an aware datetime is taken as
    the civil date it has in London. A calendar never changes: the methods that change something give another one.

    :param holidays: the dated list.
    :param first_year: the first year the list covers.
    :param last_year: the last year it covers; later ones are projected.
    :param version: what results are stamped with; two calendars that differ must have two versions.
    :param project: gives the holidays of a year beyond the list; without it the calendar ends with the list.

    >>> from victims_code import england_and_wales
    >>> calendar = england_and_wales()
    >>> calendar.add(date(2026, 4, 2), 5)
    datetime.date(2026, 4, 13)
    >>> calendar.why_not(date(2026, 4, 3))
    'Good Friday'
    """

    __slots__ = (
        "_holidays",
        "_listed",
        "_project",
        "_ranks",
        "_working",
        "first_day",
        "last_day",
        "last_proclaimed_year",
        "version",
    )

    def __init__(
        self,
        holidays: Iterable[BankHoliday],
        *,
        first_year: int,
        last_year: int,
        version: str,
        project: Callable[[int], Iterable[BankHoliday]] | None = None,
    ) -> None:
        for name, year in (("first_year", first_year), ("last_year", last_year)):
            need(year, int, name, "a whole number", "Pass a year such as 2026.")
        listed = need_each(holidays, BankHoliday, "holidays", "Pass BankHoliday objects.")
        self._listed = {holiday.date: holiday for holiday in sorted(listed, key=lambda holiday: holiday.date)}
        self._holidays = self._listed
        self._project = project
        self.version = version
        self.first_day = date(first_year, 1, 1)
        self.last_proclaimed_year = last_year
        self.last_day = date(last_year if project is None else _LAST_PROJECTED_YEAR, 12, 31)
        # The tables are built when first needed: until then every look-up misses and takes the careful way.
        self._ranks: dict[date, int] = {}
        self._working: list[date] = []

    @classmethod
    def from_yaml(cls, path: str | Path) -> WorkingDayCalendar:
        """A calendar of your own, from a file laid out like ``england-and-wales.yaml``.

        It ends with the last year the file covers: nothing is projected. The version is the file's name and
        ``version`` with a mark of its content.

        :raises WrongValueError: with every fault of the file: unknown keys, bad dates, days out of order or outside
            what the file covers, sources that are not listed.
        """
        path = need_path(path)
        file = read_calendar(path, WrongValueError)
        return cls(
            file.holidays,
            first_year=file.covers.from_.year,
            last_year=file.covers.to.year,
            version=f"{path.stem} {file.version} ({_mark(file)})",
        )

    def __eq__(self, other: object) -> bool:
        return self.version == other.version if isinstance(other, WorkingDayCalendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.version)

    def __getstate__(self) -> dict[str, object]:
        """Everything but the tables, which are built again when first needed."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "_holidays": self._listed,
            "_ranks": {},
            "_working": [],
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self) -> str:
        return f"<WorkingDayCalendar {self.version}, {self.first_day} to {self.last_day}>"

    # --- counting ---------------------------------------------------------------------------------------------

    @overload
    def add(self, start: Moment, days: int) -> date: ...
    @overload
    def add(self, start: C, days: int) -> C: ...
    def add(self, start: Moment | DayColumn, days: int) -> date | DayColumn:
        """The date ``days`` working days after ``start``; zero gives ``start`` itself.

        The day of the event is day zero and the next working day is day one, so a start on a Saturday, a Sunday or a
        bank holiday counts no differently.

        A whole column of days gives a column of the same library, with a date where there was one: a numpy array of
        ``datetime64``, a pandas or polars Series, a pandas Index, an Arrow array.

        :raises WrongTypeError: if ``start`` is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if the start or the answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().add(date(2023, 5, 5), 1)      # the coronation bank holiday was on 8 May
        datetime.date(2023, 5, 9)
        >>> import numpy
        >>> england_and_wales().add(numpy.array(["2026-04-02", "2026-04-08", "NaT"], "datetime64[D]"), 5)
        array(['2026-04-13', '2026-04-15',        'NaT'], dtype='datetime64[D]')
        """
        # Only a date is equal to a key of the table, so the look-up is also the check that `start` is one: a datetime,
        # a number or text misses. `type` and not `isinstance`, because True is an int too.
        try:
            if type(days) is int and days > 0:
                return self._working[self._ranks[start] + days]  # type: ignore[index]
        except (LookupError, TypeError):
            pass
        if is_column(start):
            return self._moved(start, _number(days, "subtract"))  # type: ignore[no-any-return]
        return self._add_with_care(start, days)  # type: ignore[arg-type]

    def _add_with_care(self, start: Moment, days: int) -> date:
        start, days = self._inside(start), _number(days, "subtract")
        if days == 0:
            return start
        place = self._ranks[start] + days
        if place >= len(self._working):
            self._extend()
        if place >= len(self._working):
            raise self._outside(f"{_spell_days(days)} after {format_date(start)}")
        return self._working[place]

    def add_each(self, starts: Iterable[Moment], days: int) -> list[date]:
        """:meth:`add` for many dates at once, in about half the time a date.

        :raises WrongTypeError: if a start is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if a start or an answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().add_each([date(2026, 4, 2), date(2026, 4, 3)], 5)
        [datetime.date(2026, 4, 13), datetime.date(2026, 4, 13)]
        """
        every = need_list(starts, "starts", "Pass a list of dates.")
        days = _number(days, "subtract")
        ranks, working = self._ranks, self._working
        try:
            if days > 0:
                return [working[ranks[start] + days] for start in every]
        except (LookupError, TypeError):
            pass
        return [self._add_with_care(start, days) for start in every]

    @overload
    def subtract(self, start: Moment, days: int) -> date: ...
    @overload
    def subtract(self, start: C, days: int) -> C: ...
    def subtract(self, start: Moment | DayColumn, days: int) -> date | DayColumn:
        """The date ``days`` working days before ``start``; zero gives ``start`` itself. Columns are taken as by `add`.

        :raises WrongTypeError: if ``start`` is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if the start or the answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().subtract(date(2026, 4, 13), 5)
        datetime.date(2026, 4, 2)
        """
        if is_column(start):
            return self._moved(start, -_number(days, "add"))  # type: ignore[no-any-return]
        start, days = self._inside(start), _number(days, "add")  # type: ignore[arg-type]
        if days == 0:
            return start
        place = self._ranks[start] + (not self._works(start)) - days
        if place < 1:
            raise self._outside(f"{_spell_days(days)} before {format_date(start)}")
        return self._working[place]

    @overload
    def count(self, after: Moment, until: Moment) -> int: ...
    @overload
    def count(self, after: DayColumn | Moment, until: DayColumn | Moment) -> Any: ...
    def count(self, after: Moment | DayColumn, until: Moment | DayColumn) -> Any:
        """The working days after one day up to and including another; negative if the second is earlier.

        Either may be a column, and both if they are of one length. Then the numbers are a column of the same library;
        where a day is missing so is the number, which numpy has as a masked array.

        :raises WrongTypeError: if either is not a date.
        :raises CalendarRangeError: if either lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().count(date(2026, 4, 2), date(2026, 4, 13))
        5
        """
        try:
            return self._ranks[until] - self._ranks[after]  # type: ignore[index]
        except (LookupError, TypeError):
            if is_column(after) or is_column(until):
                return self._counted(after, until)
            after, until = self._inside(after), self._inside(until)  # type: ignore[arg-type]
            return self._ranks[until] - self._ranks[after]

    def trace(self, start: Moment, days: int) -> Trace:
        """The count of :meth:`add` day by day, with the reason for each day that does not count.

        :raises WrongTypeError: if ``start`` is not a date or ``days`` not a whole number.
        :raises WrongValueError: if ``days`` is negative.
        :raises CalendarRangeError: if the start or the answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().trace(date(2026, 4, 2), 1).skipped[0]
        (datetime.date(2026, 4, 3), 'Good Friday')
        """
        due, start = self.add(start, days), civil_date(start)
        lines: list[tuple[date, int | None, str | None]] = []
        number = 0
        for offset in range(1, (due - start).days + 1):
            day = start + timedelta(days=offset)
            why = self.why_not(day)
            number += why is None
            lines.append((day, number if why is None else None, why))
        return Trace(start=start, due=due, days=tuple(lines), projected=self.rests_on_projection(start, due))

    # --- whole columns ----------------------------------------------------------------------------------------

    def _moved(self, start: object, number: int) -> Any:
        """The days of a column moved on by a number of working days, or back."""
        days = Days.read(start, "start")
        tables, places, missing = self._placed(days, number)
        answers = tables.moved(number).take(places, mode="clip")
        if missing is not None:
            answers[missing] = "NaT"
        return days.like(answers, missing)

    def _counted(self, after: object, until: object) -> Any:
        """The working days between two columns, or a column and a day."""
        first, last = Days.read(after, "after"), Days.read(until, "until")
        if first.given is not None and last.given is not None and first.days.shape != last.days.shape:
            raise WrongValueError(faults.COLUMNS_OF_TWO_LENGTHS.at("until", one=first.days.size, other=last.days.size))
        _, begins, missing = self._placed(first)
        _, ends, also_missing = self._placed(last)
        ranks = self._arrays().ranks
        masks = [mask for mask in (missing, also_missing) if mask is not None]
        kind = last if first.given is None else first
        return kind.like(
            ranks.take(ends, mode="clip") - ranks.take(begins, mode="clip"), sum(masks[1:], masks[0]) if masks else None
        )

    def _placed(self, days: Days, number: int = 0) -> tuple[DayTables, NDArray[Any], NDArray[Any] | None]:
        """The tables, where in them each day is, and which are missing, if any.

        :param number: how many working days are to be counted from each day.
        :raises CalendarRangeError: if a day or an answer is outside the calendar, with its position.
        """
        import numpy

        tables, missing = self._arrays(), None
        places = tables.places(days)
        if places.size and not _within(places, tables.bounds(number)):
            missing = days.missing
            places = numpy.where(missing, tables.bounds(number)[0], places)
            if not _within(places, tables.bounds(number)):
                self._extend()
                tables = self._arrays()
            low, high = tables.bounds(number)
            if (wrong := (places < low) | (places > high)).any():
                position, day, more = days.first_of(wrong)
                first, last = format_date(self.first_day), format_date(self.last_day)
                fault, others = faults.COLUMN_OUTSIDE_THE_CALENDAR, f" (and {more} more like it)" if more else ""
                place = f"position {position}"
                raise CalendarRangeError(fault.at(place, day=day, others=others, first=first, last=last))
        return tables, places, missing if missing is not None and missing.any() else None

    def _arrays(self) -> DayTables:
        self._inside(self.first_day)  # so that there are tables
        return _arrays(self.first_day, len(self._ranks), frozenset(self._holidays))

    # --- single days ------------------------------------------------------------------------------------------

    @overload
    def is_working_day(self, day: Moment) -> bool: ...
    @overload
    def is_working_day(self, day: DayColumn) -> Any: ...
    def is_working_day(self, day: Moment | DayColumn) -> Any:
        """Whether a day is a working day; of a column a column of answers, missing where the day is.

        :raises WrongTypeError: if it is not a date.
        :raises CalendarRangeError: if it lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().is_working_day(date(2026, 12, 28))     # in place of Boxing Day, a Saturday
        False
        """
        if is_column(day):
            days = Days.read(day, "day")
            tables, places, missing = self._placed(days)
            return days.like(tables.works().take(places, mode="clip"), missing)
        return self._works(self._inside(day))  # type: ignore[arg-type]

    def _works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._holidays

    def why_not(self, day: Moment) -> str | None:
        """Why a day is not a working day: ``Saturday``, ``Sunday`` or the name of the holiday; None if it is one.

        :raises WrongTypeError: if it is not a date.
        :raises CalendarRangeError: if it lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().why_not(date(2026, 12, 28))
        'Boxing Day (substitute day)'
        """
        day = self._inside(day)
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        return self._holidays[day].reason if day in self._holidays else None

    def next_working_day(self, day: Moment) -> date:
        """The first working day after a day, never that day itself.

        :raises WrongTypeError: if it is not a date.
        :raises CalendarRangeError: if the day or the answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().next_working_day(date(2026, 4, 2))
        datetime.date(2026, 4, 7)
        """
        return self.add(day, 1)

    def previous_working_day(self, day: Moment) -> date:
        """The last working day before a day, never that day itself.

        :raises WrongTypeError: if it is not a date.
        :raises CalendarRangeError: if the day or the answer lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().previous_working_day(date(2026, 4, 7))
        datetime.date(2026, 4, 2)
        """
        return self.subtract(day, 1)

    def holidays(self, year: int) -> tuple[BankHoliday, ...]:
        """The holidays of a year, in order; those beyond the list are marked as projected.

        :raises WrongTypeError: if the year is not a whole number.
        :raises CalendarRangeError: if it lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> [f"{day.date} {day.title}" for day in england_and_wales().holidays(2026)][1:3]
        ['2026-04-03 Good Friday', '2026-04-06 Easter Monday']
        """
        year = _whole(year, faults.YEAR_NEEDED)
        if not self.first_day.year <= year <= self.last_day.year:
            raise self._outside(f"The year {year}")
        self._inside(date(year, 1, 1))
        return tuple(holiday for day, holiday in self._holidays.items() if day.year == year)

    def covers(self, day: date) -> bool:
        """Whether a day lies inside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().covers(date(2026, 4, 2)), england_and_wales().covers(date(1985, 3, 29))
        (True, False)
        """
        return self.first_day <= civil_date(day, "day") <= self.last_day

    def is_projected(self, day: Moment) -> bool:
        """Whether the bank holidays of the day's year are projected and not yet proclaimed.

        :raises WrongTypeError: if it is not a date.
        :raises CalendarRangeError: if it lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().is_projected(date(2028, 12, 29)), england_and_wales().is_projected(date(2029, 1, 2))
        (False, True)
        """
        day = civil_date(day)
        if not self.covers(day):
            raise self._outside(format_date(day))
        return day.year > self.last_proclaimed_year

    def rests_on_projection(self, start: Moment, end: Moment) -> bool:
        """Whether a count from ``start`` to ``end`` needs a year whose bank holidays are projected.

        :raises WrongTypeError: if either is not a date.
        :raises CalendarRangeError: if either lies outside the calendar.
        """
        return self.is_projected(start) or self.is_projected(end)

    # --- other calendars --------------------------------------------------------------------------------------

    def as_known_on(self, day: Moment) -> WorkingDayCalendar:
        """The calendar as it was known on a day: later announcements are left out, and moved days are where they were.

        The yearly holidays follow from rules and count as known at all times.

        :raises WrongTypeError: if ``day`` is not a date.

        >>> from victims_code import england_and_wales
        >>> england_and_wales().as_known_on(date(2022, 9, 1)).add(date(2022, 9, 16), 1)
        datetime.date(2022, 9, 19)
        """
        known = civil_date(day)
        then = {holiday.date: holiday for holiday in self._listed.values() if was_known(holiday, known)}
        for holiday in self._listed.values():
            if holiday.moved_from is not None and not was_known(holiday, known):
                title = holiday.title.partition(" (")[0]  # "Early May bank holiday (VE day)" before it was moved
                before = BankHoliday(date=holiday.moved_from, title=title, source=holiday.source)
                then.setdefault(before.date, before)
        return self._with(then.values(), f"{self.version}, as known on {known}")

    def with_changes(
        self, *, add: Mapping[date, str] | Iterable[BankHoliday] = (), remove: Iterable[Moment] = ()
    ) -> WorkingDayCalendar:
        """The calendar with days off added or taken out, such as a local closure or a day just proclaimed.

        :param add: dates with titles, or :class:`BankHoliday` objects, which also carry source and announcement.
        :param remove: the dates of holidays to take out; they go first, so a day may be taken out and added anew.
        :raises WrongTypeError: if something is not a date, a title or a :class:`BankHoliday`.
        :raises WrongValueError: if a day to be added is there already, or one to be removed is not; all at once.
        :raises CalendarRangeError: if a day lies outside the calendar.

        >>> from victims_code import england_and_wales
        >>> closed = england_and_wales().with_changes(add={date(2026, 4, 7): "Office closed"})
        >>> closed.add(date(2026, 4, 2), 1)
        datetime.date(2026, 4, 8)
        """
        return self._changed([("", holiday) for holiday in _as_holidays(add)], [("", day) for day in _as_days(remove)])

    def _changed(
        self,
        added: Sequence[tuple[str, BankHoliday]],
        removed: Sequence[tuple[str, date]],
        faults: Iterable[Fault] = (),
    ) -> WorkingDayCalendar:
        """:meth:`with_changes`, with the place of each change, and the faults met in reading them."""
        outside: list[Fault] = []
        for where, day in (*removed, *((where, holiday.date) for where, holiday in added)):
            try:
                self._inside(day)  # which also works out the projected years, if the change lies there
            except CalendarRangeError as problem:
                outside += [evolve(fault, location=where) for fault in problem.faults]
        wrong = [*faults, *self._wrong_changes(added, removed)]
        if wrong:
            raise WrongValueError(*wrong, *outside)
        if outside:
            raise CalendarRangeError(*outside)
        if not added and not removed:
            return self
        holidays, days = [holiday for _, holiday in added], [day for _, day in removed]
        left = {day: holiday for day, holiday in self._holidays.items() if day not in days}
        changes = sorted(map(repr, holidays)), sorted(days)
        return self._with(
            [holiday for holiday in (*left.values(), *holidays) if not holiday.projected],
            f"{self.version}, changed ({_mark(changes)})",
            project=partial(_without, self._project, frozenset(days)) if self._project else None,
        )

    def _wrong_changes(
        self, added: Iterable[tuple[str, BankHoliday]], removed: Iterable[tuple[str, date]]
    ) -> Iterator[Fault]:
        """A fault for every day to be removed that is no holiday, and every one to be added that is."""
        left = dict(self._holidays)
        for where, day in removed:
            if self.covers(day) and left.pop(day, None) is None:
                yield faults.NOT_A_HOLIDAY.at(where, day=format_date(day))
        for where, holiday in added:
            if holiday.date in left:
                title = left[holiday.date].title
                yield faults.HOLIDAY_ALREADY.at(where, day=format_date(holiday.date), title=title)
            left.setdefault(holiday.date, holiday)

    def _with(
        self,
        holidays: Iterable[BankHoliday],
        version: str,
        project: Callable[[int], Iterable[BankHoliday]] | None = None,
    ) -> WorkingDayCalendar:
        return WorkingDayCalendar(
            holidays,
            first_year=self.first_day.year,
            last_year=self.last_proclaimed_year,
            version=version,
            project=project or self._project,
        )

    # --- the tables -------------------------------------------------------------------------------------------

    def _inside(self, day: Moment) -> date:
        """The civil date, if it lies inside the calendar, with the tables built that far."""
        day = civil_date(day)
        if day not in self._ranks:
            if not self.covers(day):
                raise self._outside(format_date(day))
            self._build(date(self.last_proclaimed_year, 12, 31))
            if day not in self._ranks:
                self._extend()
        return day

    def _extend(self) -> None:
        """Add the projected years to the tables, once."""
        if self._project is not None and self.last_day not in self._ranks:
            years = range(self.last_proclaimed_year + 1, self.last_day.year + 1)
            projected = {holiday.date: holiday for year in years for holiday in self._project(year)}
            holidays = {**projected, **self._listed}
            self._holidays = {day: holidays[day] for day in sorted(holidays)}
            self._build(self.last_day)

    def _build(self, last: date) -> None:
        # The ranks go in last: whoever finds a rank must find the day it leads to, in another thread too.
        ranks, self._working = _tables(self.first_day, last, frozenset(self._holidays))
        self._ranks = ranks

    def _outside(self, day: str) -> CalendarRangeError:
        return CalendarRangeError(
            faults.OUTSIDE_THE_CALENDAR.at(day=day, first=format_date(self.first_day), last=format_date(self.last_day))
        )


@lru_cache(maxsize=16)  # calendars as known on different days mostly have the same holidays
def _tables(first: date, last: date, holidays: frozenset[date]) -> tuple[dict[date, int], list[date]]:
    """How many working days there have been up to each day, and the working days so numbered, from one."""
    ranks: dict[date, int] = {}
    working, rank = [first], 0  # no working day has the number 0
    day, one = first, timedelta(days=1)
    while day <= last:
        if day.weekday() < 5 and day not in holidays:
            rank += 1
            working.append(day)
        ranks[day] = rank
        day += one
    return ranks, working


def _within(places: NDArray[Any], bounds: tuple[int, int]) -> bool:
    return bool(bounds[0] <= places.min() and places.max() <= bounds[1])


@lru_cache(maxsize=16)
def _arrays(first: date, number: int, holidays: frozenset[date]) -> DayTables:
    """The same tables as numpy has them."""
    return DayTables.of(*_tables(first, first + timedelta(days=number - 1), holidays))


def _without(
    project: Callable[[int], Iterable[BankHoliday]], removed: frozenset[date], year: int
) -> Iterator[BankHoliday]:
    return (holiday for holiday in project(year) if holiday.date not in removed)


def _mark(content: object) -> str:
    """A short mark that differs where the content differs."""
    return sha256(repr(content).encode()).hexdigest()[:8]


# --- what callers pass ------------------------------------------------------------------------------------------


def _whole(value: object, otherwise: FaultTemplate) -> int:
    """A whole number, of Python or of numpy; True and False are not numbers here."""
    if not isinstance(value, bool):
        try:
            return operator.index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise WrongTypeError(otherwise.at(given=value))


def _number(days: object, opposite: str) -> int:
    number = _whole(days, faults.WHOLE_NUMBER_OF_DAYS_NEEDED)
    if number < 0:
        raise WrongValueError(faults.NEGATIVE_DAYS.at(number=number, opposite=opposite))
    return number


def _spell_days(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


def _as_holidays(add: Mapping[date, str] | Iterable[BankHoliday]) -> tuple[BankHoliday, ...]:
    if not isinstance(add, Mapping):
        for holiday in (days := need_list(add, "add", "Pass {date: title} or BankHoliday objects.")):
            if not isinstance(holiday, BankHoliday):
                raise WrongTypeError(faults.BANK_HOLIDAY_NEEDED.at(given=holiday))
        return days
    for title in add.values():
        if not isinstance(title, str):
            raise WrongTypeError(faults.TITLE_NEEDED.at(given=title))
    return tuple(BankHoliday(date=day, title=title, source="override") for day, title in add.items())


def _as_days(remove: Iterable[Moment]) -> tuple[date, ...]:
    return tuple(civil_date(day, "remove") for day in need_list(remove, "remove", "Pass [date, …]."))
