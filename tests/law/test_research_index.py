"""Every place that the index of the research names is in the data."""

from __future__ import annotations

import pytest

from shared.research_index import INDEX
from victims_code.reading.data_files import data_folder
from victims_code.reading.documents import read_document


def places(value, place=()):
    """Everything in a file by the names of its keys and of its entries, as the index calls it."""
    yield ".".join(place) or "whole"
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for entry in value:
            if isinstance(entry, dict):
                yield from places(entry, (*place, name_of(entry)))


def name_of(entry):
    first = next((entry[key] for key in ("id", "earlier", "duties", "bodies") if key in entry), "")
    return first[0] if isinstance(first, list) else first


@pytest.mark.parametrize("name", INDEX)
def test_every_place_of_the_index_is_in_the_data(name):
    there = set(places(read_document(data_folder() / name).data))
    assert [place for place in INDEX[name] if place not in there] == []
    assert all(INDEX[name].values())
