"""Offences that by their code have no individual victim, such as failing to surrender to bail."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from victims_code.identifiers import OffenceCode
from victims_code.law import Evidence
from victims_code.reading.data_files import DataFile

__all__ = ["WithoutVictim", "without_victim"]


@frozen(kw_only=True)
class WithoutVictim:
    """Codes of offences that have no individual victim, with the reason."""

    codes: tuple[str, ...]
    why: str
    evidence: Evidence
    source: str


@frozen(kw_only=True)
class _File:
    offences: tuple[WithoutVictim, ...]


@cache
def _by_code() -> dict[str, WithoutVictim]:
    listed = DataFile.open("offences/without-a-victim.yaml").one(_File).offences
    return {code: entry for entry in listed for code in entry.codes}


def without_victim(code: str) -> WithoutVictim | None:
    """The entry of an offence code that has no individual victim, or None if it may have one.

    :param code: the code as it is written.
    :raises WrongTypeError: if it is not text.

    >>> without_victim("BA76001").why
    'Failing to surrender to bail is an offence against the course of justice.'
    >>> without_victim("OF61016") is None
    True
    """
    return _by_code().get(OffenceCode.parse(code).base)
