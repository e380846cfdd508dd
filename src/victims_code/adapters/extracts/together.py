"""What the checks of several extracts say together, since what one leaves out another may tell."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from victims_code.adapters.combining import combined
from victims_code.adapters.extracts.checking import ExtractCheck, leaves_out, plain_samples, samples_of, warnings_of
from victims_code.arguments import checked
from victims_code.cases import Case
from victims_code.faults import Fault
from victims_code.printable import one_line_repr
from victims_code.reading.documents import Plain

_OF_CASES = ("warnings", "samples")


@frozen(kw_only=True)
class ExtractChecks:
    """What mappings read of several extracts that tell of the same cases.

    :param extracts: the check of each.
    :param warnings: the warnings of the cases that the extracts give together, in the order of the rows.
    :param samples: such cases, those with the most warnings first.
    """

    extracts: tuple[ExtractCheck, ...]
    cases: int
    warnings: tuple[Fault, ...] = field(repr=False)
    samples: tuple[Case, ...] = field(repr=False)

    __repr__ = one_line_repr("{0.cases} cases of several extracts")

    @property
    def complete(self) -> bool:
        """Whether every row, column and cell of all of them found its meaning, and together they agree."""
        return all(check.complete for check in self.extracts) and not leaves_out(self.warnings)

    @property
    def needs_assessed(self) -> bool:
        """Whether any column or code of any of them stands for ``needs-assessed``."""
        return any(check.needs_assessed for check in self.extracts)

    @property
    def states_facts(self) -> bool:
        """Whether any column of any of them says a fact or a date of birth."""
        return any(check.states_facts for check in self.extracts)

    def to_dict(self) -> dict[str, Plain]:
        """The checks as plain values; of a sample, all but dates of birth."""
        plain = [check.to_dict() for check in self.extracts]
        return {
            "extracts": [{name: value for name, value in one.items() if name not in _OF_CASES} for one in plain],
            "cases": self.cases,
            "needs_assessed": self.needs_assessed,
            "states_facts": self.states_facts,
            "warnings": [str(warning) for warning in self.warnings],
            "samples": plain_samples(self.samples),
        }


@checked
def check_together(checks: Iterable[ExtractCheck], *, samples: int = 3) -> ExtractChecks:
    """The checks of several extracts as one, with the cases that :func:`victims_code.adapters.combined` makes of them.

    If one of them cannot be read there are no cases, since what it would tell of them is not known.
    """
    extracts = tuple(checks)
    readable = not any(check.faults for check in extracts)
    cases = combined(case for check in extracts for case in check.read) if readable else ()
    return ExtractChecks(
        extracts=extracts, cases=len(cases), warnings=warnings_of(cases), samples=samples_of(cases, samples)
    )
