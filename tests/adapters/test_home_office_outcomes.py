"""Home Office outcome types: every type, the event it stands for, and the ways in which they are written."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.adapters.home_office_outcomes import _OutcomesFile, outcome_type, outcome_types
from victims_code.errors import UnknownNameError
from victims_code.law import load_law
from victims_code.reading.data_files import DataFile
from victims_code.vocabulary import EventKind, load_vocabulary

DISPOSAL, NOT_CHARGED, ENDED = "out-of-court-disposal-given", "decision-not-to-charge", "investigation-ended"
STANDS_FOR = {
    "suspect-charged": "1",
    DISPOSAL: "2 3 6 7 8 22",
    NOT_CHARGED: "9 10 11 12 13 15 16 17",
    ENDED: "14 18 21",
    None: "0 4 5 19 20",
}


@pytest.mark.parametrize(("event", "code"), [(e, code) for e, codes in STANDS_FOR.items() for code in codes.split()])
def test_each_type_stands_for_its_event(event, code):
    known = outcome_types()[code]

    assert known.event == event
    assert event is None or load_vocabulary().events[event].kind is EventKind.TRIGGER
    assert event is not None or known.note


def test_the_types_are_numbered_0_to_22():
    assert [int(code) for code in outcome_types()] == list(range(23))


def test_no_suspect_is_identified_in_14_and_18_alone():
    assert [code for code, known in outcome_types().items() if known.suspect is False] == ["14", "18"]


@pytest.mark.parametrize("written", ["18", "018", " 18 ", "Type 18", "OUTCOME 18", "oc18"])
def test_a_type_is_read_as_forces_write_it(written):
    assert outcome_type(written).code == "18"


@pytest.mark.parametrize("written", ["23", "", "charge", "118", "1 8", "-1"])
def test_what_is_no_type_is_refused(written):
    with pytest.raises(UnknownNameError, match="1 to 22"):
        outcome_type(written)


def test_an_event_names_its_type_and_day():
    event = outcome_type("3").event_on(date(2026, 4, 2), suspect="S1")

    assert (event.event, event.on, event.suspect) == (DISPOSAL, date(2026, 4, 2), "S1")
    assert event.source == "Home Office outcome type 3"
    assert outcome_type("20").event_on(date(2026, 4, 2)) is None


def test_the_events_are_unconfirmed_and_the_list_has_a_source():
    file = DataFile.open("adapters/home-office-outcomes.yaml").one(_OutcomesFile)

    assert (file.evidence, file.event_evidence) == ("secondary", "unconfirmed")
    assert file.source in load_law().sources
