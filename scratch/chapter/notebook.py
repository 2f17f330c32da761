"""The chapter as a notebook: the page's text, the textbook's functions, and code that runs.

The text is that of ``web/*.html`` with its numbers; what a page alone can do is left out. Between
the paragraphs stand the functions that the page shows, and `CELLS`, which use them.
"""

import inspect
import json
from html import escape
from string import Template

from scratch import textbook
from scratch.chapter.excerpts import SHOWN
from scratch.chapter.markdown import cells_of
from scratch.chapter.notebook_cells import CELLS, LOADING
from scratch.chapter.page import exercises, read, rows, words

#: The sections that a notebook tells, and those inside them that only a page can show.
SECTIONS = ("data", "loss", "training", "accuracy", "errors", "ten", "table")
LEFT_OUT = ("step", "live", "landscape")
TITLE = """# Recognising handwritten digits, from scratch

The chapter that `python -m scratch` tells, as a notebook that runs as it is: the functions of
`scratch/textbook.py`, each beside the formula that it spells out, and what they find out. It needs
NumPy, matplotlib, and for the data scikit-learn and this package."""


def notebook(lesson):
    """Return the chapter as a notebook.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    str
        JSON in version 4.5 of Jupyter's format.
    """
    told = [("markdown", TITLE), ("code", not_shown())]
    settings = {"digit": lesson.digit, "seed": lesson.seed}
    settings["loading"] = Template(LOADING[lesson.data.name]).substitute(settings)
    settings |= {
        "batch_size": lesson.live.batch_size,
        "epochs": len(lesson.ten.training.loss_curve),
        "binary": lesson.binary.training.call,
    }
    for section in SECTIONS:
        told += cells_of(Template(read(f"{section}.html")).substitute(blanks(lesson)))
        if section in CELLS:
            told.append(("code", Template(CELLS[section]).substitute(settings)))
    cells = [cell(number, kind, text) for number, (kind, text) in enumerate(told)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def not_shown():
    """Return the code of the textbook's functions that the page does not show, or not yet."""
    functions = [f for f in vars(textbook).values() if inspect.isfunction(f) and f not in SHOWN]
    return "\n\n".join(map(inspect.getsource, functions))


def blanks(lesson):
    """Return what fills the blanks of the page's text in a notebook."""
    filled = {name: escape(str(text)) for name, text in words(lesson).items()}
    filled |= rows(lesson) | exercises()
    filled |= {f"section_{name}": "" for name in LEFT_OUT}
    sources = {f"code_{f.__name__}": inspect.getsource(f) for f in SHOWN}
    sources["code_gradient"] = sources["code_cross_entropy_gradient"]
    filled |= {name: f"<pre class='cell'>{escape(text)}</pre>" for name, text in sources.items()}
    return Pictures(filled)


class Pictures(dict):
    """Blanks, of which those for the page's pictures are empty."""

    def __missing__(self, name):
        if name.startswith("picture_"):
            return ""
        raise KeyError(name)


def cell(number, kind, text):
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
    made["source"] = text.strip().splitlines(keepends=True)
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made
