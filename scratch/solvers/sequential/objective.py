"""The objective of an epoch of `scratch.solvers.sequential`, which its stopping rule watches.

It is loss plus penalty, summed over the steps, each taken before its step. The loss is summed
for many steps at once, as is the penalty where that can be done, so the last digits may differ from
scikit-learn's, and `tol` should not depend on them.
"""

import numpy as np

from scratch.typing import Floats, Ints

# A product of factors that may still be divided by.
_SMALLEST_PRODUCT = 1e-100


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


def norms_met(met: list[Floats], lengths: Ints) -> tuple[Floats, Floats]:
    """Return Σ w² and Σ |w| of the weights that each step has met, (n_steps, n_classes) both.

    Parameters
    ----------
    met : list of ndarrays
        The weights of each step, class after class.
    lengths : ndarray of shape (n_steps, n_classes)
        How many weights of each class a step has met, at least 1.

    Examples
    --------
    >>> squares, sums = norms_met([np.array([3.0, -4.0, 2.0])], np.array([[2, 1]]))
    >>> squares.tolist(), sums.tolist()
    ([[25.0, 4.0]], [[7.0, 2.0]])
    """
    w = np.concatenate(met).reshape(-1).astype(np.float64, copy=False)
    starts = lengths.cumsum() - lengths.reshape(-1)
    squares, sums = np.add.reduceat(w * w, starts), np.add.reduceat(np.abs(w), starts)
    return squares.reshape(lengths.shape), sums.reshape(lengths.shape)


def measured_before_steps(first: Floats, measured: Floats, factors: Floats, u: Floats) -> Floats:
    """Return a norm of the weights before each of some steps, from what was measured after each.

    As in scikit-learn it is that of the weights that the last step with a move has met, taken
    before its step of L1. With sparse X these are the features of the step's sample alone.

    Parameters
    ----------
    first : ndarray of shape (n_classes,)
        The norm before the first step.
    measured : ndarray of shape (n_steps, n_classes)
        The norm after each step; it counts where the step has moved the weights.
    factors : ndarray of shape (n_steps, 1)
        What each step has shrunk the norm by.
    u : ndarray of shape (n_steps, n_classes)
        The moves.

    Returns
    -------
    ndarray of shape (n_steps + 1, n_classes)
        The last row is the norm after the last step.

    Examples
    --------
    >>> measured, factors, u = np.array([[[9.0], [7.0]], [[0.5], [0.5]], [[0.1], [0.0]]])
    >>> measured_before_steps(np.array([4.0]), measured, factors, u).ravel().tolist()
    [4.0, 9.0, 4.5]
    """
    if u.all():
        return np.vstack([first, measured])
    norms = []
    for k, norm in enumerate(first.tolist()):
        norms.append([norm])
        of_steps = measured[:, k].tolist(), factors[:, 0].tolist(), u[:, k].tolist()
        for after_move, factor, move in zip(*of_steps, strict=True):
            norm = after_move if move else factor * norm
            norms[k].append(norm)
    return np.array(norms).T
