"""``python -m victims_code`` and the ``victims-code`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or say what to install for it."""
    try:
        from victims_code import cli
    except ModuleNotFoundError as problem:
        if problem.name not in ("click", "rich"):
            raise
        sys.exit('The command line needs click and rich. Install them with: python -m pip install "victims-code[cli]"')
    cli.main(prog_name="victims-code")


if __name__ == "__main__":
    main()
