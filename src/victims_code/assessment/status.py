"""The status of an obligation at the date of assessment."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from victims_code.assessment.clock import Reckoning

__all__ = ["Status", "Track", "status_of"]


class Status(StrEnum):
    """Where an obligation stands at the date of assessment."""

    NOT_YET_DUE = "not-yet-due"
    DUE_TODAY = "due-today"
    MET = "met"
    MET_LATE = "met-late"
    OVERDUE = "overdue"
    UNDATED = "undated"
    SUSPENDED = "suspended"
    CANNOT_TELL = "cannot-tell"


class Track(StrEnum):
    """Which limit applies: ``single`` where the same one holds for everybody, ``unknown`` where facts are missing."""

    STANDARD = "standard"
    ENHANCED = "enhanced"
    UNKNOWN = "unknown"
    SINGLE = "single"


def status_of(reckoning: Reckoning, discharged_on: date | None, as_at: date) -> Status:
    """The status under one limit, when it is certain that the duty is owed."""
    if reckoning.floor is not None:
        return _awaiting_receipt(reckoning.floor, discharged_on, as_at)
    if reckoning.due_on is None:
        return Status.MET if discharged_on else Status.UNDATED
    if discharged_on is not None:
        return Status.MET if discharged_on <= reckoning.due_on else Status.MET_LATE
    if as_at == reckoning.due_on:
        return Status.DUE_TODAY
    return Status.NOT_YET_DUE if as_at < reckoning.due_on else Status.OVERDUE


def _awaiting_receipt(floor: date, discharged_on: date | None, as_at: date) -> Status:
    """The status that holds whenever the receipt was, from the day of the event on (reading *after-receipt*)."""
    if discharged_on is not None:
        return Status.MET if discharged_on <= floor else Status.CANNOT_TELL
    return Status.NOT_YET_DUE if as_at < floor else Status.CANNOT_TELL
