"""What result codes and qualifiers mean: every code that matters is there, with its meaning and its source."""

from __future__ import annotations

from collections import Counter

import pytest

from victims_code.adapters.common_platform import _CommonPlatformFile
from victims_code.adapters.court_codes import court_codes
from victims_code.adapters.spi import _SpiFile
from victims_code.law import load_law
from victims_code.reading.data_files import DataFile, data_folder
from victims_code.reading.documents import read_document
from victims_code.vocabulary import EventKind, load_vocabulary

# By hand, from the names the standing data give these codes.
TELLS = {
    "sentence-passed": "1002 1007 1008 1081 1115 1134 3220 1116 1015 3012 1017 1018 1024 1057 1143",
    "case-outcome": "2004 2005 2006",
    "proceedings-stopped": "2050 2091 2051 2063 2053",
    "bail-hearing-decided": "4027 4028 4047 4014 4015 4016 4017 4558 4559 4560 4561 4562 4563 4564 4596",
    "bail-conditions-changed": "4597",
    "arrest-warrant-issued": "4575 4576 4577",
    "appeal-to-crown-court-lodged": "3044",
    "crown-court-appeal-decided": "3045 3093",
    None: "3117 3047 3081 3260 1179 3307 4506 4001",
}


@pytest.mark.parametrize(("event", "code"), [(event, code) for event, codes in TELLS.items() for code in codes.split()])
def test_every_result_code_that_matters_is_listed(event, code):
    assert court_codes().results[code].event == event


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("LG", "domestic-abuse"),
        ("LH", "vulnerable-or-intimidated"),
        ("LI", None),
        ("AS", None),
        ("AU", "hate-crime"),
        ("AV", "hate-crime"),
        ("AX", "hate-crime"),
        ("B", "hate-crime"),
        ("AZ", "hate-crime"),
    ],
)
def test_every_qualifier_that_matters_is_listed(code, fact):
    assert court_codes().qualifiers[code].fact == fact


def test_no_code_is_listed_twice():
    data = read_document(data_folder() / "adapters" / "court-results.yaml").data
    counted = Counter(code for row in data["results"] for code in row["codes"])
    counted.update(f"qualifier {row['code']}" for row in data["qualifiers"])

    assert [code for code, n in counted.items() if n > 1] == []


def rows():
    codes, spi = court_codes(), DataFile.open("adapters/spi.yaml").one(_SpiFile)
    return [
        *codes.results.values(),
        *codes.marks.values(),
        *codes.qualifiers.values(),
        *DataFile.open("adapters/common-platform.yaml").one(_CommonPlatformFile).markers,
        *spi.findings,
        *spi.offence_dates,
    ]


def test_every_meaning_uses_the_vocabulary_and_cites_a_known_source():
    words, sources = load_vocabulary(), load_law().sources
    for row in rows():
        event, fact = getattr(row, "event", None), getattr(row, "fact", None)
        assert row.source in sources, row
        assert event is None or words.events[event].kind is EventKind.TRIGGER, row
        assert fact is None or words.facts[fact].of == row.of, row


def test_a_code_that_tells_no_event_says_why():
    assert [row for row in court_codes().results.values() if row.event is None and not row.note] == []
