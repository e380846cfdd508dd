"""Numbers of the criminal justice system: read as people write them, kept as written, odd ones warned about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims_code.errors import WrongTypeError
from victims_code.identifiers import ASN, PTIURN, ForceCode, OffenceCode, OUCode, PNCId, check_letter, forces
from victims_code.law import load_law

KINDS = (PTIURN, ASN, PNCId, OffenceCode, OUCode, ForceCode)


@pytest.mark.parametrize(
    ("written", "text", "force", "unit", "serial", "year", "split"),
    [
        ("01VK0305808", "01VK0305808", "01", "VK", "03058", "08", None),
        ("13gd7325020", "13GD7325020", "13", "GD", "73250", "20", None),
        ("01/ZD/03077/08", "01ZD0307708", "01", "ZD", "03077", "08", None),
        (" 28 DI 00001 25 ", "28DI0000125", "28", "DI", "00001", "25", None),
        ("01ZD0307708/2", "01ZD03077082", "01", "ZD", "03077", "08", "2"),
    ],
)
def test_a_urn_has_force_unit_serial_year_and_split(written, text, force, unit, serial, year, split):
    urn = PTIURN.parse(written)

    assert (urn.raw, urn.text, urn.force.text) == (written, text, force)
    assert (urn.unit, urn.serial, urn.year, urn.split) == (unit, serial, year, split)


@pytest.mark.parametrize("written", ["TM370142723", "TFL1234", "", "01ZD03077088888"])
def test_a_urn_of_another_form_is_kept_whole_with_a_warning(written):
    urn = PTIURN.parse(written)

    assert (urn.raw, urn.text, urn.force, urn.year) == (written, written, None, None)
    assert [fault.code for fault in urn.warnings] == ["VC-READ-107"]


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("1101ZD0100000410795A", True),
        ("1101zd0100000410795a", True),
        ("11/01ZD/01/410795A", True),
        ("1101ZD01410795A", True),
        ("0800PP0100000000001H", True),
        ("1101ZD0100000410795B", False),
        ("1101ZDXX00000410795B", None),
    ],
)
def test_the_check_letter_of_an_asn_warns_and_never_rejects(written, fits):
    asn = ASN.parse(written)

    assert asn.check_fits is fits
    assert bool(asn.warnings) is (fits is False)
    assert asn.number is not None


def test_an_asn_has_the_same_text_in_either_form_and_may_have_a_letter_after_the_year():
    assert ASN.parse("11/01ZD/01/410795A").text == "1101ZD0100000410795A"
    assert ASN.parse("11X01ZD0100000410795A").top_level == "X"
    assert ASN.parse("BROKEN_ASN").warnings[0].code == "VC-READ-107"


def test_the_check_letter_is_the_remainder_by_23():
    # 23 x 43 960 869 583 078 = 1 011 100 000 410 794, and one over.
    assert 23 * 43_960_869_583_078 + 1 == 1_011_100_000_410_795
    assert check_letter("01011100000410795") == "A"
    assert [check_letter(str(n)) for n in (0, 8, 9, 13, 14, 16, 17, 22, 23)] == list("ZHJNPRTYZ")


@pytest.mark.parametrize(
    ("written", "year", "number"),
    [
        ("2000/0000001A", "2000", "0000001"),
        ("00/1A", "2000", "0000001"),
        ("20000000001A", "2000", "0000001"),
        ("97/12345Y", "1997", "0012345"),
    ],
)
def test_a_pnc_id_is_read_in_each_form(written, year, number):
    pnc = PNCId.parse(written)

    assert (pnc.year, pnc.number) == (year, number)
    assert pnc.check_fits is (check_letter(year[-2:] + number) == written[-1])


def test_a_pnc_id_never_shows_itself():
    for written in ("2000/0448754K", "garbage 2000/0448754"):
        pnc = PNCId.parse(written)
        assert "448754" not in repr(pnc) + "".join(str(fault) for fault in pnc.warnings)


@pytest.mark.parametrize(
    ("written", "base", "suffix"),
    [
        ("OF61016", "OF61016", None),
        ("of61016a", "OF61016", "A"),
        ("OF/61/017", "OF61017", None),
        ("COML017B", "COML017", "B"),
        ("COML 025 C", "COML025", "C"),
        ("XX00001", "XX00001", None),
    ],
)
def test_an_offence_code_has_a_base_and_a_suffix(written, base, suffix):
    code = OffenceCode.parse(written)

    assert (code.base, code.suffix, code.national, code.warnings) == (base, suffix, True, ())


@pytest.mark.parametrize("written", ["10YY000062", "4745CO017C", "SX03A01", "01IC600001", ""])
def test_an_offence_code_of_one_force_is_kept_with_a_warning(written):
    code = OffenceCode.parse(written)

    assert (code.text, code.base, code.national) == (written, written, False)
    assert [fault.code for fault in code.warnings] == ["VC-READ-107"]


@pytest.mark.parametrize(
    ("written", "kind", "area"),
    [
        ("B01DU00", "magistrates' court", "01"),
        ("C01BB00", "Crown Court", "01"),
        ("01ZD00", None, "01"),
        ("B01N_01", "magistrates' court", "01"),
        ("Z01EF01", None, "01"),
    ],
)
def test_an_organisation_unit_names_its_kind_and_area(written, kind, area):
    assert (OUCode.parse(written).kind, OUCode.parse(written).area) == (kind, area)


def test_there_are_43_territorial_forces_and_the_others_have_no_area():
    every = set(forces().values())

    assert sum(force.territorial for force in every) == 43
    assert all((force.area is not None) is force.territorial for force in every)
    assert len({force.area for force in every if force.territorial}) == 43
    assert {forces()[code].name for code in ("93", "24", "59", "48", "63")} == {
        "British Transport Police",
        "Ministry of Defence Police",
        "Civil Nuclear Constabulary",
        "City of London",
        "Dyfed-Powys",
    }
    assert {force.source for force in every} <= set(load_law().sources)


@given(st.sampled_from(KINDS), st.text(max_size=24))
def test_no_text_is_ever_refused(kind, written):
    assert kind.parse(written).raw == written


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_text_is_refused_with_the_way_out(kind):
    with pytest.raises(WrongTypeError, match="leading zero"):
        kind.parse(1)
