"""Diary entries: what RFC 5545 asks for, and that a later file takes the place of an earlier one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from icalendar import Calendar

import victims_code as vc
from victims_code import render
from victims_code.cli import main
from victims_code.errors import WrongValueError

CODE = vc.VictimsCode.load()
NEEDS = vc.Event(event="needs-assessed", at=date(2026, 4, 1), victim="V1")
ARREST = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1", reference="R1")
INTERVIEW = vc.Event(event="suspect-interviewed-under-caution", at=date(2026, 4, 7), suspect="S1")
TOLD = vc.Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 9), victim="V1", suspect="S1")
ACT_NOW = ". Still open: act now, it may be late already"
ARRESTED, INTERVIEWED = "suspect has been arrested", "interviewed under caution"


def case(*events, reference="22/0412/26", victim=None):
    people = [victim or vc.Victim(reference="V1", born=date(1990, 3, 2))]
    offence = vc.Offence(committed_on=date(2026, 3, 31))
    return vc.Case(reference=reference, victims=people, events=events, offence=offence)


def diary(*events, as_at=date(2026, 4, 8), **options):
    return CODE.assess(case(*events), as_at=as_at).to_icalendar(**options)


def entries(text):
    return Calendar.from_ical(text).walk("VEVENT")


def entry(text, words):
    (found,) = [event for event in entries(text) if words in str(event["SUMMARY"])]
    return found


FIRST = diary(NEEDS, ARREST, INTERVIEW)


# --- RFC 5545 ---------------------------------------------------------------------------------------------------


def test_lines_end_in_crlf_and_none_is_longer_than_75_octets():
    long = vc.Case(reference="Ünïcödé " * 12, victims=[vc.Victim(reference="V1")], events=[NEEDS, ARREST])
    text = CODE.assess(long, as_at=date(2026, 4, 8)).to_icalendar()
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)  # so one was folded
    assert ("Ünïcödé " * 12).strip() in str(entries(text)[0]["SUMMARY"])


def test_text_is_escaped_and_comes_back():
    odd = r"A;B,C\D" + "\nE"
    text = CODE.assess(case(NEEDS, ARREST, reference=odd), as_at=date(2026, 4, 8)).to_icalendar()
    assert r"SUMMARY:A\;B\,C\\D\nE: " in text.replace("\r\n ", "")
    assert str(entry(text, ARRESTED)["SUMMARY"]).startswith(odd)


def test_the_calendar_says_what_it_is():
    head = FIRST.split("BEGIN:VEVENT")[0].splitlines()
    assert head[0] == "BEGIN:VCALENDAR"
    assert set(head[1:]) == {
        "VERSION:2.0",
        "PRODID:-//victims-code//due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    }


def test_an_entry_is_a_whole_day_that_leaves_people_free():
    block = next(b for b in FIRST.replace("\r\n ", "").split("BEGIN:VEVENT") if ARRESTED in b)
    assert "DTSTART;VALUE=DATE:20260413\r\n" in block  # Good Friday and Easter Monday are not counted
    assert "DTEND;VALUE=DATE:20260414\r\n" in block  # the day after: the end is not part of an event
    assert "TRANSP:TRANSPARENT\r\n" in block
    assert "CATEGORIES:Duty\r\n" in block
    assert "STATUS:CONFIRMED\r\n" in block
    assert "DTSTAMP:20260408T000000Z\r\n" in block
    assert "LAST-MODIFIED:20260408T000000Z\r\n" in block
    assert re.search(r"UID:[0-9a-f]{16}-[0-9a-f]{16}@victims-code\r\n", block)


def test_every_entry_has_what_it_must_have_once():
    for event in entries(FIRST):
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE", "STATUS", "TRANSP"):
            assert not isinstance(event[name], list), name
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    uids = [str(event["UID"]) for event in entries(FIRST)]
    assert len(uids) == len(set(uids))
    assert [str(event["CATEGORIES"].cats[0]) for event in entries(FIRST)].count("Duty") == 2


def test_no_clock_is_read():
    assert diary(NEEDS, ARREST, INTERVIEW) == FIRST


def test_the_alarm_is_at_nine_on_the_last_weekday_before():
    monday = entry(FIRST, ARRESTED)  # due on Monday 13 April
    (alarm,) = monday.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=9) - timedelta(days=3))
    assert str(alarm["DESCRIPTION"]) == str(monday["SUMMARY"])
    tuesday = entry(FIRST, INTERVIEWED)  # Tuesday 14 April
    assert tuesday.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=9) - timedelta(days=1)


def test_what_is_overdue_rings_no_more_and_alarms_can_be_left_out():
    late = diary(NEEDS, ARREST, as_at=date(2026, 4, 20))
    due, still_open = [event for event in entries(late) if ARRESTED in event["SUMMARY"]]
    assert due.walk("VALARM") == still_open.walk("VALARM") == []
    assert "Overdue" in due["DESCRIPTION"]
    assert (due["DTSTART"].dt, still_open["DTSTART"].dt) == (date(2026, 4, 13), date(2026, 4, 20))
    assert str(still_open["SUMMARY"]).endswith("(V1). Still open: overdue by 5 working days")
    assert "VALARM" not in diary(NEEDS, ARREST, remind=False)


def test_where_the_track_is_unknown_both_dates_stand_there():
    days = {
        str(e["SUMMARY"]).partition("(V1)")[2]: (e["DTSTART"].dt, e["DTEND"].dt, str(e["STATUS"]))
        for e in entries(diary(ARREST, as_at=date(2026, 4, 3)))
        if ARRESTED in e["SUMMARY"]
    }
    assert days == {
        "": (date(2026, 4, 13), date(2026, 4, 14), "CONFIRMED"),
        ", if Enhanced Rights apply": (date(2026, 4, 7), date(2026, 4, 8), "TENTATIVE"),
        ACT_NOW: (date(2026, 4, 8), date(2026, 4, 14), "TENTATIVE"),
    }


def test_nothing_personal_but_references_stands_in_it():
    shown = diary(NEEDS, ARREST)
    assert "1990" not in shown
    assert "(V1)" in shown


def test_two_events_that_cannot_be_told_apart_have_entries_of_their_own():
    twice = vc.Event(event="hearing-listed", at=date(2026, 4, 7), reference="A")
    again = vc.Event(event="hearing-listed", at=date(2026, 4, 7), reference="B")
    uids = [str(event["UID"]) for event in entries(diary(NEEDS, twice, again))]
    assert len(uids) == len(set(uids))


# --- a later file in place of an earlier one --------------------------------------------------------------------


def test_the_same_obligation_keeps_its_uid_and_gets_a_higher_sequence():
    corrected = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1", reference="R2", replaces="R1")
    later = diary(NEEDS, ARREST, corrected, INTERVIEW, as_at=date(2026, 4, 10))
    before, after = entry(FIRST, ARRESTED), entry(later, ARRESTED)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] - before["SEQUENCE"] == 2  # days between the two assessments
    assert after["DTSTAMP"].dt == datetime(2026, 4, 10, tzinfo=UTC)


def test_what_was_met_is_cancelled_in_the_file_that_replaces():
    later = diary(NEEDS, ARREST, INTERVIEW, TOLD, as_at=date(2026, 4, 10), replaces=FIRST)
    gone, before = entry(later, ARRESTED), entry(FIRST, ARRESTED)
    assert (gone["UID"], gone["STATUS"]) == (before["UID"], "CANCELLED")
    assert gone["SEQUENCE"] > before["SEQUENCE"]
    assert str(gone["SUMMARY"]).startswith("No longer due: 22/0412/26: ")  # for diaries that pass over the status
    assert gone["DTSTART"].dt == before["DTSTART"].dt
    assert gone.walk("VALARM") == []
    assert ARRESTED not in diary(NEEDS, ARREST, INTERVIEW, TOLD, as_at=date(2026, 4, 10)).replace("\r\n ", "")


def test_a_cancelled_entry_is_not_cancelled_again():
    once = diary(NEEDS, ARREST, INTERVIEW, TOLD, as_at=date(2026, 4, 10), replaces=FIRST)
    twice = diary(NEEDS, ARREST, INTERVIEW, TOLD, as_at=date(2026, 4, 10), replaces=once)
    assert "CANCELLED" in once
    assert "CANCELLED" not in twice


def test_what_has_not_changed_keeps_its_sequence():
    later = diary(NEEDS, ARREST, INTERVIEW, TOLD, as_at=date(2026, 4, 10), replaces=FIRST)
    before, after = entry(FIRST, INTERVIEWED), entry(later, INTERVIEWED)
    assert (after["SEQUENCE"], after["LAST-MODIFIED"].dt) == (before["SEQUENCE"], before["LAST-MODIFIED"].dt)


def test_a_change_on_the_same_day_is_a_higher_sequence_too():
    sentence = {"event": "sentence-passed", "at": date(2026, 4, 7), "suspect": "S1"}
    first = diary(NEEDS, vc.Event(**sentence, received=date(2026, 4, 7), reference="P"))
    second = diary(NEEDS, vc.Event(**sentence, received=date(2026, 4, 8), reference="P"), replaces=first)
    moved = [
        (one, other)
        for one in entries(first)
        for other in entries(second)
        if one["UID"] == other["UID"] and one["DTSTART"].dt != other["DTSTART"].dt
    ]
    assert moved
    for one, other in moved:
        assert other["DTSTART"].dt - one["DTSTART"].dt == timedelta(days=1)
        assert other["SEQUENCE"] == one["SEQUENCE"] + 1
        assert other["STATUS"] != "CANCELLED"


@pytest.mark.parametrize("reference", ["R1", None])
def test_a_corrected_date_moves_the_entry_that_is_there(reference):
    """By a later record, or in the file itself."""
    first = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1", reference=reference)
    moved = vc.Event(event="suspect-arrested", at=date(2026, 4, 7), suspect="S1", replaces=reference)
    before = diary(NEEDS, first)
    after = diary(NEEDS, *([first] if reference else []), moved, replaces=before)
    old, new = entry(before, ARRESTED), entry(after, ARRESTED)
    assert (new["UID"], new["STATUS"], new["DTSTART"].dt) == (old["UID"], "CONFIRMED", date(2026, 4, 14))
    assert new["SEQUENCE"] == old["SEQUENCE"] + 1


def test_an_entry_carries_the_id_of_the_obligation():
    result = CODE.assess(case(NEEDS, ARREST), as_at=date(2026, 4, 8))
    (arrest,) = result.find("inform-suspect-arrested")
    assert f"-{arrest.id}@" in entry(result.to_icalendar(), ARRESTED)["UID"]


LATE_ON = {14: (1, 5), 15: (2, 6), 16: (3, 7), 17: (4, 8), 18: (4, 8), 19: (4, 8), 20: (5, 9)}
"""Working days after Monday 13 and after Tuesday 7 April 2026, by the day of April."""


@pytest.mark.parametrize("day", range(2, 21))
def test_an_arrest_nobody_told_of_is_in_the_diary_every_day(day):
    today = date(2026, 4, day)
    found = [e for e in entries(diary(ARREST, as_at=today)) if ARRESTED in e["SUMMARY"]]
    days = [e["DTSTART"].dt for e in found]
    assert days == [date(2026, 4, 13), date(2026, 4, 7), max(today, date(2026, 4, 8))]
    assert all("may be late already" in e["DESCRIPTION"] for e in found if 8 <= day <= 13)
    if day <= 13:
        assert str(found[2]["SUMMARY"]).endswith(ACT_NOW)
    else:
        days = "{} working day{}, or {} if Enhanced Rights apply".format(
            LATE_ON[day][0], "" if day == 14 else "s", LATE_ON[day][1]
        )
        assert str(found[2]["SUMMARY"]).endswith(f"Still open: overdue by {days}")
    if day > 7:
        assert any(e["DTSTART"].dt <= today < e["DTEND"].dt for e in found)


def test_what_is_still_open_moves_from_day_to_day_under_one_uid():
    before = diary(ARREST, as_at=date(2026, 4, 8))
    corrected = vc.Event(event="suspect-arrested", at=date(2026, 4, 1), suspect="S1", replaces="R1")
    for later in (
        diary(ARREST, as_at=date(2026, 4, 10), replaces=before),
        diary(ARREST, as_at=date(2026, 4, 20), replaces=before),
        diary(ARREST, corrected, replaces=before),
    ):
        old, new = ([e for e in entries(text) if "Still open" in e["SUMMARY"]] for text in (before, later))
        assert [e["UID"] for e in old] == [e["UID"] for e in new]
        assert new[0]["SEQUENCE"] > old[0]["SEQUENCE"]
    told = diary(ARREST, TOLD, as_at=date(2026, 4, 10), replaces=before)
    assert {str(e["STATUS"]) for e in entries(told) if ARRESTED in e["SUMMARY"]} == {"CANCELLED"}


def test_what_waits_for_a_receipt_is_still_open_after_its_first_day():
    listed = vc.Event(event="hearing-listed", at=date(2026, 4, 7), suspect="S1")
    for day, shown in ((8, 9), (9, 9), (20, 20)):
        found = [e for e in entries(diary(NEEDS, listed, as_at=date(2026, 4, day))) if e["SUMMARY"].endswith(ACT_NOW)]
        assert [e["DTSTART"].dt for e in found if "date and place" in e["SUMMARY"]] == [date(2026, 4, shown)]


def test_a_window_that_may_be_open_and_a_late_answer_stay_in_the_diary():
    decided = vc.Event(event="decision-not-to-charge", at=date(2026, 4, 2), suspect="S1")
    interviewed = vc.Event(event="suspect-interviewed-under-caution", at=date(2026, 4, 1), suspect="S1")
    asked = vc.Event(event="review-requested", about="police-right-to-review", at=date(2026, 4, 7), suspect="S1")
    offence = vc.Offence(committed_on=date(2026, 3, 31), flags=[vc.Assertion(fact="decided-by-police", value=True)])

    def found(*events):
        told_apart = evolve(case(*events), offences=(offence,))
        text = CODE.assess(told_apart, as_at=date(2026, 8, 3)).to_icalendar()
        return {str(e["SUMMARY"]): e for e in entries(text) if "Ask the police to review" in e["SUMMARY"]}

    (may_be_open,) = found(NEEDS, interviewed, decided).values()  # no one told: three months or more
    assert may_be_open["SUMMARY"].startswith("22/0412/26: may still be open to V1. ")
    assert may_be_open["DTSTART"].dt == date(2026, 8, 3)
    late = [e for summary, e in found(NEEDS, interviewed, decided, asked).items() if "Still open: overdue" in summary]
    assert {e["DTSTART"].dt for e in late} == {date(2026, 8, 3)}
    assert len(late) == 2


def test_a_date_that_waits_for_a_receipt_is_there_as_the_earliest_it_can_be():
    listed = vc.Event(event="hearing-listed", at=date(2026, 4, 7), suspect="S1", reference="L1")
    received = vc.Event(
        event="hearing-listed", at=date(2026, 4, 7), received=date(2026, 4, 9), suspect="S1", replaces="L1"
    )
    before = diary(NEEDS, listed)
    after = diary(NEEDS, listed, received, as_at=date(2026, 4, 9), replaces=before)
    old, still_open = (e for e in entries(before) if "of any change (V1)" in e["SUMMARY"])
    new, gone = (e for e in entries(after) if "of any change (V1)" in e["SUMMARY"])
    assert (still_open["UID"], str(gone["STATUS"])) == (gone["UID"], "CANCELLED")
    assert (old["STATUS"], new["STATUS"], old["UID"]) == ("TENTATIVE", "CONFIRMED", new["UID"])
    assert "this is the earliest it can be" in old["DESCRIPTION"]
    assert old["DTSTART"].dt < new["DTSTART"].dt


def test_the_last_day_of_a_window_keeps_its_uid_when_a_date_is_corrected():
    first = vc.Event(event="decision-not-to-charge", at=date(2026, 4, 2), suspect="S1")
    moved = vc.Event(event="decision-not-to-charge", at=date(2026, 4, 7), suspect="S1")

    def days(text):
        return {str(e["UID"]): e["DTSTART"].dt for e in entries(text) if "last day for V1" in e["SUMMARY"]}

    before, after = days(diary(NEEDS, first)), days(diary(NEEDS, moved))
    assert before
    assert before.keys() == after.keys()
    assert before != after


def test_entries_of_cases_that_are_not_assessed_again_are_let_be():
    both = render.assessments_to_icalendar(
        CODE.assess(case(NEEDS, ARREST, reference=name), as_at=date(2026, 4, 8)).to_dict() for name in ("A", "B")
    )
    only_a = CODE.assess(case(NEEDS, ARREST, TOLD, reference="A"), as_at=date(2026, 4, 10)).to_icalendar(replaces=both)
    assert [str(e["SUMMARY"]).split(":")[1].strip() for e in entries(only_a) if e["STATUS"] == "CANCELLED"] == ["A"]
    assert "B: " not in only_a


def test_entries_of_others_in_the_earlier_file_are_let_be():
    theirs = "BEGIN:VEVENT\r\nUID:1@elsewhere\r\nDTSTART;VALUE=DATE:20260413\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
    mixed = FIRST.replace("END:VCALENDAR", theirs + "END:VCALENDAR")
    assert "Dentist" not in diary(NEEDS, ARREST, as_at=date(2026, 4, 10), replaces=mixed)


def test_what_is_no_calendar_is_refused():
    for text in ("", "due dates", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"):
        with pytest.raises(WrongValueError, match="not an iCalendar file"):
            diary(NEEDS, ARREST, replaces=text)


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_writes_the_file_that_replaces_another(tmp_path):
    record = tmp_path / "case.yaml"
    record.write_text(case(NEEDS, ARREST).to_yaml(), encoding="utf-8")
    first = CliRunner().invoke(main, ["assess", str(record), "--as-at", "2026-04-08", "--format", "ics"])
    (tmp_path / "first.ics").write_bytes(first.stdout_bytes)
    assert b"\r\n" in first.stdout_bytes
    assert b"\r\r" not in first.stdout_bytes
    record.write_text(case(NEEDS, ARREST, TOLD).to_yaml(), encoding="utf-8")
    options = ["--as-at", "2026-04-10", "--format", "ics", "--replaces", str(tmp_path / "first.ics")]
    second = CliRunner().invoke(main, ["assess", str(record), *options])
    assert second.exit_code == 0
    assert entry(second.stdout_bytes.decode(), ARRESTED)["STATUS"] == "CANCELLED"


def test_the_command_takes_a_file_to_replace_only_for_a_diary():
    example = str(Path(__file__).resolve().parents[2] / "examples" / "case.yaml")
    wrong = CliRunner().invoke(main, ["assess", example, "--as-at", "2026-04-08", "--replaces", "x.ics"])
    assert wrong.exit_code == 2
    assert "--replaces goes with --format ics" in wrong.stderr


CHILD = """
reference: K1
offence: {committed_on: 2026-03-31, flags: [sexual-offence]}
victims: [{reference: V1, born: 2011-03-12}]
events:
  - {event: crime-reported, at: 2026-04-01}
