"""The highlight report of a Victims' Board: where things stand, its key figures and how they are rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults, render
from victims_code.arguments import checked
from victims_code.commissioning.governance.risks import EntryState, RiskLog
from victims_code.commissioning.outcomes.measures import MeasureKind
from victims_code.commissioning.outcomes.ratings import in_its_unit, rate, rating_bands
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.returns.register import Register
from victims_code.commissioning.returns.summary import Summary
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.dates import format_date
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import Direction, SmallNumbers
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class _ReportFile(Sourced):
    aspects: tuple[Word, ...]


@cache
def report_aspects() -> Mapping[str, str]:
    """The aspects a report gives the standing of, by identifier with their titles.

    :raises LawDataError: if the data is broken.
    """
    return {
        aspect.id: aspect.title
        for aspect in DataFile.open("commissioning/highlight-report.yaml").one(_ReportFile).aspects
    }


_RatingName = Annotated[str, word("rating", rating_bands, listing="Ratings")]


@frozen(kw_only=True)
class AspectStanding(CommissioningRecord):
    """How one aspect stands in this period and stood in the last, as a band of the ratings; None is not rated."""

    aspect: Annotated[str, word("aspect", report_aspects, listing="Aspects")]
    now: _RatingName | None = None
    last: _RatingName | None = None
    note: str | None = None


@frozen(kw_only=True)
class ObjectiveStanding(CommissioningRecord):
    """How an objective of the strategy stands in this period and stood in the last; None is not rated."""

    objective: str
    now: _RatingName | None = None
    last: _RatingName | None = None
    note: str | None = None


@frozen(kw_only=True)
class KeyFigure(CommissioningRecord):
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
    objectives: tuple[str, ...] = ()

    checks = (
        never(
            "value",
            lambda figure: figure.suppressed and figure.value is not None,
            faults.SUPPRESSED_AND_GIVEN,
        ),
    )


@frozen(kw_only=True)
class HighlightReport(CommissioningRecord):
    """A highlight report. The same report gives the same page, to the letter, every time.

    :param risks: the log whose open risks that were escalated, and whose open issues, the report shows.
    :raises CommissioningError: with every fault.

    >>> report = HighlightReport(board="Victims' Board", area="West Mercia", period_from=date(2026, 4, 1),
    ...     period_to=date(2026, 6, 30), achieved=("Needs assessment published",),
    ...     figures=(KeyFigure(title="Better able to cope", value=88, target=90, unit="%",
    ...                        direction=Direction.HIGHER_IS_BETTER),))
    >>> print(report.to_markdown().splitlines()[0])
    # Victims' Board, West Mercia: highlight report
    """

    board: str
    area: str
    period_from: date
    period_to: date
    standings: tuple[AspectStanding, ...] = ()
    objectives: tuple[ObjectiveStanding, ...] = ()
    achieved: tuple[str, ...] = ()
    next_period: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    risks: RiskLog | None = None
    decisions_asked: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()

    checks = (
        in_order("period_from", "period_to"),
        all_different("standings[].aspect"),
        all_different("objectives[].objective"),
    )

    def to_page_dict(self) -> dict[str, Plain]:
        """What the report shows, as plain values: titles, sentences and ratings."""
        return {
            "title": f"{self.board}, {self.area}: highlight report",
            "period": f"{format_date(self.period_from)} to {format_date(self.period_to)}",
            "standings": [
                {
                    "aspect": report_aspects()[standing.aspect],
                    "now": standing.now or "not rated",
                    "last": standing.last or "not rated",
                    "note": standing.note or "",
                }
                for standing in self.standings
            ],
            "objectives": [
                {
                    "objective": one.objective,
                    "now": one.now or "not rated",
                    "last": one.last or "not rated",
                    "note": one.note or "",
                }
                for one in self.objectives
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
                due = format_date(issue.due) if issue.due else "no day set"
                yield {"reference": issue.reference, "what": issue.what, "priority": issue.priority, "due": due}

    def to_markdown(self) -> str:
        """The report as a Markdown page."""
        return render.highlight_report_to_markdown(self.to_page_dict())

    def to_html(self, *, page: bool = False) -> str:
        """The report as HTML.

        :param page: a whole page with its own style instead of a fragment.
        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        return render.highlight_report_to_html(self.to_page_dict(), page=page)

    def _repr_html_(self) -> str | None:
        return render.html_or_none(self.to_html)


