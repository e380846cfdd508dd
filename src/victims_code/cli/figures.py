"""The commands on many cases: the law as SQL, the board's report, and what a change would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from victims_code import bulk
from victims_code.bulk import DIALECTS, Tables
from victims_code.bulk.dialects import make_sure_offered
from victims_code.bulk.rules import Extent
from victims_code.bulk.statement import LawForm
from victims_code.cli.options import (
    DAY,
    FILE,
    as_at,
    formats,
    known_on,
    output_folder,
    show_small_numbers,
    under_law,
)
from victims_code.cli.terminal import doing, say, tell, write
from victims_code.code import VictimsCode
from victims_code.errors import UnknownNameError
from victims_code.printable import json_text
from victims_code.reading.writing import write_all_aside

if TYPE_CHECKING:
    from victims_code import compliance


_PERIODS = ("month", "quarter", "year", "financial-quarter", "financial-year")
_TABLES = {
    "--events": "A table of events, to work the obligations out from.",
    "--victims": "A table of victims; its further columns can be grouped by.",
    "--assertions": "A table of facts.",
    "--cases": "A table of cases; its further columns can be grouped by.",
    "--spokespersons": "A table of who speaks for whom.",
    "--offences": "A table of the offences of cases that have several.",
    "--offence-victims": "A table of the victims of each of several offences.",
}


def _with_tables(command: Callable[..., None]) -> Callable[..., None]:
    """The options that name the tables of a record, or one wide table, and what of them is counted."""
    for option, what in reversed(_TABLES.items()):
        command = click.option(option, type=FILE, help=what)(command)
    wide = "One wide table in place of all these, with --mapping."
    command = click.option("--mapping", type=FILE, help="What the columns of --extract mean.")(command)
    command = click.option("--extract", type=FILE, help=wide)(command)
    where = "Count only obligations with this value; may be given several times, as force=North."
    return click.option("--where", multiple=True, callback=_where, metavar="COLUMN=VALUE", help=where)(command)


def _where(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, list[str]]:
    """The values to keep, by column; several values of one column are alternatives."""
    found: dict[str, list[str]] = {}
    for one in given:
        column, sign, value = one.partition("=")
        if not (column and sign):
            raise click.BadParameter(f"{one!r} is not COLUMN=VALUE, such as force=North.")
        found.setdefault(column, []).append(value)
    return found


class _Dialect(click.Choice[str]):
    """The name of a dialect; another brings the nearest to mind."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            make_sure_offered(value)
        except UnknownNameError as problem:
            [fault] = problem.faults
            self.fail(f"{fault.message} {fault.hint}", param, ctx)
        return str(value)


_dialect = click.option(
    "--dialect",
    type=_Dialect(DIALECTS),
    default="duckdb",
    show_default=True,
    metavar="NAME",
    help=f"One of {', '.join(DIALECTS)}.",
)


@click.command()
@_dialect
@click.option("--as-at", type=DAY, help="Date of assessment; by default the database's current date.")
@known_on
@click.option(
    "--with", "optional", multiple=True, help="An optional column or table that is there, such as events.replaces."
)
@click.option(
    "--of",
    type=click.Choice([extent.value for extent in Extent]),
    default=Extent.OBLIGATIONS.value,
    show_default=True,
    help="What has a deadline or can be shown done, or what stands without either.",
)
@click.option("--view", help="What to call the view; by default as what it is of.")
@click.option("--schema", help="The schema or dataset of the tables and the view.")
@click.option(
    "--law-as",
    type=click.Choice([form.value for form in LawForm]),
    default=LawForm.INLINE.value,
    show_default=True,
    help="Write the law into the view, or as small tables that a short view reads, or those as CSV.",
)
@click.option("--output", "-o", type=FILE, help="Folder to write the tables of the law and both views to.")
@under_law
def sql(law_as: str, output: Path | None, **wanted: Any) -> None:
    """The Code as one SQL statement, ready to create as a view over events, victims, assertions and cases."""
    if output is None:
        if law_as == LawForm.CSV:
            raise click.UsageError("CSV files need a folder: add --output FOLDER.")
        if law_as == LawForm.TABLES:
            files = bulk.law_files(law=law_as, **{name: wanted[name] for name in wanted if name not in ("of", "view")})
            say(f"{files['1-create-law-tables.sql']}\n{files['2-fill-law-tables.sql']}")
        say(bulk.sql(law=LawForm.INLINE if law_as == LawForm.INLINE else LawForm.TABLES, **wanted))
        return
    if law_as == LawForm.INLINE:
        raise click.UsageError("A folder is for the law as tables: add --law-as tables or --law-as csv.")
    if wanted.pop("view") is not None:
        raise click.UsageError("--view names one view, and a folder gets both.")
    wanted.pop("of")
    files = bulk.law_files(law=law_as, **wanted)
    write_all_aside(output, {name: text.encode() for name, text in files.items()})
    tell(f"Written to {output}: {', '.join(sorted(files))}.")


@click.command()
@click.argument("folder", type=FILE)
@_dialect
@click.option(
    "--with", "optional", multiple=True, help="An optional column or table that is there, such as events.replaces."
)
@click.option("--overwrite", is_flag=True, help="Write over the files of a folder that is not empty.")
@under_law
def dbt(folder: Path, **wanted: Any) -> None:
    """A dbt project: the law as seeds, the obligations and measures as models, and tests that reconcile them."""
    from victims_code.bulk.dbt import write_dbt_project  # the other commands do without

    files = write_dbt_project(folder, **wanted)
    tell(f"{len(files)} files written to {folder}. Next: dbt build.")


