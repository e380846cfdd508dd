"""An assessment as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from victims_code.render.explanations import in_brief
from victims_code.render.tables import COLUMNS, dated, day, row, standing, who

__all__ = ["assessment_as_markdown", "cell", "table"]

Plainly = Mapping[str, Any]


def assessment_as_markdown(result: Plainly) -> str:
    """The result as a Markdown page: who is covered, what is owed by when, what may still be done, what is wrong."""
    return "\n".join(_page(result)) + "\n"


def _page(result: Plainly) -> Iterator[str]:
    stamp = result["stamp"]
    yield f"# Case {cell(result['reference'])} as at {day(stamp['as_at'])}"
    yield ""
    for caution in stamp["cautions"]:
        yield f"**{cell(caution)}**"
        yield ""
    yield from table(
        ("Victim", "Covered", "Enhanced Rights", "Not known"),
        [
            (who(e, result), e["entitled"], e["enhanced"], ", ".join(e["missing_facts"]) or "–")
            for e in result["eligibility"]
        ],
    )
    yield "## Duties with a date"
    yield ""
    yield from table(COLUMNS, [row(obligation) for obligation in dated(result)])
    reasons = [obligation for obligation in dated(result) if "explanation" in obligation]
    if reasons:
        yield "## Reasons"
        yield ""
        for obligation in reasons:
            yield f"- **{cell(obligation['title'])}.** {cell(in_brief(obligation['explanation']))}"
        yield ""
    if standing(result):
        yield "## Also owed, with no number of days in the Code"
        yield ""
        yield from table(COLUMNS[1:], [row(obligation)[1:] for obligation in standing(result)])
    if result["windows"]:
        yield "## What the victim may do"
        yield ""
        yield from table(
            ("Until", "State", "What", "Victim", "Decided by"),
            [
                (
                    day(w["closes_on"]) if w["closes_on"] else "not known",
                    w["state"],
                    w["title"],
                    w["victim"],
                    w["decided_by"],
                )
                for w in result["windows"]
            ],
        )
    if result["faults"]:
        yield "## Worth a look"
        yield ""
        for fault in result["faults"]:
            yield f"- {cell(fault['where'])}: {cell(fault['what'])} {cell(fault['way_out'])} [{fault['code']}]"
        yield ""
    law = f"law {stamp['law']} ({stamp['law_hash']})"
    yield f"Made with victims-code {stamp['package']}, {law}, calendar {stamp['calendar']}."


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for cells in rows:
        yield f"| {' | '.join(map(cell, cells))} |"
    yield ""


def cell(text: str) -> str:
    """Text that cannot break out of a table cell or start HTML."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
