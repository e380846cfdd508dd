"""What is hidden depends on the numbers alone: not on the order of rows, on threads, or on how Python orders a set."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.board_report.test_a_published_page_gives_nothing_away import unevenly
from shared.made_obligations import table_of
from victims_code import compliance
from victims_code.figures import SmallNumbers, Total, suppress

ASKED = [
    (id_, by) for id_ in ("on-time-share", "cannot-tell-share") for by in (["duty"], ["part"], ["quarter"], ["track"])
]


def hidden_in(rows, threads=2):
    with compliance.Obligations.open(table_of(rows)) as obligations:
        obligations.run(f"SET threads = {threads}")
        return [table.to_csv() for table in compliance.tables(ASKED, obligations)]


@pytest.mark.long
def test_rows_in_another_order_and_threads_change_nothing():
    rows = unevenly(4, 300)
    expected = hidden_in(rows)
    assert "hidden" in "".join(expected)
    for seed, threads in ((1, 1), (2, 2), (3, 4)):
        random.Random(seed).shuffle(rows)
        assert hidden_in(rows, threads) == expected


def test_cells_and_sums_in_another_order_change_nothing():
    chance = random.Random(5)
    places = [f"{row}{column}" for row in "abcdef" for column in "uvwxyz"]
    cells = {place: chance.choice([2, 3, 7, 7, 7, 12, 12, 40]) for place in places}
    totals = []
    for n, letters in enumerate(("abcdef", "uvwxyz")):
        for letter in letters:
            parts = [place for place in places if place[n] == letter]
            cells[letter] = sum(cells[part] for part in parts)
            totals.append(Total(total=letter, parts=parts))
    expected = suppress(cells, totals, SmallNumbers(below=5)).shown
    assert None in expected.values()
    for seed in range(20):
        shuffled = random.Random(seed)
        mixed = dict(shuffled.sample(list(cells.items()), len(cells)))
        sums = [Total(total=t.total, parts=shuffled.sample(t.parts, len(t.parts))) for t in totals]
        shuffled.shuffle(sums)
        assert suppress(mixed, sums, SmallNumbers(below=5)).shown == expected


@pytest.mark.long
def test_another_process_hides_the_same():
    """Every process of Python orders sets of texts in a way of its own."""
    tests = Path(__file__).parents[2]
    program = (
        "import hashlib;"
        "from compliance.measuring.test_the_same_cells_are_hidden_every_time import hidden_in, unevenly;"
        "print(hashlib.sha256(''.join(hidden_in(unevenly(4, 300))).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(tests)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
