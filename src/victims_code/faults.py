"""What can be wrong, and how it is said: every fault the library reports, in one place.

A rule says only which fault, where, and with what particulars: ``faults.EVENT_BEFORE_OFFENCE.at(location, event=…)``.
The SQL engine takes its sentences from the same entries, so no sentence is written twice. Nothing here prints a date of
birth.

The catalogue is Python and not a data file: mypy finds a name that is not there, an editor leads from a rule to its
sentence, and ``import victims_code`` reads no file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from string import Formatter

from attrs import field, frozen

from victims_code.plain import PlainFault
from victims_code.printable import one_line, one_line_repr


class Severity(StrEnum):
    """What a fault asks of the reader.

    ``invalid``: the input contradicts itself or the format; correct the record. ``unsupported``: the input may be
    right, but the library does not encode the law it needs; go to a person. ``warning``: an answer was given, and
    this is worth a look.
    """

    INVALID = "invalid"
    UNSUPPORTED = "unsupported"
    WARNING = "warning"


@frozen(kw_only=True)
class FaultKind:
    """A published fault code, with its severity and its title."""

    code: str
    severity: Severity
    title: str

    def says(self, message: str, hint: str) -> FaultTemplate:
        """A sentence of this code: what is wrong, and what to do, each with its particulars in braces."""
        return FaultTemplate(kind=self, message=message, hint=hint)


@frozen(kw_only=True)
class FaultTemplate:
    """One fault of the catalogue: its kind, what is wrong and what to do, with the particulars still to fill in.

    >>> VC_CASE_001.says("{event!r} is not an event name.", "{nearest}").particulars
    ('event', 'nearest')
    """

    kind: FaultKind
    message: str
    hint: str

    @property
    def particulars(self) -> tuple[str, ...]:
        """The names of what must be filled in, in the order of the sentences."""
        named = (name for part in (self.message, self.hint) for _, name, *_ in Formatter().parse(part) if name)
        return tuple(dict.fromkeys(named))

    def at(self, location: str = "", /, **particulars: object) -> Fault:
        """The fault at a place, with its particulars filled in.

        >>> print(NO_SUCH_NAME.at("edition", kind="edition", name="code-2012", nearest="Editions: code-2021."))
        edition: There is no edition 'code-2012'. Editions: code-2021. [VC-NAME-001]
        """
        message, hint = (part.format_map(particulars) for part in (self.message, self.hint))
        return Fault(code=self.kind.code, location=location, message=message, hint=hint)


_LONGEST, _FIRST, _LAST = 60, 35, 24
_QUOTED = re.compile(rf"""(?<![^\s(])(['"])((?:(?!\1)[^\\]|\\.){{{_LONGEST + 1},}}?)\1(?![^\s.,;:)])""")


def _cut(what: str) -> str:
    """A sentence that quotes only a short piece of every value, so that no record gets into a log by way of a fault."""
    return _QUOTED.sub(lambda found: f"{found[1]}{found[2][:_FIRST]}…{found[2][-_LAST:]}{found[1]}", what)


@frozen(kw_only=True)
class Fault:
    """One thing wrong, with its place and the way out. Of a long value that is quoted beginning and end are kept.

    >>> fault = Fault(code="VC-CASE-001", location="case.yaml, line 9, events[1].event",
    ...               message="'suspect-arested' is not an event name.", hint="Did you mean 'suspect-arrested'?")
    >>> print(fault)
    case.yaml, line 9, events[1].event: 'suspect-arested' is not an event name. Did you mean 'suspect-arrested'?
    [VC-CASE-001]
    >>> fault.severity
    <Severity.INVALID: 'invalid'>
    """

    code: str = field()
    location: str
    message: str = field(converter=_cut)
    hint: str

    __repr__ = one_line_repr("{0.code}, {0.location}: {0.message}")

    @code.validator
    def _known(self, _attribute: object, value: str) -> None:
        if value not in FAULT_KINDS:
            raise ValueError(f"{value} is not in the list of fault codes")

    @property
    def severity(self) -> Severity:
        """Whether the fault is *invalid*, *unsupported* or a *warning*."""
        return FAULT_KINDS[self.code].severity

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return one_line(f"{place}{self.message} {self.hint} [{self.code}]")

    def to_dict(self) -> PlainFault:
        """The fault as plain values, as it stands in the JSON result."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "location": self.location,
            "message": self.message,
            "hint": self.hint,
        }


_PLACE = re.compile(r"(.+?)(?:, case .+?)?, (?:line|row) (\d+)")


def in_printed_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults file by file and line by line or row by row, however they were found; those without stay as they are."""
    files: dict[str, int] = {}

    def place(fault: Fault) -> tuple[int, int]:
        found = _PLACE.match(fault.location)
        return (files.setdefault(found[1], len(files)), int(found[2])) if found else (0, 0)

    return tuple(sorted(faults, key=place))


def did_you_mean(word: object, known: Iterable[str], *, listing: str = "Known names") -> str:
    """The way out for a name that does not exist: the nearest ones, or the whole list if none is near.

    >>> did_you_mean("suspect-arested", ["suspect-arrested", "crime-reported"])
    "Did you mean 'suspect-arrested'?"
    >>> did_you_mean("zzz", ["police", "cps"])
    'Known names: cps, police.'
    >>> did_you_mean("zzz", [])
    'Known names: none.'
    """
    names = sorted(known)
    near = _nearest(str(word), names)
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    return f"{listing}: {', '.join(names) or 'none'}."


def _nearest(word: str, names: list[str]) -> list[str]:
    """Up to three names like ``word``: the best, and others nearly as good; or those that begin with it."""
    found = difflib.get_close_matches(word, names, n=3, cutoff=0.7)
    if not found and len(word) > 2:
        return [name for name in names if name.startswith(word)][:3]
    likeness = [difflib.SequenceMatcher(None, name, word).ratio() for name in found]
    return [name for name, ratio in zip(found, likeness, strict=True) if ratio >= likeness[0] - 0.06]


# --- the catalogue ----------------------------------------------------------------------------------------------

FAULT_KINDS: dict[str, FaultKind] = {}
"""Every fault code the library can give, with its severity and its title."""


def _kind(severity: Severity, code: str, title: str) -> FaultKind:
    FAULT_KINDS[code] = FaultKind(code=code, severity=severity, title=title)
    return FAULT_KINDS[code]


_invalid, _unsupported, _warning = (partial(_kind, severity) for severity in Severity)


_LEFT_OUT = "It was left out."
_LISTING = "No event was made of it. Update the listing of the hearing."
_ADD_THE_EVENT = "Add the event {event!r} with its day."
_ADD_THE_END = (
    "No event was made of it. If it ended the case, add 'proceedings-stopped' or 'case-outcome' with its day."
)
_ROWS = "Pass a file, a data frame, or a list of rows, each a dict of column names and cells."
_QUOTE = "Put quotation marks round a cell that holds the delimiter, and read the file again."
_SPI = "Pass the whole message of the flow ResultedCasesForThePolice, with or without its envelope."

# --- files and tables ------------------------------------------------------------------------------------------------

VC_FILE_001 = _invalid("VC-FILE-001", "A file cannot be read as YAML or JSON")
TABLE_OF_ANOTHER_KIND = VC_FILE_001.says("Tables of this kind ({ending}) are not read.", "Save it as CSV.")
ONE_COLUMN_WITH_A_DELIMITER = VC_FILE_001.says(
    "The first line is one column, with {delimiter!r} in it.",
    "If that parts the columns, write `delimiter: {delimiter!r}` in the mapping.",
)
TABLE_WITHOUT_A_HEADER = VC_FILE_001.says(
    "The table has no line with the names of its columns.", "Add it as the first line."
)
NO_SUCH_SHEET = VC_FILE_001.says("There is no sheet {sheet!r}.", "Sheets: {known}.")
WORKBOOK_WITHOUT_A_SHEET = VC_FILE_001.says("The workbook has no sheet.", "Save it again with one.")
NOT_AN_SQLITE_DATABASE = VC_FILE_001.says(
    "This is not an SQLite database, or it is damaged.", "Check the file, or export the table as CSV."
)
NO_SUCH_TABLE = VC_FILE_001.says("There is no table {table!r}.", "Tables: {known}.")
DATABASE_WITHOUT_A_TABLE_NAMED = VC_FILE_001.says("The database needs the name of a table.", "Tables: {known}.")
RETURN_IN_ANOTHER_FORMAT = VC_FILE_001.says(
    "A return is not read from a file that ends in {ending!r}.", "Save it as .csv, .xlsx, .ods or .json."
)
FILE_IN_ANOTHER_ENCODING = VC_FILE_001.says("The file is not text in the encoding {encoding!r}.", "{hint}")
WORKBOOK_TOO_LARGE = VC_FILE_001.says(
    "This workbook is too large to read: it has more than {rows:,} rows, {cells:,} cells or 512 MB.",
    "Delete what is outside the table and save it again, or save the table as CSV.",
)
NOT_A_WORKBOOK = VC_FILE_001.says(
    "This cannot be read as {kind} workbook ({problem}).",
    "Open it in a spreadsheet program and save it as .xlsx without a password.",
)
TABLE_WITHOUT_A_MAPPING = VC_FILE_001.says(
    "This looks like a table.", "Give --mapping with the file that says what its columns mean."
)
NOT_UTF_8 = VC_FILE_001.says("The file is not UTF-8 text.", "Save it as UTF-8.")
YAML_ALIAS = VC_FILE_001.says(
    "This file uses a YAML alias (*name).", "Write the part out; an alias hides what a file says."
)
HALF_A_CHARACTER_IN_TEXT = VC_FILE_001.says(
    "This text holds half a character, such as \\ud800.", "Write the whole character, or take it out."
)
NESTED_TOO_DEEPLY = VC_FILE_001.says(
    "The file is nested too deeply to be read.", "Check that it is a file of the right kind."
)
TOO_MANY_DIGITS = VC_FILE_001.says(
    "A number in this file has too many digits to be read.", "Correct it, or put it in quotes if it is meant as text."
)
NOT_YAML = VC_FILE_001.says(
    "This is not YAML: {problem}.",
    "Look at the line named and the one above it: a missing quote, colon or indent is the usual cause.",
)
NOT_JSON = VC_FILE_001.says("This is not JSON: {problem}.", "Look at the line named and the one above it.")
DATA_NESTED_TOO_DEEPLY = VC_FILE_001.says(
    "The data is nested too deeply to be read.", "Check that it is the right kind."
)
FILES_OF_ANOTHER_KIND = VC_FILE_001.says(
    "Files of this kind cannot be read: {given}.", "Use .parquet, .csv or .csv.gz, all of one kind."
)
NOT_PARQUET = VC_FILE_001.says("{path} cannot be read as Parquet.", "Check that it is whole, and Parquet.")
FILES_WITH_OTHER_COLUMNS = VC_FILE_001.says(
    "{path} {has} {column!r}, unlike {first}.", "Give the files of a table the same columns."
)
FILES_WITH_OTHER_TYPES = VC_FILE_001.says(
    "The column {column!r} is {type} in {path} and {other_type} in {other}.", "Write it as the same type in every file."
)
FILE_NOT_READ_TO_ITS_END = VC_FILE_001.says(
    "{file} cannot be read to its end.", "Check that it is whole, and packed as its name says."
)
PATH_NOT_OPENED = VC_FILE_001.says("{path} cannot be opened.", "Check the path, and that it may be read.")
FILE_WITHOUT_A_COLUMN = VC_FILE_001.says(
    "{file} has no column {column!r}, which {other} has.", "Give the files of a table the same columns."
)
FILE_WITHOUT_A_HEADER = VC_FILE_001.says("{file} has no header.", "Put the names of the columns into its first row.")
LINES_LOST = VC_FILE_001.says(
    "{file} has {lines:,} lines under its header, and {read:,} were read.",
    "Give the rows as Parquet, and report this as a bug.",
)
OTHER_DELIMITER = VC_FILE_001.says(
    "The cells of {file} are not separated by {delimiter}.",
    "Save it with that between cells, or write sep={other} into a line of its own above the header.",
)
NONE_OF_THE_COLUMNS = VC_FILE_001.says(
    "None of the columns of this table is in the first row of {file}.",
    "Put their names into a row above the data: {known}.",
)
TABLE_NOT_UTF_8 = VC_FILE_001.says("{file} is not UTF-8 text.", "Save it as UTF-8.")
XML_DECLARATION_NOT_ALLOWED = VC_FILE_001.says(
    "This XML contains a declaration that is not allowed ({problem}).",
    "Remove its document type, entities and external references.",
)
NOT_XML = VC_FILE_001.says("This is not well-formed XML.", "Pass the message as it was sent.")
MESSAGE_NESTED_TOO_DEEPLY = VC_FILE_001.says(
    "The message is nested too deeply to be read.", "Check that it is a message of the right kind."
)
MESSAGE_NOT_UTF_8 = VC_FILE_001.says("The message is not UTF-8 text.", "Pass it as it was sent.")
NO_STORED_RESULT = VC_FILE_001.says(
    "This is no result that was stored{of}.", "Pass what assess --format json wrote for the case."
)
VC_FILE_002 = _invalid("VC-FILE-002", "A key is written twice")
KEY_TWICE = VC_FILE_002.says("The key {key!r} is written twice.", "Keep one of the two.")
COLUMN_TWICE = VC_FILE_002.says("{file} has the column {column!r} twice.", "Delete one of the two.")
COLUMNS_OF_ONE_NAME = VC_FILE_002.says("Two columns are called {name}.", "Give each its own name.")
VC_FILE_003 = _invalid("VC-FILE-003", "A key is not known here")
DEFINITION_WITH_TOO_MUCH = VC_FILE_003.says("{measure}: a measure of the kind {kind!r} has no {name}.", "Take it out.")
KEY_UNKNOWN = VC_FILE_003.says("The key {key!r} is not known here.", "{nearest}")
COLUMN_UNKNOWN = VC_FILE_003.says("The column {column!r} is not known here.", "{nearest}")
VC_FILE_004 = _invalid("VC-FILE-004", "A key that must be there is missing")
DEFINITION_WITH_TOO_LITTLE = VC_FILE_004.says(
    "{measure}: a measure of the kind {kind!r} has a {name}, and this definition has none.",
    "Say in words whom it counts.",
)
NO_SUCH_COLUMN = VC_FILE_004.says("The table has no column {column!r}.", "{nearest}")
NO_COLUMN_OF_CASES = VC_FILE_004.says(
    "The table has no column {column!r}.", "{nearest} It must be there and filled in every row."
)
NONE_OF_THE_MAPPED_COLUMNS = VC_FILE_004.says(
    "None of the columns of the mapping is here: {columns}.",
    "Check that the table has a row with the names of its columns, and name it with `header_row`.{also}",
)
MEASURE_WITHOUT_DEFINITION = VC_FILE_004.says(
    "{measure}: nothing says how this is counted.", "Give at least one definition."
)
KEY_MISSING = VC_FILE_004.says("The key {key!r} is missing.", "Add it.")
EMPTY_CELL = VC_FILE_004.says("`{name}` is empty.", "Fill it in.")
TABLE_MISSING = VC_FILE_004.says("This table is missing.", "Pass it with the other tables.")
TABLE_WITHOUT_A_COLUMN = VC_FILE_004.says(
    "The column {column!r} is missing.", "Add it, and {fill} ({meaning}). {nearest}"
)
NOT_POLICE_UK_COLUMNS = VC_FILE_004.says(
    "These are not the columns of a street or outcomes file of data.police.uk.", "Needed: {street}; or {outcomes}."
)
VC_FILE_005 = _invalid("VC-FILE-005", "A value is not of the kind that belongs here")
ROWS_NEEDED = VC_FILE_005.says("Rows are needed, not {given}.", _ROWS)
NOT_A_ROW = VC_FILE_005.says("Row {number} is {given}, not a mapping of columns to cells.", _ROWS)
CELL_HOLDS_AN_ERROR = VC_FILE_005.says("The cell holds the error {error}.", "Mend it in the workbook.")
CELL_HOLDS_BYTES = VC_FILE_005.says("The cell holds bytes.", "Give it as text.")
FORMULA_WITHOUT_A_VALUE = VC_FILE_005.says(
    "The cell holds a formula, and its value was not saved.",
    "Open the workbook in a spreadsheet program and save it, or copy the cell and paste its value.",
)
NEITHER_CODES_NOR_A_LIST = VC_FILE_005.says("A column of codes has either `codes` or a `list`.", "Give one.")
NEITHER_EVENT_NOR_IGNORE = VC_FILE_005.says(
    "The code {code!r} has either an `event` or `ignore: true`.", "Give one of the two."
)
DELIMITER_OF_ONE_CHARACTER = VC_FILE_005.says("A delimiter is one character.", "Write ',' or ';' or '|'.")
NO_SUCH_ENCODING = VC_FILE_005.says(
    "There is no encoding of text called {encoding!r}.", "Write utf-8, utf-16 or cp1252."
)
ROWS_COUNTED_FROM_ONE = VC_FILE_005.says("Rows are counted from 1.", "Give the row with the names of columns.")
SPI_WITHOUT_CASE = VC_FILE_005.says("The message holds no case.", _SPI)
SPI_WITHOUT_SESSION = VC_FILE_005.says("This XML holds no court results: it has no session.", _SPI)
ROLE_OF_NO_NUMBER = VC_FILE_005.says(
    "A measure with the role {role!r} is a number.", "Make it `kind: number`, or leave out the role. Roles: {roles}."
)
HALF_A_CHARACTER = VC_FILE_005.says("`{name}` holds half a character (\\u{number:04x}).", "Read it again as UTF-8.")
WRONG_TYPE = VC_FILE_005.says("`{name}` must be {needed}, not {given}.", "{hint}")
UNKNOWN_ARGUMENT = VC_FILE_005.says("There is no argument called `{name}`.", "{hint}")
BANK_HOLIDAY_NEEDED = VC_FILE_005.says("A BankHoliday is needed, not {given!r}.", "Or pass {{date: title}}.")
TITLE_NEEDED = VC_FILE_005.says("A title is needed for a day to be added, not {given!r}.", "Pass {{date: title}}.")
DIGITS_NEEDED = VC_FILE_005.says("A check letter is worked out from digits only.", "Pass the digits alone.")
IDENTIFIER_NOT_TEXT = VC_FILE_005.says(
    "{kind} is text, not {given}.", "Pass it as text, so that no leading zero is lost."
)
NOT_AN_ICALENDAR_FILE = VC_FILE_005.says(
    "This is not an iCalendar file.", "Give the text of a file that was exported before."
)
DIARY_EVENT_WITHOUT_A_DAY = VC_FILE_005.says(
    "This event has no day (DTSTART).", "Give the file as it was exported, or leave it out."
)
TOO_FEW_CRIMES = VC_FILE_005.says("There cannot be {crimes} crimes.", "Ask for one or more.")
NO_FORCE_OF_THAT_YEAR = VC_FILE_005.says("No force can be made for {year}.", "Take a year from {first} to {last}.")
WORKED_CASE_NOT_A_CASE = VC_FILE_005.says("`case` is a group of keys.", "Write it as a case file.")
FILE_NOT_A_LIST = VC_FILE_005.says("The file is a list.", "Begin each entry with a dash.")
FILE_NOT_OF_ITS_PART = VC_FILE_005.says(
    "This file must hold one key, {name!r}, with a list.", "Begin it with `{name}:`, and each entry with a dash."
)
NOT_A_NAME_FOR_AN_EDITION = VC_FILE_005.says(
    "{name!r} is not a name for an edition.", "Use small letters, figures and hyphens, such as three-days."
)
EDITION_IS_THERE = VC_FILE_005.says(
    "There is already an edition {edition!r}, or a folder or source of its name.",
    "Choose another name, or go on with the files that are there.",
)
EDITION_BEGINS_TOO_EARLY = VC_FILE_005.says(
    "It would begin on {day}, and {earlier} began on {since}.",
    "Give a later first day with --in-force.",
)
VALUE_DOES_NOT_FIT = VC_FILE_005.says("The value does not fit: {problem}.", "Correct it.")
TEXT_NEEDED = VC_FILE_005.says("Text is needed, not {given}.", "Put it in quotes if it is meant as text.")
WHOLE_NUMBER_NEEDED = VC_FILE_005.says("A whole number is needed, not {given}.", "Write it in figures, without quotes.")
TRUE_OR_FALSE_NEEDED = VC_FILE_005.says(
    "`true` or `false` is needed, not {given}.", "Write true or false, without quotes."
)
WRITTEN_DATE_NEEDED = VC_FILE_005.says("A date is needed, not {given}.", "Write it as 2026-04-02.")
WRITTEN_MOMENT_NEEDED = VC_FILE_005.says(
    "A date is needed, not {given}.", "Write it as 2026-04-02 or 2026-04-02T10:20."
)
HOUR_NEEDED = VC_FILE_005.says("A time of day is needed, not {given}.", "Write it as 17:00.")
WORD_NEEDED = VC_FILE_005.says("A word is needed, not {given}.", "Allowed: {allowed}.")
WORD_NOT_ALLOWED = VC_FILE_005.says("{word!r} is not allowed here.", "{nearest}")
KEY_NOT_TEXT = VC_FILE_005.says("A key must be text, not {given}.", "Put it in quotes.")
LIST_NEEDED = VC_FILE_005.says("A list is needed, not {given}.", "Write it as [one, two].")
GROUP_NEEDED = VC_FILE_005.says("A group of keys is needed, not {given}.", "Write it as keys and values.")
GROUP_OF_KEYS_NEEDED = VC_FILE_005.says(
    "A group of keys is needed, not {given}.", "Write it as keys and values; needed: {needed}."
)
NUMBER_NEEDED = VC_FILE_005.says("A number is needed, not {given}.", "Write it in figures, such as 12.5.")
FLOAT_NOT_EXACT = VC_FILE_005.says("A float is not exact.", 'Write Decimal("12.50"), or the text of the number.')
VALUE_NOT_SHOWN = VC_FILE_005.says("The value is not of the kind that belongs here.", "{hint}")
FACT_NEEDS_AN_ANSWER = VC_FILE_005.says(
    "A fact is true, false or unknown, not {given}.", "Write true, false or unknown."
)
FACTS_NEITHER_GROUP_NOR_LIST = VC_FILE_005.says(
    "Facts are a group of keys or a list.", "Write `facts: {{persistently-targeted: true}}`."
)
NO_CASE_IN_THE_TABLE = VC_FILE_005.says("There is no case in it.", "Check that the table has rows under its header.")
KEY_NOT_A_LIST = VC_FILE_005.says("`{name}` is a list.", "Begin each entry with a dash.")
CELL_NOT_TRUE_OR_FALSE = VC_FILE_005.says("{given!r} does not belong here.", "Write true or false.")
CELL_NOT_A_WHOLE_NUMBER = VC_FILE_005.says("{given!r} does not belong here.", "Write a whole number.")
NOT_A_LIST_OF_LINES = VC_FILE_005.says(
    "This is not a list of lines.",
    'Write {{"lines": [{{"provider": "…", "period": "…"}}]}}, and nothing beside `lines`.',
)
NUMBER_FROM_ONE_NEEDED = VC_FILE_005.says(
    "A whole number from 1 up is needed, not {number!r}.", "Leave it out for the usual number."
)
NOT_A_TABLE_TO_READ = VC_FILE_005.says(
    "This is not a table that can be read ({given}).",
    "Pass a path, an Arrow table, a pandas or polars frame, or a DuckDB relation.",
)
NOT_AN_AMOUNT_OF_MEMORY = VC_FILE_005.says("{given!r} is not an amount of memory.", "Write it as 4GB or 500MB.")
NOT_A_DCF_MESSAGE = VC_FILE_005.says(
    "This is not a Digital Case File message: it has no PTIURN.", "Pass a whole LM04 or CM01 message."
)
NOT_A_JSON_OBJECT = VC_FILE_005.says(
    "A Common Platform message is a JSON object.", "Pass the whole message as it was shared."
)
MESSAGE_WITHOUT_CASES = VC_FILE_005.says(
    "The message holds no case.", "Pass a message that has a prosecution case with its identifier."
)
VC_FILE_006 = _invalid("VC-FILE-006", "A file or folder does not exist")
REPORT_NOT_WRITTEN = VC_FILE_006.says(
    "The report cannot be written here: {reason}.",
    "Give a folder that can be written to, or one that does not exist yet.",
)
NOT_A_TABLE_FILE = VC_FILE_006.says("{name} is neither Parquet nor CSV.", "Give a file that ends in .parquet or .csv.")
NO_TABLE_FILE = VC_FILE_006.says("{path} does not exist.", "Give a file that ends in .parquet or .csv.")
NOT_A_FILE_NAME = VC_FILE_006.says(
    "No file can have this name: it holds a null character or half a character.", "Correct the name."
)
INSTALLATION_INCOMPLETE = VC_FILE_006.says(
    "The data files of victims-code are missing, so the installation is incomplete.",
    "Install it again with: python -m pip install --force-reinstall victims-code",
)
OFFENCE_TABLE_MISSING = VC_FILE_006.says(
    "The table of offence codes cannot be opened: {reason}.",
    "Install victims-code again, or make the file with tools/build_offences.py.",
)
FILE_NOT_OPENED = VC_FILE_006.says("The file cannot be opened: {reason}.", "Check the name and the folder.")
FILE_NOT_WRITTEN = VC_FILE_006.says("The file cannot be written: {reason}.", "Check the name and the folder.")
FILE_IS_THERE = VC_FILE_006.says("There is a file of this name.", "Choose another name; it was not changed.")
NO_FILE_OF_SPECIAL_MEASURES = VC_FILE_006.says("There is no file of special measures.", "Add it.")
NO_FOLDER_OF_LAW = VC_FILE_006.says(
    "There is no folder {folder!r}.", "Lay one out with `victims-code law new`, or correct the name."
)
NOT_A_FOLDER_OF_LAW = VC_FILE_006.says(
    "The folder holds other files and no editions.yaml.", "Name a folder of law, or one that is empty or not there yet."
)
NO_FOLDER_OF_THIS_NAME = VC_FILE_006.says(
    "There is no file or folder of this name.", "Correct it, or `victims-code commissioning init` lays one out."
)
FOLDER_OF_NO_AREA = VC_FILE_006.says(
    "This is not a folder of an area: none of its files is a part of one.",
    "Lay one out with `victims-code commissioning init`, or correct the name.",
)
NO_RETURNS_TO_ADD_UP = VC_FILE_006.says(
    "There are no returns to add up, or no register of who sends them.",
    "Put the returns into the folder `returns`, and write register.yaml.",
)
FOLDER_HOLDS_FILES = VC_FILE_006.says(
    "The folder {folder!r} is there and not empty.", "Name another folder, or ask for its files to be written over."
)
NO_SUCH_FOLDER = VC_FILE_006.says("There is no folder {folder!r}.", "Make it, or leave the argument out.")
PATH_NOT_THERE = VC_FILE_006.says("{path} does not exist.", "Check the path.")
TABLE_FILE_MISSING = VC_FILE_006.says("The file does not exist.", "Check the name and the folder.")
VC_FILE_007 = _invalid("VC-FILE-007", "A row does not fit the header of its table and was set aside")
TOO_MANY_CELLS = VC_FILE_007.says(
    "The row has {cells} and the header {columns}, so its cells may have shifted.", _QUOTE
)
TOO_FEW_CELLS = VC_FILE_007.says(
    "The row has {cells} and the header {columns}, so its cells may have shifted.",
    "Give the row as many cells as the header; leave a cell empty where there is nothing.",
)
MORE_CELLS_THAN_COLUMNS = VC_FILE_007.says(
    "The row has more cells than there are columns, so its cells may have shifted.", _QUOTE
)
ROW_WITH_LOST_BYTES = VC_FILE_007.says("The row has bytes that are not {encoding} text.", "{hint}")
QUOTATION_MARK_OPEN = VC_FILE_007.says(
    "A quotation mark in this row does not close, or stands inside a cell.",
    'Close it, or write it twice ("") where it belongs to the text.',
)
ROW_NOT_UTF_8 = VC_FILE_007.says("The row has text that is not UTF-8.", "Write the text as UTF-8.")
CELLS_MERGED_ACROSS = VC_FILE_007.says(
    "The cells from {column!r} on are merged across columns or with the header.",
    "Unmerge them and write each value in its cell.",
)
ROW_SET_ASIDE = VC_FILE_007.says("{problem}", "{what_to_do}")
ROWS_NOT_ACCOUNTED_FOR = VC_FILE_007.says(
    "There are {counted} rows, but {accounted} were read, set aside or left out as repeated.",
    "Save the table again as CSV in UTF-8, or as .xlsx.",
)
VC_FILE_008 = _invalid("VC-FILE-008", "The database cannot read, work out or write the rows of a table")
DATABASE_FAILED = VC_FILE_008.says(
    "The database cannot work with these rows ({kind}).", "Check that every column holds the kind of value it should."
)
ROWS_LOST = VC_FILE_008.says(
    "{came_in:,} rows came in, and {rows:,} of them were read.",
    "Pass the table in another form, such as Parquet, and report this as a bug.",
)
DATABASE_OUT_OF_MEMORY = VC_FILE_008.says(
    "The database has used all the memory it may have.",
    "Allow more with `memory_limit`, or work out fewer cases together with `batch_size`.",
)
DATABASE_CANNOT_USE_A_FILE = VC_FILE_008.says(
    "The database cannot read or write a file.",
    "Check that the file is whole, that the folder is there, and that its disk has room.",
)

# --- dates and calendars ---------------------------------------------------------------------------------------------

VC_DATE_001 = _invalid("VC-DATE-001", "Not a date")
DATE_NEEDED = VC_DATE_001.says(
    "A date is needed, not {given}.", "Pass a datetime.date or datetime.datetime; date.fromisoformat reads text."
)
COLUMN_OF_DAYS_NEEDED = VC_DATE_001.says(
    "A column of days is needed.", "Turn it into dates first, and say how its dates are written."
)
COLUMNS_OF_TWO_LENGTHS = VC_DATE_001.says(
    "The columns hold {one} and {other} days.", "Give two columns of one length, or a column and a day."
)
NOT_A_MOMENT = VC_DATE_001.says(
    "{text!r} is not a date.", "Write it as 2026-04-02, or with a time as 2026-04-02T10:20."
)
NOT_A_DATE = VC_DATE_001.says("{text!r} is not a date.", "Write it as year-month-day, for example 2026-04-02.")
NOT_A_DAY_OF_THE_CALENDAR = VC_DATE_001.says(
    "{text!r} is not a date.", "There is no such day in the calendar. Correct the day, the month or the year."
)
DATE_NOT_YEAR_FIRST = VC_DATE_001.says("{text!r} is not written year-month-day.", "If that is {day}, write {iso}.")
DATE_TOO_FAR = VC_DATE_001.says("{text!r} is not a date.", "Give a date between the years 1 and 9999.")
NOT_A_DATE_OF_BIRTH = VC_DATE_001.says("This is not a date of birth.", "Write it as 2026-04-02.")
NOT_A_MONTH = VC_DATE_001.says("{text!r} is not a month.", "Write it as year-month, for example 2026-02.")
VC_DATE_002 = _invalid("VC-DATE-002", "Not a whole number of days")
WHOLE_NUMBER_OF_DAYS_NEEDED = VC_DATE_002.says(
    "A whole number of working days is needed, not {given!r}.", "Pass it as an int such as 5."
)
YEAR_NEEDED = VC_DATE_002.says("A year is needed, not {given!r}.", "Pass it as a whole number such as 2026.")
VC_DATE_003 = _invalid("VC-DATE-003", "The number of days may not be negative here")
AWARD_ENDS_TOO_EARLY = VC_DATE_003.says("The award ends on {last}, before it begins on {first}.", "Swap the two days.")
NEGATIVE_DAYS = VC_DATE_003.says(
    "The number of working days cannot be negative ({number}).", "Use {opposite}() to go the other way."
)
VC_DATE_004 = _invalid("VC-DATE-004", "The date lies outside the calendar")
OUTSIDE_THE_CALENDAR = VC_DATE_004.says("{day} is outside the calendar.", "Give a day from {first} to {last}.")
COLUMN_OUTSIDE_THE_CALENDAR = VC_DATE_004.says(
    "{day} is outside the calendar, or counts to a day outside it{others}.",
    "Give days from {first} to {last}, and leave out those without an answer.",
)
VC_DATE_005 = _invalid("VC-DATE-005", "A holiday to remove is not in the calendar, or one to add is already there")
NOT_A_HOLIDAY = VC_DATE_005.says("{day} is not a holiday.", "Take it out of the days to be removed.")
HOLIDAY_ALREADY = VC_DATE_005.says("{day} is already a holiday ({title}).", "Take it out of the days to be added.")

# --- names -----------------------------------------------------------------------------------------------------------

VC_NAME_001 = _invalid("VC-NAME-001", "No such duty, edition, track or other name")
NO_SUCH_FIGURE = VC_NAME_001.says("There is no figure for {name!r} in this summary.", "{nearest}")
NO_SUCH_FORCE_NUMBER = VC_NAME_001.says("No police area has the force number {name!r}.", "Force numbers: {known}.")
NO_SUCH_ONS_CODE = VC_NAME_001.says("No police area has the ONS code {name!r}.", "{nearest}")
NO_SUCH_PLACE = VC_NAME_001.says(
    "There is no local authority, county or partnership {name!r}.",
    "{nearest}Write a town or village before its authority: 'Ludlow, Shropshire'.",
)
PLACE_AND_NOT_POLICE_AREA = VC_NAME_001.says("{name!r} is not a police area.", "{place} lies in {area}.")
NO_ASSESSMENT_OF_THAT_DAY = VC_NAME_001.says("There is no assessment of {day}.", "Assessments: {known}.")
NO_SUCH_ROW = VC_NAME_001.says("There is no row for {group}.", "The table is by: {by}.")
NO_SUCH_NAME = VC_NAME_001.says("There is no {kind} {name!r}.", "{nearest}")
DIALECT_NOT_OFFERED = VC_NAME_001.says(
    "The statement cannot be had for {dialect}: {why}.", "Dialects: {dialects}. Or assess the tables in DuckDB."
)
EDITION_NOT_ENCODED = VC_NAME_001.says("{edition} is not encoded.", "Encoded: {encoded}.")
NO_SUCH_DUTY = VC_NAME_001.says("{edition} has no duty {duty!r}.", "{nearest}")
NO_CASE_OF_THAT_REFERENCE = VC_NAME_001.says("No case is called {reference!r}.", "Without it all cases are listed.")
WHICH_CASE = VC_NAME_001.says("The files tell of {number} cases, and one is needed here.", "{way}")
WHICH_VICTIM = VC_NAME_001.says(
    "The case has several victims, and this page is for one of them.", "Name the victim: {victims}."
)
NO_SUCH_CATEGORY = VC_NAME_001.says("{edition} has no category {category!r}.", "{nearest}")
NO_SUCH_ENTRY = VC_NAME_001.says("{text} has no entry {entry!r}.", "{nearest}")
NO_DEFINITION_ASKS_FOR = VC_NAME_001.says("No definition asks for {fact!r}.", "{nearest}")
NO_SUCH_PART = VC_NAME_001.says("{edition} has no part {part!r}.", "{nearest}")
STANDARD_OR_ENHANCED = VC_NAME_001.says(
    "{duty!r} has a standard deadline and an Enhanced Rights deadline.", "Say which: track='standard' or 'enhanced'."
)
DUTY_OF_NO_EDITION_AT_ALL = VC_NAME_001.says("No edition has the duty {duty!r}.", "{nearest}")
NO_SUCH_OUTCOME_TYPE = VC_NAME_001.says(
    "There is no Home Office outcome type {outcome!r}.",
    "The types are numbered 1 to 22, some with the letter A, and 0 where none is assigned yet.",
)
REPEATS_NOT_SAID = VC_NAME_001.says("{repeats!r} does not say which rows to read.", "Write 'all' or 'once'.")
VC_NAME_002 = _invalid("VC-NAME-002", "The duty has no date that can be worked out this way")
NO_NUMBER_OF_DAYS = VC_NAME_002.says(
    "The Code sets no number of days for this duty ({words}), so it has no date.",
    "Assess a case to see whether it has been done.",
)
NOT_A_NUMBER_OF_DAYS = VC_NAME_002.says(
    "{number!r} is not a number of working days.", "Give a whole number, 0 or more."
)
VC_NAME_003 = _invalid("VC-NAME-003", "An optional part of the package is not installed")
NOT_INSTALLED = VC_NAME_003.says(
    "{feature} need {module}, which is not installed.", 'Install it with: python -m pip install "victims-code[{extra}]"'
)
VC_NAME_004 = _invalid("VC-NAME-004", "Not a name that a schema or a view can have")
NOT_A_DATABASE_NAME = VC_NAME_004.says(
    "{text!r} is not a name in a database.",
    "Use letters, digits, _ and -, with a dot between names, such as my-project.victims.",
)
SEVERAL_DATABASE_NAMES = VC_NAME_004.says(
    "{text!r} is more than one name.", "Give the name alone here, and what comes before the dot as `schema`."
)

# --- cases -----------------------------------------------------------------------------------------------------------

VC_CASE_001 = _invalid("VC-CASE-001", "The event name is not in the vocabulary")
EVENT_UNKNOWN = VC_CASE_001.says("{word!r} is not an event name.", "{nearest}")
VC_CASE_002 = _invalid("VC-CASE-002", "The event is dated before the offence")
EVENT_BEFORE_OFFENCE = VC_CASE_002.says(
    "{event!r} is dated {at}, before the offence on {committed}.",
    "Correct one of the two dates, or delete `committed_on` if it is not known.",
)
VC_CASE_003 = _invalid("VC-CASE-003", "A victim is named who is not in the case")
VICTIM_NOT_IN_THE_CASE = VC_CASE_003.says("The case has no victim {victim!r}.", "{nearest}")
NO_SUCH_USABLE_VICTIM = VC_CASE_003.says(
    "The case has no victim {victim!r} that can be used.", "Add the victim, or correct the row or the reference."
)
VC_CASE_004 = _invalid("VC-CASE-004", "A reference is used twice")
VICTIM_REFERENCE_TWICE = VC_CASE_004.says(
    "Two victims are called {reference!r}.", "Give each victim a reference of its own."
)
OFFENCE_REFERENCE_TWICE = VC_CASE_004.says(
    "Two offences are called {reference!r}.", "Give each offence a reference of its own."
)
RECORD_REFERENCE_TWICE = VC_CASE_004.says(
    "Two records of the case are called {reference!r}.",
    "Give each record a reference of its own; a correction names the old one in `replaces`.",
)
CASE_IN_TWO_ROWS = VC_CASE_004.says(
    "The case is in two rows.",
    "Keep one row. Identical duplicates: the first was used. Conflicting duplicates: none was used.",
)
OFFENCE_IN_TWO_ROWS = VC_CASE_004.says(
    "Two offences of the case have this reference.",
    "Keep one row. Identical duplicates: the first was used. Conflicting duplicates: none was used.",
)
VICTIM_IN_TWO_ROWS = VC_CASE_004.says(
    "Two victims of the case have this reference.",
    "Keep one row. Identical duplicates: the first was used. Conflicting duplicates: none was used.",
)
ROW_TWICE = VC_CASE_004.says(
    "The row is there twice.",
    "Keep one row. Identical duplicates: the first was used. Conflicting duplicates: none was used.",
)
VC_CASE_005 = _invalid("VC-CASE-005", "Received before it happened")
RECEIVED_BEFORE_IT_HAPPENED = VC_CASE_005.says(
    "It was received on {received}, before it happened on {at}.", "Correct `received` or `at`."
)
VC_CASE_006 = _invalid("VC-CASE-006", "Recorded before it happened")
RECORDED_BEFORE_IT_HAPPENED = VC_CASE_006.says(
    "It was recorded on {recorded}, before it happened on {at}.", "Correct `recorded` or `at`."
)
VC_CASE_007 = _invalid("VC-CASE-007", "The fact or flag is not in the vocabulary")
FACT_UNKNOWN = VC_CASE_007.says("{word!r} is not a fact of a victim.", "{nearest}")
FLAG_UNKNOWN = VC_CASE_007.says("{word!r} is not a flag of an offence.", "{nearest}")
FACT_CANNOT_BE_STATED = VC_CASE_007.says("{fact!r} is not a fact that can be stated.", "{nearest}")
VC_CASE_008 = _invalid("VC-CASE-008", "The value of a fact is not one it can take")
FACT_CELL_NOT_READ = VC_CASE_008.says("{problem}", "{hint} Until then the answer counts as not known.")
NEITHER_YES_NOR_NO = VC_CASE_008.says(
    "{value} is neither a yes nor a no of the mapping.",
    "Add it under `yes`, `no`, `unknown` or `empty` of the mapping. Until then the answer counts as not known.",
)
FACT_NOT_TRUE_FALSE_OR_UNKNOWN = VC_CASE_008.says(
    "{fact!r} is true, false or unknown, not {value!r}.",
    "Write true, false or unknown. Until then the answer counts as not known.",
)
FACT_MISWRITTEN = VC_CASE_008.says(
    "{fact!r} is true, false or unknown, not {value!r}.", "Write true or false without quotes, or unknown."
)
VC_CASE_009 = _invalid("VC-CASE-009", "The event lacks `about`, or has one that means nothing for it")
EVENT_ABOUT_NOTHING = VC_CASE_009.says(
    "{event!r} does not say what it is about.", "Add `about` with the name of {subjects}."
)
EVENT_TAKES_NO_ABOUT = VC_CASE_009.says("{event!r} takes no `about`.", "Delete it.")
NOTHING_A_VICTIM_IS_TOLD = VC_CASE_009.says("{word!r} is not something a victim is told about.", "{nearest}")
RECORD_ABOUT_NOTHING_THERE = VC_CASE_009.says("There is no {kind} {word!r}, so this record has no effect.", "{nearest}")
VC_CASE_010 = _invalid("VC-CASE-010", "A correction names a record that is not in the case")
CORRECTION_OF_NO_RECORD = VC_CASE_010.says(
    "No other record of the case is called {replaces!r}.", "Add `reference: {replaces}` to the record being corrected."
)
WITHDRAWAL_OF_NOTHING = VC_CASE_010.says(
    "This withdrawal does not say what it withdraws.", "Name the record that is withdrawn in `replaces`."
)
VC_CASE_011 = _invalid("VC-CASE-011", "The victim was born after the offence or the last record")
BORN_AFTER_THE_OFFENCE = VC_CASE_011.says(
    "This victim was born after the offence was committed.",
    "Correct one of the two dates, or say in what other way they are a victim (`born-of-the-offence`).",
)
BORN_AFTER_EVERY_RECORD = VC_CASE_011.says(
    "This victim was born after the last record of the case.",
    "Correct the date of birth, or say in what other way they are a victim (`born-of-the-offence`).",
)
VC_CASE_012 = _invalid("VC-CASE-012", "The same fact is asserted with two values from the same date")
FACT_WITH_TWO_VALUES = VC_CASE_012.says(
    "{fact!r} is asserted with two values from the same date.", "Keep the right one, or give each its `since`."
)
VC_CASE_013 = _invalid("VC-CASE-013", "The case names no victim")
NO_VICTIM = VC_CASE_013.says("The case names no victim.", "Add one under `victims`.")
NO_USABLE_VICTIM = VC_CASE_013.says(
    "The case {case!r} has no victim that can be used.",
    "Add one to the table of victims, or correct the row that is there.",
)
VC_CASE_014 = _invalid("VC-CASE-014", "The capacity of a victim is not in the vocabulary")
CAPACITY_UNKNOWN = VC_CASE_014.says("{word!r} is not a capacity.", "{nearest}")
VC_CASE_015 = _invalid(
    "VC-CASE-015", "Someone is said to speak for a person who is not in the case, or may not speak for others"
)
SPEAKS_IN_NO_CAPACITY = VC_CASE_015.says(
    "A victim recorded as {capacity!r} cannot speak for someone else.",
    "Give the capacity {speakers}, or delete `speaks_for`.",
)
NO_OTHER_VICTIM = VC_CASE_015.says("The case has no other victim {other!r}.", "{nearest}")
SPEAKS_FOR_A_SPOKESPERSON = VC_CASE_015.says(
    "{other!r} speaks for others, and no one speaks for a spokesperson.", "Name the victims themselves."
)
NO_CAPACITY_TO_SPEAK = VC_CASE_015.says(
    "{victim!r} has no capacity in which they can speak for others.",
    "Give them the capacity {speakers}, or delete the row.",
)
NO_OTHER_USABLE_VICTIM = VC_CASE_015.says(
    "The case has no other victim {other!r} that can be used.", "Correct the reference, or delete the row."
)
VC_CASE_016 = _invalid("VC-CASE-016", "An offence is named that is not in the case")
NO_USABLE_OFFENCE = VC_CASE_016.says(
    "The case has no offence {offence!r} that can be used.",
    "Add it to the table of offences, or correct the row or the reference.",
)
OFFENCE_NOT_IN_THE_CASE = VC_CASE_016.says("The case has no offence {offence!r}.", "{nearest}")
OFFENCE_IN_NO_LIST = VC_CASE_016.says(
    "The case has no offence {offence!r}.", "Add `reference: {offence}` to the offence, or delete `offence`."
)
VC_CASE_017 = _invalid("VC-CASE-017", "The offences of the case cannot be told apart")
SEVERAL_OFFENCES = VC_CASE_017.says(
    "This case has {count} offences.", "Read `offences`, or `whose.against` for those against a victim."
)
BOTH_OFFENCE_AND_OFFENCES = VC_CASE_017.says(
    "The case gives both `offence` and `offences`.",
    "Move the one offence into the list `offences`, and delete `offence`.",
)
OFFENCE_WITHOUT_REFERENCE = VC_CASE_017.says(
    "This offence has no reference, and the case has several offences.",
    "Give each offence a `reference`, so that an event can name it.",
)
OFFENCES_AND_A_DAY_OF_OFFENCE = VC_CASE_017.says(
    "The case gives both a day of the offence and offences in the table of offences.",
    "Give the day in the table of offences, and leave it empty here.",
)
VC_CASE_019 = _invalid("VC-CASE-019", "There is no record that could be taken back")
NO_RECORD_TO_TAKE_BACK = VC_CASE_019.says("The case has no record.", "Nothing was changed.")
WITHDRAWAL_CANNOT_BE_TAKEN_BACK = VC_CASE_019.says(
    "The last record, {reference!r}, withdraws another and cannot itself be taken back.",
    "Add the record that it withdrew again, under a new reference.",
)
VC_CASE_018 = _invalid("VC-CASE-018", "A stated age does not fit the dates of birth and offence")
AGE_AGAINST_THE_DATES = VC_CASE_018.says(
    "{fact!r} does not fit the dates of birth and offence.",
    "Correct the date that is wrong, or delete the fact: it follows from the dates.",
)
VC_CASE_101 = _warning("VC-CASE-101", "A record was made after the date of assessment and is left out")
RECORDED_AFTER_ASSESSMENT = VC_CASE_101.says(
    "{event!r} was recorded on {recorded}, after the date of assessment {as_at}.",
    "It is left out. Assess as at a later date to include it, or correct `recorded`.",
)
VC_CASE_102 = _warning("VC-CASE-102", "The same event is recorded twice")
RECORDED_TWICE = VC_CASE_102.says(
    "{event!r} is recorded twice with the same particulars.", "Delete one, unless it happened twice."
)
VC_CASE_103 = _warning("VC-CASE-103", "A telling names no suspect although the case has several")
NOTIFICATION_WITHOUT_SUSPECT = VC_CASE_103.says(
    "This notification names no suspect, and {suspects} suspects could be meant.",
    "Add `suspect`. Without it the notification counts for each of them.",
)
VC_CASE_104 = _warning("VC-CASE-104", "A telling answers no event on record")
NOTIFICATION_OF_NOTHING_ON_RECORD = VC_CASE_104.says(
    "The victim was told about {about!r}, but there is no record of that event.",
    "Add the event, so that its duty can be assessed.",
)
NOTIFICATION_OF_ANOTHER_RECORD = VC_CASE_104.says(
    "The victim was told about {about!r}, but every record of that event is later or names another suspect or hearing.",
    "Correct the day or the reference, or add the event.",
)
VC_CASE_105 = _warning("VC-CASE-105", "A due date rests on bank holidays that are projected, not proclaimed")
DUE_DATE_ON_PROJECTED_HOLIDAYS = VC_CASE_105.says(
    "The due date {due} is after the last proclaimed bank holidays.",
    "Check it again when the bank holidays of that year have been proclaimed.",
)
VC_CASE_106 = _warning("VC-CASE-106", "A decision names no offence in a case with several")
DECISION_WITHOUT_OFFENCE = VC_CASE_106.says(
    "{event!r} names no offence, and the case has several.",
    "Add `offence`. Without it the event counts for every victim.",
)
VC_CASE_107 = _warning("VC-CASE-107", "No offence of the case lists this victim")
VICTIM_OF_NO_OFFENCE = VC_CASE_107.says(
    "No offence of the case lists {victim!r} among its victims.",
    "Every offence with a victim counts for them. Add them to the `victims` of the right one.",
)
VC_CASE_108 = _warning("VC-CASE-108", "An event names a victim and an offence that does not list them")
VICTIM_NOT_OF_THE_OFFENCE = VC_CASE_108.says(
    "{event!r} names {victim!r}, who is not a victim of the offence {offence!r}.",
    "It counts for this victim. Correct `victim` or `offence` if one of them is wrong.",
)
VC_CASE_109 = _warning("VC-CASE-109", "An age is not known because a date is missing")
AGE_AT_OFFENCE_NOT_KNOWN = VC_CASE_109.says(
    "Not known: how old {victim!r} was at the offence. {question}",
    "Add `{missing}`, or state `under-18` if that is known. Until then both deadlines are worked out.",
)
VC_CASE_111 = _warning(
    "VC-CASE-111", "An event was received after the date of assessment, so its receipt does not count"
)
RECEIVED_AFTER_ASSESSMENT = VC_CASE_111.says(
    "{event!r} was received on {received}, after the date of assessment {as_at}.",
    "The event counts, its receipt does not. Assess as at a later date, or correct `received`.",
)
RECEIVED_AFTER_DAY_KNOWN = VC_CASE_111.says(
    "{event!r} was received on {received}, which was not known on {day}.",
    "The event counts, its receipt does not. Ask what was known on a later day to count it.",
)
VC_CASE_112 = _warning("VC-CASE-112", "A victim declines a duty that is owed to another body")
DECLINED_WHAT_IS_NOT_OWED = VC_CASE_112.says(
    "{about!r} is not owed to the victim, so this record has no effect.",
    "Delete the record, or name the duty to the victim that was declined.",
)
VC_CASE_113 = _warning("VC-CASE-113", "A victim is a child, and the record names no one who speaks for them")
CHILD_WITHOUT_SPOKESPERSON = VC_CASE_113.says(
    "{victim!r} is under {age}, and the record names no one who speaks for them.",
    "Add `speaks_for` to the parent, guardian or other victim who does.",
)
VC_CASE_116 = _warning(
    "VC-CASE-116", "A window ends outside the calendar, so bank holidays were not taken into account"
)
WINDOW_ENDS_OUTSIDE_THE_CALENDAR = VC_CASE_116.says(
    "The last day, {day}, is outside the calendar.",
    "If it was a bank holiday or a weekend, the window closed on the working day before.",
)
VC_CASE_117 = _warning("VC-CASE-117", "A date is one that systems fill in where it is not known")
BIRTH_DATE_FILLED_IN = VC_CASE_117.says(
    "This date of birth is one that systems fill in where it is not known.",
    "Delete it if it is not known. Until then we work out the age from it.",
)
OFFENCE_DATE_FILLED_IN = VC_CASE_117.says(
    "This date of the offence is one that systems fill in where it is not known.",
    "Delete it if it is not known. Until then we take it for the day of the offence.",
)
VC_CASE_118 = _warning("VC-CASE-118", "A column that is missing, or words for nothing, were taken as empty")
TAKEN_AS_EMPTY = VC_CASE_118.says(
    "`{name}` is a word for nothing, such as {word!r}, in {number}. It was taken as empty.",
    "If that word is a real reference, write it another way. Otherwise nothing needs to change.",
)
COLUMN_READ_AS_EMPTY = VC_CASE_118.says(
    "`{name}` is not a column of this table. We read it as empty in every row.",
    "Add the column if your system records it. Otherwise nothing needs to change.",
)
VC_CASE_119 = _warning("VC-CASE-119", "A correction is withdrawn, and the record it replaced does not count again")
CORRECTION_WITHDRAWN = VC_CASE_119.says(
    "This withdraws {correction!r}, which replaced {first!r}. Neither of them counts.",
    "If {first!r} was right, add that record again under a new reference.",
)
VC_CASE_121 = _warning("VC-CASE-121", "Records are dated after the date of assessment and are not counted")
RECORDS_AFTER_ASSESSMENT = VC_CASE_121.says(
    "{records} dated after the date of assessment, {as_at}, and not counted.",
    "Assess as at a later date to include them, or correct the dates.",
)
VC_CASE_122 = _warning("VC-CASE-122", "Records were made after the day whose knowledge was asked for, and do not count")
RECORDS_MADE_LATER = VC_CASE_122.says(
    "{records} made after {day} and not counted.", "Ask what was known on a later day to include them."
)
VC_CASE_123 = _warning("VC-CASE-123", "A date is long after every other date of the case")
DATE_FAR_FROM_THE_OTHERS = VC_CASE_123.says(
    "{day} is more than {months} months after every other date of the case.",
    "Check the year. A gap as long as this can be right: then nothing needs to change.",
)
VC_CASE_124 = _warning("VC-CASE-124", "Several cases have one reference, and each was assessed by itself")
CASES_OF_ONE_REFERENCE = VC_CASE_124.says(
    "{number} cases are called {reference!r}, and each was assessed by itself.",
    "Bring their records together in one file. Until then a duty may be listed twice, or listed although it was done.",
)

VC_CASE_125 = _warning("VC-CASE-125", "A reference may be the name of a person")
REFERENCE_MAY_BE_A_NAME = VC_CASE_125.says(
    "This reference may be the name of a person. It would be shown in everything that is written of the case.",
    "Use a reference without a name, such as V1 or S1. If it is not a name, nothing needs to change.",
)
VC_CASE_126 = _warning("VC-CASE-126", "Two records correct the same record, and both count")
CORRECTED_TWICE = VC_CASE_126.says(
    "Another record corrects {record!r} too, and both count.",
    "If this one corrects the other, write the reference of that one in `replaces`. Otherwise delete one.",
)

# --- the law that governs --------------------------------------------------------------------------------------------

VC_LAW_001 = _unsupported("VC-LAW-001", "The edition that governs this event is not encoded")
NO_CODE_GOVERNS_THE_DAY = VC_LAW_001.says("No Code that is encoded governs {day}.", "Encoded: {encoded}.")
DAY_UNDER_AN_EDITION_NOT_ENCODED = VC_LAW_001.says(
    "{day} falls under {edition}, which is not encoded.", "Encoded: {encoded}."
)
EVENT_UNDER_AN_EDITION_NOT_ENCODED = VC_LAW_001.says(
    "The event of {day} falls under {edition} ({since} to {until}), which is not encoded.",
    "Assess it by hand under {title}.",
)
VC_LAW_002 = _unsupported("VC-LAW-002", "No edition of the Code governs this date")
NO_EDITION_ON_THAT_DAY = VC_LAW_002.says("No edition of the Code applies on {day}.", "{range}")
VC_LAW_003 = _unsupported("VC-LAW-003", "A request was made under an earlier scheme, which is not encoded")
REQUEST_UNDER_AN_EARLIER_SCHEME = VC_LAW_003.says(
    "The request of {day} came before {first}, when this scheme began.",
    "Check it by hand under the scheme of that day. Scheme: {scheme}.",
)
VC_LAW_102 = _warning("VC-LAW-102", "Compiled data does not belong to the files of law beside it")
COMPILED_OF_OTHER_FILES = VC_LAW_102.says(
    "This was compiled from other files, or by another version of victims-code. The YAML files are read instead.",
    "If the files were changed on purpose, delete it. Otherwise install victims-code again.",
)
VC_LAW_101 = _warning("VC-LAW-101", "The edition that governs an event starts no duty with it")
NO_DUTY_STARTS_WITH_THE_EVENT = VC_LAW_101.says(
    "We know of no duty under {edition} that starts with this event.",
    "See `victims-code duties --edition {edition}` for what is known.",
)

# --- messages and extracts -------------------------------------------------------------------------------------------

VC_READ_101 = _warning("VC-READ-101", "A date cannot be right and was not used")
NOT_THE_DATE_OF_THIS = VC_READ_101.says("{shown} cannot be the date of this.", _LEFT_OUT)
DATE_FILLED_IN = VC_READ_101.says("{shown} is what systems fill in where a date is not known.", _LEFT_OUT)
DATE_CELL_NOT_READ = VC_READ_101.says("{problem}", "It was left out. {hint}")
START_NOT_READ = VC_READ_101.says("{problem}", "The fact is taken to hold from the start. {hint}")
DATE_AS_EXCEL_COUNTS = VC_READ_101.says(
    "{shown} cannot be the date of this.",
    "It looks like a date as Excel counts days. Format the column as a date, or write `dates: {form}` in the mapping.",
)
DATE_IN_ANOTHER_FORM = VC_READ_101.says(
    "{shown} cannot be the date of this.",
    "It is written as {form}. If the whole extract is, write `dates: {form}` in the mapping.",
)
YEAR_IN_TWO_FIGURES = VC_READ_101.says(
    "{shown} cannot be the date of this.", "Give the year four figures, as in {example}."
)
DATE_IN_NO_FORM = VC_READ_101.says("{shown} cannot be the date of this.", "Write it as in {example}.")
MONTH_NOT_READ = VC_READ_101.says("{problem}", "The row was left out.")
RECEIPT_BEFORE_THE_EVENT = VC_READ_101.says("It was received before it happened.", "The receipt was left out.")
OFFENCE_DATED_AFTER_AN_EVENT = VC_READ_101.says(
    "{event!r} is dated {day}, before the offence on {committed}.",
    "One of the two is wrong, so the date of the offence was not used.",
)
BIRTH_DATE_STANDS_IN = VC_READ_101.says(
    "This is no date of birth, but what systems fill in where it is not known.", "It was taken as not known."
)
BIRTH_DATE_IMPOSSIBLE = VC_READ_101.says("This cannot be a date of birth.", "It was not used.{way}")
BIRTH_DATE_TOO_LATE = VC_READ_101.says(
    "This victim was born after the offence, or after the last record.", "The date of birth was not used."
)
VC_READ_102 = _warning("VC-READ-102", "No victim is listed, so one stands in")
NO_VICTIM_LISTED = VC_READ_102.says(
    "No victim is listed.", "One stands in with the reference {reference!r}; add what is known of the victims."
)
VC_READ_103 = _warning("VC-READ-103", "Something was not understood and was left out")
FACT_CONTRADICTED = VC_READ_103.says("{fact!r} is said to hold and not to hold.", "The {kept} was kept ({source}).")
ANOTHER_DATE_OF_BIRTH_BEFORE = VC_READ_103.says("This victim has another date of birth before.", "The first was kept.")
SEVERAL_DATES_OF_BIRTH = VC_READ_103.says("This victim is given several dates of birth.", "The last was kept.")
BIRTH_OF_NO_VICTIM = VC_READ_103.says(
    "A date of birth is given and no victim is named. It was left out.",
    "Name the victim wherever a date of birth is told.",
)
CANNOT_SPEAK_FOR = VC_READ_103.says(
    "{victim!r} cannot speak for {other!r}, who is not another victim or speaks for others.",
    "It was left out. Correct the reference.",
)
SEVERAL_DAYS_OF_AN_OFFENCE = VC_READ_103.says(
    "The record gives {days} dates for the offence {offence!r}.", "The earliest was used. Check which is right."
)
OFFENCE_WITH_ANOTHER_CODE = VC_READ_103.says(
    "The offence {offence!r} has another code in an earlier row.", "The first was kept ({code})."
)
OFFENCE_NAMED_IN_SOME_ROWS = VC_READ_103.says(
    "Some rows name the offence they are about and others do not.",
    "Dates and codes of those that do not were left out. Fill in the reference of the offence.",
)
ROW_OF_THE_CASE_SET_ASIDE = VC_READ_103.says("A row that may be of this case was set aside.", _LEFT_OUT)
CODE_NOT_IN_THE_MAPPING = VC_READ_103.says(
    "The code {code} is not in the mapping.",
    "It was left out. Add it under the `codes` of {column!r}, or write `ignore: true` for it.",
)
NOT_AN_OUTCOME_TYPE = VC_READ_103.says(
    "{code} is not a Home Office outcome type.", "It was left out. The types are numbered 0 to 22."
)
CELL_NOT_READ = VC_READ_103.says("{problem}", "{hint}")
HALF_CHARACTERS_REPLACED = VC_READ_103.says("{texts} half a character (a lone surrogate).", "It was read as {sign!r}.")
LIST_BELONGS_HERE = VC_READ_103.says("A list belongs here, and this is none.", _LEFT_OUT)
GROUP_BELONGS_HERE = VC_READ_103.says("A group of keys belongs here, and this is none.", _LEFT_OUT)
NOT_A_GROUP_OF_KEYS = VC_READ_103.says("This is not a group of keys.", _LEFT_OUT)
ENTRIES_NOT_GROUPS = VC_READ_103.says("{wrong} of {all} entries are no groups of keys.", _LEFT_OUT)
HEARING_AS_IT_WAS = VC_READ_103.says(
    "The message also holds the hearing as it was before, with {cases}.", "Only the hearing as it is now was read."
)
TRIAL_VACATED = VC_READ_103.says("The trial of this hearing was vacated.", _LISTING)
HEARING_DAYS_CANCELLED = VC_READ_103.says("{days} of the hearing {were} cancelled.", _LISTING)
APPLICATION_WITHOUT_CASE = VC_READ_103.says("{application} names no case.", "It was left out, with all results on it.")
HEARING_TO_BE_FIXED = VC_READ_103.says("The date of the next hearing is still to be fixed.", "It is not listed yet.")
NEXT_HEARING_WITHOUT_DATE = VC_READ_103.says("The next hearing has no date.", "Its listing was left out.")
NOT_SAID_HOW_DECIDED = VC_READ_103.says(
    "The final result {label!r} does not say how this was decided: {application}.",
    "Add {event!r} with its day, if it was decided.",
)
CASE_WITHOUT_URN = VC_READ_103.says("The case has no PTIURN.", "It is called {reference!r} here.")
DEFENDANT_WITHOUT_REFERENCE = VC_READ_103.says("The defendant has no reference.", "It is called {suspect!r} here.")
HEARING_WITHOUT_DATE = VC_READ_103.says("The message does not date the hearing.", "Its results have no date.")
ELEMENT_SEVERAL_TIMES = VC_READ_103.says(
    "There are {count} elements {name} in one {holder}. The first was used.", "Compare the message with the others."
)
KIND_OF_DATE_UNKNOWN = VC_READ_103.says(
    "What kind of date the offence has is not known: {code!r}.", "The date of the offence was not used."
)
OFFENCE_DATE_IS_A_BOUND = VC_READ_103.says(
    "The offence was committed {meaning} the date given.", "The date of the offence was not used."
)
FINDING_UNKNOWN = VC_READ_103.says("The finding {code!r} is not known.", _LEFT_OUT)
FINDING_WITHOUT_OUTCOME = VC_READ_103.says(
    "The finding {code!r} means {meaning}, which is no outcome of a trial.", _LEFT_OUT
)
ANOTHER_CASE_IN_THE_MESSAGE = VC_READ_103.says("The message also holds the case {case!r}.", _LEFT_OUT)
PERSON_NOT_A_VICTIM = VC_READ_103.says("This person is a {kind} and no victim.", _LEFT_OUT)
VICTIM_OF_EITHER_OFFENCE = VC_READ_103.says(
    "Two offences are called {offence!r}, and this victim can be a victim of either.", _LEFT_OUT
)
OFFENCE_NOT_IN_THE_MESSAGE = VC_READ_103.says(
    "The message does not tell of the offence {offence!r} of this victim.", _LEFT_OUT
)
WITNESS_TYPE_UNKNOWN = VC_READ_103.says("The type of witness {code!r} is not known.", _LEFT_OUT)
NOT_AN_OFFENCE_CODE_IN_PARTS = VC_READ_103.says("This is not an offence code in its parts.", _LEFT_OUT)
STATUS_UNKNOWN = VC_READ_103.says("The status {status!r} is not known.", _LEFT_OUT)
STATED_AGE_NOT_USED = VC_READ_103.says("{fact!r} does not fit the dates of birth and offence.", "The dates were used.")
VC_READ_104 = _warning("VC-READ-104", "Several offences were brought together into one case")
OFFENCES_OF_SEVERAL_CODES = VC_READ_104.says(
    "The case has offences of several codes ({codes}).",
    "They are one case here; its offence has the earliest date and no code.",
)
SEVERAL_DAYS_OF_THE_OFFENCE = VC_READ_104.says(
    "The record gives {days} dates for the offence of this case.",
    "The earliest was used. Tell the offences apart if there are several.",
)
DECISIONS_SAID_AGAIN = VC_READ_104.says(
    "Decisions that name no offence, on a day on which another record names one ({count}): {names}.",
    "They were taken for the same. If they end more offences, add each of them.",
)
OFFENCE_GIVEN_SEVERAL_DAYS = VC_READ_104.says(
    "The records give {offence} different days ({days}).", "The last that was told was kept."
)
OFFENCE_GIVEN_SEVERAL_CODES = VC_READ_104.says(
    "The records give the offence {offence!r} different codes ({codes}).", "The last was kept."
)
ONE_OFFENCE_OF_SEVERAL_CODES = VC_READ_104.says(
    "The records give the offence different codes ({codes}).", "They are one offence here."
)
OFFENCE_CODE_OF_NO_OTHER = VC_READ_104.says(
    "The records give the offence different codes ({codes}).",
    "No offence of another record has it; the flags of that record count.",
)
VC_READ_105 = _warning("VC-READ-105", "Dates are in an order that cannot be right; they were kept")
DATES_OUT_OF_ORDER = VC_READ_105.says(
    "{later!r} is dated {later_day}, before {earlier!r} on {earlier_day}{of}.",
    "One of the two is wrong or a date is missing; both were kept.",
)
VC_READ_106 = _warning("VC-READ-106", "A mark may be about someone other than the victim")
MARK_OF_SOMEONE_ELSE = VC_READ_106.says(
    "The {kind} {code} means: {meaning}. {doubt}",
    "It was taken as said of every victim of the case; take it out if it is not.",
)
VC_READ_107 = _warning("VC-READ-107", "An identifier is not in the usual format, or its check letter does not fit")
NO_FORCE_OF_THAT_CODE = VC_READ_107.says("There is no force with the code {code!r}.", "It was kept as it was written.")
URN_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "This URN is not in the format force, unit, serial, year.", "It was kept as it was written."
)
ASN_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "This arrest/summons number is not in the usual format.", "It was kept as it was written."
)
PNC_ID_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "This PNC ID is not in the format year, number, letter.", "It was kept as it was written."
)
CHECK_LETTER_DOES_NOT_FIT = VC_READ_107.says(
    "The check letter of this {kind} does not fit its digits.", "It was kept as it was written."
)
OFFENCE_CODE_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "This offence code is not in the national format.", "It was kept as it was written."
)
COURT_CODE_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "This organisation unit code is not in the usual format.", "It was kept as it was written."
)
ORGANISATION_NOT_IN_THE_USUAL_FORMAT = VC_READ_107.says(
    "{text!r} is not in the usual format of {kind}.", "Check the number; zeros at the front are a part of it."
)
NO_LIST_OF_ORGANISATIONS = VC_READ_107.says("There is no list {code!r} of organisations. {nearest}", "It was kept.")
VC_READ_108 = _warning("VC-READ-108", "The offence code leaves a category open")
OFFENCE_CODE_LEAVES_OPEN = VC_READ_108.says(
    "The offence code {offence} does not say whether this is {categories}.", "Add a flag for what is known."
)
NO_OFFENCE_CODE = VC_READ_108.says("{whose} has no offence code.", "Nothing was concluded from it.")
VC_READ_109 = _warning("VC-READ-109", "A hearing is listed for a week and not for a day")
LISTED_FOR_A_WEEK = VC_READ_109.says(
    "The next hearing is listed for the week commencing {week}.", "Its listing was read; add the day when it is known."
)
VC_READ_110 = _warning("VC-READ-110", "Something happened on a day that is not given, so no event was made of it")
RESULT_WITHOUT_DATE = VC_READ_110.says("The result {result} has no date.", _ADD_THE_EVENT)
VERDICT_WITHOUT_DATE = VC_READ_110.says("The verdict has no date.", _ADD_THE_EVENT)
LISTING_WITHOUT_DATE = VC_READ_110.says("The next hearing was listed on a day that is not given.", _ADD_THE_EVENT)
CODE_WITHOUT_DATE = VC_READ_110.says("The code {code!r} has no date.", _ADD_THE_EVENT)
STATUS_WITHOUT_DATE = VC_READ_110.says("{meaning}.", _ADD_THE_EVENT)
VC_READ_115 = _warning("VC-READ-115", "One reference is written in several ways; they were read as one")
REFERENCE_WRITTEN_IN_SEVERAL_WAYS = VC_READ_115.says(
    "The {kind} {first!r} is also written {others}.", "They were read as one, and it is called {first!r} here."
)
VC_READ_116 = _warning(
    "VC-READ-116", "A result that may have ended proceedings was not understood, or contradicts another"
)
RESULT_ENDED_AN_OFFENCE = VC_READ_116.says("The result {result} ended the proceedings on an offence.", _ADD_THE_END)
RESULT_LEAVES_A_DOUBT = VC_READ_116.says("The result {result} means: {meaning}. {doubt}", _ADD_THE_END)
FINAL_RESULT_NOT_UNDERSTOOD = VC_READ_116.says("The final result {result} was not understood.", _ADD_THE_END)
RESULT_ON_THE_WHOLE_CASE = VC_READ_116.says(
    "{event!r} of {day} is on the whole case, and the offence {offence!r} is still to be tried ({to_come}).",
    _ADD_THE_END,
)
RESULT_ON_NO_OFFENCE = VC_READ_116.says("A result is on the defendant and on no offence.", _ADD_THE_END)
ENDED_WITHOUT_A_WORD = VC_READ_116.says(
    "The proceedings on this offence are {said}, and the message says no more.", _ADD_THE_END
)
DISPOSED_OF_WITHOUT_A_WORD = VC_READ_116.says(
    "This offence is finally disposed of, and the message says no more.", _ADD_THE_END
)
FINAL_DISPOSAL_UNKNOWN = VC_READ_116.says("It is not known what the final disposal {final!r} means.", _ADD_THE_END)
APPLICATION_LEAVES_A_DOUBT = VC_READ_116.says("{application}: {label}. {doubt}", _ADD_THE_END)
VC_READ_117 = _warning("VC-READ-117", "A key is written twice in a message; the first was used")
KEY_TWICE_IN_A_MESSAGE = VC_READ_117.says(
    "{problem}", "The first of the two values was used. Compare the message with the other."
)
VC_READ_118 = _warning("VC-READ-118", "It is not known which victims an offence or its result concerns")
NO_VICTIM_OF_ANY_OFFENCE = VC_READ_118.says("No victim is listed for any offence.", "It was read as not told.")
DECISIONS_ABOUT_NO_VICTIM = VC_READ_118.says(
    "Decisions on offences without a victim ({count}): {names}.",
    "They are about no victim of the case, so no event was made.",
)
DECISIONS_START_NO_DUTY = VC_READ_118.says(
    "Decisions on offences without a victim ({count}): {names}.",
    "They are about no victim of the case, so no duty starts with them.",
)
SOME_OFFENCES_ENDED = VC_READ_118.says(
    "{ended} of {all} offences ended. It is not known who the victims of each are.",
    "Add `victims` to each offence. Until then it is not known whether a decision concerns a victim.",
)
VC_READ_119 = _warning("VC-READ-119", "Parts of a message tell no event; they were counted and left out")
PARTS_TELL_NO_EVENT = VC_READ_119.says("{kind} that tell no event ({count}): {names}.", "Nothing was made of them.")
CASE_WITHOUT_EVENT = VC_READ_119.says("The message tells no event of this case.", "It has none here.")
VC_READ_120 = _warning("VC-READ-120", "A code is dated outside the days on which it was in use; it was read")
CODE_NOT_YET_IN_USE = VC_READ_120.says(
    "The code {code!r} is dated {day}, before {since}, when it came into use.",
    "It was read. Check the code and its date.",
)
CODE_NO_LONGER_IN_USE = VC_READ_120.says(
    "The code {code!r} is dated {day}, after {until}, when it went out of use.",
    "It was read. Check the code and its date.",
)
VC_READ_121 = _warning("VC-READ-121", "A row does not fit the header of its table and was left out")
VC_READ_122 = _warning("VC-READ-122", "Rows are the same in every cell as an earlier one")
CRIMES_REPEATED = VC_READ_122.says(
    "Rows that are the same in every cell as an earlier one: {count}, of them with a Crime ID {with_id}.",
    "Give repeats='once' to read those once.",
)
CRIMES_REPEATED_READ_ONCE = VC_READ_122.says(
    "Rows that are the same in every cell as an earlier one: {count}, of them with a Crime ID {with_id}.",
    "Those with a Crime ID were read once.",
)
ROWS_REPEATED = VC_READ_122.says(
    "Rows that are the same in every cell as an earlier one: {count}.",
    "All were read. Write `repeated_rows: once` in the mapping, or `repeated_rows: all`.",
)
VC_READ_123 = _warning("VC-READ-123", "Two offences have one reference; they were told apart")
REFERENCE_OF_ANOTHER_OFFENCE = VC_READ_123.says(
    "Another offence has the reference {reference!r}.", "They were told apart, and this one is called {name!r}."
)
VC_READ_124 = _warning("VC-READ-124", "Rows of a table hold no record, such as a total; they were passed over")
ROWS_WITHOUT_A_RECORD = VC_READ_124.says(
    "Rows that hold no record, such as a total or the header once more: {count} ({rows}).",
    "They were passed over. Check that none of them is a case.",
)
VC_READ_125 = _warning("VC-READ-125", "A row has no case reference; it was read as a case of its own")
ROW_WITHOUT_CASE = VC_READ_125.says(
    "The row has no case reference.", "Fill in {column!r} in every row. The row was read as the case {reference!r}."
)
VC_READ_126 = _warning("VC-READ-126", "A message has names of keys or elements that are not known")
NAMES_NOT_KNOWN = VC_READ_126.says(
    "{count} known in such a message, so what is there was not read: {names}.",
    "Correct what is misspelt where the message is made. What is a new name is not read yet.",
)

