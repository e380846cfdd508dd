"""What the bulk engine says beside the answer is what a case of one's own would be told."""

from datetime import date

import pytest

import victims_code as vc
from bulk.test_same_answers import made_up
from shared.engines import CODE, numbered, tables_of
from shared.parameters import mostly_long
from victims_code.bulk import Tables, assess

CODES = {
    *("VC-CASE-102", "VC-CASE-103", "VC-CASE-104", "VC-CASE-105", "VC-CASE-106"),
    *("VC-CASE-107", "VC-CASE-108", "VC-CASE-109", "VC-CASE-113", "VC-LAW-101"),
    *("VC-CASE-119", "VC-CASE-121", "VC-CASE-122", "VC-CASE-123", "VC-CASE-126"),
}


def of_objects(cases, as_at):
    return sorted(
        (case.reference, fault.code, fault.message)
        for case in cases
        for fault in CODE.assess(case, as_at=as_at).faults
        if fault.code in CODES
    )


def in_bulk(cases, as_at, **options):
    with assess(Tables(**tables_of(cases)), as_at=as_at, code=CODE, **options) as answer:
        rows = answer.warnings.to_dicts()
    assert not any(row["set_aside"] for row in rows)
    return sorted((row["case_ref"], row["code"], row["message"]) for row in rows)


def case(*events):
    return vc.Case.from_dict({"reference": "1", "victims": [{"reference": "V1"}], "events": list(events)})


