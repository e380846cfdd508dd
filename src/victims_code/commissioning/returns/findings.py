"""What is found in a return: faults, and questions that are not faults, each with file, row and column."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from victims_code.errors import Fault, Severity

__all__ = ["ReturnFinding", "in_order"]


@frozen(kw_only=True)
class ReturnFinding:
    """One thing found, with its place. A question asks for a look; the return stands.

    >>> print(ReturnFinding(code="VC-RET-006", source="q2.csv", row=2, column="value",
    ...               message="The parts make 1,352 and the total says 1,333.", hint="Correct one of them."))
    q2.csv, row 2, column value: The parts make 1,352 and the total says 1,333. Correct one of them. [VC-RET-006]
    """

    code: str
    source: str
    message: str
    hint: str
    row: int | None = None
    column: str | None = None

    @property
    def fault(self) -> Fault:
        """The finding as a fault, as errors carry it."""
        places = (
            self.source,
            "" if self.row is None else f"row {self.row}",
            "" if self.column is None else f"column {self.column}",
        )
        where = ", ".join(place for place in places if place)
        return Fault(code=self.code, location=where, message=self.message, hint=self.hint)

    @property
    def is_question(self) -> bool:
        """Whether it is a question and not a fault."""
        return self.fault.severity is Severity.WARNING

    def __str__(self) -> str:
        return str(self.fault)

    def to_dict(self) -> dict[str, str | int | None]:
        """The finding as plain values."""
        return {
            "code": self.code,
            "kind": "question" if self.is_question else "fault",
            "source": self.source,
            "row": self.row,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


def in_order(findings: Iterable[ReturnFinding], sources: Iterable[str]) -> tuple[ReturnFinding, ...]:
    """Findings by file in the order given, then by row; those of a whole file come first."""
    place = {source: n for n, source in enumerate(sources)}
    return tuple(sorted(findings, key=lambda found: (place.get(found.source, len(place)), found.row or 0, found.code)))
