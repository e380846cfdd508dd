"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import click

from victims_code.code import VictimsCode
from victims_code.dates import Moment, parse_moment, parse_written_day
from victims_code.errors import WrongValueError

Decorator: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]


class _Day(click.ParamType[date]):
    """A date as 2026-04-20 or 20/04/2026, or today, which is the day in London.

    This is the one place where a clock is read.
    """

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if value.lower() == "today":
            return datetime.now(ZoneInfo("Europe/London")).date()
        try:
            return parse_written_day(value)
        except WrongValueError as problem:
            self.fail(f"{value!r} is not a date. {problem.faults[0].hint}", param, ctx)


class _Moment(_Day):
    """A day as above, or a day with a time of day such as 2026-04-02T10:20."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        try:
            with_time = isinstance(value, str) and "T" in value
            return parse_moment(value) if with_time else super().convert(value, param, ctx)
        except WrongValueError as problem:
            self.fail(f"{problem.faults[0].message} {problem.faults[0].hint}", param, ctx)


DAY, MOMENT = _Day(), _Moment()
FILE = click.Path(path_type=Path)

as_at = click.option("--as-at", type=DAY, required=True, help="Date of assessment: 2026-04-20, 20/04/2026 or today.")
known_on = click.option("--known-on", type=DAY, help="Reproduce what was known on this date.")
show_small_numbers = click.option(
    "--show-small-numbers", is_flag=True, help="Hide nothing. The result is not for publication."
)


def under_law(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say under which law; the command gets it as ``code``."""

    @click.option("--law", type=FILE, help="A folder of law; by default the law that comes with the package.")
    @click.option("--drafts", is_flag=True, help="Read draft editions too. They are not law, and every answer says so.")
    @wraps(command)
    def with_code(law: Path | None, drafts: bool, **given: Any) -> None:
        command(code=VictimsCode.load(law, drafts=drafts), **given)

    return with_code


def output(told: str = "The file to write; by default the terminal.", *, required: bool = False) -> Decorator:
    """Where a command writes to, a file or a folder: the one name for it in every command.

    :param told: what is written there, and what happens without it.
    """
    return click.option("--output", "-o", type=FILE, required=required, help=told)


def output_folder() -> Decorator:
    """The folder a command writes several files to."""
    return output("Folder to write to; made if need be.", required=True)


def files(metavar: str | None = None) -> Decorator:
    """The files a command reads, one or more."""
    return click.argument("files", metavar=metavar, nargs=-1, required=True, type=FILE)


def formats(*names: str) -> Decorator:
    """The formats a command can write; the first is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)
