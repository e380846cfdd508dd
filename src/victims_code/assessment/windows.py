"""Windows: what the victim may still do under schemes beyond the Code, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from attrs import frozen

from victims_code.assessment.clock import end_of
from victims_code.assessment.obligations import Setting
from victims_code.assessment.people import Person
from victims_code.documents import Plain
from victims_code.law import Scheme, SchemeLimit

__all__ = ["Closing", "Window", "WindowState", "windows_of"]


class WindowState(StrEnum):
    """Whether the victim can still act; ``unknown`` where limits disagree or facts are missing."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Closing:
    """One limit of a scheme applied to a window; ``on`` is the last day, or None where the rule has no number."""

    limit: SchemeLimit
    on: date | None


@frozen(kw_only=True)
class Window:
    """Something a victim may do: since when, until when under each limit that may apply, and whether it is open.

    >>> import victims_code as vc
    >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1", born=date(1990, 3, 2))],
    ...                offence=vc.Offence(committed_on=date(2026, 3, 31)))
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))
    >>> [(w.closes_on, w.state.value) for w in result.windows if w.scheme.id == "criminal-injuries-compensation"]
    [(datetime.date(2028, 3, 31), 'open')]
    """

    scheme: Scheme
    victim: str
    opened_on: date
    closings: tuple[Closing, ...]
    state: WindowState
    suspect: str | None = None

    @property
    def closes_on(self) -> date | None:
        """The earliest last day of all limits that may apply: the safe one."""
        return min((closing.on for closing in self.closings if closing.on is not None), default=None)

    def to_dict(self) -> dict[str, Plain]:
        """The window as plain values, as it stands in the JSON result."""
        return {
            "scheme": self.scheme.id,
            "title": self.scheme.title,
            "victim": self.victim,
            "suspect": self.suspect,
            "opened_on": self.opened_on.isoformat(),
            "closes_on": None if self.closes_on is None else self.closes_on.isoformat(),
            "state": self.state.value,
            "decided_by": self.scheme.decided_by,
            "needs": self.scheme.needs,
            "limits": [
                {
                    "id": closing.limit.id,
                    "title": closing.limit.title,
                    "closes_on": None if closing.on is None else closing.on.isoformat(),
                    "evidence": closing.limit.evidence.value,
                    "note": closing.limit.note,
                }
                for closing in self.closings
            ],
        }


def windows_of(people: Sequence[Person], setting: Setting) -> tuple[Window, ...]:
    """The windows of every victim that had opened at the date of assessment, in the order of the schemes."""
    windows = (
        _window(scheme, person, opened_on, suspect, setting)
        for scheme in setting.law.schemes.values()
        for person in people
        for opened_on, suspect in _openings(scheme, person, setting)
    )
    return tuple(window for window in windows if window.closings)


def _openings(scheme: Scheme, person: Person, setting: Setting) -> Iterator[tuple[date, str | None]]:
    if scheme.opens_with is None:
        committed = setting.record.case.offence.committed_on
        if committed is not None and committed <= setting.as_at:
            yield committed, None
        return
    for event in setting.record.all_of(scheme.opens_with):
        if event.victim in (None, person.victim.reference):
            yield event.on, event.suspect


def _window(scheme: Scheme, person: Person, opened_on: date, suspect: str | None, setting: Setting) -> Window:
    lookup = person.known.on(opened_on)
    closings = tuple(
        Closing(
            limit=limit,
            on=None if limit.within is None else end_of(limit.within, limit.unit, opened_on, setting.calendar),
        )
        for limit in scheme.limits
        if limit.is_law_on(opened_on)
        and (limit.applies_when is None or limit.applies_when.find(lookup).truth is not False)
    )
    states = {WindowState.UNKNOWN if c.on is None else _state(c.on, setting.as_at) for c in closings}
    return Window(
        scheme=scheme,
        victim=person.victim.reference,
        opened_on=opened_on,
        closings=closings,
        state=states.pop() if len(states) == 1 else WindowState.UNKNOWN,
        suspect=suspect,
    )


def _state(closes_on: date, as_at: date) -> WindowState:
    return WindowState.OPEN if as_at <= closes_on else WindowState.CLOSED
