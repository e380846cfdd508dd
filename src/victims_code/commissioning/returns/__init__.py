"""Returns of figures: what a provider reports in a period, whether it holds together, and what it adds up to."""

from victims_code.commissioning.returns.adding_up import Adjustment, AdjustmentKind, Correction, Summary, add_up
from victims_code.commissioning.returns.findings import ReturnFinding
from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnColumn
from victims_code.commissioning.returns.register import DueReturn, Provider, Register
from victims_code.commissioning.returns.returns import CheckedReturns, Return, check_returns
from victims_code.commissioning.returns.sums import Contribution, Sum
from victims_code.commissioning.returns.terms import ReportingTerms
from victims_code.figures import ReportingPeriod

__all__ = [
    "COLUMNS",
    "Adjustment",
    "AdjustmentKind",
    "CheckedReturns",
    "Contribution",
    "Correction",
    "DueReturn",
    "Provider",
    "Register",
    "ReportedLine",
    "ReportingPeriod",
    "ReportingTerms",
    "Return",
    "ReturnColumn",
    "ReturnFinding",
    "Sum",
    "Summary",
    "add_up",
    "check_returns",
]
