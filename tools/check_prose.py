"""Check the plain English of everything people read: ``python3 dev.py prose``; ``--count`` only counts.

``tools/prose.yaml`` holds the style: what not to write and what to write instead, the longest sentence, and the
exceptions with their reasons. Read are the pages, the texts in ``data``, the sentences in the code (messages, hints,
explanations, help), docstrings and comments. proselint looks for what any good English avoids.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tokenize
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
STYLE = ROOT / "tools" / "prose.yaml"
PLACEHOLDER = "…"
"""What is written for code, a number filled in, or a particular of a message; it counts as one word."""

NOT_ASKED = ("typography", "dates_times", "social_awareness", "weasel_words")
"""Checks of proselint on marks and spaces, on "5 pm", on "spokesman" and the like in names, and on "very"."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[)\"'*_]*\s+(?=[\"'(*_`]*[A-Z0-9…])|(?<=[:;])\s+|\n\s*\n|\n\s*[-*] ")
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs|no|para|paras|art|s|ss|Sch|v|cf|approx)\.$", re.IGNORECASE)
_MARKUP = re.compile(r":[a-z:]+:`[^`]*`|``[^`]*``|`[^`]*`|\{[^{}]*\}|https?://\S+|<[^>]*>")


@frozen
class Passage:
    """A piece of text people read: in which file, on which line, of which kind."""

    path: str
    line: int
    kind: str
    text: str


@frozen(kw_only=True)
class Rule:
    """A way of writing that is not ours, what to write instead, and where it counts."""

    find: str
    write: str
    kinds: tuple[str, ...] = ()
    pattern: re.Pattern[str] = field(init=False, repr=False)

    @pattern.default
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.find, re.IGNORECASE)


@frozen(kw_only=True)
class Excused:
    """A passage that may break a rule, and why."""

    file: str
    text: str
    why: str


@frozen(kw_only=True)
class Style:
    """The house style of ``prose.yaml``."""

    longest_sentence: int
    long_sentences_in: tuple[str, ...]
    rules: tuple[Rule, ...]
    excused: tuple[Excused, ...]
    not_people: tuple[str, ...]
    data_keys: tuple[str, ...]


@frozen
class Stumble:
    """One thing to rewrite."""

    passage: Passage
    rule: str
    found: str
    write: str

    def __str__(self) -> str:
        return f"{self.passage.path}:{self.passage.line}: {self.found}\n    {self.write}"


@cache
def style() -> Style:
    """The style, read once."""
    plain = yaml.safe_load(STYLE.read_text(encoding="utf-8"))
    return Style(
        longest_sentence=plain["longest_sentence"],
        long_sentences_in=tuple(plain["long_sentences_in"]),
        rules=tuple(Rule(**{**rule, "kinds": tuple(rule.get("kinds", ()))}) for rule in plain["rules"]),
        excused=tuple(Excused(**excused) for excused in plain["excused"]),
        not_people=tuple(plain["not_for_people"]),
        data_keys=tuple(plain["data_keys"]),
    )


# --- what people read -------------------------------------------------------------------------------------------


def passages(starts: tuple[str, ...] = ("",)) -> Iterator[Passage]:
    """Every passage of the files whose names begin so, file by file."""
    for path in (*ROOT.glob("*.md"), *(ROOT / ".github").rglob("*.md"), *_files("docs", ".md")):
        if _counts(path, starts):
            yield from of_page(_name(path), path.read_text(encoding="utf-8"))
    for path in _files("data", ".yaml"):
        if _counts(path, starts):
            yield from of_data(_name(path), path.read_text(encoding="utf-8"))
    for room in ("src", "tools", "tests", "benchmarks", "examples"):
        for path in _files(room, ".py"):
            if _counts(path, starts):
                yield from of_code(_name(path), path.read_text(encoding="utf-8"), messages=room == "src")
    for path in _files("src", ".j2"):
        if _counts(path, starts):
            yield from of_template(_name(path), path.read_text(encoding="utf-8"))


