"""A table can say which victim speaks for which other victim."""

from __future__ import annotations

from victims_code.adapters.extracts import read_extract
from victims_code.adapters.extracts.mapping import DateColumn, DateForm, ExtractMapping, Identifying

MAPPING = ExtractMapping(
    name="force",
    source="force",
    dates=DateForm.YEAR_FIRST,
    rows=Identifying(case="crime", victim="victim", born="born", speaks_for="speaks_for"),
    events=(DateColumn(column="reported", event="crime-reported"),),
)


def read(*rows):
    [case] = read_extract(MAPPING, [{"crime": "1", "reported": "2026-04-01", **row} for row in rows])
    return case


def test_a_mother_who_is_a_victim_speaks_for_her_child():
    case = read(
        {"victim": "MUM", "born": "1988-01-09", "speaks_for": "BOY"},
        {"victim": "BOY", "born": "2016-11-02", "speaks_for": None},
    )
    assert case.speaks_for == {"MUM": ("BOY",)}
    assert [victim.capacity for victim in case.victims] == ["person", "person"]


def test_somebody_who_is_not_in_the_case_is_left_out_and_named():
    case = read({"victim": "MUM", "born": "1988-01-09", "speaks_for": "GIRL"})
    assert case.speaks_for == {}
    assert [(fault.code, "'GIRL'" in fault.message) for fault in case.faults] == [("VC-READ-103", True)]
