"""The commands that tell what the law is: deadlines, duties, editions, offence codes, working days and schemas."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import click

from victims_code.cli.options import DAY, FILE, formats, output, under_law
from victims_code.cli.terminal import number_of, print_faults, say, show, table, tell, write_to
from victims_code.code import VictimsCode
from victims_code.dates import format_date
from victims_code.faults import Fault, Severity
from victims_code.names import DutyId
from victims_code.printable import json_text
from victims_code.render.tables import bodies
from victims_code.schemas import schema as schema_of
from victims_code.schemas import schemas
from victims_code.working_days import england_and_wales


@click.command()
@click.argument("duty")
@click.option(
    "--on", type=DAY, required=True, help="Day of the event, or of its receipt where the Code counts from receipt."
)
@click.option("--enhanced", is_flag=True, help="With Enhanced Rights.")
@under_law
def deadline(duty: str, on: date, enhanced: bool, code: VictimsCode) -> None:
    """The due date of one DUTY, and how it was counted."""
    found = code.deadline(cast("DutyId", duty), on=on, track="enhanced" if enhanced else "standard")
    tell(f"{found.due.isoformat()}\n{format_date(found.due)}\n\n{found.explain().to_text()}")


@click.command()
@click.option("--edition", help="Identifier of an edition, such as code-2021; by default the latest.")
@click.option("--owed-by", help="Only the duties of one body, such as hmcts or police.")
@under_law
def duties(edition: str | None, owed_by: str | None, code: VictimsCode) -> None:
    """List the duties of an edition in printed order."""
    rows = [
        (
            code.edition(duty.edition).part_label(duty.part),
            duty.id,
            duty.title,
            bodies(duty.owed_by),
            duty.deadline.standard.words,
            "the same" if duty.deadline.single else duty.deadline.enhanced.words,
            duty.evidence,
        )
        for duty in code.duties(edition=edition, owed_by=owed_by)
    ]
    columns = ("Where", "Duty", "What", "Owed by", "Standard", "Enhanced", "Evidence")
    show(table(f"{len(rows)} duties", columns, rows, unbroken="Duty"))  # so that an identifier can be copied


@click.command()
@click.argument("earlier")
@click.argument("later")
@formats("text", "markdown", "json", "html")
@under_law
def compare(earlier: str, later: str, form: str, code: VictimsCode) -> None:
    """What changed between two editions, such as code-2015 and code-2021; the earlier is put first."""
    comparison = code.compare(earlier, later)
    if form == "json":
        say(json_text(comparison.to_dict()))
    elif form == "html":
        say(comparison.to_html(page=True))
    elif form == "markdown":
        say(comparison.to_markdown(), nl=False)
    else:
        tell(comparison.to_text().rstrip("\n"))


@click.command("in-force")
@click.argument("provision", required=False)
@click.option("--on", type=DAY, required=True, help="The day asked about, such as 2025-01-29.")
@under_law
def in_force(provision: str | None, on: date, code: VictimsCode) -> None:
    """Whether PROVISION, such as vpa-2024-s5, was in force on a day; without one, every provision that is encoded."""
    if provision is not None:
        tell(str(code.provision(provision).in_force(on)))
        return
    rows = []
    for answer in code.provisions(on=on):
        since = answer.since.isoformat() if answer.since and answer.truth is not False else "–"
        since = f"by {since}" if answer.since_at_latest and since != "–" else since
        rows.append((answer.provision, answer.act, answer.section, answer.answer, since, answer.evidence))
    columns = ("Provision", "Act", "Section", "In force", "Since", "Evidence")
    show(table(f"Law in force on {format_date(on)}", columns, rows))


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--why", is_flag=True, help="Give the reason for every answer.")
def offence(codes: tuple[str, ...], why: bool) -> None:
    """What CJS offence CODES such as OF61016 say of the categories of the Code: yes, no, or cannot tell."""
    from victims_code.offences import classify_offence  # the other commands do without

    columns = ("Category", "Answer", "Why", "Evidence") if why else ("Category", "Answer")
    for code in codes:
        found = classify_offence(code)
        title = f"{found.code.text}: {found.title or 'not known'} (class {found.home_office_class or 'not known'})"
        rows = (
            (finding.category, finding.answer.replace("-", " "), finding.why, finding.evidence)
            for finding in found.findings.values()
        )
        show(table(title, columns, (row[: len(columns)] for row in rows)))


@click.group("working-days")
def working_days() -> None:
    """Count working days in England and Wales."""


@working_days.command("add", context_settings={"ignore_unknown_options": True})
@click.argument("day", type=DAY)
@click.argument("number", type=click.IntRange(min=0))
def add(day: date, number: int) -> None:
    """The date NUMBER working days after DAY."""
    trace = england_and_wales().trace(day, number)
    say(trace.due.isoformat())
    tell(f"{format_date(trace.due)} is {_working_days(number)} after {format_date(day)}.")
    for skipped, why in trace.skipped:
        say(f"  not counted: {format_date(skipped)} ({why})")


@working_days.command("subtract", context_settings={"ignore_unknown_options": True})
@click.argument("day", type=DAY)
@click.argument("number", type=click.IntRange(min=0))
def subtract(day: date, number: int) -> None:
    """The date NUMBER working days before DAY."""
    days = england_and_wales()
    start = days.subtract(day, number)
    say(start.isoformat())
    tell(f"{format_date(start)} is {_working_days(number)} before {format_date(day)}.")
    for skipped in (start + timedelta(days=n) for n in range(1, (day - start).days)):
        if why := days.why_not(skipped):
            say(f"  not counted: {format_date(skipped)} ({why})")


@working_days.command("count")
@click.argument("first", type=DAY)
@click.argument("last", type=DAY)
def count(first: date, last: date) -> None:
    """The working days after FIRST up to and including LAST."""
    number = england_and_wales().count(first, last)
    say(number)
    tell(f"{_working_days(number)} after {format_date(first)} up to and including {format_date(last)}.")


def _working_days(number: int) -> str:
    return f"{number} working day{'' if abs(number) == 1 else 's'}"


@working_days.command("holidays")
@click.argument("year", type=int)
def holidays(year: int) -> None:
    """The bank holidays of YEAR."""
    rows = (
        (
            holiday.date.isoformat(),
            format_date(holiday.date).split()[0],
            holiday.title,
            "projected, not proclaimed" if holiday.projected else holiday.source,
        )
        for holiday in england_and_wales().holidays(year)
    )
    show(table(f"Bank holidays of {year} in England and Wales", ("Date", "Day", "Title", "Source"), rows))


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema NAME, such as case; without one, list what there is."""
    if name is not None:
        say(json_text(schema_of(name)))
        return
    for known, what in schemas().items():
        tell(f"{known:<20} {what}")


