"""Every example of the README and of the documentation runs, and shows what it says it shows."""

from __future__ import annotations

import os

import pytest

from shared.code_blocks import ROOT, blocks_of, pages, problems_of

PAGES = pages()


@pytest.mark.examples
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_blocks_of_a_page_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if problems := list(problems_of(page, tmp_path)):
        pytest.fail("\n\n".join(problems), pytrace=False)


def test_pages_and_blocks_are_found():
    languages = {block.language for page in PAGES for block in blocks_of(page)}
    assert {"python", "console", "yaml"} <= languages
    assert {"README.md", "ten-minutes.md", "how-a-working-day-is-counted.md"} <= {page.name for page in PAGES}


BROKEN = {
    "a doctest with a wrong result": ("```python\n>>> 1 + 1\n3\n```\n", "Expected:\n    3\nGot:\n    2"),
    "a doctest that needs a block of another page": (
        "```python\n>>> x\n1\n```\n",
        "NameError: name 'x' is not defined",
    ),
    "Python that nothing runs": ("```python\nprint(1)\n```\n", "a block of Python is a doctest"),
    "a file that nothing runs": (
        "```{code-block} python\n:caption: script.py\nprint(1)\n```\n",
        "no console block of the page runs script.py",
    ),
    "another output": ("```console\n$ victims-code --version\n1.2.3.4\n```\n", "expected:\n1.2.3.4"),
    "a failure that is not announced": ("```console\n$ false\n```\n", "ended with exit status 1"),
    "an extra that does not exist": (
        '```console\n$ python -m pip install "victims-code[everything]"\n```\n',
        "['everything']",
    ),
    "a command of dev.py that does not exist": ("```console\n$ python dev.py fly\n```\n", "no command 'fly'"),
    "a shell block under another name": ("```bash\nls\n```\n", "write `python` or `console`"),
}


@pytest.fixture
def problems_on(tmp_path, monkeypatch):
    """What is wrong with a page of some text, run in an empty folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def problems(text):
        if os.name == "nt" and "```console" in text:
            pytest.skip("console blocks show the shell of Linux and macOS")
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        return list(problems_of(page, folder, root=tmp_path))

    return problems


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_block_is_reported_with_its_line(text, said, problems_on):
    (problem,) = problems_on(f"# Page\n\n{text}")
    assert problem.startswith("page.md, line ")
    assert said in problem


def test_blocks_in_a_list_and_after_an_included_file_are_run(problems_on):
    page = "```{literalinclude} a.yaml\n:language: yaml\n```\n\n1. Count:\n\n   ```python\n   >>> 1 + 1\n   3\n   ```\n"
    (problem,) = problems_on(page)
    assert "Expected:\n    3\nGot:\n    2" in problem


def test_files_outputs_and_announced_failures_work_together(problems_on):
    page = (
        "```{code-block} python\n:caption: count.py\n\nprint(*range(3), sep='\\n')\n```\n\n"
        "```console\n$ python count.py\n0\n...\n2\n$ false\n$ echo $?\n1\n```\n"
    )
    assert problems_on(page) == []
