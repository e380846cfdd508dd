"""The notebooks of the documentation run from the first cell to the last; the build runs them again in a kernel."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.md"))
CELL = re.compile(r"^```\{code-cell\} ipython3\n(?::tags: [^\n]*\n\n)?(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def cells(notebook):
    return CELL.findall(notebook.read_text(encoding="utf-8"))


def run(cell, names):
    """Run a cell and give what its last line comes to, as a notebook would."""
    body = ast.parse(cell).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, type_ignores=[]), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def test_there_are_the_three_that_were_promised():
    assert {path.stem for path in NOTEBOOKS} >= {"a-case-explained", "comparing-editions", "deadline-calculators"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_and_what_is_shown_can_be_shown(notebook, capsys):
    names: dict[str, object] = {}
    found = cells(notebook)

    assert len(found) >= 4
    for cell in found:
        shown = run(cell, names)
        if hasattr(shown, "_repr_html_"):
            assert shown._repr_html_().startswith(("<section", "<iframe"))


def test_what_the_words_of_the_case_say_is_so():
    """The day late, and the days between, that the pages tell of."""
    names: dict[str, object] = {}
    for cell in cells(FOLDER / "a-case-explained.md"):
        run(cell, names)

    assert (names["arrest"].status, names["arrest"].days_late) == ("met-late", 1)
    assert names["open_question"].status == "cannot-tell"
    assert "2010" not in names["case"]._repr_html_()
