"""The report as a browser shows it: on a desk, on a telephone, in the dark and on paper.

It needs Chromium and its driver (Debian: ``apt-get install chromium chromium-driver``) and selenium. Screenshots are
left in the folder that ``VICTIMS_CODE_SCREENSHOTS`` names, to be looked at.
"""

from __future__ import annotations

import base64
import os
import shutil
from pathlib import Path

import pytest

from compliance.test_report import AS_AT, force
from victims_code import compliance

pytestmark = pytest.mark.browser
webdriver = pytest.importorskip("selenium.webdriver")

SIZES = {"desk": (1280, 900), "tablet": (820, 1180), "telephone": (390, 844)}
PAPER = (640, 920)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    compliance.report(force(), as_at=AS_AT, area="Anyshire", by=["evidence"]).write(folder)
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser():
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "install chromium"
    assert driver, "install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


def at_size(browser, page, name):
    width, height = SIZES.get(name, PAPER)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": name == "telephone"},
    )
    browser.get(page.as_uri())


def keep(browser, name):
    folder = os.environ.get("VICTIMS_CODE_SCREENSHOTS")
    if folder:
        size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = browser.execute_cdp_cmd(
            "Page.captureScreenshot",
            {
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000), "scale": 1},
            },
        )
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_without_an_error_and_nothing_runs_over(browser, page, size):
    at_size(browser, page, size)
    keep(browser, size)

    assert browser.get_log("browser") == []
    width = SIZES[size][0]
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    over = browser.execute_script(
        "return [...document.querySelectorAll('body *')].filter(e => !e.closest('thead') &&"
        " e.getBoundingClientRect().right > arguments[0] + 0.5).map(e => e.outerHTML.slice(0, 90))",
        width,
    )
    assert over == []


def test_it_fetches_nothing(browser, page):
    at_size(browser, page, "desk")

    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.execute_script("return document.scripts.length") == 0


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_tables_stay_tables_for_a_screen_reader(browser, page, size):
    """On a telephone rows become blocks, which would cost them their meaning were it not said again as roles."""
    at_size(browser, page, size)
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]

    tables = browser.execute_script("return document.querySelectorAll('table').length")
    assert roles.count("table") == tables
    assert roles.count("columnheader") == browser.execute_script("return document.querySelectorAll('thead th').length")
    assert roles.count("rowheader") == browser.execute_script("return document.querySelectorAll('tbody th').length")
    names = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "table" and "name" in node]
    assert len(names) == tables
    assert all(names)


def test_plots_are_named_images(browser, page):
    at_size(browser, page, "desk")
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    images = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]

    assert len(images) == 3
    assert all("%" in image["name"]["value"] for image in images)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_reader(browser, page, scheme):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    at_size(browser, page, "desk")
    keep(browser, scheme)
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    line = browser.execute_script(
        "return getComputedStyle([...document.querySelectorAll('svg path')].find(p =>"
        " p.getAttribute('style')?.includes('--accent'))).stroke"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    expected = {
        "light": ("rgb(255, 255, 255)", "rgb(26, 79, 139)"),
        "dark": ("rgb(20, 24, 29)", "rgb(141, 189, 255)"),
    }
    assert (ground, line) == expected[scheme]


def test_it_prints_on_paper_with_headings_and_without_the_contents(browser, page):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    at_size(browser, page, "paper")
    contents = browser.execute_script("return getComputedStyle(document.querySelector('nav')).display")
    heads = browser.execute_script("return getComputedStyle(document.querySelector('thead')).display")
    over = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])

    assert (contents, heads) == ("none", "table-header-group")
    assert over <= PAPER[0]
    assert printed.startswith(b"%PDF")
    folder = os.environ.get("VICTIMS_CODE_SCREENSHOTS")
    if folder:
        (Path(folder) / "print.pdf").write_bytes(printed)
