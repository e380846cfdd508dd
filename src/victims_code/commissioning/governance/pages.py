"""Boards, risk logs, objectives and roles as a page: a title, a few sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from victims_code.arguments import checked
from victims_code.commissioning.due import HasDueItems, due_items
from victims_code.commissioning.governance.appointments import Appointment
from victims_code.commissioning.governance.boards import (
    Board,
    BoardProfile,
    Meeting,
    board_profiles,
    role_in_words,
)
from victims_code.commissioning.governance.risks import EntryState, Risk, RiskLog
from victims_code.commissioning.governance.roles import line_of_accountability, role_profiles
from victims_code.commissioning.governance.strategy import Strategy
from victims_code.commissioning.records import known_among
from victims_code.commissioning.tables import due_table, findings_table, short_day
from victims_code.conditions import truth_word
from victims_code.dates import format_date, format_short_date
from victims_code.printable import capitalised
from victims_code.reading.data_files import named
from victims_code.render import Card, CardTable


@checked
def boards_page(boards: Sequence[Board], on: date, *, appointments: Sequence[Appointment] = ()) -> Card:
    """Each board with its seats, meetings and decisions, what is amiss, and what is due on a day.

    :param appointments: those whose terms and attendance are looked at with the boards.
    """
    boards = known_among(boards, on)
    found = [one for board in boards for one in board.findings(on)]
    found += [one for appointment in appointments for one in appointment.findings(on, boards)]
    dated: list[HasDueItems] = [*boards, *appointments]
    due = due_items(dated, on)
    tables = [table for board in boards for table in _board_tables(board, on)]
    return Card(
        title="Boards",
        sentences=(
            f"On {format_date(on)}: {_count(boards, 'board')}, {_count(found, 'thing')} amiss, {len(due)} due.",
        ),
        tables=(findings_table(found), due_table(due, on), *tables),
    )


def _board_tables(board: Board, on: date) -> Iterator[CardTable]:
    seats = [(role_in_words(m.role), m.holder, short_day(m.until)) for m in board.members if m.sits_on(on)]
    yield CardTable(caption=f"{board.title}: members", columns=("Seat", "Holder", "Until"), rows=tuple(seats))
    held = sorted((meeting for meeting in board.meetings if meeting.on <= on), key=lambda m: m.on, reverse=True)
    yield CardTable(
        caption=f"{board.title}: meetings",
        columns=("Day", "Attendance", "Could decide", "Papers out", "Minutes", "Actions undone"),
        rows=tuple(_meeting(board, meeting, on) for meeting in held),
    )
    yield CardTable(
        caption=f"{board.title}: decisions",
        columns=("Day", "Decision", "Record", "Objectives"),
        rows=tuple(
            (format_short_date(m.on), one.what, one.record or "–", ", ".join(one.objectives) or "–")
            for m in held
            for one in m.decisions
        ),
        named_rows=False,
    )
    profile = board_profiles().get(board.profile or "")
    if profile is not None:
        yield CardTable(
            caption=f"{board.title}: what its sources say", columns=("What", "Said"), rows=tuple(_said_of(profile))
        )


def _said_of(profile: BoardProfile) -> Iterator[tuple[str, str]]:
    yield "Purpose", profile.purpose
    if profile.ended_on is not None:
        yield "Ended", format_short_date(profile.ended_on)
    if profile.chair is not None:
        yield "Chair", role_in_words(profile.chair)
    if profile.meets_every_months is not None:
        yield "Meets", "each month" if profile.meets_every_months == 1 else f"every {profile.meets_every_months} months"
    for what, said in (("Receives from", profile.receives_from), ("Reports to", profile.reports_to)):
        yield from ((what, one) for one in said)
    yield from (("Decides", one) for one in profile.decides)
    yield from (("Not said", f"No source that was read says {what}.") for what in profile.not_said)
    if profile.note is not None:
        yield "Note", profile.note


def _meeting(board: Board, meeting: Meeting, on: date) -> tuple[str, ...]:
    undone = sum(action.state(on).value in ("open", "overdue") for action in meeting.actions)
    return (
        format_short_date(meeting.on),
        f"{len(meeting.present)} present",
        _yes(board.quorate(meeting)),
        _yes(meeting.papers_published),
        meeting.minutes or "–",
        str(undone),
    )


@checked
def risks_page(logs: Sequence[RiskLog], on: date) -> Card:
    """Each log with its open risks, highest score first, its open issues, and what is amiss on a day."""
    logs = known_among(logs, on)
    found = [one for log in logs for one in log.findings(on)]
    open_risks = [(log, risk) for log in logs for risk in log.risks if risk.state is EntryState.OPEN]
    issues = [(log, issue) for log in logs for issue in log.issues if issue.open_on(on)]
    counts = f"{_count(open_risks, 'open risk')}, {_count(issues, 'open issue')}, {_count(found, 'thing')} amiss"
    risks = sorted(open_risks, key=lambda pair: -pair[1].current.product)
    return Card(
        title="Risks and issues",
        sentences=(f"On {format_date(on)}: {counts}.",),
        tables=(
            findings_table(found),
            CardTable(
                caption="Open risks, highest score first",
                columns=("Risk", "What", "Score", "Owner", "Review by", "Being done", "Board"),
                rows=tuple(_risk(log, risk, on) for log, risk in risks),
            ),
            CardTable(
                caption="Open issues",
                columns=("Issue", "What", "Priority", "Owner", "Due", "Board"),
                rows=tuple(
                    (one.reference, one.what, one.priority, one.owner or "–", short_day(one.due), log.board)
                    for log, one in issues
                ),
            ),
        ),
    )


def _risk(log: RiskLog, risk: Risk, on: date) -> tuple[str, ...]:
    band, review = log.band(risk), log.review_due(risk)
    doing = [action.what for action in risk.actions if action.state(on).value in ("open", "overdue")]
    return (
        risk.reference,
        f"{risk.cause}: {risk.event}. {risk.impact}",
        f"{risk.current.product}{f' ({band.title})' if band else ''}{', escalated' if risk.escalated else ''}",
        risk.owner or "–",
        "never reviewed" if review is None else format_short_date(review),
        "; ".join(doing) or "nothing recorded",
        log.board,
    )


@checked
def objectives_page(strategy: Strategy, records: Sequence[object], on: date) -> Card:
    """Each objective and commitment of a strategy with everything that serves it on a day."""
    progress = strategy.progress(records, on)
    idle = [one for one in progress if not one.things]
    return Card(
        title=f"{strategy.title}: what serves each objective",
        sentences=(
            f"On {format_date(on)}: nothing serves {len(idle)} of {_count(progress, 'objective')} and commitments.",
        ),
        tables=(
            CardTable(
                caption="Objectives and commitments",
                columns=("Reference", "What", "Overdue actions", "Served by"),
                rows=tuple(
                    (
                        one.reference,
                        one.title,
                        str(one.count("action", "overdue")),
                        "; ".join(f"{t.kind}: {t.title}{f' ({t.state})' if t.state else ''}" for t in one.things)
                        or "nothing",
                    )
                    for one in progress
                ),
            ),
        ),
    )


@checked
def role_page(role: str) -> Card:
    """What is known of a role: to whom it answers, its term, its boards and its duties.

    :raises UnknownNameError: if there is no such role, naming the nearest.
    """
    profile = named(role_profiles(), role, "role")
    facts = (
        ("Answers to", ", ".join(line_of_accountability(role)[1:])),
        ("First term in months", "" if profile.term_months is None else str(profile.term_months)),
        ("Can be extended", "" if profile.extendable is None else _yes(profile.extendable)),
        ("Can end early", profile.ended_by or ""),
        ("Reviews", profile.reviews or ""),
        ("If meetings are missed", profile.absence or ""),
        ("Chairs", ", ".join(profile.chairs)),
        ("Sits on", ", ".join(profile.seats)),
        *((capitalised(one.id), one.title) for one in profile.conditions),
    )
    sources = ", ".join(citation.source for citation in profile.cites)
    return Card(
        title=profile.title,
        sentences=tuple(filter(None, (profile.note, f"Evidence: {profile.evidence.value} ({sources})."))),
        tables=(
            CardTable(caption="The post", columns=("What", "It is"), rows=tuple(row for row in facts if row[1])),
            CardTable(
                caption="Duties", columns=("Duty", "What"), rows=tuple((one.id, one.title) for one in profile.duties)
            ),
        ),
    )


def _yes(answer: bool | None) -> str:
    return {"unknown": "not known"}.get(truth_word(answer), truth_word(answer))


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
