"""Whether more is better, worse, or merely more."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Direction"]


class Direction(StrEnum):
    """Which way is good. ``demand`` says how much there is to do, and is never rated: more of it is not worse work."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"
    DEMAND = "demand"
