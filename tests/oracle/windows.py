"""What a victim may still do, and until when, under the schemes of `data/schemes` (their keys: `data/README.md`).

Readings: *who-may-ask*, *unknown-scheme*, *review-counted-from-telling*, *last-of-the-sentences*, *hour-of-a-request*,
*request-in-time-when-received*, *on-the-day-that-ends-it*, *the-last-of-several-counts*,
*statement-without-a-sentence*,
*compensation-day-of-application*, *compensation-not-yet-reported*, *windows-of-a-victim-who-has-died*,
*request-and-its-decision*, *request-of-which-decision*, *until-a-birthday*, *ombudsman-route*,
*ombudsman-twelve-months*, *parole-safe-day*, *several-offences*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .days import birthday, is_working, limit, london_time
from .duties import Duties
from .facts import Person, as_day
from .law import Truth, all_of, any_of, edition_on, schemes
from .record import Event, same_or_absent

DAY = timedelta(days=1)
WORDS = {True: "yes", False: "no", None: "unknown"}


@dataclass
class Window:
    """The answer about one window, in the words of the result."""

    scheme: str
    victim: str
    suspect: str | None
    offence: str | None
    opened_by: str | None
    opened_on: date | None
    applies: str
    state: str
    closes_on: date | None
    may_close_later: bool
    ordinarily_by: date | None
    safe_on: date | None
    taken_up_on: date | None
    in_time: str | None
    follow_ups: str


@dataclass
class Closing:
    """Where one limit ends: a day, or on no day that is known, at the earliest or latest on some other."""

    rule: dict
    applies: Truth
    on: date | None = None
    not_before: date | None = None
    not_after: date | None = None
    ended_on: date | None = None
    open_without_end: bool = False


class Windows:
    """The windows of the people of one record."""

    def __init__(self, duties: Duties) -> None:
        self.duties, self.record, self.people = duties, duties.record, duties.people

    def all(self) -> list[Window]:
        found = []
        for scheme in schemes():
            for reference in self.people:
                for opening in self.openings(scheme, reference):
                    window = self.window(scheme, reference, **opening)
                    if window:
                        found.append(window)
        return found

    # --- what opens one -----------------------------------------------------------------------------------------
    def openings(self, scheme: dict, reference: str) -> list[dict]:
        found = []
        for opens in scheme["opens"]:
            if "event" not in opens:
                found += self.by_offence(reference)
            elif opens["event"] == "any":
                first = self.record.events[:1]
                found += [{"events": [], "when": None, "by": None, "opened_on": e["on"]} for e in first]
            else:
                named = [
                    e for e in self.record.named(opens["event"]) if self.record.concerns(e, reference) is not False
                ]
                if opens.get("together"):
                    found += self.together(named)
                else:
                    found += [{"events": [e], "when": opens.get("when"), "by": e["event"]} for e in named]
        return found

    def by_offence(self, reference: str) -> list[dict]:
        """One for each day on which someone was harmed; offences of one day share it."""
        days: dict[date | None, list[dict]] = {}
        for offence in self.people[reference].offences() or [{}]:
            days.setdefault(as_day(offence.get("committed_on")), []).append(offence)
        return [{"events": [], "when": None, "by": None, "offences": of_day} for of_day in days.values()]

    def together(self, events: list[Event]) -> list[dict]:
        """One window for each suspect, and one for those that name none."""
        suspects = list(dict.fromkeys(event.get("suspect") or None for event in events))
        return [
            {"events": [e for e in events if (e.get("suspect") or None) == one], "when": None, "by": events[0]["event"]}
            for one in suspects
        ]

    # --- the answer ---------------------------------------------------------------------------------------------
    def window(
        self,
        scheme: dict,
        reference: str,
        events: list[Event],
        when: dict | None,
        by: str | None,
        offences: list[dict] | None = None,
        opened_on: date | None = None,
    ) -> Window | None:
        person = self.people[reference]
        event = events[0] if events else None
        if opened_on is None:
            opened_on = event["on"] if event else as_day(offences[0].get("committed_on"))
        died = self.died_on(reference)
        if died and opened_on and opened_on > died:
            return None
        if opened_on and scheme.get("since") and opened_on < scheme["since"]:
            return None
        as_at = self.record.as_at
        if as_at < scheme.get("applications_since", as_at):
            return None
        looked_at = self.offences_looked_at(event, offences)
        asked_on = opened_on or as_at
        covered, covered_until = True, None
        if scheme["open_to"] == "entitled":
            covered = person.entitled(edition_on(as_at), as_at)
            if covered is False and opened_on:
                first = edition_on(opened_on)
                if first is None or person.entitled(first, opened_on):
                    covered, covered_until = True, self.covered_until(person, opened_on)
        concerns = any_of([self.record.concerns(one, reference) for one in events]) if events else True
        applies = all_of(
            [
                covered,
                concerns,
                person.meets(when, asked_on, event, looked_at),
                person.meets(scheme.get("applies_when"), asked_on, event, looked_at),
            ]
        )
        if applies is False:
            return None
        closings = [self.closing(rule, person, events, opened_on, looked_at) for rule in scheme["limits"]]
        closings = [one for one in closings if one.applies is not False]
        binding = [one for one in closings if one.rule.get("binding", True)]
        ended = min([day for day in (died, covered_until) if day], default=None)
        closes_on = self.safe_day(binding, ended)
        request = self.request(scheme, reference, events, opened_on)
        if request and self.asked_on(scheme, request) < scheme.get("applications_since", date.min):
            return None
        return Window(
            scheme=scheme["id"],
            victim=reference,
            suspect=event.get("suspect") if event else None,
            offence=event.get("offence") if event else None,
            opened_by=by,
            opened_on=opened_on,
            applies=WORDS[applies],
            state=self.state(binding, applies, ended),
            closes_on=closes_on,
            may_close_later=closes_on is not None and not ended and len({one.on for one in binding}) > 1,
            ordinarily_by=min(
                [one.on for one in closings if one.on and not one.rule.get("binding", True)], default=None
            ),
            safe_on=min([day for one in closings if (day := self.safe_on(one, opened_on))], default=None),
            taken_up_on=request["on"] if request else None,
            in_time=self.in_time(scheme, request, binding, ended) if request else None,
            follow_ups="; ".join(self.follow_ups(scheme, reference, request)) if request else "",
        )

    def covered_until(self, person: Person, opened_on: date) -> date | None:
        """The last day on which someone received the Rights, who does not any more."""
        day = self.record.as_at
        while day >= opened_on:
            edition = edition_on(day)
            if edition is None or person.entitled(edition, day) is not False:
                return day
            day -= DAY
        return None

    def safe_day(self, binding: list[Closing], ended: date | None) -> date | None:
        """The earliest last day of the limits that may apply, if none of them can end on an earlier one."""
        first = min([day for day in (*(one.on for one in binding), ended) if day], default=None)
        for one in binding:
            sooner = first and (one.not_before is None or one.not_before < first)
            if sooner and one.on is None and "ends_with" not in one.rule:
                return None
        return first

    def offences_looked_at(self, event: Event | None, offences: list[dict] | None) -> list[dict] | None:
        """A window that an offence opens, or a decision that names one, looks at that offence alone."""
        if event and event.get("offence"):
            return [one for one in self.record.offences if one.get("reference") == event["offence"]]
        return offences

    def died_on(self, reference: str) -> date | None:
        return min((event["on"] for event in self.record.about(reference, "victim-died")), default=None)

    def state(self, closings: list[Closing], applies: Truth, ended: date | None) -> str:
        as_at = self.record.as_at
        if ended and ended <= as_at:
            return "closed"
        states = {self.state_of(one, as_at) for one in closings}
        state = states.pop() if len(states) == 1 else "unknown"
        return "unknown" if applies is None and state == "open" else state

    def state_of(self, closing: Closing, as_at: date) -> str:
        if closing.ended_on:
            return "closed"
        if closing.open_without_end:
            return "open"
        if closing.on:
            return "closed" if as_at > closing.on else "open"
        if closing.not_after and as_at > closing.not_after:
            return "closed"
        waits = "ends_with" in closing.rule
        if closing.not_before and (as_at < closing.not_before or (as_at == closing.not_before and not waits)):
            return "open"
        return "unknown"

    # --- the limits ---------------------------------------------------------------------------------------------
    def closing(
        self, rule: dict, person: Person, events: list[Event], opened_on: date | None, looked_at: list[dict] | None
    ) -> Closing:
        event = events[0] if events else None
        applies = person.meets(rule.get("applies_when"), self.record.as_at, event, looked_at)
        law_on = opened_on
        if law_on and (law_on < rule.get("since", date.min) or law_on > rule.get("until", date.max)):
            return Closing(rule, False)
        closing = Closing(rule, applies)
        if "ends_with" in rule:
            self.ends_with(closing, person, event)
        elif "until_age" in rule:
            closing.on = birthday(person.born, rule["until_age"]) if person.born else None
            if not person.born and opened_on:
                closing.not_before = limit(opened_on, rule["until_age"] - 18, "year")
        elif "within" in rule:
            self.within(closing, person, events, opened_on)
        return closing

    def within(self, closing: Closing, person: Person, events: list[Event], opened_on: date | None) -> None:
        rule = closing.rule
        start = opened_on
        if rule.get("counted_from") == "last-opening":
            start = max(event["on"] for event in events)
            if self.another_may_be_the_last(person.reference, events, start):
                return
        elif rule.get("counted_from") == "told":
            start = self.told_on(person.reference, events[0])
            if start is None:
                closing.not_before = self.end(rule, opened_on)
        elif rule.get("counted_from") == "event":
            days = [one["on"] for one in self.record.about(person.reference, rule["event"])]
            start = min(days, default=None)
            if start is None and not rule.get("comes_first"):
                starts = [day for day in (opened_on, person.born and birthday(person.born, 18)) if day]
                closing.not_before = self.end(rule, max(starts)) if starts else None
            if rule.get("comes_first"):
                start = max([day for day in days if day <= opened_on], default=None)
                if start is None:
                    closing.not_after = self.end(rule, opened_on)
        if start:
            closing.on = self.end(rule, start)
        elif "counted_from" not in rule and self.record.events:  # no record is earlier than its offence
            closing.not_after = self.end(rule, self.record.events[0]["on"])

    def another_may_be_the_last(self, reference: str, events: list[Event], last: date) -> bool:
        """Whether a later one, of which it is not known whether it is the same suspect's, may be the last."""
        return any(
            one["on"] > last and not (one.get("suspect") and events[0].get("suspect"))
            for one in self.record.named(events[0]["event"])
            if self.record.concerns(one, reference) is not False and one not in events
        )

    def end(self, rule: dict, start: date) -> date:
        day = limit(start, rule["within"], rule["unit"], self.record.known_on)
        step = {"back": -DAY, "forward": DAY}.get(rule.get("shift"))
        while step and not is_working(day, self.record.known_on):
            day += step
        return day

    def told_on(self, reference: str, event: Event) -> date | None:
        days = [
            told["on"]
            for told in self.record.named("victim-informed")
            if told["about"] == event["event"]
            and told["on"] >= event["on"]
            and same_or_absent(event, told, ["suspect", "offence", "hearing"])
            and self.duties.counts_for(told, event, reference)
        ]
        return min(days, default=None)

    def ends_with(self, closing: Closing, person: Person, event: Event | None) -> None:
        """It ends with an event to come, or with the last of several."""
        rule = closing.rule["ends_with"]
        ends = [
            one
            for one in self.record.about(person.reference, rule["event"])
            if event is None or (one["on"] >= event["on"] and same_or_absent(event, one, ["suspect", "offence"]))
        ]
        if "for_each" in rule:
            self.ends_with_the_last(closing, person, rule, ends)
        elif ends:
            closing.on = closing.ended_on = ends[-1]["on"]
        else:
            closing.open_without_end = True

    def ends_with_the_last(self, closing: Closing, person: Person, rule: dict, ends: list[Event]) -> None:
        """Open while a charged suspect, or another offence, is still to be dealt with; called off if none follows."""
        charges = [
            e for e in self.record.named(rule["for_each"]) if self.record.concerns(e, person.reference) is not False
        ]
        stops = self.record.about(person.reference, rule["called_off_by"])
        over = [*ends, *stops]
        pending = [
            one
            for one in charges
            if not any(end["on"] >= one["on"] and same_or_absent(one, end, ["suspect"]) for end in over)
        ]
        ended_all = [one for one in stops if person.meets(rule["called_off_when"], one["on"], one)]
        last_charge = max((one["on"] for one in charges), default=date.min)
        ended_all = [one for one in ended_all if one["on"] >= last_charge]
        if ended_all:
            closing.on = closing.ended_on = max(one["on"] for one in [*ended_all, *ends])
        elif ends and not self.suspects_to_come(charges, ends):
            last = ends[-1]["on"]
            if self.still_to_be_dealt_with(person, rule, last):
                closing.open_without_end = True
            else:
                closing.on = closing.ended_on = last
        elif pending or (stops and self.still_to_be_dealt_with(person, rule, stops[-1]["on"])):
            closing.open_without_end = True
        elif any(person.meets(rule["called_off_when"], one["on"], one) is None for one in stops):
            closing.not_before = stops[-1]["on"]
        else:
            closing.open_without_end = True

    def suspects_to_come(self, charges: list[Event], ends: list[Event]) -> set[str]:
        """The named suspects who were charged and not sentenced, unless a sentence names no one."""
        met = {one.get("suspect") or None for one in ends}
        return set() if None in met else {one["suspect"] for one in charges if one.get("suspect")} - met

    def still_to_be_dealt_with(self, person: Person, rule: dict, last: date) -> bool:
        decided = [one for one in self.record.about(person.reference, *rule["offence_over_by"]) if one["on"] <= last]
        if any(not one.get("offence") for one in decided):
            return False
        over = {one["offence"] for one in decided}
        return any(one.get("reference") not in over for one in person.offences())

    # --- what the victim did, and what follows ------------------------------------------------------------------
    def request(self, scheme: dict, reference: str, events: list[Event], opened_on: date | None) -> Event | None:
        """The first request that belongs to this decision: to the last one before it, or on the same day."""
        if "taken_up_by" not in scheme:
            return None
        for one in self.record.named(scheme["taken_up_by"]):
            if self.record.concerns(one, reference) is False:
                continue
            if one.get("about") not in (None, scheme["id"]) or (opened_on and one["on"] < opened_on):
                continue
            if not events or self.belongs(one, events, scheme, reference):
                return one
        return None

    def belongs(self, request: Event, events: list[Event], scheme: dict, reference: str) -> bool:
        if not same_or_absent(events[0], request, ["suspect", "offence"]):
            return False
        names = {opens["event"] for opens in scheme["opens"]}
        later = [
            one
            for one in self.record.about(reference, *names)
            if (one.get("suspect") or None) == (events[0].get("suspect") or None) and one["on"] <= request["on"]
        ]
        return not later or later[-1]["on"] <= events[-1]["on"]

    def asked_on(self, scheme: dict, request: Event) -> date:
        """The day that decides whether a request was in time."""
        return (request["received_on"] if scheme.get("in_time_when") == "received" else None) or request["on"]

    def in_time(self, scheme: dict, request: Event, binding: list[Closing], ended: date | None) -> str:
        answers = [self.in_time_for(one, scheme, request) for one in binding]
        if ended and self.asked_on(scheme, request) > ended:
            return "no"
        return WORDS[answers[0] if len(set(answers)) == 1 else None]

    def in_time_for(self, closing: Closing, scheme: dict, request: Event) -> Truth:
        day = self.asked_on(scheme, request)
        if closing.open_without_end:
            return True
        if closing.on:
            if day == closing.on and "until_hour" in closing.rule:
                return self.before_the_hour(scheme, request, closing.rule["until_hour"])
            return day <= closing.on
        if closing.not_before and day <= closing.not_before:
            return True
        if closing.not_after and day > closing.not_after:
            return False
        return None

    def before_the_hour(self, scheme: dict, request: Event, hour: str) -> Truth:
        received = request.get("received") if scheme.get("in_time_when") == "received" else None
        when = london_time(received if received and request["received_on"] else request["at"])
        return when.time() <= time.fromisoformat(hour) if isinstance(when, datetime) else None

    def safe_on(self, closing: Closing, opened_on: date | None) -> date | None:
        """Readings *parole-safe-day*, within 14 days on a working day, and *until-a-birthday*, the day before it."""
        rule = closing.rule
        if "until_age" in rule and closing.on:
            return closing.on - DAY
        if "safe_within" not in rule or opened_on is None:
            return None
        day = opened_on + rule["safe_within"] * DAY
        while not is_working(day, self.record.known_on):
            day -= DAY
        return day

    def follow_ups(self, scheme: dict, reference: str, request: Event) -> list[str]:
        found = []
        for service in scheme.get("services") or ():
            due = limit(request["on"], service["within"], service["unit"], self.record.known_on)
            done = min(
                [
                    one["on"]
                    for one in self.record.about(reference, service["done_by"])
                    if one["about"] == scheme["id"]
                    and one["on"] >= request["on"]
                    and same_or_absent(request, one, ["suspect"])
                ],
                default=None,
            )
            as_at = self.record.as_at
            late = "overdue" if as_at > due else "due-today" if as_at == due else "not-yet-due"
            status = ("met" if done <= due else "met-late") if done else late
            found.append(f"{service['id']} {due} {done} {status}")
        return found
