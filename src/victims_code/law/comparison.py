"""Two editions of the Code beside each other: what is new, dropped, changed, merged, split and the same.

Where the editions do not follow each other, the steps between them are put together: what became of a duty in each
step, and the reasons given there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.law import Capacity, Duty, Edition, Evidence, Law, LineageStep, Statement
from victims_code.law.wording import FieldChange, condition_in_words, field_changes
from victims_code.printable import one_line_repr
from victims_code.reading.documents import Plain
from victims_code.vocabulary import load_vocabulary


class Fate(StrEnum):
    """What became of a duty between two editions."""

    NEW = "new"
    DROPPED = "dropped"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    SAME = "same"


@frozen(kw_only=True)
class Reason:
    """Why a duty changed, in which step, and what that rests on."""

    why: str
    earlier: str
    later: str
    evidence: Evidence
    cites: tuple[str, ...]

    __repr__ = one_line_repr("{0.earlier} to {0.later}: {0.why}")

    def to_dict(self) -> dict[str, Plain]:
        """The reason as plain values."""
        return {
            "why": self.why,
            "from": self.earlier,
            "to": self.later,
            "evidence": self.evidence.value,
            "cites": list(self.cites),
        }


@frozen(kw_only=True)
class DutyChange:
    """What became of one duty, or of several that became one.

    ``fields`` holds what differs, old and new in words; ``reasons`` what the lineage says of it. A change no one gave
    a reason for, as in an edition of your own, has none.
    """

    fate: Fate
    earlier: tuple[Duty, ...]
    later: tuple[Duty, ...]
    fields: tuple[FieldChange, ...] = ()
    reasons: tuple[Reason, ...] = ()

    __repr__ = one_line_repr("{0.fate}: {0.earlier} to {0.later}")

    @property
    def duty(self) -> Duty:
        """The duty it is about: as the later edition has it, if it does."""
        return (self.later or self.earlier)[0]

    @property
    def evidence(self) -> Evidence:
        """How sure the change is: as sure as the least sure of its reasons, or of the duty itself."""
        levels = [reason.evidence for reason in self.reasons] or [
            duty.evidence for duty in (*self.earlier, *self.later)
        ]
        return max(levels, key=list(Evidence).index)

    def to_dict(self) -> dict[str, Plain]:
        """The change as plain values."""
        return {
            "fate": self.fate.value,
            "duty": self.duty.id,
            "title": self.duty.title,
            "from": [duty.id for duty in self.earlier],
            "to": [duty.id for duty in self.later],
            "fields": [{"what": change.what, "old": change.old, "new": change.new} for change in self.fields],
            "evidence": self.evidence.value,
            "reasons": [reason.to_dict() for reason in self.reasons],
        }


@frozen(kw_only=True)
class ComparisonRow:
    """One row of the comparison: a field of a duty that differs, or a duty that is new, dropped or moved."""

    fate: Fate
    duty: str
    what: str
    old: str
    new: str
    evidence: Evidence


@frozen(kw_only=True)
class Comparison:
    """Two editions beside each other, the earlier first. In a notebook it shows itself as HTML.

    ``changes`` holds every duty of both, in the printed order of the later edition with the dropped ones at the end;
    ``edition`` what differs in the editions as a whole; ``stated`` what sources say of the steps between them.

    >>> from victims_code.code import VictimsCode
    >>> comparison = VictimsCode.load().compare("code-2015", "code-2021")
    >>> (change,) = [change for change in comparison.changed if change.duty.id == "make-vcs-contact"]
    >>> change.fields[0].old, change.fields[0].new
    ('no time stated', 'within 20 working days of it')
    """

    earlier: Edition
    later: Edition
    changes: tuple[DutyChange, ...] = field(repr=False)
    edition: tuple[FieldChange, ...] = field(repr=False)
    stated: tuple[Reason, ...] = field(repr=False)

    __repr__ = one_line_repr("{0.earlier} to {0.later}")

    @property
    def new(self) -> tuple[DutyChange, ...]:
        """Duties that nothing known of the earlier edition has."""
        return self._of(Fate.NEW)

    @property
    def dropped(self) -> tuple[DutyChange, ...]:
        """Duties that nothing known of the later edition has."""
        return self._of(Fate.DROPPED)

    @property
    def changed(self) -> tuple[DutyChange, ...]:
        """Duties of both that differ."""
        return self._of(Fate.CHANGED)

    @property
    def merged(self) -> tuple[DutyChange, ...]:
        """Several duties that became one, or one that another took in."""
        return self._of(Fate.MERGED)

    @property
    def split(self) -> tuple[DutyChange, ...]:
        """Duties that became several."""
        return self._of(Fate.SPLIT)

    @property
    def same(self) -> tuple[DutyChange, ...]:
        """Duties that are the same in both."""
        return self._of(Fate.SAME)

    def _of(self, fate: Fate) -> tuple[DutyChange, ...]:
        return tuple(change for change in self.changes if change.fate is fate)

    def rows(self) -> tuple[ComparisonRow, ...]:
        """The comparison as a table: one row for each field that differs, and one for each other duty that moved."""
        return tuple(row for change in self.changes for row in _rows(change))

    def to_dict(self) -> dict[str, Plain]:
        """The comparison as plain values; in each group the changes that are surest come first."""
        groups: dict[str, Plain] = {
            fate.value: [change.to_dict() for change in _surest_first(self._of(fate))]
            for fate in Fate
            if fate is not Fate.SAME
        }
        return {
            "from": self.earlier.id,
            "from_title": self.earlier.info.title,
            "to": self.later.id,
            "to_title": self.later.info.title,
            "cautions": [f"{e.info.caution}{e.info.title}." for e in (self.earlier, self.later) if e.info.caution],
            "stated": [reason.to_dict() for reason in self.stated],
            "edition": [{"what": change.what, "old": change.old, "new": change.new} for change in self.edition],
            "duties": {**groups, "same": [change.duty.id for change in self.same]},
        }

    def to_text(self) -> str:
        """The comparison as plain text."""
        from victims_code import render

        return render.comparison_to_text(self.to_dict())

    def to_markdown(self) -> str:
        """The comparison as a Markdown page with tables."""
        from victims_code import render

        return render.comparison_to_markdown(self.to_dict())

    def to_html(self, *, page: bool = False) -> str:
        """The comparison as an HTML fragment, or as a page that stands by itself.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        from victims_code import render

        return render.comparison_to_html(self.to_dict(), page=page)

    def _repr_html_(self) -> str | None:
        from victims_code import render

        return render.html_or_none(self.to_html)

    def __str__(self) -> str:
        return self.to_text()


