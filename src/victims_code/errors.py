"""The errors the library raises on purpose.

Each descends from :class:`VictimsCodeError` and carries one or more :class:`~victims_code.faults.Fault` objects.
"""

from __future__ import annotations

from victims_code.faults import Fault, in_printed_order


class VictimsCodeError(Exception):
    """Base of every error raised on purpose; ``faults`` holds all that was found, not only the first.

    >>> import victims_code as vc
    >>> try:
    ...     vc.Case.from_dict({"reference": "A1", "victims": []})
    ... except vc.VictimsCodeError as problem:
    ...     print([fault.code for fault in problem.faults], "-", problem)
    ['VC-CASE-013'] - victims: The case names no victim. Add one under `victims`. [VC-CASE-013]
    """

    def __init__(self, *faults: Fault) -> None:
        self.faults: tuple[Fault, ...] = in_printed_order(faults)
        super().__init__(*self.faults)

    def __str__(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        return "\n".join([f"{len(self.faults)} faults:", *(f"  {fault}" for fault in self.faults)])


class CaseError(VictimsCodeError, ValueError):
    """A case record is invalid; every fault is listed."""


class CommissioningError(VictimsCodeError, ValueError):
    """A record of commissioning is invalid, or a step it is to take is not allowed; every fault is listed."""


class LawDataError(VictimsCodeError, ValueError):
    """The law data itself is broken; every fault of the whole file set is listed."""


class ReturnError(VictimsCodeError, ValueError):
    """A return of figures, or the register it is checked against, is invalid; every fault is listed."""


class CalendarRangeError(VictimsCodeError, LookupError):
    """A date lies outside the calendar, or a calculation runs out of it."""


class EditionRangeError(VictimsCodeError, LookupError):
    """No encoded edition of the Code governs the date asked for."""


class UnknownNameError(VictimsCodeError, LookupError):
    """A duty, edition, event or other name that does not exist; the nearest ones are named."""


class WrongTypeError(VictimsCodeError, TypeError):
    """A value of the wrong type, such as text or a float where a date is meant."""


class WrongValueError(VictimsCodeError, ValueError):
    """A value of the right type that makes no sense here."""


class MissingExtraError(VictimsCodeError, ImportError):
    """A feature needs an optional dependency that is not installed."""
