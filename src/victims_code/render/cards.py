"""A card: a title, a few sentences and tables, as any object shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from victims_code.render.pages import fragment

__all__ = ["Card", "CardTable", "card_as_html"]


@frozen(kw_only=True)
class CardTable:
    """A table with a caption. The first cell of a row names it where ``named_rows`` says so."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Sequence[str], ...]
    named_rows: bool = True

    def without_empty_columns(self) -> CardTable:
        """The table without the columns in which every cell is a dash.

        >>> table = CardTable(caption="C", columns=("A", "B"), rows=(("1", "–"), ("2", "–")))
        >>> table.without_empty_columns().columns
        ('A',)
        """
        kept = [n for n in range(len(self.columns)) if any(row[n] != "–" for row in self.rows)]
        return evolve(
            self,
            columns=tuple(self.columns[n] for n in kept),
            rows=tuple(tuple(row[n] for n in kept) for row in self.rows),
        )


@frozen(kw_only=True)
class Card:
    """What an object shows of itself: plain words only."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[CardTable, ...] = ()


def card_as_html(card: Card) -> str:
    """A card as an HTML fragment with its own style.

    :raises MissingExtraError: if Jinja2 is not installed.

    >>> html = card_as_html(Card(title="A & B", tables=(CardTable(caption="C", columns=("D",), rows=(("<e>",),)),)))
    >>> "A &amp; B" in html, "<caption>C</caption>" in html, "&lt;e&gt;" in html
    (True, True, True)
    """
    return fragment("card.html.j2", card=card)
