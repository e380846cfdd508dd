"""Every citation of a secondary statement, and whether the page that it cites was read again and says it.

``python3 dev.py citations`` prints the list and the counts as Markdown, and ends with status 1 if a secondary
statement cites a page that does not say it, or rests only on pages about other editions. What each page says is written
by hand in ``citations.yaml``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from statements_of_the_law import CONDITION, DEADLINE, Statement, statements_in

FILE = Path(__file__).with_name("citations.yaml")


class Verdict(StrEnum):
    """What the check found of one citation."""

    SAYS = "says it"
    NOT_REACHED = "not in the part that could be read"
    NOT_FOUND = "the page could not be found"
    NOT_CHECKED = "not read again yet"
    DOES_NOT_SAY = "does not say it"


@frozen(kw_only=True)
class Page:
    """How much of a page was read again, which editions it is about, and what it says of the statements citing it."""

    read: str = ""
    describes: frozenset[str] = field(default=frozenset(), converter=frozenset)
    says: frozenset[str] = field(default=frozenset(), converter=frozenset)
    not_in_part_read: frozenset[str] = field(default=frozenset(), converter=frozenset)
    does_not_say: frozenset[str] = field(default=frozenset(), converter=frozenset)
    remark: str | None = None

    def verdict(self, place: str) -> Verdict:
        """What the check found of the citation in a statement."""
        if place in self.does_not_say:
            return Verdict.DOES_NOT_SAY
        if place in self.says:
            return Verdict.SAYS
        if place in self.not_in_part_read:
            return Verdict.NOT_REACHED
        return Verdict.NOT_FOUND if self.read == "not-found" else Verdict.NOT_CHECKED


@frozen(kw_only=True)
class Checked:
    """One citation: the page, the statement that cites it, and what the check found."""

    source: str
    place: str
    verdict: Verdict


def read_pages(path: Path = FILE) -> Mapping[str, Page]:
    """What was read of each page, by its source."""
    kept: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {source: Page(**page) for source, page in kept["sources"].items()}


def secondary_statements(statements: Iterator[Statement]) -> list[Statement]:
    """The statements that rest on a named source, each once."""
    return [one for one in statements if one.evidence == "secondary" and one.kind not in (DEADLINE, CONDITION)]


def checked(statements: list[Statement], pages: Mapping[str, Page]) -> list[Checked]:
    """Every citation with its verdict, by source and place."""
    found = [
        Checked(source=source, place=one.place, verdict=pages.get(source, Page()).verdict(one.place))
        for one in statements
        for source in one.cites
    ]
    return sorted(found, key=lambda citation: (citation.source, citation.place))


def about_other_editions(statements: list[Statement], pages: Mapping[str, Page]) -> list[Statement]:
    """Statements of an edition all of whose pages are about other editions; such a statement is unconfirmed."""
    described = {source: page.describes for source, page in pages.items() if page.describes}
    return [
        one
        for one in statements
        if one.group.startswith("code-")
        and all(source in described and one.group not in described[source] for source in one.cites)
    ]


def out_of_date(statements: list[Statement], pages: Mapping[str, Page]) -> list[tuple[str, str]]:
    """What was checked of statements that no longer cite the page, or are no longer there."""
    cited = {(source, one.place) for one in statements for source in one.cites}
    noted = [
        (source, place)
        for source, page in pages.items()
        for place in sorted(page.says | page.not_in_part_read | page.does_not_say)
    ]
    return [one for one in noted if one not in cited]


def main() -> int:
    """Print the list and the counts; 1 if a statement is to be corrected or lowered."""
    statements, pages = secondary_statements(statements_in()), read_pages()
    citations, astray = checked(statements, pages), about_other_editions(statements, pages)
    for source, of_source in groupby(citations, attrgetter("source")):
        page = pages.get(source, Page())
        print(f"\n**{source}** ({page.read or 'not read again'}){f': {page.remark}' if page.remark else ''}\n")
        for citation in of_source:
            print(f"- {citation.place}: {citation.verdict}")
    counts = Counter(citation.verdict for citation in citations)
    print(f"\n{len(citations)} citations: " + "; ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict))
    for one in astray:
        print(f"Only pages about other editions: {one.place}", file=sys.stderr)
    return int(bool(counts[Verdict.DOES_NOT_SAY] or astray))


if __name__ == "__main__":
    sys.exit(main())
