"""``python -m scratch``: tells the chapter on the terminal, in pictures and as a page."""

import argparse
import os
import signal
import sys
import tempfile
import webbrowser
from contextlib import contextmanager
from pathlib import Path

from scratch.command_line import BAD_USAGE, Parser, complain

PAGE = "index.html"


def main(argv=None):
    """Run the command.

    Parameters
    ----------
    argv : list of str, default=None
        The arguments; None means the process's own.

    Returns
    -------
    int
        Exit status: 0 if all went well, 1 if the data can't be had, 2 if the options are wrong or
        the folder can't be written, 130 after Ctrl-C, 143 after SIGTERM.
    """
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks our signs shows others
        sys.stdout.reconfigure(errors="replace")
    parser = make_parser()
    options = parser.parse_args(argv)
    folder = Path(options.out or f"chapter-{options.dataset}")
    try:
        with signals_raised(), drafts_for(folder) as drafts:
            pictures = write_chapter(options, drafts)
            for name in (*pictures, PAGE):
                os.replace(drafts / name, folder / name)
        page = folder.resolve() / PAGE
        print(f"\nPictures: {folder}/{pictures[0]} to {pictures[-1]}")
        print(f"The chapter as a page to play with: {page}", flush=True)
        if options.open:
            webbrowser.open(page.as_uri())
    except Stopped as stop:
        return complain(parser, stop, 128 + stop.signal)
    except UnwritableError as error:
        return complain(parser, error, BAD_USAGE)
    except BrokenPipeError:  # the reader of our text has left: `python -m scratch | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complain(parser, error, 1)
    return 0


def make_parser():
    parser = Parser(
        prog="python -m scratch",
        description="Recognising handwritten digits, from scratch: the chapter as text on the"
        " terminal, and as a page and pictures in a folder.",
        epilog="Learn by doing: python -m scratch exercises, python -m scratch check --help.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--dataset",
        choices=("digits", "mnist"),
        default="digits",
        help="the small digits that come with scikit-learn, or MNIST (fetched once, 15 MB);"
        " default: %(default)s",
    )
    parser.add_argument(
        "--digit",
        type=digit,
        default="5",
        help="the digit to tell from the others, 0 to 9; default: %(default)s",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        help="where page and pictures go; default: chapter-DATASET",
    )
    parser.add_argument(
        "--seed",
        type=seed,
        default=0,
        help="seeds the split and the order of the samples; default: %(default)s",
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    return parser


def digit(text):
    if text not in tuple("0123456789"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digit, 0 to 9")
    return text


def seed(text):
    if not (text.isascii() and text.isdigit() and int(text) < 2**32):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 to {2**32 - 1}")
    return int(text)


def write_chapter(options, drafts):
    """Compute, print the text, write page and pictures; returns the file names of these."""
    from scratch.chapter.compute import compute  # after the options proved right: it is slow
    from scratch.chapter.figures import draw
    from scratch.chapter.page import page
    from scratch.chapter.terminal import tell

    lesson = compute(options.dataset, options.digit, options.seed, say=progress)
    print(tell(lesson), flush=True)
    (drafts / PAGE).write_text(page(lesson), encoding="utf-8")
    names = []
    for name, figure in draw(lesson).items():
        names.append(f"{name}.png")
        figure.savefig(drafts / names[-1], dpi=120)
    return names


def progress(what):
    print(f"... {what}", file=sys.stderr, flush=True)


class Stopped(BaseException):
    """A signal asks the command to end. No KeyboardInterrupt: that only ends a training early."""

    def __init__(self, number):
        super().__init__({signal.SIGINT: "interrupted"}.get(number, "terminated"))
        self.signal = number


@contextmanager
def signals_raised():
    """Raise Ctrl-C and a request to terminate as `Stopped`, so that drafts are removed."""

    def stop(number, frame):
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class UnwritableError(Exception):
    """The output folder can't be made, or not be written to."""


@contextmanager
def drafts_for(folder):
    """A folder for drafts inside the output folder; whatever happens, no draft is left behind."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drafts = tempfile.TemporaryDirectory(prefix=".draft-", dir=folder)
    except OSError as error:
        remove_empty(made)
        raise UnwritableError(f"can't write to {folder}: {error.strerror}") from error
    try:
        with drafts as path:
            yield Path(path)
    except BaseException:
        remove_empty(made)
        raise


def remove_empty(places):
    """Remove the folders that were made for this run, if nothing is in them."""
    for place in places:
        try:
            place.rmdir()
        except OSError:
            return
