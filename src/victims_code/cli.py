"""The command line: cases, deadlines, working days, duties, editions, and returns of commissioned services."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import click
from attrs import evolve
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import track as progress
from rich.table import Table
from rich.text import Text

from victims_code import faults, render
from victims_code._version import __version__
from victims_code.adapters import combined, common_platform, dcf, extracts, spi
from victims_code.adapters.extracts.checking import leaves_out
from victims_code.assessment import Assessment
from victims_code.bulk.dialects import DIALECTS
from victims_code.cases import Case
from victims_code.code import VictimsCode
from victims_code.dates import format_date, parse_date
from victims_code.errors import VictimsCodeError, WrongValueError
from victims_code.faults import FAULT_KINDS, Fault, Severity, did_you_mean, in_printed_order
from victims_code.figures import publication_defaults
from victims_code.offences import classify_offence, with_classified_offence
from victims_code.printable import json_text, one_line, printable
from victims_code.reading.documents import Document, file_bytes, read_document, write_yaml
from victims_code.render import summary, tables
from victims_code.schemas import SCHEMAS
from victims_code.schemas import schema as schema_of
from victims_code.working_days import england_and_wales

if TYPE_CHECKING:
    from victims_code import compliance

__all__ = ["main"]

_FORMATS = ("text", "json", "markdown", "html", "ics", "csv", "windows-csv")
_COLOURS = {
    "met": "green",
    "met-late": "yellow",
    "overdue": "bold red",
    "due-today": "bold yellow",
    "cannot-tell": "magenta",
}


class _Day(click.ParamType[date]):
    """A date as 2026-04-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else parse_date(value)
        except WrongValueError as problem:
            self.fail(f"{problem.faults[0].message} {problem.faults[0].hint}", param, ctx)


_DAY = _Day()


class _Dialect(click.Choice[str]):
    """The name of a dialect; another brings the nearest to mind."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in DIALECTS:
            nearest = did_you_mean(value, DIALECTS, listing="Dialects")
            self.fail(f"There is no dialect {value!r} here. {nearest}", param, ctx)
        return str(value)


class _Commands(click.Group):
    """Turns the library's errors into lists on standard error and exit status 1; wrong usage is 2, as click has it."""

    def make_context(self, *given: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*given, **extra)
        except click.ClickException as problem:
            raise _shown(problem) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VictimsCodeError as problem:
            _print_faults(problem.faults)
            ctx.exit(1)
        except click.ClickException as problem:
            raise _shown(problem) from None


def _shown(problem: click.ClickException) -> click.ClickException:
    """A problem whose message, which quotes what was written on the command line, is safe to show."""
    problem.message = one_line(problem.message)  # type: ignore[misc]  # click calls it final, and shows nothing else
    return problem


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="victims-code")
def main() -> None:
    """The Victims' Code of England and Wales: every duty owed, by whom, by which working day, met or not, and why."""


# --- what is shown: every text goes through here, so that no record acts on the terminal -------------------------


class _Screen(Console):
    """A console that takes no text for markup or emoji: ``[redacted]`` and ``:no:`` are shown as they are written."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Text as it is."""
        return _text(text, style=options.get("style", ""))


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)


def _say(words: object, *, nl: bool = True, err: bool = False) -> None:
    """Lines of text."""
    click.echo(printable(str(words)), nl=nl, err=err)


def _write(text: str) -> None:
    """Text whose line ends are part of its format, so that no system puts others in their place."""
    click.echo(printable(text, keep="\t\r").encode("utf-8"), nl=False)


