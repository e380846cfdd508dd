"""What an offence code says: its class and title, and which categories of the Code it decides by itself."""

from victims_code.offences.classification import (
    Answer,
    OffenceClass,
    OffenceFinding,
    classify_offence,
    flags_of,
    with_classified_offence,
)
from victims_code.offences.without_victim import WithoutVictim, without_victim

__all__ = [
    "Answer",
    "OffenceClass",
    "OffenceFinding",
    "WithoutVictim",
    "classify_offence",
    "flags_of",
    "with_classified_offence",
    "without_victim",
]
