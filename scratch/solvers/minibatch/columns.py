"""Moments and extremes of the features of samples, and the frequencies of their classes.

`scratch.solvers.minibatch.auto` decides by them. Extremes are those of all samples. Moments and
curvature are taken from 512 samples: moments are then right to 5 %. (Of sparse samples the moments
are those of all, and only the curvature is that of 512.)

References
----------
T. Chan, G. Golub and R. LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample
Variances", 1979.
"""

from typing import Any, NamedTuple

import numpy as np

from scratch.solvers.minibatch.samples import Batch, Samples, length
from scratch.solvers.minibatch.sparse import moments_of_all, scaled, squared_lengths, times
from scratch.typing import Floats
from scratch.validation.arrays import check_finite

#: Samples that moments and curvature are taken from.
SUBSET = 512
#: The largest features that can be learnt from: the square of a larger one is no float64.
LARGEST = 1e150
# Sizes of features whose moments float32 holds.
_FLOAT32 = 1e-15, 1e15
# Numbers whose extremes or moments are taken at a time: a cache holds them.
_BLOCK = 2**16
# Steps of the power iteration. The eigenvalue need not be exact.
_ITERATIONS = 8


class Seen(NamedTuple):
    """What is known of the samples that have come, and remembered from chunk to chunk.

    Arrays are float64.
    """

    n: float  # samples
    mean: Floats  # (n_features,)
    variance: Floats  # (n_features,)
    low: Floats  # (n_features,), the least values
    high: Floats  # (n_features,)
    frequencies: Floats  # (n_outputs,), mean targets
    unevenness: float = 1.0  # mean of w², of weights w whose mean is 1
    between: float = 0.0  # mean square of the distance of chunks' frequencies from those of all
    curvature: float = 0.0  # h λ
    n_measured: float = 0.0  # samples that had come when it was measured
    centred: bool = True  # whether there was an intercept then
    relative_loss: float = 1.0  # ℓ/H
    final: bool = False  # whether chunks to come are not looked at: see `scratch.scale`

    def merged(self, new: "Seen") -> "Seen":
        """Return what both have seen (Chan, Golub and LeVeque 1979)."""
        n = self.n + new.n
        share, shift = new.n / n, new.mean - self.mean
        change = new.frequencies - self.frequencies
        return self._replace(
            n=n,
            mean=self.mean + share * shift,
            variance=self.variance
            + share * (new.variance - self.variance + (1 - share) * shift**2),
            low=np.minimum(self.low, new.low),
            high=np.maximum(self.high, new.high),
            frequencies=self.frequencies + share * change,
            unevenness=self.unevenness + share * (new.unevenness - self.unevenness),
            between=(1 - share) * (self.between + share * float(change @ change)),
        )


class Subset(NamedTuple):
    """Some samples, read: to take moments and curvature from."""

    rows: Any  # (n, n_features), an array or a CSR matrix
    targets: Floats  # (n_outputs, n)
    weights: Floats  # (n,), summing to 1

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # training tells of it
    def largest_eigenvalue(self, centre: Floats, squares: Floats) -> float:
        """Return that of the mean of x̃ x̃ᵀ; rows of an array become x̃, centred and scaled."""
        rows = scaled(self.rows, centre, np.sqrt(squares))
        return largest_eigenvalue(rows, self.weights.astype(rows.dtype))


def subset_of(samples: Samples, largest: Floats) -> Subset:
    """Return at most `SUBSET` samples, the same ones each time.

    `largest` are the sizes of the features, (n_features,). Those whose square is no float are 0.
    """
    batch = samples.some(SUBSET)
    rows = samples.X[batch] if samples.sparse else _read(samples, batch, largest)
    targets = np.empty((samples.shape[0], length(batch)))
    samples.read_targets(batch, targets, samples.of_code)
    weights = np.ones(length(batch)) if samples.weights is None else samples.weights[batch]
    return Subset(rows, targets, weights / weights.sum())


