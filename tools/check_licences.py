"""Check the licence of every package that the library or one of its extras installs; ``--names`` only lists them.

What is asked for is read from the metadata of what is installed, so install ``victims-code`` with all its extras first.
A licence that is not permissive must be named in ``NOT_PERMISSIVE`` with its reason, and the page on licences says what
it means.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|HPND|Zlib|CC0|Unlicense", re.IGNORECASE)
NOT_PERMISSIVE = {
    "hypothesis": "MPL-2.0: its own files stay under it, and only the extra testing installs it",
    "lunardate": "GPL-3.0-or-later: comes with workalendar and is loaded only for years that are not proclaimed",
    "pymeeus": "LGPL-3.0: comes with workalendar in the same way",
}
"""What is not permissive and why it is here; docs/explanation/licences.md says what follows."""


def packages(root: str = "victims-code") -> dict[str, Distribution]:
    """Every package that is installed because the library, or one of its extras, asks for it."""
    found: dict[str, Distribution] = {}
    waiting = [(root, frozenset(distribution(root).metadata.get_all("Provides-Extra") or ()))]
    while waiting:
        name, extras = waiting.pop()
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or an extra of an extra
        asked = ((canonicalize_name(needed.name), needed.extras) for needed in _asked_for(found[name], extras))
        waiting += ((key, frozenset(more)) for key, more in asked if key not in found)
    return {name: found[name] for name in sorted(found) if name != root}


def _asked_for(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield needed


def licence(package: Distribution) -> str:
    """The licence a package says it is under, by its expression, its classifiers or its own words."""
    metadata = package.metadata
    classified = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    said = (metadata["License"] or "").strip().partition("\n")[0]
    return metadata["License-Expression"] or "; ".join(classified) or said or "not said"


def wrong(found: dict[str, Distribution]) -> list[str]:
    """The packages whose licence is neither permissive nor accounted for."""
    return [
        f"{name} {package.version}: {licence(package)}"
        for name, package in found.items()
        if name not in NOT_PERMISSIVE and not PERMISSIVE.search(licence(package))
    ]


def main() -> int:
    """List the packages with their licences; 1 if one is not accounted for."""
    found = packages()
    if "--names" in sys.argv:
        print(*(f"{name}=={package.version}" for name, package in found.items()), sep="\n")
        return 0
    for name, package in found.items():
        print(f"{name} {package.version}: {licence(package)}")
    for line in (bad := wrong(found)):
        print(f"Not accounted for: {line}", file=sys.stderr)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
