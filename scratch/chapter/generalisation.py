"""Part 7: few digits and many, with a penalty and without; how sure is right; what is no digit."""

import numpy as np

from scratch import textbook
from scratch.chapter.lesson import Fit, Generalisation, Oddity, Reliability
from scratch.chapter.page_order import PageOrder

SETTINGS = {"digits": (3.0, 32, 60), "mnist": (1.0, 32, 30)}  # η, batch size, epochs
SIZES = 50, 200, None  # None: all that the page carries
PENALTIES = {"digits": 1e-4, "mnist": 1e-3}
ANGLES = 0, 45, 90, 135, 180
N_SCRIBBLES = 8


def generalisation(name, part, classifier, probabilities, truth, seed):
    """Watch trainings of several sizes on both sets, and ask what is no digit.

    Parameters
    ----------
    name : str
        Of the data set.
    part : Carried
    classifier : SoftmaxClassifier
        The chapter's.
    probabilities : ndarray of shape (n, 10)
        Its answers to the validation set.
    truth : ndarray of shape (n,)
        Class indices.
    seed : int
    """
    eta, batch_size, n_epochs = SETTINGS[name]
    fits = tuple(
        fit(part, n or len(part.y_train), alpha, eta, batch_size, n_epochs)
        for n in SIZES
        for alpha in (0.0, PENALTIES[name])
    )
    side = round(part.X_train.shape[1] ** 0.5)
    rng = np.random.default_rng(seed)
    sevens = np.flatnonzero(part.y_validation == "7")
    right = classifier.predict(part.X_validation[sevens]) == "7"
    seven = int(sevens[right.argmax()])  # the first that is read rightly
    pictures = [scribble(side, part.X_train.sum(axis=1).mean(), rng) for _ in range(N_SCRIBBLES)]
    return Generalisation(
        eta=eta,
        batch_size=batch_size,
        n_epochs=n_epochs,
        fits=fits,
        reliability=reliability(probabilities, truth),
        scribbles=tuple(oddity(classifier, x) for x in pictures),
        seven=seven,
        turned=tuple(
            oddity(classifier, turned(part.X_validation[seven].reshape(side, side), angle).ravel())
            for angle in ANGLES
        ),
    )


def fit(part, n, alpha, eta, batch_size, n_epochs):
    """Train on the first `n` digits, and judge after each epoch."""
    sets = [
        (X.astype(np.float64), y.astype(int))
        for X, y in (
            (part.X_train[:n], part.y_train[:n]),
            (part.X_validation, part.y_validation),
        )
    ]
    X, y = sets[0]
    rng = PageOrder()
    W, b = np.zeros((10, X.shape[1])), np.zeros(10)
    losses = [[np.log(10)] * 2]
    for _ in range(n_epochs):
        for batch in textbook.minibatches(n, batch_size, rng):
            W, b = textbook.sgd_step(W, b, X[batch], y[batch], eta, alpha)
        losses.append([textbook.cross_entropy(X @ W.T + b, y) for X, y in sets])
    return Fit(n, alpha, np.array(losses).T)


def reliability(probabilities, truth):
    """Compare how sure the answers were with how many are right, in ten bins."""
    right = (probabilities.argmax(axis=1) == truth).astype(int)
    sure, share, counts = textbook.reliability(right, probabilities.max(axis=1))
    return Reliability(counts, sure, share)


def oddity(classifier, pixels):
    (p,) = classifier.predict_proba(pixels[None].astype(np.float64))
    return Oddity(pixels, str(classifier.classes_[p.argmax()]), float(p.max()))


def scribble(side, ink, rng):
    """Draw a pen's random walk, with about as much ink as a digit has."""
    picture = np.zeros((side, side))
    rows, columns = np.mgrid[:side, :side]
    at, heading = rng.uniform(0.3, 0.7, 2) * side, rng.uniform(0, 2 * np.pi)
    width = side / 14
    while picture.sum() < ink:
        distance = np.hypot(rows + 0.5 - at[0], columns + 0.5 - at[1])
        picture = np.maximum(picture, np.clip(1.2 - (distance / width) ** 2 / 2, 0, 1))
        heading += rng.normal(0, 0.7)
        at = at + 0.35 * width * np.array([np.sin(heading), np.cos(heading)])
        if (at < 0.12 * side).any() or (at > 0.88 * side).any():
            at, heading = np.clip(at, 0.12 * side, 0.88 * side), heading + np.pi / 2
    return picture.ravel()


def turned(picture, degrees):
    """Turn a picture about its middle, clockwise; between pixels, interpolate."""
    side, angle = len(picture), np.deg2rad(degrees)
    rows, columns = np.mgrid[:side, :side] - (side - 1) / 2
    y = np.cos(angle) * rows - np.sin(angle) * columns + (side - 1) / 2
    x = np.sin(angle) * rows + np.cos(angle) * columns + (side - 1) / 2
    padded = np.pad(picture, 1)
    y, x = np.clip(y, -1, side) + 1, np.clip(x, -1, side) + 1
    top, left = np.minimum(y.astype(int), side), np.minimum(x.astype(int), side)
    v, u = y - top, x - left
    return (
        padded[top, left] * (1 - v) * (1 - u)
        + padded[top + 1, left] * v * (1 - u)
        + padded[top, left + 1] * (1 - v) * u
        + padded[top + 1, left + 1] * v * u
    )
