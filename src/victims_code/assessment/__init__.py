"""What follows from a case: eligibility, obligations, windows, and why."""

from importlib import import_module
from typing import TYPE_CHECKING

from victims_code.vocabulary import Status, Track

if TYPE_CHECKING:
    from victims_code.assessment.definitions import WhoIsAVictim
    from victims_code.assessment.eligibility import VictimEligibility
    from victims_code.assessment.engine import assess
    from victims_code.assessment.identity import RecordIdentity
    from victims_code.assessment.obligations import Obligation
    from victims_code.assessment.result import Assessment, Stamp, work_list
    from victims_code.assessment.special_measures import GroundFinding, MeasureFinding, SpecialMeasures
    from victims_code.assessment.status import Urgency, WindowState
    from victims_code.assessment.timeline import Timeline
    from victims_code.assessment.windows import FollowUp, Window

__all__ = [
    "Assessment",
    "FollowUp",
    "GroundFinding",
    "MeasureFinding",
    "Obligation",
    "RecordIdentity",
    "SpecialMeasures",
    "Stamp",
    "Status",
    "Timeline",
    "Track",
    "Urgency",
    "VictimEligibility",
    "WhoIsAVictim",
    "Window",
    "WindowState",
    "assess",
    "work_list",
]

_MODULES = {
    "definitions": ("WhoIsAVictim",),
    "eligibility": ("VictimEligibility",),
    "engine": ("assess",),
    "identity": ("RecordIdentity",),
    "obligations": ("Obligation",),
    "result": (
        "Assessment",
        "Stamp",
        "work_list",
    ),
    "special_measures": (
        "GroundFinding",
        "MeasureFinding",
        "SpecialMeasures",
    ),
    "status": (
        "Urgency",
        "WindowState",
    ),
    "timeline": ("Timeline",),
    "windows": (
        "FollowUp",
        "Window",
    ),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """What is imported when it is first asked for, so that a single deadline needs little of this room."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    """Every name, also before it is imported."""
    return sorted({*globals(), *__all__})
