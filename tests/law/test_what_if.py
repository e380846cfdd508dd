"""What if: altered editions and drafts, which nothing may confuse with the law."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code.cli import main
from victims_code.reading.data_files import data_folder

CODE = vc.VictimsCode.load()
THREE_DAYS = CODE.with_changes(
    "three-days",
    title="three working days instead of five",
    deadlines={"inform-suspect-arrested": {"standard": {"within": 3}}},
)
CASE = vc.Case.from_dict(
    {
        "reference": "W/1",
        "offence": {"committed_on": "2026-04-01"},
        "victims": [{"reference": "V1", "born": "1980-06-01"}],
        "events": [
            {"event": "needs-assessed", "at": "2026-04-01"},
            {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1"},
            {"event": "suspect-charged", "at": "2026-04-02", "suspect": "S1"},
            {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-10", "suspect": "S1"},
        ],
    }
)
AS_AT = date(2026, 4, 20)


def arrest(code, case=CASE):
    (obligation,) = code.assess(case, as_at=AS_AT).find("inform-suspect-arrested")
    return obligation


def test_the_same_telling_is_in_time_under_the_law_and_late_under_three_days():
    assert (arrest(CODE).due_on, arrest(CODE).status) == (date(2026, 4, 13), "met")
    assert (arrest(THREE_DAYS).due_on, arrest(THREE_DAYS).status) == (date(2026, 4, 9), "met-late")
    assert arrest(THREE_DAYS).days_late == 1


def test_what_was_not_given_stays_as_it_is():
    altered = THREE_DAYS.duty("inform-suspect-arrested").deadline

    assert altered.standard.words == "within 3 working days of it"
    assert altered.enhanced.words == "within 1 working day of it"
    assert THREE_DAYS.duty("inform-suspect-charged").deadline == CODE.duty("inform-suspect-charged").deadline
    assert CODE.duty("inform-suspect-arrested").deadline.standard.words == "within 5 working days of it"


def test_every_view_says_that_it_is_not_law():
    result = THREE_DAYS.assess(CASE, as_at=AS_AT)
    plain = result.to_dict()
    obligation = arrest(THREE_DAYS)
    explanation = obligation.explain()

    assert result.stamp.editions == ("hypothetical-three-days",)
    assert {o["edition"] for o in plain["obligations"]} == {"hypothetical-three-days"}
    assert {o["edition_status"] for o in plain["obligations"]} == {"hypothetical"}
    assert {e["edition_status"] for e in plain["eligibility"]} == {"hypothetical"}
    assert "hypothetical" in result.to_csv().splitlines()[1]
    assert "**Hypothetical, not law: " in result.to_markdown()
    assert '<p role="note"><strong>Hypothetical, not law: ' in result.to_html()
    assert "[hypothetical\\, not law] W/1" in THREE_DAYS.assess(CASE, as_at=date(2026, 4, 3)).to_icalendar()
    assert explanation.summary.startswith("Hypothetical, not law: ")
    assert "which is not law" in explanation.to_text()
    assert "within 3 working days of it (with Enhanced Rights within 1 working day of it) instead of" in str(
        explanation
    )
    assert (
        THREE_DAYS.deadline("inform-suspect-charged", on=AS_AT, track="enhanced")
        .explain()
        .summary.startswith("Hypothetical, not law: ")
    )


def test_an_altered_deadline_claims_no_source():
    duty = THREE_DAYS.duty("inform-suspect-arrested")

    assert (duty.evidence.value, duty.cites) == ("hypothetical", ())
    assert THREE_DAYS.duty("inform-suspect-charged").evidence.value == "secondary"


def test_the_stamp_tells_law_and_alteration_apart():
    stamps = {code.assess(CASE, as_at=AS_AT).stamp.law_hash for code in (CODE, THREE_DAYS)}
    again = CODE.with_changes(
        "three-days",
        title="three working days instead of five",
        deadlines={"inform-suspect-arrested": {"standard": {"within": 3}}},
    )

    assert len(stamps) == 2
    assert again.law.data_hash == THREE_DAYS.law.data_hash
    assert CODE.assess(CASE, as_at=AS_AT).stamp.cautions == ()


def test_a_category_can_be_added_and_taken_out():
    widened = CODE.with_changes(
        "wider",
        title="Enhanced Rights where the offender is young, and not for being targeted",
        enhanced={
            "young-offender": {
                "title": "Victims of young offenders",
                "when": {"fact": "offender-under-18", "is": True},
            },
            "persistently-targeted": None,
        },
    )
    young = vc.Case.from_dict({**CASE.to_dict(), "offence": {"flags": ["offender-under-18"]}})
    targeted = vc.Case.from_dict(
        {
            **CASE.to_dict(),
            "offence": {"flags": ["not-offender-under-18"]},
            "victims": [{"reference": "V1", "facts": {"persistently-targeted": True}}],
        }
    )

    assert (arrest(CODE, young).due_on, arrest(widened, young).due_on) == (date(2026, 4, 13), date(2026, 4, 7))
    assert (arrest(CODE, targeted).due_on, arrest(widened, targeted).due_on) == (date(2026, 4, 7), date(2026, 4, 13))


def test_an_undated_duty_can_be_given_a_number():
    dated = CODE.with_changes(
        "property",
        title="ten working days to return property",
        deadlines={"return-property": {"all": {"within": 10, "unit": "working-day"}}},
    )

    assert dated.deadline("return-property", on=date(2026, 4, 2)).due == date(2026, 4, 20)


def test_every_fault_of_the_changes_is_told_at_once():
    with pytest.raises(vc.VictimsCodeError) as refused:
        CODE.with_changes(
            "Three Days",
            title="x",
            deadlines={
                "inform-suspect-arested": {"all": {"within": 3}},
                "inform-suspect-arrested": {"standard": {"within": 5}},
                "inform-suspect-charged": {"standard": {"within": "many"}},
            },
            enhanced={"nope": None, "other": {"title": "t", "when": {"fact": "offender-under-81", "is": True}}},
        )

    assert [(fault.code, fault.location) for fault in refused.value.faults] == [
        ("VC-FILE-005", "id"),
        ("VC-NAME-001", "deadlines.inform-suspect-arested"),
        ("VC-DATA-007", "deadlines.inform-suspect-arrested"),
        ("VC-FILE-005", "deadlines.inform-suspect-charged.standard.within"),
        ("VC-NAME-001", "enhanced.nope"),
        ("VC-DATA-001", "enhanced.other.when"),
    ]
    assert "Did you mean 'offender-under-18'?" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "nothing"}, "Nothing is altered"),
        ({"title": "x", "edition": "code-2020", "deadlines": {"a": {}}}, "Did you mean"),
    ],
)
def test_changes_that_change_nothing_or_no_edition_are_refused(given, words):
    with pytest.raises(vc.VictimsCodeError, match=words):
        CODE.with_changes("x", **given)


def test_changes_can_stand_in_a_file_and_be_given_on_the_command_line(tmp_path):
    changes, case = tmp_path / "three.yaml", tmp_path / "case.json"
    changes.write_text(
        "id: three-days\ntitle: three working days instead of five\n"
        "deadlines:\n  inform-suspect-arrested: {standard: {within: 3}}\n",
        encoding="utf-8",
    )
    case.write_text(CASE.to_json(), encoding="utf-8")
    ran = CliRunner().invoke(
        main, ["assess", str(case), "--as-at", "2026-04-20", "--what-if", str(changes), "--format", "json"]
    )
    plain = json.loads(ran.stdout)

    assert ran.exit_code == 0
    assert plain["stamp"]["law_hash"] == CODE.with_changes_from(changes).law.data_hash
    assert plain["stamp"]["cautions"][0].startswith("Hypothetical, not law: ")
    changes.write_text("id: three-days\ntitle: x\ndeadline: {}\n", encoding="utf-8")
    ran = CliRunner().invoke(main, ["assess", str(case), "--as-at", "2026-04-20", "--what-if", str(changes)])
    assert ran.exit_code == 1
    assert "three.yaml, line 3, deadline: The key 'deadline' is not known here. Did you mean 'deadlines'?" in ran.stderr


# --- Drafts -----------------------------------------------------------------------------------------------------


@pytest.fixture
def with_a_draft(tmp_path):
    """The law, and a draft edition made for this test: the Code in force under another name."""
    folder = shutil.copytree(data_folder(), tmp_path / "data")
    shutil.copytree(folder / "editions" / "code-2021", folder / "editions" / "code-draft")
    edition = folder / "editions" / "code-draft" / "edition.yaml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("id: code-2021", "id: code-draft"), encoding="utf-8")
    with (folder / "editions.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n  - {id: code-draft, title: a draft Code, made_under: nothing yet, in_force_from: 2027-01-01,"
            " in_force_until: null, status: draft, encoded: true, cites: [{source: vpa-2024}], evidence: secondary}\n"
        )
    return folder


def test_a_draft_is_not_loaded_unless_it_is_asked_for(with_a_draft):
    code = vc.VictimsCode.load(with_a_draft)

    assert "code-draft" not in code.editions
    assert code.at(date(2027, 6, 1)).id == "code-2021"
    with pytest.raises(vc.UnknownNameError):
        code.edition("code-draft")


def test_a_draft_that_was_asked_for_says_what_it_is(with_a_draft):
    code = vc.VictimsCode.load(with_a_draft, drafts=True)
    events = [{"event": "suspect-arrested", "at": day} for day in ("2026-12-31", "2027-01-04")]
    case = vc.Case.from_dict(
        {
            "reference": "D",
            "offence": {"committed_on": "2026-04-01"},
            "victims": [{"reference": "V1", "born": "1980-06-01"}],
            "events": events,
        }
    )
    before, after = code.assess(case, as_at=date(2027, 2, 1)).find("inform-suspect-arrested")

    assert (before.edition.id, after.edition.id) == ("code-2021", "code-draft")
    assert not before.explain().summary.startswith("A draft")
    assert after.explain().summary.startswith("A draft, not law: ")
    assert code.assess(case, as_at=date(2027, 2, 1)).stamp.cautions == ("A draft, not law: a draft Code.",)


def test_no_file_can_pass_itself_off_as_hypothetical(with_a_draft):
    editions = with_a_draft / "editions.yaml"
    editions.write_text(
        editions.read_text(encoding="utf-8").replace("status: draft", "status: hypothetical"), encoding="utf-8"
    )

    with pytest.raises(vc.LawDataError, match="'hypothetical' is not allowed here"):
        vc.VictimsCode.load(with_a_draft, drafts=True)


def test_an_altered_edition_is_compared_in_every_format():
    comparison = THREE_DAYS.compare("code-2015", "hypothetical-three-days")
    for shown in (comparison.to_text(), comparison.to_markdown(), comparison.to_html(page=True)):
        assert "Hypothetical, not law: the Code of Practice" in shown
