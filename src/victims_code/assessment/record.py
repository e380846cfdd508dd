"""The record as known at the date of assessment: which events count, and what is known of each victim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from itertools import product
from types import MappingProxyType

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.assessment.identity import RecordIdentity, identities_of
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.conditions import Value
from victims_code.dates import add_months, age_on, civil_date, format_date, time_of_day
from victims_code.faults import Fault
from victims_code.missing_values import slip_after_months
from victims_code.printable import one_line_repr
from victims_code.vocabulary import SPEAKING, Derived, FactName, WhenUnstated, load_vocabulary

_FEW = 8
"""Up to so many records are gone through one by one, which is quicker than looking them up."""


@frozen(kw_only=True)
class Record:
    """The events of a case that had happened, and were recorded, at the date of assessment.

    Corrections have been applied (reading *corrections*). The events are in an order that does not depend on that of
    the case (reading *order-within-a-day*). ``tellings`` finds events by name and by what they are about, in the same
    order. ``cut`` holds the events whose receipt is not counted yet, each with the record it comes from.
    """

    case: Case
    events: tuple[Event, ...]
    notifications: Mapping[tuple[str, str | None], tuple[Event, ...]]
    faults: tuple[Fault, ...] = ()
    uncounted: tuple[Event, ...] = ()
    """The records that are not counted: dated after the date of assessment, or recorded after the day asked about."""
    cut: Mapping[Event, Event] = field(factory=dict)
    deaths: tuple[Event, ...] = field(init=False)
    """The records of a victim's death; most cases have none."""
    has_wishes: bool = field(init=False)
    """Whether the victim's wishes are on record at all; most cases have none."""
    _runs: dict[tuple[str, str | None, tuple[str, ...]], Mapping[tuple[str | None, ...], list[tuple[int, Event]]]] = (
        field(init=False, factory=dict, eq=False)
    )
    _not_counted: list[Record] = field(init=False, factory=list, eq=False)
    _identities: dict[int, RecordIdentity] = field(init=False, factory=dict, eq=False)

    __repr__ = one_line_repr("{0.case.reference}")

    @deaths.default
    def _deaths(self) -> tuple[Event, ...]:
        return self.notifications.get(("victim-died", None), ())

    @has_wishes.default
    def _has_wishes(self) -> bool:
        return any(name.endswith("-declined") for name, _ in self.notifications)

    def death_of(self, victim: str | None) -> Event | None:
        """The record of a victim's death, if there is one."""
        return (
            next((event for event in self.deaths if self.case.certainly_concerns(event, victim)), None)
            if self.deaths
            else None
        )

    def concerns(self, event: Event, victim: str | None) -> bool:
        """Whether an event concerns a victim; every event concerns a duty that is owed to no victim."""
        return victim is None or self.case.concerns(event, victim)

    def concerns_anyone(self, event: Event) -> bool:
        """Whether an event concerns any victim of the case; one about an offence without a victim concerns none."""
        return event.victim is not None or event.offence is None or bool(self.case.whose.concerned[event.offence])

    def all_of(self, event: str, about: str | None = None) -> tuple[Event, ...]:
        """The events of that name, and about that, in the order they happened."""
        return self.notifications.get((event, about), ())

    def among(
        self, event: str, about: str | None, wanted: Mapping[str, Sequence[str | None]]
    ) -> Iterator[Sequence[tuple[int, Event]]]:
        """The events of that name that may name what is wanted, in runs, each in order, with their places in the order.

        Where there are many they are looked up, so that no one goes through all of them for every duty; where there
        are few the one run holds them all.

        :param wanted: the references that an event may name, None among them, by the name of the reference.
        """
        records = self.all_of(event, about)
        if len(records) <= _FEW:
            yield tuple(enumerate(records))
            return
        key = event, about, tuple(wanted)
        if key not in self._runs:
            runs: dict[tuple[str | None, ...], list[tuple[int, Event]]] = {}
            for placed in enumerate(records):
                runs.setdefault(tuple(getattr(placed[1], name) for name in wanted), []).append(placed)
            self._runs[key] = runs
        found = self._runs[key]
        for references in product(*wanted.values()):
            if references in found:
                yield found[references]

    def identity_of(self, event: Event) -> RecordIdentity:
        """Which of the records that stand an event is; worked out when first asked for."""
        if not self._identities:
            self._identities.update(identities_of(self.events, self.case.events))
        return self._identities[id(event)]

    @property
    def not_counted(self) -> Record:
        """The records that are not counted, in the same order and found in the same way; sorted once."""
        if not self._not_counted:
            self._not_counted.append(_record(self.case, _standing(self.uncounted)))
        return self._not_counted[0]

    def where_it_happened(self, event: Event, name: str) -> str:
        """A name with the place of the event it belongs to, if there is one."""
        return self.case.where_it_happened(self.cut.get(event, event), name)

    def known_of(self, victim: Victim | None) -> Known:
        """What is known of a victim of the case; without one, what is known of the case itself."""
        reference = victim.reference if victim else None
        assessed = any(self.case.certainly_concerns(event, reference) for event in self.all_of("needs-assessed"))
        return Known(
            case=self.case,
            victim=victim,
            needs_assessed=assessed,
            happened=self.notifications,
            events=self.events,
            offences=self.case.whose.against[victim.reference] if victim else self.case.offences,
        )


