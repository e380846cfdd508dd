"""The example of a web service: cases in, duties out; nothing is lost, and nothing undone is left off the list."""

from __future__ import annotations

import logging
import re
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import victims_code as vc
from bulk.test_postgres import server as server

pytest.importorskip("fastapi", reason="the packages of group `web` are not installed")
pytest.importorskip("sqlalchemy", reason="the packages of group `web` are not installed")

import run
import store
import web
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

ARREST = {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1", "reference": "E1"}
CASE = {
    "reference": "22/0412/26",
    "offence": {"committed_on": "2026-03-31"},
    "victims": [{"reference": "V1", "born": "1990-03-02"}],
    "events": [{"event": "needs-assessed", "at": "2026-04-01", "reference": "E0"}, ARREST],
}
DUTY = "inform-suspect-arrested"


class Service:
    """The service on an empty database, on a day that a test can change."""

    def __init__(self, engine):
        self.engine = engine
        self.on("2026-04-08")
        self.http = TestClient(web.create_app(engine, lambda: self.now, ("testserver",)))

    def on(self, day):
        self.now = datetime.fromisoformat(day).replace(hour=9, tzinfo=ZoneInfo("Europe/London"))

    def create(self, **changes):
        answer = self.http.post("/api/cases", json={**CASE, **changes})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def work(self, **asked):
        return self.http.get("/api/work-list", params=asked).json()["work"]

    def nightly(self):
        return store.nightly(self.engine, self.now.date())


def sqlite():
    return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


@pytest.fixture(
    params=[pytest.param("sqlite", marks=pytest.mark.web), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def service(request):
    if request.param == "sqlite":
        yield Service(sqlite())
        return
    port = request.getfixturevalue("server").info.port
    engine = create_engine(f"postgresql+psycopg://test@127.0.0.1:{port}/postgres")
    store.Base.metadata.drop_all(engine)
    yield Service(engine)
    engine.dispose()


def test_a_case_comes_back_as_duties_with_the_ids_of_the_library(service):
    service.create()
    (duty,) = service.work()

    (known,) = store.CODE.assess(vc.Case.from_dict(CASE), as_at=date(2026, 4, 8)).find(DUTY)
    assert (duty["id"], duty["act_by"], duty["urgency"]) == (known.id, "2026-04-13", "due-soon")
    assert (duty["case"], duty["victim"], duty["owed_by"]) == ("22/0412/26", "V1", ["police"])


def test_what_deserves_a_look_is_told_when_a_case_is_saved(service):
    answer = service.http.post("/api/cases", json={**CASE, "victims": [{"reference": "V1", "born": "2015-03-02"}]})
    assert answer.status_code == 201
    (warning,) = answer.json()["faults"]
    assert (warning["severity"], warning["location"]) == ("warning", "victims[0]")
    assert "is under 18" in warning["message"]


def test_every_fault_is_told_at_once_and_nothing_is_stored(service):
    wrong = [{**ARREST, "event": "arrest"}, {**ARREST, "at": "2026-13-02", "reference": "E2"}]
    answer = service.http.post("/api/cases", json={**CASE, "events": wrong})

    assert answer.status_code == 422
    assert [(f["code"], f["location"]) for f in answer.json()["faults"]] == [
        ("VC-DATE-001", "events[1].at"),
        ("VC-CASE-001", "events[0].event"),
    ]
    assert service.http.get("/health").json()["cases"] == 0


def test_a_correction_moves_the_date_keeps_the_id_and_leaves_the_history(service):
    id_ = service.create()
    (before,) = service.work()
    correction = {"event": "suspect-arrested", "at": "2026-04-07", "suspect": "S1", "replaces": "E1"}
    answer = service.http.post(f"/api/cases/{id_}/events", json=correction)

    assert (answer.status_code, answer.json()["version"]) == (201, 2)
    (after,) = service.work()
    assert (before["due_on"], after["due_on"]) == ("2026-04-13", "2026-04-14")
    assert before["id"] == after["id"]
    versions = service.http.get(f"/api/cases/{id_}/versions").json()
    assert [len(version["document"]["events"]) for version in versions] == [2, 3]
    page = service.http.get(f"/cases/{id_}").text
    assert 'class="old">E1: Suspect arrested' in page
    assert "Superseded by E2." in page
    as_known = service.http.get(f"/api/cases/{id_}/assessment", params={"known_on": "2026-04-07"}).json()
    assert [o["due_on"] for o in as_known["obligations"] if o["duty"] == DUTY] == ["2026-04-13"]


def test_a_record_that_did_not_happen_is_withdrawn(service):
    id_ = service.create()
    withdrawn = {**ARREST, "reference": "E2", "replaces": "E1", "withdrawn": True}
    assert service.http.post(f"/api/cases/{id_}/events", json=withdrawn).status_code == 201
    assert service.work() == []


def test_records_without_a_reference_are_given_one(service):
    id_ = service.create(events=[{key: text for key, text in ARREST.items() if key != "reference"}])
    document = service.http.get(f"/api/cases/{id_}").json()["document"]
    assert [event["reference"] for event in document["events"]] == ["E1"]


def test_of_two_who_change_the_same_version_the_second_is_refused(service):
    id_ = service.create()
    read = service.http.get(f"/api/cases/{id_}").json()
    changed = {**read["document"], "offence": {"committed_on": "2026-03-30"}}
    path = f"/api/cases/{id_}?version={read['version']}"

    assert service.http.put(path, json=changed).json()["version"] == 2
    assert service.http.put(path, json=read["document"]).status_code == 409
    assert service.http.put(f"/api/cases/{id_}?version=2", json={**changed, "reference": "A2"}).status_code == 409
    assert service.http.post("/api/cases", json=CASE).status_code == 409


def test_the_nightly_run_assesses_only_the_cases_whose_day_has_come(service):
    service.create()
    later = {**ARREST, "at": "2026-04-07"}
    service.create(reference="A2", events=[CASE["events"][0], later])
    assert service.nightly() == (0, 0)

    service.on("2026-04-14")  # the first was due on Monday 13 April, the second is due today
    assert [one["urgency"] for one in service.work()] == ["due-soon", "due-soon"]
    assert "not up to date: 2 cases wait for the nightly run" in service.http.get("/").text
    assert service.http.get("/health").json()["status"] == "behind"
    assert service.nightly() == (2, 0)
    assert [(one["case"], one["urgency"]) for one in service.work()] == [("22/0412/26", "overdue"), ("A2", "due-today")]

    service.on("2026-04-15")
    assert service.nightly() == (1, 0)  # the first is overdue whatever the day
    assert [one["days_late"] for one in service.work()] == [2, 1]
    assert service.http.get("/health").json()["waiting_for_nightly_run"] == 0


def test_the_page_says_how_late_under_each_deadline_that_may_hold(service):
    service.create(events=[ARREST])  # no one has assessed the needs, so Enhanced Rights may apply
    service.on("2026-04-15")
    service.nightly()
    (one,) = [one for one in service.work() if one["duty"] == "inform-suspect-arrested"]
    assert (one["days_late"], one["days_late_if_standard"], one["days_late_if_enhanced"]) == (None, 2, 6)
    assert "2 working days late, or 6 if Enhanced Rights apply." in service.http.get("/").text


def test_another_version_of_the_law_makes_every_case_wait(service):
    service.create()
    with Session(service.engine) as session, session.begin():
        session.execute(update(store.StoredCase).values(law_hash="another"))
    assert service.http.get("/health").json()["waiting_for_nightly_run"] == 1
    assert service.nightly() == (1, 0)
    assert service.nightly() == (0, 0)


def test_on_no_day_is_a_duty_that_is_undone_left_off_the_list(service):
    """With the nightly run and without it: being behind never takes a duty off."""
    service.create(events=[ARREST])  # not known whether Enhanced Rights apply
    for n in range(40):
        service.on(str(date(2026, 4, 2) + timedelta(days=n)))
        if n % 3:
            service.nightly()
        listed = [one["duty"] for urgency in store.URGENCIES for one in service.work(urgency=urgency)]
        assert listed == [DUTY], service.now


def test_the_list_is_narrowed_by_body_and_urgency(service):
    service.create()
    assert [len(service.work(body=name)) for name in ("police", "witness-care-unit", "")] == [1, 0, 1]
    assert [len(service.work(urgency=name)) for name in store.URGENCIES] == [0, 0, 0, 1, 0]
    assert service.http.get("/api/work-list?body=polic").json()["faults"][0]["hint"] == "Did you mean 'police'?"
    page = service.http.get("/?body=police&urgency=due-soon").text
    assert '<option value="police" selected>Police</option>' in page
    assert "1 duty to do" in page


def test_a_long_list_comes_in_pages(service, monkeypatch):
    monkeypatch.setattr(store, "PAGE", 1)
    monkeypatch.setattr(web, "PAGE", 1)
    service.create()
    service.create(reference="A2")

    first, second = (service.http.get(f"/?page={n}").text for n in (1, 2))
    assert "2 duties to do; these are 1 to 1." in first
    assert '<a href="/?body=&amp;urgency=&amp;page=2">More</a>' in first
    assert "A2" in second
    assert "More" not in second


def test_a_record_added_by_the_form_ends_the_duty(service):
    id_ = service.create()
    told = {
        "event": "victim-informed",
        "about": "suspect-arrested",
        "at": "2026-04-08",
        "suspect": "S1",
        "received": "",
    }
    answer = service.http.post(f"/cases/{id_}", data=told, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{id_}")
    assert service.work() == []


def test_the_form_says_what_is_wrong_and_keeps_what_was_written(service):
    id_ = service.create()
    answer = service.http.post(f"/cases/{id_}", data={"event": "victim-informed", "at": "2026-04-08", "suspect": "S9"})
    assert answer.status_code == 422
    assert "The record was not saved" in answer.text
    assert 'name="suspect" type="text" value="S9"' in answer.text
    assert service.http.get(f"/api/cases/{id_}").json()["version"] == 1


def test_the_diary_holds_the_dates_of_one_body(service):
    service.create()
    mine, theirs = (service.http.get("/diary.ics", params={"body": name}).text for name in ("police", "probation"))
    assert mine.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20260413" in mine
    assert "BEGIN:VEVENT" not in theirs


def test_what_is_written_in_a_record_is_text_and_never_markup(service):
    id_ = service.create(reference="<script>alert(1)</script>")
    for page in ("/", f"/cases/{id_}"):
        answer = service.http.get(page)
        assert "<script" not in answer.text
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_is_too_long_foreign_or_broken_is_refused(service):
    http = service.http
    assert http.post("/api/cases", content="x" * (web.LIMIT + 1)).status_code == 413
    assert http.get("/", headers={"host": "elsewhere.example"}).status_code == 400
    assert http.post("/api/cases", json=CASE, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert http.post("/api/cases", content=b"\xff").status_code == 400
    assert http.post("/api/cases", content="{").json()["faults"][0]["code"].startswith("VC-FILE")
    id_ = service.create()
    assert http.post(f"/api/cases/{id_}/events", content="[]").status_code == 400
    assert http.post(f"/api/cases/{id_}/events", content="{").status_code == 400
    assert http.get("/cases/99").status_code == 404
    assert http.get(f"/cases/{10**30}").status_code == 422
    assert http.post("/api/cases", content="[" * 100_000).status_code == 422
    assert http.post(f"/api/cases/{id_}/events", content="[" * 100_000).status_code == 400
    assert http.post("/api/cases", json={**CASE, "reference": "A" * 500}).status_code in (201, 400)
    assert http.get("/health").status_code == 200


def test_the_log_names_no_case_and_nobody(service, caplog):
    with caplog.at_level(logging.INFO):
        id_ = service.create()
        service.http.get("/api/cases", params={"reference": CASE["reference"]})
        service.http.get(f"/cases/{id_}")
    said = [entry.getMessage() for entry in caplog.records if entry.name == "web_service"]
    assert said == ["POST /api/cases 201", "GET /api/cases 200", "GET /cases/{id_} 200"]


def test_its_openapi_document_knows_the_case_and_the_assessment(service):
    document = service.http.get("/openapi.json").json()
    sent = document["paths"]["/api/cases"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert sent["required"] == ["reference", "victims"]
    assert "PlainAssessment" in document["components"]["schemas"]


@pytest.mark.web
def test_one_command_loads_a_case_once_and_runs_the_night(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cases.sqlite'}")
    for _ in range(2):
        monkeypatch.setattr(sys, "argv", ["run.py", "nightly", "--load", "examples/case.yaml"])
        with pytest.raises(SystemExit) as ended:
            run.main()
        assert ended.value.code == 0
    assert re.findall(r"\d+ cases assessed, \d+ not\.", capsys.readouterr().out) == ["0 cases assessed, 0 not."] * 2
