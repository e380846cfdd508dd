"""An assessment as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from victims_code.arguments import checked
from victims_code.plain import PlainAssessment
from victims_code.printable import in_markdown
from victims_code.render.explanations import in_brief
from victims_code.render.questions import question_rows
from victims_code.render.tables import (
    COLUMNS,
    FOLLOW_UP_COLUMNS,
    PEOPLE_COLUMNS,
    QUESTION_COLUMNS,
    QUESTIONS_TITLE,
    SPECIAL_MEASURES_COLUMNS,
    SPECIAL_MEASURES_TITLE,
    WINDOW_COLUMNS,
    SpeaksFor,
    dated,
    day,
    follow_up_rows,
    group_identical,
    in_place_of,
    not_counted,
    people_rows,
    rows,
    same_reasons,
    special_measures_rows,
    spoken_for,
    standing,
    standing_rows,
    whose,
    window_rows,
)


@checked
def assessment_to_markdown(result: PlainAssessment, *, speaks_for: SpeaksFor | None = None) -> str:
    """The result as a Markdown page: who is covered, what is owed by when, what may still be done, what is wrong.

    :param speaks_for: who of the case speaks for whom, so that the same reasons are given once.
    """
    return "\n".join(_page(result, speaks_for or {})) + "\n"


def _page(result: PlainAssessment, speaks_for: SpeaksFor) -> Iterator[str]:
    stamp = result["stamp"]
    yield f"# Case {in_markdown(result['reference'])} as at {day(stamp['as_at'])}"
    yield ""
    for caution in stamp["cautions"]:
        yield f"**{in_markdown(caution)}**"
        yield ""
    if stamp["records_not_counted"]:
        yield not_counted(stamp["records_not_counted"])
        yield ""
    yield from table(PEOPLE_COLUMNS, people_rows(result))
    for sentence in spoken_for(result, speaks_for):
        yield in_markdown(sentence)
        yield ""
    yield "## Duties with a date"
    yield ""
    yield from table(COLUMNS, rows(dated(result)))
    reasons = [obligation for obligation in dated(result) if "explanation" in obligation]
    through = in_place_of(result, speaks_for)
    if reasons:
        yield "## Reasons"
        yield ""
        for alike in (alike for group in group_identical(reasons) for alike in same_reasons(group, through)):
            whom = f" ({whose(alike, speaks_for)})" if alike[0]["victim"] else ""
            yield f"- **{in_markdown(alike[0]['title'] + whom)}.** {in_markdown(in_brief(alike[0]['explanation']))}"
        yield ""
    if standing(result):
        yield "## Also owed, with no number of days in the Code"
        yield ""
        yield from table(COLUMNS[1:], standing_rows(result))
    if result["windows"]:
        yield "## What the victim may do"
        yield ""
        yield from table(WINDOW_COLUMNS, window_rows(result))
    if follow_up_rows(result):
        yield "## What the deciding bodies owe after a request"
        yield ""
        yield from table(FOLLOW_UP_COLUMNS, follow_up_rows(result))
    if result["special_measures"]:
        yield f"## {SPECIAL_MEASURES_TITLE}"
        yield ""
        yield from table(SPECIAL_MEASURES_COLUMNS, special_measures_rows(result))
    if question_rows(result):
        yield f"## {QUESTIONS_TITLE}"
        yield ""
        yield from table(QUESTION_COLUMNS, question_rows(result))
    if result["faults"]:
        yield "## Worth a look"
        yield ""
        for fault in result["faults"]:
            said = f"{fault['location']}: {fault['message']} {fault['hint']}"
            yield f"- {in_markdown(said)} [{fault['code']}]"
        yield ""
    law = f"law {stamp['law']} ({stamp['law_hash']})"
    yield in_markdown(f"Made with victims-code {stamp['package']}, {law}, calendar {stamp['calendar']}.")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; every cell shows its text as it is."""
    yield f"| {' | '.join(map(in_markdown, columns))} |"
    yield f"|{' --- |' * len(columns)}"
    for cells in rows:
        yield f"| {' | '.join(map(in_markdown, cells))} |"
    yield ""
