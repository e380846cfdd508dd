"""An assessment as HTML: a fragment for notebooks, or a page that stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from victims_code.render import tables
from victims_code.render.pages import fragment

__all__ = ["assessment_as_html"]


def assessment_as_html(result: Mapping[str, Any], *, page: bool = False) -> str:
    """The result as HTML.

    :param page: a whole page with its own style instead of a fragment.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment("page.html.j2" if page else "assessment.html.j2", result=result, tables=tables)