# --- the law data ----------------------------------------------------------------------------------------------------

VC_DATA_001 = _invalid("VC-DATA-001", "The law data refers to something that does not exist")
NO_FRAMEWORK_TO_REST_ON = VC_DATA_001.says("There is no framework {name!r} to be based on.", "{nearest}")
SOURCE_NOT_LISTED = VC_DATA_001.says("The source {source!r} is not listed.", "{nearest}")
NO_SUCH_READING = VC_DATA_001.says("There is no reading {reading!r}.", "{nearest}")
DUTY_OWED_BY_NO_ONE = VC_DATA_001.says("No one owes this duty.", "Name at least one body.")
BODY_NOT_BOUND = VC_DATA_001.says(
    "{edition} does not bind {body!r}.", "Name it under `providers` in edition.yaml, or correct who owes the duty."
)
PICKLED_WITH_OTHER_DATA = VC_DATA_001.says(
    "This was pickled with other law data than that installed here.",
    "Assess the case again, or install the version it was pickled with.",
)
NO_SUCH_NAME_IN_THE_DATA = VC_DATA_001.says("There is no {kind} {name!r}.", "{nearest}")
CYCLE_CELL_MISSING = VC_DATA_001.says("The cell {cell} is missing.", "Add it with its activities.")
DUTY_OF_NO_EDITION = VC_DATA_001.says(
    "No edition of the Code has the duty {duty!r}.", "Name the duty to refer to support."
)
NO_SUCH_SOURCE = VC_DATA_001.says("There is no source {source!r}.", "{nearest}")
VC_DATA_002 = _invalid("VC-DATA-002", "Two entries of the law data have the same identifier")
HOLIDAY_LISTED_TWICE = VC_DATA_002.says("{day} is listed twice.", "Keep one of the two.")
SYNONYM_IS_A_NAME = VC_DATA_002.says("{synonym!r} is a name itself.", "Take it out: a synonym leads to another name.")
SYNONYM_TWICE = VC_DATA_002.says("The synonym {synonym!r} is written twice.", "Keep one of the two.")
RING_FENCED_TWICE = VC_DATA_002.says("{purpose!r} is ring-fenced twice.", "Put the two sums together.")
ID_TWICE = VC_DATA_002.says("{id!r} is given twice.", "Give each entry an identifier of its own.")
VC_DATA_003 = _invalid("VC-DATA-003", "A statement of law has no source")
NOTHING_CITED = VC_DATA_003.says("Nothing is cited.", "Name at least one source.")
VC_DATA_004 = _invalid("VC-DATA-004", "Dates in the law data are out of order, overlap or leave a gap")
DEFINITION_ENDS_BEFORE_IT_BEGINS = VC_DATA_004.says(
    "{measure}: the definition ends before it begins.", "Correct `since` or `until`."
)
DEFINITIONS_LEAVE_A_GAP = VC_DATA_004.says(
    "{measure}: this definition does not begin on the day after the one before it ends.",
    "Correct `until` of the earlier or `since` of the later.",
)
CALENDAR_OF_PART_YEARS = VC_DATA_004.says("A calendar covers whole years.", "Write 1 January and 31 December.")
HOLIDAY_OUTSIDE_THE_FILE = VC_DATA_004.says(
    "{day} is outside what the file covers.", "Correct the date, or extend `covers`."
)
HOLIDAYS_OUT_OF_ORDER = VC_DATA_004.says("{day} comes after {before}.", "Put the days in order.")
HOLIDAY_ANNOUNCED_TOO_LATE = VC_DATA_004.says(
    "{day} was announced only after it had passed.", "Correct one of the two dates."
)
SUBSTITUTE_FOR_A_WEEKDAY = VC_DATA_004.says(
    "{day} is not a day of the weekend.", "Name the Saturday or Sunday it is instead of."
)
EDITIONS_OVERLAP_OR_LEAVE_A_GAP = VC_DATA_004.says(
    "The first edition does not end on the day before the second begins.",
    "Correct `in_force_until` or `in_force_from`.",
)
SPAN_ENDS_BEFORE_IT_BEGINS = VC_DATA_004.says(
    "It ends on {until}, before it begins on {since}.", "Correct one of the two days."
)
SPANS_OUT_OF_ORDER = VC_DATA_004.says(
    "The spans of {provision!r} are not in the order of their days, or begin before the Act was passed.",
    "Put the earliest first and correct its day.",
)
RISK_SCALE_WITHOUT_REVIEW = VC_DATA_004.says(
    "Nothing says when a risk on the scale {scale!r} is reviewed.", "Give `review`, or a band from 1 up."
)
BANDS_OUT_OF_ORDER = VC_DATA_004.says(
    "The bands do not go down from the best to zero.", "Put the highest `at_least` first and end with 0."
)
TENURES_OVERLAP_OR_LEAVE_A_GAP = VC_DATA_004.says(
    "In {area} one tenure does not end on the day before the next begins.", "Correct `until` or `since`."
)
POWER_WITHOUT_DATES = VC_DATA_004.says(
    "Nothing says when it was in force.", "Give `provision`, `since`, `by` or `not_on`."
)
VC_DATA_005 = _invalid("VC-DATA-005", "A locator is given that no source confirms")
PARAGRAPH_NOT_CONFIRMED = VC_DATA_005.says(
    "A paragraph is given without a source that confirms it, or the other way round.",
    "Name the source in `paragraph_confirmed_by`, or stop the locator at the Right.",
)
VC_DATA_006 = _invalid("VC-DATA-006", "A deadline or condition in the law data is not well formed")
NOT_A_CONDITION = VC_DATA_006.says("This is not a condition.", "Write `all`, `any` or `not`, or a leaf with `fact`.")
LEAF_WITH_SEVERAL_TESTS = VC_DATA_006.says("A leaf compares one fact in one way.", "{nearest}")
LEAF_WITHOUT_VALUES = VC_DATA_006.says("`in` needs a list of values.", "Write it as [one, two].")
SYNONYM_NOT_IN_THE_USUAL_FORM = VC_DATA_006.says(
    "{synonym!r} is not in the usual format.", "Use small letters, figures and hyphens."
)
DUTY_WITHOUT_AN_END = VC_DATA_006.says(
    "A duty is done by an event or by receipt.", "Give either `event` or `receipt: true`."
)
LEAF_NOT_TRUE_OR_FALSE = VC_DATA_006.says(
    "{fact!r} is true or false, not {value!r}.", "Write `is: true` or `is: false`."
)
LEAF_DEPENDS_ON_A_DAY = VC_DATA_006.says(
    "{fact!r} depends on a day or an event, which no duty and no category can ask about.",
    "Use a fact of the victim or of the case.",
)
PROVISION_NOT_NAMED_AFTER_ITS_ACT = VC_DATA_006.says(
    "{provision!r} does not begin with the name of its Act, {act!r}.", "Write it as {act}-s1."
)
SPANS_AND_PARTS = VC_DATA_006.says("{provision!r} has both spans and parts.", "Give the spans to the parts.")
NOT_ONE_DEADLINE = VC_DATA_006.says("This is not one deadline.", "Give one of: {kinds}.")
DEADLINE_OF_WRONG_KEYS = VC_DATA_006.says("A deadline has either `all`, or `standard` and `enhanced`.", "{nearest}")
SCHEME_WITHOUT_A_REQUEST = VC_DATA_006.says(
    "The scheme governs requests from a day on, and does not say which event is a request.", "Add `taken_up_by`."
)
SCHEME_WITHOUT_AN_OPENING = VC_DATA_006.says("Nothing opens this scheme.", "Give at least one opening.")
LIMIT_ENDS_IN_SEVERAL_WAYS = VC_DATA_006.says(
    "{limit!r} ends in more than one way.", "Keep one of `within`, `until_age` and `ends_with`."
)
LIMIT_WITHOUT_ITS_EVENT = VC_DATA_006.says(
    "{limit!r} is counted from an event without naming it, or names one without being counted from it.",
    "Give `counted_from: event` together with `event`.",
)
LIMIT_WITHOUT_A_SAFE_DAY = VC_DATA_006.says(
    "The last day of {limit!r} belongs to someone else and the victim has no safe day before it, or the reverse.",
    "Give `belongs_to` together with `safe_within`, and keep it inside `within`.",
)
LIMIT_WITHOUT_ITS_OPENING = VC_DATA_006.says(
    "{limit!r} is counted from the last of several openings, and no opening has `together: true`.",
    "Add it to the opening, or count from `opening`.",
)
DUTY_RECURS_FOR_SOME = VC_DATA_006.says("A duty recurs for some victims only.", "Write it as `all`.")
MEASURE_OF_WRONG_KEYS = VC_DATA_006.says("A {kind} has exactly: {wanted}.", "Add or take out the rest.")
NUMERATOR_BEYOND_DENOMINATOR = VC_DATA_006.says(
    "The numerator counts statuses that the denominator does not.", "Add them to the denominator, or take them out."
)
ITEM_COUNTED_OR_NOT = VC_DATA_006.says(
    "An item is either counted or cannot be counted.", "Give one of `counted` and `cannot_be_counted`."
)
EXAMPLE_NOT_OF_THE_FORM = VC_DATA_006.says("The example does not match the pattern.", "Correct one of the two.")
NOT_A_PROVISION_OF_AN_ACT = VC_DATA_006.says("This is not a provision.", "Write s.5 or Sch 1.")
NOT_A_PROVISION = VC_DATA_006.says("{provision!r} is not a provision.", "Write it as s.143(3) or Sch 1 para 14.")
VC_DATA_007 = _invalid("VC-DATA-007", "A change of the law, made to see what would follow, alters nothing")
CHANGES_NOTHING = VC_DATA_007.says("Nothing is altered.", "Give `deadlines` or `enhanced`.")
DEADLINE_AS_IT_WAS = VC_DATA_007.says(
    "The deadline of {duty!r} is what it was.", "Give another one, or leave the duty out."
)
VC_DATA_008 = _invalid("VC-DATA-008", "The lineage of duties does not agree with the editions")
LINEAGE_STEP_MISSING = VC_DATA_008.says(
    "Nothing says what became of the duties of {earlier} in {later}.",
    "Add a step with `earlier: {earlier}` and `later: {later}`.",
)
LINEAGE_STEP_TOO_MANY = VC_DATA_008.says(
    "A step from {earlier} to {later} does not join two consecutive editions, or is given twice.", "Steps: {steps}."
)
LINEAGE_INTO = VC_DATA_008.says("{step}: `into` belongs to merged and split duties.", "Correct the entry.")
LINEAGE_DUTY_STILL_THERE = VC_DATA_008.says(
    "{step}: {duty!r} is said to be {group}, and is in {edition}.", "Take it out here, or there."
)
LINEAGE_DUTY_UNKNOWN = VC_DATA_008.says("{step}: {edition} has no duty {duty!r}.", "{nearest}")
LINEAGE_FIELD_UNKNOWN = VC_DATA_008.says("{step}: {field!r} is not a field of a duty.", "{nearest}")
LINEAGE_CHANGE_NOT_AS_SAID = VC_DATA_008.says(
    "{step}: {duty!r} differs in {differs}, and is said to differ in {said}.", "Correct `what`, or the duty."
)
LINEAGE_CHANGE_NOT_SAID = VC_DATA_008.says(
    "{step}: {duty!r} differs in {differs}, and nothing says so.",
    "Add it under `changed` with its source, or make the two the same.",
)
LINEAGE_END_NOT_SAID = VC_DATA_008.says(
    "{step}: Nothing says what became of {duty!r}.", "Add it under dropped, merged or split."
)
LINEAGE_TWO_ENDS = VC_DATA_008.says(
    "{step}: {duty!r} is said to have become two things.", "Keep the one that is right."
)
LINEAGE_BEGINNING_NOT_SAID = VC_DATA_008.says(
    "{step}: Nothing says where {duty!r} comes from.", "Add it under new, merged or split."
)

