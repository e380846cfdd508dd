"""``victims-code returns check``: its exit status and what it prints."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main

HEADER = "provider,period,section,measure,value,basis\n"
CLEAN = HEADER + "harbour,2025-26 Q1,output,closed,3,\n"
QUESTION = HEADER + "harbour,2025-26 Q1,output,referrals,3,self\nharbour,2025-26 Q1,output,supported,4,\n"
FAULT = HEADER + "harbour,2025-26 Q1,output,referrals,3,\n"


@pytest.fixture
def run(tmp_path):
    def call(*arguments, **files):
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
        given = [str(tmp_path / a) if "." in a else a for a in arguments]
        return CliRunner().invoke(main, ["returns", "check", *given])

    return call


def test_a_clean_return_exits_0(run):
    result = run("a.csv", a_csv=CLEAN)

    assert (result.exit_code, result.output) == (0, "1 line in 1 file: 0 faults, 0 questions.\n")


def test_questions_alone_exit_0(run):
    result = run("a.csv", a_csv=QUESTION)

    assert result.exit_code == 0
    assert "question: a.csv, row 3, column value: 4 were supported, with 3 referred." in result.output


def test_a_fault_exits_1_and_stands_on_standard_error(run):
    result = run("a.csv", "b.csv", a_csv=FAULT, b_csv=CLEAN)

    assert result.exit_code == 1
    assert "a.csv, row 2, column basis" in result.stderr
    assert "2 files" in result.stdout


def test_wrong_usage_exits_2(run):
    assert run().exit_code == 2
    assert run("a.csv", "--format", "xml", a_csv=CLEAN).exit_code == 2


def test_json_lists_faults_and_questions_with_row_and_column(run):
    result = run("a.csv", "--format", "json", a_csv=FAULT)
    plain = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (plain["faults"][0]["code"], plain["faults"][0]["row"], plain["faults"][0]["column"]) == (
        "VC-RET-010",
        2,
        "basis",
    )


def test_a_register_names_the_providers(run):
    register = "commissioner: Borsetshire\nproviders: [{id: haven}]\n"
    result = run("a.csv", "--register", "register.yaml", a_csv=CLEAN, register_yaml=register)

    assert result.exit_code == 1
    assert "There is no provider 'harbour'" in result.stderr


def test_a_broken_register_exits_1(run):
    result = run("a.csv", "--register", "register.yaml", a_csv=CLEAN, register_yaml="providers: []\n")

    assert result.exit_code == 1
    assert "'commissioner' is missing" in result.stderr
