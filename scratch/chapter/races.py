"""Ways to train against the clock."""

import time

import numpy as np
from sklearn import linear_model

from scratch.chapter.lesson import Compared, Race
from scratch.linear_model import LogisticClassifier, SGDClassifier
from scratch.losses import binary_cross_entropy
from scratch.textbook import sigmoid

EPOCHS = {"digits": (60, 6), "mnist": (20, 3)}  # of mini-batches; of one sample at a time


def race(data, digit, seed):
    """Loss against training time: mini-batches, and one sample at a time, ours and scikit-learn's.

    Returns
    -------
    races : tuple of Race
    weights : Compared
        What one sample at a time ends with, ours and scikit-learn's.
    """
    positive = data.y_train == digit
    batches = LogisticClassifier(batch_size=128, random_state=seed)
    ours = SGDClassifier(loss="log_loss", random_state=seed)
    theirs = linear_model.SGDClassifier(loss="log_loss", random_state=seed)
    many, few = EPOCHS[data.name]
    races = (
        run("mini-batches of 128", batches, data.X_train, positive, many),
        run("one sample at a time", ours, data.X_train, positive, few),
        run("the same in scikit-learn, compiled", theirs, data.X_train, positive, few),
    )
    name = f"weights, one sample at a time, {few} epochs"
    return races, Compared(name, ours.coef_, theirs.coef_)


def run(name, classifier, X, y, epochs):
    """Train for some epochs; while the loss is computed the clock stands still."""
    seconds, losses = [0.0], [np.log(2)]  # weights of zero give every sample the probability 1/2
    for _ in range(epochs):
        start = time.perf_counter()
        classifier.partial_fit(X, y, classes=[False, True])
        seconds.append(seconds[-1] + time.perf_counter() - start)
        losses.append(float(binary_cross_entropy(classifier.decision_function(X), y)[0]))
    return Race(name, np.array(seconds), np.array(losses))


def twins(X, y, eta, n_steps, seed):
    """Run one sample at a time twice, adding up w · x from either end.

    Returns
    -------
    ndarray of shape (n_steps,)
        How far apart the weights are after each step, relative to their size.
    """
    order = np.random.default_rng(seed).integers(len(y), size=n_steps)
    runs = [[np.zeros(X.shape[1]), 0.0] for _ in range(2)]
    apart = np.zeros(n_steps)
    for step, i in enumerate(order):
        x = X[i].astype(np.float64)
        for run, direction in zip(runs, (1, -1), strict=True):
            w, b = run
            z = np.cumsum((w * x)[::direction])[-1] + b  # cumsum adds one after the other
            residual = float(sigmoid(z)) - y[i]
            run[:] = w - eta * residual * x, b - eta * residual
        difference, size = np.linalg.norm(runs[0][0] - runs[1][0]), np.linalg.norm(runs[0][0])
        apart[step] = difference / max(size, 1e-300)
    return apart