VC_DATA_009 = _warning("VC-DATA-009", "An edition of the Code is not finished, or can be said better")
STATEMENT_NOT_READ = VC_DATA_009.says(
    "{statement}: evidence is missing; no one has read this in a source.",
    "Read it in the printed Code: `victims-code law checklist {edition}` makes the list.",
)
NO_WORKED_CASE = VC_DATA_009.says(
    "{duty}: no worked case of {edition} shows this duty.",
    "Work one out by hand and add it to {cases}.",
)
NO_DEFINITION_OF_A_VICTIM = VC_DATA_009.says(
    "No file says who is a victim under {edition}.", "Add definitions/{edition}.yaml."
)
FOLDER_OF_NO_EDITION = VC_DATA_009.says(
    "No edition {edition!r} is listed in editions.yaml, so this folder is not read.", "List it, or delete the folder."
)
WORD_NOT_OF_THE_HOUSE = VC_DATA_009.says("{statement}: the house style does not use {word!r}.", "Write: {instead}.")
SENTENCE_TOO_LONG = VC_DATA_009.says("{statement}: a sentence has {words} words.", "Use at most {most} in one.")
VC_DATA_010 = _invalid("VC-DATA-010", "The law does not answer as a worked case says it must")
WORKED_CASE_DIFFERS = VC_DATA_010.says(
    "{name}: {difference}.", "Work the case out by hand again, and correct the case or the law."
)
VC_DATA_011 = _invalid("VC-DATA-011", "A file of an edition is not read")
FILE_OF_NO_PART = VC_DATA_011.says(
    "No part of {edition} names this file, so its duties are not read.",
    "Name it under `parts` in edition.yaml, or delete it.",
)

