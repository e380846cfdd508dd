"""Money for services: grants and contracts, what they are for, sharing out, spending and what a unit costs.

Every amount is an exact number of pounds and pence; a float is refused.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from victims_code.commissioning.money.allocation import PooledBudget, allocate
    from victims_code.commissioning.money.awards import (
        Award,
        AwardCondition,
        AwardKind,
        Position,
        RingFence,
        Spending,
        position_of,
    )
    from victims_code.commissioning.money.streams import FundingStream, funding_streams
    from victims_code.commissioning.money.unit_costs import UnitCost, unit_cost

_WHERE = {
    "PooledBudget": "allocation",
    "allocate": "allocation",
    "Award": "awards",
    "AwardKind": "awards",
    "AwardCondition": "awards",
    "Position": "awards",
    "RingFence": "awards",
    "Spending": "awards",
    "position_of": "awards",
    "FundingStream": "streams",
    "funding_streams": "streams",
    "UnitCost": "unit_costs",
    "unit_cost": "unit_costs",
}

__all__ = [
    "Award",
    "AwardCondition",
    "AwardKind",
    "FundingStream",
    "PooledBudget",
    "Position",
    "RingFence",
    "Spending",
    "UnitCost",
    "allocate",
    "funding_streams",
    "position_of",
    "unit_cost",
]


def __getattr__(name: str) -> object:
    # awards build on the periods of returns, and returns read amounts of money: loading late lets each use the other
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
