"""Lay the files of ``data`` out alike: ``python3 dev.py data``; with ``--check`` only name those that differ.

One key a line, at most 120 characters a line, and in every kind of entry one order of keys: identity and title first,
``cites``, ``evidence`` and ``note`` last. A short entry without an identity, such as a condition, a deadline or a
citation, is one line. A comment stays before what it was written before. What the files say never changes: each is read
before and after, and nothing is written if the two differ.

The layout is worked out here, because a round trip through ruamel.yaml hangs a comment on the entry before it, which
takes it along when keys move.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from itertools import combinations, takewhile
from pathlib import Path
from textwrap import wrap

import yaml
from attrs import evolve, frozen

from victims_code.errors import VictimsCodeError
from victims_code.reading.documents import Keys, Plain, read_yaml

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
EXAMPLES = DATA / "commissioning" / "starters"
"""Files that people copy and write on in; they are laid out as people do."""
WIDTH = 120
FIRST = ("id", "date", "code", "title", "name", "question")
LAST = ("readings", "source", "cites", "evidence", "doubt", "note")
NEVER_ON_ONE_LINE = frozenset({"id", "code", "cites", "evidence"})
"""Keys of entries that have an identity or say how sure they are."""
KEYS_ON_ONE_LINE, TEXT_ON_ONE_LINE, SHORT_WORD = 6, 48, 8
"""How many keys an entry on one line has at most, and how many characters a text in it and a word of a long list."""

_PLAIN = re.compile(r"[A-Za-z]\w*(-[\w-]*\w|[\w-]* [\w .()'/-]*[\w.)])")
"""Words with a hyphen, and texts of several words, that need no quotes anywhere."""
_PLAIN_ON_ITS_OWN = re.compile(r"https?://[\w./-]+|[A-Za-z][\w-]*,? [\w .,;()'/-]*[\w.)]")
"""Texts that need none outside brackets."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Kind = tuple[str, ...]
"""A kind of entry: the folder or file, and the keys that lead to it."""


def main() -> int:
    """Lay out every file, or name those that are not laid out; 1 if there are any."""
    parser = argparse.ArgumentParser(description="Lay the files of data out alike.")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that would change")
    check = parser.parse_args().check
    files = [path.relative_to(DATA) for path in sorted(DATA.rglob("*.yaml")) if not path.is_relative_to(EXAMPLES)]
    names = [file.as_posix() for file in files]
    written = {name: (DATA / name).read_text(encoding="utf-8") for name in names}
    try:
        laid_out = formatted(written)
    except ValueError as problem:
        parser.error(str(problem))
    changed = [name for name in names if laid_out[name] != written[name]]
    for name in changed:
        if not check:
            (DATA / name).write_text(laid_out[name], encoding="utf-8", newline="\n")
        print(f"data/{name} is not laid out: run python3 dev.py data" if check else f"data/{name}: laid out")
    return int(check and bool(changed))


def formatted(texts: Mapping[str, str]) -> dict[str, str]:
    """The files laid out, by their names below ``data``. The files of a folder share the order of their keys.

    :raises ValueError: if a line would be too long, a comment follows a value, or a file would say something else.
    """
    data = {name: read_yaml(text, source=name).data for name, text in texts.items()}
    ranks = _ranks_of_keys(data)
    return {name: _formatted(name, text, data[name], ranks) for name, text in texts.items()}


def _formatted(name: str, text: str, data: Plain, ranks: Mapping[Kind, Mapping[str, int]]) -> str:
    comments = _comments(name, text)
    layout = _Layout(folder=_folder(name), comments=comments, ranks=ranks)
    result = "\n".join(layout.file(data)) + "\n"
    if read_yaml(result, source=name).data != data:
        raise ValueError(f"{name} would say something else")
    if _words_of(_comments(name, result)) != _words_of(comments):
        raise ValueError(f"{name} would lose a comment")
    if long := [line for line in result.splitlines() if len(line) > WIDTH and "://" not in line]:
        raise ValueError(f"{name}: longer than {WIDTH} characters, so break it: {long}")
    return result


# --- the order of keys ------------------------------------------------------------------------------------------


def _folder(name: str) -> str:
    """The folder whose files are of one kind, or the file itself where its folder holds files of several."""
    folder = name.rpartition("/")[0]
    return name if folder in ("", "adapters", "commissioning", "offences", "vocabulary") else folder.split("/")[0]


