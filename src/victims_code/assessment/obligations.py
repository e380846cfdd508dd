"""An obligation: one duty, owed to one victim, because of one event."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from victims_code.assessment.clock import Reckoning, reckon
from victims_code.assessment.eligibility import Entitlement, truth_word
from victims_code.assessment.explanation import Explanation
from victims_code.assessment.pairing import discharge_of, good_reasons_for, suspended_by
from victims_code.assessment.record import Known, Record
from victims_code.assessment.status import Status, Track, status_of
from victims_code.cases import Event
from victims_code.conditions import Finding, Truth
from victims_code.documents import Plain
from victims_code.law import Duty, Edition, Law
from victims_code.working_days import WorkingDayCalendar

__all__ = ["Obligation", "Setting", "obligation_for"]

_CERTAIN = Finding(True)
RECEIVED = "received"
"""How a missing receipt is listed among the missing facts."""


@frozen(kw_only=True)
class Setting:
    """What all obligations of an assessment share."""

    as_at: date
    record: Record
    calendar: WorkingDayCalendar
    law: Law


@frozen(kw_only=True)
class Obligation:
    """One duty, owed to one victim, because of one event.

    ``victim`` is None where the duty is owed to another body. ``due_on`` is the standard date when the track is
    unknown, and ``due_on_if_enhanced`` then the other. ``days_late`` counts working days after the due date, is 0 if
    nothing is late, and None where it cannot be said. ``applies`` is True, or None where facts are missing.
    """

    duty: Duty
    edition: Edition = field(repr=False)
    victim: str | None
    trigger: Event = field(repr=False)
    applies: Truth
    track: Track
    due_on: date | None
    due_on_if_enhanced: date | None
    discharged_on: date | None
    status: Status
    days_late: int | None
    missing_facts: tuple[str, ...]
    used_facts: tuple[str, ...]
    discharge: Event | None = field(repr=False)
    suspension: Event | None = field(repr=False)
    good_reasons: tuple[Event, ...] = field(repr=False)
    entitlement: Entitlement | None = field(repr=False)
    setting: Setting = field(repr=False, eq=False)

    @property
    def triggered_on(self) -> date:
        """The civil date of the event that started the duty."""
        return self.trigger.on

    @property
    def owed_by(self) -> tuple[str, ...]:
        """The bodies that owe it; of several, the one that acted or decided."""
        return self.duty.owed_by

    def explain(self) -> Explanation:
        """Why it is owed, when it is due and where it stands: a tree of steps, built when it is asked for."""
        from victims_code.assessment.explaining import explain_obligation

        return explain_obligation(self, self.setting.law)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> dict[str, Plain]:
        """The obligation as plain values, as it stands in the JSON result."""
        return {
            "duty": self.duty.id,
            "title": self.duty.title,
            "edition": self.edition.id,
            "part": self.edition.part_label(self.duty.part),
            "force": self.duty.force.value,
            "victim": self.victim,
            "suspect": self.trigger.suspect,
            "hearing": self.trigger.hearing,
            "owed_by": list(self.duty.owed_by),
            "owed_to": self.duty.owed_to,
            "applies": truth_word(self.applies),
            "track": self.track.value,
            "trigger": self.trigger.event,
            "triggered_on": self.trigger.on.isoformat(),
            "due_on": _iso(self.due_on),
            "due_on_if_enhanced": _iso(self.due_on_if_enhanced),
            "discharged_on": _iso(self.discharged_on),
            "status": self.status.value,
            "days_late": self.days_late,
            "good_reason": bool(self.good_reasons),
            "evidence": self.duty.evidence.value,
            "missing_facts": list(self.missing_facts),
            "used_facts": list(self.used_facts),
            "readings": list(self.duty.readings),
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def obligation_for(
    duty: Duty,
    edition: Edition,
    trigger: Event,
    victim: str | None,
    known: Known,
    entitlement: Entitlement | None,
    setting: Setting,
) -> Obligation | None:
    """The obligation a trigger starts for a victim under a duty, or None if the duty certainly does not apply."""
    applies = _applies(duty, trigger, known, entitlement)
    if applies.truth is False:
        return None
    record, calendar, as_at = setting.record, setting.calendar, setting.as_at
    suspension = suspended_by(duty, trigger.on, victim, record)
    discharge = discharge_of(duty, trigger, victim, record)
    discharged_on = _discharged_on(duty, trigger, discharge, as_at)
    track, findings = _track(duty, entitlement)
    limits = {Track.ENHANCED: (duty.deadline.enhanced,), Track.UNKNOWN: (duty.deadline.standard, duty.deadline.enhanced)}
    reckonings = [reckon(limit, trigger, record, calendar) for limit in limits.get(track, (duty.deadline.standard,))]
    statuses = {_status(duty, trigger, reckoning, discharged_on, as_at) for reckoning in reckonings}
    status = _whole_status(statuses, applies.truth, discharged_on, suspension)
    return Obligation(
        duty=duty,
        edition=edition,
        victim=victim,
        trigger=trigger,
        applies=applies.truth,
        track=track,
        due_on=reckonings[0].due_on,
        due_on_if_enhanced=reckonings[1].due_on if track is Track.UNKNOWN else None,
        discharged_on=discharged_on,
        status=status,
        days_late=_days_late(reckonings, status, discharged_on or as_at, calendar),
        missing_facts=_missing(applies, findings, reckonings, duty, trigger, status),
        used_facts=tuple(dict.fromkeys((*applies.used, *findings.used))),
        discharge=discharge,
        suspension=suspension,
        good_reasons=good_reasons_for(duty, trigger, victim, record),
        entitlement=entitlement,
        setting=setting,
    )


def _applies(duty: Duty, trigger: Event, known: Known, entitlement: Entitlement | None) -> Finding:
    """Whether the duty applies: the person is entitled, and the duty's own condition holds."""
    entitled = _CERTAIN if entitlement is None else entitlement.entitled
    if duty.applies_when is None:
        return entitled
    own = duty.applies_when.find(known.on(trigger.on))
    if own.truth is False or entitled.truth is False:
        return own if own.truth is False else entitled
    truth = True if own.truth and entitled.truth else None
    return Finding(truth, (*entitled.used, *own.used), (*entitled.missing, *own.missing))


