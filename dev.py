"""Set up and run the project on a machine that has Python 3.11 or later and nothing else.

``python dev.py example`` assesses the example case, ``python dev.py test`` runs the tests. Any other name is that of
a session of ``noxfile.py``: ``python dev.py docs`` builds the documentation. Outside a virtual environment it makes one
in ``.venv`` and works there; inside one it uses that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main(command: str, *more: str) -> None:
    """Install what a command needs, and run it."""
    python = environment()
    if command == "example":
        pip(python, "--editable", ".[cli]")
        run(python, "-m", "victims_code", "assess", "examples/case.yaml", "--as-at", "2026-04-20")
    elif command == "test":
        pip(python, "pip>=25.1")  # the first that reads dependency groups
        pip(python, "--editable", ".", "--group", "test")
        run(python, "-m", "pytest", "-q", "-n", "auto", *more)
    else:
        pip(python, "nox")
        run(python, "-m", "nox", "--session", command, *more)


def environment() -> Path:
    """The Python of the environment to work in: the one that is active, or ``.venv``."""
    if sys.prefix != sys.base_prefix:
        return Path(sys.executable)
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print("Making a virtual environment in .venv", flush=True)
        venv.create(folder, with_pip=True)
    return python


def pip(python: Path, *what: str) -> None:
    """Install packages quietly."""
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)


def run(python: Path, *arguments: str) -> None:
    """Run Python in the project's folder, and stop with its exit status if it fails."""
    if status := subprocess.run([str(python), *arguments], cwd=ROOT, check=False).returncode:
        sys.exit(status)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"{__doc__}\nSay what to run, for example: python dev.py test")
    main(*sys.argv[1:])
