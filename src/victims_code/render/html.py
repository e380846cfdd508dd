"""Cases and assessments as HTML: fragments for notebooks, or a page that stands by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from victims_code.arguments import checked
from victims_code.dates import format_short_date
from victims_code.plain import PlainAssessment, PlainTimeline
from victims_code.render import tables
from victims_code.render.pages import Card, CardTable, card_to_html, fragment
from victims_code.render.questions import question_rows
from victims_code.render.tables import PlainResult, day
from victims_code.render.timeline import pictures


@checked
def assessment_to_html(
    result: PlainAssessment,
    *,
    page: bool = False,
    timeline: PlainTimeline | None = None,
    speaks_for: tables.SpeaksFor | None = None,
) -> str:
    """The result as HTML.

    :param page: a whole page with its own style instead of a fragment.
    :param timeline: the timeline of the case, to be drawn as a picture in it.
    :param speaks_for: who of the case speaks for whom, so that the same reasons are given once.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return fragment(
        "page.html.j2" if page else "assessment.html.j2",
        result=result,
        tables=tables,
        questions=question_rows(result),
        speaks_for=speaks_for or {},
        picture=None if timeline is None else pictures(timeline),
        level=1 if page else 3,
    )


@checked
def case_to_html(case: PlainResult) -> str:
    """A case, as it stands in a case file, as an HTML fragment: people, offence and events, never a date of birth.

    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return card_to_html(
        Card(
            title=f"Case {case['reference']}",
            sentences=tuple(
                said for offence in case.get("offences", [case.get("offence", {})]) for said in _offence(offence)
            ),
            tables=(
                CardTable(
                    caption="Victims",
                    columns=("Victim", "Capacity", "Date of birth", "Facts"),
                    rows=tuple(_person(victim) for victim in case["victims"]),
                ).without_empty_columns(),
                CardTable(
                    caption="What happened",
                    columns=("When", "Event", "Received", "Victim", "Suspect", "Hearing", "Offence", "Correction"),
                    rows=tuple(
                        _event(event) for event in sorted(case.get("events", ()), key=lambda event: str(event["at"]))
                    ),
                    named_rows=False,
                ).without_empty_columns(),
            ),
        )
    )


def _offence(offence: PlainResult) -> Iterator[str]:
    said = [
        f"committed on {day(offence['committed_on'])}" if "committed_on" in offence else "date not known",
        f"CJS code {offence['cjs_code']}" if "cjs_code" in offence else "no CJS code",
    ]
    if "victims" in offence:
        said.append(f"victims {', '.join(offence['victims']) or 'none of the case'}")
    yield f"{' '.join(('Offence', *filter(None, [offence.get('reference')])))}: {', '.join(said)}."
    if offence.get("flags"):
        yield f"Flags: {'; '.join(_fact(flag) for flag in offence['flags'])}."


def _person(victim: PlainResult) -> tuple[str, ...]:
    facts = victim.get("facts", {})
    stated = [{"fact": name, "value": value} for name, value in facts.items()] if isinstance(facts, Mapping) else facts
    capacity = _words(victim.get("capacity", "person"))
    if victim.get("speaks_for"):
        capacity += f", speaks for {', '.join(victim['speaks_for'])}"
    return (
        victim["reference"],
        capacity,
        "on record, not shown" if "born" in victim else "not on record",
        "; ".join(_fact(fact) for fact in stated) or "–",
    )


def _fact(fact: PlainResult | str) -> str:
    if isinstance(fact, str):
        return _words(fact.removeprefix("not-")) + (": no" if fact.startswith("not-") else "")
    said = {True: "yes", False: "no"}.get(fact["value"], fact["value"]) if fact["value"] is not None else "not known"
    since = f" since {day(fact['since'])}" if fact.get("since") else ""
    return f"{_words(fact['fact'])}: {said}{since}"


def _event(event: PlainResult) -> tuple[str, ...]:
    about = f": {_words(event['about'])}" if "about" in event else ""
    state = ["withdrawn"] * bool(event.get("withdrawn"))
    state += [f"corrects {event['replaces']}"] if "replaces" in event else []
    return (
        _moment(event["at"]),
        _words(event["event"]) + about,
        _moment(event["received"]) if "received" in event else "–",
        event.get("victim", "–"),
        event.get("suspect", "–"),
        event.get("hearing", "–"),
        event.get("offence", "–"),
        ", ".join(state) or "–",
    )


def _moment(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    return format_short_date(moment.date()) + (f", {moment:%H:%M}" if "T" in iso else "")


def _words(name: str) -> str:
    return name.replace("-", " ")
