"""What objects show of themselves in a notebook: read as a reader reads it, and never a date of birth."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

import victims_code as vc
from shared.read_page import read_page
from victims_code import render
from victims_code.commissioning.outcomes import Count, OutcomeFramework, Pair, Questionnaire, measured, paired, share
from victims_code.compliance.measuring.definitions import measures as compliance_measures

BORN = ("2012-05-04", "4 May 2012", "04/05/2012", "2012")


def case() -> vc.Case:
    return vc.Case(
        reference="22/0500/26 <&>",
        offence=vc.Offence(
            committed_on=date(2026, 3, 31), cjs_code="TH68006", flags=["domestic-abuse", "not-terrorism"]
        ),
        victims=[
            vc.Victim(reference="V1", born=date(2012, 5, 4), facts={"mental-disorder": True}),
            vc.Victim(reference="V2", capacity="parent-or-guardian", speaks_for=["V1"]),
        ],
        events=[
            vc.Event(event="suspect-charged", at=date(2026, 4, 10), suspect="S1"),
            vc.Event(event="crime-reported", at=datetime.fromisoformat("2026-04-01T10:20")),
            vc.Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 8), victim="V1", suspect="S1"),
            vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1"),
        ],
    )


def assessed() -> vc.Assessment:
    return vc.VictimsCode.load().assess(case(), as_at=date(2026, 4, 20))


def measure():
    return OutcomeFramework.load("victims-funding-strategy-2022").measure("referrals")


def test_a_case_shows_who_and_what_in_order_and_keeps_the_birthday_to_itself():
    page = read_page(case()._repr_html_())

    assert page.headings == [("h3", "Case 22/0500/26 <&>")]
    assert "Offence: committed on Tue 31 Mar 2026, CJS code TH68006." in page.text
    assert "Flags: domestic abuse; terrorism: no." in page.text
    assert page.table("Victims").rows == [
        ["V1", "person", "on record, not shown", "mental disorder: yes"],
        ["V2", "parent or guardian, speaks for V1", "not on record", "–"],
    ]
    assert [(row["When"], row["Event"]) for row in page.table("What happened").records] == [
        ("Wed 1 Apr 2026, 10:20", "crime reported"),
        ("Thu 2 Apr 2026", "suspect arrested"),
        ("Wed 8 Apr 2026", "victim informed: suspect arrested"),
        ("Fri 10 Apr 2026", "suspect charged"),
    ]


def test_a_correction_says_what_it_corrects():
    first = vc.Event(event="crime-reported", at=date(2026, 4, 1), reference="E1")
    withdrawn = vc.Event(event="crime-reported", at=date(2026, 4, 1), replaces="E1", withdrawn=True)
    page = read_page(
        vc.Case(reference="A", victims=[vc.Victim(reference="V1")], events=[first, withdrawn])._repr_html_()
    )

    assert [row["Correction"] for row in page.table("What happened").records] == ["–", "withdrawn, corrects E1"]


def test_an_assessment_shows_tables_that_say_what_they_hold():
    page = read_page(assessed()._repr_html_())

    assert page.headings[0] == ("h3", "Case 22/0500/26 <&> as at Mon 20 Apr 2026")
    assert [table.caption for table in page.tables][:3] == [
        "Who is covered",
        "Duties with a date",
        "Also owed, with no number of days in the Code",
    ]
    arrest = [row for row in page.table("Duties with a date").records if "arrested" in row["Duty"]]
    assert [(row["To"], row["Due"], row["Status"]) for row in arrest] == [
        ("V1", "Tue 7 Apr 2026", "met late by 1 working day (done Wed 8 Apr 2026)"),
        ("V2", "Tue 7 Apr 2026", "overdue by 9 working days"),
    ]
    assert page.roles.count("table") == len(page.tables)


def test_an_obligation_shows_why():
    (arrest,) = assessed().find("inform-suspect-arrested", victim="V1")
    page = read_page(arrest._repr_html_())

    assert "V1 gets Enhanced Rights, so the enhanced limit applies." in page.text
    assert "Friday 3 April 2026 is not counted: Good Friday." in page.text
    assert "Readings taken" in page.text
    assert arrest._repr_html_() == arrest.explain()._repr_html_()


def test_a_comparison_lists_the_same_duties_one_by_one():
    comparison = vc.VictimsCode.load().compare("code-2015", "code-2021")
    page = read_page(comparison._repr_html_())

    assert page.headings[0] == ("h3", "code-2015 and code-2021")
    assert f"The same: {len(comparison.same)} duties" in page.text
    assert {row["Duty"] for row in page.table("New").records} - {""} == {change.duty.id for change in comparison.new}


def test_a_measure_shows_what_it_counts_and_which_way_is_good():
    page = read_page(measure()._repr_html_())

    assert page.headings == [("h3", measure().title)]
    assert "Which way is good: demand." in page.text
    assert "Evidence: " in page.text
    assert page.table("How it is defined").columns == ["From", "Until", "What is counted", "Numerator", "Denominator"]


def test_a_measure_of_compliance_shows_what_is_above_and_below_the_line():
    page = read_page(compliance_measures()["on-time-share"]._repr_html_())

    assert page.headings == [("h3", "Done in time")]
    assert "Which way is good: higher is better." in page.text
    assert page.table("What is counted").rows == [
        ["above the line", "done by the due date", "met"],
        ["below the line", "done or overdue", "met, met late, overdue"],
        ["left out, and counted apart", "left out as never recorded", "overdue"],
    ]
    assert ["Duties for which the Code gives no number of days."] in page.table("What is left out").rows


def test_an_outcome_shows_what_it_rests_on():
    outcome = OutcomeFramework.load("victims-funding-strategy-2022").outcomes[0]
    page = read_page(outcome._repr_html_())

    assert page.headings == [("h3", outcome.title)]
    assert f"Outcome {outcome.id}." in page.text
    assert "Sources: " in page.text


def test_a_result_shows_its_figure_and_of_how_many():
    found = measured(measure(), Count(number=1408, counted="referrals"), on=date(2022, 6, 30))

    assert read_page(found._repr_html_()).table("Result").rows == [["referrals", "1,408"]]


def test_a_share_and_scores_show_how_many_were_counted():
    better = Count(number=46, counted="better able to cope", among="those asked")
    of = share(better, Count(number=60, counted="those asked"), eligible=80)
    scores = paired(
        [Pair(start=20, exit=9), Pair(start=15, exit=15), Pair(start=18, exit=None)], Questionnaire.load("core-10")
    )

    assert list(of.rows()) == [
        ("better able to cope, among those asked", "46 of 60: 76.7%"),
        ("how many were counted", "60 of 80 (75.0%)"),
    ]
    assert list(scores.rows())[:3] == [("better", "1"), ("the same", "1"), ("worse", "0")]
    assert dict(scores.rows())["how many were counted"] == "2 of 3 (66.7%)"
    assert Decimal(dict(scores.rows())["mean gain; positive is better"]) == Decimal("5.5")


SHOWN = {
    "case": case,
    "assessment": assessed,
    "timeline": lambda: assessed().timeline(),
    "obligation": lambda: assessed().obligations[0],
    "explanation": lambda: assessed().obligations[0].explain(),
    "comparison": lambda: vc.VictimsCode.load().compare("code-2015", "code-2021"),
    "measure": measure,
    "measure of compliance": lambda: compliance_measures()["on-time-share"],
    "outcome": lambda: OutcomeFramework.load("victims-funding-strategy-2022").outcomes[0],
    "result": lambda: measured(measure(), Count(number=408, counted="referrals"), on=date(2022, 6, 30)),
}


@pytest.mark.parametrize("name", SHOWN)
def test_every_object_keeps_to_itself(name):
    """Its style touches nothing else, its colours are those of the page, and it fetches and runs nothing."""
    html = SHOWN[name]()._repr_html_()
    (style,) = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    plain = re.sub(r"@container[^{]*\{(.*?\})\s*\}", r"\1", style, flags=re.DOTALL)
    selectors = [selector.strip() for selector in re.findall(r"([^{}]+)\{", plain)]

    assert selectors
    assert all(selector.startswith(".vc") for selector in selectors)
    assert set(re.findall(r"(?:^|[\s;{])(?:color|background): ([^;}]+)", style)) <= {"inherit", "none"}
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://(?!www\.w3\.org/2000/svg)", html)
    read_page(html)


@pytest.mark.parametrize("name", ["case", "timeline", "obligation", "explanation"])
def test_no_date_of_birth_is_shown(name):
    html = SHOWN[name]()._repr_html_()

    assert not [text for text in BORN if text in html]


@pytest.mark.parametrize("name", SHOWN)
def test_without_jinja2_a_notebook_falls_back_to_text(name, monkeypatch):
    thing = SHOWN[name]()
    thing._repr_html_()
    from victims_code.render import pages

    monkeypatch.setitem(sys.modules, "jinja2", None)
    pages._environment.cache_clear()
    try:
        assert thing._repr_html_() is None
    finally:
        pages._environment.cache_clear()


def test_reading_a_case_does_not_load_what_shows_it():
    check = "import sys, victims_code as vc; vc.Case; sys.exit('victims_code.render' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_stored_result_is_shown_without_the_case():
    page = read_page(render.assessment_to_html(assessed().to_dict()))

    assert not [role for role in page.roles if role == "img"]
    assert page.table("Duties with a date").rows
