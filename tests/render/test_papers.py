"""The statement and the page for the victim: what they say, what they never say, and that they leave nothing out."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code import cli
from victims_code.errors import UnknownNameError
from victims_code.plain_words import load_plain_words
from victims_code.printable import capitalised
from victims_code.testing.made_up import made_up_case
from victims_code.vocabulary import load_vocabulary

DATA = Path(__file__).parents[2] / "data"
CODE = vc.VictimsCode.load()
CASE = """
reference: "22/0412/26"
offence: {committed_on: 2026-03-31}
victims:
  - {reference: V1, born: 1990-03-02, facts: {mental-disorder: false}}
  - {reference: V2, born: 1961-05-07}
events:
  - {event: crime-reported, at: 2026-04-01}
  - {event: needs-assessed, at: 2026-04-01}
  - {event: suspect-arrested, at: 2026-04-02, suspect: KNOWN-AS-S7}
  - {event: suspect-interviewed-under-caution, at: 2026-04-02, suspect: KNOWN-AS-S7}
  - {event: victim-informed, about: suspect-arrested, at: 2026-04-15, victim: V1, suspect: KNOWN-AS-S7}
  - {event: suspect-charged, at: 2026-04-14, suspect: KNOWN-AS-S7}
"""


@pytest.fixture(scope="module")
def result():
    return CODE.assess(vc.Case.from_yaml(CASE), as_at=date(2026, 4, 16))


def part(markdown, heading):
    """The text under a heading of the second level."""
    return markdown.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_page_says_what_was_late_what_is_undone_and_what_comes_next(result):
    page = result.for_the_victim("V1", news=True).to_markdown()
    by_now = part(page, "What should have happened by now")
    assert (
        "The police had until Monday 13 April 2026 to tell you that a suspect has been arrested."
        " It was done on Wednesday 15 April 2026, 2 working days late."
    ) in by_now
    assert (
        "The police had until Monday 13 April 2026 to tell you that a suspect has been interviewed under caution."
        " Nothing on the record shows that this was done."
        " Why: on Thursday 2 April 2026 a suspect was interviewed under caution."
    ) in by_now
    assert (
        "By Tuesday 21 April 2026 the police or the Crown Prosecution Service should tell you that a suspect has been"
        " charged."
    ) in part(page, "What should happen next, and by when")
    assert "Until sentence is passed you may say in your own words how the crime affected you" in part(
        page, "What you may do, and until when"
    )
    assert "Record the details of the crime" in part(page, "What else you should get")


def test_the_page_breaks_no_news(result):
    """She was told of the arrest, and neither of the interview nor of the charge."""
    page = result.for_the_victim("V1").to_markdown()
    assert "to tell you that a suspect has been arrested. It was done on Wednesday 15 April 2026" in page
    assert (
        "The police had until Monday 13 April 2026 to contact you about your case."
        " Nothing on the record shows that they did: ask them."
    ) in page
    assert "By Tuesday 21 April 2026 the police or the Crown Prosecution Service should contact you" in page
    assert "under caution" not in page
    assert "has been interviewed" not in page
    assert "charged" not in page


def test_what_follows_from_news_is_left_out_with_its_number():
    case = vc.Case.from_yaml("""
reference: A
offence: {committed_on: 2026-02-01, flags: [decided-by-police]}
victims: [{reference: V1, born: 1990-03-02}]
events:
  - {event: suspect-interviewed-under-caution, at: 2026-02-02, suspect: S1}
  - {event: victim-informed, about: suspect-interviewed-under-caution, at: 2026-02-03, victim: V1, suspect: S1}
  - {event: decision-not-to-charge, at: 2026-03-02, suspect: S1}
