"""Both engines on the same cases, and where their answers differ."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import cycle

import pyarrow as pa

import victims_code as vc
from victims_code.bulk import Tables, assess
from victims_code.bulk.rules import Extent
from victims_code.bulk.tables import INPUTS, OBLIGATIONS, STANDING, rows_of

CODE = vc.VictimsCode.load()
NOTHING = (None, "", " ", "\t", "\u00a0 \u2003")
"""What stands in a cell in which nothing is said."""
_WITH_BLANKS = ("text", "moment")
CASE = [column.name for column in OBLIGATIONS].index("case_ref")
_TYPES = {"text": pa.string(), "moment": pa.string(), "day": pa.date32(), "truth": pa.bool_(), "number": pa.int64()}


def tables_of(cases, *, blanks=(None,)):
    """The input tables of some cases, as Arrow tables.

    Where nothing is said stands now one of the ``blanks`` and now another, in columns of text.
    """
    given = cycle(blanks)
    return {
        name: pa.Table.from_pylist(
            [
                {
                    column.name: next(given) if row[column.name] is None and column.kind in _WITH_BLANKS
                    else row[column.name]
                    for column in INPUTS[name].columns
                }
                for row in rows
            ],
            schema=pa.schema([(column.name, _TYPES[column.kind]) for column in INPUTS[name].columns]),
        )
        for name, rows in rows_of(cases).items()
    }  # fmt: skip


def numbered(cases):
    """The cases under references that tell them apart."""
    return [
        vc.Case(reference=f"{n}", victims=case.victims, events=case.events, offences=case.offences)
        for n, case in enumerate(cases)
    ]


def as_rows(case, *, as_at, known_on=None, calendar=None, code=CODE, standing=True):
    """What the engine of objects says, in the columns of the table of obligations.

    Duties that have no deadline and that no record can show done are left out where ``standing`` is false.
    """
    result = code.assess(case, as_at=as_at, known_on=known_on, calendar=calendar)
    return [
        (
            o.id,
            case.reference,
            o.victim,
            o.duty.id,
            o.duty.title,
            o.edition.part_label(o.duty.part),
            o.edition.id,
            "; ".join(o.owed_by),
            o.track.value,
            o.trigger.event,
            o.trigger.suspect,
            o.trigger.hearing,
            o.triggered_on,
            o.due_on,
            o.due_on_if_enhanced,
            o.act_by,
            o.discharged_on,
            o.status.value,
            o.days_late,
            o.duty.evidence.value,
            in_order([one.id for one in o.missing_facts]),
        )
        for o in result.obligations
        if standing or Extent.OBLIGATIONS.takes(o.duty)
    ]


def in_order(missing):
    """The missing facts as they stand in the table: by name, and the receipt last."""
    last = ("offence_victims", "received")
    return "; ".join(sorted(missing, key=lambda name: (name in last, name))) or None


def in_bulk(cases, *, as_at, known_on=None, calendar=None, code=CODE, **options):
    """What the bulk engine says of all of them."""
    with assess(
        Tables(**tables_of(cases, blanks=NOTHING)),
        as_at=as_at,
        known_on=known_on,
        calendar=calendar,
        code=code,
        **options,
    ) as answer:
        aside = [fault for fault in answer.faults.to_dicts() if fault["set_aside"]]
        assert not aside, aside
        return [tuple(row.values()) for row in answer.owed.to_dicts()]


def both_of(obligations, standing):
    """A query for the rows of both statements, in the columns of obligations."""
    there = {column.name for column in STANDING}
    blank = {"track": "'single'", "days_late": "CAST(NULL AS INT)"}
    cells = [c.name if c.name in there else blank.get(c.name, "CAST(NULL AS DATE)") for c in OBLIGATIONS]
    names = ", ".join(column.name for column in OBLIGATIONS)
    return f"SELECT {names} FROM {obligations} UNION ALL SELECT {', '.join(cells)} FROM {standing}"


def differences(cases, *, as_at: date, known_on: date | None = None, calendar=None, code=CODE, answer=None):
    """The cases on which the engines do not agree, each with what only one of them says."""
    cases = numbered(cases)
    found: dict[str, Counter[tuple[object, ...]]] = {case.reference: Counter() for case in cases}
    how = {"as_at": as_at, "known_on": known_on, "calendar": calendar, "code": code}
    for row in in_bulk(cases, **how) if answer is None else answer(cases):
        found[row[CASE]][row] += 1
    wrong = []
    for case in cases:
        expected = Counter(as_rows(case, **how))
        if expected != found[case.reference]:
            given = found[case.reference]
            wrong.append((case, list((expected - given).elements()), list((given - expected).elements())))
    return wrong


def smallest(case, **when):
    """The case with as many records left out as can be, while the engines still differ."""
    events = list(case.events)
    for event in list(events):
        fewer = [other for other in events if other is not event]
        try:
            smaller = vc.Case(reference="smaller", victims=case.victims, events=fewer, offences=case.offences)
        except vc.CaseError:
            continue
        if differences([smaller], **when):
            events = fewer
    return vc.Case(reference=case.reference, victims=case.victims, events=events, offences=case.offences)


def told(wrong, **when):
    """What a person needs to see of a difference."""
    case, only_objects, only_bulk = wrong[0]
    small = smallest(case, **when)
    (again,) = differences([small], **when) or [(small, only_objects, only_bulk)]
    columns = ", ".join(column.name for column in OBLIGATIONS)
    lines = [f"{len(wrong)} cases differ. The first, made smaller, as at {when}:", small.to_yaml(), columns]
    lines += [f"objects: {row}" for row in again[1]] + [f"bulk:    {row}" for row in again[2]]
    return "\n".join(map(str, lines))
