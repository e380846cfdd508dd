"""The page of promises names tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "what-we-promise.md").read_text(encoding="utf-8")


def test_every_promise_names_a_test_that_exists_and_a_figure():
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ") and "`tests/" in line]
    assert len(rows) >= 15
    for promise, held_by, measured in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", held_by)
        assert named, promise
        assert measured.strip(), promise
        assert [test for test in named if not exists(*test)] == [], promise


def exists(file: str, name: str) -> bool:
    path = ROOT / file
    if not path.is_file():
        return False
    tests = {one.name for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)}
    return name in tests if name else any(one.startswith("test_") for one in tests)
