"""Records of one day that are alike: which comes first, and what tells their obligations apart, in both engines."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pyarrow as pa

import victims_code as vc
from shared.engines import CODE, differences, tables_of, told
from victims_code.bulk import Tables, assess

AS_AT = date(2016, 1, 18)
DAY = date(2015, 12, 24)


def listed_twice(number, **differing):
    """A case in which one hearing was listed twice on a day, the two records differing in one thing at most."""
    (name, values), *_ = (*differing.items(), ("reference", (None, None)))
    events = [vc.Event(event="hearing-listed", at=DAY, hearing="H2", **{name: value}) for value in values]
    offences = [vc.Offence(reference="O1"), vc.Offence(reference="O2")]
    return vc.Case(reference=f"{number}", victims=[vc.Victim(reference="V1")], offences=offences, events=events)


def alike(how_many):
    ways = (
        {},
        {"reference": ("B", "A")},
        {"offence": ("O2", "O1")},
        {"offence": ("O1", None)},
        {"recorded": (date(2015, 12, 26), date(2015, 12, 24))},
        {"victim": ("V1", None)},
    )
    return [listed_twice(n, **ways[n % len(ways)]) for n in range(how_many)]


def ids(tables):
    with assess(Tables(**tables), as_at=AS_AT, code=CODE) as answer:
        return Counter((row["case_ref"], row["duty"], row["id"]) for row in answer.obligations.to_dicts())


def test_records_alike_have_the_same_ids_in_both_engines():
    wrong = differences(alike(240), as_at=AS_AT)
    assert not wrong, told(wrong, as_at=AS_AT)


def test_ids_of_records_alike_do_not_depend_on_the_order_of_rows():
    tables = tables_of(alike(240))
    rows = tables["events"].drop_columns(["sequence"]).to_pylist()
    shuffled = Random(1).sample(rows, len(rows))
    schema = tables["events"].drop_columns(["sequence"]).schema
    answers = [ids(tables | {"events": pa.Table.from_pylist(each, schema=schema)}) for each in (rows, shuffled)]
    assert sum((answers[0] - answers[1]).values()) == 0


def test_the_order_of_events_in_a_case_does_not_matter_to_ids():
    for case in alike(6):
        turned = vc.Case(
            reference=case.reference, victims=case.victims, offences=case.offences, events=case.events[::-1]
        )
        both = ({o.id: o.duty.id for o in CODE.assess(each, as_at=AS_AT).obligations} for each in (case, turned))
        assert next(both) == next(both)
