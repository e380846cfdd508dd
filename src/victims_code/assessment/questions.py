"""What is not known, as questions: what each would decide, and those first that decide most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from victims_code.dates import format_short_date
from victims_code.render.questions import event_named
from victims_code.vocabulary import RECEIVED, SPEAKING, SPEAKS_FOR, MissingFact, load_vocabulary

if TYPE_CHECKING:
    from victims_code.assessment.obligations import Obligation
    from victims_code.assessment.result import Assessment
    from victims_code.assessment.windows import Window

COVERED = "whether the Code covers this person"
ENHANCED = "whether Enhanced Rights apply"
ELIGIBLE = "whether the victim is eligible for special measures at court"
MEASURES = "which special measures a court may give"
WINDOW_OPEN = "whether the scheme is open to the victim"
WINDOW_END = "until when the victim may act"


def missing_of(obligation: Obligation) -> tuple[MissingFact, ...]:
    """What keeps an obligation open; what decides most of it comes first."""
    event = _event_of_duty(obligation)
    return tuple(
        load_vocabulary().missing(name, victim=obligation.victim, event=event, decides=_decided_of(obligation, name))
        for name in ranked_names(obligation)
    )


def ranked_names(obligation: Obligation) -> tuple[str, ...]:
    """The names of what keeps an obligation open: what decides most comes first, of those alike what is enough."""
    names = obligation._missing
    person = obligation._setting.people.get(obligation.victim or "")
    if len(names) < 2 or person is None:
        return names
    applies, enhanced = set(obligation._applicability.missing), set(obligation._enhancement.missing)
    enough = person.enough_for_enhanced(obligation.edition, obligation.triggered_on)
    return tuple(sorted(names, key=lambda name: (name not in applies, name not in enhanced, name not in enough)))


def _decided_of(obligation: Obligation, name: str) -> Iterator[str]:
    """What a fact decides of one obligation."""
    act_by = obligation.act_by
    if name in obligation._applicability.missing:
        yield "whether this duty applies"
    if name in obligation._enhancement.missing:
        days = [day for day in (obligation.due_on_if_enhanced, obligation.due_on) if day is not None]
        yield f"whether the deadline is {' or '.join(map(format_short_date, days))}" if len(set(days)) > 1 else ENHANCED
    if name == RECEIVED:
        if act_by is None or obligation.due_on is not None:
            yield "whether it was done"
        else:
            yield f"the deadline, {format_short_date(act_by)} at the earliest"


def _event_of_duty(one: Obligation) -> str:
    """The event that started a duty, as a question names it."""
    return event_named(one.trigger.event, one.triggered_on.isoformat(), one.trigger.suspect)


def event_of_window(one: Window) -> str | None:
    """The event that opened a window, as a question names it."""
    event = one.opened_by
    return None if event is None else event_named(event.event, event.on.isoformat(), event.suspect)


# --- all questions of a result ----------------------------------------------------------------------------------


@define
class _Question:
    """A question, and what it bears on."""

    asked: MissingFact
    deadlines: list[date] = field(factory=list)
    applies: int = 0
    schemes: dict[str, None] = field(factory=dict)
    is_enough: bool = False
    also: dict[str, None] = field(factory=dict)

    def weight(self) -> tuple[int, bool, int, int, int]:
        """What is less comes first."""
        return -len(self.deadlines), not self.is_enough, -self.applies, -len(self.schemes), -len(self.also)

    def answered(self) -> MissingFact:
        """The question with what it decides."""
        return evolve(self.asked, decides=tuple(self._decides()))

    def _decides(self) -> Iterator[str]:
        if self.deadlines:
            first = format_short_date(min(self.deadlines))
            yield f"the deadline of {_duties(len(self.deadlines))}, {first} at the earliest"
        if self.applies:
            yield f"whether {_duties(self.applies)} appl{'ies' if self.applies == 1 else 'y'}"
        if self.schemes:
            one = next(iter(self.schemes)) if len(self.schemes) == 1 else f"{len(self.schemes)} schemes"
            yield f"what the victim may do, and until when: {one}"
        yield from (words for words in self.also if not (words == ENHANCED and self.deadlines))


def _duties(number: int) -> str:
    return f"{number} dut{'y' if number == 1 else 'ies'}"


def questions_of(result: Assessment) -> tuple[MissingFact, ...]:
    """Every question of a result once, with what it decides of what is undone.

    That first which decides the deadlines of most duties; of those alike, what is enough by itself.
    """
    found: dict[tuple[str, str], _Question] = {}
    elsewhere = _asked_of_others(result)
    words, people = load_vocabulary(), result._setting.people
    met: dict[tuple[str, str | None, str | None], _Question] = {}

    def question_of(name: str, victim: str | None, event: str | None) -> _Question:
        key = name, victim, event
        if key not in met:
            about = words.about(name, victim=victim, event=event)
            asked = found.get((name, about)) or _Question(words.missing(name, victim=victim, event=event))
            met[key] = found[name, about] = asked
        return met[key]

    def ask(
        names: Iterable[str], victim: str | None, event: str | None = None, *, of_all: bool = False
    ) -> Iterator[tuple[str, _Question]]:
        """The questions that ask for some names; of those who speak for others only what is not asked of these."""
        for name in names:
            if of_all or name not in elsewhere.get(victim or "", ()):
                yield name, question_of(name, victim, event)

    for person in result.eligibility:
        entitlement = person._entitlement
        enough = people[person.victim].enough_for_enhanced(entitlement.edition, result.stamp.as_at)
        for name, question in ask(person._missing, person.victim):
            question.also[ENHANCED if name in entitlement.enhanced.missing else COVERED] = None
            question.is_enough = question.is_enough or name in enough
    for one in result.obligations:
        for name, question in ask(one._missing, one.victim, _event_of_duty(one)) if one._missing else ():
            _count(question, one, name)
    for window in result.windows:
        for _, question in ask(window._missing, window.victim, event_of_window(window), of_all=True):
            question.schemes[window.scheme.title] = None
    for measures in result.special_measures:
        for _, question in ask(measures._missing, measures.victim, of_all=True):
            question.also[MEASURES] = None
    return tuple(question.answered() for question in sorted(found.values(), key=_Question.weight))


def _count(question: _Question, one: Obligation, name: str) -> None:
    """Count what a fact decides of an obligation, if that is undone."""
    if not one.is_undone:
        return
    if one.act_by is not None and (name == RECEIVED or name in one._enhancement.missing):
        question.deadlines.append(one.act_by)
    if name in one._applicability.missing:
        question.applies += 1


def _asked_of_others(result: Assessment) -> dict[str, set[str]]:
    """What is not asked of those who are there to speak for others, because it is asked of these."""
    people = [(one.victim, one._entitlement.capacity.id in SPEAKING, one._missing) for one in result.eligibility]
    speaking = {victim for victim, speaks, missing in people if speaks and SPEAKS_FOR not in missing}
    asked = {name for _, speaks, missing in people if not speaks for name in missing}
    return dict.fromkeys(speaking, asked)
