"""An outcome framework as a whole: shipped with the package, or a commissioner's own, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes.measures import (
    MeasureKind,
    MeasureRole,
    MeasureTie,
    Outcome,
    OutcomeCategory,
    OutcomeMeasure,
    TiedFigure,
    reporting_rules,
)
from victims_code.commissioning.records import Typed
from victims_code.errors import LawDataError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.data_files import DataFile, bibliography, by_id, data_folder, named, packaged_names
from victims_code.reading.documents import Document, Keys, read_document, read_yaml
from victims_code.reading.sources import Evidence, Source, Sourced
from victims_code.reading.structuring import converter_with_sources

_FOLDER = "commissioning/frameworks"


@frozen(kw_only=True)
class OutcomeFramework(Typed, Sourced):
    """Outcomes, categories of need and measures, each with its evidence.

    Shipped: ``moj-2013``, ``victims-funding-strategy-2022`` and ``moj-code-return``. A framework of your own may be
    ``based_on`` one of them: an entry with the same ``id`` then replaces the other, and new ones are added.

    >>> framework = OutcomeFramework.load("moj-2013")
    >>> [category.id for category in framework.categories][:2]
    ['mental-and-physical-health', 'shelter-and-accommodation']
    >>> framework.measure("home-secured").evidence.value
    'unconfirmed'
    """

    id: str
    title: str
    publisher: str
    outcomes: tuple[Outcome, ...] = ()
    categories: tuple[OutcomeCategory, ...] = ()
    measures: tuple[OutcomeMeasure, ...] = ()
    ties: tuple[MeasureTie, ...] = ()
    """Which figures are sums of others, so that no number that is hidden follows from them."""
    dated: str | None = None
    based_on: str | None = None
    sources: tuple[Source, ...] = ()
    caution: str | None = None
    """What every output made by it says first, such as that the list is not the ministry's own."""

    @classmethod
    @checked
    def load(cls, id_: str) -> OutcomeFramework:
        """The framework of that identifier that ships with the package.

        :raises UnknownNameError: if there is none, naming the nearest.
        :raises LawDataError: if its file is broken, with every fault.
        """
        return _packaged(id_, data_folder())

    @classmethod
    @checked
    def from_yaml(cls, text: str, *, source: str = "") -> OutcomeFramework:
        """A commissioner's own framework from YAML text; see ``data/commissioning/frameworks`` for the keys.

        :raises LawDataError: with every fault at once, each with its line.
        """
        return cls.from_document(read_yaml(text, source=source, error=LawDataError))

    @classmethod
    def from_file(cls, path: str | Path) -> OutcomeFramework:
        """A commissioner's own framework from a YAML or JSON file.

        :raises LawDataError: with every fault at once, each with its line.
        """
        return cls.from_document(read_document(path, error=LawDataError))

    @staticmethod
    def names() -> tuple[str, ...]:
        """The identifiers of the frameworks that ship with the package."""
        return packaged_names(_FOLDER)

    @classmethod
    @checked
    def from_document(cls, document: Document) -> OutcomeFramework:
        """A commissioner's own framework from a file once read.

        :raises LawDataError: with every fault at once.
        """
        wrong: list[Fault] = []
        converter = converter_with_sources(lambda: {*bibliography(), *_own_sources(document)})
        own = DataFile(document=document, faults=wrong, converter=converter).one(cls)
        base = None
        if own.based_on is not None:
            if own.based_on in cls.names():
                base = cls.load(own.based_on)
            else:
                wrong.append(
                    faults.NO_FRAMEWORK_TO_REST_ON.at(
                        document.where(("based_on",)),
                        name=own.based_on,
                        nearest=did_you_mean(own.based_on, cls.names(), listing="Shipped"),
                    )
                )
        whole = own if base is None else _merged(base, own)
        wrong += _check_framework(own.measures, whole.outcomes, whole.categories, document)
        wrong += _check_ties(own.ties, whole.measures, document)
        if wrong:
            raise LawDataError(*wrong)
        return whole

    def measure(self, id_: str) -> OutcomeMeasure:
        """The measure of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.
        """
        return named(by_id(self.measures), id_, "measure")

    def category(self, id_: str) -> OutcomeCategory:
        """The category of need of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.
        """
        return named(by_id(self.categories), id_, "category")

    def outcome(self, id_: str) -> Outcome:
        """The outcome of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.
        """
        return named(by_id(self.outcomes), id_, "outcome")

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What rests on no source that was read, and is there to be replaced: identifiers in the order of the file."""
        parts: tuple[OutcomeCategory | Outcome | OutcomeMeasure, ...] = (
            *self.outcomes,
            *self.categories,
            *self.measures,
        )
        return tuple(part.id for part in parts if part.evidence is Evidence.UNCONFIRMED)


@lru_cache(maxsize=32)
def _packaged(id_: str, _folder: Path) -> OutcomeFramework:
    """Each framework is read once for each folder of data."""
    return OutcomeFramework.from_document(DataFile.among(_FOLDER, id_, "framework").document)


def _own_sources(document: Document) -> Iterator[str]:
    """The names of the sources a framework brings with it; faults in them are found when the whole is read."""
    listed = document.data.get("sources") if isinstance(document.data, dict) else None
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            yield str(item.get("id"))


def _merged(base: OutcomeFramework, own: OutcomeFramework) -> OutcomeFramework:
    return evolve(
        own,
        caution=own.caution or base.caution,
        outcomes=tuple({**by_id(base.outcomes), **by_id(own.outcomes)}.values()),
        categories=tuple({**by_id(base.categories), **by_id(own.categories)}.values()),
        measures=tuple({**by_id(base.measures), **by_id(own.measures)}.values()),
        ties=(*base.ties, *own.ties),
    )


_NEEDED: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.NUMBER: (),
    MeasureKind.AMOUNT: (),
    MeasureKind.SHARE: ("numerator", "denominator"),
    MeasureKind.PAIRED: ("numerator", "denominator"),
    MeasureKind.MEAN_CHANGE: ("denominator",),
}


def _check_framework(
    own: Sequence[OutcomeMeasure],
    outcomes: Sequence[Outcome],
    categories: Sequence[OutcomeCategory],
    document: Document,
) -> Iterator[Fault]:
    """Names that do not exist, definitions out of order, and measures without what their kind needs.

    :param own: the measures in the document, in its order; outcomes and categories are those of the whole framework.
    """
    counted = [word.id for word in reporting_rules().counted]
    for n, measure in enumerate(own):
        keys: Keys = ("measures", n)
        for m, name in enumerate(measure.outcomes):
            yield from _known(document, (*keys, "outcomes", m), "outcome", name, [part.id for part in outcomes])
        for m, name in enumerate(measure.categories):
            yield from _known(document, (*keys, "categories", m), "category", name, [part.id for part in categories])
        yield from _known(document, (*keys, "counted"), "thing to count", measure.counted, counted)
        if measure.scale is not None:
            yield from _known(
                document, (*keys, "scale"), "scale", measure.scale, packaged_names("commissioning/scales")
            )
        if measure.role is not None and measure.kind is not MeasureKind.NUMBER:
            yield faults.ROLE_OF_NO_NUMBER.at(
                document.where((*keys, "role")), role=measure.role.value, roles=", ".join(MeasureRole)
            )
        yield from _definitions(measure, document, keys)


def _check_ties(own: Sequence[MeasureTie], measures: Sequence[OutcomeMeasure], document: Document) -> Iterator[Fault]:
    names = [measure.id for measure in measures]
    for n, tie in enumerate(own):
        places: list[tuple[Keys, TiedFigure]] = [(("total",), tie.total)]
        places += [(("parts", m), part) for m, part in enumerate(tie.parts)]
        for keys, figure in places:
            yield from _known(document, ("ties", n, *keys, "measure"), "measure", figure.measure, names)


def _known(document: Document, keys: Keys, what: str, name: str, known: Sequence[str]) -> Iterator[Fault]:
    if name not in known:
        yield faults.NO_SUCH_NAME_IN_THE_DATA.at(
            document.where(keys), kind=what, name=name, nearest=did_you_mean(name, known)
        )


def _definitions(measure: OutcomeMeasure, document: Document, keys: Keys) -> Iterator[Fault]:
    if not measure.definitions:
        yield faults.MEASURE_WITHOUT_DEFINITION.at(document.where((*keys, "definitions")), measure=measure.id)
    for n, definition in enumerate(measure.definitions):
        for name in ("numerator", "denominator"):
            given = getattr(definition, name) is not None
            if given != (name in _NEEDED[measure.kind]):
                template = faults.DEFINITION_WITH_TOO_MUCH if given else faults.DEFINITION_WITH_TOO_LITTLE
                place = document.where((*keys, "definitions", n))
                yield template.at(place, measure=measure.id, kind=measure.kind.value, name=name)
        if definition.since is not None and definition.until is not None and definition.until < definition.since:
            yield faults.DEFINITION_ENDS_BEFORE_IT_BEGINS.at(
                document.where((*keys, "definitions", n)), measure=measure.id
            )
    for n, (earlier, later) in enumerate(pairwise(measure.definitions)):
        if earlier.until is None or later.since is None or earlier.until + timedelta(days=1) != later.since:
            yield faults.DEFINITIONS_LEAVE_A_GAP.at(document.where((*keys, "definitions", n + 1)), measure=measure.id)
