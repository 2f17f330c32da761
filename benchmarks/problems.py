"""The training and test data: the same split, scaling and dtype for every solver."""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Problem:
    """Training and test set.

    X are float32 in C order, y are codes 0 … K−1 (int64). Every solver minimises the mean loss plus
    ``alpha / 2 · Σ W²``; scikit-learn's ``LogisticRegression(C=C)`` does so with
    ``C = 1 / (n_samples · alpha)``.
    """

    name: str
    what: str  # in words: size and scaling
    X: np.ndarray  # (n_samples, n_features)
    y: np.ndarray  # (n_samples,)
    X_test: np.ndarray
    y_test: np.ndarray
    alpha: float = 1e-4

    @property
    def n_classes(self):
        return int(self.y.max()) + 1

    def C(self, alpha=None):
        """scikit-learn's C of the same objective."""
        return 1.0 / (len(self.X) * (self.alpha if alpha is None else alpha))

    def first(self, n):
        """The same with the first n training samples alone."""
        return replace(self, X=self.X[:n], y=self.y[:n])

    def held_out(self):
        """The training set's last sixth in place of the test set; training is on the rest."""
        n = len(self.X) - len(self.X) // 6
        return replace(self, X=self.X[:n], y=self.y[:n], X_test=self.X[n:], y_test=self.y[n:])

    def five_or_not(self):
        """Two classes: 1 for class 5, else 0."""
        y, y_test = ((y == 5).astype(np.int64) for y in (self.y, self.y_test))
        return replace(self, name=f"{self.name}, 5 or not 5", y=y, y_test=y_test)


def load(dataset, quick=False):
    """A `Problem`: "mnist", "digits" or "synthetic"; with `quick` the first few thousand rows."""
    problem = {"mnist": _mnist, "digits": _digits, "synthetic": _synthetic}[dataset]
    return problem(quick)


def _problem(name, how, X, y, X_test, y_test):
    n, d = X.shape
    what = f"{n:,} × {d} ({len(X_test):,} for the test), {how}, float32"
    X, X_test = (np.ascontiguousarray(part, dtype=np.float32) for part in (X, X_test))
    return Problem(name, what, X, y, X_test, y_test)


def _mnist(quick):
    from scratch.datasets import load_mnist

    pixels, labels = load_mnist()
    X, y = pixels.astype(np.float32) / np.float32(255), labels.astype(np.int64)
    train, test = (
        (slice(6_000), slice(60_000, 62_000)) if quick else (slice(60_000), slice(60_000, None))
    )
    name = "MNIST, first 6,000" if quick else "MNIST"
    return _problem(name, "pixels in [0, 1]", X[train], y[train], X[test], y[test])


def _digits(quick):
    from scratch.datasets import load_digits

    pixels, labels = load_digits()
    X, y = pixels.astype(np.float32) / np.float32(16), labels.astype(np.int64)
    order = np.random.RandomState(0).permutation(len(X))
    train, test = order[:1200], order[1200:]
    return _problem("digits", "pixels in [0, 1]", X[train], y[train], X[test], y[test])


def _synthetic(quick):
    """Ten overlapping clouds in 50 dimensions."""
    rng = np.random.RandomState(0)
    n, n_test, d, K = (2_000 if quick else 20_000), 5_000, 50, 10
    centres = rng.standard_normal((K, d)) * 0.45
    y = rng.randint(0, K, n + n_test)
    X = centres[y] + rng.standard_normal((n + n_test, d))
    return _problem("synthetic", "unit variance about ten centres", X[:n], y[:n], X[n:], y[n:])


def few_dense_features(n):
    """Two classes, n × 20 (float64), no zeros: where a sample costs the interpreter the most."""
    rng = np.random.RandomState(0)
    X = rng.standard_normal((n, 20))
    y = (X @ rng.standard_normal(20) + rng.standard_normal(n) > 0).astype(np.int64)
    return X, y
