"""The schemas are those of the types, take every document we have, and refuse what the loaders refuse."""

from __future__ import annotations

import copy
import json
import random
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import victims_code as vc
from victims_code.adapters.extracts import load_mapping
from victims_code.cli import main
from victims_code.commissioning.returns import Register, Return
from victims_code.errors import ReturnError
from victims_code.faults import Fault, Severity
from victims_code.law import Duty
from victims_code.law.checks import conditions_use_the_vocabulary, duty_uses_the_vocabulary
from victims_code.law.converter import law_converter
from victims_code.reading.data_files import Placed, bibliography, data_folder
from victims_code.reading.documents import Document, read_document, write_yaml
from victims_code.reading.structuring import structure
from victims_code.schemas import schema, schemas
from victims_code.testing.worked_cases import worked_cases_in
from write_schemas import make_schema, to_text

ROOT = Path(__file__).resolve().parents[2]
CASES = [(path, worked) for path, worked in worked_cases_in(ROOT / "tests" / "cases") if isinstance(worked.case, dict)]
EDITIONS = sorted((data_folder() / "editions").rglob("*.yaml"))
MAPPINGS = [*sorted((ROOT / "examples").glob("*mapping.yaml")), ROOT / "tests/adapters/extracts/mine.yaml"]
RETURNS = sorted((ROOT / "examples" / "commissioner").glob("*.csv"))


def problems(name, data, *, formats=True):
    """Where a document does not fit its schema, and why."""
    return [f"{error.json_path}: {error.message}" for error in validator(name, formats).iter_errors(data)]


@cache
def validator(name, formats):
    checker = Draft202012Validator.FORMAT_CHECKER if formats else None
    return Draft202012Validator(schema(name), format_checker=checker)


def schema_for(path):
    return {"edition.yaml": "edition", "eligibility.yaml": "eligibility"}.get(path.name, "duty")


# --- the files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schemas())
def test_the_committed_schema_is_the_one_the_types_make(name):
    committed = (data_folder() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == to_text(make_schema(name)), "run: python3 dev.py schemas"


def test_no_schema_lies_about_that_nothing_makes():
    assert {path.name for path in (data_folder() / "schemas").iterdir()} == {
        f"{name}.schema.json" for name in schemas()
    }


@pytest.mark.parametrize("name", schemas())
def test_each_is_a_schema_of_2020_12_with_a_name_of_its_own(name):
    document = schema(name)
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"urn:victims-code:schema:{name}:{vc.__version__}"
    assert document["title"]
    for definition in (document, *document.get("$defs", {}).values()):
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False
            assert definition["description"]


def test_what_the_docstrings_say_stands_beside_the_keys():
    event = schema("case")["$defs"]["Event"]["properties"]
    assert event["received"]["description"].startswith("When the body that owes the next duty received it")
    obligation = schema("assessment")["$defs"]["PlainObligation"]["properties"]
    assert obligation["days_late"]["description"] == "Working days after the due date; null where it cannot be said."


def test_the_closed_vocabulary_is_closed():
    document = schema("case")
    assert "suspect-arrested" in document["$defs"]["Event"]["properties"]["event"]["enum"]
    assert "suspect-arested" not in document["$defs"]["Event"]["properties"]["event"]["enum"]
    by_name = document["$defs"]["Victim"]["properties"]["facts"]["anyOf"][0]["properties"]
    assert "persistently-targeted" in by_name
    assert "under-18-at-hearing" not in by_name  # it follows from the date of birth and the day of the hearing
    obligation = schema("assessment")["$defs"]["PlainObligation"]["properties"]
    assert obligation["track"]["enum"] == [track.value for track in vc.Track]
    assert obligation["status"]["enum"] == [status.value for status in vc.Status]


def test_an_unknown_schema_names_the_nearest():
    with pytest.raises(vc.UnknownNameError, match="Did you mean 'return'"):
        schema("retrun")


# --- everything we have fits ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_every_edition_fits(path):
    assert problems(schema_for(path), read_document(path).data) == []


def mappings_as_other_programs_read_them():
    """The mappings of the examples and of the guide, as PyYAML loads them."""
    page = (ROOT / "docs" / "how-to" / "map-local-extracts.md").read_text(encoding="utf-8")
    shown = re.findall(r'write_text\("""\n(.*?)\.\.\. """', page, flags=re.DOTALL)
    texts = [text.replace("... ", "") for text in shown]
    texts += re.findall(r"^```\{code-block\} yaml\n:caption: [^\n]+\n(.*?)```", page, flags=re.DOTALL | re.MULTILINE)
    assert len(texts) == 3
    return [yaml.safe_load(text) for text in (*texts, *(path.read_text(encoding="utf-8") for path in MAPPINGS))]


@pytest.mark.parametrize("mapping", mappings_as_other_programs_read_them(), ids=lambda mapping: mapping["name"])
def test_every_mapping_fits_as_other_programs_read_it(mapping):
    assert problems("mapping", mapping) == []


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.name)
def test_every_mapping_fits(path):
    assert problems("mapping", read_document(path).data) == []


