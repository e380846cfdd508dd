"""The timeline of a case, read as a reader reads it: its words, and where on the axis things stand."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from shared.read_page import read_page
from victims_code.render.drawing import _SHAPES, COLOURS, Scale
from victims_code.render.tables import STATUS_WORDS
from victims_code.testing.strategies import LAST_DAY, cases

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (820, 380)


def event(name, at, **more):
    return vc.Event(event=name, at=at, **more)


def timeline(*events, victims=(("V1", {"born": date(1960, 3, 2)}),), as_at=date(2026, 4, 20)):
    people = [vc.Victim(reference=reference, **more) for reference, more in victims]
    offence = vc.Offence(committed_on=min((one.on for one in events), default=None))
    case = vc.Case(reference="A1 & <B>", victims=people, events=events, offence=offence)
    return vc.VictimsCode.load().assess(case, as_at=as_at).timeline()


ASSESSED = event("needs-assessed", date(2026, 4, 1))
ARREST = event("suspect-arrested", date(2026, 4, 2), suspect="S1")


def told(day):
    return event("victim-informed", day, about="suspect-arrested", suspect="S1")


def drawn(line, width=820):
    return ElementTree.fromstring(line.to_svg(width=width))


def words(root):
    return " ".join(text.text for text in root.iter(f"{SVG}text"))


def rows(root):
    """Each row by the sentence that says it whole."""
    titled = [(group.find(f"{SVG}title"), group) for group in root.iter(f"{SVG}g")]
    return {title.text: group for title, group in titled if title is not None}


def row(root, sentence):
    (found,) = [group for said, group in rows(root).items() if said == sentence]
    return found


def bar(group):
    """The bars of a row as pairs of left and right edge."""
    boxes = [box for box in group.iter(f"{SVG}rect") if box.get("height") == "10"]
    return [(float(box.get("x")), float(box.get("x")) + float(box.get("width"))) for box in boxes]


def scale_of(line, width=820):
    from victims_code.render.timeline import _Page

    return _Page(timeline=line.to_dict(), width=width).scale


TOLD_OF_ARREST = "Tell the victim that a suspect has been arrested (S1): "


@pytest.mark.parametrize(
    ("told_on", "as_at", "sentence"),
    [
        (date(2026, 4, 8), date(2026, 4, 20), "met (done Wed 8 Apr 2026); due Mon 13 Apr 2026"),
        (
            date(2026, 4, 15),
            date(2026, 4, 20),
            "met late by 2 working days (done Wed 15 Apr 2026); due Mon 13 Apr 2026",
        ),
        (None, date(2026, 4, 20), "overdue by 5 working days; due Mon 13 Apr 2026"),
        (None, date(2026, 4, 13), "due today; due Mon 13 Apr 2026"),
        (None, date(2026, 4, 7), "not yet due; due Mon 13 Apr 2026"),
    ],
)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_duty_says_in_words_how_it_stands(told_on, as_at, sentence, width):
    line = timeline(ASSESSED, ARREST, *([told(told_on)] if told_on else []), as_at=as_at)
    root = drawn(line, width)

    assert row(root, TOLD_OF_ARREST + sentence) is not None
    for part in sentence.split("; "):
        assert part in words(root)


def test_a_window_runs_from_its_event_to_the_end_of_its_last_day():
    line = timeline(ASSESSED, ARREST)
    scale = scale_of(line)
    (found,) = bar(row(drawn(line), TOLD_OF_ARREST + "overdue by 5 working days; due Mon 13 Apr 2026"))

    assert found == pytest.approx((scale.start_of(date(2026, 4, 2)), scale.end_of(date(2026, 4, 13))), abs=0.11)


def test_both_limits_are_drawn_where_the_track_is_not_known():
    line = timeline(ARREST, as_at=date(2026, 4, 3))  # needs not assessed
    scale = scale_of(line)
    sentence = TOLD_OF_ARREST + "not yet due; due Mon 13 Apr 2026 (enhanced Tue 7 Apr 2026)"
    enhanced, standard = bar(row(drawn(line), sentence))

    assert enhanced == pytest.approx((scale.start_of(date(2026, 4, 2)), scale.end_of(date(2026, 4, 7))), abs=0.11)
    assert standard == pytest.approx((scale.end_of(date(2026, 4, 7)), scale.end_of(date(2026, 4, 13))), abs=0.11)
    assert "not known which limit applies: the enhanced one, then the standard one" in words(drawn(line))


def test_every_status_has_a_shape_of_its_own():
    shapes = [" ".join(shape("black")) for shape in _SHAPES.values()]

    assert set(_SHAPES) == set(STATUS_WORDS)
    same = {status for status in _SHAPES if shapes.count(" ".join(_SHAPES[status]("black"))) > 1}
    assert same <= {"not-yet-due", "undated"}  # a duty without a date has no place on the axis


def test_weekends_and_bank_holidays_are_shaded_and_named():
    line = timeline(ASSESSED, ARREST)
    scale = scale_of(line)
    shaded = {
        box.find(f"{SVG}title").text: float(box.get("x"))
        for box in drawn(line).iter(f"{SVG}rect")
        if box.find(f"{SVG}title") is not None
    }

    assert list(shaded) == [
        "Fri 3 Apr 2026: Good Friday",
        "Sat 4 Apr 2026: Saturday",
        "Sun 5 Apr 2026: Sunday",
        "Mon 6 Apr 2026: Easter Monday",
        "Sat 11 Apr 2026: Saturday",
        "Sun 12 Apr 2026: Sunday",
        "Sat 18 Apr 2026: Saturday",
        "Sun 19 Apr 2026: Sunday",
    ]
    assert shaded["Mon 6 Apr 2026: Easter Monday"] == pytest.approx(scale.start_of(date(2026, 4, 6)), abs=0.11)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_reader_is_told_what_it_is_and_what_is_late(width):
    root = drawn(timeline(ASSESSED, ARREST), width)

    assert root.get("role") == "img"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "Timeline of case A1 & <B> as at Mon 20 Apr 2026")
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text.startswith("2 events on record. Duties with a date: 1 overdue")
    assert (
        "Tell the victim that a suspect has been arrested (V1, S1), due Mon 13 Apr 2026: overdue by 5 working days."
        in root[1].text
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_legend_explains_what_is_there_and_nothing_else(width):
    met = words(drawn(timeline(ASSESSED, ARREST, told(date(2026, 4, 8))), width)).split("an event")[1]
    late = words(drawn(timeline(ASSESSED, ARREST), width)).split("an event")[1]

    for phrase in (
        "from the event to the last day in time",
        "as at Mon 20 Apr 2026",
        "Saturday or Sunday",
        "bank holiday",
    ):
        assert phrase in met
        assert phrase in late
    assert "met" in met
    assert "overdue" not in met
    assert "past the last day" not in met
    assert "past the last day" in late


def test_events_are_rows_and_a_telling_stands_on_the_bar_of_its_duty():
    root = drawn(timeline(ASSESSED, ARREST, told(date(2026, 4, 8)), event("crime-reported", date(2026, 4, 1))))

    assert {said for said in rows(root) if "Tell" not in said and "Apr 2026: " in said and ", " not in said} >= {
        "Wed 1 Apr 2026: Needs assessed",
        "Wed 1 Apr 2026: Crime reported",
        "Thu 2 Apr 2026: Suspect arrested (S1)",
    }
    assert "Victim informed" not in words(root)
    astray = drawn(timeline(ASSESSED, told(date(2026, 4, 8))))
    assert "Wed 8 Apr 2026: Victim informed: suspect arrested (S1)" in rows(astray)


def test_rows_are_grouped_by_victim_and_what_is_owed_alike_stands_once():
    parent = ("V2", {"capacity": "parent-or-guardian", "speaks_for": ["V1"]})
    child = ("V1", {"born": date(2012, 5, 1)})
    line = timeline(event("crime-reported", date(2026, 4, 1)), ARREST, victims=(child, parent))
    root = drawn(line)
    own = vc.Event(event="victim-informed", at=date(2026, 4, 7), about="suspect-arrested", suspect="S1", victim="V1")
    apart = drawn(timeline(event("crime-reported", date(2026, 4, 1)), ARREST, own, victims=(child, parent)))

    headings = [text.text for text in root.iter(f"{SVG}text") if (text.text or "").startswith("Owed to")]
    assert headings == ["Owed to V1 and V2"]
    headings = [text.text for text in apart.iter(f"{SVG}text") if (text.text or "").startswith("Owed to")]
    assert headings == ["Owed to V1 and V2", "Owed to V1", "Owed to V2"]
    assert "2012" not in line.to_svg()


def test_a_duty_whose_last_day_is_not_known_says_so():
    root = drawn(timeline(ASSESSED, event("hearing-listed", date(2026, 4, 2), suspect="S1")))
    sentence = (
        "Tell the victim the time, date and place of a hearing, and of any change (S1): act now: it may be late"
        " already; due date not known"
    )

    assert bar(row(root, sentence)) == []
    assert "the last day is not known" in words(root)


def long_case():
    names = ["suspect-arrested", "suspect-bailed", "suspect-charged", "hearing-listed", "sentence-passed"]
    start = date(2021, 5, 4)
    events = [
        event(
            names[n % 5],
            start + timedelta(days=75 * n),
            suspect=f"S{n % 2 + 1}",
            received=start + timedelta(days=75 * n),
        )
        for n in range(20)
    ]
    return timeline(event("crime-reported", start), *events, victims=(("V1", {}), ("V2", {})), as_at=date(2025, 9, 1))


@pytest.mark.parametrize("width", WIDTHS)
def test_years_of_many_duties_stay_legible(width):
    """No words run out of the picture or into others, ticks keep their distance, and days too narrow are left out."""
    root = drawn(long_case(), width)
    seen = words(root)

    assert len(rows(root)) > 40
    assert "Not shown, being too narrow at this scale: weekends and bank holidays." in " ".join(seen.split())
    assert "Jan 2022" in seen or "2022" in seen
    assert not [box for box in root.iter(f"{SVG}rect") if box.find(f"{SVG}title") is not None]
    labels = [text for text in root.iter(f"{SVG}text") if text.get("font-size") == "12" and float(text.get("y")) < 80]
    places = sorted(float(label.get("x")) for label in labels)
    assert min(b - a for a, b in pairwise(places)) >= 55
    for text in root.iter(f"{SVG}text"):
        if text.get("text-anchor", "start") == "start":
            size = float(text.get("font-size", 13))
            assert float(text.get("x")) + len(text.text) * size * 0.5 <= width


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        (date(2026, 4, 24), ["6 Apr 2026", "13 Apr", "20 Apr"]),
        (date(2026, 9, 20), ["Apr 2026", "May", "Jun", "Jul", "Aug", "Sep"]),
        (date(2028, 9, 20), ["Jul 2026", "Jan 2027", "Jul", "Jan 2028", "Jul"]),
        (date(2050, 1, 1), ["2028", "2032", "2036", "2040", "2044", "2048"]),
    ],
)
def test_ticks_suit_the_length_of_the_case(last, labels):
    scale = Scale(first=date(2026, 4, 1), last=last, left=0, right=460)

    assert [tick.label for tick in scale.ticks(62)] == labels


def test_a_notebook_gets_both_forms_and_only_one_is_announced():
    html = timeline(ASSESSED, ARREST).to_html()

    assert html.count("<svg") == 2
    assert re.search(r'<div class="vc-narrow" hidden><svg [^>]*viewBox="0 0 380 ', html)
    assert '<figure class="vc-timeline" aria-label="Timeline of case A1 &amp; &lt;B&gt; as at Mon 20 Apr 2026">' in html
    assert read_page(html).roles == ["img", "img"]


@pytest.mark.parametrize("width", [820, 390])
def test_a_converter_finds_the_size_of_the_picture_and_nothing_that_takes_it_away(width):
    """Some read `height: auto` as no height and paint nothing, so what fits it to a window is in the page's style."""
    root = drawn(timeline(ASSESSED, ARREST), width)

    assert root.get("width") == str(width)
    assert float(root.get("height")) > 100
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert [element for element in root.iter() if element.get("style")] == []
    assert ".vc .vc-timeline svg { display: block; max-width: 100%; height: auto; }" in timeline(ARREST).to_html()


