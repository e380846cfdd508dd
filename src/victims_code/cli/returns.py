"""The commands on returns of commissioned services: check what providers sent."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from victims_code.cli.options import FILE, files, formats
from victims_code.cli.terminal import number_of, print_faults, say, tell
from victims_code.printable import json_text


@click.group("returns")
def returns() -> None:
    """Check returns of figures from providers of services."""


@returns.command("check")
@files()
@click.option("--register", type=FILE, help="The commissioner's providers, agreements and frameworks (YAML or JSON).")
@click.option("--sheet", help="The sheet of a workbook; by default 'return', or the only one.")
@formats("text", "json")
def check(files: tuple[Path, ...], register: Path | None, sheet: str | None, form: str) -> None:
    """Check returns (CSV, a workbook or JSON) one by one and together; exit status 1 if there is a fault."""
    from victims_code.commissioning.returns import Register, check_returns  # the other commands do without

    found = check_returns(files, register=None if register is None else Register.from_file(register), sheet=sheet)
    if form == "json":
        say(json_text(found.to_dict()))
    else:
        print_faults(finding.fault for finding in found.faults)
        for question in found.questions:
            tell(f"question: {question}")
        for remark in found.remarks:
            tell(f"note: {remark}")
        tell(
            f"{number_of(found.lines, 'line')} in {number_of(found.sources, 'file')}: "
            f"{number_of(found.faults, 'fault')}, {number_of(found.questions, 'question')}."
        )
    if found.faults:
        sys.exit(1)
