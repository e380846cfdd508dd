"""What an offence code says: its class and title, and which categories of the Code it decides by itself.

An answer is yes, no or cannot tell, with the reason for each. The rules that give it, and the table of codes they read,
are in ``data/offences``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import need, need_each
from victims_code.cases import Assertion, Case, Offence
from victims_code.errors import LawDataError
from victims_code.faults import Fault
from victims_code.identifiers import OffenceCode
from victims_code.law import Evidence
from victims_code.names import FactId
from victims_code.printable import capitalised, one_line_repr
from victims_code.reading.data_files import DataFile, data_folder
from victims_code.reading.sources import FromOneSource

_STANDING_DATA = "cjs-standing-data"


class Answer(StrEnum):
    """Whether a code alone puts the offence into a category."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"


@frozen(kw_only=True)
class OffenceFinding:
    """What a code says of one category, why, on what that rests, and the first day on which it holds."""

    category: str
    answer: Answer
    why: str
    evidence: Evidence
    source: str
    reading: str | None = None
    since: date | None = None

    __repr__ = one_line_repr("{0.category}: {0.answer}")


@frozen(kw_only=True)
class OffenceClass:
    """An offence code with its entry in the standing data and what it says of each category.

    ``home_office_class`` is None where the standing data have none or only a placeholder.
    """

    code: OffenceCode
    known: bool
    title: str | None
    home_office_class: str | None
    findings: Mapping[str, OffenceFinding] = field(repr=False)

    @property
    def categories(self) -> Mapping[str, Answer]:
        """``yes``, ``no`` or ``cannot-tell`` by category; the names are those of an offence's flags."""
        return {category: finding.answer for category, finding in self.findings.items()}

    @property
    def why(self) -> str:
        """In words: what the code is, and why each category it belongs to or leaves open is so."""
        what = f"{self.code.text}: {self.title}." if self.title else f"{self.code.text} is not known."
        said: dict[str, list[str]] = {}
        titles: dict[str, str] = {category.id: category.title for category in _offence_rules().categories}
        for finding in self.findings.values():
            if finding.answer is not Answer.NO:
                answer = finding.answer.replace("-", " ")
                said.setdefault(finding.why, []).append(f"{titles[finding.category]}: {answer}")
        return " ".join([what, *(f"{capitalised('; '.join(found))}. {why}" for why, found in said.items())])

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources the findings rest on, by their identifiers."""
        return tuple(dict.fromkeys(finding.source for finding in self.findings.values()))


def classify_offence(code: str) -> OffenceClass:
    """What a CJS offence code says of the categories of the Code.

    Most hate crime, domestic abuse and terrorism has no code of its own: ``cannot-tell`` is then the answer, and a
    flag, a marker or a qualifier is needed. A code no one knows tells nothing.

    :param code: the code as it is written, such as ``OF61016``, ``of/61/016`` or ``COML025A``.
    :raises WrongTypeError: if it is not text.

    >>> found = classify_offence("OF61016")
    >>> found.title, found.home_office_class
    ('Section 18 - wounding with intent', '005/01')
    >>> found.categories["wounding-or-gbh-with-intent"].value, found.categories["domestic-abuse"].value
    ('yes', 'cannot-tell')
    >>> classify_offence("CD71003").findings["arson-endangering-life"].why
    'The code covers intent and recklessness alike; look at the charge.'
    >>> set(classify_offence("ZZ99999").categories.values()) == {Answer.CANNOT_TELL}
    True
    """
    parsed = OffenceCode.parse(code)
    found = _entry(parsed.text) if parsed.national else None
    base = _entry(parsed.base) if parsed.suffix else None
    known = found or base
    title = known.title if known is not None else None
    if found is None and title is not None:
        title = f"{title} ({_suffix(parsed)} it)"
    findings = (_finding(category, parsed, found, base) for category in _offence_rules().categories)
    return OffenceClass(
        code=parsed,
        known=known is not None,
        title=title,
        home_office_class=_class_of(found) or _class_of(base),
        findings=MappingProxyType({finding.category: finding for finding in findings}),
    )


def _finding(
    category: _CategoryRules, code: OffenceCode, found: _ListedOffence | None, base: _ListedOffence | None
) -> OffenceFinding:
    known = found or base
    if known is None:
        return _undecided(category, _why_unknown(code))
    if known.kind in _offence_rules().no_offence:
        return _undecided(category, "The code is an application, an appeal or enforcement and no offence.")
    ways = [(code.text, _class_of(found))]
    if _class_of(found) is None and base is not None:
        ways.append((code.base, _class_of(base)))
    for text, home_office_class in ways:
        for rule in category.rules:
            if rule.fits(text, home_office_class, known.kind):
                counts = rule.answer is Answer.YES and code.suffix in {s.letter for s in _offence_rules().suffixes}
                return OffenceFinding(
                    category=category.id,
                    answer=rule.answer,
                    why=f"{rule.why} {capitalised(_suffix(code))} it counts as the offence." if counts else rule.why,
                    evidence=rule.evidence,
                    source=rule.source,
                    reading=rule.reading or ("inchoate-offences" if counts else None),
                    since=rule.since,
                )
    home_office_class = next((known for _, known in ways if known is not None), None)
    if home_office_class is not None:
        why = category.unless or f"Class {home_office_class} is none of those for {category.title}."
        return _by_default(category, category.otherwise, why)
    if known.kind in _offence_rules().summary_only:
        why = category.unless or f"The offence can be tried summarily only, which {category.title} cannot."
        return _by_default(category, category.summary, why)
    return _undecided(category, "The standing data give this code no Home Office class.")


def _class_of(found: _ListedOffence | None) -> str | None:
    """The Home Office class, unless it is a placeholder."""
    if found is None or found.home_office_class in _offence_rules().placeholders:
        return None
    return found.home_office_class


def _suffix(code: OffenceCode) -> str:
    return next((suffix.words for suffix in _offence_rules().suffixes if suffix.letter == code.suffix), "a variant of")


def _why_unknown(code: OffenceCode) -> str:
    if code.national:
        return f"The standing data have no offence with this code ({_origin()})."
    return "The code has not the national form: a single force gave it out, or it is superseded."


def _by_default(category: _CategoryRules, answer: Answer, why: str) -> OffenceFinding:
    return OffenceFinding(
        category=category.id, answer=answer, why=why, evidence=Evidence.SECONDARY, source=_STANDING_DATA
    )


def _undecided(category: _CategoryRules, why: str) -> OffenceFinding:
    return _by_default(category, Answer.CANNOT_TELL, why)


def with_classified_offence(case: Case) -> Case:
    """The case with what its offence code says as flags of the offence, each with its source.

    Only a yes or a no becomes a flag, and only where no one has said anything of that category yet: what a record says
    comes before what a code says. The answers a code cannot give, and a code that is not known, go into the notes.

    >>> from victims_code.cases import Offence, Victim
    >>> case = Case(reference="C", victims=[Victim(reference="V")], offence=Offence(cjs_code="COML020"))
    >>> kidnap = with_classified_offence(case).offence.flags[1]
    >>> kidnap.fact, kidnap.value, kidnap.source
    ('kidnap', True, 'offence code COML020')
    """
    need(case, Case, "case", "a Case", "Case.from_dict and Case.from_file make one.")
    for n, offence in enumerate(case.offences):
        case = _with_classified(case, n, offence)
    return case


def _with_classified(case: Case, n: int, offence: Offence) -> Case:
    """The case with what the code of one of its offences says."""
    one = len(case.offences) == 1
    where = "offence.cjs_code" if one else f"offences[{n}].cjs_code"
    if offence.cjs_code is None:
        whose = "The case" if one else f"The offence {offence.reference!r}"
        return _noted(case, faults.NO_OFFENCE_CODE.at(where, whose=whose))
    said = {flag.fact for flag in offence.flags if flag.value is not None}
    flags = tuple(flag for flag in flags_of([offence.cjs_code]) if flag.fact not in said)
    open_still = [c.title for c in _offence_rules().categories if c.id not in said | {flag.fact for flag in flags}]
    offences = list(case.offences)
    offences[n] = evolve(offence, flags=(*offence.flags, *flags))
    classified = evolve(case, offences=offences)
    if not open_still:
        return classified
    left_open = ", ".join(open_still)
    return _noted(classified, faults.OFFENCE_CODE_LEAVES_OPEN.at(where, offence=offence.cjs_code, categories=left_open))


def flags_of(codes: Iterable[str]) -> tuple[Assertion, ...]:
    """What the offence codes of a case say together: yes if one says yes, no if all say no, otherwise nothing.

    >>> [flag.fact for flag in flags_of(["TH68006", "OF61016"]) if flag.value]
    ['wounding-or-gbh-with-intent', 'specified-offence', 'within-lenient-sentence-scheme']
    """
    found = [
        classify_offence(code)
        for code in dict.fromkeys(need_each(codes, str, "codes", 'Pass codes such as ["OF61016"].'))
    ]
    flags = []
    for category in _offence_rules().categories if found else ():
        said = {one.code.text: one.findings[category.id] for one in found}
        yes = {code: finding.since for code, finding in said.items() if finding.answer is Answer.YES}
        if yes or {finding.answer for finding in said.values()} == {Answer.NO}:
            source = f"offence code {', '.join(yes or said)}"
            since = min((day for day in yes.values() if day), default=None) if None not in yes.values() else None
            flags.append(Assertion(fact=category.id, value=bool(yes), since=since, source=source))
    return tuple(flags)


def _noted(case: Case, note: Fault) -> Case:
    return evolve(case, notes=(*case._notes, note))


# --- the rules --------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _OffenceRule(FromOneSource):
    """An answer for codes that begin with one of ``codes`` or ``acts``, or whose class or kind is listed.

    A class is listed by its beginning. ``since`` is the first day on which the answer holds.
    """

    answer: Answer
    why: str
    codes: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    reading: str | None = None
    since: date | None = None

    def fits(self, code: str, home_office_class: str | None, kind: str) -> bool:
        """Whether the rule speaks of this code, of its class if it has one, or of its kind."""
        by_class = home_office_class is not None and home_office_class.startswith(self.classes)
        return code.startswith((*self.codes, *self.acts)) or by_class or kind in self.kinds


@frozen(kw_only=True)
class _CategoryRules:
    """One category: its rules in order, and the answer where none fits, for offences in general and summary ones."""

    id: FactId
    title: str
    otherwise: Answer
    summary: Answer
    rules: tuple[_OffenceRule, ...]
    unless: str | None = None


@frozen(kw_only=True)
class _Suffix:
    """A last letter of offence codes and what it means."""

    letter: str
    words: str


@frozen(kw_only=True)
class _OffenceRules:
    """The whole file."""

    no_offence: tuple[str, ...]
    summary_only: tuple[str, ...]
    placeholders: tuple[str, ...]
    suffixes: tuple[_Suffix, ...]
    categories: tuple[_CategoryRules, ...]


@cache
def _offence_rules() -> _OffenceRules:
    """The rules, read once.

    >>> [category.id for category in _offence_rules().categories][:2]
    ['attempted-murder', 'kidnap']
    """
    return DataFile.open("offences/categories.yaml").one(_OffenceRules)


# --- the table of codes ----------------------------------------------------------------------------------------


@frozen
class _ListedOffence:
    """One offence code of the standing data: its Home Office class, its kind (such as CE, either way) and its title."""

    code: str
    home_office_class: str
    kind: str
    title: str


@cache
def _table() -> bytes:
    """The file, sorted by code, one code a line, after a line that says where it comes from."""
    path = data_folder() / "offences" / "offences.tsv"
    try:
        return path.read_bytes()
    except OSError as problem:
        raise LawDataError(faults.OFFENCE_TABLE_MISSING.at(str(path), reason=problem.strerror)) from None


def _origin() -> str:
    """Where the table comes from, in one line.

    >>> _origin()
    '@moj-bichard7-developers/bichard7-next-data 2.0.414, MIT licence'
    """
    return _table().partition(b"\n")[0].decode().removeprefix("# ").partition(":")[0]


def _entry(code: str) -> _ListedOffence | None:
    """The entry of a code, found by halving the file.

    >>> _entry("OF61131").home_office_class
    '008/01'
    >>> _entry("OF61999") is None
    True
    """
    table, wanted = _table(), code.encode()
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.find(b"\n", start)
        found = table[start : table.find(b"\t", start)]
        if found == wanted:
            return _ListedOffence(*table[start:end].decode().split("\t"))
        if found < wanted:
            low = end + 1
        else:
            high = start
    return None


# --- offences without a victim ---------------------------------------------------------------------------------


@frozen(kw_only=True)
class WithoutVictim(FromOneSource):
    """Codes of offences that have no individual victim, with the reason."""

    codes: tuple[str, ...]
    why: str


@frozen(kw_only=True)
class _WithoutVictimFile:
    offences: tuple[WithoutVictim, ...]


@cache
def _by_code() -> dict[str, WithoutVictim]:
    listed = DataFile.open("offences/without-a-victim.yaml").one(_WithoutVictimFile).offences
    return {code: entry for entry in listed for code in entry.codes}


def without_victim(code: str) -> WithoutVictim | None:
    """The entry of an offence code that has no individual victim, or None if it may have one.

    :param code: the code as it is written.
    :raises WrongTypeError: if it is not text.

    >>> without_victim("BA76001").why
    'Failing to surrender to bail is an offence against the course of justice.'
    >>> without_victim("OF61016") is None
    True
    """
    return _by_code().get(OffenceCode.parse(code).base)
