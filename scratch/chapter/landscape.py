"""The loss over two weights: a classifier small enough to see all that it could be."""

import numpy as np

from scratch import textbook
from scratch.chapter.lesson import Landscape

STEPS = 100  # of each path
SMALL, LARGE = 0.5, 10.0  # 10 is the first step of scikit-learn's "optimal" at the default alpha
BATCHES = {"one sample": 1, "a mini-batch of 32": 32, "all samples": None}


def landscape(X, is_digit, seed):
    """Choose two pixels, and walk down the loss of the classifier that sees nothing else.

    The score is ``w · x + b`` with two standardised pixels x; b stays at the log odds of the digit,
    the best intercept of a classifier that sees nothing at all.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    is_digit : ndarray of shape (n_samples,), bool
    seed : int
        Of the order of the samples.

    Returns
    -------
    Landscape
    """
    X, y = X.astype(np.float64), is_digit.astype(int)
    pixels = two_pixels(X, y)
    means, spreads = X[:, pixels].mean(axis=0), X[:, pixels].std(axis=0)
    x = (X[:, pixels] - means) / spreads  # (n_samples, 2)
    intercept = float(np.log(y.mean() / (1 - y.mean())))
    paths = {
        (name, eta): walk(x, y, intercept, eta, size or len(y), np.random.default_rng(seed))
        for name, size in BATCHES.items()
        for eta in (SMALL, LARGE)
    }
    optimum = walk(x, y, intercept, 2.0, len(y), np.random.default_rng(seed), 300)[-1]
    reach = 0.5 + 1.8 * np.abs(optimum).max()
    axes = optimum[:, None] + np.linspace(-reach, reach, 61)  # (2, 61)
    losses = np.array(
        [[loss(x, y, intercept, np.array([u, v])) for u in axes[0]] for v in axes[1]]
    )  # a row for each value of the second weight
    return Landscape(pixels, means, spreads, intercept, optimum, axes, losses, paths)


def two_pixels(X, y):
    """Return the pixel that says most about y, and the one that adds most to it."""
    X = X - X.mean(axis=0)
    inked = X.std(axis=0) > 0.25 * X.std(axis=0).max()
    chosen = []
    rest = y - y.mean()
    for _ in range(2):
        norms = np.maximum(np.sqrt(np.sum(X**2, axis=0)), 1e-9)
        of_pixel = np.abs(rest @ X) / norms  # (n_features,)
        of_pixel[~inked | (norms < 1e-6)] = 0
        chosen.append(int(of_pixel.argmax()))
        along = X[:, chosen[-1]] / norms[chosen[-1]]
        X = X - np.outer(along, along @ X)  # what is left of the other pixels beside this one
        rest = rest - along * (along @ rest)
    return tuple(chosen)


def walk(x, y, intercept, eta, batch_size, rng, n_steps=STEPS):
    """Return the weights before and after each of `n_steps` steps, (n_steps + 1, 2)."""
    w, path, batches = np.zeros(2), [np.zeros(2)], iter(())
    for _ in range(n_steps):
        batch = next(batches, None)
        if batch is None:
            batches = textbook.minibatches(len(y), batch_size, rng)
            batch = next(batches)
        gradient = textbook.binary_cross_entropy_gradient(x[batch] @ w + intercept, y[batch])
        w = w - eta * gradient @ x[batch]
        path.append(w)
    return np.array(path)


def loss(x, y, intercept, w):
    return textbook.binary_cross_entropy(x @ w + intercept, y)
