"""What a victim needs: assessed in eight categories, more than once, with the distance travelled between.

No names or addresses are held: a victim is a reference. Scores are exact numbers on a scale that says which way is
better; a category that was not scored is not known, and never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Self

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.outcomes import OutcomeCategory, OutcomeFramework, Questionnaire
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.services.words import VictimGroup
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.conditions import Finding, Truth, Value
from victims_code.dates import Moment, add_months, civil_date, format_date
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import Direction
from victims_code.law import Evidence, load_law
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.documents import Plain, fields_as_plain
from victims_code.reading.partial import each, readable
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction
from victims_code.vocabulary import WhenUnstated, load_vocabulary


@frozen(kw_only=True)
class Route:
    """How a victim comes to a service; ``reported`` says what the route tells of a report to the police."""

    id: str
    title: str
    reported: bool | None


@frozen(kw_only=True)
class _NotCounted:
    why: str
    measures: tuple[str, ...]


@frozen(kw_only=True)
class _NeedsFile(Sourced):
    framework: str
    routes: tuple[Route, ...]
    reasons_not_reported: tuple[Word, ...]
    journey: tuple[str, ...]
    journey_evidence: Evidence
    priority_groups: tuple[str, ...]
    first_contact: tuple[Word, ...]
    closing_reasons: tuple[Word, ...]
    closing_evidence: Evidence
    improved: Mapping[str, str]
    changed: Mapping[str, str]
    counted: tuple[str, ...]
    not_counted: tuple[_NotCounted, ...]


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
    framework = OutcomeFramework.load(read.framework)
    for key, measures in (("improved", read.improved), ("changed", read.changed)):
        for category, measure in measures.items():
            file.unknown((key, category), "category of need", category, by_id(framework.categories))
            file.unknown((key, category), "measure", measure, by_id(framework.measures))
    file.finish()
    return read


def routes() -> Mapping[str, Route]:
    """The ways by which a victim can come to a service."""
    return by_id(_file().routes)


def first_contact_items() -> Mapping[str, str]:
    """What a victim is told of from first contact, by identifier with its title.

    >>> list(first_contact_items())
    ['advice-or-support', 'medical-support', 'specialist-support', 'alternative-accommodation']
    """
    return {item.id: item.title for item in _file().first_contact}


def closing_reasons() -> Mapping[str, str]:
    """Why support can end, by identifier with its title."""
    return {reason.id: reason.title for reason in _file().closing_reasons}


def improvement_measures() -> Mapping[str, str]:
    """The measure of a return that counts who has a better score at the end, for each category of need."""
    return _file().improved


def change_measures() -> Mapping[str, str]:
    """The measure of a return that gives the mean gain in a category of need, where there is one."""
    return _file().changed


def counted_measures() -> tuple[str, ...]:
    """The other measures of a return that are counted from records of needs."""
    return _file().counted


def measures_not_counted() -> Mapping[str, str]:
    """The measures that ship and are not counted from records of needs, each with the reason.

    >>> measures_not_counted()["spending"]
    'Money is counted from awards.'
    """
    return {measure: one.why for one in _file().not_counted for measure in one.measures}


def _reported_by(route: str) -> bool | None:
    """What a route tells of a report to the police; None also for a route that is not known."""
    found = routes().get(route)
    return None if found is None else found.reported


NeedName = Annotated[str, word("category of need", need_categories)]
_RouteName = Annotated[str, word("route", routes)]
_ReasonNotReported = Annotated[str, word("reason for not reporting", lambda: by_id(_file().reasons_not_reported))]
_ClosingReason = Annotated[str, word("reason for closing", closing_reasons)]
_FirstContactName = Annotated[str, word("thing to tell at first contact", first_contact_items)]
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
    """One assessment: the day, and a score for each category that was looked at.

    ``on_scales`` holds the score on each other scale, such as ``core-10``, as ``Questionnaire`` works it out.
    """

    on: date
    scores: Mapping[NeedName, Decimal]
    on_scales: Mapping[str, Decimal] = field(factory=dict)
    by: str | None = None
    note: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class ToldAtFirstContact(CommissioningRecord):
    """One thing that the victim was told of at first contact, and when; ``relevant`` is false if it was of no use."""

    known_from = "on"

    item: _FirstContactName
    on: date | None = None
    relevant: bool | None = None


@frozen(kw_only=True)
class OnwardReferral(CommissioningRecord):
    """The victim passed on to another service: with consent or not, and whether that took them."""

    comes_with = (("answered_on", "accepted"),)

    to: str
    on: date
    consent: bool | None = None
    accepted: bool | None = None
    answered_on: date | None = None
    note: str | None = field(default=None, repr=False)

    checks = (in_order("on", "answered_on"),)


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
    :param service: the reference of the service that supports the victim.
    :param group: the group of victims in which the service counts them.
    :param closed_on: the last day of support, and ``closed_because`` why it ended.
    :param other_scales: scales of the service's own beside ``scale``; questionnaires that ship need no entry.
    :param first_contact: what the victim was told of at first contact.
    :param onward: the services that the victim was passed on to.
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

    known_from = "opened_on"
    comes_with = (("closed_on", "closed_because"),)

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
    service: str | None = None
    group: VictimGroup | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    closed_because: _ClosingReason | None = None
    other_scales: Mapping[str, NeedScale] = field(factory=dict)
    first_contact: tuple[ToldAtFirstContact, ...] = ()
    onward: tuple[OnwardReferral, ...] = ()

    def _other_scores_are_on_their_scales(self) -> Iterator[Contradiction]:
        for n, assessed in each(self, "assessments"):
            for name, score in readable(each(assessed, "on_scales")):
                keys = ("assessments", n, "on_scales", name)
                try:
                    scale = self.scale_of(name)
                except UnknownNameError as problem:
                    yield from (Contradiction(keys, fault) for fault in problem.faults)
                    continue
                if not scale.lowest <= score <= scale.highest:
                    lowest, highest = scale.lowest, scale.highest
                    fault = faults.SCORE_OUTSIDE_THE_SCALE.at(score=score, lowest=lowest, highest=highest)
                    yield Contradiction(keys, fault)

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
        _other_scores_are_on_their_scales,
        in_order("opened_on", "closed_on"),
        never("closed_because", lambda needs: needs.closed_on and not needs.closed_because, faults.CLOSED_WITHOUT_WHY),
        never("closed_on", lambda needs: needs.closed_because and not needs.closed_on, faults.CLOSED_WITHOUT_A_DAY),
        all_different("first_contact[].item"),
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

    def known_on(self, on: date) -> Self | None:
        """The record as it was known on a day; None before it was opened, or first assessed if that is not stated."""
        known = super().known_on(on)
        return known if known is not None and (known.opened_on or known.assessments) else None

    @property
    def began_on(self) -> date:
        """The day support began: the day the record was opened, or of the first assessment if that is not stated."""
        return self.opened_on or _sorted(self.assessments)[0].on

    def open_on(self, on: Moment) -> bool:
        """Whether the record is open on a day; on the day it is closed it still is."""
        day = civil_date(on)
        return self.began_on <= day and (self.closed_on is None or day <= self.closed_on)

    def scale_of(self, name: str) -> NeedScale:
        """One of the other scales: the record's own of that name, or a questionnaire that ships.

        :raises UnknownNameError: if there is none of that name.
        """
        if name in self.other_scales:
            return self.other_scales[name]
        known = Questionnaire.names()
        if name not in known:
            nearest = did_you_mean(name, {*known, *self.other_scales})
            raise UnknownNameError(faults.NO_SUCH_NAME.at(self.reference, kind="scale", name=name, nearest=nearest))
        one = Questionnaire.load(name)
        return NeedScale(lowest=one.lowest, highest=one.highest, direction=one.direction)

    def course(self, name: str, *, until: Moment | None = None) -> Distance | None:
        """The distance from the first to the last score of a category or another scale; None if it was never scored.

        :param until: leave out assessments after this day.

        >>> needs = NeedsAssessment(reference="N", victim="V", route="self-referral",
        ...     scale=NeedScale(lowest=0, highest=10, direction="higher-is-better"),
        ...     assessments=(AssessedNeeds(on=date(2026, 4, 1), scores={}, on_scales={"core-10": 25}),
        ...                  AssessedNeeds(on=date(2026, 6, 1), scores={}, on_scales={"core-10": 12})))
        >>> needs.course("core-10").change, needs.course("core-10").towards.value
        (Decimal('-13'), 'better')
        """
        last = date.max if until is None else civil_date(until)
        scored = [
            (assessed.on, {**assessed.on_scales, **assessed.scores}[name])
            for assessed in _sorted(self.assessments)
            if assessed.on <= last and name in {**assessed.on_scales, **assessed.scores}
        ]
        if not scored:
            return None
        (start_on, start), (end_on, end) = scored[0], scored[-1]
        change = end - start if len(scored) > 1 else None
        scale = self.scale if name in need_categories() else self.scale_of(name)
        return Distance(
            category=name,
            start_on=start_on,
            end_on=end_on,
            start=start,
            end=end if len(scored) > 1 else None,
            change=change,
            towards=scale.towards(change),
        )

    @checked
    def has_need(self, category: NeedName, *, until: date | None = None) -> Truth:
        """Whether the victim had a need at the first score of a category; None where it was never scored.

        A score at the good end of the scale is no need.

        :param until: leave out assessments after this day.
        """
        seen = [one for one in _sorted(self.assessments) if until is None or one.on <= until]
        first = next((one.scores[category] for one in seen if category in one.scores), None)
        if first is None:
            return None
        best = self.scale.highest if self.scale.direction is Direction.HIGHER_IS_BETTER else self.scale.lowest
        return first != best

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The assessments to come of a record that is open: after events of the case, and as often as was agreed."""
        return by_day(self._due(on)) if self.open_on(on) and self.closed_on is None else ()

    def _due(self, on: date) -> Iterator[DueItem]:
        done = [assessed.on for assessed in _sorted(self.assessments) if assessed.on <= on]
        if not done:
            yield self._assessment_due(None, f"Assess the needs of {self.victim}.")
            return
        for step in self._not_looked_at_since(done[-1], on):
            past = load_vocabulary().events[step.event].past
            what = f"Offer {self.victim} a new assessment of needs: {past}."
            yield DueItem(
                day=step.on, what=what, about=self.reference, owner=self.service or "", kind=DueKind.ASSESSMENT
            )
        if self.review_every_months is not None:
            day = add_months(done[-1], self.review_every_months)
            yield self._assessment_due(day, f"Review the needs of {self.victim}.")

    def _assessment_due(self, day: date | None, what: str) -> DueItem:
        return DueItem(day=day, what=what, about=self.reference, owner=self.service or "", kind=DueKind.ASSESSMENT)

    def _not_looked_at_since(self, last: date, on: date) -> Iterator[JourneyEvent]:
        for step in self.journey:
            if step.event in _file().journey and step.on <= on and last < step.on:
                yield step

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
        categories that no one has asserted are false (reading *unknown-facts*); age and what follows from it is known
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

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss with the assessments on a day: not looked at again, review overdue, consent not on record.

        A record that is closed is not asked for a new assessment.
        """
        day = civil_date(as_at)
        told = self._first_contact_findings() if self.closed_on is None or day < self.closed_on else ()
        return (*self._findings(day), *told, *self._onward_findings(day))

    def _first_contact_findings(self) -> Iterator[RuleFinding]:
        told = {one.item for one in self.first_contact if one.on is not None or one.relevant is False}
        missing = [title for item, title in first_contact_items().items() if item not in told]
        if missing:
            yield finding(
                "told-at-first-contact",
                f"The record does not say that the victim was told of: {'; '.join(missing)}.",
                "Tell the victim, and tick each off in `first_contact` with its day.",
                about=self.reference,
                outcome=RuleOutcome.CANNOT_TELL,
                missing=("first_contact",),
            )

    def _onward_findings(self, as_at: date) -> Iterator[RuleFinding]:
        for passed in self.onward:
            if passed.on > as_at:
                continue
            if passed.consent is not True:
                refused = passed.consent is False
                yield finding(
                    "passed-on-with-consent",
                    f"The victim was passed on to {passed.to} on {format_date(passed.on)}"
                    f" {'against their will' if refused else 'and whether they agreed is not on record'}.",
                    "Tell the service to stop." if refused else "Ask the victim, and record the answer.",
                    about=self.reference,
                    outcome=RuleOutcome.BROKEN if refused else RuleOutcome.CANNOT_TELL,
                    missing=() if refused else ("consent",),
                )
            if passed.accepted is None:
                yield finding(
                    "passed-on-with-consent",
                    f"It is not known whether {passed.to} took the victim on {format_date(passed.on)} or later.",
                    "Ask the service, and record the answer.",
                    about=self.reference,
                    outcome=RuleOutcome.CANNOT_TELL,
                    missing=("accepted",),
                )

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        done = [assessed.on for assessed in _sorted(self.assessments) if assessed.on <= as_at]
        if not done:
            return
        closed = self.closed_on is not None and self.closed_on <= as_at
        for step in () if closed else self._not_looked_at_since(done[-1], as_at):
            past = load_vocabulary().events[step.event].past
            what = f"On {format_date(step.on)} {past}, and needs have not been assessed since."
            yield finding("needs-looked-at-again", what, "Offer a new assessment.", about=self.reference)
        if self.review_every_months is not None and not closed:
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
