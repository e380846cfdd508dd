"""The made-up Code of the guide, laid out from the Code of 2021 and filled in, once for all tests of the room."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from victims_code.code import VictimsCode
from victims_code.drafting.new_edition import lay_out_edition

MADE_UP = Path(__file__).resolve().parents[2] / "examples" / "made-up-code"


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory):
    """A folder of law with a new edition as it is laid out; no test writes into it."""
    root = tmp_path_factory.mktemp("laid-out") / "law"
    lay_out_edition(
        "code-made-up", based_on="code-2021", folder=root, title="the made-up Code", in_force_from=date(2027, 6, 1)
    )
    return root


@pytest.fixture(scope="session")
def made_up(laid_out, tmp_path_factory):
    """The same with the made-up Code filled in; no test writes into it."""
    root = shutil.copytree(laid_out, tmp_path_factory.mktemp("made-up") / "law")
    _leave_only_the_last_law(root)
    for path in (root / "editions" / "code-made-up").glob("right-*.yaml"):
        path.unlink()
    shutil.copytree(MADE_UP / "editions", root / "editions", dirs_exist_ok=True)
    shutil.copytree(MADE_UP / "cases", root / "cases")
    with (root / "lineage.yaml").open("a", encoding="utf-8") as lineage:
        lineage.write((MADE_UP / "lineage-rows.yaml").read_text(encoding="utf-8"))
    return root


def _leave_only_the_last_law(root):
    """Take everything out but the Code of 2021 and the draft, so that a test reads little."""
    for name in ("cross-references", "provisions", "schemes"):
        shutil.rmtree(root / name)
    for file, begins in (("editions.yaml", "  - id: "), ("lineage.yaml", "- earlier: ")):
        head, *entries = (root / file).read_text(encoding="utf-8").split(f"\n{begins}")
        kept = [entry for entry in entries if entry.startswith(("code-2021", "code-made-up"))]
        (root / file).write_text("".join([head, *(f"\n{begins}{entry}" for entry in kept)]), encoding="utf-8")
    for old in ("code-2006", "code-2013", "code-2015"):
        shutil.rmtree(root / "editions" / old)
        (root / "definitions" / f"{old}.yaml").unlink()


@pytest.fixture(scope="session")
def code(made_up):
    """The law with the made-up Code as a draft."""
    return VictimsCode.load(made_up, drafts=True)


@pytest.fixture
def folder(made_up, tmp_path):
    """A copy of the filled-in folder, to be altered."""
    return shutil.copytree(made_up, tmp_path / "law")
