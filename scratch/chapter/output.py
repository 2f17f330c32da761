"""Where the chapter may be written: into a folder that is new, empty, or a chapter's already."""

import os
import tempfile

PAGE = "index.html"
#: What the head of every page says: by it a folder is known as ours.
MARK = '<meta name="generator" content="scratch">'


class UnwritableError(Exception):
    """The output folder can't be made, can't be written to, or isn't ours."""


def check_folder(folder, *, force=False):
    """Raise `UnwritableError` unless the chapter may be written to a folder; leave no trace.

    Parameters
    ----------
    folder : Path
        Need not exist.
    force : bool, default=False
        Whether it may hold files that are not a chapter's.
    """
    try:
        if not (force or is_ours(folder)):
            raise UnwritableError(
                f"{folder} holds files that are not a chapter's: name another folder,"
                " or use --force"
            )
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise UnwritableError(f"can't write to {folder}: {error.strerror}") from error


def check_file(file, *, force=False):
    """Raise `UnwritableError` if a file is there already, unless it may be replaced."""
    if file.exists() and not force:
        raise UnwritableError(f"{file} is there already: name another file, or use --force")
    check_folder(file.parent, force=True)


def is_ours(folder):
    """Return whether a folder is missing, empty, or holds a page of this chapter."""
    if not folder.exists() or not os.listdir(folder):
        return True
    page = folder / PAGE
    return page.is_file() and MARK in page.read_text("utf-8", errors="replace")


def write_all(folder, files):
    """Write files, and the folder around them.

    Parameters
    ----------
    folder : Path
    files : dict of str to bytes
        Contents by name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UnwritableError(f"can't write to {folder}: {error.strerror}") from error
