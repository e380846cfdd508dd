"""The numbers by which cases, arrests, people, offences, courts, forces and organisations are known.

Each is read leniently, because each is written in several ways and published examples break their own check letters:
what was written is kept as ``raw``, the parts are there if the form is the usual one, and whatever is odd becomes a
warning. Nothing that is text is ever refused.

>>> urn = PTIURN.parse("01/zd/03077/08")
>>> urn.text, urn.force.name, urn.serial, urn.year, urn.warnings
('01ZD0307708', 'Metropolitan Police', '03077', '08', ())
>>> print(ASN.parse("1101ZD0100000410795B").warnings[0].message)
The check letter of this arrest/summons number does not fit its digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import ClassVar

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import FromOneSource

_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The check letters in the order of the remainders 0 to 22; I, O and S are not among them."""
_SEPARATORS = re.compile(r"[\s/\-]+")
_BETWEEN = re.compile(r"[\s/\\.,:_\-]+")
_NAMED = re.compile(r"(?:PTI ?)?URN\b[\s:.#]*|ASN\b[\s:.#]*")
_AS_DECIMAL = re.compile(r"(\d+)\.0+", re.ASCII)
_BEFORE_DIGITS = re.compile(r"(?<=[A-Z])/(?=\d)")


def check_letter(digits: str) -> str:
    """The check letter of a number of the criminal justice system: its remainder on division by 23, as a letter.

    Source: the POLE data standards for the PNC ID; for the arrest/summons number it fits 182 of 188 published
    examples.

    :raises WrongTypeError: if it is not text.
    :raises WrongValueError: if it holds anything but digits.

    >>> check_letter("010111" + "00000410795")
    'A'
    """
    digits = _written(digits, "A number")
    if not (digits.isascii() and digits.isdigit()):
        raise WrongValueError(faults.DIGITS_NEEDED.at("digits"))
    return _LETTERS[int(digits) % 23]


def _written(value: object, kind: str) -> str:
    if isinstance(value, str):
        return value
    raise WrongTypeError(faults.IDENTIFIER_NOT_TEXT.at(kind=kind, given=type(value).__name__))


def _spelt(value: str) -> str:
    """A reference in capitals with a stroke for each separator, however it was typed.

    Full-width letters, the dashes of word processors, marks that no one sees and a leading "URN:" are spellings too.
    """
    plain = value if value.isascii() and value.isprintable() else _in_plain_letters(value)
    plain = plain.upper().strip().lstrip("'\u2018\u2019`")
    return _BETWEEN.sub("/", _NAMED.sub("", plain, count=1) if _NAMED.match(plain) else plain).strip("/")


def _in_plain_letters(value: str) -> str:
    """Text as people read it: no full-width letters, one kind of dash, and nothing that cannot be seen."""
    seen = (
        c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace()
    )
    return "".join("-" if unicodedata.category(c) == "Pd" else c for c in seen)


@checked_if_it_fails
@lru_cache(maxsize=65_536)
def case_key(reference: str) -> str:
    """The form by which references of cases are compared: two spellings of one reference have the same key.

    A URN has one key however it is written. Of other references, capitals, kinds of separators and a separator between
    letters and digits do not count, but where digits are separated does. ``401.0`` is how tables write the number 401.

    >>> {case_key(urn) for urn in ("01ZD0307708", "01zd 03077 08", "01/ZD/3077/08", " 01-ZD-03077-2008")}
    {'01ZD0307708'}
    >>> case_key("22/0412/26") == case_key("22-0412-26"), case_key("22/0412/26") == case_key("220/412/26")
    (True, False)
    >>> case_key("401.0") == case_key("401")
    True
    """
    urn = PTIURN.parse(reference)
    return urn.text if urn.force is not None else _other_key(reference)


@checked_if_it_fails
@lru_cache(maxsize=65_536)
def suspect_key(reference: str) -> str:
    """The form by which references of suspects are compared: that of an arrest/summons number, or of any other.

    >>> suspect_key("11/01ZD/01/410795A") == suspect_key("1101zd 01 00000410795A")
    True
    >>> suspect_key("S 1") == suspect_key("s1"), suspect_key("S1") == suspect_key("S11")
    (True, False)
    """
    number = ASN.parse(reference)
    return number.text if number.year is not None else _other_key(reference)


def _other_key(reference: str) -> str:
    whole = _AS_DECIMAL.fullmatch(reference.strip())
    return _BEFORE_DIGITS.sub("", _spelt(reference if whole is None else whole[1])) or reference


