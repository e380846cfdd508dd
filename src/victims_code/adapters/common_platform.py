"""HMCTS Common Platform hearing results as cases.

The platform shares results in several envelopes: a hearing, a share of results, a case at a glance, an event with
metadata. All hold prosecution cases in the same form somewhere inside, so this reader looks for the cases and not for
the envelope. The message tells what the court did and when; it does not tell when a Witness Care Unit received it, so
``received`` is never set, and it seldom tells of victims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from os import PathLike
from pathlib import Path

from attrs import frozen

from victims_code.adapters.court_cases import CaseDraft
from victims_code.adapters.court_codes import Mark
from victims_code.cases import Case
from victims_code.documents import format_path, read_document, read_json
from victims_code.errors import CaseError, Fault
from victims_code.structuring import packaged

__all__ = ["looks_like_message", "read_cases"]

SOURCE = "Common Platform"
Keys = tuple[str | int, ...]
_SUPERSEDED = ("previousHearing",)
_DATES = {
    "arrestDate": "suspect-arrested",
    "chargeDate": "suspect-charged",
    "convictionDate": "case-outcome",
    "aquittalDate": "case-outcome",  # spelt so in the messages
}


def read_cases(source: str | PathLike[str] | bytes | Mapping[str, object]) -> tuple[Case, ...]:
    """The prosecution cases of a message, each with what the message says of it.

    :param source: the path of a JSON file, JSON as bytes, or the message already read.
    :returns: one case for each prosecution case, in the order of the message. What could not be used is in the
        case's ``notes``: impossible dates, several offences brought together, no victim listed.
    :raises CaseError: if the source is not a JSON object.

    >>> message = {"hearing": {"id": "H1", "prosecutionCases": [{
    ...     "prosecutionCaseIdentifier": {"caseURN": "28DI9631765"},
    ...     "caseMarkers": [{"markerTypeCode": "DV"}],
    ...     "defendants": [{"id": "D1", "offences": [{"startDate": "2025-03-01", "chargeDate": "2025-03-04"}]}]}]}}
    >>> (case,) = read_cases(message)
    >>> case.reference, case.events[0].event, case.events[0].on.isoformat(), case.offence.flags[0].fact
    ('28DI9631765', 'suspect-charged', '2025-03-04', 'domestic-abuse')
    """
    message, file = _message(source)
    drafts: dict[str, CaseDraft] = {}
    for found in _cases_in(message, ()):
        reference = _reference(found.case, len(drafts))
        where = ", ".join(part for part in (file, format_path(found.keys)) if part)
        draft = drafts.setdefault(reference, CaseDraft(reference=reference, source=SOURCE, where=where))
        _read_case(found, draft, file)
    return tuple(draft.finish() for draft in drafts.values())


def looks_like_message(data: object) -> bool:
    """Whether data read from JSON is such a message and not a case file of this library.

    >>> looks_like_message({"hearing": {}}), looks_like_message({"reference": "X", "victims": []})
    (True, False)
    """
    if not isinstance(data, Mapping) or "victims" in data:
        return False
    return "hearing" in data or next(_cases_in(data, ()), None) is not None


def _message(source: str | PathLike[str] | bytes | Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    if isinstance(source, Mapping):
        return source, ""
    if isinstance(source, bytes):
        document = read_json(source.decode("utf-8-sig", errors="replace"), source="message")
    else:
        document = read_document(Path(source))
    if not isinstance(document.data, dict):
        raise CaseError(
            Fault(
                code="VC-FILE-005",
                where=document.source,
                what="A Common Platform message is a JSON object.",
                way_out="Pass the whole message as it was shared.",
            )
        )
    return document.data, document.source


# --- finding cases in any envelope ------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Found:
    """A prosecution case inside a message, with the hearing and the defendant it stands under."""

    case: Mapping[str, object]
    keys: Keys
    hearing: str | None
    subject: str | None


def _cases_in(data: object, keys: Keys, hearing: str | None = None, subject: str | None = None) -> Iterator[_Found]:
    if isinstance(data, Mapping):
        if isinstance(data.get("prosecutionCaseIdentifier"), Mapping):
            yield _Found(case=data, keys=keys, hearing=hearing, subject=subject)
        if "hearingDays" in data or "prosecutionCases" in data:
            hearing = _text(data.get("id")) or hearing
        subject = _defendant_of(data.get("subject")) or subject
        for key, value in data.items():
            if key not in _SUPERSEDED:
                yield from _cases_in(value, (*keys, key), hearing, subject)
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _cases_in(value, (*keys, n), hearing, subject)


def _reference(case: Mapping[str, object], number: int) -> str:
    named = case["prosecutionCaseIdentifier"]
    assert isinstance(named, Mapping)
    for value in (
        named.get("caseURN"),
        named.get("prosecutionAuthorityReference"),
        case.get("id"),
        case.get("prosecutionCaseId"),
    ):
        if (text := _text(value)) is not None:
            return text
    return f"unnamed-{number + 1}"


# --- reading one case -------------------------------------------------------------------------------------------


def _read_case(found: _Found, draft: CaseDraft, file: str) -> None:
    _read_markers(found.case.get("caseMarkers"), found.keys, draft, file)
    _read_victims(found.case, found.keys, draft, file)
    for keys, offence in _children(found.case, "offences", found.keys):
        _read_offence(offence, keys, found.subject, found.hearing, draft, file)
    if isinstance(single := found.case.get("offence"), Mapping):
        _read_offence(single, (*found.keys, "offence"), found.subject, found.hearing, draft, file)
    for parent, keys in _with_defendants(found.case, found.keys):
        hearing = _text(parent.get("id")) if parent is not found.case else found.hearing
        for defendant_keys, defendant in _children(parent, "defendants", keys):
            suspect = _defendant_of(defendant)
            for offence_keys, offence in _children(defendant, "offences", defendant_keys):
                _read_offence(offence, offence_keys, suspect, hearing, draft, file)
            for results in ("defendantCaseJudicialResults", "judicialResults"):
                for result_keys, result in _children(defendant, results, defendant_keys):
                    _read_result(result, result_keys, suspect, hearing, draft, file)


def _with_defendants(case: Mapping[str, object], keys: Keys) -> Iterator[tuple[Mapping[str, object], Keys]]:
    """The case itself, and in a case at a glance each of its hearings."""
    yield case, keys
    for hearing_keys, hearing in _children(case, "hearings", keys):
        yield hearing, hearing_keys


def _read_offence(
    offence: Mapping[str, object], keys: Keys, suspect: str | None, hearing: str | None, draft: CaseDraft, file: str
) -> None:
    if (code := _text(offence.get("offenceCode"))) is not None:
        draft.codes.append(code)
    draft.committed.append((offence.get("startDate"), _place(file, (*keys, "startDate"))))
    _read_markers(offence.get("caseMarkers"), keys, draft, file)
    _read_victims(offence, keys, draft, file)
    for key, event in _DATES.items():
        draft.happened(event, offence.get(key), _place(file, (*keys, key)), suspect=suspect)
    if isinstance(verdict := offence.get("verdict"), Mapping):
        where = _place(file, (*keys, "verdict", "verdictDate"))
        draft.happened("case-outcome", verdict.get("verdictDate"), where, suspect=suspect)
    for result_keys, result in _children(offence, "judicialResults", keys):
        _read_result(result, result_keys, suspect, hearing, draft, file)


def _read_result(
    result: Mapping[str, object], keys: Keys, suspect: str | None, hearing: str | None, draft: CaseDraft, file: str
) -> None:
    if result.get("isDeleted") is True:
        return
    where, written = _place(file, (*keys, "orderedDate")), result.get("orderedDate")
    draft.resulted(_text(result.get("cjsCode")), _qualifiers(result), written, where, suspect=suspect, hearing=hearing)
    following = result.get("nextHearing")
    if isinstance(following, Mapping):
        draft.happened("hearing-listed", written, where, suspect=suspect, hearing=_next_hearing(following))


def _qualifiers(result: Mapping[str, object]) -> tuple[str, ...]:
    """The qualifiers of a result, which stand in one text with commas between them."""
    return tuple(part for code in (_text(result.get("qualifier")) or "").split(",") if (part := code.strip()))


def _next_hearing(following: Mapping[str, object]) -> str | None:
    """What tells a next hearing from another: its booking, the hearing it joins, or its start."""
    names = ("bookingReference", "existingHearingId", "listedStartDateTime", "weekCommencingDate")
    return next((text for name in names if (text := _text(following.get(name))) is not None), None)


def _read_markers(markers: object, keys: Keys, draft: CaseDraft, file: str) -> None:
    for n, marker in enumerate(markers if isinstance(markers, list) else ()):
        code = _text(marker.get("markerTypeCode")) if isinstance(marker, Mapping) else None
        if (known := _markers().get(code or "")) is not None:
            draft.marked(known, "case marker", _place(file, (*keys, "caseMarkers", n)))


def _read_victims(holder: Mapping[str, object], keys: Keys, draft: CaseDraft, file: str) -> None:
    for victim_keys, victim in _children(holder, "victims", keys):
        reference = _text(victim.get("id")) or f"victim-{len(draft.victims) + 1}"
        details = victim.get("personDetails")
        born = (details if isinstance(details, Mapping) else victim).get("dateOfBirth")
        draft.victims.setdefault(reference, (born, _place(file, (*victim_keys, "dateOfBirth"))))


def _children(holder: Mapping[str, object], name: str, keys: Keys) -> Iterator[tuple[Keys, Mapping[str, object]]]:
    listed = holder.get(name)
    for n, child in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(child, Mapping):
            yield (*keys, name, n), child


def _defendant_of(data: object) -> str | None:
    """The platform's own identifier of a defendant, which names nobody."""
    if not isinstance(data, Mapping):
        return None
    master = data.get("masterDefendant")
    inner = master.get("masterDefendantId") if isinstance(master, Mapping) else None
    return next((t for value in (data.get("masterDefendantId"), inner, data.get("id")) if (t := _text(value))), None)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _place(file: str, keys: Keys) -> str:
    return ", ".join(part for part in (file, format_path(keys)) if part)


# --- what the markers mean --------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _File:
    markers: tuple[Mark, ...]


@cache
def _markers() -> Mapping[str, Mark]:
    return {marker.code: marker for marker in packaged("adapters/common-platform.yaml", _File).markers}
