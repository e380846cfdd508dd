"""The JSON result, key by key: what ``to_dict`` gives, as types that a checker, the JSON Schema and pydantic read.

FastAPI takes them as they are: a route that returns ``PlainAssessment`` shows every key, and every word of a
closed list, in its OpenAPI document. Before Python 3.12 pydantic refuses the ``TypedDict`` of the standard library and
brings ``typing_extensions``, whose it takes; where that is not installed, nothing needs it.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired, TypeAlias

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict


class _AsDate:
    """Says in the schemas of pydantic and FastAPI that a text is a date."""

    def __repr__(self) -> str:
        return "ISO 8601"

    def __get_pydantic_json_schema__(self, core: Any, make: Any) -> dict[str, Any]:
        return {**make(core), "format": "date"}


IsoDay: TypeAlias = Annotated[str, date, _AsDate()]
"""A day as text, such as ``2026-04-13``."""
Answer: TypeAlias = Literal["yes", "no", "unknown"]
"""Whether something holds."""
StatusWord: TypeAlias = Literal[
    "not-yet-due", "due-today", "met", "met-late", "overdue", "undated", "suspended", "cannot-tell"
]
"""A :class:`~victims_code.assessment.Status` as text."""
TrackWord: TypeAlias = Literal["standard", "enhanced", "unknown", "single"]
"""A :class:`~victims_code.assessment.Track` as text."""
UrgencyWord: TypeAlias = Literal["overdue", "act-now", "due-today", "due-soon", "later"]
"""An :class:`~victims_code.assessment.Urgency` as text."""
WindowStateWord: TypeAlias = Literal["open", "closed", "unknown"]
"""A :class:`~victims_code.assessment.status.WindowState` as text."""
EditionStatusWord: TypeAlias = Literal["in-force", "superseded", "draft", "hypothetical"]
"""An :class:`~victims_code.law.EditionStatus` as text."""
EvidenceWord: TypeAlias = Literal["text", "secondary", "unconfirmed", "hypothetical"]
"""An :class:`~victims_code.law.Evidence` as text."""
ForceWord: TypeAlias = Literal["must", "should", "may"]
"""A :class:`~victims_code.law.Force` as text."""
BelongsTo: TypeAlias = Literal["victim", "offence", "event", "case"]
"""What something that is not known belongs to."""
SeverityWord: TypeAlias = Literal["invalid", "unsupported", "warning"]
"""A :class:`~victims_code.faults.Severity` as text."""


class PlainFault(TypedDict):
    """A fault as plain values, as it stands in the JSON result."""

    code: str
    severity: SeverityWord
    location: str
    message: str
    hint: str


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
    evidence: EvidenceWord | None
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
    as_at: IsoDay
    """The date of assessment."""
    known_on: IsoDay | None
    """The day whose knowledge was reproduced."""
    record: str
    """What tells the record from any other: SHA-256 over it without dates of birth."""
    records_not_counted: int
    """How many records are dated after the date of assessment, or were made after the day whose knowledge counts."""
    cautions: list[str]
    """Which of the editions are not law."""


class PlainEligibility(TypedDict):
    """Who is covered by an edition, and who gets Enhanced Rights under it."""

    victim: str
    edition: str
    edition_status: EditionStatusWord
    capacity: str
    """The capacity in which this person stands in the case."""
    is_victim: Answer
    entitled: Answer
    """Whether this person receives the Rights at all."""
    enhanced: Answer
    """Whether this person gets Enhanced Rights."""
    categories: dict[str, Answer]
    """Each category of Enhanced Rights, and whether this person is in it."""
    criteria_met: list[str]
    used_facts: list[str]
    missing_facts: list[str]
    """The facts no one has stated that keep an answer open."""


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
    edition_status: EditionStatusWord
    part: str
    """The Right or chapter in which the duty stands."""
    force: ForceWord
    victim: str | None
    """The victim to whom it is owed; null where it is owed to another body."""
    suspect: str | None
    hearing: str | None
    offence: str | None
    """The offence of a case with several that the event names."""
    owed_by: list[str]
    """The bodies that owe it; of several, the one that acted or decided."""
    owed_to: str
    breaks_news: bool
    """Whether doing it tells the victim of the event that started it, which is news to them until then."""
    applies: Answer
    track: TrackWord
    """Which limit applies: single where the same one holds for everyone, unknown where facts are missing."""
    trigger: str
    """The event that started the duty."""
    triggered_on: IsoDay
    started_by: PlainRecordIdentity | None
    """The record that started it; null for a duty that no event starts."""
    period: int | None
    """Which period of a duty that recurs."""
    due_on: IsoDay | None
    """The due date; the standard one where the track is unknown. Null where there is none."""
    due_on_if_enhanced: IsoDay | None
    """The due date with Enhanced Rights, where the track is unknown."""
    act_by: IsoDay | None
    """The last day on which doing it is certainly in time: the earliest of the dates that are possible."""
    discharged_on: IsoDay | None
    done_by: PlainRecordIdentity | None
    """The record that shows it was done."""
    status: StatusWord
    days_late: int | None
    """Working days after the due date; null where it cannot be said."""
    days_late_if_standard: int | None
    """Working days after the standard due date where the track is unknown; otherwise null."""
    days_late_if_enhanced: int | None
    """Working days after the due date with Enhanced Rights where the track is unknown; otherwise null."""
    urgency: UrgencyWord | None
    """How soon it is to be done; null where it is done, on hold or has no date."""
    good_reason: bool
    """Whether a good reason is on record. It does not erase lateness."""
    evidence: EvidenceWord
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
    applies: Answer
    """Whether this limit applies: unknown where facts are missing that decide between it and another."""
    counted_from: IsoDay | None
    closes_on: IsoDay | None
    safe_on: IsoDay | None
    """The last day on which the victim is safe to ask: the last day belongs to someone else, or is read in two ways."""
    belongs_to: str | None
    """Who must act by the last day, where that is not the victim."""
    from_birth: bool
    """Whether its days are worked out from the date of birth, which can then be told from them."""
    until_hour: str | None
    """The hour of the last day, London time, after which it is late; null where the whole day counts."""
    not_before: IsoDay | None
    not_after: IsoDay | None
    law_since: IsoDay | None
    law_until: IsoDay | None
    evidence: EvidenceWord
    cites: list[str]
    note: str | None


class PlainFollowUp(TypedDict):
    """What a deciding body owes once the victim has asked."""

    id: str
    title: str
    owed_by: list[str]
    counted_from: IsoDay
    due_on: IsoDay
    done_on: IsoDay | None
    status: StatusWord
    evidence: EvidenceWord


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
    opened_on: IsoDay | None
    ordinarily_by: IsoDay | None
    safe_on: IsoDay | None
    """The last day on which the victim is safe to ask, where the last day belongs to someone else."""
    closes_on: IsoDay | None
    """The earliest last day of all binding limits that may apply: the safe one."""
    may_close_later: bool
    """Whether another limit that may apply ends later, or on a day that is not known."""
    until: str | None
    """The event still to come that closes it, in words."""
    state: WindowStateWord
    applies: Answer
    decided_by: str
    needs: str
    taken_up_on: IsoDay | None
    in_time: Answer | None
    limits: list[PlainLimit]
    follow_ups: list[PlainFollowUp]
    evidence: EvidenceWord
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
    holds: Answer
    automatic: bool
    evidence: EvidenceWord
    missing_facts: list[str]


class PlainMeasure(TypedDict):
    """A special measure, and whether the court may give it."""

    id: str
    section: str
    title: str
    open: Answer
    grounds: list[str]
    evidence: EvidenceWord
    missing_facts: list[str]


class PlainSpecialMeasures(TypedDict):
    """Eligibility of one victim for special measures as a witness; no court's decision."""

    victim: str
    on: IsoDay
    what_it_is: str
    eligible: Answer
    grounds: list[PlainGround]
    measures: list[PlainMeasure]
    used_facts: list[str]
    missing_facts: list[str]
    explanation: NotRequired[PlainExplanation]