# --- forces -----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class PoliceForce(FromOneSource):
    """A police force or other body that records crime: its code and its names elsewhere."""

    code: str
    name: str
    territorial: bool
    also: tuple[str, ...] = ()
    area: str | None = None
    slug: str | None = None


@cache
def forces() -> Mapping[str, PoliceForce]:
    """The forces by every code they have.

    >>> forces()["13"].name, forces()["93"].name, forces()["02"].slug
    ('West Yorkshire', 'British Transport Police', 'metropolitan')
    """
    listed = DataFile.open("forces.yaml").all(PoliceForce)
    return MappingProxyType({code: force for force in listed for code in (force.code, *force.also)})


@frozen(kw_only=True)
class ForceCode:
    """The two digits of a force.

    >>> ForceCode.parse("1").text, ForceCode.parse("1").name
    ('01', 'Metropolitan Police')
    >>> ForceCode.parse("77").name is None, len(ForceCode.parse("77").warnings)
    (True, 1)
    """

    raw: str
    text: str
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> ForceCode:
        """Read a force code; an unknown one is kept, with a warning."""
        text = _written(raw, "A force code").strip().upper().zfill(2)
        known = text in forces()
        return cls(raw=raw, text=text, warnings=() if known else (faults.NO_FORCE_OF_THAT_CODE.at(code=text),))

    @property
    def force(self) -> PoliceForce | None:
        """The force, if the code is known."""
        return forces().get(self.text)

    @property
    def name(self) -> str | None:
        """The name of the force, if the code is known."""
        return self.force.name if self.force else None


# --- cases and arrests ------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class PTIURN:
    """The unique reference number of a prosecution case (*pre-trial issue URN*).

    Force (2), unit (2), serial number (5), year (2), and where a case was split a suffix. Numbers of other
    prosecutors have no force in them: they are kept whole, and ``force`` is None.

    >>> PTIURN.parse("01ZD0307708/2").split
    '2'
    >>> other = PTIURN.parse("TM370142723")
    >>> other.text, other.force, other.warnings[0].code
    ('TM370142723', None, 'VC-READ-107')
    """

    _WHOLE: ClassVar[re.Pattern[str]] = re.compile(r"(\d{2})([A-Z0-9]{2})(\d{5})(\d{2})([A-Z0-9]{1,2})?", re.ASCII)
    _SHOWN: ClassVar[re.Pattern[str]] = re.compile(
        r"(\d{1,2})/?([A-Z][A-Z0-9]|\d[A-Z])/(\d{1,5})/(?:19|20)?(\d{2})(?:/([A-Z0-9]{1,2}))?", re.ASCII
    )

    raw: str
    text: str
    force: ForceCode | None = None
    unit: str | None = None
    serial: str | None = None
    year: str | None = None
    split: str | None = None
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> PTIURN:
        """Read a URN: with or without separators and leading zeros, in capitals or small letters."""
        spelt = _spelt(_written(raw, "A URN"))
        text = spelt.replace("/", "")
        found = cls._SHOWN.fullmatch(spelt) or cls._WHOLE.fullmatch(text)
        if found is None:
            return cls(raw=raw, text=text, warnings=(faults.URN_NOT_IN_THE_USUAL_FORMAT.at(),))
        force, unit, serial, year, split = found.groups()
        code, serial = ForceCode.parse(force), serial.zfill(5)
        return cls(
            raw=raw,
            text=f"{code.text}{unit}{serial}{year}{split or ''}",
            force=code,
            unit=unit,
            serial=serial,
            year=year,
            split=split,
            warnings=code.warnings,
        )


