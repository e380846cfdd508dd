"""An obligation: one duty, owed to one victim, because of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.clock import Clock, Period, run_clock
from victims_code.assessment.eligibility import Entitlement, Person
from victims_code.assessment.explanations.obligations import explain_obligation
from victims_code.assessment.explanations.steps import Explanation
from victims_code.assessment.identity import RecordIdentity, mark_of
from victims_code.assessment.pairing import discharge_of, good_reasons_for, wish_on
from victims_code.assessment.questions import missing_of
from victims_code.assessment.record import Known, Record
from victims_code.assessment.status import (
    CANNOT_TELL,
    DUE_TODAY,
    ENHANCED,
    MET,
    MET_LATE,
    NOT_YET_DUE,
    OVERDUE,
    SINGLE,
    STANDARD,
    SUSPENDED,
    UNKNOWN,
    Urgency,
    status_of,
)
from victims_code.cases import Event
from victims_code.conditions import Finding, Truth, all_found, truth_word
from victims_code.figures import publication_defaults
from victims_code.law import Duty, Edition, Law, Limit
from victims_code.plain import PlainObligation
from victims_code.printable import one_line, one_line_repr
from victims_code.vocabulary import OFFENCE_VICTIMS, RECEIVED, MissingFact, Status, Track
from victims_code.working_days import WorkingDayCalendar

_CERTAIN = Finding(True)


@frozen(kw_only=True)
class Setting:
    """What all obligations of an assessment share."""

    as_at: date
    record: Record
    calendar: WorkingDayCalendar
    law: Law
    known_on: date | None = None
    spokespersons: Mapping[str, Sequence[Person]] = field(factory=dict)
    """Who hears and speaks for each victim of the case, by the reference of the victim."""
    people: Mapping[str, Person] = field(factory=dict, repr=False)
    """Everyone of the case by reference."""

    __repr__ = one_line_repr("{0.record.case.reference} as at {0.as_at}")


@frozen(kw_only=True, slots=False)  # made by the dozen for every case, and made faster without slots
class Obligation:
    """One duty, owed to one victim, because of one event.

    Made by :meth:`victims_code.VictimsCode.assess`. Dates are civil dates in London.
    """

    duty: Duty
    """The duty that is owed: its title, deadline, sources and how sure they are."""
    edition: Edition
    """The edition of the Code that governs it: the one in force on the day it began."""
    victim: str | None
    """The reference of the victim to whom it is owed; None where it is owed to another body."""
    trigger: Event
    """The record that started it; of a duty that no event starts, the first event of the case under the edition."""
    triggered_on: date
    """The day on which it began: that of the event, or the first day of the period."""
    period: Period | None
    """Which period it is of a duty that recurs; None for every other duty."""
    track: Track
    """Which deadline applies: standard, Enhanced Rights, the same for everyone, or not known."""
    due_on: date | None
    """The due date, and where the track is not known the standard one; None where there is none, or none is known."""
    due_on_if_enhanced: date | None
    """The due date with Enhanced Rights, where the track is not known; otherwise None."""
    act_by: date | None
    """The last day on which doing it is certainly in time: the earliest of the due dates that are possible."""
    discharged_on: date | None
    """The day on which a record shows it done; None where none does."""
    status: Status
    """Where it stands on the day of assessment."""
    days_late: int | None
    """Working days after the due date: 0 where nothing is late, None where it cannot be said."""
    _applicability: Finding
    _enhancement: Finding
    receipt_missing: bool
    """Whether a receipt that starts the clock, or that alone shows the duty done, is not on record."""
    discharge: Event | None
    """The record that shows it done; None where none does, or where the receipt of the trigger shows it."""
    suspension: Event | None
    """The record that puts it on hold: the victim's wish, or their death."""
    good_reasons: tuple[Event, ...]
    """Good reasons on record for it. They do not erase lateness."""
    _entitlement: Entitlement | None
    _setting: Setting = field(eq=False)
    within: int | None = field(default=None, eq=False)
    """How many working days ahead are soon; None for the number in ``data/publication.yaml``."""

    @property
    def id(self) -> str:
        """What tells it apart from every other: 16 hex digits that stay the same when a date is corrected.

        They rest on the case, the victim, the duty, the edition and the record that started it, and for a duty that
        recurs on the number of the period.
        """
        period = None if self.period is None else self.period.number
        return mark_of(self.case, self.victim, self.duty.id, self.edition.id, self.started_by, period)

    @property
    def case(self) -> str:
        """The reference of the case."""
        return self._setting.record.case.reference

    @property
    def started_by(self) -> RecordIdentity | None:
        """The record that started it; None for a duty that no event starts."""
        return None if self.duty.trigger.event == "any" else self._setting.record.identity_of(self.trigger)

    @property
    def done_by(self) -> RecordIdentity | None:
        """The record that shows it was done: of a duty fulfilled by a receipt, the one that was received."""
        if self.discharge is not None:
            return self._setting.record.identity_of(self.discharge)
        return None if self.discharged_on is None else self._setting.record.identity_of(self.trigger)

    @property
    def is_undone(self) -> bool:
        """Whether nothing on record shows it done, and the victim's wish or death does not put it on hold.

        Where it is not known whether it is late, or whether it applies, it is undone.
        """
        return self.discharged_on is None and self.status is not SUSPENDED

    @property
    def days_late_if_standard(self) -> int | None:
        """Working days after the standard deadline where it is not known which holds; None where only one can."""
        return self._days_late_under(self.due_on)

    @property
    def days_late_if_enhanced(self) -> int | None:
        """Working days after that with Enhanced Rights where it is not known which holds; None where only one can."""
        return self._days_late_under(self.due_on_if_enhanced)

    def _days_late_under(self, due_on: date | None) -> int | None:
        """Working days from one of two possible due dates to the day it was done, or to the day of assessment."""
        if due_on is None or self.due_on_if_enhanced is None or self.status is SUSPENDED:
            return None
        return max(0, self._setting.calendar.count(due_on, self.discharged_on or self._setting.as_at))

    @property
    def urgency(self) -> Urgency | None:
        """How soon it is to be done; None where it is done, on hold or has no date."""
        if self.act_by is None or not self.is_undone:
            return None
        if self.status is OVERDUE:
            return Urgency.OVERDUE
        as_at = self._setting.as_at
        if as_at >= self.act_by:
            return Urgency.DUE_TODAY if as_at == self.act_by else Urgency.ACT_NOW
        soon = publication_defaults().due_soon.working_days if self.within is None else self.within
        return Urgency.DUE_SOON if self._setting.calendar.count(as_at, self.act_by) <= soon else Urgency.LATER

    @property
    def applies(self) -> Truth:
        """Whether the duty applies: True, or None where facts are missing."""
        return self._applicability.truth

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The facts the obligation and its track rest on."""
        return tuple(dict.fromkeys((*self._applicability.used, *self._enhancement.used)))

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps the answer open, each with its question; what decides most comes first.

        ``received`` is among them where a receipt is needed and not on record.
        """
        return missing_of(self)

    @property
    def _missing(self) -> tuple[str, ...]:
        """The names of what is not known."""
        receipt = (RECEIVED,) if self.receipt_missing else ()
        return tuple(dict.fromkeys((*self._applicability.missing, *self._enhancement.missing, *receipt)))

    @property
    def owed_by(self) -> tuple[str, ...]:
        """The bodies that owe it; of several, the one that acted or decided."""
        return self.duty.owed_by

    def explain(self) -> Explanation:
        """Why it is owed, when it is due and where it stands: a tree of steps, built when it is asked for."""
        return explain_obligation(self, self._setting.law)

    def __str__(self) -> str:
        return self.explain().summary

    def __repr__(self) -> str:
        due = f", due {self.due_on}" if self.due_on else ""
        return one_line(f"<Obligation {self.duty.id} {self.victim or self.duty.owed_to}: {self.status}{due}>")

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> PlainObligation:
        """The obligation as plain values, as it stands in the JSON result."""
        started_by, done_by, urgency = self.started_by, self.done_by, self.urgency
        return {
            "id": self.id,
            "case": self.case,
            "duty": self.duty.id,
            "title": self.duty.title,
            "edition": self.edition.id,
            "edition_status": self.edition.info.status.value,
            "part": self.edition.part_label(self.duty.part),
            "force": self.duty.force.value,
            "victim": self.victim,
            "suspect": self.trigger.suspect,
            "hearing": self.trigger.hearing,
            "offence": self.trigger.offence,
            "owed_by": list(self.duty.owed_by),
            "owed_to": self.duty.owed_to,
            "breaks_news": self.duty.breaks_news,
            "applies": truth_word(self.applies),
            "track": self.track.value,
            "trigger": self.trigger.event,
            "triggered_on": self.triggered_on.isoformat(),
            "started_by": None if started_by is None else started_by.to_dict(),
            "period": None if self.period is None else self.period.number,
            "due_on": _iso(self.due_on),
            "due_on_if_enhanced": _iso(self.due_on_if_enhanced),
            "act_by": _iso(self.act_by),
            "discharged_on": _iso(self.discharged_on),
            "done_by": None if done_by is None else done_by.to_dict(),
            "status": self.status.value,
            "days_late": self.days_late,
            "days_late_if_standard": self.days_late_if_standard,
            "days_late_if_enhanced": self.days_late_if_enhanced,
            "urgency": None if urgency is None else urgency.value,
            "good_reason": bool(self.good_reasons),
            "evidence": self.duty.evidence.value,
            "missing_facts": list(self._missing),
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
    period: Period | None = None,
) -> Obligation | None:
    """The obligation a trigger starts for a victim under a duty, or None if the duty certainly does not apply.

    :param period: which period of a duty that recurs.
    """
    began = trigger.on if period is None else period.starts_on
    applicability = _applicability(duty, began, known, entitlement)
    if trigger.offence is not None and duty.trigger.event != "any":
        applicability = all_found([applicability, whose_offence(trigger, victim, setting.record)])
    death = setting.record.death_of(victim)
    if applicability.truth is False or (death is not None and began > death.on):
        return None
    record, calendar = setting.record, setting.calendar
    track, enhancement = _track(duty, entitlement)
    clocks = (
        [run_clock(limit, trigger, record, calendar) for limit in _limits(duty, track)]
        if period is None
        else [Clock(began, period.ends_on)]
    )
    discharge = discharge_of(duty, edition, trigger, began, victim, record, setting.spokespersons)
    discharged_on = _discharged_on(duty, trigger, discharge, setting.as_at)
    suspension = wish_on(duty, began, victim, record)
    status = SUSPENDED
    if suspension is None:
        suspensions = [_suspended_by(duty, limit, discharged_on, victim, death, setting) for limit in clocks]
        status = _status(duty, trigger, clocks, suspensions, discharged_on, setting.as_at)
        suspension = suspensions[0] if status is SUSPENDED else None
    if status is not SUSPENDED and applicability.truth is None and discharged_on is None:
        status = CANNOT_TELL  # reading unknown-applicability
    return Obligation(
        duty=duty,
        edition=edition,
        victim=victim,
        trigger=trigger,
        triggered_on=began,
        period=period,
        track=track,
        due_on=clocks[0].due_on,
        due_on_if_enhanced=clocks[1].due_on if track is UNKNOWN else None,
        act_by=min((end for r in clocks if (end := r.due_on or r.floor) is not None), default=None),
        discharged_on=discharged_on,
        status=status,
        days_late=_days_late(clocks, status, discharged_on or setting.as_at, calendar),
        applicability=applicability,
        enhancement=enhancement,
        receipt_missing=clocks[0].awaits_receipt or (status is CANNOT_TELL and _awaits_proof(duty, trigger)),
        discharge=discharge,
        suspension=suspension,
        good_reasons=good_reasons_for(duty, trigger, began, victim, record),
        entitlement=entitlement,
        setting=setting,
    )


