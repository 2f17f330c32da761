r"""Losses of the margin: how far a score lies on the right side of 0.

The score of a sample is z. Its margin m is z if the sample belongs to the class, and -z if it
belongs to the rest. A margin loss is a function φ(m), which falls at 0: it asks for larger margins.
The solver sees it through its derivative.

===========================  ==========================  ====================  =====  ==============
`loss` of `SGDClassifier`    φ(m)                        φ′(m)                 gives  met in
===========================  ==========================  ====================  =====  ==============
hinge                        max(0, 1 - m)               -1 for m ≤ 1, or 0    m      linear SVM
squared_hinge                max(0, 1 - m)²              -2 max(0, 1 - m)      m      smooth SVM
perceptron                   max(0, -m)                  -1 for m ≤ 0, or 0    m      perceptron
log_loss                     log(1 + e⁻ᵐ)                -σ(-m)                p, m   logistic
                                                                                      regression
modified_huber               max(0, 1 - m)² for m ≥ -1,  -2 max(0, 1 - m),     p, m   robust
                             -4m below                   -4 below                     classification
squared_error                r² / 2, with r = m - 1      r                     m      least squares
huber                        r² / 2 for abs(r) ≤ ε,      r, at least -ε and    m      robust
                             ε (abs(r) - ε/2) beyond     at most ε                    regression
epsilon_insensitive          d = max(0, abs(r) - ε)      sign(r) for d > 0     m      support vector
                                                                                      regression
squared_epsilon_insensitive  d²                          2 d sign(r)           m      smooth
===========================  ==========================  ====================  =====  ==============

"gives": m is a margin, whose sign is the answer; p is a probability as well.

The last four belong to regression. Their targets are 1 for the class and -1 for the rest. So the
distance from the target is abs(m - 1), and they are functions of the margin as well. They grow
where m > 1: they punish answers that are too clearly right.

`scratch.losses.BinaryCrossEntropy` is the log loss, the one of the chapter. The others are here.

References
----------
C. Cortes and V. Vapnik, "Support-vector networks", Machine Learning 20, 1995 (hinge).
F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in
the brain", Psychological Review 65, 1958.
T. Zhang, "Solving large scale linear prediction problems using stochastic gradient descent
algorithms", ICML 2004 (modified Huber).
P. J. Huber, "Robust estimation of a location parameter", Ann. Math. Statist. 35, 1964.
"""

import numpy as np

from scratch.losses import BinaryCrossEntropy, Loss
from scratch.typing import Floats

# The steepest slope that a step of scikit-learn follows, where a loss has no steepest one.
_STEEPEST = 1e12


