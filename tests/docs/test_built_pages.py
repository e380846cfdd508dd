"""What the build checks of its own pages: every link leads somewhere, and nothing of the reference is far away."""

from __future__ import annotations

import built_pages
import pytest

PAGES = {
    "index.html": """<ul class="sidebar-tree"><li class="toctree-l1"><a href="reference/index.html">Reference</a>
        <ul><li class="toctree-l2"><a href="reference/deep.html">hidden in the menu</a></li></ul></li></ul>
        <article><a href="how-to/first.html#step">First</a> <a href="https://example.org/x#y">out</a></article>""",
    "how-to/first.html": """<article><p id="step"><img src="../logo.svg?v=1"><a href="../index.html">x</a></article>""",
    "reference/index.html": """<article><a href="near.html">near</a></article>""",
    "reference/near.html": """<article><a href="#here">here</a><i id="here"></i><a href="far.html">far</a></article>""",
    "reference/far.html": """<article><a href="deep.html">deep</a></article>""",
    "reference/deep.html": """<article></article>""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in PAGES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    (tmp_path / "logo.svg").touch()
    return tmp_path


def test_clicks_are_counted_along_links_in_sight(folder):
    assert built_pages.clicks_to(built_pages.read_pages(folder)) == {
        "index.html": 0,
        "reference/index.html": 1,
        "how-to/first.html": 1,
        "reference/near.html": 2,
        "reference/far.html": 3,
        "reference/deep.html": 4,
    }


def test_good_links_are_good(folder):
    assert list(built_pages.broken_links(built_pages.read_pages(folder), folder)) == []


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("how-to/first.html", "second.html"),
        ("how-to/first.html", "../index.html#nowhere"),
        ("how-to/first.html", "#nowhere"),
        ("index.html", "logo.png"),
    ],
)
def test_a_link_to_nowhere_is_found(folder, page, link):
    with (folder / page).open("a", encoding="utf-8") as file:
        file.write(f'<a href="{link}">broken</a>')

    assert list(built_pages.broken_links(built_pages.read_pages(folder), folder)) == [(page, link)]


def test_what_is_wrong_is_said_in_sentences(folder):
    (folder / "how-to" / "first.html").write_text('<article><a href="gone.html">x</a></article>', encoding="utf-8")

    assert list(built_pages.problems_of(folder)) == [
        "how-to/first.html links to gone.html, which is not there",
        "index.html links to how-to/first.html#step, which is not there",
        "reference/deep.html is more than 3 clicks away from the beginning",
    ]