def _applicability(duty: Duty, began: date, known: Known, entitlement: Entitlement | None) -> Finding:
    """Whether the duty applies: the person is entitled, and the duty's own condition holds."""
    entitled = _CERTAIN if entitlement is None else entitlement.entitled
    if duty.applies_when is None or entitled.truth is False:
        return entitled
    own = duty.applies_when.find(known.on(began))
    if own.truth is False:
        return own
    truth = True if own.truth and entitled.truth else None
    return Finding(truth, (*entitled.used, *own.used), (*entitled.missing, *own.missing))


def whose_offence(trigger: Event, victim: str | None, record: Record) -> Finding:
    """Whether a record concerns a victim, or any, as far as its offence goes (reading *whose-offence-is-not-known*)."""
    if trigger.offence is None or trigger.victim is not None:
        return _CERTAIN
    certain = record.case.whose.certain[trigger.offence]
    sure = bool(certain) if victim is None else victim in certain
    return _CERTAIN if sure else Finding(None, (), (OFFENCE_VICTIMS,))


def _track(duty: Duty, entitlement: Entitlement | None) -> tuple[Track, Finding]:
    if entitlement is None or duty.deadline.single:
        return SINGLE, _CERTAIN
    enhanced = entitlement.enhanced
    if enhanced.truth is None:
        return UNKNOWN, enhanced
    return (ENHANCED if enhanced.truth else STANDARD), enhanced


