"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import click

from victims_code.dates import parse_date
from victims_code.errors import WrongValueError

_Decorator: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]


class _Day(click.ParamType[date]):
    """A date as 2026-04-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else parse_date(value)
        except WrongValueError as problem:
            self.fail(f"{problem.faults[0].message} {problem.faults[0].hint}", param, ctx)


DAY = _Day()
FILE = click.Path(path_type=Path)

as_at = click.option("--as-at", type=DAY, required=True, help="Date of assessment, such as 2026-04-20.")
known_on = click.option("--known-on", type=DAY, help="Reproduce what was known on this date.")
show_small_numbers = click.option(
    "--show-small-numbers", is_flag=True, help="Hide nothing. The result is not for publication."
)


def files(metavar: str | None = None) -> _Decorator:
    """The files a command reads, one or more."""
    return click.argument("files", metavar=metavar, nargs=-1, required=True, type=FILE)


def formats(*names: str) -> _Decorator:
    """The formats a command can write; the first is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)
