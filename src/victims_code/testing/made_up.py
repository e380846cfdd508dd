"""Made-up cases, each from a seed, such as records make them.

They have up to three victims, suspects and offences; events, some with a time of day, and what was done about them in
time, late, before, or for someone else; receipts or none; wishes; corrections; dates of record; facts asserted from a
day on, or not known; victims born after the offence; and dates around those on which calendars and editions turn. Their
records are in no order. They hold together, and no real case is like them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import cast

from attrs import evolve, frozen

from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.cases.checks import SPEAKERS, is_against_the_dates
from victims_code.law import Discharge, load_law
from victims_code.names import EventId, FactId
from victims_code.vocabulary import SPEAKING, load_vocabulary
from victims_code.working_days import england_and_wales

LAST_DAY = date(2027, 12, 31)
"""The last day around which something turns: before any bank holiday that is only projected."""

_CAPACITIES = ("person", "person", "person", "close-relative", *SPEAKING, *SPEAKING, "business")
_SUSPECTS = (None, "S1", "S1", "S2", "S3")
_HEARINGS = (None, "H1", "H1", "H2")


def made_up_case(seed: int, *, reference: str = "made-up", around: date | None = None) -> Case:
    """The case of a seed; the same seed gives the same case under the same law.

    :param around: the day about which it begins; by default one of :func:`turning_days`.

    >>> made_up_case(7) == made_up_case(7)
    True
    """
    random = Random(seed)
    return _Maker(random=random).case(reference, around or random.choice(turning_days()))


@cache
def turning_days() -> tuple[date, ...]:
    """First and last days of editions, bank holidays, and the days around them, under any encoded edition."""
    covers = [edition.info for edition in load_law().editions.values()]
    first = min(cover.in_force_from for cover in covers)
    turning = {cover.in_force_from for cover in covers}
    for year in range(first.year, LAST_DAY.year + 1):
        turning |= {holiday.date for holiday in england_and_wales().holidays(year)}
    around = {day + timedelta(days=shift) for day in turning for shift in range(-3, 4)}
    return tuple(sorted(day for day in around if first - timedelta(days=9) <= day <= LAST_DAY))


@cache
def _answers() -> dict[str, tuple[tuple[str, Discharge | None], ...]]:
    """After each event that starts duties, in any edition, those duties and what would fulfil them."""
    found: dict[str, dict[tuple[str, Discharge | None], None]] = {}
    for edition in load_law().editions.values():
        for duty in edition.duties.values():
            found.setdefault(duty.trigger.event, {})[duty.id, duty.discharged_by] = None
    return {event: tuple(duties) for event, duties in found.items()}


@cache
def _triggers() -> tuple[EventId, ...]:
    return tuple(cast("EventId", event) for event in sorted(set(_answers()) - {"any"}))


@cache
def _facts(of: str) -> tuple[FactId, ...]:
    facts = load_vocabulary().facts.values()
    return tuple(sorted(fact.id for fact in facts if fact.of == of and (fact.derived is None or fact.of_dates)))


@frozen(kw_only=True)
class _Maker:
    random: Random

    def case(self, reference: str, start: date) -> Case:
        random = self.random
        victims = [f"V{n}" for n in range(1, random.randint(1, 3) + 1)]
        record: list[Event] = []
        for _ in range(random.randint(1, 4)):
            record += self.chain(start, victims)
        if random.random() < 0.5:
            record.append(Event(event="needs-assessed", at=self.day(start), victim=random.choice([None, *victims])))
        if random.random() < 0.2:
            record += [self.wish(None, start, victims) for _ in range(random.randint(1, 3))]
        if random.random() < 0.1:
            record.append(Event(event="victim-died", at=self.day(start), victim=random.choice([None, *victims])))
        if random.random() < 0.1:
            record.append(Event(event="victim-died", at=self.day(start), victim=random.choice(victims)))
        if random.random() < 0.3:
            record.append(self.again(random.choice(record)))
        if random.random() < 0.3:
            record = self.corrected(record)
        random.shuffle(record)
        first = min(event.on for event in record)
        if random.random() < 0.6:
            offences = [Offence(committed_on=self.committed(first), flags=self.assertions("case", start))]
        else:
            offences = [self.offence(f"O{n}", first, start, victims) for n in range(1, random.randint(1, 3) + 1)]
            record = [self.about_an_offence(event, offences) for event in record]
        people = [self.of_fitting_ages(victim, offences) for victim in self.people(victims, start)]
        return Case(reference=reference, victims=people, events=record, offences=offences)

    def of_fitting_ages(self, victim: Victim, offences: list[Offence]) -> Victim:
        """A victim without stated ages that the dates contradict, born now and then after all offences."""
        if victim.may_be_born_later and self.random.random() < 0.2:
            last = max((one.committed_on for one in offences if one.committed_on is not None), default=None)
            victim = victim if last is None else evolve(victim, born=last + timedelta(days=self.random.randint(1, 400)))
        fitting = [said for said in victim.facts if not is_against_the_dates(said, victim.born, offences)]
        return evolve(victim, facts=fitting)

    def committed(self, first: date) -> date | None:
        """The day of an offence: not known, that of the first record, or months or years before."""
        days = self.random.choice((None, None, 0, 0, 0, 200, 1500))
        return None if days is None else first - timedelta(days=days)

    def offence(self, reference: str, first: date, start: date, victims: list[str]) -> Offence:
        """One of several offences, with some of the victims, or none, or without a word of who they are."""
        random = self.random
        listed = None if random.random() < 0.3 else random.sample(victims, random.randint(0, len(victims)))
        return Offence(
            reference=reference,
            committed_on=self.committed(first),
            flags=self.assertions("case", start),
            victims=listed,
        )

    def about_an_offence(self, event: Event, offences: list[Offence]) -> Event:
        return evolve(event, offence=self.random.choice((None, self.random.choice(offences).reference)))

    def people(self, references: list[str], start: date) -> list[Victim]:
        """The victims; some of those who can, speak for others who speak for no one."""
        people = [self.victim(name, start) for name in references]
        how_often = {**dict.fromkeys(SPEAKERS, 0.2), **dict.fromkeys(SPEAKING, 0.8)}
        speaking = [n > 0 and self.random.random() < how_often.get(p.capacity, 0) for n, p in enumerate(people)]
        silent = [person for person, speaks in zip(people, speaking, strict=True) if not speaks]
        for n, person in enumerate(people):
            if speaking[n]:
                others = self.random.sample(silent, self.random.randint(1, len(silent)))
                people[n] = evolve(person, speaks_for=[other.reference for other in others])
        return people

    def day(self, start: date) -> date:
        return start + timedelta(days=self.random.choice((0, 0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)))

    def victim(self, reference: str, start: date) -> Victim:
        random = self.random
        born = None
        if random.random() < 0.7:
            # about to come of age, in one edition or another, or long since
            born = start - timedelta(days=random.randint(6190, 6670) if random.random() < 0.5 else 12_000)
        return Victim(
            reference=reference,
            born=born,
            capacity=random.choice(_CAPACITIES),
            facts=self.assertions("victim", start),
        )

    def assertions(self, of: str, start: date) -> tuple[Assertion, ...]:
        random = self.random
        made: dict[tuple[FactId, date | None], Assertion] = {}
        for _ in range(random.choice((0, 0, 1, 2, 4))):
            # one fact is often asserted more than once, so that the later counts from its day on
            fact = random.choice([*_facts(of), *(known for known, _ in made)])
            since = None if random.random() < 0.5 else self.day(start)
            value = None if random.random() < 0.2 else random.random() < 0.6
            made[fact, since] = Assertion(fact=fact, value=value, since=since)
        # the answer of one day is now and then known and not known, as two systems have it
        both = [evolve(said, value=None) for said in made.values() if said.value is not None and random.random() < 0.1]
        return (*made.values(), *both)

    def chain(self, start: date, victims: list[str]) -> list[Event]:
        """An event, and what was done about it."""
        random = self.random
        at = self.day(start)
        trigger = Event(
            event=random.choice(_triggers()),
            at=self.moment(at),
            received=None if random.random() < 0.4 else at + timedelta(days=random.randint(0, 9)),
            victim=None if random.random() < 0.7 else random.choice(victims),
            suspect=random.choice(_SUSPECTS),
            hearing=random.choice(_HEARINGS),
            recorded=self.recorded(at),
        )
        chain = [trigger]
        for duty, act in _answers()[trigger.event]:
            if act is not None and act.event is not None:
                chain += [self.answer(trigger, act, victims) for _ in range(random.choice((0, 1, 1, 2)))]
            if random.random() < 0.05:
                chain += [self.wish(duty, start, victims) for _ in range(random.randint(1, 3))]
        return chain

    def moment(self, at: date) -> date:
        """A day, or now and then a time on it."""
        return at if self.random.random() < 0.7 else datetime.combine(at, time(self.random.randrange(24)))

    def recorded(self, at: date) -> date | None:
        return None if self.random.random() < 0.7 else at + timedelta(days=self.random.randint(0, 30))

    def answer(self, trigger: Event, act: Discharge, victims: list[str]) -> Event:
        """What may fulfil a duty: mostly soon and about the same suspect, sometimes too early or about another."""
        random = self.random
        at = trigger.on + timedelta(days=random.choice((-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 30)))
        return Event(
            event=cast("EventId", act.event),
            about=act.about,
            at=at,
            victim=random.choice([None, *victims]),
            suspect=trigger.suspect if random.random() < 0.6 else random.choice(_SUSPECTS),
            hearing=trigger.hearing if random.random() < 0.6 else random.choice(_HEARINGS),
            recorded=self.recorded(at),
        )

    def wish(self, duty: str | None, start: date, victims: list[str]) -> Event:
        kinds: tuple[EventId, ...]
        kinds = ("updates-declined", "updates-resumed") if duty is None else ("service-declined", "service-resumed")
        victim = self.random.choice([None, *victims])
        return Event(event=self.random.choice(kinds), about=duty, at=self.day(start), victim=victim)

    def again(self, event: Event) -> Event:
        """The same once more: on the same day, or within a week."""
        at = event.on + timedelta(days=self.random.choice((0, 0, 1, 6)))
        return evolve(event, at=at, received=None, recorded=self.recorded(at))

    def corrected(self, record: list[Event]) -> list[Event]:
        """One record corrected or withdrawn by another, which may be recorded later and corrected in its turn."""
        random = self.random
        place = random.randrange(len(record))
        old = evolve(record[place], reference="R1")
        at = old.on + timedelta(days=random.randint(0, 9))
        new = evolve(
            old,
            at=at,
            received=None if old.received is None else at + timedelta(days=1),
            suspect=old.suspect if random.random() < 0.5 else random.choice(_SUSPECTS),
            recorded=self.recorded(at),
            reference=random.choice((None, "R2")),
            replaces="R1",
            withdrawn=random.random() < 0.4,
        )
        made = [*record[:place], old, *record[place + 1 :], new]
        if new.reference is None or random.random() < 0.5:
            return made
        at = new.on + timedelta(days=random.randint(-1, 3))
        last = evolve(new, at=at, received=None, recorded=self.recorded(at), reference=None, replaces="R2")
        return [*made, evolve(last, withdrawn=random.random() < 0.4)]
