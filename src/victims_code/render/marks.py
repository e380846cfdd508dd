"""The marks of a timeline: every status has a shape of its own, so that none is told by its colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from victims_code.render.drawing import element, text

__all__ = ["COLOURS", "mark"]

# Each stands out at least 3 to 1 against white and against the near-black of dark pages.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "met": "#1a8a55",
        "met-late": "#b8690b",
        "overdue": "#d43c3c",
        "due-today": "#4a7dc4",
        "not-yet-due": "#4a7dc4",
        "suspended": "#7a7f87",
        "cannot-tell": "#9a63c9",
        "undated": "#7a7f87",
    }
)


def mark(status: str, x: float, y: float) -> str:
    """The shape of a status, 14 wide and high, with its middle at a place."""
    return element("g", *_SHAPES[status](COLOURS[status]), transform=f"translate({x:.1f} {y:.1f})")


def _ticked(colour: str) -> tuple[str, ...]:
    return (
        element("circle", r=7, fill=colour),
        element("path", d="M-3.4 0.2 L-1 2.8 L3.6 -2.6", fill="none", stroke="#fff", stroke_width=1.8),
    )


def _diamond(colour: str) -> tuple[str, ...]:
    return (
        element("path", d="M0 -8 L8 0 L0 8 L-8 0 Z", fill=colour),
        element("path", d="M-2.8 0.2 L-0.8 2.3 L3 -2.2", fill="none", stroke="#fff", stroke_width=1.6),
    )


def _warning(colour: str) -> tuple[str, ...]:
    return (
        element("path", d="M0 -8 L8.4 7 L-8.4 7 Z", fill=colour),
        element("path", d="M0 -3 V2", stroke="#fff", stroke_width=1.8),
        element("circle", cy=4.6, r=1.1, fill="#fff"),
    )


def _half(colour: str) -> tuple[str, ...]:
    return (*_ring(colour), element("path", d="M0 -6 A6 6 0 0 1 0 6 Z", fill=colour))


def _ring(colour: str) -> tuple[str, ...]:
    return (element("circle", r=6, fill="none", stroke=colour, stroke_width=2),)


def _pause(colour: str) -> tuple[str, ...]:
    return (
        element("rect", x=-5, y=-6, width=3.5, height=12, fill=colour),
        element("rect", x=1.5, y=-6, width=3.5, height=12, fill=colour),
    )


def _question(colour: str) -> tuple[str, ...]:
    return (
        element("circle", r=7, fill=colour),
        text("?", 0, 4, text_anchor="middle", font_size=11, font_weight=700, fill="#fff"),
    )


_SHAPES = {
    "met": _ticked,
    "met-late": _diamond,
    "overdue": _warning,
    "due-today": _half,
    "not-yet-due": _ring,
    "suspended": _pause,
    "cannot-tell": _question,
    "undated": _ring,
}
