"""Facts whose answer is not known, ages that are stated, victims born later, and words for nothing: both engines."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

import victims_code as vc
from shared.engines import differences, numbered, tables_of
from victims_code.bulk import Tables, assess

CODE = vc.VictimsCode.load()
AS_AT = date(2026, 4, 20)
ASSESSED = {"event": "needs-assessed", "at": "2026-04-01"}
ARREST = {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1"}
ADULT = {"reference": "V1", "born": "1990-03-02"}
DONE = {"committed_on": "2026-03-31"}


def case(*victims, offence=DONE, events=(ASSESSED, ARREST), **more):
    data = {"reference": "1", "victims": list(victims), "events": list(events), "offence": offence, **more}
    return vc.Case.from_dict({key: value for key, value in data.items() if value is not None})


def arrest(one, victim="V1"):
    result = CODE.assess(one, as_at=AS_AT)
    [found] = [o for o in result.obligations if o.duty.id == "inform-suspect-arrested" and o.victim == victim]
    return found


def told(**value):
    return case({**ADULT, "facts": [{"fact": "persistently-targeted", **value}]})


# --- the answer is not known --------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["unknown", "Unknown", None, "", "N/A"])
def test_an_assessment_of_needs_does_not_close_what_is_not_known(word):
    found = arrest(case({**ADULT, "facts": {"persistently-targeted": word}}))

    assert arrest(case(ADULT)).track == "standard"
    assert (found.track, found.due_on, found.due_on_if_enhanced) == ("unknown", date(2026, 4, 13), date(2026, 4, 7))
    assert [one.id for one in found.missing_facts] == ["persistently-targeted"]
    text = found.explain().to_text()
    assert "Has the victim been targeted repeatedly over time" in text
    assert "it is recorded so" in text


def test_not_known_counts_from_its_since():
    assert arrest(told(value="unknown", since="2026-04-03")).track == "standard"
    assert arrest(told(value="unknown", since="2026-04-02")).track == "unknown"


@pytest.mark.parametrize(
    ("statements", "track"),
    [
        ([("unknown", None), (True, None)], "enhanced"),
        ([(False, None), ("unknown", None)], "standard"),
        ([(True, None), ("unknown", "2026-04-01")], "unknown"),
        ([("unknown", "2026-03-01"), (False, "2026-04-01")], "standard"),
    ],
)
def test_a_known_answer_counts_before_one_not_known_from_the_same_day(statements, track):
    facts = [{"fact": "persistently-targeted", "value": value, "since": since} for value, since in statements]

    assert arrest(case({**ADULT, "facts": facts})).track == track


@pytest.mark.parametrize(("other", "track"), [("hate-crime", "enhanced"), ("not-hate-crime", "unknown")])
def test_of_several_offences_one_not_known_leaves_the_fact_unknown(other, track):
    flags = [{"fact": "hate-crime", "value": "unknown"}]
    offences = [{"reference": "O1", **DONE, "flags": flags}, {"reference": "O2", **DONE, "flags": [other]}]

    assert arrest(case(ADULT, offence=None, offences=offences)).track == track


def test_an_answer_not_known_is_written_and_read_again():
    one = case({**ADULT, "facts": {"mental-disorder": None}}, offence={"flags": [{"fact": "kidnap", "value": None}]})

    assert one.to_dict()["victims"][0]["facts"] == {"mental-disorder": "unknown"}
    assert vc.Case.from_json(one.to_json()) == vc.Case.from_yaml(one.to_yaml()) == one


AGAINST_THE_DATES = (("1990-03-02", True), ("2010-03-02", False))


@pytest.fixture(scope="module")
def in_bulk():
    """The faults and the arrests of cases in which a statement cannot count: not read, or against the dates."""
    cases = [told(value=True), *(case({"reference": "V1", "born": born}) for born, _ in AGAINST_THE_DATES)]
    tables = tables_of(numbered(cases))
    rows = [{**row, "value": "perhaps"} for row in tables["assertions"].to_pylist()]
    rows += [
        {"case_ref": f"{n}", "victim_ref": "V1", "fact": "under-18", "value": str(stated).lower()}
        for n, (_, stated) in enumerate(AGAINST_THE_DATES, start=1)
    ]
    schema = tables["assertions"].schema.set(3, pa.field("value", pa.string()))
    tables["assertions"] = pa.Table.from_pylist(rows, schema=schema)
    with assess(Tables(**tables), as_at=AS_AT) as answer:
        owed = [row for row in answer.obligations.to_dicts() if row["duty"] == "inform-suspect-arrested"]
        return answer.faults.to_dicts(), owed


def test_a_value_that_cannot_be_read_in_bulk_is_told_and_unknown(in_bulk):
    [fault] = [fault for fault in in_bulk[0] if fault["case_ref"] == "0"]
    rows = [row for row in in_bulk[1] if row["case_ref"] == "0"]
    assert (fault["table"], fault["row"], fault["column"], fault["code"]) == ("assertions", 1, "value", "VC-CASE-008")
    assert (fault["severity"], fault["set_aside"]) == ("invalid", False)
    assert [(row["track"], row["missing_facts"]) for row in rows] == [("unknown", "persistently-targeted")]


# --- ages and births ----------------------------------------------------------------------------------------------


def test_a_stated_age_counts_where_only_the_year_of_the_offence_is_known():
    old = {"reference": "V1", "born": "1970-06-01"}
    stated = {"fact": "under-18", "value": True, "source": "victim's statement: in 1987"}
    open_, known = (case(one, offence=None) for one in (old, {**old, "facts": [stated]}))

    assert (arrest(open_).track, [one.id for one in arrest(open_).missing_facts]) == ("unknown", ["under-18"])
    assert arrest(known).track == "enhanced"
    assert "according to victim's statement: in 1987" in arrest(known).explain().to_text()
    assert any("state `under-18`" in fault.hint for fault in CODE.assess(open_, as_at=AS_AT).faults)
    assert arrest(case({**old, "facts": {"under-18": False}}, offence=None)).track == "standard"


@pytest.mark.parametrize("n", range(len(AGAINST_THE_DATES)))
def test_a_stated_age_that_the_dates_contradict_is_a_fault(in_bulk, n):
    born, stated = AGAINST_THE_DATES[n]
    with pytest.raises(vc.CaseError) as refused:
        case({"reference": "V1", "born": born, "facts": {"under-18": stated}})
    assert [fault.code for fault in refused.value.faults] == ["VC-CASE-018"]
    assert born not in str(refused.value)

    [fault] = [fault for fault in in_bulk[0] if fault["case_ref"] == f"{n + 1}"]
    tracks = {row["track"] for row in in_bulk[1] if row["case_ref"] == f"{n + 1}"}
    assert (fault["code"], fault["set_aside"], fault["message"], fault["hint"]) == (
        "VC-CASE-018",
        True,
        refused.value.faults[0].message,
        refused.value.faults[0].hint,
    )
    assert tracks == {"standard" if stated else "enhanced"}


@pytest.mark.parametrize(
    "later",
    [
        {"facts": {"born-of-the-offence": True, "subjected-to-the-conduct": False}},
        {"facts": {"bereaved-close-relative": True}},
        {"capacity": "close-relative"},
    ],
)
def test_a_victim_of_another_kind_may_be_born_after_the_offence(later):
    child = {"reference": "V2", "born": "2026-01-05", **later}
    one = case(ADULT, child, offence={"committed_on": "2025-04-05"})

    assert not one.faults
    assert arrest(one, "V2").track == "enhanced"
    listed = [{"reference": "O1", "committed_on": "2025-04-05", "victims": ["V1", "V2"]}]
    assert arrest(case(ADULT, child, offence=None, offences=[*listed, {"reference": "O2"}]), "V2").track == "enhanced"


def test_a_person_harmed_before_their_birth_is_a_fault():
    facts = {"born-of-the-offence": False}
    with pytest.raises(vc.CaseError) as refused:
        case({"reference": "V1", "born": "2026-05-05", "facts": facts})
    assert [fault.code for fault in refused.value.faults] == ["VC-CASE-011"]
    assert "born-of-the-offence" in refused.value.faults[0].hint


def test_both_engines_give_these_answers():
    relative = {"reference": "V2", "born": "2026-01-05", "facts": {"born-of-the-offence": True}}
    listed = {"reference": "O1", "committed_on": "2025-04-05", "victims": ["V1", "V2"]}
    parent = {"reference": "P1", "capacity": "family-spokesperson", "speaks_for": ["V1"]}
    unsure = {"fact": "hate-crime", "value": "unknown"}
    pair = [{"reference": "O1", **DONE, "flags": [unsure]}, {"reference": "O2", **DONE, "flags": ["not-hate-crime"]}]
    cases = [
        *(told(value=value, since=since) for value in ("unknown", True) for since in (None, "2026-04-03")),
        case({"reference": "V1", "facts": {"unable-to-communicate": "unknown"}}, parent),
        case(ADULT, offence=None, offences=pair),
        *(case({**ADULT, "facts": {"under-18": value}}, offence=None) for value in (True, False, None)),
        case(ADULT, relative, offence={"committed_on": "2025-04-05"}),
        case(ADULT, relative, offence=None, offences=[listed, {"reference": "O2"}]),
        case(ADULT, relative, offence=None, offences=[listed, {"reference": "O2", **DONE}]),
    ]
    assert not differences(cases, as_at=AS_AT)


# --- words for nothing --------------------------------------------------------------------------------------------

WORDS = ("NULL", "n/a", "None", "-", "nan", "NaT", " NULL ")


@pytest.mark.parametrize("word", WORDS)
def test_words_for_nothing_are_empty_in_a_case_file(word):
    events = [ASSESSED, {**ARREST, "suspect": word, "received": word}, {**ARREST, "at": "2026-04-03", "suspect": word}]
    one = case({**ADULT, "born": word}, offence={"committed_on": word}, events=events)
    blank = [{name: value for name, value in event.items() if value != word} for event in events]

    assert one == case({"reference": "V1"}, offence={}, events=blank)
    assert [(fault.code, fault.location) for fault in one.faults] == [
        ("VC-CASE-118", "victims[0].born"),
        ("VC-CASE-118", "events[1].suspect"),
        ("VC-CASE-118", "events[1].received"),
        ("VC-CASE-118", "offence.committed_on"),
    ]
    assert "in 2 places" in one.faults[1].message


def test_names_that_only_look_like_words_for_nothing_stay():
    event = {**ARREST, "suspect": "Nullson", "hearing": "NA-12"}
    [kept] = case(ADULT, events=[event]).events

    assert (kept.suspect, kept.hearing) == ("Nullson", "NA-12")


def test_words_for_nothing_are_empty_in_bulk_tables():
    events = [ARREST, {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-08"}]
    one = case({"reference": "V1", "facts": {"mental-disorder": None}}, offence={}, events=events)
    plain, filled = tables_of([one]), tables_of([one], blanks=WORDS)
    filled["victims"] = filled["victims"].set_column(2, "born", pa.array(["n/a"]))
    filled["assertions"] = filled["assertions"].set_column(3, "value", pa.array(["n/a"]))
    answers, faults = [], []
    for tables in (plain, filled):
        with assess(Tables(**tables), as_at=AS_AT) as answer:
            answers.append([{**row, "id": None} for row in answer.obligations.to_dicts()])
            faults.append({(row["table"], row["column"]): row for row in answer.faults.to_dicts()})
    assert answers[0] == answers[1]
    assert not faults[0]
    assert {row["code"] for row in faults[1].values()} == {"VC-CASE-118"}
    assert not any(row["set_aside"] for row in faults[1].values())
    assert "in 2 rows" in faults[1]["events", "hearing_ref"]["message"]
    assert {("victims", "born"), ("assertions", "value"), ("events", "received")} <= faults[1].keys()


def test_columns_that_are_not_used_may_be_left_out():
    one = case({**ADULT, "facts": {"persistently-targeted": True}}, events=[ASSESSED, ARREST])
    whole = tables_of([one])
    few = {
        "assertions": ["case_ref", "victim_ref", "fact", "value", "since"],
        "cases": ["case_ref", "committed_on"],
    }
    answers = []
    for tables in (whole, whole | {name: whole[name].select(columns) for name, columns in few.items()}):
        with assess(Tables(**tables), as_at=AS_AT) as answer:
            answers.append(answer.obligations.to_dicts())
    assert answers[0] == answers[1]
