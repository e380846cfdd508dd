"""What follows from a case: eligibility, obligations, windows, and why."""

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
from victims_code.vocabulary import Status, Track

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
