"""Files of data.police.uk: months are intervals, and a duty was due between two dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import victims_code as vc
from victims_code.adapters.police_uk import DueBetween, Month, due_between, read_records
from victims_code.errors import WrongValueError

MESSAGES = Path(__file__).parent / "messages"
STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"


def street(*rows):
    return [STREET, *rows]


@pytest.mark.parametrize(
    ("written", "last"),
    [("2026-02", 28), ("2024-02", 29), ("2026-12", 31), ("2026-04", 30), (" 2026-01 ", 31)],
)
def test_a_month_is_an_interval(written, last):
    month = Month.parse(written)

    assert (month.first.day, month.last.day) == (1, last)
    assert len(list(month.days())) == last


@pytest.mark.parametrize(
    "written", ["2026-13", "2026-00", "2026", "26-02", "2026-2", "0000-01", "February", "", "²⁰²⁶-02"]
)
def test_what_is_no_month_is_refused(written):
    with pytest.raises(WrongValueError, match="is not a month"):
        Month.parse(written)


def test_a_street_file_has_crimes_and_anti_social_behaviour_without_an_identifier():
    crime, nuisance = read_records(
        street(
            "abc,2026-02,Avon and Somerset Constabulary,Avon and Somerset Constabulary,,,On or near,E1,X,"
            "Burglary,Investigation complete; no suspect identified,",
            ",2026-02,Metropolitan Police Service,Metropolitan Police Service,,,,,,Anti-social behaviour,,",
        )
    )

    assert (crime.crime_id, crime.force.code, crime.crime_type) == ("abc", "52", "Burglary")
    assert crime.outcome == "Investigation complete; no suspect identified"
    assert (nuisance.crime_id, nuisance.force.code, nuisance.outcome) == (None, "01", None)


def test_an_outcomes_file_has_outcomes():
    (outcome,) = read_records(
        [OUTCOMES, "abc,2026-02,Devon & Cornwall Police,Devon & Cornwall Police,,,,,,Local resolution"]
    )

    assert (outcome.outcome, outcome.crime_type, outcome.force.code) == ("Local resolution", None, "50")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("West Yorkshire Police", "13"),
        ("Hampshire Constabulary", "44"),
        ("City of London Police", "48"),
        ("Dyfed-Powys Police", "63"),
        ("British Transport Police", "93"),
        ("Police", None),
        ("", None),
        ("Police Service of Northern Ireland", None),
    ],
)
def test_a_force_is_known_by_its_name_as_written_there(name, code):
    (record,) = read_records(street(f"a,2026-02,{name},{name},,,,,,Burglary,,"))

    assert (record.force and record.force.code) == code


def test_a_row_that_cannot_be_used_is_left_out_with_a_warning_and_its_line(tmp_path):
    path = tmp_path / "street.csv"
    path.write_text(
        "\n".join(street("a,2026-02,X,X,,,,,,Burglary,,", "b,soon,X,X,,,,,,Burglary,,", "c", "d,2026-03,X")) + "\n",
        encoding="utf-8-sig",
    )
    warnings = []
    records = list(read_records(path, warn=warnings.append))

    assert [record.crime_id for record in records] == ["a"]
    assert [(w.code, w.location) for w in warnings] == [
        ("VC-READ-101", "street.csv, row 3, Month"),
        ("VC-READ-121", "street.csv, row 4"),
        ("VC-READ-121", "street.csv, row 5"),
    ]
    with pytest.raises(WrongValueError, match="row 4: The row has 1 cell and the header 12"):
        list(read_records(path))


def test_a_row_with_a_cell_too_many_gives_no_place_as_the_type_of_crime():
    warnings = []
    shifted = "a,2026-02,X Police,X Police,,,On or near High Street, Leeds,E1,X,Burglary,,"

    assert list(read_records(street(shifted), warn=warnings.append)) == []
    assert [(w.code, w.location) for w in warnings] == [("VC-READ-121", "lines, row 2")]


def test_rows_that_repeat_are_counted_and_can_be_read_once():
    crime, nuisance = "a,2026-02,X,X,,,,,,Burglary,,", ",2026-02,X,X,,,,,,Anti-social behaviour,,"
    rows = street(crime, nuisance, crime, crime, nuisance)
    warnings = []

    assert len(list(read_records(rows, warn=warnings.append))) == 5
    assert [record.crime_id for record in read_records(rows, repeats="once")] == ["a", None, None]
    (warning,) = warnings
    assert (warning.code, warning.message) == (
        "VC-READ-122",
        "Rows that are the same in every cell as an earlier one: 3, of them with a Crime ID 2.",
    )
    with pytest.raises(WrongValueError, match="Write 'all' or 'once'"):
        list(read_records(rows, repeats="twice"))


def test_files_of_each_form_read():
    crime, nuisance = read_records(MESSAGES / "police-uk-street.csv")
    (outcome,) = read_records(MESSAGES / "police-uk-outcomes.csv")

    assert (crime.crime_id, crime.force.name, crime.crime_type) == ("a1", "West Yorkshire", "Burglary")
    assert (nuisance.crime_id, nuisance.force.name) == (None, "Dyfed-Powys")
    assert (outcome.crime_id, outcome.month, outcome.outcome) == ("a1", Month.parse("2026-05"), "Suspect charged")


def test_bad_data_of_every_kind_is_said_and_the_rest_is_read():
    warnings = []
    records = list(read_records(MESSAGES / "police-uk-bad-data.csv", warn=warnings.append))

    assert [(r.crime_id, r.force, r.crime_type) for r in records] == [("a6\nb", None, None)]
    assert [(w.code, w.location) for w in warnings] == [
        ("VC-READ-101", "police-uk-bad-data.csv, row 2, Month"),
        ("VC-READ-101", "police-uk-bad-data.csv, row 3, Month"),
        ("VC-READ-121", "police-uk-bad-data.csv, row 4"),
        ("VC-READ-101", "police-uk-bad-data.csv, row 5, Month"),
        ("VC-READ-121", "police-uk-bad-data.csv, row 6"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (STREET.encode() + b"\n\xff\xfe,2026-03,X,X,,,,,,Burglary,,\n", "VC-READ-121"),
        (STREET.encode() + b'\n"' + b"x" * 200_000, "VC-READ-121"),
        (b"", "VC-FILE-004"),
        (b"Month,Crime type\n2026-03,Burglary\n", "VC-FILE-004"),
        (None, "VC-FILE-006"),
    ],
    ids=["not UTF-8", "not CSV", "empty", "other columns", "not there"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(content, code, tmp_path):
    path = tmp_path / "street.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongValueError) as refused:
        list(read_records(path))

    (fault,) = refused.value.faults
    assert (fault.code, "street.csv" in fault.location) == (code, True)
    assert fault.hint


def test_another_file_is_refused():
    with pytest.raises(WrongValueError, match=r"not the columns.*data\.police\.uk"):
        list(read_records(["a,b", "1,2"]))


def test_files_are_read_row_by_row():
    def lines():
        yield STREET
        yield "a,2026-02,X,X,,,,,,Burglary,,"
        raise AssertionError("read ahead")

    assert next(read_records(lines())).crime_id == "a"


def test_a_duty_was_due_between_two_dates():
    code = vc.VictimsCode.load()

    # 1 April 2026 is a Wednesday: five working days on, past Good Friday and Easter Monday, is 10 April.
    # 30 April 2026 is a Thursday: five working days on, past the early May holiday, is 8 May.
    assert due_between(code, "inform-suspect-charged", Month.parse("2026-04"), track="standard") == DueBetween(
        earliest=date(2026, 4, 10), latest=date(2026, 5, 8)
    )


def test_a_track_that_is_needed_must_be_said():
    with pytest.raises(vc.VictimsCodeError, match="Say which"):
        due_between(vc.VictimsCode.load(), "inform-suspect-charged", Month.parse("2026-04"))
