"""Empty text is nothing, in objects and in files, as an empty cell is in a table."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc

NOTHING = ["", " ", "\t\n", "\u00a0", "\u2003"]
TEXTS = ["about", "victim", "suspect", "hearing", "reference", "replaces", "source"]


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
@pytest.mark.parametrize("name", TEXTS)
def test_an_event_with_an_empty_text_is_one_without(name, nothing):
    bare = vc.Event(event="suspect-arrested", at=date(2026, 4, 2))
    assert vc.Event(event="suspect-arrested", at=date(2026, 4, 2), **{name: nothing}) == bare


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_a_case_file_with_empty_texts_is_one_without_those_keys(nothing):
    event = dict.fromkeys([*TEXTS, "received", "recorded", "withdrawn"], nothing)
    victim = dict.fromkeys(["born", "capacity", "facts", "speaks_for"], nothing)
    offence = dict.fromkeys(["committed_on", "cjs_code", "flags"], nothing)

    def case(event, victim, offence):
        return vc.Case.from_dict(
            {
                "reference": "1",
                "offence": offence,
                "victims": [{"reference": "V1", **victim}],
                "events": [{"event": "suspect-arrested", "at": "2026-04-02", **event}],
            }
        )

    assert case(event, victim, offence) == case({}, {}, {})


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_what_must_be_there_is_missing_if_it_is_empty(nothing):
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_dict(
            {"reference": nothing, "victims": [{"reference": nothing}], "events": [{"event": nothing, "at": nothing}]}
        )
    needed = {"reference", "victims[0].reference", "events[0].at"}
    assert needed <= {fault.location for fault in refused.value.faults}


def test_a_key_that_is_not_known_is_told_although_it_is_empty():
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_dict({"reference": "1", "victims": [{"reference": "V1", "bron": ""}]})
    assert [fault.code for fault in refused.value.faults] == ["VC-FILE-003"]


def test_a_capacity_that_is_empty_is_that_of_a_person():
    assert vc.Victim(reference="V1", capacity=" ") == vc.Victim(reference="V1")
