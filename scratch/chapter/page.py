"""The chapter as one self-contained web page that one can play with.

The text is in ``web/page.html`` and the sections that it names, each a `string.Template`; here
their blanks are filled with the lesson's numbers, written as the terminal writes them.
"""

import base64
import json
import re
from html import escape
from importlib.resources import files
from string import Template

from scratch.chapter.excerpts import excerpts
from scratch.chapter.formula import filled
from scratch.chapter.homework import exercise
from scratch.chapter.page_data import for_scripts
from scratch.chapter.page_words import rows, words
from scratch.chapter.parts import PARTS, contents, guess, next_link, opening, questions, stops

SECTIONS = ("start", *(f"part{part.number}" for part in PARTS), "book")
STYLES = ("tokens.css", "frame.css", "figures.css", "tools.css", "present.css")
SCRIPTS = (
    *("page.js", "textbook.js", "work.js", "charts.js", "pictures.js", "runs.js", "state.js"),
    *("hero.js", "pupils.js", "fit.js", "slope.js", "step.js"),
    *("land.js", "landscape.js", "scores.js", "strip.js", "threshold.js", "curves.js"),
    *("learner.js", "lab.js", "strokes.js", "pad.js", "matrix.js"),
    *("fits.js", "reliability.js", "odd.js", "last.js"),
    *("parts.js", "present.js", "start.js"),
)
DESCRIPTION = (
    "One chapter of machine learning: build the classifier that reads handwritten digits, see why"
    " it errs, and judge how far it can be trusted."
)
LOCK = (
    '<svg class="lock" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 7V5a4 4 0 0 1 8 0v2M2.5'
    ' 7h11v7.5h-11z" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>'
)
LINKS = ("fit", "slope", "land", "threshold", "lab", "pad", "cell", "fits")


def page(lesson, pictures, links=()):
    """Return the whole page.

    Parameters
    ----------
    lesson : Lesson
    pictures : dict of str to Still
        Those of `figures.stills`, for where no script runs.
    links : tuple of tuple of str, default=()
        Addresses and words of what lies beside the page, where it is part of a site.

    Returns
    -------
    str
        HTML; everything that it needs is inside.
    """
    blanks = {name: escape(str(text), quote=False) for name, text in words(lesson).items()}
    blanks |= rows(lesson) | excerpts() | frame(lesson) | images(pictures)
    sections = {f"section_{name}": section(name, blanks) for name in SECTIONS}
    return Template(read("page.html")).substitute(
        sections,
        links=beside(links),
        style="\n".join(read(name) for name in STYLES),
        lesson=for_scripts(lesson),
        scripts="\n".join(f"<script>\n{read(name)}</script>" for name in SCRIPTS),
        description=DESCRIPTION,
        stops=stops(),
        minutes=sum(part.minutes for part in PARTS),
        screens=escape(json.dumps([part.screens for part in PARTS])),
    )


def section(name, blanks):
    """Return a section of the page, its blanks filled and its formulas as MathML."""
    html = Template(filled(read(f"{name}.html"))).substitute(blanks)
    if name == "book":  # a program stays as it is
        return html
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", html)


def read(name):
    return files("scratch.chapter").joinpath("web", name).read_text(encoding="utf-8")


def frame(lesson):
    """Return the blanks that all parts have: opening, exercise, and links to the next."""
    asked = questions(lesson)
    blanks = {"lock": LOCK, "contents": contents(), "opening_7b": ""}
    for part in PARTS:
        n = part.number
        blanks[f"opening_{n}"] = opening(part, asked[str(n)], lesson.digit)
        blanks[f"exercises_{n}"] = exercise(n)
        blanks[f"next_{n}"] = next_link(part)
    blanks["opening_6b"] = guess(asked["6b"], "6b", "3.1")
    return blanks | {f"link_{name}": link(name) for name in LINKS}


def beside(links):
    """Return the links to what lies beside the page: HTML."""
    found = " · ".join(f'<a href="{escape(to)}">{escape(words)}</a>' for to, words in links)
    return f'<p class="elsewhere">{found}</p>' if links else ""


def link(name):
    """Return the place where a figure shows the link to its state: HTML."""
    return (
        f'<span class="copy"><code id="link-{name}"></code><button type="button" class="quiet'
        f' mini" data-copy="link-{name}">Copy link</button></span>'
    )


def images(pictures):
    """Return each picture as it stands where no script runs: HTML by name of the blank."""
    blanks = {}
    for name, still in pictures.items():
        content = "data:image/png;base64," + base64.b64encode(still.png).decode()
        image = f'<img alt="{escape(still.title)}" src="{content}">'
        blank = "picture_" + name[3:].replace("-", "_")
        always = blank == "picture_last_mistakes"
        blanks[blank] = image if always else f"<noscript>{image}</noscript>"
    return blanks
