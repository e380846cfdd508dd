"""Conditions over facts, where not knowing is an answer.

A condition is ``all``, ``any`` or ``not`` of others, or a leaf that compares one fact. A fact no one has stated is
unknown, and unknown travels by Kleene's rules: ``all`` is false as soon as one part is false, ``any`` is true as soon
as one part is true, and otherwise an unknown part leaves the whole unknown. Every evaluation says which facts it
used and which it missed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterator
from datetime import date

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.errors import LawDataError
from victims_code.faults import Fault, did_you_mean
from victims_code.plain import Answer
from victims_code.printable import one_line_repr

Value = bool | int | str | date
"""What a fact can be, when it is known."""
Truth = bool | None
"""True, false, or None for unknown."""
_WORDS: dict[Truth, Answer] = {True: "yes", False: "no", None: "unknown"}
Lookup = Callable[[str], "Value | None"]
"""Gives the value of a fact by its name, or None if it is not known."""


@checked_if_it_fails
def truth_word(truth: Truth) -> Answer:
    """A truth as results write it: *yes*, *no* or *unknown*.

    >>> truth_word(None)
    'unknown'
    """
    return _WORDS[truth]


@frozen
class Finding:
    """The outcome of a condition: its truth, the facts that decided it, and the facts that were missing.

    ``used`` holds the known facts the answer rests on; ``missing`` the unknown ones that keep it open (empty unless
    ``truth`` is None).
    """

    truth: Truth
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.truth}, used: {0.used}, missing: {0.missing}")


@frozen
class Leaf:
    """One fact compared with a value, such as *persistently-targeted is true*."""

    fact: str
    test: str
    value: Value | tuple[Value, ...]
    _findings: dict[Truth, Finding] = field(init=False, eq=False, repr=False)

    @_findings.default
    def _all_findings(self) -> dict[Truth, Finding]:
        """The three things a leaf can find, made once, because they are asked for often."""
        used = (self.fact,)
        return {True: Finding(True, used), False: Finding(False, used), None: Finding(None, (), used)}

    def find(self, lookup: Lookup) -> Finding:
        """Compare the fact, or report it missing."""
        known = lookup(self.fact)
        return self._findings[None if known is None else _TESTS[self.test](known, self.value)]

    def facts(self) -> Iterator[str]:
        """The name of the fact."""
        yield self.fact


@frozen
class AllOf:
    """True when every part is true."""

    parts: tuple[Condition, ...]

    __repr__ = one_line_repr("{0.parts}")

    def find(self, lookup: Lookup) -> Finding:
        """Evaluate by Kleene's rules."""
        return _gather([part.find(lookup) for part in self.parts], decisive=False)

    def facts(self) -> Iterator[str]:
        """The facts of every part."""
        for part in self.parts:
            yield from part.facts()


@frozen
class AnyOf:
    """True when at least one part is true."""

    parts: tuple[Condition, ...]

    __repr__ = one_line_repr("{0.parts}")

    def find(self, lookup: Lookup) -> Finding:
        """Evaluate by Kleene's rules."""
        return _gather([part.find(lookup) for part in self.parts], decisive=True)

    def facts(self) -> Iterator[str]:
        """The facts of every part."""
        for part in self.parts:
            yield from part.facts()


@frozen
class Not:
    """True when its part is false."""

    part: Condition

    def find(self, lookup: Lookup) -> Finding:
        """Turn the truth of the part round; unknown stays unknown."""
        found = self.part.find(lookup)
        return Finding(None if found.truth is None else not found.truth, found.used, found.missing)

    def facts(self) -> Iterator[str]:
        """The facts of the part."""
        yield from self.part.facts()


Condition = Leaf | AllOf | AnyOf | Not


@checked_if_it_fails
def without_facts(condition: Condition, left_out: Container[str]) -> Condition | None:
    """What is enough for a condition although nothing is known of some facts; None if nothing is.

    >>> either = [{"fact": "hate-crime", "is": True}, {"fact": "mental-disorder", "is": True}]
    >>> grounds = parse_condition({"any": either})
    >>> list(without_facts(grounds, {"hate-crime"}).facts())
    ['mental-disorder']
    """
    if isinstance(condition, AnyOf):
        parts = tuple(part for each in condition.parts if (part := without_facts(each, left_out)) is not None)
        return AnyOf(parts) if parts else None
    return None if any(fact in left_out for fact in condition.facts()) else condition


"""Any condition."""


