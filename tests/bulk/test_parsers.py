"""A second opinion on every dialect: sqlfluff, or PostgreSQL's own parser, reads what sqlglot wrote.

`pytest -m parsers`.
"""

from __future__ import annotations

import pytest

from shared.engines import CODE
from victims_code.bulk import DIALECTS, law_files

pytestmark = pytest.mark.parsers
ROOM = {"large_file_skip_byte_limit": 0, "large_file_skip_char_limit": 0, "max_parse_depth": 0}
"""No limits of size, which sqlfluff has for files written by hand."""
CALLED = {"spark": "sparksql"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_second_parser_reads_the_view_and_the_tables(dialect):
    files = law_files(dialect, code=CODE)
    rows = files["2-fill-law-tables.sql"]
    some = rows[: rows.index("),\n", 6000)] + ");"  # the rows after these are of the same form
    # the view of standing duties is made of some of the same queries
    texts = {"tables": files["1-create-law-tables.sql"], "rows": some, "view": files["3-obligations.sql"]}
    parser = _postgres if dialect == "postgres" else _sqlfluff
    problems = {name: found for name, text in texts.items() if (found := parser(text, dialect))}
    assert not problems


def _postgres(text, _):
    pglast = pytest.importorskip("pglast", reason="pglast is not installed: pip install --group parsers")
    try:
        pglast.parse_sql(text)
    except pglast.parser.ParseError as problem:
        return [str(problem)]
    return []


def _sqlfluff(text, dialect):
    core = pytest.importorskip("sqlfluff.core", reason="sqlfluff is not installed: pip install --group parsers")
    config = core.FluffConfig(overrides={"dialect": CALLED.get(dialect, dialect), **ROOM})
    parsed = core.Linter(config=config).parse_string(text)
    assert parsed.root_variant() is not None
    return [str(problem) for problem in parsed.violations]
