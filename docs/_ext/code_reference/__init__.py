"""The reference of the Code, written from the data when the documentation is built.

Nothing here states law. :mod:`~code_reference.book` gathers what is to be shown, :mod:`~code_reference.pages` says
which pages there are, the templates say what stands on them, and :func:`setup` writes them before Sphinx reads its
sources. To add a page, add a template and one line in ``pages.py``; editions, schemes and readings that are added to
the data appear by themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from code_reference.book import load_book
from code_reference.files import write_files
from code_reference.pages import pages_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["load_book", "pages_of", "setup", "write_files"]

GENERATED = Path("reference") / "generated"


def write_reference(app: Sphinx) -> None:
    """Write the pages below ``docs/reference/generated``, touching only those that changed."""
    source = Path(app.srcdir)
    write_files(pages_of(load_book(source.parent)), source / GENERATED)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("builder-inited", write_reference)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
