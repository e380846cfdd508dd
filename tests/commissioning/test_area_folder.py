"""The folder of an area: what is read, what is wrong with it, and how its records name each other."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest
from attrs import fields, resolve_types
from jsonschema import Draft202012Validator

from victims_code.commissioning.area_folder import PARTS, AreaDetails, AreaFolder, lay_out
from victims_code.commissioning.area_folder.starters import STARTERS
from victims_code.commissioning.governance import Board, HighlightReport, RiskLog
from victims_code.commissioning.money import Award, Bid
from victims_code.commissioning.returns import Register
from victims_code.commissioning.services import Referral, Service
from victims_code.commissioning.validators import values_at
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.reading.data_files import data_folder
from victims_code.reading.documents import read_document, write_yaml
from victims_code.schemas import schema

BOARDS = """
boards:
  - title: Victims' Board
    quorum: 2
"""
SERVICES = """
services:
  - {reference: isva, name: ISVA, kind: isva, provider: Lantern, arrangement: grant, commissioner: PCC,
     areas: [west-mercia]}
"""


def folder_of(folder, **files):
    """A folder with some files; __ parts a folder from a file in it."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder


def faults_of(folder):
    with pytest.raises(CommissioningError) as caught:
        AreaFolder.read(folder)
    return [str(fault) for fault in caught.value.faults]


def uncommented(text):
    """A file that was laid out with its example taken out of the comments."""
    return "".join(line.removeprefix("# ") for line in text.split("#\n", 1)[1].splitlines(keepends=True))


EXAMPLES = data_folder() / STARTERS


def example(part):
    """The example of a part as it ships, a single record."""
    data = read_document(EXAMPLES / PARTS[part].starter).data
    return write_yaml(data[part][0] if PARTS[part].many and PARTS[part].in_one_file else data)


@pytest.fixture(scope="module")
def begun():
    """The folder in which every example is in use."""
    return EXAMPLES


# --- laying out -----------------------------------------------------------------------------------------------------


def test_a_folder_laid_out_is_sound_and_holds_nothing_yet(tmp_path):
    written, kept = lay_out(tmp_path / "west-mercia")
    area = AreaFolder.read(tmp_path / "west-mercia")

    assert (len(written), kept) == (len(PARTS), ())
    assert {len(records) for records in area.records.values()} == {0}
    assert (area.unread, area.remarks, area.unchecked) == ((), (), ())


def test_the_area_is_written_where_it_is_known_and_refused_where_it_is_not(tmp_path):
    lay_out(tmp_path, "22")

    assert AreaFolder.read(tmp_path).one(AreaDetails).area == "west-mercia"
    with pytest.raises(UnknownNameError, match="borsetshire"):
        lay_out(tmp_path / "other", "borsetshire")
    assert not (tmp_path / "other").exists()


def test_what_is_there_is_never_changed(tmp_path):
    folder_of(tmp_path, boards=BOARDS)
    before = (tmp_path / "boards.yaml").read_bytes()
    _, kept = lay_out(tmp_path)

    assert kept == (tmp_path / "boards.yaml",)
    assert (tmp_path / "boards.yaml").read_bytes() == before
    assert lay_out(tmp_path)[0] == ()


def test_a_folder_that_cannot_be_made_says_why(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommissioningError, match="VC-FILE-006"):
        lay_out(tmp_path / "file" / "below")


def test_the_examples_are_laid_out_as_they_ship_and_no_other_is_there(tmp_path):
    lay_out(tmp_path)
    read = partial(Path.read_text, encoding="utf-8")
    laid_out = {part.starter: uncommented(read(tmp_path / part.starter)) for part in PARTS.values()}
    shipped = {file.relative_to(EXAMPLES).as_posix(): read(file) for file in EXAMPLES.rglob("*.yaml")}
    assert laid_out == shipped


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_each_example_is_a_sound_record_by_itself(part):
    area = AreaFolder.read(EXAMPLES / part.starter, part=part.name)
    assert [len(records) for records in area.records.values() if records] == [1]


def test_the_examples_make_a_sound_folder_together(begun):
    area = AreaFolder.read(begun)

    assert {name: len(records) for name, records in area.records.items()} == dict.fromkeys(PARTS, 1)
    assert area.unchecked == ()


