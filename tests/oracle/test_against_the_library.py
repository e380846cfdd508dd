"""Made-up cases, assessed by the library and by the oracle."""

from __future__ import annotations

import victims_code as vc
from oracle.compare import differences, told
from oracle.generate import Maker


def cases(seed: int, number: int):
    """So many cases that hold together."""
    maker, made = Maker(seed), 0
    while made < number:
        case, as_at, known_on = maker.case(made)
        try:
            vc.Case.from_dict(case)
        except vc.CaseError:
            continue
        made += 1
        yield case, as_at, known_on


def hold(seed: int, number: int) -> None:
    for case, as_at, known_on in cases(seed, number):
        if differences(case, as_at, known_on):
            raise AssertionError(told(case, as_at, known_on))


def test_a_hundred_cases():
    hold(seed=5, number=100)
