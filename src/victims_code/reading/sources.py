"""What a statement rests on: sources, citations, and how sure the library is; and the span of days it holds for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NewType

from attrs import frozen

from victims_code.arguments import checked_if_it_fails
from victims_code.dates import format_date
from victims_code.printable import one_line_repr

SourceName = NewType("SourceName", str)
"""The identifier of a source in the bibliography, looked up where it is read."""


class Evidence(StrEnum):
    """How sure a statement is.

    ``text``: the instrument itself was read. ``secondary``: a named official or practitioner source was read.
    ``unconfirmed``: neither; the statement is included because leaving it out would mislead. ``hypothetical`` stands
    in no file: it marks what a *what if* has altered.
    """

    TEXT = "text"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"
    HYPOTHETICAL = "hypothetical"


@frozen(kw_only=True)
class Source:
    """One entry of the bibliography in ``data/sources.yaml``."""

    id: str
    title: str
    publisher: str
    kind: str
    read: str
    url: str | None = None
    dated: str | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class ReadBy:
    """Who held a statement against its source, by name, initials or post, and on which day."""

    name: str
    day: date

    @property
    def in_words(self) -> str:
        """The reader and the day.

        >>> ReadBy(name="A. Clerk", day=date(2027, 1, 5)).in_words
        'read by A. Clerk on Tuesday 5 January 2027'
        """
        return f"read by {self.name} on {format_date(self.day)}"


@frozen(kw_only=True)
class Citation:
    """Where a statement comes from.

    The locator stops at Right, chapter or section unless a source that was read confirms the paragraph; then
    ``paragraph_confirmed_by`` names it. ``read_by`` names the person who held the statement against the source, and the
    day.
    """

    source: SourceName
    right: int | None = None
    chapter: str | None = None
    section: str | None = None
    paragraph: str | None = None
    paragraph_confirmed_by: SourceName | None = None
    read_by: ReadBy | None = None
    note: str | None = None

    @property
    def locator(self) -> str:
        """The place inside the Code or Act in words, such as ``Right 6`` or ``s.5``; empty if none is known.

        >>> Citation(source=SourceName("x"), right=8, paragraph="8.2", paragraph_confirmed_by=SourceName("y")).locator
        'Right 8, paragraph 8.2'
        """
        parts = (
            f"Right {self.right}" if self.right is not None else "",
            self.chapter or "",
            f"s.{self.section}" if self.section else "",
            f"paragraph {self.paragraph}" if self.paragraph else "",
        )
        return ", ".join(part for part in parts if part)

    @checked_if_it_fails
    def in_words(self, source: str) -> str:
        """The place, the name of the source, and who read the statement there and when.

        >>> reader = ReadBy(name="A. Clerk", day=date(2027, 1, 5))
        >>> Citation(source=SourceName("code-2021"), right=6, read_by=reader).in_words("the printed Code")
        'Right 6, the printed Code, read by A. Clerk on Tuesday 5 January 2027'
        """
        reader = self.read_by.in_words if self.read_by else ""
        return ", ".join(part for part in (self.locator, source, reader) if part)


@frozen(kw_only=True)
class Sourced:
    """A statement with what it rests on: what it cites, how sure it is, and what else must be said of it."""

    cites: tuple[Citation, ...]
    evidence: Evidence
    note: str | None = None


@frozen(kw_only=True)
class FromOneSource:
    """A row of a table, such as one of codes, with the one source it was read in and how sure it is."""

    evidence: Evidence
    source: SourceName


@frozen(kw_only=True, slots=False)
class Span:
    """Something that holds from its first day to its last; None leaves that side open."""

    since: date | None = None
    until: date | None = None

    @checked_if_it_fails
    def holds_on(self, day: date | None) -> bool:
        """Whether it holds on a day; a day that is not known, None, rules nothing out.

        >>> [Span(since=date(2025, 1, 29)).holds_on(day) for day in (date(2025, 1, 28), date(2025, 1, 29), None)]
        [False, True, True]
        """
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))
