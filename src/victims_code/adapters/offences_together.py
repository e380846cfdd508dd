"""The offences of cases that are one case: which of one record is which of another, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from attrs import define, evolve, field

from victims_code import faults
from victims_code.cases import Assertion, Case, Offence
from victims_code.dates import format_date
from victims_code.faults import Fault, FaultTemplate
from victims_code.identifiers import OffenceCode


@define
class _Together:
    """What several records say of one offence, the last word last."""

    said: list[Offence]

    @property
    def reference(self) -> str | None:
        """How the first record that names it calls it."""
        return next((one.reference for one in self.said if one.reference is not None), None)

    @property
    def offence(self) -> Offence:
        """The offence without its flags: what the last record says, with what only an earlier one knew."""
        later = list(reversed(self.said))
        listed = [one.victims for one in self.said if one.victims is not None]
        return Offence(
            reference=self.reference,
            committed_on=next((one.committed_on for one in later if one.committed_on is not None), None),
            cjs_code=next((one.cjs_code for one in later if one.cjs_code is not None), None),
            victims=tuple(dict.fromkeys(victim for one in listed for victim in one)) if listed else None,
        )


@define(kw_only=True)
class OffencesTogether:
    """The offences of several cases that are one, in the order they are told of.

    An offence is known by its reference. Records of different origin call it differently: there, one with the same code
    and date is the same if no other can be, and so are the only offences of two records if nothing tells them apart.
    A record that tells no offences apart speaks of the case as a whole: its flags count for every offence that may have
    a victim (reading *offences-of-several-records*).
    """

    cases: Sequence[Case]
    notes: list[Fault] = field(factory=list)
    _together: list[_Together] = field(factory=list)
    _called: dict[str, _Together] = field(factory=dict)
    _names: list[dict[str, str]] = field(factory=list)
    _of_all: list[Offence] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        for case in self.cases:
            names: dict[str, str] = {}
            for offence in case.offences:
                if offence.reference is None:
                    self._of_all.append(offence)
                else:
                    names[offence.reference] = self._place(offence, case, taken=set(names.values()))
            self._names.append(names)
        if not self._together:
            self._together = [_Together(self._of_all)]
            self._of_all = []
        elif len(self._together) == 1:
            self._together[0].said = [*self._of_all, *self._together[0].said]
            self._of_all = []

    def _place(self, offence: Offence, case: Case, taken: set[str]) -> str:
        """How the offence is called here."""
        reference = offence.reference or ""
        only = len(case.offences) == len(self._together) == 1
        found = self._called.get(reference) or self._alike(offence, taken, only=only)
        if found is None:
            found = _Together([])
            self._together.append(found)
            self._called[reference] = found
        found.said.append(offence)
        return found.reference or reference

    def _alike(self, offence: Offence, taken: set[str], *, only: bool) -> _Together | None:
        """What other records say of the same offence under another name, if it can be no other."""
        if not self._names:
            return None  # this is the first case: there is no other to compare with
        free = (one for one in self._together if one.reference not in taken)
        alike = list(islice((one for one in free if _is_alike(one.offence, offence, only=only)), 2))
        return alike[0] if len(alike) == 1 else None

    def names_in(self, n: int) -> dict[str, str]:
        """How the offences of the nth case are called here, by how that case calls them."""
        return self._names[n]

    def offences(self) -> tuple[Offence, ...]:
        """The offences, without flags."""
        found = [one.offence for one in self._together]
        self._notes_on_days()
        if len(found) > 1:
            self._notes_on_each()
            self._notes_on_codes({OffenceCode.parse(one.cjs_code).text for one in found if one.cjs_code is not None})
        elif len(codes := {one.cjs_code for one in self._together[0].said if one.cjs_code is not None}) > 1:
            if found[0].reference is None:
                found = [evolve(found[0], cjs_code=None)]
            self._note(faults.ONE_OFFENCE_OF_SEVERAL_CODES, codes=", ".join(sorted(codes)))
        return tuple(found)

    def flags(self, of: Sequence[Case]) -> list[list[tuple[Assertion, ...]]]:
        """What some of the cases say of each offence, case by case."""
        kept = {id(offence) for case in of for offence in case.offences}
        return [
            [
                one.flags
                for one in [*(self._of_all if mine.offence.victims != () else ()), *mine.said]
                if id(one) in kept
            ]
            for mine in self._together
        ]

    def _notes_on_each(self) -> None:
        """Say of which offence the records disagree; the last word counts."""
        for one in self._together:
            codes = dict.fromkeys(OffenceCode.parse(said.cjs_code).text for said in one.said if said.cjs_code)
            if len(codes) > 1:
                self._note(faults.OFFENCE_GIVEN_SEVERAL_CODES, offence=one.reference, codes=", ".join(sorted(codes)))

    def _notes_on_days(self) -> None:
        """Say of which offence the records give several days; ages rest on them."""
        for one in self._together:
            days = sorted({said.committed_on for said in one.said if said.committed_on is not None})
            if len(days) > 1:
                which = "the offence" if one.reference is None else f"the offence {one.reference!r}"
                self._note(faults.OFFENCE_GIVEN_SEVERAL_DAYS, offence=which, days=", ".join(map(format_date, days)))

    def _notes_on_codes(self, known: set[str]) -> None:
        given = {one.cjs_code for one in self._of_all if one.cjs_code is not None}
        odd = {code for code in given if OffenceCode.parse(code).text not in known}
        if odd:
            self._note(faults.OFFENCE_CODE_OF_NO_OTHER, codes=", ".join(sorted(odd)))

    def _note(self, entry: FaultTemplate, **particulars: object) -> None:
        self.notes.append(entry.at(f"case {self.cases[-1].reference}", **particulars))


def _is_alike(one: Offence, other: Offence, *, only: bool) -> bool:
    """Whether two offences have one code and no two dates; the only ones of their records may lack a code."""
    days = {one.committed_on, other.committed_on} - {None}
    codes = {OffenceCode.parse(code).text for code in (one.cjs_code, other.cjs_code) if code is not None}
    return len(days) < 2 and len(codes) < 2 and (only or None not in (one.cjs_code, other.cjs_code))
