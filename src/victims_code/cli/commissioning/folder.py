"""The commands that lay out the folder of an area and check all that is in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from victims_code.cli.commissioning.reading import area_folder
from victims_code.cli.options import FILE, formats
from victims_code.cli.terminal import number_of, print_faults, say, tell
from victims_code.commissioning.area_folder import PARTS, AreaFolder, lay_out
from victims_code.commissioning.returns import CheckedReturns, Register, check_returns
from victims_code.printable import json_text


@click.command()
@click.argument("folder", type=FILE)
@click.option("--area", help="The police area, such as west-mercia, or the number of its force.")
def init(folder: Path, area: str | None) -> None:
    """Lay out FOLDER: one file for each part, with an example in comments. What is there is never changed."""
    written, kept = lay_out(folder, area)
    for file in written:
        say(file)
    if kept:
        tell(f"Left as they are: {', '.join(str(file) for file in kept)}.")
    tell(f"{number_of(written, 'file')} written. Put returns of providers into {folder / 'returns'}.")
    tell(f"When you have filled something in: victims-code commissioning check {folder}")


@click.command()
@area_folder
@formats("text", "json")
def check(folder: Path, form: str) -> None:
    """Read and check everything in FOLDER, the returns of providers too; exit status 1 if there is a fault."""
    area, wrong = AreaFolder.read_in_part(folder)
    returns = check_returns(area.returns, register=area.one(Register)) if area.returns else None
    faults = [*wrong, *(finding.fault for finding in (returns.faults if returns else ()))]
    counts = {name: len(area.records[name]) for name in PARTS}
    if form == "json":
        found = {"records": counts, "returns": len(area.returns), "lines": len(returns.lines) if returns else 0}
        left = {"not_read": area.unread, "not_checked": area.unchecked}
        told = {"faults": faults, "remarks": area.remarks}
        plain = {name: [fault.to_dict() for fault in listed] for name, listed in told.items()}
        say(json_text({**found, **{name: list(listed) for name, listed in left.items()}, **plain}))
    else:
        broken = sorted(name for name in PARTS if any(_is_of(fault.location, name) for fault in wrong))
        for line in _counted(counts, broken, area, returns):
            tell(line)
        print_faults((*faults, *area.remarks))
        for sentence in _left_out(area, returns, broken):
            tell(sentence)
        records = number_of([one for listed in area.records.values() for one in listed], "record")
        tell(f"{records}, {number_of(area.returns, 'return')}: {number_of(faults, 'fault')}.")
    if faults:
        sys.exit(1)


def _is_of(location: str, part: str) -> bool:
    """Whether a place is in a file of a part."""
    return location.startswith((f"{part}.yaml", f"{part}/"))


def _counted(
    counts: dict[str, int], broken: Sequence[str], area: AreaFolder, returns: CheckedReturns | None
) -> Iterator[str]:
    """How many records each part has, which parts have none, and in which some could not be read."""
    yield from (f"{counts[name]:>6}  {name:<20} {part.title}" for name, part in PARTS.items() if counts[name])
    if returns:
        yield f"{len(area.returns):>6}  {'returns':<20} {number_of(returns.lines, 'line')} of providers"
    numbers = {**counts, "returns": len(area.returns)}
    if empty := [name for name, number in numbers.items() if not number and name not in broken]:
        yield f"Nothing in: {', '.join(empty)}."
    if broken:
        yield f"With faults, so that not all of it counts: {', '.join(broken)}."


def _left_out(area: AreaFolder, returns: CheckedReturns | None, broken: Sequence[str]) -> Iterator[str]:
    """What was not read or not checked, and what the returns leave open."""
    if area.unread:
        yield f"Not read: {', '.join(area.unread)}."
    yield from (f"Not checked: {sentence}" for sentence in area.unchecked)
    if returns and area.one(Register) is None:
        why = "register.yaml has faults" if "register" in broken else "there is no register.yaml"
        yield f"Not checked: whether the returns are those of the providers you fund, because {why}."
    yield from (f"question: {question}" for question in returns.questions) if returns else ()