@frozen(kw_only=True)
class ASN:
    """An arrest/summons number: year (2), in some a letter, force (2), unit (2), system (2), number (11), check letter.

    The Police National Computer shows the same number with strokes and without leading zeros.

    >>> whole, shown = ASN.parse("1101ZD0100000410795A"), ASN.parse("11/01ZD/01/410795A")
    >>> whole.text == shown.text, whole.year, whole.force.text, whole.unit, whole.check_fits
    (True, '11', '01', 'ZD', True)
    >>> ASN.parse("nonsense").check_fits is None
    True
    """

    _WHOLE: ClassVar[re.Pattern[str]] = re.compile(
        r"(\d{2})([A-Z]?)([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{1,11})([A-Z])", re.ASCII
    )
    _SHOWN: ClassVar[re.Pattern[str]] = re.compile(
        r"(\d{2})/([A-Z]?)([A-Z0-9]{2})/?([A-Z0-9]{2})/([A-Z0-9]{2})/(\d{1,11})/?([A-Z])", re.ASCII
    )

    raw: str
    text: str
    year: str | None = None
    top_level: str | None = None
    force: ForceCode | None = None
    unit: str | None = None
    system: str | None = None
    number: str | None = None
    check: str | None = None
    check_fits: bool | None = None
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> ASN:
        """Read an arrest/summons number in either form; a check letter that does not fit is only a warning."""
        spelt = _spelt(_written(raw, "An arrest/summons number"))
        whole = spelt.replace("/", "")
        found = cls._SHOWN.fullmatch(spelt) or cls._WHOLE.fullmatch(whole)
        if found is None:
            return cls(raw=raw, text=whole, warnings=(faults.ASN_NOT_IN_THE_USUAL_FORMAT.at(),))
        year, top, force, unit, system, number, check = found.groups()
        number = number.zfill(11)
        digits = f"{force}{system}{year}{number}"
        fits = check_letter(digits) == check if digits.isdecimal() else None
        misfit = faults.CHECK_LETTER_DOES_NOT_FIT.at(kind="arrest/summons number")
        return cls(
            raw=raw,
            text=f"{year}{top}{force}{unit}{system}{number}{check}",
            year=year,
            top_level=top or None,
            force=ForceCode.parse(force),
            unit=unit,
            system=system,
            number=number,
            check=check,
            check_fits=fits,
            warnings=(misfit,) if fits is False else (),
        )


@frozen(kw_only=True)
class PNCId:
    """The number of a person on the Police National Computer: year (4), number (7), check letter.

    It identifies someone, so ``repr`` does not show it.

    >>> PNCId.parse("2000/0000001W")
    PNCId(check_fits=False)
    >>> PNCId.parse("00/1" + check_letter("000000001")).text == PNCId.parse("2000/0000001A").text
    True
    """

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"(\d{4}|\d{2})/?(?:(?<=/)(\d{1,7})|(\d{7}))([A-Z])")

    raw: str = field(repr=False)
    text: str = field(repr=False)
    year: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    check: str | None = field(default=None, repr=False)
    check_fits: bool | None = None
    warnings: tuple[Fault, ...] = field(default=(), repr=False)

    @classmethod
    def parse(cls, raw: str) -> PNCId:
        """Read a PNC ID; a year of two digits is taken for the most recent that is not after 2049."""
        spaced = re.sub(r"\s+", "", _written(raw, "A PNC ID")).upper()
        found = cls._FORM.fullmatch(spaced)
        if found is None:
            return cls(raw=raw, text=spaced, warnings=(faults.PNC_ID_NOT_IN_THE_USUAL_FORMAT.at(),))
        year, shown, whole, check = found.groups()
        number = (shown or whole).zfill(7)
        fits = check_letter(year[-2:] + number) == check
        full = year if len(year) == 4 else f"{'19' if year >= '50' else '20'}{year}"
        return cls(
            raw=raw,
            text=f"{full}/{number}{check}",
            year=full,
            number=number,
            check=check,
            check_fits=fits,
            warnings=() if fits else (faults.CHECK_LETTER_DOES_NOT_FIT.at(kind="PNC ID"),),
        )


# --- offences and courts ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class OffenceCode:
    """A CJS offence code: Act or source (2), year (2) and number (3), or COML and number for the common law.

    A last letter A means an attempt, B aiding and abetting, C a conspiracy, I incitement; ``base`` is the code without
    it. Codes of another form were given out by single forces or are superseded, and ``national`` is false.

    >>> code = OffenceCode.parse("of/61/016 a")
    >>> code.text, code.base, code.suffix, code.act, code.national
    ('OF61016A', 'OF61016', 'A', 'OF61', True)
    >>> OffenceCode.parse("10YY000062").national
    False
    """

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"(COML|[A-Z]{2}\d{2})(\d{3})([A-Z])?")

    raw: str
    text: str
    act: str | None = None
    number: str | None = None
    suffix: str | None = None
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> OffenceCode:
        """Read an offence code, with or without separators."""
        text = _SEPARATORS.sub("", _written(raw, "An offence code")).upper()
        found = cls._FORM.fullmatch(text)
        if found is None:
            return cls(raw=raw, text=text, warnings=(faults.OFFENCE_CODE_NOT_IN_THE_USUAL_FORMAT.at(),))
        act, number, suffix = found.groups()
        return cls(raw=raw, text=text, act=act, number=number, suffix=suffix)

    @property
    def national(self) -> bool:
        """Whether the code has the form of the national list."""
        return self.act is not None

    @property
    def base(self) -> str:
        """The code without its last letter."""
        return f"{self.act}{self.number}" if self.national else self.text


