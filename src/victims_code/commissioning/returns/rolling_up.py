"""From records of needs to the lines of a return, so that no figure is counted by hand or typed twice.

People are counted, not records: a victim with two records is one. Numbers are as they are; small ones are hidden when a
return is published, as those of every other return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeGuard

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes.measures import Section
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.publishing import return_to_csv
from victims_code.commissioning.services import NeedsAssessment, OnwardReferral, improvement_measures, need_categories
from victims_code.commissioning.services.needs import Towards
from victims_code.conditions import Truth
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod

_NOT_STATED = "not-stated"
_ANSWERS: Mapping[Truth, str] = {True: "yes", False: "no", None: "not-known"}


@frozen(kw_only=True)
class RolledUp:
    """The lines that records of needs come to, and what was not counted or was taken for another thing."""

    lines: tuple[ReportedLine, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def to_csv(self) -> str:
        """The lines as a CSV return, which ``Return.from_csv`` reads."""
        return return_to_csv(self.lines, [()] * len(self.lines))


@checked
def roll_up(
    records: Iterable[NeedsAssessment], period: ReportingPeriod, *, provider: str, service: str | None = None
) -> RolledUp:
    """The lines of a return from a provider's records of needs: who came, who is in support, who left, who is better.

    Counts are given in all, by group of victims, and for each category of need by whether the victim had the need. Who
    is better is told of those whose support ended in the period: of how many with two scores, and how many had one.

    :param provider: what the register of returns calls the provider.
    :param service: only the records of this service; a record that names none is then not counted, and that is said.
    :raises UnknownNameError: if the records name services and not this one: that is no return of noughts.

    >>> from victims_code.commissioning.services import AssessedNeeds, NeedScale
    >>> scale = NeedScale(lowest=0, highest=10, direction="higher-is-better")
    >>> record = NeedsAssessment(reference="N1", victim="V1", route="self-referral", scale=scale,
    ...     group="domestic-abuse", opened_on=date(2026, 4, 2), closed_on=date(2026, 6, 30),
    ...     closed_because="needs-met", assessments=(
    ...     AssessedNeeds(on=date(2026, 4, 2), scores={"finance-and-benefits": 3}),
    ...     AssessedNeeds(on=date(2026, 6, 30), scores={"finance-and-benefits": 8})))
    >>> made = roll_up([record], ReportingPeriod.quarter(2026, 1), provider="harbour")
    >>> [(line.measure, line.value) for line in made.lines if line.is_total and line.value][:3]
    [('started-support', 1), ('supported', 1), ('closed', 1)]
    >>> [(line.numerator, line.denominator) for line in made.lines if line.measure == "finance-score-better"]
    [(1, 1)]
    """
    given = list(records)
    services = {one.service for one in given if one.service is not None}
    if service is not None and services and service not in services:
        nearest = did_you_mean(service, services, listing="Services of these records")
        kind = "service in the records"
        raise UnknownNameError(faults.NO_SUCH_NAME.at("service", kind=kind, name=service, nearest=nearest))
    named = [one for one in given if service is None or one.service == service]
    chosen = [one for one in named if one.closed_because != "opened-by-mistake"]
    cohort = _Cohort(records=chosen, period=period, provider=provider, service=service)
    return RolledUp(lines=tuple(cohort.lines()), notes=tuple(_notes(given, named, cohort)))


@frozen(kw_only=True)
class _Cohort:
    records: Sequence[NeedsAssessment]
    period: ReportingPeriod
    provider: str
    service: str | None

    def lines(self) -> Iterator[ReportedLine]:
        counted = {
            "carried-over": [one for one in self.records if self._is_open(one, self.period.first - timedelta(days=1))],
            "started-support": [one for one in self.records if self._within(one.began_on)],
            "supported": [one for one in self.records if self._in_support(one)],
            "in-support": [one for one in self.records if self._is_open(one, self.period.last)],
            "closed": self.closed,
        }
        other = {
            "needs-assessed": [one for one in self.records if any(self._within(a.on) for a in one.assessments)],
            "referred-on": [one for one in self.records if any(passed.consent for passed in self.onward(one))],
            "reported-after-support": [
                one for one in self.records if self._within(one.reported_on) and one.reported_on > one.began_on
            ],
        }
        for measure, found in counted.items():
            yield from self._in_parts(measure, found)
        for measure, found in other.items():
            yield self._count(measure, _people(found))
        yield from self._better()

    @property
    def closed(self) -> list[NeedsAssessment]:
        """The records whose support ended in the period."""
        return [one for one in self.records if self._within(one.closed_on)]

    def onward(self, record: NeedsAssessment) -> Iterator[OnwardReferral]:
        """The times a victim was passed on to another service in the period."""
        return (passed for passed in record.onward if self._within(passed.on))

    def _within(self, day: date | None) -> TypeGuard[date]:
        return day is not None and self.period.first <= day <= self.period.last

    def _is_open(self, record: NeedsAssessment, day: date) -> bool:
        """Whether support went on beyond a day."""
        return record.began_on <= day and (record.closed_on is None or day < record.closed_on)

    def _in_support(self, record: NeedsAssessment) -> bool:
        ended = record.closed_on is not None and record.closed_on < self.period.first
        return record.began_on <= self.period.last and not ended

    def _in_parts(self, measure: str, records: Sequence[NeedsAssessment]) -> Iterator[ReportedLine]:
        people = _people(records)
        yield self._count(measure, people)
        yield from self._by(measure, "group", [one.group or _NOT_STATED for one in people.values()])
        for category in need_categories():
            answers = [one.has_need(category) for one in people.values()]
            if set(answers) - {None}:
                yield from self._by(measure, f"need {category}", [_ANSWERS[answer] for answer in answers])

    def _count(self, measure: str, people: Mapping[str, NeedsAssessment]) -> ReportedLine:
        return self._line(measure, Section.OUTPUT, value=len(people))

    def _by(self, measure: str, breakdown: str, items: Iterable[str]) -> Iterator[ReportedLine]:
        for item, number in sorted(Counter(items).items()):
            yield self._line(measure, Section.OUTPUT, breakdown=breakdown, item=(item,), value=number)

    def _better(self) -> Iterator[ReportedLine]:
        people = _people(self.closed)
        for category, measure in improvement_measures().items():
            courses = [
                course
                for one in people.values()
                if (course := one.course(category, until=self.period.last)) is not None
            ]
            twice = [course for course in courses if course.change is not None]
            if courses:
                better = sum(course.towards is Towards.BETTER for course in twice)
                yield self._line(
                    measure, Section.OUTCOME, numerator=better, denominator=len(twice), eligible=len(courses)
                )

    def _line(
        self,
        measure: str,
        section: Section,
        *,
        breakdown: str | None = None,
        item: tuple[str, ...] = (),
        value: int | None = None,
        numerator: int | None = None,
        denominator: int | None = None,
        eligible: int | None = None,
    ) -> ReportedLine:
        return ReportedLine(
            provider=self.provider,
            service=self.service,
            period=self.period,
            section=section,
            measure=measure,
            breakdown=breakdown,
            item=item,
            value=value,
            numerator=numerator,
            denominator=denominator,
            eligible=eligible,
        )


def _people(records: Iterable[NeedsAssessment]) -> dict[str, NeedsAssessment]:
    """One record for each victim: the one that began first."""
    people: dict[str, NeedsAssessment] = {}
    for record in sorted(records, key=lambda one: (one.began_on, one.reference)):
        people.setdefault(record.victim, record)
    return people


def _notes(given: Sequence[NeedsAssessment], named: Sequence[NeedsAssessment], cohort: _Cohort) -> Iterator[str]:
    """What was not counted, or was taken for another thing, with its number."""
    unnamed, counted = sum(one.service is None for one in given), cohort.records
    consent = [passed.consent for one in counted for passed in cohort.onward(one)]
    said = {
        "Records that name no service and are not counted": unnamed if cohort.service is not None else 0,
        "Records opened by mistake, which are not counted": len(named) - len(counted),
        "Records that began after the period and are not counted": sum(
            one.began_on > cohort.period.last for one in counted
        ),
        "Records without the day they were opened; the first assessment was taken": sum(
            one.opened_on is None for one in counted
        ),
        "Victims with more than one record, counted once": sum(
            number > 1 for number in Counter(one.victim for one in counted).values()
        ),
        "Times a victim was passed on without consent on record, which are not counted": len(consent)
        - consent.count(True),
    }
    yield from (f"{what}: {number}." for what, number in said.items() if number)
