"""Bank holidays, and calendars and overrides read from files, strictly and with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from victims_code import faults
from victims_code.dates import civil_date, format_date
from victims_code.errors import VictimsCodeError, WrongValueError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.data_files import DataFile, Placed
from victims_code.reading.documents import Keys, read_document
from victims_code.reading.partial import each, readable
from victims_code.reading.sources import Evidence

_Day: TypeAlias = date  # the field `date` of a class below would hide the type
_SATURDAY = 5
PROJECTED = "projected by rule"
"""The source of a holiday that was worked out and is not yet proclaimed."""


@frozen(kw_only=True)
class BankHoliday:
    """A day off for the whole of England and Wales, or one added by an override.

    ``source`` says what the day rests on. ``announced`` is the day a one-off or moved holiday became known, and
    ``announced_source`` what that rests on; without it the day counts as always known. ``moved_from`` is the day the
    holiday would otherwise have fallen on, ``substitute_for`` the weekend day it stands in for.

    >>> BankHoliday(date=date(2026, 12, 28), title="Boxing Day", source="govuk-bank-holidays",
    ...             substitute_for=date(2026, 12, 26)).reason
    'Boxing Day (substitute day)'
    """

    date: _Day = field(converter=civil_date)
    title: str
    source: str
    announced: _Day | None = field(default=None, converter=optional(civil_date))
    announced_source: str | None = field(default=None, metadata={"key": "announced-source"})
    moved_from: _Day | None = field(default=None, converter=optional(civil_date), metadata={"key": "moved-from"})
    substitute_for: _Day | None = field(
        default=None, converter=optional(civil_date), metadata={"key": "substitute-for"}
    )

    @property
    def projected(self) -> bool:
        """Whether the day was worked out by rule and is not yet proclaimed."""
        return self.source == PROJECTED

    @property
    def reason(self) -> str:
        """The title, saying so if this is a substitute day."""
        return self.title if self.substitute_for is None else f"{self.title} (substitute day)"


def was_known(holiday: BankHoliday, on: date) -> bool:
    """Whether a holiday was known on a day; one without a day of announcement always was."""
    return holiday.announced is None or holiday.announced <= on


@frozen(kw_only=True)
class _Covers:
    from_: date = field(metadata={"key": "from"})
    to: date


@frozen(kw_only=True)
class _CalendarSource:
    id: str
    title: str
    publisher: str
    evidence: Evidence
    url: str | None = None
    read: str | None = None


@frozen(kw_only=True)
class CalendarFile:
    """A dated list of holidays, the years it covers, and its sources."""

    version: str
    covers: _Covers
    sources: tuple[_CalendarSource, ...]
    holidays: tuple[BankHoliday, ...]


@frozen(kw_only=True)
class _Removal:
    date: _Day
    source: str
    title: str = ""
    announced: _Day | None = None


@frozen(kw_only=True)
class _OverridesFile:
    """Days to add to a calendar and days to take out."""

    add: tuple[BankHoliday, ...] = ()
    remove: tuple[_Removal, ...] = ()


@frozen(kw_only=True)
class Overrides:
    """The changes of a file of overrides of which the day could be read, each with its place, and its faults."""

    add: tuple[tuple[str, BankHoliday], ...]
    remove: tuple[tuple[str, date], ...]
    faults: tuple[Fault, ...]


def read_overrides(path: Path, known: date | None) -> Overrides:
    """The overrides in a file.

    :param known: leave out the removals that were announced later: on that day they had not happened yet.
    :raises WrongValueError: if nothing of the file can be read.
    """
    file = DataFile(document=read_document(path, error=WrongValueError), error=WrongValueError)
    file.read(_OverridesFile, file.document.data)
    if not file.placed:
        file.finish()
    read = file.placed[0].thing
    added = dict(readable(each(read, "add")))
    announced = readable(each(read, "remove", "announced"))
    later = set() if known is None else {n for n, day in announced if day is not None and day > known}
    return Overrides(
        add=tuple((file.document.where(("add", n)), added[n]) for n, _ in readable(each(read, "add", "date"))),
        remove=tuple(
            (file.document.where(("remove", n)), day)
            for n, day in readable(each(read, "remove", "date"))
            if n not in later
        ),
        faults=tuple(file.faults),
    )


def read_calendar(path: Path, error: type[VictimsCodeError]) -> CalendarFile:
    """The calendar in a file.

    :raises VictimsCodeError: of class ``error``, with every fault of the file.
    """
    file = DataFile(document=read_document(path, error=error), error=error)
    calendar = file.read(CalendarFile, file.document.data)
    for item in file.placed:
        for check in (_whole_years, _days_are_covered, _days_are_in_order, _sources_are_listed):
            file.faults.extend(readable(check(item, item.thing)))
        for n, holiday in readable(each(item.thing, "holidays")):
            for check_day in (_announced_before, _in_place_of_a_weekend):
                file.faults.extend(readable(check_day(item, ("holidays", n), holiday)))
    file.finish()
    assert calendar is not None
    return calendar


def _whole_years(item: Placed, file: CalendarFile) -> Iterator[Fault]:
    covers = file.covers
    if (covers.from_.month, covers.from_.day, covers.to.month, covers.to.day) != (1, 1, 12, 31):
        yield item.placed(("covers",), faults.CALENDAR_OF_PART_YEARS.at())


def _days_are_covered(item: Placed, file: CalendarFile) -> Iterator[Fault]:
    first, last = file.covers.from_, file.covers.to
    for n, day in each(file, "holidays", "date"):
        if not first <= day <= last:
            yield item.placed(("holidays", n, "date"), faults.HOLIDAY_OUTSIDE_THE_FILE.at(day=format_date(day)))


def _days_are_in_order(item: Placed, file: CalendarFile) -> Iterator[Fault]:
    for (_, before), (n, day) in pairwise(each(file, "holidays", "date")):
        keys: Keys = ("holidays", n, "date")
        if day == before:
            yield item.placed(keys, faults.HOLIDAY_LISTED_TWICE.at(day=format_date(day)))
        elif day < before:
            yield item.placed(keys, faults.HOLIDAYS_OUT_OF_ORDER.at(day=format_date(day), before=format_date(before)))


def _sources_are_listed(item: Placed, file: CalendarFile) -> Iterator[Fault]:
    listed = [source.id for source in file.sources]
    for name in ("source", "announced_source"):
        for n, source in each(file, "holidays", name):
            if source is not None and source not in listed:
                nearest = did_you_mean(source, listed, listing="Listed sources")
                keys: Keys = ("holidays", n, name.replace("_", "-"))
                yield item.placed(keys, faults.SOURCE_NOT_LISTED.at(source=source, nearest=nearest))


def _announced_before(item: Placed, keys: Keys, holiday: BankHoliday) -> Iterator[Fault]:
    if holiday.announced is not None and holiday.announced > holiday.date:
        day = format_date(holiday.date)
        yield item.placed((*keys, "announced"), faults.HOLIDAY_ANNOUNCED_TOO_LATE.at(day=day))


def _in_place_of_a_weekend(item: Placed, keys: Keys, holiday: BankHoliday) -> Iterator[Fault]:
    if holiday.substitute_for is not None and holiday.substitute_for.weekday() < _SATURDAY:
        day = format_date(holiday.substitute_for)
        yield item.placed((*keys, "substitute-for"), faults.SUBSTITUTE_FOR_A_WEEKDAY.at(day=day))
