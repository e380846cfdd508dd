"""The JSON result, key by key: what ``to_dict`` gives, as types that a checker and the JSON Schema both read.

Text that is a date, or one word of a closed list, says so in its annotation: ``Annotated[str, date]`` is an ISO date,
``Annotated[str, Status]`` the value of a status.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NotRequired, TypedDict

from victims_code.assessment.status import Status, Track, Urgency, WindowState
from victims_code.faults import PlainFault
from victims_code.law import EditionStatus, Evidence, Force

_Day = Annotated[str, date]
_Answer = Annotated[str, ("yes", "no", "unknown")]


class PlainReading(TypedDict):
    """A reading that an explanation names, and the answer it takes."""

    id: str
    reading: str


class PlainStep(TypedDict):
    """One statement of an explanation, what it follows from, and what it rests on."""

    kind: str
    statement: str
    because: list[PlainStep]
    cites: list[str]
    evidence: Annotated[str, Evidence] | None
    readings: list[str]


class PlainExplanation(TypedDict):
    """Why an answer is what it is."""

    summary: str
    steps: list[PlainStep]
    readings: list[PlainReading]


class PlainStamp(TypedDict):
    """What a result was made with."""

    package: str
    """The version of the package."""
    law: str
    """The version of the law."""
    law_hash: str
    """A mark of the law files, so that local changes show."""
    calendar: str
    """The version of the calendar."""
    editions: list[str]
    """The editions that governed events of the case."""
    as_at: _Day
    """The date of assessment."""
    known_on: _Day | None
    """The day whose knowledge was reproduced."""
    records_not_counted: int
    """How many records are dated after the date of assessment, or were made after the day whose knowledge counts."""
    cautions: list[str]
    """Which of the editions are not law."""


class PlainEligibility(TypedDict):
    """Who is covered by an edition, and who gets Enhanced Rights under it."""

    victim: str
    edition: str
    edition_status: Annotated[str, EditionStatus]
    capacity: str
    """The capacity in which this person stands in the case."""
    is_victim: _Answer
    entitled: _Answer
    """Whether this person receives the Rights at all."""
    enhanced: _Answer
    """Whether this person gets Enhanced Rights."""
    categories: dict[str, _Answer]
    """Each category of Enhanced Rights, and whether this person is in it."""
    criteria_met: list[str]
    used_facts: list[str]
    missing_facts: list[str]
    """The facts nobody has stated that keep an answer open."""


class PlainRecordIdentity(TypedDict):
    """Which record of the case this is; a correction of its date leaves it alone."""

    event: str
    reference: str | None
    """The reference of the record; of one that corrects another, the reference of the first."""
    number: int
    """Its number among the records that are alike, in the order in which they became known."""


class PlainObligation(TypedDict):
    """One duty, owed to one victim, because of one event."""

    id: str
    """16 hex digits that stay the same when a date is corrected."""
    case: str
    """The reference of the case."""
    duty: str
    title: str
    edition: str
    edition_status: Annotated[str, EditionStatus]
    part: str
    """The Right or chapter in which the duty stands."""
    force: Annotated[str, Force]
    victim: str | None
    """The victim to whom it is owed; null where it is owed to another body."""
    suspect: str | None
    hearing: str | None
    offence: str | None
    """The offence of a case with several that the event names."""
    owed_by: list[str]
    """The bodies that owe it; of several, the one that acted or decided."""
    owed_to: str
    applies: _Answer
    track: Annotated[str, Track]
    """Which limit applies: single where the same one holds for everybody, unknown where facts are missing."""
    trigger: str
    """The event that started the duty."""
    triggered_on: _Day
    started_by: PlainRecordIdentity | None
    """The record that started it; null for a duty that no event starts."""
    period: int | None
    """Which period of a duty that recurs."""
    due_on: _Day | None
    """The due date; the standard one where the track is unknown. Null where there is none."""
    due_on_if_enhanced: _Day | None
    """The due date with Enhanced Rights, where the track is unknown."""
    act_by: _Day | None
    """The last day on which doing it is certainly in time: the earliest of the dates that are possible."""
    discharged_on: _Day | None
    done_by: PlainRecordIdentity | None
    """The record that shows it was done."""
    status: Annotated[str, Status]
    days_late: int | None
    """Working days after the due date; null where it cannot be said."""
    urgency: Annotated[str, Urgency] | None
    """How soon it is to be done; null where it is done, on hold or has no date."""
    good_reason: bool
    """Whether a good reason is on record. It does not erase lateness."""
    evidence: Annotated[str, Evidence]
    missing_facts: list[str]
    used_facts: list[str]
    readings: list[str]
    explanation: NotRequired[PlainExplanation]


class PlainLimit(TypedDict):
    """A limit of a window."""

    id: str
    title: str
    binding: bool
    """Whether the window closes with it; false for a day to ask by in the ordinary course."""
    applies: _Answer
    """Whether this limit applies: unknown where facts are missing that decide between it and another."""
    counted_from: _Day | None
    closes_on: _Day | None
    safe_on: _Day | None
    """The last day on which the victim is safe to ask, where the last day belongs to someone else."""
    belongs_to: str | None
    """Who must act by the last day, where that is not the victim."""
    until_hour: str | None
    """The hour of the last day, London time, after which it is late; null where the whole day counts."""
    not_before: _Day | None
    not_after: _Day | None
    law_since: _Day | None
    law_until: _Day | None
    evidence: Annotated[str, Evidence]
    cites: list[str]
    note: str | None


class PlainFollowUp(TypedDict):
    """What a deciding body owes once the victim has asked."""

    id: str
    title: str
    owed_by: list[str]
    counted_from: _Day
    due_on: _Day
    done_on: _Day | None
    status: Annotated[str, Status]
    evidence: Annotated[str, Evidence]


class PlainWindow(TypedDict):
    """Something a victim may do, since when and until when."""

    id: str
    """16 hex digits that stay the same when a date is corrected."""
    case: str
    scheme: str
    title: str
    victim: str
    suspect: str | None
    offence: str | None
    """The offence of a case with several that the opening event names."""
    opened_by: str | None
    """The event that opened it; null where the offence or the case itself did."""
    opened_on: _Day | None
    ordinarily_by: _Day | None
    safe_on: _Day | None
    """The last day on which the victim is safe to ask, where the last day belongs to someone else."""
    closes_on: _Day | None
    """The earliest last day of all binding limits that may apply: the safe one."""
    may_close_later: bool
    """Whether another limit that may apply ends later, or on a day that is not known."""
    until: str | None
    """The event still to come that closes it, in words."""
    state: Annotated[str, WindowState]
    applies: _Answer
    decided_by: str
    needs: str
    taken_up_on: _Day | None
    in_time: _Answer | None
    limits: list[PlainLimit]
    follow_ups: list[PlainFollowUp]
    evidence: Annotated[str, Evidence]
    cites: list[str]
    missing_facts: list[str]
    used_facts: list[str]
    note: str | None
    explanation: NotRequired[PlainExplanation]


class PlainGround(TypedDict):
    """A ground of eligibility for special measures, and whether it holds."""

    id: str
    section: str
    title: str
    holds: _Answer
    automatic: bool
    evidence: Annotated[str, Evidence]
    missing_facts: list[str]


class PlainMeasure(TypedDict):
    """A special measure, and whether the court may give it."""

    id: str
    section: str
    title: str
    open: _Answer
    grounds: list[str]
    evidence: Annotated[str, Evidence]
    missing_facts: list[str]


class PlainSpecialMeasures(TypedDict):
    """Eligibility of one victim for special measures as a witness; no court's decision."""

    victim: str
    on: _Day
    what_it_is: str
    eligible: _Answer
    grounds: list[PlainGround]
    measures: list[PlainMeasure]
    used_facts: list[str]
    missing_facts: list[str]
    explanation: NotRequired[PlainExplanation]


