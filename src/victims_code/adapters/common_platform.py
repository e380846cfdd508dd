"""HMCTS Common Platform hearing results as cases.

The platform shares results in several envelopes: a hearing, a share of results, a case at a glance, an event with
metadata. All hold prosecution cases in the same form somewhere inside, so this reader looks for the cases and not for
the envelope. The message tells what the court did and when; it does not tell when a Witness Care Unit received it, so
``received`` is never set, and it seldom tells of victims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from attrs import evolve, frozen

from victims_code import faults
from victims_code.adapters.corrections import ReadMessage, with_corrections
from victims_code.adapters.court_cases import CaseDraft, read_moment
from victims_code.adapters.court_codes import CourtResult, Mark
from victims_code.adapters.message_files import (
    JsonSource,
    names_not_known,
    names_of_keys,
    nested_safely,
    read_message,
    written_text,
)
from victims_code.adapters.offence_drafts import ADJOURNED, OffenceDraft
from victims_code.arguments import need_list
from victims_code.cases import Case
from victims_code.errors import CaseError
from victims_code.faults import Fault
from victims_code.identifiers import case_key, suspect_key
from victims_code.names import EventId
from victims_code.reading.data_files import DataFile
from victims_code.reading.documents import format_path
from victims_code.reading.sources import FromOneSource

_SOURCE = "Common Platform"
Keys = tuple[str | int, ...]
_CURRENT, _PREVIOUS = "currentHearing", "previousHearing"
_COURTS = {"CROWN": True, "MAGISTRATES": False}
_DATES: Mapping[str, EventId] = {
    "arrestDate": "suspect-arrested",
    "chargeDate": "suspect-charged",
    "convictionDate": "case-outcome",
    "aquittalDate": "case-outcome",  # most messages spell it so
    "acquittalDate": "case-outcome",
}


def read_cases(source: JsonSource, *, classify_offences: bool = False) -> tuple[Case, ...]:
    """The prosecution cases of a message, each with what the message says of it.

    :param source: the path of a JSON file, JSON as bytes, or the message already read.
    :param classify_offences: take what the offence codes say of the offence as said, each with its source.
    :returns: one case for each prosecution case, in the order of the message. What could not be used is in the
        case's ``notes``: impossible dates, results that were not understood, no victim listed.
    :raises CaseError: if the source is not a JSON object, or holds no case.

    >>> message = {"hearing": {"id": "H1", "prosecutionCases": [{
    ...     "prosecutionCaseIdentifier": {"caseURN": "28DI9631765"},
    ...     "caseMarkers": [{"markerTypeCode": "DV"}],
    ...     "defendants": [{"id": "D1", "offences": [{"startDate": "2025-03-01", "chargeDate": "2025-03-04"}]}]}]}}
    >>> (case,) = read_cases(message)
    >>> case.reference, case.events[0].event, case.events[0].on.isoformat(), case.offence.flags[0].fact
    ('28DI9631765', 'suspect-charged', '2025-03-04', 'domestic-abuse')
    """
    return _read(source, classify_offences).cases


def read_messages(sources: Iterable[JsonSource], *, classify_offences: bool = False) -> tuple[Case, ...]:
    """The cases of several messages, the oldest first; a later message on the same hearing corrects an earlier one.

    Results are amended and shared again, and conviction dates are taken back. What the later message no longer says is
    withdrawn; each record carries the time at which its message was shared, so that the position before a correction
    can be made again with ``known_on``.

    :raises CaseError: as :func:`read_cases`.
    """
    return with_corrections(
        [_read(source, classify_offences) for source in need_list(sources, "sources", "Pass a list of messages.")]
    )


def _read(source: JsonSource, classify: bool) -> ReadMessage:
    message = read_message(source)
    if not isinstance(message.data, dict):
        raise CaseError(faults.NOT_A_JSON_OBJECT.at(message.file))
    with nested_safely(message.file):
        return _reading(message.data, message.file, message.notes, classify)


def _reading(message: Mapping[str, object], file: str, notes: Iterable[Fault], classify: bool) -> ReadMessage:
    drafts: dict[str, CaseDraft] = {}
    hearings: set[str] = set()
    for found in _cases_in(message, _Around()):
        reference = _reference(found.case, len(drafts))
        where = ", ".join(part for part in (file, format_path(found.keys)) if part)
        draft = drafts.setdefault(case_key(reference), CaseDraft(reference=reference, source=_SOURCE, where=where))
        draft.called.first(reference)
        if found.around.hearing is not None:
            hearings.add(found.around.hearing)
        _read_case(found, draft, file)
    if not drafts:
        raise CaseError(faults.MESSAGE_WITHOUT_CASES.at(file))
    notes = (*notes, *names_not_known("common-platform", _names_in(message), file))
    written = message.get("sharedTime")
    shared = read_moment(written)
    for draft in drafts.values():
        draft.notes += notes
        draft.notes += _aside(message, file)
        if written and shared is None:
            draft.note(faults.NOT_THE_DATE_OF_THIS, _place(file, ("sharedTime",)), shown=repr(written))
        draft.says_something()
    return ReadMessage(
        cases=tuple(draft.finish(classify=classify) for draft in drafts.values()),
        shared=shared,
        hearings=frozenset(hearings),
    )


def looks_like_message(data: object) -> bool:
    """Whether data read from JSON is such a message and not a case file of this library.

    >>> looks_like_message({"hearing": {}}), looks_like_message({"reference": "X", "victims": []})
    (True, False)
    """
    if not isinstance(data, Mapping) or "victims" in data:
        return False
    with nested_safely(""):
        return "hearing" in data or next(_cases_in(data, _Around()), None) is not None


# --- finding cases in any envelope ------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Around:
    """What a prosecution case stands in: its hearing and court, and the application and the subject of it, if any."""

    hearing: str | None = None
    crown_court: bool | None = None
    of_defendants: tuple[Mapping[str, object], ...] = ()
    application: Mapping[str, object] | None = None
    application_keys: Keys = ()
    subject: str | None = None


@frozen(kw_only=True)
class _Found:
    """A prosecution case inside a message, with the way to it and what it stands in."""

    case: Mapping[str, object]
    keys: Keys
    around: _Around


def _cases_in(data: object, around: _Around, keys: Keys = ()) -> Iterator[_Found]:
    if isinstance(data, Mapping):
        if isinstance(data.get("prosecutionCaseIdentifier"), Mapping):
            yield _Found(case=data, keys=keys, around=around)
        around = _inside(data, around, keys)
        for key, value in data.items():
            if not _is_superseded(key, data):
                yield from _cases_in(value, around, (*keys, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _cases_in(value, around, (*keys, n))


def _names_in(data: object) -> Iterator[str]:
    """The names of every key, but for those of an envelope: whatever holds a case is looked into."""
    if isinstance(data, list):
        for value in data:
            yield from _names_in(value)
    if not isinstance(data, Mapping):
        return
    if isinstance(data.get("prosecutionCaseIdentifier"), Mapping):
        yield from names_of_keys(data)
        return
    for key, value in data.items():
        if next(_cases_in(value, _Around()), None) is None:
            yield key
            yield from names_of_keys(value)
        else:
            yield from _names_in(value)


def _is_superseded(key: str, message: Mapping[str, object]) -> bool:
    """Whether a part of a message is a hearing as it was before, which the message also holds as it is now."""
    now, before = message.get(_CURRENT), message.get(_PREVIOUS)
    if key != _PREVIOUS or not isinstance(now, Mapping):
        return False
    ids = (written_text(now.get("id")), written_text(before.get("id")) if isinstance(before, Mapping) else None)
    return None in ids or ids[0] == ids[1]


def _aside(data: object, file: str, keys: Keys = ()) -> Iterator[Fault]:
    """What a message holds outside every case: hearings as they were, days that were cancelled, lone applications."""
    if isinstance(data, list):
        for n, value in enumerate(data):
            yield from _aside(value, file, (*keys, n))
    if not isinstance(data, Mapping):
        return
    if isinstance(data.get(_PREVIOUS), Mapping) and _is_superseded(_PREVIOUS, data):
        count = len({_reference(found.case, 0) for found in _cases_in(data[_PREVIOUS], _Around())})
        yield faults.HEARING_AS_IT_WAS.at(_place(file, (*keys, _PREVIOUS)), cases=_number(count, "case"))
    if _is_true(data.get("isVacatedTrial")):
        yield faults.TRIAL_VACATED.at(_place(file, keys))
    days = data.get("hearingDays")
    cancelled = sum(isinstance(day, Mapping) and _is_true(day.get("isCancelled")) for day in _list(days))
    if cancelled:
        were = "was" if cancelled == 1 else "were"
        place = _place(file, (*keys, "hearingDays"))
        yield faults.HEARING_DAYS_CANCELLED.at(place, days=_number(cancelled, "day"), were=were)
    for n, application in enumerate(_list(data.get("courtApplications"))):
        if isinstance(application, Mapping) and next(_cases_in(application, _Around()), None) is None:
            place = _place(file, (*keys, "courtApplications", n))
            yield faults.APPLICATION_WITHOUT_CASE.at(place, application=_application_name(application))
    for key, value in data.items():
        if not _is_superseded(key, data):
            yield from _aside(value, file, (*keys, key))


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _inside(data: Mapping[str, object], around: _Around, keys: Keys) -> _Around:
    if "hearingDays" in data or "prosecutionCases" in data:
        listed = data.get("defendantJudicialResults")
        around = evolve(
            around,
            hearing=written_text(data.get("id")) or around.hearing,
            crown_court=_COURTS.get(written_text(data.get("jurisdictionType")) or "", around.crown_court),
            of_defendants=tuple(one for one in listed if isinstance(one, Mapping)) if isinstance(listed, list) else (),
        )
    if "applicationReceivedDate" in data:
        around = evolve(around, application=data, application_keys=keys)
    return evolve(around, subject=_defendant_of(data.get("subject")) or around.subject)


def _reference(case: Mapping[str, object], number: int) -> str:
    named = case["prosecutionCaseIdentifier"]
    assert isinstance(named, Mapping)
    for value in (
        named.get("caseURN"),
        named.get("prosecutionAuthorityReference"),
        case.get("id"),
        case.get("prosecutionCaseId"),
    ):
        if (text := written_text(value)) is not None:
            return text
    return f"unnamed-{number + 1}"


# --- reading one case -------------------------------------------------------------------------------------------


def _read_case(found: _Found, draft: CaseDraft, file: str) -> None:
    around = found.around
    draft.notes += _malformed(found.case, found.keys, file)
    _read_markers(found.case.get("caseMarkers"), found.keys, draft, file)
    _read_victims(found.case, found.keys, draft, file)
    if around.application is not None:
        _read_application(around.application, around, draft, file)
    for keys, offence in _children(found.case, "offences", found.keys):
        _read_offence(offence, keys, around.subject, around, draft, file)
    if isinstance(single := found.case.get("offence"), Mapping):
        _read_offence(single, (*found.keys, "offence"), around.subject, around, draft, file)
    for parent, keys in _with_defendants(found.case, found.keys):
        here = around
        if parent is not found.case:
            kind = _COURTS.get(written_text(parent.get("jurisdictionType")) or "")
            here = evolve(around, hearing=written_text(parent.get("id")), crown_court=kind)
        for defendant_keys, defendant in _children(parent, "defendants", keys):
            _read_defendant(defendant, defendant_keys, here, draft, file)


_LISTS = (
    *("defendants", "offences", "judicialResults", "defendantCaseJudicialResults", "verdicts", "victims"),
    *("caseMarkers", "hearings"),
)
_GROUPS = ("verdict", "plea", "nextHearing", "durationElement", "offence", "personDetails")


def _malformed(holder: object, keys: Keys, file: str) -> Iterator[Fault]:
    """Where a list of groups or a group belongs and something else is: no reader can tell what it was meant to say."""
    if isinstance(holder, list):
        for n, value in enumerate(holder):
            yield from _malformed(value, (*keys, n), file)
    if not isinstance(holder, Mapping):
        return
    for key, value in holder.items():
        place = _place(file, (*keys, key))
        if key in _LISTS and value is not None:
            if not isinstance(value, list):
                yield faults.LIST_BELONGS_HERE.at(place)
            elif wrong := sum(not isinstance(one, Mapping) for one in value):
                yield faults.ENTRIES_NOT_GROUPS.at(place, wrong=wrong, all=len(value))
        elif key in _GROUPS and value is not None and not isinstance(value, Mapping):
            yield faults.GROUP_BELONGS_HERE.at(place)
        yield from _malformed(value, (*keys, key), file)


def _read_defendant(defendant: Mapping[str, object], keys: Keys, around: _Around, draft: CaseDraft, file: str) -> None:
    suspect = _defendant_of(defendant)
    if not _list(defendant.get("offences")):
        draft.not_read("defendants without an offence", suspect or "without an identifier")
    for offence_keys, offence in _children(defendant, "offences", keys):
        _read_offence(offence, offence_keys, suspect, around, draft, file)
    for results in ("defendantCaseJudicialResults", "judicialResults"):
        for result_keys, result in _children(defendant, results, keys):
            _read_result(result, result_keys, suspect, around, draft, file)
    for of_defendant in around.of_defendants:
        given = of_defendant.get("judicialResult")
        if _is_about(of_defendant, suspect) and isinstance(given, Mapping):
            _read_result(given, (*keys, "defendantJudicialResults"), suspect, around, draft, file)


def _is_about(of_defendant: Mapping[str, object], suspect: str | None) -> bool:
    named = (written_text(of_defendant.get(name)) for name in ("masterDefendantId", "defendantId"))
    return suspect is not None and any(suspect_key(name) == suspect_key(suspect) for name in named if name is not None)


def _with_defendants(case: Mapping[str, object], keys: Keys) -> Iterator[tuple[Mapping[str, object], Keys]]:
    """The case itself, and in a case at a glance each of its hearings."""
    yield case, keys
    for hearing_keys, hearing in _children(case, "hearings", keys):
        yield hearing, hearing_keys


def _read_offence(
    offence: Mapping[str, object], keys: Keys, suspect: str | None, around: _Around, draft: CaseDraft, file: str
) -> None:
    told = draft.offence(
        OffenceDraft(
            reference=_offence_reference(offence, keys, suspect, draft),
            where=_place(file, keys),
            suspect=draft.suspects.called(suspect),
            code=written_text(offence.get("offenceCode")),
            committed=[(offence.get("startDate"), _place(file, (*keys, "startDate")))],
            listed_in=[keys[:-1]],
        )
    )
    said, own = draft.said_of_ends, told.reference
    _read_markers(offence.get("caseMarkers"), keys, draft, file, offence=own)
    for victim in _read_victims(offence, keys, draft, file):
        told.against(victim)
    if offence.get("victims") == []:
        told.against_nobody()
    plea = offence.get("plea")
    if isinstance(plea, Mapping):
        told.to_come.append(("plea on", plea.get("pleaDate")))
    for key, event in _DATES.items():
        draft.happened(event, offence.get(key), _place(file, (*keys, key)), suspect=suspect, offence=own)
    listed = [((*keys, "verdict"), offence.get("verdict")), *_children(offence, "verdicts", keys)]
    for verdict_keys, verdict in listed:
        if isinstance(verdict, Mapping):
            _read_verdict(verdict, _place(file, (*verdict_keys, "verdictDate")), suspect, own, draft)
    for result_keys, result in _children(offence, "judicialResults", keys):
        _read_result(result, result_keys, suspect, around, draft, file, offence=own)
    if draft.said_of_ends == said:
        _read_silent_end(offence, _place(file, keys), draft)


def _offence_reference(offence: Mapping[str, object], keys: Keys, suspect: str | None, draft: CaseDraft) -> str:
    """The platform's identifier of an offence, or its number among those of its defendant."""
    number = keys[-1] + 1 if isinstance(keys[-1], int) else len(draft.offences) + 1
    whose = draft.suspects.called(suspect)
    return written_text(offence.get("id")) or " ".join(part for part in (whose, f"offence {number}") if part)


