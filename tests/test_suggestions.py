"""A name that does not exist leads to the one that is meant, not only to one with like letters."""

import re

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code.adapters.extracts import load_mapping
from victims_code.cli import main
from victims_code.errors import LawDataError, UnknownNameError, VictimsCodeError
from victims_code.reading import data_files
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
WORDS = load_vocabulary()


def hints(call):
    with pytest.raises(VictimsCodeError) as caught:
        call()
    return " ".join(fault.hint for fault in caught.value.faults)


def case(event="suspect-arrested", about=None, facts=None, flags=()):
    return vc.Case.from_dict(
        {
            "reference": "A1",
            "offence": {"flags": list(flags)},
            "victims": [{"reference": "V1", "facts": facts or {}}],
            "events": [{"event": event, "at": "2026-04-02", **({"about": about} if about else {})}],
        }
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("arrest", "suspect-arrested"),
        ("arrested", "suspect-arrested"),
        ("Arrested", "suspect-arrested"),
        ("arested", "suspect-arrested"),
        ("suspect arrested", "suspect-arrested"),
        ("arrest of suspect", "suspect-arrested"),
        ("charge", "suspect-charged"),
        ("charged", "suspect-charged"),
        ("postal requisition", "suspect-charged"),
        ("summonsed", "suspect-charged"),
        ("bail varied", "bail-conditions-changed"),
        ("bail_varied", "bail-conditions-changed"),
        ("NFA", "suspect-released-without-charge"),
        ("RUI", "suspect-released-under-investigation"),
        ("told", "victim-informed"),
        ("informed", "victim-informed"),
        ("sentence", "sentence-passed"),
        ("sentenced", "sentence-passed"),
        ("vps", "vps-made"),
        ("referral", "referred-to-support"),
        ("trial", "hearing-listed"),
        ("suspect-arested", "suspect-arrested"),
    ],
)
def test_an_event_is_found_by_what_people_call_it(written, meant):
    said = hints(lambda: case(event=written))
    assert repr(meant) in said
    assert said.startswith("Did you mean")


def test_a_word_that_can_mean_several_events_names_them_all():
    said = hints(lambda: case(event="nfa"))
    assert {"'decision-not-to-charge'", "'investigation-ended'", "'suspect-released-without-charge'"} <= set(
        re.findall(r"'[\w-]+'", said)
    )


def test_the_subject_of_a_telling_is_found_by_its_meaning():
    assert "'suspect-charged'" in hints(lambda: case(event="victim-informed", about="charge"))
    assert "'unduly-lenient-sentence-scheme'" in hints(lambda: case(event="victim-informed", about="ULS"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("disability", "physical-disability-or-disorder"), ("repeat", "persis"), ("scared", "fear-or-distress")],
)
def test_a_fact_of_a_victim_is_found_by_its_meaning(written, meant):
    assert meant in hints(lambda: case(facts={written: True}))


def test_a_fact_in_the_wrong_place_is_sent_to_the_right_one():
    assert hints(lambda: case(facts={"da": True})) == "Write 'domestic-abuse' under the `flags` of the offence."
    assert hints(lambda: case(facts={"hate-crime": True})) == "Write 'hate-crime' under the `flags` of the offence."
    assert "under the `facts` of the victim" in hints(lambda: case(flags=["persistently-targeted"]))


@pytest.mark.parametrize(
    ("written", "meant"), [("wcu", "witness-care-unit"), ("CPS", "cps"), ("court", "hmcts"), ("VCS", "probation")]
)
def test_a_body_is_found_by_its_abbreviation(written, meant):
    answer = CliRunner().invoke(main, ["duties", "--owed-by", written])
    assert answer.exit_code == 1
    assert f"Did you mean '{meant}'?" in answer.stderr


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("arrest", "inform-suspect-arrested"),
        ("RUI", "inform-suspect-released-under-investigation"),
        ("vna", "assess-needs"),
    ],
)
def test_a_duty_is_found_by_what_it_is_about(written, meant):
    answer = CliRunner().invoke(main, ["deadline", written, "--on", "2026-04-02"])
    assert answer.exit_code == 1
    assert f"'{meant}'" in answer.stderr
    result = CODE.assess(case(), as_at=vc.Case.from_dict(case().to_dict()).events[0].on)
    with pytest.raises(UnknownNameError, match=f"'{meant}'"):
        result.find(written)


def test_a_mapping_is_told_which_event_it_means(tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_text(
        "rows: {case: CASE}\nevents: [{column: ARR, event: arrest}]\ndates: [YYYY-MM-DD]\n", encoding="utf-8"
    )
    assert "'suspect-arrested'" in hints(lambda: load_mapping(file))


def test_every_duty_with_words_of_its_own_exists():
    known = {duty for edition in CODE.editions.values() for duty in edition.duties}
    assert set(WORDS.duty_words) <= known


def test_a_synonym_leads_somewhere_and_is_never_a_name_of_its_kind():
    for words in (WORDS.events, WORDS.facts, WORDS.bodies, WORDS.topics, WORDS.categories):
        for word in words.values():
            assert not set(word.synonyms) & set(words)
    for synonym, names in WORDS.meanings.items():
        assert names, synonym


@pytest.mark.parametrize(
    ("synonyms", "what"),
    [
        ("[police]", "'police' is a name itself."),
        ("[court, court]", "The synonym 'court' is written twice."),
        ("[The Court]", "'The Court' is not in the usual format."),
    ],
)
def test_wrong_synonyms_are_faults_of_the_data(tmp_path, monkeypatch, synonyms, what):
    for name in ("events", "facts", "topics", "categories", "duties", "particulars"):
        (tmp_path / "vocabulary").mkdir(exist_ok=True)
        (tmp_path / "vocabulary" / f"{name}.yaml").write_text("[]", encoding="utf-8")
    body = "title: X, group: main, cites: [{source: moj-circular-2025-01}], evidence: secondary"
    lines = f"- {{id: police, {body}}}\n- {{id: hmcts, {body}, synonyms: {synonyms}}}\n"
    (tmp_path / "vocabulary" / "bodies.yaml").write_text(lines, encoding="utf-8")
    data_files.bibliography()  # read before the folder is another
    monkeypatch.setattr(data_files, "data_folder", lambda: tmp_path)
    with pytest.raises(LawDataError) as caught:
        load_vocabulary.__wrapped__()
    assert [fault.message for fault in caught.value.faults] == [what]
