"""How commands read the folder of an area, or one file of it, and what they say of what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from victims_code.cli.options import FILE, Decorator
from victims_code.cli.terminal import print_faults, tell
from victims_code.commissioning.area_folder import AreaFolder
from victims_code.dates import format_date
from victims_code.errors import CommissioningError
from victims_code.reading.documents import Plain
from victims_code.render import Card

_IN_PART = f"{__name__}.read_in_part"


def _ending_with_1_if_read_in_part(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def ending(*given: Any, **named: Any) -> None:
        command(*given, **named)
        ctx = click.get_current_context()
        if ctx.meta.get(_IN_PART):
            ctx.exit(1)

    return ending


def area_folder(command: Callable[..., None]) -> Callable[..., None]:
    """The folder that a command reads, which is the one it is called in if none is named.

    A command that could read only a part of it does its work with that part, and ends with 1.
    """
    return click.argument("folder", type=FILE, default=Path())(_ending_with_1_if_read_in_part(command))


def area_or_file(part: str) -> Decorator:
    """The folder that a command reads, or one file that holds a part of it; see :func:`area_folder`."""
    argument = click.argument("folder", metavar=f"[FOLDER or FILE of {part}]", type=FILE, default=Path())
    return lambda command: argument(_ending_with_1_if_read_in_part(command))


def read_area(folder: Path, part: str | None = None, *, as_at: date | None = None) -> AreaFolder:
    """What can be read of the folder, or of one file. Every fault, and what is left out for it, goes to standard error.

    Files that look like a part and are none are named.

    :param part: what one file holds.
    :param as_at: leave out what was recorded for later, and say how many records that are.
    :raises CommissioningError: with every fault of every file, if nothing could be read.
    """
    area, wrong = AreaFolder.read_in_part(folder, part=part if folder.is_file() else None)
    if wrong and not any(area.records.values()):
        raise CommissioningError(*wrong)
    print_faults((*wrong, *area.remarks))
    if area.left_out:
        places = "; ".join(one.place for one in area.left_out)
        tell(f"{area.not_whole()[0]} Left out: {places}.", err=True)
    if wrong:
        click.get_current_context().meta[_IN_PART] = True
    if as_at is None:
        return area
    area = area.known_on(as_at)
    if area.later:
        counted = ", ".join(f"{part} {number}" for part, number in area.later.items())
        tell(f"Recorded after {format_date(as_at)}, and not counted: {counted}.", err=True)
    return area


def read_whole_area(folder: Path) -> AreaFolder:
    """The folder, for a command that adds to it.

    :raises CommissioningError: with every fault of every file.
    """
    area = AreaFolder.read(folder)
    print_faults(area.remarks)
    return area


def saying_what_is_missing(card: Card, area: AreaFolder, *kinds: type) -> Card:
    """A page that says first if some of the records it rests on could not be read.

    :param kinds: the classes of those records; all if none is named.
    """
    return evolve(card, sentences=(*area.not_whole(*kinds), *card.sentences))


def what_is_missing(area: AreaFolder, *kinds: type) -> dict[str, Plain]:
    """The same for JSON: nothing if all could be read."""
    missing: list[Plain] = [one.to_dict() for one in area.missing(*kinds)]
    return {"not_read": missing} if missing else {}
