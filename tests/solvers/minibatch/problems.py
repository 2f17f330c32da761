"""A small problem for the tests of the mini-batch solver, and its losses written out anew."""

import numpy as np

from scratch.losses import BinaryCrossEntropy, CrossEntropy
from scratch.solvers.minibatch.descent import Descent, Method, State
from scratch.solvers.minibatch.optimisers import Momentum
from scratch.solvers.minibatch.products import split
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import Penalty

N, D, K = 23, 6, 3
LINKS = {
    BinaryCrossEntropy: lambda Z: 1 / (1 + np.exp(-Z)),
    CrossEntropy: lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
}
LOSSES = {
    BinaryCrossEntropy: lambda Z, T: (np.log(1 + np.exp(Z)) - T * Z).sum(),
    CrossEntropy: lambda Z, T: (np.log(np.exp(Z).sum(axis=1)) - (T * Z).sum(axis=1)).sum(),
}


def data(dtype=np.float64):
    """Return features (N, D) and class codes (N,)."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(N, D)).astype(dtype), rng.integers(0, K, N)


def samples_of(X, y, weights=None):
    """Return samples with one output a class."""
    return Samples(X, y, np.eye(K), weights)


def method(loss=CrossEntropy, penalty=None, optimiser=None, **others):
    """Return a method: softmax, no penalty and no momentum unless told otherwise."""
    penalty = Penalty(0.0, 0.0) if penalty is None else penalty
    return Method(loss(), penalty, Momentum(0.0) if optimiser is None else optimiser, **others)


def start(dtype=np.float64):
    """Return a state at random weights, the same in each call."""
    rng = np.random.default_rng(1)
    return State.start(rng.normal(size=(K, D)), rng.normal(size=K), dtype)


def descent(samples, *args, dtype=np.float64, **options):
    """Return a descent from `start` in batches of N or less; the rest is for `method`."""
    return Descent(start(dtype), samples, method(*args, **options), None, N)


def weights(descent):
    """Return the weights (K, D) and the intercepts b̃ (K,) that a descent has reached."""
    return split(descent.state.theta.copy(), descent.state.shape)
