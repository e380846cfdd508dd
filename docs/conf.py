"""Sphinx configuration. Build with ``python dev.py docs``; a warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from victims_code import __version__

project = "victims-code"
author = "The victims-code maintainers"
copyright = "the victims-code maintainers. Facts drawn from Crown material: Open Government Licence v3.0"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton", "code_reference", "public_names", "built_pages"]
exclude_patterns = ["_build", "_ext"]
source_suffix = {".md": "myst-nb"}  # reads plain Markdown as before, and notebooks written as Markdown

# --- Markdown ---------------------------------------------------------------------------------------------------
myst_enable_extensions = ["attrs_inline", "colon_fence", "fieldlist"]
myst_heading_anchors = 3

# --- Notebooks --------------------------------------------------------------------------------------------------
nb_execution_mode = "force"  # a cache knows when a cell changes, but not when the law does
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True

# --- Python -----------------------------------------------------------------------------------------------------
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
nitpicky = True
nitpick_ignore_regex = [
    (
        "py:class",
        r"(datetime|collections\.abc|decimal|fractions|pathlib|os|hypothesis|workalendar|tempfile|duckdb|pyarrow|pandas|polars)\..*",
    ),  # other people's documentation
    ("py:obj", r"typing\.Annotated\[.*"),  # what is not a class has no place to lead to
    (
        "py:class",
        r"date|time|T|C|_P|FactId|Figure|Publishable|Check|Limit|Money|Paper|Plain|Moment|FactValue|Keys|Condition|Amount|Setting|DayColumn|RiskReview|Progress|SourceName|TableLike|Path|DuckDBPyConnection|SparkSession|DataFrame",
    ),  # names of types that stand for others
    (
        "py:class",
        r"victims_code\.(.*\._\w+|commissioning\.returns\.(quarters\.\w+|reading\.Unfold|hiding\.EarlierRows)|assessment\.(obligations\.Setting|record\.Known|window_limits\.Opened)|cases\.whose_offence\.WhoseOffence|render\.questions\.Question|tabular\.grids\.\w+|law\.changes\.Changes|working_days\.columns\.C|reading\.data_files\.Placed|reading\.(documents\.Document|sources\.SourceName|structuring\.Contradiction))",
    ),
]

# --- HTML -------------------------------------------------------------------------------------------------------
html_theme = "furo"
html_title = f"victims-code {release}"
html_static_path = ["_static"]
html_css_files = ["victims-code.css"]
html_show_sphinx = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
