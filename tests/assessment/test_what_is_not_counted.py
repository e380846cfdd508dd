"""Records after the date of assessment: every output says how many were not counted."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code.cli import main

CODE = vc.VictimsCode.load()
AS_AT = date(2026, 4, 10)
RECORD = """
reference: A1
offence: {committed_on: 2026-04-01}
victims: [{reference: V1, born: 1990-03-02}]
events:
  - {event: suspect-arrested, at: 2026-04-02, suspect: S1}
  - {event: suspect-charged, at: 2026-04-09, suspect: S1}
  - {event: victim-informed, about: suspect-charged, at: 2026-04-14, victim: V1, suspect: S1}
  - {event: special-measures-decided, at: 2026-04-15}
"""
CASE = vc.Case.from_yaml(RECORD)
RESULT = CODE.assess(CASE, as_at=AS_AT)
SAID = "2 records are later and not counted."
FAULT = "2 records are dated after the date of assessment, Friday 10 April 2026, and not counted."


def test_the_result_says_how_many_records_were_not_counted():
    (fault,) = RESULT.faults

    assert (fault.code, fault.message, fault.location) == ("VC-CASE-121", FAULT, "events")
    assert RESULT.to_dict()["stamp"]["records_not_counted"] == 2
    assert CODE.assess(CASE, as_at=date(2026, 4, 15)).to_dict()["stamp"]["records_not_counted"] == 0


def test_every_page_says_it():
    assert FAULT in RESULT.to_markdown()
    assert f"\n{SAID}\n" in RESULT.to_markdown()
    assert FAULT in RESULT.to_html()
    assert f"<p>{SAID}</p>" in RESULT.to_html()
    assert SAID in RESULT.timeline().to_svg()
    assert SAID in RESULT.timeline().to_html()


@pytest.mark.parametrize("text", [RESULT.to_csv(), RESULT.windows_to_csv()])
def test_every_row_of_a_table_says_it(text):
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {row["records_not_counted"] for row in rows} == {"2"}


def test_a_diary_says_it_of_every_entry_and_of_the_case():
    text = RESULT.to_icalendar().replace("\r\n ", "")

    assert f"X-WR-CALDESC:A1: {SAID}" in text
    assert text.count(SAID) == 1 + text.count("BEGIN:VEVENT")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "ics", "csv", "windows-csv"])
def test_the_command_line_says_it_in_every_format(tmp_path, form):
    file = tmp_path / "case.yaml"
    file.write_text(RECORD, encoding="utf-8")
    done = CliRunner().invoke(main, ["assess", str(file), "--as-at", "2026-04-10", "--format", form])

    assert "2 records are dated after the date of assessment" in " ".join(done.stderr.split())
    assert form in ("json", "csv", "windows-csv") or SAID in done.stdout.replace("\r\n ", "")


def test_a_summary_of_several_cases_counts_them_together(tmp_path):
    for name in ("A1", "A2"):
        (tmp_path / f"{name}.yaml").write_text(RECORD.replace("A1", name), encoding="utf-8")
    files = [str(tmp_path / f"{name}.yaml") for name in ("A1", "A2")]
    done = CliRunner().invoke(main, ["assess", *files, "--as-at", "2026-04-10"])

    assert "4 records are later and not counted." in " ".join(done.output.split())


def test_the_day_of_special_measures_may_be_decided_later():
    (measures,) = RESULT.special_measures

    assert "Not counted, because it is dated after Friday 10 April 2026" in measures.explain().to_text()


def test_a_date_more_than_a_year_after_all_others_is_likely_a_slip():
    def told(last):
        events = [*CASE.to_dict()["events"], {"event": "sentence-passed", "at": last}]
        result = CODE.assess(vc.Case.from_dict({**CASE.to_dict(), "events": events}), as_at=date(2030, 1, 1))
        return [(fault.location, fault.message) for fault in result.faults if fault.code == "VC-CASE-123"]

    assert told("2027-04-15") == []
    assert told("2027-04-16") == [
        ("events[4].at", "Friday 16 April 2027 is more than 12 months after every other date of the case.")
    ]


def test_a_slip_that_has_been_corrected_is_not_told_again():
    events = [
        {"event": "suspect-arrested", "at": "2026-04-02"},
        {"event": "suspect-charged", "at": "2036-04-09", "reference": "E1"},
        {"event": "suspect-charged", "at": "2026-04-09", "replaces": "E1"},
    ]
    result = CODE.assess(vc.Case.from_dict({**CASE.to_dict(), "events": events}), as_at=AS_AT)

    assert not [fault for fault in result.faults if fault.code == "VC-CASE-123"]


def test_the_plain_result_can_be_written_as_json():
    assert json.loads(json.dumps(RESULT.to_dict(explain=True)))["stamp"]["records_not_counted"] == 2
