"""The check of plain English: what it reads, and what it finds there."""

import pytest

from check_prose import Passage, by_rules, of_code, of_data, of_page, sentences, too_long


def found(text: str, kind: str = "page") -> list[str]:
    return [stumble.write for stumble in by_rules(Passage("page.md", 1, kind, text))]


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("Nobody was told.", "write: someone, no one, anyone, everyone; people"),
        ("The rule stands in section 5.", "write: is; is in"),
        ("This is no SQLite database.", "write: is not a …; there is no …"),
        ("The police tell of the arrest.", "write: tell … about; say that"),
        ("A blank is not nought.", "write: zero; none"),
    ],
)
def test_a_house_word_is_found_with_what_to_write(text, write):
    assert found(text) == [write]


@pytest.mark.parametrize("text", ["There is no deadline.", "The police must tell the victim.", "Use `nobody` for it."])
def test_plain_english_and_code_pass(text):
    assert not found(text)


def test_a_sentence_of_more_than_25_words_is_too_long():
    long = "The police must tell the victim " + "again and " * 10 + "again."
    assert len(long.split()) == 27
    assert [stumble.found[:8] for stumble in too_long(Passage("page.md", 1, "page", f"Short. {long} Short."))] == [
        "27 words"
    ]


def test_sentences_end_where_a_reader_stops():
    assert sentences("One, e.g. this. Two: Three; and more\n\nFour") == [
        "One, e.g. this.",
        "Two:",
        "Three;",
        "and more",
        "Four",
    ]


def test_a_page_is_read_without_its_code():
    page = "# Title\n\nText with `code`.\n\n```python\nnobody()\n```\n\n- item\n"
    assert [(p.line, p.text) for p in of_page("page.md", page)] == [
        (1, "Title"),
        (3, "Text with …."),
        (9, "item"),
    ]


def test_only_the_texts_for_people_in_the_data_are_read():
    data = (
        "- id: an-id with space\n  title: Tell the victim\n  note: >-\n    Two\n    lines.\n  cites: [{source: a b}]\n"
    )
    assert [(p.line, p.text) for p in of_data("data/x.yaml", data)] == [(2, "Tell the victim"), (3, "Two lines.")]


def test_messages_docstrings_and_comments_are_told_apart():
    code = '"""Read it."""\n# A note\nraise ValueError(f"The row {n} has no date.")\nSQL = "SELECT a FROM b WHERE c"\n'
    assert [(p.kind, p.text) for p in of_code("src/x.py", code, messages=True)] == [
        ("docstring", "Read it."),
        ("message", "The row … has no date."),
        ("comment", "A note"),
    ]
    assert [p.kind for p in of_code("tests/x.py", code, messages=False)] == ["docstring", "comment"]
