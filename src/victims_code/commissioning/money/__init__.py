"""Money for services: grants and contracts as they live, what they are for, sharing out, spending, unit costs.

Every amount is an exact number of pounds and pence; a float is refused.
"""

from victims_code.commissioning.money.allocation import PooledBudget, UnitCost, allocate, unit_cost
from victims_code.commissioning.money.awards import (
    Award,
    AwardCondition,
    AwardKind,
    AwardMeeting,
    AwardMeetingKind,
    AwardTerms,
    Clawback,
    ConditionCheck,
    Instalment,
    RingFence,
    Spending,
    UserFeedback,
    Variation,
    VisitFinding,
    YearShare,
)
from victims_code.commissioning.money.bids import Bid, BidResult
from victims_code.commissioning.money.book import AwardBook
from victims_code.commissioning.money.open_data import (
    AwardsPublisher,
    OpenAwards,
    ReadAwards,
    awards_to_csv,
    from_360giving,
    read_360giving,
    to_360giving,
    to_ocds,
)
from victims_code.commissioning.money.position import (
    Position,
    RingFenceTrail,
    TrailStep,
    check_passed_on,
    follow_ring_fence,
    passed_on,
    position_of,
)
from victims_code.commissioning.money.publication import publication_findings
from victims_code.commissioning.money.specified_information import SpecifiedItem, specified_items
from victims_code.commissioning.money.streams import FundingStream, funding_streams
from victims_code.commissioning.money.terms import TermsByValue, ValueBand, band_for

__all__ = [
    "Award",
    "AwardBook",
    "AwardCondition",
    "AwardKind",
    "AwardMeeting",
    "AwardMeetingKind",
    "AwardTerms",
    "AwardsPublisher",
    "Bid",
    "BidResult",
    "Clawback",
    "ConditionCheck",
    "FundingStream",
    "Instalment",
    "OpenAwards",
    "PooledBudget",
    "Position",
    "ReadAwards",
    "RingFence",
    "RingFenceTrail",
    "SpecifiedItem",
    "Spending",
    "TermsByValue",
    "TrailStep",
    "UnitCost",
    "UserFeedback",
    "ValueBand",
    "Variation",
    "VisitFinding",
    "YearShare",
    "allocate",
    "awards_to_csv",
    "band_for",
    "check_passed_on",
    "follow_ring_fence",
    "from_360giving",
    "funding_streams",
    "passed_on",
    "position_of",
    "publication_findings",
    "read_360giving",
    "specified_items",
    "to_360giving",
    "to_ocds",
    "unit_cost",
]
