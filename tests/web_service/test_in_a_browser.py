"""The pages of the web service in Chromium, on a telephone and a desk, with nothing but a keyboard."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("uvicorn", reason="the packages of group `web` are not installed")
pytest.importorskip("sqlalchemy", reason="the packages of group `web` are not installed")

import store
import uvicorn
import web
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

import victims_code as vc

pytestmark = pytest.mark.browser
NOW = datetime(2026, 4, 20, 9, tzinfo=ZoneInfo("Europe/London"))
FOCUSED = "return (document.activeElement.id || document.activeElement.textContent).trim()"


@pytest.fixture
def address():
    """A service of its own with the example case in it."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    app = web.create_app(engine, lambda: NOW)
    with Session(engine) as session, session.begin():
        store.save(session, vc.Case.from_file("examples/case.yaml").to_dict(), NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def press(browser, *keys):
    from selenium.webdriver import ActionChains

    ActionChains(browser.driver).send_keys(*keys).perform()


def tab_to(browser, wanted):
    """Press Tab until something has the focus, and see that the focus is shown; the keys it took."""
    from selenium.webdriver import Keys

    for n in range(1, 60):
        press(browser, Keys.TAB)
        if browser.ask(FOCUSED) == wanted:
            assert browser.ask("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return n
    raise AssertionError(f"{wanted} cannot be reached")


def until(browser, script, wanted):
    """Wait until a page that is loading answers as it should."""
    from selenium.common.exceptions import JavascriptException

    found = None
    for _ in range(100):
        try:
            if (found := browser.ask(script)) == wanted:
                return
        except JavascriptException as problem:
            found = problem
        time.sleep(0.05)
    raise AssertionError(f"{script}: {found!r} and not {wanted!r}")


def items(browser):
    return browser.ask("return [...document.querySelectorAll('.work > li a')].map(a => a.textContent)")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", ["desk", "telephone"])
@pytest.mark.parametrize("path", ["/", "/cases/1"])
def test_nothing_runs_over_and_everything_has_a_label(browser, address, path, size, dark):
    browser.complaints()
    browser.open(address + path, size, dark=dark)
    browser.keep(f"web{path.replace('/', '-')}-{size}{'-dark' if dark else ''}")

    assert browser.runs_over() == []
    assert [text for text in browser.complaints() if "favicon" not in text] == []
    assert browser.ask("return document.scripts.length") == 0
    unnamed = "return [...document.querySelectorAll('select, input')].filter(e => !e.labels.length).map(e => e.id)"
    assert browser.ask(unnamed) == []
    small = "return [...document.querySelectorAll('select, button')].filter(e => e.offsetHeight < 44).map(e => e.id)"
    assert browser.ask(small) == []


def test_a_duty_is_found_and_done_by_keyboard_on_a_telephone(browser, address):
    from selenium.webdriver import Keys

    browser.open(address, "telephone")
    assert len(items(browser)) == 3
    press(browser, Keys.TAB)
    assert browser.ask(FOCUSED) == "Skip to the main content"
    press(browser, Keys.ENTER)
    assert tab_to(browser, "body") == 1
    press(browser, "Witness")
    assert tab_to(browser, "urgency") == 1
    tab_to(browser, "Show")
    press(browser, Keys.ENTER)
    until(browser, "return location.search", "?body=witness-care-unit&urgency=")
    until(browser, "return document.querySelectorAll('.work > li').length", 1)
    (hearing,) = items(browser)
    assert hearing.startswith("Tell the victim the time, date and place of a hearing")

    tab_to(browser, hearing)
    press(browser, Keys.ENTER)
    until(browser, "return document.querySelector('h1').textContent", "Case 22/0412/26")
    tab_to(browser, "event")
    press(browser, "Victim informed")
    tab_to(browser, "about")
    press(browser, "Hearing listed")
    tab_to(browser, "at")
    press(browser, (browser.ask("return navigator.language").startswith("en-US") and "04162026") or "16042026")
    tab_to(browser, "Save the record")
    press(browser, Keys.ENTER)
    until(browser, "return document.querySelectorAll('#records > li').length", 9)
    assert browser.ask("return document.querySelectorAll('[role=alert]').length") == 0

    tab_to(browser, "Work list")
    press(browser, Keys.ENTER)
    until(browser, "return document.querySelectorAll('.work > li').length", 2)
    assert hearing not in items(browser)


def test_what_is_wrong_in_the_form_is_announced(browser, address):
    from selenium.webdriver import Keys

    browser.open(f"{address}/cases/1", "telephone")
    tab_to(browser, "event")
    press(browser, "Victim informed")  # and not about what
    tab_to(browser, "at")
    press(browser, "04162026")
    tab_to(browser, "Save the record")
    press(browser, Keys.ENTER)
    until(browser, "return document.querySelector('[role=alert] h2').textContent", "The record was not saved")
    browser.keep("web-fault-telephone")
