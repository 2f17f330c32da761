"""Where the chapter may be written."""

import os

import pytest

from scratch.chapter.output import MARK, UnwritableError, check_folder, write_all


@pytest.mark.parametrize(
    "files",
    [{}, {"index.html": f"<html>{MARK}", "mine.txt": "x"}],
    ids=["empty", "ours"],
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


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "three").mkdir()
    with pytest.raises(UnwritableError, match="can't write to"):
        write_all(tmp_path, {"three": b"3"})