def _surest_first(changes: tuple[DutyChange, ...]) -> list[DutyChange]:
    return sorted(changes, key=lambda change: list(Evidence).index(change.evidence))


@checked
def compare_editions(earlier: Edition, later: Edition, law: Law) -> Comparison:
    """Two editions beside each other; see :meth:`victims_code.VictimsCode.compare`."""
    steps = _steps_between(earlier, later, law)
    links = _links(earlier, later, steps, law)
    changes = (*_forward(earlier, later, links, steps, law), *_left_behind(earlier, links, steps, law))
    return Comparison(
        earlier=earlier,
        later=later,
        changes=changes,
        edition=tuple(_edition_changes(earlier, later)),
        stated=tuple(_stated(statement, step, law) for step in steps for statement in step.stated),
    )


def _steps_between(earlier: Edition, later: Edition, law: Law) -> tuple[LineageStep, ...]:
    """The steps that lead from one edition to the other; none where no lineage joins them."""
    by_end = {step.later: step for step in law.lineage}
    steps: list[LineageStep] = []
    at = later.id
    while at != earlier.id and at in by_end:
        steps.insert(0, by_end[at])
        at = by_end[at].earlier
    return tuple(steps) if at == earlier.id else ()


def _links(earlier: Edition, later: Edition, steps: tuple[LineageStep, ...], law: Law) -> Mapping[str, frozenset[str]]:
    """What each duty of the earlier edition became in the later: the steps put together.

    A duty with the same identifier in both is the same duty, also if an edition between them lacks it.
    """
    became = {duty: frozenset((duty,)) for duty in earlier.duties}
    for step in steps:
        shared = frozenset(law.editions[step.earlier].duties.keys() & law.editions[step.later].duties.keys())
        onwards = step.links(shared)
        became = {
            duty: frozenset().union(*(onwards.get(now, frozenset()) for now in nows)) for duty, nows in became.items()
        }
    return {
        duty: frozenset(now for now in nows if now in later.duties) | ({duty} & later.duties.keys())
        for duty, nows in became.items()
    }


def _forward(
    earlier: Edition, later: Edition, links: Mapping[str, frozenset[str]], steps: tuple[LineageStep, ...], law: Law
) -> Iterator[DutyChange]:
    """What the duties of the later edition come from, in its printed order."""
    split = {duty: nows for duty, nows in links.items() if len(nows) > 1}
    for duty in later.duties.values():
        origins = [old for old, nows in links.items() if duty.id in nows]
        before = tuple(earlier.duties[id_] for id_ in origins)
        same_id = earlier.duties.get(duty.id)
        differs = field_changes(same_id, earlier, duty, later) if same_id and duty.id in origins else ()
        if not before:
            fate = Fate.NEW
        elif len(before) > 1 or before[0].id != duty.id:
            fate = Fate.SPLIT if all(old in split for old in origins) else Fate.MERGED
        else:
            fate = Fate.CHANGED if differs else Fate.SAME
        reasons = () if fate is Fate.SAME else tuple(_reasons({duty.id, *origins}, steps, law))
        yield DutyChange(fate=fate, earlier=before, later=(duty,), fields=differs, reasons=reasons)


