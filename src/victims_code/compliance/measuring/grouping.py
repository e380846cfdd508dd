"""What obligations can be grouped by, and in which order and words the groups are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from attrs import field, frozen

from victims_code.code import VictimsCode
from victims_code.dates import add_months
from victims_code.figures import publication_defaults
from victims_code.printable import capitalised
from victims_code.render.tables import bodies
from victims_code.vocabulary import load_vocabulary

NOT_RECORDED = "not recorded"
"""The words for a group whose obligations have nothing in the column."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Value = str | int | None


def _as_it_is(value: Value) -> str:
    return str(value)


@frozen(kw_only=True)
class Dimension:
    """Something to group by: its name, its title, how it is read, and how its values are written and ordered.

    ``key`` writes a value for machines, such as ``2025-Q1``, which sorts as time goes. ``span`` gives the first and the
    last day of a period. ``rights`` says in which Right or chapter each duty is. ``lists`` marks a column whose
    cells hold several values, ``own`` one of the user's.
    """

    name: str
    title: str
    sql: str = field(repr=False)
    words: Callable[[Value], str] = field(default=_as_it_is, repr=False)
    places: Mapping[str, int] = field(factory=dict, repr=False)
    written: Callable[[int], Value] = field(default=int, repr=False)
    span: Callable[[int], tuple[date, date]] | None = field(default=None, repr=False)
    rights: Mapping[str, str] = field(factory=dict, repr=False)
    lists: bool = False
    own: bool = False

    @property
    def period(self) -> bool:
        """Whether its values follow each other in time."""
        return self.span is not None

    def key(self, value: Value) -> Value:
        """A value as a machine reads it; None for what is not recorded."""
        return self.written(value) if isinstance(value, int) else value

    @property
    def noun(self) -> str:
        """The title within a sentence."""
        as_it_is = self.name == "part" or self.title[1:2].isupper()
        return self.title if as_it_is else self.title[0].lower() + self.title[1:]

    def label(self, value: Value) -> str:
        """A value in words."""
        return NOT_RECORDED if value is None else self.words(value)

    def place(self, value: Value) -> tuple[int, int, str]:
        """Where a value stands in order: known places first, then by name, what is not recorded last."""
        if value is None:
            return (2, 0, "")
        if isinstance(value, int):
            return (0, value, "")
        return (0, self.places[value], "") if value in self.places else (1, 0, value)


