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
import tarfile
import tempfile
import tomllib
import venv
import zipfile
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
    run(python, "-m", "pytest", "-q", "-n", "auto")


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


def browser(python: Path) -> None:
    """Look at the documentation, an assessment and a report in Chromium, on a desk and on a telephone."""
    there = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    debian("chromium", "chromium-driver", there=there and shutil.which("chromedriver") is not None)
    docs(python)
    install(python, extras="cli", groups=("test", "browser"))
    run(python, "-m", "pytest", "-q", "-m", "browser")


def lint(python: Path) -> None:
    """Style, types and the direction of imports."""
    install(python, extras="cli", groups=("test", "lint"))
    run(python, "-m", "ruff", "check", ".")
    run(python, "-m", "ruff", "format", "--check", ".")
    run(python, "tools/format_data.py", "--check")
    run(python, "-m", "mypy")
    run(python, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def docs(python: Path) -> None:
    """Build the documentation; a warning is an error."""
    install(python, extras="cli", groups=("docs",))
    run(python, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")
    print(f"Built: {Path('docs/_build/html/index.html')}")


def examples(python: Path) -> None:
    """Run the code of README and documentation, and the example scripts."""
    install(python, extras="cli", groups=("test",))
    run(python, "-m", "pytest", "-q", "-n", "auto", "-m", "examples")


def long(python: Path) -> None:
    """Run the tests that take more than a few seconds each."""
    install(python, extras="cli", groups=("test",))
    run(python, "-m", "pytest", "-q", "-n", "auto", "-m", "long")


def benchmark(python: Path) -> None:
    """Measure the calendar, the start-up, the assessment and the bulk engine against their peers."""
    install(python, extras="cli", groups=("benchmarks",))
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        print(f"--- {script.name}", flush=True)
        run(python, str(script))


def wheel(python: Path) -> None:
    """Build the wheel twice, install it alone into an empty environment, and run the tests of the sdist on it.

    Every file of the wheel is compared with the checkout. The pages, and the rooms whose tests take longest, have been
    tested there and are not tested once more.
    """
    pip(python, "build")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built, sdist = (built_twice(python, folder, ending) for ending in (".whl", ".tar.gz"))
        complete(built)
        empty = make_environment(folder / "empty")
        pip(empty, str(built))
        check = (
            "import victims_code as vc; from datetime import date; print(vc.__file__);"
            " print(vc.deadline('inform-suspect-arrested', on=date(2026, 4, 2), track='standard').due)"
        )
        run(empty, "-c", check, cwd=folder)
        pip(empty, f"{built}[cli]")
        run(empty, *EXAMPLE[:3], str(ROOT / EXAMPLE[3]), *EXAMPLE[4:], cwd=folder)
        pip(empty, *group("test"))
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        unpacked = folder / sdist.name.removesuffix(".tar.gz")
        shutil.rmtree(unpacked / "src")  # so that only the wheel can be what is tested
        left_out = [f"--ignore=tests/{room}" for room in ("docs", "bulk", "compliance", "figures", "schemas")]
        options = ["-q", "-n", "auto", "-p", "no:cacheprovider", *left_out]
        run(empty, "-m", "pytest", *options, "tests", cwd=unpacked)
        print(f"Good: {built.name} and {sdist.name}")


def built_twice(python: Path, folder: Path, ending: str) -> Path:
    """The wheel or sdist, which comes out the same to the byte when it is built again."""
    kind = "--wheel" if ending == ".whl" else "--sdist"
    for place in ("once", "again"):
        run(python, "-m", "build", kind, "--outdir", str(folder / place), env={"SOURCE_DATE_EPOCH": "1764028800"})
    once, again = (next((folder / place).glob(f"*{ending}")) for place in ("once", "again"))
    if once.read_bytes() != again.read_bytes():
        sys.exit(f"{once.name} is another one when it is built again")
    return once


def complete(built: Path) -> None:
    """Stop unless the wheel holds every file of the package and of the data, and no other."""
    with zipfile.ZipFile(built) as archive:
        inside = {member for member in archive.namelist() if member.startswith("victims_code/")}
    folders = {"victims_code": ROOT / "src" / "victims_code", "victims_code/data": ROOT / "data"}
    wanted = {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    if inside != wanted:
        sys.exit(f"{built.name} lacks {sorted(wanted - inside)} and has {sorted(inside - wanted)} too many")


COMMANDS = {
    f.__name__: f for f in (example, test, long, slow, postgres, spark, browser, lint, docs, examples, benchmark, wheel)
}


def install(python: Path, *, extras: str = "", groups: tuple[str, ...] = ()) -> None:
    """Install the package from the checkout, so that edits count at once, with what a command needs."""
    needed = [requirement for name in groups for requirement in group(name)]
    pip(python, "--editable", f".[{extras}]" if extras else ".", *needed)


def group(name: str) -> list[str]:
    """The requirements of a dependency group in ``pyproject.toml``."""
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][name])


def debian(*packages: str, there: bool) -> None:
    """Install packages of Debian unless what they bring is there; where that cannot be done here, say what to do."""
    if there:
        return
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        sys.exit(f"This is not installed. On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}")
    print(f"Installing {', '.join(packages)}", flush=True)
    quietly = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], **quietly)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], env=environment, **quietly)


def pip(python: Path, *what: str) -> None:
    """Install packages quietly."""
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)


def run(python: Path, *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run Python and stop on failure with the same exit status.

    :param env: variables of the environment to set beside those there are.
    """
    status = subprocess.run(
        [str(python), *arguments], cwd=cwd, check=False, env={**os.environ, **env} if env else None
    ).returncode
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
