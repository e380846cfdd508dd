"""The commands on cases: everything about each of them, and what is to be done next in all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from victims_code import render
from victims_code.assessment import Assessment
from victims_code.cli.cases import assess_files, of_cases
from victims_code.cli.options import FILE, formats
from victims_code.cli.terminal import assessment, say, show, summary_of, to_do, write
from victims_code.plain import PlainAssessment, PlainObligation
from victims_code.printable import json_text
from victims_code.reading.documents import file_bytes
from victims_code.render.tables import bodies
from victims_code.vocabulary import load_vocabulary


def _owed_by(context: click.Context, option: click.Parameter, given: str | None) -> str | None:
    """A body of the vocabulary.

    :raises UnknownNameError: naming the nearest ones.
    """
    return None if given is None else load_vocabulary().body(given).id


_owed_by_option = click.option(
    "--owed-by", metavar="BODY", callback=_owed_by, help="Only duties of one body, such as witness-care-unit."
)


@click.command()
@of_cases
@formats("text", "json", "markdown", "html", "ics", "csv", "windows-csv")
@click.option(
    "--replaces",
    type=FILE,
    help="With --format ics: the file written before, so that its dates that no longer hold are cancelled.",
)
@_owed_by_option
@click.option("--overdue", is_flag=True, help="Only duties that are overdue.")
@click.option(
    "--all", "every", is_flag=True, help="As text: also the duties for which the Code sets no number of days."
)
@click.option("--full", is_flag=True, help="With several cases as text: everything about each, instead of a line.")
@click.option(
    "--explain", is_flag=True, help="Give the whole explanation of every dated duty (text), or of every duty (json)."
)
def assess(
    form: str,
    replaces: Path | None,
    owed_by: str | None,
    overdue: bool,
    every: bool,
    full: bool,
    explain: bool,
    **cases: Any,
) -> None:
    """Assess case files (YAML or JSON), HMCTS Common Platform hearing results (JSON), SPI court results (XML), digital
    case file messages (JSON), or with --mapping extracts of any shape (CSV, workbooks, SQLite), which together tell of
    their cases.

    One case is told in full, what has a deadline first; of several, text is a summary of what is overdue and due soon.

    It ends with 0 if everything was read and assessed, and with 2 if the command is wrong. It ends with 1 if a file has
    a fault. With --mapping it also ends with 1 if a row or cell was not read, of a table or of a message that joins
    it. Warnings alone end with 0.
    """
    if replaces is not None and form != "ics":
        raise click.UsageError("--replaces goes with --format ics.")
    only = _Only(owed_by=owed_by, overdue=overdue)
    if only.narrows and form not in ("text", "json", "csv"):
        raise click.UsageError("--owed-by and --overdue go with --format text, json or csv.")
    diary = None if replaces is None else file_bytes(replaces).decode("utf-8", errors="replace")
    found = assess_files(**cases)
    if found.results and form == "text":
        _show_text(found.results, only, full=full or explain or len(found.results) < 2, explain=explain, every=every)
    elif found.results:
        many = len(cases["files"]) > 1 or len(found.results) > 1
        _write(found.results, only, form, explain=explain, diary=diary, many=many)
    found.print_faults()
    if found.failed:
        sys.exit(1)


@click.command()
@of_cases
@_owed_by_option
@click.option(
    "--within", type=click.IntRange(min=0), metavar="DAYS", help="How many working days ahead count as due soon."
)
@formats("text", "json", "csv")
def todo(form: str, owed_by: str | None, within: int | None, **cases: Any) -> None:
    """What is to be done next in case files, messages and extracts: overdue, act now, due today, due soon.

    It reads the same files as assess. Whatever is undone and has a date is on the list, also where it is not known
    whether it is late. What is due later and what has no date is counted.

    It ends with 0, 1 or 2 as assess does.
    """
    found = assess_files(**cases)
    only = _Only(owed_by=owed_by)
    results = [only.of(result.to_dict(within=within)) for result in found.results]
    if results and form == "text":
        show(*to_do(results, within, only.words(found.results, results)))
    elif results and form == "csv":
        write(render.assessments_to_csv(map(_urgent, results)))
    elif results:
        say(json_text(list(map(_urgent, results))))
    found.print_faults()
    if found.failed:
        sys.exit(1)


def _urgent(result: PlainAssessment) -> PlainAssessment:
    """A result with nothing but what its work list holds, and later."""
    undone = [one for one in result["obligations"] if one["urgency"] is not None]
    return {**result, "obligations": sorted(undone, key=lambda one: (one["act_by"], one["triggered_on"]))}


@frozen(kw_only=True)
class _Only:
    """Which of the obligations are wanted."""

    owed_by: str | None = None
    overdue: bool = False

    @property
    def narrows(self) -> bool:
        """Whether not all are wanted."""
        return self.overdue or self.owed_by is not None

    def of(self, result: PlainAssessment) -> PlainAssessment:
        """A result with the obligations that are wanted, and the questions about them."""
        if not self.narrows:
            return result
        kept = [one for one in result["obligations"] if self._wants(one)]
        asked = {name for one in kept for name in one["missing_facts"]}
        questions = [question for question in result["questions"] if question["id"] in asked]
        return {**result, "obligations": kept, "questions": questions}

    def _wants(self, one: PlainObligation) -> bool:
        return (self.owed_by is None or self.owed_by in one["owed_by"]) and (
            not self.overdue or one["urgency"] == "overdue"
        )

    def words(self, results: Sequence[Assessment], narrowed: Sequence[PlainAssessment]) -> str:
        """How many of the obligations are shown; nothing if all are."""
        kinds = ["overdue"] if self.overdue else []
        kinds += [f"owed by {bodies([self.owed_by])}"] if self.owed_by else []
        kept, of = (
            sum(map(len, each))
            for each in ([one["obligations"] for one in narrowed], [one.obligations for one in results])
        )
        return f"Only what is {' and '.join(kinds)}: {kept} of {of} obligations." if kinds else ""


def _show_text(results: Sequence[Assessment], only: _Only, *, full: bool, explain: bool, every: bool) -> None:
    plain = [only.of(result.to_dict(explain=full)) for result in results]
    if not full:
        show(*summary_of(plain, only.words(results, plain)))
        return
    for result, given in zip(results, plain, strict=True):
        note = only.words([result], [given])
        show(*assessment(given, result.case.speaks_for, explain=explain, every=every, note=note))


def _write(
    results: Sequence[Assessment], only: _Only, form: str, *, explain: bool, diary: str | None, many: bool
) -> None:
    if form == "html":
        say("\n".join(result.to_html(page=True) for result in results))
    elif form == "markdown":
        say("\n".join(result.to_markdown() for result in results), nl=False)
    else:
        plain = [only.of(result.to_dict(explain=explain)) for result in results]
        if form == "json":
            say(json_text(plain if many else plain[0]))
        elif form == "ics":
            write(render.assessments_to_icalendar(plain, replaces=diary))
        else:
            write(render.assessments_to_csv(plain) if form == "csv" else render.windows_to_csv(plain))