# --- the law as files ---------------------------------------------------------------------------------------------


@click.group("law")
def law_() -> None:
    """Encode an edition of the Code: lay out its files, check them, and hold them against the printed Code."""


@law_.command("new", short_help="Lay out the files of a new edition.")
@click.argument("id_", metavar="ID")
@click.option("--from", "based_on", required=True, help="The edition to begin from, such as code-2021.")
@click.option("--into", type=FILE, default=Path("law"), show_default=True, help="A folder of law; made if need be.")
@click.option("--title", help="The title, as it is said in a sentence.")
@click.option("--in-force", type=DAY, help="The first day it governs; by default the day of the law version.")
def new(id_: str, based_on: str, into: Path, title: str | None, in_force: date | None) -> None:
    """Lay out the files of a new edition ID, such as code-2027, as a draft.

    A folder that is not there gets a copy of the whole law. Everything in the new edition is copied from the earlier
    one and marked unconfirmed. No file that is there is replaced, but the three that list the editions, their sources
    and their lineage get an entry.
    """
    from victims_code.drafting.new_edition import lay_out_edition  # the other commands do without

    for path in lay_out_edition(id_, based_on=based_on, folder=into, title=title, in_force_from=in_force):
        say(path)
    tell(f"\nNow correct these files by the printed Code, and ask: victims-code law check {into}")


