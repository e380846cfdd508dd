"""No secondary statement cites a page that was read again and does not say it, or only pages about other editions."""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import evolve

from check_citations import Page, Verdict, about_other_editions, checked, out_of_date, read_pages, secondary_statements
from statements_of_the_law import Statement, statements_in


@pytest.fixture(scope="module")
def statements():
    return secondary_statements(statements_in())


@pytest.fixture(scope="module")
def pages():
    return read_pages()


def test_no_secondary_statement_cites_a_page_that_does_not_say_it(statements, pages):
    assert [one for one in checked(statements, pages) if one.verdict is Verdict.DOES_NOT_SAY] == []


def test_a_secondary_statement_of_an_edition_has_a_page_about_it(statements, pages):
    assert [one.place for one in about_other_editions(statements, pages)] == []


def test_what_was_checked_is_what_is_cited_now(statements, pages):
    assert out_of_date(statements, pages) == []


def test_every_citation_has_a_verdict(statements, pages):
    counts = Counter(one.verdict for one in checked(statements, pages))

    assert counts.total() == sum(len(one.cites) for one in statements)
    assert counts[Verdict.SAYS] > 200


def test_a_fault_is_found_and_named():
    place, cites = "editions/code-2021/x", ("old", "new")
    duty = Statement(place=place, kind="Duty", group="code-2021", evidence="secondary", digest="", cites=cites)
    old = Page(read="whole", describes=["code-2006"], says=[duty.place])
    new = Page(read="whole", does_not_say=[duty.place])

    assert [one.verdict for one in checked([duty], {"old": old, "new": new})] == [Verdict.DOES_NOT_SAY, Verdict.SAYS]
    assert about_other_editions([duty], {"old": old}) == []
    assert about_other_editions([evolve(duty, cites=("old",))], {"old": old}) != []
    assert out_of_date([evolve(duty, cites=("new",))], {"old": old, "new": new}) == [("old", duty.place)]
    assert Page(read="not-found").verdict("x") is Verdict.NOT_FOUND
    assert Page().verdict("x") is Verdict.NOT_CHECKED
