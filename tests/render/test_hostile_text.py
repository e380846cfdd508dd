"""Text from a record is shown in every output and acts in none: no escape sequence, markup, link, formula or line."""

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import icalendar
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.text import Text

import victims_code as vc
from victims_code import cli
from victims_code.cli import terminal
from victims_code.errors import VictimsCodeError
from victims_code.faults import Fault
from victims_code.printable import json_text, one_line, printable
from victims_code.render import assessments_to_csv, assessments_to_icalendar, timeline_to_svg

CODE = vc.VictimsCode.load()
ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SEQUENCES = ["\x1b[31m", "\x1b]8;;https://evil.example\x07", "\x9b2J", "\x07", "\x00", "\u202e"]
BREAKS = ["\r", "\n", "\t", "\u2028", "\x85", " "]
MARKUP = [
    *("[redacted]", "[/]", "[link=https://evil.example]x[/link]", ":bomb:", "{{7}}", "BEGIN:VEVENT", ";", ",", "\\"),
    *("|", "`", "``", "*", "_", "~~", "#", "-", "1.", ">", "[a](https://evil.example)", "![a](x)", "<b>", "</td>"),
    *("https://evil.example", "www.evil.example", "<script>alert(1)</script>", "<!--", "]]>", "&amp;", '"', "'"),
    *("=1+1", "+1", "@x", "é", "ŵ", "a", "V1"),
]
PIECES = [*SEQUENCES, *BREAKS, *MARKUP]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), min_size=1, max_size=6).map("".join)
SOUND = HOSTILE.filter(lambda text: text.strip() and not re.search("[\ud800-\udfff]", text))  # blanks are nothing


def assessed(text):
    case = vc.Case(
        reference=text,
        victims=[vc.Victim(reference=text)],
        offence=vc.Offence(cjs_code=text),
        events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect=text, source=text)],
    )
    return CODE.assess(case, as_at=date(2026, 4, 20))


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]


def tags(html):
    parser = Tags()
    parser.feed(html)
    return parser


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_no_output_of_an_assessment_acts_on_what_shows_it(text):
    result = assessed(text)
    explanation = result.obligations[0].explain()
    shown = {
        "html": result.to_html(page=True),
        "markdown": result.to_markdown(),
        "json": json_text(result.to_dict()),
        "csv": result.to_csv(),
        "ics": assessments_to_icalendar([result.to_dict()]),
        "svg": timeline_to_svg(result.timeline().to_dict()),
        "explained": explanation.to_text(),
        "explained in markdown": explanation.to_markdown(),
        "explained in html": explanation.to_html(),
        "statement": result.statement().to_markdown(),
        "statement in html": result.statement().to_html(page=True),
        "for the victim": result.for_the_victim().to_markdown(),
        "for the victim in html": result.for_the_victim().to_html(page=True),
    }
    for form, written in shown.items():
        assert not ACTS.search(written), form
        written.encode("utf-8")


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_a_page_has_the_same_tags_whatever_a_record_is_called(text):
    named = re.sub(r"[^ -~]", "", text).strip() or "x"
    for show in (
        lambda r: r.to_html(page=True),
        lambda r: MarkdownIt("commonmark").enable("table").render(r.to_markdown()),
        lambda r: r.statement().to_html(page=True),
        lambda r: MarkdownIt("commonmark").enable("table").render(r.statement().to_markdown()),
        lambda r: r.for_the_victim().to_html(page=True),
    ):
        plain, hostile = tags(show(assessed("x"))), tags(show(assessed(named)))
        assert set(hostile.seen) <= set(plain.seen)
        assert hostile.links == plain.links


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_every_row_of_a_markdown_table_has_the_cells_of_its_header(text):
    width = None
    for line in assessed(text).to_markdown().splitlines():
        cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
        assert not line.startswith("|") or width in (None, cells)
        width = cells if line.startswith("|") else None


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_a_csv_cell_holds_the_text_and_no_formula(text):
    result = assessed(text).to_dict()
    (first, *_) = csv.DictReader(io.StringIO(assessments_to_csv([result]), newline=""))
    assert first["reference"].removeprefix("'") == printable(text, keep="\t\r").removeprefix("'")
    assert not first["reference"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_a_diary_has_short_lines_and_reads_back(text):
    result = assessed(text).to_dict()
    written = assessments_to_icalendar([result])
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert not re.search("[\r\n]", written.replace("\r\n", ""))
    (event, *_) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert printable(text) in str(event["SUMMARY"])
    again = assessments_to_icalendar([result], replaces=written)
    assert "CANCELLED" not in again


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_a_timeline_is_well_formed(text):
    ElementTree.fromstring(timeline_to_svg(assessed(text).timeline().to_dict()))


@given(SOUND)
@settings(max_examples=6, deadline=None)
def test_the_terminal_shows_a_reference_as_it_is_written(text):
    result = assessed(text)
    console = terminal._Screen(width=400, highlight=False, force_terminal=True, color_system="truecolor")
    with console.capture() as captured:
        console.print(*terminal.assessment(result.to_dict(explain=True), {}, explain=True))
    colours = re.compile(r"\x1b\[[\d;]*m")
    assert not ACTS.search(colours.sub("", captured.get()))
    plain = Text.from_ansi(captured.get()).plain
    assert one_line(text).strip() in plain or printable(text).split("\n")[0].strip() in plain


@pytest.mark.parametrize("name", ["[redacted]", "V1 [/]", ":bomb:", "[bold]V1"])
def test_markup_in_a_reference_is_shown_and_not_followed(tmp_path, name):
    file = tmp_path / "case.yaml"
    file.write_text(json.dumps({"reference": "A1", "victims": [{"reference": name}]}), encoding="utf-8")
    answer = CliRunner().invoke(cli.main, ["assess", str(file), "--as-at", "2026-04-20"])
    assert answer.exit_code == 0
    assert f" {name} " in answer.output


def test_a_fault_is_one_line_whatever_it_quotes():
    fault = Fault(
        code="VC-FILE-003", location="a\nb\x1b[31m.yaml", message="The key \u202e is not known.", hint="Out\r\n."
    )
    for text in (str(fault), str(VictimsCodeError(fault))):
        assert len(text.splitlines()) == 1
        assert not ACTS.search(text)


def test_a_file_name_with_an_escape_sequence_is_shown_to_text(tmp_path):
    answer = CliRunner().invoke(cli.main, ["assess", str(tmp_path / "a\x1b[31m.yaml"), "--as-at", "2026-04-20"])
    assert answer.exit_code == 1
    assert "a\\x1b[31m.yaml" in answer.stderr
    assert not ACTS.search(answer.stderr)


def test_wrong_usage_is_quoted_to_text():
    answer = CliRunner().invoke(cli.main, ["assess", "x.yaml", "--as-at", "\x1b]0;owned\x07"])
    assert answer.exit_code == 2
    assert not ACTS.search(answer.stderr)
