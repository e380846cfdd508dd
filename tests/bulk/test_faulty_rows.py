"""Rows with faults: each is told with its place and the way out, set aside and counted, and the rest is assessed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from shutil import copytree

import duckdb
import polars
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from attrs import evolve, frozen

import victims_code as vc
from shared.engines import CODE, as_rows, numbered, tables_of
from shared.parameters import mostly_long
from victims_code.bulk import FAULTS, INPUTS, OBLIGATIONS, Tables, assess
from victims_code.faults import FAULT_KINDS
from victims_code.testing.made_up import made_up_case

AS_AT = date(2026, 5, 29)
COLUMNS = [column.name for column in OBLIGATIONS]


# --- what can be wrong ------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Bad:
    """A row with a fault: where it stands, and what must be said of it.

    ``told`` must stand in what is said, ``out`` in the way out. ``also`` are faults of rows that hang on this one.
    ``note`` marks a fault that is told and sets nothing aside; ``in_a_case`` one that a case file can have too.
    """

    kind: str
    table: str
    row: dict[str, str]
    column: str
    code: str
    told: str
    out: str
    also: tuple[tuple[str, str, str], ...] = ()
    note: bool = False
    in_a_case: bool = True


LATER = "2026-04-20"
BAD = (
    Bad(kind="a name one letter off", table="events", row={"event": "suspect-arested", "at": LATER}, column="event",
        code="VC-CASE-001", told="'suspect-arested' is not an event name", out="suspect-arrested"),
    Bad(kind="a day that does not exist", table="events", row={"event": "suspect-charged", "at": "2026-02-30"},
        column="at", code="VC-DATE-001", told="'2026-02-30' is not a date", out="2026-04-02"),
    Bad(kind="a date as people write it", table="events", row={"event": "suspect-charged", "at": "20/04/2026"},
        column="at", code="VC-DATE-001", told="'20/04/2026' is not a date", out="2026-04-02T10:20"),
    Bad(kind="no date", table="events", row={"event": "suspect-charged", "at": ""}, column="at",
        code="VC-FILE-004", told="`at` is empty", out="Fill it in"),
    Bad(kind="someone who is not there", table="events",
        row={"event": "suspect-charged", "at": LATER, "victim_ref": "V9"}, column="victim_ref",
        code="VC-CASE-003", told="no victim 'V9'", out="Add the victim"),
    Bad(kind="before the offence", table="events", row={"event": "suspect-bailed", "at": "2026-03-30"}, column="at",
        code="VC-CASE-002", told="dated Monday 30 March 2026, before the offence on Tuesday 31 March 2026",
        out="Correct one of the two dates"),
    Bad(kind="received before", table="events",
        row={"event": "sentence-passed", "at": LATER, "received": "2026-04-19"}, column="received",
        code="VC-CASE-005", told="received on Sunday 19 April 2026, before it happened on Monday 20 April 2026",
        out="Correct `received` or `at`"),
    Bad(kind="received after the assessment", table="events",
        row={"event": "sentence-passed", "at": LATER, "received": "2206-04-21"}, column="received",
        code="VC-CASE-111", told="received on Monday 21 April 2206, after the date of assessment",
        out="its receipt does not", note=True),
    Bad(kind="declined what is not the victim's", table="events",
        row={"event": "service-declined", "at": LATER, "about": "pass-case-outcome-to-witness-care"}, column="about",
        code="VC-CASE-112", told="is not owed to the victim", out="Delete the record", note=True),
    Bad(kind="recorded before", table="events",
        row={"event": "suspect-charged", "at": LATER, "recorded": "2026-04-17"}, column="recorded",
        code="VC-CASE-006", told="recorded on Friday 17 April 2026", out="Correct `recorded` or `at`"),
    Bad(kind="a telling of nothing", table="events",
        row={"event": "victim-informed", "at": LATER}, column="about",
        code="VC-CASE-009", told="does not say what it is about", out="Add `about` with the name of"),
    Bad(kind="a telling of nonsense", table="events",
        row={"event": "victim-informed", "at": LATER, "about": "suspect-charge"}, column="about",
        code="VC-CASE-009", told="'suspect-charge' is not something a victim is told about", out="suspect-charged"),
    Bad(kind="about where nothing belongs", table="events",
        row={"event": "suspect-charged", "at": LATER, "about": "suspect-charged"}, column="about",
        code="VC-CASE-009", told="takes no `about`", out="Delete it"),
    Bad(kind="a correction of nothing", table="events",
        row={"event": "suspect-charged", "at": LATER, "replaces": "R7"}, column="replaces",
        code="VC-CASE-010", told="called 'R7'", out="`reference: R7`"),
    Bad(kind="a withdrawal of nothing", table="events",
        row={"event": "suspect-charged", "at": LATER, "withdrawn": "true"}, column="withdrawn",
        code="VC-CASE-010", told="does not say what", out="`replaces`"),
    Bad(kind="neither true nor false", table="events",
        row={"event": "suspect-charged", "at": LATER, "withdrawn": "perhaps"}, column="withdrawn",
        code="VC-FILE-005", told="'perhaps' does not belong here", out="true or false"),
    Bad(kind="no victim named", table="victims", row={"victim_ref": ""}, column="victim_ref",
        code="VC-FILE-004", told="`victim_ref` is empty", out="Fill it in"),
    Bad(kind="born after the offence", table="victims", row={"victim_ref": "V3", "born": "2026-04-01"}, column="born",
        code="VC-CASE-011", told="born after the offence", out="Correct one of the two dates"),
    Bad(kind="a date of birth no one can read", table="victims", row={"victim_ref": "V3", "born": "1990"},
        column="born", code="VC-DATE-001", told="This is not a date of birth", out="2026-04-02"),
    Bad(kind="no capacity", table="victims", row={"victim_ref": "V3", "capacity": "close-relatve"}, column="capacity",
        code="VC-CASE-014", told="'close-relatve' is not a capacity", out="close-relative"),
    Bad(kind="no fact", table="assertions", row={"victim_ref": "V1", "fact": "persistently-targetted", "value": "true"},
        column="fact", code="VC-CASE-007", told="is not a fact of a victim", out="persistently-targeted"),
    Bad(kind="a fact of a victim said of the offence", table="assertions",
        row={"fact": "bereaved-close-relative", "value": "true"}, column="fact",
        code="VC-CASE-007", told="is not a flag of an offence", out=""),
    Bad(kind="a value between", table="assertions",
        row={"victim_ref": "V1", "fact": "mental-disorder", "value": "maybe"}, column="value",
        code="VC-CASE-008", told="is true, false or unknown, not 'maybe'", out="counts as not known", note=True),
    Bad(kind="an age against the dates", table="assertions",
        row={"victim_ref": "V1", "fact": "under-18", "value": "true"}, column="value",
        code="VC-CASE-018", told="'under-18' does not fit the dates of birth and offence", out="delete the fact"),
    Bad(kind="said both ways", table="assertions",
        row={"victim_ref": "V1", "fact": "physical-disability-or-disorder", "value": "false"}, column="value",
        code="VC-CASE-012", told="two values from the same date", out="`since`",
        also=(("assertions", "value", "VC-CASE-012"),)),
    Bad(kind="said of nobody", table="assertions", row={"victim_ref": "V9", "fact": "mental-disorder", "value": "true"},
        column="victim_ref", code="VC-CASE-003", told="no victim 'V9'", out="Add the victim", in_a_case=False),
    Bad(kind="speaking for nobody", table="spokespersons", row={"victim_ref": "V2", "speaks_for": "V9"},
        column="speaks_for", code="VC-CASE-015", told="no other victim 'V9'", out="Correct the reference"),
    Bad(kind="speaking without a part", table="spokespersons", row={"victim_ref": "V4", "speaks_for": "V1"},
        column="victim_ref", code="VC-CASE-015", told="no capacity in which they can speak",
        out="person or close-relative or family-spokesperson or parent-or-guardian"),
    Bad(kind="a date of birth filled in", table="victims", row={"victim_ref": "V3", "born": "1900-01-01"},
        column="born", code="VC-CASE-117", told="This date of birth is one that systems fill in", out="Delete it",
        note=True),
    Bad(kind="recorded tomorrow", table="events",
        row={"event": "suspect-charged", "at": LATER, "recorded": "2026-05-30"}, column="recorded",
        code="VC-CASE-101", told="after the date of assessment Friday 29 May 2026", out="It is left out", note=True),
    Bad(kind="a duty no one has", table="events",
        row={"event": "good-reason", "at": LATER, "about": "inform-suspect-arested"}, column="about",
        code="VC-CASE-009", told="There is no duty 'inform-suspect-arested'", out="inform-suspect-arrested", note=True),
)  # fmt: skip
"""One row each, every one in a case of its own beside the rows of :func:`sound`."""


def sound(case):
    """The rows of a case with nothing wrong in them."""
    events = [
        {"event": "crime-reported", "at": "2026-04-01T10:20"},
        {"event": "suspect-arrested", "at": "2026-04-02", "suspect_ref": "S1"},
        {"event": "needs-assessed", "at": "2026-04-07", "victim_ref": "V1"},
        {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-08", "victim_ref": "V1"},
    ]
    victims = [
        {"victim_ref": "V1", "born": "1990-03-02"},
        {"victim_ref": "V2", "capacity": "family-spokesperson"},
        {"victim_ref": "V4", "capacity": "business"},
    ]
    return {
        "events": [{"case_ref": case, **row} for row in events],
        "victims": [{"case_ref": case, **row} for row in victims],
        "assertions": [
            {"case_ref": case, "victim_ref": "V1", "fact": "physical-disability-or-disorder", "value": "true"}
        ],
        "spokespersons": [{"case_ref": case, "victim_ref": "V2", "speaks_for": "V1"}],
        "cases": [{"case_ref": case, "committed_on": "2026-03-31"}],
    }


def together(*parts):
    """The rows of several cases, table by table."""
    return {name: [row for part in parts for row in part.get(name, [])] for name in INPUTS}


def in_arrow(rows):
    """Rows as Arrow tables in which every column of the contract is text."""
    return {
        name: pa.table(
            {column.name: pa.array([row.get(column.name) for row in of_table], pa.string()) for column in table.columns}
        )
        for name, table in INPUTS.items()
        for of_table in [rows.get(name, [])]
    }


def without_sequence(tables):
    return {**tables, "events": tables["events"].drop_columns(["sequence"])}


def answered(rows, as_at=AS_AT, **options):
    """The obligations, the faults and the totals of some rows."""
    with assess(Tables(**without_sequence(in_arrow(rows))), as_at=as_at, code=CODE, **options) as answer:
        return answer.obligations.to_dicts(), answer.faults.to_dicts(), {t.table: t for t in answer.totals}


def as_case(rows, case):
    """The rows of a case as the engine of objects takes it."""

    def of_case(table, **names):
        return [
            {new: row[old] for old, new in names.items() if row.get(old)}
            for row in rows[table]
            if row["case_ref"] == case
        ]

    truths = {"true": True, "false": False}
    assertions = [
        {**row, "value": truths.get(row["value"], row["value"])}
        for row in of_case("assertions", victim_ref="victim", fact="fact", value="value", since="since")
    ]
    victims = of_case("victims", victim_ref="reference", born="born", capacity="capacity")
    for victim in victims:
        who = victim.get("reference")
        facts = [{k: v for k, v in row.items() if k != "victim"} for row in assertions if row.get("victim") == who]
        others = of_case("spokespersons", victim_ref="victim", speaks_for="other")
        speaks_for = [row["other"] for row in others if row["victim"] == who]
        victim |= {"facts": facts} | ({"speaks_for": speaks_for} if speaks_for else {})
    names = dict.fromkeys(("event", "at", "received", "about", "recorded", "reference", "replaces"))
    events = of_case(
        "events",
        **{name: name for name in names},
        victim_ref="victim",
        suspect_ref="suspect",
        hearing_ref="hearing",
        withdrawn="withdrawn",
    )
    for event in events:
        if "withdrawn" in event:
            event["withdrawn"] = truths.get(event["withdrawn"], event["withdrawn"])
    (offence,) = of_case("cases", committed_on="committed_on")
    offence["flags"] = [row for row in assertions if "victim" not in row]
    return {"reference": case, "offence": offence, "victims": victims, "events": events}


def every_kind():
    """All bad rows at once, each in a case of its own, named by its kind."""
    return together(
        *(sound(bad.kind) for bad in BAD),
        *({bad.table: [{"case_ref": bad.kind, **bad.row}]} for bad in BAD),
        sound("nothing wrong"),
    )


@pytest.fixture(scope="module")
def all_at_once():
    return answered(every_kind())


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.kind)
def test_each_fault_names_its_row_and_the_way_out(all_at_once, bad):
    rows, (_, faults, _) = every_kind(), all_at_once
    here = [fault for fault in faults if fault["case_ref"] == bad.kind]
    where = rows[bad.table].index({"case_ref": bad.kind, **bad.row}) + 1
    [fault] = [fault for fault in here if (fault["table"], fault["row"]) == (bad.table, where)]
    assert (fault["column"], fault["code"], fault["set_aside"]) == (bad.column, bad.code, not bad.note)
    assert fault["severity"] == FAULT_KINDS[bad.code].severity.value
    assert bad.told in fault["message"]
    assert bad.out in fault["hint"]
    others = [(f["table"], f["column"], f["code"]) for f in here if f is not fault]
    assert others == list(bad.also)


def test_the_table_of_faults_has_the_columns_of_the_contract(all_at_once):
    _, faults, _ = all_at_once
    assert {tuple(fault) for fault in faults} == {tuple(column.name for column in FAULTS)}


def test_there_are_more_than_ten_kinds_and_none_stops_another(all_at_once):
    _, faults, _ = all_at_once
    assert len({(fault["table"], fault["column"], fault["code"]) for fault in faults}) >= 20
    assert len({fault["code"] for fault in faults if fault["set_aside"]}) >= 10
    assert not [fault for fault in faults if fault["case_ref"] == "nothing wrong"]


def test_what_came_in_is_what_was_assessed_and_what_was_set_aside(all_at_once):
    rows, (_, faults, totals) = every_kind(), all_at_once
    for name, total in totals.items():
        aside = {fault["row"] for fault in faults if fault["table"] == name and fault["set_aside"]}
        assert total.rows == len(rows[name])
        assert total.set_aside == len(aside)
        assert total.rows == total.assessed + total.set_aside
    assert totals["events"].set_aside == sum(bad.table == "events" and not bad.note for bad in BAD)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.kind)
def test_the_rest_of_the_case_is_assessed_as_if_the_row_were_not_there(all_at_once, bad):
    obligations, _, _ = all_at_once
    here = [tuple(row.values()) for row in obligations if row["case_ref"] == bad.kind]
    rest = sound(bad.kind)
    if bad.note:
        row = {**bad.row, "value": "unknown"} if bad.column == "value" else bad.row
        rest = together(rest, {bad.table: [{"case_ref": bad.kind, **row}]})
    rest["assertions"] = [] if bad.also else rest["assertions"]
    assert len(here) > 20
    assert Counter(here) == Counter(as_rows(vc.Case.from_dict(as_case(rest, bad.kind)), as_at=AS_AT, standing=False))


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.in_a_case], ids=lambda bad: bad.kind)
def test_the_engine_of_objects_finds_the_same(bad):
    """It refuses the whole case with the same code; what only deserves a note it assesses, with the same code."""
    case = as_case(together(sound("1"), {bad.table: [{"case_ref": "1", **bad.row}]}), "1")
    if bad.note and bad.column != "value":
        found = CODE.assess(vc.Case.from_dict(case), as_at=AS_AT).faults
    else:
        with pytest.raises(vc.VictimsCodeError) as refused:
            CODE.assess(vc.Case.from_dict(case), as_at=AS_AT)
        found = refused.value.faults
    assert bad.code in {fault.code for fault in found}


# --- small cases, read in one run and looked at one by one --------------------------------------------------------

APART = {}
"""The rows of each test by its name, under references that begin with it."""


def on(make):
    """Give a test rows of its own; ``make`` makes them for the reference of a case."""

    def keep(test):
        APART[test.__name__] = make(test.__name__)
        return test

    return keep


@frozen(kw_only=True)
class Here:
    """What came of the rows of one test. Rows are numbered as if there were no others."""

    rows: dict
    obligations: list
    faults: list

    def codes(self, table):
        return [(f["row"], f["column"], f["code"]) for f in self.faults if f["table"] == table]

    def counts(self, table):
        """How many rows of a table were assessed, and how many set aside."""
        aside = len({f["row"] for f in self.faults if f["table"] == table and f["set_aside"]})
        return len(self.rows[table]) - aside, aside


@pytest.fixture(scope="module")
def apart():
    obligations, faults, totals = answered(together(*APART.values()))
    for name, total in totals.items():  # what came in is what was assessed and what was set aside, whosever it is
        aside = {fault["row"] for fault in faults if fault["table"] == name and fault["set_aside"]}
        assert (total.rows - total.assessed, total.set_aside) == (len(aside), len(aside))
    first, found = Counter(), {}
    for name, rows in APART.items():
        mine = [
            {**fault, "row": fault["row"] - first[fault["table"]]}
            for fault in faults
            if fault["row"] and 0 < fault["row"] - first[fault["table"]] <= len(rows.get(fault["table"], ()))
        ]
        owed = [row for row in obligations if row["case_ref"].startswith(name)]
        found[name] = Here(rows=rows, obligations=owed, faults=mine)
        first.update({table: len(of_table) for table, of_table in rows.items()})
    return found


@pytest.fixture
def here(apart, request):
    return apart[request.node.originalname]


BORN_LAST = [
    ("person", "2026-04-09", "", "born after the last record"),
    ("person", "2026-04-08", "", None),
    ("close-relative", "2026-04-09", "", None),
    ("person", "2026-04-09", "2026-03-31", "born after the offence"),
]


def with_a_victim_born_last(case):
    return [
        together({**sound(f"{case} {n}"), "cases": [{"case_ref": f"{case} {n}", "committed_on": committed_on}]},
                 {"victims": [{"case_ref": f"{case} {n}", "victim_ref": "V3", "capacity": capacity, "born": born}]})
        for n, (capacity, born, committed_on, _) in enumerate(BORN_LAST)
    ]  # fmt: skip


@on(lambda case: together(*with_a_victim_born_last(case)))
def test_nobody_who_was_harmed_is_born_after_every_record(here):
    for n, (*_, told) in enumerate(BORN_LAST):
        case = f"{test_nobody_who_was_harmed_is_born_after_every_record.__name__} {n}"
        found = [fault for fault in here.faults if (fault["case_ref"], fault["column"]) == (case, "born")]
        plain = as_case(here.rows, case)
        if told is None:
            assert not found
            vc.Case.from_dict(plain)
            continue
        assert [(fault["row"], fault["set_aside"], told in fault["message"]) for fault in found] == [
            (4 * n + 4, True, True)
        ]
        with pytest.raises(vc.VictimsCodeError) as refused:
            vc.Case.from_dict(plain)
        assert [(fault.code, told in fault.message) for fault in refused.value.faults] == [("VC-CASE-011", True)]


# --- rows that hang on others -----------------------------------------------------------------------------------


@on(lambda case: together(sound(case), {"events": [{"event": "suspect-charged", "at": LATER}]}))
def test_rows_without_a_case_belong_to_nobody_and_are_set_aside(here):
    assert here.codes("events") == [(5, "case_ref", "VC-FILE-004")]
    assert here.counts("events") == (4, 1)
    assert "inform-suspect-charged" not in {row["duty"] for row in here.obligations}


@on(lambda case: together(sound(case), {"victims": [{"case_ref": case, "victim_ref": "V1", "born": "1990-03-02"}]}))
def test_of_two_rows_of_a_victim_that_say_the_same_the_first_is_used(here):
    assert here.codes("victims") == [(4, "victim_ref", "VC-CASE-004")]
    assert here.counts("victims") == (3, 1)
    case = here.rows["cases"][0]["case_ref"]
    assert Counter(map(tuple, (row.values() for row in here.obligations))) == Counter(
        as_rows(vc.Case.from_dict(as_case(sound(case), case)), as_at=AS_AT, standing=False)
    )


@on(lambda case: together(sound(case), {"victims": [{"case_ref": case, "victim_ref": "V1", "born": "1991-03-02"}]}))
def test_of_two_rows_of_a_victim_that_differ_none_is_used_nor_what_hangs_on_them(here):
    assert here.codes("victims") == [(1, "victim_ref", "VC-CASE-004"), (4, "victim_ref", "VC-CASE-004")]
    assert here.codes("events") == [(3, "victim_ref", "VC-CASE-003"), (4, "victim_ref", "VC-CASE-003")]
    assert here.codes("assertions") == [(1, "victim_ref", "VC-CASE-003")]
    assert here.codes("spokespersons") == [(1, "speaks_for", "VC-CASE-015")]
    assert {row["victim_ref"] for row in here.obligations} == {"V2", "V4"}
    assert here.counts("events") == (2, 2)


def without_a_victim_that_can_be_used(case):
    spoilt = sound(f"{case} 1")
    spoilt["victims"] = [{**row, "born": "nonsense"} for row in spoilt["victims"]]
    return together(spoilt, sound(f"{case} 2"))


@on(without_a_victim_that_can_be_used)
def test_a_case_none_of_whose_victims_can_be_used_is_set_aside_whole(here):
    assert {row["case_ref"][-2:] for row in here.obligations} == {" 2"}
    assert [code for *_, code in here.codes("events")] == ["VC-CASE-013"] * 4
    assert here.codes("cases") == [(1, "case_ref", "VC-CASE-013")]
    for name in ("victims", "events", "assertions", "spokespersons", "cases"):
        assert len(set(here.counts(name))) == 1  # as many of the sound case as of the other


@on(lambda case: together(
    sound(case),
    {"cases": [{"case_ref": case, "committed_on": "2026-03-30"}],
     "events": [{"case_ref": case, "event": "suspect-bailed", "at": "2026-03-01"}]},
))  # fmt: skip
def test_a_case_that_stands_twice_with_two_dates_of_offence_has_none(here):
    assert here.codes("cases") == [(1, "case_ref", "VC-CASE-004"), (2, "case_ref", "VC-CASE-004")]
    assert not here.codes("events")  # with no offence nothing can lie before it
    assert here.counts("cases") == (0, 2)


def with_one_reference_twice(case):
    same = {"case_ref": case, "event": "suspect-charged", "at": LATER, "reference": "R1"}
    return together(sound(case), {"events": [same, {**same, "event": "suspect-bailed"}]})


@on(with_one_reference_twice)
def test_two_records_of_one_reference_are_both_set_aside(here):
    assert here.codes("events") == [(5, "reference", "VC-CASE-004"), (6, "reference", "VC-CASE-004")]


def with_an_event_of(day):
    """The rows of a case without a date of offence in which someone was charged on a day."""
    return lambda case: together(
        {**sound(case), "cases": []}, {"events": [{"case_ref": case, "event": "suspect-charged", "at": day}]}
    )


@on(with_an_event_of("2006-04-02"))
def test_events_of_days_no_edition_governs_are_told_and_counted_as_assessed(here):
    [fault] = here.faults
    assert (fault["code"], fault["row"], fault["set_aside"]) == ("VC-LAW-002", 5, False)
    assert fault["message"] == "No edition of the Code applies on Sunday 2 April 2006."
    assert here.counts("events") == (5, 0)
    assert "inform-suspect-charged" not in {row["duty"] for row in here.obligations}


NO_DATES = (
    "0000-01-01", "0001-01-01T00:00:00Z", "10000-01-01", "9999-12-31T23:30:00-05:00", "2026-04-02T24:00",
    "2026-04-02T24:00:00Z", "2026-04-02T10:20+24:00", "2026-04-02T10:20+05:60", "infinity", "-infinity", "today",
)  # fmt: skip


NO_DATE_CELLS = [{column: text} for text in NO_DATES for column in ("at", "received", "recorded")]
ZONED = {"event": "suspect-bailed", "at": "2026-04-12 23:30:00+00"}  # as PostgreSQL writes it


def charged(case, cell):
    return {"events": [{"case_ref": case, "event": "suspect-charged", "at": LATER, **cell}]}


def with_dates_that_are_none(case):
    """Each text in each column of dates, in a case of its own, after one with a zone of whole hours."""
    parts = [
        part for n, cell in enumerate(NO_DATE_CELLS) for part in (sound(f"{case} {n}"), charged(f"{case} {n}", cell))
    ]
    return together({"events": [{"case_ref": f"{case} 0", **ZONED}]}, *parts)


@on(with_dates_that_are_none)
def test_what_is_no_day_sets_one_row_aside_and_a_zone_of_whole_hours_is_read(here):
    """A case file is refused with the same code."""
    assert here.codes("events") == [
        (1 + 5 * (n + 1), column, "VC-DATE-001") for n, cell in enumerate(NO_DATE_CELLS) for column in cell
    ]
    for n, cell in enumerate(NO_DATE_CELLS):
        with pytest.raises(vc.CaseError) as refused:
            vc.Case.from_dict(as_case(together(sound(f"{n}"), charged(f"{n}", cell)), f"{n}"))
        assert [fault.code for fault in refused.value.faults] == ["VC-DATE-001"]
    case = vc.Case.from_dict(as_case(together(sound("0"), {"events": [{"case_ref": "0", **ZONED}]}), "0"))
    assert str(next(event.on for event in case.events if event.event == "suspect-bailed")) == "2026-04-13"
    bailed = [row for row in here.obligations if row["duty"] == "inform-suspect-bailed"]
    assert {(row["case_ref"].rpartition(" ")[2], str(row["triggered_on"])) for row in bailed} == {("0", "2026-04-13")}


@pytest.mark.parametrize("kind", mostly_long(["DATE", "TIMESTAMP", "TIMESTAMPTZ"]))
@pytest.mark.parametrize("at", mostly_long(["infinity", "-infinity", "0001-01-01 (BC)", "10000-01-01"]))
def test_a_day_of_the_database_that_is_none_of_ours_sets_its_row_aside(at, kind):
    tables = without_sequence(in_arrow(sound("1")))
    with duckdb.connect() as connection:
        connection.register("events", tables["events"])
        cells = (
            f"""* REPLACE (CAST(CASE WHEN event = 'suspect-arrested' THEN '{at}' ELSE "at" END AS {kind}) AS "at")"""
        )
        with assess(
            Tables(**{**tables, "events": connection.sql(f"SELECT {cells} FROM events")}), as_at=AS_AT
        ) as answer:
            [fault] = [fault for fault in answer.faults.to_dicts() if fault["set_aside"]]
            assert (fault["row"], fault["column"], fault["code"]) == (2, "at", "VC-DATE-001")
            assert answer.obligations.to_dicts()


NEWER = {"withdrawn": {"withdrawn": "true"}, "corrected": {"at": "2026-04-20"}}


def with_a_record_corrected_away(case, newer):
    old = {"case_ref": case, "event": "suspect-charged", "at": "2006-04-02", "reference": "R1"}
    events = [old, {**old, "reference": "R2", "replaces": "R1", **newer}]
    return together({**sound(case), "cases": [{"case_ref": case}]}, {"events": events})


@on(lambda case: together(*(with_a_record_corrected_away(f"{case} {name}", newer) for name, newer in NEWER.items())))
def test_a_record_corrected_away_raises_no_fault_in_either_engine(here):
    assert here.faults == []
    for case in {row["case_ref"] for row in here.rows["cases"]}:
        in_objects = CODE.assess(vc.Case.from_dict(as_case(here.rows, case)), as_at=AS_AT).faults
        assert [fault.code for fault in in_objects if fault.code.startswith("VC-LAW-00")] == []


LONG_AGO = ("0001-01-01", "1066-10-14")


@on(
    lambda case: together(
        {**sound(f"{case} -"), "cases": []}, *(with_an_event_of(at)(f"{case} {at}") for at in LONG_AGO)
    )
)
def test_an_event_of_any_day_there_is_can_be_read(here):
    assert here.codes("events") == [(9, "at", "VC-LAW-002"), (14, "at", "VC-LAW-002")]
    owed = {row["case_ref"].rpartition(" ")[2]: Counter() for row in here.obligations}
    for row in here.obligations:
        owed[row["case_ref"].rpartition(" ")[2]][str({**row, "id": "", "case_ref": ""})] += 1
    assert owed["-"] == owed[LONG_AGO[0]] == owed[LONG_AGO[1]]
    assert owed["-"]


def test_a_word_where_a_number_belongs():
    rows = sound("1")
    tables = in_arrow(rows)
    tables["events"] = tables["events"].set_column(
        tables["events"].schema.get_field_index("sequence"), "sequence", pa.array(["1", "2", "third", "4"])
    )
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        [fault] = answer.faults.to_dicts()
    assert (fault["row"], fault["column"], fault["code"]) == (3, "sequence", "VC-FILE-005")
    assert fault["message"] == "'third' does not belong here."


def with_dates_of_birth_to_hide(case):
    born = ("2026-04-07", "13/12/1987")
    return together(sound(case), {"victims": [{"case_ref": case, "victim_ref": "V3", "born": day} for day in born]})


@on(with_dates_of_birth_to_hide)
def test_no_fault_prints_a_date_of_birth(here):
    said = " ".join(f"{fault['message']} {fault['hint']}" for fault in here.faults)
    assert len(here.faults) == 4
    assert "1987" not in said
    assert "7 April" not in said


@pytest.mark.long
def test_whatever_is_spoilt_the_totals_reconcile_and_untouched_cases_have_their_answers():
    """Cells of a third of the cases are overwritten at random; the others are answered as the objects answer."""
    random, seed = Random(20260529), 4100
    cases = numbered([made_up_case(seed + n, around=date(2024, 5, 1)) for n in range(90)])
    as_at, spoilt = date(2024, 7, 1), {f"{n}" for n in range(0, 90, 3)}
    rows = {name: table.to_pylist() for name, table in tables_of(cases).items()}
    for name, of_table in rows.items():
        for n, row in enumerate(of_table):
            to_text = {key: _text(value) for key, value in row.items()}
            if row["case_ref"] in spoilt and random.random() < 0.3:
                column = random.choice([c.name for c in INPUTS[name].columns if c.name not in ("case_ref", "sequence")])
                to_text[column] = random.choice(("", "nonsense", "2024-13-01", "1066-10-14", "V1", "true"))
            of_table[n] = to_text
    with assess(Tables(**in_arrow(rows)), as_at=as_at, code=CODE) as answer:
        faults, found = answer.faults.to_dicts(), answer.obligations.to_dicts()
        for total in answer.totals:
            aside = {f["row"] for f in faults if f["table"] == total.table and f["set_aside"]}
            assert (total.rows, total.set_aside) == (len(rows[total.table]), len(aside))
            assert total.assessed == total.rows - total.set_aside
    assert len({fault["code"] for fault in faults}) > 8
    assert {fault["case_ref"] for fault in faults if fault["set_aside"]} <= spoilt
    for case in cases:
        if case.reference not in spoilt:
            here = Counter(tuple(row.values()) for row in found if row["case_ref"] == case.reference)
            assert here == Counter(as_rows(case, as_at=as_at, standing=False))


def _text(value):
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# --- the forms in -----------------------------------------------------------------------------------------------


MADE_UP = tables_of(numbered([made_up_case(seed, around=date(2025, 3, 3)) for seed in range(40)]))
IN_ORDER = [(name, "ascending") for name in COLUMNS]


def as_parquet(table, folder, name):
    pyarrow.parquet.write_table(table, folder / f"{name}.parquet")
    return folder / f"{name}.parquet"


def to_csv(table, folder, name):
    pyarrow.csv.write_csv(table, folder / f"{name}.csv")
    return str(folder / f"{name}.csv")


def as_packed_csv(table, folder, name):
    with pa.CompressedOutputStream(str(folder / f"{name}.csv.gz"), "gzip") as file:
        pyarrow.csv.write_csv(table, file)
    return folder / f"{name}.csv.gz"


def as_several_files(table, folder, name):
    half = table.num_rows // 2
    return [as_parquet(table[:half], folder, f"{name}-1"), as_parquet(table[half:], folder, f"{name}-2")]


def as_a_pattern(table, folder, name):
    as_several_files(table, folder, name)
    return folder / f"{name}-*.parquet"


def as_relation(table, folder, name):
    return duckdb.connect().from_arrow(table)


FORMS_IN = {
    "parquet": as_parquet,
    "csv": to_csv,
    "csv.gz": as_packed_csv,
    "several files": as_several_files,
    "a pattern": as_a_pattern,
    "arrow": lambda table, folder, name: table,
    "arrow reader": lambda table, folder, name: table.to_reader(),
    "pandas": lambda table, folder, name: table.to_pandas(date_as_object=True),
    "pandas with numpy's dates": lambda table, folder, name: table.to_pandas(date_as_object=False),
    "polars": lambda table, folder, name: polars.from_arrow(table),
    "polars, lazy": lambda table, folder, name: polars.from_arrow(table).lazy(),
    "duckdb": as_relation,
}


@pytest.fixture(scope="module")
def expected():
    with assess(Tables(**MADE_UP), as_at=date(2025, 6, 2), code=CODE) as answer:
        assert not [fault for fault in answer.faults.to_dicts() if fault["set_aside"]]
        return answer.to_arrow().sort_by(IN_ORDER)


@pytest.mark.parametrize("form", mostly_long(FORMS_IN))
def test_tables_go_in_in_any_form_with_columns_beyond_the_contract(form, expected, tmp_path):
    more = MADE_UP["victims"].append_column("ethnicity", pa.nulls(len(MADE_UP["victims"]), pa.string()))
    given = {name: FORMS_IN[form](table, tmp_path, name) for name, table in (MADE_UP | {"victims": more}).items()}
    with assess(Tables(**given), as_at=date(2025, 6, 2), code=CODE) as answer:
        assert answer.to_arrow().sort_by(IN_ORDER) == expected


def test_what_is_no_table_is_refused_by_name():
    with pytest.raises(vc.CaseError) as refused:
        assess(Tables(events=42, victims={"case_ref": "1"}), as_at=AS_AT, code=CODE)
    assert [fault.code for fault in refused.value.faults] == ["VC-FILE-005", "VC-FILE-005"]
    assert "(int)" in str(refused.value)


def test_files_that_are_not_there_or_of_another_kind(tmp_path):
    (tmp_path / "victims.xlsx").write_bytes(b"")
    with pytest.raises(vc.CaseError) as refused:
        assess(Tables(events=tmp_path / "none.parquet", victims=tmp_path / "victims.xlsx"), as_at=AS_AT, code=CODE)
    events, victims = refused.value.faults
    assert (events.location, events.code) == ("events", "VC-FILE-006")
    assert "none.parquet" in events.message
    assert (victims.location, victims.hint) == ("victims", "Use .parquet, .csv or .csv.gz, all of one kind.")


LEFT_OUT = ("received", "about", "hearing_ref", "recorded")
"""What the contract lets the table of events leave out."""


@pytest.mark.parametrize("missing", mostly_long([LEFT_OUT, *([name] for name in LEFT_OUT)], 1), ids=str)
def test_a_column_that_is_left_out_is_empty_and_named(missing):
    """No tables but these two are needed."""
    events, victims = MADE_UP["events"], MADE_UP["victims"]
    empty = events
    for name in missing:
        place = empty.column_names.index(name)
        empty = empty.set_column(place, name, pa.nulls(len(empty), pa.string()))
    with (
        assess(Tables(events=empty, victims=victims), as_at=AS_AT, code=CODE) as filled,
        assess(Tables(events=events.drop_columns(missing), victims=victims), as_at=AS_AT, code=CODE) as without,
    ):
        assert [total.table for total in without.totals] == ["victims", "events"]
        assert len(owed := without.obligations.to_dicts()) > 100
        assert owed == filled.obligations.to_dicts()
        assert without.warnings.to_dicts() == filled.warnings.to_dicts()
        assert (filled.columns_left_out, filled.totals) == ((), without.totals)
        assert sorted(without.columns_left_out) == sorted(f"events.{name}" for name in missing)
        before = filled.faults.to_dicts()
        said = [fault for fault in without.faults.to_dicts() if fault not in before]
    assert [(one["table"], one["column"], one["code"], one["set_aside"]) for one in said] == [
        ("events", name, "VC-CASE-118", False) for name in sorted(missing)
    ]
    assert said[0]["message"] == f"`{min(missing)}` is not a column of this table. We read it as empty in every row."


def test_a_misspelt_column_is_not_read_as_left_out():
    names = ["recieved" if name == "received" else name for name in MADE_UP["events"].column_names]
    with pytest.raises(vc.CaseError, match=r"'recieved' is not known here.*Did you mean 'received'"):
        assess(Tables(**{**MADE_UP, "events": MADE_UP["events"].rename_columns(names)}), as_at=AS_AT, code=CODE)


def test_missing_tables_and_columns_are_told_all_at_once():
    events = MADE_UP["events"].rename_columns(
        ["sequnce" if name == "sequence" else name for name in MADE_UP["events"].column_names]
    )
    with pytest.raises(vc.CaseError) as refused:
        assess(
            Tables(
                events=events.drop_columns(["event", "suspect_ref"]),
                victims=None,
                cases=MADE_UP["cases"].rename_columns(["case_ref", "commited_on", "cjs_code"]),
            ),
            as_at=AS_AT,
            code=CODE,
        )
    told = [(fault.location, fault.code, fault.message) for fault in refused.value.faults]
    assert told == [
        ("victims", "VC-FILE-004", "This table is missing."),
        ("events", "VC-FILE-004", "The column 'event' is missing."),
        ("events", "VC-FILE-004", "The column 'suspect_ref' is missing."),
        ("events", "VC-FILE-003", "The column 'sequnce' is not known here."),
        ("cases", "VC-FILE-004", "The column 'committed_on' is missing."),
    ]
    assert "commited_on" in refused.value.faults[-1].hint


def test_a_missing_column_says_whether_it_must_be_filled():
    events = MADE_UP["events"].drop_columns(["case_ref", "suspect_ref"])
    with pytest.raises(vc.CaseError) as refused:
        assess(Tables(events=events, victims=MADE_UP["victims"]), as_at=AS_AT, code=CODE)
    case, suspect = refused.value.faults

    assert case.message == "The column 'case_ref' is missing."
    assert case.hint.startswith("Add it, and fill it in every row (the case).")
    assert suspect.hint.startswith("Add it, and leave it empty where there is nothing to say")


# --- the forms out ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_lots():
    with assess(Tables(**MADE_UP), as_at=date(2025, 6, 2), code=CODE, batch_size=20) as answer:
        yield answer


@pytest.mark.long
def test_out_as_frames_and_dictionaries(in_lots, expected):
    as_dicts = expected.to_pylist()
    assert in_lots.to_arrow().sort_by(IN_ORDER) == expected
    pandas_rows = pa.Table.from_pandas(in_lots.to_pandas(), schema=expected.schema, preserve_index=False)
    assert pandas_rows.sort_by(IN_ORDER) == expected
    assert in_lots.to_polars().to_arrow().cast(expected.schema).sort_by(IN_ORDER) == expected
    key = str
    assert sorted(in_lots.obligations.to_dicts(), key=key) == sorted(as_dicts, key=key)


@pytest.mark.long
def test_out_as_lots_of_which_one_is_in_memory(in_lots, expected):
    lots = list(in_lots.obligations.batches())
    assert len(lots) == 2
    assert pa.concat_tables(lots).sort_by(IN_ORDER) == expected


@pytest.mark.long
def test_out_as_files(in_lots, expected, tmp_path):
    in_lots.to_parquet(tmp_path / "one.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "one.parquet").cast(expected.schema).sort_by(IN_ORDER) == expected
    in_lots.to_parquet(tmp_path / "many")
    assert len(list((tmp_path / "many").glob("*.parquet"))) == 2
    assert pyarrow.parquet.read_table(tmp_path / "many").cast(expected.schema).sort_by(IN_ORDER) == expected
    in_lots.to_csv(tmp_path / "one.csv")
    options = pyarrow.csv.ConvertOptions(column_types=expected.schema, strings_can_be_null=True)
    assert pyarrow.csv.read_csv(tmp_path / "one.csv", convert_options=options).sort_by(IN_ORDER) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many", "one.csv", "one.parquet"]


@pytest.fixture(scope="module")
def in_two_parts(in_lots, tmp_path_factory):
    """A folder with the obligations in two files."""
    folder = tmp_path_factory.mktemp("parts")
    in_lots.to_parquet(folder)
    return folder


def test_a_folder_holds_one_answer_and_no_part_of_an_earlier_one(in_two_parts, expected, tmp_path):
    copytree(in_two_parts, tmp_path, dirs_exist_ok=True)
    (tmp_path / "notes.txt").write_text("kept", encoding="utf-8")
    with assess(Tables(**MADE_UP), as_at=date(2025, 6, 2), code=CODE, output=tmp_path):
        assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "part-00000.parquet"]
    assert pyarrow.parquet.read_table(tmp_path / "part-00000.parquet").num_rows == expected.num_rows


def test_an_answer_that_cannot_be_written_leaves_the_earlier_one(in_lots, in_two_parts, expected, tmp_path):
    copytree(in_two_parts, tmp_path, dirs_exist_ok=True)
    first, _ = in_lots.obligations.parts
    broken = evolve(in_lots.obligations, parts=(f"SELECT * FROM ({first}) LIMIT 1", "SELECT error('no room')"))
    with pytest.raises(vc.VictimsCodeError):
        broken.to_parquet(tmp_path)
    assert pyarrow.parquet.read_table(tmp_path).num_rows == expected.num_rows
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", ["obligations.parquet", "obligations.csv"])
def test_an_answer_that_fails_leaves_the_earlier_file_as_it_was(in_lots, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"of yesterday")
    broken = evolve(in_lots.obligations, parts=("SELECT error('no room') AS id",), columns=("id",), order=("id",))
    with pytest.raises(vc.VictimsCodeError):
        (broken.to_csv if name.endswith("csv") else broken.to_parquet)(path)
    assert path.read_bytes() == b"of yesterday"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", mostly_long(["obligations.parquet", "obligations.csv", "folder"]))
def test_out_to_where_it_is_asked_for_and_nothing_is_left_behind(name, expected, tmp_path, capsys):
    """The progress is drawn while that is done."""
    (aside := tmp_path / "aside").mkdir()
    how = {"output": tmp_path / name, "temp_dir": aside, "batch_size": 20, "progress": True}
    with assess(Tables(**MADE_UP), as_at=date(2025, 6, 2), code=CODE, **how):
        assert capsys.readouterr().err == f"\r[{'#' * 20}{'.' * 20}]  50%\r[{'#' * 40}] 100%\n"
        assert list(aside.iterdir())
        found = duckdb.sql(f"SELECT * FROM '{tmp_path / name}{'/*.parquet' if name == 'folder' else ''}'")
        assert found.columns == COLUMNS
        assert len(found.fetchall()) == expected.num_rows
    assert not list(aside.iterdir())


def test_counts_without_keeping_the_rows(in_lots, expected):
    counted = {(row["status"], row["track"]): row["rows"] for row in in_lots.counts("status", "track").to_pylist()}
    by_hand = Counter(zip(expected["status"].to_pylist(), expected["track"].to_pylist(), strict=True))
    assert counted == by_hand
    assert in_lots.counts().to_pylist() == [{"rows": expected.num_rows}]


# --- progress and dates -----------------------------------------------------------------------------------------


@pytest.mark.long
def test_progress_is_told():
    told = []
    with assess(Tables(**MADE_UP), as_at=AS_AT, code=CODE, batch_size=20, progress=told.append) as answer:
        answer.counts()
    assert told == [0.5, 1.0]


def test_a_date_outside_the_calendar_is_refused():
    with pytest.raises(vc.CalendarRangeError):
        assess(Tables(**MADE_UP), as_at=date(1900, 1, 1), code=CODE)


def test_what_was_recorded_later_is_no_fault_then_and_a_receipt_is_named():
    rows = together(sound("1"))
    later = AS_AT + timedelta(days=1)
    rows["events"].append({"case_ref": "1", "event": "suspect-charged", "at": LATER, "recorded": later.isoformat()})
    received = {"case_ref": "1", "event": "sentence-passed", "at": LATER, "received": AS_AT.isoformat()}
    rows["events"].append(received)
    _, faults, _ = answered(rows, known_on=AS_AT - timedelta(days=1))
    assert [(fault["code"], fault["set_aside"]) for fault in faults] == [("VC-CASE-111", False)]
    assert faults[0]["message"].endswith("received on Friday 29 May 2026, which was not known on Thursday 28 May 2026.")
