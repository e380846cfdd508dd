"""The dbt project: what is written, and that dbt builds it and finds what the engine finds (`pytest -m dbt`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date

import duckdb
import pytest
import yaml
from click.testing import CliRunner

from victims_code.bulk import INPUTS, OBLIGATIONS, STANDING, Tables, assess
from victims_code.bulk.dbt import write_dbt_project
from victims_code.cli import main
from victims_code.errors import WrongValueError
from victims_code.testing.synthetic import write_force

AS_AT = date(2026, 3, 31)


def dbt_program():
    """The program; a test that needs it is skipped where it is not installed, and says so."""
    program = os.environ.get("DBT") or shutil.which("dbt")
    if program is None:
        pytest.skip("dbt is not installed: pip install --group dbt, or name the program in DBT")
    return program


def build(project, output):
    """`dbt build` of a project in a database, with what it printed."""
    profile = {"victims_code": {"target": "test", "outputs": {"test": output}}}
    (project / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    command = [dbt_program(), "--no-use-colors", "build", "--profiles-dir", ".", "--vars", f"{{as_at: {AS_AT}}}"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dbt") / "project"
    return folder, write_dbt_project(folder)


def test_the_project_has_its_parts_and_nothing_unfinished(project):
    folder, files = project
    assert files == tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()))
    assert {"dbt_project.yml", "models/obligations.sql", "seeds/law_days.csv", "macros/as_at.sql"} <= set(files)


def test_every_model_reads_seeds_sources_and_models_that_are_there(project):
    folder, files = project
    there = {name.rpartition("/")[2].rpartition(".")[0] for name in files if name.startswith(("models/", "seeds/"))}
    sources = yaml.safe_load((folder / "models/sources.yml").read_text(encoding="utf-8"))["sources"][0]["tables"]
    for path in (*folder.glob("models/*.sql"), *folder.glob("tests/*.sql")):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"ref\('(\w+)'\)", text)) <= there
        assert set(re.findall(r"source\('record', '(\w+)'\)", text)) <= {table["name"] for table in sources}
        assert "victims_code_here" not in text
        assert "CURRENT_DATE" not in text


def test_columns_are_described_and_tested(project):
    folder, _ = project
    models = {
        m["name"]: m for m in yaml.safe_load((folder / "models/schema.yml").read_text(encoding="utf-8"))["models"]
    }
    columns = {column["name"]: column for column in models["obligations"]["columns"]}
    assert list(columns) == [column.name for column in OBLIGATIONS]
    assert columns["id"]["data_tests"] == ["not_null", "unique"]
    assert "met-late" in columns["status"]["data_tests"][1]["accepted_values"]["arguments"]["values"]
    assert all(column["description"] for column in columns.values())


def test_a_folder_that_holds_files_is_left_alone(tmp_path):
    (tmp_path / "kept.sql").write_text("SELECT 1", encoding="utf-8")
    with pytest.raises(WrongValueError) as refused:
        write_dbt_project(tmp_path)
    assert "not empty" in refused.value.faults[0].message
    assert [path.name for path in tmp_path.iterdir()] == ["kept.sql"]
    done = CliRunner().invoke(main, ["dbt", str(tmp_path), "--overwrite", "--dialect", "postgres"])
    assert (done.exit_code, (tmp_path / "dbt_project.yml").is_file()) == (0, True)
    assert (tmp_path / "kept.sql").is_file()


@pytest.mark.dbt
def test_dbt_builds_it_and_finds_what_the_engine_finds(tmp_path):
    """Every seed, model and test, on the made-up force."""
    dbt_program()
    given = write_force(tmp_path / "force", crimes=300).given
    database, optional = tmp_path / "force.duckdb", [name for name in given if name.startswith(("off", "spokes"))]
    with duckdb.connect(str(database)) as connection:
        for name, path in given.items():
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{path}'")
            there = {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
            optional += [f"{name}.{c.name}" for c in INPUTS[name].columns if c.optional and c.name in there]
    write_dbt_project(tmp_path / "project", optional=optional)
    printed = build(tmp_path / "project", {"type": "duckdb", "path": str(database)})
    assert re.search(r"PASS=1[0-9]{2} WARN=1 ERROR=0 SKIP=0", printed), printed[-2000:]
    with duckdb.connect(str(database)) as connection, assess(Tables(**given), as_at=AS_AT) as answer:
        for name, rows, columns in (
            ("obligations", answer.obligations, OBLIGATIONS),
            ("standing", answer.standing, STANDING),
        ):
            found = connection.execute(f"SELECT {', '.join(c.name for c in columns)} FROM {name}").fetchall()
            expected = [tuple(row.values()) for row in rows.to_dicts()]
            assert sorted(map(str, found)) == sorted(map(str, expected))
            assert len(found) > 1000
        total = connection.execute("SELECT sum(obligations) FROM obligations_by_status").fetchone()
        assert total == (len(answer.obligations.to_dicts()),)
