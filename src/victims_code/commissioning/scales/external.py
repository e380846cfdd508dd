"""A scale the library knows nothing of: its user gives the label, the range and the direction."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from victims_code.commissioning.scales.scale import score_on
from victims_code.decimals import to_decimal
from victims_code.errors import Fault, WrongValueError
from victims_code.figures import Direction

__all__ = ["ExternalScale"]


def _number(value: object) -> Decimal:
    number = to_decimal(value)
    if number is None:
        raise WrongValueError(
            Fault(
                code="VC-MEAS-001",
                location="scale",
                message=f"{value!r} is not an exact number.",
                hint="Pass a whole number, a Decimal or text; never a float.",
            )
        )
    return number


def _optional_number(value: object) -> Decimal | None:
    return None if value is None else _number(value)


@frozen(kw_only=True)
class ExternalScale:
    """A score from any tool, such as a licensed one, of which only the number is kept.

    :param title: what the user calls it.
    :param lowest: the lowest score there is.
    :param highest: the highest.
    :param direction: ``higher-is-better`` or ``lower-is-better``.
    :param meaningful_points: the least change that means something for one person, where the tool says so.
    :raises WrongValueError: if the range is empty, a number is not exact, or the direction is ``demand``.

    >>> ladder = ExternalScale(title="Safety at home", lowest=1, highest=10, direction="higher-is-better")
    >>> ladder.score(7)
    Decimal('7')
    >>> ladder.score(11)
    Traceback (most recent call last):
    ...
    victims_code.errors.WrongValueError: 11 lies outside Safety at home, which runs from 1 to 10. ... [VC-MEAS-001]
    """

    title: str
    lowest: Decimal = field(converter=_number)
    highest: Decimal = field(converter=_number)
    direction: Direction = field(converter=Direction)
    meaningful_points: Decimal | None = field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        if self.lowest >= self.highest or self.direction is Direction.DEMAND:
            raise WrongValueError(
                Fault(
                    code="VC-MEAS-001",
                    location="scale",
                    message=f"{self.title} is not a scale from a lowest to a highest score with a good end.",
                    hint="Give lowest < highest, and higher-is-better or lower-is-better.",
                )
            )

    def score(self, value: Decimal | int | str) -> Decimal:
        """A score that lies on the scale.

        :raises WrongValueError: if it does not.
        """
        return score_on(self, value)
