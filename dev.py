"""Set up and run the project: ``python dev.py example``, ``python dev.py test`` and the other commands below.

It needs Python 3.11 or later and nothing else. Outside a virtual environment it makes one in ``.venv`` and works
there; inside one it uses that. Each command installs what it needs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
EXAMPLE = ["-m", "victims_code", "assess", "examples/case.yaml", "--as-at", "2026-04-20"]


def example(python: Path) -> None:
    """Assess the example case."""
    install(python, extras="cli")
    run(python, *EXAMPLE)


def test(python: Path) -> None:
    """Install what the tests need and run them."""
    install(python, extras="cli", groups=("test",))
    run(python, "-m", "pytest", "-q")


def slow(python: Path) -> None:
    """Run the tests that take minutes."""
    install(python, extras="cli", groups=("test",))
    run(python, "-m", "pytest", "-q", "-m", "slow")


def postgres(python: Path) -> None:
    """Run the SQL in a PostgreSQL of its own and compare the answers."""
    debian("postgresql", there=bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))))
    install(python, extras="cli", groups=("test", "postgres"))
    run(python, "-m", "pytest", "-q", "-m", "postgres", "tests/bulk")


def spark(python: Path) -> None:
    """Run the SQL in Spark on this machine and compare the answers."""
    debian("openjdk-17-jre-headless", there=shutil.which("java") is not None)
    install(python, extras="cli", groups=("test", "spark"))
    run(python, "-m", "pytest", "-q", "-m", "spark", "tests/bulk")


def lint(python: Path) -> None:
    """Style, types and the direction of imports."""
    install(python, extras="cli", groups=("test", "lint"))
    run(python, "-m", "ruff", "check", ".")
    run(python, "-m", "ruff", "format", "--check", ".")
    run(python, "-m", "mypy")
    run(python, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def docs(python: Path) -> None:
    """Build the documentation; a warning is an error."""
    install(python, extras="cli", groups=("docs",))
    run(python, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")
    print(f"Built: {Path('docs/_build/html/index.html')}")


def examples(python: Path) -> None:
    """Run every example script."""
    install(python, extras="cli")
    for script in sorted((ROOT / "examples").glob("*.py")):
        print(f"--- {script.name}", flush=True)
        run(python, str(script))


def benchmark(python: Path) -> None:
    """Measure the calendar, the start-up, the assessment and the bulk engine against their peers."""
    install(python, extras="cli", groups=("benchmarks",))
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        print(f"--- {script.name}", flush=True)
        run(python, str(script))


def wheel(python: Path) -> None:
    """Build the wheel, install it alone into an empty environment, and use it there."""
    pip(python, "build")
    with tempfile.TemporaryDirectory() as folder:
        run(python, "-m", "build", "--outdir", folder)
        (built,) = Path(folder).glob("*.whl")
        (sdist,) = Path(folder).glob("*.tar.gz")
        empty = make_environment(Path(folder) / "empty")
        pip(empty, str(built))
        check = (
            "import victims_code as vc; from datetime import date;"
            " print(vc.deadline('inform-suspect-arrested', on=date(2026, 4, 2), track='standard').due)"
        )
        run(empty, "-c", check, cwd=Path(folder))
        pip(empty, f"{built}[cli]")
        run(empty, *EXAMPLE[:3], str(ROOT / EXAMPLE[3]), *EXAMPLE[4:], cwd=Path(folder))
        pip(empty, *group("test"))
        run(empty, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "pythonpath=tests", "tests")
        print(f"Good: {built.name} and {sdist.name}")


COMMANDS = {f.__name__: f for f in (example, test, slow, postgres, spark, lint, docs, examples, benchmark, wheel)}


def install(python: Path, *, extras: str = "", groups: tuple[str, ...] = ()) -> None:
    """Install the package from the checkout, so that edits count at once, with what a command needs."""
    needed = [requirement for name in groups for requirement in group(name)]
    pip(python, "--editable", f".[{extras}]" if extras else ".", *needed)


def group(name: str) -> list[str]:
    """The requirements of a dependency group in ``pyproject.toml``."""
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][name])


def debian(package: str, *, there: bool) -> None:
    """Install a package of Debian unless what it brings is there; where that cannot be done here, say what to do."""
    if there:
        return
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        sys.exit(f"{package} is not installed. On Debian or Ubuntu: sudo apt-get install {package}")
    print(f"Installing {package}", flush=True)
    quietly = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], **quietly)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "--yes", "--no-install-recommends", package], env=environment, **quietly)


def pip(python: Path, *what: str) -> None:
    """Install packages quietly."""
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)


def run(python: Path, *arguments: str, cwd: Path = ROOT) -> None:
    """Run Python and stop on failure with the same exit status."""
    status = subprocess.run([str(python), *arguments], cwd=cwd, check=False).returncode
    if status:
        sys.exit(status)


def environment() -> Path:
    """The Python of the environment to work in: the one that is active, or ``.venv``."""
    if sys.prefix != sys.base_prefix:
        return Path(sys.executable)
    python = python_in(ROOT / ".venv")
    return python if python.exists() else make_environment(ROOT / ".venv")


def make_environment(folder: Path) -> Path:
    """A new virtual environment."""
    print(f"Making a virtual environment in {folder.name}", flush=True)
    venv.create(folder, with_pip=True)
    return python_in(folder)


def python_in(folder: Path) -> Path:
    """Where a virtual environment keeps its Python."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    """Read the command line and run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        commands.add_parser(name, help=function.__doc__)
    COMMANDS[parser.parse_args().command](environment())


if __name__ == "__main__":
    main()
