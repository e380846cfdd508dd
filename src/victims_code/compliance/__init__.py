"""What it adds up to: measures of compliance with the Code, made safe to publish, and the board's report.

Hand it a table of obligations, or assessments, and get measures by duty, Right, provider, period or any column of your
own, with confidence intervals, with small numbers hidden so that nobody can work them out, and with what is not
recorded kept apart from what was not done::

    from victims_code import compliance

    compliance.measure("on-time-share", "obligations.parquet", by=["duty", "quarter"])
    compliance.report("obligations.parquet", as_at=date(2026, 4, 1)).write("report")
"""

from victims_code.compliance.comparing import Change, Comparison, Funnel, FunnelPoint, changes, funnel, what_if
from victims_code.compliance.counting import Request
from victims_code.compliance.definitions import Kind, Measure, Measures, measures
from victims_code.compliance.from_tables import from_tables
from victims_code.compliance.measuring import DEFAULT, measure, tables
from victims_code.compliance.obligations import Obligations, from_assessments
from victims_code.compliance.quarterly_return import ReturnLine, quarterly_return
from victims_code.compliance.report import Headline, Report, report
from victims_code.compliance.sheets import Sheet
from victims_code.compliance.tables import MeasureTable, Row
from victims_code.compliance.waiting import Waiting, WaitingList, waiting_list
from victims_code.figures import Direction, SmallNumbers, publication_defaults

__all__ = [
    "DEFAULT",
    "Change",
    "Comparison",
    "Direction",
    "Funnel",
    "FunnelPoint",
    "Headline",
    "Kind",
    "Measure",
    "MeasureTable",
    "Measures",
    "Obligations",
    "Report",
    "Request",
    "ReturnLine",
    "Row",
    "Sheet",
    "SmallNumbers",
    "Waiting",
    "WaitingList",
    "changes",
    "from_assessments",
    "from_tables",
    "funnel",
    "measure",
    "measures",
    "publication_defaults",
    "quarterly_return",
    "report",
    "tables",
    "waiting_list",
    "what_if",
]