def _ranks_of_keys(data: Mapping[str, Plain]) -> dict[Kind, dict[str, int]]:
    """For every kind of entry its keys in the order that most entries of the kind have."""
    orders: dict[Kind, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for name, document in data.items():
        for kind, keys in _keys_of_entries(document, (_folder(name),)):
            orders[kind][keys] += 1
    return {kind: _rank(found) for kind, found in orders.items()}


def _keys_of_entries(value: Plain, kind: Kind) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    if isinstance(value, dict):
        yield kind, tuple(value)
        for key, inner in value.items():
            yield from _keys_of_entries(inner, (*kind, key))
    elif isinstance(value, list):
        for item in value:
            yield from _keys_of_entries(item, kind)


def _rank(orders: Counter[tuple[str, ...]]) -> dict[str, int]:
    pairs = Counter(pair for keys, times in orders.items() for pair in list(combinations(keys, 2)) * times)
    before: dict[str, set[str]] = {key: set() for keys in orders for key in keys if key not in FIRST + LAST}
    for (first, second), _ in pairs.most_common():
        if {first, second} <= before.keys() and not _leads_to(second, first, before):
            before[second].add(first)
    order = [*FIRST, *TopologicalSorter(before).static_order(), *LAST]
    return {key: n for n, key in enumerate(order)}


def _leads_to(first: str, last: str, before: Mapping[str, set[str]]) -> bool:
    """Whether one key already comes before another, by way of any others."""
    return first in before[last] or any(_leads_to(first, key, before) for key in before[last])


# --- comments ---------------------------------------------------------------------------------------------------


def _comments(name: str, text: str) -> dict[Keys, tuple[str, ...]]:
    """The comments and blank lines before each entry, by the way to it; those at the end by ``("",)``."""
    lines = text.splitlines()
    ends: dict[int, int] = {}
    inside: set[int] = set()
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken):
            last = token.end_mark.line - (token.end_mark.column == 0)  # a folded text ends where the next token begins
            while not lines[last].strip():
                last -= 1
            inside |= set(range(token.start_mark.line + 1, last + 1))
        ends[token.end_mark.line] = max(ends.get(token.end_mark.line, 0), token.end_mark.column)
    between = {n: line.strip() for n, line in enumerate(lines) if n not in inside and _is_between(line)}
    for n, end in ends.items():
        if n not in between and n < len(lines) and lines[n][end:].strip().startswith("#"):
            raise ValueError(f"{name}, line {n + 1}: put the comment on a line of its own, before the entry")
    starts: dict[int, Keys] = {}
    for keys, start in _starts(yaml.compose(text, Loader=_LOADER), ()):
        starts.setdefault(start, keys)
    found: dict[Keys, list[str]] = defaultdict(list)
    sorted_starts = sorted(starts)
    for n, line in between.items():
        later = bisect(sorted_starts, n)
        found[starts[sorted_starts[later]] if later < len(sorted_starts) else ("",)].append(line)
    return {keys: tuple(said) for keys, said in found.items()}


def _words_of(comments: Mapping[Keys, tuple[str, ...]]) -> list[str]:
    return sorted(line for said in comments.values() for line in said if line)


