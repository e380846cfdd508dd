"""Schemes beyond the Code: what a victim may do, until when, and what the deciding body then owes."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from attrs import field, frozen, validators

from victims_code.conditions import Condition
from victims_code.law.deadlines import Unit
from victims_code.reading.sources import Citation, Evidence

__all__ = ["CountedFrom", "Ending", "InTimeWhen", "OpenTo", "Opening", "Scheme", "SchemeLimit", "SchemeService"]


class CountedFrom(StrEnum):
    """What starts the clock of a limit.

    ``opening``: what opened the window; ``last-opening``: the last of the events that opened it together; ``told``:
    the victim being told of it; ``received``: its receipt; ``event``: another event, named by the limit.
    """

    OPENING = "opening"
    LAST_OPENING = "last-opening"
    TOLD = "told"
    RECEIVED = "received"
    EVENT = "event"


class OpenTo(StrEnum):
    """Who may ask: ``entitled`` people, who receive the Rights of the Code, or ``anyone``."""

    ENTITLED = "entitled"
    ANYONE = "anyone"


class InTimeWhen(StrEnum):
    """Which day of a request decides whether it is in time: the day it was ``made`` or the day it was ``received``."""

    MADE = "made"
    RECEIVED = "received"


@frozen(kw_only=True)
class Opening:
    """One way a window opens: with an event, or without one on the day of the offence.

    ``event`` ``any`` means the first event on record: the victim may act from the outset. ``together`` means that all
    events of that name about one suspect open one window, from the first of them.
    """

    event: str | None = None
    together: bool = False
    when: Condition | None = None


@frozen(kw_only=True)
class Ending:
    """An event still to come that closes a window.

    ``for_each`` names an event that brings in suspects: a window that concerns no one suspect closes only once the
    ending has come for all of them. ``offence_over_by`` names the events that end an offence: the window stays open
    while one of several offences against the victim has none of them (reading *the-last-of-several-counts*).
    """

    event: str
    words: str
    for_each: str | None = None
    offence_over_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class SchemeLimit:
    """One time limit of a scheme, or one route where routes differ, with the days it is law for.

    ``since`` and ``until`` bound the day the window opens. The limit ends ``within`` so many units of what it is
    ``counted_from``, or on the birthday ``until_age``, or with the event ``ends_with``; with none of these the rule has
    no number that is known. ``comes_first`` says that the counted event cannot come after the opening. A limit that is
    not ``binding`` is when to ask by in the ordinary course; the window stays open until a binding one. With
    ``last_working_day`` a limit that ends on another day ends on the working day before it. ``until_hour`` is the hour
    of the last day, London time, after which a request is late.
    """

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    within: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    unit: Unit = Unit.DAY
    counted_from: CountedFrom = CountedFrom.OPENING
    event: str | None = None
    comes_first: bool = False
    until_age: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    ends_with: Ending | None = None
    last_working_day: bool = False
    until_hour: time | None = None
    binding: bool = True
    since: date | None = None
    until: date | None = None
    applies_when: Condition | None = None
    readings: tuple[str, ...] = ()
    note: str | None = None

    def is_law_on(self, day: date | None) -> bool:
        """Whether the limit is law for windows that open on a day; None, for a day that is not known, leaves it open.

        >>> from victims_code.law import load_law
        >>> limits = load_law().schemes["ombudsman"].limits
        >>> [limit.id for limit in limits if limit.is_law_on(date(2025, 1, 28))]
        ['through-a-member-of-parliament']
        """
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@frozen(kw_only=True)
class SchemeService:
    """A time limit of the body that decides, which runs once the victim has asked."""

    id: str
    title: str
    owed_by: tuple[str, ...]
    after: str
    done_by: str
    within: int = field(validator=validators.ge(1))
    unit: Unit
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Scheme:
    """Something a victim may ask for, who decides it, what it needs, and its limits.

    ``open_to`` is who may ask. ``since`` and ``until`` are the first and last day of what a window opens with,
    ``applications_since`` the first day on which a request comes under the scheme, ``applies_when`` what the scheme
    asks of the person or the case, ``taken_up_by`` the event that shows that the victim has acted, ``in_time_when``
    the day of it that counts.
    """

    id: str
    title: str
    decided_by: str
    needs: str
    open_to: OpenTo
    opens: tuple[Opening, ...]
    limits: tuple[SchemeLimit, ...]
    evidence: Evidence
    cites: tuple[Citation, ...]
    since: date | None = None
    until: date | None = None
    applications_since: date | None = None
    applies_when: Condition | None = None
    taken_up_by: str | None = None
    in_time_when: InTimeWhen = InTimeWhen.MADE
    services: tuple[SchemeService, ...] = ()
    readings: tuple[str, ...] = ()
    note: str | None = None

    def is_law_on(self, day: date | None) -> bool:
        """Whether the scheme covers what happened on a day; None, for a day that is not known, leaves it open."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))
