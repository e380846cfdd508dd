"""Boards, their members and meetings, and who is independent enough to sit on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding, rule
from victims_code.commissioning.validators import in_order, never, one_of, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, add_years, civil_date, format_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction, UnreadError, each


@frozen(kw_only=True)
class BoardProfile(Sourced):
    """What a source says of a board: what it is for, who chairs it and, where it is said, the seats it has."""

    id: str
    title: str
    kind: str
    purpose: str
    chair: str | None = None
    seats: tuple[str, ...] = ()
    publishes_papers: bool | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@cache
def board_profiles() -> Mapping[str, BoardProfile]:
    """The boards, panels and groups named in commissioners' documents, by identifier.

    :raises LawDataError: if the data is broken.

    >>> board_profiles()["accountability-and-governance-board"].seats
    ('police-and-crime-commissioner', 'deputy-police-and-crime-commissioner', 'victims-advocate')
    """
    return by_id(DataFile.open("commissioning/boards.yaml").all(BoardProfile))


@frozen(kw_only=True)
class Member(CommissioningRecord):
    """A seat on a board and who fills it, by reference and not by name, for as long as they do."""

    role: str
    holder: str
    since: date | None = None
    until: date | None = None

    def sits_on(self, on: date) -> bool:
        """Whether the seat is filled so on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@frozen(kw_only=True)
class Meeting(CommissioningRecord):
    """A meeting: its day, who was there, who was not and had a good reason, and whether its papers are out."""

    on: date
    present: tuple[str, ...]
    excused: tuple[str, ...] = ()
    papers_published: bool | None = None


