"""HTML through Jinja2, which is optional: without it, the library says what to install."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from victims_code.errors import MissingExtraError
from victims_code.extras import need
from victims_code.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["fragment", "html_or_none"]


@cache
def _environment(package: str) -> Environment:
    need("html", "jinja2", what_for="Pages of HTML")
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """A value as it is filled in: text is made printable, HTML that is made here is left as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def fragment(template: str, *, package: str = "victims_code.render", **values: object) -> str:
    """A template filled in; every value is escaped.

    :param package: the room whose ``templates`` it is among.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return _environment(package).get_template(template).render(**values)


def html_or_none(render: Callable[[], str]) -> str | None:
    """HTML for a notebook, or None without Jinja2, so that the notebook falls back to plain text."""
    try:
        return render()
    except MissingExtraError:
        return None
