"""Building the explanation of an obligation, step by step, in the order a person would check it.

All sentences of an explanation stand here, so that the wording can be reviewed as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from victims_code.assessment.clock import Period, run_clock
from victims_code.assessment.explanations.steps import Explanation, Step, explained, happened, quote
from victims_code.assessment.explanations.what_bears import what_bears
from victims_code.assessment.questions import ranked_names
from victims_code.assessment.status import Urgency
from victims_code.dates import age_on, format_date
from victims_code.law import After, Before, Duty, Edition, Every, Law, Limit, Unit, Within
from victims_code.law.deadlines import due_date
from victims_code.printable import capitalised
from victims_code.render.questions import event_named
from victims_code.render.tables import listed
from victims_code.vocabulary import (
    OFFENCE_VICTIMS,
    SPEAKING,
    Derived,
    FactName,
    Status,
    Track,
    WhenUnstated,
    load_vocabulary,
)
from victims_code.working_days import WorkingDayCalendar

if TYPE_CHECKING:
    from victims_code.assessment.eligibility import Person
    from victims_code.assessment.obligations import Obligation
    from victims_code.assessment.record import Known
    from victims_code.cases import Assertion, Event, Victim


def explain_obligation(obligation: Obligation, law: Law) -> Explanation:
    """Why this obligation is owed, when it is due, and where it stands."""
    steps = (
        edition_step(obligation.edition, obligation.triggered_on, law),
        *_victim(obligation, law),
        duty_step(obligation.duty, obligation.edition, law),
        *_applies(obligation),
        *_whose_offence(obligation),
        _trigger(obligation),
        *_track(obligation, law),
        *_clock(obligation),
        *_wish(obligation),
        _discharge(obligation),
        *_reasons(obligation),
        *what_bears(obligation),
        Step(kind="status", statement=_status(obligation), readings=_how_late(obligation)),
    )
    return explained(law, _summary(obligation), steps)


# --- The law ----------------------------------------------------------------------------------------------------


def edition_step(edition: Edition, on: date, law: Law) -> Step:
    """Which edition governs a day, and on what authority."""
    info = edition.info
    if not info.is_law:
        return Step(
            kind="edition",
            statement=f"{format_date(on)} is taken to be governed by {info.title} ({info.id}), which is not law.",
            cites=tuple(quote(c, law) for c in info.cites),
            evidence=info.evidence,
        )
    until = f"until {format_date(info.in_force_until)}" if info.in_force_until else "and not replaced since"
    return Step(
        kind="edition",
        statement=f"{format_date(on)} is governed by {info.title} ({info.id}), in force from"
        f" {format_date(info.in_force_from)} {until}.",
        cites=tuple(quote(citation, law) for citation in info.cites),
        evidence=info.evidence,
        readings=("governing-edition",),
    )


def duty_step(duty: Duty, edition: Edition, law: Law) -> Step:
    """What the duty is, who owes it, and what that rests on."""
    limit = duty.deadline.standard.words
    if not duty.deadline.single:
        limit += f"; with {edition.enhanced} {duty.deadline.enhanced.words}"
    return Step(
        kind="duty",
        statement=f"{edition.part_label(duty.part)}: {duty.title}. {_bodies(duty, edition)} {duty.force.value} do this."
        f" Time limit: {limit}.",
        because=(*_note(duty), *_answers(duty, law)),
        cites=tuple(quote(citation, law) for citation in duty.cites),
        evidence=duty.evidence,
        readings=duty.readings,
    )


def _note(duty: Duty) -> Iterator[Step]:
    if duty.note:
        yield Step(kind="note", statement=duty.note)


def _answers(duty: Duty, law: Law) -> Iterator[Step]:
    """The articles and standards beside the Code that the duty answers."""
    for instrument, reference in law.answers(duty.edition, duty.id):
        asks = f", which asks: {reference.limit.words}" if reference.limit else ""
        yield Step(
            kind="note",
            statement=f"It answers {reference.label} of {instrument.title} ({reference.title}){asks}."
            + ("" if instrument.statutory else " That text is not law."),
            cites=tuple(law.quote(citation) for citation in reference.cites),
            evidence=reference.evidence,
            readings=reference.readings,
        )


def _bodies(duty: Duty, edition: Edition) -> str:
    return _joined([edition.body_title(body) for body in duty.owed_by])


def bodies_in_words(bodies: Sequence[str]) -> str:
    """The bodies that owe something, as people say it."""
    return _joined([load_vocabulary().bodies[body].title for body in bodies])


def _joined(titles: Sequence[str]) -> str:
    """One title, or several of which one applies."""
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} or {titles[-1]}"


# --- The people -------------------------------------------------------------------------------------------------


def _victim(obligation: Obligation, law: Law) -> Iterator[Step]:
    entitlement = obligation._entitlement
    if entitlement is None:
        to = obligation.edition.body_title(obligation.duty.owed_to)
        yield Step(kind="victim", statement=f"The duty is owed to the {to}, once for the case and not to each victim.")
        return
    capacity = entitlement.capacity
    covered = {True: "is covered by", False: "is not covered by", None: "may be covered by"}[entitlement.entitled.truth]
    known = obligation._setting.record.known_of(_victim_of(obligation))
    yield Step(
        kind="victim",
        statement=f"{obligation.victim} {covered} the Code in the capacity: {capacity.title}.",
        because=tuple(
            fact_steps(known, entitlement.entitled.used, entitlement.entitled.missing, obligation.triggered_on)
        ),
        cites=tuple(quote(citation, law) for citation in capacity.cites),
        evidence=capacity.evidence,
        readings=tuple(_why_silence(known, entitlement.entitled.used, obligation.triggered_on)),
    )


def _whose_offence(obligation: Obligation) -> Iterator[Step]:
    if OFFENCE_VICTIMS in obligation._applicability.missing:
        whom = obligation.victim or "any victim of the case"
        yield Step(
            kind="applies",
            statement=f"The record names the offence {obligation.trigger.offence}."
            f" It is not known whether {whom} is a victim of it.",
            readings=("whose-offence-is-not-known", "unknown-applicability"),
        )


def _victim_of(obligation: Obligation) -> Victim | None:
    return next((v for v in obligation._setting.record.case.victims if v.reference == obligation.victim), None)


def _applies(obligation: Obligation) -> Iterator[Step]:
    condition = obligation.duty.applies_when
    if condition is None:
        return
    known = obligation._setting.record.known_of(_victim_of(obligation))
    finding = condition.find(known.on(obligation.triggered_on))
    yield Step(
        kind="applies",
        statement="The condition of this duty is met."
        if finding.truth
        else "It is not known whether the condition of this duty is met.",
        because=tuple(fact_steps(known, finding.used, finding.missing, obligation.triggered_on)),
        readings=() if finding.truth else ("unknown-applicability",),
    )


def _why_silence(known: Known, used: tuple[str, ...], on: date) -> Iterator[str]:
    """The readings that say why facts no one has stated are taken as they are."""
    for name in used:
        reading = load_vocabulary().facts[name].reading
        if reading is not None and known.asserted(name, on) is None:
            yield reading
        if known.shown_by_record(load_vocabulary().facts[name]) is not None:
            yield "derived-facts"


def fact_steps(
    known: Known, used: tuple[str, ...], missing: tuple[str, ...], on: date, suspect: str | None = None
) -> Iterator[Step]:
    """Every fact an answer rests on, with its value and how it is known, then every fact that is missing."""
    lookup = known.at(on, suspect)
    for name in used:
        fact = load_vocabulary().facts[name]
        value = lookup(name)
        answer = {True: "Yes", False: "No"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        yield Step(
            kind="fact",
            statement=f"{fact.question} {answer}{_why_known(known, name, on, suspect)}.",
            readings=(*_stated_against_record(known, fact, on, suspect), *_readings_of_age(known, fact, on)),
        )
    for name in missing:
        unsure = known.unsure(name, on)
        yield Step(
            kind="fact",
            statement=f"{load_vocabulary().question(name)} Not known: {_why_not_known(known, name, unsure)}.",
            readings=() if unsure is None else ("stated-as-unknown",),
        )


def _readings_of_age(known: Known, fact: FactName, on: date) -> Iterator[str]:
    """The readings for an age that is stated, and for someone who was born after the offence."""
    born = known.victim.born if known.victim is not None and fact.of_dates else None
    if fact.of_dates and known.asserted(fact.id, on) is not None:
        yield "age-stated"
    elif born is not None and all(one.committed_on is not None and one.committed_on < born for one in known.offences):
        yield "born-after-the-offence"


def _stated_against_record(known: Known, fact: FactName, on: date, suspect: str | None) -> tuple[str, ...]:
    """The reading for a fact that is stated, where an event on record says otherwise."""
    stated = known.asserted(fact.id, on) if fact.is_time_dependent else None
    shown = None if stated is None else known.at_the_moment(fact, on, suspect)
    return () if stated is None or shown is None or shown is stated.value else ("stated-against-record",)


def _why_not_known(known: Known, name: str, unsure: Assertion | None) -> str:
    fact = load_vocabulary().facts.get(name)
    if unsure is not None:
        return f"it is recorded so{_by_whom(unsure)}"
    if fact is None or fact.derived is not Derived.AGE_AT_OFFENCE or known.victim is None:
        return "no one has said"
    return f"the date of {'birth' if known.victim.born is None else 'the offence'} is missing"


def _by_whom(assertion: Assertion) -> str:
    """Who states a fact, and since when."""
    source = f", according to {assertion.source}" if assertion.source else ""
    return f"{source}, since {format_date(assertion.since)}" if assertion.since else source


def _why_known(known: Known, name: str, on: date, suspect: str | None) -> str:
    assertion = known.asserted(name, on)
    if assertion is not None:
        return _by_whom(assertion) if assertion.source else f", as recorded{_by_whom(assertion)}"
    fact = load_vocabulary().facts[name]
    if fact.is_time_dependent and known.at_the_moment(fact, on, suspect) is not None:
        return _FROM_THE_MOMENT.get(fact.derived, "")
    if fact.shared and known.of_those_spoken_for(name, on) is not None:
        return ", as recorded of the person spoken for"
    if (shown := known.shown_by_record(fact)) is not None:
        return f", because the victim was under {fact.below} at the first record on {format_date(shown)}"
    if fact.derived is not None and known.derived(fact, on) is not None:
        return {
            Derived.AGE_AT_OFFENCE: ", from the date of birth and the date of the offence",
            Derived.AGE_OF_CHILD: f", from the date of birth, on {format_date(on)}",
        }.get(fact.derived, "")
    if fact.silence is WhenUnstated.CLOSED_BY_NEEDS_ASSESSMENT:
        return ", since the needs have been assessed and no one asserted it"
    return ", since the record does not say otherwise"


_FROM_THE_MOMENT: dict[Derived | None, str] = {
    Derived.AGE_AT_EVENT: ", from the date of birth and the record",
    Derived.AGE_ON_DAY: ", from the date of birth and that day",
    Derived.EVENT_ON_RECORD: ", from the record",
}


def _track(obligation: Obligation, law: Law) -> Iterator[Step]:
    entitlement = obligation._entitlement
    if entitlement is None or obligation.track is Track.SINGLE:
        return
    known = obligation._setting.record.known_of(_victim_of(obligation))
    if entitlement.through is not None:
        yield Step(
            kind="track",
            statement=f"{obligation.victim} speaks for {entitlement.through}, who gets"
            f" {obligation.edition.enhanced}, so the enhanced limit applies.",
            readings=("rights-of-those-spoken-for", "unknown-facts", "since-when"),
        )
    elif obligation.track is Track.ENHANCED:
        yield Step(
            kind="track",
            statement=f"{obligation.victim} gets {obligation.edition.enhanced}, so the enhanced limit applies.",
            because=tuple(
                Step(
                    kind="fact",
                    statement=f"{criterion.title}.",
                    evidence=criterion.evidence,
                    cites=tuple(quote(citation, law) for citation in criterion.cites),
                    because=tuple(
                        fact_steps(
                            known,
                            criterion.when.find(known.on(obligation.triggered_on)).used,
                            (),
                            obligation.triggered_on,
                        )
                    ),
                )
                for criterion in entitlement.met
            ),
            readings=("unknown-facts", "since-when"),
        )
    else:
        yield _without_enhanced(obligation, _whose_rights(obligation))


def _whose_rights(obligation: Obligation) -> list[Person]:
    """The people on whose Rights the deadline rests: the victim, or those for whom someone is there to speak."""
    people, entitlement = obligation._setting.people, obligation._entitlement
    person = people[obligation.victim or ""]
    spoken_for = person.victim.speaks_for if entitlement is not None and entitlement.capacity.speaks else ()
    return [people[reference] for reference in spoken_for] or [person]


def _without_enhanced(obligation: Obligation, whose: Sequence[Person]) -> Step:
    """The step for the standard deadline, or for both where it is not known which holds."""
    rights, on = obligation.edition.enhanced, obligation.triggered_on
    names = [person.victim.reference for person in whose]
    speaks = names != [obligation.victim]
    one = len(names) == 1
    if obligation.track is Track.STANDARD:
        who = (
            f"{obligation.victim} speaks for {listed(names)}, who do{'es' if one else ''}"
            if speaks
            else (f"{obligation.victim} does")
        )
        statement = f"{who} not get {rights}, so the standard limit applies."
    else:
        lead = f"{obligation.victim} speaks for {listed(names)}. " if speaks else ""
        statement = (
            f"{lead}It is not known whether {listed(names)} get{'s' if one else ''} {rights},"
            " so both limits are worked out."
        )
    because: list[Step] = []
    for person in whose:
        enhanced = person.entitlement(obligation.edition, on).enhanced
        used = enhanced.used if enhanced.truth is False else ()
        stated = tuple(name for name in used if person.known.asserted(name, on) or name == "capacity")
        closed = _closed(person.known) if enhanced.truth is False else ()
        found = (*closed, *fact_steps(person.known, stated, enhanced.missing, on))
        because += found if one else [Step(kind="note", statement=f"{person.victim.reference}:", because=found)]
    return Step(
        kind="track",
        statement=statement,
        because=tuple(because),
        readings=(*(("rights-of-those-spoken-for",) if speaks else ()), "unknown-facts"),
    )


def _closed(known: Known) -> Iterator[Step]:
    if known.needs_assessed:
        yield Step(
            kind="fact",
            statement="The victim's needs have been assessed; a category no one has asserted does not apply.",
        )


# --- The event and the clock ------------------------------------------------------------------------------------


def _trigger(obligation: Obligation) -> Step:
    trigger, duty = obligation.trigger, obligation.duty
    if obligation.period is not None:
        nth = _nth_period(duty.deadline.standard, obligation.period)
        return Step(
            kind="trigger",
            statement=f"{happened(trigger)} This is {nth}, which began on {format_date(obligation.triggered_on)}.",
            readings=("monthly-updates",),
        )
    if duty.trigger.event == "any":
        return Step(
            kind="trigger",
            statement="The duty holds from the first event on record under this edition, on"
            f" {format_date(trigger.on)}.",
            readings=("standing-duties",),
        )
    return Step(kind="trigger", statement=happened(trigger))


def _nth_period(limit: Limit, period: Period) -> str:
    """Which period it is, in words: *month 3*, or *period 3 of 2 months*."""
    if not isinstance(limit, Every):
        return f"period {period.number}"
    unit = limit.unit.value.replace("-", " ")
    return f"{unit} {period.number}" if limit.every == 1 else f"period {period.number} of {limit.every} {unit}s"


def period_step(limit: Limit, period: Period) -> Step:
    """From when to when a period of a recurring duty runs."""
    nth = _nth_period(limit, period)
    return Step(
        kind="clock",
        statement=f"{capitalised(nth)} runs from {format_date(period.starts_on)} and is due by"
        f" {format_date(period.ends_on)}.",
        readings=("monthly-updates",),
    )


def _clock(obligation: Obligation) -> Iterator[Step]:
    setting = obligation._setting
    if obligation.period is not None:
        yield period_step(obligation.duty.deadline.standard, obligation.period)
        return
    limits: list[tuple[str, Limit]] = [("", obligation.duty.deadline.standard)]
    if obligation.track is Track.ENHANCED:
        limits = [("", obligation.duty.deadline.enhanced)]
    elif obligation.track is Track.UNKNOWN:
        limits = [
            ("Standard: ", limits[0][1]),
            (
                f"With {obligation.edition.enhanced}: ",
                obligation.duty.deadline.enhanced,
            ),
        ]
    for label, limit in limits:
        clock_run = run_clock(limit, obligation.trigger, setting.record, setting.calendar)
        if isinstance(limit, Within) and clock_run.starts_on is not None and clock_run.due_on is not None:
            yield from clock_steps(limit, clock_run.starts_on, clock_run.due_on, setting.calendar, label)
        elif isinstance(limit, Within) and clock_run.floor is not None:
            yield _awaiting(obligation, limit, clock_run.floor, label)
        elif isinstance(limit, Before) and clock_run.due_on is not None:
            yield Step(
                kind="clock",
                statement=f"{label}It was to be done by {format_date(clock_run.due_on)},"
                f" when {load_vocabulary().events[limit.before].past}.",
                readings=("before-an-event",),
            )
        else:
            yield Step(
                kind="clock",
                statement=f"{label}The Code sets no number of days ({limit.words}), so there is no due date.",
            )


def clock_steps(limit: Within, start: date, due: date, calendar: WorkingDayCalendar, label: str = "") -> Iterator[Step]:
    """How the limit was counted: from what day, which days were skipped and why, and where it ends."""
    received = " (the day of receipt)" if limit.after is After.RECEIVED else ""
    skipped: tuple[Step, ...] = ()
    readings: tuple[str, ...] = ("day-of-event-is-day-zero",)
    if limit.unit is Unit.WORKING_DAY:
        trace = calendar.trace(start, limit.within)
        skipped = tuple(
            Step(kind="day", statement=f"{format_date(day)} is not counted: {why}.") for day, why in trace.skipped
        )
        readings += ("working-day",)
        if calendar.rests_on_projection(start, due):
            note = "The bank holidays of that year are projected, not yet proclaimed."
            skipped += (Step(kind="note", statement=note),)
    if limit.unit in (Unit.MONTH, Unit.YEAR):
        readings += ("ends-of-months",)
    if limit.after is After.RECEIVED:
        readings += ("after-receipt",)
    count = capitalised(limit.words.split(" of ")[0].removeprefix("within "))
    ends = "ends" if limit.within == 1 else "end"
    yield Step(
        kind="clock",
        statement=f"{label}{count}, counted from the day after {format_date(start)}{received}, {ends} on"
        f" {format_date(due)}.",
        because=skipped,
        readings=readings,
    )


def _awaiting(obligation: Obligation, limit: Within, floor: date, label: str) -> Step:
    latest = _latest_lawful(obligation, limit)
    because = [
        Step(
            kind="note",
            statement=f"It cannot end before {format_date(floor)}, when it ends if receipt was on the"
            " day of the event.",
        )
    ]
    if latest is not None:
        by_court, due = latest
        because.append(
            Step(
                kind="note",
                statement=f"If it was passed on in time, by {format_date(by_court)}, the latest lawful"
                f" date is {format_date(due)}.",
            )
        )
    return Step(
        kind="clock",
        statement=f"{label}The clock starts on the day of receipt ({_bodies(obligation.duty, obligation.edition)})."
        " No receipt is on record, so the due date is not known.",
        because=tuple(because),
        readings=("after-receipt",),
    )


def _latest_lawful(obligation: Obligation, limit: Within) -> tuple[date, date] | None:
    """The last day the information may arrive by its sender's own limit, and the due date that follows."""
    event, calendar = obligation.trigger, obligation._setting.calendar
    for other in obligation.edition.duties.values():
        own = other.deadline.standard
        passes_on = other.discharged_by is not None and other.discharged_by.receipt
        if other.trigger.event == event.event and passes_on and isinstance(own, Within):
            arrives = due_date(event.on, own.within, own.unit, calendar)
            return arrives, due_date(arrives, limit.within, limit.unit, calendar)
    return None


