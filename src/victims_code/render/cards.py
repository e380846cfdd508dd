"""Cards as text of a given width and as Markdown: the same title, sentences and tables as their HTML."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from victims_code.arguments import checked
from victims_code.printable import in_markdown, one_line
from victims_code.render.markdown import table
from victims_code.render.pages import Card, CardTable


@checked
def card_to_markdown(card: Card) -> str:
    """A card as a Markdown page; tables without rows are left out."""
    return "\n".join(_markdown(card)).rstrip() + "\n"


def _markdown(card: Card) -> Iterator[str]:
    yield f"# {in_markdown(card.title)}"
    yield ""
    for sentence in card.sentences:
        yield in_markdown(sentence)
        yield ""
    for one in card.tables:
        if one.rows:
            yield f"## {in_markdown(one.caption)}"
            yield ""
            yield from table(one.columns, one.rows)


@checked
def card_to_text(card: Card, *, width: int = 80) -> str:
    """A card as text. A row is a line of its first two cells, and below it the others with the names of their columns.

    >>> rows = (("Tue 30 Jun 2026", "Publish the plan.", "Analyst"), ("–", "Meet.", "–"))
    >>> card = Card(title="Plan", tables=(CardTable(caption="To do", columns=("Day", "What", "Who"), rows=rows),))
    >>> print(card_to_text(card))
    Plan
    <BLANKLINE>
    To do
      Tue 30 Jun 2026: Publish the plan.
        Who: Analyst
      Meet.
    <BLANKLINE>
    """
    return "\n".join(_text(card, width)).rstrip() + "\n"


def _text(card: Card, width: int) -> Iterator[str]:
    yield from wrap(one_line(card.title), width)
    yield ""
    for sentence in card.sentences:
        yield from wrap(one_line(sentence), width)
    if card.sentences:
        yield ""
    for one in card.tables:
        if one.rows:
            yield from wrap(one_line(one.caption), width)
            for cells in one.rows:
                yield from _row(one, [one_line(cell) for cell in cells], width)
            yield ""


def _row(of: CardTable, cells: list[str], width: int) -> Iterator[str]:
    head = ": ".join(cell for cell in cells[:2] if cell not in ("", _NOTHING))
    yield from wrap(head or _NOTHING, width, initial_indent="  ", subsequent_indent="    ")
    more = "; ".join(
        f"{column}: {cell.removesuffix('.')}"
        for column, cell in zip(of.columns[2:], cells[2:], strict=True)
        if cell not in ("", _NOTHING)
    )
    yield from wrap(more, width, initial_indent="    ", subsequent_indent="    ")


_NOTHING = "–"
"""An empty cell."""