def _print(what: RenderableType) -> None:
    """Show it on a terminal as wide as that is; in a file 150 columns wide, with nothing at the ends of lines."""
    console = _Screen(highlight=False)
    if console.is_terminal:
        console.print(what)
        return
    console = _Screen(highlight=False, width=150, no_color=True)
    with console.capture() as captured:
        console.print(what)
    _say("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _print_faults(faults: Iterable[Fault]) -> None:
    for fault in faults:
        _say(f"{fault.severity}: {fault}", err=True)


# --- assess -----------------------------------------------------------------------------------------------------


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--as-at", type=_DAY, required=True, help="Date of assessment, such as 2026-04-20.")
@click.option("--known-on", type=_DAY, help="Reproduce what was known on this date.")
@click.option(
    "--what-if", type=click.Path(path_type=Path), help="A file of changes to an edition, to see what would follow."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "--mapping",
    "mappings",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read tables as extracts, by this mapping; or one for each, in their order. Cases and messages join them.",
)
@click.option(
    "--table",
    "sheets",
    multiple=True,
    help="With --mapping: the sheet of a workbook, or the table of a database; or one for each, in their order.",
)
@click.option(
    "--classify-offence", "classify", is_flag=True, help="Take what the offence code says of the offence as said."
)
@click.option(
    "--replaces",
    type=click.Path(path_type=Path),
    help="With --format ics: the file written before, so that its dates that no longer hold are cancelled.",
)
@click.option(
    "--case", "wanted", multiple=True, metavar="REFERENCE", help="Only this case of the files; may be repeated."
)
@click.option("--full", is_flag=True, help="With several cases as text: everything about each, instead of a line.")
@click.option(
    "--explain", is_flag=True, help="Give the whole explanation of every dated duty (text), or of every duty (json)."
)
def assess(
    files: tuple[Path, ...],
    as_at: date,
    known_on: date | None,
    what_if: Path | None,
    form: str,
    mappings: tuple[Path, ...],
    sheets: tuple[str, ...],
    classify: bool,
    replaces: Path | None,
    wanted: tuple[str, ...],
    full: bool,
    explain: bool,
) -> None:
    """Assess case files (YAML or JSON), HMCTS Common Platform hearing results (JSON), SPI court results (XML), digital
    case file messages (JSON), or with --mapping extracts of any shape (CSV, workbooks, SQLite), which together tell of
    their cases.

    One case is told in full; of several, text is a summary of what is overdue and due soon.

    It ends with 0 if everything was read and assessed. It ends with 1 if a file has a fault or, with --mapping, a row
    or cell was not read; and with 2 if the command is wrong. Warnings alone end with 0.
    """
    if replaces is not None and form != "ics":
        raise click.UsageError("--replaces goes with --format ics.")
    sources = _sources(files, _load(mappings), sheets)
    diary = None if replaces is None else file_bytes(replaces).decode("utf-8", errors="replace")
    code = VictimsCode.load()
    if what_if is not None:
        code = code.with_changes_from(what_if)
    results: list[Assessment] = []
    faults: list[Fault] = []
    missing = dict.fromkeys(wanted)
    for whence, case in _iter_cases(sources, classify, faults):
        if wanted and case.reference not in wanted:
            continue
        missing.pop(case.reference, None)
        try:
            results.append(code.assess(case, as_at=as_at, known_on=known_on))
        except VictimsCodeError as problem:
            faults += (_placed(_named(fault, case, mappings), whence) for fault in problem.faults)
        else:
            faults += (_placed(_named(fault, case, mappings), whence) for fault in results[-1].faults)
    faults = [*in_printed_order(faults), *map(_no_such_case, missing)]
    if not results and not faults:
        faults.append(_no_case(files))
    if results or not faults:
        whole = full or explain or len(results) < 2
        _show(results, form, explain, diary, many=len(files) > 1, whole=whole)
    _print_faults(_few_of_each_kind(faults) if mappings else faults)
    unread = bool(mappings) and leaves_out(faults)
    if unread or any(fault.severity is Severity.INVALID for fault in faults):
        sys.exit(1)


def _named(fault: Fault, case: Case, mappings: Sequence[Path]) -> Fault:
    """A fault of a case of an extract with the name of the case, since a file has many."""
    named = f"case {case.reference}"
    if not mappings or named in fault.location:
        return fault
    return evolve(fault, location=", ".join(filter(None, (named, fault.location))))


_MANY = 10


def _few_of_each_kind(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults, but of a kind of warning of which there are many only the first few, the last with their number."""
    number = Counter(fault.code for fault in faults if fault.severity is Severity.WARNING)
    shown: Counter[str] = Counter()
    for fault in faults:
        shown[fault.code] += 1
        if number[fault.code] <= _MANY or shown[fault.code] < _FEW:
            yield fault
        elif shown[fault.code] == _FEW:
            more = f"There are {number[fault.code] - _FEW} more warnings of this kind; the JSON result has them all."
            yield evolve(fault, hint=f"{fault.hint} {more}")


def _no_case(files: Sequence[Path]) -> Fault:
    return faults.NO_CASE_IN_THE_TABLE.at(" or ".join(map(str, files)))


def _no_such_case(reference: str) -> Fault:
    return faults.NO_CASE_OF_THAT_REFERENCE.at("--case", reference=reference)


_CASES_AND_MESSAGES = (".json", ".xml", ".yaml", ".yml")
"""How the names of files end that no mapping reads."""
_Source: TypeAlias = tuple[Path, extracts.ExtractMapping | None, str | None]
"""A file, and for an extract its mapping and the sheet or table."""
T = TypeVar("T")


def _sources(files: Sequence[Path], by: Sequence[extracts.ExtractMapping], sheets: Sequence[str]) -> list[_Source]:
    """The files, each extract with its mapping and its table; case files and messages have neither."""
    read_by_mapping = [file for file in files if by and file.suffix.lower() not in _CASES_AND_MESSAGES]
    if by and not read_by_mapping:
        raise click.UsageError("--mapping is for tables, and none of the files is one.")
    told = read_by_mapping or files
    of_tables = zip(_broadcast_option("--mapping", by, told), _broadcast_option("--table", sheets, told), strict=True)
    return [(file, *(next(of_tables) if file in told else (None, None))) for file in files]


def _broadcast_option(option: str, given: Sequence[T], files: Sequence[Path]) -> Sequence[T | None]:
    """What an option gives each file: one value for all, or the first for the first file and so on."""
    if len(given) == len(files):
        return given
    if len(given) > 1:
        raise click.UsageError(
            f"{option} is given {len(given)} times for {_number(files, 'file')}: give it once for all, or once for"
            " each, in their order."
        )
    return [given[0] if given else None] * len(files)


def _load(paths: Iterable[Path]) -> list[extracts.ExtractMapping]:
    """Mappings, or the faults of all of them."""
    read: list[extracts.ExtractMapping] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            read.append(extracts.load_mapping(path))
        except VictimsCodeError as problem:
            faults += problem.faults
    if faults:
        raise WrongValueError(*faults)
    return read


def _iter_cases(
    sources: Sequence[_Source], classify: bool, faults: list[Fault]
) -> Iterator[tuple[Sequence[Path], Case]]:
    """Every case with the files that tell of it; what cannot be read is added to the faults.

    Extracts tell of their cases together, and with the messages and case files given with them. So where one of them
    cannot be read none of their cases is known.
    """
    together: list[Case] = []
    sound, joined = True, any(by is not None for _, by, _ in sources)
    for file, by, table in _with_progress(sources):
        try:
            cases = _cases(file, by, table, classify, _adding_to(faults, file))
        except VictimsCodeError as problem:
            sound = False
            faults += (_placed(fault, [file]) for fault in problem.faults)
            continue
        if joined:
            together += cases
        else:
            yield from (([file], case) for case in cases)
    if sound:
        files = list(dict.fromkeys(file for file, _, _ in sources))
        yield from ((files, case) for case in combined(together))


def _adding_to(faults: list[Fault], file: Path) -> Callable[[Fault], None]:
    """Adds faults of rows that are not read to those of the file."""
    return lambda fault: faults.append(_placed(fault, [file]))


def _with_progress(sources: Sequence[_Source]) -> Iterable[_Source]:
    """The sources, with a bar on standard error where there are many and somebody is looking."""
    screen = _Screen(stderr=True)
    if len(sources) < 10 or not screen.is_terminal:
        return sources
    return progress(sources, description="Assessing", console=screen, transient=True)


def _placed(fault: Fault, files: Sequence[Path]) -> Fault:
    """A fault with the way to its file, since several files may have one name."""
    for file in files:
        if fault.location.startswith(str(file)):
            return fault
    named = [file for file in files if fault.location.startswith(file.name)]
    whence = " or ".join(map(str, named or files))
    rest = fault.location.removeprefix(named[0].name) if named else f", {fault.location}" if fault.location else ""
    return evolve(fault, location=whence + rest)


def _cases(
    file: Path, by: extracts.ExtractMapping | None, table: str | None, classify: bool, warn: Callable[[Fault], None]
) -> tuple[Case, ...]:
    if by is not None:
        return extracts.read_extract(by, file, table=table, classify_offences=classify, warn=warn)
    if extracts.looks_like_table(file):
        raise WrongValueError(faults.TABLE_WITHOUT_A_MAPPING.at(str(file)))
    if file.suffix.lower() == ".xml":
        return spi.read_cases(file, classify_offences=classify)
    if file.suffix.lower() == ".json":
        document: Document = read_document(file, collect_faults=True)
        if isinstance(document.data, dict) and common_platform.looks_like_message(document.data):
            return common_platform.read_cases(file, classify_offences=classify)
        if dcf.looks_like_message(document.data):
            case = dcf.read_case(file)
            return (with_classified_offence(case) if classify else case,)
    case = Case.from_file(file)
    return (with_classified_offence(case) if classify else case,)


def _show(results: list[Assessment], form: str, explain: bool, diary: str | None, *, many: bool, whole: bool) -> None:
    if form == "html":
        _say("\n".join(result.to_html(page=True) for result in results))
        return
    if form == "markdown":
        _say("\n".join(result.to_markdown() for result in results), nl=False)
        return
    plain = [result.to_dict(explain=explain or (form == "text" and whole)) for result in results]
    if form == "json":
        _say(json_text(plain if many or len(plain) != 1 else plain[0]))
    elif form == "ics":
        _write(render.assessments_to_icalendar(plain, replaces=diary))
    elif form == "csv":
        _write(render.assessments_to_csv(plain))
    elif form == "windows-csv":
        _write(render.windows_to_csv(plain))
    elif not whole:
        _print(_summary(plain))
    else:
        for result, given in zip(results, plain, strict=True):
            _print(_assessment(given, result.case.speaks_for, explain))


def _assessment(result: Mapping[str, Any], speaks_for: tables.SpeaksFor, explain: bool) -> Group:
    stamp = result["stamp"]
    parts: list[RenderableType] = [
        _text(f"Case {one_line(result['reference'])} as at {tables.day(stamp['as_at'])}", style="bold")
    ]
    parts += [_text(caution, style="bold red") for caution in stamp["cautions"]]
    parts.append(_people(result))
    parts += map(_text, tables.spoken_for(result, speaks_for))
    parts.append(_duties(tables.dated(result)))
    parts += list(_reasons(tables.dated(result), tables.in_place_of(result, speaks_for), explain))
    if tables.standing(result):
        parts.append(_standing(tables.standing(result)))
    if result["windows"]:
        parts.append(_windows(result))
    if tables.follow_up_rows(result):
        parts.append(_follow_ups(result))
    parts.append(_special_measures(result))
    if render.question_rows(result):
        parts.append(_questions(result))
    parts.append(_stamped(stamp, stamp["editions"]))
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def _stamped(stamp: Mapping[str, Any], editions: Iterable[str]) -> Text:
    return _text(
        f"victims-code {stamp['package']}, law {stamp['law']} ({stamp['law_hash']}), calendar {stamp['calendar']},"
        f" {', '.join(editions) or 'no edition'}",
        style="dim",
    )


def _summary(results: list[Any]) -> Group:
    """A line for each of several cases, and how to get the whole."""
    stamps = [result["stamp"] for result in results]
    as_at = stamps[0]["as_at"]
    soon = england_and_wales().add(date.fromisoformat(as_at), publication_defaults().due_soon.working_days)
    lines = summary.lines_of(results)
    table = _table("", summary.SUMMARY_COLUMNS)
    for line in lines:
        table.add_row(*line.row())
    parts: list[RenderableType] = [_text(summary.headline(lines, as_at, soon), style="bold")]
    cautions = dict.fromkeys(caution for stamp in stamps for caution in stamp["cautions"])
    parts += [_text(caution, style="bold red") for caution in cautions]
    parts += [
        table,
        _text("For everything about one case add --case and its reference; about all of them, --full."),
        _stamped(stamps[0], dict.fromkeys(edition for stamp in stamps for edition in stamp["editions"])),
    ]
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


class _Grid(Table):
    """A table that breaks no word; on a screen too narrow for that, a list of its rows with a line for each cell."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = self._widths(console, options)
        if widths is None:
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

    def _listed(self, options: ConsoleOptions) -> RenderResult:
        yield Text(str(self.title), style="bold")
        for cells in zip(*(column.cells for column in self.columns), strict=True):
            row = Table.grid(padding=(0, 1))
            row.add_column(max_width=options.max_width // 3, style="bold")
            row.add_column(overflow="fold")
            for column, cell in zip(self.columns, cells, strict=True):
                row.add_row(column.header, cell)
            yield from (Text(), row)


def _table(title: str, columns: Sequence[str], *, unbroken: str = "") -> Table:
    table = _Grid(title=title, title_justify="left", title_style="bold", header_style="bold", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == unbroken)
    return table


def _people(result: Mapping[str, Any]) -> Table:
    table = _table("Who is covered", tables.PEOPLE_COLUMNS)
    for cells in tables.people_rows(result):
        table.add_row(*cells)
    return table


def _duties(obligations: list[Any]) -> Table:
    table = _table("Duties with a date", tables.COLUMNS)
    for alike, cells in zip(tables.group_identical(obligations), tables.rows(obligations), strict=True):
        due, status, *rest = cells
        table.add_row(due, _text(status, style=_COLOURS.get(alike[0]["status"], "")), *rest)
    return table


def _standing(obligations: list[Any]) -> Table:
    table = _table("Also owed, with no number of days in the Code", ("Where", "Duty", "Owed by", "To", "Status"))
    for alike, cells in zip(tables.group_identical(obligations), tables.rows(obligations), strict=True):
        _, status, duty, right, owed_by, to, _ = cells
        table.add_row(right, duty, owed_by, to, _text(status, style=_COLOURS.get(alike[0]["status"], "")))
    return table


def _reasons(obligations: list[Any], speaks_for: tables.SpeaksFor, explain: bool) -> Iterator[RenderableType]:
    yield _text("Reasons", style="bold")
    for group in tables.group_identical(obligations):
        for alike in tables.same_reasons(group, speaks_for):
            explanation, whose = alike[0]["explanation"], tables.whose(alike, speaks_for)
            if explain:
                yield _text(render.explanation_to_text(explanation))
                if len(alike) > 1:
                    yield _text(f"({whose})")
            else:
                title = f"{alike[0]['title']} ({whose}). " if whose else f"{alike[0]['title']}. "
                yield Text.assemble(_text(one_line(title), style="bold"), _text(one_line(render.in_brief(explanation))))


def _windows(result: Mapping[str, Any]) -> Table:
    table = _table("What the victim may do", tables.WINDOW_COLUMNS)
    for cells in tables.window_rows(result):
        table.add_row(*cells)
    return table


def _special_measures(result: Mapping[str, Any]) -> Table:
    table = _table(tables.SPECIAL_MEASURES_TITLE, tables.SPECIAL_MEASURES_COLUMNS)
    for measures in result["special_measures"]:
        table.add_row(*tables.special_measures_row(measures))
    return table


def _questions(result: Mapping[str, Any]) -> Table:
    table = _table(tables.QUESTIONS_TITLE, tables.QUESTION_COLUMNS)
    for cells in render.question_rows(result):
        table.add_row(*cells)
    return table


def _follow_ups(result: Mapping[str, Any]) -> Table:
    table = _table("What the deciding bodies owe after a request", tables.FOLLOW_UP_COLUMNS)
    for cells in tables.follow_up_rows(result):
        table.add_row(*cells)
    return table


# --- map --------------------------------------------------------------------------------------------------------


@main.group("map")
def map_() -> None:
    """Try out mappings of local extracts."""


@map_.command("check")
@click.argument(
    "files",
    metavar="MAPPING TABLE [MAPPING TABLE]...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, allow_dash=False),
)
@click.option(
    "--table",
    "sheets",
    multiple=True,
    help="The sheet of a workbook, or the table of a database; or one for each table, in their order.",
)
@click.option("--samples", type=int, default=3, show_default=True, help="How many cases to show.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def map_check(files: tuple[Path, ...], sheets: tuple[str, ...], samples: int, form: str) -> None:
    """Show what each MAPPING would read of its TABLE, what it would not, the warnings, and samples, those with most
    warnings first. Several tables are taken to tell of the same cases. Exit status 1 if any row, column or cell is
    left.
    """
    if len(files) % 2:
        raise click.UsageError("Give every mapping its table: MAPPING TABLE [MAPPING TABLE]...")
    found = _checked(_load(files[::2]), files[1::2], sheets, samples)
    if form == "json":
        plain = found.to_dict() if len(found.extracts) > 1 else found.extracts[0].to_dict()
        _say(json_text(plain))
    else:
        _print(_map_checks(found, files[1::2]))
    if not found.complete:
        sys.exit(1)


def _checked(
    mappings: Sequence[extracts.ExtractMapping], tables: Sequence[Path], sheets: Sequence[str], samples: int
) -> extracts.ExtractChecks:
    """The checks of all the tables together, or the faults of all that cannot be opened."""
    checks: list[extracts.ExtractCheck] = []
    faults: list[Fault] = []
    for mapping, table, sheet in zip(mappings, tables, _broadcast_option("--table", sheets, tables), strict=True):
        try:
            checks.append(extracts.check_extract(mapping, table, table=sheet, samples=samples))
        except VictimsCodeError as problem:
            faults += problem.faults
    if faults:
        raise WrongValueError(*faults)
    return extracts.check_together(checks, samples=samples)


_NO_NEEDS_ASSESSED = (
    "Nothing maps to `needs-assessed`, so what the extract does not say of a victim is unknown, not false, and many"
    " duties come out as 'cannot tell': if a column dates the needs assessment, add"
    " `{column: NAME, event: needs-assessed}` under `events`, or if a code stands for it, that code under `codes`."
)
_NO_FACTS = (
    "`needs-assessed` is read, but no date of birth and no fact. Whether a victim was under 18 is not known then, and"
    " other facts are taken to be false, so a shorter limit that was missed is not seen: map `born` and `committed_on`"
    " under `rows` and what is said of victims under `facts`, or check the table that has them together with this one."
)
_FEW = 3


def _warnings(found: Sequence[Fault]) -> Iterator[RenderableType]:
    """The first few warnings of every kind, with their number."""
    kinds: dict[str, list[Fault]] = {}
    for fault in found:
        kinds.setdefault(fault.code, []).append(fault)
    if kinds:
        yield _text("Warnings", style="bold")
    for code, many in kinds.items():
        times = "once" if len(many) == 1 else f"{len(many)} times"
        lines = [f"{code}, {times}: {FAULT_KINDS[code].title}"]
        lines += [f"- {fault.location}: {fault.message} {fault.hint}" for fault in many[:_FEW]]
        if len(many) > _FEW:
            lines.append(f"  and {len(many) - _FEW} more; --format json gives them all")
        yield _text("\n".join(lines))


def _map_checks(found: extracts.ExtractChecks, tables: Sequence[Path]) -> Group:
    parts: list[RenderableType] = []
    for table, check in zip(tables, found.extracts, strict=True):
        if len(tables) > 1:
            parts.append(_text(f"{table}", style="bold"))
        parts += _map_check(check)
    if len(tables) > 1 and not any(check.faults for check in found.extracts):
        parts.append(_text(f"Together {found.cases} cases", style="bold"))
    if not found.needs_assessed:
        parts.append(_text(_NO_NEEDS_ASSESSED))
    elif not found.states_facts:
        parts.append(_text(_NO_FACTS))
    parts += _warnings(found.warnings)
    parts += [_text(write_yaml(sample).rstrip()) for sample in extracts.plain_samples(found.samples)]
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def _map_check(found: extracts.ExtractCheck) -> Iterator[RenderableType]:
    """What is read of one table and what is not."""
    if found.faults:
        lines = [f"- {fault.message} {fault.hint}" for fault in found.faults]
        yield _text(f"{found.rows} rows", style="bold")
        yield _text("\n".join(["The table cannot be read by this mapping:", *lines]))
    else:
        yield _text(f"{found.totals()}; {found.cases} cases", style="bold")
    if found.remarks:
        yield _text("\n".join(found.remarks))
    if found.set_aside:
        yield _text("\n".join(_few("Rows that were set aside", map(str, found.set_aside), len(found.set_aside))))
    if found.repeated:
        yield _text(_repeats(found))
    columns = _table("Columns", ("State", "Columns"))
    columns.add_row("read", ", ".join(found.mapped) or "–")
    columns.add_row("in the table, not in the mapping", ", ".join(found.unmapped) or "–")
    columns.add_row("in the mapping, not in the table", ", ".join(found.missing) or "–")
    yield columns
    events = _table("Events that would be read", ("Event", "Number"))
    for event, n in found.events.items():
        events.add_row(event, str(n))
    if found.events:
        yield events
    empty = _table("Words taken for an empty cell", ("Column", "Word", "Number"))
    for column, words in found.taken_as_empty.items():
        for word, n in words.items():
            empty.add_row(column, repr(word), str(n))
    if found.taken_as_empty:
        yield empty
    left = _table("Cells that would not be read", ("Column", "What", "Number"))
    for column, values in (*found.unknown_codes.items(), *found.unread_facts.items()):
        for value, n in values.items():
            left.add_row(column, f"{value!r} is not in the mapping", str(n))
    for column, n in found.unread_dates.items():
        first = found.first_unread_dates[column]
        left.add_row(column, f"no date of the form {found.dates}; the first: {first}", str(n))
    for column, n in found.unusable.items():
        left.add_row(column, f"no value; the first: {found.first_unusable[column]}", str(n))
    if left.row_count:
        yield left


def _few(title: str, lines: Iterable[str], number: int) -> Iterator[str]:
    """A title, the first few lines, and how many more there are."""
    yield f"{title}: {number}"
    yield from (f"- {line}" for line in islice(lines, _FEW))
    if number > _FEW:
        yield f"  and {number - _FEW} more; --format json gives them all"


def _repeats(found: extracts.ExtractCheck) -> str:
    """How many rows repeat others, and how a mapping says what is to become of them."""
    first = ", ".join(f"row {number}" for number in found.first_repeated)
    more = ", …" if found.repeated > len(found.first_repeated) else ""
    said = f"Rows that are the same in every cell as an earlier one: {found.repeated} ({first}{more})."
    if found.repeats_settled:
        return said
    return f"{said} Write `repeated_rows: once` in the mapping to read them once, or `repeated_rows: all`."


# --- deadline ---------------------------------------------------------------------------------------------------


@main.command()
@click.argument("duty")
@click.option(
    "--on", type=_DAY, required=True, help="Day of the event, or of its receipt where the Code counts from receipt."
)
@click.option("--enhanced", is_flag=True, help="With Enhanced Rights.")
def deadline(duty: str, on: date, enhanced: bool) -> None:
    """The due date of one DUTY, and how it was counted."""
    found = VictimsCode.load().deadline(duty, on=on, track="enhanced" if enhanced else "standard")
    _say(found.due.isoformat())
    _say("")
    _say(found.explain().to_text())


# --- offence ----------------------------------------------------------------------------------------------------


@main.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--why", is_flag=True, help="Give the reason for every answer.")
def offence(codes: tuple[str, ...], why: bool) -> None:
    """What CJS offence CODES such as OF61016 say of the categories of the Code: yes, no, or cannot tell."""
    for code in codes:
        found = classify_offence(code)
        title = f"{found.code.text}: {found.title or 'not known'} (class {found.home_office_class or 'not known'})"
        table = _table(title, ("Category", "Answer", "Why", "Evidence") if why else ("Category", "Answer"))
        for finding in found.findings.values():
            row = (finding.category, finding.answer.value.replace("-", " "))
            table.add_row(*row, *((finding.why, finding.evidence.value) if why else ()))
        _print(table)


# --- working days -----------------------------------------------------------------------------------------------


@main.group("working-days")
def working_days() -> None:
    """Count working days in England and Wales."""


@working_days.command("add", context_settings={"ignore_unknown_options": True})
@click.argument("day", type=_DAY)
@click.argument("number", type=click.IntRange(min=0))
def add(day: date, number: int) -> None:
    """The date NUMBER working days after DAY."""
    calendar = england_and_wales()
    trace = calendar.trace(day, number)
    _say(trace.due.isoformat())
    for skipped, why in trace.skipped:
        _say(f"  not counted: {format_date(skipped)} ({why})")


@working_days.command("count")
@click.argument("first", type=_DAY)
@click.argument("last", type=_DAY)
def count(first: date, last: date) -> None:
    """The working days after FIRST up to and including LAST."""
    _say(england_and_wales().count(first, last))


@working_days.command("holidays")
@click.argument("year", type=int)
def holidays(year: int) -> None:
    """The bank holidays of YEAR."""
    table = _table(f"Bank holidays of {year} in England and Wales", ("Date", "Day", "Title", "Source"))
    for holiday in england_and_wales().holidays(year):
        source = "projected, not proclaimed" if holiday.projected else holiday.source
        table.add_row(holiday.date.isoformat(), format_date(holiday.date).split()[0], holiday.title, source)
    _print(table)


# --- law in force ------------------------------------------------------------------------------------------------


@main.command("in-force")
@click.argument("provision", required=False)
@click.option("--on", type=_DAY, required=True, help="The day asked about, such as 2025-01-29.")
def in_force(provision: str | None, on: date) -> None:
    """Whether PROVISION, such as vpa-2024-s5, was in force on a day; without one, every provision that is encoded."""
    code = VictimsCode.load()
    if provision is not None:
        _say(code.provision(provision).in_force(on))
        return
    table = _table(
        f"Law in force on {format_date(on)}", ("Provision", "Act", "Section", "In force", "Since", "Evidence")
    )
    for answer in code.provisions(on=on):
        since = answer.since.isoformat() if answer.since and answer.truth is not False else "–"
        since = f"by {since}" if answer.since_at_latest and since != "–" else since
        table.add_row(answer.provision, answer.act, answer.section, answer.answer.value, since, answer.evidence.value)
    _print(table)


# --- schemas ----------------------------------------------------------------------------------------------------


@main.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema NAME, such as case; without one, list what there is."""
    if name is None:
        for known, what in SCHEMAS.items():
            _say(f"{known:<12} {what}")
        return
    _say(json_text(schema_of(name)))


# --- SQL --------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--dialect", type=_Dialect(DIALECTS), default="duckdb", show_default=True)
@click.option("--as-at", type=_DAY, help="Date of assessment; by default the database's current date.")
@click.option("--known-on", type=_DAY, help="Reproduce what was known on this date.")
@click.option(
    "--with", "optional", multiple=True, help="An optional column or table that is there, such as events.replaces."
)
@click.option("--view", default="obligations", show_default=True, help="What to call the view.")
@click.option("--schema", help="The schema or dataset of the tables and the view.")
def sql(
    dialect: str,
    as_at: date | None,
    known_on: date | None,
    optional: tuple[str, ...],
    view: str,
    schema: str | None,
) -> None:
    """The Code as one SQL statement, ready to create as a view over events, victims, assertions and cases."""
    from victims_code.bulk import sql as statement

    _say(statement(dialect, as_at=as_at, known_on=known_on, optional=optional, view=view, schema=schema))


# --- duties -----------------------------------------------------------------------------------------------------


@main.command()
@click.option("--edition", help="Identifier of an edition, such as code-2021; by default the latest.")
@click.option("--owed-by", help="Only the duties of one body, such as police or witness-care-unit.")
def duties(edition: str | None, owed_by: str | None) -> None:
    """List the duties of an edition in printed order."""
    code = VictimsCode.load()
    found = code.duties(edition=edition, owed_by=owed_by)
    columns = ("Where", "Duty", "What", "Owed by", "Standard", "Enhanced", "Evidence")
    table = _table(f"{len(found)} duties", columns, unbroken="Duty")  # so that an identifier can be copied
    for duty in found:
        table.add_row(
            code.edition(duty.edition).part_label(duty.part),
            duty.id,
            duty.title,
            tables.bodies(duty.owed_by),
            duty.deadline.standard.words,
            "the same" if duty.deadline.single else duty.deadline.enhanced.words,
            duty.evidence.value,
        )
    _print(table)


# --- compare ----------------------------------------------------------------------------------------------------


@main.command()
@click.argument("earlier")
@click.argument("later")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json", "html")), default="text")
def compare(earlier: str, later: str, form: str) -> None:
    """What changed between two editions, such as code-2015 and code-2021; the earlier is put first."""
    comparison = VictimsCode.load().compare(earlier, later)
    if form == "json":
        _say(json_text(comparison.to_dict()))
    elif form == "markdown":
        _say(comparison.to_markdown(), nl=False)
    elif form == "html":
        _say(comparison.to_html(page=True))
    else:
        _say(comparison.to_text(), nl=False)


# --- report -----------------------------------------------------------------------------------------------------

_PERIODS = ("month", "quarter", "year", "financial-quarter", "financial-year")


_FILE = click.Path(path_type=Path, allow_dash=False)
_TABLES = (
    click.option("--events", type=_FILE, help="A table of events, to work the obligations out from."),
    click.option("--victims", type=_FILE, help="A table of victims; its further columns can be grouped by."),
    click.option("--assertions", type=_FILE, help="A table of facts."),
    click.option("--cases", type=_FILE, help="A table of cases; its further columns can be grouped by."),
    click.option("--spokespersons", type=_FILE, help="A table of who speaks for whom."),
    click.option("--offences", type=_FILE, help="A table of the offences of cases that have several."),
    click.option("--offence-victims", type=_FILE, help="A table of the victims of each of several offences."),
)


def _with_tables(command: Callable[..., None]) -> Callable[..., None]:
    """The options that name the tables of a record."""
    for option in reversed(_TABLES):
        command = option(command)
    return command


@main.command()
@click.argument("obligations", required=False, type=_FILE)
@_with_tables
@click.option("--as-at", type=_DAY, required=True, help="Date of assessment.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write to; made if need be.")
@click.option("--area", help="Whose report it is, such as the name of a force, for the title.")
@click.option("--by", multiple=True, help="A further column to show a table by; may be given several times.")
@click.option(
    "--period", type=click.Choice(_PERIODS), default="quarter", show_default=True, help="What the trend is by."
)
@click.option("--compare", help="A column of areas to set against each other; by default force, if there are several.")
@click.option("--for-publication", is_flag=True, help="Leave the waiting list out, which names cases.")
@click.option("--show-small-numbers", is_flag=True, help="Hide nothing. Such a report is not for publication.")
@click.option(
    "--what-if",
    type=click.Path(path_type=Path),
    help="The changes to the Code under which the obligations were worked out.",
)
def report(
    obligations: Path | None,
    as_at: date,
    out: Path,
    area: str | None,
    by: tuple[str, ...],
    period: str,
    compare: str | None,
    for_publication: bool,
    show_small_numbers: bool,
    what_if: Path | None,
    **given: Path | None,
) -> None:
    """The board's report: a page, Markdown and CSV files in a folder.

    On a table of OBLIGATIONS (Parquet or CSV), or on tables of events and victims, from which they are worked out.
    """
    from victims_code import compliance  # the other commands do without

    code = VictimsCode.load()
    if what_if is not None:
        code = code.with_changes_from(what_if)
    with _doing("Working out the obligations"):
        opened = _obligations(obligations, given, as_at, code)
    with opened, _doing("Measuring them"):
        made = compliance.report(
            opened,
            as_at=as_at,
            area=area,
            by=by,
            period=period,
            compare=compare,
            for_publication=for_publication,
            small_numbers=None if show_small_numbers else compliance.DEFAULT,
        )
    for file in made.write(out):
        _say(file)


def _doing(what: str) -> AbstractContextManager[object]:
    """What takes a while, in a line on standard error where somebody is looking."""
    screen = _Screen(stderr=True)
    return screen.status(what) if screen.is_terminal else nullcontext()


def _obligations(
    obligations: Path | None, given: dict[str, Path | None], as_at: date, code: VictimsCode
) -> compliance.Obligations:
    """The obligations of a table of them, or of the tables of a record."""
    from victims_code import compliance

    if obligations is not None and given["events"] is None:
        return compliance.Obligations.open(obligations, cases=given["cases"], victims=given["victims"], code=code)
    if obligations is not None or given["events"] is None or given["victims"] is None:
        raise click.UsageError("Give a table of OBLIGATIONS, or --events and --victims.")
    return compliance.from_tables(
        events=given["events"],
        victims=given["victims"],
        assertions=given["assertions"],
        cases=given["cases"],
        spokespersons=given["spokespersons"],
        offences=given["offences"],
        offence_victims=given["offence_victims"],
        as_at=as_at,
        code=code,
    )


@main.command("what-if")
@click.argument("changes", type=_FILE)
@_with_tables
@click.option("--as-at", type=_DAY, required=True, help="Date of assessment.")
@click.option("--measure", "names", multiple=True, default=("on-time-share",), show_default=True)
@click.option("--by", multiple=True, default=("duty",), show_default=True, help="May be given several times.")
@click.option("--show-small-numbers", is_flag=True, help="Hide nothing. Not for publication.")
@click.option("--format", "form", type=click.Choice(("markdown", "csv", "html", "json")), default="markdown")
def what_if(
    changes: Path,
    as_at: date,
    names: tuple[str, ...],
    by: tuple[str, ...],
    show_small_numbers: bool,
    form: str,
    **given: Path | None,
) -> None:
    """Measures of the same record under the law and under CHANGES to the Code, side by side. It is hypothetical."""
    from victims_code import compliance

    code = VictimsCode.load()
    with (
        _doing("Working it out under the law and under the changes"),
        _obligations(None, given, as_at, code) as law,
        _obligations(None, given, as_at, code.with_changes_from(changes)) as changed,
    ):
        found = compliance.what_if(
            law,
            changed,
            [(name, by) for name in names],
            small_numbers=None if show_small_numbers else compliance.DEFAULT,
        )
    if form == "json":
        _say(json_text([comparison.to_dict() for comparison in found]))
    else:
        shapes = {"markdown": "to_markdown", "csv": "to_csv", "html": "to_html"}
        text = "\n".join(getattr(comparison, shapes[form])() for comparison in found)
        if form == "csv":
            _write(text)
        else:
            _say(text, nl=False)


# --- returns ----------------------------------------------------------------------------------------------------


@main.group("returns")
def returns() -> None:
    """Check returns of figures from providers of services."""


@returns.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option(
    "--register",
    "register_file",
    type=click.Path(path_type=Path),
    help="The commissioner's providers, agreements and frameworks (YAML or JSON).",
)
@click.option("--sheet", help="The sheet of a workbook; by default 'return', or the only one.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def check(files: tuple[Path, ...], register_file: Path | None, sheet: str | None, form: str) -> None:
    """Check returns (CSV, a workbook or JSON) one by one and together; exit status 1 if there is a fault."""
    from victims_code.commissioning.returns import Register, check_returns  # the other commands do without

    register = None if register_file is None else Register.from_file(register_file)
    found = check_returns(files, register=register, sheet=sheet)
    if form == "json":
        _say(json_text(found.to_dict()))
    else:
        _print_faults(finding.fault for finding in found.faults)
        for question in found.questions:
            _say(f"question: {question}")
        _say(
            f"{_number(found.lines, 'line')} in {_number(found.sources, 'file')}: "
            f"{_number(found.faults, 'fault')}, {_number(found.questions, 'question')}."
        )
    if found.faults:
        sys.exit(1)


def _number(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
