"""What is not known, as questions: each once, with the victim, offence or event that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from victims_code.arguments import checked
from victims_code.plain import PlainAssessment
from victims_code.render.tables import day, listed


@checked
def question_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """The questions in the words of ``QUESTION_COLUMNS``, what is asked of several victims alike in one row."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for asked in result["questions"]:
        decides = _in_brief(asked["decides"])
        rows.setdefault((asked["question"], decides, asked["id"]), []).append(asked["about"])
    return [(question, listed(about), decides, id_) for (question, decides, id_), about in rows.items()]


def _in_brief(decides: Sequence[str]) -> str:
    """The first and most important thing that an answer decides, and how many more there are.

    >>> _in_brief(["whether 1 duty applies", "which special measures a court may give"])
    'whether 1 duty applies (and 1 more)'
    """
    more = f" (and {len(decides) - 1} more)" if len(decides) > 1 else ""
    return decides[0] + more if decides else "–"


def event_named(name: str, on: str | None, suspect: str | None) -> str:
    """What an event is called in a question: its name, its day and its suspect."""
    parts: Sequence[str | None] = (name.replace("-", " "), on and day(on), suspect and f"({suspect})")
    return " ".join(part for part in parts if part)
