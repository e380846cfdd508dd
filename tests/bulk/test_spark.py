"""The statement in a real Spark on this machine, which needs Java 17: ``pytest -m spark``."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

import victims_code as vc
from shared.engines import CODE, both_of, differences, numbered, tables_of, told
from victims_code.bulk import INPUTS, OBLIGATIONS, Tables
from victims_code.testing.made_up import made_up_case

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("default"),  # pyspark's own
]
COLUMNS = [column.name for column in OBLIGATIONS]
DAYS = (date(2006, 4, 6), date(2008, 5, 3), date(2013, 12, 9), date(2015, 11, 15), date(2021, 3, 30), date(2023, 5, 5),
        date(2024, 2, 28), date(2025, 12, 22))  # fmt: skip
"""About which the cases begin: on and around first days of editions, bank holidays and the end of a February."""
KINDS = {"text": "string", "moment": "string", "day": "date", "truth": "boolean", "number": "bigint"}


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None:
        pytest.fail("Java is not installed: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": "3g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        # a session elsewhere than in London, in which dates must stay London's
        "spark.sql.session.timeZone": "America/New_York",
        # a few hundred cases are sooner done than compiled for
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = SparkSession.builder.master("local[2]").appName("victims-code")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def frames_of(spark, cases):
    """The tables of some cases as Spark has them."""
    return {
        name: spark.createDataFrame(
            [tuple(row.values()) for row in table.to_pylist()],
            ", ".join(f"`{column.name}` {KINDS[column.kind]}" for column in INPUTS[name].columns),
        )
        for name, table in tables_of(cases).items()
    }


def in_spark(spark, **when):
    from victims_code.bulk.spark import assess

    def answer(cases):
        tables = Tables(**frames_of(spark, cases))
        for of in ("obligations", "standing"):
            assess(spark, tables, of=of, code=CODE, **when).createOrReplaceTempView(f"answer_{of}")
        rows = spark.sql(both_of("answer_obligations", "answer_standing")).collect()
        for of in ("obligations", "standing"):
            spark.catalog.dropTempView(f"answer_{of}")
        return [tuple(row) for row in rows]

    return answer


def test_the_answers_are_those_of_the_objects(spark):
    cases = [made_up_case(100 * n + seed, around=day) for n, day in enumerate(DAYS) for seed in range(45)]
    when = {"as_at": date(2026, 2, 9)}
    wrong = differences(cases, **when, answer=in_spark(spark, **when))
    assert not wrong, told(wrong, **when)


def test_so_are_those_of_what_was_known_earlier_and_with_a_folder_between(spark, tmp_path):
    cases = [made_up_case(7000 + seed, around=date(2024, 5, 1)) for seed in range(120)]
    when = {"as_at": date(2024, 7, 30), "known_on": date(2024, 6, 10)}
    wrong = differences(cases, **when, answer=in_spark(spark, **when, temp_dir=str(tmp_path)))
    assert not wrong, told(wrong, **when)
    assert not [table for table in spark.catalog.listTables() if table.name.startswith("victims_code_")]


def test_a_time_has_the_date_it_has_in_london_and_columns_may_be_missing(spark):
    """Half past eleven in July, universal time, is the next day in London and still the day before in New York."""
    from victims_code.bulk.spark import assess

    night = datetime(2024, 7, 4, 23, 30, tzinfo=UTC)
    events = spark.createDataFrame(
        [("1", "suspect-arrested", night, "S1")], "case_ref string, event string, at timestamp, suspect_ref string"
    ).selectExpr("*", "CAST(NULL AS STRING) AS victim_ref", "'robbery' AS crime_type")
    victims = spark.createDataFrame([("1", "V1", None)], "case_ref string, victim_ref string, born date")
    with pytest.warns(UserWarning, match="`received` is not a column of this table. We read it as empty"):
        found = assess(spark, Tables(events=events, victims=victims), as_at=date(2024, 7, 8), code=CODE).collect()
    [row] = [row for row in found if row.duty == "inform-suspect-arrested"]
    assert (row.case_ref, row.victim_ref, row.triggered_on) == ("1", "V1", date(2024, 7, 5))
    assert (row.due_on, row.due_on_if_enhanced) == (date(2024, 7, 12), date(2024, 7, 8))
    assert row.status == "cannot-tell"


def test_what_is_missing_is_told_all_at_once(spark):
    from victims_code.bulk.spark import assess

    frames = frames_of(spark, numbered([made_up_case(1, around=date(2024, 5, 1))]))
    with pytest.raises(vc.CaseError) as refused:
        assess(
            spark,
            Tables(
                events=frames["events"].drop("event", "at"),
                victims=frames["victims"].withColumnRenamed("born", "date_of_birth"),
            ),
            as_at=date(2024, 5, 1) + timedelta(days=9),
        )
    assert [(fault.location, fault.message) for fault in refused.value.faults] == [
        ("events", "The column 'event' is missing."),
        ("events", "The column 'at' is missing."),
        ("victims", "The column 'born' is missing."),
    ]
