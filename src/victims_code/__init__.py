"""The Code of Practice for Victims of Crime in England and Wales, executable.

Hand it one case and get every duty owed, by whom, to whom, by which working day, met or not, and why::

    import victims_code as vc

    code = vc.VictimsCode.load()
    result = code.assess(vc.Case.from_file("case.yaml"), as_at=date(2026, 4, 20))

Names are loaded when they are first used, so importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from victims_code._version import __version__

if TYPE_CHECKING:
    from victims_code import vocabulary
    from victims_code.assessment import Assessment, Obligation, Status, Track, Window, work_list
    from victims_code.assessment.deadline import Deadline
    from victims_code.assessment.explanations.steps import Explanation
    from victims_code.cases import Assertion, Case, Event, Offence, Victim
    from victims_code.code import VictimsCode, deadline
    from victims_code.errors import (
        CalendarRangeError,
        CaseError,
        EditionRangeError,
        LawDataError,
        UnknownNameError,
        VictimsCodeError,
    )
    from victims_code.faults import Fault
    from victims_code.law.comparison import Comparison
    from victims_code.offences import classify_offence
    from victims_code.working_days import england_and_wales

_MODULES = {
    "assessment": ("Assessment", "Obligation", "Status", "Track", "Window", "work_list"),
    "assessment.deadline": ("Deadline",),
    "assessment.explanations.steps": ("Explanation",),
    "cases": ("Assertion", "Case", "Event", "Offence", "Victim"),
    "code": ("VictimsCode", "deadline"),
    "errors": (
        *("CalendarRangeError", "CaseError", "EditionRangeError", "LawDataError"),
        *("UnknownNameError", "VictimsCodeError"),
    ),
    "faults": ("Fault",),
    "law.comparison": ("Comparison",),
    "offences": ("classify_offence",),
    "working_days": ("england_and_wales",),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Assertion",
    "Assessment",
    "CalendarRangeError",
    "Case",
    "CaseError",
    "Comparison",
    "Deadline",
    "EditionRangeError",
    "Event",
    "Explanation",
    "Fault",
    "LawDataError",
    "Obligation",
    "Offence",
    "Status",
    "Track",
    "UnknownNameError",
    "Victim",
    "VictimsCode",
    "VictimsCodeError",
    "Window",
    "__version__",
    "classify_offence",
    "deadline",
    "england_and_wales",
    "vocabulary",
    "work_list",
]


def __getattr__(name: str) -> object:
    if name == "vocabulary":
        return import_module(f"{__name__}.vocabulary")
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
