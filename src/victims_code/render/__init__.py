"""How results are shown: views of plain data, with no law in them.

Everything here takes the JSON result, so a stored result renders like a fresh one.
"""

from victims_code.render.cards import card_to_markdown, card_to_text
from victims_code.render.comparisons import comparison_to_html, comparison_to_markdown, comparison_to_text
from victims_code.render.csvs import assessments_to_csv, windows_to_csv
from victims_code.render.explanations import (
    explanation_to_html,
    explanation_to_markdown,
    explanation_to_text,
    in_brief,
)
from victims_code.render.highlight_report import highlight_report_to_html, highlight_report_to_markdown
from victims_code.render.html import assessment_to_html, case_to_html
from victims_code.render.icalendar import assessments_to_icalendar, forward_plan_to_icalendar
from victims_code.render.markdown import assessment_to_markdown
from victims_code.render.pages import Card, CardTable, card_to_html, html_or_none
from victims_code.render.questions import question_rows
from victims_code.render.timeline import timeline_to_html, timeline_to_svg

__all__ = [
    "Card",
    "CardTable",
    "assessment_to_html",
    "assessment_to_markdown",
    "assessments_to_csv",
    "assessments_to_icalendar",
    "card_to_html",
    "card_to_markdown",
    "card_to_text",
    "case_to_html",
    "comparison_to_html",
    "comparison_to_markdown",
    "comparison_to_text",
    "explanation_to_html",
    "explanation_to_markdown",
    "explanation_to_text",
    "forward_plan_to_icalendar",
    "highlight_report_to_html",
    "highlight_report_to_markdown",
    "html_or_none",
    "in_brief",
    "question_rows",
    "timeline_to_html",
    "timeline_to_svg",
    "windows_to_csv",
]
