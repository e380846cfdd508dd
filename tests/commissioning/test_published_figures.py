"""Figures that commissioners have published: what adds up is taken, what does not is refused with the numbers.

Sources, as read: Leicestershire's Victim First, October 2015 to September 2016 (docslib 2562615); Cleveland's sample of
referrals over three days of July 2014 (docslib 13887295); Cleveland's uplift notice of August 2022 (decision
2022-0021); Thames Valley's commissioning performance 2017/18 to 2020/21; Kent's commissioning reports; Voice for
Northamptonshire 2021/22.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from victims_code.commissioning.money import PooledBudget, unit_cost
from victims_code.commissioning.outcomes import Count, share
from victims_code.commissioning.returns import Provider, Register, ReportingTerms, Return, add_up
from victims_code.errors import ReturnError, VictimsCodeError, WrongValueError
from victims_code.figures import ReportingPeriod
from victims_code.money import check_whole, pounds

HEADER = "provider,period,section,measure,breakdown,item,value,numerator,denominator,percentage,basis\n"
VICTIM_FIRST = Register(
    commissioner="Leicestershire",
    providers=(
        Provider(id="victim-first", returns=ReportingTerms(first_month=10)),
        Provider(id="victim-first-year", returns=ReportingTerms(first_month=10, every_months=12)),
    ),
)
YEAR = "victim-first-year,2015-10-01/2016-09-30,output,referrals"
SECOND = "victim-first,2016-01-01/2016-03-31,output,referrals"


def leicestershire_year(total="9434", basic="6849"):
    return HEADER + "".join(
        f"{YEAR},{breakdown},{item},{value},,,,data-share\n"
        for breakdown, item, value in [
            ("", "", total),
            ("result", "basic", basic),
            ("result", "basic > called and declined", "1979"),
            ("result", "basic > no answer and letter sent", "1298"),
            ("result", "basic > out of area", "106"),
            ("result", "basic > status unknown", "3466"),
            ("result", "enhanced", "2030"),
            ("result", "no response or unsafe", "423"),
            ("result", "wrong contact details", "132"),
        ]
    )


def test_the_leicestershire_year_adds_up():
    given = Return.from_csv(leicestershire_year(), register=VICTIM_FIRST)
    year = add_up(
        [given], period=ReportingPeriod(first=date(2015, 10, 1), last=date(2016, 9, 30)), register=VICTIM_FIRST
    )

    (total,) = year.find("referrals")
    parts = ["basic", "enhanced", "no response or unsafe", "wrong contact details"]
    values = [year.find("referrals", breakdown="result", item=part)[0].value for part in parts]
    assert total.value == 9434
    assert values == [6849, 2030, 423, 132]
    assert sum(values) == 9434


def test_a_part_of_the_leicestershire_year_is_checked_against_its_own_parts():
    with pytest.raises(ReturnError) as refused:
        Return.from_csv(leicestershire_year(total="9435", basic="6850"), register=VICTIM_FIRST)

    assert [fault.message for fault in refused.value.faults] == ["The parts make 6,849 and the total says 6,850."]


def test_the_first_quarter_adds_up_in_both_its_breakdowns():
    first = "victim-first,2015-10-01/2015-12-31,output,referrals"
    given = Return.from_csv(
        HEADER + f"{first},,,3712,,,,data-share\n"
        f"{first},source,police,3470,,,,data-share\n{first},source,other,242,,,,self\n"
        f"{first},result,supported,246,,,,data-share\n{first},result,unknown,3466,,,,data-share\n",
        register=VICTIM_FIRST,
    )

    assert len(given.lines) == 5
    assert given.questions == ()


def test_the_second_quarter_is_refused_with_both_numbers():
    with pytest.raises(ReturnError) as refused:
        Return.from_csv(
            HEADER + f"{SECOND},,,1333,,,,data-share\n"
            f"{SECOND},result,first printed part,87,,,,data-share\n"
            f"{SECOND},result,second printed part,482,,,,data-share\n"
            f"{SECOND},result,third printed part,783,,,,data-share\n",
            source="second-quarter.csv",
            register=VICTIM_FIRST,
        )

    (fault,) = refused.value.faults
    assert fault.code == "VC-RET-006"
    assert fault.location == "second-quarter.csv, row 2, column value"
    assert fault.message == "The parts make 1,352 and the total says 1,333."


def test_the_percentages_of_the_leicestershire_year_are_worked_out_again():
    from victims_code.commissioning.outcomes import Share
    from victims_code.decimals import rounded

    made = [share(Count(number=n, counted="x", among="cases"), Count(number=9434, counted="cases")) for n in PARTS]
    assert [one.percentage(0) for one in made] == [73, 22, 4, 1]
    assert all(isinstance(one, Share) for one in made)
    assert rounded(made[0].value * 100, 1) == Decimal("72.6")


PARTS = (6849, 2030, 423, 132)


def test_the_cleveland_sample_reconciles_to_ninety():
    line = "cleveland,2014-07-01/2014-07-03,output,referrals"
    rows = [
        ("", "", 118),
        ("validity", "not valid", 28),
        ("validity", "not valid > excluded crime", 1),
        ("validity", "not valid > duplicate", 5),
        ("validity", "not valid > no consent", 2),
        ("validity", "not valid > child protection", 2),
        ("validity", "not valid > unable or unsafe", 1),
        ("validity", "not valid > domestic abuse problem", 17),
        ("validity", "not valid > domestic abuse problem > first", 2),
        ("validity", "not valid > domestic abuse problem > second", 1),
        ("validity", "not valid > domestic abuse problem > third", 14),
        ("validity", "valid", 90),
        ("validity", "valid > phone", 58),
        ("validity", "valid > text message", 2),
        ("validity", "valid > letter", 30),
    ]
    given = Return.from_csv(HEADER + "".join(f"{line},{b},{i},{v},,,,data-share\n" for b, i, v in rows))

    (valid,) = add_up([given], period=ReportingPeriod.year(2014)).find("referrals", breakdown="validity", item="valid")
    assert valid.value == 90


def test_the_misprint_in_the_cleveland_uplift_is_found_and_the_missing_sum_named():
    with pytest.raises(WrongValueError) as refused:
        check_whole("57,244.20", {"first part": "25,460", "second part": "£31,78"}, of="the uplift")

    (fault,) = refused.value.faults
    assert fault.code == "VC-MON-001"
    assert fault.location == "second part"
    assert fault.message == "'£31,78' is not an amount of money."
    assert fault.hint == "The other parts leave £31,784.20 of £57,244.20, the uplift."


@pytest.mark.parametrize(
    ("spent", "number", "cost"),
    [
        ("787,970", 1924, "409.55"),
        ("275,756", 115, "2397.88"),
        ("313,387", 451, "694.87"),
        ("412,192", 678, "607.95"),
        ("283,015", 372, "760.79"),
        ("28,442", 167, "170.31"),
        ("844,998", 706, "1196.88"),
        ("513,616", 769, "667.90"),
        ("222,746", 862, "258.41"),
        ("342,867", 3434, "99.84"),
        ("147,665", 395, "373.84"),
        ("200,063", 5194, "38.52"),
    ],
)
def test_unit_costs_of_thames_valley(spent, number, cost):
    assert unit_cost(spent, number, counted="units").amount == Decimal(cost)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("302,209", ["219,244", "82,965"]),
        ("305,403", ["199,231", "106,172"]),
        ("288,000", ["144,000", "72,000", "72,000"]),
        ("786,000", ["393,000", "196,500", "196,500"]),
        ("624,000", ["312,000", "156,000", "156,000"]),
        ("3,177,629.00", ["1,848,229.74", "1,329,399.26"]),
        ("403,834", ["365,041", "38,793"]),
        ("1,151,444.09", ["392,958", "212,470", "66,500", "326,439.09", "95,972", "27,000", "30,105"]),
        ("283,015", ["97,627", "92,056", "93,332"]),
        ("9,162,360", ["5,895,000", "1,163,000", "1,524,360", "30,000", "550,000"]),
    ],
)
def test_published_allocations_make_up_their_whole(whole, parts):
    shares = {f"part {n}": part for n, part in enumerate(parts)}

    assert sum(check_whole(whole, shares)) == pounds(whole)
    assert PooledBudget(total=whole, shares=shares).total == pounds(whole)


def test_kent_gave_out_more_than_it_had():
    with pytest.raises(WrongValueError, match=r"The parts make £640,380.80 and the whole is £624,000.00") as refused:
        check_whole("624,000", {"recipients": "640,380.80"})

    assert refused.value.faults[0].hint == "They are £16,380.80 too much."


def test_kent_2024_25_a_bare_count_is_not_divided_by_all_who_were_supported():
    with pytest.raises(WrongValueError, match="5,368 better able to cope is a bare count"):
        share(Count(number=5368, counted="better able to cope"), Count(number=83889, counted="supported"))


def test_kent_2022_23_everybody_better_but_fewer_than_hoped():
    better = share(
        Count(number=46, counted="better able to cope", among="men and boys supported"),
        Count(number=46, counted="men and boys supported"),
        eligible=60,
    )

    assert better.percentage() == 100
    assert str(better.coverage) == "46 of 60 (76.7%)"


def test_thames_valley_2018_19_more_supported_than_referred_is_a_question():
    given = Return.from_csv(
        HEADER + "safe,2018-19,output,referrals,,,565,,,,consented\nsafe,2018-19,output,supported,,,758,,,,\n"
    )

    (question,) = given.questions
    assert (question.code, question.row, question.column) == ("VC-RET-101", 3, "value")
    assert "carried over" in question.hint


def test_voice_2021_22_adds_up_and_its_valid_share_is_right():
    line = "voice,2021-22,output,referrals"
    parts = [38030, 4874, 329, 6, 3719]
    given = Return.from_csv(
        HEADER
        + f"{line},,,46958,,,,data-share\n"
        + "".join(f"{line},group,group {n},{part},,,,data-share\n" for n, part in enumerate(parts))
    )
    valid = share(Count(number=44113, counted="valid", among="referrals"), Count(number=46958, counted="referrals"))

    assert given.questions == ()
    assert valid.percentage() == Decimal("93.9")


def test_leicestershire_2018_to_2021_printed_sixteen_per_cent_is_its_share_rounded():
    """5,256 of 33,276 is 15.795…: 16% as printed, 15.8% to one place, and 15.9% is not it."""
    line = "x,2018-19 Q1,outcome,better-able-to-cope-or-recover,,,"

    for printed in ("16", "15.8", "15.80"):
        Return.from_csv(HEADER + f"{line},5256,33276,{printed},\n")
    with pytest.raises(VictimsCodeError, match=r"5,256 of 33,276 is 15.8%, and the return says 15.9%"):
        Return.from_csv(HEADER + f"{line},5256,33276,15.9,\n")
