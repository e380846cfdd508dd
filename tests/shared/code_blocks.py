"""The code blocks of a Markdown page, and how each is run.

- A block of Python with ``>>>`` is a doctest. The blocks of a page follow from each other, as they do for a reader who
  goes through it.
- A console block is a list of ``$ `` commands, each with the output shown below it; ``...`` stands for anything. Where
  none is shown, only the exit status counts. A command must succeed unless ``$ echo $?`` follows.
- A block with a caption is a file of that name, in the folder where the page's other blocks run.
"""

from __future__ import annotations

import doctest
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_FENCE = re.compile(
    r"^ *(?P<fence>`{3,}|:{3,})\s*(?:\{(?!code-block\})[\w-]+\}.*|(?:\{code-block\}\s*)?(?P<language>[\w-]+)?)\s*$"
)
"""The opening of a block; that of another directive, such as an included file, has no language."""
_MARK = "--- exit status of the command above: "


@frozen(kw_only=True)
class Block:
    """One fenced block: its language, its caption, its text, and the line its text begins on."""

    language: str
    caption: str | None
    text: str
    line: int


def pages() -> list[Path]:
    """Every page whose blocks must run: the README, and the documentation but for what is written from the data."""
    written_by_hand = (
        page
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if not {"_build", "generated"} & set(page.relative_to(ROOT).parts)
    )
    return [ROOT / "README.md", *written_by_hand]


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page that name a language."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        if (opening := _FENCE.match(line)) is None:
            continue
        inside: list[str] = []
        for _, inner in lines:
            if inner.strip() == opening["fence"]:
                break
            inside.append(inner)
        if opening["language"]:
            yield _block(opening["language"], dedent("\n".join(inside)).splitlines(), number + 1)


def _block(language: str, lines: list[str], first: int) -> Block:
    caption = None
    while lines and (option := re.match(r":(\w+):\s*(.*)", lines[0])):
        caption = option[2] if option[1] == "caption" else caption
        lines, first = lines[1:], first + 1
    while lines and not lines[0].strip():
        lines, first = lines[1:], first + 1
    return Block(language=language, caption=caption, text="\n".join(lines) + "\n", line=first)


def problems_of(page: Path, folder: Path, *, root: Path = ROOT) -> Iterator[str]:
    """Run every block of a page in a folder; what went wrong, each with its line."""
    blocks = list(blocks_of(page))
    shutil.copytree(ROOT / "examples", folder / "examples")
    for block in blocks:
        if block.caption:
            (folder / block.caption).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.caption).write_text(block.text, encoding="utf-8")
    commands = "\n".join(block.text for block in blocks if block.language == "console")
    names: dict[str, object] = {}
    for block in blocks:
        where = f"{page.relative_to(root)}, line {block.line}"
        if block.language in ("bash", "sh", "shell", "pycon", "py"):
            yield f"{where}: write `python` or `console`, so that the block is run"
        elif block.language == "console" and os.name == "nt":
            continue  # the pages show the shell of Linux and macOS
        elif block.language == "console":
            yield from (f"{where}: {problem}" for problem in _run_console(block, folder))
        elif block.language == "python" and block.caption is None:
            if ">>>" not in block.text:
                yield f"{where}: a block of Python is a doctest, or has the name of its file as caption"
            yield from (f"{where}: {problem}" for problem in _run_doctest(block, page, names))
        elif block.language == "python" and str(block.caption) not in commands:
            yield f"{where}: no console block of the page runs {block.caption}"


def _run_doctest(block: Block, page: Path, names: dict[str, object]) -> Iterator[str]:
    test = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), block.line - 1)
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    said: list[str] = []
    failed = runner.run(test, out=said.append, clear_globs=False).failed
    names.update(test.globs)
    if failed:
        yield "".join(said)


# --- the console ------------------------------------------------------------------------------------------------


def _run_console(block: Block, folder: Path) -> Iterator[str]:
    shown = list(_commands(block.text))
    if not shown:
        yield "a console block has a line that begins with `$ `"
    runnable = [(command, output) for command, output in shown if not _only_looked_at(command)]
    yield from (problem for command, _ in shown for problem in _looked_at(command))
    commands = [command for command, _ in runnable]
    for (command, expected), (actual, status), following in zip(
        runnable, _shell(commands, folder), [*commands[1:], ""][: len(commands)], strict=True
    ):
        if expected and not doctest.OutputChecker().check_output(expected, actual, OPTIONS):
            yield f"$ {command}\nexpected:\n{expected}\ngot:\n{actual}"
        if status and not following.startswith("echo $?"):
            yield f"$ {command}\nended with exit status {status}:\n{actual}"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with the output shown; a backslash carries a command on to the next line."""
    for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = re.sub(r"\\\n\s*", "", piece).partition("\n")
        yield command, output.strip() + "\n" if output.strip() else ""


def _shell(commands: list[str], folder: Path) -> Iterator[tuple[str, int]]:
    """Run commands one after another in one shell; the output and exit status of each."""
    if not commands:
        return
    script = "\n".join(
        f'{command}\n__status=$?; printf "\\n{_MARK}%s\\n" $__status; (exit $__status)' for command in commands
    )
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**kept, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    pieces = re.split(rf"\n{_MARK}(\d+)\n", done.stdout)
    for output, status in zip(pieces[::2], pieces[1::2], strict=False):
        yield output + "\n" if output.strip() else output, int(status)


# --- commands that install or start a whole run are held against the project instead ----------------------------


def _only_looked_at(command: str) -> bool:
    return re.match(r"python3? (dev\.py|-m pip install) ", command) is not None


def _looked_at(command: str) -> Iterator[str]:
    if found := re.match(r"python3? dev\.py ([\w-]+)((?: [\w/.-]+)*)$", command):
        if found[1] not in commands():
            yield f"$ {command}\ndev.py has no command {found[1]!r}"
        for path in found[2].split():
            if not (ROOT / path).exists():
                yield f"$ {command}\nthere is no {path}"
    elif found := re.match(r'python3? -m pip install (?:-e )?"?([\w.-]+)\[([\w,-]+)\]"?$', command):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        unknown = set(found[2].split(",")) - set(project["optional-dependencies"])
        if found[1] not in (project["name"], ".") or unknown:
            yield f"$ {command}\nthere is no such package or extra: {found[1]} {sorted(unknown)}"
    elif _only_looked_at(command):
        yield f"$ {command}\nis not a command this test understands"


def commands() -> set[str]:
    """The commands of ``dev.py``, and the sessions of nox, which it runs by their names."""
    source = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    scripts = runpy.run_path(str(ROOT / "dev.py"))["SCRIPTS"]
    return {
        "example",
        "serve",
        "test",
        *scripts,
        *re.findall(r"^@nox\.session.*\ndef (\w+?)_?\(", source, flags=re.MULTILINE),
    }
