"""The chapter as one self-contained web page that one can play with.

The text is in ``web/page.html`` and the sections that it names, each a `string.Template`; here
their blanks are filled with the lesson's numbers, written as the terminal writes them.
"""

import base64
from html import escape
from importlib.resources import files
from string import Template

import numpy as np

from scratch.chapter.excerpts import excerpts
from scratch.chapter.figures import saved
from scratch.chapter.formats import compared, count, difference, listed, loss, percent, shape, whole
from scratch.chapter.formats import seconds as duration
from scratch.chapter.page_data import for_scripts
from scratch.chapter.words import of_first_digits, of_missed_digits, of_table
from scratch.exercises.catalogue import EXERCISES

# The parts of the page's text; a part that another one holds comes before it.
SECTIONS = (
    *("step", "live", "landscape"),
    *("draw", "data", "loss", "training", "accuracy", "errors", "ten", "table", "book"),
)
SCRIPTS = (
    *("page.js", "charts.js", "textbook.js", "formulas.js"),
    *("data.js", "why.js", "epochs.js", "live.js", "step.js", "landscape.js"),
    *("threshold.js", "matrix.js", "drawing.js"),
)


def page(lesson, pictures):
    """Return the whole page.

    Parameters
    ----------
    lesson : Lesson
    pictures : dict of str to Figure
        Those of `figures.draw`: for who reads the page without JavaScript.

    Returns
    -------
    str
        HTML; everything that it needs is inside.
    """
    blanks = {name: escape(str(text)) for name, text in words(lesson).items()}
    blanks |= rows(lesson) | excerpts() | exercises() | static(pictures)
    blanks["style"] = read("page.css")
    blanks["lesson"] = for_scripts(lesson)
    blanks["scripts"] = "\n".join(f"<script>\n{read(name)}</script>" for name in SCRIPTS)
    for name in SECTIONS:
        blanks[f"section_{name}"] = Template(read(f"{name}.html")).substitute(blanks)
    return Template(read("page.html")).substitute(blanks)


def read(name):
    return files("scratch.chapter").joinpath("web", name).read_text(encoding="utf-8")


def words(lesson):
    """Return the blanks of the text, by name."""
    d, b, ten = lesson.data, lesson.binary, lesson.ten
    small, tumours = lesson.small, lesson.tumours
    return {
        "digit": lesson.digit,
        "single_difference": difference(lesson.single_weights.difference),
        "title": d.title,
        "shape": shape(d.shape),
        "shape_train": shape(d.X_train.shape),
        "shape_test": shape(d.X_test.shape),
        "split": d.split,
        "side": d.side,
        "white": d.white,
        "first_labels": " ".join(d.first_labels),
        "n_train": count(len(d.y_train)),
        "n_test": count(len(d.y_test)),
        "positives_train": count(lesson.binary_loss.positives_train),
        "positives_test": count(lesson.binary_loss.positives_test),
        "outcomes": listed(lesson.binary_loss.forecasts[0].targets, "d"),
        "six_truth": listed(small.truth, "d"),
        "six_said": listed(small.said, "d"),
        "six_right": f"{int(np.sum(small.truth == small.said))}/{len(small.truth)}",
        "six_accuracy": percent(small.accuracy.ours),
        "six_precision": percent(small.counts.precision.ours),
        "six_recall": percent(small.counts.recall.ours),
        "tumour_accuracy": whole(tumours.accuracy.ours),
        "tumour_precision": whole(tumours.counts.precision.ours),
        "tumour_recall": whole(tumours.counts.recall.ours),
        "folds": ", ".join(percent(fold.ours) for fold in b.folds),
        "dumb_accuracy": percent(b.dumb_accuracy.ours),
        "dumb_folds": ", ".join(percent(fold.ours) for fold in b.dumb_folds),
        "binary_precision": percent(b.counts.precision.ours),
        "binary_recall": percent(b.counts.recall.ours),
        "binary_f1": percent(b.counts.f1.ours),
        "tn": count(b.counts.true_negatives),
        "fp": count(b.counts.false_positives),
        "fn": count(b.counts.false_negatives),
        "tp": count(b.counts.true_positives),
        "binary_report": b.report.ours.rstrip(),
        "small_first": listed(ten.small_probabilities[0], ".2f"),
        "small_second": listed(ten.small_probabilities[1], ".2f"),
        "small_first_target": ten.small_targets[0],
        "small_second_target": ten.small_targets[1],
        "small_loss": loss(ten.small_loss.ours),
        "small_loss_theirs": loss(ten.small_loss.theirs),
        "ten_report": ten.report.ours.rstrip(),
        "of_first_digits": of_first_digits(lesson),
        "of_missed_digits": of_missed_digits(lesson),
        "of_table": of_table(lesson.table),
        "pixel_one": place(lesson.landscape.pixels[0], d.side),
        "pixel_two": place(lesson.landscape.pixels[1], d.side),
        "live_what": lesson.live.what,
        "live_batch": lesson.live.batch_size,
        "live_epochs": lesson.live.epochs,
        **training_words("binary", b.training),
        **training_words("ten", ten.training),
    }


