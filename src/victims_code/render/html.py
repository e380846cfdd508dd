"""An assessment as HTML: a fragment for notebooks, or a page that stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from victims_code.render import tables
from victims_code.render.pages import fragment
from victims_code.render.questions import question_rows
from victims_code.render.timeline import pictures

__all__ = ["assessment_as_html"]


def assessment_as_html(
    result: Mapping[str, Any],
    *,
    page: bool = False,
    timeline: Mapping[str, Any] | None = None,
    speaks_for: tables.SpeaksFor | None = None,
) -> str:
    """The result as HTML.

    :param page: a whole page with its own style instead of a fragment.
    :param timeline: the timeline of the case, to be drawn as a picture in it.
    :param speaks_for: who of the case speaks for whom, so that the same reasons are given once.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment(
        "page.html.j2" if page else "assessment.html.j2",
        result=result,
        tables=tables,
        questions=question_rows(result),
        speaks_for=speaks_for or {},
        picture=None if timeline is None else pictures(timeline),
        level=1 if page else 3,
    )
