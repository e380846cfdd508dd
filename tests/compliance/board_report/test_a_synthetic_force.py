"""The synthetic force does every duty with a date sometimes, so that none heads a report because no one recorded it."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code import compliance
from victims_code.compliance.measuring import hiding
from victims_code.figures import suppress
from victims_code.testing.synthetic import write_force


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    tables = write_force(tmp_path_factory.mktemp("force"), crimes=2000, year=2025, seed=1)
    with compliance.from_tables(tables, as_at=date(2026, 6, 30)) as opened:
        yield opened


def test_every_duty_that_can_be_overdue_is_also_done(force):
    never = force.rows(
        "SELECT duty FROM obligation GROUP BY duty"
        " HAVING count_if(status = 'overdue') >= 20 AND count_if(status IN ('met', 'met-late')) = 0"
    )

    assert never == []


def test_victims_are_told_of_the_unduly_lenient_sentence_scheme_about_as_often_as_of_the_sentence(force):
    table = compliance.measure("on-time-share", force, by=["duty"], small_numbers=None)
    shares = {row.group.get("duty"): row.value for row in table.rows}

    assert shares["explain-unduly-lenient-sentence-scheme"] == pytest.approx(shares["inform-sentence-passed"], abs=0.15)


@pytest.mark.slow
def test_a_small_force_hides_few_numbers_beside_its_small_ones(tmp_path, monkeypatch):
    """Its tables hang together so that changes come out in halves; if they were not made whole, far more would go."""
    made = []
    monkeypatch.setattr(hiding, "suppress", lambda *cells, **rule: made.append(suppress(*cells, **rule)) or made[-1])
    tables = write_force(tmp_path, crimes=600, year=2025, seed=1)
    with compliance.from_tables(tables, as_at=date(2026, 3, 31)) as obligations:
        compliance.report(obligations, as_at=date(2026, 3, 31))
    [result] = made
    assert len(result.besides) < len(result.small) / 2
