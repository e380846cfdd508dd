"""Money for services: grants and contracts, what they are for, sharing out, spending and what a unit costs.

Every amount is an exact number of pounds and pence; a float is refused.
"""

from victims_code.commissioning.money.allocation import PooledBudget, UnitCost, allocate, unit_cost
from victims_code.commissioning.money.awards import (
    Award,
    AwardCondition,
    AwardKind,
    FundingStream,
    Position,
    RingFence,
    Spending,
    funding_streams,
    position_of,
)

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
