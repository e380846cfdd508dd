"""Several messages on the same cases: a later message on a hearing corrects what an earlier one said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from attrs import evolve, field, frozen

from victims_code.adapters.court_cases import ONE_IS_WRONG, STAND_IN, Particulars, out_of_order, particulars
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.dates import Moment, civil_date, spell
from victims_code.errors import Fault

__all__ = ["Reading", "combined", "with_corrections"]

T = TypeVar("T")


@frozen(kw_only=True)
class Reading:
    """The cases of one message, when it was shared, and the hearings it reports."""

    cases: tuple[Case, ...]
    shared: Moment | None = None
    hearings: frozenset[str] = frozenset()


@frozen
class _Standing:
    event: Event
    place: str
    hearings: frozenset[str]


def with_corrections(readings: Iterable[Reading]) -> tuple[Case, ...]:
    """One case for each reference, with everything the messages say of it, the oldest message first.

    What an earlier message said of a hearing and a later message on that hearing no longer says is withdrawn. Events
    are ``recorded`` when their message was shared, so that the position before a correction can be made again. Flags
    and facts have no such history: those of the last message on each hearing count.
    """
    found: dict[str, _History] = {}
    for number, reading in enumerate(readings):
        for case in reading.cases:
            found.setdefault(case.reference, _History()).add(case, reading, number)
    return tuple(history.case() for history in found.values())


def combined(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Cases of different origin brought together by their reference; nothing is taken back.

    Victims that one origin lists take the place of the one who stands in for another, and events and facts of all are
    kept, so that extracts of a case give together what one joined extract gives. Where they contradict each other the
    case has a note.

    >>> from victims_code.cases import Event, Victim
    >>> court = Case(reference="45AA0000126", victims=[Victim(reference="victim")],
    ...              events=[Event(event="suspect-charged", at=date(2026, 4, 2))])
    >>> police = Case(reference="45AA0000126", victims=[Victim(reference="V1", facts={"persistently-targeted": True})])
    >>> (case,) = combined([court, police])
    >>> [victim.reference for victim in case.victims], len(case.events)
    (['V1'], 1)
    """
    told: dict[str, list[Case]] = {}
    for case in cases:
        told.setdefault(case.reference, []).append(case)
    return tuple(
        case
        for one in told.values()
        for case in (with_corrections(Reading(cases=(case,)) for case in one) if len(one) > 1 else one)
    )


