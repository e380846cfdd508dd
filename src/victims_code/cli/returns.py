"""The commands on returns of commissioned services: workbooks for providers, checks, sums, the table, reminders."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from victims_code.cli.options import DAY, FILE, Decorator, files, formats, output, output_folder, show_small_numbers
from victims_code.cli.terminal import number_of, print_faults, say, table, tell, write
from victims_code.cli.terminal import show as show_parts
from victims_code.errors import ReturnError, WrongValueError
from victims_code.figures import ReportingPeriod, SmallNumbers, publication_defaults
from victims_code.printable import json_text

if TYPE_CHECKING:
    from victims_code.commissioning.returns import CheckedReturns, EarlierPublication, Register, Summary

_ENDINGS = (".csv", ".json", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class _Period(click.ParamType[ReportingPeriod]):
    """A period as people write it."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ReportingPeriod:
        if isinstance(value, ReportingPeriod):
            return value
        try:
            return ReportingPeriod.parse(value)
        except WrongValueError as problem:
            self.fail(f"{problem.faults[0].message} {problem.faults[0].hint}", param, ctx)


_period = click.option(
    "--period", type=_Period(), required=True, help="2025-26 Q1, 2025-26, April to June 2025, or two days."
)
_register = click.option(
    "--register", type=FILE, help="The commissioner's providers, agreements and frameworks, or the folder it is in."
)
_sheet = click.option("--sheet", help="The sheet of a workbook; by default 'return', or the only one.")
_mapping = click.option("--mapping", type=FILE, help="What the columns of a wide sheet mean (YAML).")

_before = click.option(
    "--published-before",
    "before",
    multiple=True,
    metavar="PERIOD[=FOLDER]",
    help="What readers have already, oldest first: a period of these returns, or of those in FOLDER as they were then.",
)


def _reading(command: Any) -> Any:
    """The options that say what is read."""
    options: tuple[Decorator, ...] = (files(), _register, _sheet, _mapping)
    for option in reversed(options):
        command = option(command)
    return command


def _the_register(path: Path) -> Register:
    from victims_code.commissioning.returns import Register  # the other commands do without

    return Register.from_file(path / "register.yaml" if path.is_dir() else path)


