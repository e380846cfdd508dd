"""The notebooks of the documentation are there, and what their words say is so; the build runs them all in a kernel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.md"))
CELL = re.compile(r"^```\{code-cell\} ipython3\n(?::tags: [^\n]*\n\n)?(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def cells(notebook):
    return CELL.findall(notebook.read_text(encoding="utf-8"))


def test_there_are_the_three_that_were_promised():
    found = {path.stem: len(cells(path)) for path in NOTEBOOKS}

    assert {"a-case-explained", "comparing-editions", "deadline-calculators"} <= set(found)
    assert min(found.values()) >= 4


@pytest.mark.examples
def test_what_the_words_of_the_case_say_is_so():
    """The day late, and the days between, that the pages tell of."""
    names: dict[str, object] = {}
    for cell in cells(FOLDER / "a-case-explained.md"):
        exec(cell, names)

    assert (names["arrest"].status, names["arrest"].days_late) == ("met-late", 1)
    assert names["open_question"].status == "cannot-tell"
    assert "2010" not in names["case"]._repr_html_()
