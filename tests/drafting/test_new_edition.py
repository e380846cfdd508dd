"""A new edition laid out from an earlier one: what is in its files, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.code import VictimsCode
from victims_code.drafting.new_edition import lay_out_edition
from victims_code.errors import LawDataError, UnknownNameError, WrongValueError
from victims_code.law import read_law_files
from victims_code.reading.sources import Evidence


@pytest.fixture(scope="module")
def files(laid_out):
    return read_law_files(laid_out)


def text(root, name):
    return (root / name).read_text(encoding="utf-8")


def test_the_files_of_a_new_edition_load_as_a_draft(files):
    edition = files.law.editions["code-made-up"]
    assert files.faults == ()
    assert (edition.info.status, edition.info.in_force_from) == ("draft", date(2027, 6, 1))
    assert list(edition.duties) == list(files.law.editions["code-2021"].duties)


def test_a_draft_governs_only_when_it_is_asked_for(files, laid_out):
    day = date(2027, 6, 1)
    assert VictimsCode(law=files.law).at(day).id == "code-made-up"
    assert VictimsCode.load(laid_out).at(day).id == "code-2021"


def test_no_statement_of_a_new_edition_counts_as_read(files):
    mine = [item for item in files.placed if "/code-made-up" in item.document.source]
    duties = files.law.editions["code-made-up"].duties.values()
    assert {duty.evidence for duty in duties} == {Evidence.UNCONFIRMED}
    assert {cite.source for duty in duties for cite in duty.cites} == {"printed-code-made-up"}
    assert "note:" not in "".join(item.document.text for item in mine)


def test_the_definition_of_a_draft_is_not_law_yet(files):
    definition = VictimsCode(law=files.law).law.related.definitions["code-made-up"]
    assert (definition.since, definition.is_law_on(date(2027, 7, 1))) == (date(2027, 6, 1), False)


def test_every_file_says_what_it_is_for(laid_out):
    for path in sorted((laid_out / "editions" / "code-made-up").glob("*.yaml")):
        assert "hold every line against the printed Code" in path.read_text(encoding="utf-8").split("\n\n")[0]
    assert "Every\n# other one needs one" in text(laid_out, "lineage.yaml")
    assert "`editions/code-made-up/eligibility.yaml`" in text(laid_out, "README.md")


def test_the_files_keep_the_layout_of_the_earlier_edition(laid_out):
    name = "right-06-investigation-and-prosecution.yaml"
    earlier = text(laid_out, f"editions/code-2021/{name}")
    later = text(laid_out, f"editions/code-made-up/{name}")
    limit = "    standard: {within: 5, unit: working-day, after: event}"
    assert later.count(limit) == earlier.count(limit) > 5
    assert later.count("\n\n- id: ") == earlier.count("\n\n- id: ")


def test_an_edition_is_added_to_a_folder_without_touching_the_rest(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    written = lay_out_edition("code-next", based_on="code-made-up", folder=folder, in_force_from=date(2028, 1, 1))
    altered = {path.name for path, was in before.items() if path.read_bytes() != was}
    assert altered == {"editions.yaml", "lineage.yaml", "sources.yaml"}
    assert all(path.exists() for path in written)
    assert all(path.read_bytes().startswith(before[path].rstrip()) for path in written if path in before)
    assert (folder / "editions" / "code-next" / "promise-1-being-heard.yaml") in written
    assert "- earlier: code-2021\n  later: code-next\n" in text(folder, "lineage.yaml")


@pytest.mark.parametrize(
    ("id_", "wanted", "error", "said"),
    [
        ("code-made-up", {}, WrongValueError, "There is already an edition 'code-made-up'"),
        ("Code 2027", {}, WrongValueError, "is not a name for an edition"),
        ("hypothetical-x", {}, WrongValueError, "is not a name for an edition"),
        ("code-x", {"based_on": "code-2020"}, UnknownNameError, "There is no edition 'code-2020'"),
        ("code-x", {"in_force_from": date(2021, 4, 1)}, WrongValueError, "code-2021 began on 2021-04-01"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(made_up, id_, wanted, error, said):
    with pytest.raises(error, match=said):
        lay_out_edition(id_, folder=made_up, **{"based_on": "code-2021", **wanted})


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "minutes.txt").write_text("of a meeting", encoding="utf-8")
    with pytest.raises(LawDataError, match=r"holds other files and no editions\.yaml"):
        lay_out_edition("code-x", based_on="code-2021", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.txt"]


def test_nothing_is_added_to_a_folder_with_a_fault(folder):
    broken = folder / "editions" / "code-made-up" / "promise-4-complaint.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("force: must", "force: shall", 1), encoding="utf-8")
    with pytest.raises(LawDataError, match="'shall' is not allowed here"):
        lay_out_edition("code-next", based_on="code-made-up", folder=folder)
    assert not (folder / "editions" / "code-next").exists()
