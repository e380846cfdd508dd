"""A case on an axis of time: what a timeline shows, gathered from the assessment; how it is drawn is another room's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import field, frozen

from victims_code.assessment.obligations import Obligation, Setting
from victims_code.cases import Event
from victims_code.plain import PlainDayOff, PlainTimeline, PlainTimelineEvent
from victims_code.vocabulary import load_vocabulary


@frozen(kw_only=True)
class Timeline:
    """The events of a case and the days in which each of its dated duties is to be done, as a picture.

    In a notebook it shows itself, in a form for a wide place and one for a narrow one. It is made by
    :meth:`Assessment.timeline`.

    >>> import victims_code as vc
    >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
    ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
    >>> timeline = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).timeline()
    >>> svg = timeline.to_svg(width=390)
    >>> "<title>Timeline of case A1 as at Mon 20 Apr 2026</title>" in svg, "Good Friday" in svg
    (True, True)
    """

    reference: str
    _setting: Setting = field(repr=False, eq=False)
    obligations: tuple[Obligation, ...] = field(repr=False)
    """Those with a date."""
    cautions: tuple[str, ...] = ()

    def to_dict(self) -> PlainTimeline:
        """The timeline as plain values: the events, the obligations as in the JSON result, and the days off."""
        discharges = {id(obligation.discharge) for obligation in self.obligations if obligation.discharge is not None}
        return {
            "reference": self.reference,
            "as_at": self._setting.as_at.isoformat(),
            "records_not_counted": len(self._setting.record.uncounted),
            "cautions": list(self.cautions),
            "events": [_event(event, id(event) in discharges) for event in self._setting.record.events],
            "obligations": [obligation.to_dict() for obligation in self.obligations],
            "days_off": list(self._days_off()),
        }

    def to_svg(self, *, width: int = 820) -> str:
        """The picture as SVG, which stands by itself: no script, and nothing fetched.

        :param width: how wide it is, in pixels; below 600 the words stand above the bars, as on a telephone.
        """
        from victims_code import render

        return render.timeline_to_svg(self.to_dict(), width=width)

    def to_html(self) -> str:
        """The picture as an HTML fragment that takes the form that fits its place.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        from victims_code import render

        return render.timeline_to_html(self.to_dict())

    def _repr_html_(self) -> str | None:
        from victims_code import render

        return render.html_or_none(self.to_html)

    def _days_off(self) -> Iterator[PlainDayOff]:
        """Saturdays, Sundays and holidays from the first day to the last, as far as the calendar goes."""
        calendar = self._setting.calendar
        days = list(self._days())
        day, last = max(min(days), calendar.first_day), min(max(days), calendar.last_day)
        while day <= last:
            if (why := calendar.why_not(day)) is not None:
                yield {"on": day.isoformat(), "why": why}
            day += timedelta(days=1)

    def _days(self) -> Iterator[date]:
        yield self._setting.as_at
        for event in self._setting.record.events:
            yield event.on
        for one in self.obligations:
            found: Sequence[date | None] = (one.triggered_on, one.due_on, one.due_on_if_enhanced, one.discharged_on)
            yield from (day for day in found if day is not None)


def _event(event: Event, discharges: bool) -> PlainTimelineEvent:
    return {
        "on": event.on.isoformat(),
        "title": load_vocabulary().events[event.event].title,
        "about": event.about,
        "victim": event.victim,
        "suspect": event.suspect,
        "hearing": event.hearing,
        "discharges": discharges,
    }
