"""What follows from a case: eligibility, obligations, windows, and why."""

from victims_code.assessment.assess import assess, settle
from victims_code.assessment.definitions import WhoIsAVictim, who_is_a_victim
from victims_code.assessment.eligibility import VictimEligibility
from victims_code.assessment.obligations import Obligation
from victims_code.assessment.result import Assessment, Stamp
from victims_code.assessment.special_measures import SpecialMeasures, special_measures_of
from victims_code.assessment.status import Status, Track
from victims_code.assessment.windows import Window, WindowState

__all__ = [
    "Assessment",
    "Obligation",
    "SpecialMeasures",
    "Stamp",
    "Status",
    "Track",
    "VictimEligibility",
    "WhoIsAVictim",
    "Window",
    "WindowState",
    "assess",
    "settle",
    "special_measures_of",
    "who_is_a_victim",
]
