"""A mother who is a victim and speaks for her child: what both are owed is shown once, in every form."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc

CODE = vc.VictimsCode.load()
AS_AT = date(2026, 3, 20)


def assessed(mother_facts):
    case = {
        "reference": "1",
        "offence": {"committed_on": "2026-03-01"},
        "victims": [
            {"reference": "MUM", "born": "1988-01-09", "speaks_for": ["BOY"], "facts": mother_facts},
            {"reference": "BOY", "born": "2016-11-02"},
        ],
        "events": [
            {"event": "needs-assessed", "at": "2026-03-02"},
            {"event": "suspect-arrested", "at": "2026-03-03", "suspect": "S1"},
        ],
    }
    return CODE.assess(vc.Case.from_dict(case), as_at=AS_AT)


def row_of_the_arrest(page):
    return [line for line in page.splitlines() if line.startswith("|") and "arrested" in line]


def test_what_both_are_owed_alike_is_one_row():
    both = assessed({"persistently-targeted": True}).as_markdown()
    [row] = row_of_the_arrest(both)
    assert "MUM" in row
    assert "BOY" in row
    assert "MUM speaks for BOY" in both


def test_what_differs_is_two_rows():
    rows = row_of_the_arrest(assessed({}).as_markdown())
    assert len(rows) == 2
    assert {name for name in ("MUM", "BOY") if any(name in row for row in rows)} == {"MUM", "BOY"}


@pytest.mark.parametrize("form", ["as_markdown", "as_html"])
def test_the_mothers_own_reasons_are_not_taken_for_the_childs(form):
    page = getattr(assessed({"persistently-targeted": True}), form)()
    assert "the same for MUM" not in page
    assert "MUM speaks for BOY" in page