def _limits(duty: Duty, track: Track) -> tuple[Limit, ...]:
    """The limit of the track; both where it is unknown."""
    if track is UNKNOWN:
        return duty.deadline.standard, duty.deadline.enhanced
    return (duty.deadline.enhanced,) if track is ENHANCED else (duty.deadline.standard,)


def _discharged_on(duty: Duty, trigger: Event, discharge: Event | None, as_at: date) -> date | None:
    if duty.discharged_by is not None and duty.discharged_by.receipt:
        received = trigger.received_on
        return received if received is not None and received <= as_at else None
    return None if discharge is None else discharge.on


def _suspended_by(
    duty: Duty, limit: Clock, discharged_on: date | None, victim: str | None, death: Event | None, setting: Setting
) -> Event | None:
    """What suspends a duty that had begun and was not done in time, under one limit.

    It is a wish that holds on the last day in time, without one on the day of assessment (reading *wishes*), or the
    death of the victim up to that day (reading *death-of-victim*).
    """
    last_day = limit.due_on or limit.floor
    if discharged_on is not None and (last_day is None or discharged_on <= last_day):
        return None
    wish = wish_on(duty, last_day or setting.as_at, victim, setting.record)
    if wish is not None or death is None:
        return wish
    return death if last_day is None or death.on <= last_day else None


