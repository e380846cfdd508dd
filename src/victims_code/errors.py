"""What can be wrong, and how it is said.

Everything the library raises on purpose descends from :class:`VictimsCodeError` and carries one or more
:class:`Fault` objects. A fault names the place, what is wrong and the way out, and has a stable code that the
documentation explains. Nothing here prints a date of birth.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, TypedDict

from attrs import field, frozen

from victims_code.printable import one_line

__all__ = [
    "FAULT_KINDS",
    "CalendarRangeError",
    "CaseError",
    "CommissioningError",
    "EditionRangeError",
    "Fault",
    "FaultKind",
    "LawDataError",
    "MissingExtraError",
    "PlainFault",
    "ReturnError",
    "Severity",
    "UnknownNameError",
    "VictimsCodeError",
    "WrongTypeError",
    "WrongValueError",
    "did_you_mean",
    "in_printed_order",
]


class Severity(StrEnum):
    """What a fault asks of the reader.

    ``invalid``: the input contradicts itself or the format; correct the record. ``unsupported``: the input may be
    right, but the library does not encode the law it needs; go to a person. ``warning``: an answer was given, and
    this is worth a look.
    """

    INVALID = "invalid"
    UNSUPPORTED = "unsupported"
    WARNING = "warning"


@frozen(kw_only=True)
class FaultKind:
    """One entry of the published list of fault codes."""

    code: str
    severity: Severity
    title: str


def _kinds(severity: Severity, **titles: str) -> dict[str, FaultKind]:
    return {
        (code := name.replace("_", "-")): FaultKind(code=code, severity=severity, title=title)
        for name, title in titles.items()
    }


FAULT_KINDS: dict[str, FaultKind] = {
    **_kinds(
        Severity.INVALID,
        VC_FILE_001="A file cannot be read as YAML or JSON",
        VC_FILE_002="A key is written twice",
        VC_FILE_003="A key is not known here",
        VC_FILE_004="A key that must be there is missing",
        VC_FILE_005="A value is not of the kind that belongs here",
        VC_FILE_006="A file or folder does not exist",
        VC_FILE_007="A row does not fit the header of its table and was set aside",
        VC_FILE_008="The database cannot read, work out or write the rows of a table",
        VC_CASE_001="The event name is not in the vocabulary",
        VC_CASE_002="The event is dated before the offence",
        VC_CASE_003="A victim is named who is not in the case",
        VC_CASE_004="A reference is used twice",
        VC_CASE_005="Received before it happened",
        VC_CASE_006="Recorded before it happened",
        VC_CASE_007="The fact or flag is not in the vocabulary",
        VC_CASE_008="The value of a fact is not one it can take",
        VC_CASE_009="The event lacks `about`, or has one that means nothing for it",
        VC_CASE_010="A correction names a record that is not in the case",
        VC_CASE_011="The victim was born after the offence",
        VC_CASE_012="The same fact is asserted with two values from the same date",
        VC_CASE_013="The case names no victim",
        VC_CASE_014="The capacity in which somebody is a victim is not in the vocabulary",
        VC_CASE_015="Somebody is said to speak for a person who is not in the case, or can speak for nobody",
        VC_CASE_016="An offence is named that is not in the case",
        VC_CASE_017="The offences of the case cannot be told apart",
        VC_COM_001="A record of commissioning contradicts itself",
        VC_COM_002="Shares do not sum to the whole",
        VC_COM_003="The move is not allowed from where the service stands",
        VC_COM_004="A reference is not of the form it must have",
        VC_COM_005="A score lies outside its scale",
        VC_COM_006="A date comes before one it must follow",
        VC_COM_007="A name is not in the vocabulary of commissioning",
        VC_COM_008="The same name is used twice",
        VC_COM_009="The text is not one citation",
        VC_DATA_001="The law data refers to something that does not exist",
        VC_DATA_002="Two entries of the law data have the same identifier",
        VC_DATA_003="A statement of law has no source",
        VC_DATA_004="Dates in the law data are out of order, overlap or leave a gap",
        VC_DATA_005="A locator is given that no source confirms",
        VC_DATA_006="A deadline or condition in the law data is not well formed",
        VC_DATA_007="A change of the law, made to see what would follow, alters nothing",
        VC_DATA_008="The lineage of duties does not agree with the editions",
        VC_DATE_001="Not a date",
        VC_DATE_002="Not a whole number of days",
        VC_DATE_003="The number of days may not be negative here",
        VC_DATE_004="The date lies outside the calendar",
        VC_DATE_005="A holiday to be removed is not in the calendar, or one to be added is there already",
        VC_NAME_001="No such duty, edition, track or other name",
        VC_NAME_002="The duty has no date that can be worked out this way",
        VC_NAME_003="An optional part of the package is not installed",
        VC_NAME_004="Not a name that a schema or a view can have",
        VC_MEAS_001="An answer or score lies outside its scale",
        VC_MEAS_002="The number of answers is not that of the questionnaire",
        VC_MEAS_003="A count cannot be divided by something it is not a part of",
        VC_MEAS_004="A result is not of the kind the measure asks for",
        VC_MON_001="Not an amount of money",
        VC_MON_002="Parts do not make up the whole",
        VC_MON_003="More was spent or set aside than there is",
        VC_MON_004="Nothing to divide by, or nothing to share out",
        VC_RET_001="A column that must be there is missing",
        VC_RET_002="A column is not known, or stands twice",
        VC_RET_003="A cell is not of the kind that belongs here",
        VC_RET_004="A cell that must be filled is empty",
        VC_RET_005="Not a period, or not one the agreement knows",
        VC_RET_006="The parts do not add up to the total",
        VC_RET_007="A percentage is not what its numerator and denominator make",
        VC_RET_008="The numerator is greater than the denominator",
        VC_RET_009="A percentage stands beside a bare count or beside nothing",
        VC_RET_010="A referral does not say how it is counted",
        VC_RET_011="The periods of a provider leave a gap",
        VC_RET_012="The periods of a provider overlap",
        VC_RET_013="The provider is not known",
        VC_RET_014="The same line stands twice",
        VC_RET_015="The measure is not in the framework",
        VC_RET_016="A cell holds a formula",
        VC_RET_017="Cells are merged",
        VC_RET_018="There is nothing in the return",
        VC_RET_019="A measure is reported in the wrong column or section",
        VC_RET_020="A correction does not fit what was returned",
        VC_COMP_001="Counts and their totals do not fit together",
        VC_COMP_002="A table of obligations lacks a column, or has one of the wrong kind",
        VC_COMP_003="A table of obligations says something that no assessment says",
        VC_COMP_004="There is nothing to group by under that name",
        VC_COMP_005="A measure cannot be worked out in this way or from this table",
        VC_COMP_006="A table beside the obligations does not fit them",
    ),
    **_kinds(
        Severity.UNSUPPORTED,
        VC_LAW_001="The edition that governs this event is not encoded",
        VC_LAW_002="No edition of the Code governs this date",
        VC_LAW_003="A request was made under an earlier scheme, which is not encoded",
    ),
    **_kinds(
        Severity.WARNING,
        VC_CASE_101="A record was made after the date of assessment and is left out",
        VC_CASE_102="The same event is recorded twice",
        VC_CASE_103="A telling names no suspect although the case has several",
        VC_CASE_104="A telling answers no event on record",
        VC_LAW_101="The edition that governs an event starts no duty with it",
        VC_CASE_105="A due date rests on bank holidays that are projected, not proclaimed",
        VC_CASE_106="A decision names no offence in a case with several",
        VC_CASE_107="No offence of the case lists this victim",
        VC_CASE_108="An event names a victim and an offence that does not list them",
        VC_CASE_109="An age is not known because a date is missing",
        VC_CASE_121="Records are dated after the date of assessment and are not counted",
        VC_CASE_122="Records were made after the day whose knowledge was asked for and are not counted",
        VC_CASE_123="A date is more than a year after every other date of the case",
        VC_CASE_111="An event was received after the date of assessment, so its receipt is not counted",
        VC_CASE_112="A victim declines a duty that is owed to another body",
        VC_CASE_113="A victim is a child, and the record names no one who speaks for them",
        VC_CASE_116="A window ends on a day outside the calendar, so bank holidays were not looked at",
        VC_CASE_117="A date is one that systems fill in where it is not known",
        VC_CASE_118="A reference is a word that systems write where nothing is known",
        VC_CASE_119="A correction is withdrawn, and the record it replaced does not count again",
        VC_READ_101="A date in the message cannot be right and was not used",
        VC_READ_102="No victim is listed, so one stands in",
        VC_READ_103="Something in the message was not understood and was left out",
        VC_READ_104="Several offences were brought together into one case",
        VC_READ_105="Dates in the message are in an order that cannot be right; they were kept",
        VC_READ_106="A mark in the message may be about somebody other than the victim",
        VC_READ_107="An identifier has not its usual form, or its check letter does not fit",
        VC_READ_108="The offence code leaves a category open",
        VC_READ_109="A hearing is listed for a week and not for a day",
        VC_READ_110="Something happened on a day that is not given, so no event was made of it",
        VC_READ_115="One reference is written in several ways; they were read as one",
        VC_READ_116="A result that may have ended proceedings was not understood, or contradicts another",
        VC_READ_117="A key is written twice in a message; the first was used",
        VC_READ_118="It is not known which victims an offence or its result concerns",
        VC_READ_119="Parts of a message tell no event; they were counted and left out",
        VC_READ_120="A code is dated outside the days on which it was in use; it was read",
        VC_READ_121="A row does not fit the header of its table and was left out",
        VC_READ_122="Rows are the same in every cell as an earlier one",
        VC_READ_123="Two offences of a message have one reference; they were told apart",
        VC_MON_101="Money was spent outside the days it was given for",
        VC_MON_102="Money set aside for one purpose is not spent, or was spent on another",
        VC_RET_101="More people were supported than referred",
        VC_RET_102="A figure is missing without a reason",
        VC_RET_103="Parts are given without their total",
        VC_RET_104="A row is empty",
        VC_RET_105="A sum cannot be checked because a part is missing",
        VC_RET_106="An outcome is a bare count",
        VC_RET_107="The definition of a measure changes within the period",
    ),
}
"""Every fault code the library can give, with its severity and its title."""


class PlainFault(TypedDict):
    """A fault as plain values, as it stands in the JSON result."""

    code: str
    severity: Annotated[str, Severity]
    location: str
    message: str
    hint: str


_LONGEST, _FIRST, _LAST = 60, 35, 24
_QUOTED = re.compile(rf"""(?<![^\s(])(['"])((?:(?!\1)[^\\]|\\.){{{_LONGEST + 1},}}?)\1(?![^\s.,;:)])""")


def _cut(what: str) -> str:
    """A sentence that quotes only a short piece of every value, so that no record gets into a log by way of a fault."""
    return _QUOTED.sub(lambda found: f"{found[1]}{found[2][:_FIRST]}…{found[2][-_LAST:]}{found[1]}", what)


@frozen(kw_only=True)
class Fault:
    """One thing wrong, with its place and the way out. Of a long value that is quoted beginning and end are kept.

    >>> fault = Fault(code="VC-CASE-001", location="case.yaml, line 9, events[1].event",
    ...               message="'suspect-arested' is not an event name.", hint="Did you mean 'suspect-arrested'?")
    >>> print(fault)
    case.yaml, line 9, events[1].event: 'suspect-arested' is not an event name. Did you mean 'suspect-arrested'?
    [VC-CASE-001]
    >>> fault.severity
    <Severity.INVALID: 'invalid'>
    """

    code: str = field()
    location: str
    message: str = field(converter=_cut)
    hint: str

    @code.validator
    def _known(self, _attribute: object, value: str) -> None:
        if value not in FAULT_KINDS:
            raise ValueError(f"{value} is not in the list of fault codes")

    @property
    def severity(self) -> Severity:
        """Whether the fault is *invalid*, *unsupported* or a *warning*."""
        return FAULT_KINDS[self.code].severity

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return one_line(f"{place}{self.message} {self.hint} [{self.code}]")

    def to_dict(self) -> PlainFault:
        """The fault as plain values, as it stands in the JSON result."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "location": self.location,
            "message": self.message,
            "hint": self.hint,
        }


_PLACE = re.compile(r"(.+?)(?:, case .+?)?, (?:line|row) (\d+)")


def in_printed_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults file by file and line by line or row by row, however they were found; those without stay as they are."""
    files: dict[str, int] = {}

    def place(fault: Fault) -> tuple[int, int]:
        found = _PLACE.match(fault.location)
        return (files.setdefault(found[1], len(files)), int(found[2])) if found else (0, 0)

    return tuple(sorted(faults, key=place))


class VictimsCodeError(Exception):
    """Base of every error raised on purpose; ``faults`` holds all that was found, not only the first.

    >>> import victims_code as vc
    >>> try:
    ...     vc.Case.from_dict({"reference": "A1", "victims": []})
    ... except vc.VictimsCodeError as problem:
    ...     print([fault.code for fault in problem.faults], "-", problem)
    ['VC-CASE-013'] - victims: The case names no victim. Add one under `victims`. [VC-CASE-013]
    """

    def __init__(self, *faults: Fault) -> None:
        self.faults: tuple[Fault, ...] = in_printed_order(faults)
        super().__init__(*self.faults)

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> VictimsCodeError:
        """An error of this class that carries all of ``faults``."""
        return cls(*faults)

    def __str__(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        return "\n".join([f"{len(self.faults)} faults:", *(f"  {fault}" for fault in self.faults)])


class CaseError(VictimsCodeError, ValueError):
    """A case record is invalid; every fault is listed."""


class CommissioningError(VictimsCodeError, ValueError):
    """A record of commissioning is invalid, or a step it is to take is not allowed; every fault is listed."""


class LawDataError(VictimsCodeError, ValueError):
    """The law data itself is broken; every fault of the whole file set is listed."""


class ReturnError(VictimsCodeError, ValueError):
    """A return of figures, or the register it is checked against, is invalid; every fault is listed."""


class CalendarRangeError(VictimsCodeError, LookupError):
    """A date lies outside the calendar, or a calculation runs out of it."""


class EditionRangeError(VictimsCodeError, LookupError):
    """No encoded edition of the Code governs the date asked for."""


class UnknownNameError(VictimsCodeError, LookupError):
    """A duty, edition, event or other name that does not exist; the nearest ones are named."""


class WrongTypeError(VictimsCodeError, TypeError):
    """A value of the wrong type, such as text or a float where a date is meant."""


class WrongValueError(VictimsCodeError, ValueError):
    """A value of the right type that makes no sense here."""


class MissingExtraError(VictimsCodeError, ImportError):
    """A feature needs an optional dependency that is not installed."""


def did_you_mean(word: object, known: Iterable[str], *, listing: str = "Known names") -> str:
    """The way out for a name that does not exist: the nearest ones, or the whole list if none is near.

    >>> did_you_mean("suspect-arested", ["suspect-arrested", "crime-reported"])
    "Did you mean 'suspect-arrested'?"
    >>> did_you_mean("zzz", ["police", "cps"])
    'Known names: cps, police.'
    """
    names = sorted(known)
    near = _nearest(str(word), names)
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    return f"{listing}: {', '.join(names)}."


def _nearest(word: str, names: list[str]) -> list[str]:
    """Up to three names like ``word``: the best, and others nearly as good; or those that begin with it."""
    found = difflib.get_close_matches(word, names, n=3, cutoff=0.7)
    if not found and len(word) > 2:
        return [name for name in names if name.startswith(word)][:3]
    likeness = [difflib.SequenceMatcher(None, name, word).ratio() for name in found]
    return [name for name, ratio in zip(found, likeness, strict=True) if ratio >= likeness[0] - 0.06]
