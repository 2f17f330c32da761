"""Losses of the chapter, always from logits: binary cross-entropy and cross-entropy.

A linear classifier computes scores, the *logits* ``Z = X Wᵀ + b``. A *link* turns them into
probabilities (`sigmoid`, `softmax`) and a loss compares those with the targets. Both losses have
the same gradient with respect to the logits, the *residual*: **probability - target**. That is the
one idea of this package: with it, one training loop serves both classifiers.

Nothing here takes a logarithm of a probability. A probability that has rounded to 0 or 1 has lost
what the loss needs; the logit still has it, and the loss stays finite and exact where
``-log(sigmoid(z))`` would have overflowed.

References
----------
C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer 2006, sections 4.3.2 and 4.3.4.
M. Mächler, *Accurately Computing log(1 - exp(-|a|))*, 2012 (CRAN, package Rmpfr).
"""

import functools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.typing import Floats
from scratch.validation.arrays import in_unit_interval, rows_sum_to_one
from scratch.validation.weights import as_weights


def sigmoid(logits: ArrayLike) -> Floats:
    """Return the probability of the positive class: ``1 / (1 + exp(-z))``.

    Parameters
    ----------
    logits : array_like of any shape
        Scores; -inf and inf are allowed. float32 is computed in float32, integers in float64.

    Returns
    -------
    ndarray of the same shape
        In [0, 1]; exactly 0 and 1 at -inf and inf.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    z = _floating(logits)
    # exp is only asked for -|z|, so it never overflows: e^z / (1 + e^z) where z < 0.
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def softmax(logits: ArrayLike) -> Floats:
    """Return the probabilities of the classes: ``exp(z_k) / Σ_j exp(z_j)``, along the last axis.

    Parameters
    ----------
    logits : array_like of shape (..., n_classes)
        Scores; -inf and inf are allowed (several infinite maxima share the probability).

    Returns
    -------
    ndarray of the same shape
        In [0, 1], summing to 1 along the last axis.

    Examples
    --------
    >>> softmax([1000.0, 1000.0, 0.0]).tolist()
    [0.5, 0.5, 0.0]
    """
    e = np.exp(_below_maximum(_floating(logits)))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(logits: ArrayLike) -> Floats:
    """Return the logarithm of `softmax`, without computing that: ``z_k - log Σ_j exp(z_j)``.

    Parameters
    ----------
    logits : array_like of shape (..., n_classes)
        Scores; -inf and inf are allowed.

    Returns
    -------
    ndarray of the same shape
        In [-inf, 0]. Of full relative precision also where the probability is nearly 1.

    Examples
    --------
    >>> log_softmax([0.0, 1000.0]).tolist()
    [-1000.0, 0.0]
    """
    shifted = _below_maximum(_floating(logits))
    # The maximum contributes exp(0) = 1 to the sum. Left out and put back by log1p, it does not
    # drown the small ones: log_softmax([50, 0])[0] is -exp(-50), not 0.
    others = np.exp(shifted)
    np.put_along_axis(others, shifted.argmax(axis=-1)[..., None], 0, axis=-1)
    return shifted - np.log1p(others.sum(axis=-1, keepdims=True))


def binary_cross_entropy(
    logits: ArrayLike, targets: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> tuple[np.floating[Any], Floats]:
    r"""Return the mean binary cross-entropy of logits, and its gradient.

    With ``p = sigmoid(z)`` the loss of one sample is

    .. math:: -y \log p - (1 - y) \log(1 - p) = \log(1 + e^{-|z|}) + |z| \, d

    where ``d`` is the distance of the target ``y`` from the side that ``z`` is on: ``1 - y`` for
    ``z > 0``, ``y`` for ``z < 0``. The right-hand side is what is computed: two terms that are
    never negative, so nothing overflows and nothing cancels.

    Parameters
    ----------
    logits : array_like of shape (n_samples,)
        Scores of the positive class; -inf and inf are allowed.
    targets : array_like of shape (n_samples,)
        0 or 1 (or bools), or probabilities of the positive class in [0, 1].
    sample_weight : array_like of shape (n_samples,), default=None
        Non-negative weights; None weighs all alike. Only their ratios matter.

    Returns
    -------
    value : floating
        The weighted mean loss in nats, of the logits' dtype, in [0, inf].
    residual : ndarray of shape (n_samples,)
        Its gradient with respect to the logits: ``(sigmoid(z) - y) w / Σw``.

    Raises
    ------
    ValueError
        If shapes disagree, a target lies outside [0, 1], or the weights are infinite, negative, or
        all 0.

    References
    ----------
    Bishop 2006, equations 4.90 and 4.91.

    Examples
    --------
    >>> value, residual = binary_cross_entropy([0.0, 1e4], [1, 1])
    >>> float(value), residual.tolist()
    (0.34657359027997264, [-0.25, 0.0])
    """
    z = _floating(logits)
    y = np.asarray(targets, dtype=z.dtype)
    if z.ndim != 1 or y.shape != z.shape:
        raise ValueError(f"logits and targets must be (n_samples,), got {z.shape} and {y.shape}")
    _check_probabilities(y)
    weight = _normalised(sample_weight, z)  # (n_samples,), sums to 1
    loss = np.log1p(np.exp(-np.abs(z))) + _product(np.where(z > 0, 1 - y, y), np.abs(z))
    return _product(weight, loss).sum(), weight * (sigmoid(z) - y)


def cross_entropy(
    logits: ArrayLike, targets: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> tuple[np.floating[Any], Floats]:
    r"""Return the mean cross-entropy of logits over several classes, and its gradient.

    With ``P = softmax(Z)`` and targets ``T`` (rows of probabilities; one-hot for class indices)
    the loss of one sample is

    .. math:: -\sum_k t_k \log p_k = \sum_k t_k \left(\log \sum_j e^{z_j} - z_k\right)

    Parameters
    ----------
    logits : array_like of shape (n_samples, n_classes)
        Scores; -inf and inf are allowed.
    targets : array_like of shape (n_samples,) or (n_samples, n_classes)
        Class indices, integers in [0, n_classes); or rows of probabilities that sum to 1.
    sample_weight : array_like of shape (n_samples,), default=None
        Non-negative weights; None weighs all alike. Only their ratios matter.

    Returns
    -------
    value : floating
        The weighted mean loss in nats, of the logits' dtype, in [0, inf].
    residual : ndarray of shape (n_samples, n_classes)
        Its gradient with respect to the logits: ``(softmax(Z) - T) w / Σw``.

    Raises
    ------
    ValueError
        If shapes disagree, an index or a probability is out of range, rows of probabilities do not
        sum to 1, or the weights are infinite, negative, or all 0.

    References
    ----------
    Bishop 2006, equations 4.108 and 4.109.

    Examples
    --------
    >>> value, residual = cross_entropy([[0.0, 0.0], [1e4, 0.0]], [0, 0])
    >>> float(value), residual.tolist()
    (0.34657359027997264, [[-0.25, 0.25], [0.0, 0.0]])
    """
    z = _floating(logits)
    if z.ndim != 2:
        raise ValueError(f"logits must be (n_samples, n_classes), got {z.shape}")
    target = _target_rows(targets, z)  # (n_samples, n_classes)
    weight = _normalised(sample_weight, z)  # (n_samples,), sums to 1
    loss = _product(target, -log_softmax(z)).sum(axis=1)
    return _product(weight, loss).sum(), weight[:, None] * (softmax(z) - target)


# The same two losses for the training loop, which works on one mini-batch after another and can't
# afford to allocate. Classes are rows here, `(n_classes, n_samples)`, so that sums over the classes
# add whole rows; logits are finite, so infinite ones need no care.


def sigmoid_residual(logits: Floats, targets: Floats, loss: Floats, work: Floats) -> None:
    """Replace logits by `sigmoid(logits) - targets`, in place, and write the losses of the samples.

    Parameters
    ----------
    logits : ndarray of shape (n_outputs, n_samples)
        Finite scores, one row for each question "this class or not"; overwritten.
    targets : ndarray of shape (n_outputs, n_samples)
        Probabilities of the positive class.
    loss : ndarray of shape (n_samples,)
        Overwritten by the binary cross-entropies, summed over the outputs.
    work : ndarray of shape (3, n_outputs, n_samples)
        Overwritten.
    """
    decay, total, term = work
    np.abs(logits, out=decay)
    np.negative(decay, out=decay)
    np.exp(decay, out=decay)  # e^-|z|, in (0, 1]

    # log(1 + e^z) - y z, where log(1 + e^z) = log(1 + e^-|z|) + max(z, 0)
    np.log1p(decay, out=total)
    np.maximum(logits, 0, out=term)
    total += term
    np.multiply(targets, logits, out=term)
    total -= term
    np.add.reduce(total, axis=0, out=loss)

    # e^min(z, 0) / (1 + e^-|z|)
    np.minimum(logits, 0, out=logits)
    np.exp(logits, out=logits)
    decay += 1
    logits /= decay
    logits -= targets


def softmax_residual(logits: Floats, targets: Floats, loss: Floats, work: Floats) -> None:
    """Replace logits by `softmax(logits) - targets`, in place, and write the losses of the samples.

    Parameters
    ----------
    logits : ndarray of shape (n_classes, n_samples)
        Finite scores; overwritten.
    targets : ndarray of shape (n_classes, n_samples)
        Probabilities of the classes; columns sum to 1.
    loss : ndarray of shape (n_samples,)
        Overwritten by the cross-entropies.
    work : ndarray of shape (3, n_classes, n_samples)
        Overwritten.
    """
    product, (row, *_), _ = work
    np.maximum.reduce(logits, axis=0, out=row)
    logits -= row
    np.multiply(targets, logits, out=product)
    np.add.reduce(product, axis=0, out=loss)  # the target's logit, below the maximum

    np.exp(logits, out=logits)
    np.add.reduce(logits, axis=0, out=row)
    logits /= row
    logits -= targets

    np.log(row, out=row)
    np.subtract(row, loss, out=loss)  # log Σ exp(z) - z_target


def _floating(values: ArrayLike) -> Floats:
    """Return the values as floating point numbers, of their own precision if they have one."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def _below_maximum(z: Floats) -> Floats:
    """Subtract the maximum of the last axis; a maximum becomes 0 even where it is infinite."""
    if 0 < z.shape[-1] <= 32:  # by columns: `max` over short rows takes ten times that
        maximum = functools.reduce(np.maximum, np.moveaxis(z, -1, 0))[..., np.newaxis]
    else:
        maximum = z.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):  # inf - inf
        below = z - maximum
    if not np.isfinite(maximum).all():
        below[z == maximum] = 0
    return below


