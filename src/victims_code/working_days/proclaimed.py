"""The calendar of England and Wales: the list that ships with the package, changes to it, and what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from victims_code.arguments import need_path
from victims_code.dates import Moment, civil_date
from victims_code.errors import LawDataError
from victims_code.reading.compiled import read_compiled
from victims_code.reading.data_files import data_folder
from victims_code.working_days.calendar import WorkingDayCalendar
from victims_code.working_days.files import BankHoliday, CalendarFile, read_calendar, read_overrides
from victims_code.working_days.projection import projected


def england_and_wales(
    *,
    known_on: Moment | None = None,
    add: Mapping[date, str] | Iterable[BankHoliday] = (),
    remove: Iterable[Moment] = (),
    overrides: str | Path | None = None,
) -> WorkingDayCalendar:
    """The working days of England and Wales from 1990; years after the last proclaimed one are projected.

    The changes are made to the calendar of today; ``known_on`` then winds it back.

    :param known_on: the calendar as it was known on this day.
    :param add: days off to add, as a mapping of dates to titles or as :class:`BankHoliday` objects.
    :param remove: the dates of holidays to take out.
    :param overrides: a YAML or JSON file with lists ``add`` and ``remove`` of entries with ``date``, ``title``,
        ``source`` and ``announced``; a day to be removed needs ``date`` and ``source``.
    :raises WrongTypeError: if something is not a date, a title or a :class:`BankHoliday`.
    :raises WrongValueError: if a change makes no sense, or the file of overrides has faults; all at once.
    :raises CalendarRangeError: if a change lies outside the calendar.

    >>> england_and_wales(known_on=date(2022, 9, 1)).add(date(2022, 9, 16), 1)
    datetime.date(2022, 9, 19)
    >>> england_and_wales(add={date(2026, 4, 7): "Office closed"}).why_not(date(2026, 4, 7))
    'Office closed'
    """
    known = None if known_on is None else civil_date(known_on)
    calendar = _england_and_wales()
    if overrides is not None:
        given = read_overrides(need_path(overrides, "overrides"), known)
        calendar = calendar._changed(given.add, given.remove, given.faults)
    calendar = calendar.with_changes(add=add, remove=remove)
    if known is None:
        return calendar
    return _known_on(known) if calendar is _england_and_wales() else calendar.as_known_on(known)


def proclaimed() -> CalendarFile:
    """The list of holidays that ships with the package."""
    compiled: CalendarFile | None = read_compiled("calendar")
    if compiled is not None:
        return compiled
    return read_calendar(data_folder() / "calendars" / "england-and-wales.yaml", LawDataError)


@cache
def _england_and_wales() -> WorkingDayCalendar:
    file = proclaimed()
    return WorkingDayCalendar(
        file.holidays,
        first_year=file.covers.from_.year,
        last_year=file.covers.to.year,
        version=f"england-and-wales {file.version}",
        project=projected,
    )


@lru_cache(maxsize=128)
def _known_on(day: date) -> WorkingDayCalendar:
    return _england_and_wales().as_known_on(day)
