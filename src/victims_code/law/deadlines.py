"""The kinds of time limit a duty can have, each its own class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen, validators

from victims_code.arguments import class_checked_if_it_fails
from victims_code.dates import add_months, add_years
from victims_code.printable import one_line_repr

if TYPE_CHECKING:
    from victims_code.working_days import WorkingDayCalendar


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAY = "working-day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class After(StrEnum):
    """What starts the clock: the event itself, or its receipt by the body that owes the duty."""

    EVENT = "event"
    RECEIVED = "received"


@class_checked_if_it_fails
@frozen(kw_only=True)
class Within:
    """At most so many units after the event or its receipt. Months and years end on the last day of a shorter month."""

    within: int = field(validator=validators.ge(1))
    unit: Unit
    after: After = After.EVENT

    @property
    def words(self) -> str:
        """The limit as people say it.

        >>> Within(within=5, unit=Unit.WORKING_DAY, after=After.RECEIVED).words
        'within 5 working days of receiving it'
        """
        unit = self.unit.value.replace("-", " ") + ("" if self.within == 1 else "s")
        return f"within {self.within} {unit} of {'it' if self.after is After.EVENT else 'receiving it'}"


def due_date(start: date, count: int, unit: Unit, calendar: WorkingDayCalendar) -> date:
    """The last day in time of a limit whose clock starts on ``start``; that day itself is not counted."""
    if unit is _WORKING_DAY:
        return calendar.add(start, count)
    return _ENDS[unit](start, count)


_ENDS: dict[Unit, Callable[[date, int], date]] = {
    Unit.DAY: lambda start, count: start + timedelta(days=count),
    Unit.MONTH: add_months,
    Unit.YEAR: add_years,
}
# Looking a member up in its class takes as long as counting the days, on Python 3.11.
_WORKING_DAY = Unit.WORKING_DAY


@class_checked_if_it_fails
@frozen(kw_only=True)
class Every:
    """Again and again, once in every so many units, until one of the events in ``until`` falls.

    Each period is an obligation of its own; see the reading *monthly-updates*. Periods are counted from the event that
    starts the duty, and end on the last day of a shorter month.
    """

    every: int = field(validator=validators.ge(1))
    unit: Unit
    until: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The limit as people say it.

        >>> Every(every=1, unit=Unit.MONTH).words
        'once every month'
        >>> Every(every=2, unit=Unit.MONTH, until=("suspect-charged", "investigation-ended")).words
        'once every 2 months, until: suspect charged or investigation ended'
        """
        unit = self.unit.value.replace("-", " ")
        often = unit if self.every == 1 else f"{self.every} {unit}s"
        ends = f", until: {' or '.join(name.replace('-', ' ') for name in self.until)}" if self.until else ""
        return f"once every {often}{ends}"


@frozen(kw_only=True)
class Before:
    """At the latest on the day of an event that is still to come."""

    before: str

    @property
    def words(self) -> str:
        """The limit as people say it."""
        return f"before: {self.before.replace('-', ' ')}"


@frozen(kw_only=True)
class AsAgreed:
    """As agreed with the victim; the Code gives no number."""

    as_agreed: str

    @property
    def words(self) -> str:
        """The limit as people say it."""
        return f"as agreed {self.as_agreed}"


@frozen(kw_only=True)
class Promptly:
    """Words without a number, or no words at all. Never turned into a date."""

    promptly: str | None = None

    @property
    def words(self) -> str:
        """The words of the limit, or that there are none."""
        return self.promptly or "no time stated"


Limit = Within | Every | Before | AsAgreed | Promptly
"""Any of the kinds of time limit."""


@frozen(kw_only=True)
class Limits:
    """The limit of a duty: one for everyone, or a standard and an enhanced one."""

    standard: Limit
    enhanced: Limit
    single: bool = field(init=False, eq=False, repr=False)
    """Whether the same limit holds for everyone."""

    __repr__ = one_line_repr("{0.standard}, enhanced: {0.enhanced}")

    @single.default
    def _single(self) -> bool:
        return self.standard == self.enhanced
