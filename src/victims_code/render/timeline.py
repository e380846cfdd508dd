"""A case on an axis of time, as SVG: what happened, and for each duty the days in which it is to be done.

The picture is drawn for a width; for a telephone it is drawn anew and not made smaller, so that its words can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.plain import PlainObligation, PlainTimeline, PlainTimelineEvent
from victims_code.printable import in_xml
from victims_code.render import tables
from victims_code.render.drawing import COLOURS, Scale, element, lines_of, mark, text, width_of
from victims_code.render.pages import fragment

WIDE = 820
NARROW = 380
_STACKED_BELOW = 600  # narrower, the words of a row stand above its bar and not beside it
_SIZE = 13
_LINE = 17
_EDGE = 12


@checked
def timeline_to_html(timeline: PlainTimeline) -> str:
    """The timeline as an HTML fragment: one picture for a wide place and one for a narrow one.

    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment("timeline.html.j2", timeline=timeline, picture=pictures(timeline))


def pictures(timeline: PlainTimeline) -> dict[str, str]:
    """The picture in both widths."""
    return {
        "caption": _title(timeline),
        "wide": timeline_to_svg(timeline, width=WIDE),
        "narrow": timeline_to_svg(timeline, width=NARROW),
    }


@checked
def timeline_to_svg(timeline: PlainTimeline, *, width: int = WIDE) -> str:
    """The timeline as an SVG picture of a width in pixels; its height follows from what there is to show.

    Below 600 the words stand above the bars.
    """
    page = _Page(timeline=timeline, width=width)
    return page.drawn()


def _title(timeline: PlainTimeline) -> str:
    left_out = tables.not_counted(timeline["records_not_counted"])
    title = f"Timeline of case {timeline['reference']} as at {tables.day(timeline['as_at'])}"
    return f"{title}. {left_out}" if left_out else title


def _told(timeline: PlainTimeline) -> str:
    """What a reader who does not see the picture is told of it."""
    duties = timeline["obligations"]
    statuses = Counter(tables.STATUS_WORDS[one["status"]] for one in duties)
    counted = ", ".join(f"{number} {status}" for status, number in statuses.items()) or "none with a date"
    late = [
        f"{one['title']}{_of(one)}, due {tables.due(one)}: {tables.status(one)}."
        for one in duties
        if one["status"] == "met-late" or one["urgency"] in ("overdue", "act-now", "due-today")
    ]
    events = len(timeline["events"])
    return " ".join([f"{events} event{'' if events == 1 else 's'} on record. Duties with a date: {counted}.", *late])


def _of(obligation: PlainObligation) -> str:
    named = [name for name in (obligation["victim"], obligation["suspect"], obligation["hearing"]) if name]
    if obligation["period"]:
        named.append(f"period {obligation['period']}")
    return f" ({', '.join(named)})" if named else ""


@frozen(kw_only=True)
class _Row:
    """The words of a row, and what is drawn on its line of time: an event on a day, or an obligation."""

    title: str
    on: date | None = None
    obligation: PlainObligation | None = None


