"""What the database says of its own errors, in words of ours: its own quote the cells it met."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from victims_code.errors import VictimsCodeError
from victims_code.faults import Fault

__all__ = ["in_our_words"]

_FULL = (
    "The database has used all the memory it may have.",
    "Allow more with `memory_limit`, or work out fewer cases together with `batch_size`.",
)
_FILES = (
    "The database cannot read or write a file.",
    "Check that the file is whole, that the folder is there, and that its disk has room.",
)


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
        kind = type(problem).__name__
        if isinstance(problem, duckdb.OutOfMemoryException):
            what, hint = _FULL
        elif isinstance(problem, duckdb.IOException):
            what, hint = _FILES
        else:
            what = f"The database cannot work with these rows ({kind})."
            hint = "Check that every column holds the kind of value it should."
        raise error(Fault(code="VC-FILE-008", location=where, message=what, hint=hint)) from None
