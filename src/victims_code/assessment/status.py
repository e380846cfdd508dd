"""The status of an obligation, or of a window, at the date of assessment."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from victims_code.vocabulary import Status, Track

if TYPE_CHECKING:
    from victims_code.assessment.clock import Clock


class Urgency(StrEnum):
    """How soon something undone is to be done, counted from the last day on which it is certainly in time.

    ``act-now``: that day has passed, and nothing shows whether it is late already. ``due-soon``: within five working
    days, or as many as asked for.
    """

    OVERDUE = "overdue"
    ACT_NOW = "act-now"
    DUE_TODAY = "due-today"
    DUE_SOON = "due-soon"
    LATER = "later"


class WindowState(StrEnum):
    """Whether the victim can still act; ``unknown`` where limits disagree or facts are missing."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


# Looking a member up in its class is slow on Python 3.11, and these are asked for once or more an obligation.
NOT_YET_DUE, DUE_TODAY, MET, MET_LATE = Status.NOT_YET_DUE, Status.DUE_TODAY, Status.MET, Status.MET_LATE
OVERDUE, UNDATED, SUSPENDED, CANNOT_TELL = Status.OVERDUE, Status.UNDATED, Status.SUSPENDED, Status.CANNOT_TELL
STANDARD, ENHANCED, UNKNOWN, SINGLE = Track.STANDARD, Track.ENHANCED, Track.UNKNOWN, Track.SINGLE


def status_of(clock_run: Clock, discharged_on: date | None, as_at: date) -> Status:
    """The status under one limit, when it is certain that the duty is owed."""
    if clock_run.floor is not None:
        return _awaiting_receipt(clock_run.floor, discharged_on, as_at)
    if clock_run.due_on is None:
        return MET if discharged_on else UNDATED
    if discharged_on is not None:
        return MET if discharged_on <= clock_run.due_on else MET_LATE
    if as_at == clock_run.due_on:
        return DUE_TODAY
    return NOT_YET_DUE if as_at < clock_run.due_on else OVERDUE


def _awaiting_receipt(floor: date, discharged_on: date | None, as_at: date) -> Status:
    """The status that holds whenever the receipt was, from the day of the event on (reading *after-receipt*)."""
    if discharged_on is not None:
        return MET if discharged_on <= floor else CANNOT_TELL
    return NOT_YET_DUE if as_at < floor else CANNOT_TELL
