"""HTML through Jinja2, which is optional: without it, the library says what to install."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from victims_code.errors import Fault, MissingExtraError

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["fragment", "html_or_none"]


@cache
def _environment(package: str) -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError(
            Fault(
                code="VC-NAME-003",
                where="",
                what="HTML needs Jinja2, which is not installed.",
                way_out='Install it with: python -m pip install "victims-code[html]"',
            )
        ) from None
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
