"""Boards: their members, meetings, minutes, decisions and actions, and who was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.actions import Action, action_findings, actions_due
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, in_order, never, one_of, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, add_months, civil_date, format_date
from victims_code.printable import capitalised, one_line_repr
from victims_code.reading.data_files import DataFile, Word, by_id, named
from victims_code.reading.partial import UnreadError, each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class BoardProfile(Sourced):
    """What a source says of a board: what it is for, who chairs it and, where it is said, its seats and objectives.

    ``others_sit_too``: the seats are not all there are. ``supports``: whose plans its own are made for. ``produces``:
    what it works with. ``meets_every_months``: how often it meets. ``receives_from``, ``reports_to`` and ``decides``:
    what comes to it, who hears from it, and what is its to decide, in words. ``ended_on``: the day it ceased.

    >>> board_profiles()["victims-panel"].not_said, board_profiles()["crime-reduction-board"].not_said
    ((), ('who chairs it', 'how often it meets'))
    """

    id: str
    title: str
    kind: str
    purpose: str
    chair: str | None = None
    seats: tuple[str, ...] = ()
    others_sit_too: bool = False
    publishes_papers: bool | None = None
    minuted: bool | None = None
    meets_every_months: int | None = None
    objectives: tuple[Word, ...] = ()
    supports: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()
    receives_from: tuple[str, ...] = ()
    reports_to: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    ended_on: date | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")

    @property
    def not_said(self) -> tuple[str, ...]:
        """What no source that was read says of it: who chairs it, how often it meets."""
        asked = {"who chairs it": self.chair, "how often it meets": self.meets_every_months}
        return tuple(what for what, said in asked.items() if said is None)


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
class MeetingDecision(CommissioningRecord):
    """What a meeting decided, the record of decision it rests on, and the objectives it serves."""

    what: str
    reference: str | None = None
    record: str | None = None
    objectives: tuple[str, ...] = ()


@frozen(kw_only=True)
class Meeting(CommissioningRecord):
    """A meeting: its day, who was there, who was not and had a good reason, and what came of it.

    :param minutes: where the minutes are, such as an address or a reference.
    :param papers_published: whether its papers are out.
    """

    on: date
    present: tuple[str, ...]
    excused: tuple[str, ...] = ()
    papers_published: bool | None = None
    minutes: str | None = None
    minutes_agreed_on: date | None = None
    decisions: tuple[MeetingDecision, ...] = ()
    actions: tuple[Action, ...] = ()


@frozen(kw_only=True)
class Attendance:
    """How often someone with a seat came between two days, and the meetings they missed without a good reason."""

    meetings: int
    present: int
    excused: int
    missed: tuple[date, ...]


@frozen(kw_only=True)
class Board(CommissioningRecord):
    """A board as it works: its members, its quorum and its meetings.

    :param profile: the identifier of its profile in :func:`board_profiles`, if it is one of them.
    :param seats: the roles that its terms of reference give it; without any, those of its profile.
    :param chair: who chairs it: the role of a seat, or its holder; checked against the profile.
    :param quorum: how many must be there to decide, from its terms of reference; None if they do not say.
    :param planned: the days on which it is to meet.
    :param meets_every_months: how often it meets, from its terms of reference; without it that of its profile.
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
    planned: tuple[date, ...] = ()
    meets_every_months: int | None = None

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
        all_different("meetings[].on"),
        all_different("planned[]"),
    )

    @property
    def _its_profile(self) -> BoardProfile | None:
        return board_profiles().get(self.profile or "")

    @property
    def its_seats(self) -> tuple[str, ...]:
        """The seats of the board: its own, or else those of its profile."""
        profile = self._its_profile
        return self.seats or (profile.seats if profile else ())

    def quorate(self, meeting: Meeting) -> Truth:
        """Whether a meeting could decide: True, False, or None if no quorum is stated."""
        if self.quorum is None:
            return None
        here = {m.holder for m in self.members if m.sits_on(meeting.on)} & set(meeting.present)
        return len(here) >= self.quorum

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: seats, chair, quorums, papers, minutes, actions, and absence without a reason."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        filled = [member.role for member in self.members if member.sits_on(as_at)]
        empty = [seat for seat in self.its_seats if seat not in filled]
        if empty:
            what = f"The board has seats for {len(self.its_seats)}, and these are empty: {', '.join(empty)}."
            yield finding("board-members", what, "Fill them.", about=self.title)
        profile = self._its_profile
        open_seats = not self.its_seats or (not self.seats and profile is not None and profile.others_sit_too)
        strange = [role for role in filled if not open_seats and role not in self.its_seats]
        if strange:
            what = f"These sit on it without a seat: {', '.join(strange)}."
            yield finding("board-members", what, "Correct the seats or the members.", about=self.title)
        yield from self._about_the_chair(as_at, None if profile is None else profile.chair)
        for meeting in self._held(as_at):
            yield from self._meeting(meeting, publishes=bool(profile and profile.publishes_papers))
            if profile is not None and profile.minuted and meeting.minutes is None:
                what = f"The minutes of {format_date(meeting.on)} are not on record."
                yield finding("board-minuted", what, "Write them, and say where they are.", about=self.title)
            yield from action_findings(
                meeting.actions, as_at, self.title, owned="board-action-owned", late="board-action-in-time"
            )

    def _held(self, on: date) -> list[Meeting]:
        return sorted((meeting for meeting in self.meetings if meeting.on <= on), key=lambda meeting: meeting.on)

    def attendance(self, holder: str, since: date, until: date) -> Attendance:
        """How often someone came to the meetings from one day to another on which they had a seat."""
        sat = [
            meeting
            for meeting in self._held(until)
            if meeting.on >= since and any(one.holder == holder and one.sits_on(meeting.on) for one in self.members)
        ]
        missed = [m.on for m in sat if holder not in m.present and holder not in m.excused]
        excused = sum(holder in meeting.excused for meeting in sat)
        return Attendance(
            meetings=len(sat), present=len(sat) - excused - len(missed), excused=excused, missed=tuple(missed)
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The meetings to hold, the papers and minutes that are owed, and the actions undone on a day."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        profile, held = self._its_profile, self._held(on)
        last = held[-1].on if held else date.min
        owed = [day for day in self.planned if day > last]
        for day in owed:
            past = "Record the meeting that was planned" if day < on else "Hold the meeting"
            yield self._due(day, f"{past}: {self.title}.")
        every = self.meets_every_months or (profile.meets_every_months if profile else None)
        ended = profile is not None and profile.ended_on is not None and profile.ended_on <= on
        if every is not None and not owed and not ended:
            yield self._due(add_months(last, every) if held else None, f"Hold the next meeting: {self.title}.")
        for meeting in held:
            yield from actions_due(meeting.actions, on, self.title)
            if profile is not None and profile.publishes_papers and not meeting.papers_published:
                yield self._due(None, f"Publish the papers of {format_date(meeting.on)}.")
            if profile is not None and profile.minuted and meeting.minutes is None:
                yield self._due(None, f"Write the minutes of {format_date(meeting.on)}.")

    def _due(self, day: date | None, what: str) -> DueItem:
        roles = {member.role for member in self.members}
        owner = role_in_words(self.chair) if self.chair in roles else self.chair
        return DueItem(day=day, what=what, owner=owner or "", about=self.title, kind=DueKind.BOARD)

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


def role_in_words(role: str | None) -> str:
    """A role as people write it.

    >>> role_in_words("deputy-police-and-crime-commissioner")
    'Deputy police and crime commissioner'
    """
    words = (role or "").replace("-", " ")
    return capitalised(words)


def board_profile(id_: str) -> BoardProfile:
    """The profile of that identifier.

    :raises UnknownNameError: naming the nearest ones.
    """
    return named(board_profiles(), id_, "board")