@pytest.mark.parametrize("every", [20, pytest.param(1, marks=pytest.mark.long)])
def test_worked_cases_fit_and_so_do_their_results(every):
    assert len(CASES) > 200
    code = vc.VictimsCode.load()
    for path, worked in CASES[::every]:
        assert problems("case", worked.case) == [], path
        result = worked.assess(code)
        assert problems("case", result.case.to_dict()) == [], path
        assert problems("assessment", result.to_dict()) == [], path


def test_results_with_explanations_and_of_hypothetical_law_fit():
    quicker = vc.VictimsCode.load().with_changes(
        "three-days", title="three days", deadlines={"inform-suspect-arrested": {"standard": {"within": 3}}}
    )
    for _, worked in CASES[::25]:
        result = worked.assess(quicker).to_dict(explain=True)
        assert problems("assessment", result) == []
        assert all(one["explanation"]["steps"] for one in result["obligations"])


def test_the_example_case_fits():
    assert problems("case", read_document(ROOT / "examples" / "case.yaml").data) == []


@pytest.mark.parametrize("path", RETURNS, ids=lambda path: path.name)
def test_every_return_fits(path):
    register = Register.from_file(ROOT / "examples" / "commissioner" / "register.yaml")
    try:
        given = Return.from_file(path, register=register)
    except ReturnError:  # one of the examples shows how a return with faults is sent back
        assert path.name.endswith("as-first-sent.csv")
        return
    assert problems("return", json.loads(given.to_json())) == []


# --- broken by hand: the loader refuses, and so does the schema -------------------------------------------------

