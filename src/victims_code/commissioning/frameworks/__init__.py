"""Outcome frameworks: what a service is meant to change, and by what it is measured, as data."""

from victims_code.commissioning.frameworks.framework import OutcomeFramework
from victims_code.commissioning.frameworks.measures import (
    MeasureDefinition,
    MeasureKind,
    MeasureRole,
    Outcome,
    OutcomeCategory,
    OutcomeMeasure,
    Section,
    Taken,
)

__all__ = [
    "MeasureDefinition",
    "MeasureKind",
    "MeasureRole",
    "Outcome",
    "OutcomeCategory",
    "OutcomeFramework",
    "OutcomeMeasure",
    "Section",
    "Taken",
]
