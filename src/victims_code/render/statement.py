"""The statement: what the Code required in a case, and what the record shows, to put into a complaint or a review.

It names no person: it holds the references of the record, and never a date of birth, the value of a fact or free text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from victims_code.arguments import checked
from victims_code.dates import format_date
from victims_code.plain import (
    PlainAssessment,
    PlainEligibility,
    PlainFault,
    PlainObligation,
)
from victims_code.printable import capitalised
from victims_code.render.explanations import in_brief
from victims_code.render.pages import CardTable
from victims_code.render.papers import Paper, PaperEntry, PaperPart
from victims_code.render.tables import (
    FOLLOW_UP_COLUMNS,
    WINDOW_COLUMNS,
    SpeaksFor,
    bodies,
    dated,
    follow_up_rows,
    group_identical,
    in_place_of,
    is_undone,
    not_counted,
    same_reasons,
    standing,
    status,
    to_whom,
    where,
    whose,
    window_rows,
)
from victims_code.vocabulary import load_vocabulary

GROUPS = (
    ("overdue", "Not done, and out of time"),
    ("cannot-tell", "Not certain whether in time"),
    ("met-late", "Done late"),
    ("suspended", "On hold at the victim's wish"),
    ("due-today", "Due today"),
    ("not-yet-due", "Still in time"),
    ("met", "Done in time"),
)
"""The statuses of duties with a time limit, in the order of the statement, each with its heading."""

EVIDENCE = {
    "text": "The Act, instrument or Code itself was read.",
    "secondary": "An official or practitioner's page that reports it was read.",
    "unconfirmed": "Neither the text nor a page that reports it could be read: treat this as unconfirmed.",
    "hypothetical": "This is not law: it is what a change that was tried out would say.",
}
"""How sure a statement of law is, in words."""

_LIMIT, _RECORD = ("trigger", "track", "clock"), ("wish", "discharge", "reason", "status")
_STANDING_COLUMNS = ("Duty", "Where", "Owed by", "To", "What the record shows")
_READING_COLUMNS = ("Question", "Answer taken", "Other answers")


@checked
def statement_of(
    result: PlainAssessment,
    *,
    victim: str | None = None,
    speaks_for: SpeaksFor | None = None,
    record_hash: str,
    readings: Mapping[str, Mapping[str, Any]],
) -> Paper:
    """The statement on one victim of an assessment, or on all.

    :param result: an assessment as plain values, with the explanations.
    :param victim: the victim; what one body owes another in the case is in the statement, too.
    :param speaks_for: who of the case speaks for whom.
    :param record_hash: what tells this record from any other.
    :param readings: the questions of interpretation the answers rest on, by identifier, as plain values.
    """
    narrowed = _of(victim, result)
    duties = dated(narrowed)
    return Paper(
        title=f"What the Victims' Code required in case {_case(result, victim)}",
        sentences=tuple(_opening(narrowed, duties)),
        parts=(
            PaperPart(heading="Who is covered", items=tuple(map(_covered, narrowed["eligibility"]))),
            *_groups(narrowed, duties, speaks_for or {}),
            _without_days(narrowed),
            PaperPart(
                heading="What the victim may do",
                table=CardTable(
                    caption="Until when, and who decides",
                    columns=WINDOW_COLUMNS[:-1],
                    rows=tuple(cells[:-1] for cells in window_rows(narrowed)),
                    named_rows=False,
                ),
            ),
            PaperPart(
                heading="What the deciding bodies owe after a request",
                table=CardTable(
                    caption="Each with its last day",
                    columns=FOLLOW_UP_COLUMNS,
                    rows=tuple(follow_up_rows(narrowed)),
                    named_rows=False,
                ),
            ),
            _interpretation(duties, readings),
            PaperPart(heading="What to check in the record", items=tuple(_looked_at(narrowed["faults"]))),
            PaperPart(heading="How to make this again", sentences=tuple(_how_made(result, victim, record_hash))),
        ),
    )


def _of(victim: str | None, result: PlainAssessment) -> PlainAssessment:
    """The result with what concerns a victim, and what one body owes another."""
    if victim is None:
        return result
    return {
        **result,
        "eligibility": [one for one in result["eligibility"] if one["victim"] == victim],
        "obligations": [one for one in result["obligations"] if one["victim"] in (victim, None)],
        "windows": [one for one in result["windows"] if one["victim"] == victim],
    }


def _case(result: PlainAssessment, victim: str | None) -> str:
    return f"{result['reference']}, victim {victim}" if victim else str(result["reference"])


def _opening(result: PlainAssessment, duties: Sequence[PlainObligation]) -> Iterator[str]:
    stamp = result["stamp"]
    yield from stamp["cautions"]
    known = f" The record is taken as it was known on {_day(stamp['known_on'])}." if stamp["known_on"] else ""
    yield (
        f"This is how the case stood on {_day(stamp['as_at'])}, worked out from its record alone.{known}"
        " It names no person: the references are those of the record."
    )
    counts = [(sum(one["status"] == name for one in duties), heading) for name, heading in GROUPS]
    told = "; ".join(f"{heading[0].lower()}{heading[1:]}: {number}" for number, heading in counts if number)
    how = f" ({told})" if told else ""
    yield f"Duties with a time limit: {len(duties)}{how}. Without one: {len(standing(result))}."
    if later := not_counted(stamp["records_not_counted"]):
        yield later


def _covered(person: PlainEligibility) -> str:
    answers = {
        "yes": "covered by the Code",
        "no": "not covered by the Code",
        "unknown": "it is not known whether covered",
    }
    rights = {"yes": "with Enhanced Rights", "no": "without Enhanced Rights", "unknown": "Enhanced Rights not known"}
    held = [name.replace("-", " ") for name, holds in person["categories"].items() if holds == "yes"]
    why = f" ({'; '.join(held)})" if held else ""
    covered = f"{answers[person['entitled']]}, {rights[person['enhanced']]}{why}"
    return f"{person['victim']} under {person['edition']}: {covered}."


def _groups(result: PlainAssessment, duties: Sequence[PlainObligation], speaks_for: SpeaksFor) -> Iterator[PaperPart]:
    through = in_place_of(result, speaks_for)
    for name, heading in GROUPS:
        alike = (
            same
            for group in group_identical(one for one in duties if one["status"] == name)
            for same in same_reasons(group, through)
        )
        yield PaperPart(heading=heading, entries=tuple(_entry(one, speaks_for) for one in alike))


def _entry(alike: Sequence[PlainObligation], speaks_for: SpeaksFor) -> PaperEntry:
    """One duty: what was owed, how the limit was counted, what the record shows, and how sure that is."""
    first = alike[0]
    law = next(step for step in first["explanation"]["steps"] if step["kind"] == "duty")
    to = whose(alike, speaks_for) or load_vocabulary().body(first["owed_to"]).title
    rows = (
        ("Required", law["statement"]),
        ("Owed to", to),
        ("How the limit is counted", in_brief(first["explanation"], _LIMIT)),
        ("What the record shows", in_brief(first["explanation"], _RECORD)),
        ("In the record", _entries(first)),
        ("If it is owed", "The record does not settle whether this duty applies." * (first["applies"] == "unknown")),
        ("How sure the law is", " ".join((EVIDENCE[law["evidence"] or first["evidence"]], *_sources(law["cites"])))),
    )
    return PaperEntry(title=first["title"], rows=tuple((name, said) for name, said in rows if said))


def _entries(obligation: PlainObligation) -> str:
    """The references under which the record has what started a duty and what shows it done."""
    found = (("started by", obligation["started_by"]), ("shown done by", obligation["done_by"]))
    named = [f"{what} {entry['reference']}" for what, entry in found if entry and entry["reference"]]
    return capitalised(f"{'; '.join(named)}.") if named else ""


def _sources(cites: Sequence[str]) -> Iterator[str]:
    if cites:
        yield f"Read: {'; '.join(cites)}."


def _without_days(result: PlainAssessment) -> PaperPart:
    groups = group_identical(standing(result))
    rows = tuple(
        (
            group[0]["title"],
            where(group[0]),
            bodies(group[0]["owed_by"]),
            to_whom(group) or bodies([group[0]["owed_to"]]),
            _shown(group[0]),
        )
        for group in groups
    )
    caption = "Each with what the record shows"
    return PaperPart(
        heading="Also owed, with no number of days in the Code",
        table=CardTable(caption=caption, columns=_STANDING_COLUMNS, rows=rows),
    )


def _shown(obligation: PlainObligation) -> str:
    """What the record shows of a duty without a number of days."""
    if is_undone(obligation):
        return "nothing" + (", if owed" if obligation["applies"] == "unknown" else "")
    return status(obligation)


def _interpretation(duties: Sequence[PlainObligation], readings: Mapping[str, Mapping[str, Any]]) -> PaperPart:
    """The questions of law the dated duties rest on that can be answered in another way, with the other answers."""
    used = dict.fromkeys(name for one in duties for name in _used(one))
    rows = tuple(
        (readings[name]["question"], readings[name]["reading"], " ".join(readings[name]["alternatives"]))
        for name in used
        if readings[name]["alternatives"]
    )
    return PaperPart(
        heading="Where the law can be read in another way",
        table=CardTable(caption="What was asked, and what was not chosen", columns=_READING_COLUMNS, rows=rows),
    )


def _used(obligation: PlainObligation) -> Iterator[str]:
    """The readings of a duty itself and of how its limit is counted."""
    yield from obligation["readings"]
    for step in obligation["explanation"]["steps"]:
        if step["kind"] in (*_LIMIT, "discharge", "status"):
            yield from step["readings"]


def _looked_at(faults: Iterable[PlainFault]) -> Iterator[str]:
    for fault in faults:
        yield f"{fault['location']}: {fault['message']} {fault['hint']} [{fault['code']}]"


def _how_made(result: PlainAssessment, victim: str | None, record_hash: str) -> Iterator[str]:
    stamp = result["stamp"]
    yield (
        f"victims-code {stamp['package']}, law {stamp['law']} ({stamp['law_hash']}), calendar {stamp['calendar']},"
        f" editions {', '.join(stamp['editions']) or 'none'}."
    )
    yield f"Record: SHA-256 {record_hash}, over everything in it except dates of birth."
    of_victim = f" --victim {victim}" if victim else ""
    known = f" --known-on {stamp['known_on']}" if stamp["known_on"] else ""
    options = f"--case {result['reference']}{of_victim} --as-at {stamp['as_at']}{known}"
    yield f"Command: victims-code statement FILE {options}"


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))