# --- What was done ----------------------------------------------------------------------------------------------


def _wish(obligation: Obligation) -> Iterator[Step]:
    if (wish := obligation.suspension) is not None and wish.event == "victim-died":
        yield Step(
            kind="wish",
            statement=f"{happened(wish)[:-1]}, when it could still be done in time, so it is suspended.",
            readings=("death-of-victim",),
        )
    elif wish is not None:
        yield Step(
            kind="wish",
            statement=f"{happened(wish)[:-1]}, and had not taken that back {_when_it_held(obligation, wish)},"
            " so it is suspended.",
            readings=("wishes", "what-can-be-declined"),
        )


def _when_it_held(obligation: Obligation, wish: Event) -> str:
    """The day that counts for a wish: when the duty began, or the last day on which it could be done in time."""
    if wish.on <= obligation.triggered_on:
        return "when the duty began"
    if obligation.due_on is None:
        return f"on {format_date(obligation._setting.as_at)}"
    return "on the last day on which it could be done in time"


def _discharge(obligation: Obligation) -> Step:
    act = obligation.duty.discharged_by
    if act is not None and act.receipt:
        if obligation.discharged_on is not None:
            statement = f"It was received on {format_date(obligation.discharged_on)}."
        else:
            statement = f"No receipt is on record at {format_date(obligation._setting.as_at)}."
        return Step(kind="discharge", statement=statement, readings=("receipt-discharges",))
    if obligation.discharge is not None:
        return Step(
            kind="discharge",
            statement=happened(obligation.discharge),
            because=(
                *_through_another(obligation),
                *_unnamed_suspect(obligation, obligation.discharge),
                *_told_to_one_who_speaks(obligation, obligation.discharge.on),
            ),
            readings=("pairing", *_why_it_counts(obligation, obligation.discharge)),
        )
    if act is None:
        return Step(kind="discharge", statement="No record in the vocabulary shows whether this was done.")
    return Step(
        kind="discharge",
        statement=f"Nothing on record at {format_date(obligation._setting.as_at)} shows that it was done.",
        because=tuple(_told_to_one_who_speaks(obligation, obligation._setting.as_at)),
        readings=("pairing",),
    )


