"""Returns of figures: what a provider reports in a period, whether it holds together, and what it adds up to."""

from victims_code.commissioning.returns.hiding import AlreadyPublishedWarning, EarlierPublication
from victims_code.commissioning.returns.lines import COLUMNS, ReportedLine, ReturnColumn, ReturnFinding
from victims_code.commissioning.returns.mapping import FigureMeaning, MappedColumn, MappedRow, ReturnMapping
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
from victims_code.commissioning.returns.reminders import Reminder, reminders
from victims_code.commissioning.returns.rolling_up import RolledUp, roll_up
from victims_code.commissioning.returns.submission import CheckedReturns, Return, check_returns, note_receipts
from victims_code.commissioning.returns.summary import Adjustment, AdjustmentKind, Correction, Summary, add_up
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.returns.workbooks import ReturnTemplate, templates_of, write_templates

__all__ = [
    "COLUMNS",
    "Adjustment",
    "AdjustmentKind",
    "AlreadyPublishedWarning",
    "AskedMeasure",
    "CheckedReturns",
    "Correction",
    "DueReturn",
    "EarlierPublication",
    "FigureMeaning",
    "MappedColumn",
    "MappedRow",
    "PerformanceTable",
    "Provider",
    "Receipt",
    "Register",
    "Reminder",
    "ReportedLine",
    "ReportingBand",
    "ReportingTerms",
    "Return",
    "ReturnColumn",
    "ReturnFinding",
    "ReturnMapping",
    "ReturnState",
    "ReturnStatus",
    "ReturnTemplate",
    "RolledUp",
    "Sum",
    "Summary",
    "add_up",
    "check_returns",
    "note_receipts",
    "reminders",
    "roll_up",
    "templates_of",
    "write_templates",
]
