"""Where the gaps are: what an area is known to need, by district, and which services meet each need there.

A gap that is known and a gap that may be none, because records do not say enough, are told apart everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, DueKind
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.powers.places import PlaceName, authorities_of, place
from victims_code.commissioning.records import CommissioningRecord, Typed, as_known
from victims_code.commissioning.services.directory import Directory
from victims_code.commissioning.services.needs import NeedName, need_categories
from victims_code.commissioning.services.service import Service
from victims_code.commissioning.services.words import VictimGroup
from victims_code.commissioning.validators import never, word
from victims_code.dates import Moment, add_months, civil_date
from victims_code.decimals import rounded
from victims_code.errors import WrongValueError
from victims_code.figures import ReportingPeriod
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class _StatisticsFile(Sourced):
    statistics: tuple[Word, ...]


@cache
def area_statistics() -> dict[str, str]:
    """What an assessment of an area counts, by identifier with its title.

    :raises LawDataError: if the data is broken.

    >>> list(area_statistics())[:2]
    ['recorded-crime', 'anti-social-behaviour']
    """
    read = DataFile.open("commissioning/area-statistics.yaml").one(_StatisticsFile)
    return {one.id: one.title for one in read.statistics}


_Statistic = Annotated[str, word("figure of an area", area_statistics)]


@frozen(kw_only=True)
class AreaFigure(CommissioningRecord):
    """A figure of crime or need in a place: how many in a period, and among how many people.

    >>> figure = AreaFigure(counted="recorded-crime", place="Shropshire", number=18450, population=327000,
    ...                     period="2025-26", source="Police recorded crime tables")
    >>> figure.rate
    Decimal('56.4')
    """

    counted: _Statistic
    number: int
    period: str
    source: str
    place: PlaceName | None = None
    group: VictimGroup | None = None
    need: NeedName | None = None
    population: int | None = None
    note: str | None = None

    def _is_of_a_period(self) -> Iterator[Contradiction]:
        try:
            ReportingPeriod.parse(self.period)
        except WrongValueError as problem:
            yield from (Contradiction(("period",), fault) for fault in problem.faults)

    checks = (
        _is_of_a_period,
        never("number", lambda figure: figure.number < 0, faults.NEGATIVE_NUMBER),
        never(
            "population", lambda figure: figure.population is not None and figure.population < 1, faults.NO_PEOPLE_THERE
        ),
    )

    @property
    def rate(self) -> Decimal | None:
        """How many for every thousand people, to one place; None where the population is not known."""
        return None if self.population is None else rounded(Fraction(self.number, self.population) * 1000, 1)


@frozen(kw_only=True)
class AreaNeedsAssessment(CommissioningRecord):
    """What an area's victims need: crime and anti-social behaviour, surveys, and what people said.

    :param assessed_on: the day it was agreed, and ``review_by`` the day by which it is to be made anew.
    """

    reference: str
    area: AreaName
    assessed_on: date
    title: str | None = None
    engaged_on: date | None = None
    review_by: date | None = None
    owner: str | None = None
    figures: tuple[AreaFigure, ...] = ()
    findings: tuple[str, ...] = ()

    checks = (
        never(
            "review_by",
            lambda one: one.review_by is not None and one.review_by <= one.assessed_on,
            faults.ENDS_BEFORE_IT_BEGINS,
        ),
    )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The next assessment of the area's needs; without a day of its own, a year after this one has no day."""
        what = f"Assess anew what victims in the area need ({self.title or self.reference})."
        if self.review_by is None and add_months(self.assessed_on, 12) > on:
            return ()
        return (
            DueItem(
                day=self.review_by, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.ASSESSMENT
            ),
        )


class GapState(StrEnum):
    """Whether a need is met in a place."""

    MET = "met"
    IN_PART = "in-part"
    NOT_KNOWN = "not-known"
    NONE = "none"


@frozen(kw_only=True)
class Gap(Typed):
    """One need, or group, in one district, with the services that meet it, that do so in a part, or that may.

    ``part`` holds services open only to a part of the district or to some groups of victims, ``unsure`` those whose
    record does not say enough.
    """

    of: str
    place: str
    met: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.of}, {0.place}: {0.state}")

    @property
    def state(self) -> GapState:
        """Whether it is met: a service known to meet it goes before one that may."""
        if self.met:
            return GapState.MET
        return GapState.IN_PART if self.part else GapState.NOT_KNOWN if self.unsure else GapState.NONE

    def to_dict(self) -> dict[str, Plain]:
        """The gap as plain values."""
        listed = {name: list(getattr(self, name)) for name in ("met", "part", "unsure")}
        return {"of": self.of, "place": self.place, "state": self.state.value, **listed}


@checked
def gap_map(
    directory: Directory, *, area: AreaName, on: Moment, by: str = "need", group: VictimGroup | None = None
) -> tuple[Gap, ...]:
    """Which need, or group of victims, is met in which district of a police area on a day.

    A need is met where a service is for everyone, or for the ``group`` that is asked about; a service for other groups
    alone meets it in part.

    :param by: ``need`` or ``group``.
    :param group: look only at what this group of victims can use; with ``by="need"``.

    >>> directory = Directory.from_yaml('''
    ... with_national: false
    ... services:
    ...   - {reference: S1, name: Money advice, kind: drop-in, provider: A charity, arrangement: not-commissioned,
    ...      areas: [west-mercia], within: [Worcestershire], needs: [finance-and-benefits], everybody: true}
    ... ''')
    >>> gaps = {(gap.of, gap.place): gap.state.value for gap in gap_map(directory, area="22", on=date(2026, 4, 1))}
    >>> gaps["finance-and-benefits", "Redditch"], gaps["finance-and-benefits", "Shropshire"]
    ('met', 'none')
    """
    day = civil_date(on)
    words = need_categories() if by == "need" else directory.vocabulary.groups
    running = list(directory.all_on(day))
    return tuple(_gap(of, one.title, running, by, group) for of in words for one in authorities_of(area))


def _gap(of: str, district: str, services: Iterable[Service], by: str, group: str | None) -> Gap:
    found: dict[str, list[str]] = {"met": [], "part": [], "unsure": []}
    for service in services:
        answers = (_in_place(service, district), _fits(service, of, by, group))
        if "no" not in answers:
            found[max(answers, key=list(found).index)].append(service.name)
    return Gap(of=of, place=district, **{name: tuple(names) for name, names in found.items()})


def _in_place(service: Service, district: str) -> str:
    """Whether a service is open in a district: ``met``, only in a ``part`` of it, ``unsure`` or ``no``."""
    there = service.serves_place(district)
    if there is not None:
        return "met" if there else "no"
    return "part" if any(place(part).covers(place(district)) is None for part in service.within) else "unsure"


def _fits(service: Service, of: str, by: str, group: str | None) -> str:
    """Whether a service meets a need, or is for a group; for some people alone it does in part."""
    answers = [service.is_for(of)] if by == "group" else [service.meets(of)]
    if by == "need" and group is not None:
        answers.append(service.is_for(group))
    if False in answers:
        return "no"
    if None in answers:
        return "unsure"
    if by == "need" and group is None and not service.everybody:
        return "part" if service.groups else "unsure"
    return "met"


@checked
def figures_for(assessment: AreaNeedsAssessment, gap: Gap) -> Iterator[AreaFigure]:
    """The figures of an assessment that are of a gap's need or group, in its district or the whole area."""
    for figure in assessment.figures:
        here = figure.place is None or place(figure.place).covers(place(gap.place)) is not False
        if here and gap.of in (figure.need, figure.group):
            yield figure