def _told_to_one_who_speaks(obligation: Obligation, until: date) -> Iterator[Step]:
    """Records that someone who speaks for the victim was told, which do not count for the victim, and why not."""
    act, setting, victim = obligation.duty.discharged_by, obligation._setting, obligation.victim
    if act is None or act.event is None or victim is None:
        return
    speakers = {person.victim.reference: person for person in setting.spokespersons.get(victim, ())}
    for told in setting.record.all_of(act.event, act.about):
        speaker = speakers.get(told.victim or "")
        agrees = told.agrees(obligation.trigger, "offence", *act.match)
        if speaker is None or not agrees or not obligation.triggered_on <= told.on <= until:
            continue
        if not speaker.hears_for(victim, obligation.edition, told.on):
            yield Step(
                kind="note",
                statement=f"{told.victim}, who speaks for {victim}, was told on {format_date(told.on)}."
                f" That is not counted: {_why_not_heard(speaker, setting.people[victim].victim, told.on)}",
                readings=("told-through-another", *_by_a_victim(obligation, told.victim or "")),
            )


def _why_not_heard(speaker: Person, other: Victim, on: date) -> str:
    """Why what someone was told does not count for another for whom they speak."""
    name, of_age = other.reference, load_vocabulary().facts["child-under-18"].below or 0
    if speaker.victim.capacity not in SPEAKING:
        if other.born is None:
            return f"when {name} was born is not on record, so {name} may be of age."
        if age_on(other.born, on) >= of_age:
            return f"{name} was of age by then."
    return f"{speaker.victim.reference} did not receive the Rights in the place of {name} then."


