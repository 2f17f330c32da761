"""The objective of an epoch of `scratch.solvers.sequential`, which its stopping rule watches.

It is log loss plus penalty, summed over the steps, each taken before its step. The loss is summed
for many steps at once, as is the penalty where that can be done, so the last digits may differ from
scikit-learn's, and `tol` should not depend on them.
"""

import numpy as np

from scratch.solvers.sequential.rounding import Arithmetic, Number
from scratch.typing import Bools, Floats

# A product of factors that may still be divided by.
_SMALLEST_PRODUCT = 1e-100


def log_losses(z: Floats, y: Bools) -> Floats:
    """Return the log loss ``log(1 + exp(z)) − y·z`` of each logit.

    Parameters
    ----------
    z : ndarray of floats
    y : ndarray of bools, of the same shape

    >>> log_losses(np.array([0.0, 1000.0]), np.array([True, True])).round(4).tolist()
    [0.6931, 0.0]
    """
    return np.logaddexp(0.0, z) - y * z


def squares_before_steps(
    first: Floats, factors: Floats, wx: Floats, u: Floats, x_squares: Floats
) -> Floats:
    """Return Σ w² before each of some steps ``w ← f·w + u·x``, without the weights themselves.

    By the binomial formula, a step makes ``f²·Σw² + 2f·u·(w·x) + u²·Σx²`` of ``Σw²``.

    Parameters
    ----------
    first : ndarray of shape (n_classes,)
        Σ w² before the first step.
    factors : ndarray of shape (n_steps, 1)
        f of each step, in [0, 1].
    wx, u, x_squares : ndarrays of shape (n_steps, n_classes)
        w·x before the step, u, and Σ x².

    Returns
    -------
    ndarray of shape (n_steps + 1, n_classes)
        The last row is Σ w² after the last step.

    >>> w, x = np.array([3.0, 4.0]), np.array([1.0, -1.0])
    >>> one = np.ones((1, 1))
    >>> squares = squares_before_steps(np.array([w @ w]), 0.5 * one, w @ x * one, 2 * one, 2 * one)
    >>> squares.ravel().tolist(), float(np.sum((0.5 * w + 2 * x) ** 2))
    ([25.0, 12.25], 12.25)
    """
    growth = u * (2 * factors * wx + u * x_squares)  # (n_steps, n_classes)
    product = np.cumprod(factors * factors, axis=0)  # (n_steps, 1)
    if len(factors) == 1:
        return np.vstack([first, product * first + growth])
    if product[-1, 0] > _SMALLEST_PRODUCT:
        return np.vstack([first, product * (first + np.cumsum(growth / product, axis=0))])
    half = len(factors) // 2
    sooner, later = slice(half), slice(half, None)
    head = squares_before_steps(first, factors[sooner], wx[sooner], u[sooner], x_squares[sooner])
    tail = squares_before_steps(head[-1], factors[later], wx[later], u[later], x_squares[later])
    return np.vstack([head[:-1], tail])


def norms(W: Floats, scale: float) -> tuple[Floats, Floats]:
    """Return Σ w² and Σ |w| of each class, (n_classes,) both, of the weights ``scale · W``."""
    squares = np.einsum("kj,kj->k", W, W, dtype=np.float64)
    return scale**2 * squares, scale * np.abs(W).sum(axis=1, dtype=np.float64)


class MeasuredNorms:
    """Σ w² and Σ |w| before each step, measured where a step may move the weights in other ways.

    As in scikit-learn they are those after the last step that moved the weights, before its step of
    L1, over the weights that it met: with sparse X these are the sample's features alone.

    Parameters
    ----------
    arithmetic : Arithmetic
        See `scratch.solvers.sequential.rounding`.
    squares, lengths : ndarrays of shape (n_classes,)
        Those before the first step.
    """

    def __init__(self, arithmetic: Arithmetic, squares: Floats, lengths: Floats) -> None:
        self.arithmetic = arithmetic
        self.squares, self.lengths = arithmetic.numbers(squares), arithmetic.numbers(lengths)
        self.notes: list[Number] = []

    def measure(
        self, factor: float, u: Number, scale: float, measured: tuple[Number, Number]
    ) -> None:
        """Take one step: the weights were shrunk by `factor`, and moved by u times a sample.

        `measured` is Σ W² and Σ |W| after it, for weights ``scale · W``.
        """
        self.notes.extend((self.squares, self.lengths))
        either, (squares, lengths) = self.arithmetic.either, measured
        self.squares = either(u, scale**2 * squares, factor**2 * self.squares)
        self.lengths = either(u, scale * lengths, factor * self.lengths)

    def tables(self) -> Floats:
        """Return Σ w² and Σ |w| before each step, (2, n_steps, n_classes)."""
        return self.arithmetic.tables(self.notes, 2)

    def last(self) -> tuple[Floats, Floats]:
        """Return Σ w² and Σ |w| after the last step, (n_classes,) both."""
        return np.atleast_1d(self.squares), np.atleast_1d(self.lengths)