VC_DATA_012 = _invalid("VC-DATA-012", "A checklist of the law cannot be taken into the data")
NO_PRINTED_CODE = VC_DATA_012.says(
    "No source is named as the printed text of {edition}.",
    "Add it to sources.yaml, and name it under `printed` in editions.yaml.",
)
NOT_A_CHECKLIST = VC_DATA_012.says(
    "This is not a workbook.",
    "Make a checklist with `victims-code law checklist EDITION --output FILE.xlsx` and fill it in.",
)
SHEET_MISSING = VC_DATA_012.says("The sheet {sheet!r} is missing.", "Make a new checklist and fill it in.")
CHECKLIST_COLUMN_MISSING = VC_DATA_012.says("The column {column!r} is missing.", "Put it back as the checklist had it.")
CHECKLIST_ROW_UNKNOWN = VC_DATA_012.says("The law has no statement {reference!r}.", "{nearest}")
CHECKLIST_ROW_TWICE = VC_DATA_012.says("{reference!r} was read in row {row} too.", "Keep one of the two rows.")
CHECKLIST_OUT_OF_DATE = VC_DATA_012.says(
    "{reference}: the checklist has {was!r}, and the data {now!r}.",
    "Clear what was filled in here, and read the row again in a new checklist.",
)
CHECKLIST_NOT_ANSWERED = VC_DATA_012.says("The answer is {given!r}.", "Write agreed or differs, or clear the row.")
CORRECT_WORDS_MISSING = VC_DATA_012.says("It differs, and the correct words are missing.", "Write them here.")
CORRECT_WORDS_OF_AGREED = VC_DATA_012.says(
    "It is agreed, and correct words are given.", "Write differs as the answer, or clear the words."
)
PARAGRAPH_MISSING = VC_DATA_012.says("The paragraph is missing.", "Write it as it is printed, such as 6.10.")
PARAGRAPH_AS_A_NUMBER = VC_DATA_012.says(
    "The paragraph is the number {given}, so a zero at its end may be lost.",
    "Format the cell as text and write the paragraph again, such as 6.10.",
)
READER_MISSING = VC_DATA_012.says("The reader is missing.", "Write who read it: a name, initials or a post.")
DAY_OF_READING_NEEDED = VC_DATA_012.says("The day of reading is missing or not a date.", "Write it as 2027-01-05.")
DAY_OF_READING_TO_COME = VC_DATA_012.says(
    "The day of reading, {day}, is still to come.", "Correct the day: a confirmation says when the print was read."
)

