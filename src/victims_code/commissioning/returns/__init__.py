"""Returns of figures: what a provider reports in a period, whether it holds together, and what it adds up to."""

from victims_code.commissioning.returns.findings import Finding
from victims_code.commissioning.returns.lines import COLUMNS, Column, Line
from victims_code.commissioning.returns.periods import Period
from victims_code.commissioning.returns.register import DueReturn, Provider, Register
from victims_code.commissioning.returns.returns import CheckedReturns, Return, check_returns
from victims_code.commissioning.returns.terms import ReportingTerms

__all__ = [
    "COLUMNS",
    "CheckedReturns",
    "Column",
    "DueReturn",
    "Finding",
    "Line",
    "Period",
    "Provider",
    "Register",
    "ReportingTerms",
    "Return",
    "check_returns",
]
