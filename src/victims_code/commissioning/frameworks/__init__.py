"""Outcome frameworks: what a service is meant to change, and by what it is measured, as data."""

from victims_code.commissioning.frameworks.framework import OutcomeFramework
from victims_code.commissioning.frameworks.measures import (
    Category,
    Definition,
    Measure,
    MeasureKind,
    Outcome,
    Role,
    Section,
    Taken,
)

__all__ = [
    "Category",
    "Definition",
    "Measure",
    "MeasureKind",
    "Outcome",
    "OutcomeFramework",
    "Role",
    "Section",
    "Taken",
]
