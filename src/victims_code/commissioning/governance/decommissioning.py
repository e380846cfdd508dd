"""What happens to a service that does not meet its outcomes: support first, and an end only together with the provider.

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
from victims_code.commissioning.validators import word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction, each


@frozen(kw_only=True)
class _AllowedMove:
    from_state: str
    to: str
    needs: tuple[str, ...]
    only: str | None = None


@frozen(kw_only=True)
class _CourseFile(Sourced):
    states: tuple[Word, ...]
    first: str
    moves: tuple[_AllowedMove, ...]


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
        if move.only is not None:
            file.unknown(("moves", n, "only"), "limit", move.only, ["pilot"])
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

    ``plan`` names the improvement plan, ``jointly_with`` the provider with whom the service is brought to an end.
    """

    to: Annotated[str, word("state", course_states)]
    on: date
    why: str | None = None
    plan: str | None = None
    jointly_with: str | None = None


@frozen(kw_only=True)
class ServiceCourse(CommissioningRecord):
    """The course of a service through performance, support, improvement and, if it must be, its end.

    :raises CommissioningError: if the history holds a move that is not allowed, each with the way out.

    >>> course = ServiceCourse(service="S1").move("support-offered", on=date(2026, 5, 1), why="Outcomes missed")
    >>> course.state
    'support-offered'
    >>> course.move("decommissioned", on=date(2026, 6, 1), why="Not viable", jointly_with="The provider")
    Traceback (most recent call last):
    ...
    victims_code.errors.CommissioningError: history[1].to: A service that is 'support-offered' cannot become
    'decommissioned', unless it is a pilot. From here it can become: performing, improvement-plan. [VC-COM-003]
    """

    service: str
    pilot: bool | None = None
    history: tuple[Move, ...] = ()

    def _moves_are_allowed(self) -> Iterator[Contradiction]:
        state = _file().first
        for n, move in enumerate(self.history):
            if move.to not in course_states():
                return
            yield from self._refusals(n, state, move)
            state = move.to

    def _refusals(self, n: int, state: str, move: Move) -> Iterator[Contradiction]:
        possible = [allowed for allowed in _file().moves if allowed.from_state == state and allowed.to == move.to]
        if not any(allowed.only is None or self.pilot for allowed in possible):
            unless = ", unless it is a pilot" if possible else ""
            fault = faults.MOVE_NOT_ALLOWED.at(state=state, to=move.to, unless=unless, hint=self._hint_for(state))
            yield Contradiction(("history", n, "to"), fault)
            return
        needed = {need for allowed in possible if allowed.only is None or self.pilot for need in allowed.needs}
        for need in sorted(needed):
            name = _NEEDS[need]
            if not getattr(move, name):
                fault = faults.MOVE_WITHOUT_ITS_NEED.at(to=move.to, need=_WORDS[need], name=name)
                yield Contradiction(("history", n, name), fault)

    def _hint_for(self, state: str) -> str:
        open_to = [m.to for m in _file().moves if m.from_state == state and (m.only is None or self.pilot)]
        return f"From here it can become: {', '.join(open_to)}." if open_to else "From here there is no further move."

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

    def move(
        self,
        to: str,
        *,
        on: date,
        why: str | None = None,
        plan: str | None = None,
        jointly_with: str | None = None,
    ) -> ServiceCourse:
        """The course with one more move.

        :raises CommissioningError: if the move is not allowed from here or lacks what it needs.
        """
        step = Move(to=to, on=on, why=why, plan=plan, jointly_with=jointly_with)
        return evolve(self, history=(*self.history, step))


_WORDS = {
    "why": "why it is made",
    "plan": "what the improvement plan is",
    "jointly": "that it is done with the provider",
}
