"""The JSON result as types: the words are those of the enumerations, and pydantic and FastAPI take them."""

from datetime import date
from typing import get_args

import pytest

import victims_code as vc
from victims_code import plain
from victims_code.assessment.status import Urgency, WindowState
from victims_code.faults import Severity
from victims_code.law import EditionStatus, Evidence, Force

RESULT = (
    vc.VictimsCode.load().assess(vc.Case.from_file("examples/case.yaml"), as_at=date(2026, 4, 20)).to_dict(explain=True)
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (plain.StatusWord, vc.Status),
        (plain.TrackWord, vc.Track),
        (plain.UrgencyWord, Urgency),
        (plain.WindowStateWord, WindowState),
        (plain.EditionStatusWord, EditionStatus),
        (plain.EvidenceWord, Evidence),
        (plain.ForceWord, Force),
        (plain.SeverityWord, Severity),
    ],
)
def test_the_words_are_those_of_the_enumeration(words, kind):
    assert get_args(words) == tuple(member.value for member in kind)


@pytest.mark.web
def test_pydantic_reads_a_result_and_refuses_a_misspelt_status():
    pydantic = pytest.importorskip("pydantic")
    adapter = pydantic.TypeAdapter(plain.PlainAssessment)

    assert adapter.validate_python(RESULT) == RESULT
    wrong = {**RESULT, "obligations": [{**RESULT["obligations"][0], "status": "late"}]}
    with pytest.raises(pydantic.ValidationError, match=r"obligations\.0\.status"):
        adapter.validate_python(wrong)


@pytest.mark.web
def test_fastapi_shows_the_words_and_dates_of_a_result():
    fastapi = pytest.importorskip("fastapi")
    app = fastapi.FastAPI()

    @app.get("/")
    def assessment() -> plain.PlainAssessment:
        return RESULT

    kinds = app.openapi()["components"]["schemas"]
    obligation = kinds["PlainObligation"]["properties"]
    assert obligation["status"]["enum"] == [status.value for status in vc.Status]
    assert obligation["due_on"]["anyOf"] == [{"type": "string", "format": "date"}, {"type": "null"}]
    assert kinds["PlainStep"]["properties"]["because"]["items"] == {"$ref": "#/components/schemas/PlainStep"}
    assert set(kinds["PlainAssessment"]["required"]) == set(RESULT)
