"""Who is eligible for special measures as a witness, and for which (sections 16 to 30 of the Act of 1999).

Readings: *special-measures-if-evidence-is-given*, *special-measures-day*.
"""

from __future__ import annotations

from datetime import date

from .facts import Person
from .law import Truth, all_of, any_of, document
from .record import Record

WORDS = {True: "yes", False: "no", None: "unknown"}


def in_span(what: dict, day: date) -> bool:
    return what.get("since", date.min) <= day <= what.get("until", date.max)


def special_measures(record: Record, people: dict[str, Person]) -> list[dict]:
    law = document("special-measures", "youth-justice-and-criminal-evidence-act-1999.yaml")
    return [of_one(law, record, person) for person in people.values()]


def of_one(law: dict, record: Record, person: Person) -> dict:
    decided = [e for e in record.named("special-measures-decided") if record.concerns(e, person.reference) is not False]
    day = decided[-1]["on"] if decided else record.as_at
    witness = person.meets(law["witness_when"], day)
    grounds: dict[str, Truth] = {}
    for ground in law["grounds"]:
        if in_span(ground, day):
            grounds[ground["id"]] = all_of([witness, person.meets(ground["when"], day)])
    group_of = {ground["id"]: ground["group"] for ground in law["grounds"]}
    counts = {group["id"] for group in law["groups"] if group["eligible"]}
    said = {f"ground {name}": WORDS[truth] for name, truth in grounds.items()}
    for measure in law["measures"]:
        ways = []
        for way in measure["available"]:
            if in_span(way, day):
                on = [
                    truth
                    for name, truth in grounds.items()
                    if name in way.get("grounds", ()) or group_of[name] in way.get("groups", ())
                ]
                ways.append(all_of([any_of(on), person.meets(way.get("when"), day)]))
        further = [person.meets(one["when"], day) for one in measure.get("only_if", ()) if in_span(one, day)]
        said[f"measure {measure['id']}"] = WORDS[all_of([any_of(ways), any_of(further) if further else True])]
    eligible = any_of([truth for name, truth in grounds.items() if group_of[name] in counts])
    return {"victim": person.reference, "on": day, "eligible": WORDS[eligible], **said}
