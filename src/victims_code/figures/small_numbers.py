"""Which numbers are small, and how the cells of tables add up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen, validators

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, class_checked_if_it_fails
from victims_code.errors import WrongValueError


@class_checked_if_it_fails
@frozen(kw_only=True)
class SmallNumbers:
    """Which counts are too small to publish: those from 1 (or from zero) up to, and not including, ``below``.

    >>> rule = SmallNumbers(below=5)
    >>> [number for number in range(7) if rule.must_hide(number)]
    [1, 2, 3, 4]
    """

    below: int = field(validator=validators.ge(0))
    nought_may_be_shown: bool = True

    @checked_if_it_fails
    def must_hide(self, number: int) -> bool:
        """Whether a count is too small to publish."""
        return number < self.below and (number > 0 or not self.nought_may_be_shown)

    @property
    def least(self) -> int:
        """The least that someone who knows the rule can take a hidden number to be."""
        return 1 if self.nought_may_be_shown else 0

    @property
    def margin(self) -> int:
        """By how much a hidden number must be able to differ from the true one, up and down, as far as it can."""
        return max(self.below - 1, 1)


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(parts)


@class_checked_if_it_fails
@frozen(kw_only=True)
class Total:
    """A cell that is the sum of others."""

    total: str
    parts: tuple[str, ...] = field(converter=_names)

    @property
    def cells(self) -> tuple[str, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def check(cells: Mapping[str, int | None], totals: Sequence[Total], named: Collection[str]) -> None:
    """Refuse negative counts, and names of cells that are not there.

    :raises WrongValueError: with every fault.
    """
    wrong = [faults.NEGATIVE_COUNT.at(name) for name, number in cells.items() if number is not None and number < 0]
    missing = dict.fromkeys(
        name for name in (*(name for total in totals for name in total.cells), *named) if name not in cells
    )
    wrong += [faults.NO_SUCH_CELL.at(name, name=name) for name in missing]
    if wrong:
        raise WrongValueError(*wrong)


def connected(totals: Iterable[Total]) -> Iterator[tuple[Total, ...]]:
    """The totals in groups that have no cell in common."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        root = name
        while leader.setdefault(root, root) != root:
            root = leader[root]
        while leader[name] != root:
            leader[name], name = root, leader[name]
        return root

    kept = list(totals)
    for total in kept:
        root = find(total.total)
        for part in total.parts:
            leader[find(part)] = root
    groups: dict[str, list[Total]] = {}
    for total in kept:
        groups.setdefault(find(total.total), []).append(total)
    yield from (tuple(group) for group in groups.values())
