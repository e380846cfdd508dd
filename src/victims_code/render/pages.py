"""HTML through Jinja2, and cards: a title, a few sentences and tables, as any object shows itself in a notebook.

Jinja2 is optional: without it, the library says what to install.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from victims_code.arguments import checked, checked_if_it_fails
from victims_code.errors import MissingExtraError
from victims_code.extras import need
from victims_code.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment(package: str) -> Environment:
    need("html", "jinja2", feature="Pages of HTML")
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("victims_code.render")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """A value as it is filled in: text is made printable, HTML that is made here is left as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def fragment(template: str, *, package: str = "victims_code.render", **values: object) -> str:
    """A template filled in; every value is escaped.

    :param package: the room whose ``templates`` it is among; it may include those that are shared.
    :raises MissingExtraError: if Jinja2 is not installed.
    """
    return _environment(package).get_template(template).render(**values)


@checked_if_it_fails
def html_or_none(render: Callable[[], str]) -> str | None:
    """HTML for a notebook, or None without Jinja2, so that the notebook falls back to plain text."""
    try:
        return render()
    except MissingExtraError:
        return None


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


@checked
def card_to_html(card: Card, *, page: bool = False) -> str:
    """A card as an HTML fragment with its own style.

    :param page: a whole page instead of a fragment.
    :raises MissingExtraError: if Jinja2 is not installed.

    >>> html = card_to_html(Card(title="A & B", tables=(CardTable(caption="C", columns=("D",), rows=(("<e>",),)),)))
    >>> "A &amp; B" in html, "<caption>C</caption>" in html, "&lt;e&gt;" in html
    (True, True, True)
    """
    return fragment("card-page.html.j2" if page else "card.html.j2", card=card, level=1 if page else 3)
