"""Text from a record on a page of Markdown, HTML or SVG: it is shown, and it is never a part of the page."""

from __future__ import annotations

import re
from html import escape

from victims_code.printable import one_line, printable

__all__ = ["in_code", "in_markdown", "in_xml"]

_ACTIVE = re.compile(
    r"[\\`*\[\]|&~#@$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore between letters is only an underscore
    r"|(?<=[^\W\d_])\.(?=[^\W\d_])|:(?=//)"  # www.example.org and https:// become links by themselves
    r"|^>|^[-+=](?=[-+=\s]|$)|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"  # what begins a list, a quotation or a line
)


def in_markdown(text: str) -> str:
    """Text as one line of Markdown that shows it as it is: no link, HTML, emphasis, list or table begins in it.

    >>> print(in_markdown("<b>*[click](https://example.org)* | V1"))
    &lt;b>\\*\\[click\\](https\\://example\\.org)\\* \\| V1
    """
    shown = printable(text.strip().replace("\r\n", " ").replace("\n", " "))
    return _ACTIVE.sub(r"\\\g<0>", shown).replace("<", "&lt;")


def in_code(text: str) -> str:
    """A name in the type of code in Markdown, where nothing can be escaped.

    >>> print(in_code("inform-suspect-arrested"))
    `inform-suspect-arrested`
    """
    return f"`{one_line(text).replace('`', chr(39))}`"


def in_xml(text: str) -> str:
    """Text between tags or in an attribute of SVG or HTML.

    >>> print(in_xml("<script> & \\x1b"))
    &lt;script&gt; &amp; \\x1b
    """
    return escape(printable(text))
