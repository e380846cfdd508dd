"""The database: cases with every version they had, and the duties of the work list, each by its ``id``.

A case is stored as the document the library reads. What follows from it is worked out again whenever the case, the law
or the day changes, in the same transaction, so that list and case never disagree.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Engine, ForeignKey, String, case, delete, func, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

import victims_code as vc

LOG = logging.getLogger("web_service")
CODE = vc.VictimsCode.load()
CALENDAR = vc.england_and_wales()
SOON = 5  # working days
PAGE = 100
URGENCIES = {
    "overdue": "Overdue",
    "act-now": "Act now: it may be late already",
    "due-today": "Due today",
    "due-soon": f"Due within {SOON} working days",
    "later": "Later",
}


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {dict[str, Any]: JSON, datetime: DateTime(timezone=True)}


class StoredCase(Base):
    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(200), unique=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()
    assess_on: Mapped[date | None] = mapped_column(index=True)
    """The next day on which an answer can change although nothing new is recorded: ``changes_on``."""
    law_hash: Mapped[str] = mapped_column(String(64))

    __mapper_args__: ClassVar = {"version_id_col": version}  # of two who save at once, the second is refused


class Version(Base):
    """A case as it was saved once. Versions are added and never changed."""

    __tablename__ = "versions"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]


class Duty(Base):
    """A duty that is undone and has a date."""

    __tablename__ = "duties"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    act_by: Mapped[date] = mapped_column(index=True)
    urgency: Mapped[str] = mapped_column(String(20), index=True)
    owed_by: Mapped[str] = mapped_column(String(200))
    """The bodies, such as ``,police,cps,``."""
    obligation: Mapped[dict[str, Any]]


def save(session: Session, document: Mapping[str, Any], now: datetime, stored: StoredCase | None = None) -> StoredCase:
    """Check and store a case, keep its version, and work out what follows.

    :raises vc.VictimsCodeError: with every fault of the document; nothing is stored then.
    """
    checked = vc.Case.from_dict(_with_references(document)).to_dict()
    if stored is None:
        stored = StoredCase(reference=checked["reference"], document=checked)
        session.add(stored)
    stored.document = checked
    refresh(session, stored, now.date())
    session.add(Version(case_id=stored.id, number=stored.version, saved_at=now.astimezone(UTC), document=checked))
    return stored


def _with_references(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document with a reference for every record, so that each can be corrected later."""
    events = document.get("events")
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        return document  # the library says what is wrong
    used = {event.get("reference") for event in events}
    free = (name for n in range(1, 2 * len(events) + 1) if (name := f"E{n}") not in used)
    return {**document, "events": [e if e.get("reference") else {**e, "reference": next(free)} for e in events]}


def record(session: Session, stored: StoredCase, event: Mapping[str, Any], now: datetime) -> StoredCase:
    """Add a record to a case. One that ``replaces`` another corrects it; the other stays, superseded."""
    added = {"recorded": now.replace(microsecond=0).isoformat(), **event}
    return save(session, {**stored.document, "events": [*stored.document.get("events", []), added]}, now, stored)


def refresh(session: Session, stored: StoredCase, today: date) -> None:
    """Work out what follows from a case today, and put it on the work list in place of what was there."""
    result = CODE.assess(vc.Case.from_dict(stored.document), as_at=today)
    stored.assess_on, stored.law_hash = result.changes_on, result.stamp.law_hash
    session.flush()
    session.execute(delete(Duty).where(Duty.case_id == stored.id))
    for one in result.work_list(within=SOON):
        bodies, plain = f",{','.join(one.owed_by)},", dict(one.to_dict())
        session.add(
            Duty(case_id=stored.id, id=one.id, act_by=one.act_by, urgency=one.urgency, owed_by=bodies, obligation=plain)
        )


def waiting(today: date) -> Any:
    """The cases whose day has come, or that were assessed under another version of the law."""
    return or_(StoredCase.assess_on <= today, StoredCase.law_hash != CODE.law.data_hash)


def nightly(engine: Engine, today: date) -> tuple[int, int]:
    """Assess the cases whose day has come; how many were done, and how many could not be."""
    with Session(engine) as session:
        due = session.scalars(select(StoredCase.id).where(waiting(today))).all()
    failed = 0
    for id_ in due:
        try:
            with Session(engine) as session, session.begin():
                refresh(session, session.get_one(StoredCase, id_), today)
        except (vc.VictimsCodeError, StaleDataError) as problem:  # the others go on; this one waits for the next run
            failed += 1
            LOG.error("case %s was not assessed: %s", id_, type(problem).__name__)
    return len(due) - failed, failed


def owed_by(body: str) -> Any:
    """The duties of a body; of every body if none is named."""
    return Duty.owed_by.contains(f",{body}," if body else ",", autoescape=True)


def work_list(
    session: Session, today: date, *, body: str = "", urgency: str = "", page: int = 1
) -> tuple[list[dict[str, Any]], int]:
    """A page of the list, the most urgent first, and how many duties there are in all.

    Which duties are soon and how late they are changes with every day, so these two are worked out when the list is
    read; everything else holds until the day on which the case is assessed again.
    """
    soon = CALENDAR.add(today, SOON)
    now = case(
        (Duty.urgency.in_(["overdue", "act-now", "due-today"]), Duty.urgency),
        (Duty.act_by <= soon, "due-soon"),
        else_="later",
    )
    wanted = (owed_by(body), now == urgency if urgency else now != "later")
    total = session.scalar(select(func.count()).select_from(Duty).where(*wanted)) or 0
    rank = case({name: n for n, name in enumerate(URGENCIES)}, value=now)
    query = select(now, Duty).where(*wanted).order_by(rank, Duty.act_by, Duty.case_id, Duty.id)
    rows = session.execute(query.limit(PAGE).offset(PAGE * (page - 1)))
    listed = [
        {**duty.obligation, "case_id": duty.case_id, "urgency": name, **_late(duty, today)} for name, duty in rows
    ]
    return listed, total


COUNTED = {"days_late": "due_on", "days_late_if_standard": "due_on", "days_late_if_enhanced": "due_on_if_enhanced"}
"""What an assessment counts in working days, with the day it counts from."""


def _late(duty: Duty, today: date) -> dict[str, int]:
    """The working days it is late today, or may be where it is not known which deadline holds."""
    known = (name for name in COUNTED if duty.obligation[name])
    return {name: CALENDAR.count(date.fromisoformat(duty.obligation[COUNTED[name]]), today) for name in known}
