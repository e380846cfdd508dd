"""The interpretation register: where the Code leaves a question open, which answer is taken, and why."""

from __future__ import annotations

from attrs import frozen

from victims_code.reading.sources import Evidence

__all__ = ["Reading"]


@frozen(kw_only=True)
class Reading:
    """One question of interpretation, the answer taken, the answers not taken, and the reason."""

    id: str
    question: str
    reading: str
    why: str
    alternatives: tuple[str, ...] = ()
    evidence: Evidence | None = None
    used_by: str | None = None
