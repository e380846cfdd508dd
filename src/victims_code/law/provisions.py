"""Law in force by date: a provision of an Act, since when, for what, under which instrument, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from victims_code.arguments import checked_if_it_fails
from victims_code.conditions import Truth
from victims_code.dates import format_date
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Citation, Evidence, Sourced, Span


class InForce(StrEnum):
    """Whether a provision is in force on a day.

    ``partly``: for some purposes, or in some of its parts, only. ``unconfirmed``: no source that was read says.
    """

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNCONFIRMED = "unconfirmed"


@frozen(kw_only=True)
class InForceSpan(Sourced, Span):
    """Days on which a provision was in force, and what brought it in.

    ``at_latest`` means that it was in force on ``since`` but may have begun before; ``only_for`` limits it to one
    purpose.
    """

    since: date
    instrument: str | None = None
    only_for: str | None = None
    at_latest: bool = False


@frozen(kw_only=True)
class Standing:
    """The answer to *is this provision in force on that day?*, with what it rests on.

    ``since`` and ``until`` bound the span that gives the answer, and with ``since_at_latest`` it may have begun before;
    ``why`` says it in a sentence; ``parts`` answers for the parts of a section that began on different days.
    """

    provision: str
    act: str
    section: str
    title: str
    on: date
    answer: InForce
    why: str
    since: date | None = None
    since_at_latest: bool = False
    until: date | None = None
    instrument: str | None = None
    only_for: str | None = None
    evidence: Evidence
    cites: tuple[Citation, ...]
    parts: tuple[Standing, ...] = ()

    @property
    def truth(self) -> Truth:
        """True if it is in force, False if it is not, None if only partly or if no source that was read says."""
        return {InForce.YES: True, InForce.NO: False}.get(self.answer)

    def __str__(self) -> str:
        """The answer as a line, with what it rests on."""
        return f"{self.act}, {self.section}: {self.why} (evidence: {self.evidence})"

    def to_dict(self) -> dict[str, Plain]:
        """The answer as plain values."""
        return {
            "provision": self.provision,
            "act": self.act,
            "section": self.section,
            "title": self.title,
            "on": self.on.isoformat(),
            "answer": self.answer.value,
            "why": self.why,
            "since": _iso(self.since),
            "since_at_latest": self.since_at_latest,
            "until": _iso(self.until),
            "instrument": self.instrument,
            "only_for": self.only_for,
            "evidence": self.evidence.value,
            "cites": [cite.in_words(cite.source) for cite in self.cites],
            "parts": [part.to_dict() for part in self.parts],
        }


@frozen(kw_only=True)
class ProvisionPart(Sourced):
    """A provision, or a part of a section that began on a day of its own.

    ``says`` is its effect in our words. ``not_in_force_on`` is the last day on which a source shows it not in force;
    for later days that is unconfirmed.

    >>> from victims_code.law import load_law
    >>> duty = load_law().related.provisions["vpa-2024-s5"]
    >>> duty.in_force(date(2025, 1, 29)).answer.value, duty.in_force(date(2025, 1, 28)).answer.value
    ('yes', 'no')
    """

    id: str
    section: str
    title: str
    says: str
    act: str = ""
    passed: date | None = None
    spans: tuple[InForceSpan, ...] = ()
    not_in_force_on: date | None = None

    def in_force(self, on: date) -> Standing:
        """Whether it is in force on a day."""
        span = self._span(on)
        if span is not None:
            return self._in(span, on)
        if self.passed is not None and on < self.passed:
            return self._answer(
                on, InForce.NO, f"not yet passed on {format_date(on)}; passed on {format_date(self.passed)}."
            )
        if self.spans:
            return self._outside(on)
        return self._never(on)

    def _span(self, on: date) -> InForceSpan | None:
        """The span that covers a day; one for all purposes before one for some."""
        covering = [span for span in self.spans if span.holds_on(on)]
        whole = [span for span in covering if span.only_for is None]
        return next(iter(reversed(whole or covering)), None)

    def _in(self, span: InForceSpan, on: date) -> Standing:
        by = f" under {span.instrument}" if span.instrument else ""
        since = f"since {format_date(span.since)}{' at the latest' if span.at_latest else ''}"
        purpose = f", but only for {span.only_for}" if span.only_for else ""
        note = f" {span.note}" if span.note else ""
        answer = InForce.PARTLY if span.only_for else InForce.YES
        return self._answer(on, answer, f"in force {since}{by}{purpose}.{note}", span)

    def _outside(self, on: date) -> Standing:
        first, last = self.spans[0], self.spans[-1]
        if on < first.since and first.at_latest:
            why = (
                f"in force on {format_date(first.since)} at the latest; whether it was on"
                f" {format_date(on)} is not confirmed."
            )
            return self._answer(on, InForce.UNCONFIRMED, why, evidence=Evidence.UNCONFIRMED)
        if on < first.since:
            by = f" under {first.instrument}" if first.instrument else ""
            return self._answer(
                on, InForce.NO, f"prospective on {format_date(on)}; it began on {format_date(first.since)}{by}.", first
            )
        ended = next(span for span in reversed(self.spans) if span.until is not None and span.until < on)
        return self._answer(
            on, InForce.NO, f"no longer in force; its last day was {format_date(ended.until or on)}.", last
        )

    def _never(self, on: date) -> Standing:
        seen = self.not_in_force_on
        if seen is not None and on <= seen:
            seen_on = (
                "" if seen == on else f"; it was still to begin on {format_date(seen)}, the last day that was read"
            )
            return self._answer(on, InForce.NO, f"no, prospective on {format_date(on)}{seen_on}.")
        if seen is not None:
            why = f"last seen prospective on {format_date(seen)}; whether it has begun since is not confirmed."
        else:
            why = "no source that was read says whether it has begun."
        return self._answer(on, InForce.UNCONFIRMED, why, evidence=Evidence.UNCONFIRMED)

    def _answer(
        self, on: date, answer: InForce, why: str, span: InForceSpan | None = None, *, evidence: Evidence | None = None
    ) -> Standing:
        return Standing(
            provision=self.id,
            act=self.act,
            section=self.section,
            title=self.title,
            on=on,
            answer=answer,
            why=why,
            since=None if span is None else span.since,
            since_at_latest=span is not None and span.at_latest,
            until=None if span is None else span.until,
            instrument=None if span is None else span.instrument,
            only_for=None if span is None else span.only_for,
            evidence=evidence or (self.evidence if span is None else span.evidence),
            cites=self.cites if span is None else span.cites,
        )


@frozen(kw_only=True)
class Provision(ProvisionPart):
    """A section or schedule; ``parts`` where its subsections began on different days."""

    parts: tuple[ProvisionPart, ...] = field(default=())

    @checked_if_it_fails
    def in_force(self, on: date) -> Standing:
        """Whether it is in force on a day; of a section in parts, whether all of them, some, or none are."""
        if not self.parts:
            return ProvisionPart.in_force(self, on)
        parts = tuple(part.in_force(on) for part in self.parts)
        answers = {part.answer for part in parts}
        answer = answers.pop() if len(answers) == 1 else InForce.PARTLY
        if answer is InForce.PARTLY and not {part.answer for part in parts} & {InForce.YES, InForce.PARTLY}:
            answer = InForce.UNCONFIRMED
        weakest = max((part.evidence for part in parts), key=list(Evidence).index)
        return Standing(
            provision=self.id,
            act=self.act,
            section=self.section,
            title=self.title,
            on=on,
            answer=answer,
            why=" ".join(f"{part.section}: {part.why}" for part in parts),
            evidence=weakest,
            cites=tuple(dict.fromkeys(cite for part in parts for cite in part.cites)),
            parts=parts,
        )


@frozen(kw_only=True)
class ActFile:
    """One file of ``data/provisions``: an Act, the day it was passed if that was read, and its provisions in order."""

    id: str
    act: str
    provisions: tuple[Provision, ...]
    passed: date | None = None

    def provisions_in_order(self) -> Iterator[ProvisionPart]:
        """Every section, each followed by its parts, with the Act written on it."""
        for provision in self.provisions:
            parts = tuple(evolve(part, act=self.act, passed=self.passed) for part in provision.parts)
            yield evolve(provision, act=self.act, passed=self.passed, parts=parts)
            yield from parts


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