class PlainQuestion(TypedDict):
    """An open question."""

    id: str
    """The name of the fact, date or reference."""
    of: BelongsTo
    """What it belongs to: a victim, the offence, an event or the case."""
    about: str
    """The victim, offence or event that is meant, in words."""
    question: str
    decides: list[str]
    """What it would decide of what is undone, in words."""


class PlainAssessment(TypedDict):
    """Everything that follows from a case at a date."""

    reference: str
    stamp: PlainStamp
    changes_on: IsoDay | None
    """The next day on which an answer can change although nothing new is recorded."""
    eligibility: list[PlainEligibility]
    """One entry for each victim and edition."""
    obligations: list[PlainObligation]
    """Every duty owed, those with a date first, in the order of their dates."""
    windows: list[PlainWindow]
    """What the victims may do beyond the Code, and until when."""
    special_measures: list[PlainSpecialMeasures]
    questions: list[PlainQuestion]
    """What is not known, each once for a victim, the offence or an event; what decides most comes first."""
    faults: list[PlainFault]
    """What could not be assessed, and what deserves a look."""


class PlainTimelineEvent(TypedDict):
    """An event on the axis of time; ``discharges`` says that it fulfilled a duty."""

    on: IsoDay
    title: str
    about: str | None
    victim: str | None
    suspect: str | None
    hearing: str | None
    discharges: bool


class PlainDayOff(TypedDict):
    """A day that is no working day, and why."""

    on: IsoDay
    why: str


class PlainTimeline(TypedDict):
    """A case on an axis of time."""

    reference: str
    as_at: IsoDay
    records_not_counted: int
    cautions: list[str]
    events: list[PlainTimelineEvent]
    obligations: list[PlainObligation]
    days_off: list[PlainDayOff]
