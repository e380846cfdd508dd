"""The board's report: what it says, what it leaves out, and how it is written down."""

from __future__ import annotations

import csv
import io
import random
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from shared.made_obligations import table_of, times
from victims_code import compliance
from victims_code.compliance.board_report.pages import waiting_sheets
from victims_code.decimals import percent
from victims_code.errors import WrongValueError

AS_AT = date(2026, 8, 14)
DUTIES = ["inform-suspect-arrested", "refer-to-support", "inform-hearing-listed"]


def force(seed=1, number=900):
    """A small force's two years, spread unevenly."""
    chance = random.Random(seed)
    days = ["2025-11-11", "2026-02-02", "2026-05-05", "2026-08-03"]
    rows = []
    for n in range(number):
        status = chance.choices(["met", "met-late", "overdue", "cannot-tell", "not-yet-due"], [60, 15, 15, 6, 4])[0]
        rows.append(
            {
                "case_ref": f"CASE/{n:05}",
                "duty": chance.choices(
                    ["inform-suspect-arrested", "refer-to-support", "inform-hearing-listed"], [5, 4, 1]
                )[0],
                "status": status,
                "days_late": {"met-late": 3, "overdue": chance.randint(1, 90), "cannot-tell": None}.get(status, 0),
                "due_on": "2026-08-18" if status == "not-yet-due" else "2026-06-01",
                "triggered_on": chance.choices(days, [3, 3, 3, 1])[0],
                "force": chance.choices(["North", "South", "West"], [5, 3, 1])[0],
                "track": chance.choices(["standard", "enhanced"], [3, 1])[0],
                "missing_facts": "mental-disorder" if status == "cannot-tell" else None,
            }
        )
    rows += times(60, duty="inform-suspect-interviewed-under-caution", status="overdue", days_late=7, force="North")
    rows += times(40, duty="refer-to-support", status="overdue", days_late=7, force="West")
    rows += times(80, duty="offer-vps", status="undated", due_on=None, days_late=None, force="North")
    rows += times(40, duty="offer-vps", status="met", due_on=None, force="South")
    return table_of(rows, force="VARCHAR", missing_facts="VARCHAR")


@pytest.fixture(scope="module")
def made():
    return compliance.report(force(), as_at=AS_AT, area="Anyshire")


@pytest.fixture(scope="module")
def page(made):
    return made.to_html()