def dimensions(code: VictimsCode, editions: Sequence[str], own: Sequence[str]) -> Iterator[Dimension]:
    """What a table can be grouped by.

    :param editions: the editions in the table.
    :param own: the user's columns.
    """
    titles: dict[str, str] = {}
    duty_places: dict[str, int] = {}
    part_places: dict[str, int] = {}
    rights: dict[str, str] = {}
    for edition in sorted((code.editions[id_] for id_ in editions), key=lambda e: e.info.in_force_from, reverse=True):
        for duty in edition.duties.values():
            titles.setdefault(duty.id, duty.title)
            duty_places.setdefault(duty.id, len(duty_places))
            part_places.setdefault(edition.part_label(duty.part), len(part_places))
            rights.setdefault(duty.id, edition.part_label(duty.part))
    edition_titles = {edition.id: edition.info.title for edition in code.editions.values()}
    quarter = "(month // 100) * 10 + (month % 100 + 2) // 3"
    first_month = publication_defaults().financial_year.first_month
    yield Dimension(
        name="duty",
        title="Duty",
        sql="duty",
        words=lambda value: titles.get(str(value), str(value)),
        places=MappingProxyType(duty_places),
        rights=MappingProxyType(rights),
    )
    yield Dimension(name="part", title="Right or part", sql="part", places=MappingProxyType(part_places))
    yield Dimension(
        name="provider", title="Provider", sql="provider", words=lambda value: bodies(str(value).split("; "))
    )
    yield Dimension(
        name="track",
        title="Track",
        sql="track",
        words=lambda value: _TRACKS.get(str(value), str(value)),
        places=MappingProxyType({name: n for n, name in enumerate(_TRACKS)}),
    )
    yield Dimension(
        name="edition", title="Edition", sql="edition", words=lambda value: edition_titles.get(str(value), str(value))
    )
    yield Dimension(name="strength", title="Force of the duty", sql="strength")
    yield Dimension(name="evidence", title="Evidence of the law", sql="evidence")
    yield Dimension(
        name="shown-by", title="Event that shows it", sql="shown_by", words=lambda v: str(v).replace("-", " ")
    )
    yield Dimension(name="missing-fact", title="Missing fact", sql="missing_facts", words=_fact, lists=True)
    yield Dimension(name="missing-facts", title="Missing facts", sql="missing_facts")
    yield Dimension(name="month", title="Month", sql="month", words=_month, written=_month_key, span=_months(1, 100))
    yield Dimension(
        name="quarter", title="Quarter", sql=quarter, words=_quarter, written=_quarter_key, span=_months(3, 10)
    )
    yield Dimension(name="year", title="Year", sql="month // 100", span=_months(12, 1))
    yield Dimension(
        name="financial-quarter",
        title="Financial quarter",
        sql="financial_year * 10 + financial_quarter",
        words=_financial_quarter,
        written=_financial_quarter,
        span=_months(3, 10, first_month),
    )
    yield Dimension(
        name="financial-year",
        title="Financial year",
        sql="financial_year",
        words=_financial_year,
        written=_financial_year,
        span=_months(12, 1, first_month),
    )
    for name in own:
        quoted = f"own_{name}".replace('"', '""')
        yield Dimension(
            name=name, title=capitalised(name.replace("_", " ").replace("-", " ")), sql=f'"{quoted}"', own=True
        )


def _months(length: int, tens: int, first_month: int = 1) -> Callable[[int], tuple[date, date]]:
    """How the first and the last day of a period follow from its number: the year, and after it which of the year."""

    def span(value: int) -> tuple[date, date]:
        year, number = divmod(value, tens) if tens > 1 else (value, 1)
        first = add_months(date(year, first_month, 1), length * (number - 1))
        return first, add_months(first, length) - timedelta(days=1)

    return span


_TRACKS = {
    "enhanced": "Enhanced Rights",
    "standard": "standard Rights",
    "unknown": "not known which",
    "single": "the same limit for everyone",
}


def _fact(value: Value) -> str:
    """A missing fact as the question that no one has answered.

    >>> _fact("received")
    'When was it received?'
    """
    facts = load_vocabulary().facts
    if str(value) in facts:
        return facts[str(value)].question
    return "When was it received?" if value == "received" else str(value).replace("-", " ")


def _month(value: Value) -> str:
    number = int(value or 0)
    return f"{_MONTHS[number % 100 - 1]} {number // 100}"


def _quarter(value: Value) -> str:
    """A calendar quarter by its months.

    >>> _quarter(20262)
    'Apr–Jun 2026'
    """
    number = int(value or 0)
    first = number % 10 * 3 - 2
    return f"{_MONTHS[first - 1]}–{_MONTHS[first + 1]} {number // 10}"


def _month_key(value: int) -> str:
    return f"{value // 100}-{value % 100:02}"


def _quarter_key(value: int) -> str:
    """A calendar quarter as it sorts.

    >>> _quarter_key(20262)
    '2026-Q2'
    """
    return f"{value // 10}-Q{value % 10}"


def _financial_year(value: Value) -> str:
    """A financial year.

    >>> _financial_year(2026), _financial_year(1999)
    ('2026/27', '1999/00')
    """
    number = int(value or 0)
    return f"{number}/{(number + 1) % 100:02}"


def _financial_quarter(value: Value) -> str:
    number = int(value or 0)
    return f"{_financial_year(number // 10)} Q{number % 10}"