def record_of(case: Case, *, as_at: date, known_on: date | None) -> Record:
    """The record of a case as known at ``as_at``, or as it was known on ``known_on``."""
    knowledge = as_at if known_on is None else known_on
    known: list[Event] = []
    still_to_come: list[Event] = []
    recorded_later: list[Event] = []
    faults: list[Fault] = []
    for n, event in enumerate(case.events):
        made = None if event.recorded is None else civil_date(event.recorded)
        if made is not None and made > knowledge:
            recorded_later.append(event)
            if known_on is None:
                faults.append(_recorded_later(case._where(("events", n, "recorded")), event, made, as_at))
        elif event.on > as_at and not event.withdrawn:
            still_to_come.append(event)
        elif known_on is not None and made is None and event.on > known_on:
            recorded_later.append(event)  # nothing is recorded before it happens (reading corrections)
        else:
            known.append(event)
    faults += _not_counted(still_to_come, recorded_later, case, as_at, known_on)
    faults += _corrections_withdrawn(case, known)
    faults += _corrected_twice(case, known)
    faults += _long_after_all_others(case)
    standing, cut = _without_receipts_to_come(_standing(known), min(as_at, knowledge))
    numbers = {id(event): n for n, event in enumerate(case.events)} if cut else {}
    for event in cut.values():
        where = case._where(("events", numbers[id(event)], "received"))
        faults.append(_received_later(where, event, as_at, known_on))
    return _record(case, standing, faults, (*still_to_come, *recorded_later), cut)


def _standing(known: Sequence[Event]) -> list[Event]:
    """What stands of some records when corrections have been made."""
    replaced = {event.replaces for event in known if event.replaces is not None}
    return [e for e in known if not e.withdrawn and (e.reference is None or e.reference not in replaced)]


def _without_receipts_to_come(events: Sequence[Event], day: date) -> tuple[list[Event], dict[Event, Event]]:
    """The events without what had not been received on a day, and the records of those (reading *receipt-to-come*)."""
    counted: list[Event] = []
    cut: dict[Event, Event] = {}
    for event in events:
        if event.received_on is not None and event.received_on > day:
            counted.append(evolve(event, received=None))
            cut[counted[-1]] = event
        else:
            counted.append(event)
    return counted, cut


def _record(
    case: Case,
    standing: Sequence[Event],
    faults: Sequence[Fault] = (),
    uncounted: tuple[Event, ...] = (),
    cut: Mapping[Event, Event] = MappingProxyType({}),
) -> Record:
    """What stands of the records, by day and by name."""
    standing = sorted(standing, key=place_of)
    notifications: dict[tuple[str, str | None], list[Event]] = {}
    for event in standing:
        notifications.setdefault((event.event, event.about), []).append(event)
    return Record(
        case=case,
        events=tuple(standing),
        notifications={key: tuple(events) for key, events in notifications.items()},
        faults=tuple(faults),
        uncounted=uncounted,
        cut=cut,
    )


def place_of(event: Event) -> tuple[date, time, date, tuple[str, ...], date, str]:
    """Where an event is in the record, whatever the order of the file (reading *order-within-a-day*)."""
    names = (event.suspect, event.hearing, event.event, event.about, event.victim)
    last = (event.offence, event.reference, event.replaces)
    said = tuple(name or "" for name in (*names, *last))
    noted = event.on if event.recorded is None else civil_date(event.recorded)
    return event.on, time_of_day(event.at), event.received_on or date.min, said, noted, event.source or ""


