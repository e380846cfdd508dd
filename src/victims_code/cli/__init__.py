"""The command line: cases, deadlines, working days, duties, editions, and returns of commissioned services."""

from __future__ import annotations

from typing import Any

import click

from victims_code._version import __version__
from victims_code.cli.lazy import LazyGroup
from victims_code.cli.terminal import print_faults
from victims_code.errors import VictimsCodeError
from victims_code.printable import one_line

__all__ = ["main"]

_COMMANDS = {
    "assess": "assess.assess",
    "commissioning": "commissioning.commissioning",
    "compare": "law.compare",
    "dbt": "figures.dbt",
    "deadline": "law.deadline",
    "duties": "law.duties",
    "for-the-victim": "papers.for_the_victim",
    "in-force": "law.in_force",
    "law": "law.law_",
    "map": "mapping.map_",
    "new": "new.new",
    "offence": "law.offence",
    "recheck": "recheck.recheck",
    "record": "record.record",
    "report": "figures.report",
    "returns": "returns.returns",
    "schema": "law.schema",
    "sql": "figures.sql",
    "statement": "papers.statement",
    "todo": "assess.todo",
    "what-if": "figures.what_if",
    "working-days": "law.working_days",
}
"""Where each command is; it is imported when it is called, so that a small one starts quickly."""


class _Commands(LazyGroup):
    """Turns the library's errors into lists on standard error and exit status 1; wrong usage is 2, as click has it."""

    def make_context(self, *given: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*given, **extra)
        except click.ClickException as problem:
            raise _shown(problem) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VictimsCodeError as problem:
            print_faults(problem.faults)
            ctx.exit(1)
        except click.ClickException as problem:
            raise _shown(problem) from None


def _shown(problem: click.ClickException) -> click.ClickException:
    """A problem whose message, which quotes what was written on the command line, is safe to show."""
    problem.message = one_line(problem.message)  # type: ignore[misc]  # click calls it final, and shows nothing else
    return problem


@click.group(cls=_Commands, table=_COMMANDS, package=__name__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="victims-code")
def main() -> None:
    """The Victims' Code of England and Wales: every duty owed, by whom, by which working day, met or not, and why."""
