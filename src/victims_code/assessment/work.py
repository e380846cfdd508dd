"""What to do next: the work list of one or more cases, and the next day on which an answer can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import evolve

from victims_code import faults
from victims_code.assessment.obligations import Obligation, Setting
from victims_code.assessment.record import Record
from victims_code.assessment.status import WindowState
from victims_code.assessment.windows import Window
from victims_code.dates import add_years, civil_date
from victims_code.errors import WrongValueError
from victims_code.law import Law
from victims_code.vocabulary import load_vocabulary


def undone_of(obligations: Iterable[Obligation], within: int | None) -> tuple[Obligation, ...]:
    """Those obligations that are undone and have a date, in the order of ``act_by``."""
    found = obligations if within is None else seen_from(obligations, within)
    return tuple(sorted((one for one in found if one.urgency is not None), key=_in_order))


def seen_from(obligations: Iterable[Obligation], within: int) -> tuple[Obligation, ...]:
    """The obligations with another number of working days that count as soon.

    :raises WrongValueError: if it is not a whole number of days, or negative.
    """
    if not _is_a_number_of_days(within):
        raise WrongValueError(faults.NOT_A_NUMBER_OF_DAYS.at("within", number=within))
    return tuple(one if one.act_by is None else evolve(one, within=within) for one in obligations)


def _is_a_number_of_days(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0


def _in_order(one: Obligation) -> tuple[date, date, str, str, str, str]:
    return one.act_by or date.max, one.triggered_on, one.case, one.duty.part, one.victim or "", one.id


def next_change(obligations: Iterable[Obligation], windows: Iterable[Window], setting: Setting) -> date | None:
    """The next day after the date of assessment on which an answer can change although nothing new is recorded."""
    days = (
        *_of_obligations(obligations),
        *_of_windows(windows),
        *_of_records(setting.record),
        *_of_people(setting.record),
        *_of_the_law(setting.law),
    )
    return min((day for day in days if day > setting.as_at), default=None)


def _of_obligations(obligations: Iterable[Obligation]) -> Iterator[date]:
    """Due dates and the days after them; where a duty recurs, the day on which it begins again."""
    for one in obligations:
        if one.period is not None:
            yield one.period.ends_on
        for day in (one.act_by, one.due_on, one.due_on_if_enhanced) if one.is_undone else ():
            if day is not None:
                yield day
                yield _day_after(day)


def _of_windows(windows: Iterable[Window]) -> Iterator[date]:
    """The day after the last day of each window, and the dates of what is owed once the victim has asked."""
    for window in windows:
        ends = [] if window.state is WindowState.CLOSED else window.closings
        for closing in ends:
            yield from map(_day_after, filter(None, (closing.on, closing.not_before, closing.not_after)))
        for follow_up in window.follow_ups:
            if follow_up.done is None:
                yield from (follow_up.due_on, _day_after(follow_up.due_on))


def _of_records(record: Record) -> Iterator[date]:
    """The days on which records that are there already begin to count."""
    for event in record.case.events:
        yield event.on
        if event.received_on is not None:
            yield event.received_on
        if event.recorded is not None:
            yield civil_date(event.recorded)


def _of_people(record: Record) -> Iterator[date]:
    """The days from which facts count that someone has stated, and the birthdays on which a fact of age changes."""
    ages = {fact.below for fact in load_vocabulary().facts.values() if fact.below is not None}
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


def _of_the_law(law: Law) -> Iterator[date]:
    """The days on which editions, schemes and special measures come into force, and the days after their last."""
    measures = law.related.special_measures
    spans: list[tuple[date | None, date | None]] = [
        (info.in_force_from, info.in_force_until) for info in law.infos.values()
    ]
    spans += [(scheme.applications_since, None) for scheme in law.schemes.values()]
    spans += [(ground.since, ground.until) for ground in measures.grounds]
    for measure in measures.measures:
        spans += [(available.since, available.until) for available in measure.available]
        spans += [(condition.since, condition.until) for condition in measure.only_if]
    for since, until in spans:
        if since is not None:
            yield since
        if until is not None:
            yield _day_after(until)


def _day_after(day: date) -> date:
    return min(day, date.max - timedelta(days=1)) + timedelta(days=1)
