"""``python -m scratch``: tells the chapter on the terminal, in pictures and as a page."""

import argparse
import os
import shutil
import signal
import sys
import webbrowser
from contextlib import contextmanager
from pathlib import Path

from scratch.chapter.output import PAGE, UnwritableError, check_file, check_folder, write_all
from scratch.command_line import BAD_USAGE, Parser, complain

INTERRUPTED = 128 + signal.SIGINT  # as shells have it


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
        the folder can't be written, 130 after Ctrl-C.
    """
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks our signs shows others
        sys.stdout.reconfigure(errors="replace")
    parser = make_parser()
    options = parser.parse_args(argv)
    try:
        with interruptible():
            (write_notebook if options.notebook else write_chapter)(options)
    except Stopped:
        return complain(parser, "interrupted", INTERRUPTED)
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
        help="the digit to tell from the others, 0 to 9; default: 5, or the one with most errors"
        " where 5 has fewer than ten",
    )
    parser.add_argument(
        "--out",
        type=name,
        metavar="DIR",
        help="where page and pictures go; default: chapter-DATASET",
    )
    parser.add_argument(
        "--seed",
        type=seed,
        default=0,
        help="seeds the split and the order of the samples; default: %(default)s",
    )
    parser.add_argument(
        "--format",
        choices=("png", "svg", "none"),
        default="png",
        help="of the pictures beside the page; none: the page alone; default: %(default)s",
    )
    parser.add_argument(
        "--table",
        action="store_true",
        help="tell on the terminal every number beside scikit-learn's",
    )
    parser.add_argument(
        "--notebook",
        type=name,
        metavar="FILE",
        help="write the chapter as a Jupyter notebook that runs, and nothing else",
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument(
        "--force", action="store_true", help="write even into a folder that holds other files"
    )
    return parser


def name(text):
    if not text:
        raise argparse.ArgumentTypeError("a name is missing")
    return text


def digit(text):
    if text not in tuple("0123456789"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digit, 0 to 9")
    return text


def seed(text):
    if not (text.isascii() and text.isdigit() and int(text) < 2**32):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 to {2**32 - 1}")
    return int(text)


def write_chapter(options):
    """Tell the chapter, and write page and pictures."""
    folder = Path(options.out or f"chapter-{options.dataset}")
    check_folder(folder, force=options.force)
    files = chapter(options)
    write_all(folder, files)
    say_where(folder, list(files))
    if options.open:
        open_page(folder)


def write_notebook(options):
    """Write the chapter as a notebook."""
    file = Path(options.notebook)
    check_file(file, force=options.force)
    from scratch.chapter.compute import compute  # after the options proved right: it is slow
    from scratch.chapter.notebook import notebook

    lesson = compute(options.dataset, options.digit, options.seed, say=progress)
    write_all(file.parent, {file.name: notebook(lesson).encode()})
    print(f"The chapter as a notebook: {file}", flush=True)


def chapter(options):
    """Compute, print the text, and return page and pictures: bytes by file name."""
    from scratch.chapter import figures  # after the options proved right: these are slow
    from scratch.chapter.compute import compute
    from scratch.chapter.page import page
    from scratch.chapter.terminal import tell

    lesson = compute(options.dataset, options.digit, options.seed, say=progress)
    columns = shutil.get_terminal_size().columns
    text = tell(lesson, table=options.table, colour=has_colour(sys.stdout), width=columns)
    print(text, flush=True)
    pictures = figures.draw(lesson)
    stills = figures.stills(pictures)
    files = {}
    if options.format == "png":
        files = {f"{name}.png": still.png for name, still in stills.items()}
    elif options.format == "svg":
        files = {f"{name}.svg": figures.as_svg(figure) for name, figure in pictures.items()}
    return files | {PAGE: page(lesson, stills).encode()}


def has_colour(stream):
    """Return whether a stream is a terminal that shows colour, and nobody asked for none."""
    return stream.isatty() and os.environ.get("TERM") != "dumb" and "NO_COLOR" not in os.environ


def say_where(folder, names):
    *pictures, _ = names
    if pictures:
        print(f"\nPictures: {folder}/{pictures[0]} to {pictures[-1]}")
    print(f"The chapter as a page to play with: {folder.resolve() / PAGE}", flush=True)


def open_page(folder):
    if not webbrowser.open((folder.resolve() / PAGE).as_uri()):
        print("No browser was found here: open the page yourself.", flush=True)


def progress(what):
    print(f"... {what}", file=sys.stderr, flush=True)


class Stopped(BaseException):
    """Ctrl-C. No KeyboardInterrupt: that ends only the training that it comes upon."""


@contextmanager
def interruptible():
    """Raise Ctrl-C as `Stopped`."""

    def stop(number, frame):
        raise Stopped

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