def _read_verdict(
    verdict: Mapping[str, object], where: str, suspect: str | None, offence: str, draft: CaseDraft
) -> None:
    kind = verdict.get("verdictType")
    category = written_text(kind.get("categoryType")) if isinstance(kind, Mapping) else None
    if _is_true(verdict.get("isDeleted")):
        draft.not_read("verdicts", "deleted")
    elif category in _codes().no_outcome:
        draft.not_read("verdicts", str(category))
    elif verdict.get("verdictDate") is None:
        draft.note(faults.VERDICT_WITHOUT_DATE, where, event="case-outcome")
    else:
        draft.happened("case-outcome", verdict.get("verdictDate"), where, suspect=suspect, offence=offence)


def _read_silent_end(offence: Mapping[str, object], where: str, draft: CaseDraft) -> None:
    """An offence that the message calls concluded or discontinued without a word on how or when."""
    for key, said in (("isDiscontinued", "discontinued"), ("proceedingsConcluded", "concluded")):
        if _is_true(offence.get(key)):
            draft.note(faults.ENDED_WITHOUT_A_WORD, where, said=said)
            return


def _read_result(
    result: Mapping[str, object],
    keys: Keys,
    suspect: str | None,
    around: _Around,
    draft: CaseDraft,
    file: str,
    *,
    offence: str | None = None,
) -> None:
    label = written_text(result.get("label"))
    if _is_true(result.get("isDeleted")):
        draft.not_read("deleted results", label or "without a name")
        return
    where, written = _place(file, (*keys, "orderedDate")), result.get("orderedDate")
    draft.resulted(
        CourtResult(
            code=written_text(result.get("cjsCode")),
            qualifiers=_qualifiers(result),
            written=written,
            where=where,
            suspect=suspect,
            hearing=around.hearing,
            crown_court=around.crown_court,
            term=_term(result),
            offence=offence,
            label=label,
            final=_is_final(result),
            ends=_is_true(result.get("terminatesOffenceProceedings")),
        ),
        _codes().labels.get(_plain(label)),
    )
    following = result.get("nextHearing")
    if isinstance(following, Mapping):
        _read_next_hearing(following, written, where, suspect, offence, draft)


