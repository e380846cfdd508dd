"""Who arranges support for victims: powers, needs, services, the commissioning cycle and its governance.

Everything here is a frozen, typed record that checks itself and can be written as YAML and read back, or data about
commissioning with its sources. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module

_WHERE = {
    # powers
    "CitationStanding": "citations",
    "CitationVerdict": "citations",
    "check_citation": "citations",
    "check_citations": "citations",
    "Act": "acts",
    "acts": "acts",
    "Power": "powers",
    "Powers": "powers",
    "LocalPolicingBody": "areas",
    "PoliceArea": "areas",
    "police_area": "areas",
    "police_areas": "areas",
    "Record": "records",
}
"""Every public name and the module it is in."""

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})