# --- records of commissioning ----------------------------------------------------------------------------------------

VC_COM_001 = _invalid("VC-COM-001", "A record of commissioning contradicts itself")
NOTHING_ASSESSED = VC_COM_001.says("Nothing has been assessed.", "Add an assessment with its day.")
POLICE_REFERRED_THE_VICTIM = VC_COM_001.says(
    "The police referred this victim, so the crime was known to them.", "Leave the reasons out, or correct the route."
)
NOT_REPORTED_AND_REPORTED = VC_COM_001.says(
    "The route says that the crime was not reported, and it was reported before the first assessment.",
    "Correct the route or the day; a report made later on is in order.",
)
REVIEW_TOO_SOON = VC_COM_001.says("A review comes after at least a month.", "Write 1 or more.")
REPORTED_ON_AND_NOT_REPORTED = VC_COM_001.says(
    "The crime has a day of report and is said not to have been reported.", "Leave one of the two out."
)
VALID_WITH_A_REASON = VC_COM_001.says(
    "The referral is valid and has a reason for not being so.", "Leave one of the two out."
)
NOT_VALID_WITHOUT_A_REASON = VC_COM_001.says(
    "The referral is not valid, and no reason is given.", "Say why it could not be taken."
)
DONE_AND_NOT_WANTED = VC_COM_001.says(
    "This was done although the victim did not want it.", "Correct the wish or the day."
)
NATIONAL_WITH_AREAS = VC_COM_001.says("A national service serves every area.", "Leave out `areas`, or `national`.")
SERVICE_WITHOUT_A_PLACE = VC_COM_001.says(
    "The record does not say where the service is.", "Name its police areas, or write national: true."
)
COMMISSIONER_OF_NOTHING = VC_COM_001.says(
    "The service has a commissioner and is said not to be commissioned.",
    "Leave the commissioner out, or correct the arrangement.",
)
NO_COMMISSIONER_NAMED = VC_COM_001.says(
    "Someone gives a {record.arrangement.value}, and no commissioner is named.", "Name the commissioner."
)
FORCE_WIDE_AND_WITHIN = VC_COM_001.says(
    "The service is said to be force-wide and to be only within parts of the area.", "Leave one of the two out."
)
LOCAL_NEED_DENIED = VC_COM_001.says("A local need is named and said not to exist.", "Leave one of the two out.")
EVERYBODY_AND_GROUPS = VC_COM_001.says(
    "The service is for everyone and for certain groups.", "Leave one of the two out."
)
EQUALITY_ASSESSED_AND_NOT = VC_COM_001.says(
    "The equality impact assessment has a day and is said not to have been made.", "Leave one of the two out."
)
REFERRALS_IN_A_CIRCLE = VC_COM_001.says(
    "The referral {name!r} follows itself, by way of others.", "Correct what each of them is `after`."
)
REFERRAL_OF_ANOTHER_VICTIM = VC_COM_001.says(
    "It follows {name!r}, which is of another victim.", "Correct `after`, or the victim."
)
CLOSED_WITHOUT_WHY = VC_COM_001.says("The record is closed, and no reason is given.", "Say why support ended.")
CLOSED_WITHOUT_A_DAY = VC_COM_001.says("Support ended, and the day is not given.", "Add `closed_on`.")
OWN_WORD_NOT_LOCAL = VC_COM_001.says(
    "A word of your own is called {name!r}.", "Begin it with `local-`, so that everyone sees it is not on the list."
)
PART_OF_ANOTHER_AREA = VC_COM_001.says(
    "{place} lies in {area}, which the service does not serve.", "Add the area, or correct the part."
)
OLDEST_YOUNGER_THAN_YOUNGEST = VC_COM_001.says(
    "The greatest age is {record.maximum_age} and the least {record.minimum_age}.", "Correct one of the two."
)
FREE_AND_COSTS = VC_COM_001.says("The service is said to be free and has a price.", "Leave one of the two out.")
NO_PEOPLE_THERE = VC_COM_001.says(
    "A population of {record.population} is no number of people.", "Write how many live there, or leave it out."
)
NOT_A_LATITUDE = VC_COM_001.says("{record.latitude} is not a latitude.", "It lies between -90 and 90.")
NOT_A_LONGITUDE = VC_COM_001.says("{record.longitude} is not a longitude.", "It lies between -180 and 180.")
PRESENT_AND_EXCUSED = VC_COM_001.says("{holder!r} is both present and excused.", "Leave one of the two out.")
QUORUM_OF_NOBODY = VC_COM_001.says("A quorum is at least one.", "Write the number of the terms of reference.")
QUORUM_ABOVE_THE_SEATS = VC_COM_001.says(
    "The quorum is {record.quorum}, and the board has fewer seats.", "Correct one of the two."
)
LESS_THAN_NOTHING = VC_COM_001.says(
    "An amount of £{record.amount:,} is less than nothing.", "Write what is paid from the fund."
)
DONE_AND_DROPPED = VC_COM_001.says("The action is both done and dropped.", "Leave one of the two days out.")
DROPPED_FOR_NO_REASON = VC_COM_001.says(
    "The action was dropped, and no reason is given.", "Write the reason in `why_dropped`."
)
ENDED_FOR_NO_REASON = VC_COM_001.says(
    "The appointment was ended early, and no reason is given.", "Write the reason in `why_ended`."
)
ANSWERED_WITHOUT_ONE = VC_COM_001.says("There is a day of the answer and no answer.", "Write `met`, or leave it out.")
REFUSED_WITHOUT_A_REASON = VC_COM_001.says(
    "The recommendation is not wholly accepted, and no reason is given.", "Write the reason in `why`."
)
DONE_AND_REJECTED = VC_COM_001.says("The recommendation is rejected and done.", "Correct the answer or the day.")
NO_SUCH_RIGHT = VC_COM_001.says("The Code has no Right {record.right}.", "Write a number from 1 to 12.")
MEANT_FOR_ITS_RECEIVER = VC_COM_001.says(
    "The complaint is meant for the body that received it.", "Leave `meant_for` out, or correct one of the two."
)
FORWARDED_BY_HALF = VC_COM_001.says(
    "The record says only to whom it was forwarded, or only when.", "Write `forwarded_to` and `forwarded_on`."
)
OUTCOME_WITHOUT_A_DAY = VC_COM_001.says("There is an outcome and no day of it.", "Write the day, or leave it out.")
KEPT_OUT_WITHOUT_A_REASON = VC_COM_001.says(
    "The request is kept out of the scheme without a reason.", "Write the reason in `why_not`."
)
IN_AND_OUT_OF_SCHEME = VC_COM_001.says("The request is in the scheme and out of it.", "Correct one of the two.")
TESTED_ON_NO_DAY = VC_COM_001.says("A test has a result and no day.", "Write `tested_on`.")
CANCELLED_AND_HELD = VC_COM_001.says("The booking was cancelled and took place.", "Correct one of the two.")
ROOM_BOOKED_TWICE = VC_COM_001.says(
    "{room!r} is booked for {other} at the same time.", "Take another room or time, or cancel one of the two."
)
MORE_ANSWERED_THAN_ASKED = VC_COM_001.says(
    "More answered than were asked, or fewer than none.", "Correct `asked` or `answered`."
)
MORE_SATISFIED_THAN_ANSWERED = VC_COM_001.says(
    "More were satisfied than answered, or fewer than none.", "Correct `answered` or `satisfied`."
)
LEARNT_FROM_NOTHING = VC_COM_001.says("The lesson names nothing it was learnt from.", "Name an entry of a register.")
SUPPRESSED_AND_GIVEN = VC_COM_001.says("A figure too small to be shown is given.", "Leave the value out.")
ASKED_TOO_OFTEN = VC_COM_001.says("A condition is asked after again after at least a month.", "Write 1 or more.")
VARIATION_OF_NOTHING = VC_COM_001.says(
    "The variation changes neither the sum nor the last day.", "Write `amount` or `last`."
)
PURPOSE_WITHOUT_A_SUM = VC_COM_001.says("The variation names a ring-fence and no sum.", "Write the sum as `amount`.")
LESS_THAN_NOTHING_PAID = VC_COM_001.says(
    "A payment of £{record.amount:,} is less than nothing.",
    "Write what is paid, and money that comes back under `clawbacks`.",
)
PAID_ON_NO_DAY = VC_COM_001.says("The instalment was paid, and no day is given.", "Write the day as `paid_on`.")
DUE_WITHOUT_AN_ACTION = VC_COM_001.says("A day is set, and nothing is to be done by it.", "Write the `action`.")
MEETING_WITHOUT_A_DAY = VC_COM_001.says(
    "The meeting has no day.", "Write by when it is to be held as `due`, or when it was as `held_on`."
)
FOUND_BEFORE_IT_WAS_HELD = VC_COM_001.says(
    "The meeting found something and has not been held.", "Write the day as `held_on`."
)
WITHIN_ITSELF = VC_COM_001.says("The award is paid out of itself.", "Name the award it is paid out of, or none.")
NO_BAND_FROM_NOUGHT = VC_COM_001.says("No band of value begins at zero.", "Add a band with at_least: 0.")
BID_WITHOUT_ITS_RESULT = VC_COM_001.says("The bid was {result}, and {lacks}.", "{hint}")
NO_INTERESTS_AND_SOME = VC_COM_001.says(
    "Interests are declared, and it is said that there are none.", "Leave one of the two out."
)
TWO_OPTIONS_PREFERRED = VC_COM_001.says("More than one option is preferred.", "Keep one.")
FOLLOWS_ITSELF = VC_COM_001.says("The decision follows itself.", "Name the decision of the stage before, or none.")
BENEFIT_CHECKED_ON_NO_DAY = VC_COM_001.says(
    "It is known whether the benefit came, and no day is given.", "Write the day as `checked_on`."
)
PART_2_IN_PUBLIC = VC_COM_001.says("This public part repeats words of Part 2.", "Take them out before it is published.")
VC_COM_002 = _invalid("VC-COM-002", "Shares do not sum to the whole")
NOT_A_SHARE = VC_COM_002.says("{record.share} is not a share of a whole.", "Write it as 0.25.")
SHARES_DO_NOT_MAKE_ONE = VC_COM_002.says(
    "The shares of the pooled budget make {made} and not {whole}.",
    "List every body that pays, the commissioner too, and correct the shares.",
)
SHARES_OF_SOME = VC_COM_002.says(
    "Some bodies have a share of the pooled budget and some have none.", "Give every share, or none."
)
FUNDS_DO_NOT_MAKE_THE_COST = VC_COM_002.says(
    "The funds make £{made:,}, and the decision costs £{whole:,}.",
    "Correct an amount, or leave out the ones not settled.",
)
VC_COM_003 = _invalid("VC-COM-003", "The move is not allowed in the state the service is in")
MOVE_NOT_ALLOWED = VC_COM_003.says("A service that is {state!r} cannot become {to!r}.", "{hint}")
MOVE_WITHOUT_ITS_NEED = VC_COM_003.says("The move to {to!r} does not say {need}.", "Add `{name}`.")
DECISION_NOT_APPROVED = VC_COM_003.says(
    "The decision has not been approved by the commissioner and by an officer.",
    "Record both approvals before it is published.",
)
VC_COM_004 = _invalid("VC-COM-004", "A reference is not of the form it must have")
DECISION_OF_ANOTHER_YEAR = VC_COM_004.says(
    "The decision is numbered under {number} and was approved in {approved}.", "Correct the number or the day."
)
NOT_A_TELEPHONE_NUMBER = VC_COM_004.says(
    "{number!r} is not a telephone number.", "Write the digits as they are dialled, such as 0300 123 4567."
)
NOT_A_DECISION_NUMBER = VC_COM_004.says(
    "{text!r} is not the number of a decision.",
    "Write it like {examples}; or name the `area` whose office has another form.",
)
NOT_AN_ORGANISATION_ID = VC_COM_004.says(
    "{text!r} does not identify an organisation.", "{nearest} Write the list and the number, as in GB-CHC-1164883."
)
VC_COM_005 = _invalid("VC-COM-005", "A score lies outside its scale")
SCALE_WITHOUT_A_SPAN = VC_COM_005.says("The scale has no span.", "Give a highest score above the lowest.")
SCALE_OF_DEMAND = VC_COM_005.says(
    "A score of need gets better or worse; `demand` is a count of work to do.",
    "Write higher-is-better or lower-is-better.",
)
SCORE_OUTSIDE_THE_SCALE = VC_COM_005.says(
    "{score} lies outside the scale of {lowest} to {highest}.", "Correct the score or the scale."
)
TARGET_ABOVE_INHERENT = VC_COM_005.says(
    "The score aimed at is higher than the score before anything is done.", "Correct one of the two."
)
VC_COM_006 = _invalid("VC-COM-006", "A date comes before one it must follow")
ENDS_BEFORE_IT_BEGINS = VC_COM_006.says("This ends before it begins.", "Correct one of the two days.")
TESTED_AFTERWARDS = VC_COM_006.says(
    "The link was tested on {record.tested_on}, after it was needed.", "Correct one of the two days."
)
REFERRED_BEFORE_THE_REPORT = VC_COM_006.says(
    "The referral of {record.made_on} is before the report of {record.reported_on}.", "Correct one of the two days."
)
DONE_BEFORE_THE_OFFER = VC_COM_006.says(
    "This was done on {day}, before restorative justice was offered.", "Correct one of the two days."
)
MOVES_OUT_OF_ORDER = VC_COM_006.says("The move of {day} comes after one of {before}.", "Put the moves in order.")
VC_COM_007 = _invalid("VC-COM-007", "A name is not in the vocabulary of commissioning")
NOT_IN_THE_DIRECTORY = VC_COM_007.says("It depends on {name!r}, which is not in the directory.", "{nearest}")
NOT_A_MEMBER = VC_COM_007.says("{name!r} is not a member of the board.", "{nearest}")
NO_SUCH_WORD = VC_COM_007.says("There is no {kind} {name!r}.", "{nearest}")
NO_SUCH_CONDITION = VC_COM_007.says("The award has no condition {name!r}.", "{nearest}")
NO_SUCH_AWARD = VC_COM_007.says("There is no award {name!r}.", "{nearest}")
LEARNT_FROM_NO_ENTRY = VC_COM_007.says("No register has an entry {name!r}.", "{nearest}")
NO_SUCH_ITEM = VC_COM_007.says("The checklist has no item {name!r}.", "{nearest}")
NO_SUCH_OBJECTIVE = VC_COM_007.says("The strategy has no objective {name!r}.", "{nearest}")
NO_SUCH_HEADING = VC_COM_007.says("The strategy has no heading {name!r}.", "{nearest}")
NO_SUCH_PURPOSE = VC_COM_007.says("The award knows no purpose {name!r}.", "{nearest} Or add it to its `purposes`.")
NO_SUCH_REFERENCE = VC_COM_007.says("There is no {kind} {name!r} in the folder.", "{nearest}")
VC_COM_008 = _invalid("VC-COM-008", "The same name is used twice")
NAME_TAKEN = VC_COM_008.says(
    "There is another {kind} {name!r}: {other}.", "Give each a name of its own, and correct what refers to it."
)
PASSED_TO_NOTHING = VC_COM_007.says(
    "Victims are passed on to {name!r}, which is no part and no service of this front door.", "{nearest}"
)
NO_SUCH_REFERRAL = VC_COM_007.says("It follows the referral {name!r}, which is not on the list.", "{nearest}")
OWN_WORD_NOT_LISTED = VC_COM_007.says(
    "The directory does not say what {name!r} is.", "Add it to `words` with its title. {nearest}"
)
FILE_IN_THE_WAY = VC_COM_008.says(
    "There is a file of that name already.", "Move it away, or take the file into another folder."
)
LISTED_TWICE = VC_COM_008.says("{value!r} is there twice.", "Keep one of the two.")
TWO_ASSESSMENTS_OF_A_DAY = VC_COM_008.says("Two assessments are of {value}.", "Join them, or correct a day.")
SERVICE_NAME_TWICE = VC_COM_008.says(
    "Two services are called {reference!r}.",
    "Give each a reference of its own; the national services have theirs.",
)
VC_COM_010 = _invalid("VC-COM-010", "The file is not one of Open Referral, or a value in it is of the wrong kind")
NOT_OPEN_REFERRAL = VC_COM_010.says(
    "The file holds no services of Open Referral.",
    "It is one service, a list of them, or a page of them with `contents`, each with `id` and `name`.",
)
OPEN_REFERRAL_FIELD_MISSING = VC_COM_010.says("{thing} has no `{name}`.", "Ask who published the file to add it.")
OPEN_REFERRAL_FIELD_WRONG = VC_COM_010.says("`{name}` must be {needed}.", "Correct it, or leave it out.")
OPEN_REFERRAL_SERVICE_NOWHERE = VC_COM_010.says(
    "The file says of no place we know where the service {name!r} is.", "Say for which police area to read the file."
)
VC_COM_009 = _invalid("VC-COM-009", "The text is not one citation")
NO_CITATION = VC_COM_009.says("There is no citation in this text.", "Name an Act or a section.")
SEVERAL_CITATIONS = VC_COM_009.says(
    "There are {count} citations in this text.", "Check them together with check_citations."
)
VC_COM_101 = _warning("VC-COM-101", "A file in the folder of an area is not read")
NO_PART_OF_THE_FOLDER = VC_COM_101.says(
    "This file is not read, because the folder has no part of that name.",
    "{hint} A part is a file NAME.yaml, or files in the folder NAME.",
)
VC_COM_102 = _warning("VC-COM-102", "A place that was asked about is not known to the directory")
TOWN_NOT_NAMED = VC_COM_102.says(
    "No service names {town!r} in {district}, so whether it was misspelt is not known. {left_out}", "{nearest}"
)
PLACE_OUTSIDE_THE_AREA = VC_COM_102.says(
    "{place} does not lie in {area}, so only services of both are found.", "Correct one of the two, or leave it out."
)

