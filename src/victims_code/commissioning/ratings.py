"""Rating a value against its target, with thresholds that are data and may be replaced.

Demand is never rated: more of it is not worse work. A value or target that is missing is not rated either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from attrs import frozen

from victims_code.figures import Direction
from victims_code.law import Citation, Evidence
from victims_code.reading.data_files import DataFile, by_id

__all__ = ["Rating", "RatingBand", "rate", "rating_bands"]


@frozen(kw_only=True)
class RatingBand:
    """One rating, and the percentage of the target that a value must reach for it."""

    id: str
    title: str
    at_least: int


@frozen(kw_only=True)
class _RatingsFile:
    bands: tuple[RatingBand, ...]
    cites: tuple[Citation, ...]
    evidence: Evidence
    note: str | None = None


@frozen(kw_only=True)
class Rating:
    """The rating of a value; ``band`` is None where it is not rated, and ``why`` says why."""

    band: str | None
    why: str


@cache
def _file() -> _RatingsFile:
    file = DataFile.open("commissioning/ratings.yaml")
    read = file.one(_RatingsFile)
    if list(read.bands) != sorted(read.bands, key=lambda band: -band.at_least) or read.bands[-1].at_least != 0:
        what = "The bands do not go down from the best to nought."
        file.wrong(("bands",), "VC-DATA-004", what, "Put the highest `at_least` first and end with 0.")
    file.finish()
    return read


def rating_bands() -> Mapping[str, RatingBand]:
    """The bands that ship with the package, best first. They are unconfirmed defaults.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().bands)


def rate(
    value: Decimal | int | None,
    target: Decimal | int | None,
    direction: Direction,
    *,
    bands: Iterable[RatingBand] | None = None,
) -> Rating:
    """How a value stands against its target.

    :param direction: which way is good; a measure of demand is not rated.
    :param bands: other bands than those that ship with the package, best first.

    >>> rate(92, 100, Direction.HIGHER_IS_BETTER).band, rate(300, 100, Direction.DEMAND).band
    ('amber', None)
    >>> rate(8, 10, Direction.LOWER_IS_BETTER).band
    'green'
    """
    if direction is Direction.DEMAND:
        return Rating(band=None, why="Demand is not rated.")
    if value is None or target is None:
        return Rating(band=None, why="There is no value." if value is None else "There is no target.")
    got, wanted = Decimal(value), Decimal(target)
    if got < 0 or wanted < 0:
        return Rating(band=None, why="A value or target below nought cannot be rated as a part of the target.")
    better = direction is Direction.HIGHER_IS_BETTER
    top, bottom = (got, wanted) if better else (wanted, got)
    chosen = list(rating_bands().values() if bands is None else bands)
    for band in chosen:
        if top * 100 >= band.at_least * bottom:
            words = f"{got} against a target of {wanted}"
            return Rating(band=band.id, why=f"{words}, where {'higher' if better else 'lower'} is better.")
    return Rating(band=None, why="No band reaches down to this value.")
