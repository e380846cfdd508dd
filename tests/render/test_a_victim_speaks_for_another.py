"""A mother who is a victim and speaks for her child: what both are owed is shown once, in every form."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from shared.engines import differences

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
    both = assessed({"persistently-targeted": True}).to_markdown()
    [row] = row_of_the_arrest(both)
    assert "MUM" in row
    assert "BOY" in row
    assert "MUM speaks for BOY" in both


def test_what_differs_is_two_rows():
    rows = row_of_the_arrest(assessed({}).to_markdown())
    assert len(rows) == 2
    assert {name for name in ("MUM", "BOY") if any(name in row for row in rows)} == {"MUM", "BOY"}


@pytest.mark.parametrize("form", ["to_markdown", "to_html"])
def test_the_mothers_own_reasons_are_not_taken_for_the_childs(form):
    page = getattr(assessed({"persistently-targeted": True}), form)()
    assert "the same for MUM" not in page
    assert "MUM speaks for BOY" in page


TOLD = """
reference: told
offence: {committed_on: 2026-04-01}
victims: [{reference: V1%s}, {reference: P, born: 1980-01-01, speaks_for: [V1%s]}%s]
events:
- {event: needs-assessed, at: 2026-04-02}
- {event: suspect-arrested, at: 2026-04-02}
- {event: victim-informed, about: suspect-arrested, victim: P, at: 2026-04-03}
"""


def arrest_of(case):
    result = CODE.assess(case, as_at=date(2026, 4, 20))
    return next(o for o in result.obligations if (o.victim, o.duty.id) == ("V1", "inform-suspect-arrested"))


def test_a_telling_counts_for_somebody_who_is_certainly_a_child():
    cases = {
        (born, more): vc.Case.from_yaml(TOLD % (born, *more))
        for born in ("", ", born: 1980-01-01", ", born: 2015-01-01")
        for more in (("", ""), (", V2", ", {reference: V2, born: 2015-01-01}"))
    }
    for (born, more), case in cases.items():
        assert (arrest_of(case).discharged_on is not None) is (born == ", born: 2015-01-01"), (born, more)
    assert not differences(list(cases.values()), as_at=date(2026, 4, 20))


def test_a_telling_that_is_not_counted_for_want_of_age_is_explained():
    told = arrest_of(vc.Case.from_yaml(TOLD % ("", "", "")))
    assert told.status == "overdue"
    assert "under-18" in {one.id for one in told.missing_facts}
    assert "P, who speaks for V1, was told on" in str(told.explain())
