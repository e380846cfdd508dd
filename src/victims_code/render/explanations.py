"""Explanations as text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from victims_code.arguments import checked
from victims_code.plain import PlainExplanation, PlainStep
from victims_code.printable import in_markdown, one_line
from victims_code.render.pages import fragment

_BRIEF = ("trigger", "track", "clock", "wish", "discharge", "reason", "status")


@checked
def explanation_to_text(explanation: PlainExplanation) -> str:
    """An explanation as indented text: every statement, its reasons below it, and what it rests on."""
    lines = [explanation["summary"], "", *_lines(explanation["steps"], depth=0), *_readings_to_text(explanation)]
    return "\n".join(map(one_line, lines))


def _lines(steps: Sequence[PlainStep], depth: int) -> Iterator[str]:
    for step in steps:
        yield f"{'  ' * depth}- {step['statement']}"
        if basis := _basis(step):
            yield f"{'  ' * depth}  [{basis}]"
        yield from _lines(step["because"], depth + 1)


def _basis(step: PlainStep) -> str:
    """What a statement rests on: its citations, how sure that is, and the readings taken."""
    parts = ["; ".join(step["cites"])]
    if step["evidence"]:
        parts.append(f"evidence: {step['evidence']}")
    if step["readings"]:
        parts.append(f"readings: {', '.join(step['readings'])}")
    return ". ".join(part for part in parts if part)


def _readings_to_text(explanation: PlainExplanation) -> Iterator[str]:
    if explanation["readings"]:
        yield ""
        yield "Readings taken:"
        for reading in explanation["readings"]:
            yield f"- {reading['id']}: {reading['reading']}"


@checked
def explanation_to_markdown(explanation: PlainExplanation) -> str:
    """An explanation as a Markdown list under its summary."""
    lines = [f"**{in_markdown(explanation['summary'])}**", "", *_markdown(explanation["steps"], depth=0)]
    if explanation["readings"]:
        lines += ["", "Readings taken:", ""]
        for reading in explanation["readings"]:
            lines.append(f"- *{in_markdown(reading['id'])}*: {in_markdown(reading['reading'])}")
    return "\n".join(lines)


def _markdown(steps: Sequence[PlainStep], depth: int) -> Iterator[str]:
    for step in steps:
        basis = _basis(step)
        yield f"{'  ' * depth}- {in_markdown(step['statement'])}" + (f" *({in_markdown(basis)})*" if basis else "")
        yield from _markdown(step["because"], depth + 1)


@checked
def explanation_to_html(explanation: PlainExplanation) -> str:
    """An explanation as an HTML fragment.

    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment("explanation.html.j2", explanation=explanation)


@checked
def in_brief(explanation: PlainExplanation, kinds: Collection[str] = _BRIEF) -> str:
    """The steps that decide the date and the status, or those of other kinds, in running sentences."""
    return " ".join(_sentences(step) for step in explanation["steps"] if step["kind"] in kinds)


def _sentences(step: PlainStep) -> str:
    holidays = [inner["statement"] for inner in step["because"] if inner["kind"] == "day" and not _weekend(inner)]
    return " ".join([step["statement"], *holidays])


def _weekend(step: PlainStep) -> bool:
    return str(step["statement"]).endswith((": Saturday.", ": Sunday."))
