"""What stands in cells of extracts is read as people mean it, or named with row and column and never shown shifted."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

import victims_code as vc
from victims_code.adapters.extracts import check_extract, read_extract
from victims_code.adapters.extracts.cells import date_of
from victims_code.adapters.extracts.mapping import (
    CodeColumn,
    CodeList,
    CodeMeaning,
    DateColumn,
    DateForm,
    ExtractMapping,
    FactColumn,
    Identifying,
    RepeatedRows,
)
from victims_code.errors import WrongTypeError, WrongValueError

MAPPING = ExtractMapping(
    name="mine",
    source="RMS",
    dates=DateForm.DAY_FIRST_STROKES,
    rows=Identifying(case="CASE", victim="VICTIM", suspect="SUSPECT", born="BORN", committed_on="DONE"),
    events=(
        DateColumn(column="ARRESTED", event="suspect-arrested"),
        DateColumn(column="TOLD", event="victim-informed", about="suspect-arrested"),
    ),
    codes=(CodeColumn(column="OUTCOME", date="OUTCOME_DATE", list=CodeList.HOME_OFFICE_OUTCOMES),),
    facts=(FactColumn(column="DA", fact="domestic-abuse", yes=("Y",), no=("N",)),),
)
BLANK = dict.fromkeys(MAPPING.columns())


def row(**cells):
    return {**BLANK, "CASE": "C1", **cells}


def happened(case):
    return [(event.event, str(event.at), event.victim, event.suspect) for event in case.events]


def noted(case):
    return [
        (note.code, note.location.rpartition(", ")[2])
        for note in case.faults
        if note.code.startswith("VC-READ") and note.code != "VC-READ-102"
    ]


# --- nothing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["NULL", "null", "N/A", "n/a", "NA", "None", "-", "--", "nan", "NaT", "<NA>", "(null)", "[NULL]", "\\N", "..", " "],
)
def test_a_word_for_nothing_is_an_empty_cell_in_every_column(word):
    written = [
        row(VICTIM="A", ARRESTED="13/04/2026"),
        {**dict.fromkeys(BLANK, word), "CASE": "C1", "TOLD": "15/04/2026"},
    ]
    blank = [row(VICTIM="A", ARRESTED="13/04/2026"), row(TOLD="15/04/2026")]

    assert read_extract(MAPPING, written) == read_extract(MAPPING, blank)
    assert check_extract(MAPPING, written).complete


@pytest.mark.parametrize("nothing", ["", "NULL"])
def test_null_is_blank_and_the_day_of_the_offence_decides_on_a_telling(nothing):
    told = dict.fromkeys(BLANK, nothing) | {"CASE": "C1", "VICTIM": "V1", "BORN": "02/03/1990", "DA": "N"}
    assessed = evolve(MAPPING, events=(*MAPPING.events, DateColumn(column="ASSESSED", event="needs-assessed")))
    answers = []
    for done in (nothing, "10/04/2026"):
        first = {**told, "DONE": done, "SUSPECT": "S1", "ARRESTED": "13/04/2026", "ASSESSED": "13/04/2026"}
        (case,) = read_extract(assessed, [first, {**told, "TOLD": "15/04/2026", "ASSESSED": nothing}])
        (duty,) = vc.VictimsCode.load().assess(case, as_at=date(2026, 5, 1)).find("inform-suspect-arrested")
        days = (str(duty.due_on), str(duty.due_on_if_enhanced), str(duty.discharged_on))
        missing = tuple(one.id for one in duty.missing_facts)
        answers.append((duty.victim, duty.to_dict()["suspect"], *days, duty.status.value, missing))

    assert answers == [
        ("V1", "S1", "2026-04-20", "2026-04-14", "2026-04-15", "cannot-tell", ("under-18",)),
        ("V1", "S1", "2026-04-20", "None", "2026-04-15", "met", ()),
    ]


def test_a_check_counts_the_words_taken_for_an_empty_cell():
    found = check_extract(
        MAPPING, [row(SUSPECT="NULL", DA="-"), row(CASE="C2", SUSPECT="NULL"), row(CASE="C3", SUSPECT="n/a")]
    )

    assert found.taken_as_empty == {"SUSPECT": {"NULL": 2, "n/a": 1}, "DA": {"-": 1}}
    assert found.complete


def test_a_mapping_adds_words_of_its_own():
    mine = evolve(MAPPING, empty=("Not recorded", "9999"))
    (case,) = read_extract(mine, [row(VICTIM="not recorded", SUSPECT="9999", ARRESTED="13/04/2026")])

    assert happened(case) == [("suspect-arrested", "2026-04-13", None, None)]
    assert [victim.reference for victim in case.victims] == ["victim"]


def test_a_word_of_the_mapping_for_nothing_leaves_a_fact_that_is_not_known_unknown():
    mine = evolve(MAPPING, empty=("Unknown",))
    (case,) = read_extract(mine, [row(VICTIM="V1", SUSPECT="Unknown", ARRESTED="13/04/2026", DA="Unknown")])

    assert happened(case) == [("suspect-arrested", "2026-04-13", None, None)]
    assert [(flag.fact, flag.value) for flag in case.offence.flags] == [("domestic-abuse", None)]


def test_text_written_as_a_formula_is_text():
    (case,) = read_extract(MAPPING, [row(CASE='="0412"', VICTIM='="V1"', ARRESTED='="13/04/2026"')])

    assert (case.reference, [victim.reference for victim in case.victims]) == ("0412", ["V1"])
    assert happened(case) == [("suspect-arrested", "2026-04-13", None, None)]


def test_a_row_with_half_a_character_is_set_aside_and_the_others_are_read():
    found = check_extract(MAPPING, [row(VICTIM="V\ud800"), row(CASE="C2", ARRESTED="13/04/2026")])

    assert [str(fault) for fault in found.set_aside] == [
        "rows, row 1: The row has text that is not UTF-8. Write the text as UTF-8. [VC-FILE-007]"
    ]
    assert ([case.reference for case in found.read], found.complete) == (["C2"], False)


def test_a_frame_with_two_columns_of_one_name_is_refused_with_the_way_out():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(WrongValueError, match="Two columns are called the same"):
        read_extract(MAPPING, pandas.DataFrame([["C1", "C2"]], columns=["CASE", "CASE"]))


def test_a_word_the_mapping_gives_a_meaning_keeps_it():
    nothing = CodeColumn(column="ACTION", date="ARRESTED", codes=(CodeMeaning(code="-", event="suspect-bailed"),))
    mine = evolve(
        MAPPING, codes=(nothing,), facts=(FactColumn(column="DA", fact="domestic-abuse", yes=("Y",), no=("None",)),)
    )
    (case,) = read_extract(mine, [{**row(ARRESTED="13/04/2026", DA="None"), "ACTION": "-"}])

    assert [event.event for event in case.events] == ["suspect-arrested", "suspect-bailed"]
    assert [(flag.fact, flag.value) for flag in case.offence.flags] == [("domestic-abuse", False)]


def test_a_date_of_birth_of_nobody_is_named():
    (case,) = read_extract(MAPPING, [row(BORN="02/03/2015"), row(VICTIM="A", ARRESTED="13/04/2026")])

    assert [victim.born for victim in case.victims] == [None]
    assert noted(case) == [("VC-READ-103", "BORN")]


def test_a_row_without_a_case_reference_is_named_with_its_column():
    found = check_extract(MAPPING, [row(CASE="NULL", ARRESTED="13/04/2026")])

    assert [(fault.code, fault.location) for fault in found.warnings[:1]] == [("VC-READ-125", "rows, row 1, CASE")]
    assert "Fill in 'CASE' in every row" in found.warnings[0].hint
    assert not found.complete


# --- data frames --------------------------------------------------------------------------------------------------


def frame_rows():
    pandas = pytest.importorskip("pandas")
    arrested = pandas.to_datetime(["2026-04-13", "2026-04-13", None])
    return pandas.DataFrame(
        {
            **{column: [None] * 3 for column in BLANK},
            "CASE": ["C1", "C2", "C3"],
            "VICTIM": [101.0, float("nan"), float("nan")],
            "SUSPECT": [pandas.NA, "S1", pandas.NA],
            "ARRESTED": arrested,
            "TOLD": [pandas.Timestamp("2026-04-15"), pandas.NaT, pandas.NaT],
            "OUTCOME": [16.0, float("nan"), float("nan")],
            "OUTCOME_DATE": [pandas.Timestamp("2026-04-20 09:30"), pandas.NaT, pandas.NaT],
        }
    )


def frames():
    frame = frame_rows()
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    yield "rows of pandas", frame.to_dict("records")
    yield "pandas", frame
    yield "polars", polars.from_dicts(plain, infer_schema_length=None)
    yield "Arrow", pyarrow.Table.from_pylist(plain)
    yield "rows of Arrow", pyarrow.Table.from_pylist(plain).to_pylist()


def test_frames_and_their_rows_are_read_alike_and_nothing_is_called_nan():
    pytest.importorskip("narwhals")
    for name, source in frames():
        first, second, third = read_extract(MAPPING, source)

        assert happened(first) == [
            ("suspect-arrested", "2026-04-13", None, None),
            ("victim-informed", "2026-04-15", "101", None),
            ("decision-not-to-charge", "2026-04-20 09:30:00", None, None),
        ], name
        assert happened(second) == [("suspect-arrested", "2026-04-13", None, "S1")], name
        assert (third.events, [victim.reference for victim in third.victims]) == ((), ["victim"]), name
        assert check_extract(MAPPING, source).complete, name


def test_moments_of_numpy_are_dates():
    numpy = pytest.importorskip("numpy")
    mine = evolve(MAPPING, dates=DateForm.YEAR_FIRST)
    (case,) = read_extract(
        mine, [row(ARRESTED=numpy.datetime64("2026-04-13", "ns"), TOLD=numpy.datetime64("NaT", "D"))]
    )

    assert happened(case) == [("suspect-arrested", "2026-04-13", None, None)]


@pytest.mark.parametrize("source", [None, 16, {"CASE": "C1"}, [1], ["CASE"], [None]])
def test_what_is_no_table_is_refused_with_the_way_out(source):
    for read in (read_extract, check_extract):
        with pytest.raises(WrongTypeError, match="Pass a file, a data frame, or a list of rows"):
            read(MAPPING, source)


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "written", "at"),
    [
        ("YYYY-MM-DD", "2026-04-13 00:00:00.000", date(2026, 4, 13)),
        ("YYYY-MM-DD", "2026-04-13 00:00:00.0000000", date(2026, 4, 13)),
        ("YYYY-MM-DD", "2026-04-15 09:30:00.0000000", datetime.fromisoformat("2026-04-15T09:30")),
        ("YYYY-MM-DD", "2026-04-13 00:00:00.0000000 +01:00", date(2026, 4, 13)),
        ("YYYY-MM-DD", "2026-04-12T23:00:00Z", date(2026, 4, 13)),
        ("YYYY-MM-DD", "2026-04-12 23:00:00+00", date(2026, 4, 13)),
        ("YYYY-MM-DD", "2026/04/13", date(2026, 4, 13)),
        ("MON DD YYYY", "Apr 13 2026 12:00AM", date(2026, 4, 13)),
        ("MON DD YYYY", "Apr  3 2026 10:20PM", datetime.fromisoformat("2026-04-03T22:20")),
        ("YYYY-MM-DD", "2026-04-13T00:00:00.000Z", datetime.fromisoformat("2026-04-13T01:00+01:00")),
        ("YYYY-MM-DD", "2026-04-13T23:30:00Z", datetime.fromisoformat("2026-04-14T00:30+01:00")),
        ("DD/MM/YYYY", "13/04/2026 12:00:00 AM", date(2026, 4, 13)),
        ("DD/MM/YYYY", "13/04/2026 9:30:00 PM", datetime.fromisoformat("2026-04-13T21:30")),
        ("DD/MM/YYYY", "3/4/2026", date(2026, 4, 3)),
        ("DD.MM.YYYY", "13.04.2026", date(2026, 4, 13)),
        ("DD MON YYYY", "13-APR-2026", date(2026, 4, 13)),
        ("DD MON YYYY", "13 Apr 2026 10:20", datetime.fromisoformat("2026-04-13T10:20")),
        ("DD MON YYYY", "1 September 2026", date(2026, 9, 1)),
        ("YYYYMMDD", "20260413", date(2026, 4, 13)),
        ("EXCEL", "46125", date(2026, 4, 13)),
        ("EXCEL", "46127.395833", datetime.fromisoformat("2026-04-15T09:30")),
    ],
)
def test_dates_are_read_as_databases_and_spreadsheets_write_them(form, written, at):
    assert date_of(written, DateForm(form)) == at


def test_a_number_in_a_workbook_counts_days_from_the_day_the_workbook_says():
    assert date_of(46125, DateForm.YEAR_FIRST, epoch=date(1899, 12, 30)) == date(2026, 4, 13)
    assert date_of(Decimal("44663.5"), DateForm.YEAR_FIRST, epoch=date(1904, 1, 1)) == datetime.fromisoformat(
        "2026-04-13T12:00"
    )


def test_a_number_that_is_no_count_of_days_is_not_made_one():
    day_zero = date(1899, 12, 30)

    assert date_of(45, DateForm.DAY_FIRST_STROKES, epoch=day_zero) is None  # an age, perhaps
    assert date_of(20260413, DateForm.DAY_FIRST_STROKES, epoch=day_zero) is None
    assert date_of(20260413, DateForm.DIGITS, epoch=day_zero) == date(2026, 4, 13)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("13/04/26", "Give the year four figures, as in 13/04/2026."),
        ("04/13/2026", "Write it as in 13/04/2026."),
        (
            "2026-04-13",
            "It is written as YYYY-MM-DD. If the whole extract is, write `dates: YYYY-MM-DD` in the mapping.",
        ),
        ("13-APR-2026", "It is written as DD MON YYYY."),
        ("Apr 13 2026 10:20AM", "It is written as MON DD YYYY."),
        ("46125", "It looks like a date as Excel counts days."),
        ("13/04/2026 24:00", "Write it as in 13/04/2026."),
        ("13/04/2026 13:00 PM", "Write it as in 13/04/2026."),
    ],
)
def test_a_date_that_is_not_read_is_named_with_a_form_that_works(written, hint):
    (case,) = read_extract(MAPPING, [row(ARRESTED=written)])
    (note,) = (note for note in case.faults if note.code == "VC-READ-101")

    assert (case.events, note.location) == ((), "rows, case C1, row 1, ARRESTED")
    assert note.message == f"{written!r} cannot be the date of this."
    assert hint in note.hint


def test_a_form_that_a_message_names_reads_the_date():
    assert date_of("13-APR-2026", DateForm("DD MON YYYY")) == date_of("46125", DateForm("EXCEL")) == date(2026, 4, 13)


@pytest.mark.parametrize(
    "written",
    ["01/01/1900", "01/01/1901", "30/12/1899", "01/01/1753", "31/12/9999", "01/01/0001 00:00Z", date(1900, 1, 1)],
)
def test_a_placeholder_is_no_date_of_anything_and_is_named(written):
    filled = [row(VICTIM="A", BORN=written, DONE=written, ARRESTED=written, TOLD="15/04/2026")]
    (case,) = read_extract(MAPPING, filled)
    (blank,) = read_extract(MAPPING, [row(VICTIM="A", TOLD="15/04/2026")])

    assert (case.victims, case.offence, case.events) == (blank.victims, blank.offence, blank.events)
    assert sorted(noted(case)) == [("VC-READ-101", "ARRESTED"), ("VC-READ-101", "BORN"), ("VC-READ-101", "DONE")]
    assert not check_extract(MAPPING, filled).complete
    assert "datetime" not in str(case.faults)


def test_an_old_offence_keeps_its_date():
    (case,) = read_extract(MAPPING, [row(VICTIM="A", BORN="05/05/1968", DONE="01/06/1979", ARRESTED="13/04/2026")])

    assert (case.offence.committed_on, noted(case)) == (date(1979, 6, 1), [])


def test_a_date_of_birth_that_one_row_gives_is_not_lost_by_another():
    (case,) = read_extract(MAPPING, [row(VICTIM="A", BORN="NULL"), row(VICTIM="A", BORN="02/03/1990")])
    (twice,) = read_extract(MAPPING, [row(VICTIM="A", BORN="02/03/1990"), row(VICTIM="A", BORN="03/03/1990")])

    assert case.victims[0].born == date(1990, 3, 2)
    assert (twice.victims[0].born, noted(twice)) == (date(1990, 3, 2), [("VC-READ-103", "BORN")])
    assert "1990" not in str(twice.faults)


def test_a_check_finds_whatever_reading_leaves_out():
    late = check_extract(MAPPING, [row(ARRESTED="02/04/2126")])

    assert late.unread_dates == {}
    assert not late.complete


# --- codes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        16,
        16.0,
        "16",
        "16.0",
        "016",
        "Type 16",
        "Outcome Type 16",
        "Outcome 16",
        "HO Outcome 16",
        "OC16",
        "T16",
        "(16)",
        "16 - victim does not support",
    ],
)
def test_an_outcome_is_read_in_its_usual_spellings(written):
    (case,) = read_extract(MAPPING, [row(OUTCOME=written, OUTCOME_DATE="13/04/2026")])

    assert [event.event for event in case.events] == ["decision-not-to-charge"]
    assert noted(case) == []


@pytest.mark.parametrize("written", ["16Z", "16A", "23", "16-18", "16 - 18", "16 or 18", "16.5", "16 April 2026"])
def test_an_outcome_that_is_none_is_named(written):
    (case,) = read_extract(MAPPING, [row(OUTCOME=written, OUTCOME_DATE="13/04/2026")])

    assert (case.events, noted(case)) == ((), [("VC-READ-103", "OUTCOME")])


@pytest.mark.parametrize(("code", "day"), [("22", "31/03/2019"), ("16", "31/03/2013")])
def test_an_outcome_before_it_was_in_use_is_read_with_a_warning(code, day):
    (case,) = read_extract(MAPPING, [row(OUTCOME=code, OUTCOME_DATE=day)])

    assert len(case.events) == 1
    assert noted(case) == [("VC-READ-120", "OUTCOME")]


def test_a_code_of_a_mapping_after_it_went_out_of_use_is_read_with_a_warning():
    old = CodeMeaning(code="B1", event="suspect-bailed", since=date(2010, 1, 1), until=date(2020, 12, 31))
    mine = evolve(MAPPING, codes=(CodeColumn(column="OUTCOME", date="OUTCOME_DATE", codes=(old,)),))
    cases = read_extract(mine, [row(CASE=day, OUTCOME="B1", OUTCOME_DATE=day) for day in ("31/12/2020", "01/01/2021")])

    assert [noted(case) for case in cases] == [[], [("VC-READ-120", "OUTCOME")]]


# --- several offences ---------------------------------------------------------------------------------------------

SEVERAL = evolve(
    MAPPING,
    rows=evolve(MAPPING.rows, offence="OFFENCE", cjs_code="CODE"),
    events=(*MAPPING.events, DateColumn(column="VERDICT", event="case-outcome", received="VERDICT")),
)


def of_offence(offence, **cells):
    return {**dict.fromkeys(SEVERAL.columns()), "CASE": "C1", "OFFENCE": offence, **cells}


def test_rows_that_name_their_offence_tell_offences_apart():
    day = {"ARRESTED": "13/04/2026", "VERDICT": "20/04/2026"}
    (case,) = read_extract(
        SEVERAL,
        [
            of_offence("O1", VICTIM="V1", BORN="05/05/2010", DONE="01/06/2019", CODE="SX03001", DA="Y", **day),
            of_offence("O2", VICTIM="V2", BORN="05/05/1980", DONE="01/03/2026", CODE="TH68006", ARRESTED="13/04/2026"),
        ],
    )
    told = {
        one.victim for one in vc.VictimsCode.load().assess(case, as_at=date(2026, 5, 1)).find("inform-case-outcome")
    }

    assert [(one.reference, one.committed_on, one.cjs_code, one.victims) for one in case.offences] == [
        ("O1", date(2019, 6, 1), "SX03001", ("V1",)),
        ("O2", date(2026, 3, 1), "TH68006", ("V2",)),
    ]
    assert [[(flag.fact, flag.value) for flag in one.flags] for one in case.offences] == [
        [("domestic-abuse", True)],
        [],
    ]
    assert [(event.event, event.offence) for event in case.events] == [
        ("suspect-arrested", None),
        ("case-outcome", "O1"),
    ]
    assert (told, noted(case)) == ({"V1"}, [])


def test_a_row_that_names_no_offence_beside_others_that_do_is_named():
    (case,) = read_extract(SEVERAL, [of_offence("O1", DONE="01/06/2019"), of_offence("NULL", DONE="02/06/2019")])

    assert [one.committed_on for one in case.offences] == [date(2019, 6, 1)]
    assert [note.message for note in case.faults if note.code == "VC-READ-103"] == [
        "Some rows name the offence they are about and others do not."
    ]


def test_an_offence_with_two_codes_keeps_the_first_and_says_so():
    (case,) = read_extract(SEVERAL, [of_offence("O1", CODE="SX03001"), of_offence("O1", CODE="TH68006")])

    assert (case.offence.cjs_code, noted(case)) == ("SX03001", [("VC-READ-103", "CODE")])


# --- repeated rows ------------------------------------------------------------------------------------------------


def test_rows_that_repeat_are_counted_until_the_mapping_decides():
    rows = [row(ARRESTED="13/04/2026"), row(CASE="C2"), row(ARRESTED="13/04/2026"), row(CASE="C2")]
    found = check_extract(MAPPING, rows)
    once = check_extract(evolve(MAPPING, repeated_rows=RepeatedRows.ONCE), rows)

    assert (found.repeated, found.first_repeated, found.complete) == (2, (3, 4), False)
    told = []
    read_extract(MAPPING, rows, warn=told.append)
    assert [fault.code for fault in told] == ["VC-READ-122"]
    assert check_extract(evolve(MAPPING, repeated_rows=RepeatedRows.ALL), rows).complete
    assert (once.totals(), once.complete) == ("4 rows: 2 read, 0 set aside, 2 left out as repeated", True)


# --- what is personal ---------------------------------------------------------------------------------------------


def test_no_message_shows_a_name_or_a_date_of_birth():
    rows = [
        row(VICTIM="A", BORN="07-07-1977", ARRESTED="Mrs Jones rang", DA="07/07/1977"),
        row(CASE="C2", VICTIM="A", BORN="28313", TOLD="told Jones 2/4"),
    ]
    found = check_extract(MAPPING, rows)
    words = json.dumps(found.to_dict())

    assert len(found.warnings) >= 5
    assert not [secret for secret in ("Jones", "1977", "28313") if secret in words]