def test_the_page_of_an_assessment_has_the_picture():
    case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")], events=[ARREST])
    html = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).to_html(page=True)

    assert "<title>Timeline of case A1 as at Mon 20 Apr 2026</title>" in html


def test_a_case_without_duties_is_drawn_too():
    line = timeline(event("victim-informed", date(2004, 1, 1), about="suspect-arrested"), as_at=date(2004, 1, 1))

    assert "Duties with a date: none with a date." in drawn(line)[1].text
    assert "1 event on record." in drawn(line)[1].text


def test_it_draws_what_was_known_then():
    early = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1", recorded=date(2026, 4, 9))
    case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")], events=[ASSESSED, early])
    code = vc.VictimsCode.load()

    then = code.assess(case, as_at=date(2026, 4, 20), known_on=date(2026, 4, 8)).timeline()
    assert "Suspect arrested" not in then.to_svg()
    assert "Suspect arrested" in code.assess(case, as_at=date(2026, 4, 20)).timeline().to_svg()


def test_draft_law_says_that_it_is_draft():
    plain = timeline(ASSESSED, ARREST).to_dict()
    from victims_code import render

    assert "Hypothetical, not law: mine." in render.timeline_to_svg(
        {**plain, "cautions": ["Hypothetical, not law: mine."]}
    )


