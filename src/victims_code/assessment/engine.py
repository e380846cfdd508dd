"""The assessment, from case to obligations, on one page."""

from __future__ import annotations

import copyreg
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from types import MappingProxyType

from attrs import evolve

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked
from victims_code.assessment.clock import Period, periods_of
from victims_code.assessment.eligibility import Person, VictimEligibility, people_of
from victims_code.assessment.obligations import Obligation, Setting, obligation_for
from victims_code.assessment.record import Record, record_of
from victims_code.assessment.result import Assessment, Stamp
from victims_code.assessment.special_measures import SpecialMeasures, special_measures_of
from victims_code.assessment.windows import Window, under_earlier_schemes, windows_of
from victims_code.cases import Case, Event
from victims_code.dates import age_on, format_date
from victims_code.faults import Fault
from victims_code.law import Duty, Edition, Every, Law, Occurrence
from victims_code.reading.documents import Keys
from victims_code.vocabulary import SPEAKING, Derived, EventKind, load_vocabulary
from victims_code.working_days import WorkingDayCalendar


@checked
def assess(
    case: Case, *, law: Law, calendar: WorkingDayCalendar, as_at: date, known_on: date | None = None
) -> Assessment:
    """Every duty owed in a case under the editions that govern its events, as things stood at ``as_at``."""
    people, setting = prepare(case, law=law, calendar=calendar, as_at=as_at, known_on=known_on)
    record = setting.record
    nobody = record.known_of(None)
    governed, ungoverned = _by_edition(record, law)
    faults = [*case.faults, *record.faults, *ungoverned, *under_earlier_schemes(setting)]
    obligations: list[Obligation] = []
    eligibility: list[VictimEligibility] = []
    for edition, events in governed.items():
        for trigger, duty in _triggered(edition, events):
            if duty.owed_to == "victim":
                obligations += _owed_to(people, duty, edition, trigger, setting)
            elif not record.concerns_anyone(trigger):
                continue
            elif (one := obligation_for(duty, edition, trigger, None, nobody, None, setting)) is not None:
                obligations.append(one)
        faults += _starting_nothing(edition, events, record)
        eligibility += [
            VictimEligibility(victim=person.victim.reference, entitlement=person.entitlement(edition, as_at))
            for person in people
        ]
    obligations.sort(key=_order)
    windows = windows_of(people, setting)
    return Assessment(
        case=case,
        stamp=Stamp(
            package=__version__,
            law=law.version,
            law_hash=law.data_hash,
            calendar=calendar.version,
            editions=tuple(edition.id for edition in governed),
            cautions=tuple(f"{e.info.caution}{e.info.title}." for e in governed if e.info.caution),
            as_at=as_at,
            known_on=known_on,
            records_not_counted=len(record.uncounted),
            case=case,
        ),
        eligibility=tuple(eligibility),
        obligations=tuple(obligations),
        windows=windows,
        setting=setting,
        find_special_measures=cache(partial(special_measures_of, people, setting)),
        faults=(
            *faults,
            *_unknown_ages(people, governed, as_at, case),
            *_without_effect(case, law),
            *_children_alone(case, as_at),
            *_projections(obligations, record, calendar),
            *_outside_the_calendar(windows, record, calendar),
        ),
    )


def prepare(
    case: Case, *, law: Law, calendar: WorkingDayCalendar, as_at: date, known_on: date | None = None
) -> tuple[tuple[Person, ...], Setting]:
    """The people of a case with what is known of them, and what every answer about them shares."""
    record = record_of(case, as_at=as_at, known_on=known_on)
    people = people_of(record)
    setting = Setting(
        as_at=as_at,
        record=record,
        calendar=calendar,
        law=law,
        known_on=known_on,
        spokespersons=_speakers_by_victim(people),
        people={person.victim.reference: person for person in people},
    )
    return people, setting


def _speakers_by_victim(people: Iterable[Person]) -> Mapping[str, list[Person]]:
    speakers: dict[str, list[Person]] = {}
    for person in people:
        for reference in person.victim.speaks_for:
            speakers.setdefault(reference, []).append(person)
    return speakers


_Occurring = tuple[Event, Occurrence]
"""An event, and whether it is the first of its name for its suspect or a later one."""


def _by_edition(record: Record, law: Law) -> tuple[Mapping[Edition, list[_Occurring]], list[Fault]]:
    """The events by the edition that governs them (reading *governing-edition*), and a fault for each other one."""
    governed: dict[Edition, list[_Occurring]] = {}
    faults: list[Fault] = []
    for event, occurrence in _occurring(record.events):
        info = law.info_on(event.on)
        if info is not None and info.encoded:
            governed.setdefault(law.editions[info.id], []).append((event, occurrence))
        elif load_vocabulary().events[event.event].kind is EventKind.TRIGGER:
            faults.append(_ungoverned(event, record, law))
    return governed, faults