@frozen(kw_only=True, slots=False)
class _Page:
    """Everything about one picture: the places of its parts follow from its width and its rows."""

    timeline: PlainTimeline
    width: int
    as_at: date = field(init=False)
    scale: Scale = field(init=False)

    @as_at.default
    def _as_at(self) -> date:
        return date.fromisoformat(self.timeline["as_at"])

    @scale.default
    def _scale(self) -> Scale:
        days = [self.as_at, *(date.fromisoformat(event["on"]) for event in self.timeline["events"])]
        for obligation in self.timeline["obligations"]:
            named = (obligation["due_on"], obligation["due_on_if_enhanced"], obligation["discharged_on"])
            days += map(date.fromisoformat, (obligation["triggered_on"], *filter(None, named)))
        margin = 1 + (max(days) - min(days)).days // 40
        first = min(days) - timedelta(days=min(margin, (min(days) - date.min).days))
        last = max(days) + timedelta(days=min(margin, (date.max - max(days)).days))
        left = _EDGE if self.stacked else self.width * 0.42
        return Scale(first=first, last=last, left=left, right=self.width - _EDGE)

    @property
    def stacked(self) -> bool:
        """Whether the words of a row stand above its bar."""
        return self.width < _STACKED_BELOW

    @property
    def room(self) -> float:
        """How wide the words of a row may be."""
        return self.width - 2 * _EDGE if self.stacked else self.scale.left - 2 * _EDGE

    # --- the whole ------------------------------------------------------------------------------------------

    def drawn(self) -> str:
        """The picture."""
        heading, axis = self._heading()
        body, bottom = self._body(axis + 8)
        legend, height = self._legend(bottom + 14)
        return element(
            "svg",
            element("title", in_xml(_title(self.timeline))),
            element("desc", in_xml(_told(self.timeline))),
            *heading,
            *([] if self.stacked else self._shading(axis, bottom)),
            *self._axis(axis, bottom),
            *body,
            *legend,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width} {height:.0f}",
            width=self.width,
            height=f"{height:.0f}",
            role="img",
            font_family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
            font_size=_SIZE,
            fill="currentColor",
        )

    def _heading(self) -> tuple[list[str], float]:
        y = 6.0
        drawn = []
        for size, weight, words in (
            (15, 700, _title(self.timeline)),
            *((13, 700, c) for c in self.timeline["cautions"]),
        ):
            for line in lines_of(words, self.width - 2 * _EDGE, size, bold=True):
                y += size + 5
                drawn.append(text(line, _EDGE, y, font_size=size, font_weight=weight))
        return drawn, y + 14 + _LINE

    # --- time -----------------------------------------------------------------------------------------------

    def _shading(self, top: float, bottom: float) -> Iterator[str]:
        for day_off in self.timeline["days_off"]:
            weekend = day_off["why"] in _WEEKEND
            if not self._shows(weekend=weekend):
                continue
            on = date.fromisoformat(day_off["on"])
            box = {
                "x": self.scale.start_of(on),
                "y": top,
                "width": max(self.scale.day_width, 1),
                "height": bottom - top,
            }
            title = element("title", in_xml(f"{tables.day(day_off['on'])}: {day_off['why']}"))
            yield element("rect", title, **box, fill_opacity=0.07)
            if not weekend:  # a holiday is hatched as well, and so told from a weekend without its shade
                yield element("path", d=_hatched(**box), stroke="currentColor", stroke_opacity=0.35)

    def _shows(self, *, weekend: bool) -> bool:
        """Whether days off are wide enough to be seen one by one."""
        return self.scale.day_width >= (2.5 if weekend else 1)

    def _axis(self, y: float, bottom: float) -> Iterator[str]:
        yield element("path", d=f"M{self.scale.left:.1f} {y:.1f} H{self.scale.right:.1f}", stroke="currentColor")
        for tick in self.scale.ticks(62):
            x = self.scale.start_of(tick.on)
            yield element(
                "path",
                d=f"M{x:.1f} {y - 5:.1f} V{y if self.stacked else bottom:.1f}",
                stroke="currentColor",
                stroke_opacity=0.25,
            )
            end = x + width_of(tick.label, 12) > self.width
            yield text(tick.label, x - 2 if end else x, y - 8, font_size=12, text_anchor="end" if end else "start")
        if not self.stacked:
            yield self._today(y, bottom)

    def _today(self, top: float, bottom: float) -> str:
        x = self.scale.middle_of(self.as_at)
        line = {"stroke": "currentColor", "stroke_width": 1.5, "stroke_dasharray": "2 3"}
        return element("path", d=f"M{x:.1f} {top:.1f} V{bottom:.1f}", **line)

    # --- rows -----------------------------------------------------------------------------------------------

    def _body(self, y: float) -> tuple[list[str], float]:
        drawn: list[str] = []
        for heading, rows in self._groups():
            y += _LINE + 6
            drawn.append(text(heading, _EDGE, y, font_weight=700))
            y += 6
            for row in rows:
                lines, y = self._row(row, y)
                drawn += lines
        return drawn, y + 4

    def _groups(self) -> Iterator[tuple[str, list[_Row]]]:
        events = [_event_row(event) for event in self.timeline["events"] if not event["discharges"]]
        if events:
            yield "What happened", events
        duties: dict[str, list[_Row]] = {}
        for alike in tables.group_identical(self.timeline["obligations"]):
            whom = tables.to_whom(alike) or tables.bodies([alike[0]["owed_to"]])
            title = f"{alike[0]['title']}{_of({**alike[0], 'victim': None})}"
            duties.setdefault(f"Owed to {whom}", []).append(_Row(title=title, obligation=alike[0]))
        yield from duties.items()

    def _row(self, row: _Row, y: float) -> tuple[list[str], float]:
        top, said = y, []
        for line in lines_of(row.title, self.room, _SIZE):
            y += _LINE
            said.append(text(line, _EDGE, y))
        if row.obligation:
            said.append(mark(row.obligation["status"], _EDGE + 8, y + _LINE - 4.5))
            for words, weight in zip(_standing(row.obligation), (700, 400), strict=True):
                for line in lines_of(words, self.room - 22, _SIZE, bold=weight == 700):
                    y += _LINE
                    said.append(text(line, _EDGE + 22, y, font_weight=weight))
        if self.stacked:
            strip, y = self._strip(y + 5), y + 25
            middle = y - 10
        else:
            strip, middle = [], top + (y - top) / 2 + 4
        drawn = list(self._bar(row.obligation, middle) if row.obligation else self._happened(row.on, middle))
        told = ": ".join([row.title, *(["; ".join(_standing(row.obligation))] if row.obligation else [])])
        y += 4
        if row.obligation:
            y += 4
            line = f"M{_EDGE} {y:.1f} H{self.width - _EDGE}"
            drawn.append(element("path", d=line, stroke="currentColor", stroke_opacity=0.15))
            y += 4
        return [element("g", element("title", in_xml(told)), *strip, *said, *drawn)], y

    def _strip(self, y: float) -> list[str]:
        """The ground of a bar that has no column of its own to stand in."""
        ground = element("path", d=f"M{self.scale.left} {y + 10:.1f} H{self.scale.right}", stroke="currentColor")
        return [*self._shading(y, y + 20), element("g", ground, stroke_opacity=0.2), self._today(y, y + 20)]

    def _happened(self, on: date | None, y: float) -> Iterator[str]:
        if on is not None:
            yield element("rect", x=self.scale.middle_of(on) - 3.5, y=y - 3.5, width=7, height=7)

    def _bar(self, obligation: PlainObligation, y: float) -> Iterator[str]:
        start, ends, done = (
            date.fromisoformat(obligation["triggered_on"]),
            sorted(map(date.fromisoformat, filter(None, (obligation["due_on_if_enhanced"], obligation["due_on"])))),
            date.fromisoformat(obligation["discharged_on"]) if obligation["discharged_on"] else None,
        )
        colour = COLOURS[obligation["status"]]
        x = self.scale.start_of(start)
        for n, end in enumerate(ends):
            far = max(self.scale.end_of(end), x + 3)
            box = {"x": x, "y": y - 5, "width": far - x, "height": 10, "stroke": colour, "stroke_width": 1.2}
            certain = n == 0
            yield element(
                "rect",
                **box,
                fill=colour,
                fill_opacity=0.28 if certain else 0,
                **({} if certain else {"stroke_dasharray": "3 2"}),
            )
            yield element("path", d=f"M{far:.1f} {y - 9:.1f} V{y + 9:.1f}", stroke="currentColor", stroke_width=2)
            x = far
        until = self._mark_at(obligation["status"], ends, done)
        if self.scale.middle_of(until) > x:
            line = _PAST if ends else _NOT_KNOWN
            yield element("path", d=f"M{x:.1f} {y:.1f} H{self.scale.middle_of(until):.1f}", stroke=colour, **line)
        yield mark(obligation["status"], self.scale.middle_of(until), y)

    def _mark_at(self, status: str, ends: Sequence[date], done: date | None) -> date:
        """The day on which a status is marked: when it was done; else when it is due, or today if that is past."""
        if done is not None:
            return done
        if status in ("not-yet-due", "due-today", "suspended") and ends:
            return ends[-1]
        return self.as_at

    # --- legend ---------------------------------------------------------------------------------------------

    def _legend(self, y: float) -> tuple[list[str], float]:
        x, drawn = float(_EDGE), []
        y += _LINE
        for symbol, words in self._keys():
            wide = 26 + width_of(words, 12) + 14
            if x > _EDGE and x + wide > self.width - _EDGE:
                x, y = float(_EDGE), y + _LINE + 5
            drawn.append(element("g", symbol, transform=f"translate({x + 9:.1f} {y - 4:.1f})"))
            for n, line in enumerate(lines_of(words, self.width - 2 * _EDGE - 26, 12)):
                y += _LINE * bool(n)
                drawn.append(text(line, x + 24, y, font_size=12))
            x += wide
        return drawn, y + 12

    def _keys(self) -> Iterator[tuple[str, str]]:
        obligations = self.timeline["obligations"]
        if any(not event["discharges"] for event in self.timeline["events"]):
            yield element("rect", x=-3.5, y=-3.5, width=7, height=7), "an event"
        if obligations:
            outline = {"stroke": "currentColor", "stroke_width": 1.2}
            cap = element("path", d="M8 -8 V8", stroke="currentColor", stroke_width=2)
            box = element("rect", x=-8, y=-5, width=16, height=10, fill_opacity=0.2, **outline)
            yield box + cap, "from the event to the last day in time"
        if any(obligation["due_on_if_enhanced"] for obligation in obligations):
            box = element("rect", x=-8, y=-5, width=16, height=10, fill_opacity=0, stroke_dasharray="3 2", **outline)
            yield box + cap, "not known which limit applies: the enhanced one, then the standard one"
        if any(obligation["status"] in ("overdue", "met-late") for obligation in obligations):
            yield element("path", d="M-8 0 H8", stroke="currentColor", **_PAST), "past the last day"
        if any(not obligation["due_on"] for obligation in obligations):
            yield element("path", d="M-8 0 H8", stroke="currentColor", **_NOT_KNOWN), "the last day is not known"
        for status in dict.fromkeys(obligation["status"] for obligation in obligations):
            yield mark(status, 0, 0), tables.STATUS_WORDS[status]
        dotted = {"stroke": "currentColor", "stroke_width": 1.5, "stroke_dasharray": "2 3"}
        yield element("path", d="M0 -8 V8", **dotted), f"as at {tables.day(self.timeline['as_at'])}"
        yield from self._keys_of_days_off()

    def _keys_of_days_off(self) -> Iterator[tuple[str, str]]:
        box = {"x": -7, "y": -7, "width": 14, "height": 14}
        narrow = []
        for weekend, one, many in ((True, "Saturday or Sunday", "weekends"), (False, "bank holiday", "bank holidays")):
            if not any((day["why"] in _WEEKEND) is weekend for day in self.timeline["days_off"]):
                continue
            if not self._shows(weekend=weekend):
                narrow.append(many)
                continue
            shade = element("rect", **box, fill_opacity=0.15)
            lines = element("path", d=_hatched(**box), stroke="currentColor", stroke_opacity=0.5)
            yield shade + ("" if weekend else lines), one
        if narrow:
            yield "", f"Not shown, being too narrow at this scale: {' and '.join(narrow)}."


_PAST = {"stroke_width": 3, "stroke_dasharray": "5 3"}
_NOT_KNOWN = {"stroke_width": 3, "stroke_dasharray": "1 5"}
_WEEKEND = ("Saturday", "Sunday")


def _hatched(x: float, y: float, width: float, height: float) -> str:
    """Lines across a box, as a path."""
    steps = range(0, int(height) - 3, 6)
    return " ".join(f"M{x:.1f} {y + step + 4:.1f} l{width:.1f} -3" for step in steps)


def _event_row(event: PlainTimelineEvent) -> _Row:
    named = [name for name in (event["victim"], event["suspect"], event["hearing"]) if name]
    about = f": {event['about'].replace('-', ' ')}" if event["about"] else ""
    who = f" ({', '.join(named)})" if named else ""
    return _Row(title=f"{tables.day(event['on'])}: {event['title']}{about}{who}", on=date.fromisoformat(event["on"]))


def _standing(obligation: PlainObligation) -> tuple[str, str]:
    """How an obligation stands, and when it is due."""
    due = f"due {tables.due(obligation)}" if obligation["due_on"] else "due date not known"
    return tables.status(obligation), due
