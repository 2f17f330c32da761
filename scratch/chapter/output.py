"""Writes the chapter's files: all of them or none, and only where nothing of somebody else's is."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

PAGE = "index.html"
#: What the head of every page says: by it a folder is known as ours.
MARK = '<meta name="generator" content="scratch">'
_DRAFTS = ".draft-"


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
    if not (force or is_ours(folder)):
        raise UnwritableError(
            f"{folder} holds files that are not a chapter's: name another folder, or use --force"
        )
    with made(folder, keep=False), tempfile.TemporaryDirectory(prefix=_DRAFTS, dir=folder):
        pass


def check_file(file, *, force=False):
    """Raise `UnwritableError` if a file is there already, unless it may be replaced."""
    if file.exists() and not force:
        raise UnwritableError(f"{file} is there already: name another file, or use --force")
    check_folder(file.parent, force=True)


def is_ours(folder):
    """Return whether a folder is missing, empty, or holds a page of this chapter."""
    try:
        names = [name for name in os.listdir(folder) if not name.startswith(_DRAFTS)]
        page = folder / PAGE
        return not names or (page.is_file() and MARK in page.read_text("utf-8", errors="replace"))
    except FileNotFoundError:
        return True
    except OSError as error:
        raise UnwritableError(f"can't write to {folder}: {error.strerror}") from error


@contextmanager
def made(folder, *, keep=True):
    """Make a folder; remove it again, and those made for it, on an error or where not to keep."""
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        remove_empty(new)
        if isinstance(error, OSError):
            raise UnwritableError(f"can't write to {folder}: {error.strerror}") from error
        raise
    if not keep:
        remove_empty(new)


def remove_empty(places):
    """Remove folders, the innermost first, as far as nothing is in them."""
    for place in places:
        try:
            place.rmdir()
        except OSError:
            return


def write_all(folder, files):
    """Write files; where one can't be written, none is changed.

    Parameters
    ----------
    folder : Path
    files : dict of str to bytes
        Contents by name.
    """
    with (
        made(folder),
        tempfile.TemporaryDirectory(prefix=_DRAFTS, dir=folder) as drafts,
    ):
        new, old = Path(drafts, "new"), Path(drafts, "old")
        new.mkdir()
        old.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        replaced = []
        try:
            for name in files:
                if (folder / name).is_dir():
                    raise IsADirectoryError(21, f"{name} is a folder")
                replaced.append(name)
                if os.path.lexists(folder / name):
                    os.replace(folder / name, old / name)
                os.replace(new / name, folder / name)
        except BaseException:
            for name in replaced:
                put_back(folder / name, new / name, old / name)
            raise


def put_back(target, new, old):
    """Undo one replacement, whether or not it had been finished."""
    if old.exists():
        os.replace(old, target)
    elif not new.exists():  # there was none before
        target.unlink(missing_ok=True)
