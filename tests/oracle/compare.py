"""Where the library and the oracle differ, and the smallest case on which they do, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import victims_code as vc
from victims_code.assessment import Window

from .duties import Duties, Obligation
from .record import Record
from .special_measures import WORDS, special_measures
from .windows import Window as OracleWindow
from .windows import Windows

CODE = vc.VictimsCode.load()
OBLIGATION = list(Obligation.__dataclass_fields__)
WINDOW = list(OracleWindow.__dataclass_fields__)
WHICH = (
    "duty",
    "edition",
    "victim",
    "suspect",
    "hearing",
    "offence",
    "trigger",
    "triggered_on",
    "period",
    "scheme",
    "opened_by",
    "opened_on",
)


def of_oracle(case: dict, as_at: date, known_on: date | None = None) -> dict[str, list[dict]]:
    record = Record(case, as_at, known_on)
    owed = Duties(record)
    return {
        "obligations": [plain(vars(each)) for each in owed.all()],
        "windows": [plain(vars(each)) for each in Windows(owed).all()],
        "special measures": [plain(each) for each in special_measures(record, owed.people)],
    }


def of_library(case: dict, as_at: date, known_on: date | None = None) -> dict[str, list[dict]]:
    result = CODE.assess(vc.Case.from_dict(case), as_at=as_at, known_on=known_on)
    return {
        "obligations": [obligation(each) for each in result.obligations],
        "windows": [window(each) for each in result.windows],
        "special measures": [measures_of(each) for each in result.special_measures],
    }


def obligation(one: vc.Obligation) -> dict:
    """An obligation of the library in the words of the oracle."""
    said = {
        "duty": one.duty.id,
        "edition": one.edition.id,
        "suspect": one.trigger.suspect,
        "hearing": one.trigger.hearing,
        "offence": one.trigger.offence,
        "trigger": one.trigger.event,
        "applies": WORDS[one.applies],
        "track": one.track.value,
        "status": one.status.value,
        "period": one.period and one.period.number,
        "urgency": one.urgency and one.urgency.value,
        "good_reason": bool(one.good_reasons),
    }
    return plain({name: said[name] if name in said else getattr(one, name) for name in OBLIGATION})


def window(one: Window) -> dict:
    said = {
        "scheme": one.scheme.id,
        "suspect": one.suspect,
        "offence": one.opened_by.offence if one.opened_by else None,
        "opened_by": one.opened_by.event if one.opened_by else None,
        "applies": WORDS[one.applies],
        "in_time": None if one.taken_up_on is None else WORDS[one.in_time],
        "state": str(one.state),
        "follow_ups": "; ".join(f"{f.service.id} {f.due_on} {f.done_on} {f.status.value}" for f in one.follow_ups),
    }
    return plain({name: said[name] if name in said else getattr(one, name) for name in WINDOW})


def measures_of(one: Any) -> dict:
    said = {f"ground {each.ground.id}": WORDS[each.finding.truth] for each in one.grounds}
    said |= {f"measure {each.measure.id}": WORDS[each.finding.truth] for each in one.measures}
    return plain({"victim": one.victim, "on": one.on, "eligible": WORDS[one.eligible], **said})


def plain(row: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def differences(case: dict, as_at: date, known_on: date | None = None) -> list[str]:
    """What the one says and the other does not, a sentence each."""
    theirs = of_library(case, as_at, known_on)
    ours = of_oracle(case, as_at, known_on)
    found = []
    for table in ours:
        found += unlike(ours[table], theirs[table])
    return found


def unlike(ours: list[dict], theirs: list[dict]) -> list[str]:
    found = []
    left = Counter(frozen(row) for row in ours)
    right = Counter(frozen(row) for row in theirs)
    only_ours = [dict(row) for row in (left - right).elements()]
    only_theirs = [dict(row) for row in (right - left).elements()]
    for row in only_ours:
        match = next((other for other in only_theirs if all(other.get(name) == row.get(name) for name in WHICH)), None)
        if match is None:
            found.append(f"only the oracle has {in_words(row)}: {said(row)}")
            continue
        only_theirs.remove(match)
        both = [f"{k} {row.get(k)} (library: {match.get(k)})" for k in row | match if row.get(k) != match.get(k)]
        found.append(f"{in_words(row)}: " + ", ".join(both))
    return found + [f"only the library has {in_words(row)}: {said(row)}" for row in only_theirs]


def frozen(row: dict[str, Any]) -> frozenset:
    return frozenset(row.items())


def said(row: dict) -> str:
    return f"{row.get('status') or row.get('state')}, {row.get('due_on') or row.get('closes_on')}"


def in_words(row: dict) -> str:
    return " ".join(f"{row[name]}" for name in WHICH if row.get(name) is not None)


def smallest(case: dict, as_at: date, known_on: date | None = None) -> dict:
    """The case with as much left out as can be, while the two still differ."""
    while True:
        for smaller in with_less(case):
            try:
                if differences(smaller, as_at, known_on):
                    case = smaller
                    break
            except vc.VictimsCodeError:
                continue
        else:
            return case


def with_less(case: dict) -> Iterator[dict]:
    """The case with one thing less, row by row and then word by word."""
    if "offence" in case:
        yield {key: value for key, value in case.items() if key != "offence"}
    for table in ("events", "victims", "offences"):
        rows = case.get(table) or []
        for n in range(len(rows)):
            yield {**case, table: rows[:n] + rows[n + 1 :]}
    for table in ("events", "victims", "offences"):
        rows = case.get(table) or []
        for n, row in enumerate(rows):
            for less in row_with_less(row):
                yield {**case, table: [*rows[:n], less, *rows[n + 1 :]]}
    for less in row_with_less(case.get("offence") or {}):
        yield {**case, "offence": less}


def row_with_less(row: dict) -> Iterator[dict]:
    for key, value in row.items():
        if key not in ("event", "at", "reference"):
            yield {name: other for name, other in row.items() if name != key}
        if isinstance(value, list) and len(value) > 1:
            for n in range(len(value)):
                yield {**row, key: value[:n] + value[n + 1 :]}


def told(case: dict, as_at: date, known_on: date | None = None) -> str:
    """The smallest case on which the two differ, as a person needs to see it."""
    small = smallest(case, as_at, known_on)
    lines = [f"as at {as_at}" + (f", known on {known_on}" if known_on else "")]
    for table in ("offence", "offences", "victims", "events"):
        rows = small.get(table)
        lines += [f"  {table}: {row}" for row in (rows if isinstance(rows, list) else [rows] if rows else [])]
    return "\n".join(lines + ["  - " + one for one in differences(small, as_at, known_on)])