ARREST = {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1"}
OTHER_ARREST = {**ARREST, "suspect": "S2"}
LISTED = {"event": "hearing-listed", "at": "2026-04-02", "suspect": "S1", "hearing": "H1"}
TOLD = {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-08", "victim": "V1"}
CHARGED_TOLD = {**TOLD, "about": "suspect-charged"}
UNANSWERED = CODE.edition("code-2013").unanswered[0]


CORRECTION = {**ARREST, "at": "2026-04-03", "reference": "E2", "replaces": "E1"}
WITHDRAWAL = {**CORRECTION, "at": "2026-04-09", "recorded": "2026-04-10", "reference": "E3", "replaces": "E2"}
GIVEN = [
    ([ARREST, TOLD, TOLD], "VC-CASE-102"),
    ([ARREST, OTHER_ARREST, TOLD], "VC-CASE-103"),
    ([ARREST, CHARGED_TOLD], "VC-CASE-104"),
    ([ARREST, {**TOLD, "suspect": "s1"}], "VC-CASE-104"),
    ([ARREST, {**TOLD, "at": "2026-04-01"}], "VC-CASE-104"),
    ([LISTED, {**TOLD, "about": "hearing-listed", "hearing": "H2"}], "VC-CASE-104"),
    ([{**ARREST, "at": "2028-12-28"}], "VC-CASE-105"),
    ([{"event": UNANSWERED, "at": "2014-05-01"}], "VC-LAW-101"),
    ([{**ARREST, "reference": "E1"}, CORRECTION, {**WITHDRAWAL, "withdrawn": True}], "VC-CASE-119"),
    ([{**ARREST, "reference": "E1"}, CORRECTION, {**CORRECTION, "at": "2026-04-04", "reference": "E3"}], "VC-CASE-126"),
    ([{**ARREST, "reference": "E1"}, CORRECTION, {**CORRECTION, "reference": "E3", "replaces": "E2"}], None),
    ([ARREST, {**TOLD, "at": "2026-04-08T10:00"}, {**TOLD, "at": "2026-04-08T15:00"}], None),
]
"""The records of a case, and of what they warn."""


@pytest.fixture(scope="module")
def rows():
    """The warnings of those cases in bulk."""
    cases = numbered([case(*events) for events, _ in GIVEN])
    with assess(Tables(**tables_of(cases)), as_at=date(2029, 1, 10), code=CODE) as answer:
        return answer.warnings.to_dicts()


@pytest.mark.parametrize("n", range(len(GIVEN)), ids=lambda n: f"{n}-{GIVEN[n][1]}")
def test_each_warning_is_given_in_both_engines(rows, n):
    """Times of one day are not the same record, so the last case has none."""
    events, code = GIVEN[n]
    said = [(code, message) for _, code, message in of_objects([case(*events)], date(2029, 1, 10))]
    here = [row for row in rows if row["case_ref"] == f"{n}"]
    assert code in {found for found, _ in said} or (code is None and not said)
    assert sorted((row["code"], row["message"]) for row in here) == said
    assert not any(row["set_aside"] for row in here)


@pytest.mark.parametrize("known_on", mostly_long([date(2026, 4, 10), None, date(2026, 4, 12)]))
def test_records_that_are_not_counted_are_told_in_both_engines(known_on):
    told_later = {**TOLD, "recorded": "2026-04-15", "reference": "E1"}
    slip = {**TOLD, "at": "2036-04-08", "about": "suspect-charged"}
    cases = numbered([
        case(ARREST, TOLD, {**OTHER_ARREST, "at": "2026-04-11"}, slip),
        case(ARREST, told_later, {**TOLD, "replaces": "E1"}),
        case(ARREST, {**slip, "reference": "E2"}, {**TOLD, "replaces": "E2"}),
        case(ARREST, {**slip, "reference": "E2"}, {**TOLD, "replaces": "E2", "withdrawn": True}),
        case(ARREST, {**ARREST, "at": "2027-04-02"}),
        case(ARREST, {**ARREST, "at": "2027-04-03"}),
    ])  # fmt: skip
    as_at = date(2026, 4, 10)
    said = sorted(
        (one.reference, fault.code, fault.message)
        for one in cases
        for fault in CODE.assess(one, as_at=as_at, known_on=known_on).faults
        if fault.code in CODES
    )

    assert {"VC-CASE-121", "VC-CASE-123"} <= {code for _, code, _ in said}
    assert ("VC-CASE-122" in {code for _, code, _ in said}) is (known_on is not None)
    stamps = [CODE.assess(one, as_at=as_at, known_on=known_on).stamp for one in cases]
    with assess(Tables(**tables_of(cases)), as_at=as_at, known_on=known_on, code=CODE) as answer:
        rows = answer.warnings.to_dicts()
        assert sorted((row["case_ref"], row["code"], row["message"]) for row in rows) == said
        assert answer.stamp["records_not_counted"] == sum(stamp.records_not_counted for stamp in stamps)


WITHOUT_VALUES = {
    "reference": "1",
    "victims": [{"reference": "V1", "born": "1900-01-01"}],
    "offence": {"committed_on": "1901-01-01"},
    "events": [ARREST],
}


@pytest.mark.parametrize("known_on", mostly_long([date(2026, 4, 9), None, date(2026, 4, 10)]))
def test_a_withdrawn_correction_is_told_once_the_withdrawal_is_known(known_on):
    first = {**ARREST, "reference": "E1"}
    withdrawn = {**WITHDRAWAL, "withdrawn": True}
    cases = numbered([
        case(first, CORRECTION, withdrawn),
        case(first, {**CORRECTION, "withdrawn": True}, withdrawn),
        case(first, CORRECTION, WITHDRAWAL),
        case(first, {**withdrawn, "replaces": "E1"}),
    ])  # fmt: skip
    as_at = date(2026, 4, 20)
    faults = [
        (one.reference, fault.code, fault.message)
        for one in cases
        for fault in CODE.assess(one, as_at=as_at, known_on=known_on).faults
        if fault.code in CODES
    ]
    what = "This withdraws 'E2', which replaced 'E1'. Neither of them counts."
    told = [("0", "VC-CASE-119", what), ("1", "VC-CASE-119", what)]
    assert [fault for fault in faults if fault[1] == "VC-CASE-119"] == ([] if known_on == date(2026, 4, 9) else told)
    assert in_bulk(cases, as_at, known_on=known_on) == sorted(faults)


def test_a_withdrawn_correction_names_its_record_and_what_to_do(rows):
    events = next(events for events, code in GIVEN if code == "VC-CASE-119")
    [fault] = [f for f in CODE.assess(case(*events), as_at=date(2029, 1, 10)).faults if f.code == "VC-CASE-119"]
    [row] = [row for row in rows if row["code"] == "VC-CASE-119"]
    assert fault.location == "events[2].withdrawn"
    assert (row["table"], row["row"], row["column"]) == ("events", row_of(row["case_ref"], 2), "withdrawn")
    assert fault.hint == row["hint"] == "If 'E1' was right, add that record again under a new reference."


def row_of(case_ref, event):
    """Which row of the table of events an event of one of the cases is."""
    return sum(len(events) for events, _ in GIVEN[: int(case_ref)]) + event + 1


def test_dates_that_are_filled_in_are_told_in_both_engines():
    without = vc.Case.from_dict(WITHOUT_VALUES)
    found = CODE.assess(without, as_at=date(2026, 4, 20)).faults
    said = [(fault.location, fault.code) for fault in found if fault.code == "VC-CASE-117"]
    assert sorted(said) == [("offence.committed_on", "VC-CASE-117"), ("victims[0].born", "VC-CASE-117")]
    with assess(Tables(**tables_of([without])), as_at=date(2026, 4, 20), code=CODE) as answer:
        rows = [row for row in answer.faults.to_dicts() if row["code"] == "VC-CASE-117"]
        assert sum(total.set_aside for total in answer.totals) == 0
    assert sorted((row["message"], row["hint"]) for row in rows) == sorted(
        (fault.message, fault.hint) for fault in found if fault.code == "VC-CASE-117"
    )
    assert not any("1900" in row["message"] + row["hint"] for row in rows)


def test_a_warning_names_the_row(rows):
    [row] = [row for row in rows if row["case_ref"] == "2"]
    assert (row["table"], row["row"], row["column"]) == ("events", row_of("2", 1), "about")
    assert row["severity"] == "warning"
    assert row["message"] == "The victim was told about 'suspect-charged', but there is no record of that event."


DAYS = [date(2008, 1, 7), date(2014, 12, 20), date(2021, 4, 1), date(2028, 12, 20)]


@pytest.mark.parametrize("around", mostly_long(DAYS), ids=str)
def test_made_up_cases_are_told_the_same(around):
    cases = numbered(made_up(17, around, 120))
    assert in_bulk(cases, around, batch_size=50) == of_objects(cases, around)
