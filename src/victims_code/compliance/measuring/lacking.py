"""Lacking: which tables, columns and parts of a mapping were not given, and what each costs, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from victims_code.adapters.extracts import ExtractMapping

_TABLES = {
    "assertions": "only age gives Enhanced Rights",
    "spokespersons": "what was told to a parent or another spokesperson does not count for the victim",
    "cases": "the dates of offences are not known, nor who was under 18",
    "offences": "every case counts as one offence",
    "offence_victims": "each offence counts as one against every victim of its case",
}
_COLUMNS = {
    "events.received": "duties that run from receipt have no due date",
    "events.about": "it is not known what an update was about",
    "events.hearing_ref": "an update on one hearing counts for any",
    "events.recorded": "it is not known when records were made",
}
_PARTS = {
    "victim": "victims is mapped, so every case counts as one victim",
    "suspect": "suspects is mapped, so an update counts for any suspect",
    "born": "dates of birth is mapped, so it is not known who was under 18",
    "committed_on": "dates of offences is mapped, so it is not known who was under 18",
    "speaks_for": "spokespersons is mapped, so what was told to a parent does not count for the child",
    "offence": "offences is mapped, so every case counts as one offence",
}


def lacking(given: Collection[str], columns: Collection[str]) -> tuple[str, ...]:
    """What each table that was not given costs, and each column that was read as empty.

    >>> lacking(["events", "victims", "assertions", "spokespersons", "offences", "offence_victims"], [])
    ()
    >>> lacking(["events", "victims", "assertions", "cases"], ["events.received"])[1:]
    ('No offences table was supplied, so every case counts as one offence.',
    'events.received is not there and was read as empty, so duties that run from receipt have no due date.')
    """
    tables = (
        f"No {name} table was supplied, so {cost}."
        for name, cost in _TABLES.items()
        if name not in given
        and not (name == "cases" and "offences" in given)
        and not (name == "offence_victims" and "offences" not in given)
    )
    read_as_empty = (f"{name} is not there and was read as empty, so {_COLUMNS[name]}." for name in columns)
    return (*tables, *read_as_empty)


def not_mapped(mapping: ExtractMapping) -> Iterator[str]:
    """What each part that a mapping does not name costs."""
    for part, cost in _PARTS.items():
        if getattr(mapping.rows, part) is None:
            yield f"No column of {cost}."
    if not mapping.facts:
        yield "No column of facts is mapped, so only age gives Enhanced Rights."
    if not mapping.stands_for("needs-assessed"):
        yield "Nothing is mapped to needs-assessed, so a fact that is not stated is not known."
