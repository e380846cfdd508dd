"""What a local policing body must publish: the items of the Specified Information Order 2011, as amended."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.records import Typed
from victims_code.commissioning.validators import word
from victims_code.money import Money
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.sources import Sourced, Span


@frozen(kw_only=True)
class SpecifiedItem(Typed, Sourced, Span):
    """One item of the Order, by its paragraph.

    :param about: which records it is about: decision, grant, contract, spending, meeting; none for what no record here
        holds.
    :param above: the sum above which it applies; None if it always does.
    :param needs: what must be said of each.
    :param when: when it is published, in words; None where that was not read.
    """

    id: str
    title: str
    about: tuple[str, ...] = ()
    above: Money | None = None
    needs: tuple[str, ...] = ()
    when: str | None = None


@cache
def _all() -> tuple[SpecifiedItem, ...]:
    return DataFile.open("commissioning/specified-information.yaml").all(SpecifiedItem)


@checked
def specified_items(on: date | None = None, *, about: str | None = None) -> tuple[SpecifiedItem, ...]:
    """What must be published, in the order of the paragraphs.

    :param on: the day to ask about; by default every item that ever was.
    :param about: only what is about such a record, such as ``grant``.
    :raises LawDataError: if the file is broken.

    >>> [item.id for item in specified_items(about="contract")], specified_items(about="decision")[0].id
    (['3(g)', '4(b)', '4(c)'], '5(d)')
    >>> "3(g)" in [item.id for item in specified_items(date(2012, 6, 1))]
    False
    """
    return tuple(
        item for item in _all() if (on is None or item.holds_on(on)) and (about is None or about in item.about)
    )


ItemName = Annotated[str, word("item of the Specified Information Order", lambda: by_id(_all()), listing="Items")]
"""The paragraph of an item, such as ``3(f)``."""
