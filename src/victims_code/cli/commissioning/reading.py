"""How commands read the folder of an area, or one file of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from victims_code.cli.options import FILE, Decorator
from victims_code.cli.terminal import print_faults
from victims_code.commissioning.area_folder import AreaFolder


def area_folder(command: Callable[..., None]) -> Callable[..., None]:
    """The folder that a command reads, which is the one it is called in if none is named."""
    return click.argument("folder", type=FILE, default=Path())(command)


def area_or_file(part: str) -> Decorator:
    """The folder that a command reads, or one file that holds a part of it."""
    return click.argument("folder", metavar=f"[FOLDER or FILE of {part}]", type=FILE, default=Path())


def read_area(folder: Path, part: str | None = None) -> AreaFolder:
    """Everything in the folder, or what is in one file; files that look like a part and are none are named.

    :raises CommissioningError: with every fault of every file.
    """
    area = AreaFolder.read(folder, part=part)
    print_faults(area.remarks)
    return area
