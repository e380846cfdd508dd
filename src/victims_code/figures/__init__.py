"""Figures as they are published: which must be hidden, their intervals, the period they cover, and which way is good.

The room knows cells, and which cells are sums of which. It knows nothing of victims or duties, so that every table that
is published, whatever it counts, is made safe in the same way.
"""

from victims_code.figures.intervals import Interval
from victims_code.figures.periods import ReportingPeriod
from victims_code.figures.publication import Direction, Publication, publication_defaults
from victims_code.figures.small_numbers import SmallNumbers, Total
from victims_code.figures.suppression import Suppressed, possible_range, suppress

__all__ = [
    "Direction",
    "Interval",
    "Publication",
    "ReportingPeriod",
    "SmallNumbers",
    "Suppressed",
    "Total",
    "possible_range",
    "publication_defaults",
    "suppress",
]
