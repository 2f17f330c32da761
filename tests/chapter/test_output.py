"""Where the chapter may be written, and that all of it is written or nothing."""

import os

import pytest

from scratch.chapter import output
from scratch.chapter.output import MARK, UnwritableError, check_folder, write_all


@pytest.mark.parametrize(
    "files",
    [{}, {"index.html": f"<html>{MARK}", "mine.txt": "x"}, {".draft-old": "left by a killed run"}],
    ids=["empty", "ours", "a killed run"],
)
def test_a_folder_that_is_ours(tmp_path, files):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    check_folder(tmp_path)
    assert sorted(os.listdir(tmp_path)) == sorted(files)


def test_a_folder_that_is_somebody_elses(tmp_path):
    (tmp_path / "index.html").write_text("<html>a page of my own")
    with pytest.raises(UnwritableError, match="not a chapter's"):
        check_folder(tmp_path)
    check_folder(tmp_path, force=True)


def test_the_check_leaves_no_trace(tmp_path):
    check_folder(tmp_path / "a" / "b")
    assert os.listdir(tmp_path) == []


def test_files_are_written_and_replaced(tmp_path):
    (tmp_path / "one").write_text("old")
    write_all(tmp_path / "deep" / "er", {"one": b"1"})
    assert (tmp_path / "deep" / "er" / "one").read_bytes() == b"1"
    write_all(tmp_path, {"one": b"new", "two": b"2"})
    assert (tmp_path / "one").read_bytes() == b"new"
    assert sorted(os.listdir(tmp_path)) == ["deep", "one", "two"]


def test_files_get_the_permissions_that_files_get(tmp_path):
    (tmp_path / "plain").touch()
    write_all(tmp_path, {"one": b"1"})
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_none_is_changed_where_one_cannot_be_written(tmp_path):
    (tmp_path / "one").write_text("old")
    (tmp_path / "three").mkdir()
    with pytest.raises(UnwritableError, match="can't write to"):
        write_all(tmp_path, {"one": b"new", "two": b"2", "three": b"3"})
    assert (tmp_path / "one").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["one", "three"]


@pytest.mark.parametrize("fails_at", range(1, 6))
def test_none_is_changed_where_it_is_interrupted(tmp_path, monkeypatch, fails_at):
    """At each of the five renames of two old files and one new one."""
    for name in ("one", "two"):
        (tmp_path / name).write_text("old")
    replace, calls = os.replace, []

    def interrupted(source, target):
        calls.append(target)
        if len(calls) == fails_at:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(output.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path, {"one": b"new", "two": b"new", "three": b"new"})
    assert sorted(os.listdir(tmp_path)) == ["one", "two"]
    assert [(tmp_path / name).read_text() for name in ("one", "two")] == ["old", "old"]