def _files(room: str, ending: str) -> list[Path]:
    return sorted((ROOT / room).rglob(f"*{ending}"))


def of_page(name: str, text: str) -> Iterator[Passage]:
    """The paragraphs, headings and items of a page; code is left out."""
    for token in MarkdownIt("commonmark").enable("table").parse(re.sub(r"\A---\n.*?\n---\n", _blank, text, flags=re.S)):
        if token.type == "inline":
            words = "".join(
                "\n"
                if child.type in {"softbreak", "hardbreak"}
                else PLACEHOLDER
                if child.type == "code_inline"
                else child.content
                for child in token.children or ()
            )
            yield Passage(name, (token.map or [0])[0] + 1, "page", words)


def of_data(name: str, text: str) -> Iterator[Passage]:
    """The texts for people in a file of data: the values of the keys that ``prose.yaml`` names."""

    def walk(node: yaml.Node, key: str) -> Iterator[Passage]:
        match node:
            case yaml.MappingNode():
                for of, value in node.value:
                    yield from walk(value, of.value)
            case yaml.SequenceNode():
                for value in node.value:
                    yield from walk(value, key)
            case yaml.ScalarNode() if key in style().data_keys and " " in node.value:
                yield Passage(name, node.start_mark.line + 1, "data", node.value)

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return walk(root, "") if root is not None else iter(())


def of_code(name: str, text: str, *, messages: bool) -> Iterator[Passage]:
    """Docstrings and comments, and, with ``messages``, the sentences the code says."""
    tree = ast.parse(text)
    docstrings = {
        id(first.value)
        for node in ast.walk(tree)
        for body in ([node.body] if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) else ())
        for first in body
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            if id(node) in docstrings:
                yield Passage(
                    name, node.lineno, "docstring", re.sub(r"(?m)^\s*(>>>|\.\.\.).*(\n\s*\S.*)*", "", node.value)
                )
            elif messages and _is_sentence(node.value):
                yield Passage(name, node.lineno, "message", node.value)
        elif messages and isinstance(node, ast.JoinedStr):
            whole = "".join(
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else PLACEHOLDER
                for part in node.values
            )
            if _is_sentence(whole):
                yield Passage(name, node.lineno, "message", whole)
    for token in tokenize.generate_tokens(iter(text.splitlines(keepends=True)).__next__):
        if token.type == tokenize.COMMENT and not token.string.startswith(("#!", "# type:", "# noqa", "# fmt")):
            yield Passage(name, token.start[0], "comment", token.string.lstrip("# -"))


def of_template(name: str, text: str) -> Iterator[Passage]:
    """The words between the tags of a template."""
    words = re.sub(r"(?s)\{#.*?#\}|\{%.*?%\}|<style.*?</style>|<script.*?</script>", _blank, text)
    words = re.sub(r"(?s)\{\{.*?\}\}", PLACEHOLDER, words)
    for number, line in enumerate(re.sub(r"(?s)<[^>]*>", _blank, words).splitlines(), start=1):
        if len(line.split()) > 1:
            yield Passage(name, number, "message", line.strip())


def _is_sentence(text: str) -> bool:
    """Whether a text in the code is English: three words or more, and neither SQL nor a pattern nor markup."""
    return len(re.findall(r"\b[A-Za-z]{2,}\b", text)) >= 3 and not re.search(
        r"\b(SELECT|FROM|WHERE|JOIN|UNION|CASE WHEN|CREATE|coalesce|CAST)\b|<[a-z]+[ >]|\(\?|[\\^]|::|\w=\w", text
    )


def _counts(path: Path, starts: tuple[str, ...]) -> bool:
    return _name(path).startswith(starts) and not _name(path).startswith(style().not_people)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _blank(found: re.Match[str]) -> str:
    """As many lines as were taken out, so that line numbers stay."""
    return "\n" * found.group().count("\n")


# --- what is wrong with it --------------------------------------------------------------------------------------


