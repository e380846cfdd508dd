"""What a check of a record finds: the rule, what is the matter, and the way out.

A fault is something in a record that cannot be right, and it is refused. A finding is about a record that is in order:
what it says does not meet a rule, or it does not say enough for anyone to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from attrs import field, frozen

from victims_code.law import Evidence, Force
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.documents import Plain, fields_as_plain
from victims_code.reading.sources import Sourced


class RuleOutcome(StrEnum):
    """What a rule comes to where it is not simply met."""

    BROKEN = "broken"
    CANNOT_TELL = "cannot-tell"


@frozen(kw_only=True)
class RecordRule(Sourced):
    """A rule that records are held to, with its source; ``numbers`` holds its figures."""

    id: str
    statement: str
    severity: Force
    numbers: Mapping[str, int] = field(factory=dict)


@frozen(kw_only=True)
class RuleFinding:
    """A rule that is broken, or of which it cannot be told, with what is the matter and the way out.

    ``severity`` is how strongly the rule is put: *must* or *should*. ``missing`` names the facts that are not stated.
    """

    rule: str
    outcome: RuleOutcome
    severity: Force
    message: str
    hint: str
    evidence: Evidence
    about: str = ""
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=(), repr=False)

    __repr__ = one_line_repr("{0}")

    def __str__(self) -> str:
        about = f"{self.about}: " if self.about else ""
        return f"{about}{self.message} {self.hint} [{self.rule}, {self.severity.value}]"

    def to_dict(self) -> dict[str, Plain]:
        """The finding as plain values."""
        return fields_as_plain(self)


def finding(
    rule_id: str,
    message: str,
    hint: str,
    *,
    about: str = "",
    outcome: RuleOutcome = RuleOutcome.BROKEN,
    missing: tuple[str, ...] = (),
) -> RuleFinding:
    """A finding under a rule of ``rules.yaml``."""
    held = rule(rule_id)
    return RuleFinding(
        rule=held.id,
        outcome=outcome,
        severity=held.severity,
        message=message,
        hint=hint,
        evidence=held.evidence,
        about=about,
        missing=missing,
        sources=tuple(citation.source for citation in held.cites),
    )


def rule(id_: str) -> RecordRule:
    """The rule of that identifier.

    :raises UnknownNameError: naming the nearest ones.

    >>> rule("advocate-independent").numbers["years"]
    3
    """
    return named(_rules(), id_, "rule")


@cache
def _rules() -> Mapping[str, RecordRule]:
    return by_id(DataFile.open("commissioning/rules.yaml").all(RecordRule))
