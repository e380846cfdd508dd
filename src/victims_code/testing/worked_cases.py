"""Worked cases: a case, a date, and what a person says must follow, each in a YAML file of its own.

The library's own suite runs on them, and a force can keep its own in the same form::

    name: An arrest on Maundy Thursday is told of after Easter
    origin: edges
    rests_on: [D02]
    why: Friday 3 and Monday 6 April 2026 are bank holidays.
    as_at: 2026-04-20
    case: {reference: X, victims: [{reference: V1}], events: [...]}
    expect:
      obligations:
        - {duty: inform-suspect-arrested, victim: V1, due_on: 2026-04-13, status: met}

Every field given under ``expect`` must agree; fields not given are not compared. ``explanation`` in an obligation, a
window or special measures lists words that the explanation must hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from attrs import evolve, frozen
from cattrs import Converter

from victims_code import faults
from victims_code.arguments import checked
from victims_code.assessment import Assessment
from victims_code.assessment.explanations.steps import Explanation
from victims_code.cases import Case
from victims_code.code import VictimsCode
from victims_code.errors import CaseError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.documents import read_document
from victims_code.reading.structuring import new_converter, structure

_IDENTIFIES_WINDOW = ("scheme", "victim", "suspect", "opened_on")
_NO_WINDOW = "none"
_IDENTIFIES = ("duty", "edition", "victim", "suspect", "hearing", "offence", "triggered_on", "period")


@frozen(kw_only=True)
class Expectation:
    """What must follow from a worked case; ``absent`` names duties and schemes that must not.

    ``counts`` gives for a duty how many obligations there are.

    Beside the fields of the JSON result a window may be expected to have ``limit_dates`` and ``limit_evidence``, and
    ``follow_up_dates`` and ``follow_up_statuses``, each by identifier; special measures have ``grounds`` and
    ``measures`` by identifier, each *yes*, *no* or *unknown*. A window with the state *none* must not be there.
    An obligation, a window and special measures may have ``explanation``, a list of words that their explanation holds.

    ``work_list`` names the duties of the work list in its order, ``changes_on`` the next day on which an answer can
    change. ``ids_since`` is an earlier date of assessment: every obligation of that day must be there under its id.
    """

    obligations: tuple[object, ...] = ()
    absent: tuple[str, ...] = ()
    counts: Mapping[str, int] | None = None
    eligibility: tuple[object, ...] = ()
    windows: tuple[object, ...] = ()
    special_measures: tuple[object, ...] = ()
    work_list: tuple[str, ...] | None = None
    changes_on: date | None = None
    ids_since: date | None = None
    faults: tuple[str, ...] | None = None
    explanation: tuple[str, ...] = ()


@frozen(kw_only=True)
class WorkedCase:
    """A case worked by hand: ``why`` says how, so that another person can check it without the library."""

    name: str
    origin: str
    why: str
    as_at: date
    case: object
    expect: Expectation
    rests_on: tuple[str, ...] = ()
    known_on: date | None = None

    def assess(self, code: VictimsCode | None = None) -> Assessment:
        """The library's answer to the case.

        :raises CaseError: if the case itself has faults.
        """
        if not isinstance(self.case, dict):
            raise CaseError(faults.WORKED_CASE_NOT_A_CASE.at("case"))
        case = Case.from_dict(self.case, source="case")
        return (code or VictimsCode.load()).assess(case, as_at=self.as_at, known_on=self.known_on)

    def differences(self, code: VictimsCode | None = None, *, result: Assessment | None = None) -> tuple[str, ...]:
        """Where the library's answer differs from what must follow; empty if nowhere.

        :param result: the answer, where it has been worked out already.
        """
        result = result or self.assess(code)
        return (*_differences(self.expect, result), *self._lost_ids(result, code))

    def _lost_ids(self, result: Assessment, code: VictimsCode | None) -> Iterator[str]:
        """The obligations of an earlier date of assessment that are not there under the ids they had."""
        if self.expect.ids_since is None:
            return
        found = {obligation.id for obligation in result.obligations}
        for earlier in evolve(self, as_at=self.expect.ids_since, known_on=None).assess(code).obligations:
            if earlier.id not in found:
                yield f"{earlier.duty.id} {earlier.victim or ''}: the id {earlier.id} of that day is not there"


def _differences(expect: Expectation, result: Assessment) -> Iterator[str]:
    plain: Mapping[str, Any] = result.to_dict()
    for number, wanted in enumerate(expect.obligations):
        fields, words = _parted(wanted)
        yield from _compare_obligation(fields, plain["obligations"])
        words += expect.explanation if number == 0 else ()
        yield from _compare_explanation(fields, words, _IDENTIFIES, result.obligations)
    there = {obligation["duty"] for obligation in plain["obligations"]} | {w["scheme"] for w in plain["windows"]}
    yield from (f"{name} must not be there, and is" for name in expect.absent if name in there)
    for duty, wanted_count in (expect.counts or {}).items():
        count = sum(obligation["duty"] == duty for obligation in plain["obligations"])
        if count != wanted_count:
            yield f"{duty}: expected {wanted_count} obligations, found {count}"
    for wanted in expect.eligibility:
        yield from _compare_one(dict(wanted), plain["eligibility"], ("victim", "edition"))  # type: ignore[call-overload]
    windows = [_with_limits(window) for window in plain["windows"]]
    for wanted in expect.windows:
        fields, words = _parted(wanted)
        yield from _compare_window(fields, windows)
        yield from _compare_explanation(fields, words, _IDENTIFIES_WINDOW, result.windows)
    if expect.special_measures:
        measures = [_by_identifier(one) for one in plain["special_measures"]]
        for wanted in expect.special_measures:
            fields, words = _parted(wanted)
            yield from _compare_one(fields, measures, ("victim",))
            yield from _compare_explanation(fields, words, ("victim",), result.special_measures)
    listed = tuple(obligation.duty.id for obligation in result.work_list())
    if expect.work_list is not None and listed != expect.work_list:
        yield f"work list: expected {list(expect.work_list)}, found {list(listed)}"
    if expect.changes_on is not None and result.changes_on != expect.changes_on:
        yield f"changes_on: expected {expect.changes_on}, found {result.changes_on}"
    if expect.faults is not None:
        found = sorted(fault["code"] for fault in plain["faults"])
        if found != sorted(expect.faults):
            yield f"faults: expected {sorted(expect.faults)}, found {found}"


def _parted(wanted: object) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields that must agree, and the words the explanation must hold."""
    fields: dict[str, Any] = dict(wanted)  # type: ignore[call-overload]
    return fields, tuple(fields.pop("explanation", ()))


