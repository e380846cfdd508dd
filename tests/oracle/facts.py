"""What is known of someone on a day: true, false, or not known.

Readings: *unknown-facts*, *since-when*, *stated-as-unknown*, *derived-facts*, *age-stated*, *born-after-the-offence*,
*several-offences*, *child-comes-of-age*, *stated-against-record*, *rights-of-those-spoken-for*.
"""

from __future__ import annotations

from datetime import date

from .days import birthday
from .law import Truth, any_of, eligibility, facts, holds
from .record import Event, Record

NOBODY_SAID = "no one said"


def stated(statements: object, fact: str, day: date | None) -> Truth | str:
    """What statements say of a fact on a day: the latest `since` counts, and a known answer before one that is not."""
    said = []
    for statement in as_list(statements):
        since = statement.get("since")
        since = date.fromisoformat(since) if isinstance(since, str) else since
        if statement["fact"] == fact and (since is None or day is None or since <= day):
            value = statement.get("value", True)
            said.append((since or date.min, None if value == "unknown" else value))
    if not said:
        return NOBODY_SAID
    latest = max(since for since, _ in said)
    values = [value for since, value in said if since == latest]
    return next((value for value in values if value is not None), None)


def as_list(statements: object) -> list[dict]:
    """Facts of a victim, or flags of an offence, in the one form they all have."""
    if isinstance(statements, dict):
        return [{"fact": fact, "value": value} for fact, value in statements.items()]
    found = []
    for one in statements or ():
        if isinstance(one, dict):
            found.append(one)
        elif one.startswith("not-"):
            found.append({"fact": one.removeprefix("not-"), "value": False})
        else:
            found.append({"fact": one, "value": True})
    return found


