"""The records that concern one victim, in order of their day, found without a walk through all of them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import islice

from attrs import field, frozen

from victims_code.assessment.obligations import Setting
from victims_code.assessment.pairing import reaches
from victims_code.assessment.record import place_of
from victims_code.cases import Event


@frozen
class _Days:
    """Events by their day, with the days beside them."""

    events: list[Event] = field(factory=list)
    days: list[date] = field(factory=list)

    def add(self, event: Event) -> None:
        self.events.append(event)
        self.days.append(event.on)

    def since(self, day: date | None, hearing: str | None = None) -> Event | None:
        place = 0 if day is None else bisect_left(self.days, day)
        fitting = (e for e in islice(self.events, place, None) if None in (hearing, e.hearing) or e.hearing == hearing)
        return next(fitting, None)


_NONE = _Days()


@frozen
class InOrder:
    """Events in the order of the record, and again for each suspect; an event without a suspect may concern any."""

    events: tuple[Event, ...]
    _all: _Days = field(init=False, factory=_Days, repr=False)
    _by_suspect: dict[str | None, _Days] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        for event in self.events:
            self._all.add(event)
            self._by_suspect.setdefault(event.suspect, _Days()).add(event)

    def first(self, since: date | None, suspect: str | None, hearing: str | None = None) -> Event | None:
        """The first event on or after a day that may concern a suspect and a hearing; None takes every event."""
        found = (days.since(since, hearing) for days in self._concerning(suspect))
        return min((event for event in found if event is not None), key=place_of, default=None)

    def last(self, since: date | None, suspect: str | None) -> Event | None:
        """The last event on or after a day that may concern a suspect."""
        found = (days.events[-1] for days in self._concerning(suspect) if days.events)
        last = max(found, key=place_of, default=None)
        return None if last is None or (since is not None and last.on < since) else last

    def _concerning(self, suspect: str | None) -> tuple[_Days, ...]:
        if suspect is None:
            return (self._all,)
        return self._by_suspect.get(None, _NONE), self._by_suspect.get(suspect, _NONE)

    def first_after(self, day: date, suspect: str | None) -> Event | None:
        """The first event after a day about exactly that suspect, or about exactly none."""
        return self._by_suspect.get(suspect, _NONE).since(day + timedelta(days=1))

    def first_of(self, suspect: str | None) -> Event:
        """The first event about exactly that suspect, or about exactly none; there must be one."""
        return self._by_suspect[suspect].events[0]

    def last_of(self, suspect: str | None) -> Event:
        """The last event about exactly that suspect, or about exactly none; there must be one."""
        return self._by_suspect[suspect].events[-1]

    def suspects(self, since: date | None) -> set[str | None]:
        """The suspects with an event on or after a day, None among them for events that name none."""
        return {key for key, found in self._by_suspect.items() if since is None or found.days[-1] >= since}


@frozen(kw_only=True)
class OwnRecords:
    """The records of a case that concern one victim, sorted once for each name and subject that is asked for.

    With an ``offence``, those that name another offence are left out (reading *offences-in-pairing*).
    """

    victim: str
    setting: Setting = field(repr=False)
    offence: str | None = None
    _found: dict[tuple[str, str | None, bool], InOrder] = field(init=False, factory=dict, repr=False)
    _by_offence: dict[str, OwnRecords] = field(init=False, factory=dict, repr=False)

    def on_offence(self, offence: str | None) -> OwnRecords:
        """The records that can be about an offence; without one, all of them."""
        if offence is None:
            return self
        if offence not in self._by_offence:
            self._by_offence[offence] = OwnRecords(victim=self.victim, setting=self.setting, offence=offence)
        return self._by_offence[offence]

    def of(self, event: str, about: str | None = None) -> InOrder:
        """The events of that name, and about that, which concern the victim."""
        return self._sorted(event, about, heard=False)

    def heard(self, event: str, about: str | None) -> InOrder:
        """The same with those that reach the victim through someone who speaks for them."""
        return self._sorted(event, about, heard=True)

    def _sorted(self, event: str, about: str | None, *, heard: bool) -> InOrder:
        key = (event, about, heard)
        if key not in self._found:
            events = self.setting.record.all_of(event, about)
            self._found[key] = InOrder(tuple(e for e in events if self._concerns(e) or (heard and self._reaches(e))))
        return self._found[key]

    def _concerns(self, event: Event) -> bool:
        return self._fits(event) and self.setting.record.case.concerns(event, self.victim)

    def _fits(self, event: Event) -> bool:
        return self.offence is None or event.offence in (None, self.offence)

    def _reaches(self, event: Event) -> bool:
        """Whether someone who speaks for the victim was told, under the edition of that day."""
        info = self.setting.law.info_on(event.on)
        edition = None if info is None else self.setting.law.editions.get(info.id)
        return (
            edition is not None
            and self._fits(event)
            and reaches(event, self.victim, edition, self.setting.spokespersons)
        )
