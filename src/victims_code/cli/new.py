"""The command that asks what happened and writes the case file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from attrs import evolve

from victims_code import faults
from victims_code.assessment.explanations.steps import happened
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.cases.checks import SPEAKERS, may_be_a_name
from victims_code.cases.records import DIRECT
from victims_code.cases.stated_ages import StatedAge
from victims_code.cli.cases import word_named
from victims_code.cli.options import DAY, FILE, MOMENT, under_law
from victims_code.cli.terminal import print_faults, show, tell, to_do, write_to
from victims_code.code import VictimsCode
from victims_code.dates import format_date
from victims_code.errors import CaseError, VictimsCodeError
from victims_code.law.deadlines import After, Within
from victims_code.names import EventId
from victims_code.offences import classify_offence, flags_of
from victims_code.printable import one_line
from victims_code.reading.writing import bare_dates
from victims_code.vocabulary import SPEAKING, FactName, WhenUnstated, load_vocabulary

T = TypeVar("T")
_OLDEST = 130
"""More years than people live."""


@click.command()
@click.argument("file", type=FILE)
@under_law
def new(file: Path, code: VictimsCode) -> None:
    """Write the case FILE from the answers to some questions, and show what is to be done first.

    Names and addresses are not needed: use references such as V1 and S1. Press Enter for whatever is not known. Where a
    date of birth is not known, give an age and the day on which it was stated. What happens later is added with record.
    """
    if file.exists():
        raise CaseError(faults.FILE_IS_THERE.at(str(file)))
    tell("No names and no addresses: references such as V1 and S1 will do. Press Enter for what is not known.")
    case = _case()
    case = evolve(case, events=tuple(_events(case, code)))
    write_to(file, case.to_json() + "\n" if file.suffix.lower() == ".json" else bare_dates(case.to_yaml()))
    tell(f"\nWritten to {one_line(str(file))}.\n")
    today: date = DAY.convert("today", None, None)
    result = code.assess(case, as_at=today)
    show(*to_do([result.to_dict()], None, ""))
    print_faults(result.faults)
    tell(f"Everything about it: victims-code assess {one_line(str(file))} --as-at today")


def _case() -> Case:
    """A case without events, from the answers."""
    reference = _needed("What does your record call the case?", _reference)
    offence = _offence()
    victims = [_victim([], offence)]
    while click.confirm("Is there another victim, or someone who speaks for a victim?"):
        victims.append(_victim([victim.reference for victim in victims], offence))
    return Case(reference=reference, offence=offence, victims=_with_speakers(victims))


def _offence() -> Offence:
    committed_on = _asked("On what day was the offence committed?", DAY.convert)
    code = _asked("What is its CJS offence code, such as OF61016?", _as_it_is)
    said = flags_of([code]) if code else ()
    if code:
        tell(f"  {classify_offence(code).why}")
    known = {flag.fact for flag in said}
    open_still = [fact for fact in _facts_of("case") if fact.id not in known]
    chosen = _chosen("Is the offence any of these?", open_still)
    return Offence(committed_on=committed_on, cjs_code=code, flags=[*said, *chosen])


def _victim(others: Sequence[str], offence: Offence) -> Victim:
    usual = f"V{len(others) + 1}"
    reference = _asked(f"What does your record call this person? [{usual}]", _reference) or usual
    capacities = load_vocabulary().facts["capacity"].values
    numbers = _numbered("Who is this person?", capacities, "Give the number, or Enter for 1.", at_most=1)
    capacity = capacities[numbers[0] if numbers else 0]
    born, of_age = _birth(reference, offence.committed_on) if capacity in DIRECT else (None, ())
    facts = _chosen(f"Does any of these hold of {reference}?", _facts_of("victim"))
    return Victim(reference=reference, capacity=capacity, born=born, facts=[*of_age, *facts])


def _birth(reference: str, committed_on: date | None) -> tuple[date | None, tuple[Assertion, ...]]:
    """The date of birth; or the facts that an age settles, each told with its answer."""
    born = _asked(f"When was {reference} born? If that is not known: how old, such as 17?", _birth_or_age)
    if not isinstance(born, int):
        return born, ()
    on = _asked(f"  On what day was {reference} {born}?", _day_of_age(born, committed_on))
    if on is None:
        tell("  An age without its day settles nothing. Nothing is written of it.")
        return None, ()
    stated = StatedAge(age=born, on=on)
    tell(f"  {reference} was {born} on {format_date(on)}. This is what it settles:")
    for fact, holds in stated.answers(committed_on):
        answer = {True: "Yes.", False: "No.", None: "The age does not settle it, so it stays not known."}[holds]
        tell(f"    {fact.question} {answer}")
    tell(
        "  What depends on an age on other days, such as the last day for a child's compensation, needs the birth date."
    )
    return None, stated.facts(committed_on)


def _birth_or_age(given: str, _param: None, _context: None) -> date | int:
    if given.isdecimal() and len(given) < 4:
        if int(given) > _OLDEST:
            raise click.UsageError(f"{given} is not an age.")
        return int(given)
    return DAY.convert(given, None, None)


def _day_of_age(age: int, committed_on: date | None) -> Callable[[Any, None, None], date]:
    def day(given: str, _param: None, _context: None) -> date:
        on = DAY.convert(given, None, None)
        if on.year - age < 2:
            raise click.UsageError(f"{given!r} is too long ago.")
        if committed_on is not None and not StatedAge(age=age, on=on).could_have_lived_on(committed_on):
            raise click.UsageError(
                f"Someone who was {age} on that day was not yet born on {format_date(committed_on)}, the day of the"
                " offence. Give the day again."
            )
        return on

    return day


def _with_speakers(victims: Sequence[Victim]) -> Iterator[Victim]:
    """The people of a case, in any order, with those for whom each speaks; asked once all are known.

    Those whose capacity is to speak for someone are asked about first. People who are spoken for are not asked about,
    as no one who speaks for others can be spoken for.
    """
    speaks_for: dict[str, list[str]] = {}
    for victim in sorted(victims, key=lambda one: one.capacity not in SPEAKING):
        spoken_for = {other for others in speaks_for.values() for other in others}
        among = [one.reference for one in victims if one is not victim and one.reference not in speaks_for]
        if victim.capacity not in SPEAKERS or victim.reference in spoken_for or not among:
            continue
        spoken = _numbered(f"Who does {victim.reference} speak for?", among, "Give the numbers, such as 1 2.")
        if spoken:
            speaks_for[victim.reference] = [among[n] for n in spoken]
    return (evolve(victim, speaks_for=speaks_for.get(victim.reference, ())) for victim in victims)


def _facts_of(of: str) -> list[FactName]:
    """The facts on which Enhanced Rights hang."""
    return [
        fact
        for fact in load_vocabulary().facts.values()
        if fact.of == of and fact.silence is WhenUnstated.CLOSED_BY_NEEDS_ASSESSMENT and fact.can_be_stated
    ]


def _chosen(question: str, among: Sequence[FactName]) -> list[Assertion]:
    """The facts that are said to hold; the others stay unknown."""
    numbers = _numbered(question, [fact.question for fact in among], "Give the numbers, such as 1 3.") if among else []
    return [Assertion(fact=among[n].id) for n in numbers]


# --- what happened ------------------------------------------------------------------------------------------------


def _events(case: Case, code: VictimsCode) -> Iterator[Event]:
    """What happened, one record after the other, each checked with those before it."""
    tell("\nWhat happened? In a word or two, such as reported, arrested, charged or told. Enter to end.")
    found: list[Event] = []
    while name := _asked("What happened?", _event_name):
        try:
            event = _event(case, name, found, code)
            checked = evolve(case, events=(*found, event))
        except VictimsCodeError as problem:
            print_faults(problem.faults)
            tell("That was not added. Give it again.", err=True)
            continue
        print_faults(fault for fault in checked.faults if fault not in evolve(case, events=found).faults)
        tell(f"  {happened(event)}")
        found.append(event)
        yield event


def _event(case: Case, name: str, before: Sequence[Event], code: VictimsCode) -> Event:
    words = load_vocabulary()
    given: dict[str, Any] = {}
    subjects = words.subjects(words.events[name])
    if subjects:
        given["about"] = _needed("What was the victim told of?", _one_of(sorted(subjects)))
    given["at"] = _needed("  On what day?", MOMENT.convert)
    if name in _counted_from_receipt(code):
        given["received"] = _asked("  On what day did the body that tells the victim receive it?", MOMENT.convert)
    victims = [victim.reference for victim in case.victims]
    if len(victims) > 1:
        number = _numbered("  Which of them did it concern?", victims, "Give the number, or Enter for all.", at_most=1)
        given["victim"] = victims[number[0]] if number else None
    usual = next((event.suspect for event in reversed(before) if event.suspect), None)
    suspect = _asked(f"  Which suspect?{f' [{usual}; - for none]' if usual else ' Such as S1.'}", _reference) or usual
    return Event(event=cast("EventId", name), suspect=None if suspect == "-" else suspect, **given)


def _counted_from_receipt(code: VictimsCode) -> frozenset[str]:
    """The events after which a limit runs from receipt, in any edition."""
    return frozenset(
        duty.trigger.event
        for edition in code.law.editions.values()
        for duty in edition.duties.values()
        for limit in (duty.deadline.standard, duty.deadline.enhanced)
        if isinstance(limit, Within) and limit.after is After.RECEIVED
    )


# --- asking -------------------------------------------------------------------------------------------------------


def _asked(question: str, convert: Callable[[Any, None, None], T]) -> T | None:
    """An answer as it is used, asked for again with the reason while it cannot be; None for Enter."""
    answer: T | None = click.prompt(
        question, default="", show_default=False, prompt_suffix=" ", value_proc=lambda given: _used(given, convert)
    )
    return answer


def _used(given: str, convert: Callable[[Any, None, None], T]) -> T | None:
    if not given.strip():
        return None
    try:
        return convert(given.strip(), None, None)
    except click.ClickException as problem:
        raise click.UsageError(one_line(problem.message)) from None
    except VictimsCodeError as problem:
        raise click.UsageError(one_line(" ".join((problem.faults[0].message, problem.faults[0].hint)))) from None


def _needed(question: str, convert: Callable[[Any, None, None], T]) -> T:
    while (answer := _asked(question, convert)) is None:
        tell("  This must be known.")
    return answer


def _reference(given: str, _param: None, _context: None) -> str:
    """A reference as it is, with a remark at once if it may be the name of a person."""
    if may_be_a_name(given):
        print_faults([faults.REFERENCE_MAY_BE_A_NAME.at("")])
    return given


def _as_it_is(given: str, _param: None, _context: None) -> str:
    return given


def _event_name(given: str, _param: None, _context: None) -> str:
    return word_named(given, load_vocabulary().events, "event")


def _one_of(names: Collection[str]) -> Callable[[Any, None, None], str]:
    return lambda given, _param, _context: word_named(given, names, "event")


def _numbered(question: str, among: Sequence[str], how: str, *, at_most: int | None = None) -> list[int]:
    """Which of a numbered list are meant, counted from zero."""
    tell(f"\n{question}")
    for n, words in enumerate(among, start=1):
        tell(f"  {n:>2}  {words}")

    def numbers(given: str, _param: None, _context: None) -> list[int]:
        found = [int(part) - 1 if part.isdecimal() else -1 for part in re.split(r"[\s,]+", given)]
        if not all(0 <= number < len(among) for number in found) or len(found) > (at_most or len(among)):
            raise click.UsageError(f"{how} They go from 1 to {len(among)}.")
        return found

    return _asked(f"  {how} Enter for none." if at_most is None else f"  {how}", numbers) or []
