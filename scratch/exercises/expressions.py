"""Slips as they stand in a record: expressions of the arguments, and what to tell."""

import ast
import contextlib
import math
import warnings
from functools import cache

import numpy as np

from scratch import textbook
from scratch.exercises.calls import Raised

NAMES = {
    **{name: value for name, value in vars(np).items() if not name.startswith("_")},
    **{name: value for name, value in vars(textbook).items() if not name.startswith("_")},
    "math": math,
    "np": np,
}


@cache
def slips_of(exercise):
    """Pairs of code and sentence. A line without a sentence goes on in the next one."""
    return [(compiled(source), sentence) for source, sentence in parsed(exercise.slips)]


def parsed(text):
    """Pairs of source and sentence. ``#`` begins the sentence; a line that begins so goes on."""
    found, source = [], []
    for line in text.strip("\n").splitlines():
        code, mark, sentence = line.partition("#")
        if mark and not code.strip() and not source:
            found[-1][1] += f" {sentence.strip()}"
            continue
        source += [code.rstrip()] * bool(code.strip())
        if mark:
            found.append(["\n".join(source), sentence.strip()])
            source = []
    return [(each, sentence) for code, sentence in found for each in separate(code)]


def separate(code):
    """Several expressions on a line are slips by themselves; statements belong together."""
    statements = ast.parse(code).body
    if all(isinstance(statement, ast.Expr) for statement in statements):
        return [ast.unparse(statement) for statement in statements]
    return [code]


def compiled(source):
    """Code that leaves the value of the last expression in the name `_`."""
    return compile(assigned(source), "slip", "exec")


def assigned(source):
    tree = ast.parse(source)
    last = tree.body[-1]
    tree.body[-1] = ast.Assign([ast.Name("_", ast.Store())], last.value)
    return ast.fix_missing_locations(tree)


@cache
def _let(exercise):
    return [
        compile(ast.Module([statement], []), "let", "exec")
        for statement in ast.parse(exercise.let.strip()).body
    ]


def evaluate(exercise, code, arguments):
    """What a slip gives: a value, `Raised`, or None if it needs a name that is not there.

    `arguments` are by name, the slip's own, since it may change them.
    """
    scope = {**NAMES, **arguments}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for statement in _let(exercise):
            with contextlib.suppress(Exception):  # it may not be defined for this case
                exec(statement, scope)
        try:
            exec(code, scope)
        except NameError:
            return None
        except Exception as error:
            return Raised(error)
    value = scope["_"]
    return exercise.finish(value) if exercise.finish and value is not None else value
