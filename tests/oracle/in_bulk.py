"""The same cases as tables, assessed by the bulk engine, in the words of the oracle."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from victims_code.bulk import Tables, assess

from .compare import plain
from .facts import as_list

TEXT, DAY = pa.string(), pa.date32()
COLUMNS = {
    "events": dict.fromkeys(
        ["case_ref", "event", "at", "received", "about", "victim_ref", "suspect_ref", "hearing_ref", "offence_ref"],
        TEXT,
    )
    | {"recorded": TEXT, "reference": TEXT, "replaces": TEXT, "withdrawn": pa.bool_()},
    "victims": {"case_ref": TEXT, "victim_ref": TEXT, "born": TEXT, "capacity": TEXT},
    "assertions": dict.fromkeys(["victim_ref", "case_ref", "fact", "since", "source", "offence_ref"], TEXT)
    | {"value": pa.bool_()},
    "cases": {"case_ref": TEXT, "committed_on": TEXT, "cjs_code": TEXT},
    "offences": dict.fromkeys(["case_ref", "offence_ref", "committed_on", "cjs_code"], TEXT),
    "offence_victims": dict.fromkeys(["case_ref", "offence_ref", "victim_ref"], TEXT),
    "spokespersons": dict.fromkeys(["case_ref", "victim_ref", "speaks_for"], TEXT),
}
NAMES = {"victim": "victim_ref", "suspect": "suspect_ref", "hearing": "hearing_ref", "trigger": "trigger_event"}
BOTH = ["duty", "edition", "victim", "suspect", "hearing", "trigger", "triggered_on", "track", "due_on"]
BOTH += ["due_on_if_enhanced", "act_by", "discharged_on", "status", "days_late"]


def rows_of(number: str, case: dict) -> dict[str, list[dict]]:
    """A case as rows of each table."""
    rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}
    for event in case.get("events") or ():
        named = {NAMES.get(name, f"{name}_ref" if name == "offence" else name): value for name, value in event.items()}
        rows["events"].append({"withdrawn": False, **named})
    for victim in case["victims"]:
        who = victim["reference"]
        rows["victims"].append({"victim_ref": who, "born": victim.get("born"), "capacity": victim.get("capacity")})
        rows["spokespersons"] += [{"victim_ref": who, "speaks_for": one} for one in victim.get("speaks_for") or ()]
        rows["assertions"] += [said_of(one, victim_ref=who) for one in as_list(victim.get("facts"))]
    if case.get("offence"):
        rows["cases"].append({"committed_on": case["offence"].get("committed_on")})
        rows["assertions"] += [said_of(one) for one in as_list(case["offence"].get("flags"))]
    for offence in case.get("offences") or ():
        which = offence["reference"]
        rows["offences"].append({"offence_ref": which, "committed_on": offence.get("committed_on")})
        rows["assertions"] += [said_of(one, offence_ref=which) for one in as_list(offence.get("flags"))]
        if offence.get("victims") is not None:
            rows["offence_victims"] += [
                {"offence_ref": which, "victim_ref": one} for one in offence["victims"] or [None]
            ]
    return {name: [{"case_ref": number, **row} for row in some] for name, some in rows.items()}


def said_of(one: dict, **whose: str) -> dict:
    value = one.get("value", True)
    return {"fact": one["fact"], "value": None if value == "unknown" else value, "since": one.get("since"), **whose}


def tables_of(cases: list[dict]) -> Tables:
    rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}
    for number, case in enumerate(cases):
        for name, some in rows_of(str(number), case).items():
            rows[name] += some
    return Tables(
        **{
            name: pa.Table.from_pylist(
                [{column: row.get(column) for column in columns} for row in rows[name]],
                schema=pa.schema(list(columns.items())),
            )
            for name, columns in COLUMNS.items()
        }
    )


def of_bulk(cases: list[dict], as_at: date, known_on: date | None = None) -> list[list[dict]]:
    """What the bulk engine says of each case."""
    found: list[list[dict]] = [[] for _ in cases]
    with assess(tables_of(cases), as_at=as_at, known_on=known_on) as answer:
        aside = [fault for fault in answer.faults.to_dicts() if fault["set_aside"]]
        assert not aside, aside
        for row in answer.owed.to_dicts():
            found[int(row["case_ref"])].append(plain({name: row[NAMES.get(name, name)] for name in BOTH}))
    return found
