"""``python -m victims_code`` and the ``victims-code`` command."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from victims_code.errors import MissingExtraError
from victims_code.extras import need


def main() -> None:
    """Run the command line, or say what to install for it."""
    try:
        need("cli", "click", "rich", feature="Commands")
    except MissingExtraError as problem:
        sys.exit(str(problem))
    from victims_code import cli

    _write_utf_8()
    cli.main(prog_name="victims-code")


def _write_utf_8() -> None:
    """Write UTF-8 whatever the machine's own encoding is, which on Windows may lack letters that stand in answers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    main()
