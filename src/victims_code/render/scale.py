"""A scale of days: where a day lies on a picture, and which days are worth a tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from attrs import frozen

from victims_code.dates import spell_short

__all__ = ["Scale", "Tick"]


@frozen(kw_only=True)
class Tick:
    """A line across the picture at the start of a day, and its words."""

    on: date
    label: str


@frozen(kw_only=True)
class Scale:
    """The days from ``first`` to ``last``, both shown whole, between two places.

    >>> scale = Scale(first=date(2026, 4, 1), last=date(2026, 4, 10), left=100, right=200)
    >>> scale.start_of(date(2026, 4, 1)), scale.middle_of(date(2026, 4, 10)), scale.day_width
    (100.0, 195.0, 10.0)
    """

    first: date
    last: date
    left: float
    right: float

    @property
    def day_width(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def start_of(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.day_width

    def end_of(self, day: date) -> float:
        """Where a day ends."""
        return self.start_of(day) + self.day_width

    def middle_of(self, day: date) -> float:
        """Where the middle of a day is."""
        return self.start_of(day) + self.day_width / 2

    def ticks(self, room: float) -> tuple[Tick, ...]:
        """Ticks at least ``room`` apart: at Mondays on a short scale, else at the first of months or years.

        >>> scale = Scale(first=date(2025, 11, 20), last=date(2026, 4, 10), left=0, right=500)
        >>> [tick.label for tick in scale.ticks(60)]
        ['Dec 2025', 'Jan 2026', 'Feb', 'Mar', 'Apr']
        """
        for weeks in (1, 2):
            if weeks * 7 * self.day_width >= room and (self.last - self.first).days <= 92:
                return tuple(self._mondays(weeks))
        for months in (1, 2, 3, 6):
            if months * 30 * self.day_width >= room:
                return tuple(self._months(months))
        years = next(years for years in count(1) if years * 365 * self.day_width >= room)
        return tuple(self._years(years))

    def _mondays(self, weeks: int) -> Iterator[Tick]:
        first = self.first.toordinal() + -self.first.weekday() % 7
        year = None
        for day in map(date.fromordinal, range(first, self.last.toordinal() + 1, 7 * weeks)):
            yield Tick(on=day, label=f"{day.day} {_month(day)}" + (f" {day.year}" if day.year != year else ""))
            year = day.year

    def _months(self, step: int) -> Iterator[Tick]:
        year = None
        for on in self._firsts():
            if (on.month - 1) % step == 0:
                yield Tick(on=on, label=_month(on) + (f" {on.year}" if on.year != year else ""))
                year = on.year

    def _years(self, step: int) -> Iterator[Tick]:
        yield from (Tick(on=on, label=str(on.year)) for on in self._firsts() if on.month == 1 and on.year % step == 0)

    def _firsts(self) -> Iterator[date]:
        for month in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            if (on := date(month // 12, month % 12 + 1, 1)) >= self.first:
                yield on


def _month(day: date) -> str:
    return spell_short(day).split()[2]