class PlainQuestion(TypedDict):
    """An open question: the name of the fact, date or reference, and the victim, offence or event it is about."""

    fact: str
    about: str
    question: str


class PlainAssessment(TypedDict):
    """Everything that follows from a case at a date."""

    reference: str
    stamp: PlainStamp
    changes_on: _Day | None
    """The next day on which an answer can change although nothing new is recorded."""
    eligibility: list[PlainEligibility]
    """One entry for each victim and edition."""
    obligations: list[PlainObligation]
    """Every duty owed, those with a date first, in the order of their dates."""
    windows: list[PlainWindow]
    """What the victims may do beyond the Code, and until when."""
    special_measures: list[PlainSpecialMeasures]
    questions: list[PlainQuestion]
    """What is not known and would decide something; each once for a victim, the offence or an event."""
    faults: list[PlainFault]
    """What could not be assessed, and what deserves a look."""


class PlainTimelineEvent(TypedDict):
    """An event on the axis of time; ``discharges`` says that it fulfilled a duty."""

    on: _Day
    title: str
    about: str | None
    victim: str | None
    suspect: str | None
    hearing: str | None
    discharges: bool


class PlainDayOff(TypedDict):
    """A day that is no working day, and why."""

    on: _Day
    why: str


class PlainTimeline(TypedDict):
    """A case on an axis of time."""

    reference: str
    as_at: _Day
    records_not_counted: int
    cautions: list[str]
    events: list[PlainTimelineEvent]
    obligations: list[PlainObligation]
    days_off: list[PlainDayOff]
