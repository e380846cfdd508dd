"""What the law says: editions, duties, deadlines, sources and readings, loaded strictly from data."""

from importlib import import_module
from typing import TYPE_CHECKING

from victims_code.law.cross_references import Carried, CrossReference, Instrument
from victims_code.law.deadlines import After, AsAgreed, Before, Every, Limit, Limits, Promptly, Unit, Within
from victims_code.law.duties import Declinable, Discharge, Duty, Force, Occurrence, Trigger
from victims_code.law.editions import (
    BodyTitle,
    Capacity,
    Criterion,
    Edition,
    EditionInfo,
    EditionStatus,
    Eligibility,
    EnhancedCategory,
    Layout,
    Part,
    Providers,
    Reading,
    Statement,
)
from victims_code.law.lineage import LineageStep, Succession
from victims_code.law.loader import Law, RelatedLaw, load_law
from victims_code.law.schemes import (
    CountedFrom,
    Ending,
    InTimeWhen,
    Opening,
    OpenTo,
    Scheme,
    SchemeLimit,
    SchemeService,
    Shift,
)
from victims_code.reading.sources import Citation, Evidence, ReadBy, Source

if TYPE_CHECKING:
    from victims_code.law.changes import law_with_changes
    from victims_code.law.definitions import Definition, DefinitionAnswer, DefinitionAnswers, Limb
    from victims_code.law.files import LawFiles, read_law_files
    from victims_code.law.provisions import InForce, InForceSpan, Provision, ProvisionPart, Standing
    from victims_code.law.special_measures import (
        Availability,
        DatedCondition,
        Group,
        Measure,
        SpecialMeasuresLaw,
        WitnessGround,
    )
    from victims_code.law.victims import definition_answers, victim_definitions

__all__ = [
    "After",
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
    "EditionInfo",
    "EditionStatus",
    "Eligibility",
    "Ending",
    "EnhancedCategory",
    "Every",
    "Evidence",
    "Force",
    "Group",
    "InForce",
    "InForceSpan",
    "InTimeWhen",
    "Instrument",
    "Law",
    "LawFiles",
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
    "ReadBy",
    "Reading",
    "RelatedLaw",
    "Scheme",
    "SchemeLimit",
    "SchemeService",
    "Shift",
    "Source",
    "SpecialMeasuresLaw",
    "Standing",
    "Statement",
    "Succession",
    "Trigger",
    "Unit",
    "Within",
    "WitnessGround",
    "definition_answers",
    "law_with_changes",
    "load_law",
    "read_law_files",
    "victim_definitions",
]

_MODULES = {
    "changes": ("law_with_changes",),
    "definitions": (
        "Definition",
        "DefinitionAnswer",
        "DefinitionAnswers",
        "Limb",
    ),
    "files": (
        "LawFiles",
        "read_law_files",
    ),
    "provisions": (
        "InForce",
        "InForceSpan",
        "Provision",
        "ProvisionPart",
        "Standing",
    ),
    "special_measures": (
        "Availability",
        "DatedCondition",
        "Group",
        "Measure",
        "SpecialMeasuresLaw",
        "WitnessGround",
    ),
    "victims": (
        "definition_answers",
        "victim_definitions",
    ),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """What few programs ask for, imported when it is first asked for, so that the law loads quickly."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    """Every name, also before it is imported."""
    return sorted({*globals(), *__all__})
