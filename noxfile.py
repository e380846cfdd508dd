"""The checks of the project, each a session: ``nox -l`` lists them, ``nox -s tests`` runs one.

``python3 dev.py NAME`` does the same on a machine that has nothing but Python. Inside a virtual environment that
already holds everything, ``nox --no-venv --no-install`` runs them there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
PAGES = Path("docs") / "_build" / "html"
BILL = Path("bill") / "victims-code.cdx.json"

PROSE = ("data",)
"""The texts that are in the house style, and stay so."""

nox.options.sessions = ["tests", "lint", "types"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False


def install(session: nox.Session, *groups: str) -> None:
    """Install the package from the checkout, so that edits count at once, with the dependency groups named."""
    session.install("--editable", ".", *nox.project.dependency_groups(PROJECT, *groups))


def pytest(session: nox.Session, *arguments: str, env: dict[str, str] | None = None) -> None:
    """Run tests; what follows ``--`` on the command line of nox is handed on."""
    session.run("python", "-m", "pytest", "-q", *arguments, *session.posargs, env=env)


def debian(session: nox.Session, *packages: str, there: bool) -> None:
    """Install packages of Debian unless what they bring is there; where that cannot be done, say what to do."""
    if there:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        session.error(f"This is not installed. On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}")
    session.run("apt-get", "update", external=True, silent=True)
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    session.run(*command, external=True, silent=True, env={"DEBIAN_FRONTEND": "noninteractive"})


# --- tests ------------------------------------------------------------------------------------------------------


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests, on every Python from 3.11 that is there."""
    install(session, "test")
    pytest(session, "-n", "auto")


@nox.session
def examples(session: nox.Session) -> None:
    """The code of README and documentation, and the example scripts."""
    install(session, "test")
    pytest(session, "-m", "examples")


@nox.session
def long(session: nox.Session) -> None:
    """The tests that take long, with many examples of what is generated."""
    install(session, "test")
    pytest(session, "-n", "2", "-m", "long and not slow", env={"HYPOTHESIS_PROFILE": "many"})


@nox.session
def slow(session: nox.Session) -> None:
    """The tests that take minutes, and every property on new examples, other ones on every run."""
    install(session, "test")
    pytest(session, "-n", "2", "-m", "slow or hypothesis", env={"HYPOTHESIS_PROFILE": "search"})


@nox.session
def postgres(session: nox.Session) -> None:
    """The SQL in a PostgreSQL of its own, and its answers compared."""
    servers = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    debian(session, "postgresql", there=bool(shutil.which("initdb") or list(servers)))
    install(session, "test", "postgres", "web", "dbt")
    pytest(session, "-m", "postgres")


@nox.session
def dbt(session: nox.Session) -> None:
    """The dbt project, built in DuckDB, and its answers compared."""
    install(session, "test", "dbt")
    pytest(session, "-m", "dbt")


@nox.session
def parsers(session: nox.Session) -> None:
    """The SQL of every dialect, read by a second parser."""
    install(session, "test", "parsers")
    pytest(session, "-m", "parsers")


@nox.session
def spark(session: nox.Session) -> None:
    """The SQL in Spark on this machine, and its answers compared."""
    debian(session, "openjdk-17-jre-headless", there=bool(shutil.which("java")))
    install(session, "test", "spark")
    pytest(session, "-m", "spark", "tests/bulk")


@nox.session
def web(session: nox.Session) -> None:
    """The web service of the examples, and the types of results in pydantic and FastAPI."""
    install(session, "test", "web")
    pytest(session, "-m", "web")


@nox.session(requires=["docs"])
def browser(session: nox.Session) -> None:
    """The documentation, an assessment, a report and the web service in Chromium, on a desk and on a telephone."""
    debian(
        session, "chromium", "chromium-driver", there=bool(shutil.which("chromium") and shutil.which("chromedriver"))
    )
    install(session, "test", "browser", "web")
    pytest(session, "-m", "browser")


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel: the same when it is built again, complete, and tested in an empty environment."""
    session.install(*nox.project.dependency_groups(PROJECT, "build"))
    session.run("python", "tools/check_wheel.py", *nox.project.dependency_groups(PROJECT, "test"))


@nox.session
def audit(session: nox.Session) -> None:
    """The packages that the library and its extras install: known weaknesses (asks PyPI), and licences."""
    install(session, "all-extras")
    session.install("pip-audit>=2.7")
    session.run("python", "tools/check_licences.py")
    listed = session.run("python", "tools/check_licences.py", "--names", silent=True)
    requirements = Path(session.create_tmp()) / "requirements.txt"
    requirements.write_text(str(listed), encoding="utf-8")
    session.run("pip-audit", "--strict", "--no-deps", "--disable-pip", "--requirement", str(requirements))


@nox.session
def sbom(session: nox.Session) -> None:
    """The bill of materials of a release: every package the wheel and its extras install, in the form of CycloneDX."""
    session.install(".", *nox.project.dependency_groups(PROJECT, "all-extras"))
    maker = Path(session.create_tmp()) / "maker"  # of its own, so that it is not in the bill
    session.run("python", "-m", "venv", str(maker))
    scripts = maker / ("Scripts" if os.name == "nt" else "bin")
    session.run(str(scripts / "python"), "-m", "pip", "install", "--quiet", "cyclonedx-bom>=7", external=True)
    BILL.parent.mkdir(exist_ok=True)
    command = ("cyclonedx-py", "environment", "--pyproject", "pyproject.toml", "--mc-type", "library")
    installed = str(shutil.which("python", path=session.bin))
    session.run(
        str(scripts / command[0]), *command[1:], "--output-reproducible", "-o", str(BILL), installed, external=True
    )
    session.log(f"Written: {BILL}")


# --- the code ---------------------------------------------------------------------------------------------------


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Mend the style of the code and of the data."""
    install(session, "lint")
    session.run("ruff", "check", "--fix", ".")
    session.run("ruff", "format", ".")
    session.run("python", "tools/format_data.py")


@nox.session
def lint(session: nox.Session) -> None:
    """The style of the code, the data and the texts, and the direction of imports."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("python", "tools/format_data.py", "--check")
    session.run("lint-imports")
    session.run("python", "tools/check_prose.py", *PROSE)


@nox.session
def prose(session: nox.Session) -> None:
    """The plain English of everything people read, also where it is not yet in the house style."""
    install(session, "lint")
    session.run("python", "tools/check_prose.py", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """The types, as strict as mypy can be."""
    install(session, "types")
    session.run("mypy")


# --- the pages --------------------------------------------------------------------------------------------------


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation and its notebooks; a warning is an error."""
    install(session, "docs")
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", str(PAGES))
    session.log(f"Built: {PAGES / 'index.html'}")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """The calendar, the start, the assessment and the bulk engine against their peers."""
    install(session, "benchmarks")
    session.run("python", "-m", "benchmarks", *session.posargs)
    for script in ("growth.py", "returns.py"):
        session.run("python", f"benchmarks/{script}")
