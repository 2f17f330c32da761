"""Labels of samples: which arrays are labels, and which classes they name."""

from collections.abc import Collection, Iterable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import DataConversionWarning, InvalidParameterError, warn
from scratch.typing import Array, Floats, Ints
from scratch.validation.arrays import (
    as_array,
    as_column,
    check_array,
    check_finite,
    check_same_length,
    in_unit_interval,
    refuse_complex,
    rows_sum_to_one,
)
from scratch.validation.encoding import encode_labels


def as_labels(y: ArrayLike, name: str = "y") -> Array:
    """Return `y` as an array of class labels. Metrics and estimators take the same ones.

    Parameters
    ----------
    y : array_like of shape (n_samples,) or (n_samples, 1)
        Integers, bools, floats without a fractional part, strings, or dates.
    name : str
        How messages name it.

    Returns
    -------
    ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        For labels that name no classes: numbers with fractional parts, NaN, infinity, NaT, complex
        numbers, several columns.
    TypeError
        For bytes, scalars, sparse or masked input.
    InvalidParameterError
        For objects that are not all strings; it is a ValueError and a TypeError.

    Examples
    --------
    >>> as_labels([[1.0], [2.0]])
    array([1., 2.])
    """
    y = array_of_labels(y, name)
    if y.ndim > 2 or (y.ndim == 2 and y.shape[1] != 1):
        raise ValueError(
            f"{name} should be a 1d array, one label a sample, got an array of shape {y.shape}"
            " instead."
        )
    labels = as_column(y, name)
    if labels.dtype.kind == "O":
        objects = labels.tolist()
        if not _are_strings(objects):
            _refuse_objects(objects, name)
    elif labels.size:
        _require_classes(labels, name)
    return labels


def array_of_labels(y: ArrayLike, name: str) -> Array:
    """Return `y` as an ndarray; a list of strings as one of objects, a tenth of the work."""
    if isinstance(y, list) and y and _are_strings(y):
        return np.array(y, dtype=object)
    return as_array(y, name)


def _require_classes(labels: Array, name: str) -> None:
    """Raise where the values of an array, which are no objects, cannot be classes."""
    kind = labels.dtype.kind
    if kind in "SV":
        raise TypeError(f"{name} holds bytes: decode the labels to strings first")
    refuse_complex(labels, name)
    if kind == "f":
        with np.errstate(invalid="ignore"):
            whole = labels.astype(np.int64) == labels
        if not whole.all():
            check_finite(labels, name, "A classifier")
            raise ValueError(
                f"Unknown label type: continuous. {name} holds {labels[~whole][0]!r}, but class"
                " labels are expected, which have no fractional part."
            )
    if kind in "mM" and np.isnat(labels).any():
        raise ValueError(f"{name} contains NaT, which is no class label.")


def _are_strings(objects: list[Any]) -> bool:
    """Tell whether all of the objects are strings; joining them is the quickest test."""
    try:
        "".join(objects)
    except TypeError:
        return False
    return True


def _refuse_objects(objects: list[Any], name: str) -> NoReturn:
    """Raise for objects of which not all are strings, and name the first that is none."""
    odd = next(label for label in objects if not isinstance(label, str))
    if isinstance(odd, bytes):
        raise TypeError(f"{name} holds bytes: decode the labels to strings first")
    if odd is None or odd != odd:
        raise InvalidParameterError(f"{name} contains NaN or None, which is no class label.")
    raise InvalidParameterError(
        f"Unknown label type: unknown. {name} holds objects such as {odd!r}: labels must be of one"
        " type, strings or numbers, in an array of that type."
    )


