"""The command that adds a record to a case file and tells which duties it starts or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import click
from attrs import evolve

from victims_code import faults
from victims_code.assessment import Assessment, Obligation, Status, WindowState
from victims_code.assessment.explanations.steps import happened
from victims_code.cases import Case, Event
from victims_code.cli.cases import word_named
from victims_code.cli.options import DAY, FILE, MOMENT, under_law
from victims_code.cli.terminal import Part, print_faults, show, table, tell, text, write_to
from victims_code.code import VictimsCode
from victims_code.dates import Moment
from victims_code.errors import CaseError
from victims_code.names import EventId
from victims_code.printable import one_line
from victims_code.reading.documents import file_bytes
from victims_code.reading.writing import with_entry, without_last_entry
from victims_code.render import tables
from victims_code.render.work_list import WORK_COLUMNS, work_rows
from victims_code.vocabulary import load_vocabulary


@click.command()
@click.argument("file", type=FILE)
@click.argument("event", required=False)
@click.argument("at", metavar="DATE", type=MOMENT, required=False)
@click.option("--about", help="For a telling: the event or topic told of.")
@click.option("--victim", help="The victim concerned; without one it concerns every victim.")
@click.option("--suspect", help="The suspect concerned.")
@click.option("--hearing", help="The hearing concerned.")
@click.option("--offence", help="The offence it was about, where the case has several.")
@click.option("--received", type=MOMENT, help="When the body that owes the next duty received it.")
@click.option("--recorded", type=MOMENT, help="When the record was made.")
@click.option("--reference", help="What to call this record, so that a later one can correct it.")
@click.option("--replaces", help="The record this one corrects.")
@click.option("--withdrawn", is_flag=True, help="Only withdraw the record that it replaces.")
@click.option("--source", help="The system or person the record comes from.")
@click.option("--undo", is_flag=True, help="Take back the last record of the file, instead of adding one.")
@click.option("--as-at", type=DAY, default="today", show_default=True, help="The day for which to tell what changes.")
@under_law
def record(
    file: Path, event: str | None, at: Moment | None, undo: bool, as_at: date, code: VictimsCode, **particulars: Any
) -> None:
    """Add to a case FILE that EVENT happened on DATE, and tell which duties that starts or ends.

    EVENT and --about can be written as people say them, such as arrest or charged. DATE is 2026-04-02, 02/04/2026,
    today, or with a time 2026-04-02T10:20.

    The whole case is checked first: if something is wrong with it, nothing is written and it ends with 1. Everything
    else in the file stays as it is, comments too.

    With --undo the last record of the file is taken back. One that has a reference is part of the history of the case:
    it stays, and a record that withdraws it is added. One without is a slip, and its lines are taken out.
    """
    given = [name for name, value in {"EVENT": event, "DATE": at, **particulars}.items() if value]
    if undo and given:
        raise click.UsageError(f"--undo takes back the last record as it is, and goes with no {given[0].lower()}.")
    if not undo and (event is None or at is None):
        raise click.UsageError("Give the EVENT and the DATE, such as: record case.yaml arrest 2026-04-02.")
    before, text = Case.from_file(file), file_bytes(file).decode("utf-8")
    if undo:
        written, said = _taken_back(before, text, file)
    else:
        added = _event(event or "", at=at, **particulars)
        written, said = with_entry(text, "events", added.to_dict()), f"Added to {{file}}: {happened(added)}"
    after = (Case.from_json if file.suffix.lower() == ".json" else Case.from_yaml)(
        written.removeprefix("\ufeff"), source=file.name
    )
    write_to(file, written)
    then, now = (code.assess(case, as_at=as_at) for case in (before, after))
    tell(said.replace("{file}", one_line(str(file))))
    show(*_what_changes(then, now))
    print_faults(fault for fault in now.faults if fault not in then.faults)


def _event(word: str, *, about: str | None, **particulars: Any) -> Event:
    """The record of an event and a subject as people say them."""
    words = load_vocabulary()
    name = word_named(word, words.events, "EVENT")
    subjects = words.subjects(words.events[name])
    return Event(
        event=cast("EventId", name),
        about=word_named(about, subjects, "--about") if about and subjects else about,
        **particulars,
    )


def _taken_back(case: Case, text: str, file: Path) -> tuple[str, str]:
    """The text of a case file with its last record taken back, and what was done.

    :raises CaseError: if the case has no record, or the last one withdraws another under a reference of its own.
    """
    if not case.events:
        raise CaseError(faults.NO_RECORD_TO_TAKE_BACK.at(str(file)))
    last = case.events[-1]
    if last.reference is None:
        return without_last_entry(text, "events"), f"Taken out of {{file}}: {happened(last)}"
    if last.withdrawn:
        raise CaseError(faults.WITHDRAWAL_CANNOT_BE_TAKEN_BACK.at(str(file), reference=last.reference))
    withdrawal = evolve(
        last,
        reference=None,
        replaces=last.reference,
        withdrawn=True,
        recorded=None if last.recorded is None else DAY.convert("today", None, None),
    )
    said = f"Withdrawn in {{file}}, where it stays under its reference {last.reference!r}: {happened(last)}"
    return with_entry(text, "events", withdrawal.to_dict()), said


def _what_changes(then: Assessment, now: Assessment) -> Iterator[Part]:
    """The duties that begin, are done, change or fall away between two assessments of a case."""
    before, after = ({one.id: one for one in result.obligations} for result in (then, now))
    new = [one for id_, one in after.items() if id_ not in before]
    begun = [one for one in new if one.status is not Status.SUSPENDED]
    stayed = [(before[id_], one) for id_, one in after.items() if id_ in before]
    done = [one for old, one in stayed if old.discharged_on is None and one.discharged_on is not None]
    changed = [(old, one) for old, one in stayed if one not in done and _answer(old) != _answer(one)]
    gone = [one for id_, one in before.items() if id_ not in after]
    dated = [one for one in begun if one.act_by is not None]
    if dated:
        yield _duties("Starts", dated)
    if len(begun) > len(dated):
        number = len(begun) - len(dated)
        yield text(f"Also starts: {number} without a number of days in the Code. assess --all shows them.")
    for title, held in _on_hold(new):
        if some := [one for one in held if one.act_by is not None]:
            yield _duties(title, some)
        if len(held) > len(some):
            yield text(f"{title}: {len(held) - len(some)} without a number of days in the Code.")
    for title, duties in (("Done by this", done), ("No longer owed", gone)):
        if duties:
            yield _duties(title, duties)
    if changed:
        yield table("Changes", ("What", "To", "Before", "Now"), (_change(old, one) for old, one in changed))
    opened = [window.id for window in then.windows if window.state is WindowState.OPEN]
    windows = [one.to_dict() for one in now.windows if one.state is WindowState.OPEN and one.id not in opened]
    if windows:
        rows = ((tables.window_end(one), one["title"], one["victim"]) for one in windows)
        yield table("The victim may now", ("Until", "What", "Victim"), rows)
    over = [one for one in now.windows if one.state is WindowState.CLOSED and one.id in opened]
    if over:
        yield table("The victim may no longer", ("What", "Victim"), ((one.scheme.title, one.victim) for one in over))
    if not (new or done or changed or gone or windows or over):
        yield text("It starts no duty, ends none and changes none.")


def _on_hold(new: Sequence[Obligation]) -> Iterator[tuple[str, Sequence[Obligation]]]:
    """The duties that would begin but are on hold, with the reason as a title."""
    held = [one for one in new if one.status is Status.SUSPENDED]
    died = [one for one in held if one.suspension is not None and one.suspension.event == "victim-died"]
    declined = [one for one in held if one not in died]
    if declined:
        yield "Declined by the victim, and so on hold", declined
    if died:
        yield "On hold, as the victim has died", died


def _duties(title: str, obligations: Iterable[Obligation]) -> Part:
    """Obligations of the one case as a table."""
    (by, _, *columns), *rows = WORK_COLUMNS, *work_rows(one.to_dict() for one in obligations)
    return table(title, (by, *columns), ((by, *cells) for by, _, *cells in rows))


def _answer(one: Obligation) -> tuple[object, ...]:
    return one.status, one.due_on, one.due_on_if_enhanced, one.discharged_on


def _change(old: Obligation, one: Obligation) -> tuple[str, ...]:
    before, now = old.to_dict(), one.to_dict()
    told = (", ".join((tables.due(plain), tables.status(plain))) for plain in (before, now))
    return (one.duty.title, one.victim or tables.bodies([one.duty.owed_to]), *told)
