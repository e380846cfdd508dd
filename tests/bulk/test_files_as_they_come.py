"""Files as people write them: every row is counted, one that does not fit is set aside, and no message shows a cell."""

from __future__ import annotations

import csv
import gzip
import io
import random
import traceback
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest
from attrs import evolve

import victims_code as vc
from shared.parameters import mostly_long
from victims_code.bulk import Tables, assess
from victims_code.bulk import inputs as bulk_inputs
from victims_code.errors import VictimsCodeError

AS_AT = date(2026, 4, 20)
CODE = vc.VictimsCode.load()
EVENTS = "case_ref,event,at,received,about,victim_ref,suspect_ref,hearing_ref,recorded"
VICTIMS = "case_ref,victim_ref,born"
ARREST = ",suspect-arrested,2026-04-02,,,,S1,,"
SECRETS = ("Surname", "1977", "Schmidt", "Müller")


def plain(number):
    """The lines of some victims with an arrest in each case."""
    cases = [f"{n}" for n in range(1, number + 1)]
    return [EVENTS, *(case + ARREST for case in cases)], [VICTIMS, *(f"{case},V{case},1990-03-02" for case in cases)]


def write(folder, name, lines, end="\n"):
    path = folder / name
    content = b"".join(
        (line if isinstance(line, bytes) else line.encode("utf-8")) + end.encode("ascii") for line in lines
    )
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def answered(folder, events, victims, **options):
    given = {"events": write(folder, "events.csv", events), "victims": write(folder, "victims.csv", victims)}
    with assess(Tables(**given), as_at=AS_AT, code=CODE, **options) as answer:
        return answer.obligations.to_dicts(), answer.faults.to_dicts(), {t.table: t for t in answer.totals}


def refused(**given):
    """The message, and everything a traceback of it would print."""
    with pytest.raises(VictimsCodeError) as problem, assess(Tables(**given), as_at=AS_AT, code=CODE) as answer:
        answer.obligations.to_dicts()
    printed = "".join(traceback.format_exception(problem.value))
    assert not [secret for secret in SECRETS if secret in printed]
    return problem.value


def test_a_number_sign_begins_no_comment(tmp_path):
    events, victims = plain(3)
    victims.append("3,#4,1990-03-02")
    victims[1] = "#1,V1,1990-03-02"
    events[1] = "#1" + ARREST
    found, faults, totals = answered(tmp_path, events, victims)
    assert not faults
    assert (totals["victims"].rows, totals["victims"].assessed) == (4, 4)
    assert {row["victim_ref"] for row in found} >= {"V1", "V2", "V3", "#4"}


ODD = {
    "a comma in a name": '77,"Surname, N",1977-07-07',
    "one cell too many": "77,Surname,N,1977-07-07",
    "one cell too few": "77,Surname",
    "bytes that are not UTF-8": "77,Müller,1977-07-07".encode("latin-1"),
    "a quotation mark that never closes": '77,"Surname,1977-07-07',
    "a quotation mark within a cell": '77,"Surname" N,1977-07-07',
    "a cell without an end": "77," + "Surname" * 40_000 + ',"1977',
}


@pytest.mark.parametrize("kind", mostly_long(ODD, always=3))
@pytest.mark.parametrize("rows", [3, pytest.param(30_000, marks=pytest.mark.slow)])
def test_one_late_odd_row_is_set_aside_and_the_rest_assessed(tmp_path, kind, rows):
    events, victims = plain(rows)
    at = rows - 1
    victims.insert(at, ODD[kind])
    found, faults, totals = answered(tmp_path, events, victims)
    aside = [fault for fault in faults if fault["table"] == "victims" and fault["set_aside"]]
    if kind == "a comma in a name":  # which is a victim called so, in a case without events
        assert not faults
        assert totals["victims"].assessed == rows + 1
    else:
        assert [(fault["row"], fault["code"]) for fault in aside] == [(at, "VC-FILE-007")]
        assert f"Line {at + 1}" in aside[0]["message"]
        assert totals["victims"].rows == rows + 1
        assert totals["victims"].set_aside == 1
    assert {row["victim_ref"] for row in found if row["victim_ref"]} >= {f"V{n}" for n in range(1, rows + 1)}
    assert not [secret for secret in SECRETS for fault in faults if secret in str(fault)]


def test_a_quoted_cell_of_several_lines_is_one_row(tmp_path):
    events, victims = plain(3)
    victims = [f"{victims[0]},note", *(f"{line}," for line in victims[1:])]
    victims[2] = '2,V2,1990-03-02,"one line\r\nand ""another"", with a comma\n\nand a third"'
    found, faults, totals = answered(tmp_path, events, victims)
    assert not faults
    assert totals["victims"].rows == 3
    assert {row["victim_ref"] for row in found if row["victim_ref"]} == {"V1", "V2", "V3"}


