"""Who arranges support, with what money, and what came of it: commissioning as typed, checked objects.

Outcome frameworks and the scales they are measured with; returns of figures, their checks and their adding up; grants,
contracts and shared budgets. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from victims_code.commissioning.frameworks import OutcomeFramework

_WHERE = {
    "OutcomeFramework": "frameworks",
}

__all__ = ["OutcomeFramework"]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
