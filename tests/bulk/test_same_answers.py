"""The two engines give the same answers: every column of every obligation."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import victims_code as vc
from shared.engines import CODE, both_of, differences, numbered, tables_of, told
from shared.parameters import mostly_long
from victims_code.bulk import INPUTS, OBLIGATIONS, Tables, assess, sql
from victims_code.testing.made_up import made_up_case, turning_days
from victims_code.testing.strategies import cases
from victims_code.testing.worked_cases import worked_cases_in

seeds = st.integers(0, 2**60)
batch = settings(max_examples=settings.default.max_examples // 15)
"""One generated batch of cases for every fifteen examples of the profile."""


HOW_MANY = min(300, 7 * settings.default.max_examples)
"""How many cases are in a generated batch."""


def made_up(seed, around, how_many=HOW_MANY):
    return [made_up_case(seed + n, around=around) for n in range(how_many)]


@batch
@given(seeds, st.sampled_from(turning_days()), st.integers(-5, 120))
def test_the_engines_agree_on_made_up_cases(seed, around, later):
    when = {"as_at": around + timedelta(days=later)}
    wrong = differences(made_up(seed, around), **when)
    assert not wrong, f"seed {seed}, around {around}\n" + told(wrong, **when)


@batch
@given(seeds, st.sampled_from(turning_days()), st.integers(0, 60))
def test_the_engines_agree_on_what_was_known_earlier(seed, around, known):
    when = {"as_at": around + timedelta(days=90), "known_on": around + timedelta(days=known)}
    wrong = differences(made_up(seed, around, HOW_MANY // 2), **when)
    assert not wrong, f"seed {seed}, around {around}\n" + told(wrong, **when)


@batch
@given(st.lists(cases(), min_size=20, max_size=20))
def test_the_engines_agree_on_records_of_anything_in_any_order(generated):
    when = {"as_at": date(2027, 12, 31)}
    wrong = differences(generated, **when)
    assert not wrong, told(wrong, **when)


def assert_alike(lot, answer=None):
    """Two thousand five hundred cases, of another seed on every run, around days on which the law turns."""
    seed = secrets.randbelow(2**60)
    for n in range(5):
        around = turning_days()[(seed + n * 7919) % len(turning_days())]
        when = {"as_at": around + timedelta(days=(seed + n * 31) % 125 - 5)}
        if n % 4 == 3:
            when["known_on"] = when["as_at"] - timedelta(days=5 * lot + n)
        wrong = differences(
            made_up(seed + 1000 * n, around, 500), **when, answer=None if answer is None else answer(**when)
        )
        assert not wrong, f"seed {seed + 1000 * n}, around {around}\n" + told(wrong, **when)


@pytest.mark.slow
@pytest.mark.parametrize("lot", range(12))
def test_the_engines_agree_on_thirty_thousand_cases(lot):
    assert_alike(lot)


def in_two_tables(**when):
    """What has a deadline or a record, and what has neither, each from its own table."""

    def answer(given_cases):
        with assess(Tables(**tables_of(given_cases)), code=CODE, **when) as found:
            rows = found.obligations.to_dicts() + [{"track": "single"} | row for row in found.standing.to_dicts()]
        return [tuple(row.get(column.name) for column in OBLIGATIONS) for row in rows]

    return answer


@pytest.mark.slow
@pytest.mark.parametrize("lot", range(20))
def test_obligations_and_standing_are_all_there_is_in_fifty_thousand_cases(lot):
    assert_alike(lot, in_two_tables)


WORKED = [worked for _, worked in worked_cases_in(Path(__file__).parent.parent / "cases")]
UNDER_EACH_EDITION = [date(2026, 7, 1), date(2008, 3, 1), date(2013, 12, 20), date(2021, 4, 10)]
DATES = sorted({(worked.as_at, worked.known_on) for worked in WORKED}, key=str)


@pytest.mark.slow
@pytest.mark.parametrize("when", DATES, ids=lambda when: "-known-on-".join(str(day) for day in when if day))
def test_worked_cases_have_one_answer_on_their_date(when):
    """Every case of that date, and with them all the others, which on another date stand otherwise."""
    as_at, known_on = when
    wrong = differences([vc.Case.from_dict(worked.case) for worked in WORKED], as_at=as_at, known_on=known_on)
    assert not wrong, told(wrong, as_at=as_at, known_on=known_on)


@pytest.mark.parametrize("as_at", mostly_long(UNDER_EACH_EDITION), ids=str)
def test_worked_cases_have_one_answer_under_every_edition(as_at):
    """Every worked case as it stood on days under each edition; `pytest -m slow` takes each on its own day."""
    wrong = differences([vc.Case.from_dict(worked.case) for worked in WORKED], as_at=as_at)
    assert not wrong, told(wrong, as_at=as_at)


def test_the_order_of_rows_does_not_matter():
    """Neither that of events nor that of victims nor that of what was said of them."""
    around, when = date(2018, 7, 3), {"as_at": date(2018, 9, 3), "known_on": date(2018, 8, 1)}
    tables = {name: table.to_pylist() for name, table in tables_of(numbered(made_up(97, around, 50))).items()}
    answers = []
    for turned in (False, True):
        given = {name: pa.Table.from_pylist(rows[::-1] if turned else rows) for name, rows in tables.items()}
        given["events"] = given["events"].drop_columns(["sequence"])
        with assess(Tables(**given), as_at=when["as_at"], known_on=when["known_on"], code=CODE) as answer:
            answers.append(sorted(map(str, answer.obligations.to_dicts())))
    assert answers[0] == answers[1]


def test_another_calendar_gives_the_same_answers_too():
    closed = vc.england_and_wales().with_changes(add={date(2024, 7, 2): "Office closed"}, remove=[date(2024, 8, 26)])
    when = {"as_at": date(2024, 9, 10), "calendar": closed}
    wrong = differences(made_up(5, date(2024, 6, 28)), **when)
    assert not wrong, told(wrong, **when)


def test_a_changed_code_gives_the_same_answers_too(tmp_path):
    path = tmp_path / "what-if.yaml"
    path.write_text(
        "id: what-if\ntitle: two working days after an arrest, ten after a charge\n"
        "deadlines:\n"
        "  inform-suspect-arrested: {standard: {within: 2}}\n"
        "  inform-suspect-charged: {standard: {within: 10}}\n",
        encoding="utf-8",
    )
    when = {"as_at": date(2024, 9, 10), "code": CODE.with_changes_from(path)}
    wrong = differences(made_up(23, date(2024, 6, 28)), **when)
    assert not wrong, told(wrong, **when)


@pytest.mark.parametrize("at_once", [pytest.param(1, marks=pytest.mark.slow), pytest.param(7, marks=pytest.mark.long)])
def test_it_does_not_matter_how_many_cases_are_worked_out_together(at_once):
    assert of_twenty(at_once) == of_twenty(250_000)


@cache
def of_twenty(at_once):
    """The obligations of twenty cases, worked out so many at a time."""
    tables = tables_of(numbered(made_up(11, date(2023, 5, 5), 20)))
    with assess(Tables(**tables), as_at=date(2023, 6, 1), code=CODE, batch_size=at_once) as answer:
        return answer.to_arrow().sort_by([(column.name, "ascending") for column in OBLIGATIONS])


# --- the view over the contract's own tables --------------------------------------------------------------------

TABLES = ("spokespersons", "offences", "offence_victims")
OPTIONAL = (*TABLES, *(f"{t.name}.{c.name}" for t in INPUTS.values() for c in t.columns if c.optional))
KINDS = {"text": "VARCHAR", "moment": "TIMESTAMP", "day": "DATE", "truth": "BOOLEAN", "number": "BIGINT"}


def in_a_view(**when):
    """The view, created in an empty database over plain tables of the contract."""

    def answer(given_cases):
        with duckdb.connect() as connection:
            for name, table in tables_of(given_cases).items():
                connection.register("handed_in", table)
                cells = ", ".join(f'CAST("{c.name}" AS {KINDS[c.kind]}) AS "{c.name}"' for c in INPUTS[name].columns)
                connection.execute(f"CREATE TABLE {name} AS SELECT {cells} FROM handed_in")
            for of in ("obligations", "standing"):
                connection.execute(sql("duckdb", of=of, optional=OPTIONAL, code=CODE, **when))
            return connection.execute(both_of("obligations", "standing")).fetchall()

    return answer


@batch
@given(seeds, st.sampled_from(turning_days()), st.integers(-5, 120))
def test_the_view_gives_the_same_answers(seed, around, later):
    when = {"as_at": around + timedelta(days=later)}
    wrong = differences(made_up(seed, around, HOW_MANY // 2), **when, answer=in_a_view(**when))
    assert not wrong, f"seed {seed}, around {around}\n" + str(wrong[0])
