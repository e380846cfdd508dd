"""What the law says: editions, duties, deadlines, sources and readings, loaded strictly from data."""

from victims_code.law.changes import law_with_changes, read_changes
from victims_code.law.deadlines import After, AsAgreed, Before, Limit, Limits, Promptly, Unit, Within
from victims_code.law.definitions import Definition, Limb
from victims_code.law.duties import Declinable, Discharge, Duty, Force, Trigger
from victims_code.law.editions import (
    Capacity,
    Criterion,
    Edition,
    Eligibility,
    EnhancedCategory,
    Imprint,
    Part,
    Statement,
    Status,
)
from victims_code.law.loader import Annexes, Law, load_law
from victims_code.law.provisions import InForce, Provision, ProvisionPart, Span, Standing
from victims_code.law.readings import Reading
from victims_code.law.schemes import CountedFrom, Ending, Opening, Scheme, SchemeLimit, SchemeService
from victims_code.law.sources import Citation, Evidence, Source
from victims_code.law.special_measures import (
    Availability,
    DatedCondition,
    Group,
    Measure,
    SpecialMeasuresLaw,
    WitnessGround,
)

__all__ = [
    "After",
    "Annexes",
    "AsAgreed",
    "Availability",
    "Before",
    "Capacity",
    "Citation",
    "CountedFrom",
    "Criterion",
    "DatedCondition",
    "Declinable",
    "Definition",
    "Discharge",
    "Duty",
    "Edition",
    "Eligibility",
    "Ending",
    "EnhancedCategory",
    "Evidence",
    "Force",
    "Group",
    "Imprint",
    "InForce",
    "Law",
    "Limb",
    "Limit",
    "Limits",
    "Measure",
    "Opening",
    "Part",
    "Promptly",
    "Provision",
    "ProvisionPart",
    "Reading",
    "Scheme",
    "SchemeLimit",
    "SchemeService",
    "Source",
    "Span",
    "SpecialMeasuresLaw",
    "Standing",
    "Statement",
    "Status",
    "Trigger",
    "Unit",
    "Within",
    "WitnessGround",
    "law_with_changes",
    "load_law",
    "read_changes",
]
