"""The digits that the page trains on while one looks."""

import math

import numpy as np

from scratch.chapter.lesson import Live

MOST = {"train": 3000, "test": 1000}  # digits that the page carries: it stays below 3 MB


def live(data, parameters):
    """Choose the digits that the page carries, and measure what a first step depends on.

    Parameters
    ----------
    data : Data
    parameters : dict
        Of the softmax classifier: its batch size, and its epochs.

    Returns
    -------
    Live
    """
    X_train, y_train = data.X_train[: MOST["train"]], data.y_train[: MOST["train"]]
    X_test, y_test = data.X_test[: MOST["test"]], data.y_test[: MOST["test"]]
    whole = len(X_train) == len(data.X_train)
    what = f"all {len(X_train):,} training digits" if whole else f"{len(X_train):,} training digits"
    rows = np.column_stack([X_train, np.ones(len(X_train))]).astype(np.float64)  # (n, d + 1)
    classes, codes = np.unique(y_train, return_inverse=True)
    frequencies = np.bincount(codes) / len(codes)  # (n_classes,)
    residuals = np.square(frequencies - np.eye(len(classes))[codes]).sum(axis=1)  # (n,)
    return Live(
        what=what,
        X_train=X_train,
        y_train=y_train,
        X_test=X_test,
        y_test=y_test,
        batch_size=parameters["batch_size"],
        epochs=parameters["max_iter"],
        curvature=float(np.linalg.eigvalsh(rows.T @ rows / len(rows))[-1])
        / math.sqrt(2 * len(classes)),
        variance=float(np.mean(residuals * np.square(rows).sum(axis=1))),
        entropy=float(-frequencies @ np.log(frequencies)),
    )
