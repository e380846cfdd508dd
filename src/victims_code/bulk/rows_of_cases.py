"""Cases as rows: the input tables of cases that are there as objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from victims_code.arguments import checked
from victims_code.bulk.tables import INPUTS
from victims_code.cases import Assertion, Case, Offence

__all__ = ["rows_of"]

Row: TypeAlias = dict[str, object]


@checked
def rows_of(cases: Iterable[Case]) -> dict[str, list[Row]]:
    """The rows of the input tables, every column written out.

    The references of the cases must differ.

    >>> from victims_code.cases import Case, Victim
    >>> tables = rows_of([Case(reference="22/0412/26", victims=[Victim(reference="V1")])])
    >>> tables["victims"]
    [{'case_ref': '22/0412/26', 'victim_ref': 'V1', 'born': None, 'capacity': 'person'}]
    """
    tables: dict[str, list[Row]] = {name: [] for name in INPUTS}
    for case in cases:
        reference = case.reference
        if case.offences[0].reference is None:  # the one offence of its case
            tables["cases"].append(_case(case, case.offence))
        for offence in case.offences:
            if offence.reference is not None:
                tables["offences"].append({**_case(case, offence), "offence_ref": offence.reference})
                tables["offence_victims"] += _victims_of(case, offence)
            tables["assertions"] += [_assertion(reference, None, flag, offence.reference) for flag in offence.flags]
        for victim in case.victims:
            tables["victims"].append(
                {
                    "case_ref": reference,
                    "victim_ref": victim.reference,
                    "born": victim.born,
                    "capacity": victim.capacity,
                }
            )
            tables["assertions"] += [_assertion(reference, victim.reference, fact) for fact in victim.facts]
            tables["spokespersons"] += [
                {"case_ref": reference, "victim_ref": victim.reference, "speaks_for": other}
                for other in victim.speaks_for
            ]
        tables["events"] += [
            {
                "case_ref": reference,
                "event": event.event,
                "at": event.at.isoformat(),
                "received": None if event.received is None else event.received.isoformat(),
                "about": event.about,
                "victim_ref": event.victim,
                "suspect_ref": event.suspect,
                "hearing_ref": event.hearing,
                "offence_ref": event.offence,
                "recorded": None if event.recorded is None else event.recorded.isoformat(),
                "reference": event.reference,
                "replaces": event.replaces,
                "withdrawn": event.withdrawn,
                "sequence": number,
            }
            for number, event in enumerate(case.events, start=1)
        ]
    return tables


def _case(case: Case, offence: Offence) -> Row:
    return {"case_ref": case.reference, "committed_on": offence.committed_on, "cjs_code": offence.cjs_code}


def _victims_of(case: Case, offence: Offence) -> list[Row]:
    """A row for each victim listed, one without a victim where the list is empty, and none where there is no list."""
    listed = () if offence.victims is None else offence.victims or (None,)
    row = {"case_ref": case.reference, "offence_ref": offence.reference}
    return [{**row, "victim_ref": victim} for victim in listed]


def _assertion(case: str, victim: str | None, assertion: Assertion, offence: str | None = None) -> Row:
    return {
        "victim_ref": victim,
        "case_ref": case,
        "fact": assertion.fact,
        "value": assertion.value,
        "since": assertion.since,
        "source": assertion.source,
        "offence_ref": offence,
    }
