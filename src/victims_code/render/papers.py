"""Papers: a document with a title, sentences, lists, entries and tables, as a page to read or print and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from victims_code.printable import in_markdown, one_line_repr
from victims_code.render.markdown import table
from victims_code.render.pages import CardTable, fragment, html_or_none


@frozen(kw_only=True)
class PaperEntry:
    """One thing a paper tells of, with what is said of it under short headings."""

    title: str
    rows: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class PaperList:
    """A list with a line before it."""

    lead: str
    items: tuple[str, ...]


@frozen(kw_only=True)
class PaperPart:
    """A part of a paper: a heading, and below it sentences, entries, lists and a table, each if there are any."""

    heading: str
    sentences: tuple[str, ...] = ()
    entries: tuple[PaperEntry, ...] = ()
    items: tuple[str, ...] = ()
    lists: tuple[PaperList, ...] = ()
    table: CardTable | None = None

    def __bool__(self) -> bool:
        return bool(self.sentences or self.entries or self.items or self.lists or (self.table and self.table.rows))


@frozen(kw_only=True, repr=False)
class Paper:
    """A document made from an assessment. It shows itself as a page in a notebook.

    >>> paper = Paper(title="A & B", parts=(PaperPart(heading="What comes next", items=("One thing.",)),))
    >>> print(paper.to_markdown())
    # A \\& B
    <BLANKLINE>
    ## What comes next
    <BLANKLINE>
    - One thing.
    <BLANKLINE>
    >>> paper
    <Paper A & B>
    """

    title: str
    sentences: tuple[str, ...] = ()
    parts: tuple[PaperPart, ...] = ()
    closing: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.title}")

    def to_markdown(self) -> str:
        """The paper as a Markdown page."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"# {in_markdown(self.title)}"
        yield ""
        yield from _paragraphs(self.sentences)
        for part in filter(None, self.parts):
            yield f"## {in_markdown(part.heading)}"
            yield ""
            yield from _paragraphs(part.sentences)
            for entry in part.entries:
                yield f"### {in_markdown(entry.title)}"
                yield ""
                yield from _list(f"**{in_markdown(name)}:** {in_markdown(said)}" for name, said in entry.rows)
            yield from _list(map(in_markdown, part.items))
            for one in part.lists:
                yield from _paragraphs((one.lead,))
                yield from _list(map(in_markdown, one.items))
            if part.table is not None:
                yield from table(part.table.columns, part.table.rows)
        yield from _paragraphs(self.closing)

    def to_html(self, *, page: bool = False) -> str:
        """The paper as an HTML fragment, or as a page that needs nothing else and prints without cut entries.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        return fragment("paper-page.html.j2" if page else "paper.html.j2", paper=self, level=1 if page else 3)

    def _repr_html_(self) -> str | None:
        return html_or_none(self.to_html)


def _paragraphs(sentences: tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield in_markdown(sentence)
        yield ""


def _list(items: Iterator[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    yield from [*lines, ""] if lines else ()
