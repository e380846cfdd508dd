"""The measures as data: cited, complete, and refused with every fault if they are not."""

from __future__ import annotations

import shutil

import pytest

from victims_code.compliance import measures
from victims_code.compliance.measuring.definitions import read_measures
from victims_code.errors import LawDataError
from victims_code.figures import publication_defaults
from victims_code.law import Evidence
from victims_code.reading.data_files import data_folder


def test_no_measure_claims_more_than_was_read():
    """Nothing prescribes how compliance is counted. Two measures rest on something read, and say on what."""
    rests = {
        id_: measure.cites[0].source
        for id_, measure in measures().items()
        if measure.evidence is not Evidence.UNCONFIRMED
    }

    assert rests == {"on-time-share": "mpa-code-compliance-2011", "late-with-good-reason-share": "vpa-2024"}


def test_every_measure_says_what_it_leaves_out():
    for measure in measures().values():
        assert measure.exclusions
        assert measure.what.endswith(".")


def test_the_five_items_of_the_return():
    items = measures().quarterly_return.items

    assert [(item.id, item.counted and item.counted.shown_by) for item in items] == [
        ("written-acknowledgement", "crime-acknowledged"),
        ("referred-to-support", "referred-to-support"),
        ("updates-in-time", "victim-informed"),
        ("vps-offered", "vps-offered"),
        ("told-of-release", None),
    ]
    assert "no event for an offender's release" in items[-1].cannot_be_counted
    for item in items:
        assert item.evidence is Evidence.SECONDARY
        assert item.counted is None or item.counted.evidence is Evidence.UNCONFIRMED


def test_the_defaults_of_publication():
    assert publication_defaults().small_numbers.below == 5
    assert publication_defaults().small_numbers.evidence is Evidence.UNCONFIRMED
    assert (publication_defaults().financial_year.first_month, publication_defaults().due_soon.working_days) == (4, 5)
    assert [str(level) for level in (publication_defaults().funnel.inner, publication_defaults().funnel.outer)] == [
        "0.95",
        "0.998",
    ]


def test_a_broken_file_gives_every_fault(tmp_path):
    folder = tmp_path / "measures"
    shutil.copytree(data_folder() / "measures", folder)
    path = folder / "timeliness.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  kind: share", "  kind: shares", 1)
    text = text.replace("status: [overdue], limited: true", "status: [overdew], limited: true", 1)
    text = text.replace("percentile: 90", "percentil: 90", 1)
    text = text.replace("source: vpa-2024}", "source: vpa-2042}", 1)
    path.write_text(text, encoding="utf-8")
    other = folder / "moj-quarterly-return.yaml"
    other.write_text(
        other.read_text(encoding="utf-8").replace("shown_by: vps-offered", "shown_by: vps-offerd", 1), encoding="utf-8"
    )

    with pytest.raises(LawDataError) as caught:
        read_measures(tmp_path)
    text = str(caught.value)
    for part in (
        "timeliness.yaml, line 11, [0].kind: 'shares' is not allowed here. Did you mean 'share'?",
        "'overdew' is not allowed here. Did you mean 'overdue'?",
        "The key 'percentil' is not known here. Did you mean 'percentile'?",
        "There is no source 'vpa-2042'. Did you mean 'vpa-2024'",
        "There is no event 'vps-offerd'. Did you mean 'vps-offered'?",
    ):
        assert part in text


def test_a_share_needs_both_numbers_and_a_numerator_that_is_part_of_the_other(tmp_path):
    folder = tmp_path / "measures"
    shutil.copytree(data_folder() / "measures", folder)
    path = folder / "recording.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "numerator: {words: recorded as done, status: [met, met-late]", "numerator: {words: x, status: [suspended]"
    )
    text = text.replace("  kind: count\n", "  kind: percentile\n", 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LawDataError) as caught:
        read_measures(tmp_path)
    assert "counts statuses that the denominator does not" in str(caught.value)
    assert "A percentile has exactly: denominator, percentile." in str(caught.value)
