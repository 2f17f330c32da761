"""NumPy: the loop that one writes in a few lines, in float32; and the textbook's, in float64."""

import numpy as np

from benchmarks.peers import MOMENTUM, n_outputs, step_sizes, targets
from scratch import textbook


def prepare(problem, *, batch_size, eta0, epochs, falling=True, shuffle=True):
    """The plain loop; see `benchmarks.peers`."""
    X, T = problem.X, targets(problem)
    n, n_batches = len(X), -(-len(X) // batch_size)
    etas = np.float32(step_sizes(eta0, epochs * n_batches, falling)).reshape(epochs, n_batches)

    def run(seed):
        rng = np.random.default_rng(seed)
        W, b = np.zeros((T.shape[1], X.shape[1]), X.dtype), np.zeros(T.shape[1], X.dtype)
        V, v = np.zeros_like(W), np.zeros_like(b)
        for steps in etas:
            order = rng.permutation(n) if shuffle else np.arange(n)
            for eta, start in zip(steps, range(0, n, batch_size), strict=True):
                batch = order[start : start + batch_size]
                x = X[batch]
                R = _probabilities(x @ W.T + b) - T[batch]  # (batch_size, n_outputs)
                V = MOMENTUM * V - eta / len(batch) * (R.T @ x)
                v = MOMENTUM * v - eta / len(batch) * R.sum(axis=0)
                W += V
                b += v
        return W, b

    return run


def _probabilities(Z):
    if Z.shape[1] == 1:
        return 1 / (1 + np.exp(-Z))
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def prepare_textbook(problem, *, batch_size, eta0, epochs, shuffle=True):
    """`textbook.fit_softmax`: a constant step, no momentum; data in the dtype of its weights.

    Of two classes the difference of the two rows counts. Both move, so it takes steps of 2 eta.
    """
    X = problem.X.astype(np.float64)
    eta = eta0 if n_outputs(problem) > 1 else eta0 / 2
    how = {"eta": eta, "alpha": 0.0, "batch_size": batch_size, "n_epochs": epochs}

    def run(seed):
        rng = np.random.default_rng(seed) if shuffle else _InOrder
        W, b = textbook.fit_softmax(X, problem.y, problem.n_classes, **how, rng=rng)
        return (W, b) if n_outputs(problem) > 1 else (W[1:] - W[:1], b[1:] - b[:1])

    return run


class _InOrder:
    """Stands for a random generator where samples are to be taken in their order."""

    permutation = staticmethod(np.arange)
