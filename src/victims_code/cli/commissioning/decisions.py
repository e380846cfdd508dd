"""The commands on records of decision: check them, and publish Part 1."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from victims_code import faults
from victims_code.cli.commissioning.reading import area_or_file, read_area, what_is_missing
from victims_code.cli.options import DAY, as_at, formats, output_folder
from victims_code.cli.terminal import number_of, print_faults, say, tell, write_to
from victims_code.commissioning.governance import DecisionRecord, check_stages
from victims_code.commissioning.rules import RuleOutcome
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import Fault, did_you_mean
from victims_code.law import Force
from victims_code.printable import json_text

_FORMATS = {"html": "html", "markdown": "md"}


@click.group()
def decision() -> None:
    """Records of decision: check them, and publish Part 1."""


@decision.command("check")
@area_or_file("decisions")
@as_at
@formats("text", "json")
def check(folder: Path, as_at: date, form: str) -> None:
    """Check the decisions of FOLDER: powers, approvals, stages, interests, Part 2, publication, benefits.

    The exit status is 1 if a decision breaks a rule that must be kept.
    """
    area = read_area(folder, "decisions", as_at=as_at)
    records = area.all(DecisionRecord)
    found = [finding for record in records for finding in record.findings(as_at)] + list(check_stages(records))
    if form == "json":
        told = {"decisions": [one.reference for one in records], "findings": [one.to_dict() for one in found]}
        say(json_text({**told, **what_is_missing(area, DecisionRecord)}))
    else:
        for one in found:
            tell(str(one))
        tell(f"{number_of(records, 'decision')}: {number_of(found, 'finding')}.")
        for sentence in area.not_whole(DecisionRecord):
            tell(sentence)
    if any(one.severity is Force.MUST and one.outcome is RuleOutcome.BROKEN for one in found):
        sys.exit(1)


@decision.command("publish")
@area_or_file("decisions")
@click.option("--decision", "reference", metavar="NUMBER", help="Only this one; by default every one that is approved.")
@output_folder()
@click.option("--format", "forms", type=click.Choice([*_FORMATS]), multiple=True, help="By default both.")
@click.option("--approved-by", "until", type=DAY, help="Only what had been approved by this day.")
def publish(folder: Path, reference: str | None, output: Path, forms: tuple[str, ...], until: date | None) -> None:
    """Write Part 1 of the decisions of FOLDER as pages. Part 2 is in none of them.

    What cannot be published is named on standard error with the reason, and the exit status is 1.
    """
    records = read_area(folder, "decisions").all(DecisionRecord)
    if reference is not None:
        records = _named(records, reference)
    else:
        waiting = [record for record in records if not record.is_approved(until)]
        records = tuple(record for record in records if record.is_approved(until))
        if waiting:
            tell(f"Not approved, and not published: {', '.join(one.reference for one in waiting)}.", err=True)
    wrong: list[Fault] = []
    for record in records:
        try:
            page = record.page()
        except CommissioningError as problem:
            wrong += problem.faults
            continue
        for form in forms or _FORMATS:
            path = output / f"{re.sub(r'[^A-Za-z0-9.-]', '-', record.reference)}.{_FORMATS[form]}"
            text = page.to_html(page=True) if form == "html" else page.to_markdown()
            write_to(path, text, make_folder=True)
            say(path)
    print_faults(wrong)
    if wrong:
        sys.exit(1)


def _named(records: tuple[DecisionRecord, ...], reference: str) -> tuple[DecisionRecord, ...]:
    found = tuple(record for record in records if record.reference == reference)
    if not found:
        nearest = did_you_mean(reference, [record.reference for record in records], listing="Decisions")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("--decision", kind="decision", name=reference, nearest=nearest))
    return found
