"""The file of exercises: each function of the textbook with its task, and nothing in it."""

import ast
import inspect
import re
import textwrap

from scratch import textbook
from scratch.exercises.catalogue import EXERCISES

HEADER = '''"""The chapter's mathematics, for you to write.

Replace a `raise NotImplementedError` by your code, then ask what the laws say:

    python -m scratch check {file}            every exercise, up to the first that fails
    python -m scratch check {file} softmax    this one
    python -m scratch check {file} --digits   train on digits with your functions
    python -m scratch check --hint softmax    a hint; once more, the formula; then the code

"index.html" is the chapter's page: `python -m scratch` writes it. A function may call those above
it.

{conventions}
"""

import numpy as np
'''


def stubs(file="exercises.py"):
    """Return the text of the file of exercises.

    Parameters
    ----------
    file : str, default="exercises.py"
        The file's name, as the commands in its first lines say it.
    """
    file = file.replace("\\", "/")  # in a string \U, say, is an escape; Windows takes / too
    source = inspect.getsource(textbook)
    shapes = re.search(r"Shapes:.*?(?=\n\n)", ast.get_docstring(ast.parse(source)), re.DOTALL)[0]
    parts = [HEADER.format(file=file, conventions=shapes)]
    for line in source.splitlines():
        if line.startswith("# ---"):
            parts.append(f"{line}\n")
        elif line.startswith("def "):
            parts.append(stub(line[4 : line.index("(")]))
    return "\n\n".join(parts).replace("\n\n\n\n", "\n\n\n")


def stub(name):
    """One function, with its task and without its body."""
    exercise, signature = EXERCISES[name], inspect.signature(getattr(textbook, name))
    where = f"# Exercise {name}, explained in index.html#{exercise.section}"
    paragraphs = [textwrap.fill(part, 96) for part in exercise.text.strip().split("\n\n")]
    text = textwrap.indent("\n\n".join(paragraphs), "    ").strip()
    body = f'    """{text}\n    """\n    raise NotImplementedError\n'
    return f"{where}\ndef {name}{signature}:\n{body}"