def check_labels(y: ArrayLike, n_samples: int, *, warn_of_column: bool = True) -> Array:
    """Check the labels that an estimator learns from, and return them as an array.

    Parameters
    ----------
    y : array_like of shape (n_samples,)
        As for `as_labels`.
    n_samples : int
        How many there must be.
    warn_of_column : bool, default=True
        Whether a column, of shape (n_samples, 1), is taken with a warning.

    Returns
    -------
    ndarray of shape (n_samples,)

    Raises
    ------
    ValueError, TypeError
        As for `as_labels`; and if y is missing or of another length than X.

    Warns
    -----
    DataConversionWarning
        For a column.

    Examples
    --------
    >>> check_labels(["b", "a"], 2).tolist()
    ['b', 'a']
    """
    if y is None:
        raise ValueError("This estimator requires y to be passed, but the target y is None")
    array = array_of_labels(y, "y")
    labels = as_labels(array)
    if array.ndim == 2 and warn_of_column:
        warn(
            "A column-vector y was passed when a 1d array was expected. Please change the shape of"
            " y to (n_samples,), for example using ravel().",
            DataConversionWarning,
        )
    check_same_length(X=n_samples, y=labels)
    return labels


def check_probabilities(targets: ArrayLike, n_samples: int, n_classes: int | None = None) -> Floats:
    """Check rows of class probabilities, and return them as an array.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)

    Raises
    ------
    ValueError
        If their number, or that of the classes, is another one; or if a row has an entry outside
        [0, 1] or does not sum to 1.

    Examples
    --------
    >>> check_probabilities([[0.25, 0.75], [1, 0]], 2).tolist()
    [[0.25, 0.75], [1.0, 0.0]]
    """
    rows = check_array(targets, name="y")
    check_same_length(X=n_samples, y=rows)
    if n_classes is not None and rows.shape[1] != n_classes:
        raise ValueError(f"y has {rows.shape[1]} columns, but there are {n_classes} classes")
    if not in_unit_interval(rows) or not rows_sum_to_one(rows):
        raise ValueError("The rows of y must be probabilities, in [0, 1], that sum to 1.")
    return rows


def is_text(labels: Array) -> bool:
    """Tell whether an array of labels holds strings.

    >>> is_text(np.array(["a"])), is_text(np.array([0, 1], dtype=object))
    (True, False)
    """
    if labels.dtype.kind == "O":
        return any(isinstance(label, str) for label in labels.flat)
    return labels.dtype.kind in "UT"


def encode_pair(y_true: Array, y_pred: Array) -> tuple[Array, Ints, Ints]:
    """Return the classes of two arrays of labels together, sorted, and the codes of each in them.

    >>> classes, true, pred = encode_pair(np.array([3, 5]), np.array([5, 4]))
    >>> classes.tolist(), true.tolist(), pred.tolist()
    ([3, 4, 5], [0, 2], [2, 1])
    """
    true_classes, true = encode_labels(y_true)
    pred_classes, pred = encode_labels(y_pred)
    if true_classes.dtype == pred_classes.dtype and np.array_equal(true_classes, pred_classes):
        return true_classes, true, pred
    classes = np.asarray(sorted(set(true_classes).union(pred_classes)))
    return classes, places(true_classes, classes)[true], places(pred_classes, classes)[pred]


def codes_of(labels: Array, classes: Array) -> Ints:
    """Return for each label its index among the sorted `classes`.

    Returns
    -------
    ndarray of shape (n_samples,), integers in [0, n_classes)

    Raises
    ------
    ValueError
        For a label that is not among the classes.

    Examples
    --------
    >>> codes_of(np.array(["c", "a"]), np.array(["a", "b", "c"])).tolist()
    [2, 0]
    """
    found, codes = encode_labels(labels)
    place = places(found, classes)
    unknown = found[place == len(classes)]
    if unknown.size:
        raise ValueError(
            f"`classes={classes!r}` is not the same as on last call or does not hold the labels"
            f" {unknown!r} of y"
        )
    return place[codes]


def places(labels: Iterable[Any], classes: Collection[Any]) -> Ints:
    """Return the index of each label among the classes, ``len(classes)`` where it is not there.

    >>> places(["b", "x"], ["a", "b"]).tolist()
    [1, 2]
    """
    place = {label: code for code, label in enumerate(classes)}
    return np.array([place.get(label, len(classes)) for label in labels], dtype=np.intp)
