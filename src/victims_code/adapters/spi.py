"""Court results in the Libra "SPI results" form as cases.

Magistrates' courts send police forces the results of a session as XML: sessions with cases, their defendants, and for
each offence its dates, finding and results. The envelope around the session differs from system to system, so this
reader looks for sessions and not for the envelope, and takes elements by their local names, whatever their namespace.
The message tells what the court did and when; it does not tell when a Witness Care Unit received it, so ``received``
is never set, and it lists no victims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING

from attrs import frozen

from victims_code import faults
from victims_code.adapters.corrections import ReadMessage, with_corrections
from victims_code.adapters.court_cases import CaseDraft
from victims_code.adapters.court_codes import CourtResult
from victims_code.adapters.message_files import names_not_known, nested_safely, written_text
from victims_code.adapters.offence_drafts import OffenceDraft
from victims_code.arguments import need_list, need_path
from victims_code.cases import Case
from victims_code.errors import CaseError
from victims_code.extras import need
from victims_code.identifiers import OUCode, case_key
from victims_code.names import EventId
from victims_code.reading.data_files import DataFile
from victims_code.reading.documents import Keys, file_bytes, format_path
from victims_code.reading.sources import FromOneSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


_DATES: Mapping[str, EventId] = {"ArrestDate": "suspect-arrested", "ChargeDate": "suspect-charged"}
_SOURCE = "SPI"
_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})")
_FINAL, _NOT_FINAL = ("Y", "YES", "TRUE", "1"), ("N", "NO", "FALSE", "0", "")
_ONCE = (
    *("PTIURN", "CourtHearing", "Hearing", "DateOfHearing", "CourtHearingLocation", "TimeOfHearing"),
    *("ProsecutorReference", "BaseOffenceDetails", "OffenceSequenceNumber", "OffenceCode", "OffenceTiming"),
    *("OffenceDateCode", "OffenceStart", "OffenceDateStartDate", "ArrestDate", "ChargeDate"),
    *("ConvictionDate", "Finding", "FinalDisposalIndicator", "ResultCode", "NextHearingDetails"),
)
"""The elements of which there is one in the element that holds it."""
_KINDS = {"Crown Court": True, "magistrates' court": False}
_WRAPPED = re.compile(r"\s*<[?\w]")


def read_cases(source: str | PathLike[str] | bytes, *, classify_offences: bool = False) -> tuple[Case, ...]:
    """The cases of a court-result message, each with what the message says of it.

    :param source: the path of an XML file, or the XML as bytes.
    :param classify_offences: take what the offence codes say of the offence as said, each with its source.
    :returns: one case for each case of the message, in its order; its reference is the PTIURN, and ``suspect`` is the
        prosecutor's reference of the defendant (the arrest/summons number). What could not be used is in the case's
        ``notes``: impossible dates, several offences brought together, no victim listed.
    :raises CaseError: if the source is not XML, declares entities, or holds no court results.
    :raises MissingExtraError: if defusedxml is not installed.

    >>> message = b'''<ResultedCaseMessage><Session>
    ...   <CourtHearing><Hearing><DateOfHearing>2011-09-26</DateOfHearing></Hearing></CourtHearing>
    ...   <Case><PTIURN>01ZD0307708</PTIURN><Defendant><ProsecutorReference>1101ZD01A</ProsecutorReference>
    ...     <Offence><BaseOffenceDetails><ArrestDate>2010-12-01</ArrestDate></BaseOffenceDetails>
    ...       <Result><ResultCode>4028</ResultCode><ResultCodeQualifier>LG</ResultCodeQualifier></Result>
    ...   </Offence></Defendant></Case></Session></ResultedCaseMessage>'''
    >>> (case,) = read_cases(message)
    >>> for event in case.events:
    ...     print(event.on, event.event, event.suspect)
    2010-12-01 suspect-arrested 1101ZD01A
    2011-09-26 bail-hearing-decided 1101ZD01A
    >>> case.offence.flags[0].fact, case.offence.flags[0].source
    ('domestic-abuse', 'SPI result qualifier LG')
    """
    return _read(source, classify_offences).cases


def read_messages(
    sources: Iterable[str | PathLike[str] | bytes], *, classify_offences: bool = False
) -> tuple[Case, ...]:
    """The cases of several messages, the oldest first; a later message on the same hearing corrects an earlier one.

    These messages do not say when they were sent, so what a correction takes back is withdrawn without a date.

    :raises CaseError: as :func:`read_cases`.
    """
    return with_corrections(
        [_read(source, classify_offences) for source in need_list(sources, "sources", "Pass a list of messages.")]
    )


def _read(source: str | PathLike[str] | bytes, classify: bool) -> ReadMessage:
    root, file = _message(source)
    with nested_safely(file):
        return _reading(root, file, classify)


def _reading(root: Element, file: str, classify: bool) -> ReadMessage:
    drafts: dict[str, CaseDraft] = {}
    hearings: set[str] = set()
    sessions = list(_sessions(root, (_name(root),)))
    for session, keys in sessions:
        _read_session(session, keys, drafts, hearings, file)
    if not drafts:
        raise CaseError((faults.SPI_WITHOUT_CASE if sessions else faults.SPI_WITHOUT_SESSION).at(file))
    names = (_name(element) for session, _ in sessions for element in session.iter())
    unknown = tuple(names_not_known("spi", names, file))
    for draft in drafts.values():
        draft.notes += unknown
        draft.says_something()
    cases = tuple(draft.finish(classify=classify) for draft in drafts.values())
    return ReadMessage(cases=cases, hearings=frozenset(hearings))


def _message(source: str | PathLike[str] | bytes) -> tuple[Element, str]:
    if isinstance(source, bytes):
        return _parsed(source, "message"), "message"
    path = need_path(source, "source")
    content = file_bytes(path)
    return _parsed(content, path.name), path.name


def _parsed(content: bytes | str, where: str) -> Element:
    """The root of the XML, read by defusedxml, which refuses entities and external references."""
    need("spi", "defusedxml", feature="SPI court results, which are XML,")
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise CaseError(faults.XML_DECLARATION_NOT_ALLOWED.at(where, problem=type(problem).__name__)) from None
    except (ParseError, ValueError, LookupError) as problem:
        line, _ = getattr(problem, "position", (0, 0))
        raise CaseError(faults.NOT_XML.at(f"{where}, line {line}" if line else where)) from None
    return root


# --- finding cases in any envelope ------------------------------------------------------------------------------


def _sessions(element: Element, keys: Keys) -> Iterator[tuple[Element, Keys]]:
    """The sessions of a message; one that travels as text inside its envelope is unwrapped."""
    if _name(element) == "Session":
        yield element, keys
        return
    for n, child in enumerate(element):
        yield from _sessions(child, (*keys, _name(child), n))
    text = element.text or ""
    if "ResultedCaseMessage" in text and _WRAPPED.match(text):
        inner = _parsed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), format_path(keys))
        yield from _sessions(inner, (*keys, _name(inner)))


def _read_session(session: Element, keys: Keys, drafts: dict[str, CaseDraft], hearings: set[str], file: str) -> None:
    hearing = _Hearing.of(_first(session, "CourtHearing", "Hearing"), _place(file, (*keys, "CourtHearing")))
    if hearing.reference is not None:
        hearings.add(hearing.reference)
    for case_keys, case in _children(session, "Case", keys):
        place = _place(file, case_keys)
        reference = _text(_first(case, "PTIURN")) or f"unnamed-{len(drafts) + 1}"
        draft = drafts.setdefault(case_key(reference), CaseDraft(reference=reference, source=_SOURCE, where=place))
        draft.called.first(reference)
        if reference.startswith("unnamed-"):
            draft.note(faults.CASE_WITHOUT_URN, place, reference=reference)
        for part in (_first(session, "CourtHearing"), case):
            _name_what_is_twice(part, place, draft)
        if hearing.held_on is None:
            draft.note(faults.HEARING_WITHOUT_DATE, hearing.where)
        for n, (defendant_keys, defendant) in enumerate(_children(case, "Defendant", case_keys)):
            suspect = _text(_first(defendant, "ProsecutorReference"))
            if suspect is None:
                suspect = f"defendant-{n + 1}"
                draft.note(faults.DEFENDANT_WITHOUT_REFERENCE, _place(file, defendant_keys), suspect=suspect)
            offences = list(_children(defendant, "Offence", defendant_keys))
            for result_keys, _ in _children(defendant, "Result", defendant_keys):
                draft.note(faults.RESULT_ON_NO_OFFENCE, _place(file, result_keys))
            if not offences:
                draft.not_read("defendants without an offence", suspect)
            for offence_keys, offence in offences:
                _read_offence(offence, offence_keys, suspect, hearing, draft, file)


def _name_what_is_twice(part: Element | None, where: str, draft: CaseDraft) -> None:
    """Note the elements of which there should be one and are several; the first is read."""
    for holder in () if part is None else part.iter():
        found = Counter(name for child in holder if (name := _name(child)) in _ONCE)
        for name in (name for name, times in found.items() if times > 1):
            draft.note(faults.ELEMENT_SEVERAL_TIMES, where, count=found[name], name=name, holder=_name(holder))


# --- reading one case -------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Hearing:
    """A hearing by court, day and time, which is what tells it from another."""

    held_on: str | None
    reference: str | None
    where: str
    crown_court: bool | None

    @classmethod
    def of(cls, details: Element | None, where: str) -> _Hearing:
        parts = [_text(_first(details, name)) for name in ("CourtHearingLocation", "DateOfHearing", "TimeOfHearing")]
        return cls(
            held_on=_date(_first(details, "DateOfHearing")),
            reference=" ".join(part for part in parts if part) or None,
            where=f"{where}.DateOfHearing",
            crown_court=None if parts[0] is None else _KINDS.get(OUCode.parse(parts[0]).kind or ""),
        )


def _read_offence(offence: Element, keys: Keys, suspect: str, hearing: _Hearing, draft: CaseDraft, file: str) -> None:
    base = _first(offence, "BaseOffenceDetails")
    base_keys = (*keys, "BaseOffenceDetails")
    number = _text(_first(base, "OffenceSequenceNumber")) or str(int(keys[-1]) + 1)
    told = draft.offence(
        OffenceDraft(
            reference=f"{draft.suspects.first(suspect)} offence {number}",
            where=_place(file, keys),
            suspect=draft.suspects.first(suspect),
            code=_text(_first(base, "OffenceCode")),
            listed_in=[keys[:-2]],
        )
    )
    said, own = draft.said_of_ends, told.reference
    if base is None:
        draft.not_read("offences without details", own)
    _read_timing(_first(base, "OffenceTiming"), _place(file, (*base_keys, "OffenceTiming")), told, draft)
    for name, event in _DATES.items():
        where = _place(file, (*base_keys, name))
        draft.happened(event, _date(_first(base, name)), where, suspect=suspect, offence=own)
    _read_finding(offence, keys, suspect, own, hearing, draft, file)
    for result_keys, result in _children(offence, "Result", keys):
        _read_result(result, _place(file, result_keys), suspect, own, hearing, draft)
    final = (_text(_first(offence, "FinalDisposalIndicator")) or "").upper()
    if final not in (*_FINAL, *_NOT_FINAL):
        draft.note(faults.FINAL_DISPOSAL_UNKNOWN, _place(file, keys), final=final)
    if final in _FINAL and draft.said_of_ends == said:
        draft.note(faults.DISPOSED_OF_WITHOUT_A_WORD, _place(file, keys))


def _read_timing(timing: Element | None, where: str, offence: OffenceDraft, draft: CaseDraft) -> None:
    """The day of the offence, where the message gives more than a bound of it."""
    started = _date(_first(timing, "OffenceStart", "OffenceDateStartDate"))
    code = _text(_first(timing, "OffenceDateCode"))
    meant = _codes().offence_dates.get(code or "")
    if started is not None and code is not None and meant is None:
        draft.note(faults.KIND_OF_DATE_UNKNOWN, where, code=code)
    elif started is not None and meant is not None and not meant.usable:
        draft.note(faults.OFFENCE_DATE_IS_A_BOUND, where, meaning=meant.meaning)
    else:
        offence.committed.append((started, where))


def _read_finding(
    offence: Element, keys: Keys, suspect: str, own: str, hearing: _Hearing, draft: CaseDraft, file: str
) -> None:
    convicted_on, code = _date(_first(offence, "ConvictionDate")), _text(_first(offence, "Finding"))
    finding = _codes().findings.get(code or "")
    if code is not None and finding is None:
        draft.note(faults.FINDING_UNKNOWN, _place(file, (*keys, "Finding")), code=code)
    elif finding is not None and finding.event is None:
        meaning = finding.meaning.lower()
        draft.note(faults.FINDING_WITHOUT_OUTCOME, _place(file, (*keys, "Finding")), code=code, meaning=meaning)
    if finding is not None and (finding.dated_by is _DatedBy.HEARING or convicted_on is None):
        if finding.event is not None:
            where = _place(file, (*keys, "Finding"))
            by = CourtResult(
                code=code, label=finding.meaning, written=hearing.held_on, where=where, suspect=suspect, offence=own
            )
            draft.decided(finding.event, by)
    else:
        where = _place(file, (*keys, "ConvictionDate"))
        draft.happened("case-outcome", convicted_on, where, suspect=suspect, offence=own)


def _read_result(result: Element, where: str, suspect: str, own: str, hearing: _Hearing, draft: CaseDraft) -> None:
    draft.resulted(
        CourtResult(
            code=_text(_first(result, "ResultCode")),
            qualifiers=tuple(t for _, item in _children(result, "ResultCodeQualifier", ()) if (t := _text(item))),
            written=hearing.held_on,
            where=where,
            suspect=suspect,
            hearing=hearing.reference,
            crown_court=hearing.crown_court,
            term=_term(_first(result, "Outcome", "Duration")),
            offence=own,
        )
    )
    for _, following in _children(result, "NextHearing", ()):
        details = _first(following, "NextHearingDetails")
        listed = _Hearing.of(details, where)
        if listed.held_on is None:
            draft.note(faults.NEXT_HEARING_WITHOUT_DATE, where)
        else:
            draft.happened(
                "hearing-listed", hearing.held_on, where, suspect=suspect, hearing=listed.reference, offence=own
            )


def _term(duration: Element | None) -> tuple[tuple[object, object], ...]:
    """The length of a sentence, which has up to two parts."""
    return tuple(
        (_text(_first(duration, f"{part}DurationValue")), _text(_first(duration, f"{part}DurationUnit")))
        for part in ("", "Secondary")
    )


# --- elements by local name -------------------------------------------------------------------------------------


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _first(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of local names."""
    found = element
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if _name(child) == name), None)
    return found