def _why_it_counts(obligation: Obligation, record: Event) -> Iterator[str]:
    """The readings by which a record answers a duty, beyond those of every pair."""
    if record.victim is None:
        yield "record-without-victim"
    if not obligation.edition.info.governs(record.on):
        yield "told-under-another-edition"


def _through_another(obligation: Obligation) -> Iterator[Step]:
    told = obligation.discharge.victim if obligation.discharge else None
    if told is not None and told != obligation.victim and obligation.victim is not None:
        yield Step(
            kind="note",
            statement=f"This record concerns {told}, who speaks for {obligation.victim}.",
            readings=("told-through-another", *_by_a_victim(obligation, told)),
        )


def _by_a_victim(obligation: Obligation, told: str) -> tuple[str, ...]:
    """The reading for someone who hears for another and has Rights of their own."""
    person = obligation._setting.people.get(told)
    only_speaks = person is None or person.victim.capacity in SPEAKING
    return () if only_speaks else ("victim-speaks-for-another",)


def _unnamed_suspect(obligation: Obligation, telling: Event) -> Iterator[Step]:
    same = {event.suspect for event in obligation._setting.record.all_of(obligation.trigger.event)}
    if telling.suspect is None and len(same) > 1:
        yield Step(
            kind="note",
            statement=f"This record names no suspect; it is counted for each of the {len(same)} it may concern.",
        )