def _read_next_hearing(
    following: Mapping[str, object],
    written: object,
    where: str,
    suspect: str | None,
    offence: str | None,
    draft: CaseDraft,
) -> None:
    """A hearing to come: listed for a day, for a week, or not yet listed at all."""
    day, week = written_text(following.get("listedStartDateTime")), written_text(following.get("weekCommencingDate"))
    if offence is not None:
        to_come = ("listed for", day or week) if day or week else (ADJOURNED, written)
        draft.offences[offence].to_come.append(to_come)
    if _is_true(following.get("dateToBeFixed")) and day is None and week is None:
        draft.note(faults.HEARING_TO_BE_FIXED, where)
        return
    if day is None and week is not None:
        draft.note(faults.LISTED_FOR_A_WEEK, where, week=week)
    if written is None:
        draft.note(faults.LISTING_WITHOUT_DATE, where, event="hearing-listed")
    hearing = _next_hearing(following)
    draft.happened("hearing-listed", written, where, suspect=suspect, hearing=hearing, offence=offence)


def _read_application(application: Mapping[str, object], around: _Around, draft: CaseDraft, file: str) -> None:
    """An application in the case, of a type that tells something, and the results that decide it."""
    known = _codes().applications.get(_plain(_type_of(application)))
    keys, name = around.application_keys, _application_name(application)
    if known is None:
        draft.not_read("applications", name)
    elif known.received is not None:
        where = _place(file, (*keys, "applicationReceivedDate"))
        draft.happened(known.received, application.get("applicationReceivedDate"), where, suspect=around.subject)
    for result_keys, result in _children(application, "judicialResults", keys):
        where, label = _place(file, (*result_keys, "orderedDate")), written_text(result.get("label"))
        if _is_true(result.get("isDeleted")):
            draft.not_read("deleted results", label or "without a name")
        elif known is not None and known.is_decided_by(label, written_text(result.get("judicialResultTypeId"))):
            if known.decided is not None:
                draft.decided(known.decided, _application_result(result, where, label, around))
            else:
                draft.note(faults.APPLICATION_LEAVES_A_DOUBT, where, application=name, label=label, doubt=known.doubt)
        elif known is not None and known.decided is not None and _is_final(result):
            draft.note(faults.NOT_SAID_HOW_DECIDED, where, label=label, application=name, event=known.decided)
        else:
            draft.not_read("results on applications", repr(label))


