"""The targets of a metric: true and predicted labels, or indicators of several labels a sample.

Most metrics compare one label a sample, (n_samples,). Some also take multilabel targets, where a
sample has any number of labels: an indicator matrix (n_samples, n_labels) of zeros and ones.
"""

import numpy as np
from numpy.typing import ArrayLike

from scratch.typing import Array, Bools, Label
from scratch.validation.arrays import as_array, as_column
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import array_of_labels, as_labels, check_same_kind, places
from scratch.validation.weights import as_weights


def check_targets(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    sample_weight: ArrayLike | None = None,
    *,
    multilabel: bool = True,
) -> tuple[Array, Array, Array | None]:
    """Return true and predicted targets and weights as arrays of one length, or raise.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), default=None
    multilabel : bool, default=True
        Whether the metric takes indicator matrices.

    Returns
    -------
    y_true, y_pred : ndarray
        Both (n_samples,), or both indicators of shape (n_samples, n_labels).
    weight : ndarray of shape (n_samples,), or None

    Raises
    ------
    ValueError, TypeError
        As for `as_labels` and `as_weights`; for no samples, unequal lengths, strings on one side
        and numbers on the other, indicators on one side only.
    """
    y_true, y_pred = as_targets(y_true, "y_true"), as_targets(y_pred, "y_pred")
    weight = as_weights(sample_weight, y_true=y_true, y_pred=y_pred)
    if not len(y_true):
        raise ValueError("y_true and y_pred are empty: at least one sample is needed")
    if y_true.ndim == 2 and not multilabel:
        raise ValueError("multilabel-indicator is not supported: one label a sample is expected")
    if y_true.shape != y_pred.shape:
        raise ValueError(
            "can't handle a mix of labels and multilabel indicators, or of different numbers of"
            f" labels: y_true has the shape {y_true.shape}, y_pred {y_pred.shape}"
        )
    if y_true.ndim == 1:
        check_same_kind(y_true=y_true, y_pred=y_pred)
    return y_true, y_pred, weight


def as_targets(y: ArrayLike, name: str) -> Array:
    """Return `y` as labels (n_samples,), or as indicators (n_samples, n_labels) if it is these."""
    y = array_of_labels(y, name)
    return y if is_indicator(y) else as_labels(y, name)


def is_indicator(y: Array) -> bool:
    """Tell whether an array has a column for each of several labels, and two values at most.

    >>> import numpy as np
    >>> is_indicator(np.array([[0, 1], [1, 1]])), is_indicator(np.array([[0, 1], [2, 1]]))
    (True, False)
    """
    if y.ndim != 2 or y.shape[1] < 2 or y.dtype.kind not in "biuf" or not y.size:
        return False
    low, high = y.min().item(), y.max().item()
    whole = np.isfinite(high - low) and low == int(low) and high == int(high)
    return bool(whole and ((y == low) | (y == high)).all())


def as_choice(labels: ArrayLike | None) -> Array | None:
    """Return the parameter `labels`, which classes to count, as an array (n,), or None as it is."""
    return None if labels is None else as_column(as_array(labels, "labels"), "labels")


def positives(y: Array, pos_label: Label | None) -> Bools:
    """Return which labels are `pos_label`, shape (n_samples,); None stands for the default one.

    Raises
    ------
    ValueError
        If `pos_label` is None and the classes have no default, see `default_pos_label`.
    """
    classes, codes = encode_labels(y)
    if pos_label is None:
        pos_label = default_pos_label(classes)
    return codes == places([pos_label], classes)[0]


def default_pos_label(classes: Array) -> int:
    """Return 1, where the classes are 0 and 1, or −1 and 1, or one of these; else raise.

    >>> import numpy as np
    >>> default_pos_label(np.array([0, 1]))
    1
    """
    if classes.tolist() not in ([0, 1], [-1, 1], [0], [-1], [1]):
        shown = ", ".join(map(repr, classes[:10].tolist())) + ", …" * (len(classes) > 10)
        raise ValueError(f"pos_label must say which of the classes {shown} is the positive one")
    return 1