""")
    result = CODE.assess(case, as_at=date(2026, 4, 20))
    page = result.for_the_victim().to_markdown()
    assert "look again" not in page
    assert "decision not to charge" not in page
    left_out = re.search(
        r"Left out, as it follows from news they have yet to tell you or that you declined: (\d+)", page
    )
    assert int(left_out[1]) >= 2
    assert "ask the police to look again at their decision" in result.for_the_victim(news=True).to_markdown()


OF_SOMETHING_LATER = {
    "inform-first-hearing-listed",  # starts with the charge
    "inform-at-key-stages",  # starts with the referral to the Victim Contact Scheme
    "inform-of-deportation",
    "inform-of-escape",  # these start with the sentence
    "inform-hospital-discharge",
    "inform-serious-further-offence",
}


@pytest.mark.parametrize("edition", CODE.editions)
def test_every_duty_to_tell_of_its_own_event_breaks_news_and_no_other_does(edition):
    """Whoever adds a duty to tell the victim of something says in the data what shows that they were told."""
    duties = [duty for duty in CODE.edition(edition).duties.values() if duty.owed_to == "victim"]
    named = {duty.id for duty in duties if duty.id.startswith("inform-")}
    assert {duty.id for duty in duties if duty.breaks_news} == named - OF_SOMETHING_LATER
    assert all(duty.trigger.event != "crime-reported" for duty in duties if duty.breaks_news)


@pytest.mark.parametrize("edition", CODE.editions)
def test_no_event_of_any_edition_is_on_the_page_before_the_victim_is_told(edition):
    """Of each event that is news: not a word of it before the record shows the victim told, and then it is there."""
    code = CODE.edition(edition)
    first = max(code.info.in_force_from, date(2006, 6, 1))
    news = {duty.trigger.event: duty for duty in code.duties.values() if duty.breaks_news}
    for n, (event, duty) in enumerate(news.items()):
        happened = vc.Event(event=event, at=first + timedelta(days=9))
        told = vc.Event(event="victim-informed", about=event, at=first + timedelta(days=10))
        past = load_vocabulary().event(event).past.replace("the victim", "you")
        for then in ((), (told,)) if n < 3 else ((),):
            case = vc.Case(reference="A", victims=[vc.Victim(reference="V1")], events=[happened, *then])
            result = CODE.assess(case, as_at=first + timedelta(days=12))
            page = result.for_the_victim().to_markdown()
            done = [load_plain_words().duty(one.duty.id, "") for one in result.obligations if one.discharged_on]
            assert bool(then) == bool(done), duty.id
            assert all(capitalised(said) in page for said in done)
            assert then or past not in page, duty.id
            assert then or load_plain_words().duty(duty.id, "") not in page, duty.id


def test_what_follows_from_the_sentence_is_told_once_the_victim_knows_the_sentence():
    """A duty to tell of an escape starts with the sentence too, and is never shown done: it hides nothing."""
    case = vc.Case.from_yaml("""
reference: A
offence: {committed_on: 2026-02-01, cjs_code: OF61016}
victims: [{reference: V1, born: 1990-03-02}]
events:
  - {event: sentence-passed, at: 2026-04-01, received: 2026-04-01, suspect: S1}
  - {event: victim-informed, about: sentence-passed, at: 2026-04-01, victim: V1, suspect: S1}
