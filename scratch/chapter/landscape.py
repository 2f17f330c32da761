"""Part 4: the loss over a weight and an intercept, a classifier small enough to see it whole."""

import math

import numpy as np

from scratch import textbook
from scratch.chapter.lesson import ByHand, Landscape, Run

STEPS = 100  # of each run
OFFSETS = np.array([[-13.0, 9.0], [-9.0, 9.0]])  # of the picture's edges, from the minimum
START = np.array([-10.0, 5.0])  # from the minimum, too
GRID = 73, 89  # rows, columns: a quarter apart on either axis
NICE = (0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.24)
LEVELS = np.array([*NICE, 0.26, 0.3, 0.36, 0.45, 0.6, 0.8, 1.1, 1.5, 2.0, 2.7, 3.6])
N_LEVELS = 12
OVERLAP = 0.2  # a loss: where a pixel tells 0 from 1 without doubt, w grows without end
BY_HAND = 10  # digits of each kind


def samples(data):
    """Return a middle pixel that leaves some doubt, and of every 0 and 1 its value and label.

    Returns
    -------
    pixel : int
    x : ndarray of shape (n,), in [0, 1]
    y : ndarray of shape (n,), 0 or 1
    """
    chosen = np.isin(data.y_train, ("0", "1"))
    X, y = data.X_train[chosen].astype(np.float64), (data.y_train[chosen] == "1").astype(int)
    half = data.side // 2
    middle = [row * data.side + column for row in (half - 1, half) for column in (half - 1, half)]
    overlapping = [j for j in middle if lowest_loss(X[:, j], y) > OVERLAP]
    pixel = min(overlapping or middle, key=lambda j: lowest_loss(X[:, j], y))
    return pixel, X[:, pixel], y


def lowest_loss(x, y):
    w, b = minimum(x, y)
    return textbook.binary_cross_entropy(w * x + b, y)


def by_hand(x, y):
    """Choose digits of both kinds, evenly spaced by their grey value, and fit them."""
    chosen = []
    for label in (0, 1):
        of_kind = np.flatnonzero(y == label)
        rising = of_kind[np.argsort(x[of_kind], kind="stable")]
        places = (np.arange(BY_HAND) + 0.5) / BY_HAND * len(rising)
        chosen.append(rising[places.astype(int)])
    rows = np.concatenate(chosen)
    w, b = minimum(x[rows], y[rows])
    lowest = textbook.binary_cross_entropy(w * x[rows] + b, y[rows])
    return ByHand(x[rows], y[rows], float(w), float(b), lowest)


def landscape(pixel, x, y, white, seed):
    """Draw the loss of ``z = w x + b``, and walk down it.

    Returns
    -------
    Landscape
    """
    best = minimum(x, y)
    axes = np.round(best)[:, None] + OFFSETS
    w = np.linspace(*axes[0], GRID[1])
    b = np.linspace(*axes[1][::-1], GRID[0])  # the highest first, as on a map
    values, weights = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)
    heights = np.array([[loss(values, weights, u, v) for u in w] for v in b])
    lowest = textbook.binary_cross_entropy(x * best[0] + best[1], y)
    curvatures = np.linalg.eigvalsh(hessian(x, best))
    limit = 2 / curvatures[-1]
    start = np.round(best) + START
    small, middle, *beyond = (rounded(limit * share) for share in (0.045, 0.42, 1.7, 2, 2.5, 3))
    # a run beyond the limit may happen to end low: of these, the one that ends highest shows it
    large = max(beyond, key=lambda eta: walk(x, y, start, eta, 0, 0, None).losses[-1])
    etas = small, middle, large
    settings = [(eta, 0, 0.0) for eta in etas] + [(etas[0], 0, 0.9), (etas[1] / 2, 1, 0.0)]
    return Landscape(
        pixel=pixel,
        counts=np.array(
            [
                np.bincount(np.round(white * x[y == k]).astype(int), minlength=white + 1)
                for k in (0, 1)
            ]
        ),
        minimum=best,
        lowest=lowest,
        curvatures=curvatures,
        axes=axes,
        heights=heights,
        levels=LEVELS[1.02 * lowest < LEVELS][-N_LEVELS:],
        start=start,
        etas=etas,
        runs=tuple(walk(x, y, start, *how, np.random.default_rng(seed)) for how in settings),
    )


def loss(values, weights, w, b):
    """Return the mean loss, where pairs (x, y) that occur several times are counted."""
    x, y = values.T
    margin = np.where(y == 1, 1, -1) * (w * x + b)
    return float(weights @ np.logaddexp(0, -margin) / weights.sum())


def minimum(x, y):
    """Return w and b where the mean loss is lowest, by Newton's method."""
    X = np.column_stack([x, np.ones_like(x)])  # (n, 2)
    best = np.zeros(2)
    for _ in range(50):
        gradient = X.T @ textbook.binary_cross_entropy_gradient(X @ best, y)
        best = best - np.linalg.solve(hessian(x, best) + 1e-9 * np.eye(2), gradient)
    return best


def hessian(x, best):
    """Return the second derivatives of the mean loss at (w, b), (2, 2)."""
    X = np.column_stack([x, np.ones_like(x)])
    p = textbook.sigmoid(X @ best)
    return X.T @ (X * (p * (1 - p))[:, None]) / len(x)


def walk(x, y, start, eta, batch_size, mu, rng, n_steps=STEPS):
    """Take steps with momentum: those of `textbook.momentum_step`.

    A `batch_size` of 0 means all samples.
    """
    X = np.column_stack([x, np.ones_like(x)])
    at, velocity = np.array(start), np.zeros(2)
    path, batches = [at], iter(())
    for _ in range(n_steps):
        batch = next(batches, None)
        if batch is None:
            if batch_size:
                batches = textbook.minibatches(len(y), batch_size, rng)
            batch = next(batches, slice(None))
        gradient = textbook.binary_cross_entropy_gradient(X[batch] @ at, y[batch]) @ X[batch]
        at, velocity = textbook.momentum_step(at, velocity, gradient, eta, mu)
        path.append(at)
    losses = np.array([textbook.binary_cross_entropy(X @ at, y) for at in path])
    return Run(eta, batch_size, mu, np.array(path), losses)


def rounded(value):
    """Return a number with one digit that is not 0: 9.9 becomes 10, 58.9 becomes 60."""
    power = 10.0 ** math.floor(math.log10(value))
    return float(f"{round(value / power) * power:.6g}")
