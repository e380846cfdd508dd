"""The command that checks how Acts are cited in a text, such as a decision or a strategy."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from attrs import frozen

from victims_code.cli.options import DAY, files, formats
from victims_code.cli.terminal import number_of, say, tell
from victims_code.commissioning.powers import CitationStanding, CitationVerdict, check_citations
from victims_code.errors import CommissioningError
from victims_code.faults import Fault
from victims_code.printable import json_text
from victims_code.reading.documents import Plain, file_text


@frozen(kw_only=True)
class _PlacedCitation:
    """A citation with the file, line and column it is at."""

    file: str
    line: int
    column: int
    verdict: CitationVerdict

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.verdict}"

    def to_dict(self) -> dict[str, Plain]:
        verdict = self.verdict.to_dict()
        verdict.pop("start")
        return {"file": self.file, "line": self.line, "column": self.column, **verdict}


@click.command()
@files()
@click.option("--on", type=DAY, help="Also say whether what is cited was in force on this day.")
@formats("text", "json")
def citations(files: tuple[Path, ...], on: date | None, form: str) -> None:
    """Check how Acts are cited in text or Markdown FILES; exit status 1 if a citation is wrong."""
    found = list(_checked(files, on))
    number = Counter(one.verdict.standing for one in found)
    if form == "json":
        counts = {standing.value: number[standing] for standing in CitationStanding}
        say(json_text({"citations": [one.to_dict() for one in found], **counts}))
    else:
        for one in found:
            tell(str(one))
        counted = ", ".join(f"{number[standing]} {standing.value.replace('-', ' ')}" for standing in CitationStanding)
        tell(f"{number_of(found, 'citation')} in {number_of(files, 'file')}: {counted}.")
    if number[CitationStanding.WRONG]:
        sys.exit(1)


def _checked(files: tuple[Path, ...], on: date | None) -> Iterator[_PlacedCitation]:
    """The citations of every file; if some files cannot be read, nothing but why."""
    texts: dict[str, str] = {}
    unread: list[Fault] = []
    for path in files:
        try:
            texts[str(path)] = file_text(path, error=CommissioningError)
        except CommissioningError as problem:
            unread += problem.faults
    if unread:
        raise CommissioningError(*unread)
    for file, text in texts.items():
        for verdict in check_citations(text, on=on):
            before = text[: verdict.start]
            column = len(before) - (before.rfind("\n") + 1) + 1
            yield _PlacedCitation(file=file, line=before.count("\n") + 1, column=column, verdict=verdict)
