"""NumPy: the loop that an expert writes, the one of a few lines, and the textbook's in float64.

The expert's loop computes the same as the naive one. It is faster for four reasons:

- every array is made once, and begins on a multiple of 64 bytes, as vector instructions prefer;
- products take 64 rows at a time, so that BLAS neither copies them nor wakes threads;
- the step eta/n is folded into the residual, which is small, and not into the gradient;
- weights and intercepts lie in one array, as do their velocities: one call serves both.
"""

import numpy as np

from benchmarks.peers import MOMENTUM, n_outputs, step_sizes, targets
from scratch import textbook

_ROWS = 64  # of one product
_ALIGNMENT = 64  # bytes
_EVERY = 4  # updates between two weights that enter the mean


def prepare(problem, *, batch_size, eta0, epochs, tail=0.0, falling=True, shuffle=True):
    """The expert's loop; `tail` is the share of the run, at its end, whose mean is the answer.

    See `benchmarks.peers`.
    """
    X, K = problem.X, n_outputs(problem)
    y = problem.y if K > 1 else problem.y.astype(X.dtype)
    n, d = X.shape
    starts = range(0, n, batch_size)
    etas = np.array(step_sizes(eta0, epochs * len(starts), falling), X.dtype)
    first_of_mean = round(len(etas) * (1 - tail))
    residual = _softmax_residual if K > 1 else _logistic_residual

    @np.errstate(over="ignore")  # exp: of a score below −88, whose probability is 0
    def run(seed):
        rng = np.random.default_rng(seed)
        batches = {m: _Batch(m, K, d, X.dtype) for m in {min(batch_size, n), n - starts[-1]}}
        flat, speed, mean = (_aligned(K * d + K, X.dtype) for _ in range(3))
        W, b = flat[: K * d].reshape(K, d), flat[K * d :, None]
        V, v = speed[: K * d].reshape(K, d), speed[K * d :]
        gradient, n_averaged, t = _aligned((K, d), X.dtype), 0, 0
        for _ in range(epochs):
            order = rng.permutation(n) if shuffle else np.arange(n)
            labels = y[order]
            for start in starts:
                chosen = order[start : start + batch_size]
                batch = batches[len(chosen)]
                X.take(chosen, 0, batch.x, "clip")
                for x, Z in batch.forward:
                    np.matmul(x, W.T, out=Z)
                np.add(batch.Z.T, b, out=batch.R)
                residual(batch, labels[start : start + batch_size], etas[t] / len(chosen))
                speed *= MOMENTUM
                for R, x in batch.backward:
                    np.matmul(R, x, out=gradient)
                    V -= gradient
                v -= batch.R @ batch.ones
                flat += speed
                t += 1
                if t > first_of_mean and (len(etas) - t) % _EVERY == 0:
                    mean += flat
                    n_averaged += 1
        if n_averaged:
            flat[:] = mean / n_averaged
        return W, b[:, 0]

    return run


class _Batch:
    """Room for m samples, and views of it in tiles."""

    def __init__(self, m, K, d, dtype):
        self.x = _aligned((m, d), dtype)
        self.Z = _aligned((m, K), dtype)
        self.R = _aligned((K, m), dtype)  # η/m · (probability − target)
        self.of_sample, self.index, self.ones = np.empty(m, dtype), np.arange(m), np.ones(m, dtype)
        tiles = [slice(start, start + _ROWS) for start in range(0, m, _ROWS)]
        self.forward = [(self.x[tile], self.Z[tile]) for tile in tiles]
        # backwards: the last rows are in the cache
        self.backward = [(self.R[:, tile], self.x[tile]) for tile in reversed(tiles)]


def _aligned(shape, dtype):
    """Zeros that begin on a multiple of 64 bytes."""
    size, spare = int(np.prod(shape)), _ALIGNMENT // np.dtype(dtype).itemsize
    room = np.zeros(size + spare, dtype)
    skip = -room.ctypes.data % _ALIGNMENT // room.itemsize
    return room[skip : skip + size].reshape(shape)


def _softmax_residual(batch, classes, step):
    R, of_sample = batch.R, batch.of_sample
    np.maximum.reduce(R, axis=0, out=of_sample)
    R -= of_sample
    np.exp(R, out=R)
    np.add.reduce(R, axis=0, out=of_sample)
    np.divide(step, of_sample, out=of_sample)
    R *= of_sample
    R[classes, batch.index] -= step


def _logistic_residual(batch, labels, step):
    R = batch.R
    np.negative(R, out=R)
    np.exp(R, out=R)
    R += 1
    np.divide(step, R, out=R)
    R -= step * labels


def prepare_naive(problem, *, batch_size, eta0, epochs, falling=True, shuffle=True):
    """The loop of a few lines; see `benchmarks.peers`."""
    X, T = problem.X, targets(problem)
    n, n_batches = len(X), -(-len(X) // batch_size)
    etas = np.float32(step_sizes(eta0, epochs * n_batches, falling)).reshape(epochs, n_batches)

    @np.errstate(over="ignore")
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

    For two classes the difference of the two rows counts. Both move, so it takes steps of 2 eta.
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
