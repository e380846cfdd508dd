"""The commands of the registers: what is due, and the figures for the board."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from victims_code.cli.commissioning.governance import CARD_FORMATS, say_card
from victims_code.cli.commissioning.reading import area_or_file, read_area, saying_what_is_missing, what_is_missing
from victims_code.cli.options import as_at, formats, show_small_numbers
from victims_code.cli.terminal import say
from victims_code.commissioning.registers.register import register_kinds, registers_page
from victims_code.figures import ReportingPeriod, SmallNumbers
from victims_code.printable import json_text

_KINDS = tuple(register_kinds().values())


@click.group()
def registers() -> None:
    """Complaints, reviews, live links, case conferences, feedback, surveys and lessons."""


@registers.command()
@area_or_file("a register")
@as_at
@formats(*CARD_FORMATS)
def due(folder: Path, as_at: date, form: str) -> None:
    """What is due in the registers and what is amiss, overdue first."""
    area = read_area(folder, as_at=as_at)
    say_card(saying_what_is_missing(registers_page(area.registers(), as_at), area, *_KINDS), form)


@registers.command("board")
@area_or_file("a register")
@as_at
@click.option("--period", required=True, help="The period, such as 2026-27 Q1 or 2026-27.")
@show_small_numbers
@formats(*CARD_FORMATS, "json")
def for_board(folder: Path, as_at: date, period: str, show_small_numbers: bool, form: str) -> None:
    """The figures of the registers for the board. Small numbers are hidden."""
    rule = SmallNumbers(below=0) if show_small_numbers else None
    area = read_area(folder, as_at=as_at)
    figures = area.registers().roll_up(ReportingPeriod.parse(period), as_at=as_at, small_numbers=rule)
    if form == "json":
        say(json_text({**figures.to_dict(), **what_is_missing(area, *_KINDS)}))
    else:
        say_card(saying_what_is_missing(figures.to_card(), area, *_KINDS), form)