def _compare_window(wanted: dict[str, Any], windows: list[dict[str, Any]]) -> Iterator[str]:
    if wanted.get("state") != _NO_WINDOW:
        yield from _compare_one(wanted, windows, _IDENTIFIES_WINDOW)
    elif found := _candidates(wanted, windows, _IDENTIFIES_WINDOW):
        yield f"{wanted['scheme']} must not be there for {wanted.get('victim', 'anyone')}, and is {found[0]['state']}"


def _with_limits(window: dict[str, Any]) -> dict[str, Any]:
    return {
        **window,
        "limit_dates": {limit["id"]: limit["closes_on"] for limit in window["limits"]},
        "limit_evidence": {limit["id"]: limit["evidence"] for limit in window["limits"]},
        "follow_up_dates": {one["id"]: one["due_on"] for one in window["follow_ups"]},
        "follow_up_statuses": {one["id"]: one["status"] for one in window["follow_ups"]},
    }


def _by_identifier(measures: dict[str, Any]) -> dict[str, Any]:
    return {
        **measures,
        "grounds": {ground["id"]: ground["holds"] for ground in measures["grounds"]},
        "measures": {measure["id"]: measure["open"] for measure in measures["measures"]},
    }


def _compare_obligation(wanted: dict[str, Any], obligations: list[dict[str, Any]]) -> Iterator[str]:
    candidates = _candidates(wanted, obligations, _IDENTIFIES)
    if any(all(found.get(key) == value for key, value in wanted.items()) for found in candidates):
        return
    yield from _compare_one(wanted, obligations, _IDENTIFIES)


def _compare_one(wanted: dict[str, Any], things: list[dict[str, Any]], identifies: tuple[str, ...]) -> Iterator[str]:
    name = " ".join(str(wanted[key]) for key in identifies if wanted.get(key) is not None)
    candidates = _candidates(wanted, things, identifies)
    if not candidates:
        yield f"{name}: expected and not found"
        return
    found = candidates[0]
    for key, value in wanted.items():
        if key not in found:
            yield f"{name}: there is no {key!r}. {did_you_mean(key, found)}"
        elif isinstance(value, dict) and isinstance(found[key], dict):
            wrong = {inner: found[key].get(inner) for inner, want in value.items() if found[key].get(inner) != want}
            if wrong:
                yield f"{name}: {key} expected {value}, found {wrong}"
        elif found[key] != value:
            yield f"{name}: {key} expected {value!r}, found {found[key]!r}"


def _candidates(
    wanted: dict[str, Any], things: list[dict[str, Any]], identifies: tuple[str, ...]
) -> list[dict[str, Any]]:
    keys = [key for key in identifies if key in wanted]
    return [thing for thing in things if all(thing.get(key) == wanted[key] for key in keys)]


class _Explained(Protocol):
    def to_dict(self) -> Any: ...

    def explain(self) -> Explanation: ...


def _compare_explanation(
    wanted: dict[str, Any], words: tuple[str, ...], identifies: tuple[str, ...], things: Sequence[_Explained]
) -> Iterator[str]:
    """What the explanation of the first thing that was meant does not say."""
    if not words:
        return
    keys = [key for key in identifies if key in wanted]
    for thing in things:
        plain = thing.to_dict()
        if all(plain.get(key) == wanted[key] for key in keys):
            text = thing.explain().to_text()
            yield from (f"the explanation does not say {word!r}:\n{text}" for word in words if word not in text)
            return


@cache
def _converter() -> Converter:
    return new_converter()


def read_worked_case(path: str | Path) -> WorkedCase:
    """A worked case from its file.

    :raises CaseError: with every fault of the file at once.
    """
    document = read_document(path)
    faults: list[Fault] = []
    worked = structure(_converter(), document.data, WorkedCase, document, faults=faults)
    if worked is None:
        raise CaseError(*faults)
    return worked


@checked
def worked_cases_in(folder: str | Path) -> Iterator[tuple[Path, WorkedCase]]:
    """Every worked case in a folder and the folders below it, in the order of their names."""
    for path in sorted(Path(folder).rglob("*.yaml")):
        yield path, read_worked_case(path)
