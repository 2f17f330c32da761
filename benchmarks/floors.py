"""The least that an epoch can cost: its two matrix products, and reading the data once.

The time of the products depends on the number of rows per call, and on which way round they are
written: a BLAS has code of its own for small matrices, and copies large ones. So the floor is found
by trying.
"""

import itertools
import time

import numpy as np

ROWS = (16, 32, 48, 64, 96, 128, 256, 512)
SCORES = "W xᵀ", "x Wᵀ"
GRADIENTS = "R x", "xᵀ Rᵀ"
_TURNS = 3


def products(X, n_classes, rows, scores="x Wᵀ", gradient="R x", epochs=1):
    """A function that does nothing but an epoch's products, `rows` at a time, in the data's order.

    In the dtype of X, into arrays made before.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    n_classes, rows : int
    scores : {"W xᵀ", "x Wᵀ"}, default="x Wᵀ"
    gradient : {"R x", "xᵀ Rᵀ"}, default="R x"
        How the products are written. x are some rows of X; W is (n_classes, n_features).
    epochs : int, default=1
    """
    d = X.shape[1]
    W = np.random.RandomState(0).standard_normal((n_classes, d)).astype(X.dtype)
    G, Gt = np.empty_like(W), np.empty((d, n_classes), X.dtype)
    room = {}  # by number of rows: Z (n_classes, rows), and the array for its transpose
    calls = []  # (a, b, a @ b)
    for start in range(0, len(X), rows):
        x = X[start : start + rows]
        new = np.zeros((n_classes, len(x)), X.dtype), np.zeros((len(x), n_classes), X.dtype)
        Z, Zt = room.setdefault(len(x), new)
        calls.append((W, x.T, Z) if scores == "W xᵀ" else (x, W.T, Zt))
        calls.append((Z, x, G) if gradient == "R x" else (x.T, Zt, Gt))

    def run():
        for _ in range(epochs):
            for a, b, out in calls:
                np.matmul(a, b, out=out)

    return run


def best_way(X, n_classes, rows=ROWS):
    """The quickest way to write `products`, a dict of its arguments: rows, scores, gradient.

    All ways are tried on all of X, in turn; the fastest turn of each counts.
    """
    names = "rows", "scores", "gradient"
    ways = [
        dict(zip(names, way, strict=True)) for way in itertools.product(rows, SCORES, GRADIENTS)
    ]
    runs = [products(X, n_classes, **way) for way in ways]
    least = np.full(len(ways), np.inf)
    for _ in range(_TURNS):
        for i, run in enumerate(runs):
            start = time.process_time()
            run()
            least[i] = min(least[i], time.process_time() - start)
    return ways[int(least.argmin())]


def reading(X):
    """A function that reads every number of X once, as fast as memory gives it: x · x."""
    flat = X.ravel()
    return lambda: flat @ flat
