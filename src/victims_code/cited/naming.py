"""Things found by their identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from attrs import frozen

from victims_code.arguments import need_text
from victims_code.errors import Fault, UnknownNameError, did_you_mean

__all__ = ["Word", "by_id", "named"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@frozen(kw_only=True)
class Word:
    """An identifier with its title, as lists of words hold them."""

    id: str
    title: str


def by_id(things: Iterable[N]) -> Mapping[str, N]:
    """Things by their identifiers, in order."""
    return {thing.id: thing for thing in things}


def named(things: Mapping[str, N], id_: str, what: str) -> N:
    """The thing of that identifier.

    :raises UnknownNameError: naming the nearest ones.
    """
    need_text(id_, what)
    try:
        return things[id_]
    except KeyError:
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                where="",
                what=f"There is no {what} called {id_!r}.",
                way_out=did_you_mean(id_, things, listing="Known"),
            )
        ) from None