def _returns_in(paths: Sequence[Path]) -> list[Path]:
    """The files, and those in the folders, that can be returns."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS) if path.is_dir() else [path]
        found += inside
    return found


def _checked(
    files: Sequence[Path], register: Register | None, sheet: str | None, mapping: Path | None
) -> CheckedReturns:
    from victims_code.commissioning.returns import ReturnMapping, check_returns

    rules = None if mapping is None else ReturnMapping.from_file(mapping)
    return check_returns(_returns_in(files), register=register, sheet=sheet, mapping=rules)


def _added_up(
    files: Sequence[Path], register: Path | None, sheet: str | None, mapping: Path | None, period: ReportingPeriod
) -> Summary:
    from victims_code.commissioning.returns import add_up

    against = None if register is None else _the_register(register)
    checked = _checked(files, against, sheet, mapping)
    for remark in checked.remarks:
        tell(f"note: {remark}", err=True)
    return add_up(checked.accepted(), period=period, register=against)


def _rule(show_small_numbers: bool) -> SmallNumbers | None:
    return None if show_small_numbers else publication_defaults().small_numbers


def _published(
    before: Sequence[str],
    files: Sequence[Path],
    register: Path | None,
    sheet: str | None,
    mapping: Path | None,
    *,
    rule: SmallNumbers | None,
) -> list[EarlierPublication]:
    """What has been published: each as the returns add up to it, with what had been published before it."""
    from victims_code.commissioning.returns import EarlierPublication

    found: list[EarlierPublication] = []
    for one in before:
        period, _, folder = one.partition("=")
        days = _Period().convert(period, None, click.get_current_context(silent=True))
        summary = _added_up([Path(folder)] if folder else files, register, sheet, mapping, days)
        found.append(EarlierPublication(what=summary, small_numbers=rule, published_before=tuple(found)))
    return found


@contextmanager
def _told_what_is_out() -> Iterator[None]:
    """Say on standard error how many small numbers follow from what was published before."""
    from victims_code.commissioning.returns import AlreadyPublishedWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", AlreadyPublishedWarning)
        yield
    for text in dict.fromkeys(str(one.message) for one in caught if one.category is AlreadyPublishedWarning):
        tell(f"warning: {text}", err=True)


@click.group("returns")
def returns() -> None:
    """Returns of figures from providers of services: ask for them, check them, add them up, show how they perform."""


@returns.command("check")
@_reading
@formats("text", "json")
def check(files: tuple[Path, ...], register: Path | None, sheet: str | None, mapping: Path | None, form: str) -> None:
    """Check returns (CSV, a workbook or JSON) one by one and together; exit status 1 if there is a fault."""
    found = _checked(files, None if register is None else _the_register(register), sheet, mapping)
    if form == "json":
        say(json_text(found.to_dict()))
    else:
        print_faults(finding.fault for finding in found.faults)
        for question in found.questions:
            tell(f"question: {question}")
        for remark in found.remarks:
            tell(f"note: {remark}")
        tell(
            f"{number_of(found.lines, 'line')} in {number_of(found.sources, 'file')}: "
            f"{number_of(found.faults, 'fault')}, {number_of(found.questions, 'question')}."
        )
    if found.faults:
        sys.exit(1)


@returns.command("template")
@click.argument("register", type=FILE)
@_period
@output_folder()
def template(register: Path, period: ReportingPeriod, output: Path) -> None:
    """A workbook for each provider of REGISTER whose return ends in the period, with all it is asked for."""
    from victims_code.commissioning.returns import write_templates

    against = _the_register(register)
    for file in write_templates(against, period, output):
        say(file)
    for provider in against.providers or ():
        if not any(provider.is_bound_in(own) for own in against.terms(provider.id).ending_in(period)):
            tell(f"note: {provider.name} owes no return that ends in {period.in_words}.", err=True)


@returns.command("add-up")
@_reading
@_period
@click.option("--for-ministry", multiple=True, help="A framework the ministry asks for; may be given several times.")
@_before
@show_small_numbers
@formats("markdown", "csv", "json")
def add_up_(
    files: tuple[Path, ...],
    register: Path | None,
    sheet: str | None,
    mapping: Path | None,
    period: ReportingPeriod,
    for_ministry: tuple[str, ...],
    before: tuple[str, ...],
    show_small_numbers: bool,
    form: str,
) -> None:
    """What returns add up to in a period, and every adjustment. Small numbers are hidden, except in JSON."""
    from victims_code.commissioning.outcomes import OutcomeFramework

    summary = _added_up(files, register, sheet, mapping, period)
    if for_ministry:
        summary = summary.for_ministry(*map(OutcomeFramework.load, for_ministry))
    rule = _rule(show_small_numbers)
    published = _published(before, files, register, sheet, mapping, rule=rule)
    with _told_what_is_out():
        if form == "json":
            say(summary.to_json())
        elif form == "csv":
            write(summary.to_csv(small_numbers=rule, published_before=published))
        else:
            say(summary.to_markdown(small_numbers=rule, published_before=published), nl=False)


@returns.command("performance")
@_reading
@_period
@click.option("--measure", "measures", multiple=True, help="A measure to show, of several; by default all.")
@output()
@_before
@show_small_numbers
@formats("markdown", "html", "csv", "xlsx", "json")
def performance(
    files: tuple[Path, ...],
    register: Path | None,
    sheet: str | None,
    mapping: Path | None,
    period: ReportingPeriod,
    measures: tuple[str, ...],
    output: Path | None,
    before: tuple[str, ...],
    show_small_numbers: bool,
    form: str,
) -> None:
    """One table: each measure by provider and quarter, with target, rating, trend and how much of it came."""
    from victims_code.commissioning.returns import PerformanceTable

    if form == "xlsx" and output is None:
        raise click.UsageError("A workbook needs --output FILE.")
    summary = _added_up(files, register, sheet, mapping, period)
    rule = _rule(show_small_numbers)
    published = _published(before, files, register, sheet, mapping, rule=rule)
    with _told_what_is_out():
        made = PerformanceTable.of(summary, small_numbers=rule, measures=measures or None, published_before=published)
    if output is not None:
        made.write(output, form)
        say(output)
    elif form == "json":
        say(json_text(made.to_dict()))
    elif form == "csv":
        write(made.to_csv())
    else:
        say(made.to_html() if form == "html" else made.to_markdown(), nl=False)


@returns.command("remind")
@click.argument("register", type=FILE)
@click.option("--on", type=DAY, required=True, help="The day: 2026-04-20, 20/04/2026 or today.")
@click.option("--period", type=_Period(), help="The periods to look at; by default those the register follows.")
@formats("text", "json")
def remind(register: Path, on: date, period: ReportingPeriod | None, form: str) -> None:
    """Which returns came, which have not and how late they are, with a letter to each provider to send."""
    from victims_code.commissioning.returns import reminders

    against = _the_register(register)
    statuses, letters = against.statuses(on, within=period), reminders(against, on, within=period)
    if form == "json":
        texts = [{"provider": one.provider.id, "subject": one.subject, "text": one.text} for one in letters]
        say(json_text({"returns": [status.to_dict() for status in statuses], "letters": texts}))
        return
    rows = [(status.name, status.period.label, status.in_words) for status in statuses]
    show_parts(table("Returns", ("Provider", "Period", "What came"), rows))
    for letter in letters:
        say("-" * 72)
        say(letter.text)


@returns.command("received")
@click.argument("register", type=FILE)
@files()
@_sheet
@_mapping
@click.option("--on", type=DAY, required=True, help="The day they came: 2026-04-20, 20/04/2026 or today.")
def received(register: Path, files: tuple[Path, ...], sheet: str | None, mapping: Path | None, on: date) -> None:
    """Note in REGISTER the day on which returns came. A return with a fault is not noted: send it back."""
    from victims_code.commissioning.returns import note_receipts

    place = register / "register.yaml" if register.is_dir() else register
    against = _the_register(register)
    found = _checked(files, against, sheet, mapping)
    if found.faults:
        raise ReturnError(*(finding.fault for finding in found.faults))
    for receipt in note_receipts(place, against, found.accepted(), on):
        (status,) = (
            one
            for one in _the_register(register).statuses(on, within=receipt.days)
            if one.provider == receipt.provider and one.period == receipt.days
        )
        tell(f"{status.name}, {status.period.label}: {status.in_words}")