# --- any case whatever -------------------------------------------------------------------------------------------


@given(case=cases(first=date(2006, 4, 3)), width=st.integers(320, 1200))
def test_any_case_is_drawn_whole_and_within_the_picture(case, width):
    result = vc.VictimsCode.load().assess(case, as_at=LAST_DAY)
    root = drawn(result.timeline(), width)
    height = float(root.get("height"))
    dated = [one for one in result.obligations if one.due_on or "received" in one.to_dict()["missing_facts"]]

    assert all(any(said.startswith(one.duty.title) for said in rows(root)) for one in dated)
    for group in rows(root).values():
        assert all(0 <= left < right <= width for left, right in bar(group))
    assert all(0 < float(text.get("y")) <= height for text in root.iter(f"{SVG}text") if text.text != "?")
    for victim in case.victims:
        if victim.born:
            assert victim.born.isoformat() not in ElementTree.tostring(root, encoding="unicode")


@pytest.mark.parametrize("ground", ["#ffffff", "#131416"])
@pytest.mark.parametrize("colour", sorted(set(COLOURS.values())))
def test_marks_stand_out_on_light_and_dark_pages(colour, ground):
    """Three to one at the least, as accessible pages need of parts of a picture (WCAG 2, 1.4.11)."""

    def light(code):
        parts = [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(colour), light(ground)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3


def test_the_deadlines_come_before_the_picture_of_them():
    case = vc.Case(
        reference="A",
        victims=[vc.Victim(reference="V1")],
        events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")],
    )
    page = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).to_html(page=True)
    assert page.index("Mon 13 Apr 2026 (enhanced Tue 7 Apr 2026)") < page.index("<svg") < page.index("<details>")
