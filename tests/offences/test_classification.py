"""What offence codes say, code by code, against a table written by hand from the standing data and their account."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.law import load_law
from victims_code.offences import _entry, _offence_rules, _table, classify_offence, with_classified_offence
from victims_code.vocabulary import load_vocabulary

MURDER, KIDNAP, FALSE = "attempted-murder", "kidnap", "false-imprisonment"
SLAVERY, TRAFFICKING, ARSON = "modern-slavery", "human-trafficking", "arson-endangering-life"
WOUNDING, SEXUAL, TERRORISM = "wounding-or-gbh-with-intent", "sexual-offence", "terrorism"
HATE, DOMESTIC, DEATH = "hate-crime", "domestic-abuse", "death-caused-by-offence"
SPECIFIED, LENIENT = "specified-offence", "within-lenient-sentence-scheme"

# Code, class, and what it says by itself. Categories that are not named are `no`, except those no code can exclude.
TABLE = {
    # Attempted murder, and the deaths that give bereaved relatives their Rights
    "COML025A": ("002/00", {MURDER: "yes", DEATH: "no", SPECIFIED: "yes"}),
    "COML026A": ("002/00", {MURDER: "yes", DEATH: "no", SPECIFIED: "yes"}),
    "COML025C": ("003/02", {MURDER: "no", SPECIFIED: "yes"}),
    "COML025": ("001/01", {DEATH: "yes", SPECIFIED: "yes"}),
    "COML026": ("001/02", {DEATH: "yes", SPECIFIED: "yes"}),
    "COML022": ("004/01", {DEATH: "yes", SPECIFIED: "yes"}),
    "COML023": ("004/05", {DEATH: "yes", SPECIFIED: "yes"}),
    "DV04001": ("004/07", {DEATH: "yes"}),
    "CM07001": ("004/10", {DEATH: "yes"}),
    # Kidnap and false imprisonment; hijacking and hostage-taking are neither
    "COML020": ("036/01", {KIDNAP: "yes", SPECIFIED: "yes"}),
    "COML020A": ("036/01", {KIDNAP: "yes", SPECIFIED: "yes"}),
    "SX03201": ("088/06", {KIDNAP: "yes", FALSE: "cannot-tell", SEXUAL: "yes", SPECIFIED: "yes"}),
    "MS15006": ("036/11", {KIDNAP: "yes", FALSE: "cannot-tell", SLAVERY: "yes", TRAFFICKING: "yes"}),
    "AV82001": ("036/02", {}),
    "TH82001": ("036/04", {SPECIFIED: "yes"}),
    "COML017": ("036/03", {FALSE: "yes", SPECIFIED: "yes"}),
    "COML017A": ("036/03", {FALSE: "yes", SPECIFIED: "yes"}),
    "COML017B": ("036/03", {FALSE: "yes", SPECIFIED: "yes"}),
    "COML017C": ("036/03", {FALSE: "yes", SPECIFIED: "yes"}),
    # Slavery and trafficking of people; trafficking of drugs is neither
    "MS15001": ("036/06", {SLAVERY: "yes", TRAFFICKING: "cannot-tell"}),
    "MS15002": ("036/07", {SLAVERY: "yes", TRAFFICKING: "cannot-tell"}),
    "MS15003": ("036/08", {SLAVERY: "yes", TRAFFICKING: "yes"}),
    "MS15005": ("036/10", {SLAVERY: "yes", TRAFFICKING: "yes"}),
    "MS15007": ("036/12", {}),
    "CJ09002": ("099/25", {SLAVERY: "yes", TRAFFICKING: "cannot-tell"}),
    "CJ09003": ("099/26", {SLAVERY: "yes", TRAFFICKING: "cannot-tell"}),
    "AI04003": ("078/19", {SLAVERY: "yes", TRAFFICKING: "yes"}),
    "AI04004": ("078/20", {SLAVERY: "yes", TRAFFICKING: "yes"}),
    "AI04005": ("078/21", {SLAVERY: "yes", TRAFFICKING: "yes"}),
    "SX03120": ("072/01", {SLAVERY: "yes", TRAFFICKING: "yes", SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03121": ("072/02", {SLAVERY: "yes", TRAFFICKING: "yes", SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03122": ("072/03", {SLAVERY: "yes", TRAFFICKING: "yes", SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03219": ("072/06", {SLAVERY: "yes", TRAFFICKING: "yes", SEXUAL: "yes"}),
    "DT94011": ("093/49", {}),
    "MD71504": ("093/61", {}),
    # Arson: intent, recklessness, either
    "CD71016": ("056/01", {ARSON: "yes", SPECIFIED: "yes"}),
    "CD71016A": ("056/01", {ARSON: "yes", SPECIFIED: "yes"}),
    "CD71016C": ("056/01", {ARSON: "yes", SPECIFIED: "yes"}),
    "CD71049": ("056/01", {ARSON: "yes", SPECIFIED: "yes"}),
    "CD71017": ("056/01", {ARSON: "no", SPECIFIED: "yes"}),
    "CD71050": ("056/01", {ARSON: "no", SPECIFIED: "yes"}),
    "CD71003": ("056/01", {ARSON: "cannot-tell", SPECIFIED: "yes"}),
    "CD71003A": ("056/01", {ARSON: "yes", SPECIFIED: "yes"}),
    "CD71003C": ("056/01", {ARSON: "cannot-tell", SPECIFIED: "yes"}),
    "CD71015": ("056/02", {ARSON: "no", SPECIFIED: "yes"}),
    "CD71041": ("057/00", {ARSON: "no", SPECIFIED: "yes"}),
    # Section 18, and section 20 which is not it
    "OF61016": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61016A": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61016B": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61017": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61017A": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61018": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61018A": ("005/01", {WOUNDING: "yes", SPECIFIED: "yes"}),
    "OF61131": ("008/01", {WOUNDING: "no", SPECIFIED: "yes"}),
    # Sexual offences by family, and the false friends
    "SX03001": ("019/07", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03001A": ("019/11", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX56027": ("020/02", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "COML064": ("019/07", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03128": ("088/09", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "PK78003": ("086/02", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03052": ("073/07", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SX03053": ("073/08", {SEXUAL: "yes", SPECIFIED: "yes"}),
    "SF97005": ("073/03", {SEXUAL: "no"}),
    "SF97006": ("073/04", {SEXUAL: "no"}),
    "SF97007": ("073/05", {SEXUAL: "no"}),
    "SF97008": ("073/06", {SEXUAL: "no"}),
    "SX03138": ("066/17", {SEXUAL: "no"}),
    "SX03220": ("068/08", {SEXUAL: "no"}),
    "CA12001": ("085/09", {SEXUAL: "no"}),
    "SX03008B": ("017/15", {SEXUAL: "yes", SPECIFIED: "yes"}),
    # Terrorism, hate, domestic abuse: by code only where there is one
    "TR06001": ("066/53", {TERRORISM: "yes", SPECIFIED: "yes"}),
    "TR06005": ("066/57", {TERRORISM: "yes", SPECIFIED: "yes"}),
    "PT00016": ("066/99", {TERRORISM: "yes"}),
    "PT00041": ("066/99", {TERRORISM: "yes", SPECIFIED: "yes"}),
    "PT00027": ("125/40", {TERRORISM: "yes"}),
    "TR08002": ("066/92", {TERRORISM: "yes"}),
    "AT01018": ("005/24", {TERRORISM: "yes", SPECIFIED: "yes"}),
    "AT01035": ("125/75", {TERRORISM: "yes"}),
    "CD98071": ("008/58", {HATE: "yes"}),
    "CD98003": ("008/33", {HATE: "yes", SPECIFIED: "yes"}),
    "CD98080": ("008/78", {HATE: "yes"}),
    "CD98008": ("066/09", {HATE: "yes", SPECIFIED: "yes"}),
    "PU86095": ("066/27", {HATE: "yes"}),
    "PU86147": ("066/52", {HATE: "yes"}),
    "PU86003": ("066/01", {HATE: "cannot-tell", SPECIFIED: "yes"}),
    "OS20001": ("066/29", {HATE: "cannot-tell"}),
    "SC15004": ("008/67", {DOMESTIC: "yes"}),
    "DA21001": ("068/19", {DOMESTIC: "yes"}),
    "TH68020": ("049/10", {}),
}
OPEN = dict.fromkeys((TERRORISM, HATE, DOMESTIC, DEATH, SPECIFIED), "cannot-tell")
NEVER = dict.fromkeys((MURDER, KIDNAP, FALSE, SLAVERY, TRAFFICKING, ARSON, WOUNDING, SEXUAL), "no")


# Code, whether a sentence for it can be reviewed as unduly lenient, and the day it was added to the Order.
IN_THE_SCHEME = {
    "COML025": ("yes", None),  # murder: only in the Crown Court
    "TH68023": ("yes", None),  # robbery
    "TH68010C": ("yes", None),  # every conspiracy can be tried only in the Crown Court
    "OF61014": ("yes", None),  # threats to kill
    "CY33049": ("yes", None),  # cruelty to a child
    "SX03007": ("yes", None),  # sexual assault
    "SX03007A": ("yes", None),  # and an attempt at it
    "MD71130": ("yes", None),  # supply of a drug
    "CD98005": ("yes", None),  # racially aggravated common assault
    "AI04004": ("yes", date(2012, 8, 6)),
    "TR06001": ("yes", date(2017, 8, 7)),
    "TR08002": ("yes", date(2018, 1, 29)),
    "PH97008": ("yes", date(2019, 11, 19)),  # stalking
    "SC15004": ("yes", date(2019, 11, 19)),  # coercive control
    "PK78001": ("yes", date(2019, 11, 19)),
    "MS15001": ("cannot-tell", None),  # whether slavery was added was not read
    "SC15005": ("cannot-tell", None),  # nor strangulation
    "CD98075": ("cannot-tell", None),
    "TH68010": ("no", None),  # theft
    "OF61131": ("no", None),  # section 20
    "CJ88116": ("no", None),  # common assault, summarily only
    "ZZ99999": ("cannot-tell", None),
}


@pytest.mark.parametrize("code", IN_THE_SCHEME)
def test_a_code_says_whether_a_sentence_can_be_reviewed_as_lenient(code):
    finding = classify_offence(code).findings[LENIENT]

    assert (finding.answer.value, finding.since) == IN_THE_SCHEME[code]


@pytest.mark.parametrize("code", TABLE)
def test_a_code_says_what_the_table_says(code):
    home_office_class, said = TABLE[code]
    found = classify_offence(code)

    assert found.known
    assert found.home_office_class == home_office_class
    assert {name: answer for name, answer in found.categories.items() if name != LENIENT} == {**NEVER, **OPEN, **said}


# By Home Office class, what every code of it says: the families, and the classes that only look like one.
CLASSES = {
    r"002/00": (MURDER, {"yes"}),
    r"001/02|004/(01|05|07|10)": (DEATH, {"yes"}),
    r"036/(01|11)": (KIDNAP, {"yes"}),
    r"036/0[24]": (KIDNAP, {"no"}),  # hijacking and hostages
    r"036/03": (FALSE, {"yes"}),
    r"036/(06|07|08|10)|099/2[56]|078/(19|20|21)|072/0[1-6]": (SLAVERY, {"yes"}),
    r"036/(08|10)|078/(19|20|21)|072/0[1-6]": (TRAFFICKING, {"yes"}),
    r"093/\d\d": (TRAFFICKING, {"no"}),  # drugs
    r"005/01": (WOUNDING, {"yes"}),
    r"008/01": (WOUNDING, {"no"}),  # section 20
    r"056/01": (ARSON, {"yes", "no", "cannot-tell"}),  # the class cannot say: intent, recklessness, either
    r"017/1[1-6]|019/(0[2-9]|1\d)|020/0[1-6]|02[123]/\d\d|07[012]/\d\d|088/\d\d|086/02": (SEXUAL, {"yes"}),
    r"073/0[3-6]|085/09": (SEXUAL, {"no"}),  # notification, and asbestos
    r"073/(01|02|0[7-9]|1[0-8])": (SEXUAL, {"yes"}),  # abuse of a position of trust
    r"005/2[2-4]|066/1[3-5]|066/5[37]|125/75": (TERRORISM, {"yes"}),
    r"066/99": (TERRORISM, {"yes", "cannot-tell"}),  # Acts decide, not the class
    r"008/78|066/(09|10)": (HATE, {"yes"}),
    r"008/67|068/19": (DOMESTIC, {"yes"}),
    r"008/77": (DOMESTIC, {"cannot-tell"}),  # strangulation
}


@pytest.mark.parametrize("classes", CLASSES)
def test_every_code_of_a_class_says_the_same_of_its_category(classes):
    category, answers = CLASSES[classes]
    rows = [line.split("\t") for line in _table().decode().splitlines()[1:]]
    codes = [row[0] for row in rows if re.fullmatch(classes, row[1])]

    assert codes
    assert {classify_offence(code).categories[category].value for code in codes} == answers


def test_in_the_mixed_terrorism_class_43_of_98_codes_are_of_terrorism():
    rows = [line.split("\t") for line in _table().decode().splitlines()[1:]]
    answers = [classify_offence(row[0]).categories[TERRORISM].value for row in rows if row[1] == "066/99"]

    assert (answers.count("yes"), len(answers)) == (43, 98)


def test_a_code_in_the_placeholder_class_is_judged_with_its_base_code():
    assert _entry("COML017B").home_office_class == "000/00"
    assert classify_offence("COML017B").categories[FALSE] == "yes"


NAMED = """
    COML025A COML026A COML025 COML022 COML023 COML020 COML020A SX03201 COML017 COML017B MS15001 MS15002 MS15003 CJ09002
    CJ09003 AI04003 AI04004 AI04005 SX03120 SX03121 SX03122 CD71016 CD71016A CD71016C CD71049 CD71017 CD71050 CD71003
    OF61016 OF61017 OF61018 OF61016A OF61017A OF61018A OF61131 COML064 CD98071 SC15004 DA21001
