"""SVG, element by element: text is escaped, numbers are short, and nothing is drawn that is not asked for."""

from __future__ import annotations

from victims_code.render.escaping import in_xml

__all__ = ["element", "lines_of", "text", "width_of"]

_LETTER, _BOLD_LETTER = 0.58, 0.66
"""How wide a letter is on average, as a share of its size, in the widest of the fonts browsers use for text."""


def element(name: str, *inner: str, **attributes: object) -> str:
    """An element with attributes, ``stroke_width`` for ``stroke-width``; the inner ones are SVG already.

    >>> element("circle", cx=1.25, cy=2.0, r=3, stroke_width=1)
    '<circle cx="1.2" cy="2" r="3" stroke-width="1"/>'
    """
    said = "".join(f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inner)}</{name}>" if inner else f"<{name}{said}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Words that begin at a place, unless ``text_anchor`` says otherwise.

    >>> text("a < b", 1, 2)
    '<text x="1" y="2">a &lt; b</text>'
    """
    return element("text", in_xml(words), x=x, y=y, **attributes)


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return in_xml(str(value))


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are in a font of a size."""
    return len(words) * size * (_BOLD_LETTER if bold else _LETTER)


def lines_of(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Words broken into lines that fit a width.

    >>> lines_of("Tell the victim that a suspect has been arrested", 200, 13)
    ['Tell the victim that a', 'suspect has been arrested']
    """
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
