"""From the tables of a record to obligations that can be measured, through the bulk engine."""

from __future__ import annotations

from victims_code.arguments import checked
from victims_code.bulk import Tables, assess
from victims_code.code import VictimsCode
from victims_code.compliance.measuring.obligations import Obligations
from victims_code.dates import Moment
from victims_code.working_days import WorkingDayCalendar


@checked
def from_tables(
    tables: Tables,
    *,
    as_at: Moment,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    periods_by: str = "triggered_on",
) -> Obligations:
    """The obligations of whole tables, worked out by :func:`victims_code.bulk.assess` and opened for measuring.

    Further columns of ``victims`` and ``cases``, such as ethnicity or force, can be grouped by. ``set_aside`` of what
    is given back counts the rows that were faulty.

    :param as_at: the date of assessment; later events are left out.
    :param code: the law; a changed one for *what if*.
    :param calendar: another calendar.
    :raises CaseError: if a table or a column is missing or cannot be read.
    :raises WrongValueError: if a table beside the obligations does not fit them.
    :raises MissingExtraError: if something is not installed (``pip install "victims-code[bulk,report]"``).

    >>> from datetime import date
    >>> import pyarrow as pa
    >>> from victims_code.bulk import Tables
    >>> events = pa.table({
    ...     "case_ref": ["1"], "event": ["crime-reported"], "at": ["2026-04-01"], "received": [None], "about": [None],
    ...     "victim_ref": [None], "suspect_ref": [None], "hearing_ref": [None], "recorded": [None]})
    >>> victims = pa.table({"case_ref": ["1"], "victim_ref": ["V1"], "born": ["1990-03-02"], "age_band": ["35 to 44"]})
    >>> with from_tables(Tables(events=events, victims=victims), as_at=date(2026, 4, 20)) as obligations:
    ...     obligations.rows("SELECT status FROM obligation WHERE duty = 'refer-to-support'"), obligations.set_aside
    ([('overdue',)], 0)
    >>> "age_band" in obligations.dimensions, "born" in obligations.dimensions
    (True, False)
    """
    with assess(tables, as_at=as_at, code=code, calendar=calendar) as answer:
        return Obligations.open(answer, cases=tables.cases, victims=tables.victims, code=code, periods_by=periods_by)
