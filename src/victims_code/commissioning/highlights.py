"""The highlight report of a Victims' Board: where things stand, what was done and comes next, what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import frozen

from victims_code import render
from victims_code.commissioning.ratings import rate, rating_bands
from victims_code.commissioning.records import Contradiction, Record
from victims_code.commissioning.risks import EntryState, RiskLog
from victims_code.dates import spell
from victims_code.errors import did_you_mean
from victims_code.figures import Direction
from victims_code.law import Citation, Evidence
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain

__all__ = ["AspectStanding", "HighlightReport", "KeyFigure", "report_aspects"]


@frozen(kw_only=True)
class _ReportFile:
    aspects: tuple[Word, ...]
    cites: tuple[Citation, ...]
    evidence: Evidence


@cache
def report_aspects() -> Mapping[str, str]:
    """The aspects a report gives the standing of, by identifier with their titles.

    :raises LawDataError: if the data is broken.
    """
    return {
        aspect.id: aspect.title
        for aspect in DataFile.open("commissioning/highlight-report.yaml").one(_ReportFile).aspects
    }


@frozen(kw_only=True)
class AspectStanding(Record):
    """How one aspect stands in this period and stood in the last, as a band of the ratings; None is not rated."""

    aspect: str
    now: str | None = None
    last: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class KeyFigure(Record):
    """A figure with its target. Which way is good decides the rating; demand gets none.

    ``value`` None is a figure that is missing, which is not nought; ``suppressed`` says that it is known and too small
    to be shown.
    """

    title: str
    direction: Direction
    value: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    suppressed: bool = False
    note: str | None = None

    @classmethod
    def _checks(cls) -> tuple[Callable[[Any], Iterator[Contradiction]], ...]:
        return (cls._suppressed_has_no_value,)

    def _suppressed_has_no_value(self) -> Iterator[Contradiction]:
        if self.suppressed and self.value is not None:
            what = "A figure too small to be shown is given."
            yield Contradiction(("value",), what, "Leave the value out.")


@frozen(kw_only=True)
class HighlightReport(Record):
    """A highlight report. The same report gives the same page, to the letter, every time.

    :param risks: the log whose open risks that were escalated, and whose open issues, the report shows.
    :raises CommissioningError: with every fault.

    >>> report = HighlightReport(board="Victims' Board", area="West Mercia", period_from=date(2026, 4, 1),
    ...     period_to=date(2026, 6, 30), achieved=("Needs assessment published",),
    ...     figures=(KeyFigure(title="Better able to cope", value=88, target=90, unit="%",
    ...                        direction=Direction.HIGHER_IS_BETTER),))
    >>> print(report.as_markdown().splitlines()[0])
    # Victims' Board, West Mercia: highlight report
    """

    board: str
    area: str
    period_from: date
    period_to: date
    standings: tuple[AspectStanding, ...] = ()
    achieved: tuple[str, ...] = ()
    next_period: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    risks: RiskLog | None = None
    decisions_asked: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()

    @classmethod
    def _checks(cls) -> tuple[Callable[[Any], Iterator[Contradiction]], ...]:
        return (cls._period_is_in_order, cls._aspects_are_known)

    def _period_is_in_order(self) -> Iterator[Contradiction]:
        if self.period_to < self.period_from:
            yield Contradiction(("period_to",), "The period ends before it begins.", "Correct a day.", "VC-COM-006")

    def _aspects_are_known(self) -> Iterator[Contradiction]:
        seen: set[str] = set()
        for n, standing in enumerate(self.standings):
            if standing.aspect not in report_aspects():
                what = f"There is no aspect {standing.aspect!r}."
                hint = did_you_mean(standing.aspect, report_aspects(), listing="Aspects")
                yield Contradiction(("standings", n, "aspect"), what, hint, "VC-COM-007")
            if standing.aspect in seen:
                what = f"{standing.aspect!r} stands twice."
                yield Contradiction(("standings", n, "aspect"), what, "Keep one of the two.", "VC-COM-008")
            seen.add(standing.aspect)
            for key in ("now", "last"):
                band = getattr(standing, key)
                if band is not None and band not in rating_bands():
                    what = f"There is no rating {band!r}."
                    hint = did_you_mean(band, rating_bands(), listing="Ratings")
                    yield Contradiction(("standings", n, key), what, hint, "VC-COM-007")

    def as_plain(self) -> dict[str, Plain]:
        """What the report shows, as plain values: titles, sentences and ratings."""
        return {
            "title": f"{self.board}, {self.area}: highlight report",
            "period": f"{spell(self.period_from)} to {spell(self.period_to)}",
            "standings": [
                {
                    "aspect": report_aspects()[standing.aspect],
                    "now": standing.now or "not rated",
                    "last": standing.last or "not rated",
                    "note": standing.note or "",
                }
                for standing in self.standings
            ],
            "figures": [_figure(figure) for figure in self.figures],
            "achieved": list(self.achieved),
            "next": list(self.next_period),
            "risks": list(self._risks()),
            "issues": list(self._issues()),
            "decisions": list(self.decisions_asked),
            "lessons": list(self.lessons),
            "basis": "Ratings rest on thresholds that are unconfirmed defaults unless the board has set its own.",
        }

    def _risks(self) -> Iterator[Plain]:
        for risk in self.risks.risks if self.risks else ():
            if risk.escalated and risk.state is EntryState.OPEN and self.risks is not None:
                band = self.risks.band(risk)
                score = f"{risk.current.product} ({band.title})" if band else str(risk.current.product)
                what = f"{risk.cause}: {risk.event}. {risk.impact}"
                doing = "; ".join(action.what for action in risk.actions if action.done_on is None)
                yield {"reference": risk.reference, "what": what, "score": score, "doing": doing or "nothing recorded"}

    def _issues(self) -> Iterator[Plain]:
        for issue in self.risks.issues if self.risks else ():
            if issue.closed_on is None or issue.closed_on > self.period_to:
                due = spell(issue.due) if issue.due else "no day set"
                yield {"reference": issue.reference, "what": issue.what, "priority": issue.priority, "due": due}

    def as_markdown(self) -> str:
        """The report as a Markdown page."""
        return render.highlight_report_as_markdown(self.as_plain())

    def as_html(self, *, page: bool = False) -> str:
        """The report as HTML.

        :param page: a whole page with its own style instead of a fragment.
        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        return render.highlight_report_as_html(self.as_plain(), page=page)

    def _repr_html_(self) -> str | None:
        return render.html_or_none(self.as_html)


def _figure(figure: KeyFigure) -> dict[str, Plain]:
    rating = rate(figure.value, figure.target, figure.direction)
    missing = "too small to show" if figure.suppressed else "missing"
    unit = figure.unit if figure.unit in ("", "%") else f" {figure.unit}"
    return {
        "title": figure.title,
        "value": missing if figure.value is None else f"{figure.value}{unit}",
        "target": "–" if figure.target is None else f"{figure.target}{unit}",
        "rating": rating.band or "not rated",
        "why": rating.why,
        "note": figure.note or "",
    }
