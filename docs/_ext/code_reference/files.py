"""Pages on disk: only what changed is written, and what is no longer made is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_files(texts: Mapping[str, str], folder: Path) -> None:
    """Make ``folder`` hold these files and no others; an unchanged file keeps its date, so Sphinx need not read it."""
    wanted = {folder / name: text for name, text in texts.items()}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
