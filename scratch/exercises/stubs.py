"""The file of exercises: the textbook with the bodies taken out, and one body as a solution."""

import ast
import inspect

from scratch import textbook
from scratch.exercises.catalogue import EXERCISES

HEADER = '''"""The chapter's mathematics, for you to write.

Replace a `raise NotImplementedError` by your code, then ask what the laws say:

    python -m scratch check {file}            every exercise, up to the first that fails
    python -m scratch check {file} softmax    this one
    python -m scratch check --hint softmax
    python -m scratch check --solution softmax

"index.html" is the chapter's page: `python -m scratch` writes it.

{conventions}
"""
'''


def stubs(file="exercises.py"):
    """Return the text of the file of exercises.

    Parameters
    ----------
    file : str, default="exercises.py"
        The file's name, as the commands in its first lines say it.
    """
    source = inspect.getsource(textbook)
    tree, lines = ast.parse(source), source.splitlines()
    conventions = "\n\n".join(ast.get_docstring(tree).split("\n\n")[1:])
    head, done = [HEADER.format(file=file, conventions=conventions).rstrip("\n")], 0
    done = tree.body[0].end_lineno  # the module's docstring
    for function in _functions(tree):
        if function.name not in EXERCISES:  # it is given
            continue
        exercise = EXERCISES[function.name]
        head += lines[done : function.lineno - 1]
        head.append(f"# Exercise {exercise.number}, explained in index.html#{exercise.section}")
        head += lines[function.lineno - 1 : function.body[0].end_lineno]
        head.append("    raise NotImplementedError")
        done = function.end_lineno
    return "\n".join([*head, *lines[done:], ""])


def solution(name):
    """Return the textbook's code of an exercise, with its docstring."""
    return inspect.getsource(getattr(textbook, name))


def _functions(tree):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]
