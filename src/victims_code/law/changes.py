"""What if: an edition with altered deadlines or categories, that nothing can confuse with the law.

The altered edition has an identifier that begins with ``hypothetical-``, the status *hypothetical*, and no source for
what was altered; whatever is worked out under it says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen
from cattrs import Converter

from victims_code import faults
from victims_code.arguments import checked
from victims_code.conditions import Condition
from victims_code.errors import WrongValueError
from victims_code.faults import did_you_mean
from victims_code.law.checks import conditions_use_the_vocabulary, duty_uses_the_vocabulary
from victims_code.law.converter import law_converter, limit_to_plain
from victims_code.law.deadlines import Limit, Limits
from victims_code.law.duties import Duty
from victims_code.law.editions import Criterion, Edition, EditionStatus, EnhancedCategory
from victims_code.law.loader import Law
from victims_code.reading.data_files import DataFile, Placed
from victims_code.reading.documents import Document, Keys, Plain
from victims_code.reading.partial import UnreadError, readable
from victims_code.reading.sources import Evidence
from victims_code.vocabulary import load_vocabulary

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


@checked
def law_with_changes(law: Law, document: Document) -> Law:
    """The law with one edition altered, in place of the edition it alters.

    :param document: the changes as plain data, as they are in a file.
    :raises WrongValueError: with every fault at once.
    """
    data = document.data
    if isinstance(data, dict):
        data = {"deadlines": {}, "enhanced": {}, **data}
    file = DataFile(document=document, converter=_converter(), error=WrongValueError)
    changes = file.read(Changes, data)
    edition = _Altering(law=law, changes=file.placed[0].thing, file=file).edition() if file.placed else None
    file.finish()
    assert changes is not None
    assert edition is not None
    base = changes.edition
    return evolve(
        law,
        data_hash=_mark(law, changes),
        infos=MappingProxyType(
            {(edition.id if i == base else i): edition.info if i == base else info for i, info in law.infos.items()}
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
    """One pass over the changes, as far as they could be read; the file gathers the faults."""

    law: Law
    changes: Changes
    file: DataFile

    def edition(self) -> Edition | None:
        """The altered edition, if all changes are sound."""
        with suppress(UnreadError):
            if not _NAME.fullmatch(self.changes.id):
                self.file.wrong(("id",), faults.NOT_A_NAME_FOR_AN_EDITION.at(name=self.changes.id))
        with suppress(UnreadError):
            if not (self.changes.deadlines or self.changes.enhanced):
                self.file.wrong((), faults.CHANGES_NOTHING.at())
        with suppress(UnreadError):
            base = self.law.editions.get(self.changes.edition)
            if base is not None:
                duties = list(readable(self._altered_duties(base)))
                categories = list(readable(self._altered_categories(base)))
                return None if self.file.faults else self._altered(base, duties, categories)
            name, nearest = self.changes.edition, did_you_mean(self.changes.edition, self.law.editions)
            self.file.wrong(("edition",), faults.NO_SUCH_NAME.at(kind="edition", name=name, nearest=nearest))
        return None

    def _altered(self, base: Edition, duties: Iterable[Duty], categories: Iterable[EnhancedCategory]) -> Edition:
        id_ = PREFIX + self.changes.id
        info = evolve(
            base.info,
            id=id_,
            title=f"{base.info.title}, altered: {self.changes.title}",
            status=EditionStatus.HYPOTHETICAL,
            evidence=Evidence.HYPOTHETICAL,
            cites=(),
            based_on=base.id,
            note=f"Not law. {base.id} with: {self.changes.title}.",
        )
        altered = {**base.duties, **{duty.id: duty for duty in duties}}
        return evolve(
            base,
            info=info,
            duties=MappingProxyType({name: evolve(duty, edition=id_) for name, duty in altered.items()}),
            eligibility=evolve(base.eligibility, enhanced=tuple(categories)),
        )

    def _altered_duties(self, base: Edition) -> Iterator[Duty]:
        for name, given in self.changes.deadlines.items():
            keys: Keys = ("deadlines", name)
            if (duty := base.duties.get(name)) is None:
                nearest = load_vocabulary().nearest(name, base.duties, listing="Duties")
                self.file.wrong(keys, faults.NO_SUCH_DUTY.at(edition=base.id, duty=name, nearest=nearest))
            elif (limits := self.file.read(Limits, _completed(given, duty.deadline), keys)) == duty.deadline:
                self.file.wrong(keys, faults.DEADLINE_AS_IT_WAS.at(duty=name))
            elif limits is not None:
                note = f"Hypothetical: {_in_words(limits)} instead of {_in_words(duty.deadline)}."
                altered = evolve(duty, deadline=limits, evidence=Evidence.HYPOTHETICAL, cites=(), note=note)
                placed = Placed(thing=altered, document=self.file.document, keys=keys, named=True)
                self.file.faults.extend(duty_uses_the_vocabulary(placed))
                yield altered

    def _altered_categories(self, base: Edition) -> Iterator[EnhancedCategory]:
        there = {category.id: category for category in base.eligibility.enhanced}
        yield from (category for name, category in there.items() if name not in self.changes.enhanced)
        for name, given in self.changes.enhanced.items():
            keys: Keys = ("enhanced", name)
            if given is None:
                if name not in there:
                    self.file.wrong(
                        keys,
                        faults.NO_SUCH_CATEGORY.at(
                            edition=base.id, category=name, nearest=did_you_mean(name, there, listing="Categories")
                        ),
                    )
                continue
            group = self.file.read(_Group, given, keys)  # type: ignore[arg-type]
            for item in self.file.placed:
                self.file.faults.extend(conditions_use_the_vocabulary(item) if item.keys == keys else ())
            if group is not None:
                rests_on: dict[str, Any] = {"evidence": Evidence.HYPOTHETICAL, "cites": ()}
                criterion = Criterion(id=name, title=group.title, when=group.when, **rests_on)
                yield EnhancedCategory(id=name, title=group.title, criteria=(criterion,), **rests_on)


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
