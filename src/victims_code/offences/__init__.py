"""What an offence code says: its class and title, and which categories of the Code it decides by itself."""

from victims_code.offences.classification import (
    Answer,
    OffenceClass,
    OffenceFinding,
    classify_offence,
    flags_of,
    with_classified_offence,
)

__all__ = ["Answer", "OffenceClass", "OffenceFinding", "classify_offence", "flags_of", "with_classified_offence"]
