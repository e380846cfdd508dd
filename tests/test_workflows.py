"""Workflows, issue forms and citation have their form; workflows ask for no more than they need."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import victims_code as vc
from shared.code_blocks import commands
from victims_code.reading.documents import read_document

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request):
    return read_document(request.param).data


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


FORMS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": sorted(set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {CONFIG}),
    "github-issue-config": [CONFIG],
    "citation-file-format": [ROOT / "CITATION.cff"],
}


@pytest.mark.parametrize("form", FORMS)
def test_each_fits_its_schema(form):
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{form}", *FORMS[form]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_forms_for_the_law_for_messages_and_for_bugs():
    assert [path.stem for path in WORKFLOWS] == ["docs", "nightly", "release", "tests"]
    titles = [read_document(path).data["name"] for path in FORMS["github-issue-forms"]]
    assert titles == ["Bug", "A duty or a deadline is wrong", "A message was read wrongly"]


def test_the_citation_names_the_version():
    assert f"\nversion: {vc.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_they_may_only_read_but_for_jobs_that_publish(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert name == "publish" or "permissions" not in job
        assert "write" not in str(job.get("permissions", {}).get("contents"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_hash_and_name_their_version(path):
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_a_checkout_keeps_no_token(workflow):
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_no_run_outlives_a_later_one_or_the_hour(workflow):
    assert workflow["concurrency"]["group"]
    assert all(0 < job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


def test_commands_of_dev_py_are_those_it_has(workflow):
    sessions = [job.get("strategy", {}).get("matrix", {}).get("session", []) for job in workflow["jobs"].values()]
    said = [re.match(r"python dev\.py (\w+)$", step.get("run", "")) for step in steps(workflow)]
    used = {*chain(*sessions), *(found[1] for found in said if found)}
    assert used
    assert used <= commands()


def test_every_supported_python_is_tried_on_both_systems():
    tests = read_document(ROOT / ".github" / "workflows" / "tests.yml").data["jobs"]["test"]
    assert tests["strategy"]["matrix"] == {
        "system": ["ubuntu-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13"],
    }
    assert {f"python dev.py {command}" for command in ("test", "examples", "long")} <= {
        step.get("run") for step in tests["steps"]
    }


def test_the_newest_versions_are_tried_and_those_of_the_constraints():
    jobs = read_document(ROOT / ".github" / "workflows" / "tests.yml").data["jobs"]
    assert [job.get("env") for job in jobs.values() if {"run": "python dev.py test"} in job["steps"]] == [
        {"HYPOTHESIS_PROFILE": "many"},
        {"PIP_CONSTRAINT": "constraints.txt"},
    ]


def test_constraints_are_names_and_versions_and_hold_whatever_is_needed():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *chain(*project["project"]["optional-dependencies"].values())]
    asked += [line for group in project["dependency-groups"].values() for line in group if isinstance(line, str)]
    elsewhere = {"victims-code", "tzdata", "pyspark", "psycopg", "sqlfluff", "pglast"}
    elsewhere |= {"dbt-core", "dbt-duckdb", "dbt-postgres"}
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in asked} - elsewhere
    held = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    assert names - held == set()
