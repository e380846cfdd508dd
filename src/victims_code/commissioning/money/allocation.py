"""Sharing a sum out to the penny: by population or any other weight, by agreed shares, and what a unit costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.records import Typed
from victims_code.decimals import format_number, rounded, to_decimal
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault
from victims_code.money import Amount, Money, check_whole, in_pounds, pounds


def allocate(total: Amount, weights: Mapping[str, Decimal | int | str]) -> dict[str, Decimal]:
    """A sum shared out in proportion to weights, such as the population of each area, so that the pennies add up.

    Each share is first rounded down to the penny; the pennies left go to the shares that lost the most by it (the
    method of the largest remainder), and between equals to the first name in alphabetical order.

    :raises WrongTypeError: for a float.
    :raises WrongValueError: if there is no one to share among, a weight is negative or not exact, or all are zero.

    >>> shares = allocate("100.00", {"north": 1, "south": 1, "west": 1})
    >>> shares
    {'north': Decimal('33.34'), 'south': Decimal('33.33'), 'west': Decimal('33.33')}
    >>> sum(shares.values())
    Decimal('100.00')
    """
    pence = int(pounds(total, "total") * 100)
    exactly = _weights(weights)
    whole = sum(exactly.values(), Fraction())
    if pence < 0:
        raise WrongValueError(faults.NEGATIVE_SUM_TO_SHARE.at("total"))
    if whole == 0:
        raise WrongValueError(faults.NO_WEIGHT_TO_SHARE_BY.at("weights"))
    quotas = {name: pence * weight / whole for name, weight in exactly.items()}
    shares = {name: int(quota) for name, quota in quotas.items()}
    left = pence - sum(shares.values())
    for name in sorted(quotas, key=lambda name: (shares[name] - quotas[name], name))[:left]:
        shares[name] += 1
    return {name: Decimal(share).scaleb(-2) for name, share in shares.items()}


def _weights(weights: Mapping[str, Decimal | int | str]) -> dict[str, Fraction]:
    wrong: list[Fault] = []
    found: dict[str, Fraction] = {}
    for name, weight in weights.items():
        if isinstance(weight, float):
            raise WrongTypeError(faults.WEIGHT_IS_A_FLOAT.at(name, weight=weight))
        number = to_decimal(weight)
        if number is None or number < 0:
            wrong.append(faults.NOT_A_WEIGHT.at(name, weight=weight))
        else:
            found[name] = Fraction(number)
    if wrong:
        raise WrongValueError(*wrong)
    return found


@frozen(kw_only=True)
class PooledBudget(Typed):
    """A budget several bodies pay into; their shares must sum to the whole, to the penny.

    :raises WrongTypeError: for a float.
    :raises WrongValueError: if the shares do not make up the whole, with the difference, or a share is negative.

    >>> budget = PooledBudget(total="786,000", shares={"PCC": "393,000", "ICB": "196,500", "councils": "196,500"})
    >>> budget.percentages()["ICB"]
    Decimal('25.0')
    >>> PooledBudget.by_percentage("1000.01", {"PCC": 50, "ICB": 50}).shares["ICB"]
    Decimal('500.01')
    """

    total: Money
    shares: Mapping[str, Money]

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        check_whole(self.total, dict(self.shares), of="the pooled budget")
        wrong = [
            faults.SHARE_TAKES_OUT.at(name, share=in_pounds(share)) for name, share in self.shares.items() if share < 0
        ]
        if wrong:
            raise WrongValueError(*wrong)

    @classmethod
    @checked
    def by_percentage(cls, total: Amount, percentages: Mapping[str, Decimal | int | str]) -> PooledBudget:
        """A budget shared by percentages that must sum to 100; pennies go by the largest remainder.

        :raises WrongTypeError: for a float.
        :raises WrongValueError: if they do not sum to 100, or one is negative or not exact.
        """
        made = sum(_weights(percentages).values(), Fraction())
        if made != 100:
            raise WrongValueError(
                faults.SHARES_DO_NOT_MAKE_A_HUNDRED.at(
                    "percentages", made=format_number(Decimal(made.numerator) / made.denominator)
                )
            )
        return cls(total=pounds(total, "total"), shares=allocate(total, percentages))

    def percentages(self, places: int = 1) -> dict[str, Decimal]:
        """Each share in per cent of the whole, halves rounded up; empty if the whole is zero."""
        if not self.total:
            return {}
        return {
            name: rounded(Fraction(share) * 100 / Fraction(self.total), places) for name, share in self.shares.items()
        }


@frozen(kw_only=True)
class UnitCost:
    """Money divided by a count; says what was counted, because a referral, a visit and a person are different units."""

    amount: Decimal
    spent: Decimal
    number: int
    counted: str

    def __str__(self) -> str:
        return f"{in_pounds(self.amount)} ({in_pounds(self.spent)} for {format_number(self.number)} {self.counted})"


def unit_cost(spent: Amount, number: int, *, counted: str) -> UnitCost:
    """What one of something cost, to the penny, half pence up.

    :param counted: what the number counts, such as ``visits``.
    :raises WrongTypeError: for a float.
    :raises WrongValueError: if there is nothing to divide by.

    >>> print(unit_cost("787,970", 1924, counted="visits"))
    £409.55 (£787,970.00 for 1,924 visits)
    """
    money = pounds(spent, "spent")
    if isinstance(number, bool) or not isinstance(number, int):
        raise WrongTypeError(faults.NOT_A_COUNT_TO_DIVIDE_BY.at("number", number=number))
    if number <= 0:
        raise WrongValueError(faults.NOTHING_TO_DIVIDE_BY.at("number", number=number, counted=counted))
    return UnitCost(amount=rounded(Fraction(money) / number, 2), spent=money, number=number, counted=counted)
