"""Digital Case File messages between police and prosecution as cases: who the victims are and what is known of them.

LM04 tells of one victim or witness, CM01 of the suspects and their offences before charge. Neither dates what happened,
so there are no events in these cases; they are for :func:`victims_code.adapters.combined`, which joins them to what
other messages say of the same case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from attrs import frozen

from victims_code import faults
from victims_code.adapters.court_cases import CaseDraft
from victims_code.adapters.message_files import (
    JsonSource,
    Message,
    names_not_known,
    names_of_keys,
    nested_safely,
    read_message,
    written_text,
)
from victims_code.adapters.offence_drafts import OffenceDraft
from victims_code.cases import Assertion, Case
from victims_code.errors import CaseError
from victims_code.identifiers import case_key
from victims_code.names import EventId, FactId
from victims_code.reading.data_files import DataFile
from victims_code.reading.documents import Keys, format_path
from victims_code.reading.sources import FromOneSource

_SOURCE = "Digital Case File"
_OFFENCE, _OFFENCES_OF = "OffenceId", "XOffenceId"
"""How an offence is called, and how a victim names the offences against them."""


def read_case(source: JsonSource) -> Case:
    """The case of a Digital Case File message, LM04 or CM01.

    :param source: the path of a JSON file, JSON as bytes, or the message already read.
    :returns: a case without events, with the URN as its reference. A classification as vulnerable or intimidated is an
        assertion with its source; what happened on a day that is not given is in the notes.
    :raises CaseError: if the source is no such message.

    >>> message = {"WitnessOrVictim": {
    ...     "PTIURN": {"Force": "45", "Unit": "AA", "Number": "00001", "Year": "26", "Split": None},
    ...     "VictimWitness": {"TypeOfPerson": "VictimWitness", "DateOfBirth": "2012-09-03", "Person": {
    ...         "UniqueId": "P1", "PersonClassification": [
    ...             {"ClassificationType": "TypeOfWitness", "ClassificationCode": "L"}]}}}}
    >>> case = read_case(message)
    >>> case.reference, case.victims[0].reference, case.victims[0].facts[0].source
    ('45AA0000126', 'P1', 'Digital Case File TypeOfWitness L')
    """
    message = read_message(source)
    with nested_safely(message.file):
        return _read(message)


def _read(whole: Message) -> Case:
    found = [found for found in _walk(whole.data, ()) if "PTIURN" in found[1]]
    if not found:
        raise CaseError(faults.NOT_A_DCF_MESSAGE.at(whole.file))
    keys, message = found[0]
    reading = _DcfReader(file=whole.file)
    where = reading.place(keys)
    draft = CaseDraft(reference=_urn(message["PTIURN"]) or "unnamed-1", source=_SOURCE, where=where)
    draft.notes += (*whole.notes, *names_not_known("dcf", names_of_keys(whole.data), whole.file))
    for other_keys, other in found[1:]:
        if (urn := _urn(other["PTIURN"])) is not None and case_key(urn) != case_key(draft.reference):
            draft.note(faults.ANOTHER_CASE_IN_THE_MESSAGE, reading.place(other_keys), case=urn)
    for person_keys, person in _people(message, keys):
        _read_person(person, person_keys, draft, reading)
    for inner_keys, inner in _walk(message, keys):
        _read_offence(inner, inner_keys, draft, reading)
        _read_undated(inner, inner_keys, draft, reading)
    for person_keys, person in _people(message, keys):
        _read_offences_of(person, person_keys, draft, reading)
    return draft.finish()


def looks_like_message(data: object) -> bool:
    """Whether data read from JSON is such a message.

    >>> looks_like_message({"PreChargeDecisionRequest": {"PTIURN": {}}}), looks_like_message({"reference": "X"})
    (True, False)
    """
    known = ("WitnessOrVictim", "PreChargeDecisionRequest")
    return isinstance(data, Mapping) and any(name in data for name in known)


@frozen(kw_only=True)
class _DcfReader:
    file: str

    def place(self, keys: Keys) -> str:
        """A place in the message in words."""
        return ", ".join(part for part in (self.file, format_path(keys)) if part)


def _walk(data: object, keys: Keys) -> Iterator[tuple[Keys, Mapping[str, object]]]:
    """Every group of keys of the message, outermost first."""
    if isinstance(data, Mapping):
        yield keys, data
        for key, value in data.items():
            yield from _walk(value, (*keys, str(key)))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _walk(value, (*keys, n))


def _urn(parts: object) -> str | None:
    if not isinstance(parts, Mapping):
        return written_text(parts)
    return "".join(written_text(parts.get(part)) or "" for part in ("Force", "Unit", "Number", "Year", "Split")) or None


def _people(message: Mapping[str, object], keys: Keys) -> Iterator[tuple[Keys, Mapping[str, object]]]:
    """Those the message calls a victim, a witness, or both."""
    return ((inner_keys, inner) for inner_keys, inner in _walk(message, keys) if "TypeOfPerson" in inner)


def _read_person(person: Mapping[str, object], keys: Keys, draft: CaseDraft, reading: _DcfReader) -> None:
    kind, details = written_text(person.get("TypeOfPerson")), person.get("Person")
    inner = details if isinstance(details, Mapping) else person
    if kind not in _codes().victims:
        draft.note(faults.PERSON_NOT_A_VICTIM, reading.place(keys), kind=(kind or "person of no kind").lower())
        return
    reference = written_text(inner.get("UniqueId")) or f"victim-{len(draft.victims) + 1}"
    born = person.get("DateOfBirth") or inner.get("DateOfBirth")
    draft.victims[reference] = (born, reading.place((*keys, "DateOfBirth")))
    classes = inner.get("PersonClassification")
    place = reading.place((*keys, "Person", "PersonClassification"))
    if classes is not None and not isinstance(classes, list):
        draft.note(faults.LIST_BELONGS_HERE, place)
    for n, given in enumerate(classes if isinstance(classes, list) else ()):
        place = reading.place((*keys, "Person", "PersonClassification", n))
        if not isinstance(given, Mapping):
            draft.note(faults.NOT_A_GROUP_OF_KEYS, place)
        elif given.get("ClassificationType") != "TypeOfWitness":
            draft.not_read("classifications of a person", str(written_text(given.get("ClassificationType"))))
        elif _stands(given):
            _read_witness_type(written_text(given.get("ClassificationCode")), reference, place, draft)


def _read_offences_of(person: Mapping[str, object], keys: Keys, draft: CaseDraft, reading: _DcfReader) -> None:
    """The offences that a victim is a victim of, where the message tells of those offences, too."""
    details = person.get("Person")
    victim = written_text((details if isinstance(details, Mapping) else person).get("UniqueId"))
    if victim is None or victim not in draft.victims:
        return
    for inner_keys, inner in _walk(person, keys):
        given, where = inner.get(_OFFENCES_OF), reading.place((*inner_keys, _OFFENCES_OF))
        for offence in given if isinstance(given, list) else [given]:
            reference = written_text(offence)
            if f"{reference} (2)" in draft.offences:
                draft.note(faults.VICTIM_OF_EITHER_OFFENCE, where, offence=reference)
            elif reference is not None and reference in draft.offences:
                draft.offences[reference].against(victim)
            elif reference is not None:
                draft.note(faults.OFFENCE_NOT_IN_THE_MESSAGE, where, offence=reference)


def _read_witness_type(code: str | None, victim: str, where: str, draft: CaseDraft) -> None:
    known = _codes().witness_types.get(code or "")
    if known is None:
        draft.note(faults.WITNESS_TYPE_UNKNOWN, where, code=code)
    elif known.fact is not None:
        draft.said_of(victim, Assertion(fact=known.fact, value=True, source=f"{_SOURCE} TypeOfWitness {code}"))


def _stands(given: Mapping[str, object]) -> bool:
    """Whether a classification is not taken back by a flag that says false."""
    value = given.get("ClassificationValue")
    return not isinstance(value, Mapping) or value.get("ClassificationValueFlag") is not False


def _read_offence(inner: Mapping[str, object], keys: Keys, draft: CaseDraft, reading: _DcfReader) -> None:
    """A possible or proposed charge: its code in parts, and the first day on which it was committed."""
    if "CJSCode" not in inner:
        return
    code = _offence_code(inner["CJSCode"])
    if code is None and inner["CJSCode"] is not None:
        draft.note(faults.NOT_AN_OFFENCE_CODE_IN_PARTS, reading.place((*keys, "CJSCode")))
    draft.offence(
        OffenceDraft(
            reference=_offence_reference(inner, code, draft),
            where=reading.place(keys),
            code=code,
            committed=[(inner.get("FromDate"), reading.place((*keys, "FromDate")))],
            listed_in=[keys[:-1]],
        )
    )


def _offence_reference(inner: Mapping[str, object], code: str | None, draft: CaseDraft) -> str:
    """How the message calls an offence; one without a name is called by its code."""
    number = len(draft.offences) + 1
    made = code or f"offence {number}"
    return written_text(inner.get(_OFFENCE)) or (f"{made} ({number})" if made in draft.offences else made)


def _offence_code(given: object) -> str | None:
    """The code of an offence from its parts: the Act or source, the year, and the number within it."""
    parts = given.get("Code") if isinstance(given, Mapping) else None
    act = parts.get("Alternative") if isinstance(parts, Mapping) else None
    if not isinstance(parts, Mapping) or not isinstance(act, Mapping):
        return written_text(given)
    whole = [written_text(act.get("ActOrSource")), written_text(act.get("Year")), written_text(parts.get("Reason"))]
    return "".join(part for part in whole if part) or None


def _read_undated(inner: Mapping[str, object], keys: Keys, draft: CaseDraft, reading: _DcfReader) -> None:
    for name in dict.fromkeys(known.field for known in _codes().undated):
        if (status := written_text(inner.get(name))) is None:
            continue
        place = reading.place((*keys, name))
        known = next((one for one in _codes().undated if (one.field, one.code.lower()) == (name, status.lower())), None)
        if known is None:
            draft.note(faults.STATUS_UNKNOWN, place, status=status)
        elif known.event is not None:
            draft.note(faults.STATUS_WITHOUT_DATE, place, meaning=known.meaning, event=known.event)


# --- what the codes mean ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _WitnessType(FromOneSource):
    code: str
    fact: FactId | None
    meaning: str
    note: str | None = None


@frozen(kw_only=True)
class _Undated(FromOneSource):
    field: str
    code: str
    event: EventId | None
    meaning: str


@frozen(kw_only=True)
class _DcfFile:
    witness_types: tuple[_WitnessType, ...]
    victims: tuple[str, ...]
    undated: tuple[_Undated, ...]


@frozen(kw_only=True)
class _DcfCodes:
    witness_types: Mapping[str, _WitnessType]
    victims: tuple[str, ...]
    undated: tuple[_Undated, ...]


@cache
def _codes() -> _DcfCodes:
    file = DataFile.open("adapters/dcf.yaml").one(_DcfFile)
    return _DcfCodes(
        witness_types={row.code: row for row in file.witness_types}, victims=file.victims, undated=file.undated
    )
