"""The modules the documentation calls public, and the names each offers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

PUBLIC_MODULES = [
    "victims_code",
    "victims_code.working_days",
    "victims_code.cases",
    "victims_code.law",
    "victims_code.conditions",
    "victims_code.assessment",
    "victims_code.plain",
    "victims_code.law.comparison",
    "victims_code.offences",
    "victims_code.identifiers",
    "victims_code.adapters",
    "victims_code.adapters.common_platform",
    "victims_code.adapters.spi",
    "victims_code.adapters.dcf",
    "victims_code.adapters.extracts",
    "victims_code.adapters.police_uk",
    "victims_code.adapters.home_office_outcomes",
    "victims_code.commissioning.powers",
    "victims_code.commissioning.services",
    "victims_code.commissioning.outcomes",
    "victims_code.commissioning.returns",
    "victims_code.commissioning.money",
    "victims_code.commissioning.governance",
    "victims_code.commissioning.registers",
    "victims_code.commissioning.due",
    "victims_code.commissioning.forward_plan",
    "victims_code.commissioning.area_folder",
    "victims_code.commissioning.rules",
    "victims_code.commissioning.records",
    "victims_code.bulk",
    "victims_code.bulk.spark",
    "victims_code.compliance",
    "victims_code.figures",
    "victims_code.figures.intervals",
    "victims_code.money",
    "victims_code.render",
    "victims_code.errors",
    "victims_code.schemas",
    "victims_code.testing.worked_cases",
    "victims_code.testing.strategies",
    "victims_code.testing.synthetic",
]


def public_things(module: str) -> Iterator[tuple[str, object]]:
    """The classes, functions and constants a module offers, by their names.

    A package lists what it offers in ``__all__``. A module offers what it defines without an underscore.
    """
    found = import_module(module)
    offered = getattr(found, "__all__", None) or [name for name in vars(found) if _is_of(found, name)]
    for name in offered:
        thing = getattr(found, name)
        if not name.startswith("_") and not isinstance(thing, ModuleType):
            yield name, thing


def _is_of(module: ModuleType, name: str) -> bool:
    return getattr(vars(module)[name], "__module__", None) == module.__name__