def _application_result(result: Mapping[str, object], where: str, label: str | None, around: _Around) -> CourtResult:
    return CourtResult(
        code=written_text(result.get("cjsCode")),
        label=label,
        written=result.get("orderedDate"),
        where=where,
        suspect=around.subject,
        hearing=around.hearing,
    )


def _type_of(application: Mapping[str, object]) -> str | None:
    kind = application.get("type")
    return written_text(kind.get("type")) if isinstance(kind, Mapping) else None


def _application_name(application: Mapping[str, object]) -> str:
    return _type_of(application) or "An application of no type"


def _plain(label: str | None) -> str:
    """A label as it is compared: some have capitals, an ampersand or a space at the end, and some have not."""
    return " ".join((label or "").lower().replace("&", " and ").split())


def _term(result: Mapping[str, object]) -> tuple[tuple[object, object], ...]:
    """The length of a sentence, which has up to two parts."""
    length = result.get("durationElement")
    if not isinstance(length, Mapping):
        return (("", "L"),) if _is_true(result.get("lifeDuration")) else ()
    parts = ("primary", "secondary")
    return tuple((length.get(f"{part}DurationValue"), length.get(f"{part}DurationUnit")) for part in parts)


def _qualifiers(result: Mapping[str, object]) -> tuple[str, ...]:
    """The qualifiers of a result, which stand in one text with commas between them."""
    return tuple(part for code in (written_text(result.get("qualifier")) or "").split(",") if (part := code.strip()))


