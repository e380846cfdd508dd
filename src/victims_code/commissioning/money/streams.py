"""The funding streams that services are paid from, dated, because they are merged and renamed."""

from __future__ import annotations

from datetime import date
from functools import cache

from attrs import frozen

from victims_code.dates import Moment, civil_date
from victims_code.errors import Fault, UnknownNameError, did_you_mean
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Citation, Evidence

__all__ = ["FundingStream", "funding_streams"]


@frozen(kw_only=True)
class FundingStream:
    """Money with a name: who gives it, for what, from when until when (both days included; None is not known)."""

    id: str
    title: str
    funder: str
    purpose: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    since: date | None = None
    until: date | None = None
    ring_fenced: bool = False
    carried_over: bool | None = None
    merged_into: str | None = None
    note: str | None = None

    @classmethod
    def load(cls, id_: str) -> FundingStream:
        """The stream of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.

        >>> FundingStream.load("moj-isva-idva").merged_into
        'moj-domestic-abuse-and-sexual-violence-merged'
        """
        for stream in _all():
            if stream.id == id_:
                return stream
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                location="funding stream",
                message=f"There is no funding stream {id_!r}.",
                hint=did_you_mean(id_, [stream.id for stream in _all()], listing="Streams"),
            )
        )


@frozen(kw_only=True)
class _StreamsFile:
    streams: tuple[FundingStream, ...]


@cache
def _all() -> tuple[FundingStream, ...]:
    return DataFile.open("commissioning/funding-streams.yaml").one(_StreamsFile).streams


def funding_streams(on: Moment | None = None) -> tuple[FundingStream, ...]:
    """Every funding stream, or those that may exist on a day.

    :raises LawDataError: if the file is broken.

    >>> [stream.id for stream in funding_streams(date(2025, 6, 1)) if stream.id.startswith("moj-domestic")]
    ['moj-domestic-abuse-and-sexual-violence-merged']
    """
    if on is None:
        return _all()
    day = civil_date(on)
    return tuple(
        stream
        for stream in _all()
        if (stream.since is None or stream.since <= day) and (stream.until is None or day <= stream.until)
    )
