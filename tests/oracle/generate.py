"""Made-up cases that hold together: every event and fact of the vocabulary, in the date ranges of every edition."""

from __future__ import annotations

import random
from datetime import date, timedelta

from .days import bank_holidays, birthday, london
from .law import all_duties, events, facts, schemes, topics

DAY = timedelta(days=1)
ERAS = [
    (date(2006, 4, 3), date(2013, 12, 9)),
    (date(2013, 12, 10), date(2015, 11, 15)),
    (date(2015, 11, 16), date(2021, 3, 31)),
    (date(2021, 4, 1), date(2026, 11, 30)),
]
TURNS = [date(2013, 12, 10), date(2015, 11, 16), date(2021, 4, 1)]
OTHER_TURNS = [date(2012, 11, 27), date(2021, 5, 27), date(2025, 1, 29), date(2022, 9, 10), date(2026, 6, 29)]
CLOCK_CHANGES = [date(year, month, 25) for year in range(2007, 2026) for month in (3, 10)]
CAPACITIES = ["person"] * 6 + ["close-relative", "family-spokesperson", "parent-or-guardian", "business"]
TIMES = [
    "T00:00",
    "T09:15",
    "T23:30",
    "T23:59:59",
    "T22:45:00Z",
    "T23:30:00Z",
    "T00:30:00+01:00",
    "T12:00:00-05:00",
]


