"""What services are meant to change: frameworks, measures, scales, and what figures of them amount to."""

from victims_code.commissioning.outcomes.framework import OutcomeFramework
from victims_code.commissioning.outcomes.measures import (
    MeasureDefinition,
    MeasureKind,
    MeasureRole,
    MeasureTie,
    Outcome,
    OutcomeCategory,
    OutcomeMeasure,
    Section,
    Taken,
    TiedCount,
    TiedFigure,
)
from victims_code.commissioning.outcomes.results import (
    Count,
    Coverage,
    MeanChange,
    Measured,
    Pair,
    Paired,
    Share,
    measured,
    paired,
    share,
)
from victims_code.commissioning.outcomes.scales import ExternalScale, OutcomeScale, Questionnaire, Score

__all__ = [
    "Count",
    "Coverage",
    "ExternalScale",
    "MeanChange",
    "MeasureDefinition",
    "MeasureKind",
    "MeasureRole",
    "MeasureTie",
    "Measured",
    "Outcome",
    "OutcomeCategory",
    "OutcomeFramework",
    "OutcomeMeasure",
    "OutcomeScale",
    "Pair",
    "Paired",
    "Questionnaire",
    "Score",
    "Section",
    "Share",
    "Taken",
    "TiedCount",
    "TiedFigure",
    "measured",
    "paired",
    "share",
]