class Outline(HTMLParser):
    """The elements of a page that matter to a reader who does not see it."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.headings, self.ids, self.tables, self.open = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": False, "th": [], "roles": given.get("role")})
        if tag == "caption":
            self.tables[-1]["caption"] = True
        if tag == "th":
            self.tables[-1]["th"].append(given)


def test_headlines(made):
    figures = {headline.title: headline.figure for headline in made.headlines}

    assert re.fullmatch(r"\d\d\.\d%", figures["Done in time"])
    assert re.fullmatch(r"\d+ working days?", figures["Working days late, median"])
    assert re.fullmatch(r"\d+ working days?", figures["Age of what is overdue, median"])
    for headline in made.headlines:
        assert re.fullmatch(r"[^.:]+(: if [^.]+, ask [^.]+|: ask [^.]+)\.", headline.meaning), headline.title
    assert "Done in time, Apr–Jun 2026" in figures, "the last quarter that is over"


def test_the_headline_agrees_with_the_measure(made):
    total = compliance.measure("on-time-share", force(), small_numbers=None).total

    assert made.headlines[0].figure == percent(total.value)
    assert made.headlines[0].note.endswith("; not counted, 60 of duties never recorded")
    assert {h.title: h.figure for h in made.headlines}["Duties never once on record as done"] == "140", (
        "with 80 statements not offered in North"
    )


INTERVIEWED = "Tell the victim that a suspect has been interviewed under caution"


def test_what_the_data_never_shows_is_not_said_to_be_never_done(made):
    """No interview is on record as told of, 60 of 60: that is no 0.0 %, and no rank among the worst."""
    row = next(row for sheet in made.by for row in sheet.rows if row[0] == INTERVIEWED)

    assert row[1:4] == ("not recorded in this data", "–", "60 left out")
    assert INTERVIEWED not in {row[0] for row in made.worst.sheet.rows}
    assert "Left out: 1 duty that this data never shows as done." in made.worst.sheet.what
    assert all(share != "0.0%" for share in (row[1] for row in made.worst.sheet.rows))


def test_a_headline_that_is_not_recorded_gives_no_interval(made):
    headlines = {h.title: h for h in made.headlines}

    assert headlines["On hold at the victim's wish"].figure == "not recorded in this data"
    assert re.fullmatch(r"of [\d,]+ obligations", headlines["On hold at the victim's wish"].note)
    assert "with a deadline or without" in headlines["Duties never once on record as done"].meaning


def test_a_hidden_headline_says_why():
    rows = [*times(30), *times(3, status="met-late", days_late=2), *times(2, status="cannot-tell", days_late=None)]
    headlines = {h.title: h for h in compliance.report(table_of(rows), as_at=AS_AT).headlines}

    late = headlines["Working days late, median"]
    assert late.figure == "hidden"
    assert late.note == "hidden: fewer than 5 obligations lie beyond it, or they lie in fewer than 5 cases"
    assert {h.title for h in headlines.values() if ("hidden: " in h.note) != (h.figure == "hidden")} == set()


def test_the_return_says_which_events_the_data_never_holds(made):
    rows = {row[0][:2]: row[2:] for row in made.quarterly.rows}
    without = compliance.report(table_of(times(60, status="overdue", days_late=4)), as_at=AS_AT).quarterly

    assert "%" in rows["3."][0]
    assert {cell for row in without.rows if row[0].startswith("3.") for cell in row[2:]} == {
        "Not recorded in this data"
    }


@pytest.mark.parametrize(("day", "latest"), [(date(2026, 6, 29), "Jan–Mar 2026"), (date(2026, 6, 30), "Apr–Jun 2026")])
def test_a_quarter_is_over_on_its_last_day(day, latest):
    rows = [*times(30, triggered_on="2026-02-02"), *times(30, triggered_on="2026-05-05")]
    made = compliance.report(table_of(rows), as_at=day)

    assert f"Done in time, {latest}" in {headline.title for headline in made.headlines}
    assert ("hollow point" in made.trend.caption) is (latest == "Jan–Mar 2026")


def test_captions_are_those_of_their_plot(made):
    assert made.trend.caption.startswith("Each point is the share done in time of what arose in a quarter")
    assert made.worst.caption.startswith("Each point is the share of a duty")
    (areas,) = made.areas
    assert areas.caption.startswith("Each point is an area; the level line is the whole.")
    outside = [row for row in areas.sheet.rows if row[-1] not in ("within the expected range", "–")]
    assert all(f"{row[0]} is {row[-1]}" in areas.caption for row in outside)
    assert outside
    assert areas.sheet.columns[-1] == "Against the limits"


def test_reasons_why_it_is_not_known_come_by_size():
    rows = [
        row
        for fact, number in (("domestic-abuse", 7), ("mental-disorder", 30), ("received", 12))
        for row in times(number, status="cannot-tell", days_late=None, missing_facts=fact)
    ]
    (_, facts) = compliance.report(table_of(rows, missing_facts="VARCHAR"), as_at=AS_AT).quality

    assert [row[1] for row in facts.rows] == ["49", "30", "12", "7"]
    assert facts.rows[2][0] == "When was it received?"


def test_a_filter_is_said_in_every_output(tmp_path):
    made = compliance.report(force(), as_at=AS_AT, area="Anyshire", where={"force": ["North", "South"]})
    files = {file.name: file.read_text(encoding="utf-8") for file in made.write(tmp_path)}

    assert made.title == "Compliance with the Victims' Code: Anyshire (only force: North or South)"
    for name, text in files.items():
        assert "force: North or South" in text, name
    assert {item.areas["force"] for item in made.waiting.overdue} == {"North", "South"}
    assert "West" not in {row[0] for sheet in made.areas for row in sheet.sheet.rows}


def test_the_waiting_list_shows_every_duty_before_many_of_one(made):
    (overdue, *_) = [sheet for sheet in waiting_sheets(made) if sheet.id == "overdue"]
    columns = {name: n for n, name in enumerate(overdue.columns)}
    first = [row[columns["Duty"]] for row in overdue.rows[:3]]

    assert len(set(first)) == 3
    assert len(overdue.rows) == 40
    assert {row[columns["Force"]] for row in overdue.rows} <= {"North", "South", "West"}
    assert overdue.count == made.waiting.all_overdue


def test_what_is_never_recorded_is_said_apart(made):
    (recording, facts) = made.quality
    rows = {row[0]: row for row in recording.rows}
    columns = {name: n for n, name in enumerate(recording.columns)}

    interviewed = rows[INTERVIEWED]
    assert interviewed[columns["Duties never once on record as done"]] == "60"
    assert interviewed[columns["Nothing on record, though the duty is recorded elsewhere"]] == "0"
    assert facts.title == "Why it is not known"
    assert (
        "Does the victim have a mental disorder within the meaning of the Mental Health Act 1983?" in facts.rows[1][0]
    )


def test_the_return_says_what_cannot_be_measured(made):
    row = next(row for row in made.quarterly.rows if row[0].startswith("5."))

    assert row[1].startswith("Cannot be measured from this record.")


def test_the_waiting_list_names_cases_in_the_order_of_their_dates(made, page):
    days = [item.act_by for item in made.waiting.overdue]

    assert days
    assert days == sorted(days)
    assert made.waiting.all_never_recorded == len(made.waiting.never_recorded) == 60
    assert made.waiting.until == date(2026, 8, 21)
    assert all(item.due_on == date(2026, 8, 18) for item in made.waiting.due_soon)
    assert made.waiting.overdue[0].case in page
    assert "Not for publication" in page


def test_a_report_for_publication_names_no_case(tmp_path):
    made = compliance.report(force(), as_at=AS_AT, for_publication=True)
    files = made.write(tmp_path / "out")

    assert made.for_publication
    assert "waiting-list.csv" not in {file.name for file in files}
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "CASE/" not in text
        assert "Not for publication" not in text
    assert "For publication" in made.to_html()


def test_a_report_that_shows_small_numbers_is_not_for_publication():
    with pytest.raises(WrongValueError, match="not for publication"):
        compliance.report(force(), as_at=AS_AT, for_publication=True, small_numbers=None)
    made = compliance.report(force(), as_at=AS_AT, small_numbers=None)
    assert not made.for_publication
    assert "small numbers are shown" in made.to_markdown()


def test_files_beside_the_page(made, tmp_path):
    names = {file.name for file in made.write(tmp_path)}

    assert {"report.html", "report.md", "by-duty.csv", "trend.csv", "waiting-list.csv", "recording.csv"} <= names
    rows = list(csv.reader(io.StringIO((tmp_path / "by-duty.csv").read_text(encoding="utf-8"))))
    assert rows[0][:3] == ["duty", "on-time-share value", "on-time-share low"]
    assert rows[1][0] == "all"


@pytest.mark.long
def test_the_same_table_makes_the_same_bytes():
    first, second = (compliance.report(force(), as_at=AS_AT) for _ in range(2))

    assert first.to_html() == second.to_html()
    assert first.files == second.files


def test_other_periods_and_columns():
    made = compliance.report(force(), as_at=AS_AT, period="financial-year", by=["evidence"])

    assert [row[0] for row in made.trend.sheet.rows] == ["all", "2025/26", "2026/27"]
    assert "By evidence of the law" in [sheet.title for sheet in made.by]


def test_a_hypothetical_report_says_so_in_its_title():
    import victims_code as vc

    changed = vc.VictimsCode.load().with_changes(
        "two-days", title="two days", deadlines={"inform-suspect-arrested": {"standard": {"within": 2}}}
    )
    rows = times(30, edition="hypothetical-two-days")
    made = compliance.report(table_of(rows), as_at=AS_AT, code=changed)

    assert made.title.startswith("Hypothetical or draft, not law")
    assert "<title>Hypothetical" in made.to_html()
    assert "two days" in made.to_markdown()


def test_an_empty_table_gives_a_report_that_says_so():
    made = compliance.report(table_of([]), as_at=AS_AT)

    assert made.headlines[0].note == "nothing to count"
    assert made.trend is None
    assert "<h1>" in made.to_html()


# --- the page ---------------------------------------------------------------------------------------------------


def test_the_page_fetches_nothing_and_runs_nothing(page):
    outline = Outline(page)

    assert not [tag for tag, _ in outline.elements if tag in ("script", "link", "img", "iframe", "object", "base")]
    loads = [value for _, attrs in outline.elements for name, value in attrs.items() if name in ("src", "srcset")]
    assert loads == []
    links = [attrs["href"] for _, attrs in outline.elements if "href" in attrs]
    assert all(link.startswith("#") for link in links)
    assert "@import" not in page
    assert "url(http" not in page
    assert not [name for _, attrs in outline.elements for name in attrs if name.startswith("on")]


def test_headings_are_in_order_and_identifiers_used_once(page):
    outline = Outline(page)

    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    inside = {link[1:] for _, attrs in outline.elements if (link := attrs.get("href", "")).startswith("#")}
    assert inside <= set(outline.ids)


def test_tables_have_captions_and_headings_with_a_scope(page):
    tables = Outline(page).tables

    assert len(tables) >= 8
    for table in tables:
        assert table["caption"]
        assert table["roles"] == "table"
        assert table["th"]
        assert all(th.get("scope") in ("col", "row") for th in table["th"])


def test_plots_have_a_name_and_a_description(page):
    outline = Outline(page)
    plots = [attrs for tag, attrs in outline.elements if tag == "svg"]

    assert len(plots) == 3
    for plot in plots:
        assert plot["role"] == "img"
        assert set(plot["aria-labelledby"].split()) <= set(outline.ids)
    assert re.search(r"<desc[^>]*>[^<]*Apr–Jun 2026: \d\d\.\d%", page)


def test_the_page_says_its_language_and_title(page):
    outline = Outline(page)

    assert ("html", {"lang": "en-GB"}) in outline.elements
    assert (
        "<title>Compliance with the Victims' Code: Anyshire, Friday 14 August 2026</title>".replace("'", "&#39;")
        in page
    )


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_in_light_and_dark_and_print(page):
    """WCAG 2 level AA: 4.5 to 1 for text, on the page and on shaded ground."""
    palettes = re.findall(r":root \{([^}]*--paper[^}]*)\}", page)

    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", palette))
        for text in ("ink", "quiet", "accent", "warn"):
            for ground in ("paper", "shade"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_plots_use_the_colours_of_the_page(page):
    plots = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)

    for plot in plots:
        assert not re.findall(r"#[0-9a-f]{6}\b", plot), "a colour that does not follow the page"
        assert "var(--accent)" in plot


def test_markdown_has_every_table(made):
    text = made.to_markdown()

    for sheet in made.sheets:
        assert f"### {sheet.title}" in text
    assert "CASE/" in text
