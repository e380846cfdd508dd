"""Two editions beside each other: what a reader is told changed, and what it rests on."""

from __future__ import annotations

import json
import shutil

import pytest

import victims_code as vc
from victims_code.reading.data_files import data_folder

CODE = vc.VictimsCode.load()


def of(changes, duty):
    (found,) = [change for change in changes if change.duty.id == duty]
    return found


def field(change, what):
    (found,) = [one for one in change.fields if one.what == what]
    return found.old, found.new


@pytest.fixture(scope="module")
def latest():
    return CODE.compare("code-2015", "code-2021")


def test_the_referral_to_the_victim_contact_scheme_went_from_twenty_to_ten_working_days(latest):
    change = of(latest.changed, "refer-to-vcs")

    assert field(change, "deadline") == ("within 20 working days of it", "within 10 working days of it")
    assert change.evidence == "secondary"
    assert "Help for victims: victim contact (helpforvictims.co.uk)" in change.reasons[0].cites


def test_release_under_investigation_is_new(latest):
    change = of(latest.new, "inform-suspect-released-under-investigation")

    assert change.earlier == ()
    assert change.reasons[0].why.startswith("Pages on this Code name it.")
    assert any("Right 6 of 12" in cite for cite in change.reasons[0].cites)


def test_twelve_rights_took_the_place_of_chapters(latest):
    assert [(c.old, c.new) for c in latest.edition if c.what == "structure"] == [("five chapters", "twelve Rights")]
    assert any("Twelve Rights in one chapter" in reason.why and reason.cites for reason in latest.stated)


def test_contact_by_the_victim_liaison_officer_got_a_limit(latest):
    assert field(of(latest.changed, "make-vcs-contact"), "deadline") == (
        "no time stated",
        "within 20 working days of it",
    )


def test_duties_that_merged_name_what_they_come_from(latest):
    merged = of(latest.merged, "explain-process-and-support")
    split = of(latest.split, "translate-documents")

    assert [duty.id for duty in merged.earlier] == ["explain-what-to-expect", "explain-process-and-support"]
    assert field(merged, "deadline") == ("within 5 working days of it", "no time stated")
    assert [duty.id for duty in split.earlier] == ["translate-by-other-body"]


def test_every_duty_of_both_editions_is_spoken_of_once(latest):
    later = [duty.id for change in latest.changes for duty in change.later]
    earlier = {duty.id for change in latest.changes for duty in change.earlier}

    assert later == list(CODE.edition("code-2021").duties)
    assert earlier == set(CODE.edition("code-2015").duties)
    assert {change.duty.id for change in latest.same} >= {"inform-suspect-bailed", "return-property", "pay-expenses"}


def test_three_working_days_for_an_interview_became_five():
    comparison = CODE.compare("code-2006", "code-2013")

    assert field(of(comparison.changed, "inform-suspect-interviewed-under-caution"), "deadline") == (
        "within 3 working days of it; enhanced: within 1 working day of it",
        "within 5 working days of it; enhanced: within 1 working day of it",
    )
    assert of(comparison.dropped, "update-monthly").evidence == "unconfirmed"
    assert of(comparison.new, "acknowledge-complaint").evidence == "secondary"
    groups = {c.what: (c.old, c.new) for c in comparison.edition}
    assert groups["groups"][0] == "Vulnerable victims; Intimidated victims"
    assert groups["group: Vulnerable victims"][0].startswith("Under 17 when the offence was committed")
    assert "Judicial Office of the House of Lords" in groups["bodies bound"][0]


def test_between_2013_and_2015_no_number_changed():
    comparison = CODE.compare("code-2013", "code-2015")

    assert comparison.changed == comparison.dropped == ()
    assert of(comparison.new, "acknowledge-crime").evidence == "secondary"
    assert {c.what for c in comparison.edition} >= {"structure", "bodies bound", "covered: person"}
    (person,) = [c for c in comparison.edition if c.what == "covered: person"]
    assert "crime under recording standard" in person.old
    assert "recording standard" not in person.new


