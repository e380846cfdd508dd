"""By when a duty of the Code is to be done, from the edition that governs the day it begins.

Records of commissioning ask here for their dates under the Code. No number of days stands in a record.
"""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.dates import format_date
from victims_code.law import After, Duty, Within, load_law
from victims_code.law.deadlines import due_date
from victims_code.working_days import WorkingDayCalendar, england_and_wales


@frozen(kw_only=True)
class CodeLimit:
    """By when a duty is to be done, under which edition, who owes it, and why there is no day if there is none.

    ``bodies`` are those the edition binds, whether or not the duty names them.
    """

    due_on: date | None
    why: str
    edition: str | None = None
    duty: Duty | None = field(default=None, repr=False)
    bodies: tuple[str, ...] = field(default=(), repr=False)


@checked
def code_limit(duty: str, begins: date | None, *, calendar: WorkingDayCalendar | None = None) -> CodeLimit:
    """By when the Code wants a duty done that began on a day.

    :param duty: its identifier, such as ``acknowledge-complaint``.
    :param begins: the day of what it begins with; None where that is not known.
    :param calendar: another calendar of working days.
    :raises CalendarRangeError: if the day lies outside the calendar.

    >>> limit = code_limit("acknowledge-complaint", date(2025, 12, 15))
    >>> limit.due_on, limit.edition
    (datetime.date(2025, 12, 31), 'code-2021')
    """
    if begins is None:
        return CodeLimit(due_on=None, why="The day it begins is not known.")
    law = load_law()
    info = law.info_on(begins)
    edition = law.editions.get(info.id) if info else None
    if info is None or edition is None:
        why = f"{info.title} is not encoded." if info else f"No Code governs {format_date(begins)}."
        return CodeLimit(due_on=None, edition=info.id if info else None, why=why)
    found = edition.duties.get(duty)
    limit = found.deadline.standard if found else None
    due_on, why = None, f"{edition.id} sets no one limit for it."
    if found and isinstance(limit, Within) and limit.after is After.EVENT and found.deadline.single:
        due_on = due_date(begins, limit.within, limit.unit, calendar or england_and_wales())
        why = f"{found.title}, {limit.words}: by {format_date(due_on)}."
    return CodeLimit(due_on=due_on, why=why, edition=edition.id, duty=found, bodies=edition.bodies)
