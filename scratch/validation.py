"""What input is accepted, and the error for what is not.

The checks and the wording follow scikit-learn's conventions, so that an estimator of ours is told
apart by its tools from a broken one: the error types are the same, the messages say as much.
"""

import numbers
import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from scratch.exceptions import DataConversionWarning, InvalidParameterError, native


class Constraint(NamedTuple):
    """What a parameter may be: a test, and the words that describe what passes it."""

    accepts: Callable
    description: str


def real(low, high, *, closed="both"):
    """A real number in the interval; `closed` names the ends that belong to it.

    None stands for an end at infinity, which belongs to the interval as any other end may.
    """
    left, right = closed in ("both", "left"), closed in ("both", "right")
    low, high = -np.inf if low is None else low, np.inf if high is None else high

    def accepts(value):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            return False
        above, below = value > low or (left and value == low), value < high
        return bool(above and (below or (right and value == high)))

    return Constraint(accepts, f"a float in the range {'(['[left]}{low}, {high}{')]'[right]}")


def integer(low, high=None):
    """An integer of at least `low`, and at most `high` where one is given."""

    def accepts(value):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
            return False
        return value >= low and (high is None or value <= high)

    span = f"[{low}, {'inf' if high is None else high}{']' if high is not None else ')'}"
    return Constraint(accepts, f"an int in the range {span}")


def one_of(*options):
    """One of the given strings, or None where that is given."""

    def accepts(value):
        return (value is None or isinstance(value, str)) and value in options

    return Constraint(accepts, f"one of {', '.join(map(repr, options))}")


def any_of(*constraints):
    """What at least one of the constraints accepts."""
    return Constraint(
        lambda value: any(constraint.accepts(value) for constraint in constraints),
        " or ".join(constraint.description for constraint in constraints),
    )


boolean = Constraint(lambda value: isinstance(value, (bool, np.bool_)), "a bool")
mapping = Constraint(lambda value: isinstance(value, dict), "a dict")
random_source = Constraint(
    lambda value: (
        value is None
        or isinstance(value, np.random.RandomState)
        or (isinstance(value, numbers.Integral) and 0 <= value < 2**32)
    ),
    "an int in the range [0, 2**32), a numpy RandomState or None",
)


def check_parameters(estimator, constraints):
    """Check an estimator's parameters; `constraints` maps their names to what they may be.

    Raises
    ------
    InvalidParameterError
        For the first parameter that breaks its constraint, with the range and the value. It is
        both a ValueError and a TypeError, as scikit-learn's is.
    """
    for name, constraint in constraints.items():
        value = getattr(estimator, name)
        if not constraint.accepts(value):
            raise InvalidParameterError(
                f"The {name!r} parameter of {type(estimator).__name__} must be"
                f" {constraint.description}. Got {value!r} instead."
            )


def check_random_state(seed):
    """Turn a seed into a ``numpy.random.RandomState``; None stands for NumPy's global one."""
    if seed is None:
        return np.random.mtrand._rand
    if isinstance(seed, np.random.RandomState):
        return seed
    if isinstance(seed, numbers.Integral):
        return np.random.RandomState(seed)
    raise ValueError(f"{seed!r} cannot be used to seed a numpy.random.RandomState instance")