@frozen(kw_only=True)
class OUCode:
    """The code of an organisation unit, such as a court or a police station.

    Top level (1, courts only: B magistrates' courts, C the Crown Court), area (2), unit (2), and below it (2).

    >>> OUCode.parse("C01SN01").kind, OUCode.parse("01zd00").area
    ('Crown Court', '01')
    """

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"([A-Z])?([A-Z0-9]{2})([A-Z0-9_]{2})([A-Z0-9]{2})")
    _KINDS: ClassVar[Mapping[str, str]] = {"B": "magistrates' court", "C": "Crown Court"}

    raw: str
    text: str
    top_level: str | None = None
    area: str | None = None
    unit: str | None = None
    below: str | None = None
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> OUCode:
        """Read the code of an organisation unit."""
        text = _SEPARATORS.sub("", _written(raw, "An organisation unit code")).upper()
        found = cls._FORM.fullmatch(text)
        if found is None:
            return cls(raw=raw, text=text, warnings=(faults.COURT_CODE_NOT_IN_THE_USUAL_FORMAT.at(),))
        top, area, unit, below = found.groups()
        return cls(raw=raw, text=text, top_level=top, area=area, unit=unit, below=below)

    @property
    def kind(self) -> str | None:
        """``magistrates' court`` or ``Crown Court`` for a court, otherwise None."""
        return self._KINDS.get(self.top_level or "")


# --- organisations ----------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class OrganisationList(FromOneSource):
    """A list that identifies organisations, by its code at org-id.guide; ``form`` is how its numbers are written."""

    code: str
    title: str
    form: str
    example: str


@cache
def organisation_lists() -> Mapping[str, OrganisationList]:
    """The lists that identify organisations, by their codes.

    >>> organisation_lists()["GB-CHC"].title
    'Charity Commission for England and Wales'
    """
    listed = DataFile.open("organisation-lists.yaml").all(OrganisationList)
    return MappingProxyType({one.code: one for one in listed})


@frozen(kw_only=True)
class OrganisationId:
    """What identifies an organisation, as org-id.guide has it: the code of a list, and the number in that list.

    A funder's own identifier, which begins with ``360G-``, is kept whole.

    >>> charity = OrganisationId.parse("gb-chc-1164883")
    >>> charity.text, charity.list_code, charity.number, charity.warnings
    ('GB-CHC-1164883', 'GB-CHC', '1164883', ())
    >>> print(OrganisationId.parse("GB-COH-9506232").warnings[0].message)
    '9506232' is not in the usual format of Companies House.
    >>> OrganisationId.parse("360G-borset-0012").list_code, OrganisationId.parse("Lantern").list_code
    ('360G', None)
    """

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"(360G|[A-Z]{2}-[A-Z0-9]+)-([\w./-]+)")

    raw: str
    text: str
    list_code: str | None = None
    number: str | None = None
    warnings: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> OrganisationId:
        """Read an identifier; one of a list that is not known, or with a number of another form, is a warning."""
        text = _written(raw, "The identifier of an organisation").strip()
        head = text.partition("-")[0]
        text = text if head.upper() == "360G" else text.upper()
        found = cls._FORM.fullmatch(text)
        if found is None:
            return cls(raw=raw, text=text, warnings=(_not_in_the_format(text, "org-id, such as GB-CHC-1164883"),))
        code, number = found.groups()
        return cls(raw=raw, text=text, list_code=code, number=number, warnings=tuple(_oddities_of(code, number)))


def _oddities_of(code: str, number: str) -> Iterator[Fault]:
    listed = organisation_lists()
    if code.startswith("GB-") and code not in listed:
        yield faults.NO_LIST_OF_ORGANISATIONS.at(code=code, nearest=did_you_mean(code, listed, listing="Lists"))
    elif code in listed and not re.fullmatch(listed[code].form, number):
        yield _not_in_the_format(number, listed[code].title)


def _not_in_the_format(text: str, kind: str) -> Fault:
    return faults.ORGANISATION_NOT_IN_THE_USUAL_FORMAT.at(text=text, kind=kind)