def _reasons(obligation: Obligation) -> Iterator[Step]:
    for reason in obligation.good_reasons:
        yield Step(
            kind="reason",
            statement=f"{happened(reason)} It does not undo lateness and is shown next to it.",
            readings=("good-reasons", "good-reason-days"),
        )


# --- The answer -------------------------------------------------------------------------------------------------


def _summary(obligation: Obligation) -> str:
    to = f" ({obligation.victim})" if obligation.victim else ""
    due = f"due by {format_date(obligation.due_on)}" if obligation.due_on else "no due date"
    if obligation.due_on_if_enhanced is not None:
        due += f", or by {format_date(obligation.due_on_if_enhanced)} if {obligation.edition.enhanced} apply"
    nth = f", {_nth_period(obligation.duty.deadline.standard, obligation.period)}" if obligation.period else ""
    caution = obligation.edition.info.caution
    return f"{caution}{obligation.duty.title}{to}{nth}: {due}. {_status(obligation)}"


def _how_late(obligation: Obligation) -> tuple[str, ...]:
    late = obligation.status in (Status.OVERDUE, Status.MET_LATE)
    return ("late", "days-late") if late else ()


def _working_days_late(obligation: Obligation, word: str = "") -> str:
    """How many working days late, both numbers where it is not known which deadline holds; nothing if it is not."""
    late = obligation.days_late or obligation.days_late_if_standard
    days = f"{late} working day{'' if late == 1 else 's'}{word}" if late else ""
    if days and not obligation.days_late and obligation.days_late_if_enhanced:
        days += f", or {obligation.days_late_if_enhanced} if {obligation.edition.enhanced} apply"
    return days