def _product(weight: Floats, value: Floats) -> Floats:
    """Return ``weight * value`` with 0 · inf = 0: what has no weight does not count."""
    with np.errstate(invalid="ignore"):
        return np.where(weight == 0, weight, weight * value)


def _normalised(sample_weight: ArrayLike | None, z: Floats) -> Floats:
    """Return weights of the samples that sum to 1, in the dtype of the logits, (n_samples,)."""
    weight = as_weights(sample_weight, dtype=np.float64, z=z)
    if weight is None:
        return np.full(len(z), 1 / max(len(z), 1), dtype=z.dtype)
    weight = weight / weight.max()  # so that their sum neither under- nor overflows
    return (weight / weight.sum()).astype(z.dtype)


def _target_rows(targets: ArrayLike, z: Floats) -> Floats:
    """Return targets as rows of probabilities, (n_samples, n_classes), in the logits' dtype."""
    targets = np.asarray(targets)
    if targets.shape == z.shape:
        rows = targets.astype(z.dtype)
        _check_probabilities(rows)
        if not rows_sum_to_one(rows):
            raise ValueError("the probabilities of each row of targets must sum to 1")
        return rows
    if targets.shape != z.shape[:1] or targets.dtype.kind not in "iu":
        raise ValueError(
            f"targets must be class indices ({len(z)},) or probabilities {z.shape},"
            f" got {targets.dtype} {targets.shape}"
        )
    if targets.size and not (targets.min() >= 0 and targets.max() < z.shape[1]):
        raise ValueError(f"class indices must be in [0, {z.shape[1]})")
    return np.eye(z.shape[1], dtype=z.dtype)[targets]


def _check_probabilities(values: Floats) -> None:
    """Raise a ValueError for a value outside [0, 1], or NaN."""
    if not in_unit_interval(values):
        raise ValueError("targets must be probabilities, in [0, 1]")
