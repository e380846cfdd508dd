"""The course of a service: support first where outcomes are not met, and every way in which a service ends.

The states and the moves between them are data. A move that is not allowed is refused with the moves that are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Annotated

from attrs import evolve, frozen

from victims_code import faults
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class _AllowedMove:
    from_state: str
    to: str
    needs: tuple[str, ...] = ()


@frozen(kw_only=True)
class _Ending:
    """A way in which a service ends from every state that is no end."""

    to: str
    needs: tuple[str, ...] = ()


@frozen(kw_only=True)
class _CourseFile(Sourced):
    states: tuple[Word, ...]
    first: str
    moves: tuple[_AllowedMove, ...]
    ends: tuple[_Ending, ...] = ()

    def allowed(self, state: str) -> Mapping[str, tuple[str, ...]]:
        """What a service in a state can become, with what each move needs; nothing after an end."""
        moves = {move.to: move.needs for move in self.moves if move.from_state == state}
        return moves | {end.to: end.needs for end in self.ends} if moves else {}


_NEEDS = {"why": "why", "plan": "plan", "jointly": "jointly_with"}


@cache
def _file() -> _CourseFile:
    file = DataFile.open("commissioning/decommissioning.yaml")
    read = file.one(_CourseFile)
    states = [state.id for state in read.states]
    file.unknown(("first",), "state", read.first, states)
    for n, move in enumerate(read.moves):
        file.unknown(("moves", n, "from_state"), "state", move.from_state, states)
        file.unknown(("moves", n, "to"), "state", move.to, states)
        for m, need in enumerate(move.needs):
            file.unknown(("moves", n, "needs", m), "need", need, _NEEDS)
    for n, end in enumerate(read.ends):
        file.unknown(("ends", n, "to"), "state", end.to, states)
        for m, need in enumerate(end.needs):
            file.unknown(("ends", n, "needs", m), "need", need, _NEEDS)
    file.finish()
    return read


def course_states() -> Mapping[str, str]:
    """The states a service can be in, by identifier with what each means.

    :raises LawDataError: if the data is broken.
    """
    return {state.id: state.title for state in _file().states}


@frozen(kw_only=True)
class Move(CommissioningRecord):
    """One step of a service from a state to the next: when, why, and what it brings with it.

    :param plan: the improvement plan.
    :param jointly_with: the provider with whom the service is brought to an end.
    :param service_users: what becomes of the people the service was supporting when it ends.
    :param decision: the number of the decision it rests on, and ``award`` the award that ended with it.
    """

    to: Annotated[str, word("state", course_states)]
    on: date
    why: str | None = None
    plan: str | None = None
    jointly_with: str | None = None
    service_users: str | None = None
    decision: str | None = None
    award: str | None = None


@frozen(kw_only=True)
class ServiceCourse(CommissioningRecord):
    """The course of a service through performance, support, improvement and its end, whatever way it ends.

    A service that misses its outcomes is offered support before it is decommissioned. It also ends with its award, when
    its money is lost, when both sides agree, or when the provider cannot go on.

    :raises CommissioningError: if the history holds a move that is not allowed, each with the way out.

    >>> course = ServiceCourse(service="S1")
    >>> course.move("decommissioned", on=date(2026, 6, 1), why="Not viable", jointly_with="The provider")
    Traceback (most recent call last):
    ...
    victims_code.errors.CommissioningError: history[0].to: A service that is 'performing' cannot become
    'decommissioned'. From here it can become: support-offered, expired, funding-lost, ended-by-agreement,
    provider-failed. [VC-COM-003]
    >>> course = course.move("support-offered", on=date(2026, 5, 1), why="Outcomes missed")
    >>> ended = course.move("decommissioned", on=date(2026, 6, 1), why="Not viable", jointly_with="The provider")
    >>> ended.state, ended.has_ended, ended.findings()[0].message
    ('decommissioned', True, 'The record does not say what becomes of the people the service was supporting.')
    """

    service: str
    history: tuple[Move, ...] = ()

    def _moves_are_allowed(self) -> Iterator[Contradiction]:
        state = _file().first
        for n, move in enumerate(self.history):
            if move.to not in course_states():
                return
            yield from self._refusals(n, state, move)
            state = move.to

    def _refusals(self, n: int, state: str, move: Move) -> Iterator[Contradiction]:
        allowed = _file().allowed(state)
        if move.to not in allowed:
            open_to = (
                f"From here it can become: {', '.join(allowed)}." if allowed else "From here there is no further move."
            )
            yield Contradiction(("history", n, "to"), faults.MOVE_NOT_ALLOWED.at(state=state, to=move.to, hint=open_to))
        for need in sorted(allowed.get(move.to, ())):
            name = _NEEDS[need]
            if not getattr(move, name):
                fault = faults.MOVE_WITHOUT_ITS_NEED.at(to=move.to, need=_WORDS[need], name=name)
                yield Contradiction(("history", n, name), fault)

    def _days_go_forward(self) -> Iterator[Contradiction]:
        for (_, before), (n, day) in pairwise(each(self, "history", "on")):
            if day < before:
                fault = faults.MOVES_OUT_OF_ORDER.at(day=format_date(day), before=format_date(before))
                yield Contradiction(("history", n, "on"), fault)

    checks = (_moves_are_allowed, _days_go_forward)

    @property
    def state(self) -> str:
        """The state the service is in now."""
        return self.history[-1].to if self.history else _file().first

    def state_on(self, on: Moment) -> str:
        """The state the service was in on a day."""
        day = civil_date(on)
        past = [move for move in self.history if move.on <= day]
        return past[-1].to if past else _file().first

    @property
    def has_ended(self) -> bool:
        """Whether the service has ended: there is no further move."""
        return not _file().allowed(self.state)

    def move(
        self,
        to: str,
        *,
        on: date,
        why: str | None = None,
        plan: str | None = None,
        jointly_with: str | None = None,
        service_users: str | None = None,
        decision: str | None = None,
        award: str | None = None,
    ) -> ServiceCourse:
        """The course with one more move.

        :raises CommissioningError: if the move is not allowed from here or lacks what it needs.
        """
        step = Move(
            to=to,
            on=on,
            why=why,
            plan=plan,
            jointly_with=jointly_with,
            service_users=service_users,
            decision=decision,
            award=award,
        )
        return evolve(self, history=(*self.history, step))

    def findings(self) -> tuple[RuleFinding, ...]:
        """What is amiss: an end that does not say what becomes of the people the service was supporting."""
        if not self.has_ended or self.history[-1].service_users:
            return ()
        what = "The record does not say what becomes of the people the service was supporting."
        return (finding("service-users-looked-after", what, "Write it as `service_users`.", about=self.service),)


_WORDS = {
    "why": "why it is made",
    "plan": "what the improvement plan is",
    "jointly": "that it is done with the provider",
}
