"""Returns of figures: what a provider reports in a period, whether it holds together, and what it adds up to."""

from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnColumn, ReturnFinding
from victims_code.commissioning.returns.register import DueReturn, Provider, Register, ReportingTerms
from victims_code.commissioning.returns.submission import CheckedReturns, Return, check_returns
from victims_code.commissioning.returns.summary import Adjustment, AdjustmentKind, Correction, Summary, add_up
from victims_code.commissioning.returns.sums import Sum

__all__ = [
    "COLUMNS",
    "Adjustment",
    "AdjustmentKind",
    "CheckedReturns",
    "Correction",
    "DueReturn",
    "Provider",
    "Register",
    "ReportedLine",
    "ReportingTerms",
    "Return",
    "ReturnColumn",
    "ReturnFinding",
    "Sum",
    "Summary",
    "add_up",
    "check_returns",
]
