"""What the law says: editions, duties, deadlines, sources and readings, loaded strictly from data."""

from victims_code.law.deadlines import After, AsAgreed, Before, Limit, Limits, Promptly, Unit, Within
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
from victims_code.law.loader import Law, load_law
from victims_code.law.readings import Reading
from victims_code.law.schemes import CountedFrom, Ending, Opening, Scheme, SchemeLimit, SchemeService
from victims_code.law.sources import Citation, Evidence, Source

__all__ = [
    "After",
    "AsAgreed",
    "Before",
    "Capacity",
    "Citation",
    "CountedFrom",
    "Criterion",
    "Declinable",
    "Discharge",
    "Duty",
    "Edition",
    "Eligibility",
    "Ending",
    "EnhancedCategory",
    "Evidence",
    "Force",
    "Imprint",
    "Law",
    "Limit",
    "Limits",
    "Opening",
    "Part",
    "Promptly",
    "Reading",
    "Scheme",
    "SchemeLimit",
    "SchemeService",
    "Source",
    "Statement",
    "Status",
    "Trigger",
    "Unit",
    "Within",
    "load_law",
]
