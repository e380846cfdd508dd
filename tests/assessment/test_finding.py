"""Obligations are found by the identifier of their duty, and one that no edition has is no empty answer."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.errors import UnknownNameError


@pytest.fixture(scope="module")
def result():
    case = vc.Case(
        reference="A",
        victims=[vc.Victim(reference="V")],
        events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S")],
    )
    return vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))


def test_a_duty_that_no_edition_has_is_refused_with_the_nearest(result):
    with pytest.raises(UnknownNameError, match="No edition has the duty 'inform-suspect-arested'") as refused:
        result.find("inform-suspect-arested")

    assert refused.value.faults[0].hint == "Did you mean 'inform-suspect-arrested'?"


@pytest.mark.parametrize("duty", ["inform-suspect-charged", "update-monthly"])
def test_a_duty_that_is_not_owed_is_found_nowhere_even_one_of_another_edition(result, duty):
    assert result.find(duty) == ()


def test_references_narrow_what_is_found(result):
    assert len(result.find("inform-suspect-arrested", victim="V", suspect="S")) == 1
    assert result.find("inform-suspect-arrested", suspect="S2") == ()