def _children(element: Element, name: str, keys: Keys) -> Iterator[tuple[Keys, Element]]:
    for n, child in enumerate(child for child in element if _name(child) == name):
        yield (*keys, name, n), child


def _text(element: Element | None) -> str | None:
    return None if element is None else written_text(element.text)


def _date(element: Element | None) -> str | None:
    """A date as written; XML allows it a time zone, which says nothing about a civil date."""
    written = _text(element)
    zoned = _ZONE.fullmatch(written or "")
    return zoned.group(1) if zoned else written


def _place(file: str, keys: Keys) -> str:
    return f"{file}, {format_path(keys)}"


# --- what the letters mean --------------------------------------------------------------------------------------


class _DatedBy(StrEnum):
    CONVICTION = "conviction"
    HEARING = "hearing"


@frozen(kw_only=True)
class _Finding(FromOneSource):
    code: str
    event: EventId | None
    dated_by: _DatedBy
    meaning: str


@frozen(kw_only=True)
class _OffenceDate(FromOneSource):
    code: str
    usable: bool
    meaning: str


@frozen(kw_only=True)
class _SpiFile:
    findings: tuple[_Finding, ...]
    offence_dates: tuple[_OffenceDate, ...]


@frozen(kw_only=True)
class _SpiCodes:
    findings: Mapping[str, _Finding]
    offence_dates: Mapping[str, _OffenceDate]


@cache
def _codes() -> _SpiCodes:
    file = DataFile.open("adapters/spi.yaml").one(_SpiFile)
    return _SpiCodes(
        findings={finding.code: finding for finding in file.findings},
        offence_dates={date.code: date for date in file.offence_dates},
    )
