"""Two editions beside each other, as text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from victims_code.arguments import checked
from victims_code.printable import in_code, in_markdown, one_line
from victims_code.render.markdown import table
from victims_code.render.pages import fragment
from victims_code.render.tables import PlainResult

GROUPS = (
    ("changed", "Changed"),
    ("new", "New"),
    ("merged", "Merged"),
    ("split", "Split"),
    ("dropped", "Dropped"),
)
"""The groups in the order they are shown, with their headings; the same ones come last."""
_SURE = {
    "text": "read in the instrument",
    "secondary": "read in a named source",
    "unconfirmed": "unconfirmed",
    "hypothetical": "hypothetical",
}


@checked
def comparison_to_text(comparison: PlainResult) -> str:
    """The comparison as plain text: what sources say, what differs in the editions, and every duty that moved."""
    return "\n".join(map(one_line, _text(comparison))) + "\n"


def _text(comparison: PlainResult) -> Iterator[str]:
    yield f"{comparison['from']} → {comparison['to']}: {_counts(comparison)}"
    yield from comparison["cautions"]
    if comparison["stated"]:
        yield ""
        yield "What sources say"
        for reason in comparison["stated"]:
            yield f"- {reason['why']} [{_basis(reason)}]"
    if comparison["edition"]:
        yield ""
        yield "The editions"
        for change in comparison["edition"]:
            yield f"- {change['what']}: {change['old']} → {change['new']}"
    for group, heading in GROUPS:
        if comparison["duties"][group]:
            yield ""
            yield heading
            for change in comparison["duties"][group]:
                yield from _change_to_text(change)
    yield ""
    same = comparison["duties"]["same"]
    yield "The same" if same else "The same: none"
    yield from (f"- {duty}" for duty in same)


def _change_to_text(change: PlainResult) -> Iterator[str]:
    yield f"- {change['duty']}: {change['title']}{_origin(change)}"
    for one in change["fields"]:
        yield f"    {one['what']}: {one['old']} → {one['new']}"
    for reason in change["reasons"]:
        yield f"    {reason['why']} [{_basis(reason)}]"


def _origin(change: PlainResult) -> str:
    """Which duties became which, where that is more than one to one."""
    if change["fate"] not in ("merged", "split"):
        return ""
    return f" (from {', '.join(change['from'])})"


def _basis(reason: PlainResult) -> str:
    return f"{_SURE[reason['evidence']]}: {'; '.join(reason['cites'])}"


def _counts(comparison: PlainResult) -> str:
    duties = comparison["duties"]
    return ", ".join(f"{len(duties[group])} {group}" for group in (*(name for name, _ in GROUPS), "same"))


@checked
def comparison_to_markdown(comparison: PlainResult) -> str:
    """The comparison as a Markdown page with a table for each group."""
    return "\n".join(_markdown(comparison)) + "\n"


def _markdown(comparison: PlainResult) -> Iterator[str]:
    yield f"# {in_markdown(comparison['from'])} and {in_markdown(comparison['to'])}"
    yield ""
    yield in_markdown(f"From {comparison['from_title']} to {comparison['to_title']}: {_counts(comparison)}.")
    yield ""
    yield from (f"**{in_markdown(caution)}**\n" for caution in comparison["cautions"])
    if comparison["stated"]:
        yield "## What sources say"
        yield ""
        yield from (
            f"- {in_markdown(reason['why'])} *({in_markdown(_basis(reason))})*" for reason in comparison["stated"]
        )
        yield ""
    if comparison["edition"]:
        yield "## The editions"
        yield ""
        yield from table(("What", "Before", "Now"), [(c["what"], c["old"], c["new"]) for c in comparison["edition"]])
    for group, heading in GROUPS:
        if comparison["duties"][group]:
            yield f"## {heading}"
            yield ""
            yield from table(COLUMNS, [cells for change in comparison["duties"][group] for cells in lines(change)])
    yield "## The same"
    yield ""
    yield ", ".join(map(in_code, comparison["duties"]["same"])) or "None."


COLUMNS = ("Duty", "What", "Before", "Now", "Why", "How sure")
"""The columns of the table of duties."""


def lines(change: PlainResult) -> Sequence[tuple[str, ...]]:
    """The rows of one duty: each field that differs, or the duty itself; reasons stand in the first."""
    why = " ".join(reason["why"] for reason in change["reasons"])
    sure = _SURE[change["evidence"]]
    fields = [(one["what"], one["old"], one["new"]) for one in change["fields"]]
    if change["fate"] in ("merged", "split"):
        fields.insert(0, ("duty", ", ".join(change["from"]), ", ".join(change["to"])))
    if not fields:
        fields = [("duty", "–", change["title"]) if change["fate"] == "new" else ("duty", change["title"], "–")]
    rest = [("", *one, "", "") for one in fields[1:]]
    return [(change["duty"], *fields[0], why, sure), *rest]


@checked
def comparison_to_html(comparison: PlainResult, *, page: bool = False) -> str:
    """The comparison as HTML.

    :param page: a whole page with its own style instead of a fragment.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment(
        "comparison-page.html.j2" if page else "comparison.html.j2",
        comparison=comparison,
        groups=GROUPS,
        columns=COLUMNS,
        edition=[(change["what"], change["old"], change["new"]) for change in comparison["edition"]],
        rows=lambda group: [cells for change in comparison["duties"][group] for cells in lines(change)],
        basis=_basis,
        counts=_counts(comparison),
        level=1 if page else 3,
    )