"""
TO_APPLY = "Apply to the Criminal Injuries Compensation Scheme"


def days_to_apply(case, as_at):
    """The days of the entries on compensation, and their text."""
    text = CODE.assess(vc.Case.from_yaml(case), as_at=as_at).to_icalendar()
    assert as_at in (date(2031, 3, 11), date(2031, 3, 12)) or "20310312" not in text.replace("\r\n ", "")
    assert "12 March" not in text
    found = [entry for entry in entries(text) if TO_APPLY in entry["SUMMARY"]]
    return [(entry["DTSTART"].dt, str(entry["SUMMARY"])) for entry in found]


@pytest.mark.parametrize("as_at", [date(2026, 4, 8), date(2030, 12, 31), date(2031, 2, 28)], ids=str)
def test_no_diary_holds_a_birthday_so_a_child_is_to_apply_in_the_month_before(as_at):
    assert days_to_apply(CHILD, as_at) == [(date(2031, 2, 28), f"K1: day to ask by for V1. {TO_APPLY}")]


@pytest.mark.parametrize("day", [1, 11, 12])
def test_in_the_last_month_the_diary_says_to_ask_at_once(day):
    today = date(2031, 3, day)
    assert days_to_apply(CHILD, today) == [(today, f"K1: ask at once for V1. {TO_APPLY}")]


def test_after_the_birthday_there_is_no_entry():
    assert days_to_apply(CHILD, date(2031, 3, 13)) == []


def test_nor_does_it_hold_the_birthday_where_it_is_not_known_when_it_was_reported():
    """Two years from a report after the 18th birthday cannot end before the 20th: that day too tells the birthday."""
    case = CHILD.replace("crime-reported", "suspect-arrested")
    found = days_to_apply(case, date(2026, 4, 8))
    assert [day for day, _ in found] == [date(2031, 2, 28)] * 2
    assert all("if this limit applies" in summary for _, summary in found)


def test_the_window_itself_has_the_birthday_and_the_day_before_it_as_safe():
    result = CODE.assess(vc.Case.from_yaml(CHILD), as_at=date(2026, 4, 8))
    [window] = [one for one in result.windows if one.scheme.title == TO_APPLY]
    assert (window.closes_on, window.safe_on) == (date(2031, 3, 12), date(2031, 3, 11))
    assert "or, as some read it, the day before" in window.explain().to_text()
