"""Labels of samples: which arrays are labels, and which classes they name."""

from collections.abc import Collection, Iterable, Sequence
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


def as_labels(
    y: ArrayLike | None,
    name: str = "y",
    *,
    n_samples: int | None = None,
    warn_of_column: bool = False,
) -> Array:
    """Return `y` as an array of class labels. Metrics and estimators take the same ones.

    Parameters
    ----------
    y : array_like of shape (n_samples,) or (n_samples, 1)
        Integers, bools, floats without a fractional part, strings, or dates.
    name : str
        How messages name it.
    n_samples : int, default=None
        How many rows X has, if there must be as many labels.
    warn_of_column : bool, default=False
        Whether a column, of shape (n_samples, 1), is taken with a warning.

    Returns
    -------
    ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        For labels that name no classes: numbers with fractional parts, NaN, infinity, NaT, complex
        numbers, several columns; and for another number of labels than `n_samples`.
    InvalidParameterError
        For None, scalars, sparse or masked input, bytes, and for objects that are not all strings.
        It is a ValueError and a TypeError.

    Warns
    -----
    DataConversionWarning
        For a column, if `warn_of_column`.

    Examples
    --------
    >>> as_labels([[1.0], [2.0]])
    array([1., 2.])
    """
    if y is None:
        raise InvalidParameterError(f"{name} should be a 1d array, one label per sample, got None")
    array = array_of_labels(y, name)
    if array.ndim > 2 or (array.ndim == 2 and array.shape[1] != 1):
        raise ValueError(
            f"{name} should be a 1d array, one label per sample, got an array of"
            f" shape {array.shape} instead."
        )
    labels = as_column(array, name)
    if labels.dtype.kind in "OT":
        objects = labels.tolist()
        if not _are_strings(objects):
            _refuse_objects(objects, name)
    elif labels.size:
        _require_classes(labels, name)
    if array.ndim == 2 and warn_of_column:
        warn(
            f"A column-vector {name} was passed when a 1d array was expected. Please change the"
            f" shape of {name} to (n_samples,), for example using ravel().",
            DataConversionWarning,
        )
    check_same_length(X=n_samples, **{name: labels})
    return labels


def array_of_labels(y: ArrayLike, name: str) -> Array:
    """Return `y` as an ndarray; a list of strings becomes one of objects, in a tenth of the time.

    NumPy would also replace strings of a subclass, such as an Enum, by the text of their `str()`,
    cut to the width of their value.
    """
    if isinstance(y, (list, tuple)) and y and _are_strings(y):
        return np.array(y, dtype=object)
    return as_array(y, name)


def _require_classes(labels: Array, name: str) -> None:
    """Raise if the values of an array, not one of objects, cannot be classes."""
    kind = labels.dtype.kind
    if kind in "SV":
        raise InvalidParameterError(f"{name} holds bytes: decode the labels to strings first")
    refuse_complex(labels, name)
    if kind == "f":
        with np.errstate(invalid="ignore"):
            whole = labels.astype(np.int64) == labels
        if not whole.all():
            check_finite(labels, name, "A classifier")
            raise ValueError(
                f"Unknown label type: continuous. {name} holds {labels[~whole][0]!r}, but class"
                " labels are expected: floats without a fractional part, below 2**63."
            )
    if kind in "mM" and np.isnat(labels).any():
        raise ValueError(f"{name} contains NaT, which is no class label.")


def _are_strings(objects: Sequence[Any]) -> bool:
    """Tell whether all of the objects are strings; joining them is the quickest test."""
    try:
        "".join(objects)
    except TypeError:
        return False
    return True


def _refuse_objects(objects: list[Any], name: str) -> NoReturn:
    """Raise since not all of the objects are strings, and name one that is none."""
    if any(map(_is_missing, objects)):
        raise InvalidParameterError(
            f"{name} contains NaN or None, which is no class label: leave those samples out"
        )
    odd = next(label for label in objects if not isinstance(label, str))
    if isinstance(odd, bytes):
        raise InvalidParameterError(f"{name} holds bytes: decode the labels to strings first")
    raise InvalidParameterError(
        f"Unknown label type: unknown. {name} holds objects such as {odd!r}: labels must be of one"
        " type, strings or numbers, in an array of that type."
    )


def _is_missing(label: Any) -> bool:
    """Tell whether an object stands for no label: None, NaN, NaT, or the NA of pandas."""
    if label is None or type(label).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(label, float) and label != label


def check_probabilities(targets: ArrayLike, n_samples: int, n_classes: int | None = None) -> Floats:
    """Check rows of class probabilities, and return them as an array.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)

    Raises
    ------
    ValueError
        If the number of rows or of classes is not the expected one, or a row has an entry outside
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


def check_same_kind(**labels: Array) -> None:
    """Raise an InvalidParameterError unless all are strings, all dates, all times, or all numbers.

    >>> check_same_kind(y_true=np.array(["0"]), y_pred=np.array([0]))
    Traceback (most recent call last):
    ...
    scratch.exceptions.InvalidParameterError: y_true and y_pred mix label types, strings and numbers
    """
    kinds = [
        "strings" if is_text(each) else {"M": "dates", "m": "times"}.get(each.dtype.kind, "numbers")
        for each in labels.values()
    ]
    if len(set(kinds)) > 1:
        raise InvalidParameterError(
            f"{' and '.join(labels)} mix label types, {' and '.join(kinds)}"
        )


def encode_pair(y_true: Array, y_pred: Array) -> tuple[Array, Ints, Ints]:
    """Return the sorted classes of two arrays of labels together, and the codes of each array.

    >>> classes, true, pred = encode_pair(np.array([3, 5]), np.array([5, 4]))
    >>> classes.tolist(), true.tolist(), pred.tolist()
    ([3, 4, 5], [0, 2], [2, 1])
    """
    true_classes, true = encode_labels(y_true)
    pred_classes, pred = encode_labels(y_pred)
    if true_classes.dtype == pred_classes.dtype and np.array_equal(true_classes, pred_classes):
        return true_classes, true, pred
    classes = _union(true_classes, pred_classes)
    both = (np.searchsorted(classes, each) for each in (true_classes, pred_classes))
    true_places, pred_places = both
    return classes, true_places[true], pred_places[pred]


def _union(classes: Array, others: Array) -> Array:
    """Return the classes that are in one of two arrays or in both, sorted."""
    if classes.dtype.kind == others.dtype.kind:
        return np.unique(np.concatenate([classes, others]))
    values = sorted({*classes.tolist(), *others.tolist()})
    union = np.array(values)
    # no type of NumPy's holds -1 and 2**63 + 1, or 0.0 and 2**53 + 1
    return union if union.tolist() == values else np.array(values, object)


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
    check_same_kind(y=labels, classes=classes)
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
