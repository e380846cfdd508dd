"""A report made from files: one odd row is counted and set aside, and no message shows what stands in it."""

from __future__ import annotations

import traceback
from datetime import date

import pytest

from bulk.test_files_as_they_come import ODD, SECRETS, plain, write
from shared.made_obligations import table_of, times
from victims_code import compliance
from victims_code.bulk import Tables
from victims_code.errors import VictimsCodeError

AS_AT = date(2026, 4, 20)


@pytest.fixture
def obligations(tmp_path):
    """The lines of a CSV file of obligations, the first of which is the header."""
    table_of(times(40)).write_csv(str(tmp_path / "obligations.csv"))
    return (tmp_path / "obligations.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind != "a comma in a name"])
def test_an_odd_row_of_obligations_is_set_aside_and_counted(tmp_path, obligations, kind):
    path = write(tmp_path, "odd.csv", [*obligations[:30], ODD[kind], *obligations[30:]])
    with compliance.Obligations.open(path) as opened:
        assert (opened.total, opened.set_aside) == (40, 1)


def test_an_odd_row_of_the_record_is_counted_once(tmp_path):
    events, victims = plain(30)
    victims = [f"{victims[0]},ethnicity", *(f"{line},A" for line in victims[1:])]
    victims.insert(20, ODD["bytes that are not UTF-8"])
    given = {"events": write(tmp_path, "events.csv", events), "victims": write(tmp_path, "victims.csv", victims)}
    with compliance.from_tables(Tables(**given), as_at=AS_AT) as opened:
        assert opened.set_aside == 1
        table = compliance.measure("cannot-tell", opened, by=["ethnicity"], small_numbers=None)
        assert table.row(ethnicity="A").numerator == table.total.numerator


def test_a_number_sign_is_part_of_a_reference(tmp_path, obligations):
    path = write(tmp_path, "obligations.csv", [obligations[0], *(f"#{line}" for line in obligations[1:])])
    with compliance.Obligations.open(path) as opened:
        assert opened.total == 40


def test_what_cannot_be_read_is_refused_without_a_cell(tmp_path, obligations):
    headless = write(tmp_path, "headless.csv", ["77,Surname,1977-07-07", *obligations[1:]])
    damaged = tmp_path / "damaged.parquet"
    table_of(times(400, case_ref="Surname")).write_parquet(str(damaged), compression="uncompressed")
    content = bytearray(damaged.read_bytes())
    content[4:400] = b"\xff" * 396
    damaged.write_bytes(bytes(content))
    for path in (headless, damaged):
        with pytest.raises(VictimsCodeError) as problem:
            compliance.report(path, as_at=AS_AT)
        printed = "".join(traceback.format_exception(problem.value))
        assert not [secret for secret in SECRETS if secret in printed]
