"""``python -m scratch exercises`` and ``python -m scratch check``."""

import difflib
import inspect
import os
import sys
from pathlib import Path

from scratch.command_line import BAD_USAGE, Parser, complain
from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.classifier import check_classifier
from scratch.exercises.files import LoadError, load_file, load_object
from scratch.exercises.hints import HINTS
from scratch.exercises.report import examine
from scratch.exercises.stubs import solution, stubs
from scratch.exercises.terminal import progress, show


def main(argv):
    """Run one of the two commands.

    Parameters
    ----------
    argv : list of str
        The arguments; the first is ``exercises`` or ``check``.

    Returns
    -------
    int
        Exit status: 0 if all went well and all that was asked for passes, 1 if not, 2 if the
        options are wrong or a file can't be read or written.
    """
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks our signs shows others
        sys.stdout.reconfigure(errors="replace")
    command, make_parser = {
        "exercises": (write, exercises_parser),
        "check": (check, check_parser),
    }[argv[0]]
    parser = make_parser()
    options = parser.parse_args(argv[1:])
    try:
        return command(parser, options)
    except LoadError as error:
        return complain(parser, error, BAD_USAGE)
    except BrokenPipeError:  # the reader of our text has left: `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def exercises_parser():
    parser = Parser(
        prog="python -m scratch exercises",
        description="Write a file with the chapter's functions, their bodies taken out: yours to"
        " fill in. A file that is there is never overwritten.",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", default="exercises.py")
    return parser


def check_parser():
    parser = Parser(
        prog="python -m scratch check",
        description="Hold the functions in FILE to the laws of the chapter's mathematics, in order,"
        " up to the first function that breaks one.",
        epilog="Exit status: 0 if all that was asked for passes, 1 if not (what is not written yet"
        " does not), 2 if FILE can't be imported or the options are wrong.",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="a Python file")
    parser.add_argument(
        "names", metavar="NAME", nargs="*", type=exercise, help="exercises; default: all of them"
    )
    parser.add_argument("--all", action="store_true", help="go on after a function that fails")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--hint", metavar="NAME", type=exercise, help="where to begin")
    one.add_argument("--solution", metavar="NAME", type=exercise, help="the textbook's code")
    one.add_argument(
        "--classifier", metavar="MODULE:CLASS", help="check a whole classifier with fit instead"
    )
    return parser


def exercise(name):
    """The name of an exercise, or its number."""
    from argparse import ArgumentTypeError

    by_number = {str(each.number): each.name for each in EXERCISES.values()}
    name = by_number.get(name, name)
    if name not in EXERCISES:
        near = difflib.get_close_matches(name, EXERCISES, 1)
        hint = f": did you mean {near[0]}?" if near else ""
        raise ArgumentTypeError(f"there is no exercise {name!r}{hint}")
    return name


def write(parser, options):
    """Write the stubs."""
    path = Path(options.file)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(stubs(str(path)))
    except FileExistsError:
        return complain(parser, f"{path} is there already and is left as it is", BAD_USAGE)
    except OSError as error:
        return complain(parser, f"can't write {path}: {error.strerror}", BAD_USAGE)
    first = next(iter(EXERCISES))
    print(f"{len(EXERCISES)} exercises in {path}. Begin with {first}, then:")
    print(f"    python -m scratch check {path}")
    return 0


def check(parser, options):
    """Check a file or a classifier, or show a hint or a solution."""
    if options.hint:
        print(HINTS[options.hint])
    elif options.solution:
        print(solution(options.solution), end="")
    elif options.classifier:
        return 0 if check_classifier(load_classifier(options.classifier)) else 1
    elif options.file is None:
        return complain(parser, "which FILE? (--help shows what there is)", BAD_USAGE)
    else:
        return check_file(load_file(options.file), options.names or list(EXERCISES), options)
    return 0


def load_classifier(name):
    """The object that a name stands for, or one made of the class without arguments."""
    made = load_object(name)
    try:
        made = made() if inspect.isclass(made) else made
    except Exception as error:
        raise LoadError(f"{name}() raises {type(error).__name__}: {error}") from error
    if not callable(getattr(made, "fit", None)):
        raise LoadError(f"{name} has no method fit(X, y)")
    return made


def check_file(module, names, options):
    """Check functions of a module in order; the exit status."""
    passed, unwritten = [], []
    for name in sorted(names, key=list(EXERCISES).index):
        function = getattr(module, name, None)
        if function is None:
            unwritten.append(name)
            if options.names:
                print(f"{EXERCISES[name].number}  {name}\n  it is not in {options.file}\n")
            continue
        report = examine(function, name)
        if report.missing:
            unwritten.append(name)
            if options.names:
                show(report)
                print()
            continue
        show(report)
        print(flush=True)
        if report:
            passed.append(name)
        elif not options.all:
            break
    print(progress(names, passed, unwritten, sys.stdout))
    return 0 if set(passed) == set(names) else 1
