"""The reference that is written from the data: everything is in it, and nothing that no source confirms."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import code_reference
import code_reference.labels
import code_reference.provisions
import code_reference.words
import pytest
from attrs import evolve, fields, frozen

from shared.research_index import INDEX
from victims_code.bulk import FAULTS, INPUTS, OBLIGATIONS
from victims_code.faults import FAULT_KINDS
from victims_code.law import Citation, Evidence, Law, Statement
from victims_code.vocabulary import load_vocabulary
from victims_code.working_days import england_and_wales

ROOT = Path(__file__).resolve().parents[2]


@cache
def book():
    """All that the reference is written from."""
    return code_reference.load_book(ROOT)


@cache
def law():
    """The law of the book."""
    return book().law


@cache
def written():
    """The pages of the reference."""
    return code_reference.pages_of(book())


@cache
def anchors():
    """Every place of the pages that can be linked to."""
    found = (re.findall(r"^\(([\w-]+)\)=$|\{#([\w-]+)[ }]", text, flags=re.MULTILINE) for text in written().values())
    return [before_heading or in_line for page in found for before_heading, in_line in page]


def section(label: str) -> str:
    """The text under an anchor, to the next one of a heading."""
    found = [
        re.split(r"^\([\w-]+\)=$", text.split(f"({label})=\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
        for text in written().values()
        if f"({label})=\n" in text
    ]
    assert len(found) == 1, f"{label} stands {len(found)} times"
    return found[0]


def field(text: str, name: str) -> str:
    """A field of a field list, with the lines indented below it."""
    found = re.search(rf"^:{name}:(.*(?:\n  .*)*)", text, flags=re.MULTILINE)
    assert found, f"no {name} in: {text}"
    return found[1].strip()


# --- every row of the research is in it, with its source and its evidence ---------------------------------------

SECONDARY_ROWS = [*range(1, 11), *range(12, 24), 29, 30, 31, 32, 34]
UNCONFIRMED_ROWS = [11, *range(24, 29)]  # not to charge, and appeals: the number of days rests on an older edition
ROWS = {
    **{f"D{number:02}": "secondary" for number in SECONDARY_ROWS},
    **{f"D{number:02}": "unconfirmed" for number in UNCONFIRMED_ROWS},
}
LABELS = {
    f"code-2021-{place.replace('statements.', 'statement-')}": rows
    for name, places in INDEX.items()
    if name.startswith("editions/code-2021/")
    for place, rows in places.items()
}


def rows_without_source_or_evidence():
    """The rows of the research that lead to no statement, or to one without its source or evidence."""
    for row, evidence in ROWS.items():
        texts = [section(label) for label, rows in LABELS.items() if row in rows]
        shown = f"[{evidence}]{{.evidence .{evidence}}}"
        read = r"\(#source-[\w-]+\), .+ \*Read:\* .+"
        if not texts or any(
            field(text, "Evidence") != shown or not re.search(read, field(text, "Sources")) for text in texts
        ):
            yield row


def test_every_row_leads_to_statements_with_source_and_evidence():
    assert len(ROWS) == 33
    assert list(rows_without_source_or_evidence()) == []


def test_the_first_row_is_the_referral_to_support():
    assert [label for label, rows in LABELS.items() if "D01" in rows] == ["code-2021-refer-to-support"]
    text = section("code-2021-refer-to-support")
    assert field(text, "Time limit") == "within 2 working days of the event, the same for everyone"
    assert field(text, "Owed by") == "[Police](#body-police)"
    assert "Bedfordshire Police and Crime Commissioner" in field(text, "Sources")


# --- no number that no source confirms --------------------------------------------------------------------------


def test_the_only_paragraph_of_the_code_of_2021_is_8_2():
    for name, text in written().items():
        if name.startswith("code-2021/"):
            numbers = set(re.findall(r"(?<![\w.])\d{1,2}\.\d{1,2}(?![\w.])", text))
            assert numbers == ({"8.2"} if name.endswith("right-08.md") else set()), name
    (confirmed,) = set(re.findall(r"paragraph (\d[\w.]*\w)", written()["code-2021/right-08.md"]))
    assert confirmed == "8.2"
    assert "Right 8, paragraph 8.2, " in field(section("code-2021-inform-witness-attendance-required"), "Sources")


def test_a_paragraph_stands_only_where_a_source_confirms_it():
    confirmed: dict[str, set[str]] = {}
    for edition in book().editions:
        cites = _citations(edition)
        confirmed[edition.id] = {c.paragraph for c in cites if c.paragraph and c.paragraph_confirmed_by}
        assert all(c.paragraph_confirmed_by in law().sources for c in cites if c.paragraph)
    for name, text in written().items():
        edition_id = name.split("/")[0]
        if edition_id in confirmed:
            ours = re.sub(r"\[[^]]*\]\(#source-[\w-]+\).*", "", text)  # not the titles of sources
            printed = set(re.findall(r"paragraph (\d[\w.]*(?: to \d[\w.]*)?)", ours))
            assert {number.rstrip(".") for number in printed} <= confirmed[edition_id], name


def _citations(thing: object) -> list[Citation]:
    if isinstance(thing, Citation):
        return [thing]
    inner = getattr(type(thing), "__attrs_attrs__", ())
    values = [getattr(thing, attribute.name) for attribute in inner]
    values += list(thing.values()) if isinstance(thing, Mapping) else list(thing) if isinstance(thing, tuple) else []
    return [citation for value in values for citation in _citations(value)]


# --- every duty, event, fact, body, reading, source, fault and holiday ------------------------------------------

FIELDS = ("Identifier", "Force", "Owed by", "Owed to", "Starts with", "Discharged by", "May be declined", "Evidence")


def wrongly_shown(duty):
    """What the page of a duty lacks, or has without reason."""
    text = section(f"{duty.edition}-{duty.id}")
    right = {
        "its heading": text.startswith("## "),
        "its fields": all(field(text, name) for name in FIELDS),
        "its identifier": field(text, "Identifier") == f"`{duty.id}`",
        "its force": field(text, "Force") == duty.force.value,
        "its condition": ("Applies when" in text) is (duty.applies_when is not None),
        "two limits": (":Standard limit:" in text and ":Enhanced limit:" in text) is not duty.deadline.single,
        "when its sources were read": text.count("*Read:*") == len(duty.cites),
        "its readings": all(f"(#reading-{reading})" in text for reading in duty.readings),
        "its note": (":Note:" in text) is (duty.note is not None),
    }
    return [name for name, is_right in right.items() if not is_right]


def test_every_duty_is_shown_whole():
    duties = list(book().duties())
    assert len(duties) > 350
    assert {(duty.edition, duty.id): wrong for duty in duties if (wrong := wrongly_shown(duty))} == {}


def test_duties_stand_in_printed_order():
    order = re.findall(r"^:Identifier: `([\w-]+)`$", written()["code-2021/right-12.md"], flags=re.MULTILINE)
    assert order == [duty.id for duty in law().editions["code-2021"].duties.values() if duty.part == "right-12"]
    assert "acknowledge-complaint" in order


def test_a_duty_with_two_limits_conditions_readings_and_cases():
    text = section("code-2021-inform-suspect-arrested")
    assert field(text, "Standard limit") == "within 5 working days of the event"
    assert field(text, "Enhanced limit") == "within 1 working day of the event"
    assert field(text, "Starts with") == "[Suspect arrested](#event-suspect-arrested), for each suspect"
    assert field(text, "Discharged by") == (
        "[Victim informed](#event-victim-informed), about [Suspect arrested](#event-suspect-arrested),"
        " for the same suspect and hearing"
    )
    assert field(text, "May be declined") == "yes: [Updates declined](#event-updates-declined)"
    assert "(#case-edges-easter-2026)" in field(text, "Worked cases")
    visit = section("code-2021-arrange-court-visit")
    question = "[Is this person a close relative of someone whose death the offence caused?]"
    assert field(visit, "Applies when") == f"- {question}(#fact-bereaved-close-relative) **yes**"


def test_a_worked_case_shows_its_reasoning_and_its_file():
    text = section("case-edges-easter-2026")
    assert field(text, "File") == "`tests/cases/edges/easter-2026.yaml`"
    assert "(#code-2021-inform-suspect-arrested)" in field(text, "Tests")
    assert len(book().exercises) == len(list((ROOT / "tests" / "cases").rglob("*.yaml")))


def test_the_eligibility_has_capacities_categories_and_criteria():
    for edition in book().editions:
        rules = edition.eligibility
        for capacity in rules.capacities:
            assert field(section(f"{edition.id}-eligibility-capacity-{capacity.id}"), "Capacity") == f"`{capacity.id}`"
        for category in rules.enhanced:
            label = f"{edition.id}-eligibility-category-{category.id}"
            section(label)
            for criterion in category.criteria:
                assert "**" in field(section(f"{label}-criterion-{criterion.id}"), "Met when")


def test_schemes_readings_and_sources_are_all_there():
    for scheme in law().schemes.values():
        assert field(section(f"scheme-{scheme.id}"), "Decided by")
        for limit in scheme.limits:
            section(f"scheme-{scheme.id}-limit-{limit.id}")
    for reading in law().readings.values():
        text = section(f"reading-{reading.id}")
        assert field(text, "Why")
        assert text.count("\n  - ") >= len(reading.alternatives)
    for source in law().sources.values():
        assert field(section(f"source-{source.id}"), "Read")


def test_a_limit_of_a_scheme_says_what_it_is_counted_from():
    def limit(name: str) -> str:
        return field(section(name), "Limit")

    assert limit("scheme-police-right-to-review-limit-three-months") == "3 months from: the victim being told of it"
    assert limit("scheme-victim-personal-statement-limit-until-sentence").startswith("until: [")
    assert "(#event-" in limit("scheme-victim-personal-statement-limit-until-sentence")
    text = section("scheme-unduly-lenient-sentence-limit-six-months-for-victims")
    assert field(text, "Law for windows that open") == "from Monday 29 June 2026"
    assert field(text, "Evidence") == "[secondary]{.evidence .secondary}"
    service = section("scheme-police-right-to-review-service-acknowledge")
    assert field(service, "Within").startswith("10 working days of: [Review asked for]")


def test_every_provision_is_there_with_the_days_it_was_in_force():
    for provision in law().related.provisions.values():
        assert field(section(f"provision-{provision.id}"), "Effect")
    text = section("provision-vpa-2024-s5")
    assert "since Wednesday 29 January 2025, under SI 2025/95." in field(text, "In force")
    assert field(section("provision-vpa-2024-s2"), "In force") == "in parts, each on days of its own; see below"
    duty = field(section("provision-vpa-2024-s2-1"), "In force")
    assert duty == "last seen not to be on Thursday 25 June 2026; since then no record"


def test_special_measures_and_definitions_are_there():
    rules = law().related.special_measures
    for ground in rules.grounds:
        assert field(section(f"ground-{ground.id}"), "Automatic").startswith("yes" if ground.automatic else "no")
    for measure in rules.measures:
        assert field(section(f"measure-{measure.id}"), "Open to").count("\n  - ") + 1 == len(measure.available)
    assert field(section("ground-complainant-of-domestic-abuse"), "Law") == "from Thursday 19 May 2022"
    assert "intimidated" not in field(section("measure-intermediary"), "Open to")
    for definition in law().related.definitions.values():
        for limb in definition.limbs:
            assert field(section(f"definition-{definition.id}-limb-{limb.id}"), "When")
    assert field(section("definition-vpa-2024-s1"), "In force") == "from Wednesday 29 January 2025"


def test_the_words_are_all_there():
    words = load_vocabulary()
    for kind in ("events", "facts", "bodies", "topics"):
        singular = {"bodies": "body"}.get(kind, kind.removesuffix("s"))
        for name in getattr(words, kind):
            section(f"{singular}-{name}")
    assert set(re.findall(r"\[`([\w-]+)`\]\(#event-", written()["words/event-names.inc"])) == set(words.events)


def test_every_fault_code_has_its_place_and_severity():
    for kind in FAULT_KINDS.values():
        assert f"[`{kind.code}`]{{#fault-{kind.code.lower()}}} | {kind.title}" in section(f"faults-{kind.severity}")


def test_every_column_of_the_bulk_tables_has_its_row():
    text = section("bulk-tables")
    for name, columns in {
        "obligations": OBLIGATIONS,
        "faults": FAULTS,
        **{t.name: t.columns for t in INPUTS.values()},
    }.items():
        under = re.split(r"^#", text.split(f"### `{name}`\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
        assert re.findall(r"^\| `(\w+)` \|", under, flags=re.MULTILINE) == [column.name for column in columns]
    assert "| `born` | date | there | date of birth, to tell whether someone was under age |" in text
    assert "| `sequence` | whole number | optional |" in text


def test_every_bank_holiday_has_its_source_and_the_day_it_was_announced():
    for year in range(1990, 2029):
        rows = [line for line in section(f"bank-holidays-{year}").splitlines() if re.match(r"\| \w+day ", line)]
        assert len(rows) == len(england_and_wales().holidays(year))
    (funeral,) = [line for line in section("bank-holidays-2022").splitlines() if "19 September" in line]
    assert "State Funeral" in funeral
    assert "Saturday 10 September 2022" in funeral


def test_the_keys_of_a_case_file_are_all_there():
    keys = set(re.findall(r"^\| `(\w+)` \|", written()["case-file-keys.inc"], flags=re.MULTILINE))
    wanted = "reference victims events offence committed_on cjs_code flags born capacity facts speaks_for event at"
    assert keys >= {*wanted.split(), "received", "about", "recorded", "replaces", "withdrawn", "fact", "value", "since"}
    assert "notes" not in keys
    assert "| `reference` | text | yes |" in written()["case-file-keys.inc"]
    assert "| `recorded` | date or date and time | no |" in written()["case-file-keys.inc"]


def test_the_evidence_is_counted():
    duties = list(law().editions["code-2021"].duties.values())
    levels = [sum(duty.evidence is level for duty in duties) for level in list(Evidence)[:3]]
    _, _, of_2021 = written()["evidence-counts.inc"].partition("[code-2021](#code-2021)")
    assert f"| Duty | {len(duties)} | {' | '.join(map(str, levels))} |" in of_2021
    assert "| **together** |" in of_2021
    assert "since law 2026-11-30" in of_2021


# --- the pages hold together ------------------------------------------------------------------------------------


def test_every_link_inside_the_reference_leads_somewhere():
    links = {link for text in written().values() for link in re.findall(r"\]\(#([^)]+)\)", text)}
    assert len(links) > 500
    assert links <= set(anchors())


def test_no_anchor_stands_twice():
    assert [anchor for anchor, times in Counter(anchors()).items() if times > 1] == []


@pytest.mark.long
def test_the_pages_are_the_same_under_another_order_of_hashes():
    program = "from docs.test_reference import written; print(written())"
    again = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert again.stdout == f"{written()}\n"


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(tmp_path):
    code_reference.write_files({"a.md": "one\n", "b/c.md": "two\n"}, tmp_path)
    kept = tmp_path / "a.md"
    os.utime(kept, (1, 1))
    code_reference.write_files({"a.md": "one\n", "d.md": "three\n"}, tmp_path)
    assert kept.stat().st_mtime == 1
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["a.md", "d.md"]


# --- law that is added appears by itself ------------------------------------------------------------------------


def test_another_edition_gets_pages_of_its_own():
    old = law().editions["code-2021"]
    info = evolve(old.info, id="code-1999", title="an older Code", in_force_from=date(1999, 1, 1))
    duties = {name: evolve(duty, edition="code-1999") for name, duty in old.duties.items()}
    older = evolve(old, info=info, locator="Chapter", duties=MappingProxyType(duties))
    wider = evolve(
        law(),
        editions=MappingProxyType({**law().editions, "code-1999": older}),
        infos=MappingProxyType({**law().infos, "code-1999": info}),
    )
    pages = code_reference.pages_of(evolve(book(), law=wider))
    assert "(code-1999-part-right-06)=\n# Chapter 6: " in pages["code-1999/right-06.md"]
    assert "(code-1999-refer-to-support)=\n" in pages["code-1999/right-04.md"]
    assert pages["editions.md"].index("code-2021/index") < pages["editions.md"].index("code-1999/index")


@frozen(kw_only=True)
class WiderLaw(Law):
    """Law with a collection that the reference knows nothing of."""

    charters: Mapping[str, Statement]


def test_a_collection_nobody_made_a_page_for_gets_a_plain_one():
    charter = Statement(
        id="duty-to-collaborate",
        statement="Bodies work together.",
        evidence=Evidence.TEXT,
        cites=(Citation(source="vpa-2024", section="12"),),
    )
    held = {attribute.name: getattr(law(), attribute.name) for attribute in fields(Law)}
    wider = WiderLaw(**held, charters={"duty-to-collaborate": charter})
    pages = code_reference.pages_of(evolve(book(), law=wider))
    page = pages["charters.md"]
    assert "(statement-duty-to-collaborate)=\n## duty to collaborate" in page
    assert "- *statement*: Bodies work together." in page
    assert "s.12, [Victims and Prisoners Act 2024, Part 1 and section 81](#source-vpa-2024)" in page
    assert "generated/charters\n" in pages["contents.inc"]


@pytest.mark.parametrize("module", [code_reference.labels, code_reference.provisions, code_reference.words])
def test_the_examples_of_the_extension_run(module):
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0


def test_every_file_of_commissioning_has_its_page_with_evidence_and_sources():
    files = sorted((ROOT / "data" / "commissioning").rglob("*.yaml"))
    names = {path.relative_to(ROOT / "data").with_suffix(".md").as_posix() for path in files}
    framework = written()["commissioning/frameworks/moj-2013.md"]

    assert names <= set(written())
    assert "### Victims cope with the immediate impact of the crime" in framework
    assert "- *evidence*: [unconfirmed]{.evidence .unconfirmed}" in framework
    assert "](#source-surrey-victims-fund-form)" in framework
    assert "## Grants for measures that help victims and witnesses" in written()["commissioning/powers.md"]


# --- the way from a provision, and from a duty to what became of it ----------------------------------------------


def test_every_citation_of_a_duty_or_scheme_is_found_from_its_provision():
    page = written()["provisions-to-duties.md"]
    for duty in book().duties():
        for cited in duty.cites:
            part = page.split(f"(#source-{cited.source})", 1)[1].split("\n## ", 1)[0]
            place = part.split(f"**{code_reference.words.escape(cited.locator) or 'As a whole'}**", 1)[1]
            assert f"](#{duty.edition}-{duty.id}) " in place.split("\n**", 1)[0]
    for scheme in law().schemes.values():
        assert f"](#scheme-{scheme.id})" in page


def test_right_6_leads_to_telling_of_an_arrest():
    page = written()["provisions-to-duties.md"].split("(#source-bedfordshire-pcc-right-6)", 1)[1].split("\n## ", 1)[0]

    assert "**Right 6**" in page
    assert (
        "[Tell the victim that a suspect has been arrested](#code-2021-inform-suspect-arrested) (`code-2021`)" in page
    )


def test_a_duty_shows_what_became_of_it_in_every_step_of_its_edition():
    (entry,) = [one for one in law().lineage[-1].changed if "refer-to-vcs" in one.duties]
    for edition in ("code-2015", "code-2021"):
        shown = field(section(f"{edition}-refer-to-vcs"), "Lineage")
        assert f"code-2015 to code-2021](#lineage-{len(law().lineage) - 1}-changed-" in shown
        assert code_reference.words.escape(entry.why) in shown


def test_every_lineage_anchor_that_is_linked_is_there():
    linked = {found for text in written().values() for found in re.findall(r"\(#(lineage-[\w-]+)\)", text)}

    assert len(linked) > 50
    assert linked <= set(anchors())


# --- folders of the data that stand beside the law ---------------------------------------------------------------


def test_measures_get_a_page_for_every_file_if_they_are_there(tmp_path, monkeypatch):
    from code_reference import data_folders

    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "timeliness.yaml").write_text(
        "# What is counted.\n- id: on-time\n  title: Done in time\n  exclusions: [What is not yet due.]\n"
        "  evidence: unconfirmed\n  cites: [{source: bedfordshire-pcc-right-6}]\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(data_folders, "data_folder", lambda: tmp_path)
    pages = dict(data_folders.data_folder_pages(book()))

    assert data_folders.shown_folders() == ("measures",)
    assert list(pages) == ["measures/timeliness.md", "measures/index.md"]
    assert "(measures-timeliness-on-time)=\n## Done in time" in pages["measures/timeliness.md"]
    assert "- *exclusions*:\n  - What is not yet due." in pages["measures/timeliness.md"]
    assert "(#source-bedfordshire-pcc-right-6)" in pages["measures/timeliness.md"]
    assert "\ntimeliness\n" in pages["measures/index.md"]


# --- the glossary ------------------------------------------------------------------------------------------------


def test_the_glossary_is_in_the_order_of_the_alphabet_and_its_links_are_of_words_in_it():
    text = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^(\w[^\n]*)\n  \S", text.split("```{glossary}\n", 1)[1], flags=re.MULTILINE)
    used = {shown.split("<")[-1].strip("<>` ") for shown in re.findall(r"\{term\}`([^`]+)`", text)}

    assert len(entries) > 45
    assert entries == sorted(entries, key=lambda word: word.casefold().replace("'", ""))
    assert used <= set(entries)
