"""The commands that write a paper on a case: a statement of what was owed, and a page for the victim."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from victims_code import faults
from victims_code.assessment import Assessment
from victims_code.cli.cases import assess_files, of_cases
from victims_code.cli.options import formats
from victims_code.cli.terminal import say
from victims_code.errors import UnknownNameError
from victims_code.render.papers import Paper

_victim = click.option("--victim", metavar="REFERENCE", help="Who it is about, where the case has several victims.")


@click.command()
@of_cases
@_victim
@formats("markdown", "html")
def statement(form: str, victim: str | None, **cases: Any) -> None:
    """A statement for a complaint, a review or an inspection: what the Code required in a case, by when and how that
    is counted, what the record shows, and how sure each statement of law is.

    It names no person. It is about one case: choose it with --case where the files tell of several.
    """
    _write(lambda result: result.statement(victim), form, cases)


@click.command("for-the-victim")
@of_cases
@_victim
@click.option("--with-news", is_flag=True, help="Tell also of events that the record does not show them told of.")
@formats("markdown", "html")
def for_the_victim(form: str, victim: str | None, with_news: bool, **cases: Any) -> None:
    """A page for the victim in plain words: what should have happened, what comes next and by when, what they may ask
    for, and what to do if something is wrong.

    It names no person. It breaks no news: what the record does not show that they were told of is on it only as
    contact that is due. What they asked not to be told is never on it.
    """
    _write(lambda result: result.for_the_victim(victim, news=with_news), form, cases)


def _write(paper: Callable[[Assessment], Paper], form: str, cases: Any) -> None:
    found = assess_files(**cases)
    if len(found.results) > 1:
        known = dict.fromkeys(result.case.reference for result in found.results)
        way = f"Name the case with --case: {', '.join(known)}." if len(known) > 1 else "Give the file of one of them."
        raise UnknownNameError(faults.WHICH_CASE.at("--case", number=len(found.results), way=way))
    for result in found.results:
        made = paper(result)
        say(made.to_html(page=True) if form == "html" else made.to_markdown(), nl=form == "html")
    found.print_faults()
    if found.failed:
        sys.exit(1)
