"""SVG: elements with text that is escaped, the marks of statuses, and a scale of days to draw them on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from types import MappingProxyType

from attrs import frozen

from victims_code.dates import format_short_date
from victims_code.printable import in_xml

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


# --- the marks: every status has a shape of its own, so that none is told by its colour alone ----------------------

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


# --- the scale ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Tick:
    """A line across the picture at the start of a day, and its words."""

    on: date
    label: str


@frozen(kw_only=True)
class Scale:
    """The days from ``first`` to ``last``, both shown whole, between two places.

    >>> scale = Scale(first=date(2026, 4, 1), last=date(2026, 4, 10), left=100, right=200)
    >>> scale.start_of(date(2026, 4, 1)), scale.middle_of(date(2026, 4, 10)), scale.day_width
    (100.0, 195.0, 10.0)
    """

    first: date
    last: date
    left: float
    right: float

    @property
    def day_width(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def start_of(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.day_width

    def end_of(self, day: date) -> float:
        """Where a day ends."""
        return self.start_of(day) + self.day_width

    def middle_of(self, day: date) -> float:
        """Where the middle of a day is."""
        return self.start_of(day) + self.day_width / 2

    def ticks(self, room: float) -> tuple[Tick, ...]:
        """Ticks at least ``room`` apart: at Mondays on a short scale, else at the first of months or years.

        >>> scale = Scale(first=date(2025, 11, 20), last=date(2026, 4, 10), left=0, right=500)
        >>> [tick.label for tick in scale.ticks(60)]
        ['Dec 2025', 'Jan 2026', 'Feb', 'Mar', 'Apr']
        """
        for weeks in (1, 2):
            if weeks * 7 * self.day_width >= room and (self.last - self.first).days <= 92:
                return tuple(self._mondays(weeks))
        for months in (1, 2, 3, 6):
            if months * 30 * self.day_width >= room:
                return tuple(self._months(months))
        years = next(years for years in count(1) if years * 365 * self.day_width >= room)
        return tuple(self._years(years))

    def _mondays(self, weeks: int) -> Iterator[Tick]:
        first = self.first.toordinal() + -self.first.weekday() % 7
        year = None
        for day in map(date.fromordinal, range(first, self.last.toordinal() + 1, 7 * weeks)):
            yield Tick(on=day, label=f"{day.day} {_month(day)}" + (f" {day.year}" if day.year != year else ""))
            year = day.year

    def _months(self, step: int) -> Iterator[Tick]:
        year = None
        for on in self._firsts():
            if (on.month - 1) % step == 0:
                yield Tick(on=on, label=_month(on) + (f" {on.year}" if on.year != year else ""))
                year = on.year

    def _years(self, step: int) -> Iterator[Tick]:
        yield from (Tick(on=on, label=str(on.year)) for on in self._firsts() if on.month == 1 and on.year % step == 0)

    def _firsts(self) -> Iterator[date]:
        for month in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            if (on := date(month // 12, month % 12 + 1, 1)) >= self.first:
                yield on


def _month(day: date) -> str:
    return format_short_date(day).split()[2]