def _status(
    duty: Duty,
    trigger: Event,
    clocks: list[Clock],
    suspensions: list[Event | None],
    discharged_on: date | None,
    as_at: date,
) -> Status:
    """The status that every limit that may apply leads to, or that it cannot be told (reading *unknown-facts*)."""
    status, *others = [
        SUSPENDED if suspension is not None else status_of(limit, discharged_on, as_at)
        for limit, suspension in zip(clocks, suspensions, strict=True)
    ]
    if any(other is not status for other in others):
        return CANNOT_TELL
    if status is OVERDUE and _awaits_proof(duty, trigger):
        return CANNOT_TELL  # reading receipt-discharges: a receipt not on record is a missing fact
    return status


def _awaits_proof(duty: Duty, trigger: Event) -> bool:
    """Whether only a receipt could show that the duty was done, and none is on record."""
    return duty.discharged_by is not None and duty.discharged_by.receipt and trigger.received_on is None


def _days_late(clocks: list[Clock], status: Status, until: date, calendar: WorkingDayCalendar) -> int | None:
    if status is OVERDUE or status is MET_LATE:
        if len(clocks) == 1 and (due_on := clocks[0].due_on) is not None:
            return calendar.count(due_on, until)
        counts = {calendar.count(r.due_on, until) for r in clocks if r.due_on is not None}
        return counts.pop() if len(counts) == 1 else None
    return 0 if status is MET or status is NOT_YET_DUE or status is DUE_TODAY else None
