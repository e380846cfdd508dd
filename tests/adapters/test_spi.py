"""SPI court results become cases: what is read, what is left out, and what is said about it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.adapters.spi import read_cases
from victims_code.dates import format_date
from victims_code.errors import MissingExtraError

MESSAGES = Path(__file__).parent / "messages"
SESSION, BAD = MESSAGES / "spi-session.xml", MESSAGES / "spi-bad-data.xml"
FIXTURES = Path(os.environ.get("VICTIMS_CODE_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))
PUBLISHED = sorted((FIXTURES / "spi").glob("*.xml")) if FIXTURES.is_dir() else []
published = pytest.mark.skipif(not PUBLISHED, reason="the published messages are not beside the repository")

FIRST, SECOND = "1299AA0000000000001A", "1299AA0000000000002B"
HEARING, NEXT = "B99AA00 2012-03-05 10:00:00", "B99AA00 2012-03-26 14:00:00"


def happened(case):
    return {(event.event, event.on.isoformat(), event.suspect, event.hearing) for event in case.events}


def flags_of(case):
    return [flag for offence in case.offences for flag in offence.flags]


def message(offence, hearing="<DateOfHearing>2012-03-05</DateOfHearing>"):
    return (
        f"<ResultedCaseMessage><Session><CourtHearing><Hearing>{hearing}</Hearing></CourtHearing><Case>"
        f"<PTIURN>99AA0000912</PTIURN><Defendant><ProsecutorReference>A</ProsecutorReference>"
        f"<Offence>{offence}</Offence></Defendant></Case></Session></ResultedCaseMessage>"
    ).encode()


def test_each_case_of_the_session_is_a_case_under_its_ptiurn():
    assert [case.reference for case in read_cases(SESSION)] == ["99AA0000112", "99AA0000212"]


def test_what_happened_is_read_with_its_defendant_and_once_for_each_defendant():
    case, other = read_cases(SESSION)

    assert happened(case) == {
        ("suspect-arrested", "2012-01-15", FIRST, None),
        ("suspect-charged", "2012-01-16", FIRST, None),
        ("case-outcome", "2012-02-20", FIRST, None),
        ("sentence-passed", "2012-03-05", FIRST, HEARING),
        ("proceedings-stopped", "2012-03-05", FIRST, HEARING),
        ("suspect-charged", "2012-01-17", SECOND, None),
        ("bail-hearing-decided", "2012-03-05", SECOND, HEARING),
        ("hearing-listed", "2012-03-05", SECOND, NEXT),
    }
    assert happened(other) == {
        ("case-outcome", "2012-03-05", "1299AA0000000000003C", HEARING),
        ("arrest-warrant-issued", "2012-03-05", "1299AA0000000000004D", HEARING),
    }
    assert {event.source for event in case.events} == {"SPI"}
    assert all(event.received is None for event in case.events)


def test_qualifiers_become_assertions_with_their_source():
    case, other = read_cases(SESSION)

    assert ("domestic-abuse", True, "SPI result qualifier LG") in {
        (flag.fact, flag.value, flag.source) for flag in flags_of(case)
    }
    assert [(fact.fact, fact.value, fact.source) for fact in case.victims[0].facts] == [
        ("vulnerable-or-intimidated", True, "SPI result qualifier LH")
    ]
    assert "domestic-abuse" not in {flag.fact for flag in flags_of(other)}
    assert other.victims[0].facts == ()


def test_that_lh_may_be_said_of_a_witness_is_noted():
    case, _ = read_cases(SESSION)
    (note,) = [note for note in case.faults if note.code == "VC-READ-106"]

    assert "LH" in note.message
    assert "witness who is not a victim" in note.message
    assert note.location.endswith("Case[0].Defendant[1].Offence[0].Result[0]")


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("1002", "sentence-passed"),
        ("1008", "sentence-passed"),
        ("1116", "sentence-passed"),
        ("2006", "case-outcome"),
        ("2050", "proceedings-stopped"),
        ("2053", "proceedings-stopped"),
        ("4028", "bail-hearing-decided"),
        ("4047", "bail-hearing-decided"),
        ("4016", "bail-hearing-decided"),
        ("4560", "bail-hearing-decided"),
        ("4596", "bail-hearing-decided"),
        ("4597", "bail-conditions-changed"),
        ("4575", "arrest-warrant-issued"),
        ("4577", "arrest-warrant-issued"),
        ("3117", None),
        ("4506", None),
        ("2060", None),
        ("9991", None),
    ],
)
def test_what_a_result_code_tells(code, event):
    (case,) = read_cases(message(f"<Result><ResultCode>{code}</ResultCode></Result>"))

    assert [(e.event, e.on) for e in case.events] == ([(event, date(2012, 3, 5))] if event else [])


@pytest.mark.parametrize(
    ("qualifier", "flag", "event"),
    [
        ("LG", "domestic-abuse", None),
        ("AU", "hate-crime", None),
        ("AV", "hate-crime", None),
        ("AX", "hate-crime", None),
        ("LI", None, "bail-hearing-decided"),
        ("AS", None, None),
        ("RA", None, None),
    ],
)
def test_what_a_qualifier_says(qualifier, flag, event):
    result = f"<Result><ResultCode>4594</ResultCode><ResultCodeQualifier>{qualifier}</ResultCodeQualifier></Result>"
    (case,) = read_cases(message(result))

    assert [f.fact for f in case.offence.flags] == ([flag] if flag else [])
    assert [e.event for e in case.events] == ([event] if event else [])


@pytest.mark.parametrize(
    ("finding", "convicted", "on"),
    [
        ("G", "2012-02-20", "2012-02-20"),
        ("G", None, "2012-03-05"),
        ("A", "2012-02-20", "2012-02-20"),
        ("N", None, "2012-03-05"),
        ("O", "2012-02-20", "2012-03-05"),
        (None, "2012-02-20", "2012-02-20"),
        (None, None, None),
        ("C", "2012-02-20", None),
        ("Z", "2012-02-20", "2012-02-20"),
    ],
)
def test_when_the_outcome_was(finding, convicted, on):
    offence = f"<ConvictionDate>{convicted}</ConvictionDate>" if convicted else ""
    offence += f"<Finding>{finding}</Finding>" if finding else ""
    (case,) = read_cases(message(offence))

    assert [(e.event, e.on.isoformat()) for e in case.events] == ([("case-outcome", on)] if on else [])
    assert [n.location.rpartition(".")[2] for n in case.faults if n.code == "VC-READ-103"] == (
        ["Finding"] if finding in ("C", "Z") else []
    )


def test_every_offence_has_its_own_date_and_code():
    case, _ = read_cases(SESSION)

    assert [(offence.committed_on, offence.cjs_code) for offence in case.offences] == [
        (date(2012, 1, 14), "OF61102"),
        (date(2011, 12, 24), "OF61102"),
        (None, "OF61102"),
    ]


@pytest.mark.parametrize(
    ("code", "used"), [("1", True), ("2", False), ("3", False), ("4", True), ("5", True), ("6", False)]
)
def test_a_date_that_only_bounds_the_offence_is_not_taken_for_its_day(code, used):
    timing = (
        f"<BaseOffenceDetails><OffenceTiming><OffenceDateCode>{code}</OffenceDateCode><OffenceStart>"
        "<OffenceDateStartDate>2012-01-14</OffenceDateStartDate></OffenceStart></OffenceTiming></BaseOffenceDetails>"
    )
    (case,) = read_cases(message(timing))

    assert case.offence.committed_on == (date(2012, 1, 14) if used else None)
    assert ("VC-READ-103" in [note.code for note in case.faults]) is not used


def test_impossible_dates_are_said_and_no_case_is_dropped():
    case, unnamed = read_cases(BAD)
    notes = Counter((note.code, note.location.rpartition("Case[0]")[2]) for note in case.faults)

    assert happened(case) == {
        ("suspect-arrested", "2012-02-01", "1299AA0000000000005E", None),
        ("case-outcome", "2012-04-01", "1299AA0000000000005E", None),
        ("sentence-passed", "2012-03-05", "1299AA0000000000005E", "B99AA00 2012-03-05"),
    }
    assert {offence.committed_on for offence in case.offences} == {None}
    assert notes == Counter(
        {
            ("VC-READ-101", ".Defendant[0].Offence[0].BaseOffenceDetails.ChargeDate"): 1,
            ("VC-READ-101", ""): 1,
            ("VC-READ-102", ""): 1,
            ("VC-READ-103", ".Defendant[0].Offence[0].Result[0]"): 1,
            ("VC-READ-103", ".Defendant[0].Offence[1].BaseOffenceDetails.OffenceTiming"): 1,
            ("VC-READ-103", ".Defendant[0].Offence[1].Finding"): 1,
            ("VC-READ-103", ".Defendant[0].Offence[2].Finding"): 1,
            ("VC-READ-105", ""): 1,
            ("VC-READ-118", ""): 1,
        }
    )
    assert ("VC-READ-103", ".Defendant[0]") in {
        (note.code, note.location.rpartition("Case[1]")[2]) for note in unnamed.faults
    }
    order = next(note.message for note in case.faults if note.code == "VC-READ-105")
    assert "Monday 5 March 2012, before 'case-outcome' on Sunday 1 April 2012" in order
    assert unnamed.reference == "unnamed-2"
    assert happened(unnamed) == {
        ("suspect-arrested", "2012-02-01", "defendant-1", None),
        ("case-outcome", "2012-02-20", "defendant-1", None),
    }


def test_results_of_a_hearing_without_a_date_are_left_out_and_said():
    (case,) = read_cases(message("<Result><ResultCode>1002</ResultCode></Result>", hearing=""))

    assert case.events == ()
    assert "does not date the hearing" in next(note.message for note in case.faults if note.code == "VC-READ-103")


def test_paths_and_bytes_read_alike():
    assert read_cases(SESSION) == read_cases(str(SESSION)) == read_cases(SESSION.read_bytes())


def test_namespaces_and_envelopes_do_not_matter():
    whole = SESSION.read_text(encoding="utf-8")
    bare = re.search(r"<DC:Session>.*</DC:Session>", whole, re.DOTALL).group().replace("DC:", "")
    other = bare.replace("<Session>", '<Session xmlns="urn:other">')
    inner = f"<ResultedCaseMessage>{bare}</ResultedCaseMessage>".replace("&", "&amp;").replace("<", "&lt;")
    to_text = f'<RouteData><DataStream><Content>&lt;?xml version="1.0"?>{inner}</Content></DataStream></RouteData>'
    expected = [happened(case) for case in read_cases(SESSION)]

    for text in (bare, other, f"<Envelope><Body>{bare}</Body></Envelope>", to_text):
        assert [happened(case) for case in read_cases(text.encode())] == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "VC-FILE-001"),
        (b"{}", "VC-FILE-001"),
        (b"<Session>", "VC-FILE-001"),
        (b"\xff\xfe\x00", "VC-FILE-001"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "VC-FILE-001"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Session>&b;</Session>', "VC-FILE-001"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><Session/>', "VC-FILE-001"),
        (b"<html><body/></html>", "VC-FILE-005"),
        (b"<Session/>", "VC-FILE-005"),
        (MESSAGES / "no-such-file.xml", "VC-FILE-006"),
    ],
)
def test_what_is_no_message_is_refused_with_the_way_out(source, code):
    with pytest.raises(vc.CaseError) as refused:
        read_cases(source)

    assert refused.value.faults[0].code == code
    assert refused.value.faults[0].hint


def test_without_defusedxml_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(MissingExtraError, match=r"victims-code\[spi\]"):
        read_cases(SESSION)


def test_the_command_line_takes_such_a_file():
    run = subprocess.run(
        [sys.executable, "-m", "victims_code", "assess", str(SESSION), "--as-at", "2012-04-01", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )

    assert run.returncode == 0
    assert [result["reference"] for result in json.loads(run.stdout)] == ["99AA0000112", "99AA0000212"]
    assert "VC-READ-102" in run.stderr


WORDS = st.one_of(
    st.sampled_from(
        ["", "2112-01-01", "0001-01-01", "2012-02-30", "2012-13-01T25:00", "2012-05-12", "4028", "LG", "Z"]
    ),
    st.text(st.characters(codec="ascii", exclude_characters="<&", exclude_categories=["Cc"]), max_size=8),
)
INNER = [e for e in ElementTree.parse(SESSION).iter() if len(e) == 0 and not e.tag.endswith("PTIURN")]


@given(st.lists(st.tuples(st.integers(0, len(INNER) - 1), WORDS), min_size=1, max_size=8))
def test_whatever_stands_in_a_message_no_case_is_lost(changes):
    root = ElementTree.parse(SESSION).getroot()
    leaves = [e for e in root.iter() if len(e) == 0 and not e.tag.endswith("PTIURN")]
    for n, words in changes:
        leaves[n].text = words

    cases = read_cases(ElementTree.tostring(root))

    assert [case.reference for case in cases] == ["99AA0000112", "99AA0000212"]
    assert all(case.victims for case in cases)


@given(st.sets(st.integers(0, 200), max_size=8))
def test_whatever_is_missing_from_a_message_no_case_is_lost(places):
    root = ElementTree.parse(SESSION).getroot()
    inner = [
        (parent, child)
        for case in root.iter()
        if case.tag.endswith("}Case")
        for parent in case.iter()
        for child in parent
        if not child.tag.endswith("PTIURN")
    ]
    for n in places:
        parent, child = inner[n % len(inner)]
        if child in list(parent):
            parent.remove(child)

    assert [case.reference for case in read_cases(ElementTree.tostring(root))] == ["99AA0000112", "99AA0000212"]


# --- the published messages, against a reading by other means ------------------------------------------------------


def inside(text, tag):
    return re.findall(rf"<(?:\w+:)?{tag}>(.*?)</(?:\w+:)?{tag}>", text, re.DOTALL)


def plainly(path):
    """What a message says, found by patterns in its text and not by the reader under test."""
    text = path.read_text(encoding="utf-8")
    hearing = inside(inside(text, "CourtHearing")[0], "DateOfHearing")[0]
    said = Counter()
    for defendant in inside(text, "Defendant"):
        for tag, event in (("ArrestDate", "suspect-arrested"), ("ChargeDate", "suspect-charged")):
            said[event] += len({*inside(defendant, tag)})
        codes = {code.strip() for code in inside(defendant, "ResultCode")}
        said["sentence-passed"] += bool({"1002", "1008", "1015", "1018", "1024", "1081", "1115", "1116"} & codes)
        said["bail-hearing-decided"] += bool({"4027", "4047", "4028", "4049", "4011", "4014"} & codes)
        listed = inside(defendant, "NextHearingDetails")
        said["hearing-listed"] += len({re.sub(r"\s", "", re.sub(r"<.*?>", "|", one)) for one in listed})
    return hearing, inside(text, "PTIURN"), text, said


@published
def test_there_are_as_many_published_messages_as_there_were():
    assert len(PUBLISHED) == 199


@published
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_every_published_message_reads_as_it_does_by_other_means(path):
    hearing, references, text, said = plainly(path)
    (case,) = read_cases(path)
    read = Counter(event.event for event in case.events)

    assert [case.reference] == (references or ["unnamed-1"])
    side = "VC-READ-118" in [note.code for note in case.faults]  # charges on offences without a victim are left out
    for event in ("suspect-arrested", "suspect-charged", "hearing-listed"):
        assert read[event] == said[event] or (side and event == "suspect-charged" and read[event] < said[event]), event
    for event in ("sentence-passed", "bail-hearing-decided"):
        assert read[event] >= said[event] or (side and event == "sentence-passed"), event
        assert {e.on.isoformat() for e in case.events if e.event == event} <= {hearing}
    assert ("case-outcome" in read) is bool(re.search(r"<(\w+:)?(ConvictionDate|Finding)>|>(2004|2006)<", text))
    assert ("domestic-abuse" in {flag.fact for flag in flags_of(case)}) is (">LG<" in text)
    assert ("vulnerable-or-intimidated" in {fact.fact for fact in case.victims[0].facts}) is (">LH<" in text)


@published
def test_every_published_message_is_assessed_under_the_edition_of_its_dates():
    code = vc.VictimsCode.load()
    outright = 0
    for path in PUBLISHED:
        for case in read_cases(path):
            result = code.assess(case, as_at=date(2026, 11, 23))
            unsupported = " ".join(fault.message for fault in result.faults if fault.severity.value == "unsupported")
            assert case.events, path.name
            for event in case.events:
                info = code.law.info_on(event.on)
                if info is not None and info.encoded:
                    assert info.id in result.stamp.editions
                    assert any(o.duty.edition == info.id for o in result.obligations), path.name
                    outright += 1
                else:
                    assert format_date(event.on) in unsupported, path.name
                    outright += 1

    assert outright > 700


# --- the sentence -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("court", "outcome", "flags"),
    [
        (
            "C99AA00",
            "<DurationValue>18</DurationValue><DurationUnit>M</DurationUnit>",
            {"custody": True, "crown": True},
        ),
        ("B99AA00", "<DurationValue>6</DurationValue><DurationUnit>M</DurationUnit>", {"crown": False}),
        ("Z99AA00", "<DurationValue>1</DurationValue><DurationUnit>Y</DurationUnit>", {"custody": True}),
        (
            "Z99AA00",
            "<DurationValue>8</DurationValue><DurationUnit>M</DurationUnit>"
            "<SecondaryDurationValue>1</SecondaryDurationValue><SecondaryDurationUnit>Y</SecondaryDurationUnit>",
            {"custody": True},
        ),
        ("Z99AA00", "<DurationUnit>L</DurationUnit>", {"custody": True}),
        ("Z99AA00", "<DurationValue>x</DurationValue><DurationUnit>M</DurationUnit>", {}),
    ],
)
def test_results_say_what_the_sentence_was(court, outcome, flags):
    hearing = f"<CourtHearingLocation>{court}</CourtHearingLocation><DateOfHearing>2012-03-05</DateOfHearing>"
    sentence = f"<ResultCode>1002</ResultCode><Outcome><Duration>{outcome}</Duration></Outcome>"
    (case,) = read_cases(message(f"<Result>{sentence}</Result>", hearing=hearing))
    names = {"custody": "custody-of-12-months-or-more", "crown": "crown-court-sentence"}

    assert {flag.fact: flag.value for flag in flags_of(case)} == {names[k]: value for k, value in flags.items()}


def test_offence_codes_say_something_only_if_asked():
    silent, asked = read_cases(SESSION)[0], read_cases(SESSION, classify_offences=True)[0]

    assert "kidnap" not in {flag.fact for flag in flags_of(silent)}
    assert {flag.fact: flag.value for flag in flags_of(asked) if flag.source == "offence code OF61102"}[
        "kidnap"
    ] is False
