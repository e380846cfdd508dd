"""How results are shown: views of plain data, with no law in them.

Everything here takes the JSON result, so a stored result renders like a fresh one.
"""

from victims_code.render.comparisons import comparison_as_html, comparison_as_markdown, comparison_as_text
from victims_code.render.csvs import assessments_as_csv, windows_as_csv
from victims_code.render.explanations import (
    explanation_as_html,
    explanation_as_markdown,
    explanation_as_text,
    in_brief,
)
from victims_code.render.highlight_report import highlight_report_as_html, highlight_report_as_markdown
from victims_code.render.html import assessment_as_html, case_as_html
from victims_code.render.icalendar import assessments_as_icalendar
from victims_code.render.markdown import assessment_as_markdown
from victims_code.render.pages import Card, CardTable, card_as_html, html_or_none
from victims_code.render.questions import question_rows, questions_of
from victims_code.render.timeline import timeline_as_html, timeline_as_svg

__all__ = [
    "Card",
    "CardTable",
    "assessment_as_html",
    "assessment_as_markdown",
    "assessments_as_csv",
    "assessments_as_icalendar",
    "card_as_html",
    "case_as_html",
    "comparison_as_html",
    "comparison_as_markdown",
    "comparison_as_text",
    "explanation_as_html",
    "explanation_as_markdown",
    "explanation_as_text",
    "highlight_report_as_html",
    "highlight_report_as_markdown",
    "html_or_none",
    "in_brief",
    "question_rows",
    "questions_of",
    "timeline_as_html",
    "timeline_as_svg",
    "windows_as_csv",
]
