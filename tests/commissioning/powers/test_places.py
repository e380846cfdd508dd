"""Places: local authorities with their police area, counties, partnerships, and towns in them."""

from __future__ import annotations

from collections import Counter

import pytest

from victims_code.commissioning.powers import authorities_of, local_authorities, place, police_area, police_areas
from victims_code.errors import UnknownNameError


def test_every_local_authority_of_england_and_wales_lies_in_one_police_area():
    codes = Counter(authority.ons[:3] for authority in local_authorities().values())

    assert codes == {"E06": 63, "E07": 164, "E08": 36, "E09": 33, "W06": 22}
    assert {authority.area for authority in local_authorities().values()} == set(police_areas())
    assert all(police_areas()[a.area].country == "wales" for a in local_authorities().values() if a.ons[0] == "W")


def test_authorities_that_ended_are_not_there_and_new_ones_are():
    codes = set(local_authorities())

    assert codes >= {"E06000063", "E06000064", "E06000065", "E06000066", "E08000038", "E08000039"}
    assert not codes & {"E07000026", "E07000163", "E07000187", "E08000016", "E08000019"}


def test_west_mercia_is_made_of_nine_authorities_in_five_partnerships():
    authorities = authorities_of("west-mercia")

    assert [authority.title for authority in authorities] == [
        "Herefordshire, County of",
        "Telford and Wrekin",
        "Shropshire",
        "Bromsgrove",
        "Malvern Hills",
        "Redditch",
        "Worcester",
        "Wychavon",
        "Wyre Forest",
    ]
    assert len({authority.partnership for authority in authorities}) == 5


def test_no_partnership_is_given_where_it_is_not_known():
    unknown = {authority.title for authority in local_authorities().values() if authority.partnership is None}

    assert unknown == {
        "Bournemouth, Christchurch and Poole",
        "Buckinghamshire",
        "Cumberland",
        "East Suffolk",
        "North Northamptonshire",
        "West Northamptonshire",
        "Westmorland and Furness",
    }


@pytest.mark.parametrize(
    ("written", "name", "areas"),
    [
        ("E06000019", "Herefordshire, County of", ("west-mercia",)),
        ("herefordshire", "Herefordshire, County of", ("west-mercia",)),
        ("Telford & Wrekin Council", "Telford and Wrekin", ("west-mercia",)),
        ("Worcestershire County Council", "Worcestershire", ("west-mercia",)),
        ("E10000034", "Worcestershire", ("west-mercia",)),
        ("North Worcestershire", "North Worcestershire", ("west-mercia",)),
        ("E22000368", "North Worcestershire", ("west-mercia",)),
        ("Bristol", "Bristol, City of", ("avon-and-somerset",)),
        ("Clevedon, North Somerset", "Clevedon, North Somerset", ("avon-and-somerset",)),
        ("Poole, Bournemouth, Christchurch and Poole", "Poole, Bournemouth, Christchurch and Poole", ("dorset",)),
    ],
)
def test_a_place_is_known_by_code_name_short_name_and_town(written, name, areas):
    assert (place(written).name, place(written).areas) == (name, areas)


def test_an_unknown_place_is_refused_with_what_to_do():
    with pytest.raises(UnknownNameError, match="There is no local authority, county or partnership 'Narnia'"):
        place("Narnia")
    with pytest.raises(UnknownNameError, match="Did you mean 'Shropshire'"):
        place("Ludlow, Shropshir")


def test_what_is_open_in_one_place_is_open_in_another_or_in_a_part_of_it():
    county, district, town = place("Worcestershire"), place("Malvern Hills"), place("Ledbury, Herefordshire")

    assert (county.covers(district), district.covers(county)) == (True, None)
    assert (town.covers(place("Ledbury, Herefordshire")), town.covers(place("Ross-on-Wye, Herefordshire"))) == (
        True,
        False,
    )
    assert (town.covers(place("Herefordshire")), place("Herefordshire").covers(town)) == (None, True)
    assert town.covers(district) is False


def test_a_local_authority_taken_for_a_police_area_is_told_apart():
    with pytest.raises(UnknownNameError, match=r"'Shropshire' is not a police area\. Shropshire lies in 'west-mercia'"):
        police_area("Shropshire")
