"""What is shown: every text goes through here, so that no record acts on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import track
from rich.table import Table
from rich.text import Text

from victims_code import faults, render
from victims_code.errors import WrongValueError
from victims_code.faults import Fault
from victims_code.plain import PlainAssessment, PlainObligation, PlainStamp
from victims_code.printable import one_line, printable
from victims_code.reading.writing import write_bytes_aside
from victims_code.render import summary, tables, work_list
from victims_code.working_days import england_and_wales

Part: TypeAlias = RenderableType
"""A line, a paragraph or a table."""
T = TypeVar("T")

_COLOURS = {
    "met": "green",
    "met-late": "yellow",
    "overdue": "bold red",
    "due-today": "bold yellow",
    "cannot-tell": "magenta",
}


def text(words: str, style: str = "") -> Text:
    """Words as they are written, in a style of Rich."""
    return Text(printable(words), style=style)


class _Screen(Console):
    """A console that takes no text for markup or emoji: ``[redacted]`` and ``:no:`` are shown as they are written."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Text as it is."""
        return Text(printable(text), style=options.get("style", ""))


def say(words: object, *, nl: bool = True) -> None:
    """Print lines of text."""
    click.echo(printable(str(words)), nl=nl)


def tell(words: str, *, err: bool = False) -> None:
    """Print sentences, as they are in a file and without breaking a word on a terminal."""
    screen = _Screen(highlight=False, stderr=err)
    if screen.is_terminal:
        screen.print(text(words))
    else:
        click.echo(printable(words), err=err)


def write(text: str) -> None:
    """Print text whose line ends are part of its format, so that no system puts others in their place."""
    click.echo(printable(text, keep="\t\r").encode("utf-8"), nl=False)


def write_to(file: Path | None, content: str | bytes, *, make_folder: bool = False) -> None:
    """Write a file as a whole, or print the text if no file is named.

    :param make_folder: make the folder it is to be in, if it is not there.
    :raises WrongValueError: if it cannot be written.
    """
    if file is None:
        write(content if isinstance(content, str) else content.decode("utf-8"))
        return
    try:
        if make_folder:
            file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_aside(file, content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise WrongValueError(faults.FILE_NOT_WRITTEN.at(str(file), reason=reason)) from None


def show(*parts: Part) -> None:
    """Show parts, each of several with an empty line after it.

    On a terminal they are as wide as that is; in a file 150 columns wide, with nothing at the ends of lines.
    """
    what = parts[0] if len(parts) == 1 else Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))
    console = _Screen(highlight=False)
    if console.is_terminal:
        console.print(what)
        return
    console = _Screen(highlight=False, width=150, no_color=True)
    with console.capture() as captured:
        console.print(what)
    say("\n".join(line.rstrip() for line in captured.get().splitlines()))


def print_faults(found: Iterable[Fault]) -> None:
    """Print faults on standard error."""
    for fault in found:
        tell(f"{fault.severity}: {fault}", err=True)


def number_of(things: Sequence[object], name: str) -> str:
    """How many things there are, with their name."""
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def doing(what: str) -> AbstractContextManager[object]:
    """Show what takes a while, in a line on standard error if that is a terminal."""
    screen = _Screen(stderr=True)
    return screen.status(what) if screen.is_terminal else nullcontext()


def with_progress(things: Sequence[T], what: str) -> Iterable[T]:
    """The things, with a bar on standard error if there are ten or more and that is a terminal."""
    screen = _Screen(stderr=True)
    if len(things) < 10 or not screen.is_terminal:
        return things
    return track(things, description=what, console=screen, transient=True)


_NOTHING = "–"
"""What stands in an empty cell; a list leaves it out."""
_NARROW, _TALL = 100, 3
"""On a screen narrower than this, in columns, a cell of more lines than this makes a table hard to read."""


