"""The chapter as one self-contained web page that one can play with.

The text is in ``web/page.html``, a `string.Template`; here its blanks are filled with the lesson's
numbers, written as the terminal writes them, and with the data for the scripts.
"""

import base64
import json
from html import escape
from importlib.resources import files
from string import Template

import numpy as np

from scratch.chapter.excerpts import excerpts
from scratch.chapter.formats import compared, count, difference, listed, loss, percent, shape, whole
from scratch.chapter.formats import seconds as duration

SCRIPTS = ("charts.js", "explore.js", "drawing.js")
PER_CELL = 12  # digits that a cell of the confusion matrix shows at most

# How drawn strokes become a picture like the training set's. MNIST's digits fill 20 × 20 pixels,
# centred by mass, with a pen of about 2.7 pixels. The small digits fill the height of the picture,
# and whatever they are, their ink is about the same: the pen is found that gives as much.
DRAWING = {
    "digits": {"box": 8, "pens": [0.8, 3.2], "byMass": False},
    "mnist": {"box": 20, "pens": [2.7, 2.7], "byMass": True},
}


def page(lesson):
    """The whole page.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    str
        HTML; everything that it needs is inside.
    """
    blanks = {name: escape(str(text)) for name, text in words(lesson).items()}
    blanks |= rows(lesson) | excerpts()
    blanks["style"] = read("page.css")
    blanks["lesson"] = json.dumps(for_scripts(lesson)).replace("</", "<\\/")
    blanks["scripts"] = "\n".join(f"<script>\n{read(name)}</script>" for name in SCRIPTS)
    return Template(read("page.html")).substitute(blanks)


def read(name):
    return files("scratch.chapter").joinpath("web", name).read_text(encoding="utf-8")


def words(lesson):
    """The blanks of the text, by name."""
    d, b, ten = lesson.data, lesson.binary, lesson.ten
    small, tumours = lesson.small, lesson.tumours
    return {
        "digit": lesson.digit,
        "single_difference": difference(lesson.growth.single_weights.difference),
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
        "binary_report": b.report.ours.rstrip(),
        "small_first": listed(ten.small_probabilities[0], ".2f"),
        "small_second": listed(ten.small_probabilities[1], ".2f"),
        "small_first_target": ten.small_targets[0],
        "small_second_target": ten.small_targets[1],
        "small_loss": loss(ten.small_loss.ours),
        "small_loss_theirs": loss(ten.small_loss.theirs),
        "ten_report": ten.report.ours.rstrip(),
        **training_words("binary", b.training),
        **training_words("ten", ten.training),
    }


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
    """The blanks that are rows of tables, or buttons: HTML."""
    d, b = lesson.data, lesson.binary
    forecasts = [
        (f.kind, listed(f.probabilities, ".2f"), loss(f.loss.ours), loss(f.loss.theirs))
        for f in lesson.binary_loss.forecasts
    ]
    yes_no = {True: lesson.digit, False: "no"}
    first = [
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
        "wish_buttons": buttons,
    }


def html_row(cells):
    head, *rest = (escape(str(cell)) for cell in cells)
    data = "".join(f"<td><data>{cell}</data></td>" for cell in rest)
    return f'<tr><th scope="row">{head}</th>{data}</tr>'


def for_scripts(lesson):
    """What the scripts draw and compute from: lists, and larger arrays packed as base64."""
    d, b, ten, growth = lesson.data, lesson.binary, lesson.ten, lesson.growth
    order = np.argsort(b.scores, kind="stable")
    curves = lesson.binary_loss
    largest = np.quantile(np.abs(growth.weights[-1]), 0.998)
    return {
        "digit": lesson.digit,
        "side": d.side,
        "white": d.white,
        "classes": "".join(ten.classes),
        "drawing": DRAWING[d.name] | {"ink": float(d.X_train.sum(axis=1).mean())},
        "first": {"labels": d.first_labels.tolist(), "pixels": grey(d.first_digits, d.white)},
        "loss": {
            "p": curves.probabilities.tolist(),
            "if_one": curves.loss_if_one.tolist(),
            "if_zero": curves.loss_if_zero.tolist(),
        },
        "growth": {
            "losses": growth.losses.tolist(),
            "accuracies": growth.accuracies.tolist(),
            "weights": pack(np.clip(np.round(127 * growth.weights / largest), -127, 127), "i1"),
            "races": [
                {"name": r.name, "seconds": r.seconds.tolist(), "losses": r.losses.tolist()}
                for r in growth.races
            ],
        },
        "binary": {
            "scores": pack(b.scores[order], "<f8"),
            "truth": pack(b.truth[order], "u1"),
            "shown": b.shown,
            "wishes": {wish.name: wish.threshold for wish in b.wishes},
        },
        "confusion": ten.confusion.ours.tolist(),
        "cells": cells(lesson),
        "model": {"weights": pack(ten.weights, "<f8"), "intercepts": ten.intercepts.tolist()},
    }


def cells(lesson):
    """Up to `PER_CELL` test digits of every cell of the confusion matrix, the surest first."""
    d, ten = lesson.data, lesson.ten
    truth = np.searchsorted(ten.classes, d.y_test)
    said = np.searchsorted(ten.classes, ten.predictions)
    surest = np.argsort(-ten.probabilities.max(axis=1), kind="stable")
    chosen = np.concatenate(
        [
            surest[(truth[surest] == i) & (said[surest] == j)][:PER_CELL]
            for i in range(len(ten.classes))
            for j in range(len(ten.classes))
        ]
    )
    return {
        "index": chosen.tolist(),  # into the test set
        "truth": truth[chosen].tolist(),
        "said": said[chosen].tolist(),
        "pixels": grey(d.X_test[chosen], d.white),
        "probabilities": pack(ten.probabilities[chosen], "<f4"),
    }


def grey(X, white):
    """Pictures in [0, 1] as the bytes that they were."""
    return pack(np.round(X * white), "u1")


def pack(array, dtype):
    return base64.b64encode(np.ascontiguousarray(array, dtype=dtype).tobytes()).decode()