def _is_between(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _starts(node: yaml.Node | None, keys: Keys) -> Iterator[tuple[Keys, int]]:
    """The way to every entry and the line it begins on, the outermost first."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*keys, key.value), key.start_mark.line
            yield from _starts(value, (*keys, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for n, item in enumerate(node.value):
            yield (*keys, n), item.start_mark.line
            yield from _starts(item, (*keys, n))


# --- the layout -------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Layout:
    """How one file is laid out: the order of its keys, and the comments before its entries."""

    folder: str
    comments: Mapping[Keys, tuple[str, ...]]
    ranks: Mapping[Kind, Mapping[str, int]]

    def file(self, data: Plain) -> Iterator[str]:
        """Every line: first the comment on the whole file, up to a blank line, however its keys move."""
        first: Keys = (next(iter(data)),) if isinstance(data, dict) else (0,)
        said = self.comments.get(first, ())
        head = tuple(takewhile(bool, said))
        yield from (*head, "") if head else ()
        rest = evolve(self, comments={**self.comments, first: said[len(head) + 1 :]})
        yield from rest.lines(data, (), "")
        yield from self.comments.get(("",), ())

    def lines(self, value: Plain, keys: Keys, indent: str) -> Iterator[str]:
        """An entry or a list, one key or item a line."""
        if isinstance(value, dict):
            for n, key in enumerate(self.in_order(value, keys)):
                apart = not keys and (bool(self.comments.get((key,))) or _holds_statements(value[key]))
                yield from self.before((*keys, key), indent, first=not n, apart=apart)
                yield from self.entry(f"{indent}{_text(key)}:", value[key], (*keys, key), indent)
        elif isinstance(value, list):
            apart = not keys and _holds_statements(value)
            for n, item in enumerate(value):
                yield from self.before((*keys, n), indent, first=not n, apart=apart)
                yield from self.item(item, (*keys, n), indent)

    def before(self, keys: Keys, indent: str, *, first: bool, apart: bool = False) -> Iterator[str]:
        """The comments before an entry, with at most one blank line at a time."""
        said = self.comments.get(keys, ())
        if apart and not first and not (said and not said[0]):
            said = ("", *said)
        for n, line in enumerate(said):
            if line or (n and said[n - 1]) or (not n and not first):
                yield f"{indent}{line}" if line else ""

    def entry(self, head: str, value: Plain, keys: Keys, indent: str) -> Iterator[str]:
        """A key with its value: on one line, as a folded text, or with what it holds below it."""
        short = self.on_one_line(value, keys)
        if short is not None and len(head) + 1 + len(short) <= WIDTH:
            yield f"{head} {short}"
        elif isinstance(value, str):
            yield f"{head} >-"
            for line in wrap(value, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False):
                yield f"{indent}  {line}"
        elif short is not None and isinstance(value, list) and all(len(str(word)) <= SHORT_WORD for word in value):
            yield head
            lines = wrap(short, WIDTH - len(indent) - 3)
            yield from (f"{indent}  {' ' if n else ''}{line}" for n, line in enumerate(lines))
        else:
            yield head
            yield from self.lines(value, keys, f"{indent}  ")

    def item(self, value: Plain, keys: Keys, indent: str) -> Iterator[str]:
        """An item of a list; the first key of an entry stands after the dash."""
        short = self.on_one_line(value, keys)
        if not isinstance(value, dict) or (short is not None and len(indent) + 2 + len(short) <= WIDTH):
            yield from self.entry(f"{indent}-", value, keys, indent)
            return
        inner = f"{indent}  "
        held = iter(self.lines(value, keys, inner))
        for line in held:
            if line.lstrip().startswith("#"):
                yield f"{indent}{line.lstrip()}"
            else:
                yield f"{indent}- {line.removeprefix(inner)}"
                break
        yield from held

    def in_order(self, value: Mapping[str, Plain], keys: Keys) -> list[str]:
        """The keys of an entry in the order of its kind; at the top of a file lists of entries come last."""
        rank = self.ranks[self.folder, *(key for key in keys if isinstance(key, str))]
        return sorted(value, key=lambda key: (not keys and _holds_statements(value[key]), rank[key]))

    def on_one_line(self, value: Plain, keys: Keys) -> str | None:
        """What is short enough to be read on one line, or nothing."""
        if any(one[: len(keys)] == keys and len(one) > len(keys) for one in self.comments):
            return None
        if isinstance(value, list):
            if all(not isinstance(item, dict | list) for item in value):
                return f"[{', '.join(_text(item, within=True) for item in value)}]"
            return f"[{held}]" if len(value) == 1 and (held := self.on_one_line(value[0], (*keys, 0))) else None
        if isinstance(value, dict):
            return self.entry_on_one_line(value, keys)
        return _text(value)

    def entry_on_one_line(self, value: Mapping[str, Plain], keys: Keys) -> str | None:
        """A short entry in braces."""
        if len(value) > KEYS_ON_ONE_LINE or NEVER_ON_ONE_LINE & value.keys():
            return None
        held = {}
        for key in self.in_order(value, keys):
            inner = value[key]
            if isinstance(inner, dict | list):
                held[key] = self.on_one_line(inner, (*keys, key))
            else:
                held[key] = text if len(text := _text(inner, within=True)) <= TEXT_ON_ONE_LINE else None
        if None in held.values():
            return None
        return f"{{{', '.join(f'{_text(key, within=True)}: {text}' for key, text in held.items())}}}"


def _holds_statements(value: Plain) -> bool:
    """Whether this is a list of entries that have an identity or say how sure they are, or hold such entries."""
    own = NEVER_ON_ONE_LINE | {"date"}
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return any(own & item.keys() or any(map(_holds_statements, item.values())) for item in items)


def _text(value: Plain, *, within: bool = False) -> str:
    """A word or number as it is written."""
    return _quoted(value, within) if isinstance(value, str) else json.dumps(value)


@cache
def _quoted(value: str, within: bool) -> str:
    """A text, in quotes where any reader of YAML would take it for something else."""
    if _PLAIN.fullmatch(value) or (not within and _PLAIN_ON_ITS_OWN.fullmatch(value)):
        return value
    for written in (value, "'" + value.replace("'", "''") + "'"):
        if _reads_back(f"[{written}]" if within else f"- {written}", value):
            return written
    return json.dumps(value, ensure_ascii=False)


def _reads_back(written: str, value: str) -> bool:
    try:
        strictly = read_yaml(written).data
        (otherwise,) = yaml.safe_load(written)
    except (VictimsCodeError, yaml.YAMLError, ValueError, TypeError):
        return False
    return strictly == [value] and (otherwise == value or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)))


if __name__ == "__main__":
    raise SystemExit(main())
