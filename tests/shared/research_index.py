"""The rows of the research that each statement of the law was encoded from, out of ``docs/research-index.yaml``."""

from __future__ import annotations

from pathlib import Path

from victims_code.reading.documents import read_document

INDEX = read_document(Path(__file__).resolve().parents[2] / "docs" / "research-index.yaml").data


def rows_of(edition):
    """The rows of everything an edition says."""
    return {row for places in _files_of(edition) for rows in places.values() for row in rows}


def rows_of_duty(edition, duty):
    """The rows of one duty."""
    return {row for places in _files_of(edition) for row in places.get(duty, [])}


def rows_in(name):
    """The rows of a file of ``data``, by place."""
    return INDEX[name]


def _files_of(edition):
    return [places for name, places in INDEX.items() if name.startswith(f"editions/{edition}/")]