def _track(duty: Duty, entitlement: Entitlement | None) -> tuple[Track, Finding]:
    if duty.deadline.single or entitlement is None:
        return Track.SINGLE, _CERTAIN
    enhanced = entitlement.enhanced
    return {True: Track.ENHANCED, False: Track.STANDARD, None: Track.UNKNOWN}[enhanced.truth], enhanced


def _discharged_on(duty: Duty, trigger: Event, discharge: Event | None, as_at: date) -> date | None:
    if duty.discharged_by is not None and duty.discharged_by.receipt:
        received = trigger.received_on
        return received if received is not None and received <= as_at else None
    return None if discharge is None else discharge.on


def _status(duty: Duty, trigger: Event, reckoning: Reckoning, discharged_on: date | None, as_at: date) -> Status:
    status = status_of(reckoning, discharged_on, as_at)
    if status is Status.OVERDUE and _receipt_missing(duty, trigger):
        return Status.CANNOT_TELL  # reading receipt-discharges: no receipt on record is a missing fact
    return status


def _receipt_missing(duty: Duty, trigger: Event) -> bool:
    return duty.discharged_by is not None and duty.discharged_by.receipt and trigger.received_on is None


def _whole_status(
    statuses: set[Status], applies: Truth, discharged_on: date | None, suspension: Event | None
) -> Status:
    """One status out of those each possible limit gives (readings *unknown-facts*, *unknown-applicability*)."""
    if suspension is not None:
        return Status.SUSPENDED
    if len(statuses) > 1 or (applies is None and discharged_on is None):
        return Status.CANNOT_TELL
    (status,) = statuses
    return status


def _days_late(
    reckonings: list[Reckoning], status: Status, until: date, calendar: WorkingDayCalendar
) -> int | None:
    if status in (Status.OVERDUE, Status.MET_LATE):
        counts = {calendar.count(r.due_on, until) for r in reckonings if r.due_on is not None}
        return counts.pop() if len(counts) == 1 else None
    return 0 if status in (Status.NOT_YET_DUE, Status.DUE_TODAY, Status.MET) else None


def _missing(
    applies: Finding, track: Finding, reckonings: list[Reckoning], duty: Duty, trigger: Event, status: Status
) -> tuple[str, ...]:
    receipt = any(r.awaits_receipt for r in reckonings) or (
        status is Status.CANNOT_TELL and _receipt_missing(duty, trigger)
    )
    return tuple(dict.fromkeys((*applies.missing, *track.missing, *((RECEIVED,) if receipt else ()))))
