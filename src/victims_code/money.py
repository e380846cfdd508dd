"""Pounds and pence, exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from victims_code import faults
from victims_code.arguments import checked, need, need_text
from victims_code.decimals import format_number, to_decimal
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault

Amount = Decimal | int | str
"""What an amount may be given as."""

_POUND = re.compile(r"(-?)£\s*(?=\d)")


def pounds(value: Amount, where: str = "") -> Decimal:
    """An amount in pounds to the penny.

    A pound sign and commas between thousands may be written; a comma anywhere else is refused, and so is a float,
    which cannot hold most amounts exactly.

    :param where: what to call the place in an error.
    :raises WrongTypeError: for a float.
    :raises WrongValueError: if the value is not an amount in whole pence.

    >>> pounds("£57,244.20"), pounds(1500)
    (Decimal('57244.20'), Decimal('1500.00'))
    >>> pounds("£31,78")
    Traceback (most recent call last):
    ...
    victims_code.errors.WrongValueError: '£31,78' is not an amount of money. ... [VC-MON-001]
    """
    if isinstance(value, float):
        raise WrongTypeError(faults.AMOUNT_IS_A_FLOAT.at(where, value=value))
    need(value, (Decimal, int, str), "value", "an amount", "Pass a Decimal, a whole number of pounds, or text.")
    need_text(where, "where")
    number = to_decimal(_POUND.sub(r"\1", value.strip()) if isinstance(value, str) else value)
    if number is None:
        raise WrongValueError(faults.NOT_AN_AMOUNT.at(where, value=value))
    if number != number.quantize(Decimal("0.01")):
        raise WrongValueError(faults.NOT_WHOLE_PENCE.at(where, value=value))
    return number.quantize(Decimal("0.01"))


Money = Annotated[Decimal, pounds]
"""An amount in pounds to the penny, which may be given as text or a whole number; see :func:`pounds`."""


@checked
def in_pounds(amount: Decimal) -> str:
    """An amount as people write it.

    >>> in_pounds(Decimal("-16380.8"))
    '-£16,380.80'
    """
    return f"{'-' if amount < 0 else ''}£{format_number(abs(amount).quantize(Decimal('0.01')))}"


@checked
def check_whole(whole: Amount, parts: Mapping[str, Amount], *, of: str = "the whole") -> tuple[Decimal, ...]:
    """The parts of a sum of money, if they make it up to the penny.

    :param of: what the whole is, for messages.
    :raises WrongValueError: with every part that is not an amount; where it is the only one, with what the others
        leave for it; and if the parts do not make up the whole, with the difference.

    >>> check_whole("302,209", {"domestic abuse": "219,244", "sexual violence": "82,965"})
    (Decimal('219244.00'), Decimal('82965.00'))
    >>> check_whole("57,244.20", {"first": "25,460", "second": "£31,78"}, of="the uplift")
    Traceback (most recent call last):
    ...
    victims_code.errors.WrongValueError: second: '£31,78' is not an amount of money. The other parts leave £31,784.20 of
    £57,244.20, the uplift. [VC-MON-001]
    """
    total = pounds(whole, of)
    read: dict[str, Decimal] = {}
    wrong: list[Fault] = []
    for name, part in parts.items():
        try:
            read[name] = pounds(part, name)
        except (WrongTypeError, WrongValueError) as problem:
            wrong.extend(problem.faults)
    made = sum(read.values(), Decimal())
    if len(wrong) == 1:
        left, whole = in_pounds(total - made), in_pounds(total)
        where, what = wrong[0].location, wrong[0].message
        wrong = [faults.ONE_PART_IS_WRONG.at(where, problem=what, left=left, whole=whole, of=of)]
    if wrong:
        raise WrongValueError(*wrong)
    if made != total:
        difference = made - total
        raise WrongValueError(
            faults.PARTS_DO_NOT_MAKE_THE_WHOLE.at(
                of,
                made=in_pounds(made),
                whole=in_pounds(total),
                difference=in_pounds(abs(difference)),
                way="much" if difference > 0 else "little",
            )
        )
    return tuple(read.values())