def place(pixel, side):
    return f"row {pixel // side + 1}, column {pixel % side + 1}"


def training_words(name, training):
    return {
        f"{name}_call": training.call,
        f"{name}_epochs": len(training.loss_curve),
        f"{name}_seconds": duration(training.seconds),
        f"{name}_train_loss": loss(training.train_loss.ours),
        f"{name}_test_loss": loss(training.test_loss.ours),
        f"{name}_train_accuracy": percent(training.train_accuracy.ours),
        f"{name}_test_accuracy": percent(training.test_accuracy.ours),
    }


def rows(lesson):
    """Return the blanks that are rows of tables, or buttons: HTML."""
    d, b = lesson.data, lesson.binary
    forecasts = [
        (f.kind, listed(f.probabilities, ".2f"), loss(f.loss.ours), loss(f.loss.theirs))
        for f in lesson.binary_loss.forecasts
    ]
    yes_no = {True: lesson.digit, False: "no"}
    first = [
        ("set", *("train" if trained else "test" for trained in d.first_trained)),
        ("label", *d.first_labels),
        ("truth", *(yes_no[bool(value)] for value in b.first_truth)),
        ("prediction", *(yes_no[bool(value)] for value in b.first_predictions)),
        ("probability", *(f"{p:.3f}" for p in b.first_probabilities)),
    ]
    table = [
        (row.name, compared(row.ours), compared(row.theirs), difference(row.difference))
        for row in lesson.table
    ]
    buttons = "\n".join(
        f'<button type="button" data-threshold="{wish.name}"><b>{wish.name.capitalize()}</b>'
        f" {escape(wish.wish)}</button>"
        for wish in b.wishes
    )
    return {
        "forecast_rows": "\n".join(map(html_row, forecasts)),
        "first_rows": "\n".join(map(html_row, first)),
        "table_rows": "\n".join(map(html_row, table)),
        "matrix_rows": "\n".join(matrix_rows(lesson.ten)),
        "wish_buttons": buttons,
    }


def static(pictures):
    """Return each picture as it stands where no script runs: HTML by name of the blank."""
    blanks = {}
    for name, figure in pictures.items():
        title = figure._suptitle.get_text() if figure._suptitle else figure.axes[0].get_title()
        content = "data:image/png;base64," + base64.b64encode(saved(figure, "png", 72)).decode()
        blank = "picture_" + name[3:].replace("-", "_")
        blanks[blank] = f'<noscript><img alt="{escape(title)}" src="{content}"></noscript>'
    return blanks


def exercises():
    """Return each section's paragraph on what one can write oneself: HTML by name of the blank."""
    sections = {exercise.section: [] for exercise in EXERCISES.values()}
    for exercise in EXERCISES.values():
        sections[exercise.section].append(f"{exercise.number} (<code>{exercise.name}</code>)")
    return {
        f"exercises_{section}": '<p class="exercise">Write it yourself: exercise'
        f"{'s' if len(names) > 1 else ''} {', '.join(names)}."
        " <code>python -m scratch exercises</code> writes a file to fill in.</p>"
        for section, names in sections.items()
    }


def matrix_rows(ten):
    """Return the confusion matrix as rows of HTML."""
    head = "".join(f'<th scope="col">{label}</th>' for label in ten.classes)
    yield f"<tr><td></td>{head}</tr>"
    for label, row in zip(ten.classes, ten.confusion.ours.tolist(), strict=True):
        counts = "".join(f"<td>{n}</td>" for n in row)
        yield f'<tr><th scope="row">{label}</th>{counts}</tr>'


def html_row(cells):
    head, *rest = (escape(str(cell)) for cell in cells)
    data = "".join(f"<td><data>{cell}</data></td>" for cell in rest)
    return f'<tr><th scope="row">{head}</th>{data}</tr>'
