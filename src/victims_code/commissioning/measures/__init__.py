"""What figures amount to: shares, changes and pairs, with coverage, confidence intervals and small numbers hidden."""

from victims_code.commissioning.measures.results import (
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
from victims_code.figures import Interval, SmallNumbers, Suppressed, Total, publication_defaults, suppress

__all__ = [
    "Count",
    "Coverage",
    "Interval",
    "MeanChange",
    "Measured",
    "Pair",
    "Paired",
    "Share",
    "SmallNumbers",
    "Suppressed",
    "Total",
    "measured",
    "paired",
    "publication_defaults",
    "share",
    "suppress",
]