@pytest.mark.parametrize("end", mostly_long(["\r\n", "\n", "\r"]), ids=["crlf", "lf", "cr"])
@pytest.mark.parametrize("mark", mostly_long(["\ufeff", "", "sep=,\n"]), ids=["byte-order mark", "bare", "sep"])
def test_line_ends_and_marks_at_the_start_change_nothing(tmp_path, end, mark):
    events, victims = plain(2)
    mark = mark.replace("\n", end)
    events[0], victims[0] = mark + events[0], mark + victims[0]
    given = {"events": write(tmp_path, "e.csv", events, end), "victims": write(tmp_path, "v.csv.gz", victims, end)}
    with assess(Tables(**given), as_at=AS_AT, code=CODE) as answer:
        assert [(t.table, t.rows, t.set_aside) for t in answer.totals] == [("victims", 2, 0), ("events", 2, 0)]


def test_any_rows_a_csv_writer_writes_are_read_back():
    """Whatever stands in the cells, quoted as Python quotes it: no row is lost, and none set aside for its form."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    chance = random.Random(7)
    pieces = ["a", "#", '"', "\n", "\r\n", "\\", "'", ";", "\t", "é", "\u2028", " x", "\0", "NULL", "0001"]
    rows = [[f"{n}", f"V{n}," + "".join(chance.choices(pieces, k=chance.randint(0, 6))) + "z", ""] for n in range(400)]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([VICTIMS.split(","), *rows])
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "victims.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        events = write(folder, "events.csv", [EVENTS, *(row[0] + ARREST for row in rows)])
        with assess(Tables(events=events, victims=folder / "victims.csv"), as_at=AS_AT, code=CODE) as answer:
            total = next(total for total in answer.totals if total.table == "victims")
            assert (total.rows, total.set_aside) == (400, 0)
            found = {row["case_ref"]: row["victim_ref"] for row in answer.obligations.to_dicts() if row["victim_ref"]}
    assert found == {row[0]: row[1] for row in rows}


def test_a_row_lost_on_the_way_stops_the_run(monkeypatch):
    taken = bulk_inputs._register_input

    def one_too_many(connection, table, *rest):
        found = taken(connection, table, *rest)
        return evolve(found, rows=found.rows + 1) if table.name == "victims" else found

    monkeypatch.setattr(bulk_inputs, "_register_input", one_too_many)
    problem = refused(**in_arrow(*plain(2)))
    assert problem.faults[0].message == "3 rows came in, and 2 of them were read."


def in_arrow(events, victims):
    """The same as Arrow tables of text."""
    tables = {}
    for name, lines in (("events", events), ("victims", victims)):
        header, *rows = [line.split(",") for line in lines]
        tables[name] = pa.table({column: [row[n] or None for row in rows] for n, column in enumerate(header)})
    return tables


# --- headers ----------------------------------------------------------------------------------------------------


def test_a_header_that_is_data_is_not_shown(tmp_path):
    events, _ = plain(2)
    victims = write(tmp_path, "victims.csv", ["77,Surname,1977-07-07", "78,Schmidt,1990-03-02"])
    problem = refused(events=write(tmp_path, "events.csv", events), victims=victims)
    assert problem.faults[0].message == "None of the columns of this table is in the first row of victims.csv."
    as_table = pa.table({"77": ["78"], "Surname": ["Schmidt"], "1977-07-07": ["1990-03-02"]})
    assert "Is the header there?" in str(refused(**{**in_arrow(*plain(2)), "victims": as_table}))


@pytest.mark.parametrize("delimiter", mostly_long([";", "\t", "|"]))
def test_another_delimiter_is_said_and_not_guessed(tmp_path, delimiter):
    events, victims = plain(2)
    given = write(tmp_path, "victims.csv", [line.replace(",", delimiter) for line in victims])
    problem = refused(events=write(tmp_path, "events.csv", events), victims=given)
    assert "are not separated by ','" in problem.faults[0].message
    said = write(tmp_path, "victims.csv", [f"sep={delimiter}", *(line.replace(",", delimiter) for line in victims)])
    with assess(Tables(events=tmp_path / "events.csv", victims=said), as_at=AS_AT, code=CODE) as answer:
        assert [total.rows for total in answer.totals] == [2, 2]


def test_utf_16_and_a_column_written_twice_are_refused_by_name(tmp_path):
    events, victims = plain(2)
    (tmp_path / "victims.csv").write_text("\n".join(victims), encoding="utf-16")
    twice = write(tmp_path, "events.csv", [f"{events[0]},AT", *(f"{line}," for line in events[1:])])
    problem = refused(events=twice, victims=tmp_path / "victims.csv")
    assert [fault.message for fault in problem.faults] == [
        "events.csv has the column 'at' twice.",
        "victims.csv is not UTF-8 text.",
    ]


# --- several files and Parquet ----------------------------------------------------------------------------------


def test_several_csv_files_are_one_table_and_lines_are_of_their_file(tmp_path):
    events, victims = plain(4)
    parts = [
        write(tmp_path, "a.csv", victims[:3]),
        write(
            tmp_path, "b.csv", ["born,case_ref,victim_ref", "1990-03-02,3,V3", "too,many,cells,here", "1990-03-02,4,V4"]
        ),
    ]
    with assess(Tables(events=write(tmp_path, "e.csv", events), victims=parts), as_at=AS_AT, code=CODE) as answer:
        [fault] = answer.faults.to_dicts()
        assert (fault["row"], fault["message"][:16]) == (4, "Line 3 of b.csv:")
        assert {row["victim_ref"] for row in answer.obligations.to_dicts() if row["victim_ref"]} == {
            "V1",
            "V2",
            "V3",
            "V4",
        }


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_part_without_a_column_is_named(tmp_path, form):
    events, victims = plain(2)
    lines = [victims, [",".join(line.split(",")[:2]) for line in victims]]
    parts = [write(tmp_path, f"{n}.csv", part) for n, part in enumerate(lines)]
    if form == "parquet":
        for n, part in enumerate(lines):
            pa.parquet.write_table(in_arrow(events, part)["victims"], tmp_path / f"{n}.parquet")
        parts = tmp_path / "*.parquet"
    problem = refused(events=write(tmp_path, "e.csv", events), victims=parts)
    assert "'born'" in str(problem)
    assert f"1.{form}" in str(problem)


def test_parts_that_hold_one_column_as_two_types_are_named(tmp_path):
    events, victims = plain(2)
    table = in_arrow(events, victims)["victims"]
    pa.parquet.write_table(table, tmp_path / "0.parquet")
    dated = table.set_column(2, "born", pa.array([date(1990, 3, 2)] * 2))
    pa.parquet.write_table(dated, tmp_path / "1.parquet")
    problem = refused(events=write(tmp_path, "e.csv", events), victims=tmp_path / "*.parquet")
    assert "'born' is date32" in problem.faults[0].message


def test_parquet_that_is_damaged_is_refused_without_a_cell(tmp_path):
    events, victims = plain(500)
    victims = [victims[0], *(f"{line.split(',')[0]},Surname{line},1977-07-07" for line in victims[1:])]
    header, *rows = [line.split(",") for line in victims]
    table = pa.table({column: [row[n] for row in rows] for n, column in enumerate(header)})
    whole = tmp_path / "victims.parquet"
    pa.parquet.write_table(table, whole, compression="NONE", use_dictionary=False)
    content = whole.read_bytes()
    chance = random.Random(3)
    for n in range(12):
        broken = bytearray(content)
        if n < 2:
            broken = broken[: len(broken) // (n + 2)]
        else:
            for place in chance.sample(range(4, len(content) - 400), 60):
                broken[place] = chance.randrange(256)
        whole.write_bytes(bytes(broken))
        try:
            with assess(
                Tables(events=write(tmp_path, "e.csv", events), victims=whole), as_at=AS_AT, code=CODE
            ) as answer:
                answer.faults.to_dicts()
        except VictimsCodeError as problem:
            assert "Surname" not in "".join(traceback.format_exception(problem))  # noqa: PT017


def test_a_file_name_with_the_marks_of_a_pattern_is_that_file(tmp_path):
    events, victims = plain(2)
    pa.parquet.write_table(in_arrow(events, victims)["victims"], tmp_path / "victims[1]'s*.parquet")
    given = {"events": write(tmp_path, "events [a].csv", events), "victims": tmp_path / "victims[1]'s*.parquet"}
    with assess(Tables(**given), as_at=AS_AT, code=CODE, output=tmp_path / "it's [out]") as answer:
        assert answer.counts().to_pylist()[0]["rows"] > 0


# --- odd texts in frames ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd", mostly_long(["V\0", "\udc80", "V" * 200_000, "V\ud800", "\u202e1V"], always=2), ids=range(5)
)
def test_odd_texts_in_frames_are_read_or_refused_by_a_fault(odd):
    import pandas

    tables = in_arrow(*plain(2))
    frame = pandas.DataFrame(
        {"case_ref": ["1", "2"], "victim_ref": [odd, "V2"], "born": ["1977-07-07", None]}, dtype=object
    )
    try:
        with assess(Tables(**{**tables, "victims": frame}), as_at=AS_AT, code=CODE) as answer:
            rows = answer.obligations.to_dicts()
            faults = answer.faults.to_dicts()
            assert odd in {row["victim_ref"] for row in rows}
            assert all(len(fault["message"]) < 300 for fault in faults)
    except VictimsCodeError as problem:
        assert "1977" not in "".join(traceback.format_exception(problem))  # noqa: PT017


def test_a_reference_that_a_frame_has_made_a_fraction_is_the_whole_number():
    import pandas

    told = {"event": "victim-informed", "about": "suspect-arrested", "victim_ref": 5.0, "suspect_ref": 7.0}
    arrested = {"event": "suspect-arrested", "about": None, "victim_ref": float("nan"), "suspect_ref": 7.0}
    frames = {
        "events": pandas.DataFrame([{"case_ref": 101, "at": "2026-04-02", **event} for event in (arrested, told)]),
        "victims": pandas.DataFrame({"case_ref": [101.0], "victim_ref": [5], "born": [None]}),
        "assertions": pandas.DataFrame(
            {"case_ref": [101], "victim_ref": [5.0], "fact": "persistently-targeted", "value": 1.0, "since": None}
        ),
    }
    with assess(Tables(**frames), as_at=AS_AT, code=CODE) as answer:
        rows = {row["duty"]: row for row in answer.obligations.to_dicts()}
        assert not [fault for fault in answer.faults.to_dicts() if fault["set_aside"]]
    duty = rows["inform-suspect-arrested"]
    assert (duty["case_ref"], duty["victim_ref"], duty["suspect_ref"]) == ("101", "5", "7")
    assert (duty["track"], duty["status"]) == ("enhanced", "met")


def test_a_long_word_is_cut_in_the_message():
    tables = in_arrow(*plain(2))
    words = pa.array(["suspect-arrested", "x" * 5000])
    tables["events"] = tables["events"].set_column(1, "event", words)
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        [fault] = answer.faults.to_dicts()
    assert fault["code"] == "VC-CASE-001"
    assert len(fault["message"]) < 120


# --- options and errors of the database -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [("batch_size", -1), ("batch_size", 0), ("batch_size", 1.5), ("batch_size", True), ("threads", 0),
     ("threads", "2"), ("memory_limit", "plenty"), ("temp_dir", "/no/such/folder")],
)  # fmt: skip
def test_a_value_nothing_can_be_worked_out_with_is_refused(name, value):
    problem = refused(**in_arrow(*plain(1)), **{name: value})
    assert [fault.location for fault in problem.faults] == [name]


def test_a_column_to_count_by_is_one_of_the_table():
    with assess(Tables(**in_arrow(*plain(1))), as_at=AS_AT, code=CODE) as answer:
        with pytest.raises(vc.VictimsCodeError, match="There is no column 'statsu'"):
            answer.counts("statsu")
        with pytest.raises(vc.VictimsCodeError):
            answer.counts('status" FROM x; --')


def test_an_error_of_the_database_shows_no_cell(tmp_path):
    with assess(Tables(**in_arrow(*plain(1))), as_at=AS_AT, code=CODE) as answer:
        broken = evolve(answer.obligations, parts=("SELECT CAST('Surname 1977' AS DATE) AS id",), order=("id",))
        for ask in (broken.to_dicts, broken.to_arrow, lambda: broken.to_parquet(tmp_path / "x.parquet")):
            with pytest.raises(VictimsCodeError) as problem:
                ask()
            assert "Surname" not in "".join(traceback.format_exception(problem.value))
            assert [fault.code for fault in problem.value.faults] == ["VC-FILE-008"]


# --- order ------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_threads_and_lots_change_no_byte_of_what_is_written(tmp_path):
    from shared.engines import numbered, tables_of
    from victims_code.testing.made_up import made_up_case

    cases = numbered([made_up_case(seed, around=date(2025, 3, 3)) for seed in range(12)])
    tables = tables_of(cases)
    events = tables["events"].to_pylist()
    spoilt = [{**row, "event": "suspect-arested"} if n % 7 == 0 else row for n, row in enumerate(events)]
    tables["events"] = pa.Table.from_pylist(spoilt, schema=tables["events"].schema)
    written = {}
    for threads, at_once in ((1, 1000), (4, 1000), (2, 6)):
        folder = tmp_path / f"{threads}-{at_once}"
        folder.mkdir()
        options = {"threads": threads, "batch_size": at_once}
        with assess(
            Tables(**tables), as_at=date(2025, 6, 2), code=CODE, output=folder / "all.csv", **options
        ) as answer:
            answer.obligations.to_parquet(folder / "all.parquet")
            answer.faults.to_csv(folder / "faults.csv")
            answer.warnings.to_csv(folder / "warnings.csv")
        for path in folder.iterdir():
            written.setdefault(path.name, []).append(path.read_bytes())
    assert written["faults.csv"][0].count(b"\n") > 10
    for name, contents in written.items():
        same = contents[:2] if name == "all.parquet" else contents  # which shows in how many lots it was written
        assert len(set(same)) == 1, name
