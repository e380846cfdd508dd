"""The commands of the registers: what is due, and the figures for the board."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from victims_code.cli.commissioning.governance import CARD_FORMATS, say_card
from victims_code.cli.commissioning.reading import area_or_file, read_area
from victims_code.cli.options import as_at, formats, show_small_numbers
from victims_code.cli.terminal import say
from victims_code.commissioning.registers import Registers
from victims_code.commissioning.registers.register import registers_page
from victims_code.figures import ReportingPeriod, SmallNumbers
from victims_code.printable import json_text


@click.group()
def registers() -> None:
    """Complaints, reviews, live links, case conferences, feedback, surveys and lessons."""


def _read(folder: Path) -> Registers:
    area = read_area(folder)
    return Registers.of(record for records in area.records.values() for record in records)


@registers.command()
@area_or_file("a register")
@as_at
@formats(*CARD_FORMATS)
def due(folder: Path, as_at: date, form: str) -> None:
    """What is due in the registers and what is amiss, overdue first."""
    say_card(registers_page(_read(folder), as_at), form)


@registers.command("board")
@area_or_file("a register")
@as_at
@click.option("--period", required=True, help="The period, such as 2026-27 Q1 or 2026-27.")
@show_small_numbers
@formats(*CARD_FORMATS, "json")
def for_board(folder: Path, as_at: date, period: str, show_small_numbers: bool, form: str) -> None:
    """The figures of the registers for the board. Small numbers are hidden."""
    rule = SmallNumbers(below=0) if show_small_numbers else None
    figures = _read(folder).roll_up(ReportingPeriod.parse(period), as_at=as_at, small_numbers=rule)
    if form == "json":
        say(json_text(figures.to_dict()))
    else:
        say_card(figures.to_card(), form)
