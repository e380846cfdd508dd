"""What must be installed beside the package for a part of it, and how that is said when it is not."""

from __future__ import annotations

from importlib.util import find_spec

from victims_code import faults
from victims_code.errors import MissingExtraError


def need(extra: str, *modules: str, feature: str) -> None:
    """Make sure that modules are installed.

    :param extra: the extra of the package that brings them.
    :param feature: what needs them, as it begins the sentence *Workbooks need openpyxl, which is not installed*.
    :raises MissingExtraError: naming those that are not, and the extra that brings them.

    >>> need("cli", "json", feature="Tables")
    >>> need("excel", "no_such_module", feature="Workbooks")
    Traceback (most recent call last):
    ...
    victims_code.errors.MissingExtraError: Workbooks need no_such_module, which is not installed. Install it with:
    python -m pip install "victims-code[excel]" [VC-NAME-003]
    """
    missing = [module for module in modules if not _is_installed(module)]
    if missing:
        raise MissingExtraError(*(faults.NOT_INSTALLED.at(feature=feature, module=one, extra=extra) for one in missing))


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ImportError:
        return False
