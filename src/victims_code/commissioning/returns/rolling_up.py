"""From records of needs to the lines of a return, so that no figure is counted by hand or typed twice.

People are counted, not records: a victim with two records is one. Numbers are as they are; small ones are hidden when a
return is published, as those of every other return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeGuard

from attrs import define, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes.measures import Section
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.publishing import return_to_csv
from victims_code.commissioning.services import (
    NeedsAssessment,
    OnwardReferral,
    change_measures,
    improvement_measures,
    need_categories,
)
from victims_code.commissioning.services.needs import Distance, Towards
from victims_code.conditions import Truth
from victims_code.decimals import rounded
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import Direction, ReportingPeriod

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

    Every count of people is given in all, by group of victims, and for each category of need by whether the victim had
    the need at the first score. All have the same parts, and zero where there are none. Whoever had support in the
    period was in support on its first day or began in it, and left in it or is in support on its last day: a victim who
    has another record open has not left. Who is better is told of those who left: of how many with two scores, and how
    many were scored at all.

    Some measures are not counted from records of needs; ``services.measures_not_counted`` says which and why.

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


@define(kw_only=True, slots=False, frozen=True)
class _Cohort:
    records: Sequence[NeedsAssessment]
    period: ReportingPeriod
    provider: str
    service: str | None

    def lines(self) -> Iterator[ReportedLine]:
        for measure, people in self.counted.items():
            yield self._count(measure, len(people))
            yield from self._in_parts(measure, people)
        began = [self.people[victim] for victim in self.counted["started-support"]]
        reasons = [reason for one in began for reason in one.reasons_not_reported]
        yield self._count("reasons-not-reported", len(reasons))
        for reason, number in sorted(Counter(reasons).items()):
            yield self._count("reasons-not-reported", number, breakdown="reason", item=(reason,))
        for category in need_categories():
            yield from self._of_scores(category)

    @cached_property
    def counted(self) -> Mapping[str, set[str]]:
        """Who is counted in each measure, by reference."""
        supported = self._who(self._in_support)
        carried = self._who(lambda one: self._is_open(one, self.period.first - timedelta(days=1)))
        still = self._who(lambda one: self._is_open(one, self.period.last))
        return {
            "carried-over": carried,
            "started-support": supported - carried,
            "supported": supported,
            "closed": supported - still,
            "in-support": still,
            "needs-assessed": self._who(lambda one: any(self._within(assessed.on) for assessed in one.assessments)),
            "referred-on": self._who(lambda one: any(passed.consent for passed in self.onward(one))),
            "reported-before-support": {victim for victim in supported if self._had_reported(self.people[victim])},
            "reported-after-support": self._who(
                lambda one: self._within(one.reported_on) and one.reported_on > one.began_on
            ),
        }

    @cached_property
    def people(self) -> Mapping[str, NeedsAssessment]:
        """One record for each victim, in all measures the same: the first in which they have support in the period."""
        people: dict[str, NeedsAssessment] = {}
        for record in sorted(self.records, key=lambda one: (not self._in_support(one), one.began_on, one.reference)):
            people.setdefault(record.victim, record)
        return people

    def _who(self, test: Callable[[NeedsAssessment], bool]) -> set[str]:
        return {one.victim for one in self.records if test(one)}

    @staticmethod
    def _had_reported(record: NeedsAssessment) -> bool:
        before = record.reported_on is None or record.reported_on <= record.began_on
        return record.reported is True and before

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

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, str]]:
        """By what people are broken down, and in which part each of them is."""
        counted = sorted(set().union(*self.counted.values()))
        found = {"group": {victim: self.people[victim].group or _NOT_STATED for victim in counted}}
        for category in need_categories():
            answers = {victim: self.people[victim].has_need(category, until=self.period.last) for victim in counted}
            if set(answers.values()) - {None}:
                found[f"need {category}"] = {victim: _ANSWERS[answer] for victim, answer in answers.items()}
        return found

    def _in_parts(self, measure: str, people: set[str]) -> Iterator[ReportedLine]:
        for breakdown, part_of in self.parts.items():
            numbers = Counter(part_of[victim] for victim in people)
            for item in sorted(set(part_of.values())):
                yield self._count(measure, numbers[item], breakdown=breakdown, item=(item,))

    def courses(self, category: str) -> list[tuple[NeedsAssessment, Distance]]:
        """From the first to the last score of everyone who left, where there is any."""
        left = [self.people[victim] for victim in sorted(self.counted["closed"])]
        found = [(one, one.course(category, until=self.period.last)) for one in left]
        return [(one, course) for one, course in found if course is not None]

    def _of_scores(self, category: str) -> Iterator[ReportedLine]:
        courses = self.courses(category)
        twice = [(one, course) for one, course in courses if course.change is not None]
        if not courses:
            return
        better = sum(course.towards is Towards.BETTER for _, course in twice)
        yield self._line(
            improvement_measures()[category],
            Section.OUTCOME,
            numerator=better,
            denominator=len(twice),
            eligible=len(courses),
        )
        if category in change_measures() and twice and len({one.scale for one, _ in twice}) == 1:
            yield self._line(
                change_measures()[category],
                Section.OUTCOME,
                mean=_mean_gain(twice),
                denominator=len(twice),
                eligible=len(courses),
            )

    def _count(
        self, measure: str, number: int, *, breakdown: str | None = None, item: tuple[str, ...] = ()
    ) -> ReportedLine:
        return self._line(measure, Section.OUTPUT, breakdown=breakdown, item=item, value=number)

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
        mean: Decimal | None = None,
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
            mean=mean,
        )


def _mean_gain(courses: Sequence[tuple[NeedsAssessment, Distance]]) -> Decimal:
    """The mean change, counted so that more is better, to four places."""
    scale = courses[0][0].scale
    total = sum((Fraction(course.change or 0) for _, course in courses), Fraction())
    gain = total if scale.direction is Direction.HIGHER_IS_BETTER else -total
    return rounded(gain / len(courses), 4)


def _notes(given: Sequence[NeedsAssessment], named: Sequence[NeedsAssessment], cohort: _Cohort) -> Iterator[str]:
    """What was not counted, or was taken for another thing, with its number."""
    unnamed, counted = sum(one.service is None for one in given), cohort.records
    scales = [
        {one.scale for one, course in cohort.courses(category) if course.change is not None}
        for category in change_measures()
    ]
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
        "Victims in support of whom it is not known whether the crime was reported": sum(
            cohort.people[victim].reported is None for victim in cohort.counted["supported"]
        ),
        "Mean gains that are left out because people were scored on different scales": sum(
            len(found) > 1 for found in scales
        ),
    }
    yield from (f"{what}: {number}." for what, number in said.items() if number)
