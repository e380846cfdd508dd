"""What the law says: editions, duties, deadlines, sources and readings, loaded strictly from data."""

from victims_code.law.changes import law_with_changes, read_changes
from victims_code.law.cross_references import Carried, CrossReference, Instrument
from victims_code.law.deadlines import After, AsAgreed, Before, Every, Limit, Limits, Promptly, Unit, Within
from victims_code.law.definition_answers import DefinitionAnswer, DefinitionAnswers
from victims_code.law.definitions import Definition, Limb
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
from victims_code.law.loader import Annexes, Law, load_law
from victims_code.law.provisions import InForce, Provision, ProvisionPart, Span, Standing
from victims_code.law.readings import Reading
from victims_code.law.schemes import (
    CountedFrom,
    Ending,
    InTimeWhen,
    Opening,
    OpenTo,
    Scheme,
    SchemeLimit,
    SchemeService,
)
from victims_code.law.special_measures import (
    Availability,
    DatedCondition,
    Group,
    Measure,
    SpecialMeasuresLaw,
    WitnessGround,
)
from victims_code.reading.sources import Citation, Evidence, Source

__all__ = [
    "After",
    "Annexes",
    "AsAgreed",
    "Availability",
    "Before",
    "BodyTitle",
    "Capacity",
    "Carried",
    "Citation",
    "CountedFrom",
    "Criterion",
    "CrossReference",
    "DatedCondition",
    "Declinable",
    "Definition",
    "DefinitionAnswer",
    "DefinitionAnswers",
    "Discharge",
    "Duty",
    "Edition",
    "Eligibility",
    "Ending",
    "EnhancedCategory",
    "Every",
    "Evidence",
    "Force",
    "Group",
    "Imprint",
    "InForce",
    "InTimeWhen",
    "Instrument",
    "Law",
    "Layout",
    "Limb",
    "Limit",
    "Limits",
    "LineageStep",
    "Measure",
    "Occurrence",
    "OpenTo",
    "Opening",
    "Part",
    "Promptly",
    "Providers",
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
    "Succession",
    "Trigger",
    "Unit",
    "Within",
    "WitnessGround",
    "law_with_changes",
    "load_law",
    "read_changes",
]
