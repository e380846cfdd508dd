"""The files of ``data/commissioning``: broken ones are refused with every fault in its place."""

from __future__ import annotations

import re
import shutil
from importlib import import_module

import pytest

from victims_code.errors import LawDataError
from victims_code.figures import publication_defaults
from victims_code.law import load_law
from victims_code.reading.data_files import data_folder
from victims_code.reading.documents import read_document

# file: the function that reads it
READERS = {
    "acts.yaml": ("powers.acts", "known_acts"),
    "area-statistics.yaml": ("services.gaps", "area_statistics"),
    "areas.yaml": ("powers.areas", "police_areas"),
    "award-terms.yaml": ("money.terms", "_bands"),
    "boards.yaml": ("governance.boards", "board_profiles"),
    "checklists.yaml": ("governance.checklists", "checklist_forms"),
    "cycle.yaml": ("governance.cycle", "_file"),
    "decision-record.yaml": ("governance.decisions", "_file"),
    "decommissioning.yaml": ("governance.decommissioning", "_file"),
    "delivery-models.yaml": ("services.front_door", "_file"),
    "former-bodies.yaml": ("services.service", "_former"),
    "highlight-report.yaml": ("governance.highlights", "report_aspects"),
    "local-authorities.yaml": ("powers.places", "_places"),
    "inspections.yaml": ("governance.inspections", "_file"),
    "national-services.yaml": ("services.directory", "national_services"),
    "needs.yaml": ("services.needs", "_file"),
    "open-referral.yaml": ("services.open_referral.fields", "referral_words"),
    "plans.yaml": ("governance.plans", "_file"),
    "powers.yaml": ("powers.power", "_powers"),
    "ratings.yaml": ("outcomes.ratings", "_file"),
    "referrals.yaml": ("services.referrals", "_file"),
    "restorative-justice.yaml": ("services.restorative", "restorative_parts"),
    "registers.yaml": ("registers.timing", "register_words"),
    "risk-scales.yaml": ("governance.risks", "risk_scales"),
    "role-profiles.yaml": ("governance.roles", "role_profiles"),
    "roles.yaml": ("powers.areas", "_roles"),
    "rules.yaml": ("rules", "_rules"),
    "specified-information.yaml": ("money.specified_information", "_all"),
    "service-rules.yaml": ("services.service", "_read"),
    "service-vocabulary.yaml": ("services.words", "service_vocabulary"),
    "strategies.yaml": ("governance.strategy", "published_strategies"),
    "working-definitions.yaml": ("governance.strategy", "working_definitions"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    load_law()  # from the true folder
    publication_defaults()
    shutil.copytree(data_folder() / "commissioning", tmp_path / "commissioning")
    monkeypatch.setattr("victims_code.reading.data_files.data_folder", lambda: tmp_path)
    return tmp_path / "commissioning"


def read(name):
    module, function = READERS[name]
    return getattr(import_module(f"victims_code.commissioning.{module}"), function).__wrapped__()


def test_every_file_has_a_reader_and_is_sound(folder):
    assert {path.name for path in folder.glob("*.yaml")} >= set(READERS)
    for name in READERS:
        read(name)


@pytest.mark.parametrize("name", READERS)
def test_an_unknown_key_is_refused_in_every_file(folder, name):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    if re.search(r"^- id: ", text, re.MULTILINE):
        text = re.sub(r"^- id: ", "- surplus: 1\n  id: ", text, count=1, flags=re.MULTILINE)
    else:
        text += "\nsurplus: 1\n"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LawDataError) as refused:
        read(name)
    assert any(
        f.code == "VC-FILE-003" and "'surplus'" in f.message and name in f.location for f in refused.value.faults
    )


@pytest.mark.parametrize("name", sorted(set(READERS)))
def test_a_source_that_does_not_exist_is_refused_in_every_file(folder, name):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert "{source: " in text
    path.write_text(text.replace("{source: ", "{source: no-such-", 1), encoding="utf-8")

    with pytest.raises(LawDataError) as refused:
        read(name)
    assert any(f.code == "VC-DATA-001" and "There is no source" in f.message for f in refused.value.faults)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "words"),
    [
        ("powers.yaml", "act: prsra-2011", "act: prsra", "VC-DATA-001", "There is no Act 'prsra'"),
        ("powers.yaml", "holders: [pcc]", "holders: [pc]", "VC-DATA-001", "There is no holder 'pc'"),
        ("powers.yaml", "provision: s.56", "provision: fifty-six", "VC-DATA-006", "is not a provision"),
        ("powers.yaml", "in_force: {by: 2023-12-31}", "in_force: {}", "VC-DATA-004", "Nothing says when"),
        ("powers.yaml", "id: prsra-2011-s5", "id: prsra-2011-s1", "VC-DATA-002", "is given twice"),
        ("powers.yaml", "kind: duty", "kind: wish", "VC-FILE-005", "'wish' is not allowed"),
        ("areas.yaml", "until: 2023-03-31", "until: 2023-03-30", "VC-DATA-004", "In Cumbria one tenure"),
        ("areas.yaml", "role: mopac", "role: mopc", "VC-DATA-001", "mopac"),
        ("roles.yaml", "applies_to: [pcc,", "applies_to: [pc,", "VC-DATA-001", "pcc"),
        ("acts.yaml", "right: Sch 1 para 14", "right: fourteen", "VC-DATA-006", "not a provision"),
        ("acts.yaml", "seen_in: west", "seen_in: wast", "VC-DATA-001", "west-mercia-decision-2018-12"),
        ("service-rules.yaml", "fact: pilot, is", "fact: pilots, is", "VC-DATA-001", "pilot"),
        ("service-rules.yaml", "at-most: 11", "no-more-than: 11", "VC-DATA-006", "compares one fact"),
        ("needs.yaml", "journey: [suspect-charged", "journey: [suspect-charge", "VC-DATA-001", "suspect-charged"),
        ("needs.yaml", "priority_groups: [most", "priority_groups: [the-most", "VC-DATA-001", "most-serious-crime"),
        ("referrals.yaml", "duty: refer-to-support", "duty: refer", "VC-DATA-001", "No edition"),
        ("national-services.yaml", "kind: helpline", "kind: help-line", "VC-DATA-001", "helpline"),
        ("decommissioning.yaml", "to: improvement-plan", "to: improve", "VC-DATA-001", "improvement-plan"),
        ("decommissioning.yaml", "needs: [why, plan]", "needs: [why, plans]", "VC-DATA-001", "plan"),
        ("ratings.yaml", "at_least: 90", "at_least: 190", "VC-DATA-004", "go down"),
        (
            "cycle.yaml",
            "  - stage: do\n    setting: co-commissioning\n    activities:\n"
            "      - id: commission-within-wider-strategy\n"
            "        title: Commission support services within the wider strategy\n",
            "",
            "VC-DATA-001",
            "do/co-commissioning is missing",
        ),
        (
            "decision-record.yaml",
            "example: PCC/D/2018/12",
            "example: PCC-D-2018",
            "VC-DATA-006",
            "does not match",
        ),
    ],
)
def test_each_fault_of_the_data(folder, name, old, new, code, words):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(LawDataError) as refused:
        read(name)
    found = [f for f in refused.value.faults if f.code == code and words in f"{f.message} {f.hint}"]
    assert found, refused.value
    assert all(f.location.startswith(f"commissioning/{name}") for f in found)


def test_every_source_of_commissioning_is_cited_somewhere():
    cited = set()
    for path in (data_folder() / "commissioning").rglob("*.yaml"):
        if "starters" in path.parts:  # examples of what people write
            continue
        cited |= set(re.findall(r"\bsource: ([\w-]+)|seen_in: ([\w-]+)", path.read_text(encoding="utf-8")))
    named = {name for pair in cited for name in pair if name}
    sections = (data_folder() / "sources.yaml").read_text(encoding="utf-8").split("# --- ")
    headings = ("Commissioning: Acts", "Commissioning: frameworks", "Commissioning: national")
    ours = re.findall(r"^- id: ([\w-]+)", "".join(s for s in sections if s.startswith(headings)), re.MULTILINE)

    assert ours
    assert named <= set(load_law().sources)
    assert [name for name in ours if name not in named] == []


def test_unconfirmed_data_says_so():
    """What no source states is marked, so that it can be replaced by a change of data alone."""
    folder = data_folder() / "commissioning"

    assert read_document(folder / "ratings.yaml").data["evidence"] == "unconfirmed"
    assert read_document(folder / "needs.yaml").data["journey_evidence"] == "unconfirmed"
