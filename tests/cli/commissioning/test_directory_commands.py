"""The directory from the command line: checked, searched, its gaps, exported and taken in."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from shared.west_mercia import ORGANISATIONS, SERVICES, WORDS
from victims_code.cli import main
from victims_code.commissioning.area_folder import AreaFolder
from victims_code.commissioning.services import Service

FILES = {
    "area.yaml": "{area: west-mercia, office: PCC for West Mercia}",
    "service-words.yaml": WORDS,
    "organisations.yaml": ORGANISATIONS,
    "services.yaml": SERVICES,
    "area-needs.yaml": """
area-needs:
  - reference: NA
    area: west-mercia
    assessed_on: 2026-03-02
    figures:
      - {counted: people-in-need, need: finance-and-benefits, place: Telford and Wrekin, number: 120,
         population: 60000, period: 2025-26, source: Survey}
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words, status=0):
    done = CliRunner().invoke(main, ["commissioning", "directory", *map(str, words)])
    assert done.exit_code == status, done.output
    return done


def test_services_are_found_and_read_well_at_eighty_columns(folder):
    shown = run("find", folder, "--on", "2026-12-01", "--place", "Redditch", "--group", "sexual-violence").output

    assert max(map(len, shown.splitlines())) <= 80
    assert shown.splitlines()[:6] == [
        "1. Support after sexual violence",
        "   WMRSASC, commissioned",
        "   What: One-to-one support",
        "   For: Victims of sexual violence",
        "   Needs: Mental and physical health",
        "   Where: Worcestershire; Herefordshire, County of",
    ]
    assert "   Telephone: 0300 123 4567 (Ask for the adviser on duty)\n" in shown
    assert "   Open: Monday, Tuesday, Friday 09:00 to 17:30\n" in shown
    assert "Farm watch" not in shown


def test_what_is_found_comes_as_json_and_csv_too(folder):
    asked = ("find", folder, "--on", "2026-12-01", "--group", "local-farmers")

    assert json.loads(run(*asked, "--format", "json").stdout)["found"][0]["service"]["reference"] == "farmers"
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    assert (rows[0]["reference"], rows[0]["within"], rows[0]["not_stated"]) == ("farmers", "Ludlow, Shropshire", "")


def test_an_unknown_place_or_word_is_refused(folder):
    assert "'Ludlow, Shropshire'" in run("find", folder, "--on", "2026-12-01", "--place", "Narnia", status=1).stderr
    assert "Did you mean" in run("find", folder, "--on", "2026-12-01", "--kind", "dropin", status=1).stderr


def test_a_misspelt_town_is_said_and_its_service_is_shown(folder):
    done = run("find", folder, "--on", "2026-12-01", "--place", "Ludow, Shropshire")
    assert "Did you mean 'Ludlow'?" in done.stderr
    assert "Farm watch" in done.stdout
    assert "Not stated: place" in done.stdout
    read = json.loads(
        run("find", folder, "--on", "2026-12-01", "--place", "Oswestry, E06000051", "--format", "json").stdout
    )
    assert "1 that is only for other towns there" in read["remarks"][0]["message"]


def test_a_town_without_its_authority_is_named_with_it(folder):
    asked = ("find", folder, "--on", "2026-12-01", "--place", "ludlow")
    assert (
        "--place: There is no local authority, county or partnership 'ludlow'. Did you mean 'Ludlow, Shropshire'?"
        in (run(*asked, status=1).stderr)
    )


def test_one_file_of_services_is_read_in_part_too(folder):
    with (folder / "services.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {reference: bad, name: Bad, provider: X, kind: dropin, areas: [kent]}\n")
    services = (folder / "services.yaml").read_text(encoding="utf-8").replace("local-", "")
    (folder / "services.yaml").write_text(services, encoding="utf-8")
    done = run("find", folder / "services.yaml", "--on", "2026-12-01", "--group", "sexual-violence", status=1)
    assert "Support after sexual violence" in done.stdout
    assert "Not complete: 2 records could not be read (services 2)." in done.stdout


def test_the_check_says_what_is_not_met_and_what_is_not_known(folder):
    done = run("check", folder, "--as-at", "2026-12-01", status=1)

    assert max(map(len, done.output.splitlines())) <= 80
    assert done.output.startswith("WMRSASC\n")
    assert "closed to victims who have not reported" in done.output
    assert "2 services:" in done.output
    found = json.loads(run("check", folder, "--as-at", "2026-12-01", "--format", "json", status=1).stdout)
    assert found["services"] == 2
    quiet = folder / "quiet.yaml"
    quiet.write_text("services: [{reference: Q, name: Q, provider: Q, areas: [kent]}]", encoding="utf-8")
    assert "0 rules not met" in run("check", quiet, "--as-at", "2026-12-01").output


def test_the_gaps_are_told_by_district_with_the_figures(folder):
    shown = run("gaps", folder, "--as-at", "2026-12-01", "--format", "markdown").output
    rows = list(csv.DictReader(io.StringIO(run("gaps", folder, "--as-at", "2026-12-01", "--format", "csv").stdout)))

    assert "Not known: a service may be there" in shown
    assert "Telford and Wrekin" in shown
    assert "| 2.0 |" in shown
    assert len(rows) == 72
    by = json.loads(run("gaps", folder, "--as-at", "2026-12-01", "--by", "group", "--format", "json").stdout)["gaps"]
    states = {(gap["of"], gap["place"]): gap["state"] for gap in by}
    assert states["sexual-violence", "Worcester"] == "met"
    (folder / "area.yaml").unlink()
    assert "Name the police area" in run("gaps", folder, "--as-at", "2026-12-01", status=2).output


def test_the_export_is_taken_into_another_folder_without_loss(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "area.yaml").write_text("area: west-mercia", encoding="utf-8")
    done = run("export", folder, "--as-at", "2026-12-01", "--output", other / "out.json")
    assert "Left out: 1 confidential location." in done.stderr
    assert "Quiet Lane" not in (other / "out.json").read_text(encoding="utf-8")

    taken = run("import", other / "out.json", "--into", other)
    assert "2 services read." in taken.output
    area = AreaFolder.read(other)
    names = {service.reference: service for service in area.all(Service)}
    theirs = {service.reference: service for service in AreaFolder.read(folder).all(Service)}
    assert names["farmers"] == theirs["farmers"]
    assert names["WMRSASC"].phones == theirs["WMRSASC"].phones

    again = run("import", other / "out.json", "--into", other, status=1)
    assert "Two services are called 'farmers'" in again.stderr
    assert "There is a file of that name already" in again.stderr


def test_the_table_is_safe_in_a_spreadsheet(folder):
    rows = list(csv.DictReader(io.StringIO(run("export", folder, "--as-at", "2026-12-01", "--format", "csv").stdout)))

    assert rows[0]["openings"] == "Monday, Tuesday, Friday 09:00 to 17:30"
    assert rows[0]["phones"] == "0300 123 4567"


def test_a_file_of_others_is_filed_under_the_area_and_what_is_lost_is_told(folder):
    theirs = folder / "theirs.json"
    theirs.write_text(
        json.dumps([{"id": "x1", "name": "Line", "status": "active", "alert": "Moved"}]), encoding="utf-8"
    )

    assert "Say for which police area" in run("import", theirs, "--into", folder, status=1).stderr
    done = run("import", theirs, "--into", folder, "--area", "22")
    assert "Not kept: service.alert, 1 value." in done.output
    assert (folder / "services" / "x1.yaml").is_file()
