"""What the database says of its own errors, in words of ours: its own quote the cells it met."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from victims_code import faults
from victims_code.errors import VictimsCodeError


@contextmanager
def in_our_words(where: str, error: type[VictimsCodeError] = VictimsCodeError) -> Iterator[None]:
    """Raise errors of the database as faults that quote no cell; where they came from is not shown with them.

    :param where: what was being read or written.
    :param error: the class of the error that is raised.
    """
    import duckdb

    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as problem:
        if isinstance(problem, duckdb.OutOfMemoryException):
            fault = faults.DATABASE_OUT_OF_MEMORY.at(where)
        elif isinstance(problem, duckdb.IOException):
            fault = faults.DATABASE_CANNOT_USE_A_FILE.at(where)
        else:
            fault = faults.DATABASE_FAILED.at(where, kind=type(problem).__name__)
        raise error(fault) from None
