"""``python -m scratch exercises``, ``check`` and ``grade``."""

import contextlib
import inspect
import json
import os
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from scratch.command_line import BAD_USAGE, Parser, complain
from scratch.exercises.catalogue import EXERCISES, exercise
from scratch.exercises.classifier import check_classifier
from scratch.exercises.files import LoadError, load_object
from scratch.exercises.grade import grade, write_csv, write_json
from scratch.exercises.sandbox import TIMEOUT, NotLoaded, Sandbox
from scratch.exercises.stubs import stubs
from scratch.exercises.terminal import progress, show
from scratch.exercises.words import wrapped

INTERRUPTED = 130
HINTS_GIVEN = Path(".scratch-hints.json")  # in the current folder: how many of each exercise


def main(argv):
    """Run one of the commands.

    Parameters
    ----------
    argv : list of str
        The arguments; the first is ``exercises``, ``check`` or ``grade``.

    Returns
    -------
    int
        Exit status: 0 if all went well and all that was asked for passes, 1 if not, 2 if the
        options are wrong or a file can't be read or written.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks our signs shows others
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    command, make_parser = {
        "exercises": (write, exercises_parser),
        "check": (check, check_parser),
        "grade": (grade_folder, grade_parser),
    }[argv[0]]
    parser = make_parser()
    options = parser.parse_intermixed_args(argv[1:])
    try:
        status = command(parser, options)
        sys.stdout.flush()
    except (LoadError, NotLoaded) as error:
        return complain(parser, error, BAD_USAGE)
    except BrokenPipeError:  # the reader of our text has left: `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return complain(parser, f"can't write: {error.strerror}", BAD_USAGE)
    except KeyboardInterrupt:
        return complain(parser, "interrupted", INTERRUPTED)
    return status


def exercises_parser():
    parser = Parser(
        prog="python -m scratch exercises",
        description="Write a file with the chapter's functions, their bodies taken out: yours to"
        " fill in. A file that is there is never overwritten.",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", default="exercises.py")
    return parser


def limits(parser):
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=TIMEOUT, help="for each exercise: 10"
    )
    parser.add_argument(
        "--allow-imports", action="store_true", help="of scratch, scikit-learn and SciPy"
    )


def check_parser():
    parser = Parser(
        prog="python -m scratch check",
        description="Hold the functions in FILE to the laws of the chapter's mathematics, in order,"
        " up to the first function that breaks one. They run in a process of their own.",
        epilog="Exit status: 0 if all that was asked for passes, 1 if not (what is not written yet"
        " does not), 2 if FILE can't be imported or the options are wrong.",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="a Python file or a notebook")
    parser.add_argument(
        "names", metavar="NAME", nargs="*", type=known, help="exercises; default: all of them"
    )
    parser.add_argument("--all", action="store_true", help="go on after a function that fails")
    limits(parser)
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--hint", metavar="NAME", type=known, help="a hint; once more: the formula, then the code"
    )
    one.add_argument("--solution", metavar="NAME", type=known, help="the textbook's code")
    one.add_argument(
        "--digits", action="store_true", help="train on handwritten digits with FILE's functions"
    )
    one.add_argument(
        "--classifier", metavar="MODULE:CLASS", help="check a whole classifier with fit instead"
    )
    parser.add_argument("--penalty", metavar="NAME", help="the classifier's penalty parameter")
    return parser


def grade_parser():
    parser = Parser(
        prog="python -m scratch grade",
        description="Hold the functions of every file in FOLDER to the laws, each file in processes"
        " of its own.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("names", metavar="NAME", nargs="*", type=known, help="default: all")
    parser.add_argument("--json", metavar="FILE", help="write the results: passed, law, diagnosis")
    parser.add_argument("--csv", metavar="FILE", help="the same as a table")
    parser.add_argument("--seed", metavar="N", type=int, default=16, help="of the cases' numbers")
    parser.add_argument("--jobs", metavar="N", type=int, help="files at once; default: the cores")
    limits(parser)
    return parser


def known(name):
    """The name of an exercise, or its number today."""
    try:
        return exercise(name).name
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def write(parser, options):
    """Write the stubs: all of them, or no file."""
    path = Path(options.file)
    path = path if path.suffix == ".py" else path.with_name(f"{path.name}.py")
    try:
        with path.open("x", encoding="utf-8") as file:
            try:
                file.write(stubs(str(path)))
                file.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        return complain(parser, f"{path} is there already and is left as it is", BAD_USAGE)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "its name can't be encoded"
        with contextlib.suppress(OSError):
            path.unlink()
        return complain(parser, f"can't write {path}: {reason}", BAD_USAGE)
    print(f"{len(EXERCISES)} exercises in {path}. Begin with {next(iter(EXERCISES))}, then:")
    print(f"    python -m scratch check {path}")
    return 0


def check(parser, options):
    """Check a file or a classifier, or show a hint or a solution."""
    if options.hint:
        print(hint(EXERCISES[options.hint]), end="")
    elif options.solution:
        print(EXERCISES[options.solution].solution, end="")
    elif options.classifier:
        model = load_classifier(options.classifier)
        return 0 if check_classifier(model, penalty=options.penalty) else 1
    elif options.file is None:
        return complain(parser, "which FILE? (--help shows what there is)", BAD_USAGE)
    elif not Path(options.file).is_file():
        path = Path(options.file).absolute()
        return complain(parser, f"there is no file {path.name} in {path.parent}", BAD_USAGE)
    elif options.digits:
        return show_digits(options)
    else:
        return check_file(options.names or list(EXERCISES), options)
    return 0


def hint(record):
    """The next hint of an exercise: a question, the formula, the code."""
    given = {}
    with contextlib.suppress(OSError, ValueError):
        given = json.loads(HINTS_GIVEN.read_text(encoding="utf-8"))
    number = given.get(record.name, 0)
    with contextlib.suppress(OSError):
        HINTS_GIVEN.write_text(json.dumps(given | {record.name: number + 1}), encoding="utf-8")
    if number >= len(record.hints):
        return record.solution
    more = ("Once more for the formula.", "Once more for the code.")[number]
    return "\n".join([*wrapped(record.hints[number], 80), "", f"({more})", ""])


def load_classifier(name):
    """The object that a name stands for, or one made of the class without arguments."""
    made = load_object(name)
    try:
        made = made() if inspect.isclass(made) else made
    except (Exception, SystemExit) as error:
        raise LoadError(f"{name}() raises {type(error).__name__}: {error}") from error
    if not callable(getattr(made, "fit", None)):
        raise LoadError(f"{name} has no method fit(X, y)")
    return made


def sandbox(options, names, **how):
    how |= {"timeout": options.timeout, "allow_imports": options.allow_imports}
    return Sandbox(options.file, names, **how)


def check_file(names, options):
    """Check functions of a file in order; the exit status."""
    names = sorted(names, key=list(EXERCISES).index)
    checked, passed, unwritten = sandbox(options, names), [], []
    reports = checked.reports()
    for name, report in reports:
        if report is None or report.missing:
            unwritten.append(name)
            if options.names:
                missing = f"it is not in {options.file}"
                print(
                    f"{EXERCISES[name].number}  {name}\n  {missing}" if report is None else report
                )
                print()
            continue
        show(report)
        print(flush=True)
        if report:
            passed.append(name)
        elif not options.all:
            break
    reports.close()
    if checked.printed.strip():
        print("Your code printed:")
        print("\n".join(f"    {line}" for line in checked.printed[:2000].splitlines()), end="\n\n")
    print(progress(names, passed, unwritten, sys.stdout))
    if passed == names == list(EXERCISES):
        print(
            f"All done: python -m scratch check {options.file} --digits trains on digits with it."
        )
    return 0 if set(passed) == set(names) else 1


def show_digits(options):
    options.timeout = max(options.timeout, 60.0)
    ((_, text),) = sandbox(options, [], digits=True).reports()
    print(text)
    return 0 if text.startswith("Handwritten") else 1


def grade_folder(parser, options):
    """Grade a folder, and write the results that were asked for."""
    if not Path(options.folder).is_dir():
        return complain(parser, f"there is no folder {options.folder}", BAD_USAGE)
    how = {"timeout": options.timeout, "allow_imports": options.allow_imports}
    how |= {"seed": options.seed, "jobs": options.jobs}
    names = sorted(options.names or EXERCISES, key=list(EXERCISES).index)
    results = grade(options.folder, names, say=lambda line: print(line, flush=True), **how)
    if options.json:
        write_json(options.json, results)
    if options.csv:
        write_csv(options.csv, results)
    return 0
