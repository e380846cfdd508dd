"""A new edition of the Code, laid out as files of data from an earlier one, for a person to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import indent, wrap
from typing import Any

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, need_path
from victims_code.dates import parse_date
from victims_code.drafting.files import edited, flow, law_names, write_law
from victims_code.errors import LawDataError, UnknownNameError, WrongValueError
from victims_code.faults import did_you_mean
from victims_code.law import Edition, Law, read_law_files
from victims_code.printable import capitalised
from victims_code.reading.data_files import data_folder
from victims_code.reading.documents import write_yaml

_NAME = re.compile(r"(?!hypothetical-)[a-z][a-z0-9]*(-[a-z0-9]+)*")


@checked_if_it_fails
def lay_out_edition(
    id_: str,
    *,
    based_on: str,
    folder: str | Path,
    title: str | None = None,
    in_force_from: date | None = None,
) -> tuple[Path, ...]:
    """Lay out the files of a new edition, a draft, in a folder of law; a folder that is not there is made.

    Everything is copied from the earlier edition and marked *unconfirmed*, without the notes and statements that were
    about that edition alone.

    :param title: the title as it is said in a sentence.
    :param in_force_from: the first day it governs; by default the day of the law version, until the day is known.
    :return: the files that were written for it.
    :raises WrongValueError: if the name or the first day cannot be.
    :raises UnknownNameError: if there is no such earlier edition.
    :raises LawDataError: with every fault of the folder; then nothing is written.
    """
    if not _NAME.fullmatch(id_):
        raise WrongValueError(faults.NOT_A_NAME_FOR_AN_EDITION.at("id", name=id_))
    root = need_path(folder, "folder")
    fresh = not root.exists() or (root.is_dir() and not any(root.iterdir()))
    if not fresh and not (root / "editions.yaml").is_file():
        raise LawDataError(faults.NOT_A_FOLDER_OF_LAW.at(str(root)))
    here = data_folder() if fresh else root
    files = read_law_files(here)
    if files.law is None or files.faults:
        raise LawDataError(*files.faults)
    earlier = _earlier(files.law, based_on)
    since = _first_day(in_force_from, files.law, earlier)
    draft = _Draft(
        id=_free(id_, files.law, root),
        title=title or f"the new Code ({id_})",
        since=since,
        earlier=earlier,
        follows=_law_before(since, files.law),
        folder=here,
    )
    texts = dict(draft.texts())
    copied = {name: (here / name).read_text(encoding="utf-8") for name in law_names(here)} if fresh else {}
    write_law(root, {**copied, **texts, **({"README.md": _README.format(draft=draft)} if fresh else {})})
    return tuple(root / name for name in (*texts, *(["README.md"] if fresh else [])))


def _earlier(law: Law, id_: str) -> Edition:
    if id_ not in law.editions:
        nearest = did_you_mean(id_, law.editions, listing="Editions")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("--from", kind="edition", name=id_, nearest=nearest))
    return law.editions[id_]


def _free(id_: str, law: Law, root: Path) -> str:
    if id_ in law.infos or (root / "editions" / id_).exists() or f"printed-{id_}" in law.sources:
        raise WrongValueError(faults.EDITION_IS_THERE.at("id", edition=id_))
    return id_


def _first_day(given: date | None, law: Law, earlier: Edition) -> date:
    day = parse_date(law.version) if given is None else given
    if day <= earlier.info.in_force_from:
        raise WrongValueError(
            faults.EDITION_BEGINS_TOO_EARLY.at(
                "in_force_from", day=day, earlier=earlier.id, since=earlier.info.in_force_from
            )
        )
    return day


def _law_before(day: date, law: Law) -> str:
    before = [
        edition.info for edition in law.editions.values() if edition.info.is_law and edition.info.in_force_from < day
    ]
    return max(before, key=lambda info: info.in_force_from).id


@frozen(kw_only=True)
class _Draft:
    """The files of a new edition, made from those of the earlier one in a folder.

    ``follows`` is the edition that was law before it, from which its lineage leads.
    """

    id: str
    title: str
    since: date
    earlier: Edition
    follows: str
    folder: Path

    @property
    def source(self) -> str:
        """The identifier of the printed Code in the bibliography."""
        return f"printed-{self.id}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every file that is new or longer, by its name in the folder of law."""
        yield "editions.yaml", self._longer("editions.yaml", self._cover(), "  ")
        yield "sources.yaml", self._longer("sources.yaml", self._printed())
        yield "lineage.yaml", self._longer("lineage.yaml", _LINEAGE.format(earlier=self.follows, later=self.id))
        yield f"editions/{self.id}/edition.yaml", self._copied("edition.yaml", _EDITION, self._anew)
        yield f"editions/{self.id}/eligibility.yaml", self._copied("eligibility.yaml", _ELIGIBILITY)
        for part in self.earlier.parts:
            yield (
                f"editions/{self.id}/{part.file}",
                self._copied(part.file, f"{self.earlier.part_label(part.id)}.\n{_PART}"),
            )
        name = f"definitions/{self.earlier.id}.yaml"
        if (self.folder / name).is_file():
            yield f"definitions/{self.id}.yaml", self._copy_of(name, _DEFINITION, self._defined)

    def _longer(self, name: str, entry: str, margin: str = "") -> str:
        """A file that ends with a list, with one entry more."""
        text = (self.folder / name).read_text(encoding="utf-8")
        return f"{text.rstrip()}\n\n{indent(entry, margin)}"

    def _cover(self) -> str:
        plain = write_yaml([{"title": self.title, "made_under": self.earlier.info.made_under}])
        title, made_under = (line.removeprefix("- ").strip() for line in plain.splitlines())
        return _COVER.format(draft=self, title=title, made_under=made_under)

    def _printed(self) -> str:
        return write_yaml(
            [
                {
                    "id": self.source,
                    "title": f"{capitalised(self.title)}, as printed",
                    "publisher": "Ministry of Justice",
                    "kind": "code",
                    "read": "Not read yet. Statements that rest on nothing else are unconfirmed.",
                }
            ]
        )

    def _copied(self, name: str, head: str, change: Any = None) -> str:
        return self._copy_of(f"editions/{self.earlier.id}/{name}", head, change)

    def _copy_of(self, name: str, head: str, change: Any) -> str:
        """A file of the earlier edition for this one, with another head, and every statement not read yet."""
        text = (self.folder / name).read_text(encoding="utf-8")
        body = re.sub(r"\A(#.*\n|\n)*", "", text)

        def made(data: Any) -> None:
            self._unread(data)
            if isinstance(data, dict):
                data.pop("statements", None)
            if change is not None:
                change(data)

        copy = edited(body, made)
        copy = re.sub(r"(?<!\n)\n(?=- id: )", "\n\n", copy)  # the blank lines that went with a note
        return f"{_comment(head.format(draft=self, earlier=self.earlier.id))}\n\n{copy.rstrip()}\n"

    def _unread(self, node: Any) -> None:
        """Rest every statement on the printed Code, which no one has read yet."""
        if isinstance(node, dict):
            if "evidence" in node:
                node["cites"] = flow(f"[{{source: {self.source}}}]")
                node["evidence"] = "unconfirmed"
                node.pop("note", None)
            for inner in node.values():
                self._unread(inner)
        elif isinstance(node, list):
            for inner in node:
                self._unread(inner)

    def _anew(self, data: Any) -> None:
        data["id"] = self.id

    def _defined(self, data: Any) -> None:
        data["id"] = self.id
        data["title"] = self.title
        data["since"] = self.since
        data.pop("until", None)
        data["advice"] = True