class Maker:
    """Makes one case after another of a seed; the same seed makes the same cases."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def case(self, number: int = 0) -> tuple[dict, date, date | None]:
        """A case, a date of assessment, and on some of them a day whose knowledge is asked for."""
        r = self.random
        start = self.a_start()
        span = r.choice([5, 15, 40, 120, 400, 900])
        self.days = [start + DAY * r.randrange(span) for _ in range(r.randint(1, 6))] + [start]
        self.suspects = ["S1", "S2", "S3"][: r.choice([1, 1, 1, 2, 3])]
        self.hearings = ["H1", "H2"][: r.choice([1, 1, 2])]
        case: dict = {"reference": f"C{number}"}
        self.victims = self.some_victims(start)
        self.offences = self.some_offences(start)
        case["victims"] = self.victims
        if len(self.offences) > 1 or (r.random() < 0.15 and self.offences):
            case["offences"] = self.offences
        elif self.offences:
            case["offence"] = {k: v for k, v in self.offences[0].items() if k not in ("reference", "victims")}
            self.offences = []
        case["events"] = self.some_events()
        self.mend_births(case)
        ends = max([london(e["at"]) for e in case["events"]], default=start)
        as_at = r.choice(
            [
                ends,
                ends + DAY * r.randrange(12),
                r.choice(self.days),
                ends + DAY * r.randrange(1000),
                start + DAY * r.randrange(span),
            ]
        )
        as_at = min(max(as_at, start), date(2027, 6, 30))
        known_on = None
        if r.random() < 0.25:
            known_on = r.choice([as_at, r.choice(self.days) + DAY * r.randrange(-2, 10), as_at + DAY * r.randrange(20)])
            if r.random() < 0.5:
                known_on = min(known_on, as_at)
        return case, as_at, known_on

    def a_start(self) -> date:
        r = self.random
        kind = r.random()
        if kind < 0.15:
            return r.choice(TURNS) - DAY * r.randrange(12)
        if kind < 0.25:
            return r.choice(OTHER_TURNS) - DAY * r.randrange(10)
        if kind < 0.35:
            return r.choice(
                [day for day in sorted(bank_holidays()) if date(2006, 5, 1) < day < date(2026, 6, 1)]
            ) - DAY * r.randrange(8)
        if kind < 0.4:
            return r.choice(CLOCK_CHANGES) + DAY * r.randrange(7)
        if kind < 0.45:
            return date(r.randrange(2006, 2026), 12, r.randrange(18, 32))
        first, last = r.choice(ERAS)
        return first + DAY * r.randrange((last - first).days)

    def some_victims(self, start: date) -> list[dict]:
        r = self.random
        number = r.choice([1, 1, 1, 2, 2, 3, 4])
        victims = []
        for n in range(number):
            victim: dict = {"reference": f"V{n + 1}"}
            capacity = "person" if n == 0 else r.choice(CAPACITIES)
            if n == 0 and r.random() < 0.12:
                capacity = r.choice(["close-relative", "business", "family-spokesperson"])
            if capacity != "person" or r.random() < 0.2:
                victim["capacity"] = capacity
            if r.random() < 0.6:
                age = r.choice([3, 15, 16, 17, 17, 18, 18, 19, 40])
                victim["born"] = (
                    birthday(start, -age) + DAY * r.choice([0, 0, -1, 1, 5, -30, 30, 100, -200])
                ).isoformat()
            if r.random() < 0.02:
                victim["born"] = r.choice(["2000-02-29", "1996-02-29", "2004-02-29"])
            victim_facts = self.some_facts("victim", start)
            if victim_facts:
                victim["facts"] = victim_facts
            victims.append(victim)
        for victim in victims:
            others = [other["reference"] for other in victims if other is not victim]
            speaks = victim.get("capacity", "person") in ("family-spokesperson", "parent-or-guardian")
            if others and (
                (speaks and r.random() < 0.85) or (victim.get("capacity", "person") == "person" and r.random() < 0.12)
            ):
                targets = [one for one in others if may_be_spoken_for(victims, one)]
                spoken_for = any(victim["reference"] in (other.get("speaks_for") or ()) for other in victims)
                if targets and not spoken_for:
                    victim["speaks_for"] = sorted(r.sample(targets, r.randint(1, min(2, len(targets)))))
        return victims

    def some_facts(self, of: str, start: date) -> list[dict]:
        r = self.random
        names = [
            name
            for name, fact in facts().items()
            if fact["of"] == of and ("derived" not in fact or fact["derived"] == "event-on-record")
        ]
        found, said = [], set()
        for _ in range(r.choice([0, 0, 1, 1, 2, 3, 6])):
            name = r.choice(names)
            since = r.choice([None, None, None, start + DAY * r.randrange(-5, 60)])
            if (name, since) in said:
                continue
            said.add((name, since))
            statement: dict = {"fact": name, "value": r.choice([True, True, True, False, "unknown"])}
            if since:
                statement["since"] = since.isoformat()
            found.append(statement)
        if of == "victim" and r.random() < 0.06:
            found.append({"fact": "suffered-harm", "value": False, "since": (start + DAY * 400).isoformat()})
        return found

    def some_offences(self, start: date) -> list[dict]:
        r = self.random
        offences = []
        for n in range(r.choice([0, 1, 1, 1, 1, 1, 2, 2, 3])):
            offence: dict = {"reference": f"O{n + 1}"}
            if r.random() < 0.7:
                offence["committed_on"] = (start - DAY * r.choice([0, 0, 1, 3, 30, 300, 4000])).isoformat()
            flags = self.some_facts("case", start)
            if flags:
                offence["flags"] = flags
            who = [victim["reference"] for victim in self.victims if r.random() < 0.6]
            if r.random() < 0.6:
                offence["victims"] = who
            offences.append(offence)
        if len(offences) == 1:
            offences[0].pop("victims", None)
        return offences

    def some_events(self) -> list[dict]:
        r = self.random
        triggers = [name for name, event in events().items() if event["kind"] == "trigger"]
        names = list(events())
        made: list[dict] = []
        for _ in range(r.choice([1, 2, 3, 5, 8, 12])):
            kind = r.random()
            if kind < 0.5:
                name = r.choice(triggers)
            elif kind < 0.8:
                name = "victim-informed"
            else:
                name = r.choice(names)
            made.append(self.an_event(name, made))
        if r.random() < 0.35:
            made.append(self.an_event("needs-assessed", made))
        made = self.some_corrections(made)
        unlike, seen = [], set()
        for event in made:
            key = str(sorted(event.items()))
            if key not in seen:
                seen.add(key)
                unlike.append(event)
        r.shuffle(unlike)
        return unlike

    def an_event(self, name: str, before: list[dict]) -> dict:
        r = self.random
        day = r.choice(self.days) + DAY * r.choice([0, 0, 0, 1, 1, 2, 3, 5, 7, 8, 14])
        event: dict = {"event": name, "at": self.a_moment(day)}
        about = events()[name].get("about") or ()
        if about:
            event["about"] = self.what_about(about, before)
        started = [other for other in before if other["event"] == event.get("about")]
        like = r.choice(started) if started and r.random() < 0.7 else {}
        for key, choices, share in (("suspect", self.suspects, 0.6), ("hearing", self.hearings, 0.3)):
            if r.random() < share:
                event[key] = like.get(key) if like.get(key) and r.random() < 0.8 else r.choice(choices)
        if r.random() < (0.25 if len(self.victims) > 1 else 0.1):
            event["victim"] = r.choice(self.victims)["reference"]
        if name == "victim-died":
            event["victim"] = r.choice(self.victims)["reference"]
        if self.offences and r.random() < 0.4:
            event["offence"] = like.get("offence") or r.choice(self.offences)["reference"]
        if r.random() < 0.35:
            event["received"] = self.a_moment(london(event["at"]) + DAY * r.choice([0, 1, 1, 2, 5, 9]))
            if len(event["received"]) > 10 or len(event["at"]) > 10:
                event["received"] = (london(event["at"]) + DAY * r.choice([1, 2, 5])).isoformat()
        if r.random() < 0.3:
            event["recorded"] = (london(event["at"]) + DAY * r.choice([0, 1, 2, 10, 40])).isoformat()
        return event

    def a_moment(self, day: date) -> str:
        return day.isoformat() + (self.random.choice(TIMES) if self.random.random() < 0.3 else "")

    def what_about(self, kinds: list[str], before: list[dict]) -> str:
        r = self.random
        if "duty" in kinds:
            likely = [
                duty
                for duty, what in all_duties().items()
                if any(what["trigger"]["event"] == e["event"] for e in before)
            ]
            return r.choice(likely if likely and r.random() < 0.8 else sorted(all_duties()))
        if "scheme" in kinds:
            return r.choice([one["id"] for one in schemes() if one.get("taken_up_by") == "review-requested"])
        told_of = [event["event"] for event in before if events()[event["event"]]["kind"] == "trigger"]
        if told_of and r.random() < 0.8:
            return r.choice(told_of)
        return r.choice([*topics(), *(name for name, event in events().items() if event["kind"] == "trigger")])

    def some_corrections(self, made: list[dict]) -> list[dict]:
        r = self.random
        for n, event in enumerate(list(made)):
            if r.random() > 0.12:
                continue
            event["reference"] = f"R{n}"
            later = {key: value for key, value in event.items() if key not in ("reference", "recorded", "received")}
            later["at"] = (london(event["at"]) + DAY * r.choice([-3, -1, 0, 1, 4])).isoformat()
            later["replaces"] = f"R{n}"
            if r.random() < 0.3:
                later["withdrawn"] = True
            if r.random() < 0.6:
                later["recorded"] = (london(later["at"]) + DAY * r.choice([0, 1, 8, 30])).isoformat()
            if r.random() < 0.3:
                later["reference"] = f"R{n}b"
                made.append(
                    {
                        **later,
                        "reference": f"R{n}c",
                        "replaces": f"R{n}b",
                        "at": (london(later["at"]) + DAY).isoformat(),
                    }
                )
                made[-1].pop("recorded", None)
            made.append(later)
        return made

    def mend_births(self, case: dict) -> None:
        """No record is before its offence, no one is born after what happened to them."""
        days = [london(event["at"]) for event in case["events"]]
        first = min(days, default=None)
        offences = case.get("offences") or ([case["offence"]] if "offence" in case else [])
        for offence in offences:
            if "committed_on" in offence and first and date.fromisoformat(offence["committed_on"]) > first:
                offence["committed_on"] = first.isoformat()
        earliest = min([date.fromisoformat(o["committed_on"]) for o in offences if "committed_on" in o], default=first)
        for victim in case["victims"]:
            if "born" in victim and earliest and date.fromisoformat(victim["born"]) >= earliest:
                victim["born"] = (earliest - DAY * 200).isoformat()


def capacity_of(victim: dict) -> str:
    return victim.get("capacity", "person")


def may_be_spoken_for(victims: list[dict], reference: str) -> bool:
    victim = next(one for one in victims if one["reference"] == reference)
    return victim.get("capacity", "person") in ("person", "close-relative") and not victim.get("speaks_for")
