"""Working days of whole columns: numpy arrays, pandas and polars columns, Arrow arrays, each given back as what it was.

No library of columns is imported before a column of it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from attrs import evolve, frozen

from victims_code import faults
from victims_code.dates import civil_date, format_date
from victims_code.errors import VictimsCodeError, WrongTypeError

if TYPE_CHECKING:
    from numpy import bool_, datetime64, int64
    from numpy.typing import NDArray

_LONDON = "Europe/London"


class _OfAFrame(Protocol):
    """A column of a data frame: a pandas or polars Series, a pandas Index, an Arrow array."""

    def to_numpy(self) -> NDArray[Any]: ...

    def __len__(self) -> int: ...


DayColumn: TypeAlias = "NDArray[Any] | _OfAFrame"
"""Many days at once: a numpy array of datetime64, a pandas or polars column of dates, or an Arrow array."""
C = TypeVar("C", bound=DayColumn)


def is_column(given: object) -> bool:
    """Whether something is a column of a library that is known here.

    >>> import numpy
    >>> is_column(numpy.array(["2026-04-02"], "datetime64[D]")), is_column([date(2026, 4, 2)])
    (True, False)
    """
    return _library(given) in _KINDS and hasattr(given, "__len__")


def _library(given: object) -> str:
    return type(given).__module__.split(".")[0]


@frozen(kw_only=True)
class Days:
    """The civil days in London of a column, or of one day, as numpy has them; a missing day is not a time (NaT)."""

    given: Any
    days: NDArray[datetime64]

    @classmethod
    def read(cls, given: object, argument: str) -> Days:
        """The days of a column or of one day.

        :raises WrongTypeError: if it holds something else than days.
        """
        import numpy

        if not is_column(given):
            return cls(given=None, days=numpy.array(civil_date(given, argument), "datetime64[D]"))  # type: ignore[arg-type]
        values = _KINDS[_library(given)][0](given)
        if values is None or values.dtype.kind != "M":
            raise WrongTypeError(faults.COLUMN_OF_DAYS_NEEDED.at(argument))
        return cls(given=given, days=values.astype("datetime64[D]", copy=False))

    @property
    def missing(self) -> NDArray[bool_]:
        """Which days are missing."""
        import numpy

        return numpy.isnat(self.days)

    def first_of(self, wrong: NDArray[bool_]) -> tuple[int, str, int]:
        """Of the days that are wrong the position of the first, that day in words, and how many more there are."""
        position = int(wrong.ravel().argmax())
        day = self.days.ravel()[position].item()
        return position, format_date(day) if isinstance(day, date) else str(day), int(wrong.sum()) - 1

    def each(self, answer: Callable[[date], date]) -> Any:
        """A column of the days that follow from the days of this one, each different day asked for once.

        :raises VictimsCodeError: whatever is raised for a day, with the position of the first such day.
        """
        import numpy

        missing = self.missing
        different, where, back = numpy.unique(self.days[~missing], return_index=True, return_inverse=True)
        found = numpy.empty(len(different), "datetime64[D]")
        for n, day in enumerate(different.tolist()):
            try:
                found[n] = answer(day)
            except VictimsCodeError as problem:
                position = int(numpy.flatnonzero(~missing)[where[n]])
                raise type(problem)(*(evolve(one, location=f"position {position}") for one in problem.faults)) from None
        answers = numpy.full(self.days.shape, "NaT", "datetime64[D]")
        answers[~missing] = found[back]
        return self.like(answers, missing if missing.any() else None)

    def like(self, values: NDArray[Any], missing: NDArray[bool_] | None) -> Any:
        """Answers as a column of the same library, in the same order; what is missing stays missing."""
        return _KINDS[_library(self.given)][1](self.given, values, missing)


@frozen(kw_only=True, eq=False)
class DayTables:
    """How many working days there have been up to each day since the first, and the working days so numbered."""

    first: int
    """The number of the first day, as numpy counts days."""
    ranks: NDArray[int64]
    working: NDArray[datetime64]

    @classmethod
    def of(cls, ranks: dict[date, int], working: list[date]) -> DayTables:
        """The tables of a calendar as numpy has them."""
        import numpy

        days = numpy.array(working, "datetime64[D]")
        return cls(
            first=int(days[0].astype("int64")), ranks=numpy.fromiter(ranks.values(), "int64", len(ranks)), working=days
        )

    def places(self, days: Days) -> NDArray[int64]:
        """Where in the tables each day is; a number that is no place for days that are missing or outside."""
        return days.days.view("int64") - self.first

    def bounds(self, number: int) -> tuple[int, int]:
        """The first and the last place from which so many working days can be counted, back if negative."""
        import numpy

        if number < 0:
            return int(numpy.searchsorted(self.ranks, 1 - number)), len(self.ranks) - 1
        return 0, int(numpy.searchsorted(self.ranks, len(self.working) - number)) - 1

    def works(self) -> NDArray[bool_]:
        """For each day of the tables, whether it is a working day."""
        import numpy

        return numpy.diff(self.ranks, prepend=0) > 0

    def moved(self, number: int) -> NDArray[datetime64]:
        """For each day of the tables, the day so many working days later, or earlier; within the bounds."""
        if number == 0:
            import numpy

            return (numpy.arange(len(self.ranks), dtype="int64") + self.first).view("datetime64[D]")
        ranks = self.ranks + number if number > 0 else self.ranks + ~self.works() + number
        return self.working.take(ranks, mode="clip")


# --- the libraries ------------------------------------------------------------------------------------------------


def _from_pandas(column: Any) -> NDArray[Any] | None:
    import numpy
    import pandas

    series = column if isinstance(column, pandas.Series) else column.to_series()
    if series.dtype == object:  # of datetime.date, as frames read from a database have them
        if not all(isinstance(day, date) for day in series.dropna()):
            return None
        return numpy.array([None if pandas.isna(day) else civil_date(day) for day in series], "datetime64[D]")
    if isinstance(series.dtype, pandas.ArrowDtype):
        return _from_arrow(series.array.__arrow_array__())
    if isinstance(series.dtype, pandas.DatetimeTZDtype):
        series = series.dt.tz_convert(_LONDON).dt.tz_localize(None)
    return series.to_numpy()  # type: ignore[no-any-return]


def _to_pandas(column: Any, values: NDArray[Any], missing: NDArray[bool_] | None) -> Any:
    import pandas

    made: Any = values
    if values.dtype.kind == "M":
        made = values.astype("datetime64[s]")
    elif missing is not None:
        made = (pandas.arrays.BooleanArray if values.dtype.kind == "b" else pandas.arrays.IntegerArray)(values, missing)
    if isinstance(column, pandas.Series):
        return pandas.Series(made, index=column.index, name=column.name)
    return pandas.Index(made, name=column.name)


def _from_polars(column: Any) -> NDArray[Any] | None:
    import polars

    if column.dtype == polars.Datetime and column.dtype.time_zone is not None:
        column = column.dt.convert_time_zone(_LONDON).dt.replace_time_zone(None)
    return column.to_numpy()  # type: ignore[no-any-return]


def _to_polars(column: Any, values: NDArray[Any], missing: NDArray[bool_] | None) -> Any:
    import polars

    made = polars.Series(column.name, values)
    return made.set(polars.Series(missing), None) if missing is not None else made


def _from_arrow(column: Any) -> NDArray[Any] | None:
    import pyarrow
    from pyarrow import compute

    if pyarrow.types.is_timestamp(column.type) and column.type.tz is not None:
        column = compute.local_timestamp(column.cast(pyarrow.timestamp(column.type.unit, _LONDON)))
    if not pyarrow.types.is_temporal(column.type):
        return None
    return column.to_numpy() if isinstance(column, pyarrow.ChunkedArray) else column.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _to_arrow(column: Any, values: NDArray[Any], missing: NDArray[bool_] | None) -> Any:
    import pyarrow

    made = pyarrow.array(values, mask=missing)
    return pyarrow.chunked_array([made]) if isinstance(column, pyarrow.ChunkedArray) else made


def _to_numpy(column: Any, values: NDArray[Any], missing: NDArray[bool_] | None) -> Any:
    import numpy

    return values if values.dtype.kind == "M" or missing is None else numpy.ma.array(values, mask=missing)


_KINDS: dict[str, tuple[Callable[[Any], NDArray[Any] | None], Callable[..., Any]]] = {
    "numpy": (lambda column: column, _to_numpy),
    "pandas": (_from_pandas, _to_pandas),
    "polars": (_from_polars, _to_polars),
    "pyarrow": (_from_arrow, _to_arrow),
}
"""For each library, how the days of a column are read, and how answers become a column."""
