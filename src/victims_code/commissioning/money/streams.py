"""Funding streams: money with a name, which is dated because streams are merged and renamed."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code.commissioning.records import Typed
from victims_code.commissioning.validators import word
from victims_code.dates import Moment, civil_date
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced, Span


@frozen(kw_only=True)
class FundingStream(Typed, Sourced, Span):
    """Money with a name: who gives it, for what, from when until when (both days included; None is not known)."""

    id: str
    title: str
    funder: str
    purpose: str
    ring_fenced: bool = False
    carried_over: bool | None = None
    merged_into: str | None = None

    @classmethod
    def load(cls, id_: str) -> FundingStream:
        """The stream of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.

        >>> FundingStream.load("moj-isva-idva").merged_into
        'moj-domestic-abuse-and-sexual-violence-merged'
        """
        return named(by_id(_all()), id_, "funding stream")


@frozen(kw_only=True)
class _StreamsFile:
    streams: tuple[FundingStream, ...]


@cache
def _all() -> tuple[FundingStream, ...]:
    return DataFile.open("commissioning/funding-streams.yaml").one(_StreamsFile).streams


def funding_streams(on: Moment | None = None) -> tuple[FundingStream, ...]:
    """Every funding stream, or those that may exist on a day.

    :raises LawDataError: if the file is broken.

    >>> from datetime import date
    >>> [stream.id for stream in funding_streams(date(2025, 6, 1)) if stream.id.startswith("moj-domestic")]
    ['moj-domestic-abuse-and-sexual-violence-merged']
    """
    if on is None:
        return _all()
    day = civil_date(on)
    return tuple(stream for stream in _all() if stream.holds_on(day))


StreamName = Annotated[str, word("funding stream", lambda: by_id(_all()))]
"""The identifier of a funding stream, such as ``moj-core``."""
