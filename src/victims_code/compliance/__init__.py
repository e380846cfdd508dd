"""What it adds up to: measures of compliance with the Code, made safe to publish, and the board's report.

Hand it a table of obligations, or assessments, and get measures by duty, Right, provider, period or any column of your
own, with confidence intervals, with small numbers hidden so that no one can work them out, and with what is not
recorded kept apart from what was not done::

    from victims_code import compliance

    compliance.measure("on-time-share", "obligations.parquet", by=["duty", "quarter"])
    compliance.report("obligations.parquet", as_at=date(2026, 4, 1)).write("report")
"""

from victims_code.compliance.board_report.quarterly_return import ReturnLine, quarterly_return
from victims_code.compliance.board_report.report import Headline, Report, report
from victims_code.compliance.board_report.sheets import Sheet
from victims_code.compliance.board_report.waiting import Waiting, WaitingList, waiting_list
from victims_code.compliance.measuring.comparing import (
    Change,
    Funnel,
    FunnelPoint,
    WhatIfTable,
    changes,
    funnel,
    what_if,
)
from victims_code.compliance.measuring.counting import Request
from victims_code.compliance.measuring.definitions import ComplianceMeasure, Kind, Measures, measures
from victims_code.compliance.measuring.filtering import Filter, Where
from victims_code.compliance.measuring.from_tables import from_tables
from victims_code.compliance.measuring.measure import DEFAULT, measure, tables
from victims_code.compliance.measuring.obligations import Obligations, from_assessments
from victims_code.compliance.measuring.plots import Plot
from victims_code.compliance.measuring.tables import MeasureTable, Row

__all__ = [
    "DEFAULT",
    "Change",
    "ComplianceMeasure",
    "Filter",
    "Funnel",
    "FunnelPoint",
    "Headline",
    "Kind",
    "MeasureTable",
    "Measures",
    "Obligations",
    "Plot",
    "Report",
    "Request",
    "ReturnLine",
    "Row",
    "Sheet",
    "Waiting",
    "WaitingList",
    "WhatIfTable",
    "Where",
    "changes",
    "from_assessments",
    "from_tables",
    "funnel",
    "measure",
    "measures",
    "quarterly_return",
    "report",
    "tables",
    "waiting_list",
    "what_if",
]
