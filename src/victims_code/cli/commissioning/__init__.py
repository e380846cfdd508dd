"""The commands of those who commission services for victims, over the folder of YAML files of an area or one file."""

from __future__ import annotations

import click

from victims_code.cli.lazy import LazyGroup

_COMMANDS = {
    "board": "governance.board",
    "check": "folder.check",
    "citations": "citations.citations",
    "directory": "directory.directory",
    "decision": "decisions.decision",
    "forward-plan": "governance.forward_plan",
    "highlight": "governance.highlight",
    "init": "folder.init",
    "money": "money.money",
    "needs": "needs.needs",
    "objectives": "governance.objectives",
    "referrals": "needs.referrals",
    "registers": "registers.registers",
    "risks": "governance.risks",
    "role": "governance.role",
}
"""Where each command is: one line for each, in the order of the alphabet."""


@click.group(cls=LazyGroup, table=_COMMANDS, package=__name__)
def commissioning() -> None:
    """Commission services for victims: needs, services, money, boards, decisions and the law behind them."""
