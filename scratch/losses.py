"""Losses of the chapter, always from logits: binary cross-entropy and cross-entropy.

`binary_cross_entropy` and `cross_entropy` are functions for anybody's use. The solvers take a loss
as one object, a `Loss`: `BinaryCrossEntropy` and `CrossEntropy`.

A linear classifier computes scores, the *logits* ``Z = X Wᵀ + b``. A *link* turns them into
probabilities (`sigmoid`, `softmax`) and a loss compares those with the targets. Both losses have
the same gradient with respect to the logits, the *residual*: **probability - target**. That is the
one idea of this package: with it, one training loop serves both classifiers.

No loss here takes a logarithm of a predicted probability. A probability that has rounded to 0 or 1
has lost the digits that the loss needs. The logit still has them, so the loss stays finite and
exact where ``-log(sigmoid(z))`` would have overflowed.

References
----------
C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer 2006, sections 4.3.2 and 4.3.4.
M. Mächler, *Accurately Computing log(1 - exp(-|a|))*, 2012 (CRAN, package Rmpfr).
"""

import functools
from math import exp
from typing import Any, Protocol

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
    """Return the logarithm of `softmax`, without computing the softmax: ``z_k - log Σ_j exp(z_j)``.

    Parameters
    ----------
    logits : array_like of shape (..., n_classes)
        Scores; -inf and inf are allowed.

    Returns
    -------
    ndarray of the same shape
        In [-inf, 0]. The relative precision is full also where the probability is nearly 1.

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
    ``z > 0``, ``y`` for ``z < 0``. The right-hand side is computed. Its two terms are never
    negative, so nothing overflows and nothing cancels.

    Parameters
    ----------
    logits : array_like of shape (n_samples,)
        Scores of the positive class; -inf and inf are allowed.
    targets : array_like of shape (n_samples,)
        0 or 1 (or bools), or probabilities of the positive class in [0, 1].
    sample_weight : array_like of shape (n_samples,), default=None
        Non-negative weights; None gives all samples the same. Only their ratios matter.

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
        Non-negative weights; None gives all samples the same. Only their ratios matter.

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


class Loss(Protocol):
    """All that a solver asks of a loss: to add one, write this class and name it in an estimator.

    Scores and targets are ``(n_outputs, n_samples)``: one row per output, so that sums over the
    outputs add whole rows. Scores are finite. A target is a probability: 1 or 0 for "this class or
    not", or between them where labels are soft.

    Four methods have plain defaults, which a class replaces where it has a reason: `targets` where
    two classes are not one output, `residual_in_place` for speed, `residual_of_number` for the bits
    of a compiled program, and `blind` where scores of 0 give a probability that is not 1/2.
    """

    def targets(self, n_classes: int) -> Floats:
        """Return the targets of a sample of each class, (n_outputs, n_classes).

        Two classes are one output, with the targets 0 and 1. For more classes it is the identity.
        """
        return np.eye(n_classes)[1:] if n_classes == 2 else np.eye(n_classes)

    def values(self, scores: Floats, targets: Floats) -> Floats:
        """Return the loss of each sample, (n_samples,)."""
        ...

    def residual(self, scores: Floats, targets: Floats) -> Floats:
        """Return the derivative of `values` with respect to the scores, of their shape."""
        ...

    def curvature(self, n_outputs: int) -> float:
        """Return h, a bound on the second derivative with respect to the scores.

        With several outputs that is a matrix, and h bounds its largest eigenvalue. A loss may
        return a smaller h that few samples exceed; its docstring says so.
        """
        ...

    def guess(self, frequencies: Floats) -> float:
        """Return the mean loss of the best scores that are the same for every sample.

        Parameters
        ----------
        frequencies : ndarray of shape (n_outputs,)
            The mean of the targets; inside (0, 1).
        """
        ...

    def blind(self, n_outputs: int) -> float:
        """Return the probability that scores of 0 give to each output."""
        return 0.5

    def residual_in_place(
        self, scores: Floats, targets: Floats, weights: Floats, work: Floats
    ) -> float:
        """Replace scores by the weighted residuals; return the weighted sum of the losses.

        Parameters
        ----------
        scores : ndarray of shape (n_outputs, n_samples)
            Overwritten.
        targets : ndarray of shape (n_outputs, n_samples)
            Each sample's targets *times its weight*.
        weights : ndarray of shape (n_samples,)
            Positive.
        work : ndarray of shape (2, n_outputs, n_samples)
            Overwritten.
        """
        unweighted = np.divide(targets, weights, out=work[0])
        total = float(self.values(scores, unweighted) @ weights)
        scores[...] = self.residual(scores, unweighted) * weights
        return total

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return the residual of one output and one sample, as a Python float."""
        return float(self.residual(np.array([[score]]), np.array([[float(positive)]]))[0, 0])