def _figure(figure: KeyFigure) -> dict[str, Plain]:
    rating = rate(figure.value, figure.target, figure.direction, unit=figure.unit)
    missing = "too small to show" if figure.suppressed else "missing"
    return {
        "title": figure.title,
        "value": missing if figure.value is None else in_its_unit(figure.value, figure.unit),
        "target": "–" if figure.target is None else in_its_unit(figure.target, figure.unit),
        "rating": rating.band or "not rated",
        "why": rating.why,
        "note": figure.note or "",
    }


@checked
def key_figures(
    summary: Summary,
    targets: Mapping[str, Decimal | None],
    *,
    small_numbers: SmallNumbers | None = None,
) -> tuple[KeyFigure, ...]:
    """The totals of some measures as figures with targets, one for each basis they are counted on.

    A bare count of a measure that is a share gets no target, because a target in per cent is no target for a count.

    :param targets: the measures to show, in order, each with its target or None; a share has its target in per cent.
    :param small_numbers: hide small numbers, and those that would give them away, in the whole summary.
    :raises UnknownNameError: if the summary has no such measure, naming the nearest.
    :raises WrongTypeError: if a target is not an exact number.

    >>> from victims_code.commissioning.returns import Return, add_up
    >>> from victims_code.figures.periods import ReportingPeriod
    >>> year = add_up([Return.from_csv('''provider,period,section,measure,value,numerator,denominator,basis
    ... harbour,2025-26 Q1,output,referrals,1204,,,data-share
    ... harbour,2025-26 Q1,outcome,coped,,97,120,
    ... ''')], period=ReportingPeriod.year(2025))
    >>> for figure in key_figures(year, {"referrals": None, "coped": 85}):
    ...     print(figure.title, figure.value, figure.unit, figure.direction.value)
    Referrals received (data-share) 1204  demand
    Better able to cope at the end of support 80.8 % higher-is-better
    """
    known = dict.fromkeys(one.measure.id for one in summary.sums)
    wrong = [
        faults.NO_SUCH_FIGURE.at("targets", name=name, nearest=did_you_mean(name, known, listing="It has"))
        for name in targets
        if name not in known
    ]
    if wrong:
        raise UnknownNameError(*wrong)
    hidden = summary.hidden(small_numbers)
    totals = [(one, bool(names)) for one, names in zip(summary.sums, hidden, strict=True) if one.breakdown is None]
    return tuple(
        _key_figure(one, target, is_hidden=is_hidden)
        for name, target in targets.items()
        for one, is_hidden in totals
        if one.measure.id == name
    )


@checked
def asked_figures(
    summary: Summary, register: Register, *, small_numbers: SmallNumbers | None = None
) -> tuple[KeyFigure, ...]:
    """The totals of the measures that a register asks its providers for, each share with the target it is given there.

    A target of a count is for one return, so the total of several has none. A measure of which no figure came is in the
    list without a value.

    :param small_numbers: hide small numbers, and those that would give them away, in the whole summary.
    """
    providers = [provider.id for provider in register.providers or ()]
    asked = {one.measure: one.target for id_ in providers for one in register.asked(id_) or ()}
    targets = {name: aim if register.measures[name].kind is MeasureKind.SHARE else None for name, aim in asked.items()}
    known = {one.measure.id for one in summary.sums}
    came = key_figures(
        summary, {name: aim for name, aim in targets.items() if name in known}, small_numbers=small_numbers
    )
    missing = (register.measures[name] for name in targets if name not in known)
    return (*came, *(KeyFigure(title=one.title, direction=one.direction, note="no return has it") for one in missing))


def _key_figure(one: Sum, target: Decimal | None, *, is_hidden: bool) -> KeyFigure:
    value, unit = one.figure
    return KeyFigure(
        title=one.label + (f" ({one.how_counted})" if one.how_counted else ""),
        direction=one.measure.direction,
        value=None if is_hidden else value,
        target=None if one.bare_count else target,
        unit=unit,
        suppressed=is_hidden,
        note=None if is_hidden else "; ".join(_notes(one)) or None,
    )


def _notes(one: Sum) -> Iterator[str]:
    if one.share is not None and one.share.coverage.of is not None:
        yield f"asked: {one.share.coverage.percentage}% of those who could have been"
    if one.reported.counted != one.reported.of:
        yield f"{one.reported.counted} of {one.reported.of} returns have the figure"
