"""How the files of ``data`` are laid out, which never changes what they say; that they are, the session lint checks."""

from __future__ import annotations

import pytest

from format_data import formatted
from victims_code.reading.documents import read_yaml

UNTIDY = """\
# What the file holds.
- {id: one, cites: [{source: b, right: 6}], evidence: text, title: 'First: the one', on: no, paragraph: 4.10, at: 1:30}
# --- Second part ---
- note: 'A note that is far too long for one line, since it goes on and on, past every measure of what a line may hold,
    to the very end.'
  id: two
  title: Second
  when: {all: [{fact: a, is: true}, {fact: b, is: false}]}
  code: '007'
"""
TIDY = """\
# What the file holds.

- id: one
  title: 'First: the one'
  'on': 'no'
  paragraph: '4.10'
  at: '1:30'
  cites: [{right: 6, source: b}]
  evidence: text

# --- Second part ---
- id: two
  code: '007'
  title: Second
  when:
    all:
      - {fact: a, is: true}
      - {fact: b, is: false}
  note: >-
    A note that is far too long for one line, since it goes on and on, past every measure of what a line may hold, to
    the very end.
"""


def test_one_key_a_line_identity_first_and_evidence_last():
    assert formatted({"duties.yaml": UNTIDY}) == {"duties.yaml": TIDY}
    assert formatted({"duties.yaml": TIDY}) == {"duties.yaml": TIDY}


def test_words_stay_words():
    read = read_yaml(formatted({"duties.yaml": UNTIDY})["duties.yaml"]).data
    assert read == read_yaml(UNTIDY).data
    assert [read[0][key] for key in ("on", "paragraph", "at")] == ["no", "4.10", "1:30"]


def test_a_comment_moves_with_its_key():
    text = "title: x\n\n# Why it matters.\nid: y\nnote: z\n"
    assert formatted({"one.yaml": text})["one.yaml"] == "# Why it matters.\nid: y\ntitle: x\nnote: z\n"


def test_keys_take_the_order_of_most_entries_of_the_folder():
    files = {f"schemes/{n}.yaml": "id: x\nfirst: 1\nsecond: 2\n" for n in range(2)}
    files["schemes/odd.yaml"] = "id: x\nsecond: 2\nfirst: 1\n"
    assert set(formatted(files).values()) == {"id: x\nfirst: 1\nsecond: 2\n"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: x  # why\n", "line 1: put the comment on a line of its own"),
        (f"# {'long ' * 30}\nid: x\n", "longer than 120 characters"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        formatted({"one.yaml": text})