def test_editions_that_do_not_follow_each_other_are_compared_through_those_between():
    comparison = CODE.compare("code-2006", "code-2021")

    interview = of(comparison.changed, "inform-suspect-interviewed-under-caution")
    assert (interview.reasons[0].earlier, interview.reasons[0].later) == ("code-2006", "code-2013")
    assert of(comparison.same, "inform-suspect-arrested").earlier
    assert of(comparison.dropped, "update-monthly")
    contact = of(comparison.changed, "make-vcs-contact")
    assert field(contact, "deadline") == ("within 40 working days of it", "within 20 working days of it")
    assert {(reason.earlier, reason.later) for reason in contact.reasons} == {
        ("code-2006", "code-2013"),
        ("code-2015", "code-2021"),
    }
    assert {duty.id for duty in of(comparison.merged, "explain-compensation-decision").earlier} == {
        "explain-compensation-decision",
        "hear-compensation-appeal",
    }
    assert len(comparison.stated) == 15


def test_the_order_of_naming_does_not_matter_and_an_edition_equals_itself(latest):
    assert CODE.compare("code-2021", "code-2015").to_dict() == latest.to_dict()
    itself = CODE.compare("code-2021", "code-2021")
    assert len(itself.same) == len(itself.changes) == len(CODE.edition("code-2021").duties)
    assert itself.edition == itself.stated == ()


def test_as_text_and_markdown_and_html_they_say_the_same(latest):
    text, markdown, html = latest.to_text(), latest.to_markdown(), latest.to_html()

    assert text.startswith("code-2015 → code-2021: ")
    assert "deadline: within 20 working days of it → within 10 working days of it" in text
    assert "| refer-to-vcs | owed by | Witness Care Unit | Police, Witness Care Unit |" in markdown
    assert "|  | deadline | within 20 working days of it | within 10 working days of it |" in markdown
    for form in (text, markdown, html):
        assert "five chapters" in form
        assert "read in a named source" in form
        assert "inform-suspect-released-under-investigation" in form
    assert "<!DOCTYPE html>" in latest.to_html(page=True)
    assert latest._repr_html_() == html
    assert str(latest) == text


def test_as_plain_values_it_is_json_with_the_surest_changes_first(latest):
    plain = json.loads(json.dumps(latest.to_dict()))

    assert (plain["from"], plain["to"]) == ("code-2015", "code-2021")
    evidence = [change["evidence"] for change in plain["duties"]["changed"]]
    assert evidence == sorted(evidence, key=["text", "secondary", "unconfirmed"].index)
    assert all(change["reasons"] for fate in ("new", "dropped", "changed") for change in plain["duties"][fate])


def test_as_a_table_it_has_one_row_for_each_field(latest):
    rows = [(row.fate.value, row.what, row.old, row.new) for row in latest.rows() if row.duty == "refer-to-vcs"]

    assert rows == [
        ("changed", "owed by", "Witness Care Unit", "Police, Witness Care Unit"),
        ("changed", "deadline", "within 20 working days of it", "within 10 working days of it"),
    ]
    (new,) = [row for row in latest.rows() if row.duty == "inform-suspect-released-under-investigation"]
    assert (new.fate.value, new.old, new.new) == ("new", "", "inform-suspect-released-under-investigation")


def test_a_change_of_the_data_shows_in_the_comparison(tmp_path):
    folder = shutil.copytree(data_folder(), tmp_path / "data")
    path = folder / "editions/code-2021/right-11-after-conviction.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("within: 20, unit", "within: 25, unit"), encoding="utf-8")
    comparison = vc.VictimsCode.load(folder).compare("code-2015", "code-2021")

    assert field(of(comparison.changed, "make-vcs-contact"), "deadline")[1] == "within 25 working days of it"


def test_an_edition_that_does_not_exist_names_the_nearest():
    with pytest.raises(vc.UnknownNameError, match="Did you mean"):
        CODE.compare("code-2015", "code-2020")
