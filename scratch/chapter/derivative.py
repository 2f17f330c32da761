"""Part 3: p - y, checked by central differences; and the loop that trains two classes."""

import numpy as np

from scratch import textbook
from scratch.chapter.lesson import Derivative, Slope

H = 1e-4
SCORES = ((-2.0, 0), (0.0, 0), (0.0, 1), (0.7, 1), (3.0, 0))  # (z, y)
WIDTHS = np.logspace(0, -14, 57)
ETA, EPOCHS = 0.5, 20


def derivative(data, digit, batch_size, seed):
    """Check p - y, and train "this digit or not" by the textbook's loop.

    Returns
    -------
    Derivative
    """
    slopes = tuple(
        Slope(z, y, float(textbook.sigmoid(np.array(z))) - y, central(z, y, H)) for z, y in SCORES
    )
    z, y = SCORES[3]
    errors = np.array([abs(central(z, y, h) - slopes[3].formula) for h in WIDTHS])
    losses = watched(data, digit, batch_size, seed)
    return Derivative(H, slopes, WIDTHS, errors, ETA, EPOCHS, losses)


def central(z, y, h):
    """Return the derivative of one sample's loss by its score, by differences."""

    def loss(z):
        return textbook.binary_cross_entropy(z, np.array([y]))

    return float(textbook.numerical_gradient(loss, np.array([z]), h)[0])


def watched(data, digit, batch_size, seed):
    """Return the loss on training and validation set before, and after each epoch, (2, m)."""
    sets = [
        (X.astype(np.float64), (y == digit).astype(int))
        for X, y in ((data.X_train, data.y_train), (data.X_validation, data.y_validation))
    ]
    X, y = sets[0]
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    losses = [[np.log(2)] * 2]
    for _ in range(EPOCHS):
        for batch in textbook.minibatches(len(y), batch_size, rng):
            w, b = textbook.logistic_step(w, b, X[batch], y[batch], ETA)
        losses.append([textbook.binary_cross_entropy(X @ w + b, y) for X, y in sets])
    return np.array(losses).T
