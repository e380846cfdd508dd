"""Where the data files are: inside the installed package, or beside ``src`` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from victims_code.errors import Fault, LawDataError

__all__ = ["data_folder"]


@cache
def data_folder() -> Path:
    """The folder that holds the law and the frameworks as data.

    :raises LawDataError: if the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "data", package.parent.parent / "data"):
        if (folder / "editions.yaml").is_file():
            return folder
    raise LawDataError(
        Fault(
            code="VC-FILE-006",
            where=str(package),
            what="The data files of victims-code are missing, so the installation is incomplete.",
            way_out="Install it again with: python -m pip install --force-reinstall victims-code",
        )
    )
