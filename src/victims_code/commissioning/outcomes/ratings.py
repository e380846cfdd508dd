"""How a value is rated against its target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.decimals import format_number
from victims_code.figures import Direction
from victims_code.money import in_pounds
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class RatingBand:
    """One rating, the percentage of the target that a value must reach for it, and the shape that stands for it."""

    id: str
    title: str
    at_least: int
    mark: str = "●"


@frozen(kw_only=True)
class _RatingsFile(Sourced):
    bands: tuple[RatingBand, ...]


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
        file.wrong(("bands",), faults.BANDS_OUT_OF_ORDER.at())
    file.finish()
    return read


def rating_bands() -> Mapping[str, RatingBand]:
    """The bands that ship with the package, best first. They are unconfirmed defaults.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().bands)


@checked
def rate(
    value: Decimal | None,
    target: Decimal | None,
    direction: Direction,
    *,
    bands: Iterable[RatingBand] | None = None,
    unit: str = "",
) -> Rating:
    """How a value stands against its target.

    :param direction: which way is good; a measure of demand is not rated.
    :param bands: other bands than those that ship with the package, best first.
    :param unit: what both are counted in, for the sentence that says why.

    >>> rate(92, 100, Direction.HIGHER_IS_BETTER).band, rate(300, 100, Direction.DEMAND).band
    ('amber', None)
    >>> rate(8, 10, Direction.LOWER_IS_BETTER).band
    'green'
    """
    if direction is Direction.DEMAND:
        return Rating(band=None, why="Demand is not rated.")
    if value is None or target is None:
        return Rating(band=None, why="There is no value." if value is None else "There is no target.")
    got, wanted = value, target
    if got < 0 or wanted < 0:
        return Rating(band=None, why="A value or target below nought cannot be rated as a part of the target.")
    better = direction is Direction.HIGHER_IS_BETTER
    top, bottom = (got, wanted) if better else (wanted, got)
    chosen = list(rating_bands().values() if bands is None else bands)
    for band in chosen:
        if top * 100 >= band.at_least * bottom:
            words = f"{in_its_unit(got, unit)} against a target of {in_its_unit(wanted, unit)}"
            return Rating(band=band.id, why=f"{words}, where {'higher' if better else 'lower'} is better.")
    return Rating(band=None, why="No band reaches down to this value.")


def in_its_unit(number: Decimal, unit: str) -> str:
    """A number as people write it; pounds to the penny, with their sign."""
    if unit in ("pounds", "£"):
        return in_pounds(number)
    return f"{format_number(number)}{unit if unit in ('', '%') else f' {unit}'}"
