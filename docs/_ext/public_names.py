"""Holds the API reference to its promise: every name a public module offers is documented, once.

A name that a public module offers and no page documents is a warning, and so an error when the documentation is built.
Signatures are shortened on the way.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from public_surface import PUBLIC_MODULES, public_things

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


_PLAIN = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
_OF_MODULES = {"class", "data", "exception", "function", "type"}
"""What stands in a module itself, and not in a class."""
_logger = logging.getLogger(__name__)


def check_public_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every public name that no page documents."""
    objects = env.domains["py"].data["objects"]
    documented = {dotted for dotted, entry in objects.items() if entry.objtype in _OF_MODULES}
    shown = {id(_found(dotted)) for dotted in documented}
    for module in PUBLIC_MODULES:
        for name, thing in public_things(module):
            if f"{module}.{name}" not in documented and id(thing) not in shown:
                _logger.warning("%s.%s is public and not documented", module, name, type="public_names")


def _found(dotted: str) -> object:
    module, _, name = dotted.rpartition(".")
    return getattr(import_module(module), name)


def shorten(
    _app: Sphinx, _what: str, _name: str, _thing: object, _options: object, given: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Call plain data ``Plain`` where autodoc spells out what it is made of, level by level."""
    return _shortened(given), _shortened(returns)


def _shortened(text: str | None) -> str | None:
    while text is not None and _PLAIN in text:
        text = text.replace(_PLAIN, "Plain")
    return text


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("env-check-consistency", check_public_names)
    app.connect("autodoc-process-signature", shorten)
    return {"version": "1", "parallel_read_safe": True}