# --- money -----------------------------------------------------------------------------------------------------------

VC_MON_001 = _invalid("VC-MON-001", "Not an amount of money")
NOT_AN_AMOUNT = VC_MON_001.says("{value!r} is not an amount of money.", "Write it as 1234.56 or £1,234.56.")
NOT_WHOLE_PENCE = VC_MON_001.says("{value} is not a whole number of pence.", "Round it to the penny, and say how.")
ONE_PART_IS_WRONG = VC_MON_001.says("{problem}", "The other parts leave {left} of {whole}, {of}.")
WEIGHT_IS_A_FLOAT = VC_MON_001.says(
    "{weight!r} is a float, which is not exact.", "Pass a Decimal, a whole number, or text."
)
AWARD_IS_NEGATIVE = VC_MON_001.says("An award is not negative.", "Record money paid back as spending below 0.")
AMOUNT_IS_A_FLOAT = VC_MON_001.says(
    "{value!r} is a float, which does not hold pence exactly.",
    "Pass a Decimal, a whole number of pounds, or text such as '1234.56'.",
)
VC_MON_002 = _invalid("VC-MON-002", "Parts do not make up the whole")
SHARE_TAKES_OUT = VC_MON_002.says(
    "A share of {share} takes out of the budget instead of paying in.", "Record it as spending."
)
SHARES_DO_NOT_MAKE_A_HUNDRED = VC_MON_002.says(
    "The shares make {made}%, not 100%.", "Correct them; the shares of a pooled budget sum to the whole."
)
PARTS_DO_NOT_MAKE_THE_WHOLE = VC_MON_002.says(
    "The parts make {made} and the whole is {whole}.", "They are {difference} too {way}."
)
PROFILE_DOES_NOT_MAKE_THE_AWARD = VC_MON_002.says(
    "The financial years make £{made:,}, and the award with its variations is £{whole:,}.",
    "Correct a year, or add what a variation changed.",
)
VC_MON_003 = _invalid("VC-MON-003", "More was spent or set aside than there is")
TOO_MUCH_RING_FENCED = VC_MON_003.says("{fenced} is ring-fenced of {amount}.", "Ring-fence no more than is awarded.")
AWARD_OVERSPENT = VC_MON_003.says("{spent} was spent of {amount}.", "Find {short} elsewhere, or correct the spending.")
RING_FENCED_MONEY_USED = VC_MON_003.says(
    "{spent} was spent on other purposes, for which {free} is free.",
    "Find {short} elsewhere: ring-fenced money is for its purpose only.",
)
INSTALMENTS_ABOVE_THE_AWARD = VC_MON_003.says(
    "The instalments make {planned} of {amount}.", "Correct an instalment, or add the variation that pays for it."
)
SUB_AWARDS_ABOVE_THE_AWARD = VC_MON_003.says(
    "{given} was passed on, and the award is {amount}.",
    "Correct a sum, or pay for it from elsewhere.",
)
SPENT_AND_PASSED_ON_ABOVE = VC_MON_003.says(
    "{spent} was spent and {given} passed on, and {of}.", "Correct a sum, or pay for the rest from elsewhere."
)
VC_MON_004 = _invalid("VC-MON-004", "Nothing to divide by, or nothing to share out")
NEGATIVE_SUM_TO_SHARE = VC_MON_004.says("A negative sum is not shared out.", "Give a sum of zero or more.")
NO_WEIGHT_TO_SHARE_BY = VC_MON_004.says("There is no weight to share by.", "Give at least one weight above zero.")
NOT_A_COUNT_TO_DIVIDE_BY = VC_MON_004.says("{number!r} is not a count.", "Pass a whole number.")
NOTHING_TO_DIVIDE_BY = VC_MON_004.says(
    "There are {number} {counted}, so there is no cost of one.", "Show the spending and the number side by side."
)
NOT_A_WEIGHT = VC_MON_004.says("{weight!r} is not a weight.", "Give a number of nought or more.")
VC_MON_101 = _warning("VC-MON-101", "Money was spent outside the days it was given for")
SPENT_OUTSIDE_ITS_DAYS = VC_MON_101.says(
    "{amount} was spent on {on}, outside the days the money is for ({first} to {last}).",
    "It cannot be carried over; pay it from elsewhere.",
)
VC_MON_102 = _warning("VC-MON-102", "Money set aside for one purpose is not spent, or was spent on another")
RING_FENCE_OVERSPENT = VC_MON_102.says(
    "{over} more was spent on {purpose} than the {amount} set aside.",
    "Is it meant to come from the rest of the award?",
)
RING_FENCE_NOT_SPENT = VC_MON_102.says(
    "{left} of the {amount} set aside for {purpose} was not spent.",
    "It is for no other purpose; agree with the funder what happens.",
)
VC_MON_103 = _warning("VC-MON-103", "What became of money is not reported, or does not fit the award")
SPENDING_NOT_REPORTED = VC_MON_103.says(
    "What was spent of {amount} is not reported.", "Ask {recipient}; nothing reported is not nothing spent."
)
SPENT_ABOVE_THE_YEAR = VC_MON_103.says(
    "{spent} was spent in {year}, for which {share} is set aside.", "Agree a new profile with the funder."
)
INSTALMENTS_BELOW_THE_AWARD = VC_MON_103.says(
    "The instalments make {planned} of {amount}.", "Add the rest, or cut the award by a variation."
)
PAID_AGAINST_A_CONDITION = VC_MON_103.says(
    "{amount} was paid on {on}, before its condition {condition!r} was met.", "Ask after the condition."
)
VC_MON_104 = _warning("VC-MON-104", "Money passed on does not keep to the award it comes from")
RING_FENCE_LOST = VC_MON_104.says(
    "{lost} of the money ring-fenced for {purpose} was passed on without the ring-fence ({chains}).",
    "Ring-fence it in the awards that are paid from it: {awards}.",
)
RING_FENCE_PASSED_ON_ABOVE = VC_MON_104.says(
    "{given} was passed on for {purpose}, for which {amount} is ring-fenced.",
    "Is the rest meant to come from the money that is free?",
)
SUB_AWARD_OUTSIDE_ITS_DAYS = VC_MON_104.says(
    "{award} runs from {first} to {last}, outside the days of the award it is paid from.",
    "Pay for those days from elsewhere, or vary one of the two.",
)
CONDITION_NOT_PASSED_ON = VC_MON_104.says(
    "{award} does not have the condition {condition!r}, which must be passed on.", "Add it, with the same `id`."
)
VC_MON_105 = _warning("VC-MON-105", "A format for the public does not hold everything")
NOT_IN_THE_FORMAT = VC_MON_105.says(
    "{count} {what} {was} left out: {form} has no place for {them}.", "The area's folder keeps everything."
)
NOT_FOR_THE_FORMAT = VC_MON_105.says(
    "Left out: {what}. {form} takes each {kind} that {name} makes.", "The area's folder keeps everything."
)
NOT_READ_FROM_THE_FORMAT = VC_MON_105.says("{count} {what} {was} not read.", "Add what you need to the awards.")
REFERENCES_SPELT_ANEW = VC_MON_105.says("{count} {what}.", "References without / and spaces stay as they are.")
GRANT_LACKS_WHAT_IS_REQUIRED = VC_MON_105.says(
    "{what} left out without the `{lacks}` that 360Giving requires: {names}.", "Add it to the award."
)
GRANT_NOT_READ = VC_MON_105.says("The grant was not read. {problem}", "Correct it, or add the award by hand.")
VC_MON_005 = _invalid("VC-MON-005", "Awards cannot be written to, or read from, a format for the public")
PUBLISHER_WITHOUT_A_PREFIX = VC_MON_005.says(
    "The publisher has no `{name}`, which the format requires.", "Add it to publisher.yaml, as in {example}."
)
NOT_A_PREFIX = VC_MON_005.says(
    "This is not a prefix as it is given out.", "Write it as in 360G-borset for grants, and ocds-a1b2c3 for contracts."
)
FOLDER_WITHOUT_A_PUBLISHER = VC_MON_005.says(
    "The folder does not say who publishes.", "Fill in publisher.yaml; `victims-code commissioning init` lays it out."
)
NOT_A_360GIVING_PACKAGE = VC_MON_005.says(
    "This is not a 360Giving package.", "Pass JSON with a list of `grants`; convert a spreadsheet first."
)
GRANT_WITHOUT_ITS = VC_MON_005.says("The grant has no `{name}`.", "Add it; the standard requires it.")
NOT_AS_360GIVING_HAS_IT = VC_MON_005.says(
    "`{name}` is not what 360Giving has there.", "Write a list of groups of keys."
)
TRANSACTION_WITHOUT_A_DAY = VC_MON_005.says("A transaction has no day.", "Give it a `transactionDate`.")

