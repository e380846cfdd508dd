"""Which numbers are small."""

from __future__ import annotations

from attrs import field, frozen, validators

__all__ = ["SmallNumbers"]


@frozen(kw_only=True)
class SmallNumbers:
    """Which counts are too small to publish: those from 1 (or from nought) up to, and not including, ``below``.

    >>> rule = SmallNumbers(below=5)
    >>> [number for number in range(7) if rule.must_hide(number)]
    [1, 2, 3, 4]
    """

    below: int = field(validator=validators.ge(0))
    nought_may_be_shown: bool = True

    def must_hide(self, number: int) -> bool:
        """Whether a count is too small to publish."""
        return number < self.below and (number > 0 or not self.nought_may_be_shown)

    @property
    def least(self) -> int:
        """The least that somebody who knows the rule can take a hidden number to be."""
        return 1 if self.nought_may_be_shown else 0

    @property
    def margin(self) -> int:
        """By how much a hidden number must be able to differ from the true one, up and down, as far as it can."""
        return max(self.below - 1, 1)
