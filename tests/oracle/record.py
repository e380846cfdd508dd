"""The record as it was known: what counts on a day, in which order, and whom it concerns.

Readings: *corrections*, *correction-withdrawn*, *receipt-to-come*, *order-within-a-day*, *record-without-victim*,
*several-offences*, *whose-offence-is-not-known*, *offences-in-pairing*, *stated-as-unknown*.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from .days import london, london_time
from .law import Truth

Event = dict[str, Any]


class Record:
    """A case, as it was known at a date of assessment."""

    def __init__(self, case: dict, as_at: date, known_on: date | None = None) -> None:
        self.as_at, self.known_on = as_at, known_on
        self.victims = case["victims"]
        self.offences = case.get("offences") or ([case["offence"]] if case.get("offence") else [])
        self.several = len(self.offences) > 1
        known = [dict(event) for event in case.get("events") or () if self._known(event)]
        gone = {event["replaces"] for event in known if event.get("replaces")}
        self.events = []
        for event in known:
            event["on"] = london(event["at"])
            received = london(event.get("received"))
            event["received_on"] = received if received and received <= self._horizon else None
            if event.get("reference") not in gone and not event.get("withdrawn") and event["on"] <= as_at:
                self.events.append(event)
        self.events.sort(key=place_in_time)
        self._about: dict[tuple, list[Event]] = {}
        self._by_name: dict[str, list[Event]] = {}
        for event in self.events:
            self._by_name.setdefault(event["event"], []).append(event)

    @property
    def _horizon(self) -> date:
        return self.as_at if self.known_on is None else min(self.as_at, self.known_on)

    def _known(self, event: Event) -> bool:
        """A record without a day of its own was not made before what it records; a withdrawal records nothing."""
        if event.get("withdrawn") and not event.get("recorded") and self.known_on is None:
            return True
        return london(event.get("recorded") or event["at"]) <= (self.known_on or self.as_at)

    def victim(self, reference: str) -> dict:
        return next(victim for victim in self.victims if victim["reference"] == reference)

    def named(self, *names: str) -> list[Event]:
        if len(names) == 1:
            return self._by_name.get(names[0], [])
        return [event for event in self.events if event["event"] in names]

    # --- whom it concerns ---------------------------------------------------------------------------------------
    def offences_against(self, reference: str) -> list[dict]:
        """The offences that can be against someone.

        Those that list them, and those that do not say whose they are. A victim whom no offence lists can be a victim
        of any that has one, or of any at all if none has.
        """
        return self.may_be_against(reference) or [one for one in self.offences if one.get("victims")] or self.offences

    def may_be_against(self, reference: str) -> list[dict]:
        return [one for one in self.offences if one.get("victims") is None or reference in one["victims"]]

    def offence_is_against(self, offence: dict, reference: str) -> Truth:
        """Whether an offence is against somebody: not known where it does not say so, and another may be as well."""
        may = self.offences_against(reference)
        if not any(one is offence for one in may):
            return False
        if reference in (offence.get("victims") or ()) or not any(one.get("victims") for one in self.offences):
            return True
        return True if len(may) == 1 else None

    def spoken_for(self, reference: str) -> list[str]:
        return list(self.victim(reference).get("speaks_for") or ())

    def concerns(self, event: Event, reference: str) -> Truth:
        """Whether a record concerns somebody: by name, by the offence it names, or by naming neither."""
        if event.get("victim"):
            return event["victim"] == reference
        if not event.get("offence"):
            return True
        offence = next(one for one in self.offences if one.get("reference") == event["offence"])
        truths = [self.offence_is_against(offence, each) for each in (reference, *self.spoken_for(reference))]
        return True if True in truths else None if None in truths else False

    def about(self, reference: str, *names: str) -> list[Event]:
        """The records of some kinds that certainly concern someone, in their order."""
        key = (reference, *names)
        if key not in self._about:
            self._about[key] = [event for event in self.named(*names) if self.concerns(event, reference)]
        return self._about[key]


def place_in_time(event: Event) -> tuple:
    """Reading *order-within-a-day*: midnight is no time, and the order of the rows never counts."""
    when, received = london_time(event["at"]), event["received_on"]
    time = when.time().isoformat() if isinstance(when, datetime) else "00:00:00"
    names = [event.get(name) or "" for name in ("suspect", "hearing", "event", "about", "victim", "offence")]
    return (event["on"], time, received is not None, received or date.min, *names, event.get("reference") or "")


def same_or_absent(first: Event, second: Event, names: list[str]) -> bool:
    """Whether two records can belong together: references equal, or absent on either side."""
    return all(not first.get(name) or not second.get(name) or first[name] == second[name] for name in names)