def stumbles(starts: tuple[str, ...] = ("",)) -> Iterator[Stumble]:
    """Everything to rewrite in the files whose names begin so, but for what is excused."""
    for path, group in groupby(passages(starts), key=lambda passage: passage.path):
        of_file = list(group)
        read = [passage for passage in of_file if passage.kind in style().long_sentences_in]
        found = [stumble for passage in of_file for stumble in (*by_rules(passage), *too_long(passage))]
        yield from (stumble for stumble in (*found, *by_proselint(read)) if not _is_excused(path, stumble))


def _is_excused(path: str, stumble: Stumble) -> bool:
    return any(path.startswith(excused.file) and excused.text in stumble.passage.text for excused in style().excused)


def by_rules(passage: Passage) -> Iterator[Stumble]:
    """Phrases the style does not use."""
    text = _MARKUP.sub(PLACEHOLDER, passage.text)
    for rule in style().rules:
        if not rule.kinds or passage.kind in rule.kinds:
            for found in rule.pattern.finditer(text):
                around = " ".join(text[max(0, found.start() - 25) : found.end() + 25].split())
                yield Stumble(passage, rule.find, f"“{around}”", f"write: {rule.write}")


def too_long(passage: Passage) -> Iterator[Stumble]:
    """Sentences with more words than the style allows."""
    if passage.kind in style().long_sentences_in:
        for sentence in sentences(passage.text):
            if (words := len(sentence.split())) > style().longest_sentence:
                yield Stumble(passage, "long sentence", f"{words} words: “{sentence[:70]}…”", "write: two sentences")


def sentences(text: str) -> list[str]:
    """The sentences of a text; what follows a colon or a semicolon counts as one of its own."""
    parts = _SENTENCE_END.split(_MARKUP.sub(PLACEHOLDER, text))
    whole: list[str] = []
    for part in filter(None, (part.strip() if part else "" for part in parts)):
        if whole and _ABBREVIATION.search(whole[-1]):
            whole[-1] += f" {part}"
        else:
            whole.append(part)
    return whole


def by_proselint(passages: list[Passage]) -> Iterator[Stumble]:
    """What proselint finds in the passages of a file, but for typography."""
    starts: list[int] = []
    whole = ""
    for passage in passages:
        starts.append(len(whole))
        whole += _MARKUP.sub(PLACEHOLDER, passage.text).replace("’", "'") + "\n\n"
    from proselint.tools import LintFile

    for found in LintFile(source="text", content=whole).lint(_proselint()) if whole else ():
        start, end = found.check_result.span
        number = bisect(starts, start - 1) - 1
        passage = passages[number]
        if end - 1 > (starts[number + 1] if number + 1 < len(starts) else len(whole)):
            continue
        around = " ".join(whole[max(0, start - 26) : end + 24].split())
        yield Stumble(passage, found.check_result.check_path, f"“{around}”", found.check_result.message)


@cache
def _proselint() -> dict[str, Any]:
    """proselint's own choice of checks, but for those of ``NOT_ASKED``; it is imported only where it is used."""
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry

    CheckRegistry().register_many(__register__)
    return {**DEFAULT, "checks": {**DEFAULT["checks"], **dict.fromkeys(NOT_ASKED, False)}}


def main() -> int:
    """Name what to rewrite, or count it; 1 if there is anything."""
    parser = argparse.ArgumentParser(description="Check the plain English of everything people read.")
    parser.add_argument("--count", action="store_true", help="count by rule and by kind of text")
    parser.add_argument("paths", nargs="*", help="only files whose names begin so")
    options = parser.parse_args()
    found = list(stumbles(tuple(options.paths) or ("",)))
    if options.count:
        for (rule, kind), number in Counter((s.rule, s.passage.kind) for s in found).most_common():
            print(f"{number:6} {kind:10} {rule}")
    else:
        print(*found, sep="\n")
    print(f"{len(found)} to rewrite", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
