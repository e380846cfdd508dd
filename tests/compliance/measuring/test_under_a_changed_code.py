"""What if: only what a change touches is worked out again, and it comes to the same as working out everything."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from shared.made_obligations import table_of
from shared.parameters import mostly_long
from victims_code import compliance
from victims_code.compliance.measuring.changing import under
from victims_code.errors import WrongValueError
from victims_code.testing.made_up import made_up_case
from victims_code.testing.synthetic import write_force

AS_AT = date(2025, 12, 31)
CODE = vc.VictimsCode.load()
CHANGES = {
    "longer, of several": {
        "deadlines": {
            "inform-suspect-arrested": {"standard": {"within": 20}},
            "inform-sentence-passed": {"standard": {"within": 9}, "enhanced": {"within": 2}},
            "refer-to-support": {"standard": {"within": 1}},
        }
    },
    "shorter": {"deadlines": {"inform-suspect-arrested": {"standard": {"within": 2}}}},
    "no persistently targeted victims": {"enhanced": {"persistently-targeted": None}},
}


def changed(name):
    return CODE.with_changes("other", title=name, **CHANGES[name])


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return write_force(tmp_path_factory.mktemp("force"), crimes=400, year=2025, seed=3)


@pytest.fixture(scope="module")
def law(record):
    with compliance.from_tables(record, as_at=AS_AT) as obligations:
        yield obligations


def rows_of(obligations):
    columns = [row[0] for row in obligations.rows(f"DESCRIBE {obligations.table}") if row[0] != "case_key"]
    shown = ", ".join(f'"{name}"::VARCHAR AS "{name}"' for name in sorted(columns))
    return obligations.rows(f"SELECT {shown} FROM {obligations.table} ORDER BY ALL")


@pytest.mark.parametrize("name", mostly_long(CHANGES))
def test_it_comes_to_the_same_as_working_out_everything_again(law, record, name):
    with compliance.from_tables(record, as_at=AS_AT, code=changed(name)) as whole:
        assert rows_of(under(law, changed(name))) == rows_of(whole)
        asked = [("on-time-share", ["duty", "district"]), ("overdue-age-median", ["track"])]
        quick = compliance.what_if(law, changed(name), asked, small_numbers=None)
        full = compliance.what_if(law, whole, asked, small_numbers=None)
        assert [one.to_csv() for one in quick] == [one.to_csv() for one in full]


def test_assessments_are_assessed_again_under_the_change():
    cases = [made_up_case(seed, reference=f"M/{seed}", around=date(2025, 5, 1)) for seed in range(40)]
    code, other = CODE, changed("longer, of several")
    with (
        compliance.from_assessments([code.assess(case, as_at=AS_AT) for case in cases]) as obligations,
        compliance.from_assessments([other.assess(case, as_at=AS_AT) for case in cases], code=other) as whole,
    ):
        assert rows_of(under(obligations, other)) == rows_of(whole)


def test_the_filter_holds_on_both_sides(law):
    (found,) = compliance.what_if(
        law, changed("shorter"), [("on-time-share", ["duty"])], where={"provider": "police"}, small_numbers=None
    )
    assert "(only provider: police)" in found.title
    arrested = next(row for row in found.rows if row.group == {"duty": "inform-suspect-arrested"})
    assert arrested.law.denominator
    assert arrested.changed.numerator < arrested.law.numerator


def test_what_does_not_know_its_record_or_is_no_change_is_refused(law):
    with pytest.raises(WrongValueError, match="do not know the record they were worked out from"):
        compliance.what_if(table_of([{}]), changed("shorter"))
    with pytest.raises(WrongValueError, match="The first table must be under the law"):
        compliance.what_if(law, CODE)