class Person:
    """Someone of the case, and what is known of them on a day (for an event, or a window, if one is given)."""

    def __init__(self, record: Record, reference: str) -> None:
        self.record, self.reference = record, reference
        self.row = record.victim(reference)
        self._enhanced: dict[tuple[str, date], Truth] = {}
        self._entitled: dict[tuple[str, date], Truth] = {}
        self.capacity = self.row.get("capacity") or "person"
        self.born = as_day(self.row.get("born"))
        self.assessed = bool(record.about(reference, "needs-assessed"))

    def ask(self, fact: str, day: date, event: Event | None = None, offences: list[dict] | None = None) -> Truth | str:
        what = facts()[fact]
        if fact == "capacity":
            return self.capacity
        derived = what.get("derived")
        if derived == "age-of-child":
            return self.speaks_for_a_child(what["below"], day)
        if derived == "age-at-offence":
            return self.under_at_offence(what["below"], fact, day, offences)
        if derived == "age-on-day":
            return None if self.born is None else day < birthday(self.born, what["below"])
        if derived == "age-at-event":
            return self.under_at_event(what["below"], what["event"])
        said = self.said(fact, day, offences)
        if said != NOBODY_SAID:
            return said
        if derived == "event-on-record" and self.on_record(what, day, event):
            return True
        return self.silence(what)

    def meets(
        self, condition: dict | None, day: date, event: Event | None = None, offences: list[dict] | None = None
    ) -> Truth:
        return holds(condition, lambda fact: self.ask(fact, day, event, offences))

    def silence(self, what: dict) -> Truth:
        if what["silence"] == "closed-by-needs-assessment":
            return False if self.assessed else None
        return {"unknown": None, "false": False, "true": True}[what["silence"]]

    def said(self, fact: str, day: date, offences: list[dict] | None = None) -> Truth | str:
        """What is stated: of a person under their facts, of the case under the flags of each offence."""
        if facts()[fact]["of"] == "victim":
            people = [self.row]
            if facts()[fact].get("shared"):
                people += [self.record.victim(each) for each in self.row.get("speaks_for") or ()]
            answers = [stated(one.get("facts"), fact, day) for one in people]
        else:
            against = self.offences() if offences is None else offences
            answers = [stated(one.get("flags"), fact, day) for one in against]
        if True in answers:
            return True
        if all(answer == NOBODY_SAID for answer in answers):
            return NOBODY_SAID
        # of several, what no one has said of one is as silence has it
        answers = [self.silence(facts()[fact]) if answer == NOBODY_SAID else answer for answer in answers]
        return any_of(answers)

    def offences(self) -> list[dict]:
        """The offences that count for somebody: those against them, or against those for whom they only speak."""
        if self.only_speaks and self.row.get("speaks_for"):
            mine = [self.record.may_be_against(each) for each in self.row["speaks_for"]]
            mine.append([one for one in self.record.offences if self.reference in (one.get("victims") or ())])
            found = [one for one in self.record.offences if any(one is each for some in mine for each in some)]
            if found:
                return found
        return self.record.offences_against(self.reference)

    @property
    def only_speaks(self) -> bool:
        return self.capacity in ("family-spokesperson", "parent-or-guardian")

    # --- ages ---------------------------------------------------------------------------------------------------
    def under_at_offence(self, age: int, fact: str, day: date, offences: list[dict] | None) -> Truth:
        """From the dates; what is stated counts where they leave it open."""
        against = self.offences() if offences is None else offences
        answers = [self._under_at(age, one, against) for one in against] or [self._under_at(age, {}, [])]
        found = any_of(answers)
        if found is None:
            said = stated(self.row.get("facts"), fact, day)
            if said != NOBODY_SAID:
                return said
        return found

    def _under_at(self, age: int, offence: dict, against: list[dict]) -> Truth:
        if self.born is None:
            return None
        committed = as_day(offence.get("committed_on"))
        if committed is not None:
            return committed < birthday(self.born, age)
        first = min((event["on"] for event in self.record.events if self._after(event, offence, against)), default=None)
        return True if first is not None and self.born <= first < birthday(self.born, age) else None

    def _after(self, event: Event, offence: dict, against: list[dict]) -> bool:
        """Whether a record is not earlier than an offence: it names it, or any it may be about is against them."""
        if event.get("offence"):
            named = next(one for one in self.record.offences if one.get("reference") == event["offence"])
            if named is offence:
                return True
        mine = self.offences() if event.get("victim") == self.reference else self.record.offences
        return all(any(one is other for other in against) for one in mine)

    def under_at_event(self, age: int, name: str) -> Truth:
        """Under an age on the day of the first such event; not, if of that age at every offence."""
        if self.born is None:
            return None
        days = [event["on"] for event in self.record.about(self.reference, name)]
        if days:
            return min(days) < birthday(self.born, age)
        against = self.offences()
        days = [as_day(one.get("committed_on")) for one in against]
        if days and all(day is not None and day >= birthday(self.born, age) for day in days):
            return False
        return None

    def speaks_for_a_child(self, age: int, day: date) -> Truth:
        """Whether one of those they speak for is still a child on the day; so it is where nothing says otherwise."""
        born = [as_day(self.record.victim(each).get("born")) for each in self.row.get("speaks_for") or ()]
        return not born or any(one is None or day < birthday(one, age) for one in born)

    def on_record(self, what: dict, day: date, event: Event | None) -> bool:
        suspect = event.get("suspect") if event and what.get("each") else None
        return any(
            not suspect or not other.get("suspect") or other["suspect"] == suspect
            for other in self.record.about(self.reference, what["event"])
            if other["on"] <= day
        )

    # --- who is covered, and who has Enhanced Rights ------------------------------------------------------------
    def entitled(self, edition: str, day: date) -> Truth:
        if (edition, day) not in self._entitled:
            self._entitled[edition, day] = self.meets(self._in(edition)["entitled_when"], day)
        return self._entitled[edition, day]

    def _in(self, edition: str) -> dict:
        return next(one for one in eligibility(edition)["capacities"] if one["id"] == self.capacity)

    def is_victim(self, edition: str, day: date) -> Truth:
        capacity = self._in(edition)
        if not capacity["victim"]:
            return False
        entitled, further = (
            self.entitled(edition, day),
            holds(capacity.get("victim_when"), lambda fact: self.ask(fact, day)),
        )
        return False if False in (entitled, further) else None if None in (entitled, further) else True

    def enhanced(self, edition: str, day: date) -> Truth:
        if (edition, day) not in self._enhanced:
            self._enhanced[edition, day] = self._has_enhanced(edition, day)
        return self._enhanced[edition, day]

    def _has_enhanced(self, edition: str, day: date) -> Truth:
        """Reading *rights-of-those-spoken-for* for whoever is in the case only to speak for others."""
        own = self.own_enhanced(edition, day)
        if not self._in(edition).get("speaks"):
            return own
        others = [Person(self.record, each) for each in self.row.get("speaks_for") or ()]
        if self.enhanced_by_themselves(edition, day):
            return True
        if not others:
            return None
        return any_of([other.enhanced(edition, day) for other in others])

    def declined(self, edition: str, day: date) -> bool:
        return self.ask(eligibility(edition)["declined_by"], day) is True

    def own_enhanced(self, edition: str, day: date) -> Truth:
        if not self._in(edition)["enhanced"] or self.declined(edition, day):
            return False
        criteria = [one for group in eligibility(edition)["enhanced"] for one in group["criteria"]]
        return any_of([self.meets(one["when"], day) for one in criteria])

    def enhanced_by_themselves(self, edition: str, day: date) -> bool:
        """Whether what is recorded of a speaker themselves brings Enhanced Rights, which they have not declined."""
        if self.declined(edition, day):
            return False

        def ask(fact: str) -> Truth | str:
            return None if facts()[fact]["of"] == "case" else self.ask(fact, day)

        criteria = [one for group in eligibility(edition)["enhanced"] for one in group["criteria"]]
        return any(holds(one["when"], ask) is True for one in criteria)


def as_day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
