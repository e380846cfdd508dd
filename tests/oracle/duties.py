"""Every duty owed in a case, by when, and where it stands: each possible answer worked out by itself, and compared.

Readings: *governing-edition*, *standing-duties*, *first-hearing-before-2021*, *hearing-without-suspect*,
*monthly-updates*, *before-an-event*, *after-receipt*, *receipt-discharges*, *pairing*, *told-through-another*,
*victim-speaks-for-another*, *told-under-another-edition*, *same-day-telling*, *wishes*, *wishes-of-one-day*,
*what-can-be-declined*, *death-of-victim*, *told-after-death*, *unknown-applicability*, *unknown-facts*, *days-late*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .days import birthday, is_working, limit, months_after, working_days_after, working_days_between
from .facts import Person, as_day
from .law import Truth, all_of, any_of, duties, edition_on, editions
from .record import Event, Record, same_or_absent

UNKNOWN_DUE = "not known"


@dataclass
class Obligation:
    """The answer about one duty, in the words of the result."""

    duty: str
    edition: str
    victim: str | None
    suspect: str | None
    hearing: str | None
    offence: str | None
    trigger: str
    triggered_on: date
    period: int | None
    applies: str
    track: str
    due_on: date | None
    due_on_if_enhanced: date | None
    act_by: date | None
    discharged_on: date | None
    status: str
    days_late: int | None
    urgency: str | None
    good_reason: bool


@dataclass
class Clock:
    """When a duty began, and the due dates that are possible on one track."""

    began: date
    due: date | None
    possible: list[date]
    """More than one where the day of receipt is not known; none where there is no date at all."""


class Duties:
    """What is owed to the people of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.people = {victim["reference"]: Person(record, victim["reference"]) for victim in record.victims}

    def all(self) -> list[Obligation]:
        found, happened = [], {"any", *(event["event"] for event in self.record.events)}
        touched = {edition_on(event["on"]) for event in self.record.events}
        for edition in editions():
            for duty in duties(edition["id"]) if edition["id"] in touched else ():
                if duty["trigger"]["event"] not in happened:
                    continue
                if duty.get("owed_to", "victim") != "victim":
                    found += self.between_bodies(duty, edition["id"])
                else:
                    for reference in self.people:
                        found += self.owed_to(reference, duty, edition["id"])
        return found

    # --- what starts it -----------------------------------------------------------------------------------------
    def starts(self, duty: dict, edition: str, reference: str | None) -> list[tuple[Event, Truth]]:
        """The records that start a duty under an edition, and whether each concerns the victim."""
        wanted = duty["trigger"]["event"]
        if wanted == "any":
            return [(e, True) for e in self.record.events if edition_on(e["on"]) == edition][:1]
        mine = []
        for event in self.record.named(wanted):
            wanted_by = self.people if reference is None else [reference]
            concerns = any_of([self.record.concerns(event, each) for each in wanted_by])
            if concerns is not False and edition_on(event["on"]) == edition:
                mine.append((event, concerns))
        occurrence = duty["trigger"].get("occurrence")
        if occurrence:
            mine = [each for each in mine if self.is_first(each[0]) == (occurrence == "first")]
        return mine

    def is_first(self, event: Event) -> bool:
        """Whether no earlier such record names the suspect; those that name none are counted by themselves."""
        alike = [
            e for e in self.record.named(event["event"]) if (e.get("suspect") or None) == (event.get("suspect") or None)
        ]
        return alike[0] is event

    def owed_to(self, reference: str, duty: dict, edition: str) -> Iterator[Obligation]:
        person = self.people[reference]
        for event, concerns in self.starts(duty, edition, reference):
            for period, clocks in self.periods(duty, event, edition):
                began = clocks["began"]
                if self.dead_before(reference, began):
                    continue
                fits = person.meets(duty.get("applies_when"), began, event)
                applies = all_of([concerns, person.entitled(edition, began), fits])
                if applies is not False:
                    yield self.answer(duty, edition, reference, event, period, began, applies)

    def between_bodies(self, duty: dict, edition: str) -> Iterator[Obligation]:
        """Owed if the record concerns anyone of the case."""
        for event, concerns in self.starts(duty, edition, None):
            yield self.answer(duty, edition, None, event, None, event["on"], concerns)

    def periods(self, duty: dict, event: Event, edition: str) -> Iterator[tuple[int | None, dict]]:
        """The periods of a duty that recurs, or the one time of any other."""
        (rule, *_) = duty["deadline"].values()
        if "every" not in rule:
            yield None, {"began": event["on"]}
            return
        ends = [one["on"] for one in self.record.named(*rule["until"]) if one["on"] >= event["on"]]
        number = 1
        while True:
            began, due = (months_after(event["on"], rule["every"] * n) for n in (number - 1, number))
            if began > self.record.as_at or any(end < due for end in ends) or edition_on(began) != edition:
                return
            yield number, {"began": began}
            number += 1

    # --- the answer ---------------------------------------------------------------------------------------------
    def answer(
        self,
        duty: dict,
        edition: str,
        reference: str | None,
        event: Event,
        period: int | None,
        began: date,
        applies: Truth,
    ) -> Obligation:
        done = self.done_on(duty, event, reference, began)
        track, clocks = self.clocks(duty, edition, reference, event, period, began)
        statuses = set()
        for clock in clocks:
            for due in clock.possible or [None]:
                statuses.add(self.status(duty, reference, began, due, done))
        status = statuses.pop() if len(statuses) == 1 else "cannot-tell"
        receipt = duty.get("discharged_by", {}).get("receipt")
        if receipt and done is None and status == "overdue":
            status = "cannot-tell"
        if applies is None and not (done is not None and status in ("met", "met-late")) and status != "suspended":
            status = "cannot-tell"
        dues = [clock.due for clock in clocks]
        acts = [min(clock.possible) for clock in clocks if clock.possible]
        act_by = min(acts, default=None)
        found = Obligation(
            duty=duty["id"],
            edition=edition,
            victim=reference,
            suspect=event.get("suspect"),
            hearing=event.get("hearing"),
            offence=event.get("offence"),
            trigger=event["event"],
            triggered_on=began,
            period=period,
            applies={True: "yes", False: "no", None: "unknown"}[applies],
            track=track,
            due_on=dues[0],
            due_on_if_enhanced=dues[1] if track == "unknown" else None,
            act_by=act_by,
            discharged_on=done,
            status=status,
            days_late=None,
            urgency=None,
            good_reason=self.good_reason(duty, event, reference, began),
        )
        found.days_late = self.days_late(found, dues)
        found.urgency = self.urgency(found)
        return found

    def clocks(
        self, duty: dict, edition: str, reference: str | None, event: Event, period: int | None, began: date
    ) -> tuple[str, list[Clock]]:
        """The track, and a clock for each limit that is possible: the standard one first."""
        rules = duty["deadline"]
        if "all" in rules:
            return "single", [self.clock(rules["all"], event, period, began)]
        enhanced = self.people[reference].enhanced(edition, began)
        wanted = {True: ["enhanced"], False: ["standard"], None: ["standard", "enhanced"]}[enhanced]
        track = {True: "enhanced", False: "standard", None: "unknown"}[enhanced]
        return track, [self.clock(rules[name], event, period, began) for name in wanted]

    def clock(self, rule: dict, event: Event, period: int | None, began: date) -> Clock:
        known = self.record.known_on
        if "every" in rule:
            due = months_after(event["on"], rule["every"] * period)
            return Clock(began, due, [due])
        if "before" in rule:
            due = self.before(rule["before"], event)
            return Clock(began, due, [due] if due else [])
        if "within" not in rule:
            return Clock(began, None, [])
        if rule["after"] == "event":
            due = limit(event["on"], rule["within"], rule["unit"], known)
            return Clock(began, due, [due])
        if event["received_on"]:
            due = limit(event["received_on"], rule["within"], rule["unit"], known)
            return Clock(began, due, [due])
        return Clock(began, None, self.possible_dues(limit(event["on"], rule["within"], rule["unit"], known)))

    def possible_dues(self, earliest: date) -> list[date]:
        """The due dates a receipt that is not on record may lead to: any working day from the earliest on.

        Only where they lie against the days on which something happened can matter, so one in each gap is enough.
        """
        days = {earliest, self.record.as_at + timedelta(days=4000)}
        for mark in [self.record.as_at, *(event["on"] for event in self.record.events)]:
            days |= {mark + timedelta(days=n) for n in range(-6, 7)}
        return sorted(
            day for day in days if day >= earliest and (day == earliest or is_working(day, self.record.known_on))
        )

    def before(self, name: str, event: Event) -> date | None:
        """Reading *before-an-event*: the first from that day on, of the same suspect or where either names none."""
        for other in self.record.named(name):
            if other["on"] >= event["on"] and same_or_absent(event, other, ["suspect"]):
                return other["on"]
        return None

    def status(self, duty: dict, reference: str | None, began: date, due: date | None, done: date | None) -> str:
        """Where it stands, if it was to be done by this day."""
        as_at = self.record.as_at
        if done is not None and (due is None or done <= due):
            return "met"
        if reference is not None and self.on_hold(duty, reference, began, due):
            return "suspended"
        if due is None:
            return "undated"
        if done is not None:
            return "met-late"
        return "not-yet-due" if as_at < due else "due-today" if as_at == due else "overdue"

    # --- wishes and death ---------------------------------------------------------------------------------------
    def on_hold(self, duty: dict, reference: str, began: date, due: date | None) -> bool:
        died = self.died_on(reference)
        if died is not None and (due is None or died <= due):
            return True
        if due is None:
            return self.declined(duty, reference, self.record.as_at)
        if self.declined(duty, reference, began):
            return True
        return self.declined(duty, reference, due)

    def declined(self, duty: dict, reference: str, day: date) -> bool:
        """Whether a wish not to have this holds on a day; taken back on the day it was said, it was not said."""
        ways = [("service-declined", "service-resumed", duty["id"])]
        if duty.get("declinable") == "updates":
            ways.append(("updates-declined", "updates-resumed", None))
        for no, yes, about in ways:
            wishes = [
                e
                for e in self.record.about(reference, no, yes)
                if e["on"] <= day and (about is None or e["about"] == about)
            ]
            last = max((e["on"] for e in wishes), default=None)
            said = {e["event"] for e in wishes if e["on"] == last}
            if said == {no}:
                return True
        return False

    def died_on(self, reference: str) -> date | None:
        return min((event["on"] for event in self.record.about(reference, "victim-died")), default=None)

    def dead_before(self, reference: str, day: date) -> bool:
        died = self.died_on(reference)
        return died is not None and died < day

    # --- what was done ------------------------------------------------------------------------------------------
    def done_on(self, duty: dict, event: Event, reference: str | None, began: date) -> date | None:
        rule = duty.get("discharged_by")
        if rule is None:
            return None
        if rule.get("receipt"):
            return event["received_on"]
        days = [
            other["on"]
            for other in self.record.named(rule["event"])
            if other["on"] >= began
            and (rule.get("about") is None or other.get("about") == rule["about"])
            and same_or_absent(event, other, rule.get("match") or [])
            and same_or_absent(event, other, ["offence"])
            and self.counts_for(other, event, reference)
        ]
        return min(days, default=None)

    def counts_for(self, told: Event, event: Event, reference: str | None) -> bool:
        """Whether what was done for one person was done for this one: themselves, or whoever hears for them."""
        for hearer in self.hearers(reference, told["on"]):
            concerns = self.record.concerns(told, hearer)
            if concerns or (concerns is None and told.get("offence") == event.get("offence")):
                return True
        return False

    def hearers(self, reference: str | None, day: date) -> Iterator[str]:
        if reference is None:
            return
        yield reference
        for other, person in self.people.items():
            if (
                other != reference
                and reference in (person.row.get("speaks_for") or ())
                and self.hears(person, reference, day)
            ):
                yield other

    def hears(self, person: Person, reference: str, day: date) -> bool:
        """Readings *told-through-another* and *victim-speaks-for-another*."""
        edition = edition_on(day)
        if person.capacity == "family-spokesperson":
            return True
        if person.capacity == "parent-or-guardian":
            return edition is not None and person.entitled(edition, day) is True
        if self.people[reference].ask("unable-to-communicate", day) is True:
            return True
        born = as_day(self.people[reference].row.get("born"))
        return born is not None and day < birthday(born, 18)

    # --- how late, and how soon ---------------------------------------------------------------------------------
    def days_late(self, found: Obligation, dues: list[date | None]) -> int | None:
        if found.status in ("met", "not-yet-due", "due-today"):
            return 0
        if found.status not in ("met-late", "overdue"):
            return None
        end = found.discharged_on or self.record.as_at
        late = {working_days_between(due, end, self.record.known_on) for due in dues if due}
        return late.pop() if len(late) == 1 else None

    def urgency(self, found: Obligation) -> str | None:
        """Not knowing whether something is late never takes it off the list."""
        if found.discharged_on or found.act_by is None or found.status in ("suspended", "undated"):
            return None
        as_at = self.record.as_at
        if found.status == "overdue":
            return "overdue"
        if as_at > found.act_by:
            return "act-now"
        if as_at == found.act_by:
            return "due-today"
        return "due-soon" if found.act_by <= working_days_after(as_at, 5, self.record.known_on) else "later"

    def good_reason(self, duty: dict, event: Event, reference: str | None, began: date) -> bool:
        """Reading *good-reason-days*: one recorded on or after the day the duty began, and about nothing else."""
        return any(
            one["about"] == duty["id"]
            and one["on"] >= began
            and (reference is None or self.record.concerns(one, reference) is not False)
            and same_or_absent(event, one, ["suspect", "hearing", "offence"])
            for one in self.record.named("good-reason")
        )