def _comment(text: str) -> str:
    """Sentences as a comment, a paragraph for each line of them."""
    return "\n".join(f"# {line}" for given in text.splitlines() for line in wrap(given, 116))


_COPIED = "Copied from {earlier}: hold every line against the printed Code, and correct it."
_EDITION = f"""\
{{draft.id}}, a draft: its parts in printed order, each with the file of its duties; the bodies it binds.
{_COPIED}
Add what the Code says that is not a duty under `statements`, each with `id`, `statement`, `cites` and `evidence`."""
_ELIGIBILITY = f"""\
Whom {{draft.id}} covers, and who gets Enhanced Rights under it.
{_COPIED}
Add what else the Code says of this under `statements`."""
_PART = f"""\
{_COPIED}
A duty that is still the same duty keeps its `id`. Delete one that is gone; add a new one where it is printed.
Write the title in our own words. Change the deadline, the bodies and the condition to those of the print.
Leave `evidence: unconfirmed`: `victims-code law confirm` raises it to `text` when it was read in the print."""
_DEFINITION = f"""\
Who is a victim under {{draft.id}}, limb by limb.
{_COPIED}
Take `advice: true` out when the Code is in force: until then this is not law."""
_COVER = """\
- id: {draft.id}
  # The title as it is said in a sentence.
  {title}
  # The Act and the section under which the Code is issued.
  {made_under}
  # The first day it governs. Until that is known, the day from which you want to try it.
  in_force_from: {draft.since}
  in_force_until: null
  # A draft is read only when it is asked for, and every answer under it says that it is not law. When the Code is in
  # force, write in-force here, and give {draft.follows} its last day and the status superseded.
  status: draft
  encoded: true
  # The printed Code in sources.yaml. Say there, under `read`, what was read of it.
  printed: {draft.source}
  cites: [{{source: {draft.source}}}]
  evidence: unconfirmed
"""
_LINEAGE = """\
# What became of each duty of {earlier} in {later}. A duty with the same `id` and the same content needs no row. Every
# other one needs one: `victims-code law check` lists those that are missing. A group of rows looks like this:
#   changed:
#     - duties: [acknowledge-complaint]
#       what: [deadline]
#       why: Ten working days became five.
#       cites: [printed-{later}]
#       evidence: unconfirmed
# The groups are `new`, `dropped`, `changed` (with `what`), `merged` and `split` (with `into`).
- earlier: {earlier}
  later: {later}
"""
_README = """\
# {draft.id}: a draft edition of the Code

This folder holds the law as data. It was laid out from {draft.earlier.id}. Nothing in it is code.

| file | what it is for |
|---|---|
| `editions.yaml` | the title, the Act and the dates of {draft.id}; write `in-force` there on the day |
| `sources.yaml` | the printed Code, as `{draft.source}`; say there what was read of it |
| `editions/{draft.id}/edition.yaml` | the parts of the Code, the bodies it binds, and what it says that is not a duty |
| `editions/{draft.id}/eligibility.yaml` | whom it covers, and who gets Enhanced Rights |
| `editions/{draft.id}/` and the rest | one file a part, with its duties in printed order |
| `definitions/{draft.id}.yaml` | who is a victim |
| `lineage.yaml` | what became of each duty of {draft.follows} |
| `cases/` | worked cases, one a file; make this folder |

Ask after every change: `victims-code law check FOLDER`.

## A worked case

Work out by hand what must follow, then let the library answer:

```yaml
name: A complaint is acknowledged in time
origin: made up
why: Five working days after Monday 7 June 2027 is Monday 14 June 2027.
as_at: 2027-06-30
case:
  reference: C1
  victims: [{{reference: V1}}]
  events:
    - {{event: complaint-received, at: 2027-06-07}}
    - {{event: complaint-acknowledged, at: 2027-06-10}}
expect:
  obligations:
    - {{duty: acknowledge-complaint, edition: {draft.id}, due_on: 2027-06-14, status: met}}
```
"""
