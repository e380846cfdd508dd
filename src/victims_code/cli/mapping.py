"""The command that tries out mappings of local extracts, and how files are matched with the mappings that read them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from victims_code.adapters import extracts
from victims_code.cli.options import files, formats
from victims_code.cli.terminal import Part, number_of, say, show, table, text
from victims_code.errors import VictimsCodeError, WrongValueError
from victims_code.faults import FAULT_KINDS, Fault
from victims_code.printable import json_text
from victims_code.reading.documents import write_yaml

A = TypeVar("A")
B = TypeVar("B")

_NO_NEEDS_ASSESSED = (
    "Nothing maps to `needs-assessed`, so what the extract does not say of a victim is unknown, not false, and many"
    " duties come out as 'cannot tell': if a column dates the needs assessment, add"
    " `{column: NAME, event: needs-assessed}` under `events`, or if a code stands for it, that code under `codes`."
)
_NO_FACTS = (
    "`needs-assessed` is read, but no date of birth and no fact. Whether a victim was under 18 is not known then, and"
    " other facts are taken to be false, so a shorter limit that was missed is not seen: map `born` and `committed_on`"
    " under `rows` and what is said of victims under `facts`, or check the table that has them together with this one."
)
_FEW = 3


@click.group("map")
def map_() -> None:
    """Try out mappings of local extracts."""


@map_.command("check")
@files("MAPPING TABLE [MAPPING TABLE]...")
@click.option(
    "--table",
    "sheets",
    multiple=True,
    help="The sheet of a workbook, or the table of a database; or one for each table, in their order.",
)
@click.option("--samples", type=int, default=3, show_default=True, help="How many cases to show.")
@formats("text", "json")
def map_check(files: tuple[Path, ...], sheets: tuple[str, ...], samples: int, form: str) -> None:
    """Show what each MAPPING would read of its TABLE, what it would not, the warnings, and samples, those with most
    warnings first. Several tables are taken to tell of the same cases. Exit status 1 if any row, column or cell is
    left.
    """
    if len(files) % 2:
        raise click.UsageError("Give every mapping its table: MAPPING TABLE [MAPPING TABLE]...")
    mappings, paths = read_each(files[::2], extracts.load_mapping), files[1::2]
    checks = read_each(
        list(zip(mappings, paths, broadcast_option("--table", sheets, paths), strict=True)),
        lambda told: extracts.check_extract(told[0], told[1], table=told[2], samples=samples),
    )
    found = extracts.check_together(checks, samples=samples)
    if form == "json":
        say(json_text(found.to_dict() if len(checks) > 1 else checks[0].to_dict()))
    else:
        show(*_checked(found, paths))
    if not found.complete:
        sys.exit(1)


def read_each(things: Iterable[A], read: Callable[[A], B]) -> list[B]:
    """What is read of each thing.

    :raises WrongValueError: with the faults of all that cannot be read.
    """
    found: list[B] = []
    faults: list[Fault] = []
    for thing in things:
        try:
            found.append(read(thing))
        except VictimsCodeError as problem:
            faults += problem.faults
    if faults:
        raise WrongValueError(*faults)
    return found


def broadcast_option(option: str, given: Sequence[A], files: Sequence[Path]) -> Sequence[A | None]:
    """What an option gives each file: one value for all, or the first for the first file and so on."""
    if len(given) == len(files):
        return given
    if len(given) > 1:
        raise click.UsageError(
            f"{option} is given {len(given)} times for {number_of(files, 'file')}: give it once for all, or once for"
            " each, in their order."
        )
    return [given[0] if given else None] * len(files)


def _checked(found: extracts.ExtractChecks, paths: Sequence[Path]) -> Iterator[Part]:
    for path, check in zip(paths, found.extracts, strict=True):
        if len(paths) > 1:
            yield text(f"{path}", style="bold")
        yield from _of_one_table(check)
    if len(paths) > 1 and not any(check.faults for check in found.extracts):
        yield text(f"Together {number_of(range(found.cases), 'case')}", style="bold")
    if not found.needs_assessed:
        yield text(_NO_NEEDS_ASSESSED)
    elif not found.states_facts:
        yield text(_NO_FACTS)
    kinds: dict[str, list[str]] = {}
    for one in found.warnings:
        kinds.setdefault(one.code, []).append(f"{one.location}: {one.message} {one.hint}")
    if kinds:
        yield text("Warnings", style="bold")
    for code, many in kinds.items():
        times = "once" if len(many) == 1 else f"{len(many)} times"
        yield _few(f"{code}, {times}: {FAULT_KINDS[code].title}", many)
    yield from (text(write_yaml(sample).rstrip()) for sample in extracts.plain_samples(found.samples))


def _few(title: str, lines: Sequence[str]) -> Part:
    """A title, the first few lines, and how many more there are."""
    more = [f"  and {len(lines) - _FEW} more; --format json gives them all"] if len(lines) > _FEW else []
    return text("\n".join([title, *(f"- {line}" for line in lines[:_FEW]), *more]))


def _of_one_table(found: extracts.ExtractCheck) -> Iterator[Part]:
    """What is read of one table and what is not."""
    if found.faults:
        lines = [f"- {fault.message} {fault.hint}" for fault in found.faults]
        yield text(f"{found.rows} rows", style="bold")
        yield text("\n".join(["The table cannot be read by this mapping:", *lines]))
    else:
        yield text(f"{found.totals()}; {number_of(range(found.cases), 'case')}", style="bold")
    if found.remarks:
        yield text("\n".join(found.remarks))
    if found.set_aside:
        yield _few(f"Rows that were set aside: {len(found.set_aside)}", [str(fault) for fault in found.set_aside])
    if found.repeated:
        yield text(_repeats(found))
    columns = [
        ("read", found.mapped),
        ("in the table, not in the mapping", found.unmapped),
        ("in the mapping, not in the table", found.missing),
    ]
    empty = [(column, repr(word), n) for column, words in found.taken_as_empty.items() for word, n in words.items()]
    for title, names, rows in (
        ("Columns", ("State", "Columns"), [(state, ", ".join(several) or "–") for state, several in columns]),
        ("Events that would be read", ("Event", "Number"), list(found.events.items())),
        ("Words taken for an empty cell", ("Column", "Word", "Number"), empty),
        ("Cells that would not be read", ("Column", "What", "Number"), list(_left(found))),
    ):
        if rows:
            yield table(title, names, rows)


def _left(found: extracts.ExtractCheck) -> Iterator[tuple[object, ...]]:
    """The cells that are not read, by column and with what is wrong with them."""
    for column, values in (*found.unknown_codes.items(), *found.unread_facts.items()):
        yield from ((column, f"{value!r} is not in the mapping", n) for value, n in values.items())
    for column, n in found.unread_dates.items():
        yield column, f"no date of the form {found.dates}; the first: {found.first_unread_dates[column]}", n
    for column, n in found.unusable.items():
        yield column, f"no value; the first: {found.first_unusable[column]}", n


def _repeats(found: extracts.ExtractCheck) -> str:
    """How many rows repeat others, and how a mapping says what is to become of them."""
    first = ", ".join(f"row {number}" for number in found.first_repeated)
    more = ", …" if found.repeated > len(found.first_repeated) else ""
    said = f"Rows that are the same in every cell as an earlier one: {found.repeated} ({first}{more})."
    if found.repeats_settled:
        return said
    return f"{said} Write `repeated_rows: once` in the mapping to read them once, or `repeated_rows: all`."