@frozen(kw_only=True)
class Board(CommissioningRecord):
    """A board as it works: its members, its quorum and its meetings.

    :param profile: the identifier of its profile in :func:`board_profiles`, if it is one of them.
    :param seats: the roles that its terms of reference give it; without any, those of its profile.
    :param chair: who chairs it: the role of a seat, or its holder; checked against the profile.
    :param quorum: how many must be there to decide, from its terms of reference; None if they do not say.
    :raises CommissioningError: with every fault.

    >>> board = Board(title="Accountability and Governance Board", profile="accountability-and-governance-board",
    ...               members=(Member(role="police-and-crime-commissioner", holder="M1"),))
    >>> print(board.findings(date(2026, 4, 1))[0])
    Accountability and Governance Board: The board has seats for 3, and these are empty:
    deputy-police-and-crime-commissioner, victims-advocate. Fill them. [board-members, must]
    """

    title: str
    profile: Annotated[str, word("board", board_profiles)] | None = None
    members: tuple[Member, ...] = ()
    seats: tuple[str, ...] = ()
    chair: str | None = None
    quorum: int | None = None
    meetings: tuple[Meeting, ...] = ()

    def _nobody_is_both_present_and_excused(self) -> Iterator[Contradiction]:
        for n, meeting in each(self, "meetings"):
            with suppress(UnreadError):
                for holder in sorted(set(meeting.present) & set(meeting.excused)):
                    yield Contradiction(("meetings", n, "excused"), faults.PRESENT_AND_EXCUSED.at(holder=holder))

    checks = (
        never(
            "quorum",
            lambda board: board.quorum is not None and board.quorum < 1,
            faults.QUORUM_OF_NOBODY,
        ),
        never(
            "quorum",
            lambda board: board.quorum is not None and 0 < len(board.its_seats) < board.quorum,
            faults.QUORUM_ABOVE_THE_SEATS,
        ),
        in_order("since", "until", of="members[]"),
        *(
            one_of(
                f"meetings[].{key}[]",
                lambda board: {member.holder for member in board.members},
                faults.NOT_A_MEMBER,
                listing="Members",
            )
            for key in ("present", "excused")
        ),
        _nobody_is_both_present_and_excused,
    )

    @property
    def its_seats(self) -> tuple[str, ...]:
        """The seats of the board: its own, or else those of its profile."""
        profile = board_profiles().get(self.profile or "")
        return self.seats or (profile.seats if profile else ())

    def quorate(self, meeting: Meeting) -> Truth:
        """Whether a meeting could decide: True, False, or None if no quorum is stated."""
        if self.quorum is None:
            return None
        here = {m.holder for m in self.members if m.sits_on(meeting.on)} & set(meeting.present)
        return len(here) >= self.quorum

    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: seats, the chair, quorums, papers not out, and absence without a reason."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        filled = [member.role for member in self.members if member.sits_on(as_at)]
        empty = [seat for seat in self.its_seats if seat not in filled]
        if empty:
            what = f"The board has seats for {len(self.its_seats)}, and these are empty: {', '.join(empty)}."
            yield finding("board-members", what, "Fill them.", about=self.title)
        strange = [role for role in filled if self.its_seats and role not in self.its_seats]
        if strange:
            what = f"These sit on it without a seat: {', '.join(strange)}."
            yield finding("board-members", what, "Correct the seats or the members.", about=self.title)
        profile = None if self.profile is None else board_profiles()[self.profile]
        yield from self._about_the_chair(as_at, None if profile is None else profile.chair)
        for meeting in (meeting for meeting in self.meetings if meeting.on <= as_at):
            yield from self._meeting(meeting, publishes=bool(profile and profile.publishes_papers))

    def _about_the_chair(self, as_at: date, expected: str | None) -> Iterator[RuleFinding]:
        """Whether the chair of the board has a seat on it, and the one that its profile gives the chair."""
        sitting = [member for member in self.members if member.sits_on(as_at)]
        chairing = {member.role for member in sitting if self.chair in (member.role, member.holder)}
        if self.chair is not None and not chairing:
            what = f"{self.chair!r} chairs the board, and has no seat on it."
            yield finding("board-chair", what, "Name the role or the holder of a seat.", about=self.title)
        if expected is None or expected in chairing:
            return
        if expected not in {member.role for member in sitting}:
            what = f"The {expected} chairs this board, and that seat is empty."
            yield finding("board-chair", what, "Fill it.", about=self.title)
        elif self.chair is None:
            what = f"The {expected} chairs this board; who does is not on record."
            yield finding(
                "board-chair",
                what,
                "Name the chair.",
                about=self.title,
                outcome=RuleOutcome.CANNOT_TELL,
                missing=("chair",),
            )
        else:
            what = f"The {expected} chairs this board, and the record names {self.chair!r}."
            yield finding("board-chair", what, "Correct the chair, or the terms of reference.", about=self.title)

    def _meeting(self, meeting: Meeting, *, publishes: bool) -> Iterator[RuleFinding]:
        when = format_date(meeting.on)
        quorate = self.quorate(meeting)
        if quorate is False:
            what = f"On {when} {len(set(meeting.present))} were there, and the quorum is {self.quorum}."
            yield finding("board-quorum", what, "Take its decisions again with a quorum.", about=self.title)
        if quorate is None:
            what = f"Whether the meeting of {when} could decide is not known, because no quorum is stated."
            yield finding(
                "board-quorum",
                what,
                "State the quorum of the terms of reference.",
                about=self.title,
                outcome=RuleOutcome.CANNOT_TELL,
                missing=("quorum",),
            )
        if publishes and meeting.papers_published is not True:
            unknown = meeting.papers_published is None
            what = f"The papers of {when} {'are not said to have been' if unknown else 'have not been'} published."
            yield finding(
                "board-papers-published",
                what,
                "Publish them, and record it.",
                about=self.title,
                outcome=RuleOutcome.CANNOT_TELL if unknown else RuleOutcome.BROKEN,
                missing=("papers_published",) if unknown else (),
            )
        sitting = [member.holder for member in self.members if member.sits_on(meeting.on)]
        for holder in sorted(set(sitting) - set(meeting.present) - set(meeting.excused)):
            what = f"{holder} missed the meeting of {when}, and no good reason is on record."
            yield finding("attendance", what, "Record the reason, or take it up with them.", about=self.title)