"""
"""Every code the account of the categories names; strangulation and codes without a form have tests of their own."""


def test_every_code_that_the_account_names_stands_in_the_table():
    assert set(NAMED.split()) <= set(TABLE)


def test_strangulation_names_domestic_abuse_and_leaves_it_open():
    finding = classify_offence("SC15005").findings[DOMESTIC]

    assert finding.answer == "cannot-tell"
    assert "not always" in finding.why


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ZZ99999", "no offence with this code"),
        ("OF61999A", "no offence with this code"),
        ("01IC600001", "has not the national form"),
        ("4745CO017C", "has not the national form"),
        ("SX03A01", "has not the national form"),
        ("AB11A02", "has not the national form"),
        ("99AA99999", "has not the national form"),
        ("", "has not the national form"),
        ("SX03540", "no offence"),
    ],
)
def test_a_code_nobody_knows_and_one_that_is_no_offence_tell_nothing_and_say_why(code, reason):
    found = classify_offence(code)

    assert set(found.categories.values()) == {"cannot-tell"}
    assert {reason in finding.why for finding in found.findings.values()} == {True}
    assert reason in found.why


def test_a_code_without_a_class_says_no_only_where_it_can_be_tried_summarily_alone():
    either_way, summary = classify_offence("AA06001"), classify_offence("WA15121")

    assert _entry("AA06001").home_office_class == _entry("WA15121").home_office_class == "000/00"
    assert either_way.categories[KIDNAP] == "cannot-tell"
    assert "no Home Office class" in either_way.findings[KIDNAP].why
    assert summary.categories[KIDNAP] == "no"
    assert summary.categories[DOMESTIC] == "cannot-tell"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("COML020A", "An attempt at it counts as the offence"),
        ("COML017B", "Aiding and abetting it counts as the offence"),
        ("CD71016C", "A conspiracy to commit it counts as the offence"),
        ("COML020I", "Inciting it counts as the offence"),
    ],
)
def test_a_last_letter_is_put_in_words_and_names_its_reading(code, words):
    found = classify_offence(code)

    assert words in found.why
    assert "inchoate-offences" in {finding.reading for finding in found.findings.values()}


def test_a_variant_that_is_not_listed_is_judged_as_the_code_without_its_letter():
    found = classify_offence("COML020I")

    assert _entry("COML020I") is None
    assert (found.title, found.home_office_class, found.categories[KIDNAP]) == (
        "Kidnap - common law (inciting it)",
        "036/01",
        "yes",
    )


@pytest.mark.parametrize("written", ["of61016", "OF/61/016", " OF61016 ", "OF 61 016"])
def test_a_code_is_read_as_people_write_it(written):
    assert vc.classify_offence(written).categories == vc.classify_offence("OF61016").categories


def test_answers_are_plain_words():
    assert vc.classify_offence("OF61016").categories[WOUNDING] == "yes"
    assert sorted({str(answer) for answer in vc.classify_offence("CD71003").categories.values()}) == [
        "cannot-tell",
        "no",
        "yes",
    ]


def test_every_rule_fits_some_code_of_the_table():
    rows = [line.split("\t") for line in _table().decode().splitlines()[1:]]
    idle = [
        (category.id, rule.why)
        for category in _offence_rules().categories
        for rule in category.rules
        if not any(rule.fits(code, home_office_class, kind) for code, home_office_class, kind, *_ in rows)
    ]

    assert idle == []


def test_every_beginning_that_a_rule_names_begins_some_code_or_class():
    rows = [line.split("\t") for line in _table().decode().splitlines()[1:]]
    codes, classes = {row[0] for row in rows}, {row[1] for row in rows}
    unused = [
        beginning
        for category in _offence_rules().categories
        for rule in category.rules
        for beginnings, known in (((*rule.codes, *rule.acts), codes), (rule.classes, classes))
        for beginning in beginnings
        if not any(one.startswith(beginning) for one in known)
    ]

    assert unused == ["COML025I", "COML026I"]


def test_categories_sources_and_readings_exist():
    law, facts = load_law(), load_vocabulary().facts
    for category in _offence_rules().categories:
        assert facts[category.id].of == "case"
        for rule in category.rules:
            assert rule.source in law.sources
            assert rule.reading is None or rule.reading in law.readings
    assert "inchoate-offences" in law.readings


def test_the_table_is_sorted_so_that_it_can_be_searched():
    codes = [line.split(b"\t")[0] for line in _table().splitlines()[1:]]

    assert codes == sorted(set(codes))
    assert len(codes) == 25_586


@given(st.integers(0, 25_585))
def test_every_code_of_the_table_is_found(n):
    line = _table().splitlines()[n + 1].decode()

    assert _entry(line.split("\t")[0]).title == line.split("\t")[3]


@given(st.text(max_size=12))
def test_any_text_gets_an_answer(code):
    found = classify_offence(code)

    assert set(found.categories) == {*OPEN, *NEVER, LENIENT}
    assert found.known or set(found.categories.values()) == {"cannot-tell"}


# --- into a case --------------------------------------------------------------------------------------------------


def case(code, *flags):
    return Case(reference="C", victims=[Victim(reference="V")], offence=Offence(cjs_code=code, flags=flags))


def test_what_a_code_says_becomes_flags_with_their_source():
    flags = with_classified_offence(case("OF61016")).offence.flags

    assert {flag.fact: flag.value for flag in flags} == {
        **dict.fromkeys((MURDER, KIDNAP, FALSE, SLAVERY, TRAFFICKING, ARSON, SEXUAL), False),
        WOUNDING: True,
        SPECIFIED: True,
        LENIENT: True,
    }
    assert {flag.source for flag in flags} == {"offence code OF61016"}


def test_what_a_record_says_comes_before_what_a_code_says():
    said = Assertion(fact=KIDNAP, value=True, source="officer")
    flags = with_classified_offence(case("OF61131", said, "domestic-abuse")).offence.flags

    assert [flag for flag in flags if flag.fact == KIDNAP] == [said]
    assert [flag.source for flag in flags if flag.fact == DOMESTIC] == [None]


def test_what_a_code_leaves_open_is_noted():
    (note,) = [fault for fault in with_classified_offence(case("OF61016")).faults if fault.code == "VC-READ-108"]

    assert "hate crime" in note.message
    assert "kidnap" not in note.message
    (nothing,) = [fault for fault in with_classified_offence(case(None)).faults if fault.code == "VC-READ-108"]
    assert "no offence code" in nothing.message


def test_a_victim_of_wounding_with_intent_gets_enhanced_rights_by_the_code_alone():
    plain = Case(
        reference="C",
        victims=[Victim(reference="V", facts={"suffered-harm": True})],
        offence=Offence(cjs_code="OF61016"),
        events=[Event(event="suspect-arrested", at=date(2026, 4, 2))],
    )
    code = vc.VictimsCode.load()
    before = code.assess(plain, as_at=date(2026, 4, 3)).find("inform-suspect-arrested")[0]
    after = code.assess(with_classified_offence(plain), as_at=date(2026, 4, 3)).find("inform-suspect-arrested")[0]

    assert (before.track.value, after.track.value) == ("unknown", "enhanced")
    assert after.due_on == date(2026, 4, 7)
    assert "offence code OF61016" in after.explain().to_text()


def test_a_rule_that_began_on_a_day_counts_from_that_day_only():
    terrorism = with_classified_offence(case("TR06001")).offence.flags
    (specified,) = [flag for flag in terrorism if flag.fact == SPECIFIED]

    assert (specified.value, specified.since) == (True, date(2019, 4, 12))
    assert classify_offence("TR06001").findings[SPECIFIED].since == date(2019, 4, 12)