@checked_if_it_fails
def one_answer_is_enough(condition: Condition, lookup: Lookup, fact: str) -> bool:
    """Whether one answer to the question about a fact makes a condition true, whatever else is not known.

    >>> both = AllOf((Leaf("disability", "is", True), Leaf("evidence-affected", "is", True)))
    >>> one_answer_is_enough(both, {}.get, "disability"), one_answer_is_enough(Not(both), {}.get, "disability")
    (False, True)
    """

    def answered(answer: bool) -> Lookup:
        return lambda name: answer if name == fact else lookup(name)

    return any(condition.find(answered(answer)).truth for answer in (True, False))


@checked_if_it_fails
def all_found(findings: list[Finding]) -> Finding:
    """One finding from several that must all hold, by Kleene's rules; true if there are none."""
    return _gather(findings, decisive=False)


@checked_if_it_fails
def any_found(findings: list[Finding]) -> Finding:
    """One finding from several of which one is enough, by Kleene's rules; false if there are none."""
    return _gather(findings, decisive=True)


def _gather(findings: list[Finding], *, decisive: bool) -> Finding:
    """Join the findings of parts; a part whose truth is ``decisive`` settles the whole."""
    settled = [finding for finding in findings if finding.truth is decisive]
    if settled:
        return settled[0] if len(settled) == 1 else Finding(decisive, _names(finding.used for finding in settled))
    if open_ones := [finding for finding in findings if finding.truth is None]:
        return Finding(None, _names(f.used for f in findings), _names(f.missing for f in open_ones))
    return Finding(not decisive, _names(finding.used for finding in findings))


def _names(groups: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


_TESTS: dict[str, Callable[..., bool]] = {
    "is": operator.eq,
    "is-not": operator.ne,
    "in": lambda known, values: known in values,
    "at-least": operator.ge,
    "at-most": operator.le,
    "before": operator.lt,
    "on-or-after": operator.ge,
}


COMPARISONS = tuple(_TESTS)
"""The ways in which a leaf can compare its fact."""


@frozen
class _Parser:
    """Turns plain data into a condition and gathers every fault on the way."""

    faults: list[Fault] = field(factory=list)

    def parse(self, data: object, keys: tuple[str | int, ...] = ()) -> Condition:
        if isinstance(data, dict):
            if "fact" in data:
                return self._leaf(data, keys)
            if len(data) == 1:
                ((word, inside),) = data.items()
                if word in ("all", "any") and isinstance(inside, list) and inside:
                    parts = tuple(self.parse(item, (*keys, word, n)) for n, item in enumerate(inside))
                    return AllOf(parts) if word == "all" else AnyOf(parts)
                if word == "not":
                    return Not(self.parse(inside, (*keys, "not")))
        self.faults.append(faults.NOT_A_CONDITION.at(_place(keys)))
        return Leaf("", "is", True)

    def _leaf(self, data: dict[str, object], keys: tuple[str | int, ...]) -> Condition:
        tests = [key for key in data if key != "fact"]
        if len(tests) != 1 or tests[0] not in _TESTS:
            wrong = next((test for test in tests if test not in _TESTS), "")
            self.faults.append(faults.LEAF_WITH_SEVERAL_TESTS.at(_place(keys), nearest=did_you_mean(wrong, _TESTS)))
            return Leaf(str(data["fact"]), "is", True)
        value = data[tests[0]]
        if tests[0] == "in" and not (isinstance(value, list) and value):
            self.faults.append(faults.LEAF_WITHOUT_VALUES.at(_place(keys)))
        return Leaf(str(data["fact"]), tests[0], tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]


def leaves_apart(data: object) -> dict[str | int, tuple[object, type[Leaf]]]:
    """The leaves in the plain data of a condition, so that each can be read by itself where another is broken."""
    return {n: (leaf, Leaf) for n, leaf in enumerate(_leaves_in(data))}


def _leaves_in(data: object) -> Iterator[object]:
    if isinstance(data, dict) and "fact" in data:
        yield data
    elif isinstance(data, dict | list):
        for inside in data.values() if isinstance(data, dict) else data:
            yield from _leaves_in(inside)


def _place(keys: tuple[str | int, ...]) -> str:
    return ".".join(map(str, keys))


def parse_condition(data: object) -> Condition:
    """A condition from plain data, as it stands in the law files.

    :raises LawDataError: with every fault found.

    >>> condition = parse_condition({"any": [{"fact": "under-18", "is": True}, {"fact": "kidnap", "is": True}]})
    >>> condition.find({"kidnap": True}.get).truth
    True
    >>> condition.find({"kidnap": False}.get)
    <Finding None, used: ('kidnap',), missing: ('under-18',)>
    """
    parser = _Parser()
    condition = parser.parse(data)
    if parser.faults:
        raise LawDataError(*parser.faults)
    return condition
