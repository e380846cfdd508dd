"""Recommendations of inspectorates and panels: whether each is accepted, who sees to it, by when, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.actions import Action, actions_due
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.governance.boards import board_profiles
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word, by_id, named
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class Inspectorate(Sourced):
    """Who inspects, and within how many days a commissioner publishes comments on a report on the force.

    The day of the report is the first of the days.
    """

    id: str
    title: str
    called: tuple[str, ...] = ()
    comments_within_days: int | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class KnownReport(Sourced):
    """An inspection report that commissioners' documents name, with as many of its recommendations as were read."""

    id: str
    title: str
    by: tuple[str, ...]
    published_on: date
    recommendations: tuple[Word, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class _InspectionsFile:
    inspectorates: tuple[Inspectorate, ...]
    reports: tuple[KnownReport, ...]


@cache
def _file() -> _InspectionsFile:
    file = DataFile.open("commissioning/inspections.yaml")
    read = file.one(_InspectionsFile)
    for n, report in enumerate(read.reports):
        for m, by in enumerate(report.by):
            file.unknown(("reports", n, "by", m), "inspectorate", by, (one.id for one in read.inspectorates))
    file.finish()
    return read


def inspectorates() -> Mapping[str, Inspectorate]:
    """The inspectorates, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().inspectorates)


def known_reports() -> Mapping[str, KnownReport]:
    """The inspection reports that are known, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().reports)


class RecommendationAnswer(StrEnum):
    """What was answered to a recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


@frozen(kw_only=True)
class Recommendation(CommissioningRecord):
    """One recommendation, what was answered, and what is done.

    :param to: to whom it is addressed.
    :param answer: None while it is not answered.
    :param done_on: the day it was carried out.
    """

    comes_with = (("answered_on", "answer"), ("answered_on", "why"), ("done_on", "evidence"))

    reference: str
    what: str
    to: str | None = None
    answer: RecommendationAnswer | None = None
    answered_on: date | None = None
    why: str | None = None
    owner: str | None = None
    due: date | None = None
    done_on: date | None = None
    evidence: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

    checks = (
        never("why", lambda one: one.answer not in (None, "accepted") and not one.why, faults.REFUSED_WITHOUT_A_REASON),
        never("done_on", lambda one: one.answer == "rejected" and one.done_on, faults.DONE_AND_REJECTED),
    )

    def open_on(self, on: date) -> bool:
        """Whether it is neither rejected nor carried out on a day."""
        return self.answer is not RecommendationAnswer.REJECTED and not (self.done_on and self.done_on <= on)


_MADE_BY = Annotated[str, word("inspectorate or panel", lambda: [*inspectorates(), *board_profiles()])]


@frozen(kw_only=True)
class Inspection(CommissioningRecord):
    """A report with recommendations, of an inspectorate or of a panel, and what became of each.

    :param by: who made it: inspectorates, or a panel or board such as ``victims-panel``.
    :param about_the_force: whether it is about the force of the area, which is what the Act asks comments on.
    :param comments_published_on: the day the commissioner's comments were published.
    :raises CommissioningError: with every fault.

    >>> report = Inspection.known("living-in-fear")
    >>> report.comments_due, report.recommendations[0].answer
    (datetime.date(2017, 8, 29), None)
    """

    reference: str
    title: str
    by: tuple[_MADE_BY, ...]
    published_on: date
    about_the_force: bool = True
    comments_published_on: date | None = None
    owner: str | None = None
    recommendations: tuple[Recommendation, ...] = ()

    checks = (all_different("recommendations[].reference"), in_order("published_on", "comments_published_on"))

    @classmethod
    @checked
    def known(cls, name: str) -> Inspection:
        """The record of a known report, with its recommendations still to be answered.

        :raises UnknownNameError: naming the nearest.
        """
        report = named(known_reports(), name, "report")
        return cls(
            reference=report.id,
            title=report.title,
            by=report.by,
            published_on=report.published_on,
            recommendations=tuple(Recommendation(reference=one.id, what=one.title) for one in report.recommendations),
        )

    @property
    def comments_due(self) -> date | None:
        """The last day to publish comments; None where no law that was read asks for them."""
        days = [
            inspectorates()[one].comments_within_days
            for one in self.by
            if one in inspectorates() and self.about_the_force
        ]
        return min((self.published_on + timedelta(days=n - 1) for n in days if n is not None), default=None)

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Comments that are late, recommendations without an answer, an owner or an end by a day."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        due, done = self.comments_due, self.comments_published_on
        commented = done is not None and done <= on
        if due is not None and due < on and not (done is not None and done <= due):
            late = f" They were published on {format_date(done)}." if done is not None and commented else ""
            what = f"Comments on the report were due by {format_date(due)}.{late}"
            yield finding("inspection-commented", what, "Publish them, and record the day.", about=self.reference)
        for one in self.recommendations:
            about = f"{self.reference}/{one.reference}"
            if one.answer is None and (commented or (due is not None and due < on)):
                what = "The recommendation has no answer."
                yield finding("recommendation-answered", what, "Accept it, or say why not.", about=about)
            if one.answer is not None and one.open_on(on):
                if one.owner is None:
                    yield finding("recommendation-in-time", "No one owns it.", "Name an owner.", about=about)
                if one.due is not None and one.due < on:
                    what = f"It was to be carried out by {format_date(one.due)}."
                    yield finding("recommendation-in-time", what, "Carry it out, or set a new day.", about=about)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The comments to publish, and the recommendations to answer and to carry out on a day."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        done = self.comments_published_on
        if self.comments_due is not None and (done is None or done > on):
            yield self._due(self.comments_due, f"Publish comments on the report: {self.title}.", self.reference, None)
        for one in self.recommendations:
            about = f"{self.reference}/{one.reference}"
            if one.answer is None:
                yield self._due(self.comments_due, f"Answer the recommendation: {one.what}.", about, one.owner)
            elif one.open_on(on):
                yield self._due(one.due, f"Carry out the recommendation: {one.what}.", about, one.owner)
                yield from actions_due(one.actions, on, about)

    def _due(self, day: date | None, what: str, about: str, owner: str | None) -> DueItem:
        return DueItem(day=day, what=what, owner=owner or self.owner or "", about=about, kind=DueKind.RECOMMENDATION)
