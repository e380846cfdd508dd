"""A report made from a bulk assessment says how many records were not counted."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from shared.engines import CODE, tables_of
from victims_code.bulk import Tables, assess
from victims_code.compliance import report

ARREST = {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1"}
LATER = {"event": "suspect-charged", "at": "2026-05-02", "suspect": "S1"}


@pytest.mark.parametrize(
    ("events", "said"),
    [([ARREST, LATER], " Records later than that day, which are not counted: 1."), ([ARREST], "")],
)
def test_a_report_says_how_many_records_were_not_counted(events, said):
    case = vc.Case.from_dict({"reference": "1", "victims": [{"reference": "V1"}], "events": events})
    with assess(Tables(**tables_of([case])), as_at=date(2026, 4, 20), code=CODE) as answer:
        page = report(answer, as_at=date(2026, 4, 20), small_numbers=None, for_publication=False).to_markdown()

    assert ("Records later than that day" in page) is bool(said)
    assert said in page
