"""The command that makes a stored answer again: what is different today, and what caused it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast

import click

from victims_code import faults
from victims_code.assessment.recheck import Difference, changed_parts, differences
from victims_code.cases import Case
from victims_code.cli.cases import read_cases
from victims_code.cli.options import FILE, formats, under_law
from victims_code.cli.terminal import print_faults, say
from victims_code.code import VictimsCode
from victims_code.dates import format_date
from victims_code.errors import CaseError, VictimsCodeError
from victims_code.faults import Fault
from victims_code.plain import PlainAssessment
from victims_code.printable import json_text
from victims_code.reading.documents import read_document

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_KEYS = {
    "eligibility": {"victim", "edition", "entitled", "enhanced"},
    "obligations": {"id", "title", "victim"},
    "windows": {"id", "title", "victim"},
}
"""What an entry of a stored result must have to be compared."""


@click.command()
@click.argument("old", type=FILE)
@click.argument("file", type=FILE)
@click.option("--record-then", type=FILE, help="The record as it was then, so that what it caused is told apart.")
@click.option("--law-then", type=FILE, help="The folder of law as it was then, so that what it caused is told apart.")
@under_law
@formats("text", "json")
def recheck(
    old: Path, file: Path, record_then: Path | None, law_then: Path | None, form: str, code: VictimsCode
) -> None:
    """Assess a case again for the day of a stored result, and say what differs and what caused it.

    OLD is what `assess --format json` wrote, FILE the case as it is today. The cause is the law, the calendar, a
    reading of the law, the record, or the version of the library. Where several have changed and what was then is not
    handed in, all of them are named.
    """
    notes: list[Fault] = []
    stored = _stored(old, case := _one_case(file, None, notes))
    as_at, known_on = date.fromisoformat(stored["stamp"]["as_at"]), stored["stamp"]["known_on"]
    known = None if known_on is None else date.fromisoformat(known_on)
    then = case if record_then is None else _one_case(record_then, case.reference, notes)
    steps = [stored]
    if law_then is not None:
        steps.append(VictimsCode.load(law_then).assess(then, as_at=as_at, known_on=known).to_dict())
    if record_then is not None:
        steps.append(code.assess(then, as_at=as_at, known_on=known).to_dict())
    steps.append(code.assess(case, as_at=as_at, known_on=known).to_dict())
    found = differences(steps)
    if form == "json":
        say(
            json_text(
                {
                    "reference": case.reference,
                    "as_at": as_at.isoformat(),
                    "differences": [one.to_dict() for one in found],
                }
            )
        )
    else:
        for line in _lines(steps, found, as_at):
            say(line)
    print_faults(notes)


def _lines(steps: list[PlainAssessment], found: tuple[Difference, ...], as_at: date) -> Iterator[str]:
    changed = changed_parts(steps[0]["stamp"], steps[-1]["stamp"])
    number = f"{len(found)} answer{'' if len(found) == 1 else 's'}"
    yield f"Case {steps[-1]['reference']} as at {format_date(as_at)}: {number} differ{'s' * (len(found) == 1)}."
    yield f"Changed since: {', '.join(changed) or 'nothing'}."
    yield from map(str, found)


def _one_case(file: Path, reference: str | None, notes: list[Fault]) -> Case:
    """The one case of a file, or that of a reference.

    :raises VictimsCodeError: if the file cannot be read, or does not tell of one case.
    """
    cases = [case for case in read_cases(file, warn=notes.append) if reference in (None, case.reference)]
    if len(cases) != 1:
        raise CaseError(faults.WHICH_CASE.at(str(file), number=len(cases), way="Give a file of one case."))
    return cases[0]


def _stored(file: Path, case: Case) -> PlainAssessment:
    """The stored result of a case.

    :raises VictimsCodeError: if the file holds none.
    """
    data = read_document(file, error=CaseError).data
    for result in data if isinstance(data, list) else [data]:
        if isinstance(result, dict) and result.get("reference") == case.reference and _is_whole(result):
            return cast(PlainAssessment, result)
    raise VictimsCodeError(faults.NO_STORED_RESULT.at(str(file), of=f" for the case {case.reference!r}"))


def _is_whole(result: Mapping[str, object]) -> bool:
    """Whether a result has what is compared."""
    stamp = result.get("stamp")
    if not isinstance(stamp, dict) or not isinstance(day := stamp.get("as_at"), str) or not _DAY.fullmatch(day):
        return False
    return all(
        isinstance(listed := result.get(name), list)
        and all(isinstance(one, dict) and keys <= one.keys() for one in listed)
        for name, keys in _KEYS.items()
    )
