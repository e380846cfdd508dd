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
from victims_code.disclosure import SmallNumbers, Suppressed, Total, suppress
from victims_code.intervals import Interval
from victims_code.publication import publication

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
    "publication",
    "share",
    "suppress",
]
