"""Names of schemas and views, as someone writes them, taken apart so that each can be quoted."""

from __future__ import annotations

import re

from attrs import frozen

from victims_code import faults
from victims_code.errors import WrongValueError

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PART = re.compile(r'[^\W\d][\w$-]*|"([^"]+)"|`([^`]+)`|\[([^\[\]]+)\]')
_NEVER = re.compile(r"[\x00-\x1f\x7f\\\"`\[\]]")
"""Characters that end a quoted name in some database, or that no name has."""


@frozen(kw_only=True)
class Name:
    """One name, and whether it needs quotation marks, as one given in some does, or one with a hyphen."""

    text: str
    quoted: bool

    def __str__(self) -> str:
        """The name as DuckDB takes it."""
        return f'"{self.text}"' if self.quoted else self.text


def names_in(text: str, where: str) -> tuple[Name, ...]:
    """The names in one with dots, such as ``my-project.victims``.

    :param where: what the text was given as, for the message.
    :raises WrongValueError: if it is not a name, or several with dots between them.

    >>> [str(name) for name in names_in("my-project.victims", "schema")]
    ['"my-project"', 'victims']
    """
    names, place = [], 0
    while found := _PART.match(text, place):
        given = next(filter(None, found.groups()), "")
        names.append(Name(text=given or found[0], quoted=bool(given) or not _PLAIN.fullmatch(found[0])))
        place = found.end()
        if text[place : place + 1] != ".":
            break
        place += 1
    if not names or place < len(text) or text.endswith(".") or any(_NEVER.search(name.text) for name in names):
        raise WrongValueError(faults.NOT_A_DATABASE_NAME.at(where, text=text))
    return tuple(names)


def name_of(text: str, where: str) -> Name:
    """The one name in a text.

    :raises WrongValueError: if it is not a name, or if there are several.
    """
    names = names_in(text, where)
    if len(names) > 1:
        raise WrongValueError(faults.SEVERAL_DATABASE_NAMES.at(where, text=text))
    return names[0]