@frozen
class _History:
    """One case as message after message tells it."""

    told: list[tuple[Case, frozenset[str]]] = field(factory=list)
    records: list[Event] = field(factory=list)
    places: list[str] = field(factory=list)
    standing: dict[Particulars, _Standing] = field(factory=dict)

    def add(self, case: Case, reading: Reading, number: int) -> None:
        self.told.append((case, reading.hearings))
        places = case.places or [""] * len(case.events)
        events = {particulars(event): (event, place) for event, place in zip(case.events, places, strict=True)}
        for key, earlier in list(self.standing.items()):
            if key not in events and earlier.hearings & reading.hearings:
                del self.standing[key]
                self._record(_withdrawn(earlier.event, reading.shared), earlier.place)
        for n, (key, (event, place)) in enumerate(events.items()):
            if key not in self.standing:
                reference = f"message {number + 1}, {n + 1}"
                record = evolve(event, reference=reference, recorded=_recorded(reading.shared, event))
                self._record(record, place)
                self.standing[key] = _Standing(record, place, reading.hearings)
            else:
                known = self.standing[key]
                self.standing[key] = evolve(known, hearings=known.hearings | reading.hearings)

    def _record(self, record: Event, place: str) -> None:
        self.records.append(record)
        self.places.append(place)

    def case(self) -> Case:
        """The case as the messages tell it together."""
        counting, offence = self._counting(), self._offence()
        notes = [note for case in counting for note in case.notes]
        flags = [case.offence.flags for case in counting]
        committed_on = self._committed_on(offence.committed_on, notes)
        victims = self._victims(counting, committed_on, notes)
        if STAND_IN not in victims:
            notes = [note for note in notes if note.code != "VC-READ-102"]
        self._contradictions(flags, "offence", notes)
        said = {note.what for note in notes}
        standing = [one.event for one in self.standing.values()]
        for what in out_of_order(standing):
            if what not in said:
                notes.append(self._note("VC-READ-105", "", what, ONE_IS_WRONG))
        return Case(
            reference=self.reference,
            victims=tuple(victims.values()),
            events=tuple(self.records),
            offence=evolve(offence, committed_on=committed_on, flags=_agreed(flags)),
            notes=tuple(dict.fromkeys(notes)),
            places=tuple(self.places) if all(self.places) else (),
        )

    @property
    def reference(self) -> str:
        """How all the messages call the case."""
        return self.told[-1][0].reference

    def _committed_on(self, committed_on: date | None, notes: list[Fault]) -> date | None:
        """The date of the offence, unless something on record was before it: then one of the two is wrong."""
        early = min((record for record in self.records), key=lambda record: record.on, default=None)
        if committed_on is None or early is None or early.on >= committed_on:
            return committed_on
        what = f"{early.event!r} is dated {spell(early.on)}, before the offence on {spell(committed_on)}."
        way_out = "One of the two is wrong, so the date of the offence was not used."
        notes.append(self._note("VC-READ-101", "", what, way_out))
        return None

    def _victims(self, cases: Sequence[Case], committed_on: date | None, notes: list[Fault]) -> dict[str, Victim]:
        """Everybody who is listed, each as the last message has them that says anything; otherwise the stand-in."""
        told: dict[str, list[Victim]] = {}
        for victim in (victim for case in cases for victim in case.victims):
            told.setdefault(victim.reference, []).append(victim)
        everybody = [victim.facts for victim in told.get(STAND_IN, ())]
        found = {}
        for reference in [name for name in told if name != STAND_IN] or [STAND_IN]:
            own = [victim.facts for victim in told[reference]]
            facts = own if reference == STAND_IN else [*own, *everybody]
            born = _last(victim.born for victim in told[reference])
            if born is not None and committed_on is not None and born > committed_on:
                what = "This victim was born after the offence was committed."
                notes.append(self._note("VC-READ-101", reference, what, "The date of birth was not used."))
                born = None
            self._contradictions(facts, reference, notes)
            found[reference] = Victim(
                reference=reference,
                born=born,
                capacity=_last(one.capacity for one in told[reference] if one.capacity != "person") or "person",
                speaks_for=_last(one.speaks_for for one in told[reference] if one.speaks_for) or (),
                facts=_agreed(facts),
            )
        return found

    def _contradictions(self, said: Sequence[tuple[Assertion, ...]], of: str, notes: list[Fault]) -> None:
        """A note for everything that one message says holds, and another that it does not."""
        kept = {(one.fact, one.since): one for one in _agreed(said)}
        for key in dict.fromkeys((one.fact, one.since) for given in said for one in given):
            if len({one.value for given in said for one in given if (one.fact, one.since) == key}) > 1:
                what = f"{key[0]!r} is said to hold and not to hold."
                notes.append(self._note("VC-READ-103", of, what, f"The last was kept ({kept[key].source})."))

    def _note(self, code: str, where: str, what: str, way_out: str) -> Fault:
        place = ", ".join(filter(None, (f"case {self.reference}", where)))
        return Fault(code=code, where=place, what=what, way_out=way_out)

    def _offence(self) -> Offence:
        """The last offence told of, with what only an earlier message knew of it; no code where there are several."""
        offences = [case.offence for case, _ in reversed(self.told)]
        codes = {one.cjs_code for one in offences if one.cjs_code is not None}
        several = len(codes) > 1 or any(note.code == "VC-READ-104" for case, _ in self.told for note in case.notes)
        return evolve(
            offences[0],
            committed_on=next((one.committed_on for one in offences if one.committed_on is not None), None),
            cjs_code=None if several else next(iter(codes), None),
        )

    def _counting(self) -> list[Case]:
        """The messages on whose hearings no later one reports."""
        return [
            case
            for n, (case, hearings) in enumerate(self.told)
            if not hearings or not any(hearings <= later for _, later in self.told[n + 1 :])
        ]


def _withdrawn(event: Event, shared: Moment | None) -> Event:
    return evolve(event, reference=None, replaces=event.reference, withdrawn=True, recorded=_recorded(shared, event))


def _last(given: Iterable[T | None]) -> T | None:
    """The last that is not None, if there is one."""
    return next((one for one in reversed(list(given)) if one is not None), None)


def _agreed(said: Sequence[tuple[Assertion, ...]]) -> tuple[Assertion, ...]:
    """Every assertion once; where messages contradict each other, the last one counts."""
    last = {(assertion.fact, assertion.since): assertion.value for given in said for assertion in given}
    every = dict.fromkeys(assertion for given in said for assertion in given)
    return tuple(one for one in every if last[one.fact, one.since] == one.value)


def _recorded(shared: Moment | None, event: Event) -> Moment | None:
    """When the message was shared, unless the event is dated after that: then one of the two dates is wrong."""
    return shared if shared is not None and civil_date(shared) >= event.on else None
