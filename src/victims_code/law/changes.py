"""What if: an edition with altered deadlines or categories, that nothing can confuse with the law.

The altered edition has an identifier that begins with ``hypothetical-``, the status *hypothetical*, and no source for
what was altered; whatever is worked out under it says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType

from attrs import evolve, frozen
from cattrs import Converter

from victims_code.conditions import Condition
from victims_code.errors import Fault, WrongValueError, did_you_mean
from victims_code.law.checks import conditions_use_the_vocabulary, duty_uses_the_vocabulary
from victims_code.law.converter import law_converter, limit_to_plain
from victims_code.law.deadlines import Limit, Limits
from victims_code.law.duties import Duty
from victims_code.law.editions import Criterion, Edition, EnhancedCategory, Status
from victims_code.law.loader import Law
from victims_code.reading.data_files import Placed
from victims_code.reading.documents import Document, Keys, Plain
from victims_code.reading.sources import Evidence
from victims_code.reading.structuring import structure
from victims_code.vocabulary import vocabulary

__all__ = ["PREFIX", "Changes", "law_with_changes", "read_changes"]

PREFIX = "hypothetical-"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def _converter() -> Converter:
    return law_converter(frozenset)  # changes cite nothing


@frozen(kw_only=True)
class _Group:
    """A category of victims who would get Enhanced Rights."""

    title: str
    when: Condition


@frozen(kw_only=True)
class Changes:
    """What to alter in an edition, in the words of the law files.

    :param id: a name for the altered edition, in small letters, figures and hyphens.
    :param title: what is altered, as it completes the sentence *What if there were …*.
    :param edition: the edition to alter.
    :param deadlines: by duty, ``all``, or ``standard`` and ``enhanced``; keys left out stay as they are.
    :param enhanced: by category, its ``title`` and ``when``; null takes a category out.
    """

    id: str
    title: str
    edition: str
    deadlines: Mapping[str, object]
    enhanced: Mapping[str, object]


def read_changes(document: Document) -> Changes:
    """Changes from plain data, as they stand in a file.

    :raises WrongValueError: with every fault at once.
    """
    faults: list[Fault] = []
    data = document.data
    if isinstance(data, dict):
        data = {"deadlines": {}, "enhanced": {}, **data}
    changes = structure(_converter(), data, Changes, document, faults=faults)
    if changes is None:
        raise WrongValueError(*faults)
    return changes


def law_with_changes(law: Law, changes: Changes, document: Document) -> Law:
    """The law with one edition altered, in place of the edition it alters.

    :param document: where the changes were written, so that faults can name their place.
    :raises WrongValueError: with every fault at once.
    """
    altering = _Altering(law=law, changes=changes, document=document, faults=[])
    edition = altering.edition()
    if altering.faults or edition is None:
        raise WrongValueError(*altering.faults)
    base = changes.edition
    return evolve(
        law,
        data_hash=_mark(law, changes),
        imprints=MappingProxyType(
            {
                (edition.id if i == base else i): edition.imprint if i == base else imprint
                for i, imprint in law.imprints.items()
            }
        ),
        editions=MappingProxyType(
            {(edition.id if i == base else i): edition if i == base else other for i, other in law.editions.items()}
        ),
    )


def _mark(law: Law, changes: Changes) -> str:
    """A mark of law and changes together, so that a result can be made again."""
    written = [law.data_hash, changes.id, changes.title, changes.edition, changes.deadlines, changes.enhanced]
    return sha256(json.dumps(written, sort_keys=True, default=dict).encode()).hexdigest()[:12]


@frozen(kw_only=True)
class _Altering:
    """One pass over the changes, gathering faults."""

    law: Law
    changes: Changes
    document: Document
    faults: list[Fault]

    def edition(self) -> Edition | None:
        """The altered edition, as far as the changes can be read."""
        if not _NAME.fullmatch(self.changes.id):
            self._fault(
                "VC-FILE-005",
                ("id",),
                f"{self.changes.id!r} is no name for an edition.",
                "Use small letters, figures and hyphens, such as three-days.",
            )
        if not (self.changes.deadlines or self.changes.enhanced):
            self._fault("VC-DATA-007", (), "Nothing is altered.", "Give `deadlines` or `enhanced`.")
        base = self.law.editions.get(self.changes.edition)
        if base is None:
            hint = did_you_mean(self.changes.edition, self.law.editions, listing="Editions")
            self._fault("VC-NAME-001", ("edition",), f"There is no edition {self.changes.edition!r}.", hint)
            return None
        id_ = PREFIX + self.changes.id
        imprint = evolve(
            base.imprint,
            id=id_,
            title=f"{base.imprint.title}, altered: {self.changes.title}",
            status=Status.HYPOTHETICAL,
            evidence=Evidence.HYPOTHETICAL,
            cites=(),
            based_on=base.id,
            note=f"Not law. {base.id} with: {self.changes.title}.",
        )
        duties = {name: evolve(duty, edition=id_) for name, duty in base.duties.items()}
        duties |= {duty.id: duty for duty in self._altered_duties(duties)}
        eligibility = evolve(base.eligibility, enhanced=tuple(self._altered_categories(base)))
        return evolve(base, imprint=imprint, duties=MappingProxyType(duties), eligibility=eligibility)

    def _altered_duties(self, duties: Mapping[str, Duty]) -> Iterator[Duty]:
        for name, given in self.changes.deadlines.items():
            keys: Keys = ("deadlines", name)
            if name not in duties:
                self._fault(
                    "VC-NAME-001",
                    keys,
                    f"{self.changes.edition} has no duty {name!r}.",
                    vocabulary().nearest(name, duties, listing="Duties"),
                )
                continue
            duty = duties[name]
            limits = structure(
                _converter(), _completed(given, duty.deadline), Limits, self.document, keys, faults=self.faults
            )
            if limits is None:
                continue
            if limits == duty.deadline:
                self._fault(
                    "VC-DATA-007",
                    keys,
                    f"The deadline of {name!r} is what it was.",
                    "Give another one, or leave the duty out.",
                )
                continue
            note = f"Hypothetical: {_in_words(limits)} instead of {_in_words(duty.deadline)}."
            altered = evolve(duty, deadline=limits, evidence=Evidence.HYPOTHETICAL, cites=(), note=note)
            placed = Placed(thing=altered, document=self.document, keys=keys, named=True)
            self.faults.extend(duty_uses_the_vocabulary(placed))
            yield altered

    def _altered_categories(self, base: Edition) -> Iterator[EnhancedCategory]:
        there = {category.id for category in base.eligibility.enhanced}
        for category in base.eligibility.enhanced:
            if category.id not in self.changes.enhanced:
                yield category
        for name, given in self.changes.enhanced.items():
            keys: Keys = ("enhanced", name)
            if given is None:
                if name not in there:
                    self._fault(
                        "VC-NAME-001",
                        keys,
                        f"{base.id} has no category {name!r}.",
                        did_you_mean(name, there, listing="Categories"),
                    )
                continue
            group = structure(_converter(), given, _Group, self.document, keys, faults=self.faults)
            if group is None:
                continue
            criterion = Criterion(id=name, title=group.title, when=group.when, evidence=Evidence.HYPOTHETICAL, cites=())
            self.faults.extend(conditions_use_the_vocabulary(Placed(thing=group, document=self.document, keys=keys)))
            yield EnhancedCategory(
                id=name, title=group.title, criteria=(criterion,), evidence=Evidence.HYPOTHETICAL, cites=()
            )

    def _fault(self, code: str, keys: Keys, message: str, hint: str) -> None:
        self.faults.append(Fault(code=code, location=self.document.where(keys), message=message, hint=hint))


def _completed(given: object, old: Limits) -> Plain:
    """A deadline as given, with what was left out taken from the old one."""
    if not isinstance(given, Mapping):
        return given  # type: ignore[return-value]
    if "all" in given:
        return {**given, "all": _completed_limit(given["all"], old.standard)}
    return {
        **given,
        "standard": _completed_limit(given.get("standard", {}), old.standard),
        "enhanced": _completed_limit(given.get("enhanced", {}), old.enhanced),
    }


def _completed_limit(given: object, old: Limit) -> Plain:
    """A limit of the same kind keeps what is not given; a limit of another kind stands by itself."""
    was = limit_to_plain(old)
    if not isinstance(given, Mapping):
        return given  # type: ignore[return-value]
    if ("within" in given and "within" in was) or not given:
        return {**was, **given}
    return dict(given)


def _in_words(limits: Limits) -> str:
    if limits.single:
        return limits.standard.words
    return f"{limits.standard.words} (with Enhanced Rights {limits.enhanced.words})"
