"""A fault quotes only a short piece of a value, whoever raises it, and stands where a reader looks for it."""

from __future__ import annotations

import pytest

from victims_code.faults import Fault, in_printed_order

LONG = "told by telephone on Monday, and it's in the notes of the officer who took the call"


def fault(message="", location=""):
    return Fault(code="VC-FILE-005", location=location, message=message, hint="")


@pytest.mark.parametrize("value", [LONG, LONG.replace("'", ""), LONG.replace("'", '"'), f"{LONG}\n" * 50, LONG * 50])
def test_a_long_value_is_cut(value):
    what = fault(f"{value!r} is not an event name.").message

    assert len(what) < 90
    assert what[1:30] == value[:29]
    assert what.endswith(("' is not an event name.", '" is not an event name.'))
    assert "…" in what


def test_of_a_long_path_the_name_of_the_file_is_kept():
    what = fault(f'No files found that match the pattern "/{"a-folder/" * 20}none.parquet"').message

    assert "none.parquet" in what
    assert len(what) < 110


@pytest.mark.parametrize(
    "what",
    [
        "'suspect-arested' is not an event name.",
        "The victim's needs were assessed, and they say that the provider's letter came first and the Unit's later.",
        "'crime-reported' is dated Friday 3 April 2026, before the offence on Saturday 4 April 2026; 'sentenced' too.",
    ],
)
def test_a_sentence_without_a_long_value_stays_as_it_is(what):
    assert fault(what).message == what


def test_lines_and_rows_stand_in_the_order_of_their_files():
    places = ["b.csv, case 2, row 10, X", "a.yaml, line 3, events[0]", "b.csv, case 1, row 9, X", "a.yaml, line 2"]

    assert [one.location for one in in_printed_order(fault(location=place) for place in places)] == [
        "b.csv, case 1, row 9, X",
        "b.csv, case 2, row 10, X",
        "a.yaml, line 2",
        "a.yaml, line 3, events[0]",
    ]