def _next_hearing(following: Mapping[str, object]) -> str | None:
    """What tells a next hearing from another: its booking, the hearing it joins, or its start."""
    names = ("bookingReference", "existingHearingId", "listedStartDateTime")
    known = next((text for name in names if (text := written_text(following.get(name))) is not None), None)
    week = written_text(following.get("weekCommencingDate"))
    return known or (f"week commencing {week}" if week else None)


def _read_markers(markers: object, keys: Keys, draft: CaseDraft, file: str, *, offence: str | None = None) -> None:
    for n, marker in enumerate(markers if isinstance(markers, list) else ()):
        code = written_text(marker.get("markerTypeCode")) if isinstance(marker, Mapping) else None
        if (known := _codes().markers.get(code or "")) is not None:
            draft.marked(known, "case marker", _place(file, (*keys, "caseMarkers", n)), offence=offence)
        else:
            draft.not_read("case markers", code or "without a code")


def _read_victims(holder: Mapping[str, object], keys: Keys, draft: CaseDraft, file: str) -> list[str]:
    """The victims a case or an offence lists, by reference."""
    found = []
    for victim_keys, victim in _children(holder, "victims", keys):
        reference = written_text(victim.get("id")) or f"victim-{len(draft.victims) + 1}"
        details = victim.get("personDetails")
        born = (details if isinstance(details, Mapping) else victim).get("dateOfBirth")
        draft.victims.setdefault(reference, (born, _place(file, (*victim_keys, "dateOfBirth"))))
        found.append(reference)
    return found