class MarginLoss(Loss):
    """A loss φ of the margin: the base class, which makes a `Loss` of φ and its derivative.

    A subclass gives `of_margin`, `slope`, `curvature` and `residual_of_number`, which is `residual`
    again for one number: `SGDClassifier` calls it once per step, and a NumPy function of one number
    would take longer than the whole step. It has scikit-learn's operations, so the bits are equal.
    """

    def of_margin(self, m: Floats) -> Floats:
        """Return φ(m), of the shape of m."""
        raise NotImplementedError

    def slope(self, m: Floats) -> Floats:
        """Return φ′(m), of the shape of m; at a kink one of the slopes beside it."""
        raise NotImplementedError

    def values(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``Σ_k t φ(z) + (1 - t) φ(-z)`` of each sample, (n_samples,)."""
        of_class = _product(targets, self.of_margin(scores))
        return (of_class + _product(1 - targets, self.of_margin(-scores))).sum(axis=0)

    def residual(self, scores: Floats, targets: Floats) -> Floats:
        """Return ``t φ′(z) - (1 - t) φ′(-z)``."""
        return targets * self.slope(scores) - (1 - targets) * self.slope(-scores)

    def guess(self, frequencies: Floats) -> float:
        """Return the least mean loss of scores that are the same for every sample.

        Every φ here falls up to m = 1 and never after it, so the best score lies in [-1, 1]; and it
        is convex, so thirds of that interval can be thrown away one after the other. A φ that
        falls beyond 1 needs a `guess` of its own.
        """
        low, high = np.full((2, len(frequencies), 1), [[[-1.0]], [[1.0]]])
        p = frequencies[:, np.newaxis]  # (n_outputs, 1)
        for _ in range(100):
            z = low + (high - low) / 3, high - (high - low) / 3
            below, above = (p * self.of_margin(s) + (1 - p) * self.of_margin(-s) for s in z)
            low, high = np.where(below > above, z[0], low), np.where(below > above, high, z[1])
        return float(self.values(low, p).sum())


class Hinge(MarginLoss):
    """``max(0, threshold - m)``: the linear support vector machine; with 0 the perceptron.

    Parameters
    ----------
    threshold : float, default=1.0
        The margin from which on nothing is lost.

    Examples
    --------
    >>> Hinge().of_margin(np.array([-1.0, 0.5, 2.0])).tolist()
    [2.0, 0.5, 0.0]
    """

    def __init__(self, threshold: float = 1.0) -> None:
        self.threshold = threshold

    def of_margin(self, m: Floats) -> Floats:
        """Return ``max(0, threshold - m)``."""
        return np.maximum(0.0, self.threshold - m)

    def slope(self, m: Floats) -> Floats:
        """Return -1 up to the threshold, then 0."""
        return np.where(m <= self.threshold, -1.0, 0.0)

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample."""
        if positive:
            return -1.0 if score <= self.threshold else 0.0
        return 1.0 if -score <= self.threshold else 0.0

    def curvature(self, n_outputs: int) -> float:
        """Return 1, by which the slope jumps at the threshold; elsewhere it has no curvature."""
        return 1.0


class SquaredHinge(MarginLoss):
    """``max(0, 1 - m)²``: the support vector machine without a kink.

    Examples
    --------
    >>> SquaredHinge().of_margin(np.array([-1.0, 0.5, 2.0])).tolist()
    [4.0, 0.25, 0.0]
    """

    def of_margin(self, m: Floats) -> Floats:
        """Return ``max(0, 1 - m)²``."""
        return np.maximum(0.0, 1.0 - m) ** 2

    def slope(self, m: Floats) -> Floats:
        """Return ``-2 max(0, 1 - m)``."""
        return -2.0 * np.maximum(0.0, 1.0 - m)

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample, held within ±1e12."""
        r = 1.0 - score if positive else 1.0 + score
        size = min(2.0 * r, _STEEPEST) if r > 0.0 else 0.0
        return -size if positive else size

    def curvature(self, n_outputs: int) -> float:
        """Return 2."""
        return 2.0


class ModifiedHuber(MarginLoss):
    """``max(0, 1 - m)²`` for m ≥ -1 and ``-4m`` below: outliers pull no harder than 4.

    Examples
    --------
    >>> ModifiedHuber().of_margin(np.array([-10.0, 0.5, 2.0])).tolist()
    [40.0, 0.25, 0.0]
    """

    def of_margin(self, m: Floats) -> Floats:
        """Return ``max(0, 1 - m)²``, below -1 ``-4m``."""
        return np.where(m < -1.0, -4.0 * m, np.maximum(0.0, 1.0 - m) ** 2)

    def slope(self, m: Floats) -> Floats:
        """Return ``-2 max(0, 1 - m)``, below -1 ``-4``."""
        return np.where(m < -1.0, -4.0, -2.0 * np.maximum(0.0, 1.0 - m))

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample."""
        m = score if positive else -score
        if m >= 1.0:
            return 0.0
        size = 2.0 * (1.0 - m) if m >= -1.0 else 4.0
        return -size if positive else size

    def curvature(self, n_outputs: int) -> float:
        """Return 2."""
        return 2.0

    def probabilities(self, scores: Floats) -> Floats:
        """Return ``(z + 1) / 2``, at least 0 and at most 1, of each score.

        A constant score that minimises the mean loss is ``2p - 1``, if a share p of the samples
        belongs to the class. So a score says which share it stands for.

        References
        ----------
        T. Zhang and F. J. Oles, "Text categorization based on regularized linear classification
        methods", Information Retrieval 4, 2001.
        """
        return (np.clip(scores, -1, 1) + 1) / 2


class SquaredError(MarginLoss):
    """``(m - 1)² / 2``: least squares.

    Examples
    --------
    >>> SquaredError().of_margin(np.array([-1.0, 1.0, 3.0])).tolist()
    [2.0, 0.0, 2.0]
    """

    def of_margin(self, m: Floats) -> Floats:
        """Return ``(m - 1)² / 2``."""
        return 0.5 * (m - 1.0) ** 2

    def slope(self, m: Floats) -> Floats:
        """Return ``m - 1``."""
        return m - 1.0

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample, held within ±1e12."""
        r = score - 1.0 if positive else score + 1.0
        return r if -_STEEPEST <= r <= _STEEPEST else max(min(r, _STEEPEST), -_STEEPEST)

    def curvature(self, n_outputs: int) -> float:
        """Return 1."""
        return 1.0


class Huber(MarginLoss):
    """``r² / 2`` with ``r = m - 1`` up to a distance ε, and linear beyond.

    Parameters
    ----------
    epsilon : float
        ε ≥ 0; the largest slope as well.

    Examples
    --------
    >>> Huber(0.5).of_margin(np.array([-1.0, 0.5, 1.0])).tolist()
    [0.875, 0.125, 0.0]
    """

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon

    def of_margin(self, m: Floats) -> Floats:
        """Return ``r² / 2``, beyond ε ``ε (|r| - ε/2)``."""
        size = np.abs(m - 1.0)
        far = self.epsilon * (size - 0.5 * self.epsilon)
        return np.where(size <= self.epsilon, 0.5 * size**2, far)

    def slope(self, m: Floats) -> Floats:
        """Return r, at least -ε and at most ε."""
        return np.clip(m - 1.0, -self.epsilon, self.epsilon)

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample."""
        r = score - 1.0 if positive else score + 1.0
        if abs(r) <= self.epsilon:
            return r
        return self.epsilon if r >= 0.0 else -self.epsilon

    def curvature(self, n_outputs: int) -> float:
        """Return 1."""
        return 1.0


class EpsilonInsensitive(MarginLoss):
    """``max(0, |m - 1| - ε)``: a score nearer than ε to its target costs nothing.

    Parameters
    ----------
    epsilon : float
        ε ≥ 0.

    Examples
    --------
    >>> EpsilonInsensitive(0.5).of_margin(np.array([-1.0, 0.75, 2.0])).tolist()
    [1.5, 0.0, 0.5]
    """

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon

    def of_margin(self, m: Floats) -> Floats:
        """Return ``max(0, |m - 1| - ε)``."""
        return np.maximum(0.0, np.abs(m - 1.0) - self.epsilon)

    def slope(self, m: Floats) -> Floats:
        """Return -1 below ``1 - ε``, 1 above ``1 + ε``, and 0 between them."""
        r = m - 1.0
        return np.where(np.abs(r) > self.epsilon, np.sign(r), 0.0)

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample."""
        r = score - 1.0 if positive else score + 1.0
        return 1.0 if r > self.epsilon else -1.0 if r < -self.epsilon else 0.0

    def curvature(self, n_outputs: int) -> float:
        """Return 1, by which the slope jumps at the kinks; elsewhere it has no curvature."""
        return 1.0


class SquaredEpsilonInsensitive(EpsilonInsensitive):
    """``max(0, |m - 1| - ε)²``: the same without kinks.

    Parameters
    ----------
    epsilon : float
        ε ≥ 0.

    Examples
    --------
    >>> SquaredEpsilonInsensitive(0.5).of_margin(np.array([-1.0, 0.75, 2.0])).tolist()
    [2.25, 0.0, 0.25]
    """

    def of_margin(self, m: Floats) -> Floats:
        """Return ``max(0, |m - 1| - ε)²``."""
        return super().of_margin(m) ** 2

    def slope(self, m: Floats) -> Floats:
        """Return ``2 max(0, |m - 1| - ε)``, with the sign of ``m - 1``."""
        return 2.0 * super().of_margin(m) * np.sign(m - 1.0)

    def residual_of_number(self, score: float, positive: bool) -> float:
        """Return `residual` of one output and one sample, held within ±1e12."""
        r = score - 1.0 if positive else score + 1.0
        if r > self.epsilon:
            return min(2.0 * (r - self.epsilon), _STEEPEST)
        return max(2.0 * (r + self.epsilon), -_STEEPEST) if r < -self.epsilon else 0.0

    def curvature(self, n_outputs: int) -> float:
        """Return 2."""
        return 2.0


_BY_NAME: dict[str, Loss] = {
    "hinge": Hinge(),
    "log_loss": BinaryCrossEntropy(),
    "modified_huber": ModifiedHuber(),
    "squared_hinge": SquaredHinge(),
    "perceptron": Hinge(threshold=0.0),
    "squared_error": SquaredError(),
}
_WITH_EPSILON: dict[str, type[Huber | EpsilonInsensitive]] = {
    "huber": Huber,
    "epsilon_insensitive": EpsilonInsensitive,
    "squared_epsilon_insensitive": SquaredEpsilonInsensitive,
}
#: The names that `loss_named` knows.
NAMES = (*_BY_NAME, *_WITH_EPSILON)


def loss_named(name: str, *, epsilon: float) -> Loss:
    """Return the loss that a parameter `loss` names.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    epsilon : float
        ε of "huber", "epsilon_insensitive" and "squared_epsilon_insensitive".

    Examples
    --------
    >>> loss_named("huber", epsilon=0.5).epsilon
    0.5
    """
    return _WITH_EPSILON[name](epsilon) if name in _WITH_EPSILON else _BY_NAME[name]


def _product(weight: Floats, value: Floats) -> Floats:
    """Return ``weight · value``, where 0 · inf is 0: a term without weight does not count."""
    return np.multiply(weight, value, out=np.zeros_like(value), where=weight != 0)
