"""The targets of a metric: true and predicted labels, or indicators of several labels per sample.

Most metrics compare one label per sample, (n_samples,). Some also take multilabel targets, where a
sample has any number of labels: an indicator matrix (n_samples, n_labels) of zeros and ones. Where
labels are only counted it may be sparse: a CSR matrix of SciPy's, whose own methods are used.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import InvalidParameterError
from scratch.typing import Array, Bools, Label
from scratch.validation.arrays import as_array, as_column
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import (
    array_of_labels,
    as_labels,
    check_same_kind,
    encode_pair,
    places,
)
from scratch.validation.parameters import as_python
from scratch.validation.sparse import is_sparse
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
    y_true, y_pred : array-like of shape (n_samples,), or indicators (n_samples, n_labels)
        Indicators may be sparse matrices.
    sample_weight : array-like of shape (n_samples,), default=None
    multilabel : bool, default=True
        Whether the metric takes indicator matrices.

    Returns
    -------
    y_true, y_pred : ndarray, or CSR matrix
        Both (n_samples,), or both indicators of shape (n_samples, n_labels). If one of them is
        sparse both are, as CSR matrices.
    weight : ndarray of shape (n_samples,), or None

    Raises
    ------
    ValueError, TypeError
        As for `as_labels` and `as_weights`; also for no samples, unequal lengths, strings on one
        side and numbers on the other, indicators on one side only.
    """
    true, pred = (
        _as_sparse_indicators(y, name) if multilabel and is_sparse(y) else as_targets(y, name)
        for y, name in ((y_true, "y_true"), (y_pred, "y_pred"))
    )
    weight = as_weights(sample_weight, y_true=true, y_pred=pred)
    if not true.shape[0]:
        raise ValueError("y_true and y_pred are empty: at least one sample is needed")
    if true.ndim == 2 and not multilabel:
        raise ValueError("multilabel-indicator is not supported: one label per sample is expected")
    if true.shape != pred.shape:
        raise ValueError(
            "can't handle a mix of labels and multilabel indicators, or of different numbers of"
            f" labels: y_true has the shape {true.shape}, y_pred {pred.shape}"
        )
    if true.ndim == 1:
        check_same_kind(y_true=true, y_pred=pred)
    elif is_sparse(true) != is_sparse(pred):
        kind = type(true if is_sparse(true) else pred)
        true, pred = kind(true), kind(pred)
    return true, pred, weight


def n_wrong(y_true: Array, y_pred: Array) -> Array:
    """Return how many labels of each sample are predicted wrong, (n_samples,): integers, or bools.

    Parameters
    ----------
    y_true, y_pred : ndarray, or CSR matrix
        As `check_targets` returns them.
    """
    if y_true.ndim == 2:
        wrong = y_true != y_pred  # (n_samples, n_labels)
        dense = isinstance(wrong, np.ndarray)
        return np.count_nonzero(wrong, axis=1) if dense else np.diff(wrong.indptr)
    kinds = {y_true.dtype.kind, y_pred.dtype.kind}
    if len(kinds) > 1 and kinds <= set("iuf"):
        _, y_true, y_pred = encode_pair(y_true, y_pred)  # no float is 2**53 + 1
    return y_true != y_pred


def weighted_sum(values: Array, weight: Array) -> float:
    """Return ``Σ weight · value``; integers are summed as floats, since they may wrap around."""
    return float(np.dot(values, weight.astype(float) if weight.dtype.kind in "iu" else weight))


def as_targets(y: ArrayLike, name: str) -> Array:
    """Return `y` as labels (n_samples,), or indicators as (n_samples, n_labels)."""
    y = array_of_labels(y, name)
    return y if is_indicator(y) else as_labels(y, name)


def _as_sparse_indicators(y: Any, name: str) -> Any:
    """Return a sparse indicator matrix as a CSR matrix of its own."""
    wide = y.ndim == 2 and y.shape[1] > 1
    if wide:
        y = y.tocsr(copy=True)  # SciPy's operators add up duplicates, and drop zeros, in place
    if not wide or not _are_two_numbers(np.append(y.data, np.zeros(1, y.dtype))):
        raise InvalidParameterError(
            f"Sparse targets must be zeros and ones in a column for each of several labels; {name},"
            f" of the shape {y.shape}, is not. Use '.toarray()' to convert it to a dense array."
        )
    return y


def is_indicator(y: Array) -> bool:
    """Tell whether an array has a column for each of several labels, and two values at most.

    >>> import numpy as np
    >>> is_indicator(np.array([[0, 1], [1, 1]])), is_indicator(np.array([[0, 1], [2, 1]]))
    (True, False)
    """
    return y.ndim == 2 and y.shape[1] > 1 and y.size > 0 and _are_two_numbers(y)


def _are_two_numbers(values: Array) -> bool:
    """Tell whether all of some values are one of two whole numbers."""
    if values.dtype.kind not in "biuf":
        return False
    low, high = values.min().item(), values.max().item()
    whole = np.isfinite(high - low) and low == int(low) and high == int(high)
    return bool(whole and ((values == low) | (values == high)).all())


def as_choice(labels: ArrayLike | None) -> Array | None:
    """Return the parameter `labels`, the classes to count, as an array (n,); None stays None."""
    if labels is None:
        return None
    if isinstance(labels, (list, tuple)):  # plain strings, see `array_of_labels`
        labels = [as_python(label) for label in labels]
    return as_column(as_array(labels, "labels"), "labels")


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