def _recorded_later(where: str, event: Event, made: date, as_at: date) -> Fault:
    return faults.RECORDED_AFTER_ASSESSMENT.at(
        where, event=event.event, recorded=format_date(made), as_at=format_date(as_at)
    )


def _not_counted(
    still_to_come: Sequence[Event], recorded_later: Sequence[Event], case: Case, as_at: date, known_on: date | None
) -> Iterator[Fault]:
    """How many records are not counted, and why."""
    if still_to_come:
        yield faults.RECORDS_AFTER_ASSESSMENT.at(
            case._where(("events",)), records=_records(len(still_to_come)), as_at=format_date(as_at)
        )
    if recorded_later and known_on is not None:
        yield faults.RECORDS_MADE_LATER.at(
            case._where(("events",)), records=_records(len(recorded_later)), day=format_date(known_on)
        )


def _records(number: int) -> str:
    return "1 record is" if number == 1 else f"{number} records are"


def _corrections_withdrawn(case: Case, known: Sequence[Event]) -> Iterator[Fault]:
    """Withdrawals that bring no record back (reading *correction-withdrawn*)."""
    corrections = {event.reference: event.replaces for event in known if event.reference and event.replaces}
    here = {id(event) for event in known}
    for n, event in enumerate(case.events):
        if event.withdrawn and event.replaces in corrections and id(event) in here:
            first = corrections[event.replaces]
            yield faults.CORRECTION_WITHDRAWN.at(
                case._where(("events", n, "withdrawn")), correction=event.replaces, first=first
            )


def _corrected_twice(case: Case, known: Sequence[Event]) -> Iterator[Fault]:
    """Corrections of a record that another record corrects already."""
    here = {id(event) for event in known if not event.withdrawn}
    corrected: set[str] = set()
    for n, event in enumerate(case.events):
        if event.replaces is None or id(event) not in here:
            continue
        if event.replaces in corrected:
            yield faults.CORRECTED_TWICE.at(case._where(("events", n, "replaces")), record=event.replaces)
        corrected.add(event.replaces)


def _long_after_all_others(case: Case) -> Iterator[Fault]:
    """A warning if the last date of the record is so long after every other that it is likely a slip."""
    replaced = {event.replaces for event in case.events if event.replaces is not None}
    dates = {
        day: (n, name)
        for n, event in reversed(tuple(enumerate(case.events)))
        if not event.withdrawn and (event.reference is None or event.reference not in replaced)
        for name, day in (("received", event.received_on), ("at", event.on))
        if day is not None
    }
    if len(dates) < 2:
        return
    before, last = sorted(dates)[-2:]
    if last > add_months(before, slip_after_months()):
        where = case._where(("events", *dates[last]))
        yield faults.DATE_FAR_FROM_THE_OTHERS.at(where, day=format_date(last), months=slip_after_months())


def _received_later(where: str, event: Event, as_at: date, known_on: date | None) -> Fault:
    name, on = event.event, event.received_on or event.on
    received = format_date(on)
    if known_on is not None and on <= as_at:
        return faults.RECEIVED_AFTER_DAY_KNOWN.at(where, event=name, received=received, day=format_date(known_on))
    return faults.RECEIVED_AFTER_ASSESSMENT.at(where, event=name, received=received, as_at=format_date(as_at))


