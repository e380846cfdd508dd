"""The commands of governance: the forward plan, boards, risks, objectives, roles and the highlight report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click
from attrs import evolve

from victims_code import faults, render
from victims_code.cli.commissioning.reading import (
    area_folder,
    area_or_file,
    read_area,
    saying_what_is_missing,
    what_is_missing,
)
from victims_code.cli.options import DAY, FILE, as_at, formats, show_small_numbers
from victims_code.cli.terminal import say, tell, write
from victims_code.commissioning.area_folder import AreaDetails, AreaFolder
from victims_code.commissioning.due import DueKind
from victims_code.commissioning.forward_plan import ForwardPlan
from victims_code.commissioning.governance import (
    Appointment,
    Board,
    HighlightReport,
    KeyFigure,
    RiskLog,
    Strategy,
    asked_figures,
    role_profiles,
)
from victims_code.commissioning.governance.pages import boards_page, objectives_page, risks_page, role_page
from victims_code.commissioning.money import Award
from victims_code.commissioning.powers import police_area
from victims_code.commissioning.registers.register import register_kinds
from victims_code.commissioning.returns import Register, add_up, check_returns
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod, publication_defaults
from victims_code.printable import json_text
from victims_code.reading.documents import file_bytes
from victims_code.render import Card

_T = TypeVar("_T")
CARD_FORMATS = ("text", "markdown", "html")


def say_card(card: Card, form: str) -> None:
    """Print a page in one of the formats of :data:`CARD_FORMATS`."""
    if form == "html":
        say(render.card_to_html(card, page=True))
    else:
        say(render.card_to_markdown(card) if form == "markdown" else render.card_to_text(card), nl=False)


def title_of(area: AreaFolder) -> str:
    """Whose folder it is: the office, else the police area, else the name of the folder."""
    details = area.one(AreaDetails)
    if details is None:
        return area.path.resolve().name
    return details.office or police_area(details.area).title


def all_records(area: AreaFolder) -> tuple[object, ...]:
    """Every record of the folder but the details of the area, in the order of its parts."""
    found = (record for records in area.records.values() for record in records)
    return tuple(record for record in found if not isinstance(record, AreaDetails))


def all_planned(area: AreaFolder) -> tuple[object, ...]:
    """The same for the forward plan: awards are one book and registers another.

    It takes all awards to say whose work each is, and all entries to say since when a lesson is known.
    """
    entries = tuple(register_kinds().values())
    others = tuple(record for record in all_records(area) if not isinstance(record, (Award, *entries)))
    books = ((area.award_book(), Award), (area.registers(), entries))
    return (*(book for book, kinds in books if any(isinstance(one, kinds) for one in all_records(area))), *others)


def need_some(things: Sequence[object], part: str) -> None:
    """Say how to begin where there is nothing to show."""
    if not things:
        tell(f"There is nothing in {part}. `victims-code commissioning init FOLDER` lays out an example.", err=True)


def of_board(things: Sequence[_T], title: str | None, board: Callable[[_T], str]) -> list[_T]:
    """Those of one board, or all if none is asked for.

    :raises UnknownNameError: if nothing is of that board, naming the nearest.
    """
    found = [one for one in things if title in (None, board(one))]
    if things and not found:
        nearest = did_you_mean(title, map(board, things), listing="Boards")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("--board", kind="board", name=title, nearest=nearest))
    return found


@click.command("forward-plan")
@area_folder
@as_at
@click.option("--until", type=DAY, help="Look no further ahead than this day.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in DueKind]), help="Only these.")
@click.option(
    "--replaces", type=FILE, help="The calendar file that was written before: what no longer holds is cancelled."
)
@click.option("--owner", help="Only what this owner does, such as Head of Commissioning, or a provider.")
@click.option("--all", "everyone", is_flag=True, help="Add what providers owe of awards that they make themselves.")
@formats("text", "markdown", "html", "ics", "json")
def forward_plan(
    folder: Path,
    as_at: date,
    until: date | None,
    kinds: tuple[str, ...],
    replaces: Path | None,
    owner: str | None,
    everyone: bool,
    form: str,
) -> None:
    """Everything that is due in FOLDER: overdue, by month, and without a day."""
    if replaces is not None and form != "ics":
        raise click.UsageError("--replaces goes with --format ics.")
    area = read_area(folder, as_at=as_at)
    plan = ForwardPlan.of(
        all_planned(area),
        as_at,
        title=title_of(area),
        until=until,
        kinds=[DueKind(kind) for kind in kinds] if kinds else None,
        owner=owner,
        everyone=everyone,
    )
    if form == "ics":
        before = None if replaces is None else file_bytes(replaces).decode("utf-8", errors="replace")
        write(plan.to_icalendar(replaces=before))
    elif form == "json":
        say(json_text({**plan.to_dict(), **what_is_missing(area)}))
    else:
        say_card(saying_what_is_missing(plan.to_card(), area), form)


@click.command()
@area_or_file("boards")
@as_at
@click.option("--board", "title", help="Only the board of this title.")
@formats(*CARD_FORMATS)
def board(folder: Path, as_at: date, title: str | None, form: str) -> None:
    """Seats, meetings, decisions, terms and attendance: what is amiss with boards and what is due."""
    area = read_area(folder, "boards", as_at=as_at)
    need_some(area.all(Board), "boards")
    boards = of_board(area.all(Board), title, lambda one: one.title)
    page = boards_page(boards, as_at, appointments=area.all(Appointment))
    say_card(saying_what_is_missing(page, area, Board, Appointment), form)


@click.command()
@area_or_file("risk-logs")
@as_at
@formats(*CARD_FORMATS)
def risks(folder: Path, as_at: date, form: str) -> None:
    """Open risks and issues, highest score first, and what is overdue on them."""
    area = read_area(folder, "risk-logs", as_at=as_at)
    logs = area.all(RiskLog)
    need_some(logs, "risk-logs")
    say_card(saying_what_is_missing(risks_page(logs, as_at), area, RiskLog), form)


@click.command()
@area_folder
@as_at
@formats(*CARD_FORMATS)
def objectives(folder: Path, as_at: date, form: str) -> None:
    """What serves each objective and commitment of the strategies in FOLDER, and which nothing serves."""
    area = read_area(folder, as_at=as_at)
    need_some(area.all(Strategy), "strategies")
    for strategy in area.all(Strategy):
        page = objectives_page(strategy, all_records(area), as_at)
        say_card(saying_what_is_missing(page, area), form)


@click.command()
@click.argument("name", metavar="ROLE", type=click.Choice(sorted(role_profiles())))
@formats(*CARD_FORMATS)
def role(name: str, form: str) -> None:
    """The duties of ROLE, its term, and the line to which it answers."""
    say_card(role_page(name), form)


@click.command()
@area_or_file("highlight-reports")
@click.option("--board", "title", help="Only reports to the board of this title.")
@click.option("--all", "every", is_flag=True, help="All reports, not only the newest of each board.")
@click.option("--from-returns", is_flag=True, help="Add the figures the register asks for, from the folder's returns.")
@show_small_numbers
@formats("markdown", "html")
def highlight(
    folder: Path, title: str | None, every: bool, from_returns: bool, show_small_numbers: bool, form: str
) -> None:
    """The newest highlight report of each board, with the risks and issues of the board's log."""
    area = read_area(folder, "highlight-reports")
    found = area.all(HighlightReport)
    need_some(found, "highlight-reports")
    reports = sorted(of_board(found, title, lambda one: one.board), key=lambda one: (one.board, one.period_to))
    newest = {one.board: one for one in reports}
    logs = {log.board: log for log in area.all(RiskLog)}
    titles = {one.reference: one.title for strategy in area.all(Strategy) for one in strategy.objectives}
    for report in reports if every else newest.values():
        named = tuple(evolve(one, objective=_with_title(one.objective, titles)) for one in report.objectives)
        figures = _figures(area, report, show_small_numbers) if from_returns else ()
        risks = report.risks or logs.get(report.board)
        whole = evolve(report, risks=risks, objectives=named, figures=(*report.figures, *figures))
        say(_report_page(whole, area, form), nl=form == "html")


