"""The due date of one duty from one date, without a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from victims_code import faults
from victims_code.assessment.clock import Period
from victims_code.assessment.explanations.obligations import clock_steps, duty_step, edition_step, period_step
from victims_code.assessment.explanations.steps import Explanation, Step, explained
from victims_code.dates import format_date
from victims_code.errors import WrongValueError
from victims_code.faults import did_you_mean
from victims_code.law import Duty, Edition, Every, Law, Within
from victims_code.law.deadlines import due_date
from victims_code.printable import one_line_repr
from victims_code.vocabulary import Track
from victims_code.working_days import WorkingDayCalendar


@frozen(kw_only=True)
class Deadline:
    """The date by which a duty is to be done when its clock starts on a day. In a notebook it shows how it was found.

    >>> import victims_code as vc
    >>> found = vc.deadline("inform-suspect-arrested", on=date(2026, 4, 2), track="enhanced")
    >>> found.due
    datetime.date(2026, 4, 7)
    >>> found.explain().summary
    'Tell the victim that a suspect has been arrested: due by Tuesday 7 April 2026 (enhanced track).'
    """

    duty: Duty
    edition: Edition
    on: date
    track: Track
    due: date
    law: Law = field(eq=False)
    calendar: WorkingDayCalendar = field(eq=False)

    __repr__ = one_line_repr("{0.duty.id} on {0.on}, {0.track}: due {0.due}")

    def __str__(self) -> str:
        return self.explain().summary

    def explain(self) -> Explanation:
        """How the date was found: the edition, the duty, and every day that was not counted."""
        limit = _limit(self.duty, self.track)
        steps = (
            edition_step(self.edition, self.on, self.law),
            duty_step(self.duty, self.edition, self.law),
            *_clock_steps(limit, self.on, self.due, self.calendar),
        )
        caution = self.edition.info.caution
        return explained(
            self.law, f"{caution}{self.duty.title}: due by {format_date(self.due)} ({self.track} track).", steps
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _deadline_again, (self.law, self.calendar, self.edition.id, self.duty.id, self.on, str(self.track))

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()


def _deadline_again(law: Law, calendar: WorkingDayCalendar, edition: str, duty: str, on: date, track: str) -> Deadline:
    chosen = law.editions[edition]
    single = track == Track.SINGLE
    return deadline_for(chosen.duties[duty], chosen, on=on, track=None if single else track, law=law, calendar=calendar)


def _clock_steps(limit: Within | Every, on: date, due: date, calendar: WorkingDayCalendar) -> Iterator[Step]:
    if isinstance(limit, Every):
        yield period_step(limit, Period(1, on, due))
    else:
        yield from clock_steps(limit, on, due, calendar)


def deadline_for(
    duty: Duty, edition: Edition, *, on: date, track: str | None, law: Law, calendar: WorkingDayCalendar
) -> Deadline:
    """The due date of a duty whose clock starts ``on`` a day: that of the event, or of receipt where that counts.

    Of a duty that recurs it is the end of the first period.

    :param track: ``standard`` or ``enhanced``; may be left out where the same limit holds for everyone.
    :raises WrongValueError: if the track is missing or unknown, or the duty has no limit in days.
    """
    chosen = _track(duty, track)
    limit = _limit(duty, chosen)
    count = limit.every if isinstance(limit, Every) else limit.within
    due = due_date(on, count, limit.unit, calendar)
    return Deadline(duty=duty, edition=edition, on=on, track=chosen, due=due, law=law, calendar=calendar)


def _track(duty: Duty, track: str | None) -> Track:
    if duty.deadline.single and track in (None, "standard", "enhanced", "single"):
        return Track.SINGLE
    if track in ("standard", "enhanced"):
        return Track(track)
    if track is None:
        raise WrongValueError(faults.STANDARD_OR_ENHANCED.at("track", duty=duty.id))
    nearest = did_you_mean(track, ["standard", "enhanced"], listing="Tracks")
    raise WrongValueError(faults.NO_SUCH_NAME.at("track", kind="track", name=track, nearest=nearest))


def _limit(duty: Duty, track: Track) -> Within | Every:
    limit = duty.deadline.enhanced if track is Track.ENHANCED else duty.deadline.standard
    if not isinstance(limit, Within | Every):
        raise WrongValueError(faults.NO_NUMBER_OF_DAYS.at(duty.id, words=limit.words))
    return limit