def _children(holder: Mapping[str, object], name: str, keys: Keys) -> Iterator[tuple[Keys, Mapping[str, object]]]:
    listed = holder.get(name)
    for n, child in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(child, Mapping):
            yield (*keys, name, n), child


def _defendant_of(data: object) -> str | None:
    """The platform's own identifier of a defendant, which names no one."""
    if not isinstance(data, Mapping):
        return None
    master = data.get("masterDefendant")
    inner = master.get("masterDefendantId") if isinstance(master, Mapping) else None
    return next(
        (t for value in (data.get("masterDefendantId"), inner, data.get("id")) if (t := written_text(value))), None
    )


def _is_final(result: Mapping[str, object]) -> bool:
    return (written_text(result.get("category")) or "").upper() == "FINAL"


def _is_true(value: object) -> bool:
    """Whether a flag is set; some systems write it as text."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def _place(file: str, keys: Keys) -> str:
    return ", ".join(part for part in (file, format_path(keys)) if part)


# --- what the codes mean ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Application(FromOneSource):
    """What applications of some types tell. ``result_types`` are the platform's identifiers of results that decide."""

    types: tuple[str, ...]
    received: EventId | None
    decided: EventId | None
    decided_by: tuple[str, ...]
    result_types: tuple[str, ...] = ()
    doubt: str | None = None

    def is_decided_by(self, label: str | None, result_type: str | None) -> bool:
        """Whether a result with this label, or of this type, decides such an application."""
        return _plain(label) in {_plain(one) for one in self.decided_by} or result_type in self.result_types


@frozen(kw_only=True)
class _CommonPlatformFile:
    markers: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    no_outcome: tuple[str, ...]
    applications: tuple[_Application, ...]


@frozen(kw_only=True)
class _CommonPlatformCodes:
    markers: Mapping[str, Mark]
    labels: Mapping[str, Mark]
    no_outcome: tuple[str, ...]
    applications: Mapping[str, _Application]


@cache
def _codes() -> _CommonPlatformCodes:
    file = DataFile.open("adapters/common-platform.yaml").one(_CommonPlatformFile)
    return _CommonPlatformCodes(
        markers={marker.code: marker for marker in file.markers},
        labels={_plain(label.code): label for label in file.labels},
        no_outcome=file.no_outcome,
        applications={_plain(kind): row for row in file.applications for kind in row.types},
    )
