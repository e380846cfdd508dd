"""Referrals to support: on what basis, by when, and whether in time.

The limit is that of the Code: the duty to refer a victim to support, in the edition that governs the day of the report.
No number of days stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import never, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date, format_date
from victims_code.law import After, Duty, Within, load_law
from victims_code.law.deadlines import due_date
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.sources import Sourced
from victims_code.working_days import WorkingDayCalendar, england_and_wales


@frozen(kw_only=True)
class _ReferralsFile(Sourced):
    bases: tuple[Word, ...]
    not_valid_because: tuple[Word, ...]
    duty: str
    needs_consent: tuple[str, ...]


@cache
def _file() -> _ReferralsFile:
    file = DataFile.open("commissioning/referrals.yaml")
    read = file.one(_ReferralsFile)
    for n, basis in enumerate(read.needs_consent):
        file.unknown(("needs_consent", n), "basis", basis, (known.id for known in read.bases))
    if not any(read.duty in edition.duties for edition in load_law().editions.values()):
        file.wrong(("duty",), faults.DUTY_OF_NO_EDITION.at(duty=read.duty))
    file.finish()
    return read


def referral_bases() -> Mapping[str, str]:
    """The bases on which a referral is counted, by identifier with what each means."""
    return {basis.id: basis.title for basis in _file().bases}


_Basis = Annotated[str, word("basis", referral_bases)]
_Reason = Annotated[str, word("reason", lambda: by_id(_file().not_valid_because))]


class ReferralStanding(StrEnum):
    """Where a referral stands against the limit of the Code."""

    NOT_YET_DUE = "not-yet-due"
    DUE_TODAY = "due-today"
    MET = "met"
    MET_LATE = "met-late"
    OVERDUE = "overdue"
    NO_LIMIT = "no-limit"
    CANNOT_TELL = "cannot-tell"


@frozen(kw_only=True)
class ReferralDue:
    """By when a victim was to be referred, under which edition and duty, and why there is no date if there is none."""

    due_on: date | None
    edition: str | None
    duty: Duty | None = field(repr=False)
    why: str


@frozen(kw_only=True)
class Referral(CommissioningRecord):
    """One referral of a victim to a service.

    :param basis: what this referral rests on, so that like is counted with like; see :func:`referral_bases`.
    :param reported_on: the day the crime was reported to the police; None if it was not, or is not known.
    :param reported: whether it was reported at all; None if the record does not say.
    :param made_on: the day of the referral; None while it is still to come.
    :param valid: whether the service could take it; ``not_valid_because`` says why not.
    :raises CommissioningError: with every fault.

    >>> referral = Referral(reference="R1", victim="V1", to="VAL", basis="consented", consent=True,
    ...                     reported_on=date(2026, 4, 2), made_on=date(2026, 4, 8))
    >>> referral.due().due_on, referral.standing(date(2026, 4, 20)).value
    (datetime.date(2026, 4, 8), 'met')
    """

    reference: str
    victim: str
    to: str
    basis: _Basis
    made_by: str | None = None
    reported: bool | None = None
    reported_on: date | None = None
    made_on: date | None = None
    consent: bool | None = None
    valid: bool | None = None
    not_valid_because: _Reason | None = None

    checks = (
        never(
            "reported",
            lambda referral: referral.reported is False and referral.reported_on is not None,
            faults.REPORTED_ON_AND_NOT_REPORTED,
        ),
        never(
            "made_on",
            lambda referral: (
                referral.basis in ("data-share", "consented")
                and referral.reported_on is not None
                and referral.made_on is not None
                and referral.made_on < referral.reported_on
            ),
            faults.REFERRED_BEFORE_THE_REPORT,
        ),
        never(
            "not_valid_because",
            lambda referral: referral.valid is True and referral.not_valid_because is not None,
            faults.VALID_WITH_A_REASON,
        ),
        never(
            "not_valid_because",
            lambda referral: referral.valid is False and referral.not_valid_because is None,
            faults.NOT_VALID_WITHOUT_A_REASON,
        ),
    )

    def due(self, *, calendar: WorkingDayCalendar | None = None) -> ReferralDue:
        """By when the Code wants the referral, from the edition that governs the day of the report.

        :param calendar: another calendar of working days.
        :raises CalendarRangeError: if the date lies outside the calendar.
        """
        if self.reported is False:
            return ReferralDue(
                due_on=None, edition=None, duty=None, why="The crime was not reported, so no clock runs."
            )
        if self.reported_on is None:
            return ReferralDue(due_on=None, edition=None, duty=None, why="The day of the report is not known.")
        law = load_law()
        info = law.info_on(self.reported_on)
        edition = law.editions.get(info.id) if info else None
        if edition is None:
            why = f"{info.title} is not encoded." if info else f"No Code governs {format_date(self.reported_on)}."
            return ReferralDue(due_on=None, edition=info.id if info else None, duty=None, why=why)
        duty = edition.duties.get(_file().duty)
        limit = duty.deadline.standard if duty else None
        if duty is None or not isinstance(limit, Within) or limit.after is not After.EVENT or not duty.deadline.single:
            return ReferralDue(
                due_on=None, edition=edition.id, duty=duty, why=f"{edition.id} sets no one limit for it."
            )
        due_on = due_date(self.reported_on, limit.within, limit.unit, calendar or england_and_wales())
        why = f"{duty.title}, {limit.words}: by {format_date(due_on)}."
        return ReferralDue(due_on=due_on, edition=edition.id, duty=duty, why=why)

    def standing(self, as_at: Moment, *, calendar: WorkingDayCalendar | None = None) -> ReferralStanding:
        """Where the referral stands on a day, as far as it was known then."""
        day = civil_date(as_at)
        due = self.due(calendar=calendar)
        if self.reported is False:
            return ReferralStanding.NO_LIMIT
        if due.due_on is None:
            return ReferralStanding.CANNOT_TELL
        made = self.made_on if self.made_on is not None and self.made_on <= day else None
        if made is not None:
            return ReferralStanding.MET if made <= due.due_on else ReferralStanding.MET_LATE
        if day == due.due_on:
            return ReferralStanding.DUE_TODAY
        return ReferralStanding.NOT_YET_DUE if day < due.due_on else ReferralStanding.OVERDUE

    @property
    def agreed(self) -> Truth:
        """Whether the victim agreed to the referral; None where the record does not say."""
        return True if self.basis == "self" else self.consent

    def findings(self, as_at: Moment, *, calendar: WorkingDayCalendar | None = None) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: late or not made, or without the consent it rests on."""
        return tuple(self._findings(civil_date(as_at), calendar))

    def _findings(self, as_at: date, calendar: WorkingDayCalendar | None) -> Iterator[RuleFinding]:
        standing, due = self.standing(as_at, calendar=calendar), self.due(calendar=calendar)
        if standing in (ReferralStanding.OVERDUE, ReferralStanding.MET_LATE):
            done = "has not been made" if self.made_on is None else f"was made on {format_date(self.made_on)}"
            what = f"The referral {done}. {due.why}"
            yield finding(
                "referral-in-time", what, "Refer at once, and find out why it was late.", about=self.reference
            )
        elif standing is ReferralStanding.CANNOT_TELL:
            yield finding(
                "referral-in-time",
                f"It cannot be told whether the referral was in time. {due.why}",
                "Add the day of the report, or reported: false.",
                about=self.reference,
                outcome=RuleOutcome.CANNOT_TELL,
                missing=("reported_on",) if self.reported_on is None else (),
            )
        if self.basis in _file().needs_consent and self.agreed is not True:
            refused = self.agreed is False
            yield finding(
                "referral-with-consent",
                "The victim did not agree." if refused else "Whether the victim agreed is not on record.",
                "Withdraw the referral." if refused else "Ask the victim, and record the answer.",
                about=self.reference,
                outcome=RuleOutcome.BROKEN if refused else RuleOutcome.CANNOT_TELL,
                missing=() if refused else ("consent",),
            )
