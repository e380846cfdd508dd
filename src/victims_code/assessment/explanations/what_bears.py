"""What was said or found out that bears on an obligation, also where it changes nothing.

A decline that does not put the duty on hold, Enhanced Rights found or ended later, and records that were not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from victims_code.assessment.explanations.steps import Step, happened, happened_uncounted
from victims_code.assessment.pairing import discharge_of, good_reasons_for, wishes_of
from victims_code.conditions import Truth
from victims_code.dates import format_date
from victims_code.vocabulary import Status, Track

if TYPE_CHECKING:
    from victims_code.assessment.obligations import Obligation
    from victims_code.cases import Event


def what_bears(obligation: Obligation) -> Iterator[Step]:
    """Every step of this kind, in the order of the kinds."""
    yield from _declined(obligation)
    yield from _died(obligation)
    yield from _spoken_for_died(obligation)
    yield from _enhanced_later(obligation)
    yield from _not_counted(obligation)


# --- The victim's wishes ----------------------------------------------------------------------------------------


def _declined(obligation: Obligation) -> Iterator[Step]:
    """A refusal after the duty began that does not put it on hold."""
    refused, resumed = wishes_of(obligation.duty, obligation.victim, obligation._setting.record)
    for wish in refused:
        if wish.on >= obligation.triggered_on and wish is not obligation.suspension:
            yield Step(
                kind="wish",
                statement=f"{happened(wish)} {_why_no_effect(obligation, wish, resumed)}",
                readings=("wishes", "wishes-of-one-day"),
            )


def _why_no_effect(obligation: Obligation, wish: Event, resumed: tuple[Event, ...]) -> str:
    done, due = obligation.discharged_on, obligation.due_on
    back = next((event for event in resumed if event.on >= wish.on and event.about == wish.about), None)
    if done is not None and done <= wish.on:
        return "It had been done by then, so this changes nothing."
    if back is not None:
        return f"The victim took that back on {format_date(back.on)}."
    if due is not None and due < wish.on:
        return "It was late by then, so this changes nothing."
    return "This does not change the duty."


def _died(obligation: Obligation) -> Iterator[Step]:
    """A death after the duty began that does not put it on hold."""
    death = obligation._setting.record.death_of(obligation.victim) if obligation.victim else None
    if death is None or death is obligation.suspension:
        return
    effect = "This does not change the duty."
    if obligation.status is Status.OVERDUE:
        effect = "It was late by then, and stays late."
    elif obligation.status is Status.CANNOT_TELL and obligation.track is Track.UNKNOWN:
        effect = "Whether it was late by then depends on the deadline."
    yield Step(kind="wish", statement=f"{happened(death)} {effect}", readings=("death-of-victim", "told-after-death"))


def _spoken_for_died(obligation: Obligation) -> Iterator[Step]:
    """The death of someone whom the person this is owed to speaks for."""
    person = obligation._setting.people.get(obligation.victim or "")
    for reference in () if person is None else person.victim.speaks_for:
        if (death := obligation._setting.record.death_of(reference)) is not None:
            yield Step(
                kind="note",
                statement=f"{happened(death)} What is owed to {obligation.victim} goes on.",
                readings=("parents-after-death",),
            )


# --- Enhanced Rights --------------------------------------------------------------------------------------------


def _enhanced_later(obligation: Obligation) -> Iterator[Step]:
    """From when Enhanced Rights are known, or known no longer, after the duty began."""
    person = obligation._setting.people.get(obligation.victim or "")
    if person is None or obligation._entitlement is None or obligation.track is Track.SINGLE:
        return
    edition, began = obligation.edition, obligation.triggered_on
    truth = obligation._entitlement.enhanced.truth
    for day in person.known.days_of_change(began, obligation._setting.as_at):
        now = person.entitlement(edition, day).enhanced.truth
        if now is not truth and (now is True or truth is True):
            yield Step(
                kind="track",
                statement=_changed(obligation, began, truth, now, day),
                readings=("since-when",),
            )
        truth = now


def _changed(obligation: Obligation, began: date, before: Truth, now: Truth, day: date) -> str:
    victim, rights = obligation.victim, obligation.edition.enhanced
    if now is not True:
        return (
            f"{victim} no longer has {rights} since {format_date(day)}. The deadline stays as it was"
            " when the duty began."
        )
    if before is False:
        return (
            f"{victim} did not yet have {rights} on {format_date(began)}; has had them since {format_date(day)}."
            " The deadline stays as it was when the duty began."
        )
    return (
        f"{victim} has had {rights} since {format_date(day)}. It is not known whether that was so on"
        f" {format_date(began)}."
    )


# --- Records that were not counted ------------------------------------------------------------------------------


def _not_counted(obligation: Obligation) -> Iterator[Step]:
    setting = obligation._setting
    if not setting.record.uncounted:
        return
    for event in dict.fromkeys(_bearing(obligation)):
        yield Step(
            kind="not-counted",
            statement=happened_uncounted(event, setting.as_at),
            readings=("corrections",),
        )


def _bearing(obligation: Obligation) -> Iterator[Event]:
    """The records that would bear on the obligation if they counted."""
    duty, trigger, victim = obligation.duty, obligation.trigger, obligation.victim
    began, setting = obligation.triggered_on, obligation._setting
    later = setting.record.not_counted
    done = discharge_of(duty, obligation.edition, trigger, began, victim, later, setting.spokespersons)
    if done is not None:
        yield done
    for wishes in wishes_of(duty, victim, later):
        yield from wishes
    yield from good_reasons_for(duty, trigger, began, victim, later)
    if (death := later.death_of(victim)) is not None and victim is not None:
        yield death
