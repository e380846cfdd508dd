"""The explanation tree: statements a person can read and check, each with what it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from victims_code.dates import civil_date, format_date
from victims_code.law import Citation, Evidence, Law
from victims_code.plain import PlainExplanation, PlainStep
from victims_code.printable import one_line_repr
from victims_code.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from victims_code.cases import Event


@frozen(kw_only=True)
class Step:
    """One statement, what it follows from, and what it rests on.

    ``kind`` is one of *edition, victim, duty, applies, trigger, track, clock, wish, discharge, reason, status*; for a
    window also *scheme, act* and *follow-up*; for special measures *ground* and *measure*; for a definition *limb* and
    *difference*; for a provision *provision*; or for a detail below one of these, *fact*, *day* or *note*.
    """

    kind: str
    statement: str
    because: tuple[Step, ...] = ()
    cites: tuple[str, ...] = ()
    evidence: Evidence | None = None
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.kind}: {0.statement}")

    def to_dict(self) -> PlainStep:
        """The step as plain values."""
        return {
            "kind": self.kind,
            "statement": self.statement,
            "because": [step.to_dict() for step in self.because],
            "cites": list(self.cites),
            "evidence": None if self.evidence is None else self.evidence.value,
            "readings": list(self.readings),
        }


@frozen(kw_only=True)
class Explanation:
    """Why an answer is what it is: a summary and the steps that lead to it.

    In a notebook it shows itself as HTML.

    >>> from datetime import date
    >>> import victims_code as vc
    >>> why = vc.deadline("acknowledge-complaint", on=date(2026, 4, 2)).explain()
    >>> print(why)
    Acknowledge a complaint ...: due by Monday 20 April 2026 (single track).
    ...
    >>> [step.kind for step in why.steps], [name for name, _ in why.readings]
    (['edition', 'duty', 'clock'], ['governing-edition', 'day-of-event-is-day-zero', 'working-day'])
    """

    summary: str
    steps: tuple[Step, ...]
    readings: tuple[tuple[str, str], ...] = ()
    """The readings the steps name, each with the answer it takes."""

    __repr__ = one_line_repr("{0.summary}")

    def to_dict(self) -> PlainExplanation:
        """The explanation as plain values."""
        return {
            "summary": self.summary,
            "steps": [step.to_dict() for step in self.steps],
            "readings": [{"id": name, "reading": text} for name, text in self.readings],
        }

    def to_text(self) -> str:
        """The explanation as indented plain text."""
        from victims_code import render

        return render.explanation_to_text(self.to_dict())

    def to_markdown(self) -> str:
        """The explanation as a Markdown list."""
        from victims_code import render

        return render.explanation_to_markdown(self.to_dict())

    def to_html(self) -> str:
        """The explanation as an HTML fragment.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        from victims_code import render

        return render.explanation_to_html(self.to_dict())

    def _repr_html_(self) -> str | None:
        from victims_code import render

        return render.html_or_none(self.to_html)

    def __str__(self) -> str:
        return self.to_text()


def explained(law: Law, summary: str, steps: tuple[Step, ...]) -> Explanation:
    """An explanation with the text of every reading its steps name."""
    names = dict.fromkeys(name for step in steps for name in _readings(step))
    readings = tuple((name, law.readings[name].reading) for name in names)
    return Explanation(summary=summary, steps=steps, readings=readings)


def _readings(step: Step) -> tuple[str, ...]:
    return (*step.readings, *(name for inner in step.because for name in _readings(inner)))


def quote(citation: Citation, law: Law) -> str:
    """A citation as people write it: the locator, then the source it was read in."""
    return law.quote(citation)


def happened(event: Event) -> str:
    """What an event was, as a sentence with its day."""
    past = load_vocabulary().events[event.event].past
    about = _told(event.about) if event.event == "victim-informed" and event.about else ""
    concerning = f" (suspect {event.suspect})" if event.suspect else ""
    return f"On {format_date(event.on)} {past}{about}{concerning}."


def _told(about: str) -> str:
    words = load_vocabulary()
    return f" of {words.topics[about].title}" if about in words.topics else f" that {words.events[about].past}"


def happened_uncounted(event: Event, as_at: date) -> str:
    """An event that was not counted, as a sentence with the reason."""
    if event.on > as_at:
        return f"Not counted, because it is dated after {format_date(as_at)}: {happened(event)}"
    made = "" if event.recorded is None else f" on {format_date(civil_date(event.recorded))}"
    return f"Not counted, because it was recorded later{made}: {happened(event)}"
