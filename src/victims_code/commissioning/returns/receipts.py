"""Which returns came, on which day, and how many working days late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.records import CommissioningRecord, Typed
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.validators import in_order
from victims_code.dates import format_date
from victims_code.figures import ReportingPeriod
from victims_code.figures.periods import PeriodLabel
from victims_code.working_days import WorkingDayCalendar


@frozen(kw_only=True)
class Receipt(CommissioningRecord):
    """A return that came. One that was ``sent_back`` is owed again.

    :param file: the name of the file, so that it can be found again.

    >>> Receipt(provider="harbour", period="Q1 2025/26", received=date(2025, 7, 24)).period
    '2025-26 Q1'
    """

    provider: str
    period: PeriodLabel
    received: date
    file: str | None = None
    sent_back: date | None = None
    note: str | None = None

    checks = (in_order("received", "sent_back"),)

    @property
    def days(self) -> ReportingPeriod:
        """The period as days."""
        return ReportingPeriod.parse(self.period)


class ReturnState(StrEnum):
    """Whether a return came, and whether in time. ``no-day-set``: its period is over and no agreement sets a day."""

    RECEIVED = "received"
    RECEIVED_LATE = "received-late"
    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    NO_DAY_SET = "no-day-set"
    NOT_YET_DUE = "not-yet-due"


_OPEN = (ReturnState.OVERDUE, ReturnState.DUE_TODAY, ReturnState.NO_DAY_SET, ReturnState.NOT_YET_DUE)


@frozen(kw_only=True)
class ReturnStatus(Typed):
    """Whether one return came, as known on a day.

    :param received: the day on which it came to be kept; None if it has not, or was sent back.
    :param sent_back: the day on which it was last sent back.
    :param working_days_late: working days after the due date on which it came, or that have passed without it; None
        where there is no due date.
    """

    provider: str
    name: str
    period: ReportingPeriod
    due: date | None
    received: date | None
    sent_back: date | None
    state: ReturnState
    working_days_late: int | None

    @classmethod
    @checked
    def of(
        cls,
        *,
        provider: str,
        name: str,
        period: ReportingPeriod,
        due: date | None,
        receipts: Iterable[Receipt],
        on: date,
        calendar: WorkingDayCalendar,
    ) -> ReturnStatus:
        """The status that some receipts of a return make on a day; what came later is not known then."""
        known = sorted((one for one in receipts if one.received <= on), key=lambda one: one.received)
        back = [one.sent_back for one in known if one.sent_back is not None and one.sent_back <= on]
        kept = [one.received for one in known if one.sent_back is None or one.sent_back > on]
        received = kept[0] if kept else None
        late = None if due is None else max(0, calendar.count(due, received or on))
        return cls(
            provider=provider,
            name=name,
            period=period,
            due=due,
            received=received,
            sent_back=max(back, default=None),
            state=_state(period, due, received, on),
            working_days_late=late,
        )

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.state in _OPEN

    @property
    def is_asked_for(self) -> bool:
        """Whether it has not come, and its provider is to be reminded: its day is there, or its period is over."""
        return self.is_open and self.state is not ReturnState.NOT_YET_DUE

    @property
    def in_words(self) -> str:
        """The status in a sentence.

        >>> from victims_code.working_days import england_and_wales
        >>> came = Receipt(provider="harbour", period="2025-26 Q1", received=date(2025, 7, 24))
        >>> print(ReturnStatus.of(provider="harbour", name="Harbour", period=came.days, due=date(2025, 7, 21),
        ...     receipts=[came], on=date(2025, 8, 1), calendar=england_and_wales()).in_words)
        Received on Thursday 24 July 2025, 3 working days late.
        """
        back = "" if self.sent_back is None else f" It was sent back on {format_date(self.sent_back)}."
        days = f"{self.working_days_late} working day{'' if self.working_days_late == 1 else 's'}"
        due = "" if self.due is None else format_date(self.due)
        if self.received is not None:
            late = {ReturnState.RECEIVED_LATE: f", {days} late"}.get(self.state, "")
            known = "" if self.due is not None else " No agreement says by when it was due."
            return f"Received on {format_date(self.received)}{late}.{known}"
        said = {
            ReturnState.OVERDUE: f"Not received. It was due on {due}: {days} overdue.",
            ReturnState.DUE_TODAY: f"Not received. It is due today, {due}.",
            ReturnState.NO_DAY_SET: "Not received. Its period is over; no agreement says by when it is due.",
            ReturnState.NOT_YET_DUE: f"Due on {due}." if due else "Its period is not over.",
        }
        return said[self.state] + back

    def to_dict(self) -> dict[str, str | int | None]:
        """The status as plain values."""
        days = {name: getattr(self, name) for name in ("due", "received", "sent_back")}
        return {
            "provider": self.provider,
            "name": self.name,
            "period": self.period.label,
            "state": self.state.value,
            "working_days_late": self.working_days_late,
            **{name: None if day is None else day.isoformat() for name, day in days.items()},
        }


def receipts_of(lines: Iterable[ReportedLine], on: date) -> Iterator[Receipt]:
    """A receipt for each return that some lines are of."""
    for provider, period, source in dict.fromkeys((line.provider, line.period, line.source) for line in lines):
        yield Receipt(provider=provider, period=period.label, received=on, file=source or None)


def _state(period: ReportingPeriod, due: date | None, received: date | None, on: date) -> ReturnState:
    if received is not None:
        return ReturnState.RECEIVED if due is None or received <= due else ReturnState.RECEIVED_LATE
    if due is None:
        return ReturnState.NO_DAY_SET if period.last < on else ReturnState.NOT_YET_DUE
    if due == on:
        return ReturnState.DUE_TODAY
    return ReturnState.OVERDUE if due < on else ReturnState.NOT_YET_DUE