class _Grid(Table):
    """A table that breaks no word; on a screen too narrow for that, or for rows of a few lines, a list of its rows."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = self._widths(console, options)
        if widths is None or (options.max_width < _NARROW and self._tall(console, options, widths)):
            yield from self._listed(options)
            return
        for column, width in zip(self.columns, widths, strict=True):
            column.width = width
        yield from super().__rich_console__(console, options)

    def _widths(self, console: Console, options: ConsoleOptions) -> list[int] | None:
        """The width of each column: its longest word, and a like share of what is left, if it can use it."""
        words, wholes = [], []
        for column in self.columns:
            cells = [Measurement.get(console, options, cell) for cell in (column.header, *column.cells)]
            wholes.append(max(cell.maximum for cell in cells))
            words.append(wholes[-1] if column.no_wrap else max(cell.minimum for cell in cells))
        left = options.max_width - 3 * len(words) - 1 - sum(words)
        if left < 0:
            return None
        beyond = [whole - word for whole, word in zip(wholes, words, strict=True)]
        for turn, n in enumerate(sorted(range(len(words)), key=beyond.__getitem__)):
            more = min(beyond[n], left // (len(words) - turn))
            words[n] += more
            left -= more
        return words

    def _tall(self, console: Console, options: ConsoleOptions, widths: Sequence[int]) -> bool:
        """Whether some part of a cell needs many lines."""
        return any(
            len(part.wrap(console, width)) > _TALL
            for column, width in zip(self.columns, widths, strict=True)
            for cell in column.cells
            for part in _as_text(cell).split()
        )

    def _listed(self, options: ConsoleOptions) -> RenderResult:
        """The rows one under the other: the first cell as a heading, and short cells together on a line."""
        if self.title:
            yield Text(str(self.title), style="bold")
        for first, *others in zip(*(column.cells for column in self.columns), strict=True):
            heading = Text.assemble(f"{self.columns[0].header}: ", _as_text(first), style="bold")
            yield from (Text(), heading)
            line = Text()
            for column, cell in zip(self.columns[1:], others, strict=True):
                if str(cell) == _NOTHING:
                    continue
                part = Text.assemble((f"{column.header}: ", "bold"), Text("\n").join(_as_text(cell).split()))
                if line and line.cell_len + part.cell_len + 5 > options.max_width:
                    yield Padding(line, (0, 0, 0, 2))
                    line = Text()
                line = Text.assemble(line, " · ", part) if line else part
            yield Padding(line, (0, 0, 0, 2))


def _as_text(cell: object) -> Text:
    return cell.copy() if isinstance(cell, Text) else text(str(cell))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, unbroken: str = "") -> Table:
    """A table of cells, each a coloured text or what is written for it; one column can be kept from breaking."""
    grid = _Grid(title=title, title_justify="left", title_style="bold", header_style="bold", expand=False)
    for column in columns:
        grid.add_column(column, overflow="fold", no_wrap=column == unbroken)
    for cells in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else str(cell) for cell in cells))
    return grid


def assessment(
    result: PlainAssessment, speaks_for: tables.SpeaksFor, *, explain: bool, every: bool = False, note: str = ""
) -> Iterator[Part]:
    """Everything about one case, what has a date first.

    :param every: also the duties for which the Code sets no number of days.
    :param note: which obligations are shown, if not all; then nothing else is.
    """
    stamp, dated = result["stamp"], tables.dated(result)
    yield text(f"Case {one_line(result['reference'])} as at {tables.day(stamp['as_at'])}", style="bold")
    yield from _cautions([stamp])
    if stamp["records_not_counted"]:
        yield text(tables.not_counted(stamp["records_not_counted"]))
    if note:
        yield text(note)
    if dated:
        yield table("Duties with a date", tables.COLUMNS, _coloured(dated))
        yield text("Reasons", style="bold")
        yield from _reasons(dated, tables.in_place_of(result, speaks_for), explain)
    yield from _without_a_date(tables.standing(result), every)
    if not note:
        yield from _about_the_victims(result, speaks_for)
    yield _stamped([stamp])


def _without_a_date(standing: Sequence[PlainObligation], every: bool) -> Iterator[Part]:
    """The duties for which the Code sets no number of days: all of them, or how many there are."""
    if standing and every:
        rows = ((right, duty, owed_by, to, status) for _, status, duty, right, owed_by, to, _ in _coloured(standing))
        yield table("Also owed, with no number of days in the Code", ("Where", "Duty", "Owed by", "To", "Status"), rows)
    elif standing:
        number = Counter(tables.STATUS_WORDS[one["status"]] for one in standing)
        told = ", ".join(f"{n} {status}" for status, n in number.most_common())
        yield text(f"Also owed, with no number of days in the Code: {len(standing)} ({told}). Add --all to see them.")


def _about_the_victims(result: PlainAssessment, speaks_for: tables.SpeaksFor) -> Iterator[Part]:
    """Who is covered, what they may do, and what is not known of them."""
    yield table("Who is covered", tables.PEOPLE_COLUMNS, tables.people_rows(result))
    yield from map(text, tables.spoken_for(result, speaks_for))
    for title, columns, rows in (
        (tables.QUESTIONS_TITLE, tables.QUESTION_COLUMNS, render.question_rows(result)),
        ("What the victim may do", tables.WINDOW_COLUMNS, tables.window_rows(result)),
        ("What the deciding bodies owe after a request", tables.FOLLOW_UP_COLUMNS, tables.follow_up_rows(result)),
        (tables.SPECIAL_MEASURES_TITLE, tables.SPECIAL_MEASURES_COLUMNS, tables.special_measures_rows(result)),
    ):
        if rows:
            yield table(title, columns, rows)


def summary_of(results: Sequence[PlainAssessment], note: str) -> Iterator[Part]:
    """A line for each of several cases, and how to get the whole.

    :param note: which obligations are counted, if not all.
    """
    stamps = [result["stamp"] for result in results]
    as_at = stamps[0]["as_at"]
    lines = summary.lines_of(results)
    yield text(summary.headline(lines, as_at, _soon(as_at, None)), style="bold")
    yield from _cautions(stamps)
    if note:
        yield text(note)
    yield table("", summary.SUMMARY_COLUMNS, (line.row() for line in lines))
    yield text("For everything about one case add --case and its reference; about all of them, --full.")
    yield _stamped(stamps)


def to_do(results: Sequence[PlainAssessment], within: int | None, note: str) -> Iterator[Part]:
    """The work list of some cases: a table for each urgency, and what is not on it.

    :param note: which obligations are counted, if not all.
    """
    stamps = [result["stamp"] for result in results]
    listed = work_list.work_list_of(results)
    as_at = stamps[0]["as_at"]
    yield text(listed.headline(date.fromisoformat(as_at), _soon(as_at, within)), style="bold")
    yield from _cautions(stamps)
    if note:
        yield text(note)
    for urgency, rows in listed.urgent.items():
        if rows:
            yield table(work_list.GROUPS[urgency], work_list.WORK_COLUMNS, rows)
    if rest := listed.rest():
        yield text(rest)
    yield _stamped(stamps)


def _soon(as_at: str, within: int | None) -> date:
    """The last day that counts as soon."""
    from victims_code.figures import publication_defaults  # the small commands do without

    days = publication_defaults().due_soon.working_days if within is None else within
    return england_and_wales().add(date.fromisoformat(as_at), days)


def _cautions(stamps: Iterable[PlainStamp]) -> Iterator[Part]:
    for caution in dict.fromkeys(caution for stamp in stamps for caution in stamp["cautions"]):
        yield text(caution, style="bold red")


def _stamped(stamps: Sequence[PlainStamp]) -> Part:
    """With which library, law, calendar and editions results were made."""
    stamp, editions = stamps[0], dict.fromkeys(edition for stamp in stamps for edition in stamp["editions"])
    return text(
        f"victims-code {stamp['package']}, law {stamp['law']} ({stamp['law_hash']}), calendar {stamp['calendar']},"
        f" {', '.join(editions) or 'no edition'}",
        style="dim",
    )


def _coloured(obligations: Sequence[PlainObligation]) -> Iterator[tuple[object, ...]]:
    """The rows of obligations, each with its status in a colour."""
    for alike, cells in zip(tables.group_identical(obligations), tables.rows(obligations), strict=True):
        due, status, *rest = cells
        yield (due, text(status, style=_COLOURS.get(alike[0]["status"], "")), *rest)


def _reasons(obligations: Sequence[PlainObligation], speaks_for: tables.SpeaksFor, explain: bool) -> Iterator[Part]:
    for group in tables.group_identical(obligations):
        for alike in tables.same_reasons(group, speaks_for):
            explanation, whose = alike[0]["explanation"], tables.whose(alike, speaks_for)
            if explain:
                yield text(render.explanation_to_text(explanation))
                if len(alike) > 1:
                    yield text(f"({whose})")
            else:
                title = f"{alike[0]['title']} ({whose}). " if whose else f"{alike[0]['title']}. "
                yield Text.assemble(text(one_line(title), style="bold"), text(one_line(render.in_brief(explanation))))
