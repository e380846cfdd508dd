"""Parts of the data that stand beside the law, such as commissioning: a page for every file, as the file has it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from code_reference.book import Book
from code_reference.words import escape, evidence, link, words
from victims_code.errors import LawDataError
from victims_code.reading.data_files import data_folder
from victims_code.reading.documents import Plain, read_document

_FOLDERS = {
    "commissioning": ("Commissioning", "What the data say of powers, services, outcomes and governance, file by file."),
    "measures": (
        "Measures of compliance",
        "What is counted, of what, and what is left out. No one has prescribed how compliance with the Code is counted,"
        " so each measure says how sure it is that anyone else counts in the same way.",
    ),
}
"""The folders of the data that are shown file by file, each with its title and what stands in it."""


def shown_folders() -> tuple[str, ...]:
    """The folders that are there."""
    return tuple(name for name in _FOLDERS if (data_folder() / name).is_dir())


def data_folder_pages(book: Book) -> Iterator[tuple[str, str]]:
    """The name and the text of every page, and for each folder of one that leads to them."""
    for folder in shown_folders():
        yield from _folder(folder, book)


def _folder(folder: str, book: Book) -> Iterator[tuple[str, str]]:
    place = data_folder() / folder
    title, introduction = _FOLDERS[folder]
    shown = [path.relative_to(place).with_suffix("").as_posix() for path in sorted(place.rglob("*.yaml"))]
    for name in shown:
        yield f"{folder}/{name}.md", "\n".join(_page(place / f"{name}.yaml", folder, name, book)) + "\n"
    lines = [f"# {title}", "", introduction, ""]
    yield f"{folder}/index.md", "\n".join([*lines, "```{toctree}", ":maxdepth: 1", "", *shown, "```", ""])


def _page(path: Path, folder: str, name: str, book: Book) -> Iterator[str]:
    document = read_document(path, error=LawDataError)
    label = f"{folder}-{name.replace('/', '-')}"
    yield f"({label})="
    yield f"# {escape(_title(document.data, name))}"
    yield ""
    yield f"From `data/{folder}/{name}.yaml`. {_introduction(path)}"
    yield ""
    data = document.data
    if isinstance(data, dict):
        plain = {key: value for key, value in data.items() if not _entries(value)}
        yield from _fields(plain, 0, book)
        yield ""
        for key, value in data.items():
            if entries := _entries(value):
                yield f"## {escape(words(key)).capitalize()}"
                yield ""
                yield from _sections(entries, f"{label}-{key}", "###", book)
    elif isinstance(data, list):
        yield from _sections(_entries(data), label, "##", book)


def _title(data: Plain, name: str) -> str:
    title = data.get("title") if isinstance(data, dict) else None
    return str(title) if title else words(Path(name).name).capitalize()


def _introduction(path: Path) -> str:
    """The comment a file begins with, as running text."""
    lines = takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
    return escape(" ".join(line.lstrip("# ").rstrip() for line in lines))


def _entries(value: Plain) -> list[dict[str, Plain]]:
    """The entries of a list in which each has an identifier; empty for anything else."""
    if isinstance(value, list) and value and all(isinstance(item, dict) and "id" in item for item in value):
        return [item for item in value if isinstance(item, dict)]
    return []


def _sections(entries: list[dict[str, Plain]], label: str, heading: str, book: Book) -> Iterator[str]:
    for entry in entries:
        yield f"({label}-{entry['id']})="
        yield f"{heading} {escape(entry.get('title') or words(str(entry['id'])).capitalize())}"
        yield ""
        yield from _fields({key: value for key, value in entry.items() if key != "title"}, 0, book)
        yield ""


def _fields(fields: dict[str, Plain], depth: int, book: Book) -> Iterator[str]:
    indent = "  " * depth
    for key, value in fields.items():
        name = f"{indent}- *{escape(words(key))}*:"
        if key == "evidence":
            yield f"{name} {evidence(value)}"
        elif key == "cites" and isinstance(value, list):
            yield f"{name} {'; '.join(_cited(item, book) for item in value)}"
        elif isinstance(value, dict):
            yield name
            yield from _fields(value, depth + 1, book)
        elif isinstance(value, list) and any(isinstance(item, dict | list) or _sentence(item) for item in value):
            yield name
            for item in value:
                yield from _item(item, depth + 1, book)
        elif isinstance(value, list):
            yield f"{name} {'; '.join(_value(item) for item in value)}"
        else:
            yield f"{name} {_value(value)}"


def _sentence(item: Plain) -> bool:
    return isinstance(item, str) and item.endswith(".")


def _item(item: Plain, depth: int, book: Book) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(item, dict):
        name = item.get("title") or item.get("id") or "entry"
        yield f"{indent}- {escape(name)}"
        yield from _fields({key: value for key, value in item.items() if value is not name}, depth + 1, book)
    elif isinstance(item, list):
        yield f"{indent}- {'; '.join(_value(inner) for inner in item)}"
    else:
        yield f"{indent}- {_value(item)}"


def _value(value: Plain) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape(value)


def _cited(item: Plain, book: Book) -> str:
    """A citation, linked to the bibliography, with its section."""
    cited = item if isinstance(item, dict) else {"source": item}
    source = str(cited["source"])
    section = f", {escape(cited['section'])}" if cited.get("section") else ""
    known = book.law.sources.get(source)
    return (link(known.title, f"source-{source}") if known else escape(source)) + section
