"""The assessment and the timeline as a browser shows them: on a desk, on a telephone, in the light and in the dark."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from render.test_timeline import ARREST, ASSESSED, long_case, told

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    people = [vc.Victim(reference=name, born=date(1990, 5, 1)) for name in ("V1", "V2")]
    offence = vc.Offence(committed_on=date(2026, 3, 31))
    events = [ASSESSED, ARREST, told(date(2026, 4, 8))]
    case = vc.Case(reference="A1", victims=people, offence=offence, events=events)
    path = tmp_path_factory.mktemp("assessment") / "case.html"
    html = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).to_html(page=True)
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def long_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("timeline") / "timeline.html"
    start = (
        '<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>A long case</title>'
    )
    path.write_text(start + long_case().to_html(), encoding="utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", ["desk", "tablet", "telephone"])
def test_nothing_runs_over_and_nothing_is_complained_of(browser, page, size, dark):
    browser.open(page, size, dark=dark)
    browser.keep(f"assessment-{size}{'-dark' if dark else ''}")

    assert browser.runs_over() == []
    assert browser.complaints() == []
    assert browser.ask("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_one_picture_is_announced_and_tables_stay_tables(browser, page, size):
    browser.open(page, size)
    nodes = browser.nodes()
    roles = [node.get("role", {}).get("value") for node in nodes]
    pictures = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]

    assert [picture["name"]["value"] for picture in pictures] == ["Timeline of case A1 as at Mon 20 Apr 2026"]
    assert pictures[0]["description"]["value"] == "3 events on record. Duties with a date: 2 met."
    assert roles.count("table") == browser.ask("return document.querySelectorAll('table').length")
    assert roles.count("columnheader") == browser.ask("return document.querySelectorAll('thead th').length")
    names = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "table"]
    assert "Duties with a date" in names
    assert all(names)


@pytest.mark.parametrize("which", ["page", "long_page"])
@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_words_of_the_picture_can_be_read_and_do_not_run_into_each_other(browser, request, which, size):
    browser.open(request.getfixturevalue(which), size)
    browser.keep(f"{which}-{size}")
    found = browser.ask(_WORDS)

    assert found["shown"] == 1
    assert found["least"] >= 11  # pixels on the glass
    assert found["outside"] == []
    assert found["touching"] == []


_WORDS = """
const shown = [...document.querySelectorAll("svg")].filter(s => s.getBoundingClientRect().width);
const frame = shown[0].getBoundingClientRect();
const boxes = [...shown[0].querySelectorAll("text")].map(t => ({words: t.textContent, box: t.getBoundingClientRect(),
  size: parseFloat(getComputedStyle(t).fontSize) * frame.width / shown[0].viewBox.baseVal.width}));
const touching = [];
for (const [n, a] of boxes.entries()) for (const b of boxes.slice(n + 1)) {
  const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
  const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
  if (wide > 1 && high > 3) touching.push([a.words, b.words]);
}
return {
  shown: shown.length,
  least: Math.min(...boxes.filter(b => b.words != "?").map(b => b.size)),
  outside: boxes.filter(b => b.box.right > frame.right + 1 || b.box.left < frame.left - 1).map(b => b.words),
  touching: touching,
};
"""