# --- measures --------------------------------------------------------------------------------------------------------

VC_MEAS_001 = _invalid("VC-MEAS-001", "An answer or score lies outside its scale")
SCORE_OUTSIDE_ITS_SCALE = VC_MEAS_001.says(
    "{number} lies outside {scale}, which runs from {lowest} to {highest}.",
    "Check the score, and that it is a score of this scale.",
)
SCORE_NOT_EXACT = VC_MEAS_001.says(
    "{value!r} is not an exact number.", "Pass a whole number, a Decimal or text; never a float."
)
NOT_A_RAW_TOTAL = VC_MEAS_001.says(
    "{raw!r} is not a raw total of {scale}.", "Totals are whole numbers from {lowest} to {highest}."
)
NOT_A_SCALE = VC_MEAS_001.says(
    "{scale} is not a scale from a lowest to a highest score with a good end.",
    "Give lowest < highest, and higher-is-better or lower-is-better.",
)
NOT_AN_ANSWER = VC_MEAS_001.says(
    "{answer!r} is not an answer of {scale}.", "Answers are whole numbers from {lowest} to {highest}."
)
VC_MEAS_002 = _invalid("VC-MEAS-002", "The number of answers is not that of the questionnaire")
ANSWERS_DO_NOT_MATCH_ITEMS = VC_MEAS_002.says(
    "{scale} has {items} items, and {given} answers are given.",
    "Give one for each item, None where there is no answer.",
)
VC_MEAS_003 = _invalid("VC-MEAS-003", "A count cannot be divided by something it is not a part of")
BARE_COUNT_NOT_DIVIDED = VC_MEAS_003.says(
    "{number} {counted} is a bare count: it does not say of how many.",
    "Find the number of people who were asked; it is never all who were supported unless all were asked.",
)
COUNTED_AMONG_OTHERS = VC_MEAS_003.says(
    "{counted!r} was counted among {among!r}, not among {others!r}.", "Divide it by the number it was counted among."
)
NUMERATOR_NOT_A_PART = VC_MEAS_003.says("{number} {counted} cannot be a part of {whole}.", "Check both figures.")
MORE_COUNTED_THAN_ELIGIBLE = VC_MEAS_003.says(
    "{number} were counted, and only {eligible} could have been.", "Check both figures."
)
VC_MEAS_004 = _invalid("VC-MEAS-004", "A result is not of the kind the measure asks for")
MEASURE_NOT_DEFINED_THEN = VC_MEAS_004.says(
    "{measure} was not defined on {day}.", "Use a measure that was in use then."
)
RESULT_OF_ANOTHER_KIND = VC_MEAS_004.says(
    "{measure} is a measure of the kind {kind!r}, and this is a {given}.", "Give a {wanted}."
)
NOT_A_COUNT = VC_MEAS_004.says("{value!r} is not a count.", "Pass a whole number.")
NEGATIVE_NUMBER = VC_MEAS_004.says("A count is not negative.", "Check the figure.")
NOT_A_LEVEL = VC_MEAS_004.says(
    "{level!r} is not a level of confidence.", "Give an exact number between 0 and 1, such as Decimal('0.95')."
)

# --- returns ---------------------------------------------------------------------------------------------------------

