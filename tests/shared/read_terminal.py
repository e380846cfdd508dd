"""Everything a program writes to a terminal, read as it comes, so that nothing waits for room."""

from __future__ import annotations

import os


def all_of(terminal: int) -> str:
    """What was written until the other end is closed."""
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(terminal)
    return b"".join(pieces).decode("utf-8", errors="replace")
