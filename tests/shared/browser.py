"""A browser for tests: Chromium without a window, driven by selenium.

It needs Chromium and its driver (Debian: ``apt-get install chromium chromium-driver``) and the dependency group
``browser``; where they are missing, the tests are skipped and say so. Screenshots are left in the folder that
``VICTIMS_CODE_SCREENSHOTS`` names, to be looked at.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

SIZES = {"desk": (1280, 900), "tablet": (820, 1180), "telephone": (390, 844), "paper": (640, 920)}


class Browser:
    """Chromium, and what tests ask of it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path | str, size: str = "desk", *, dark: bool = False) -> None:
        """Open a file or address at a size, as a reader sees it who likes it light or dark, or as it is printed."""
        width, height = SIZES[size]
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "telephone"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
        likes = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        media = "print" if size == "paper" else ""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": likes})
        self.driver.get(page if isinstance(page, str) else page.as_uri())

    def ask(self, script: str, *values: object) -> Any:
        """What a script returns that runs in the page."""
        return self.driver.execute_script(script, *values)

    def complaints(self) -> Sequence[str]:
        """What the browser complained of since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def runs_over(self) -> Sequence[str]:
        """What makes the page wider than its window; what scrolls in a box of its own does not."""
        if self.ask("return document.documentElement.scrollWidth <= window.innerWidth"):
            return []
        return self.ask(_WIDEST)  # type: ignore[no-any-return]

    def nodes(self) -> Sequence[dict[str, Any]]:
        """What a screen reader is given."""
        found = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        return [node for node in found if not node.get("ignored")]

    def keep(self, name: str, *, at_most: int = 16000) -> None:
        """Leave a screenshot of the whole page, if someone wants to look."""
        folder = os.environ.get("VICTIMS_CODE_SCREENSHOTS")
        if not folder:
            return
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], at_most), "scale": 1}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


_WIDEST = """
const edge = window.innerWidth + 0.5;
const inside = e => { for (let p = e.parentElement; p; p = p.parentElement)
  if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return true; return false; };
return [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > edge && !inside(e))
  .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat(["the page is " + document.documentElement.scrollWidth]);
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests that ask for it."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Chromium and its driver are not installed: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield Browser(started)
    started.quit()
