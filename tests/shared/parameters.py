"""Parameters of tests of which most are left to the long run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def mostly_long(values: Iterable[Any], always: int = 1) -> list[Any]:
    """The first values as they are, and the others marked as long."""
    return [
        value if place < always else pytest.param(value, marks=pytest.mark.long) for place, value in enumerate(values)
    ]
