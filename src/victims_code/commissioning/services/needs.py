"""What a victim needs: assessed in eight categories, more than once, with the distance travelled between.

No names or addresses are held: a victim is a reference. Scores are exact numbers on a scale that says which way is
better; a category that was not scored is not known, and never nought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.commissioning.outcomes import OutcomeCategory, OutcomeFramework
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, never, word
from victims_code.conditions import Finding, Truth, Value
from victims_code.dates import Moment, add_months, civil_date, format_date
from victims_code.errors import UnknownNameError
from victims_code.figures import Direction
from victims_code.law import Evidence, load_law
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.documents import Plain, fields_as_plain
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction, each, readable
from victims_code.vocabulary import WhenUnstated, load_vocabulary


@frozen(kw_only=True)
class Route:
    """How a victim comes to a service; ``reported`` says what the route tells of a report to the police."""

    id: str
    title: str
    reported: bool | None


@frozen(kw_only=True)
class _NeedsFile(Sourced):
    framework: str
    routes: tuple[Route, ...]
    reasons_not_reported: tuple[Word, ...]
    journey: tuple[str, ...]
    journey_evidence: Evidence
    priority_groups: tuple[str, ...]


@cache
def need_categories() -> Mapping[str, OutcomeCategory]:
    """The eight categories of need in the order of the Framework of 2013.

    :raises LawDataError: if the data is broken.

    >>> len(need_categories())
    8
    """
    return by_id(OutcomeFramework.load(_file().framework).categories)


@cache
def _file() -> _NeedsFile:
    file = DataFile.open("commissioning/needs.yaml")
    read = file.one(_NeedsFile)
    for n, event in enumerate(read.journey):
        file.unknown(("journey", n), "event", event, load_vocabulary().events)
    for n, group in enumerate(read.priority_groups):
        file.unknown(("priority_groups", n), "category", group, load_vocabulary().categories)
    file.finish()
    return read


def routes() -> Mapping[str, Route]:
    """The ways by which a victim can come to a service."""
    return by_id(_file().routes)


def _reported_by(route: str) -> bool | None:
    """What a route tells of a report to the police; None also for a route that is not known."""
    found = routes().get(route)
    return None if found is None else found.reported


NeedName = Annotated[str, word("category of need", need_categories)]
_RouteName = Annotated[str, word("route", routes)]
_ReasonNotReported = Annotated[str, word("reason for not reporting", lambda: by_id(_file().reasons_not_reported))]
_FactName = Annotated[str, word("fact", lambda: load_vocabulary().facts)]
_EventName = Annotated[str, word("event", lambda: load_vocabulary().events)]


class Towards(StrEnum):
    """Which way a score has gone."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    NOT_KNOWN = "not-known"


@frozen(kw_only=True)
class NeedScale(CommissioningRecord):
    """The scale of the scores: its ends, and which way is better."""

    lowest: Decimal
    highest: Decimal
    direction: Direction

    checks = (
        never(
            "highest",
            lambda scale: scale.lowest >= scale.highest,
            faults.SCALE_WITHOUT_A_SPAN,
        ),
        never(
            "direction",
            lambda scale: scale.direction is Direction.DEMAND,
            faults.SCALE_OF_DEMAND,
        ),
    )

    def towards(self, change: Decimal | None) -> Towards:
        """Which way a change goes on this scale."""
        if change is None:
            return Towards.NOT_KNOWN
        if change == 0:
            return Towards.UNCHANGED
        return Towards.BETTER if (change > 0) == (self.direction is Direction.HIGHER_IS_BETTER) else Towards.WORSE


@frozen(kw_only=True)
class Consent(CommissioningRecord):
    """What the victim agreed to or refused, and when; a later one replaces an earlier one to the same thing."""

    to: str
    given: bool
    on: date


@frozen(kw_only=True)
class AssessedNeeds(CommissioningRecord):
    """One assessment: the day, and a score for each category that was looked at."""

    on: date
    scores: Mapping[NeedName, Decimal]
    by: str | None = None
    note: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class JourneyEvent(CommissioningRecord):
    """Something that happened in the case after which needs may have changed."""

    event: _EventName
    on: date


@frozen(kw_only=True)
class Distance:
    """How far a victim has come in one category between two assessments.

    ``change`` is the later score less the earlier one, None where either is missing; ``towards`` says which way it is.
    """

    category: str
    start_on: date
    end_on: date
    start: Decimal | None
    end: Decimal | None
    change: Decimal | None
    towards: Towards

    def to_dict(self) -> dict[str, Plain]:
        """The distance as plain values."""
        return fields_as_plain(self)


