"""Every statement of the law with the evidence it rests on, counted and compared with the last version of the law.

``python3 dev.py last-law`` keeps the statements as they are now in ``docs/last-law.yaml``. Run it before
you raise `law_version`, so that the page *How sure is this?* can say what changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve, field, frozen

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
LAST = ROOT / "docs" / "last-law.yaml"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

KINDS = {
    "editions": {
        "layout": "How it is built",
        "parts": "Title of a Right, chapter or agency",
        "providers": "Bodies bound",
        "capacities": "Who is covered",
        "enhanced": "Category with Enhanced Rights",
        "criteria": "Way into a category",
        "statements": "Statement that is not a duty",
        "editions": "Title and dates of an edition",
        "": "Duty",
    },
    "definitions": {"limbs": "Limb of a definition", "": "Definition of a victim"},
    "provisions": {"spans": "Days in force", "": "Provision"},
    "schemes": {"limits": "Time limit of a scheme", "services": "Service of a scheme", "": "Scheme"},
    "special-measures": {"available": "Days on which a measure is available", "": "Special measure or ground"},
    "lineage": {"": "What became of a duty"},
    "measures": {"": "Measure"},
    "readings": {"": "Reading"},
    "commissioning": {"": "Commissioning"},
    "cross-references": {"": "Article of a related text"},
    "calendars": {"": "Source of the calendar"},
}
"""Kinds of statement by the folder or file, and by the key that leads to them; any other is named after its folder."""
DEADLINE, CONDITION = "Deadline in days or months", "Condition of a duty"
LEVELS = ("text", "secondary", "unconfirmed")


@frozen(kw_only=True)
class Statement:
    """One statement of the law: where it is, of what kind, what it rests on, and a digest of all it says."""

    place: str
    kind: str
    group: str
    evidence: str | None
    digest: str
    cites: tuple[str, ...] = ()


@frozen(kw_only=True)
class Row:
    """How many statements of one kind rest on what, and how many are new, changed or gone since the last law."""

    group: str
    kind: str
    levels: Mapping[str, int]
    total: int
    new: int
    changed: int
    gone: int


@frozen(kw_only=True)
class LastLaw:
    """The statements of the last version of the law: the digest of each by its kind and place."""

    version: str
    statements: Mapping[str, Mapping[str, str]] = field(repr=False)


def statements_in(data: Path = DATA) -> Iterator[Statement]:
    """Every statement of a data folder, in the order of the files; a duty also as its deadline and its condition.

    Examples of what a commissioner writes state nothing.
    """
    for path in sorted(data.rglob("*.yaml")):
        name = path.relative_to(data).with_suffix("").as_posix()
        if name not in ("sources", "publication") and not name.startswith("commissioning/starters/"):
            yield from _statements(yaml.load(path.read_text(encoding="utf-8"), _LOADER), name, "", name)


def _statements(node: Any, file: str, key: str, place: str) -> Iterator[Statement]:
    if isinstance(node, list):
        names = [_name(item, number) for number, item in enumerate(node)]
        for number, (name, item) in enumerate(zip(names, node, strict=True)):
            nth = f".{names[:number].count(name)}" if names.count(name) > 1 else ""
            yield from _statements(item, file, key, f"{place}/{name}{nth}")
    elif isinstance(node, dict):
        if "evidence" in node or file == "readings":
            yield from _of(node, file, key, place)
        for inner, value in node.items():
            if isinstance(value, list | dict) and inner not in ("cites", "trigger", "deadline", "discharged_by"):
                yield from _statements(value, file, inner, place if inner == "provisions" else f"{place}/{inner}")


def _of(node: Mapping[str, Any], file: str, key: str, place: str) -> Iterator[Statement]:
    folder, _, rest = file.partition("/")
    group = rest.partition("/")[0] if folder == "editions" and rest else ""
    kinds = KINDS.get(folder, {"": folder.capitalize().replace("-", " ")})
    kind = kinds.get(key, kinds[""])
    own = {name: value for name, value in node.items() if not _holds_statements(value)}
    cites = tuple(cite if isinstance(cite, str) else cite["source"] for cite in node.get("cites", ()))
    said = Statement(
        place=place, kind=kind, group=group, evidence=node.get("evidence"), digest=_digest(own), cites=cites
    )
    yield said
    if kind == "Duty":
        deadline, condition = node["deadline"], node.get("applies_when")
        if any(unit in json.dumps(deadline) for unit in ('"within"', '"every"')):
            yield evolve(said, kind=DEADLINE, digest=_digest(deadline))
        if condition is not None:
            yield evolve(said, kind=CONDITION, digest=_digest(condition))


def _holds_statements(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) and "evidence" in item for item in items)


def _name(item: Any, number: int) -> str:
    if not isinstance(item, dict):
        return str(number)
    duties = item.get("duties", ())
    return item.get("id") or item.get("since") or (duties[0] if duties else str(number))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]


def counted(now: Iterator[Statement], last: LastLaw) -> list[Row]:
    """One row for each kind of statement, those of the editions first."""
    groups: dict[tuple[str, str], dict[str, Statement]] = {}
    for statement in now:
        groups.setdefault((statement.group, statement.kind), {})[statement.place] = statement
    rows = [_row(group, kind, places, last) for (group, kind), places in groups.items()]
    return sorted(rows, key=lambda row: (row.group == "", row.group))


def _row(group: str, kind: str, places: Mapping[str, Statement], last: LastLaw) -> Row:
    before = last.statements.get(f"{group}: {kind}", {})
    levels = Counter(statement.evidence for statement in places.values())
    return Row(
        group=group,
        kind=kind,
        levels={level: levels[level] for level in LEVELS},
        total=len(places),
        new=len(places.keys() - before.keys()),
        changed=sum(before[place] != one.digest for place, one in places.items() if place in before),
        gone=len(before.keys() - places.keys()),
    )


def last_law(path: Path = LAST) -> LastLaw:
    """The law as it was kept last."""
    kept = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    return LastLaw(version=kept["law_version"], statements=kept["statements"])


def keep(data: Path = DATA, path: Path = LAST) -> None:
    """Keep the statements of a data folder as the last law."""
    kept: dict[str, dict[str, str]] = {}
    for statement in statements_in(data):
        kept.setdefault(f"{statement.group}: {statement.kind}", {})[statement.place] = statement.digest
    editions = yaml.load((data / "editions.yaml").read_text(encoding="utf-8"), _LOADER)
    lines = [
        "# Every statement of the last version of the law with a digest of what it said. Made by",
        "# `python3 dev.py last-law`, which is run before `law_version` is raised.",
        f"law_version: {editions['law_version']}",
        "statements:",
    ]
    for kind, places in kept.items():
        lines.append(f"  {json.dumps(kind)}:")
        lines += [f"    {json.dumps(place)}: '{digest}'" for place, digest in places.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    keep()
