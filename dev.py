"""Set up and run the project on a machine that has Python 3.11 or later and nothing else.

``python3 dev.py example`` assesses the example case, ``python3 dev.py serve`` starts the example of a web service,
``python3 dev.py test`` runs the tests, or those of the paths that follow. ``names``, ``schemas`` and ``snapshot`` write
anew the files that are made from the types and the data, ``data`` lays the data out, ``last-law`` keeps the law before
it changes, ``citations`` lists every citation. Any other name is that of a session of ``noxfile.py``: ``python3 dev.py
docs`` builds the documentation. Outside a virtual environment it makes one in ``.venv`` and works there; inside one it
uses that.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SCRIPTS = {
    "citations": ("tools/check_citations.py",),
    "data": ("tools/format_data.py",),
    "last-law": ("tools/statements_of_the_law.py",),
    "names": ("tools/write_names.py",),
    "schemas": ("tools/write_schemas.py",),
    "snapshot": ("-m", "pytest", "-q", "tests/law/test_every_edition.py", "-k", "snapshot"),
}
"""The scripts that write or check files of the project, by the name of the command."""


def main(command: str, *more: str) -> None:
    """Install what a command needs, and run it."""
    python = environment()
    if command == "example":
        install(python, "--editable", ".[cli]")
        run(python, "-m", "victims_code", "assess", "examples/case.yaml", "--as-at", "2026-04-20")
    elif command == "serve":
        install(python, "pip>=25.1")
        install(python, "--editable", ".", "--group", "web")
        run(python, "examples/web_service/run.py", *(more or ("--load", "examples/case.yaml")))
    elif command == "test" or command in SCRIPTS:
        install(python, "pip>=25.1")  # the first that reads dependency groups
        install(python, "--editable", ".", "--group", "test")
        if command == "snapshot":
            os.environ["SNAPSHOT"] = "write"
        run(python, *SCRIPTS.get(command, ("-m", "pytest", "-q", "-n", "auto")), *more)
    else:
        install(python, "nox")
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


def install(python: Path, *what: str) -> None:
    """Install packages quietly, unless that was done here since ``pyproject.toml`` was changed last."""
    record = python.parents[1] / "installed-by-dev.txt"
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    since = [line for line in lines if line.startswith(project)]
    if (line := f"{project} {' '.join(what)}") not in since:
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
        record.write_text("\n".join([*since, line]), encoding="utf-8")


def run(python: Path, *arguments: str) -> None:
    """Run Python in the project's folder, and stop with its exit status if it fails."""
    if status := subprocess.run([str(python), *arguments], cwd=ROOT, check=False).returncode:
        sys.exit(status)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"{__doc__}\nSay what to run, for example: python3 dev.py test")
    main(*sys.argv[1:])
