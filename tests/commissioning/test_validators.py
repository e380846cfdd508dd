"""The checks of records: what could not be read hides no other fault."""

from __future__ import annotations

import pytest

from victims_code.commissioning.governance import Board
from victims_code.errors import CommissioningError


def test_an_entry_that_was_not_read_hides_no_fault_of_the_others():
    text = """
title: Victims' Board
members:
  - {role: chair, holder: M1, since: 2025-13-01}
  - {role: advocate, holder: M2, since: 2026-04-01, until: 2026-03-01}
  - {role: officer, holder: M3, since: 2026-05-01, until: 2026-04-01}
"""
    with pytest.raises(CommissioningError) as refused:
        Board.from_yaml(text, source="board.yaml")

    assert [(fault.code, fault.location) for fault in refused.value.faults] == [
        ("VC-DATE-001", "board.yaml, line 4, members[0].since"),
        ("VC-COM-006", "board.yaml, line 5, members[1].until"),
        ("VC-COM-006", "board.yaml, line 6, members[2].until"),
    ]


def test_a_value_that_is_not_given_is_passed_over():
    assert Board.from_yaml("title: A board\n").meetings == ()
