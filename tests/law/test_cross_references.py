"""The Victims' Directive and the Witness Charter beside the Code of 2015."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.law import Carried, Promptly, Within

CODE = vc.VictimsCode.load()
DIRECTIVE = CODE.cross_references("eu-directive-2012-29")
CHARTER = CODE.cross_references("witness-charter-2013")
# article: (duties of the Code of 2015 that the research names, evidence)
ARTICLES = {
    "article-4": ({"explain-what-to-expect", "assess-needs", "explain-process-and-support"}, "unconfirmed"),
    "article-5": ({"acknowledge-crime", "translate-by-other-body"}, "secondary"),
    "article-7": ({"interpret-by-other-body", "translate-by-other-body"}, "secondary"),
    "articles-8-and-9": ({"refer-to-support", "keep-support-open"}, "unconfirmed"),
    "article-11": ({"inform-decision-not-to-charge"}, "secondary"),
    "article-14": ({"pay-expenses"}, "unconfirmed"),
    "article-15": ({"return-property"}, "unconfirmed"),
    "articles-18-and-19": ({"separate-entrance-and-waiting-area", "seek-special-measures"}, "unconfirmed"),
    "article-20": ({"interview-without-delay"}, "unconfirmed"),
    "article-24": ({"put-the-childs-interests-first"}, "unconfirmed"),
}


@pytest.mark.parametrize("article", ARTICLES)
def test_each_article_names_the_duties_that_answer_it(article):
    duties, evidence = ARTICLES[article]
    found = DIRECTIVE.reference(article)

    assert duties <= set(found.answered_by)
    assert found.evidence == evidence
    assert found.carried is Carried.YES


def test_the_directive_is_law_without_working_days_and_the_charter_is_no_law():
    assert DIRECTIVE.statutory
    assert all(reference.limit is None for reference in DIRECTIVE.references)
    assert not CHARTER.statutory


def test_articles_that_the_code_does_not_carry_say_so():
    assert DIRECTIVE.reference("article-13").carried is Carried.NO
    assert DIRECTIVE.reference("article-16").carried is Carried.ELSEWHERE
    assert DIRECTIVE.reference("article-10").carried is Carried.PARTLY
    numbers = {word for reference in DIRECTIVE.references for word in reference.id.split("-") if word.isdigit()}
    assert numbers == {str(n) for n in range(1, 27)}


def test_the_review_article_is_a_conflict_with_both_sides():
    assert DIRECTIVE.reference("article-11").readings == ("directive-review-article",)
    assert CODE.readings["directive-review-article"].alternatives == ("Article 10.",)


def test_the_charter_has_standards_of_its_own():
    waiting, payment = CHARTER.reference("waiting"), CHARTER.reference("expenses")

    assert waiting.limit == Promptly(promptly="no more than two hours, where possible")
    assert payment.limit == Within(within=10, unit="working-day", after="received")
    assert "Five to ten working days" in payment.note
    assert payment.evidence == waiting.evidence == "secondary"


def test_the_explanation_of_a_duty_names_what_it_answers():
    case = vc.Case.from_dict(
        {
            "reference": "X",
            "victims": [{"reference": "V1"}],
            "events": [{"event": "witness-attendance-required", "at": "2018-06-04", "received": "2018-06-05"}],
        }
    )
    result = CODE.assess(case, as_at=date(2018, 6, 30))
    text = result.find("explain-delays-at-court")[0].explain().to_text()

    assert (
        "It answers the standard on waiting of the Witness Charter (The wait to give evidence), which asks:"
        " no more than two hours, where possible. That text is not law." in text
    )
    assert "The Witness Charter (Lincolnshire Police). evidence: secondary" in text


def test_a_duty_of_another_edition_answers_nothing():
    assert CODE.law.answers("code-2021", "pay-expenses") == ()
    assert {i.id for i, _ in CODE.law.answers("code-2015", "pay-expenses")} == {DIRECTIVE.id, CHARTER.id}
