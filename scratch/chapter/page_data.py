"""What the page's scripts draw and compute from: lists, and larger arrays packed as base64."""

import base64
import json
import zlib

import numpy as np

PER_CELL = 12  # digits that a cell of the confusion matrix shows at most

# How drawn strokes become a picture like the training set's. MNIST's digits fill 20 × 20 pixels,
# centred by mass, with a pen of about 2.7 pixels. The small digits fill the height of the picture,
# and whatever they are, their ink is about the same: the pen is found that gives as much.
DRAWING = {
    "digits": {"box": 8, "pens": [0.8, 3.2], "byMass": False},
    "mnist": {"box": 20, "pens": [2.7, 2.7], "byMass": True},
}


def for_scripts(lesson):
    """Return what the scripts draw and compute from, as JSON that may stand in a script element."""
    text = json.dumps(contents(lesson))
    # A "<" in a string might end the element or begin a comment: here it is always escaped.
    return text.replace("<", "\\u003c")


def contents(lesson):
    """Return the same as lists, dicts and packed arrays."""
    d, b, ten, growth = lesson.data, lesson.binary, lesson.ten, lesson.ten.growth
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
            "train": growth.train_losses.tolist(),
            "test": growth.test_losses.tolist(),
            "accuracies": growth.accuracies.tolist(),
            "weights": pack(np.clip(np.round(127 * growth.weights / largest), -127, 127), "i1"),
        },
        "races": [
            {"name": r.name, "seconds": r.seconds.tolist(), "losses": r.losses.tolist()}
            for r in lesson.races
        ],
        "binary": {
            "scores": pack(b.scores[order], "<f8"),
            "truth": pack(b.truth[order], "u1"),
            "shown": b.shown,
            "wishes": {wish.name: wish.threshold for wish in b.wishes},
        },
        "confusion": ten.confusion.ours.tolist(),
        "cells": cells(lesson),
        "live": live(lesson.live, d.white),
        "landscape": {
            "pixels": lesson.landscape.pixels,
            "means": lesson.landscape.means.tolist(),
            "spreads": lesson.landscape.spreads.tolist(),
            "intercept": lesson.landscape.intercept,
            "axes": [[float(axis[0]), float(axis[-1])] for axis in lesson.landscape.axes],
        },
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


def live(part, white):
    """Return the digits that one can train on in the page, and what "auto" needs of them."""
    return {
        "train": {"pixels": deflated(part.X_train, white), "labels": "".join(part.y_train)},
        "test": {"pixels": deflated(part.X_test, white), "labels": "".join(part.y_test)},
        "epochs": part.epochs,
        "auto": {
            "curvature": part.curvature,
            "variance": part.variance,
            "entropy": part.entropy,
        },
    }


def deflated(X, white):
    """Return pictures in [0, 1] as the bytes that they were, compressed."""
    pixels = np.round(X * white).astype("u1")
    return base64.b64encode(zlib.compress(pixels.tobytes(), 9)).decode()


def grey(X, white):
    """Pictures in [0, 1] as the bytes that they were."""
    return pack(np.round(X * white), "u1")


def pack(array, dtype):
    return base64.b64encode(np.ascontiguousarray(array, dtype=dtype).tobytes()).decode()