def _sorted(assessments: tuple[AssessedNeeds, ...]) -> list[AssessedNeeds]:
    return sorted(assessments, key=lambda assessed: assessed.on)


@frozen(kw_only=True)
class NeedsAssessment(CommissioningRecord):
    """The needs of one victim over time.

    :param reference: how the service calls this record.
    :param victim: how the case calls the victim; no name.
    :param route: how the victim came; see :func:`routes`.
    :param scale: the scale of all scores.
    :param assessments: one or more :class:`AssessedNeeds`, on different days.
    :param facts: facts of the victim and the offence by the names of a case file, for the priority groups.
    :raises CommissioningError: with every fault.

    >>> needs = NeedsAssessment.from_yaml('''
    ... reference: N-1
    ... victim: V1
    ... route: self-referral
    ... scale: {lowest: 0, highest: 10, direction: higher-is-better}
    ... assessments:
    ...   - {on: 2026-04-02, scores: {outlook-and-attitudes: 3, finance-and-benefits: 6}}
    ...   - {on: 2026-07-01, scores: {outlook-and-attitudes: 7.5}}
    ... facts: {domestic-abuse: true}
    ... ''')
    >>> [(d.category, str(d.change), d.towards.value) for d in needs.travelled(date(2026, 4, 2), date(2026, 7, 1))]
    [('finance-and-benefits', 'None', 'not-known'), ('outlook-and-attitudes', '4.5', 'better')]
    >>> {name: found.truth for name, found in needs.priority_groups(date(2026, 4, 2)).items()}
    {'most-serious-crime': True, 'persistently-targeted': False, 'vulnerable-or-intimidated': None}
    """

    reference: str
    victim: str
    route: _RouteName
    scale: NeedScale
    assessments: tuple[AssessedNeeds, ...]
    area: AreaName | None = None
    reported_on: date | None = None
    reasons_not_reported: tuple[_ReasonNotReported, ...] = ()
    consents: tuple[Consent, ...] = ()
    facts: Mapping[_FactName, bool] = field(factory=dict)
    journey: tuple[JourneyEvent, ...] = ()
    review_every_months: int | None = None

    def _scores_are_on_the_scale(self) -> Iterator[Contradiction]:
        for n, assessed in each(self, "assessments"):
            for category, score in readable(each(assessed, "scores")):
                if not self.scale.lowest <= score <= self.scale.highest:
                    lowest, highest = self.scale.lowest, self.scale.highest
                    fault = faults.SCORE_OUTSIDE_THE_SCALE.at(score=score, lowest=lowest, highest=highest)
                    yield Contradiction(("assessments", n, "scores", category), fault)

    def _reported_too_early(self) -> bool:
        first = min((assessed.on for assessed in self.assessments), default=None)
        return first is not None and self.reported_on is not None and self.reported_on < first

    checks = (
        never(
            "assessments",
            lambda needs: not needs.assessments,
            faults.NOTHING_ASSESSED,
        ),
        _scores_are_on_the_scale,
        all_different("assessments[].on", template=faults.TWO_ASSESSMENTS_OF_A_DAY),
        never(
            "reasons_not_reported",
            lambda needs: needs.reasons_not_reported and _reported_by(needs.route) is True,
            faults.POLICE_REFERRED_THE_VICTIM,
        ),
        never(
            "reported_on",
            lambda needs: _reported_by(needs.route) is False and needs._reported_too_early(),
            faults.NOT_REPORTED_AND_REPORTED,
        ),
        never(
            "review_every_months",
            lambda needs: needs.review_every_months is not None and needs.review_every_months < 1,
            faults.REVIEW_TOO_SOON,
        ),
    )

    @property
    def reported(self) -> Truth:
        """Whether the crime was known to the police: True, False, or None where the record does not say."""
        if self.reported_on is not None:
            return True
        return routes()[self.route].reported

    def consent_to(self, purpose: str, on: Moment) -> Truth:
        """Whether the victim agreed to something on a day: True, False, or None if never asked by then."""
        day = civil_date(on)
        said = [consent for consent in self.consents if consent.to == purpose and consent.on <= day]
        return max(said, key=lambda consent: consent.on).given if said else None

    def assessed_on(self, on: Moment) -> AssessedNeeds:
        """The assessment of a day.

        :raises UnknownNameError: if there is none of that day, naming the days there are.
        """
        day = civil_date(on)
        for assessed in self.assessments:
            if assessed.on == day:
                return assessed
        known = ", ".join(assessed.on.isoformat() for assessed in _sorted(self.assessments))
        raise UnknownNameError(faults.NO_ASSESSMENT_OF_THAT_DAY.at(self.reference, day=format_date(day), known=known))

    def travelled(self, start_on: Moment, end_on: Moment) -> tuple[Distance, ...]:
        """The distance travelled between the assessments of two days, for each category scored in either.

        :raises UnknownNameError: if there is no assessment of one of the days.
        """
        start, end = self.assessed_on(start_on), self.assessed_on(end_on)
        return tuple(self._distance(category, start, end) for category in sorted({*start.scores, *end.scores}))

    def _distance(self, category: str, start: AssessedNeeds, end: AssessedNeeds) -> Distance:
        before, after = start.scores.get(category), end.scores.get(category)
        change = None if before is None or after is None else after - before
        return Distance(
            category=category,
            start_on=start.on,
            end_on=end.on,
            start=before,
            end=after,
            change=change,
            towards=self.scale.towards(change),
        )

    def priority_groups(self, on: Moment) -> Mapping[str, Finding]:
        """Which of the priority groups the victim belongs to, each true, false or not known with what is missing.

        The groups are those of Enhanced Rights in the Code that governs the day. Because needs have been assessed,
        categories that nobody has asserted are false (reading *unknown-facts*); age and what follows from it is known
        only if it is stated as the fact ``under-18``.

        :raises UnknownNameError: if no Code that is encoded governs the day.
        """
        day = civil_date(on)
        law = load_law()
        info = law.info_on(day)
        if info is None or info.id not in law.editions:
            raise UnknownNameError(
                faults.NO_CODE_GOVERNS_THE_DAY.at(self.reference, day=format_date(day), encoded=", ".join(law.editions))
            )
        rules = law.editions[info.id].eligibility
        return {
            category.id: _any([criterion.when.find(self._known) for criterion in category.criteria])
            for category in rules.enhanced
            if category.id in _file().priority_groups
        }

    def _known(self, name: str) -> Value | None:
        if name in self.facts:
            return self.facts[name]
        if name == "capacity":
            return "person"
        silence = load_vocabulary().facts[name].silence
        if load_vocabulary().facts[name].derived is None and silence in (
            WhenUnstated.FALSE,
            WhenUnstated.CLOSED_BY_NEEDS_ASSESSMENT,
        ):
            return False
        return True if silence is WhenUnstated.TRUE else None

    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss with the assessments on a day: not looked at again, review overdue, consent not on record."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        done = [assessed.on for assessed in _sorted(self.assessments) if assessed.on <= as_at]
        if not done:
            return
        for step in self.journey:
            if step.event in _file().journey and step.on <= as_at and done[-1] < step.on:
                past = load_vocabulary().events[step.event].past
                what = f"On {format_date(step.on)} {past}, and needs have not been assessed since."
                yield finding("needs-looked-at-again", what, "Offer a new assessment.", about=self.reference)
        if self.review_every_months is not None:
            due = add_months(done[-1], self.review_every_months)
            if due < as_at:
                what = f"A review was due by {format_date(due)}; the last assessment is of {format_date(done[-1])}."
                yield finding("review-agreed", what, "Review the needs with the victim.", about=self.reference)
        consent = self.consent_to("assessment", done[0])
        if consent is not True:
            refused = consent is False
            yield finding(
                "consent-to-assessment",
                f"Consent to the assessment of {format_date(done[0])}"
                f" {'was refused' if refused else 'is not on record'}.",
                "Ask the victim, and record the answer and its day.",
                about=self.reference,
                outcome=RuleOutcome.BROKEN if refused else RuleOutcome.CANNOT_TELL,
                missing=() if refused else ("consents",),
            )


def _any(findings: list[Finding]) -> Finding:
    """True if any is true; not known if none is and one is not known."""
    met = [found for found in findings if found.truth]
    if met:
        return Finding(True, tuple(dict.fromkeys(name for found in met for name in found.used)))
    used = tuple(dict.fromkeys(name for found in findings for name in found.used))
    missing = tuple(dict.fromkeys(name for found in findings if found.truth is None for name in found.missing))
    return Finding(None, used, missing) if missing else Finding(False, used)
