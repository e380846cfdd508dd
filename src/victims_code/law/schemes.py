"""Schemes beyond the Code: what a victim may do, until when, and what the deciding body then owes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time
from enum import StrEnum

from attrs import field, frozen, validators

from victims_code import faults
from victims_code.arguments import class_checked_if_it_fails
from victims_code.conditions import Condition
from victims_code.faults import Fault
from victims_code.law.deadlines import Unit
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import Placed, within
from victims_code.reading.documents import Keys
from victims_code.reading.partial import UnreadError, each, readable
from victims_code.reading.sources import Sourced, Span
from victims_code.vocabulary import load_vocabulary


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


class Shift(StrEnum):
    """To which working day a last day moves that is not one: ``back`` to the one before, ``forward`` to the next."""

    BACK = "back"
    FORWARD = "forward"


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
    ``called_off_by`` names the event after which the ending is not expected any more, if ``called_off_when`` holds
    (reading *statement-without-a-sentence*).
    """

    event: str
    words: str
    for_each: str | None = None
    offence_over_by: tuple[str, ...] = ()
    called_off_by: str | None = None
    called_off_when: Condition | None = field(default=None, repr=False)

    __repr__ = one_line_repr("{0.event}")


@class_checked_if_it_fails
@frozen(kw_only=True)
class SchemeLimit(Sourced, Span):
    """One time limit of a scheme, or one route where routes differ, with the days it is law for.

    ``since`` and ``until`` bound the day the window opens. The limit ends ``within`` so many units of what it is
    ``counted_from``, or on the birthday ``until_age``, or with the event ``ends_with``; with none of these the rule has
    no number that is known. ``comes_first`` says that the counted event cannot come after the opening. A limit that is
    not ``binding`` is when to ask by in the ordinary course; the window stays open until a binding one. ``shift`` moves
    a last day that is not a working day. ``until_hour`` is the hour of the last day, London time, after which a request
    is late. ``belongs_to`` names who must act by the last day, where that is not the victim; the victim is safe to ask
    ``safe_within`` so many of the same units.
    """

    id: str
    title: str
    within: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    unit: Unit = Unit.DAY
    counted_from: CountedFrom = CountedFrom.OPENING
    event: str | None = None
    comes_first: bool = False
    until_age: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    ends_with: Ending | None = None
    shift: Shift | None = None
    until_hour: time | None = None
    belongs_to: str | None = None
    safe_within: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    binding: bool = True
    applies_when: Condition | None = None
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@class_checked_if_it_fails
@frozen(kw_only=True)
class SchemeService(Sourced):
    """A time limit of the body that decides, which runs once the victim has asked."""

    id: str
    title: str
    owed_by: tuple[str, ...]
    after: str
    done_by: str
    within: int = field(validator=validators.ge(1))
    unit: Unit

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class Scheme(Sourced, Span):
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
    applications_since: date | None = None
    applies_when: Condition | None = None
    taken_up_by: str | None = None
    in_time_when: InTimeWhen = InTimeWhen.MADE
    services: tuple[SchemeService, ...] = ()
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


def check_scheme(item: Placed, _names: object = None) -> Iterator[Fault]:
    """Every fault of a scheme beyond its sources, readings and conditions; none of anything else."""
    if not isinstance(item.thing, Scheme):
        return
    for keys, event in _events_of(item.thing):
        yield from item.unknown(keys, "event", event, {"any", *load_vocabulary().events})
    for n, service in readable(each(item.thing, "services")):
        for m, body in readable(each(service, "owed_by")):
            yield from item.unknown(("services", n, "owed_by", m), "body", body, load_vocabulary().bodies)
    yield from readable(_it_opens(item, item.thing))
    for n, limit in readable(each(item.thing, "limits")):
        for check in (
            _it_ends_in_one_way,
            _its_event_is_named,
            _its_last_opening_is_one_of_several,
            _its_safe_day_comes_first,
        ):
            yield from readable(check(item, n, limit))


def _events_of(scheme: Scheme) -> Iterator[tuple[Keys, str]]:
    """Every event a scheme names, with the way to it, as far as it could be read."""
    for keys, part in within(scheme):
        for name in ("taken_up_by", "event", "for_each", "called_off_by", "after", "done_by"):
            with suppress(UnreadError):
                if (event := getattr(part, name, None)) is not None:
                    yield (*keys, name), event
        if isinstance(part, Ending):
            for n, event in readable(each(part, "offence_over_by")):
                yield (*keys, "offence_over_by", n), event


def _it_opens(item: Placed, scheme: Scheme) -> Iterator[Fault]:
    if scheme.applications_since is not None and scheme.taken_up_by is None:
        yield item.placed(("applications_since",), faults.SCHEME_WITHOUT_A_REQUEST.at())
    if not scheme.opens:
        yield item.placed(("opens",), faults.SCHEME_WITHOUT_AN_OPENING.at())


def _it_ends_in_one_way(item: Placed, n: int, limit: SchemeLimit) -> Iterator[Fault]:
    if sum(end is not None for end in (limit.within, limit.until_age, limit.ends_with)) > 1:
        yield item.placed(("limits", n), faults.LIMIT_ENDS_IN_SEVERAL_WAYS.at(limit=limit.id))


def _its_event_is_named(item: Placed, n: int, limit: SchemeLimit) -> Iterator[Fault]:
    if (limit.counted_from is CountedFrom.EVENT) != (limit.event is not None):
        yield item.placed(("limits", n), faults.LIMIT_WITHOUT_ITS_EVENT.at(limit=limit.id))


def _its_last_opening_is_one_of_several(item: Placed, n: int, limit: SchemeLimit) -> Iterator[Fault]:
    if limit.counted_from is CountedFrom.LAST_OPENING and not any(opening.together for opening in item.thing.opens):
        yield item.placed(("limits", n, "counted_from"), faults.LIMIT_WITHOUT_ITS_OPENING.at(limit=limit.id))


def _its_safe_day_comes_first(item: Placed, n: int, limit: SchemeLimit) -> Iterator[Fault]:
    if (limit.belongs_to is None) != (limit.safe_within is None) or (limit.safe_within or 0) > (limit.within or 0):
        yield item.placed(("limits", n), faults.LIMIT_WITHOUT_A_SAFE_DAY.at(limit=limit.id))
