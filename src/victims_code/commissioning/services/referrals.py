"""Referrals to support: on what basis, by when, and whether in time.

The limit is that of the Code: the duty to refer a victim to support, in the edition that governs the day of the report.
No number of days stands here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from statistics import median
from typing import Annotated, Self

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.code_limits import code_limit
from victims_code.commissioning.due import DueItem, DueKind
from victims_code.commissioning.outcomes.results import Coverage, Share
from victims_code.commissioning.records import CommissioningRecord, Typed, as_known, known_among
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date, format_date
from victims_code.decimals import rounded
from victims_code.faults import did_you_mean
from victims_code.law import Duty, load_law
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.documents import Plain, fields_as_plain
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction
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
    :param after: the referral that this one follows, where a service passes the victim on to the next.
    :param accepted: whether the service took the victim, and ``accepted_on`` when; None if that is not known.
    :raises CommissioningError: with every fault.

    >>> referral = Referral(reference="R1", victim="V1", to="VAL", basis="consented", consent=True,
    ...                     reported_on=date(2026, 4, 2), made_on=date(2026, 4, 8))
    >>> referral.due().due_on, referral.standing(date(2026, 4, 20)).value
    (datetime.date(2026, 4, 8), 'met')
    """

    known_from = "reported_on"
    comes_with = (("accepted_on", "accepted"),)

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
    after: str | None = None
    accepted: bool | None = None
    accepted_on: date | None = None

    checks = (
        in_order("made_on", "accepted_on"),
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
        limit = code_limit(_file().duty, self.reported_on, calendar=calendar)
        return ReferralDue(due_on=limit.due_on, edition=limit.edition, duty=limit.duty, why=limit.why)

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

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The referral itself, while it is not made and the Code sets a day for it."""
        due_on = None if self.made_on is not None and self.made_on <= on else self.due().due_on
        if due_on is None:
            return ()
        what = f"Refer {self.victim} to {self.to}."
        return (DueItem(day=due_on, what=what, owner=self.made_by or "", about=self.reference, kind=DueKind.REFERRAL),)

    @property
    def agreed(self) -> Truth:
        """Whether the victim agreed to the referral; None where the record does not say."""
        return True if self.basis == "self" else self.consent

    @as_known
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


@frozen(kw_only=True)
class ReferralTimeliness(Typed):
    """How many of several referrals were made in time, and how many of that cannot be told.

    ``in_time``, ``late``, ``overdue`` and ``not_known`` were due by the day; ``not_yet_due`` and ``no_limit`` were not
    and are in no share. ``days_late`` holds the working days by which each late or overdue one has missed the limit.
    """

    as_at: date
    in_time: int
    late: int
    overdue: int
    not_known: int
    not_yet_due: int
    no_limit: int
    days_late: tuple[int, ...] = field(default=(), repr=False)

    @property
    def share(self) -> Share:
        """Those made in time among those of which it is known, and how many of all that were due that is."""
        known = self.in_time + self.late + self.overdue
        return Share(
            numerator=self.in_time,
            denominator=known,
            numerator_label="referred in time",
            denominator_label="victims whose referral was due",
            coverage=Coverage(counted=known, of=known + self.not_known),
        )

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The share in per cent if those not known were all late, and if all were in time; None if none was due."""
        due = self.in_time + self.late + self.overdue + self.not_known
        if not due:
            return None
        least, most = Fraction(self.in_time, due), Fraction(self.in_time + self.not_known, due)
        return rounded(least * 100, 1), rounded(most * 100, 1)

    @property
    def median_days_late(self) -> Decimal | None:
        """The working days by which the middle one of those late has missed the limit; None if none is late."""
        return Decimal(str(median(self.days_late))) if self.days_late else None

    def __str__(self) -> str:
        known = self.in_time + self.late + self.overdue
        if self.bounds is None:
            return "No referral was due."
        said = f"{self.in_time} of {known} in time ({self.share.percentage()}%)" if known else "None is known"
        if self.not_known:
            said += f"; {self.not_known} not known, so between {self.bounds[0]}% and {self.bounds[1]}%"
        if self.days_late:
            said += f"; working days late: {self.median_days_late} in the middle, {max(self.days_late)} at most"
        return f"{said}."

    def to_dict(self) -> dict[str, Plain]:
        """The numbers as plain values."""
        bounds: list[Plain] = [str(bound) for bound in self.bounds or ()]
        return {**fields_as_plain(self), "share_lowest_and_highest": bounds}


@checked
def referral_timeliness(
    referrals: Iterable[Referral], *, as_at: Moment, calendar: WorkingDayCalendar | None = None
) -> ReferralTimeliness:
    """How many referrals were made within the limit of the Code, over many.

    A victim passed on from one service to the next is counted once, by the first referral. What was reported or made
    after the day does not count.

    >>> made = [Referral(reference=f"R{n}", victim=f"V{n}", to="VAL", basis="data-share",
    ...                  reported_on=date(2026, 4, 2), made_on=on)
    ...         for n, on in enumerate([date(2026, 4, 8), date(2026, 4, 9)])]
    >>> unknown = Referral(reference="R3", victim="V3", to="VAL", basis="data-share")
    >>> print(referral_timeliness([*made, unknown], as_at=date(2026, 4, 20)))
    1 of 2 in time (50.0%); 1 not known, so between 33.3% and 66.7%; working days late: 1 in the middle, 1 at most.
    """
    day, days = civil_date(as_at), calendar or england_and_wales()
    counted: Counter[ReferralStanding] = Counter()
    late = list[int]()
    for referral in known_among(referrals, day):
        if referral.after is not None:
            continue
        standing = referral.standing(day, calendar=days)
        counted[standing] += 1
        due_on = referral.due(calendar=days).due_on
        if due_on is not None and standing in (ReferralStanding.MET_LATE, ReferralStanding.OVERDUE):
            made = referral.made_on if standing is ReferralStanding.MET_LATE and referral.made_on else day
            late.append(days.count(due_on, made))
    return ReferralTimeliness(
        as_at=day,
        in_time=counted[ReferralStanding.MET],
        late=counted[ReferralStanding.MET_LATE],
        overdue=counted[ReferralStanding.OVERDUE],
        not_known=counted[ReferralStanding.CANNOT_TELL],
        not_yet_due=counted[ReferralStanding.NOT_YET_DUE] + counted[ReferralStanding.DUE_TODAY],
        no_limit=counted[ReferralStanding.NO_LIMIT],
        days_late=tuple(sorted(late)),
    )


@frozen(kw_only=True)
class ReferralList(CommissioningRecord):
    """Many referrals, with what follows what.

    >>> listed = ReferralList.from_yaml('''
    ... referrals:
    ...   - {reference: R1, victim: V1, to: VAL, basis: data-share, made_on: 2026-04-08, accepted: true}
    ...   - {reference: R2, victim: V1, to: counselling, basis: consented, made_on: 2026-04-20, after: R1}
    ... ''')
    >>> [[referral.to for referral in chain] for chain in listed.chains()]
    [['VAL', 'counselling']]
    """

    referrals: tuple[Referral, ...]

    def _follow_one_another(self) -> Iterator[Contradiction]:
        known = {one.reference: one for one in self.referrals}
        for n, one in enumerate(self.referrals):
            keys = ("referrals", n, "after")
            if one.after is None:
                continue
            if one.after not in known:
                nearest = did_you_mean(one.after, known)
                yield Contradiction(keys, faults.NO_SUCH_REFERRAL.at(name=one.after, nearest=nearest))
            elif known[one.after].victim != one.victim:
                yield Contradiction(keys, faults.REFERRAL_OF_ANOTHER_VICTIM.at(name=one.after))
            elif self._follows_itself(one, known):
                yield Contradiction(keys, faults.REFERRALS_IN_A_CIRCLE.at(name=one.reference))

    def _follows_itself(self, referral: Referral, known: Mapping[str, Referral]) -> bool:
        seen, before = set[str](), referral.after
        while before is not None and before in known and before not in seen:
            seen.add(before)
            before = known[before].after
        return referral.reference in seen

    checks = (all_different("referrals[].reference"), _follow_one_another)

    def known_on(self, on: date) -> Self | None:
        """The list as it was known on a day, without referrals that follow one that was not there yet."""
        known, names = known_among(self.referrals, on), {""}
        while {one.reference for one in known} != names:
            names = {one.reference for one in known}
            known = tuple(one for one in known if one.after is None or one.after in names)
        return evolve(self, referrals=known)

    def chains(self) -> tuple[tuple[Referral, ...], ...]:
        """The referrals of each victim from first to last, a chain for every end it has."""
        known = {one.reference: one for one in self.referrals}
        followed = {one.after for one in self.referrals}
        return tuple(self._back_from(one, known) for one in self.referrals if one.reference not in followed)

    def _back_from(self, last: Referral, known: Mapping[str, Referral]) -> tuple[Referral, ...]:
        chain = [last]
        while (before := chain[0].after) is not None:
            chain.insert(0, known[before])
        return tuple(chain)

    def broken(self) -> tuple[tuple[Referral, ...], ...]:
        """The chains that end with a service that did not take the victim, or of which that is not known."""
        return tuple(chain for chain in self.chains() if chain[-1].accepted is not True)
