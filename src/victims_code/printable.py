"""Text that shows as it is written: on a terminal, in a log, on a page.

References, codes, keys and file names come from other systems. A control character in one can colour, move or clear a
terminal, a direction mark can show a name backwards, and half a character (a lone surrogate) cannot be written at all.
Every text the library shows passes through here, and each of these is written as an escape such as ``\\x1b``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

_UNSAFE = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, but for the line feed
    r"\u00ad\u200b\u2060\ufeff\ufff9-\ufffb"  # what has no width
    r"\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f"  # direction marks and overrides, and other invisible marks
    r"\u2028\u2029"  # line breaks that only some programs know
    r"\ud800-\udfff"  # halves of characters
    r"\U000e0000-\U000e007f"  # invisible letters
)
_NOT_SHOWN = re.compile(f"[{_UNSAFE}]")
_LONGEST_REPR = 200
_ACTIVE = re.compile(
    r"[\\`*\[\]|&~#@$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore between letters is only an underscore
    r"|(?<=[^\W\d_])\.(?=[^\W\d_])|:(?=//)"  # www.example.org and https:// become links by themselves
    r"|^>|^[-+=](?=[-+=\s]|$)|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"  # what begins a list, a quotation or a line
)
"""What begins a link, HTML, emphasis, a list or a table in Markdown."""


def printable(text: str, *, keep: str = "") -> str:
    """Text in which nothing acts on the terminal or page that shows it; line feeds are kept.

    :param keep: further characters that are kept, such as those of a CSV cell.

    >>> print(printable("V1\\x1b[31m \\u202elive"))
    V1\\x1b[31m \\u202elive
    """
    if text.isprintable():
        return text
    return _NOT_SHOWN.sub(
        lambda found: found[0] if found[0] in keep else found[0].encode("unicode_escape").decode(), text
    )


def capitalised(text: str) -> str:
    """Text with a capital first letter, the rest as it is.

    >>> capitalised("the CPS decided")
    'The CPS decided'
    """
    return text[:1].upper() + text[1:]


_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


def as_sentence(text: str) -> str:
    """Text as a sentence: a capital at the front, and one full stop at the end unless it ends in ``!`` or ``?``.

    >>> as_sentence("publish the plan"), as_sentence("Publish the plan..")
    ('Publish the plan.', 'Publish the plan.')
    """
    whole = capitalised(_STOPS.sub(".", text).rstrip())
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def one_line(text: str) -> str:
    """Printable text without line breaks, so that no record can add a line to a list or a log.

    >>> print(one_line("V1\\nerror: all is well"))
    V1\\nerror: all is well
    """
    return printable(text).replace("\n", "\\n")


def one_line_repr(pattern: str) -> Callable[[object], str]:
    """A ``__repr__`` of one short line for a class with many attributes: its name, and the few that tell it apart.

    :param pattern: a format string in which ``{0}`` is the object.

    >>> class Duty:
    ...     id = "refer-to-support"
    ...     __repr__ = one_line_repr("{0.id}")
    >>> Duty()
    <Duty refer-to-support>
    """

    def shown(thing: object) -> str:
        text = one_line(f"<{type(thing).__name__} {pattern.format(thing)}>")
        return text if len(text) <= _LONGEST_REPR else f"{text[: _LONGEST_REPR - 4]}...>"

    return shown


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
    from html import escape  # takes its time to import, and every start of the library imports this module

    return escape(printable(text))


def json_text(plain: object) -> str:
    """Plain data as indented JSON text that is safe to show; it reads back to the same data.

    >>> print(json_text({"reference": "é\\x9b31m"}))
    {
      "reference": "é\\u009b31m"
    }
    """
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    return text if text.isprintable() else _NOT_SHOWN.sub(lambda found: json.dumps(found[0])[1:-1], text)
