"""What must be installed beside the package for the bulk engine."""

from __future__ import annotations

from importlib.util import find_spec

from victims_code.errors import Fault, MissingExtraError

__all__ = ["need"]


def need(extra: str, *modules: str) -> None:
    """Make sure that modules are installed.

    :raises MissingExtraError: naming those that are not, and the extra that brings them.
    """
    faults = [
        Fault(
            code="VC-NAME-003",
            where="",
            what=f"{module} is not installed.",
            way_out=f'Install it with: python -m pip install "victims-code[{extra}]"',
        )
        for module in modules
        if find_spec(module) is None
    ]
    if faults:
        raise MissingExtraError(*faults)