def _occurring(events: Iterable[Event]) -> Iterator[_Occurring]:
    """Every event, and whether it is the first of its name for its suspect (reading *hearing-without-suspect*)."""
    seen: set[tuple[str, str | None]] = set()
    for event in events:
        key = event.event, event.suspect
        yield event, Occurrence.LATER if key in seen else Occurrence.FIRST
        seen.add(key)


def _ungoverned(event: Event, record: Record, law: Law) -> Fault:
    info, where = law.info_on(event.on), record.where_it_happened(event, event.event)
    if info is None:
        return faults.NO_EDITION_ON_THAT_DAY.at(where, day=format_date(event.on), range=law.range_in_words())
    until = format_date(info.in_force_until) if info.in_force_until else "today"
    return faults.EVENT_UNDER_AN_EDITION_NOT_ENCODED.at(
        where,
        day=format_date(event.on),
        edition=info.id,
        since=format_date(info.in_force_from),
        until=until,
        title=info.title,
    )


def _triggered(edition: Edition, events: list[_Occurring]) -> Iterator[tuple[Event, Duty]]:
    """Every event with each duty it starts; duties without an event of their own start with the first one."""
    duties = _duties_by_trigger(edition)
    for duty in duties.get("any", ()):
        yield events[0][0], duty
    for event, occurrence in events:
        for duty in duties.get(event.event, ()):
            if duty.trigger.occurrence is None or duty.trigger.occurrence is occurrence:
                yield event, duty


def _starting_nothing(edition: Edition, events: list[_Occurring], record: Record) -> Iterator[Fault]:
    """A warning for each kind of event that the edition has no duty for, so that silence is not taken for an answer."""
    first: dict[str, Event] = {}
    for event, _ in events:
        first.setdefault(event.event, event)
    for name, event in first.items():
        if name in _unanswered(edition):
            yield faults.NO_DUTY_STARTS_WITH_THE_EVENT.at(record.where_it_happened(event, name), edition=edition.id)


@cache
def _unanswered(edition: Edition) -> frozenset[str]:
    return frozenset(edition.unanswered)


@cache
def _duties_by_trigger(edition: Edition) -> Mapping[str, tuple[Duty, ...]]:
    found: dict[str, list[Duty]] = {}
    for duty in edition.duties.values():
        found.setdefault(duty.trigger.event, []).append(duty)
    return MappingProxyType({event: tuple(duties) for event, duties in found.items()})


def _owed_to(
    people: Sequence[Person], duty: Duty, edition: Edition, trigger: Event, setting: Setting
) -> Iterator[Obligation]:
    for person in people:
        reference = person.victim.reference
        if duty.trigger.event == "any" or setting.record.concerns(trigger, reference):
            for period in _periods(duty, edition, trigger, reference, setting):
                entitlement = person.entitlement(edition, trigger.on if period is None else period.starts_on)
                obligation = obligation_for(
                    duty, edition, trigger, reference, person.known, entitlement, setting, period
                )
                if obligation is not None:
                    yield obligation


_ONCE: tuple[None] = (None,)


def _periods(duty: Duty, edition: Edition, trigger: Event, victim: str, setting: Setting) -> Iterable[Period | None]:
    """The periods of a duty that recurs; None, once, for every other duty."""
    limit = duty.deadline.standard
    if not isinstance(limit, Every):
        return _ONCE
    return periods_of(
        limit,
        trigger,
        victim,
        edition=edition,
        record=setting.record,
        as_at=setting.as_at,
        calendar=setting.calendar,
    )


def _order(obligation: Obligation) -> tuple[bool, date, date, str]:
    """Dated first, by due date; then by the day they began."""
    due = obligation.due_on
    return due is None, due or obligation.triggered_on, obligation.triggered_on, obligation.duty.part


def _unknown_ages(people: Sequence[Person], editions: Iterable[Edition], as_at: date, case: Case) -> Iterator[Fault]:
    """A warning for each victim whose Enhanced Rights hang on nothing but a date that is missing.

    Those who are there to speak for others have the Rights of these, and are not asked how old they are themselves.
    """
    for n, person in enumerate(people):
        if person.victim.capacity in SPEAKING:
            continue
        open_ages = {name for name in _ages() if person.known.on(as_at)(name) is None}
        for edition in editions:
            enhanced = person.entitlement(edition, as_at).enhanced
            if enhanced.truth is None and open_ages & set(enhanced.missing) and _ages() >= set(enhanced.missing):
                yield _unknown_age(n, person, case)
                break


@cache
def _ages() -> frozenset[str]:
    return frozenset(fact.id for fact in load_vocabulary().facts.values() if fact.derived is Derived.AGE_AT_OFFENCE)


def _unknown_age(n: int, person: Person, case: Case) -> Fault:
    """Which date is missing: that of birth, or that of an offence against the victim."""
    missing = "born" if person.victim.born is None else "committed_on"
    undated = next((m for m, one in enumerate(case.offences) if one.committed_on is None), 0)
    offence: Keys = ("offence",) if len(case.offences) == 1 else ("offences", undated)
    return faults.AGE_AT_OFFENCE_NOT_KNOWN.at(
        case._where(("victims", n) if missing == "born" else offence),
        victim=person.victim.reference,
        question=load_vocabulary().question(missing),
        missing=missing,
    )


