"""Who arranges support for victims, with what money, and what came of it: commissioning as typed, checked objects.

Seven rooms: ``powers`` and who holds them, ``services`` and the needs they meet, ``outcomes``, ``returns``, ``money``,
``governance`` and ``registers``. What their records share is in ``records`` and ``rules``. A room is loaded when it is
first used::

    from victims_code import commissioning

    commissioning.powers.check_citation("PRSRA 2011 s.9")
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from victims_code.commissioning import governance, money, outcomes, powers, registers, returns, services

__all__ = ["governance", "money", "outcomes", "powers", "registers", "returns", "services"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
