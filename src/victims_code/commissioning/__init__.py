"""Who arranges support, with what money, and what came of it: commissioning as typed, checked objects.

Outcome frameworks and the scales they are measured with; returns of figures, their checks and their adding up; grants,
contracts and shared budgets. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from victims_code.commissioning.direction import Direction
    from victims_code.commissioning.frameworks import (
        Category,
        Definition,
        Measure,
        MeasureKind,
        Outcome,
        OutcomeFramework,
    )
    from victims_code.commissioning.measures import Count, Pair, Share, SmallNumbers, measured, paired, share, suppress
    from victims_code.commissioning.money import (
        Award,
        Condition,
        FundingStream,
        PooledBudget,
        RingFence,
        Spending,
        allocate,
        check_whole,
        funding_streams,
        position_of,
        pounds,
        unit_cost,
    )
    from victims_code.commissioning.returns import (
        Correction,
        Period,
        Register,
        ReportingTerms,
        Return,
        Summary,
        add_up,
        check_returns,
    )
    from victims_code.commissioning.scales import ExternalScale, Questionnaire

_WHERE = {
    "Category": "frameworks",
    "Definition": "frameworks",
    "Measure": "frameworks",
    "MeasureKind": "frameworks",
    "Outcome": "frameworks",
    "OutcomeFramework": "frameworks",
    "Direction": "direction",
    "ExternalScale": "scales",
    "Questionnaire": "scales",
    "Count": "measures",
    "Pair": "measures",
    "Share": "measures",
    "SmallNumbers": "measures",
    "measured": "measures",
    "paired": "measures",
    "share": "measures",
    "suppress": "measures",
    "Correction": "returns",
    "Period": "returns",
    "Register": "returns",
    "ReportingTerms": "returns",
    "Return": "returns",
    "Summary": "returns",
    "add_up": "returns",
    "check_returns": "returns",
    "Award": "money",
    "Condition": "money",
    "FundingStream": "money",
    "PooledBudget": "money",
    "RingFence": "money",
    "Spending": "money",
    "allocate": "money",
    "check_whole": "money",
    "funding_streams": "money",
    "position_of": "money",
    "pounds": "money",
    "unit_cost": "money",
}

__all__ = [
    "Award",
    "Category",
    "Condition",
    "Correction",
    "Count",
    "Definition",
    "Direction",
    "ExternalScale",
    "FundingStream",
    "Measure",
    "MeasureKind",
    "Outcome",
    "OutcomeFramework",
    "Pair",
    "Period",
    "PooledBudget",
    "Questionnaire",
    "Register",
    "ReportingTerms",
    "Return",
    "RingFence",
    "Share",
    "SmallNumbers",
    "Spending",
    "Summary",
    "add_up",
    "allocate",
    "check_returns",
    "check_whole",
    "funding_streams",
    "measured",
    "paired",
    "position_of",
    "pounds",
    "share",
    "suppress",
    "unit_cost",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
