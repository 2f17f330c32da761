"""The hinge loss: how far a decision value falls short of the margin that support vectors keep."""

import numpy as np
from numpy.typing import ArrayLike

from scratch.typing import Array, Floats
from scratch.validation.arrays import as_column, as_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, places
from scratch.validation.weights import as_weights

__all__ = ["hinge_loss"]


def hinge_loss(
    y_true: ArrayLike,
    pred_decision: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
) -> float:
    """Return the mean of ``max(0, 1 − margin)``.

    For two classes as y = ±1 the margin is ``y·f``, with `f` the decision value. For more it is
    the lead of the true class over its strongest rival, ``f_y − max_{k≠y} f_k`` [1]_. The loss is
    at least the share of wrong predictions.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels.
    pred_decision : array-like of shape (n_samples,) or (n_samples, n_classes)
        Finite decision values: for two classes, higher for the greater one; for more, one column
        per class, in the sorted order of the classes.
    labels : array-like of shape (n_classes,), default=None
        All the classes, where there are more than two; by default those of `y_true`. For two it is
        not used, as in scikit-learn: a class that is alone in `y_true` counts as the negative one.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float
        0 or more; 0 if every margin is at least 1.

    Raises
    ------
    ValueError
        For inputs of unequal length, decision values that are not finite or of the wrong shape, or
        labels that are no classes or not among `labels`.

    References
    ----------
    .. [1] K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based
       vector machines", Journal of Machine Learning Research 2, 2001.

    Examples
    --------
    >>> from scratch.metrics import hinge_loss
    >>> hinge_loss([-1, 1, 1], [-2.0, 0.5, -1.0])
    0.8333333333333334
    """
    y_true = as_labels(y_true, "y_true")
    decision = as_finite(pred_decision, "pred_decision")
    weight = as_weights(sample_weight, y_true=y_true, pred_decision=decision)
    classes, codes = encode_labels(y_true)
    wanted = classes if labels is None else encode_labels(as_labels(labels, "labels"))[0]
    if len(wanted) > 2:
        margin = _lead(places(classes, wanted)[codes], decision, len(wanted))
    elif len(classes) > 2:
        raise ValueError(f"y_true has {len(classes)} classes, `labels` names {len(wanted)}")
    else:
        margin = np.where(codes == 1, 1, -1) * as_column(decision, "pred_decision")
    loss = np.maximum(0, 1 - margin)  # (n_samples,)
    return float(np.average(loss, weights=weight))


def _lead(codes: Array, decision: Floats, n_classes: int) -> Floats:
    """Return how far the value of the true class is above the highest of the others."""
    if decision.ndim != 2 or decision.shape[1] != n_classes:
        raise ValueError(
            f"pred_decision must have one column for each of {n_classes} classes, got the shape"
            f" {decision.shape}; `labels` can name classes that y_true does not hold"
        )
    if codes.max() == n_classes:
        raise ValueError("y_true holds classes that are not among `labels`")
    is_true = codes[:, None] == np.arange(n_classes)  # (n_samples, n_classes)
    rival = np.where(is_true, -np.inf, decision).max(axis=1)
    return decision[is_true] - rival