def _status(obligation: Obligation) -> str:
    days, after = (_working_days_late(obligation, word) for word in ("", " after the due date"))
    as_at = format_date(obligation._setting.as_at)
    done = format_date(obligation.discharged_on) if obligation.discharged_on else ""
    return {
        Status.NOT_YET_DUE: f"Not yet due at {as_at}.",
        Status.DUE_TODAY: f"Due today, {as_at}.",
        Status.MET: f"Met: done on {done}.",
        Status.MET_LATE: f"Met late: done on {done}" + (f", {after}." if after else "."),
        Status.OVERDUE: f"Overdue at {as_at}" + (f" by {days}." if days else "."),
        Status.UNDATED: "Owed, with no date that could be missed.",
        Status.SUSPENDED: _suspended(obligation),
        Status.CANNOT_TELL: f"Cannot tell{_what_is_missing(obligation)}{_what_to_do(obligation)}",
    }[obligation.status]


def _what_to_do(obligation: Obligation) -> str:
    """What to do about something undone of which it cannot be told whether it is late."""
    if obligation.urgency is Urgency.ACT_NOW:
        return " Act now: it may be late already."
    return " Act today to be sure to be in time." if obligation.urgency is Urgency.DUE_TODAY else ""


def _suspended(obligation: Obligation) -> str:
    died = obligation.suspension is not None and obligation.suspension.event == "victim-died"
    return "Suspended, since the victim has died." if died else "Suspended at the victim's wish."


def _what_is_missing(obligation: Obligation) -> str:
    names = ranked_names(obligation)
    if not names:
        return ", because the record does not settle it."
    event = event_named(obligation.trigger.event, obligation.triggered_on.isoformat(), obligation.trigger.suspect)
    asked = load_vocabulary().need_to_know(names, victim=_asked_of(obligation), event=event)
    return f". {asked}"


def _asked_of(obligation: Obligation) -> str | None:
    """Whom the questions are about: those spoken for, if their Rights alone keep the answer open."""
    entitlement = obligation._entitlement
    if entitlement is None or not {*entitlement.entitled.missing, *entitlement.enhanced.missing} >= set(
        obligation._missing
    ):
        return obligation.victim
    return listed([person.victim.reference for person in _whose_rights(obligation)])