# --- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_has_another_name_than_the_keys_of_its_records(part):
    resolve_types(part.file_kind)
    assert not part.many or part.name not in {attribute.name for attribute in fields(part.file_kind)}


def test_what_a_part_refers_to_is_defined_by_one(begun):
    defined = {kind for part in PARTS.values() for kind in part.defines.values()}
    assert {kind for part in PARTS.values() for kind in part.refers.values()} <= defined


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_names_a_part_defines_are_found_in_its_example(part, begun):
    (record,) = AreaFolder.read(begun).records[part.name]
    assert all(list(values_at(record, path)) for path in part.defines)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_schema_takes_the_example_and_refuses_another_key(part, begun):
    data = read_document(begun / part.starter).data
    checker = Draft202012Validator(schema(part.name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    one = data[part.name][0] if part.many and part.in_one_file else data

    assert list(checker.iter_errors(data)) == []
    assert list(checker.iter_errors(one)) == []
    assert any("colour" in error.message for error in checker.iter_errors({**one, "colour": "red"}))


# --- reading --------------------------------------------------------------------------------------------------------


def test_a_part_is_in_one_file_in_several_or_in_both(tmp_path):
    folder_of(tmp_path, boards=BOARDS, boards__second="title: Local Criminal Justice Board\n")
    area = AreaFolder.read(tmp_path)

    assert [board.title for board in area.all(Board)] == ["Victims' Board", "Local Criminal Justice Board"]
    assert area.all(RiskLog) == ()


def test_all_faults_of_all_files_come_at_once_with_file_line_and_column(tmp_path):
    folder_of(
        tmp_path,
        area="area: borsetshire\n",
        boards="boards:\n  - title: Victims' Board\n    quorum: none\n    chare: M1\n",
        boards__second="title: [",
        services=SERVICES.replace("kind: isva", "kind: isvaa"),
        referrals="referrals:\n  - {reference: R1, victim: V1, to: isva, basis: consented, reported_on: 2026-02-30}\n",
    )
    told = faults_of(tmp_path)

    assert len(told) == 6
    assert any(re.match(r"area\.yaml, line 1, column 1, area: .*borsetshire", one) for one in told)
    assert any(re.match(r"boards\.yaml, line 3, column 5, boards\[0\]\.quorum: .*'none'", one) for one in told)
    assert any(re.match(r"boards\.yaml, line 4, column 5, boards\[0\]\.chare: .*'chair'", one) for one in told)
    assert any(re.match(r"boards/second\.yaml, line \d, column", one) for one in told)
    assert any(re.match(r"services\.yaml, line 2, column .*kind: .*'isva'", one) for one in told)
    assert any(re.match(r"referrals\.yaml, line 2, column .*reported_on: ", one) for one in told)


def test_a_key_written_twice_is_a_fault(tmp_path):
    folder_of(tmp_path, area="area: west-mercia\narea: dyfed-powys\n")
    assert "area.yaml, line 2, column 1, area" in faults_of(tmp_path)[0]


@pytest.mark.parametrize("text", ["title: Victims' Board\n", "- title: Victims' Board\n", "boards: Victims' Board\n"])
def test_a_file_of_several_holds_a_list_under_its_name(tmp_path, text):
    (told,) = faults_of(folder_of(tmp_path, boards=text))
    assert "boards.yaml" in told
    assert "Begin it with `boards:`" in told


def test_files_that_are_no_part_are_named(tmp_path):
    folder_of(tmp_path, boards=BOARDS, award="awards: []\n", old__boards=BOARDS)
    (tmp_path / "minutes.docx").write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.yaml").write_text("a: b\n", encoding="utf-8")
    area = AreaFolder.read(tmp_path)

    assert area.unread == ("minutes.docx",)
    assert [fault.location for fault in area.remarks] == ["award.yaml", "old/boards.yaml"]
    assert "Did you mean 'awards'?" in area.remarks[0].hint
    assert {fault.code for fault in area.remarks} == {"VC-COM-101"}


def test_returns_of_providers_are_listed_and_not_taken_for_parts(tmp_path):
    folder_of(tmp_path, boards=BOARDS)
    (tmp_path / "returns" / "2025-26").mkdir(parents=True)
    (tmp_path / "returns" / "2025-26" / "lantern.csv").write_text("provider\n", encoding="utf-8")

    area = AreaFolder.read(tmp_path)
    assert [file.name for file in area.returns] == ["lantern.csv"]
    assert (area.unread, area.remarks) == ((), ())


def test_a_folder_that_is_not_one_of_an_area_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    (told,) = faults_of(tmp_path)
    assert "victims-code commissioning init" in told
    assert "VC-FILE-006" in faults_of(tmp_path / "boards.yaml")[0]
    assert "There is no file or folder of this name." in faults_of(tmp_path / "devon")[0]


def test_one_file_is_read_by_itself(tmp_path):
    folder_of(tmp_path, highlight_reports__q1=example("highlight-reports"), mine=BOARDS)
    report = AreaFolder.read(tmp_path / "highlight-reports" / "q1.yaml").one(HighlightReport)

    assert report.board == "Victims' Board"  # whether there is one is asked of a folder
    assert AreaFolder.read(tmp_path / "mine.yaml", part="boards").one(Board).quorum == 2
    (tmp_path / "mine.yaml").write_text("title: Victims' Board\n", encoding="utf-8")
    assert AreaFolder.read(tmp_path / "mine.yaml", part="boards").one(Board).title == "Victims' Board"
    (tmp_path / "mine.yaml").write_text("risk-logs: []\n", encoding="utf-8")
    with pytest.raises(CommissioningError, match="This file must hold one key, 'boards'"):
        AreaFolder.read(tmp_path / "mine.yaml", part="boards")
    with pytest.raises(CommissioningError, match=r"mine\.yaml: This file is not read"):
        AreaFolder.read(tmp_path / "mine.yaml")


def test_a_register_takes_the_frameworks_of_the_folder(tmp_path):
    folder_of(
        tmp_path,
        register="commissioner: PCC\nframeworks: [frameworks/ours.yaml]\nproviders: [{id: lantern}]\n",
        frameworks__ours=example("frameworks"),
    )
    assert AreaFolder.read(tmp_path).one(Register).frameworks[0].id == "our-measures"


# --- names ----------------------------------------------------------------------------------------------------------

REFERRAL = "referrals:\n  - {{reference: R1, victim: V1, to: {to}, basis: consented}}\n"


def test_a_name_that_no_record_has_is_a_fault_with_the_nearest(tmp_path):
    (told,) = faults_of(folder_of(tmp_path, services=SERVICES, referrals=REFERRAL.format(to="isvaa")))
    assert told.startswith("referrals.yaml, line 2, column 33, referrals[0].to: There is no service 'isvaa'")
    assert "'isva'" in told


def test_a_national_service_needs_no_entry(tmp_path):
    area = AreaFolder.read(folder_of(tmp_path, services=SERVICES, referrals=REFERRAL.format(to="homicide-service")))
    assert (len(area.all(Service)), area.one(Referral).to, area.unchecked) == (1, "homicide-service", ())


def test_without_any_service_references_to_one_are_said_not_to_be_checked(tmp_path):
    area = AreaFolder.read(folder_of(tmp_path, referrals=REFERRAL.format(to="isva")))
    assert area.unchecked == ("referrals: 1 with the name of a service, and no service is in the folder.",)


def test_a_name_that_could_not_be_read_is_not_missed_elsewhere(tmp_path):
    broken = SERVICES.replace("reference: isva", "reference: [isva]").replace("- {", "- {colour: red, ")
    told = faults_of(folder_of(tmp_path, services=broken, referrals=REFERRAL.format(to="isva")))
    assert {one.split(",")[0] for one in told} == {"services.yaml"}


def test_a_record_with_a_fault_is_still_known_by_its_name(tmp_path):
    broken = SERVICES.replace("kind: isva", "kind: isvaa")
    told = faults_of(folder_of(tmp_path, services=broken, referrals=REFERRAL.format(to="other")))
    assert [one.split(",")[0] for one in told] == ["services.yaml", "referrals.yaml"]
    told = faults_of(folder_of(tmp_path, services=broken, referrals=REFERRAL.format(to="isva")))
    assert [one.split(",")[0] for one in told] == ["services.yaml"]


def test_two_records_of_one_name_are_a_fault_that_names_both_places(tmp_path):
    (told,) = faults_of(folder_of(tmp_path, boards=BOARDS, boards__again="title: Victims' Board\n"))
    assert told.startswith("boards/again.yaml, line 1, column 1, title: There is another board")
    assert "boards.yaml, line 2, column 5, boards[0].title" in told


# --- what can be read of a folder with faults -----------------------------------------------------------------------


def in_part(folder):
    area, wrong = AreaFolder.read_in_part(folder)
    return area, [str(fault) for fault in wrong]


def test_what_can_be_read_is_given_and_what_is_left_out_is_named(tmp_path):
    two = f"{BOARDS}  - {{titel: Second}}\n  - title: Third\n"
    area, told = in_part(folder_of(tmp_path, boards=two, bids="bids: [\n", risk_logs="risks: []\n"))

    assert [board.title for board in area.all(Board)] == ["Victims' Board", "Third"]
    assert [(one.part, one.whole_file) for one in area.left_out] == [
        ("bids", True),
        ("boards", False),
        ("risk-logs", True),
    ]
    assert area.left_out[1].place == "boards.yaml, line 4, column 5, boards[1]"
    assert area.not_whole(Board) == ("Not complete: 1 record could not be read (boards 1).",)
    assert area.not_whole(Award) == ()
    assert area.not_whole(Bid) == (
        "Not complete: nothing could be read of bids.yaml, whose number of records is not known.",
    )
    assert all(one.startswith(("bids.yaml", "boards.yaml", "risk-logs.yaml")) for one in told)


def test_of_two_records_of_one_name_the_second_is_left_out(tmp_path):
    area, _ = in_part(folder_of(tmp_path, boards=BOARDS, boards__again="title: Victims' Board\n"))
    assert ([board.quorum for board in area.all(Board)], area.left_out[0].place) == (
        [2],
        "boards/again.yaml, line 1, column 1",
    )


def test_a_name_that_no_record_has_keeps_its_record(tmp_path):
    depending = SERVICES.replace("areas: [west-mercia]", "areas: [west-mercia], depends_on: [isvaa]")
    area, told = in_part(folder_of(tmp_path, services=depending, referrals=REFERRAL.format(to="isvaa")))

    assert (len(told), area.left_out) == (2, ())
    assert [service.reference for service in area.directory().services] == ["isva"]
    assert len(area.referral_list().referrals) == 1


def test_a_referral_after_one_that_could_not_be_read_is_left_out_with_it(tmp_path):
    chain = """
    referrals:
      - {reference: R1, victim: V1, to: isva, basis: consent}
      - {reference: R2, victim: V1, to: isva, basis: consented, after: R1}
      - {reference: R3, victim: V2, to: isva, basis: consented}
    """
    area, told = in_part(folder_of(tmp_path, services=SERVICES, referrals=chain))
    assert [one.reference for one in area.referral_list().referrals] == ["R3"]
    assert area.not_whole() == ("Not complete: 2 records could not be read (referrals 2).",)
    assert "referrals[1].after: It follows the referral 'R1', which is not on the list." in told[1]


def test_records_that_contradict_each_other_are_told_when_the_folder_is_read(tmp_path):
    booking = "{{reference: L{n}, witness: W{n}, on: 2026-05-06, room: Room 1, begins: '10:00', ends: '11:00'}}"
    links = "live-links:\n" + "".join(f"  - {booking.format(n=n)}\n" for n in (1, 2))
    lesson = "{reference: LE1, learnt_from: [C1], changes: Policy}"
    area, told = in_part(
        folder_of(
            tmp_path,
            live_links=links,
            complaints="complaints: [{reference: C1, received_on: 2026-04-01, received_by: pccc}]\n",
            lessons=f"lessons: [{lesson}]\n",
            services=SERVICES.replace("reference: isva", "reference: homicide-service"),
        )
    )
    assert sorted(one.split(": ", 1)[0] for one in told) == [
        "complaints.yaml, line 1, column 55, complaints[0].received_by",
        "live-links.yaml, line 3, column 50, live-links[1].room",
        "services.yaml, line 2, column 6, services[0].reference",
    ]
    assert [one.reference for one in area.registers().live_links] == ["L1"]
    assert [one.reference for one in area.registers().lessons] == ["LE1"]
    assert area.directory().services == ()