def _read(samples: Samples, batch: Batch, largest: Floats) -> Floats:
    """Return the rows of `subset_of`."""
    low, high = _FLOAT32
    dtype = samples.dtype if low < largest.max(initial=0) < high else np.float64
    rows = np.empty((length(batch), samples.shape[1]), dtype)
    samples.read_rows(batch, rows)
    check_finite(rows, "X", samples.owner)
    rows[:, largest > LARGEST] = 0
    return rows


def look_at(samples: Samples) -> tuple[Seen, Subset]:
    """Return the statistics of the samples, and the subset that tells more of their curvature."""
    if samples.sparse:
        mean, variance, low, high = moments_of_all(samples, LARGEST)
        subset = subset_of(samples, np.maximum(high, -low))
    else:
        low, high = extremes(samples)
        subset = subset_of(samples, np.maximum(high, -low))
        mean, variance = moments(subset)
        if len(samples) > len(subset.rows):  # one sample is as far away as f, seen here or not
            far = np.minimum(np.maximum(high - mean, mean - low), LARGEST)
            variance = np.maximum(variance, far**2 / len(samples))
    frequencies = subset.targets @ subset.weights
    seen = Seen(len(samples), mean, variance, low, high, frequencies, samples.unevenness)
    return seen, subset


def moments(subset: Subset) -> tuple[Floats, Floats]:
    """Return mean and variance of each feature, (n_features,) both, float64."""
    n, n_features = subset.rows.shape
    size = 1 + _BLOCK // n
    parts = [
        _moments(subset.rows[:, start : start + size], subset.weights)
        for start in range(0, n_features, size)
    ]
    mean, variance = map(np.concatenate, zip(*parts, strict=True))
    return mean, variance


def _moments(rows: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of some features, (n_features,) both."""
    centred = rows - rows[0]  # exactly 0 where nothing varies
    weights = weights.astype(centred.dtype)
    offset = np.einsum("i,ij->j", weights, centred)
    centred -= offset
    unit = np.maximum(np.abs(centred).max(axis=0), np.finfo(centred.dtype).tiny)
    centred /= unit  # so that squares neither under- nor overflow
    variance = np.einsum("i,ij,ij->j", weights, centred, centred) * np.square(unit, dtype=float)
    return rows[0] + offset.astype(float), variance


def extremes(samples: Samples) -> tuple[Floats, Floats]:
    """Return the least and the largest value of each feature, (n_features,) both, float64."""
    size = min(len(samples), 1 + _BLOCK // samples.shape[1])
    low, high = (samples.X[samples.some(1)].repeat(size, axis=0) for _ in range(2))
    for batch in samples.batches(size):
        rows, part = samples.X[batch], slice(length(batch))
        np.fmin(low[part], rows, out=low[part])  # row by row: faster than along a column
        np.fmax(high[part], rows, out=high[part])
    return low.min(axis=0).astype(float), high.max(axis=0).astype(float)


def largest_eigenvalue(rows: Any, weights: Floats) -> float:
    """Return the largest eigenvalue of the mean of x xᵀ, by power iteration.

    It begins with a sum of the rows that only lengths and sums of rows enter. So the order of
    features is nothing to it, nor whether samples are repeated or weighted. The result is never
    above the true value, and seldom much below.

    Parameters
    ----------
    rows : ndarray of shape (n, n_features), or CSR matrix
    weights : ndarray of shape (n,)
        Non-negative, summing to 1.
    """
    lengths, sums = squared_lengths(rows), np.asarray(rows.sum(axis=1)).ravel()
    scores, value = sums + lengths + sums * np.sqrt(lengths), 0.0
    for _ in range(_ITERATIONS):
        direction = times(rows.T, weights * scores)
        size = np.linalg.norm(direction)
        if size == 0:
            break
        scores = times(rows, direction / size)
        value = float(weights @ scores**2)  # Rayleigh's quotient
    return value
