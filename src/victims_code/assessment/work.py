"""What to do next: the work list of one or more cases, and the next day on which an answer can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

from victims_code.assessment.obligations import Obligation
from victims_code.assessment.record import Record
from victims_code.assessment.windows import Window
from victims_code.dates import add_years, civil_date
from victims_code.errors import Fault, WrongValueError
from victims_code.vocabulary import vocabulary

if TYPE_CHECKING:
    from victims_code.assessment.result import Assessment

__all__ = ["next_change", "undone_of", "work_list"]


def work_list(results: Iterable[Assessment], *, within: int | None = None) -> tuple[Obligation, ...]:
    """Everything undone in some cases that has a date, in the order of ``act_by``; each says its ``urgency``.

    It holds what is overdue, and what may be: not knowing whether something is late never takes it off the list. A duty
    without a date is not in it, because no day can be said by which to act; neither is one that is on hold.

    :param within: how many working days ahead are *due soon*; by default as in ``data/publication.yaml``.
    :raises WrongValueError: if ``within`` is not a whole number of days, or negative.

    >>> import victims_code as vc
    >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
    ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 9))
    >>> [(one.case, one.duty.id, one.act_by, one.urgency.value) for one in vc.work_list([result])]
    [('A1', 'inform-suspect-arrested', datetime.date(2026, 4, 7), 'act-now')]
    """
    return undone_of((obligation for result in results for obligation in result.obligations), within)


def undone_of(obligations: Iterable[Obligation], within: int | None) -> tuple[Obligation, ...]:
    """Those obligations that are undone and have a date, in the order of ``act_by``."""
    if within is not None and not _is_a_number_of_days(within):
        what, way_out = f"{within!r} is not a number of working days.", "Give a whole number, 0 or more."
        raise WrongValueError(Fault(code="VC-NAME-002", where="within", what=what, way_out=way_out))
    found = [one if within is None else evolve(one, within=within) for one in obligations if one.urgency is not None]
    return tuple(sorted(found, key=_in_order))


def _is_a_number_of_days(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0


def _in_order(one: Obligation) -> tuple[date, date, str, str, str, str]:
    return one.act_by or date.max, one.triggered_on, one.case, one.duty.part, one.victim or "", one.id


def next_change(
    obligations: Iterable[Obligation], windows: Iterable[Window], record: Record, as_at: date
) -> date | None:
    """The next day after ``as_at`` on which an answer can change although nothing new is recorded."""
    days = [*_of_obligations(obligations), *_of_windows(windows), *_of_records(record), *_of_people(record)]
    return min((day for day in days if day > as_at), default=None)


def _of_obligations(obligations: Iterable[Obligation]) -> Iterator[date]:
    """Due dates and the days after them; where a duty recurs, the day on which it begins again."""
    for one in obligations:
        if one.period is not None:
            yield one.period.ends_on
        if one.trigger.received_on is not None:
            yield one.trigger.received_on
        for day in (one.act_by, one.due_on, one.due_on_if_enhanced) if one.is_undone else ():
            if day is not None:
                yield day
                yield _day_after(day)


def _of_windows(windows: Iterable[Window]) -> Iterator[date]:
    """The day after the last day of each window, and the dates of what is owed once the victim has asked."""
    for window in windows:
        for closing in window.closings:
            yield from (
                _day_after(day) for day in (closing.on, closing.not_before, closing.not_after) if day is not None
            )
        for follow_up in window.follow_ups:
            if follow_up.done is None:
                yield from (follow_up.due_on, _day_after(follow_up.due_on))


def _of_records(record: Record) -> Iterator[date]:
    """The days on which records that are there already begin to count."""
    for event in record.case.events:
        yield event.on
        if event.recorded is not None:
            yield civil_date(event.recorded)


def _of_people(record: Record) -> Iterator[date]:
    """The days from which facts count that somebody has stated, and the birthdays on which a fact of age changes."""
    ages = {fact.below for fact in vocabulary().facts.values() if fact.below is not None}
    case = record.case
    for offence in case.offences:
        if offence.committed_on is not None:
            yield offence.committed_on
        yield from (flag.since for flag in offence.flags if flag.since is not None)
    for victim in case.victims:
        yield from (fact.since for fact in victim.facts if fact.since is not None)
        if victim.born is not None:
            for age in ages:
                yield (birthday := add_years(victim.born, age))
                yield _day_after(birthday)  # of those born on 29 February one of the two is right


def _day_after(day: date) -> date:
    return min(day, date.max - timedelta(days=1)) + timedelta(days=1)
