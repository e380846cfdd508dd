"""Where the library and the oracle differ, and the smallest case on which they do, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import victims_code as vc

from .duties import Duties, Obligation
from .record import Record

CODE = vc.VictimsCode.load()
WHICH = ("duty", "edition", "victim", "suspect", "hearing", "offence", "trigger", "triggered_on", "period")


def of_oracle(case: dict, as_at: date, known_on: date | None = None) -> dict[str, list[dict]]:
    record = Record(case, as_at, known_on)
    return {"obligations": [plain(asdict(each)) for each in Duties(record).all()]}


def of_library(case: dict, as_at: date, known_on: date | None = None) -> dict[str, list[dict]]:
    result = CODE.assess(vc.Case.from_dict(case), as_at=as_at, known_on=known_on).to_dict()
    names = list(Obligation.__dataclass_fields__)
    return {"obligations": [{name: each[name] for name in names} for each in result["obligations"]]}


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
        match = next((other for other in only_theirs if all(other.get(k) == row.get(k) for k in WHICH)), None)
        if match is None:
            found.append(f"only the oracle has {in_words(row)}: {row['status']}, due {row['due_on']}")
            continue
        only_theirs.remove(match)
        said = [f"{name} {row[name]} (library: {match[name]})" for name in row if row[name] != match[name]]
        found.append(f"{in_words(row)}: " + ", ".join(said))
    return found + [
        f"only the library has {in_words(row)}: {row['status']}, due {row['due_on']}" for row in only_theirs
    ]


def frozen(row: dict[str, Any]) -> frozenset:
    return frozenset(row.items())


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
