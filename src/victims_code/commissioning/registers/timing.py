"""Where something that has a last day stands on a day, and the lists of words that registers use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from attrs import frozen

from victims_code.law import load_law
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.sources import Sourced
from victims_code.vocabulary import load_vocabulary


class Timing(StrEnum):
    """Whether something was done by its last day."""

    IN_TIME = "in-time"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not-yet-due"
    NOT_KNOWN = "not-known"

    @property
    def in_words(self) -> str:
        """The word as people write it.

        >>> Timing.NOT_YET_DUE.in_words
        'not yet due'
        """
        return self.value.replace("-", " ")


def timing(due_on: date | None, done_on: date | None, on: date) -> Timing:
    """Whether something was done by its last day, as far as it was known on a day.

    Without a last day it is not known, also once it is done.

    >>> timing(date(2026, 5, 8), date(2026, 5, 11), date(2026, 5, 9)).value
    'overdue'
    >>> timing(date(2026, 5, 8), date(2026, 5, 11), date(2026, 5, 11)).value
    'late'
    """
    if due_on is None:
        return Timing.NOT_KNOWN
    if done_on is not None and done_on <= on:
        return Timing.IN_TIME if done_on <= due_on else Timing.LATE
    return Timing.OVERDUE if due_on < on else Timing.NOT_YET_DUE


def done_by(done_on: date | None, on: date) -> bool:
    """Whether something had been done on a day."""
    return done_on is not None and done_on <= on


@frozen(kw_only=True)
class ComplaintTerms(Sourced):
    """The duties of the Code on complaints, and who owes them by agreement where no edition binds them."""

    acknowledge: str
    forward: str
    escalate: str
    owed_by_agreement: tuple[str, ...]


@frozen(kw_only=True)
class RegisterWords(Sourced):
    """The words of the registers, and what they take from the Code."""

    complaints: ComplaintTerms
    themes: tuple[Word, ...]
    channels: tuple[Word, ...]


@cache
def register_words() -> RegisterWords:
    """The words of the registers.

    :raises LawDataError: if the data is broken.
    """
    file = DataFile.open("commissioning/registers.yaml")
    read = file.one(RegisterWords)
    known = {duty for edition in load_law().editions.values() for duty in edition.duties}
    for key in ("acknowledge", "forward", "escalate"):
        file.unknown(("complaints", key), "duty", getattr(read.complaints, key), known)
    for n, body in enumerate(read.complaints.owed_by_agreement):
        file.unknown(("complaints", "owed_by_agreement", n), "body", body, load_vocabulary().bodies)
    file.finish()
    return read


def themes() -> Mapping[str, str]:
    """What complaints and feedback can be about, by identifier with the title."""
    return {one.id: one.title for one in register_words().themes}


def channels() -> Mapping[str, str]:
    """How feedback comes in, by identifier with the title."""
    return {one.id: one.title for one in register_words().channels}


def bodies() -> Mapping[str, str]:
    """The bodies of the vocabulary, by identifier with the title."""
    return {one.id: one.title for one in load_vocabulary().bodies.values()}
