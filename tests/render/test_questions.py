"""What is not known is asked for: the question, whom or what it is about, and its name in the record."""

import re
from datetime import date

import pytest
from attrs import evolve
from click.testing import CliRunner

import victims_code as vc
from victims_code.cli import main
from victims_code.render import question_rows
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
DAY = date(2026, 4, 2)
CASE = vc.Case(
    reference="A1",
    victims=[vc.Victim(reference="V1"), vc.Victim(reference="V2", facts={"persistently-targeted": True})],
    events=[
        vc.Event(event="suspect-arrested", at=DAY, suspect="S1"),
        vc.Event(event="sentence-passed", at=date(2026, 9, 1), suspect="S1"),
    ],
)
RESULT = CODE.assess(CASE, as_at=date(2026, 9, 20)).to_dict()


def asked(fact):
    return {(one["about"], one["question"]) for one in RESULT["questions"] if one["id"] == fact}


def test_a_question_names_the_object_it_is_about():
    assert ("victim V1", load_vocabulary().facts["injured-by-violent-crime"].question) in asked(
        "injured-by-violent-crime"
    )
    assert asked("hate-crime") == {("the offence", "Is the offence a hate crime?")}
    assert asked("received") == {
        ("event sentence passed Tue 1 Sep 2026 (S1)", "On what day did the body that owes the duty receive it?")
    }


def explanations():
    result = CODE.assess(CASE, as_at=date(2026, 9, 20))
    yield from (one.explain() for one in (*result.obligations, *result.windows, *result.special_measures))
    yield CODE.who_is_a_victim(CASE, on=DAY)[0].explain()


def test_no_sentence_of_an_explanation_names_a_fact_by_its_identifier():
    identifiers = {one["id"] for one in RESULT["questions"] if "-" in one["id"] or "_" in one["id"]}
    assert {"under-18", "injured-by-violent-crime", "committed_on", "victim-informed"} & identifiers
    for why in explanations():
        text = why.to_text().partition("Readings taken")[0]
        text += why.to_markdown().partition("Readings taken")[0]
        assert not [name for name in identifiers if re.search(rf"(?<![\w-]){name}(?![\w-])", text)]


def test_a_sentence_asks_the_questions_and_says_whom_they_are_about():
    (arrest,) = CODE.assess(CASE, as_at=date(2026, 4, 9)).find("inform-suspect-arrested", victim="V1")
    assert arrest.explain().summary.endswith(
        "Cannot tell. We need to know about victim V1: Is this person a close relative of someone whose death the"
        " offence caused? About the offence: Is the offence domestic abuse? Is the offence a hate crime?"
        " And 18 more questions. Act now: it may be late already."
    )
    waiting = [why.summary for why in explanations() if "receive it?" in why.summary]
    assert any("about event sentence passed Tue 1 Sep 2026 (S1): On what day" in said for said in waiting)
    faults = CODE.assess(evolve(CASE, events=[vc.Event(event="needs-assessed", at=DAY)]), as_at=DAY).faults
    (fault,) = [fault for fault in faults if fault.code == "VC-CASE-109"]
    assert fault.message == "Not known: how old 'V1' was at the offence. When was the victim born?"


def test_what_is_known_of_a_victim_is_not_asked_of_them():
    assert {about for about, _ in asked("persistently-targeted")} <= {"victim V1"}


def test_what_is_not_known_of_a_victim_is_not_asked_of_the_one_who_speaks():
    spoken_for = vc.Victim(reference="V1", facts={"unable-to-communicate": True})
    speaker = vc.Victim(reference="F1", capacity="family-spokesperson", speaks_for=["V1"])
    result = CODE.assess(evolve(CASE, victims=[spoken_for, speaker]), as_at=DAY).to_dict()
    about = {one["about"] for one in result["questions"] if one["id"] == "persistently-targeted"}
    assert about == {"victim V1"}


def test_every_question_is_asked_once():
    pairs = [(one["id"], one["about"]) for one in RESULT["questions"]]
    assert len(pairs) == len(set(pairs))


def test_the_names_of_what_is_missing_stay_beside_the_questions():
    named = {fact for one in RESULT["eligibility"] for fact in one["missing_facts"]}
    assert named <= {one["id"] for one in RESULT["questions"]}


def test_a_question_for_several_victims_stands_in_one_row():
    rows = {fact: about for _, about, _, fact in question_rows(RESULT)}
    assert rows["injured-by-violent-crime"] == "victim V1 and victim V2"


def test_what_decides_the_most_deadlines_is_asked_first():
    """The receipt bears on three deadlines of undone duties; of the facts, one that gives Enhanced Rights by itself."""
    events = [vc.Event(event="suspect-arrested", at=DAY, suspect="S1")]
    events += [vc.Event(event="sentence-passed", at=date(2026, 4, 10), suspect="S1")]
    case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")], events=events)
    first, second, *_ = asked = CODE.assess(case, as_at=date(2026, 4, 12)).questions

    assert (first.id, first.of) == ("received", "event")
    assert (second.id, second.of, second.about) == ("sexual-offence", "offence", "the offence")
    assert second.decides[0] == "the deadline of 1 duty, Tue 7 Apr 2026 at the earliest"
    names = [one.id for one in asked]
    assert names.index("kidnap") < names.index("evidence-quality-affected") < names.index("needs-interpreter")


def test_what_is_done_is_not_decided_any_more():
    told = vc.Event(event="victim-informed", about="suspect-arrested", at=DAY, suspect="S1")
    case = evolve(CASE, events=[CASE.events[0], told])
    decided = [words for one in CODE.assess(case, as_at=DAY).questions for words in one.decides]
    assert decided
    assert not [words for words in decided if "deadline" in words]


def test_an_obligation_says_what_each_missing_fact_would_decide():
    (arrest,) = CODE.assess(CASE, as_at=date(2026, 4, 3)).find("inform-suspect-arrested", victim="V1")
    first, *_, last = arrest.missing_facts
    assert (first.id, str(first)) == ("bereaved-close-relative", first.question)
    assert first.decides == ("whether the deadline is Tue 7 Apr 2026 or Mon 13 Apr 2026",)
    assert last.id in {"mental-disorder", "physical-disability-or-disorder"}  # which need another fact beside them
    assert [one.id for one in arrest.missing_facts] != list(arrest.to_dict()["missing_facts"])
    assert {one.id for one in arrest.missing_facts} == set(arrest.to_dict()["missing_facts"])
    (outcome,) = CODE.assess(CASE, as_at=date(2026, 9, 2)).find("inform-sentence-passed", victim="V2")
    assert [(one.of, one.decides) for one in outcome.missing_facts if one.id == "received"] == [
        ("event", ("the deadline, Wed 2 Sep 2026 at the earliest",))
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_for_people_asks(tmp_path, form):
    file = tmp_path / "case.yaml"
    file.write_text(CASE.to_yaml(), encoding="utf-8")
    answer = CliRunner().invoke(main, ["assess", str(file), "--as-at", "2026-09-20", "--format", form])
    assert answer.exit_code == 0
    assert "What is not known" in answer.output
    assert "Is the offence a hate crime?" in answer.output
    assert re.search(r"\d questions", answer.output)
    assert "below" not in answer.output


def test_everything_that_can_be_missing_has_a_question():
    for one in RESULT["questions"]:
        assert one["question"].endswith("?")
        assert not one["question"].startswith("What is '")
