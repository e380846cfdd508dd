"""Groups of commands that are imported only when they are called, so that a small one starts quickly."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands, each named with where it is: ``module.function`` of a package."""

    def __init__(self, *given: Any, table: Mapping[str, str], package: str, **extra: Any) -> None:
        super().__init__(*given, **extra)
        self.table, self.package = table, package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, as the table has them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now; None if there is none."""
        if cmd_name not in self.table:
            return None
        module, _, name = self.table[cmd_name].rpartition(".")
        command: click.Command = getattr(import_module(f"{self.package}.{module}"), name)
        return command