""")
    page = CODE.assess(case, as_at=date(2026, 4, 9)).for_the_victim().to_markdown()
    assert "Left out" not in page
    assert "Tell you the sentence" in part(page, "What they had to do, and have done")
    assert "until Wednesday 29 April 2026 you may ask the Attorney General to look at a sentence" in page


def test_the_page_of_another_victim_does_not_tell_what_the_first_was_told(result):
    page = result.for_the_victim("V2", news=True).to_markdown()
    assert "It was done on Wednesday 15 April 2026" not in page
    assert "to tell you that a suspect has been arrested. Nothing on the record shows" in page


def test_where_enhanced_rights_are_not_known_both_days_are_said():
    case = vc.Case(
        reference="A",
        victims=[vc.Victim(reference="V1")],
        events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 20), suspect="S1")],
    )
    page = CODE.assess(case, as_at=date(2026, 4, 20)).for_the_victim(news=True).to_markdown()
    assert (
        "By Tuesday 21 April 2026 if you have Enhanced Rights, and otherwise Monday 27 April 2026, the police should"
    ) in page
    assert "Some victims have Enhanced Rights" in page
    later = CODE.assess(case, as_at=date(2026, 4, 23)).for_the_victim(news=True).to_markdown()
    assert "The police had until Tuesday 21 April 2026 if you have Enhanced Rights, and otherwise Monday" in later


@pytest.mark.parametrize("news", [False, True])
def test_what_was_declined_is_not_told_but_for_its_number_and_the_way_back(news):
    case = vc.Case(
        reference="A",
        victims=[vc.Victim(reference="V1")],
        events=[
            vc.Event(event="updates-declined", at=date(2026, 4, 1), victim="V1"),
            vc.Event(event="suspect-arrested", at=date(2026, 4, 20), suspect="S1"),
        ],
    )
    page = CODE.assess(case, as_at=date(2026, 5, 20)).for_the_victim(news=news).to_markdown()
    declined = part(page, "What you asked not to be told")
    assert "You can change your mind and ask to be told again while the case goes on." in declined
    assert re.search(r"so \d+ (is|are) not on this page", declined)
    assert "arrested" not in page


def test_no_paper_holds_a_date_of_birth_a_fact_or_for_the_victim_a_suspects_reference(result):
    page, statement = result.for_the_victim("V1"), result.statement("V1")
    for written in (page.to_markdown(), page.to_html(page=True), statement.to_markdown(), statement.to_html(page=True)):
        assert "1990" not in written
        assert "2 March" not in written
        assert "1961" not in written
        assert "mental" not in written.lower()
    assert "S7" not in page.to_markdown()
    assert "S7" not in page.to_html()
    for word in ("overdue", "suspended", "cannot tell", "obligation", "discharge", "met late"):
        assert word not in page.to_markdown().lower(), word


def test_the_statement_says_what_was_owed_how_it_was_counted_and_how_sure_that_is(result):
    written = result.statement("V1").to_markdown()
    assert "Duties with a time limit: 4 (not done, and out of time: 2; done late: 1; still in time: 1)" in written
    late = part(written, "Done late")
    assert "Right 6: Tell the victim that a suspect has been arrested. Police must do this." in late
    assert "5 working days, counted from the day after Thursday 2 April 2026, end on Monday 13 April 2026." in late
    assert "Friday 3 April 2026 is not counted: Good Friday." in late
    assert "On Wednesday 15 April 2026 the victim was told that a suspect was arrested" in late
    assert "An official or practitioner's page that reports it was read. Read: Right 6, The Victims' Code" in late
    assert "The day of the event is day one." in part(written, "Where the law can be read in another way")
    again = part(written, "How to make this again")
    assert "--case 22/0412/26 --victim V1 --as-at 2026-04-16" in again
    assert result.case.digest() in again


def test_the_digest_tells_records_apart_but_not_by_the_date_of_birth():
    case = vc.Case.from_yaml(CASE)
    assert case.digest() == vc.Case.from_yaml(CASE.replace("1990-03-02", "1990-03-03")).digest()
    assert case.digest() != vc.Case.from_yaml(CASE.replace(", born: 1990-03-02", "")).digest()
    assert case.digest() != vc.Case.from_yaml(CASE.replace("at: 2026-04-15", "at: 2026-04-16")).digest()


def test_a_victim_must_be_named_where_there_are_several(result):
    with pytest.raises(UnknownNameError, match="Name the victim: V1, V2"):
        result.for_the_victim()
    with pytest.raises(UnknownNameError, match="no victim 'V3'"):
        result.statement("V3")


def undone_of(result, victim):
    return [
        one
        for one in result.obligations
        if one.victim == victim and one.discharged_on is None and one.status != "suspended"
    ]


def assert_nothing_undone_is_left_out(result):
    statement = result.statement().to_markdown()
    for person in result.case.victims:
        page = result.for_the_victim(person.reference, news=True).to_markdown().lower()
        declined = {(one.trigger.event, one.triggered_on) for one in result.obligations if one.status == "suspended"}
        for one in undone_of(result, person.reference):
            if (one.trigger.event, one.triggered_on) in declined:
                continue  # what follows from what they asked not to be told is counted
            said = load_plain_words().duty(one.duty.id, one.duty.title).lower()
            assert said in page, (result.case.reference, one)
            assert re.sub(r"\W", "", one.duty.title) in re.sub(r"\W", "", statement), (result.case.reference, one)


def test_nothing_undone_is_left_out_before_between_and_after_the_days():
    case = vc.Case.from_yaml(CASE)
    for day in (date(2026, 4, 2) + timedelta(days=n) for n in range(0, 24, 3)):
        assert_nothing_undone_is_left_out(CODE.assess(case, as_at=day))


def test_nothing_undone_is_left_out_of_made_up_cases():
    for seed in range(6):
        case = made_up_case(seed)
        assert_nothing_undone_is_left_out(CODE.assess(case, as_at=date(2026, 6, 1)))


def test_every_duty_to_a_victim_and_every_scheme_is_put_into_plain_words():
    owed = {
        duty.id
        for edition in CODE.editions
        for duty in CODE.edition(edition).duties.values()
        if duty.owed_to == "victim"
    }
    words = load_plain_words()
    assert owed == set(words.duties)
    assert {file.stem for file in DATA.joinpath("schemes").iterdir()} == set(words.schemes)
    for duty in words.duties.values():
        assert not re.search(r"\b(the victim|victims'|VPS|CPS|VCS|WCU)\b", duty.to_you), duty


def run(*arguments):
    return CliRunner().invoke(cli.main, list(map(str, arguments)))


def test_the_commands_write_the_paper_of_one_case_and_one_victim(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    shown = run("for-the-victim", file, "--victim", "V1", "--as-at", "16/04/2026")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# Your Rights under the Victims' Code")
    page = run("statement", file, "--victim", "V1", "--as-at", "16/04/2026", "--format", "html")
    assert page.exit_code == 0
    assert "<h2>Done late</h2>" in page.stdout
    assert page.stdout.startswith("<!DOCTYPE html>")


def test_the_commands_ask_which_victim_and_which_case(tmp_path):
    one, two = tmp_path / "1.yaml", tmp_path / "2.yaml"
    one.write_text(CASE, encoding="utf-8")
    two.write_text(CASE.replace("22/0412/26", "B"), encoding="utf-8")
    assert "Name the victim: V1, V2." in run("for-the-victim", one, "--as-at", "2026-04-16").stderr
    several = run("statement", one, two, "--as-at", "2026-04-16")
    assert several.exit_code == 1
    assert "The files tell of 2 cases" in several.stderr
    assert "--case: 22/0412/26, B" in several.stderr