@law_.command("check", short_help="Tell every fault of a folder of law.")
@click.argument("folder", type=FILE)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    help="Warn of what is not finished in this edition; by default in the drafts, or in the latest edition.",
)
@click.option(
    "--cases", type=FILE, help="The folder of worked cases; by default cases in the folder, or tests/cases next to it."
)
@click.option("--all", "everything", is_flag=True, help="In text every warning, also where many are of one kind.")
@formats("text", "json")
def check(folder: Path, editions: tuple[str, ...], cases: Path | None, everything: bool, form: str) -> None:
    """Every fault of a FOLDER of law: file, line, column, what is wrong and what to do.

    It ends with 1 if there is a fault, and with 0 if there are only warnings: evidence that is missing, a duty without
    a worked case or without a row in the lineage, and words that the house style does not use.
    """
    from victims_code.drafting.checking import check_folder  # the other commands do without

    found = check_folder(folder, editions=editions, cases=cases)
    wrong = [fault for fault in found if fault.severity is Severity.INVALID]
    if form == "json":
        say(json_text([fault.to_dict() for fault in found]))
    else:
        for kind in [[fault] for fault in found] if everything else _by_kind(found):
            print_faults(kind if len(kind) <= _FEW else kind[:1])
            if len(kind) > _FEW:
                tell(f"  ... and {number_of(kind[1:], 'more warning')} of this kind. --all lists them.", err=True)
        warnings = [fault for fault in found if fault not in wrong]
        tell(f"{folder}: {number_of(wrong, 'fault')}, {number_of(warnings, 'warning')}.")
    if wrong:
        sys.exit(1)


_FEW = 3
"""How many warnings of one kind are listed one by one."""


def _by_kind(found: Iterable[Fault]) -> Iterable[list[Fault]]:
    """Faults one by one, and warnings together that say the same of several statements."""
    kinds: dict[str, list[Fault]] = {}
    for fault in found:
        alike = fault.message.partition(": ")[2] if fault.severity is Severity.WARNING else ""
        kinds.setdefault(alike or f"{fault}", []).append(fault)
    return kinds.values()


@law_.command("checklist", short_help="List an edition for a reader of the printed Code.")
@click.argument("edition")
@click.option("--law", "folder", type=FILE, help="A folder of law; by default the law that comes with the package.")
@output("Where to write it, FILE.md or FILE.xlsx; by default Markdown on the terminal.")
def checklist(edition: str, folder: Path | None, output: Path | None) -> None:
    """What a person with the printed Code holds against it: every duty and statement of an EDITION, drafts included.

    A row has our words and numbers, what they rest on, and space for the paragraph, the reader, the day, whether it
    agrees or differs, and the correct words. Fill a workbook in, and take it into the data with: law confirm.
    """
    from victims_code.drafting.checklist import checklist_of  # the other commands do without

    if output is not None and output.suffix.lower() not in (".md", ".xlsx"):
        raise click.UsageError("--output ends with .md or .xlsx.")
    made = checklist_of(edition, folder=folder)
    if output is None:
        say(made.to_markdown(), nl=False)
        return
    write_to(output, made.to_xlsx() if output.suffix.lower() == ".xlsx" else made.to_markdown().encode("utf-8"))
    tell(f"{output}: {len(made.duties)} duties and {len(made.statements)} other statements of {edition}.")


@law_.command("confirm", short_help="Take a filled-in checklist into the data.")
@click.argument("checklist", type=FILE)
@click.argument("folder", type=FILE)
def confirm_(checklist: Path, folder: Path) -> None:
    """Take the rows of a CHECKLIST.xlsx that agree with the printed Code into the data of a FOLDER of law.

    Their evidence becomes text, with paragraph, reader and day; comments and layout of the files stay. Rows that differ
    are listed and not applied. If the checklist has a fault, all are told and nothing is written. A row whose words or
    numbers have changed since the checklist was made is a fault, and so is one that was read on a day to come.
    """
    from victims_code.drafting.confirming import confirm  # the other commands do without

    done = confirm(checklist, folder, today=DAY.convert("today", None, None))
    for row, correct in done.differing:
        tell(f"differs: {row.location}: {row.reference}: {correct}")
    for row in done.confirmed:
        if row.statement.note:
            tell(f"has a note, see if it still holds: {row.location}: {row.statement.note}")
    for path in done.written:
        tell(f"written: {path}")
    tell(
        f"{len(done.confirmed)} confirmed, {len(done.already)} confirmed before, {len(done.differing)} that differ,"
        f" {done.unread} not read."
    )
    if done.differing:
        tell("Correct the data where they differ, make a new checklist, and read those rows again.")
