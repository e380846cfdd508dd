"""How commissioning is governed: strategy and plans, roles and boards, decisions, risks, inspections and reports."""

from victims_code.commissioning.actions import Action, ActionState
from victims_code.commissioning.governance.appointments import (
    Appointment,
    Consequence,
    ConsequenceKind,
    Engagement,
    EngagementKind,
    Extension,
)
from victims_code.commissioning.governance.boards import (
    Attendance,
    Board,
    Meeting,
    MeetingDecision,
    Member,
    board_profiles,
)
from victims_code.commissioning.governance.checklists import Checklist, ChecklistAnswer, checklist_forms
from victims_code.commissioning.governance.cycle import CommissioningCycle, CycleActivity, cycle_cells
from victims_code.commissioning.governance.decisions import (
    DecisionMilestone,
    DecisionOption,
    DecisionRecord,
    DecisionStage,
    DeclaredInterest,
    ExemptPart,
    Funding,
    PromisedBenefit,
    PublicPart,
    check_stages,
)
from victims_code.commissioning.governance.decommissioning import ServiceCourse
from victims_code.commissioning.governance.highlights import (
    AspectStanding,
    HighlightReport,
    KeyFigure,
    ObjectiveStanding,
    asked_figures,
    key_figures,
)
from victims_code.commissioning.governance.inspections import (
    Inspection,
    Recommendation,
    RecommendationAnswer,
    inspectorates,
    known_reports,
)
from victims_code.commissioning.governance.plans import Consultation, Plan, named_documents, plan_kinds
from victims_code.commissioning.governance.risks import Issue, Risk, RiskLog, RiskScore
from victims_code.commissioning.governance.roles import line_of_accountability, role_profiles
from victims_code.commissioning.governance.strategy import (
    Commitment,
    Objective,
    Strategy,
    published_strategies,
    working_definitions,
)
from victims_code.commissioning.outcomes.ratings import rate

__all__ = [
    "Action",
    "ActionState",
    "Appointment",
    "AspectStanding",
    "Attendance",
    "Board",
    "Checklist",
    "ChecklistAnswer",
    "CommissioningCycle",
    "Commitment",
    "Consequence",
    "ConsequenceKind",
    "Consultation",
    "CycleActivity",
    "DecisionMilestone",
    "DecisionOption",
    "DecisionRecord",
    "DecisionStage",
    "DeclaredInterest",
    "Engagement",
    "EngagementKind",
    "ExemptPart",
    "Extension",
    "Funding",
    "HighlightReport",
    "Inspection",
    "Issue",
    "KeyFigure",
    "Meeting",
    "MeetingDecision",
    "Member",
    "Objective",
    "ObjectiveStanding",
    "Plan",
    "PromisedBenefit",
    "PublicPart",
    "Recommendation",
    "RecommendationAnswer",
    "Risk",
    "RiskLog",
    "RiskScore",
    "ServiceCourse",
    "Strategy",
    "asked_figures",
    "board_profiles",
    "check_stages",
    "checklist_forms",
    "cycle_cells",
    "inspectorates",
    "key_figures",
    "known_reports",
    "line_of_accountability",
    "named_documents",
    "plan_kinds",
    "published_strategies",
    "rate",
    "role_profiles",
    "working_definitions",
]
