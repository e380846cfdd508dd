"""Walks the built pages as a reader would: every link leads somewhere, and no page of the reference is far away.

What is wrong is a warning, and so an error when the documentation is built. Only links that are in sight count as
clicks: those of the text, and the first level of the menu.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

from attrs import define, field

if TYPE_CHECKING:
    from sphinx.application import Sphinx


CLICKS = 3
FAR_ALLOWED = frozenset({"genindex.html", "search.html", "py-modindex.html"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@define
class BuiltPage:
    """A page that was built: its anchors, all its links, and those that are in sight."""

    anchors: set[str] = field(factory=set)
    links: list[str] = field(factory=list)
    in_sight: list[str] = field(factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = BuiltPage()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        self.page.anchors.update(value for name in ("id", "name") if (value := said.get(name)))
        if tag == "a" and "href" in said:
            self.page.links.append(said["href"])
            if self._in_sight():
                self.page.in_sight.append(said["href"])
        if tag in ("img", "script") and "src" in said:
            self.page.links.append(said["src"])
        if tag not in _VOID:
            self._open.append((tag, said.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def _in_sight(self) -> bool:
        levels = [css for tag, css in self._open if tag == "li" and "toctree-l" in css]
        in_menu = any("sidebar-tree" in css for _, css in self._open)
        in_text = any(tag == "article" for tag, _ in self._open)
        return in_text or (in_menu and len(levels) == 1)


def read_pages(folder: Path) -> dict[str, BuiltPage]:
    """Every built page, by its name within the folder."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        if "_static" not in path.relative_to(folder).parts:
            reader = _Reader()
            reader.feed(path.read_text(encoding="utf-8"))
            found[path.relative_to(folder).as_posix()] = reader.page
    return found


def _target(page: str, link: str) -> tuple[str, str] | None:
    """The file and the anchor a link leads to; None for one that leads out of the documentation."""
    if urlsplit(link).scheme or link.startswith("//"):
        return None
    place, anchor = urldefrag(link)
    place = place.partition("?")[0]
    parts = (Path(page).parent / unquote(place)).parts if place else Path(page).parts
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/".join(kept), unquote(anchor)


def broken_links(pages: Mapping[str, BuiltPage], folder: Path) -> Iterator[tuple[str, str]]:
    """Every link that leads to no file, or to an anchor that is not there, with the page it stands on."""
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            found = _target(name, link)
            if found is None:
                continue
            file, anchor = found
            if file not in pages:
                if not (folder / file).is_file():
                    yield name, link
            elif anchor and anchor not in pages[file].anchors:
                yield name, link


def clicks_to(pages: Mapping[str, BuiltPage], start: str = "index.html") -> dict[str, int]:
    """How many clicks each page is away, as far as it can be reached by links that are in sight."""
    away = {start: 0}
    queue = [start]
    for name in queue:
        for link in pages[name].in_sight:
            found = _target(name, link)
            if found is not None and found[0] in pages and found[0] not in away:
                away[found[0]] = away[name] + 1
                queue.append(found[0])
    return away


def problems_of(folder: Path) -> Iterator[str]:
    """Broken links, and pages that are too far away, in sentences."""
    pages = read_pages(folder)
    for name, link in broken_links(pages, folder):
        yield f"{name} links to {link}, which is not there"
    away = clicks_to(pages)
    for name in sorted(pages.keys() - FAR_ALLOWED):
        if away.get(name, CLICKS + 1) > CLICKS:
            yield f"{name} is more than {CLICKS} clicks away from the beginning"


def check_built_pages(app: Sphinx, trouble: Exception | None) -> None:
    """Warn of whatever is wrong with the pages of a finished build."""
    from sphinx.util import logging

    if trouble is None and app.builder.name == "html":
        for problem in problems_of(Path(app.outdir)):
            logging.getLogger(__name__).warning(problem, type="built_pages")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("build-finished", check_built_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