class BinaryCrossEntropy(Loss):
    """``log(1 + e^z) - t z``, the `binary_cross_entropy` of each output, summed over the outputs.

    Two classes are one output; more are one output per class, "this class or not".

    Examples
    --------
    >>> loss, z, t = BinaryCrossEntropy(), np.array([[0.0, 1000.0]]), np.array([[1.0, 0.0]])
    >>> loss.values(z, t).round(3).tolist(), loss.residual(z, t).tolist()
    ([0.693, 1000.0], [[-0.5, 1.0]])
    """

    def values(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``Σ_k log(1 + e^z) - t z`` of each sample, (n_samples,)."""
        return (np.logaddexp(0.0, scores) - targets * scores).sum(axis=0)

    def residual(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``σ(z) - t``."""
        return sigmoid(scores) - targets

    def curvature(self, n_outputs: int) -> float:
        """Return 1/4: σ′ = σ (1 - σ), which is largest at z = 0."""
        return 0.25

    def guess(self, frequencies: Floats) -> float:
        """Return the sum of the entropies of p and 1 - p."""
        return _entropy(frequencies) + _entropy(1 - frequencies)

    def residual_in_place(
        self, scores: Floats, targets: Floats, weights: Floats, work: Floats
    ) -> float:
        """See `Loss.residual_in_place`; two terms share ``1 + e^-z``, and nothing is allocated.

        ``log(1 + e^z) = log(1 + e^-z) + z``. Where ``e^-z`` overflows, σ(z) is 0 to the last digit,
        but the sum of the losses has to be taken by `values`.
        """
        below, loss = work
        np.negative(scores, out=below)
        np.exp(below, out=below)
        below += 1  # 1 + e^-z
        np.log(below, out=loss)
        loss += scores
        total = float(np.add.reduce(loss @ weights) - np.vdot(targets, scores))
        if not np.isfinite(total):
            total = float((np.logaddexp(0.0, scores) * weights - targets * scores).sum())
        np.divide(weights, below, out=scores)
        scores -= targets
        return total

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return σ(z) - t with scikit-learn's bits, which are those of the C library's exp.

        NumPy's exp sometimes rounds to another neighbour. Below -37, σ(z) is e^z to the last bit,
        and e^-z might overflow.

        Examples
        --------
        >>> loss = BinaryCrossEntropy()
        >>> loss.residual_of_number(0.0, True), loss.residual_of_number(1000.0, False)
        (-0.5, 1.0)
        """
        if score > -37:
            e = exp(-score)
            return (-e if positive else 1.0) / (1.0 + e)
        return exp(score) - positive


class CrossEntropy(Loss):
    """``log Σ_j e^(z_j) - Σ_k t_k z_k``, the `cross_entropy` of each sample; one output per class.

    Examples
    --------
    >>> loss, z, t = CrossEntropy(), np.array([[0.0], [1000.0]]), np.array([[1.0], [0.0]])
    >>> loss.values(z, t).tolist(), loss.residual(z, t).tolist()
    ([1000.0], [[-1.0], [1.0]])
    """

    def targets(self, n_classes: int) -> Floats:
        """Return the identity, (n_classes, n_classes): targets are one-hot."""
        return np.eye(n_classes)

    def values(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``log Σ_j e^(z_j) - Σ_k t_k z_k`` of each sample, (n_samples,)."""
        return -(targets * log_softmax(scores.T).T).sum(axis=0)

    def residual(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``softmax(z) - t``."""
        return softmax(scores.T).T - targets

    def curvature(self, n_outputs: int) -> float:
        r"""Return 1/√(2K), which is the bound for two classes, and a choice for more.

        The second derivative is ``diag(p) - p pᵀ``. Its largest eigenvalue is 1/K where training
        starts (all p = 1/K) and at most 1/2 (two classes at 1/2 each; Böhning 1992). With many
        classes few samples ever come near that bound: so this is the geometric mean of the two.

        References
        ----------
        D. Böhning, "Multinomial logistic regression algorithm", Ann. Inst. Statist. Math. 44, 1992.
        """
        return float(1 / np.sqrt(2 * n_outputs))

    def guess(self, frequencies: Floats) -> float:
        """Return the entropy of the classes."""
        return _entropy(frequencies)

    def blind(self, n_outputs: int) -> float:
        """Return 1/K."""
        return 1 / n_outputs

    def residual_in_place(
        self, scores: Floats, targets: Floats, weights: Floats, work: Floats
    ) -> float:
        """See `Loss.residual_in_place`; the loss is one dot product and one sum of logarithms.

        Subtracting the maximum of a sample from its scores changes neither softmax nor loss, since
        its targets sum to its weight.
        """
        row, logarithms = work[:, 0]  # (n_samples,) each
        np.maximum.reduce(scores, axis=0, out=row)
        scores -= row
        of_targets = np.vdot(targets, scores)
        np.exp(scores, out=scores)
        np.add.reduce(scores, axis=0, out=row)  # Σ_j e^(z_j)
        np.log(row, out=logarithms)
        np.divide(weights, row, out=row)
        scores *= row
        scores -= targets
        return float(np.vdot(weights, logarithms) - of_targets)


def _entropy(p: Floats) -> float:
    """Return ``-Σ p log p`` of probabilities (n,) that are not 0."""
    return -float(p @ np.log(p))


def _floating(values: ArrayLike) -> Floats:
    """Return the values as floating point numbers, of their own precision if they have one."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def _below_maximum(z: Floats) -> Floats:
    """Subtract the maximum of the last axis; a maximum becomes 0 even where it is infinite."""
    if 0 < z.shape[-1] <= 32:  # by columns: `max` over short rows takes ten times as long
        maximum = functools.reduce(np.maximum, np.moveaxis(z, -1, 0))[..., np.newaxis]
    else:
        maximum = z.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):  # inf - inf
        below = z - maximum
    if not np.isfinite(maximum).all():
        below[z == maximum] = 0
    return below


def _product(weight: Floats, value: Floats) -> Floats:
    """Return ``weight * value`` with 0 · inf = 0: a sample without weight does not count."""
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
