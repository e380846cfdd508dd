"""The report as a browser shows it: on a desk, on a telephone, in the dark and on paper."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from compliance.board_report.test_report import AS_AT, force
from shared.browser import SIZES
from victims_code import compliance

pytestmark = pytest.mark.browser

SCREENS = ("desk", "tablet", "telephone")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    compliance.report(force(), as_at=AS_AT, area="Anyshire", by=["evidence"]).write(folder)
    return folder / "report.html"


CLOSED = "return [...document.querySelectorAll('tbody')].filter(one => !one.checkVisibility()).length"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


def test_on_a_telephone_it_is_short_and_opens_by_a_click(browser, page):
    browser.open(page, "telephone")
    height = "return document.documentElement.scrollHeight"
    folded = browser.ask(height)
    assert browser.ask(CLOSED) == browser.ask("return document.querySelectorAll('tbody').length")
    browser.ask("[...document.querySelectorAll('summary')].find(one => one.innerText.trim() == 'By duty').click()")

    assert folded / SIZES["telephone"][1] < 15
    assert browser.ask(height) > folded + 400


def test_the_first_page_in_print_has_headlines_trend_and_three_duties(browser, page):
    """An A4 page with these margins is 673 by 1002 pixels of CSS."""
    browser.open(page, "paper")
    first = browser.ask("return document.querySelector('.vc-first').getBoundingClientRect().height")
    after = browser.ask("return getComputedStyle(document.querySelector('.vc-first')).breakAfter")
    least = browser.ask("return document.querySelectorAll('.vc-first .vc-least li').length")

    assert first <= 1002
    assert (after, least) == ("page", 3)
    assert browser.ask("return document.querySelectorAll('.vc-first dl > div').length") >= 8
    assert browser.ask("return document.querySelectorAll('.vc-first svg').length") == 1
    assert browser.ask(CLOSED) == 0, "on paper every table is open"


@pytest.mark.parametrize("unfolded", [False, True], ids=["folded", "open"])
@pytest.mark.parametrize("size", SCREENS)
def test_it_opens_without_an_error_and_nothing_runs_over(browser, page, size, unfolded):
    browser.open(page, size)
    if unfolded:
        browser.ask(OPEN_ALL)
    browser.keep(f"{size}-{'open' if unfolded else 'folded'}")

    assert browser.complaints() == []
    width = SIZES[size][0]
    assert browser.ask("return document.documentElement.scrollWidth") <= width
    over = browser.ask(
        "return [...document.querySelectorAll('body *')].filter(e => !e.closest('thead, .vc-hidden') &&"
        " e.getBoundingClientRect().right > arguments[0] + 0.5).map(e => e.outerHTML.slice(0, 90))",
        width,
    )
    assert over == []


def test_it_fetches_nothing(browser, page):
    browser.open(page, "desk")

    assert browser.ask("return performance.getEntriesByType('resource').length") == 0
    assert browser.ask("return document.scripts.length") == 0


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_tables_stay_tables_for_a_screen_reader(browser, page, size):
    """On a telephone rows become blocks, which would cost them their meaning were it not said again as roles."""
    browser.open(page, size)
    browser.ask(OPEN_ALL)
    nodes = browser.nodes()
    roles = [node.get("role", {}).get("value") for node in nodes]

    tables = browser.ask("return document.querySelectorAll('table').length")
    assert roles.count("table") == tables
    assert roles.count("columnheader") == browser.ask("return document.querySelectorAll('thead th').length")
    assert roles.count("rowheader") == browser.ask("return document.querySelectorAll('tbody th').length")
    names = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "table" and "name" in node]
    assert len(names) == tables
    assert all(names)


def test_plots_are_named_images(browser, page):
    browser.open(page, "desk")
    nodes = browser.nodes()
    images = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]

    assert len(images) == 3
    assert all("%" in image["name"]["value"] for image in images)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_reader(browser, page, scheme):
    browser.open(page, "desk", dark=scheme == "dark")
    browser.keep(scheme)
    ground = browser.ask("return getComputedStyle(document.body).backgroundColor")
    line = browser.ask(
        "return getComputedStyle([...document.querySelectorAll('svg path')].find(p =>"
        " p.getAttribute('style')?.includes('--accent'))).stroke"
    )

    expected = {
        "light": ("rgb(255, 255, 255)", "rgb(26, 79, 139)"),
        "dark": ("rgb(20, 24, 29)", "rgb(141, 189, 255)"),
    }
    assert (ground, line) == expected[scheme]


def test_it_prints_on_paper_with_headings_and_without_the_contents(browser, page):
    browser.open(page, "paper")
    contents = browser.ask("return getComputedStyle(document.querySelector('nav')).display")
    heads = browser.ask("return getComputedStyle(document.querySelector('thead')).display")
    over = browser.ask("return document.documentElement.scrollWidth")
    printed = base64.b64decode(browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])

    assert (contents, heads) == ("none", "table-header-group")
    assert over <= SIZES["paper"][0]
    assert printed.startswith(b"%PDF")
    folder = os.environ.get("VICTIMS_CODE_SCREENSHOTS")
    if folder:
        (Path(folder) / "print.pdf").write_bytes(printed)
