"""What the page's scripts draw and compute from: lists, and larger arrays packed as base64.

Nothing of it comes from the test set.
"""

import base64
import json
import zlib

import numpy as np

PER_CELL = 12  # digits that a cell of the confusion matrix shows at most
TILES = 20  # digits of each set that part 1 shows
HEROES = 8  # mistakes that the first screen goes through

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
    d, part, b, ten = lesson.data, lesson.carried, lesson.binary, lesson.ten
    curves, hand = lesson.probability, lesson.probability.by_hand
    return {
        "digit": lesson.digit,
        "side": d.side,
        "white": d.white,
        "classes": "".join(ten.classes),
        "drawing": DRAWING[d.name] | {"ink": float(d.X_train.sum(axis=1).mean())},
        "train": {"pixels": deflated(part.X_train, d.white), "labels": "".join(part.y_train)},
        "validation": {
            "pixels": deflated(part.X_validation, d.white),
            "labels": "".join(part.y_validation),
        },
        "batchSize": part.batch_size,
        "model": {"weights": pack(ten.weights, "<f8"), "intercepts": ten.intercepts.tolist()},
        "binary": {"weights": pack(b.weights, "<f8"), "intercept": b.intercept},
        "rest": {
            "weights": pack(ten.rest_weights, "<f4"),
            "intercepts": ten.rest_intercepts.tolist(),
        },
        "pupils": [
            {
                "tiles": [flags(pupil.train[:TILES]), flags(pupil.validation[:TILES])],
                "right": [int(pupil.train.sum()), int(pupil.validation.sum())],
            }
            for pupil in lesson.pupils
        ],
        "loss": {
            "p": curves.probabilities.round(4).tolist(),
            "ifOne": curves.loss_if_one.round(4).tolist(),
            "ifZero": curves.loss_if_zero.round(4).tolist(),
        },
        "hand": {"x": hand.x.tolist(), "y": hand.y.tolist(), "w": hand.w, "b": hand.b},
        "land": landscape(lesson.landscape),
        "prices": {"threshold": b.wishes[2].threshold},
        "confusion": ten.confusion.ours.tolist(),
        "cells": cells(lesson),
        "heroes": heroes(lesson),
        "fits": {
            name: getattr(lesson.generalisation, name) for name in ("eta", "batch_size", "n_epochs")
        },
        "reliability": {
            name: getattr(lesson.generalisation.reliability, name).tolist()
            for name in ("counts", "sure", "right")
        },
        "seven": lesson.generalisation.seven,
        "scribbles": [grey(oddity.pixels, d.white) for oddity in lesson.generalisation.scribbles],
        "races": [
            {"name": r.name, "seconds": r.seconds.tolist(), "losses": r.losses.tolist()}
            for r in lesson.last.races
        ],
    }


def flags(values):
    return "".join("1" if value else "0" for value in values)


def landscape(land):
    return {
        "pixel": land.pixel,
        "counts": land.counts.tolist(),
        "minimum": land.minimum.tolist(),
        "lowest": land.lowest,
        "curvature": float(land.curvatures[-1]),
        "axes": land.axes.tolist(),
        "rows": len(land.heights),
        "heights": pack(land.heights, "<f4"),
        "levels": land.levels.tolist(),
        "start": land.start.tolist(),
        "etas": land.etas,
    }


def heroes(lesson):
    """Return the surest mistakes of the validation set, and their labels."""
    d = lesson.data
    chosen = lesson.ten.mistakes[:HEROES]
    if not len(chosen):
        chosen = np.arange(HEROES)
    return {
        "pixels": deflated(d.X_validation[chosen], d.white),
        "labels": "".join(d.y_validation[chosen]),
    }


def cells(lesson):
    """Up to `PER_CELL` validation digits of every cell of the matrix, the surest first."""
    d, ten = lesson.data, lesson.ten
    truth = np.searchsorted(ten.classes, d.y_validation)
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
        "index": chosen.tolist(),  # into the validation set
        "truth": truth[chosen].tolist(),
        "said": said[chosen].tolist(),
        "pixels": deflated(d.X_validation[chosen], d.white),
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
