"""Every built page of the documentation on a telephone: nothing runs over its edge and nothing is complained of.

Build the documentation first (``python dev.py docs``). One browser goes through all pages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

BUILT = Path(__file__).resolve().parents[2] / "docs" / "_build" / "html"
LOOKED_AT = (
    "index.html",
    "how-to/write-a-case-file.html",
    "notebooks/a-case-explained.html",
    "reference/generated/code-2021/right-06.html",
    "reference/glossary.html",
)


@pytest.fixture(scope="module")
def pages():
    found = sorted(path for path in BUILT.rglob("*.html") if "_static" not in path.parts)
    if not found:
        pytest.skip("the documentation is not built: python dev.py docs")
    return found


def test_no_page_runs_over_on_a_telephone(browser, pages):
    over = {}
    for page in pages:
        browser.open(page, "telephone")
        if found := browser.runs_over():
            over[page.relative_to(BUILT).as_posix()] = found

    assert len(pages) > 100
    assert over == {}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", ["desk", "telephone"])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_pages_open_without_complaint(browser, pages, name, size, dark):
    assert (BUILT / name).is_file()
    browser.complaints()
    browser.open(BUILT / name, size, dark=dark)
    browser.keep(f"docs-{Path(name).stem}-{size}{'-dark' if dark else ''}", at_most=5000)

    assert [text for text in browser.complaints() if "favicon" not in text] == []


def test_the_notebook_shows_its_picture_and_its_tables(browser, pages):
    browser.open(BUILT / "notebooks" / "a-case-explained.html", "telephone")
    names = [node["name"]["value"] for node in browser.nodes() if node.get("role", {}).get("value") == "image"]

    assert "Timeline of case 22/0500/26 as at Tue 21 Apr 2026" in names
    assert browser.ask("return [...document.querySelectorAll('.vc caption')].map(c => c.textContent)")[:2] == [
        "Victims",
        "What happened",
    ]
