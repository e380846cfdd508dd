"""A highlight report as Markdown or HTML, from plain values."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.arguments import checked
from victims_code.printable import in_markdown
from victims_code.render.markdown import table
from victims_code.render.pages import fragment
from victims_code.render.tables import PlainResult

SECTIONS = (
    ("standings", "Where it stands", ("Aspect", "Now", "Last", "Note"), ("aspect", "now", "last", "note")),
    (
        "objectives",
        "Objectives of the strategy",
        ("Objective", "Now", "Last", "Note"),
        ("objective", "now", "last", "note"),
    ),
    (
        "figures",
        "Key figures",
        ("Figure", "Value", "Target", "Rating", "Why", "Note"),
        ("title", "value", "target", "rating", "why", "note"),
    ),
    ("achieved", "Done in this period", (), ()),
    ("next", "To be done next", (), ()),
    (
        "risks",
        "Risks brought to the board",
        ("Risk", "What", "Score", "What is being done"),
        ("reference", "what", "score", "doing"),
    ),
    ("issues", "Open issues", ("Issue", "What", "Priority", "Due"), ("reference", "what", "priority", "due")),
    ("decisions", "Decisions asked of the board", (), ()),
    ("lessons", "Lessons", (), ()),
)
"""The sections of a report in order: key, heading, and for a table its column titles and keys."""


@checked
def highlight_report_to_markdown(report: PlainResult) -> str:
    """The report as a Markdown page."""
    return "\n".join(_page(report)) + "\n"


def _page(report: PlainResult) -> Iterator[str]:
    yield f"# {in_markdown(report['title'])}"
    yield ""
    yield in_markdown(report["period"])
    yield ""
    for key, heading, columns, keys in SECTIONS:
        rows = report[key]
        if not rows:
            continue
        yield f"## {heading}"
        yield ""
        if columns:
            yield from table(columns, [[row[k] for k in keys] for row in rows])
        else:
            yield from (f"- {in_markdown(item)}" for item in rows)
            yield ""
    yield in_markdown(report["basis"])


@checked
def highlight_report_to_html(report: PlainResult, *, page: bool = False) -> str:
    """The report as HTML.

    :param page: a whole page with its own style instead of a fragment.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    template = "highlight-page.html.j2" if page else "highlight-report.html.j2"
    return fragment(
        template,
        report=report,
        sections=SECTIONS,
        rows=lambda key, keys: [[row[name] or "–" for name in keys] for row in report[key]],
        level=1 if page else 3,
    )