@frozen(kw_only=True)
class Known:
    """What is known of one victim, fact by fact and day by day (readings *unknown-facts* and *since-when*)."""

    case: Case
    victim: Victim | None
    needs_assessed: bool
    offences: tuple[Offence, ...]
    """The offences that are, or may be, against the victim; without a victim, those of the case."""
    happened: Mapping[tuple[str, str | None], tuple[Event, ...]] = field(factory=dict)
    events: tuple[Event, ...] = ()
    changes_over_time: bool = field(init=False)
    """Whether an answer can depend on the day: an assertion counts from a day on, or a child comes of age."""
    _lookups: dict[date | None, Callable[[str], Value | None]] = field(init=False, factory=dict)
    _first: dict[str, dict[str | None, date]] = field(init=False, factory=dict)

    def of_one(self, offence: str | None, day: date | None) -> Known:
        """What is known where only one offence matters: the one named, or else those of a day."""
        if len(self.offences) == 1:
            return self
        if offence is not None:
            return evolve(self, offences=tuple(one for one in self.offences if one.reference == offence))
        return evolve(self, offences=tuple(one for one in self.offences if one.committed_on == day))

    __repr__ = one_line_repr("{0.case.reference}: {0.victim!r}")

    @changes_over_time.default
    def _changes_over_time(self) -> bool:
        growing = self.victim is not None and bool(self.victim.speaks_for)
        return growing or any(assertion.since is not None for assertion in self._asserted())

    @property
    def spoken_for(self) -> tuple[Victim, ...]:
        """Those in whose place this person is in the case; the facts of a victim are no others' than their own."""
        if self.victim is None or self.victim.capacity not in SPEAKING:
            return ()
        return tuple(other for other in self.case.victims if other.reference in self.victim.speaks_for)

    def days_of_change(self, after: date, until: date) -> list[date]:
        """The days in a span, without its first, from which something that was stated begins to count."""
        spoken_for = self.spoken_for
        stated = (*self._asserted(), *(assertion for other in spoken_for for assertion in other.facts))
        return sorted({item.since for item in stated if item.since is not None and after < item.since <= until})

    def on(self, day: date) -> Callable[[str], Value | None]:
        """A lookup of facts for triggers on a day; None means unknown."""
        key = day if self.changes_over_time else None
        if key not in self._lookups:
            self._lookups[key] = self._lookup(day)
        return self._lookups[key]

    def at(self, day: date, suspect: str | None = None) -> Callable[[str], Value | None]:
        """A lookup that also knows what hangs on the moment: ages on that day, and what had happened by then."""
        known, facts = self.on(day), load_vocabulary().facts

        def lookup(name: str) -> Value | None:
            fact = facts[name]
            if fact.is_time_dependent and self.asserted(name, day) is None:
                value = self.at_the_moment(fact, day, suspect)
                return value if value is not None or self.unsure(name, day) else self._silence(fact)
            return known(name)

        return lookup

    def at_the_moment(self, fact: FactName, day: date, suspect: str | None) -> bool | None:
        """The value of a fact that hangs on the moment, where the record gives one."""
        if fact.derived is Derived.EVENT_ON_RECORD:
            first = self._first_days(fact.event or "")
            found = first.values() if fact.each is None or suspect is None else map(first.get, (None, suspect))
            return True if any(on is not None and on <= day for on in found) else None
        born = None if self.victim is None else self.victim.born
        on: date | None = day
        if fact.derived is Derived.AGE_AT_EVENT:
            on = next((event.on for event in self._happened(fact.event)), None)
            if on is None and born is not None and fact.below is not None:  # no one reports what is not yet committed
                return False if self._was_below_at_an_offence(born, fact.below) is False else None
        return None if born is None or on is None or fact.below is None else age_on(born, on) < fact.below

    def _first_days(self, name: str) -> Mapping[str | None, date]:
        """The first day of an event of that name for each suspect, and for events that name none."""
        if name not in self._first:
            first = self._first.setdefault(name, {})
            for event in self._happened(name):
                first.setdefault(event.suspect, event.on)
        return self._first[name]

    def _happened(self, name: str | None) -> Iterator[Event]:
        reference = None if self.victim is None else self.victim.reference
        return (e for e in self.happened.get((name or "", None), ()) if self.case.concerns(e, reference))

    def _lookup(self, day: date) -> Callable[[str], Value | None]:
        stated, facts = self._stated(day), load_vocabulary().facts

        def lookup(name: str) -> Value | None:
            said, fact = stated.get(name), facts[name]
            if said is not None and said.value is not None and not fact.of_dates:
                return said.value
            if fact.shared and (value := self.of_those_spoken_for(name, day)) is not None:
                return value
            if fact.derived is not None and (value := self.derived(fact, day)) is not None:
                return value
            return self._silence(fact) if said is None else said.value

        return lookup

    def asserted(self, name: str, day: date) -> Assertion | None:
        """The assertion that gives a fact its value on a day, if someone made one; dates come before it."""
        said, fact = self._stated(day).get(name), load_vocabulary().facts[name]
        if said is None or said.value is None or (fact.of_dates and self.derived(fact, day) is not None):
            return None
        return said

    def unsure(self, name: str, day: date) -> Assertion | None:
        """The assertion that counts on a day and says that the answer is not known (reading *stated-as-unknown*)."""
        said = self._stated(day).get(name)
        return said if said is not None and said.value is None else None

    def _stated(self, day: date) -> dict[str, Assertion]:
        """The assertions that count on a day; of several about one fact, the one with the latest ``since``."""
        of_offences = _of_any([_counting(offence.flags, day) for offence in self.offences])
        return {**of_offences, **_counting(self.victim.facts if self.victim else (), day)}

    def of_those_spoken_for(self, name: str, day: date) -> Value | None:
        """What is known of those this person speaks for: true if it is true of any of them, false if of none.

        A shared fact that no one stated is unknown, and so is one that was stated as unknown.
        """
        stated = [
            assertion.value
            for other in self.spoken_for
            if (assertion := _counting(other.facts, day).get(name)) is not None
        ]
        return True if True in stated else False if stated and None not in stated else None

    def _asserted(self) -> tuple[Assertion, ...]:
        flags = (flag for offence in self.offences for flag in offence.flags)
        return (*flags, *(self.victim.facts if self.victim else ()))

    def derived(self, fact: FactName, day: date) -> Value | None:
        """The value on a day of a fact that follows from other parts of the record, if they are there."""
        if self.victim is None:
            return None
        if fact.derived is Derived.CAPACITY:
            return self.victim.capacity
        if fact.derived is Derived.AGE_OF_CHILD and fact.below is not None:
            children = self.spoken_for
            younger = [age_on(child.born, day) < fact.below for child in children if child.born is not None]
            return any(younger) if younger and (any(younger) or len(younger) == len(children)) else None
        if fact.derived is not Derived.AGE_AT_OFFENCE or fact.below is None or self.victim.born is None:
            return None
        return self._was_below_at_an_offence(self.victim.born, fact.below)

    def _was_below_at_an_offence(self, born: date, below: int) -> bool | None:
        """Whether the victim was below an age at one of the offences at least (reading *derived-facts*)."""
        days = [offence.committed_on for offence in self.offences]
        if any(day is not None and 0 <= age_on(born, day) < below for day in days):
            return True
        if days and None not in days:
            return all(day is not None and day < born for day in days)  # not yet born (reading born-after-the-offence)
        by = self._an_offence_was_by()
        return True if by is not None and 0 <= age_on(born, by) < below else None

    def shown_by_record(self, fact: FactName) -> date | None:
        """The day of the first record, where that alone shows how old the victim was at an offence."""
        born, below = None if self.victim is None else self.victim.born, fact.below
        if fact.derived is not Derived.AGE_AT_OFFENCE or born is None or below is None:
            return None
        days = [offence.committed_on for offence in self.offences]
        by = None if days and None not in days else self._an_offence_was_by()
        shown = by is not None and 0 <= age_on(born, by) < below
        return by if shown and not any(day is not None and 0 <= age_on(born, day) < below for day in days) else None

    def _an_offence_was_by(self) -> date | None:
        """The earliest record that certainly followed an offence against the victim; no record precedes its offence."""
        own = {offence.reference for offence in self.offences}
        every = len(own) == len(self.case.offences)
        return next((e.on for e in self.events if (every if e.offence is None else e.offence in own)), None)

    def _silence(self, fact: FactName) -> Value | None:
        if fact.silence is WhenUnstated.CLOSED_BY_NEEDS_ASSESSMENT:
            return False if self.needs_assessed else None
        if fact.silence is WhenUnstated.UNKNOWN:
            return None
        return fact.silence is WhenUnstated.TRUE


def _of_any(offences: list[dict[str, Assertion]]) -> dict[str, Assertion]:
    """What holds of several offences: what is true of one; else unknown, if of one; false if of each of them.

    Of an offence of which no one says anything, what is taken to be true is true.
    """
    if len(offences) == 1:
        return offences[0]
    found: dict[str, Assertion] = {}
    facts = load_vocabulary().facts
    for name in dict.fromkeys(name for stated in offences for name in stated):
        said = [stated[name] for stated in offences if name in stated]
        if facts[name].silence is WhenUnstated.TRUE and len(said) < len(offences):
            continue
        deciding = next((one for value in (True, None) for one in said if one.value is value), None)
        if deciding is not None or len(said) == len(offences):
            found[name] = deciding or said[0]
    return found


def _counting(assertions: tuple[Assertion, ...], day: date) -> dict[str, Assertion]:
    """The assertions that count on a day; of several about one fact, the one with the latest ``since``.

    A known answer comes before one that was not known from the same day (reading *stated-as-unknown*).
    """
    counting = [item for item in assertions if item.since is None or item.since <= day]
    counting.sort(key=lambda item: (item.since or date.min, item.value is not None, item.source or ""))
    return {item.fact: item for item in counting}
