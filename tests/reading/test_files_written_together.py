"""Files of a folder are all the new ones or all the old ones."""

from pathlib import Path

import pytest

from victims_code.reading.writing import write_all_aside

OLD = {"report.html": b"of last month", "report.md": b"of last month"}
NEW = {"report.html": b"of this month", "report.md": b"of this month"}


def here(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_are_put_in_the_place_of_the_old_ones(tmp_path):
    write_all_aside(tmp_path / "made", OLD)
    write_all_aside(tmp_path / "made", NEW)
    assert here(tmp_path / "made") == NEW


def test_none_is_where_one_cannot_be_written(tmp_path, monkeypatch):
    write_all_aside(tmp_path, OLD)
    whole = Path.write_bytes

    def no_room_for_the_second(path, content):
        if path.name == "report.md":
            raise OSError(28, "No space left on device")
        return whole(path, content)

    monkeypatch.setattr(Path, "write_bytes", no_room_for_the_second)
    with pytest.raises(OSError, match="No space left"):
        write_all_aside(tmp_path, NEW)
    assert here(tmp_path) == OLD