VC_RET_001 = _invalid("VC-RET-001", "A column that must be there is missing")
COLUMNS_NOT_PARTED_BY_COMMAS = VC_RET_001.says(
    "The columns are not parted by commas.", "Save the file as comma-separated CSV."
)
NO_COLUMN_IN_RETURN = VC_RET_001.says("There is no column {name!r}.", "Add it: {says}.")
VC_RET_002 = _invalid("VC-RET-002", "A column is not known, or is there twice")
RETURN_COLUMN_TWICE = VC_RET_002.says("The column {name!r} is there twice.", "Keep one of the two.")
RETURN_COLUMN_UNKNOWN = VC_RET_002.says("The column {name!r} is not known.", "{nearest}")
RETURN_COLUMN_WITHOUT_A_NAME = VC_RET_002.says("A column has no name.", "{nearest}")
VC_RET_003 = _invalid("VC-RET-003", "A cell is not of the kind that belongs here")
RETURN_WORD_UNKNOWN = VC_RET_003.says("{name!r} is not known here.", "{nearest}")
FIGURE_AND_REASON = VC_RET_003.says("There is a figure, and a reason why there is none.", "Take out one.")
RETURN_TEXT_NEEDED = VC_RET_003.says("Text is needed, not {given}.", "Write a word or a name.")
STEP_OF_A_PATH_EMPTY = VC_RET_003.says(
    "A step of the way to this part is empty.", "Write it as: basic service > declined."
)
NOT_A_SECTION = VC_RET_003.says("{text!r} is not a section.", "{nearest}")
RETURN_CELL_NOT_A_NUMBER = VC_RET_003.says(
    "{given} is not a number.", "Write it in figures; leave the cell empty if it is not known."
)
RETURN_CELL_NOT_A_COUNT = VC_RET_003.says("{given} is not a count.", "A count is a whole number, zero or more.")
RETURN_CELL_NOT_MONEY = VC_RET_003.says("{given} is not an amount of money.", "Write it as 1234.56.")
RETURN_CELL_NOT_READ = VC_RET_003.says("{problem}", "{hint}")
RETURN_ROWS_NOT_ALL_READ = VC_RET_003.says(
    "The file has {counted} rows and {read} were read.", "Save it again as CSV UTF-8."
)
RETURN_CELL_WITH_AN_ERROR = VC_RET_003.says("The cell holds the error {written}.", "Mend it and write the figure.")
RETURN_CELL_NOT_ONE_VALUE = VC_RET_003.says("A list or a group of keys is here.", "Give one value.")
VC_RET_004 = _invalid("VC-RET-004", "A cell that must be filled is empty")
RETURN_CELL_MISSING = VC_RET_004.says("The {name} is missing.", "Fill it in: {says}.")
HALF_A_BREAKDOWN = VC_RET_004.says(
    "There is a value in {given!r} and none in {wanted!r}.", "Fill in both for a part, and neither for a total."
)
VC_RET_005 = _invalid("VC-RET-005", "Not a period, or not one the agreement knows")
NOT_A_RETURN_PERIOD = VC_RET_005.says("{problem}", "{hint}")
RETURN_CELL_NOT_A_PERIOD = VC_RET_005.says(
    "{given} is not a period.", "Write 2025-26 Q1, 2025-26 or 2025-04-01/2025-06-30."
)
NOT_A_PERIOD_OF_THE_AGREEMENT = VC_RET_005.says(
    "{provider} reports every {months}{clause}, and {period} is not one of those periods.",
    "Its periods then are: {near}.",
)
PERIOD_ENDS_BEFORE_IT_BEGINS = VC_RET_005.says("The period ends on {day}, before it begins.", "Swap the two days.")
NO_SUCH_QUARTER = VC_RET_005.says("There is no quarter {number!r}.", "Give 1, 2, 3 or 4.")
PERIOD_OF_WHICH_YEAR = VC_RET_005.says("{text!r} may be {meanings}.", "Write {labels}.")
PERIOD_OF_NO_YEAR = VC_RET_005.says(
    "{text!r} does not say of which year.", "Write 2025-26 Q1 or April to June 2025, with the year that is meant."
)
NOT_A_PERIOD = VC_RET_005.says(
    "{text!r} is not a period.", "Write 2025-26 Q1, 2025-26, April to June 2025 or 2025-04-01/2025-06-30."
)
QUARTER_OF_OTHER_MONTHS = VC_RET_005.says(
    "{text!r} names other months than those of the quarter.", "Write it as {label}."
)
NOT_A_FINANCIAL_YEAR = VC_RET_005.says(
    "{text!r} is not a financial year.", "Write {years} for the year that begins in {year}{month}."
)
VC_RET_006 = _invalid("VC-RET-006", "The parts do not add up to the total")
PARTS_DO_NOT_MAKE_THEIR_TOTAL = VC_RET_006.says(
    "The parts make {made} and the total says {said}.", "Correct the total or the parts (rows {rows}{elsewhere})."
)
VC_RET_007 = _invalid("VC-RET-007", "A percentage is not what its numerator and denominator make")
PERCENTAGE_OF_NOTHING = VC_RET_007.says("Nothing is {printed}% of zero.", "Leave the percentage empty.")
PERCENTAGE_WRONG = VC_RET_007.says("{above} of {below} is {shown}%, and the return says {printed}%.", "{hint}")
VC_RET_008 = _invalid("VC-RET-008", "The numerator is greater than the denominator")
NUMERATOR_TOO_GREAT = VC_RET_008.says(
    "{above} is more than the {below} it is counted among.", "Check whether the two are swapped, or who was counted."
)
MORE_MEASURED_THAN_COULD_BE = VC_RET_008.says(
    "{measured} were measured, of {eligible} who could have been.", "Check both counts."
)
VC_RET_009 = _invalid("VC-RET-009", "A percentage is next to a bare count, or next to nothing")
PERCENTAGE_OF_A_BARE_COUNT = VC_RET_009.says(
    "{printed}% is given with the bare count {above}, and not what it was counted among.",
    "Give the denominator, or take out the percentage.",
)
PERCENTAGE_WITHOUT_COUNTS = VC_RET_009.says(
    "{printed}% cannot be worked out again without numerator and denominator.", "Give both counts."
)
MEAN_OF_HOW_MANY = VC_RET_009.says(
    "A mean is given without how many people it is the mean of.", "Give the number of people measured twice."
)
VC_RET_010 = _invalid("VC-RET-010", "A referral does not say how it is counted")
BASIS_UNKNOWN = VC_RET_010.says("{name!r} is not known here.", "{nearest}")
BASIS_NOT_STATED = VC_RET_010.says("How these referrals are counted is not stated.", "Write one of: {bases}.")
MIXED_BASIS_WITHOUT_PARTS = VC_RET_010.says(
    "{basis!r} is for a total whose parts say how they are counted.", "Give the parts, each with its basis."
)
VC_RET_012 = _invalid("VC-RET-012", "The periods of a provider overlap")
PERIODS_OVERLAP = VC_RET_012.says("{later} overlaps {last}, which {provider} reports as well.", "Report each day once.")
VC_RET_013 = _invalid("VC-RET-013", "The provider is not known")
NO_SUCH_PROVIDER = VC_RET_013.says("There is no provider {name!r}.", "{nearest}")
VC_RET_014 = _invalid("VC-RET-014", "The same line is there twice")
LINE_TWICE = VC_RET_014.says("{label} is in {place} already.", "Keep one; if they are of two services, name them.")
VC_RET_015 = _invalid("VC-RET-015", "The measure is not in the framework")
NO_SUCH_MEASURE = VC_RET_015.says("There is no measure {name!r} in {frameworks}.", "{nearest}")
NOT_COUNTED_THROUGHOUT = VC_RET_015.says(
    "{measure} was not counted throughout {period}.", "Use a measure that was in use, or extend its definition."
)
VC_RET_016 = _invalid("VC-RET-016", "A cell holds a formula without a saved value")
RETURN_CELL_WITH_A_FORMULA = VC_RET_016.says(
    "The cell holds a formula, and no value was saved for it.",
    "Open the file in a spreadsheet program and save it, or write the value.",
)
VC_RET_017 = _invalid("VC-RET-017", "Cells are merged")
CELLS_MERGED = VC_RET_017.says(
    "Cells are merged here, so those behind the first are empty.", "Unmerge them and write the value in each row."
)
VC_RET_018 = _invalid("VC-RET-018", "There is nothing in the return")
RETURN_IS_EMPTY = VC_RET_018.says(
    "There is no line in this return.",
    "Begin with a row of column names, and give each figure a row below it.",
)
NO_SHEET_OF_A_RETURN = VC_RET_018.says(
    "There is no sheet called {name!r}; the workbook has {titles}.",
    "Call the sheet with the figures 'return', or name it.",
)
VC_RET_019 = _invalid("VC-RET-019", "A measure is reported in the wrong column or section")
MEASURE_IN_ANOTHER_SECTION = VC_RET_019.says(
    "{measure} belongs to the section {section!r}, not {given!r}.", "Correct the section."
)
FIGURE_OF_ANOTHER_KIND = VC_RET_019.says(
    "{measure} is a measure of the kind {kind!r}, which has no {name}.", "Write it in {fitting}."
)
VC_RET_020 = _invalid("VC-RET-020", "A correction does not fit what was returned")
NOTHING_TO_CORRECT = VC_RET_020.says("There is no {column} of {who} to be corrected.", "Name a line as returned.")
CORRECTION_OF_ANOTHER_FIGURE = VC_RET_020.says(
    "The {column} of {who} is {was} as returned, not {said}.", "Look at the return again."
)
VC_RET_101 = _warning("VC-RET-101", "More people were supported than referred")
MORE_SUPPORTED_THAN_REFERRED = VC_RET_101.says(
    "{supported} were supported, with {referred} referred{beside}.",
    "Were cases carried over from before, or are the two counted in different ways?",
)
VC_RET_102 = _warning("VC-RET-102", "A figure is missing without a reason")
FIGURE_WITHOUT_A_REASON = VC_RET_102.says(
    "There is no figure for {label}; it is not taken as zero.",
    "Is it zero, or missing? Write 0, or one of these in why_missing: {reasons}.",
)
VC_RET_103 = _warning("VC-RET-103", "Parts are given without their total")
PARTS_WITHOUT_THEIR_TOTAL = VC_RET_103.says(
    "{label} is a part, and there is no line for {above}.", "Add it, so that the parts can be checked."
)
VC_RET_104 = _warning("VC-RET-104", "A row is empty")
RETURN_ROW_EMPTY = VC_RET_104.says("This row is empty.", "Take it out, or fill it in if something is missing.")
VC_RET_105 = _warning("VC-RET-105", "A sum cannot be checked because a part is missing")
SUM_WITHOUT_A_PART = VC_RET_105.says(
    "A part of {label} is missing, so its {name} cannot be checked; the others make {made}.",
    "Fill in the missing part (rows {rows}{elsewhere}).",
)
VC_RET_106 = _warning("VC-RET-106", "An outcome is a bare count")
BARE_COUNT = VC_RET_106.says(
    "{above} is a bare count and is not divided by anything.", "Among how many people was it counted?"
)
VC_RET_107 = _warning("VC-RET-107", "The definition of a measure changes within the period")
DEFINITION_CHANGES = VC_RET_107.says(
    "The definition of {measure} changes on {day}, within the period.", "Which definition was used?"
)
VC_RET_108 = _warning("VC-RET-108", "The periods of a provider leave a gap")
PERIODS_LEAVE_A_GAP = VC_RET_108.says(
    "Nothing is reported by {provider} from {first} to {last}.", "Is a return missing, or a period wrong?"
)
VC_RET_109 = _warning("VC-RET-109", "What was asked for is not in the return")
ASKED_AND_NOT_REPORTED = VC_RET_109.says(
    "{provider} is asked for {measure}, and the return for {period} has no line of it{parts}.",
    "Add the line, with a reason if there is no figure.",
)
VC_RET_021 = _invalid("VC-RET-021", "A register does not say how a provider reports")
VC_RET_023 = _invalid("VC-RET-023", "A workbook for providers cannot be made")
NO_RETURN_ENDS_THEN = VC_RET_023.says(
    "No provider owes a return for a period that ends in {period}.", "Give another period, or look at the register."
)
TEMPLATE_IS_THERE = VC_RET_023.says(
    "This file is there already.", "Move it away: it may have been filled in. Nothing was written."
)
TEMPLATE_NOT_WRITTEN = VC_RET_023.says("The workbooks cannot be written: {reason}.", "Give another folder.")
VC_RET_024 = _invalid("VC-RET-024", "A receipt cannot be noted")
RECEIVED_ALREADY = VC_RET_024.says(
    "The return of {provider} for {period} is noted already.",
    "If it was sent back, give that receipt `sent_back` and the day.",
)
RECEIPT_NOT_WRITTEN = VC_RET_024.says("The register cannot be written: {reason}.", "See who may write to it.")
VC_RET_025 = _invalid("VC-RET-025", "A mapping of a wide sheet does not say what a figure is")
SAID_TWICE_OF_A_FIGURE = VC_RET_025.says("The {name} of a figure is said twice.", "Say it in one place.")
NOT_SAID_OF_A_FIGURE = VC_RET_025.says(
    "Nothing says the {names} of these figures.", "Say it in `every`, `read`, the row or the column."
)
ROWS_WITHOUT_A_LABEL = VC_RET_025.says(
    "Rows are mapped, and not the column that their texts are in.", "Give the column as `label`."
)
ROW_NOT_MAPPED = VC_RET_025.says("The mapping does not know the row {text!r}.", "{nearest} Add it, or ignore it.")
VC_RET_022 = _invalid("VC-RET-022", "Sums are not of providers")
SUMMARY_WITHOUT_PROVIDERS = VC_RET_022.says(
    "What goes to the ministry is no longer of providers and quarters.", "Make the table of what `add_up` gave."
)
PROVIDER_WITHOUT_A_VALUE = VC_RET_021.says(
    "Providers report by what their agreement is worth, and the value of {name} is not stated.",
    "Give it a value, or returns of its own.",
)

# --- compliance ------------------------------------------------------------------------------------------------------

VC_COMP_001 = _invalid("VC-COMP-001", "Counts and their totals do not fit together")
NEGATIVE_COUNT = VC_COMP_001.says("A count is not negative.", "Check the figure.")
NO_SUCH_CELL = VC_COMP_001.says("There is no cell {name!r}.", "Name cells that are given.")
VC_COMP_002 = _invalid("VC-COMP-002", "A table of obligations lacks a column, or has one of the wrong kind")
OBLIGATIONS_WITHOUT_A_COLUMN = VC_COMP_002.says(
    "The column {column!r} is missing.", "Add it, as it comes from the assessment in bulk."
)
OBLIGATIONS_OF_ANOTHER_KIND = VC_COMP_002.says(
    "In {count:,} rows the column {column!r} {problem}.", "Correct these rows or leave them out."
)
NO_PERIODS_BY_THAT = VC_COMP_002.says("Periods cannot go by {periods_by!r}.", "Give one of: {known}.")
NOT_A_TABLE = VC_COMP_002.says(
    "A table is needed, not {kind}.",
    "Pass a path to a Parquet or CSV file, a DuckDB relation, an Arrow table, a pandas or polars frame, or a list of"
    " assessments.",
)
VC_COMP_003 = _invalid("VC-COMP-003", "A table of obligations says something that no assessment says")
NO_SUCH_VALUE_IN_OBLIGATIONS = VC_COMP_003.says("{count:,} rows have the {column} {value!r}.", "Known: {known}.")
NO_SUCH_EDITION_OF_OBLIGATIONS = VC_COMP_003.says(
    "{count:,} rows have the edition {edition!r}, which this Code does not have.",
    "Pass the Code they were worked out under as `code`.",
)
NO_SUCH_DUTY_OF_OBLIGATIONS = VC_COMP_003.says(
    "{count:,} rows have the duty {duty!r}, which {edition} does not have.",
    "Pass the Code they were worked out under as `code`.",
)
VC_COMP_004 = _invalid("VC-COMP-004", "There is nothing to group by under that name")
NOTHING_TO_GROUP_BY = VC_COMP_004.says("There is nothing called {name!r} to group by.", "{nearest}")
NO_SUCH_VALUE_TO_KEEP = VC_COMP_004.says("No obligation has the {column} {value!r}.", "{nearest}")
NO_VALUE_TO_KEEP = VC_COMP_004.says(
    "The filter by {column!r} names no value.", "Name one or several, or leave the column out."
)
VC_COMP_005 = _invalid("VC-COMP-005", "A measure cannot be worked out in this way or from this table")
SMALL_NUMBERS_IN_PUBLICATION = VC_COMP_005.says(
    "A report that shows small numbers is not for publication.", "Give a rule, or leave `for_publication` out."
)
FUNNEL_WITHOUT_AREAS = VC_COMP_005.says(
    "A funnel needs a share by {by!r}.", "Make one with measure('on-time-share', obligations, by=[{by!r}])."
)
CHANGES_WITHOUT_PERIODS = VC_COMP_005.says(
    "Changes over time need a share by a period, and not by {period!r}.",
    "Make one with measure('on-time-share', obligations, by=['quarter']).",
)
FRAME_WITHOUT_A_MAPPING = VC_COMP_002.says(
    "A {given} is not the tables of a record.",
    "Pass bulk.Tables(events=…, victims=…), or for one wide table `mapping=`, the mapping of its columns.",
)
MAPPING_OF_TABLES = VC_COMP_002.says(
    "A mapping and `keep` are for one wide table, and these are the tables of the contract.",
    "Leave them out, or pass the wide table in their place.",
)
WHAT_IF_WITHOUT_A_RECORD = VC_COMP_005.says(
    "These obligations do not know the record they were worked out from, so nothing can be worked out again.",
    "Open them with compliance.from_tables or compliance.from_assessments, or open the changed ones too.",
)
NOTHING_TO_PLOT = VC_COMP_005.says(
    "A plot shows one column, and the table is by: {columns}.", "Name one of them: table.plot(by='duty')."
)
WHAT_IF_WITHOUT_LAW = VC_COMP_005.says(
    "The first table must be under the law and the second under a changed Code.",
    "Open the second with Obligations.open(table, code=changed_code).",
)
NO_GOOD_REASONS_IN_TABLE = VC_COMP_005.says(
    "It cannot be worked out, because the table of obligations has no column 'good_reason'.",
    "Add the column, or leave the measure out.",
)
VC_COMP_006 = _invalid("VC-COMP-006", "A table beside the obligations does not fit them")
TABLE_BESIDE_WITHOUT_A_COLUMN = VC_COMP_006.says(
    "The column {column!r} is missing.", "Add it, and fill it in every row: it joins the tables."
)
TABLE_BESIDE_WITH_REPEATED_ROWS = VC_COMP_006.says(
    "{count:,} of its {key} are in more than one row.", "Keep one row for each."
)
GROUPING_NAME_TAKEN = VC_COMP_006.says("The name {name!r} is taken.", "Call the column something else.")
