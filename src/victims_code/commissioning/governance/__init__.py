"""How commissioning is governed: the cycle, decisions, boards, risks, the course of a service, highlight reports."""

from victims_code.commissioning.governance.boards import (
    Appointment,
    Board,
    Engagement,
    EngagementKind,
    Meeting,
    Member,
    board_profiles,
)
from victims_code.commissioning.governance.cycle import CommissioningCycle, CycleActivity, cycle_cells
from victims_code.commissioning.governance.decisions import DecisionRecord, ExemptPart, Funding, PublicPart
from victims_code.commissioning.governance.decommissioning import ServiceCourse
from victims_code.commissioning.governance.highlights import (
    AspectStanding,
    HighlightReport,
    KeyFigure,
    key_figures,
)
from victims_code.commissioning.governance.risks import Issue, Risk, RiskAction, RiskLog, RiskScore
from victims_code.commissioning.outcomes.ratings import rate

__all__ = [
    "Appointment",
    "AspectStanding",
    "Board",
    "CommissioningCycle",
    "CycleActivity",
    "DecisionRecord",
    "Engagement",
    "EngagementKind",
    "ExemptPart",
    "Funding",
    "HighlightReport",
    "Issue",
    "KeyFigure",
    "Meeting",
    "Member",
    "PublicPart",
    "Risk",
    "RiskAction",
    "RiskLog",
    "RiskScore",
    "ServiceCourse",
    "board_profiles",
    "cycle_cells",
    "key_figures",
    "rate",
]