CASE = {
    "reference": "X",
    "offence": {"committed_on": "2026-03-31", "cjs_code": "TH68006", "flags": ["not-hate-crime"]},
    "victims": [{"reference": "V1", "born": "1990-03-02", "facts": {"persistently-targeted": True}}],
    "events": [
        {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1"},
        {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-08T10:20", "reference": "R1"},
    ],
}
VICTIM, EVENT, NOTIFICATION = ("victims", 0), ("events", 0), ("events", 1)
BROKEN_CASES = {
    "an unknown key": (("victim",), "V1"),
    "an unknown key of a victim": ((*VICTIM, "name"), "Smith"),
    "an unknown key of an event": ((*EVENT, "date"), "2026-04-02"),
    "no victim": (("victims",), []),
    "victims that are no list": (("victims",), {"reference": "V1"}),
    "events that are no list": (("events",), ""),
    "an event that is no group of keys": (EVENT, "suspect-arrested"),
    "an unknown event": ((*EVENT, "event"), "suspect-arested"),
    "no date": ((*EVENT, "at"), None),
    "a date in words": ((*EVENT, "at"), "2 April 2026"),
    "a day that is not": ((*EVENT, "at"), "2026-02-30"),
    "29 February of a common year": ((*EVENT, "at"), "2026-02-29"),
    "an hour that is not": ((*EVENT, "at"), "2026-04-02T25:00"),
    "a time where a date belongs": (("offence", "committed_on"), "2026-03-31T10:00"),
    "a date of birth the wrong way round": ((*VICTIM, "born"), "02/03/1990"),
    "a number for a date": ((*VICTIM, "born"), 1990),
    "a yes in words": ((*VICTIM, "facts"), {"persistently-targeted": "yes"}),
    "an unknown fact": ((*VICTIM, "facts"), {"persistently-targetted": True}),
    "a fact that follows from others": ((*VICTIM, "facts"), {"under-18-at-hearing": True}),
    "a fact of the offence, of a victim": ((*VICTIM, "facts"), ["domestic-abuse"]),
    "an assertion with an unknown key": ((*VICTIM, "facts"), [{"fact": "persistently-targeted", "from": "x"}]),
    "an assertion without a fact": ((*VICTIM, "facts"), [{"value": True}]),
    "an unknown flag": (("offence", "flags"), ["hate-crimes"]),
    "an unknown capacity": ((*VICTIM, "capacity"), "relative"),
    "a telling of nothing": ((*NOTIFICATION, "about"), None),
    "a telling of what no one can be told": ((*NOTIFICATION, "about"), "victim-informed"),
    "an arrest about something": ((*EVENT, "about"), "suspect-arrested"),
    "a withdrawal of nothing": ((*EVENT, "withdrawn"), True),
    "withdrawn in words": ((*EVENT, "withdrawn"), "no"),
    "a list for a reference": ((*EVENT, "suspect"), ["S1"]),
}


def with_change(data, keys, value):
    changed = copy.deepcopy(data)
    place = changed
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    return changed


@pytest.mark.parametrize(("keys", "value"), BROKEN_CASES.values(), ids=BROKEN_CASES)
def test_a_case_the_loader_refuses_the_schema_refuses(keys, value):
    assert problems("case", CASE) == []
    broken = with_change(CASE, keys, value)
    with pytest.raises(vc.CaseError):
        vc.Case.from_dict(broken)
    assert problems("case", broken, formats=False)


def test_29_february_of_a_leap_year_and_a_correction_are_right():
    leap = with_change(CASE, ("victims", 0, "born"), "2000-02-29")
    withdrawn = {"event": "suspect-arrested", "at": "2026-04-03", "withdrawn": True, "replaces": "R1"}
    for right in (leap, {**CASE, "events": [*CASE["events"], withdrawn]}):
        vc.Case.from_dict(right)
        assert problems("case", right) == []


def test_a_result_with_another_status_or_key_is_refused():
    assessment = vc.VictimsCode.load().assess(vc.Case.from_dict(CASE), as_at=date(2026, 4, 20))
    result = json.loads(json.dumps(assessment.to_dict()))
    assert problems("assessment", result) == []
    wrong = {"status": "late", "track": "quick", "due_on": "soon", "days_late": "2", "owed_by": "police"}
    for key, value in wrong.items():
        assert problems("assessment", with_change(result, ("obligations", 0, key), value)), key
    assert problems("assessment", with_change(result, ("obligations", 0, "name"), "Smith"))
    del result["obligations"][0]["due_on"]
    assert problems("assessment", result)


DUTY = read_document(data_folder() / "editions/code-2021/right-06-investigation-and-prosecution.yaml").data[0]
BROKEN_DUTIES = {
    "an unknown key": (("titel",), "x"),
    "an unknown force": (("force",), "shall"),
    "an unknown body": (("owed_by",), ["polise"]),
    "no one owes it": (("owed_by",), []),
    "an unknown trigger": (("trigger",), {"event": "arrest"}),
    "each of what": (("trigger",), {"event": "suspect-arrested", "each": "offence"}),
    "two limits in one": (("deadline",), {"all": {"within": 5, "unit": "day", "promptly": "soon"}}),
    "only a standard limit": (("deadline",), {"standard": {"within": 5, "unit": "day"}}),
    "a limit in no unit": (("deadline",), {"all": {"within": 5}}),
    "a limit of no days": (("deadline",), {"all": {"within": 0, "unit": "day"}}),
    "a limit in fortnights": (("deadline",), {"all": {"within": 5, "unit": "fortnight"}}),
    "a limit in words": (("deadline",), {"all": {"within": "five", "unit": "day"}}),
    "before an unknown event": (("deadline",), {"all": {"before": "trial"}}),
    "hypothetical evidence": (("evidence",), "hypothetical"),
    "nothing cited": (("cites",), []),
    "a paragraph no one confirms": (("cites",), [{"source": "bedfordshire-pcc-right-6", "paragraph": "6.1"}]),
    "a discharge by nothing": (("discharged_by",), {"match": ["suspect"]}),
    "a discharge by two things": (("discharged_by",), {"event": "victim-informed", "receipt": True}),
    "an unknown fact": (("applies_when",), {"fact": "child", "is": True}),
    "a fact compared with a word": (("applies_when",), {"fact": "under-18", "is": "yes"}),
    "an unknown comparison": (("applies_when",), {"fact": "under-18", "equals": True}),
    "all of nothing": (("applies_when",), {"all": []}),
    "a fact of a day": (("applies_when",), {"fact": "under-18-at-hearing", "is": True}),
    "a condition with two heads": (("applies_when",), {"not": {"fact": "under-18", "is": True}, "any": []}),
}


def duty_faults(data):
    """What the loader finds wrong with one duty, as far as a duty can be judged by itself."""
    faults: list[Fault] = []
    document = Document(data=data, source="duty")
    whole = {**data, "edition": "code-2021", "part": "right-06"} if isinstance(data, dict) else data
    duty = structure(law_converter(bibliography), whole, Duty, document, faults=faults)
    if duty is not None:
        placed = Placed(thing=duty, document=document, keys=())
        faults += [*duty_uses_the_vocabulary(placed), *conditions_use_the_vocabulary(placed)]
    return faults


@pytest.mark.parametrize(("keys", "value"), BROKEN_DUTIES.values(), ids=BROKEN_DUTIES)
def test_a_duty_the_loader_refuses_the_schema_refuses(keys, value):
    assert duty_faults(DUTY) == []
    broken = with_change(DUTY, keys, value)
    assert duty_faults(broken)
    assert problems("duty", [broken])


def test_an_edition_with_an_unknown_body_key_or_status_is_refused():
    edition = read_document(data_folder() / "editions/code-2021/edition.yaml").data
    for keys, value in {("providers", 0, "bodies"): ["polise"], ("parts", 0, "nr"): 1, ("layout", "cites"): []}.items():
        assert problems("edition", with_change(edition, keys, value)), keys
    eligibility = read_document(data_folder() / "editions/code-2021/eligibility.yaml").data
    assert problems("eligibility", with_change(eligibility, ("capacities", 0, "victim"), "yes"))


MAPPING = read_document(ROOT / "examples" / "rms-mapping.yaml").data
BROKEN_MAPPINGS = {
    "an unknown key": (("columns",), {}),
    "no form of dates": (("dates",), None),
    "an unknown form of dates": (("dates",), "MM/DD/YYYY"),
    "an unknown event": (("events",), [{"column": "Arrested", "event": "arrest"}]),
    "a telling of nothing": (("events",), [{"column": "Told", "event": "victim-informed"}]),
    "an arrest about something": (("events",), [{"column": "A", "event": "suspect-arrested", "about": "progress"}]),
    "an unknown fact": (("facts",), [{"column": "A", "fact": "child", "yes": ["Y"]}]),
    "a fact without a yes": (("facts",), [{"column": "A", "fact": "domestic-abuse"}]),
    "codes and a list": (
        ("codes",),
        [{"column": "A", "date": "B", "list": "home-office-outcomes", "codes": [{"code": "1", "ignore": True}]}],
    ),
    "neither codes nor a list": (("codes",), [{"column": "A", "date": "B"}]),
    "an unknown list": (("codes",), [{"column": "A", "date": "B", "list": "outcomes"}]),
    "a code that means nothing": (("codes",), [{"column": "A", "date": "B", "codes": [{"code": "1"}]}]),
    "a code that means two things": (
        ("codes",),
        [{"column": "A", "date": "B", "codes": [{"code": "1", "event": "suspect-charged", "ignore": True}]}],
    ),
    "a delimiter of two characters": (("delimiter",), ";;"),
}


def mapping_faults(data, folder):
    path = folder / "mapping.yaml"
    path.write_text(write_yaml(data), encoding="utf-8")
    try:
        load_mapping(path)
    except vc.VictimsCodeError as problem:
        return problem.faults
    return ()


@pytest.mark.parametrize(("keys", "value"), BROKEN_MAPPINGS.values(), ids=BROKEN_MAPPINGS)
def test_a_mapping_the_loader_refuses_the_schema_refuses(keys, value, tmp_path):
    assert mapping_faults(MAPPING, tmp_path) == ()
    broken = with_change(MAPPING, keys, value)
    assert mapping_faults(broken, tmp_path)
    assert problems("mapping", broken)


def test_a_request_for_a_review_may_be_about_any_scheme(tmp_path):
    asked = [{"column": "A", "event": "review-requested", "about": "police-right-to-review"}]
    mapping = with_change(MAPPING, ("events",), asked)
    assert mapping_faults(mapping, tmp_path) == ()
    assert problems("mapping", mapping) == []


RETURN = {
    "lines": [
        {"provider": "harbour", "period": "2025-26 Q1", "section": "output", "measure": "referrals", "value": 408}
        | {"basis": "consented"},
        {"provider": "harbour", "period": "2025-26 Q1", "section": "output", "measure": "supported", "value": "1,002"},
    ]
}
BROKEN_RETURNS = {
    "an unknown column": ("vaule", 408),
    "no provider": ("provider", None),
    "an empty provider": ("provider", " "),
    "a period in words": ("period", "spring"),
    "a quarter that is not": ("period", "2025-26 Q5"),
    "an unknown section": ("section", "outputs"),
    "a count with a fraction": ("value", "4.5"),
    "a negative count": ("value", -1),
    "a count in words": ("value", "many"),
    "commas in the wrong place": ("value", "1,0,0"),
    "an unknown basis": ("basis", "guessed"),
    "a list in a cell": ("note", ["a"]),
    "a part without its breakdown": ("item", "declined"),
    "true for a number": ("value", True),
    "half a penny": ("amount", "0.005"),
}


@pytest.mark.parametrize(("key", "value"), BROKEN_RETURNS.values(), ids=BROKEN_RETURNS)
def test_a_return_the_reader_refuses_the_schema_refuses(key, value):
    assert problems("return", RETURN) == []
    Return.from_json(json.dumps(RETURN))
    broken = with_change(RETURN, ("lines", 0, key), value)
    with pytest.raises(ReturnError):
        Return.from_json(json.dumps(broken))
    assert problems("return", broken)


def test_an_empty_return_is_refused_by_both():
    with pytest.raises(ReturnError):
        Return.from_json('{"lines": []}')
    assert problems("return", {"lines": []})


# --- broken at random: neither is stricter nor laxer where a document speaks for itself -------------------------

SPOILED = (None, True, 7, -1, "soon", "", "2026-02-30", "2026-04-02", "suspect-arrested", [], {}, ["x"], {"x": 1})
OF_THE_WHOLE = {"VC-CASE-002", "VC-CASE-003", "VC-CASE-004", "VC-CASE-005", "VC-CASE-006", "VC-CASE-010", "VC-CASE-011"}
OF_THE_WHOLE |= {"VC-CASE-012", "VC-CASE-015", "VC-CASE-016"}
"""What only the rest of the record shows to be wrong."""


def spoil(data, chance):
    """A copy with one thing taken out, renamed or put in place of another."""
    spoiled = copy.deepcopy(data)
    places = list(_places(spoiled))
    holder, key = chance.choice(places)
    what = chance.choice(("take out", "rename", "replace", "replace", "replace"))
    if what == "take out":
        del holder[key]
    elif what == "rename" and isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)
    else:
        holder[key] = chance.choice(SPOILED)
    return spoiled


def _places(data):
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield data, key
        yield from _places(value)


def agree(name, data, faults, of_the_whole=frozenset()):
    """The schema takes what the loader takes, and refuses what the loader refuses by the document alone."""
    found = problems(name, data)
    codes = {fault.code for fault in faults if fault.severity is Severity.INVALID}
    if not codes:
        assert found == [], data
    elif codes - of_the_whole:
        assert found, (codes, data)


@pytest.mark.parametrize("times", [150, pytest.param(1500, marks=pytest.mark.long)])
def test_cases_spoiled_at_random_are_judged_alike(times):
    chance, refused = random.Random(2026), 0
    for n in range(times):
        spoiled = spoil(CASES[n % len(CASES)][1].case, chance)
        try:
            faults = vc.Case.from_dict(spoiled).faults
        except vc.CaseError as problem:
            faults, refused = problem.faults, refused + 1
        agree("case", spoiled, faults, OF_THE_WHOLE)
    assert refused > times * 0.53


def paragraphs_are_confirmed(duty):
    """Whether every paragraph names a source; that the source exists is more than a schema can say."""
    cites = duty.get("cites")
    dictionaries = [cite for cite in cites if isinstance(cite, dict)] if isinstance(cites, list) else []
    return all((cite.get("paragraph") is None) == (cite.get("paragraph_confirmed_by") is None) for cite in dictionaries)


@pytest.mark.parametrize("times", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_duties_spoiled_at_random_are_judged_alike(times):
    duties = [duty for path in EDITIONS if schema_for(path) == "duty" for duty in read_document(path).data]
    chance, refused = random.Random(2026), 0
    for n in range(times):
        spoiled = spoil(duties[n % len(duties)], chance)
        ignored = {"VC-DATA-005"} if paragraphs_are_confirmed(spoiled) else set()
        faults = [f for f in duty_faults(spoiled) if f.code not in ignored and "no source" not in f.message]
        refused += bool(faults)
        agree("duty", [spoiled], faults)
    assert refused > times * 0.4


@pytest.mark.parametrize("times", [60, pytest.param(600, marks=pytest.mark.long)])
def test_mappings_spoiled_at_random_are_judged_alike(times, tmp_path):
    mappings = [read_document(path).data for path in MAPPINGS]
    chance, refused = random.Random(2026), 0
    for n in range(times):
        spoiled = spoil(mappings[n % len(mappings)], chance)
        faults = mapping_faults(spoiled, tmp_path)
        refused += bool(faults)
        agree("mapping", spoiled, faults)
    assert refused > times * 0.42


# --- the command ------------------------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(main, ["schema", *arguments])


def test_the_command_lists_and_prints_them():
    listed = run().stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(schemas())
    assert json.loads(run("duty").stdout) == schema("duty")


def test_the_command_names_the_nearest_of_an_unknown_one():
    wrong = run("cases")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "There is no schema 'cases'. Did you mean 'case'?" in wrong.stderr
