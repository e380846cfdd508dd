"""Dates no record means: the first and the last day there is, hours beyond a day, and days before any calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import victims_code as vc
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
AS_AT = date(2026, 4, 20)
NO_DATES = [
    "0000-01-01",
    "0001-01-01T00:00:00Z",
    "10000-01-01",
    "9999-12-31T23:30:00-05:00",
    "2026-04-02T24:00",
    "2026-04-02T24:00:00Z",
    "2026-04-02T10:20+24:00",
    "2026-04-02T10:20+05:60",
    "٢٠٢٦-04-02",
    "infinity",
]


def case(*events, **victim):
    return vc.Case.from_dict(
        {"reference": "1", "victims": [{"reference": "V1", **victim}], "events": [dict(event) for event in events]}
    )


@pytest.mark.parametrize("column", ["at", "received", "recorded"])
@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_day_is_a_fault_with_its_place(text, column):
    with pytest.raises(vc.CaseError) as refused:
        case({"event": "suspect-arrested", "at": "2026-04-02", column: text})
    [fault] = refused.value.faults
    assert (fault.code, fault.location) == ("VC-DATE-001", f"events[0].{column}")


@pytest.mark.parametrize(
    "moment",
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))],
    ids=["first", "last"],
)
def test_a_time_that_is_no_day_in_london_is_refused(moment):
    arrested = vc.Event(event="suspect-arrested", at=date(2026, 4, 2))
    made = vc.Case(reference="1", victims=[vc.Victim(reference="V1")], events=[arrested])
    for ask in (
        lambda: vc.Event(event="suspect-arrested", at=moment),
        lambda: CODE.assess(made, as_at=moment),
        lambda: CODE.assess(made, as_at=AS_AT, known_on=moment),
        lambda: CODE.deadline("inform-suspect-arrested", on=moment, track="standard"),
    ):
        with pytest.raises(vc.VictimsCodeError) as refused:
            ask()
        assert [fault.code for fault in refused.value.faults] == ["VC-DATE-001"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_day_there_is_can_be_shown(day):
    result = CODE.assess(
        case({"event": "crime-reported", "at": day}, {"event": "needs-assessed", "at": AS_AT}), as_at=AS_AT
    )
    assert "</html>" in result.to_html(page=True)
    assert result.to_markdown()
    assert result.to_icalendar()
    assert result.to_csv()
    assert result.windows_to_csv()


def test_a_birth_on_the_last_day_there_is_is_refused_as_later_than_every_record():
    with pytest.raises(vc.CaseError) as refused:
        case({"event": "crime-reported", "at": "2026-04-01"}, born="9999-12-31")
    assert [fault.code for fault in refused.value.faults] == ["VC-CASE-011", "VC-CASE-117"]


@pytest.mark.parametrize("passed", ["1931-03-01", "1985-03-01", "1989-11-30"])
def test_a_sentence_before_the_calendar_leaves_the_rest_assessed(passed):
    """The parole decision of 2026 has its duties; the window of 1985 is closed, and its last day is in doubt."""
    result = CODE.assess(
        case(
            {"event": "sentence-passed", "at": passed, "suspect": "S1"},
            {"event": "parole-decision-issued", "at": "2026-03-02", "suspect": "S1"},
        ),
        as_at=AS_AT,
    )
    assert "give-parole-summary" in {obligation.duty.id for obligation in result.obligations}
    [lenient] = [window for window in result.windows if window.scheme.id == "unduly-lenient-sentence"]
    assert lenient.state.value == "closed"
    assert {"VC-LAW-002", "VC-CASE-116"} <= {fault.code for fault in result.faults}
    assert "because the calendar does not reach that far" in lenient.explain().to_text()


@pytest.mark.parametrize("day", ["0001-01-01", "1931-03-01", "1985-03-01", "2205-01-01", "9999-12-31"])
def test_no_event_of_any_day_makes_a_case_unassessable(day):
    for event in load_vocabulary().events.values():
        about = "sentence-passed" if "event" in event.about else "inform-sentence-passed"
        record = {"event": event.id, "at": day, "suspect": "S1"} | ({"about": about} if event.about else {})
        CODE.assess(case(record, {"event": "crime-reported", "at": "2026-04-01"}), as_at=AS_AT)
