"""Scales that outcomes are measured with: how answers become a score, and what a change of score means.

Only arithmetic and bands are here; the wording of the items is under copyright and is not. Of the Outcomes Star there
is nothing at all: its licence forbids software that incorporates it. A score somebody reads off such a tool can be kept
with an :class:`ExternalScale` whose label and range the user gives.
"""

from victims_code.commissioning.scales.external import ExternalScale
from victims_code.commissioning.scales.questionnaire import Band, Conversion, MeaningfulChange, Questionnaire, Score
from victims_code.commissioning.scales.scale import OutcomeScale

__all__ = ["Band", "Conversion", "ExternalScale", "MeaningfulChange", "OutcomeScale", "Questionnaire", "Score"]