def check_array(
    X,
    *,
    keep=("float32", "float64"),
    order=None,
    finite=True,
    name="X",
    owner="the estimator",
):
    """Check that X is a finite numeric table, and give it as an array.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Numbers; sparse matrices, complex numbers, NaN and infinity are refused.
    keep : tuple of str, default=("float32", "float64")
        The dtypes that are left as they are; all others become float64. "integer" stands for all
        integers and bools.
    order : {"C", None}, default=None
        "C" asks for rows that lie one after another in memory.
    finite : bool, default=True
        Whether to look for NaN and infinity, which takes a pass over the array.
    name, owner : str
        How messages name the array and who asks for it.

    Returns
    -------
    ndarray of shape (n_samples, n_features)
        X itself where nothing had to be changed.

    Raises
    ------
    TypeError
        If X is sparse.
    ValueError
        If X is not two-dimensional, is empty, or is not finite and real.
    """
    refuse_sparse(X)
    array = np.asarray(X)
    if array.dtype.kind == "c" or (
        array.dtype.kind == "O" and any(isinstance(v, complex) for v in array.flat)
    ):
        raise ValueError(f"Complex data not supported\n{X!r}\n")
    if array.ndim != 2:
        hint = (
            " Reshape your data either using array.reshape(-1, 1) if your data has a single feature"
            " or array.reshape(1, -1) if it contains a single sample."
        )
        raise ValueError(
            f"Expected 2D array, got {'scalar' if array.ndim == 0 else f'{array.ndim}D'} array"
            f" instead.{hint if array.ndim < 2 else ''}"
        )
    for size, what in zip(array.shape, ("sample(s)", "feature(s)"), strict=True):
        if size == 0:
            raise ValueError(
                f"Found array with 0 {what} (shape={array.shape}) while a minimum of 1 is required"
                f" by {owner}."
            )
    kept = array.dtype.name in keep or ("integer" in keep and array.dtype.kind in "iub")
    array = _as_numbers(array, array.dtype if kept else np.float64, order)
    if finite and array.dtype.kind == "f":
        check_finite(array, name, owner)
    return array


def refuse_sparse(X):
    """Raise a TypeError for a SciPy sparse matrix or array, without importing SciPy."""
    if hasattr(X, "toarray") and hasattr(X, "nnz"):
        raise TypeError(
            "Sparse data was passed, but dense data is required. Use '.toarray()' to convert to a"
            " dense numpy array."
        )


def check_finite(array, name, owner="the estimator"):
    """Raise a ValueError where an array holds NaN or infinity."""
    # The sum is finite when all entries are, and takes no memory; entry by entry only if not
    # (a sum of large finite numbers may overflow).
    with np.errstate(over="ignore", invalid="ignore"):
        finite = np.isfinite(array.sum())
    if finite or np.isfinite(array).all():
        return
    if np.isnan(array).any():
        raise ValueError(
            f"Input {name} contains NaN.\n{owner} does not accept missing values encoded as NaN"
            " natively: impute them or leave those samples out."
        )
    raise ValueError(
        f"Input {name} contains infinity or a value too large for {array.dtype.name!r}."
    )


def _as_numbers(array, dtype, order):
    try:
        return np.asarray(array, dtype=dtype, order=order)
    except TypeError as error:  # an object that is no number, a dict say
        raise TypeError(f"argument must be a string or a number: {error}") from error
    except ValueError as error:
        raise ValueError(f"could not convert X to numbers: {error}") from error


def check_labels(y, n_samples):
    """Check a column of class labels, of any type, and give it as an array of shape (n_samples,).

    Raises
    ------
    ValueError
        If y is missing, not one-dimensional, of another length than X, holds NaN or None, or
        holds numbers with fractional parts, which are no class labels.
    """
    if y is None:
        raise ValueError("This estimator requires y to be passed, but the target y is None")
    refuse_sparse(y)
    labels = np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        warnings.warn(
            "A column-vector y was passed when a 1d array was expected. Please change the shape of"
            " y to (n_samples,), for example using ravel().",
            native(DataConversionWarning),
            stacklevel=4,
        )
        labels = labels.ravel()
    if labels.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {labels.shape} instead.")
    if len(labels) != n_samples:
        raise ValueError(
            "Found input variables with inconsistent numbers of samples:"
            f" [{n_samples}, {len(labels)}]"
        )
    if labels.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{y!r}\n")
    if labels.dtype.kind == "f":
        check_finite(labels, "y", "A classifier")
        if (labels != np.floor(labels)).any():
            raise ValueError(
                "Unknown label type: continuous. Maybe you are trying to fit a classifier, which"
                " expects discrete classes, on a regression target with continuous values."
            )
    if labels.dtype.kind == "O" and any(v is None or v != v for v in labels):
        raise ValueError("Input y contains NaN or None, which is no class label.")
    return labels