def _without_effect(case: Case, law: Law) -> Iterator[Fault]:
    """Records about a duty or a scheme that is not there, and refusals of what is not owed to the victim."""
    duties = _owed_to_by_name(law)
    for n, event in enumerate(case.events):
        name = load_vocabulary().events[event.event]
        about = name.about
        if event.withdrawn or event.about is None or not ("duty" in about or "scheme" in about):
            continue
        what, known = ("duty", duties.keys()) if "duty" in about else ("scheme", law.schemes.keys())
        where = case._where(("events", n, "about"))
        if event.about not in known:
            yield faults.RECORD_ABOUT_NOTHING_THERE.at(
                where, kind=what, word=event.about, nearest=load_vocabulary().nearest(event.about, known)
            )
        elif name.kind is EventKind.WISH and "victim" not in duties[event.about]:
            yield faults.DECLINED_WHAT_IS_NOT_OWED.at(where, about=event.about)


def _children_alone(case: Case, as_at: date) -> Iterator[Fault]:
    """A warning for each victim under age on the day for whom no one speaks."""
    of_age = load_vocabulary().facts["child-under-18"].below or 0
    spoken_for = {other for victim in case.victims for other in victim.speaks_for}
    for n, victim in enumerate(case.victims):
        is_child = victim.born is not None and victim.born <= as_at and age_on(victim.born, as_at) < of_age
        if is_child and victim.capacity not in SPEAKING and victim.reference not in spoken_for:
            yield faults.CHILD_WITHOUT_SPOKESPERSON.at(case._where(("victims", n)), victim=victim.reference, age=of_age)


def _owed_to_by_name(law: Law) -> Mapping[str, set[str]]:
    """To whom each duty is owed, in any edition."""
    owed_to: dict[str, set[str]] = {}
    for edition in law.editions.values():
        for duty in edition.duties.values():
            owed_to.setdefault(duty.id, set()).add(duty.owed_to)
    return owed_to


def _outside_the_calendar(windows: Iterable[Window], record: Record, calendar: WorkingDayCalendar) -> Iterator[Fault]:
    """Windows that end on a working day, on a day of which the calendar does not know whether it is one."""
    for window in windows:
        for closing in window.closings:
            if closing.limit.shift and closing.on is not None and not calendar.covers(closing.on):
                title = window.scheme.title
                yield faults.WINDOW_ENDS_OUTSIDE_THE_CALENDAR.at(
                    title if window.opened_by is None else record.where_it_happened(window.opened_by, title),
                    day=format_date(closing.on),
                )


def _projections(obligations: list[Obligation], record: Record, calendar: WorkingDayCalendar) -> Iterator[Fault]:
    """A warning if a due date rests on bank holidays that are not yet proclaimed."""
    last = max((o for o in obligations if o.due_on is not None), key=_last_due, default=None)
    if last is not None and calendar.is_projected(due := _last_due(last)):
        yield faults.DUE_DATE_ON_PROJECTED_HOLIDAYS.at(
            record.where_it_happened(last.trigger, last.duty.id), due=format_date(due)
        )


def _last_due(obligation: Obligation) -> date:
    return obligation.due_on or date.min


# An answer follows from a case, the law and a date, so a pickle holds these alone, and the answer is worked out again.


def _inputs(setting: Setting) -> tuple[Case, Law, WorkingDayCalendar, date, date | None]:
    return setting.record.case, setting.law, setting.calendar, setting.as_at, setting.known_on


def _setting_again(case: Case, law: Law, calendar: WorkingDayCalendar, as_at: date, known_on: date | None) -> Setting:
    return prepare(case, law=law, calendar=calendar, as_at=as_at, known_on=known_on)[1]


def _assessment_again(setting: Setting) -> Assessment:
    case, law, calendar, as_at, known_on = _inputs(setting)
    return assess(case, law=law, calendar=calendar, as_at=as_at, known_on=known_on)


def _obligation_again(setting: Setting, id_: str, within: int | None) -> Obligation:
    (found,) = (one for one in _assessment_again(setting).obligations if one.id == id_)
    return evolve(found, within=within)


def _window_again(setting: Setting, id_: str) -> Window:
    (found,) = (one for one in _assessment_again(setting).windows if one.id == id_)
    return found


def _special_measures_again(setting: Setting, victim: str, on: date) -> SpecialMeasures:
    (found,) = special_measures_of([setting.people[victim]], setting, on)
    return found


copyreg.pickle(Setting, lambda setting: (_setting_again, _inputs(setting)))
copyreg.pickle(Assessment, lambda one: (_assessment_again, (one._setting,)))
copyreg.pickle(Obligation, lambda one: (_obligation_again, (one._setting, one.id, one.within)))
copyreg.pickle(Window, lambda one: (_window_again, (one._setting, one.id)))
copyreg.pickle(SpecialMeasures, lambda one: (_special_measures_again, (one._setting, one.victim, one.on)))
