"""A duty as an edition of the Code states it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from victims_code.conditions import Condition
from victims_code.law.deadlines import Every, Limits, Within
from victims_code.printable import one_line_repr
from victims_code.reading.sources import Sourced


class Force(StrEnum):
    """How strongly the Code puts the duty."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Declinable(StrEnum):
    """What the victim can decline so that the duty is suspended: all updates, or this service."""

    UPDATES = "updates"
    SERVICE = "service"


class Occurrence(StrEnum):
    """Which events of a name start the duty: the first on record for a suspect, or all the later ones."""

    FIRST = "first"
    LATER = "later"


@frozen(kw_only=True)
class Trigger:
    """What starts the duty. ``event`` ``any`` means the first event on record: the duty holds from the outset.

    Every event of the name starts it, unless ``occurrence`` narrows that to the first for each suspect, or to those
    after it.
    """

    event: str
    each: str | None = None
    occurrence: Occurrence | None = None


@frozen(kw_only=True)
class Discharge:
    """What fulfils the duty.

    ``event`` is the record that counts; ``about`` what it must concern; ``match`` the references that must agree with
    the trigger's. ``receipt`` means the trigger's own receipt fulfils the duty: something was to be passed on, and it
    arrived.
    """

    event: str | None = None
    about: str | None = None
    match: tuple[str, ...] = ()
    receipt: bool = False


@frozen(kw_only=True)
class Duty(Sourced):
    """One duty: who owes what to whom, from when, until when, and on what evidence."""

    id: str
    title: str
    edition: str
    part: str
    force: Force
    owed_by: tuple[str, ...]
    trigger: Trigger
    deadline: Limits
    owed_to: str = "victim"
    applies_when: Condition | None = None
    discharged_by: Discharge | None = None
    declinable: Declinable | None = None
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}, {0.edition}: {0.title}")

    @property
    def dated(self) -> bool:
        """Whether the duty has a number of days or months that a date can be worked out from."""
        return isinstance(self.deadline.standard, Within | Every)

    @property
    def breaks_news(self) -> bool:
        """Whether doing it tells the victim of the very event that started it: until then that event is news to them.

        A duty that an event starts, and which tells of something else, breaks no news of that event: a duty to tell of
        an escape begins with the sentence, of which the victim is told by another.
        """
        return self.discharged_by is not None and self.discharged_by.about == self.trigger.event
