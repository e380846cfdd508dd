"""What windows say in words, in every rendering, and what holds for every case."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from shared.read_page import read_page
from victims_code import render
from victims_code.dates import format_date
from victims_code.render.csvs import WINDOW_CSV_COLUMNS
from victims_code.testing.strategies import FIRST_DAY, LAST_DAY, cases

CODE = vc.VictimsCode.load()

REVIEW = """
reference: 22/0412/26
offence:
  committed_on: 2026-02-01
  flags: [decided-by-police, crown-court-sentence, within-lenient-sentence-scheme, attempted-murder]
victims: [{reference: V1, born: 1990-03-02}]
events:
  - {event: crime-reported, at: 2026-02-02}
  - {event: suspect-interviewed-under-caution, at: 2026-02-02, suspect: S1}
  - {event: decision-not-to-charge, at: 2026-03-02, suspect: S1}
  - {event: victim-informed, about: decision-not-to-charge, at: 2026-03-03, victim: V1, suspect: S1}
  - {event: review-requested, about: police-right-to-review, at: 2026-04-01, victim: V1, suspect: S1}
  - {event: sentence-passed, at: 2026-07-06, suspect: S2}
"""
CASE = vc.Case.from_yaml(REVIEW)
RESULT = CODE.assess(CASE, as_at=date(2026, 7, 10))


def window(scheme, result=RESULT):
    (found,) = [one for one in result.windows if one.scheme.id == scheme]
    return found


def test_the_explanation_of_a_review_names_days_counts_and_sources():
    text = window("police-right-to-review").explain().to_text()

    for words in (
        "Who decides: The police force that took the decision",
        "On Monday 2 March 2026 it was decided not to charge a suspect (suspect S1).",
        "The scheme covers what happened since Wednesday 1 April 2015.",
        "Had the suspect been interviewed under caution? Yes, from the record.",
        "3 months, counted from the day after Tuesday 3 March 2026, end on Wednesday 3 June 2026.",
        "On Wednesday 1 April 2026 the victim asked for a review (suspect S1), in time.",
        "Acknowledge the request: Police, by Friday 17 April 2026. Not on record at Friday 10 July 2026, and overdue.",
        "Friday 3 April 2026 is not counted: Good Friday.",
        "Monday 4 May 2026 is not counted: Early May bank holiday.",
        "Closed at Friday 10 July 2026.",
        "Victims' right to review (Wiltshire Police and Crime Commissioner)",
        "evidence: secondary",
    ):
        assert words in text


def test_the_explanation_of_a_sentence_review_shows_both_limits_with_their_evidence():
    explanation = window("unduly-lenient-sentence").explain()
    clocks = {step.statement: step.evidence for step in explanation.steps if step.kind == "clock"}

    assert [evidence.value for evidence in clocks.values()] == ["secondary", "text", "secondary"]
    assert list(clocks)[1:] == [
        "28 days from the sentence, with no extension: the request must arrive by 5 pm on Monday 3 August 2026.",
        "Six months for victims and bereaved families (law since Monday 29 June 2026): the last day is"
        " Wednesday 6 January 2027.",
    ]
    assert "Rely on the 28 days." in explanation.to_text()


def test_a_missing_telling_is_explained():
    untold = vc.Case.from_dict({**CASE.to_dict(), "events": [e for e in CASE.to_dict()["events"] if "about" not in e]})
    text = window("police-right-to-review", CODE.assess(untold, as_at=date(2026, 6, 10))).explain().to_text()

    assert "there is no date; it cannot close before Tuesday 2 June 2026." in text
    assert "It is counted from the day the victim was told, and no telling is on record." in text
    assert (
        "Not known whether it is open at Wednesday 10 June 2026. We need to know about event decision not to charge"
        " Mon 2 Mar 2026 (S1): When was the victim told about the decision?" in text
    )


def test_an_explanation_comes_in_every_form():
    for one in RESULT.windows:
        explanation = one.explain()
        assert explanation.summary in explanation.to_markdown()
        assert explanation.to_dict()["steps"][0]["kind"] == "scheme"
        assert "vc-explanation" in explanation.to_html()


def test_the_json_result_says_all_that_the_issue_of_a_window_asks():
    plain = window("unduly-lenient-sentence").to_dict()

    assert plain["opened_on"] == "2026-07-06"
    assert plain["closes_on"] == "2026-08-03"
    assert plain["state"] == "open"
    assert plain["decided_by"] == "The Attorney General refers; the Court of Appeal decides"
    assert plain["needs"].startswith("A sentence of the Crown Court")
    assert plain["limits"][2]["law_since"] == "2026-06-29"
    assert plain["limits"][2]["evidence"] == "secondary"
    assert any("Sch 3 para 1, Criminal Justice Act 1988" in cite for cite in plain["cites"])


def test_a_page_shows_windows_and_what_follows_them():
    page = RESULT.to_markdown()

    assert "## What the victim may do" in page
    assert "28 days from the sentence, with no extension: Mon 3 Aug 2026, by 17:00 (text)" in page
    assert "six months for victims and bereaved families: Wed 6 Jan 2027 (secondary)" in page
    assert "closed; done Wed 1 Apr 2026, in time" in page
    assert "## What the deciding bodies owe after a request" in page
    assert "| Fri 17 Apr 2026 | overdue | Acknowledge the request | police | V1 |" in page
    html = RESULT.to_html(page=True)
    assert "six months for victims and bereaved families: Wed 6 Jan 2027 (secondary)" in html
    assert "open" in [row["State"] for row in read_page(html).table("What the victim may do").records]


def test_the_windows_have_a_table_of_their_own():
    rows = list(csv.DictReader(io.StringIO(RESULT.windows_to_csv())))
    limits = {(row["scheme"], row["limit"]): row for row in rows}

    row = limits["unduly-lenient-sentence", "six-months-for-victims"]
    assert (row["closes_on"], row["law_since"], row["evidence"]) == ("2027-01-06", "2026-06-29", "secondary")
    assert row["until_hour"] == ""
    assert limits["unduly-lenient-sentence", "twenty-eight-days"]["until_hour"] == "17:00"
    assert row["title"] == "Ask the Attorney General to refer a sentence as unduly lenient"
    assert "scheme" not in RESULT.to_csv().splitlines()[0]


def test_a_calendar_file_has_the_last_days_and_what_is_owed():
    from icalendar import Calendar

    events = [
        (str(event["SUMMARY"]), event["DTSTART"].dt)
        for event in Calendar.from_ical(RESULT.to_icalendar()).walk("VEVENT")
    ]
    last_days = [(summary, day) for summary, day in events if "last day for V1. Ask the Attorney General" in summary]

    assert [day for _, day in last_days] == [date(2026, 8, 3), date(2027, 1, 6)]
    assert ("22/0412/26: Acknowledge the request. Ask the police to review their decision not to prosecute",
            date(2026, 4, 17)) in events  # fmt: skip
    assert not [summary for summary, _ in events if "last day for V1. Ask the police" in summary]


@pytest.mark.parametrize(
    ("born", "committed", "until"),
    [
        (None, date(2024, 5, 15), "Fri 15 May 2026 at the earliest"),  # an adult; a child has longer
        (
            date(2010, 1, 1),
            date(2024, 5, 15),
            "Mon 31 Dec 2029 to be safe; Tue 1 Jan 2030 at the earliest",
        ),  # no report is on record
        (date(1990, 3, 2), date(2024, 5, 15), "Fri 15 May 2026"),
    ],
)
def test_until_claims_no_more_than_is_known_of_the_limits(born, committed, until):
    arrest = vc.Event(event="suspect-arrested", at=committed)
    case = vc.Case(
        reference="A1",
        victims=[vc.Victim(reference="V1", born=born, facts={"injured-by-violent-crime": True})],
        offence=vc.Offence(committed_on=committed),
        events=[arrest],
    )
    result = CODE.assess(case, as_at=date(2026, 5, 1))
    one, perhaps = window("criminal-injuries-compensation", result), "earliest" in until
    shown = result.to_markdown()
    long = format_date(one.closes_on)
    rows = list(csv.DictReader(io.StringIO(result.windows_to_csv())))
    rows = [row for row in rows if row["scheme"] == one.scheme.id]

    assert one.may_close_later is one.to_dict()["may_close_later"] is perhaps
    assert f"| {until} | open" in shown
    assert until in [
        row["Until"] for row in read_page(result.to_html(page=True)).table("What the victim may do").records
    ]
    assert one.explain().summary.endswith(f"Open at Friday 1 May 2026,{' at least' * perhaps} until {long}.")
    assert (f"last day {long} at the earliest." in one.explain().summary) is perhaps
    assert {row["limit_applies"] for row in rows} == {"unknown" if perhaps else "yes"}
    assert ("if this limit applies. Apply to the" in result.to_icalendar().replace("\r\n ", "")) is perhaps


def test_two_last_days_that_are_possible_are_both_shown():
    """The 28 days of the Act, and six months that are reported."""
    assert window("unduly-lenient-sentence").may_close_later
    assert "| Mon 3 Aug 2026 or Wed 6 Jan 2027 | open" in RESULT.to_markdown()


def test_a_stored_result_renders_like_a_fresh_one():
    assert render.assessment_to_markdown(RESULT.to_dict(explain=True)) == RESULT.to_markdown()


def test_a_record_about_a_scheme_that_does_not_exist_is_reported():
    case = vc.Case.from_yaml(REVIEW.replace("about: police-right-to-review", "about: police-right-of-review"))
    faults = [str(fault) for fault in CODE.assess(case, as_at=date(2026, 7, 10)).faults]

    assert faults == [
        "events[4].about: There is no scheme 'police-right-of-review', so this record has no effect."
        " Did you mean 'police-right-to-review'? [VC-CASE-009]"
    ]


def test_no_date_of_birth_is_shown():
    case = vc.Case.from_yaml(
        "{reference: X, offence: {committed_on: 2024-01-10, flags: [sexual-offence]},"
        " victims: [{reference: V1, born: 2008-09-15}], events: [{event: crime-reported, at: 2024-01-11}]}"
    )
    result = CODE.assess(case, as_at=date(2026, 1, 1))

    assert "2008" not in repr(result.windows)
    assert "9, 15" not in repr(result.windows)


@given(cases(), st.dates(FIRST_DAY, LAST_DAY))
def test_a_window_that_is_closed_never_opens_again_by_itself(case, day):
    now = {key(one): one for one in CODE.assess(case, as_at=day).windows}
    cut = vc.Case(
        reference="cut",
        victims=case.victims,
        offences=case.offences,
        events=[event for event in case.events if event.on <= day],
    )
    for one in CODE.assess(cut, as_at=day + timedelta(days=400)).windows:
        if key(one) in now and now[key(one)].state.value == "closed":
            assert one.state.value == "closed"


@given(cases())
def test_every_window_holds_together(case):
    for one in CODE.assess(case, as_at=LAST_DAY).windows:
        assert one.applies is not False
        assert (one.state.value == "open") <= (one.applies is True)
        assert one.opened_on is None or one.opened_on <= LAST_DAY
        for closing in one.closings:
            assert closing.on is None or one.opened_on is None or closing.on >= one.opened_on
        assert one.explain().summary


@given(cases(), st.sampled_from(["crown-court-sentence", "decided-by-police", "injured-by-violent-crime"]))
def test_stating_a_fact_never_turns_one_decided_state_into_another(case, fact):
    of_case = fact != "injured-by-violent-crime"
    known = [flag for one in case.offences for flag in one.flags] if of_case else case.victims[0].facts
    if any(item.fact == fact for item in known):
        return
    told = {**case.to_dict()}
    plain = vc.Assertion(fact=fact, value=True)
    offences, victims = list(case.offences), list(case.victims)
    if of_case:
        offences = [evolve(offence, flags=(*offence.flags, plain)) for offence in offences]
    else:
        first = victims[0]
        victims[0] = vc.Victim(
            reference=first.reference, born=first.born, capacity=first.capacity, facts=(*first.facts, plain)
        )
    more = vc.Case(reference=told["reference"], victims=victims, offences=offences, events=case.events)
    before = {key(one): one.state.value for one in CODE.assess(case, as_at=LAST_DAY).windows}
    for one in CODE.assess(more, as_at=LAST_DAY).windows:
        earlier = before.get(key(one), "unknown")
        assert earlier in ("unknown", one.state.value)


def key(one):
    return one.scheme.id, one.victim, one.opened_by, one.opened_on, one.opened.offence


@pytest.mark.parametrize("form", ["text", "markdown", "html", "windows-csv", "ics", "json"])
def test_the_command_line_shows_windows_in_every_format(tmp_path, form):
    from click.testing import CliRunner

    from victims_code.cli import main

    file = tmp_path / "case.yaml"
    file.write_text(REVIEW, encoding="utf-8")
    done = CliRunner().invoke(main, ["assess", str(file), "--as-at", "2026-07-10", "--format", form])

    assert done.exit_code == 0, done.output
    assert "Attorney General" in done.output.replace("\n ", "").replace("\r", "")


def test_every_column_of_the_windows_has_a_name_of_its_own():
    assert len(set(WINDOW_CSV_COLUMNS)) == len(WINDOW_CSV_COLUMNS)


def test_the_command_line_says_whether_law_was_in_force():
    from click.testing import CliRunner

    from victims_code.cli import main

    done = CliRunner().invoke(main, ["in-force", "vpa-2024-s27", "--on", "2025-01-28"])
    assert done.output == (
        "Victims and Prisoners Act 2024, s.27: prospective on Tuesday 28 January 2025; it began on Wednesday 29 January"
        " 2025 under SI 2025/95. (evidence: text)\n"
    )
    table = CliRunner().invoke(main, ["in-force", "--on", "2025-02-01"]).output
    assert "vpa-2024-s5" in table
