"""The least that an epoch can cost: its two matrix products, and reading the data once."""

import numpy as np


def products(X, n_classes, batch_size, epochs=1):
    """A function that does nothing but an epoch's products, batch by batch, in the data's order.

    Scores ``W xᵀ`` and gradient ``R x``, in the dtype of X, into arrays made before.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    n_classes, batch_size : int
    epochs : int, default=1
    """
    n, d = X.shape
    rng = np.random.RandomState(0)
    W = rng.standard_normal((n_classes, d)).astype(X.dtype)
    gradient = np.empty_like(W)
    batches = [X[start : start + batch_size] for start in range(0, n, batch_size)]
    scores = {len(batch): np.empty((n_classes, len(batch)), X.dtype) for batch in batches}

    def run():
        for _ in range(epochs):
            for batch in batches:
                Z = scores[len(batch)]  # (n_classes, batch_size)
                np.matmul(W, batch.T, out=Z)
                np.matmul(Z, batch, out=gradient)

    return run


def reading(X):
    """A function that reads every number of X once, as fast as memory gives it: x · x."""
    flat = X.ravel()
    return lambda: flat @ flat
