"""Several messages on the same cases: a later message on a hearing corrects what an earlier one said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, field, frozen

from victims_code.adapters.court_cases import STAND_IN
from victims_code.cases import Assertion, Case, Event, Offence
from victims_code.dates import Moment, civil_date

__all__ = ["Reading", "combined", "with_corrections"]


@frozen(kw_only=True)
class Reading:
    """The cases of one message, when it was shared, and the hearings it reports."""

    cases: tuple[Case, ...]
    shared: Moment | None = None
    hearings: frozenset[str] = frozenset()


@frozen
class _Standing:
    event: Event
    hearings: frozenset[str]


_Key = tuple[str, date, "str | None", "str | None"]


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

    Victims that one origin lists take the place of the one who stands in for another, and events of all are kept.

    >>> from victims_code.cases import Event, Victim
    >>> court = Case(reference="45AA0000126", victims=[Victim(reference="victim")],
    ...              events=[Event(event="suspect-charged", at=date(2026, 4, 2))])
    >>> police = Case(reference="45AA0000126", victims=[Victim(reference="V1", facts={"persistently-targeted": True})])
    >>> (case,) = combined([court, police])
    >>> [victim.reference for victim in case.victims], len(case.events)
    (['V1'], 1)
    """
    return with_corrections(Reading(cases=(case,)) for case in cases)


@frozen
class _History:
    """One case as message after message tells it."""

    told: list[tuple[Case, frozenset[str]]] = field(factory=list)
    records: list[Event] = field(factory=list)
    standing: dict[_Key, _Standing] = field(factory=dict)

    def add(self, case: Case, reading: Reading, number: int) -> None:
        self.told.append((case, reading.hearings))
        events = {(event.event, event.on, event.suspect, event.hearing): event for event in case.events}
        for key, earlier in list(self.standing.items()):
            if key not in events and earlier.hearings & reading.hearings:
                del self.standing[key]
                self.records.append(_withdrawn(earlier.event, reading.shared))
        for n, (key, event) in enumerate(events.items()):
            if key not in self.standing:
                reference = f"message {number + 1}, {n + 1}"
                self.records.append(evolve(event, reference=reference, recorded=_recorded(reading.shared, event)))
                self.standing[key] = _Standing(self.records[-1], reading.hearings)
            else:
                known = self.standing[key]
                self.standing[key] = evolve(known, hearings=known.hearings | reading.hearings)

    def case(self) -> Case:
        """The case as the messages tell it together."""
        last, counting = self.told[-1][0], self._counting()
        victims = {victim.reference: victim for case in counting for victim in case.victims}
        listed = {reference: victim for reference, victim in victims.items() if reference != STAND_IN}
        facts = {
            reference: _agreed([*_facts(counting, reference), *_facts(counting, STAND_IN)]) for reference in victims
        }
        offence = self._offence()
        committed_on, born = offence.committed_on, [victim.born for victim in victims.values()]
        dates = [*(record.on for record in self.records), committed_on]
        impossible = committed_on is not None and (
            min(day for day in dates if day) < committed_on or any(day > committed_on for day in born if day)
        )
        return Case(
            reference=last.reference,
            victims=tuple(evolve(victim, facts=facts[victim.reference]) for victim in (listed or victims).values()),
            events=tuple(self.records),
            offence=evolve(
                offence,
                committed_on=None if impossible else committed_on,
                flags=_agreed([case.offence.flags for case in counting]),
            ),
            notes=tuple(
                dict.fromkeys(
                    note for case in counting for note in case.notes if not (listed and note.code == "VC-READ-102")
                )
            ),
        )

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


def _facts(cases: Iterable[Case], reference: str) -> Iterator[tuple[Assertion, ...]]:
    """What each message says of a victim."""
    return (victim.facts for case in cases for victim in case.victims if victim.reference == reference)


def _agreed(said: Sequence[tuple[Assertion, ...]]) -> tuple[Assertion, ...]:
    """Every assertion once; where messages contradict each other, the last one counts."""
    last = {(assertion.fact, assertion.since): assertion.value for given in said for assertion in given}
    every = dict.fromkeys(assertion for given in said for assertion in given)
    return tuple(one for one in every if last[one.fact, one.since] == one.value)


def _recorded(shared: Moment | None, event: Event) -> Moment | None:
    """When the message was shared, unless the event is dated after that: then one of the two dates is wrong."""
    return shared if shared is not None and civil_date(shared) >= event.on else None