def _report_page(report: HighlightReport, area: AreaFolder, form: str) -> str:
    """A report as a page, which says first if some of the records it rests on could not be read."""
    page = report.to_page_dict()
    page["period"] = " ".join((f"{page['period']}.", *area.not_whole(*_OF_A_REPORT)))
    if form == "html":
        return render.highlight_report_to_html(page, page=True)
    return render.highlight_report_to_markdown(page)


_OF_A_REPORT = (HighlightReport, RiskLog, Strategy, Register)


def _with_title(reference: str, titles: Mapping[str, str]) -> str:
    """An objective by its reference and its title, as far as the strategies in the folder have it."""
    return f"{reference}: {titles[reference]}" if reference in titles else reference


def _figures(area: AreaFolder, report: HighlightReport, show_small_numbers: bool) -> tuple[KeyFigure, ...]:
    """What the register asks for, added up over the period of a report.

    :raises ReturnError: with every fault of the returns.
    """
    register = area.one(Register)
    if register is None or not area.returns:
        raise CommissioningError(faults.NO_RETURNS_TO_ADD_UP.at(str(area.path)))
    returns = check_returns(area.returns, register=register).accepted()
    period = ReportingPeriod(first=report.period_from, last=report.period_to)
    rule = None if show_small_numbers else publication_defaults().small_numbers
    return asked_figures(add_up(returns, period=period, register=register), register, small_numbers=rule)