def _left_behind(
    earlier: Edition, links: Mapping[str, frozenset[str]], steps: tuple[LineageStep, ...], law: Law
) -> Iterator[DutyChange]:
    """The duties of the earlier edition that became nothing."""
    for duty in earlier.duties.values():
        if not links[duty.id]:
            reasons = tuple(_reasons({duty.id}, steps, law))
            yield DutyChange(fate=Fate.DROPPED, earlier=(duty,), later=(), reasons=reasons)


def _reasons(duties: set[str], steps: tuple[LineageStep, ...], law: Law) -> Iterator[Reason]:
    given: set[str] = set()
    for step in steps:
        for duty in sorted(duties):
            for entry in step.about(duty):
                if entry.why not in given:
                    given.add(entry.why)
                    yield Reason(
                        why=entry.why,
                        earlier=step.earlier,
                        later=step.later,
                        evidence=entry.evidence,
                        cites=tuple(law.quote(citation) for citation in entry.cites),
                    )


def _stated(statement: Statement, step: LineageStep, law: Law) -> Reason:
    return Reason(
        why=statement.statement,
        earlier=step.earlier,
        later=step.later,
        evidence=statement.evidence,
        cites=tuple(law.quote(citation) for citation in statement.cites),
    )


def _rows(change: DutyChange) -> Iterator[ComparisonRow]:
    if change.fate is Fate.SAME:
        return
    moved = change.fate in (Fate.NEW, Fate.DROPPED, Fate.MERGED, Fate.SPLIT)
    if moved:
        yield ComparisonRow(
            fate=change.fate,
            duty=change.duty.id,
            what="duty",
            old=", ".join(duty.id for duty in change.earlier),
            new=", ".join(duty.id for duty in change.later),
            evidence=change.evidence,
        )
    for one in change.fields:
        yield ComparisonRow(
            fate=change.fate,
            duty=change.duty.id,
            what=one.what,
            old=one.old,
            new=one.new,
            evidence=change.evidence,
        )


# --- The editions as a whole ------------------------------------------------------------------------------------


def _edition_changes(earlier: Edition, later: Edition) -> Iterator[FieldChange]:
    """What differs beyond the duties: structure, bodies bound, groups with enhanced limits, and who is covered."""
    pairs = (
        ("structure", earlier.layout.words, later.layout.words),
        ("name of the enhanced limits", earlier.enhanced, later.enhanced),
        *_categories(earlier, later),
        *_capacities(earlier, later),
        *_providers(earlier, later),
    )
    return (FieldChange(what=what, old=old, new=new) for what, old, new in pairs if old != new)


def _categories(earlier: Edition, later: Edition) -> Iterator[tuple[str, str, str]]:
    then = {category.id: category for category in earlier.eligibility.enhanced}
    now = {category.id: category for category in later.eligibility.enhanced}
    yield "groups", _titles(then), _titles(now)
    for id_ in (*now, *(old for old in then if old not in now)):
        was = {c.id: c.title for c in then[id_].criteria} if id_ in then else {}
        is_ = {c.id: c.title for c in now[id_].criteria} if id_ in now else {}
        gone = [title for key, title in was.items() if key not in is_]
        come = [title for key, title in is_.items() if key not in was]
        name = load_vocabulary().categories[id_].title
        yield f"group: {name}", "; ".join(gone) or "–", "; ".join(come) or "–"


def _titles(categories: Mapping[str, object]) -> str:
    return "; ".join(load_vocabulary().categories[id_].title for id_ in categories)


def _capacities(earlier: Edition, later: Edition) -> Iterator[tuple[str, str, str]]:
    for capacity in later.eligibility.capacities:
        was = earlier.eligibility.capacity(capacity.id)
        yield f"covered: {capacity.id.replace('-', ' ')}", _covered(was), _covered(capacity)


def _covered(capacity: Capacity) -> str:
    called = "called a victim" if capacity.victim else "not called a victim"
    conditions = (("", capacity.entitled_when), (f"; {called}", capacity.victim_when))
    words = (f"{what}, where {condition_in_words(when)}" if when else what for what, when in conditions)
    return capacity.title + "".join(words)


def _providers(earlier: Edition, later: Edition) -> Iterator[tuple[str, str, str]]:
    gone = [earlier.body_title(body) for body in earlier.bodies if body not in later.bodies]
    come = [later.body_title(body) for body in later.bodies if body not in earlier.bodies]
    yield "bodies bound", "; ".join(gone) or "–", "; ".join(come) or "–"
    for body in later.bodies:
        if body in earlier.bodies:
            yield "name of a body", earlier.body_title(body), later.body_title(body)