class EngagementKind(StrEnum):
    """In what way somebody has worked for the office of the commissioner."""

    STAFF = "staff"
    EMPLOYEE = "employee"
    LONG_TERM_CONTRACTOR = "long-term-contractor"
    OTHER_CONTRACTOR = "other-contractor"


@frozen(kw_only=True)
class Engagement(CommissioningRecord):
    """A time somebody worked for the office; ``until`` None means that it goes on."""

    kind: EngagementKind
    since: date | None = None
    until: date | None = None


@frozen(kw_only=True)
class Independence:
    """Whether somebody is independent enough for an appointment: True, False, or None, with the reasons."""

    independent: Truth
    reasons: tuple[str, ...]
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Appointment(CommissioningRecord):
    """The appointment of a Victims Advocate, or of anybody held to the same rule.

    :param history: every time the holder worked for the office; None if nobody asked.
    :raises CommissioningError: with every fault.

    >>> past = (Engagement(kind=EngagementKind.EMPLOYEE, until=date(2022, 3, 31)),)
    >>> Appointment(role="victims-advocate", holder="M3", on=date(2025, 1, 6), history=past).independence().independent
    False
    >>> Appointment(role="victims-advocate", holder="M3", on=date(2025, 4, 1), history=past).independence().independent
    True
    """

    role: str
    holder: str
    on: date
    until: date | None = None
    history: tuple[Engagement, ...] | None = None

    checks = (
        in_order("on", "until"),
        in_order("since", "until", of="history[]"),
    )

    def independence(self) -> Independence:
        """Whether the holder is independent on the day of the appointment, under the rule *advocate-independent*.

        Somebody who left on a day is free of the rule from the same day of the month the years of the rule later.
        """
        held = rule("advocate-independent")
        sources = tuple(citation.source for citation in held.cites)
        if self.history is None:
            reason = "Nobody has asked whether the holder has worked for the office."
            return Independence(independent=None, reasons=(reason,), sources=sources)
        reasons = tuple(self._reasons(held.numbers["years"]))
        return Independence(independent=not reasons, reasons=reasons, sources=sources)

    def _reasons(self, years: int) -> Iterator[str]:
        for past in self.history or ():
            as_what = _AS_WHAT.get(past.kind)
            if as_what is None or (past.since is not None and past.since > self.on):
                continue
            if past.until is None or past.until >= self.on:
                yield f"On {format_date(self.on)} the holder still worked for the office {as_what}."
            elif add_years(past.until, years) > self.on:
                until = format_date(past.until)
                yield f"The holder worked for the office {as_what} until {until}, less than {years} years before."

    def findings(self) -> tuple[RuleFinding, ...]:
        """What stands against the independence of the holder, or that it is not known."""
        answer = self.independence()
        if answer.independent:
            return ()
        unknown = answer.independent is None
        return (
            finding(
                "advocate-independent",
                " ".join(answer.reasons),
                "Ask, and record the answer." if unknown else "Appoint somebody else, or later.",
                about=f"{self.role} {self.holder}",
                outcome=RuleOutcome.CANNOT_TELL if unknown else RuleOutcome.BROKEN,
                missing=("history",) if unknown else (),
            ),
        )


_AS_WHAT = {
    EngagementKind.STAFF: "on its staff",
    EngagementKind.EMPLOYEE: "as an employee",
    EngagementKind.LONG_TERM_CONTRACTOR: "as a long-term contractor",
}
"""The engagements that stand against independence; other contracts do not."""


def board_profile(id_: str) -> BoardProfile:
    """The profile of that identifier.

    :raises UnknownNameError: naming the nearest ones.
    """
    return named(board_profiles(), id_, "board")
