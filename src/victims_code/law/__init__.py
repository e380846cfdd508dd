"""What the law says: editions, duties, deadlines, sources and readings, loaded strictly from data."""

from victims_code.law.changes import law_with_changes, read_changes
from victims_code.law.cross_references import Carried, CrossReference, Instrument
from victims_code.law.deadlines import After, AsAgreed, Before, Every, Limit, Limits, Promptly, Unit, Within
from victims_code.law.duties import Declinable, Discharge, Duty, Force, Occurrence, Trigger
from victims_code.law.editions import (
    BodyTitle,
    Capacity,
    Criterion,
    Edition,
    Eligibility,
    EnhancedCategory,
    Imprint,
    Layout,
    Part,
    Providers,
    Statement,
    Status,
)
from victims_code.law.lineage import LineageStep, Succession
from victims_code.law.loader import Law, load_law
from victims_code.law.readings import Reading
from victims_code.law.schemes import Scheme, SchemeLimit
from victims_code.law.sources import Citation, Evidence, Source

__all__ = [
    "After",
    "AsAgreed",
    "Before",
    "BodyTitle",
    "Capacity",
    "Carried",
    "Citation",
    "Criterion",
    "CrossReference",
    "Declinable",
    "Discharge",
    "Duty",
    "Edition",
    "Eligibility",
    "EnhancedCategory",
    "Every",
    "Evidence",
    "Force",
    "Imprint",
    "Instrument",
    "Law",
    "Layout",
    "Limit",
    "Limits",
    "LineageStep",
    "Occurrence",
    "Part",
    "Promptly",
    "Providers",
    "Reading",
    "Scheme",
    "SchemeLimit",
    "Source",
    "Statement",
    "Status",
    "Succession",
    "Trigger",
    "Unit",
    "Within",
    "law_with_changes",
    "load_law",
    "read_changes",
]
