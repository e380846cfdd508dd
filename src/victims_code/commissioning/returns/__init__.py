"""Returns of figures: what a provider reports in a period, whether it holds together, and what it adds up to."""

from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnColumn, ReturnFinding
from victims_code.commissioning.returns.performance import PerformanceTable
from victims_code.commissioning.returns.receipts import Receipt, ReturnState, ReturnStatus
from victims_code.commissioning.returns.register import (
    AskedMeasure,
    DueReturn,
    Provider,
    Register,
    ReportingBand,
    ReportingTerms,
)
from victims_code.commissioning.returns.rolling_up import RolledUp, roll_up
from victims_code.commissioning.returns.submission import CheckedReturns, Return, check_returns
from victims_code.commissioning.returns.summary import Adjustment, AdjustmentKind, Correction, Summary, add_up
from victims_code.commissioning.returns.sums import Sum

__all__ = [
    "COLUMNS",
    "Adjustment",
    "AdjustmentKind",
    "AskedMeasure",
    "CheckedReturns",
    "Correction",
    "DueReturn",
    "PerformanceTable",
    "Provider",
    "Receipt",
    "Register",
    "ReportedLine",
    "ReportingBand",
    "ReportingTerms",
    "Return",
    "ReturnColumn",
    "ReturnFinding",
    "ReturnState",
    "ReturnStatus",
    "RolledUp",
    "Sum",
    "Summary",
    "add_up",
    "check_returns",
    "roll_up",
]
