"""Writes the page "What the client's documents name and where it is" from the map beside it.

Run ``python docs/_ext/seed_page.py`` after a change to the map; a test fails if the page is not what the map says.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from attrs import frozen

from victims_code import commissioning
from victims_code.errors import LawDataError
from victims_code.faults import Fault
from victims_code.reading.documents import Document, read_document
from victims_code.reading.structuring import new_converter, structure

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-the-clients-documents-name.md"
MAP = PAGE.with_suffix(".yaml")

# Which page explains an object of `victims_code.commissioning`, by the room or module it is in.
_PAGES = {
    "governance": "govern-commissioning",
    "money": "keep-account-of-money",
    "outcomes": "choose-outcomes-and-scales",
    "powers": "powers-and-citations",
    "returns": "check-and-add-up-returns",
    "services": "services-and-the-directory",
    "services.needs": "needs-and-distance-travelled",
}


@cache
def _modules() -> dict[str, str]:
    """Every name that commissioning offers, with the module it is in."""
    found: dict[str, str] = {}
    for info in walk_packages(commissioning.__path__, f"{commissioning.__name__}."):
        if not info.ispkg:
            things = vars(import_module(info.name)).items()
            found |= {name: info.name for name, thing in things if getattr(thing, "__module__", "") == info.name}
    return found


@frozen(kw_only=True)
class Row:
    """One thing a document names: what models it and the tests that run that, or why it is left out."""

    id: str
    name: str
    seeds: tuple[str, ...]
    objects: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    note: str | None = None
    left_out: str | None = None


@frozen(kw_only=True)
class SeedMap:
    """The whole map: the documents, the parts of the table, and its rows."""

    documents: object
    parts: object
    rows: tuple[Row, ...]


def read_map(path: Path = MAP) -> SeedMap:
    """The map, checked: every row either names something or says why not, and whatever is named exists."""
    document = read_document(path, error=LawDataError)
    faults: list[Fault] = []
    read = structure(new_converter(), document.data, SeedMap, document, faults=faults)
    if read is not None:
        faults += _wrong_in(read, document)
    if faults or read is None:
        raise LawDataError(*faults)
    return read


def _wrong_in(seed_map: SeedMap, document: Document) -> Iterator[Fault]:
    def fault(n: int, key: str, message: str, hint: str) -> Fault:
        return Fault(code="VC-DATA-001", location=document.where(("rows", n, key)), message=message, hint=hint)

    for n, row in enumerate(seed_map.rows):
        if not row.left_out and not row.tests:
            yield fault(n, "id", f"{row.id} names no test that runs it.", "Name one, or say why it is left out.")
        for test in row.tests:
            if not is_a_test(test):
                yield fault(n, "tests", f"{row.id}: there is no test {test}.", "Correct the file or the name.")
        if bool(row.objects or row.data) == bool(row.left_out):
            yield fault(n, "id", f"{row.id} names nothing, or names something and is left out.", "Do one of the two.")
        for name in row.objects:
            if not exists(name):
                yield fault(n, "objects", f"{row.id}: there is no {name}.", "Correct the name.")
        for place in row.data:
            if not stands(place):
                yield fault(n, "data", f"{row.id}: there is no {place}.", "Correct the file or the identifier.")


def full_name(name: str) -> str:
    """A name with its module: names without one are looked up in ``victims_code.commissioning``."""
    return name if name.startswith("victims_code.") else f"{_modules().get(name, commissioning.__name__)}.{name}"


def exists(name: str) -> bool:
    """Whether a name can be imported."""
    module, _, attribute = full_name(name).rpartition(".")
    try:
        return hasattr(import_module(module), attribute)
    except ImportError:
        return False


def stands(place: str) -> bool:
    """Whether a file of ``data`` exists and, after #, holds an entry of that identifier."""
    name, _, id_ = place.partition("#")
    path = ROOT / "data" / name
    return path.is_file() and (not id_ or id_ in set(_identifiers(read_document(path, error=LawDataError).data)))


def is_a_test(name: str) -> bool:
    """Whether a file of ``tests`` has that test, ``FILE::NAME`` or ``FILE::NAME[VALUE]``, in the default run."""
    file, _, function = name.partition("::")
    return function.partition("[")[0] in _tests_in(ROOT / "tests" / file)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    """The tests of a file that are in the default run."""
    if not path.is_file() or not path.name.startswith("test_"):
        return frozenset()
    functions = [one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)]
    return frozenset(
        one.name
        for one in functions
        if one.name.startswith("test_") and not _APART & {ast.unparse(mark) for mark in one.decorator_list}
    )


_APART = {f"pytest.mark.{name}" for name in ("long", "slow", "browser", "postgres", "spark", "skip", "xfail")}
"""The marks of tests that the default run leaves out."""


def _identifiers(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _identifiers(value)
    elif isinstance(data, list):
        for value in data:
            yield from _identifiers(value)


def page(seed_map: SeedMap) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(seed_map)) + "\n"


def _lines(seed_map: SeedMap) -> Iterator[str]:
    assert isinstance(seed_map.documents, dict)
    assert isinstance(seed_map.parts, dict)
    yield "<!-- Written from the map beside it by docs/_ext/seed_page.py; change the map and run it. -->"
    yield "# What the client's documents name and where it is"
    yield ""
    yield "Five documents of commissioners and of a police force stand at the beginning of this library:"
    yield ""
    for key, title in seed_map.documents.items():
        yield f"- **{key}**: {title}"
    yield ""
    left_out = sum(row.left_out is not None for row in seed_map.rows)
    yield f"They name {len(seed_map.rows)} things. Each is below with the object or data that models it, or the reason"
    yield f"why it is left out; {left_out} are. Each of the others names a test that runs what it says. A test fails if"
    yield "a row is missing, names what does not exist, or has no such test."
    for part, heading in seed_map.parts.items():
        yield ""
        yield f"## {part}. {heading}"
        yield ""
        yield "| Row | What is named | In | Where it is | Run by |"
        yield "| --- | --- | --- | --- | --- |"
        for row in seed_map.rows:
            if row.id[0] == part:
                yield f"| {row.id} | {row.name} | {', '.join(row.seeds)} | {_where(row)} | {_run_by(row)} |"


def _where(row: Row) -> str:
    if row.left_out:
        return f"Left out: {row.left_out}"
    named = [_object_link(name) for name in row.objects] + [_data_link(place) for place in row.data]
    return ", ".join(named) + (f". {row.note}" if row.note else "")


def _run_by(row: Row) -> str:
    """The tests of a row, each as a link to its file."""
    parts = (test.partition("::test_")[::2] for test in row.tests)
    links = (
        f"[{name.replace('_', ' ').replace('[', ' (').replace(']', ')')}](../../tests/{file})" for file, name in parts
    )
    return ", ".join(links) or "–"


def _object_link(name: str) -> str:
    module = full_name(name).rpartition(".")[0]
    place = module.removeprefix(f"{commissioning.__name__}.")
    for room in (place, place.partition(".")[0]):
        if room in _PAGES:
            return f"[`{name}`](../how-to/{_PAGES[room]}.md)"
    path = f"src/{module.replace('.', '/')}"
    file = f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"
    return f"[`{name}`](../../{file})"


def _data_link(place: str) -> str:
    name, _, id_ = place.partition("#")
    return f"[`{id_ or name}`](../../data/{name})"


if __name__ == "__main__":
    PAGE.write_text(page(read_map()), encoding="utf-8")
