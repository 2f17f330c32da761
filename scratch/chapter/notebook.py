"""The chapter as a notebook: the page's text, the textbook's functions, and code that runs.

The text is that of ``web/part*.html`` with its numbers; what a page alone can do is left out.
Between the paragraphs stand the functions that the page shows, and `CELLS`, which use them.
"""

import inspect
import json
from html import escape
from string import Template

from scratch.chapter.excerpts import SHOWN, functions
from scratch.chapter.homework import HOMEWORK, names
from scratch.chapter.markdown import cells_of
from scratch.chapter.notebook_cells import CELLS, IMPORTS, LOADING
from scratch.chapter.page import read
from scratch.chapter.page_words import rows, words
from scratch.chapter.parts import PARTS, questions

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
    told = [("markdown", TITLE), ("code", IMPORTS)]
    filled, settings = blanks(lesson), settings_of(lesson)
    for part in PARTS:
        section = f"part{part.number}"
        told += cells_of(Template(read(f"{section}.html")).substitute(filled))
        told.append(("code", Template(CELLS[section]).substitute(settings)))
        told.append(("markdown", exercise(part.number)))
    cells = [cell(number, kind, text) for number, (kind, text) in enumerate(told)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def settings_of(lesson):
    """Return the values for the blanks of the code."""
    land = lesson.landscape
    small, middle, large = land.etas
    return {
        "digit": lesson.digit,
        "seed": lesson.seed,
        "loading": Template(LOADING[lesson.data.name]).substitute(seed=lesson.seed),
        "batch_size": lesson.carried.batch_size,
        "epochs": lesson.ten.training.n_epochs,
        "binary": lesson.binary.training.call,
        "eta": lesson.derivative.eta,
        "n_epochs": lesson.derivative.n_epochs,
        "pixel": land.pixel,
        "start": land.start.tolist(),
        "eta_small": f"{small:g}",
        "eta_middle": f"{middle:g}",
        "eta_large": f"{large:g}",
    }


def blanks(lesson):
    """Return the values for the blanks of the page's text in a notebook."""
    filled = {name: escape(str(text), quote=False) for name, text in words(lesson).items()}
    filled |= rows(lesson)
    asked = questions(lesson)
    for part in PARTS:
        goal = part.goal.replace("$digit", lesson.digit)
        filled[f"opening_{part.number}"] = (
            f"<h2>{part.number}. {part.title}</h2><p>{goal}</p>{guess(asked[str(part.number)])}"
        )
    filled["opening_6b"] = guess(asked["6b"])
    sources = {name: inspect.getsource(function) for name, function in functions().items()}
    defined = set()
    for part, shown in SHOWN.items():
        new = [name for name in shown if name not in defined]  # a function that is shown twice
        defined |= set(new)
        filled[f"code_{part}"] = "".join(
            f"<pre class='cell'>{escape(sources[name])}</pre>" for name in new
        )
    return OfThePage(filled)


def guess(question):
    """Return a question, its answer folded: HTML."""
    return (
        f'<details class="question"><summary>{escape(question.asked)}</summary>'
        f"<p>{escape(question.options[question.right])}. {escape(question.answer)}</p></details>"
    )


def exercise(part):
    work = HOMEWORK[part]
    written = ", ".join(f"`{name}`" for name in names(part))
    return (
        f"**Write it yourself**, about {work.minutes} minutes: {written}. By hand: {work.by_hand}"
    )


class OfThePage(dict):
    """Blanks, of which those that only a page fills are empty."""

    def __missing__(self, name):
        if name.startswith(("picture_", "link_", "exercises_", "next_", "opening_")) or (
            name == "lock"
        ):
            return ""
        raise KeyError(name)


def cell(number, kind, text):
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
    made["source"] = text.strip().splitlines(keepends=True)
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made