def check_probabilities(targets, n_samples, n_classes=None):
    """Check rows of class probabilities, and give them as an array (n_samples, n_classes).

    Raises
    ------
    ValueError
        If their number, or that of the classes, is another one; or if a row has an entry outside
        [0, 1] or does not sum to 1 (to 1e-5).
    """
    rows = check_array(targets, name="y")
    if len(rows) != n_samples:
        raise ValueError(
            "Found input variables with inconsistent numbers of samples:"
            f" [{n_samples}, {len(rows)}]"
        )
    if n_classes is not None and rows.shape[1] != n_classes:
        raise ValueError(f"y has {rows.shape[1]} columns, but there are {n_classes} classes")
    if not ((rows >= 0) & (rows <= 1)).all() or (abs(rows.sum(axis=1) - 1) > 1e-5).any():
        raise ValueError("The rows of y must be probabilities, in [0, 1], that sum to 1.")
    return rows


def encode_labels(labels):
    """The distinct labels, sorted, and for each sample the index of its own.

    Returns
    -------
    classes : ndarray of shape (n_classes,)
    codes : ndarray of shape (n_samples,), integers in [0, n_classes)
    """
    try:
        return np.unique(labels, return_inverse=True)
    except TypeError as error:
        kinds = sorted({type(label).__name__ for label in labels})
        raise TypeError(f"class labels must be of one type, got {', '.join(kinds)}") from error


def codes_of(labels, classes):
    """For each label its index among the sorted `classes`; a ValueError for one that is not there.

    Returns
    -------
    ndarray of shape (n_samples,), integers in [0, n_classes)
    """
    found, codes = encode_labels(labels)
    unknown = found[~np.isin(found, classes)]
    if unknown.size:
        raise ValueError(
            f"`classes={classes!r}` is not the same as on last call or does not hold the labels"
            f" {unknown!r} of y"
        )
    return np.searchsorted(classes, found)[codes]


def check_sample_weight(sample_weight, n_samples, dtype=np.float64):
    """Check weights of samples, and give them as an array of shape (n_samples,).

    Parameters
    ----------
    sample_weight : array_like of shape (n_samples,), a number, or None
        None stands for ones.
    n_samples : int
    dtype : floating dtype

    Raises
    ------
    ValueError
        If the shape is another one, or a weight is negative or not finite, or all are zero.
    """
    if sample_weight is None:
        return np.ones(n_samples, dtype=dtype)
    if isinstance(sample_weight, numbers.Real):
        sample_weight = np.full(n_samples, sample_weight)
    weight = np.asarray(sample_weight, dtype=dtype, order="C")
    if weight.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar, got {weight.ndim}D array.")
    if weight.shape != (n_samples,):
        raise ValueError(
            f"sample_weight.shape == {weight.shape}, expected {(n_samples,)}: one weight a sample"
        )
    check_finite(weight, "sample_weight")
    if (weight < 0).any():
        raise ValueError("Negative values in data passed to `sample_weight`.")
    if not weight.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weight


def class_weights(class_weight, classes, codes, sample_weight=None):
    """Turn the parameter `class_weight` into one factor a class.

    "balanced" gives class k the factor ``n_samples / (n_classes · n_k)``, in which every class has
    the same total weight (King and Zeng, *Logistic Regression in Rare Events Data*, Political
    Analysis 9, 2001); with weighted samples, n counts weight.

    Parameters
    ----------
    class_weight : dict {label: factor}, "balanced", or None
        Classes that a dict doesn't name have the factor 1.
    classes : ndarray of shape (n_classes,)
    codes : ndarray of shape (n_samples,)
    sample_weight : ndarray of shape (n_samples,), default=None

    Returns
    -------
    ndarray of shape (n_classes,)

    Raises
    ------
    ValueError
        If a dict leaves classes out and names labels that are no classes.
    """
    if class_weight is None:
        return np.ones(len(classes))
    if isinstance(class_weight, str):
        count = np.bincount(codes, weights=sample_weight, minlength=len(classes))
        balanced = np.ones(len(classes))  # also for a class that soft labels never favour
        return np.divide(count.sum(), len(classes) * count, out=balanced, where=count > 0)
    missing = [label for label in classes.tolist() if label not in class_weight]
    if missing and len(class_weight) > len(classes) - len(missing):
        raise ValueError(
            f"The classes, {missing}, are not in class_weight, which names others:"
            f" {list(class_weight)}"
        )
    return np.array([class_weight.get(label, 1.0) for label in classes.tolist()], dtype=np.float64)