@click.command()
@click.argument("obligations", required=False, type=FILE)
@_with_tables
@as_at
@output_folder()
@click.option("--area", help="Whose report it is, such as the name of a force, for the title.")
@click.option("--by", multiple=True, help="A further column to show a table by; may be given several times.")
@click.option(
    "--period", type=click.Choice(_PERIODS), default="quarter", show_default=True, help="What the trend is by."
)
@click.option("--compare", help="A column of areas to set against each other; by default force, if there are several.")
@click.option("--for-publication", is_flag=True, help="Leave the waiting list out, which names cases.")
@show_small_numbers
@click.option("--what-if", type=FILE, help="The changes to the Code under which the obligations were worked out.")
@under_law
def report(
    obligations: Path | None,
    as_at: date,
    output: Path,
    area: str | None,
    by: tuple[str, ...],
    period: str,
    compare: str | None,
    for_publication: bool,
    show_small_numbers: bool,
    what_if: Path | None,
    code: VictimsCode,
    where: dict[str, list[str]],
    **tables: Any,
) -> None:
    """The board's report: a page, Markdown and CSV files in a folder.

    On a table of OBLIGATIONS (Parquet or CSV), or on tables of events and victims, or one wide table with a mapping,
    from which they are worked out.
    """
    from victims_code import compliance  # the other commands do without

    if what_if is not None:
        code = code.with_changes_from(what_if)
    with doing("Working out the obligations"):
        opened = _obligations(obligations, tables, as_at, code, [*by, *([compare] if compare else []), *where])
    _say_what_is_missing(opened)
    with opened, doing("Measuring them"):
        made = compliance.report(
            opened,
            as_at=as_at,
            area=area,
            by=by,
            period=period,
            compare=compare,
            where=where,
            for_publication=for_publication,
            small_numbers=None if show_small_numbers else compliance.DEFAULT,
        )
    for file in made.write(output):
        say(file)


_BESIDE = ("cases", "victims")
"""The tables whose columns a table of obligations can be grouped by."""


def _argument(option: str) -> str:
    return option.removeprefix("--").replace("-", "_")


def _say_what_is_missing(obligations: compliance.Obligations) -> None:
    """The first thing that is said: how many facts could not be read, and what was not given, with what that costs."""
    if number := obligations.facts_not_read:
        facts, count = ("1 stated fact is", "counts") if number == 1 else (f"{number:,} stated facts are", "count")
        tell(f"{facts} neither true nor false, and {count} as not known.", err=True)
    for sentence in obligations.not_given:
        tell(sentence, err=True)


def _obligations(
    obligations: Path | None, tables: dict[str, Any], as_at: date, code: VictimsCode, keep: Sequence[str] = ()
) -> compliance.Obligations:
    """The obligations of a table of them, of the tables of a record, or of one wide table."""
    from victims_code import compliance
    from victims_code.compliance.measuring.grouping import dimensions

    extract, mapping = tables.pop("extract"), tables.pop("mapping")
    if (extract is None) is not (mapping is None):
        raise click.UsageError("--extract and --mapping go together.")
    if extract is not None:
        if obligations is not None or any(tables.values()):
            raise click.UsageError("--extract takes the place of OBLIGATIONS and of all tables.")
        of_the_law = {dimension.name for dimension in dimensions(code, (), ())}
        kept = [column for column in dict.fromkeys(keep) if column not in of_the_law]
        return compliance.from_tables(extract, as_at=as_at, mapping=mapping, keep=kept, code=code)
    if obligations is None and tables["events"] and tables["victims"]:
        return compliance.from_tables(Tables(**tables), as_at=as_at, code=code)
    if obligations is None or tables["events"]:
        raise click.UsageError("Give a table of OBLIGATIONS, or --events and --victims, or --extract and --mapping.")
    if unused := [option for option in _TABLES if tables[_argument(option)] and _argument(option) not in _BESIDE]:
        raise click.UsageError(f"OBLIGATIONS are worked out already: leave out {', '.join(unused)}, or give --events.")
    return compliance.Obligations.open(obligations, cases=tables["cases"], victims=tables["victims"], code=code)


@click.command("what-if")
@click.argument("changes", type=FILE)
@_with_tables
@under_law
@as_at
@click.option("--measure", "names", multiple=True, default=("on-time-share",), show_default=True)
@click.option("--by", multiple=True, default=("duty",), show_default=True, help="May be given several times.")
@show_small_numbers
@formats("markdown", "csv", "html", "json")
def what_if(
    changes: Path,
    as_at: date,
    names: tuple[str, ...],
    by: tuple[str, ...],
    show_small_numbers: bool,
    form: str,
    code: VictimsCode,
    where: dict[str, list[str]],
    **tables: Any,
) -> None:
    """Measures of the same record under the law and under CHANGES to the Code, side by side. It is hypothetical."""
    from victims_code import compliance

    changed = code.with_changes_from(changes)
    with (
        doing("Working it out under the law and under the changes"),
        _obligations(None, tables, as_at, code, [*by, *where]) as law,
    ):
        measures = [(name, by) for name in names]
        small_numbers = None if show_small_numbers else compliance.DEFAULT
        found = compliance.what_if(law, changed, measures, where=where, small_numbers=small_numbers)
    _say_what_is_missing(law)
    if form == "json":
        say(json_text([comparison.to_dict() for comparison in found]))
    elif form == "csv":
        write("\n".join(comparison.to_csv() for comparison in found))
    elif form == "html":
        say("\n".join(comparison.to_html() for comparison in found), nl=False)
    else:
        say("\n".join(comparison.to_markdown() for comparison in found), nl=False)
