"""What a reader sees of HTML: the words, and each table with its caption, its columns and its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Table:
    """A table as it is read."""

    caption: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows, each cell by its column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Page(HTMLParser):
    """The words and tables of a page; ``roles`` are those that are said outright."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.roles: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """All words of the page, without its style."""
        return " ".join(" ".join(self._words).split())

    def table(self, caption: str) -> Table:
        """The table with a caption."""
        (found,) = [table for table in self.tables if table.caption == caption]
        return found

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag not in ("meta", "br"):
            self._open.append((tag, said))
        if "role" in said:
            self.roles.append(said["role"])
        if tag == "table":
            self.tables.append(Table())
        elif tag == "tr" and not self._within("thead"):
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            (self.tables[-1].columns if self._within("thead") else self.tables[-1].rows[-1]).append("")
            assert tag == "td" or said["scope"] == ("col" if self._within("thead") else "row")

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag, f"{tag} closes what is not open"

    def handle_data(self, data):
        tag = self._open[-1][0] if self._open else ""
        if self._within("style"):
            return
        self._words.append(data)
        words = " ".join(data.split())
        if tag == "caption":
            self.tables[-1].caption += words
        elif tag in ("td", "th"):
            cells = self.tables[-1].columns if self._within("thead") else self.tables[-1].rows[-1]
            cells[-1] += words
        elif tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((tag, words))

    def _within(self, tag):
        return any(name == tag for name, _ in self._open)


def read_page(html: str) -> Page:
    """A page as it is read; every element must be closed, and every heading of a table must say what it heads."""
    page = Page(html)
    assert not page._open, page._open
    return page
