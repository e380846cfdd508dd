"""The front door of victims' services: its delivery model, who has each part, and to whom each passes victims on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, in_order, word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.faults import did_you_mean
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class DeliveryModel(Sourced):
    """A delivery model: the parts of the front door that are in-house, and those that a provider has."""

    id: str
    title: str
    in_house: tuple[str, ...]
    by_provider: tuple[str, ...]


@frozen(kw_only=True)
class _ModelsFile(Sourced):
    parts: tuple[Word, ...]
    models: tuple[DeliveryModel, ...]


@cache
def _file() -> _ModelsFile:
    file = DataFile.open("commissioning/delivery-models.yaml")
    read = file.one(_ModelsFile)
    known = [part.id for part in read.parts]
    for n, model in enumerate(read.models):
        for key in ("in_house", "by_provider"):
            for m, part in enumerate(getattr(model, key)):
                file.unknown(("models", n, key, m), "part of a front door", part, known)
    file.finish()
    return read


def delivery_models() -> Mapping[str, DeliveryModel]:
    """The delivery models, by identifier.

    :raises LawDataError: if the data is broken.

    >>> delivery_models()["partly-in-house"].in_house[:2]
    ('single-point-of-contact', 'triage')
    """
    return by_id(_file().models)


def front_door_parts() -> Mapping[str, str]:
    """The parts a front door can have, by identifier with its title."""
    return {part.id: part.title for part in _file().parts}


_ModelName = Annotated[str, word("delivery model", delivery_models)]
_PartName = Annotated[str, word("part of a front door", front_door_parts)]


class ArrangedBy(StrEnum):
    """Who has a part of the front door."""

    IN_HOUSE = "in-house"
    PROVIDER = "provider"


@frozen(kw_only=True)
class FrontDoorPart(CommissioningRecord):
    """A part of the front door: who has it, from when, and to which parts or services it passes victims on.

    ``by`` is None where the record does not say.
    """

    part: _PartName
    by: ArrangedBy | None = None
    who: str | None = None
    since: date | None = None
    until: date | None = None
    passes_to: tuple[str, ...] = ()
    note: str | None = None

    checks = (in_order("since", "until"), all_different("passes_to[]"))


@frozen(kw_only=True)
class FrontDoor(CommissioningRecord):
    """The front door of an area: its delivery model, and its parts in the order a victim meets them.

    >>> door = FrontDoor.from_yaml('''
    ... reference: VAL
    ... area: west-mercia
    ... model: partly-in-house
    ... parts:
    ...   - {part: single-point-of-contact, by: in-house, who: Victim Advice Line, passes_to: [triage]}
    ...   - {part: triage, by: provider, since: 2019-04-01}
    ... ''')
    >>> [found.message for found in door.findings(date(2026, 4, 1))][0]
    'Triage by several professions is with a provider, and the model has it in-house.'
    """

    reference: str
    area: AreaName
    model: _ModelName
    parts: tuple[FrontDoorPart, ...]
    title: str | None = None
    decision: str | None = None
    services: tuple[str, ...] = ()
    note: str | None = None

    def _passes_to_what_there_is(self) -> Iterator[Contradiction]:
        known = {one.part for one in self.parts} | set(self.services)
        for n, passes_to in each(self, "parts", "passes_to"):
            for m, name in enumerate(passes_to):
                if name not in known:
                    fault = faults.PASSED_TO_NOTHING.at(name=name, nearest=did_you_mean(name, known, listing="It has"))
                    yield Contradiction(("parts", n, "passes_to", m), fault)

    checks = (all_different("parts[].part"), _passes_to_what_there_is)

    def chain(self) -> tuple[str, ...]:
        """The way of a victim through the front door: each part and service in the order it is passed on to."""
        ways = {one.part: one.passes_to for one in self.parts}
        found: list[str] = []
        to_do = [one.part for one in self.parts[:1]]
        while to_do:
            name = to_do.pop(0)
            if name not in found:
                found.append(name)
                to_do += ways.get(name, ())
        return tuple(found)

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What of the model is not there on a day, is arranged otherwise or not known, and what no victim reaches."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        model, held = delivery_models()[self.model], {one.part: one for one in self.parts}
        wanted = dict.fromkeys(model.in_house, ArrangedBy.IN_HOUSE) | dict.fromkeys(
            model.by_provider, ArrangedBy.PROVIDER
        )
        for name, by in wanted.items():
            message = self._amiss(front_door_parts()[name], held.get(name), by, as_at)
            if message is not None:
                unknown = name not in held or held[name].by is None
                yield self._found(message, f"parts.{name}" if unknown else "")
        reached = set(self.chain())
        for one in self.parts:
            if one.part not in reached and any(other.passes_to for other in self.parts):
                yield self._found(f"{front_door_parts()[one.part]}: no part passes victims on to it.", "")

    def _amiss(self, title: str, part: FrontDoorPart | None, by: ArrangedBy, as_at: date) -> str | None:
        where = {ArrangedBy.IN_HOUSE: "in-house", ArrangedBy.PROVIDER: "with a provider"}
        if part is None:
            return f"{title}: the record does not say whether it is there; the model has it {where[by]}."
        if part.by is None:
            return f"{title}: the record does not say who has it; the model has it {where[by]}."
        if part.by is not by:
            return f"{title} is {where[part.by]}, and the model has it {where[by]}."
        if part.since is not None and part.since > as_at:
            return f"{title} begins on {format_date(part.since)}."
        return f"{title} ended on {format_date(part.until)}." if part.until and part.until < as_at else None

    def _found(self, message: str, missing: str) -> RuleFinding:
        return finding(
            "front-door-as-its-model",
            message,
            "Add it to the record." if missing else "Arrange it as the model says, or name another model.",
            about=self.reference,
            outcome=RuleOutcome.CANNOT_TELL if missing else RuleOutcome.BROKEN,
            missing=(missing,) if missing else (),
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The parts that are still to begin, each by its day."""
        coming = [(one.since, one) for one in self.parts if one.since is not None and one.since > on]
        return by_day(
            DueItem(
                day=day,
                what=f"Begin: {front_door_parts()[one.part]}.",
                owner=one.who or "",
                about=self.reference,
                kind=DueKind.PLAN,
            )
            for day, one in coming
        )
