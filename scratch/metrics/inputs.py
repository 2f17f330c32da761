"""What the metrics accept as arguments, and the error for what they do not accept.

Every check here answers one question and raises one kind of error. The types of these errors are
those that scikit-learn raises for the same misuse.
"""

import numbers
import sys
import warnings

import numpy as np

from scratch.exceptions import InvalidParameterError, UndefinedMetricWarning, native
from scratch.validation.arrays import check_finite, refuse_sparse
from scratch.validation.parameters import Constraint, check_parameter

array_like = Constraint(
    lambda values: (
        any(hasattr(values, trait) for trait in ("__len__", "shape", "__array__"))
        and not np.isscalar(values)
    ),
    "an array-like",
)
label = Constraint(
    lambda value: value is None or isinstance(value, (numbers.Real, str, np.bool_)),
    "a number, a string, a bool or None",
)
zero_or_one = Constraint(
    lambda value: isinstance(value, numbers.Real) and (value in (0, 1) or value != value),
    "0, 1 or NaN",
)


def require(constraint, **parameters):
    """Raise where a parameter, given by its name, is not what the constraint accepts."""
    for name, value in parameters.items():
        check_parameter(name, value, constraint)


def as_array(values, name):
    """Return `values`, any array-like but a sparse matrix, as an ndarray of 1 or more axes."""
    if isinstance(values, np.ndarray) and values.ndim:
        return np.asarray(values)  # no subclass: masks and units are none of a metric's business
    refuse_sparse(values)
    require(array_like, **{name: values})
    array = np.asarray(values)
    if array.ndim == 0:
        raise TypeError(f"{name} must have at least one axis, got the scalar {values!r}")
    return array


def as_column(array, name):
    """Return an array of shape (n,) or (n, 1) as one of shape (n,), contiguous."""
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1):
        return np.ascontiguousarray(array.reshape(-1))
    raise ValueError(f"{name} must have the shape (n_samples,), got {array.shape}")


def as_numbers(values, name, dtypes=None):
    """Return `values` as an array of real numbers, of one of `dtypes` if given."""
    array = as_array(values, name)
    if array.dtype.kind == "c":
        raise InvalidParameterError(f"{name} must hold real numbers, got complex ones")
    if dtypes is not None and array.dtype not in dtypes:
        array = array.astype(dtypes[0])
    elif array.dtype.kind == "O":
        array = array.astype(np.float64)
    elif array.dtype.kind not in "biuf":
        raise InvalidParameterError(f"{name} must hold numbers, got an array of {array.dtype}")
    if not array.size:
        raise ValueError(f"{name} is empty (shape {array.shape}): at least one sample is needed")
    return array


def as_finite(values, name):
    """Return `values` as an array of finite real numbers."""
    array = as_numbers(values, name)
    if array.dtype.kind == "f":
        check_finite(array, name, "A metric")
    return array


def require_same_length(**arrays):
    """Raise unless all the arrays that are not None have the same number of rows."""
    lengths = {
        name: array.shape[0] if hasattr(array, "shape") else len(array)
        for name, array in arrays.items()
        if array is not None
    }
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"inconsistent numbers of samples: {found}")


def as_weights(sample_weight, n_samples, *, column=False):
    """Return the sample weights as an array of shape (n_samples,), or None where all are one.

    With `column` they may come as a column, of shape (n_samples, 1).
    """
    if sample_weight is None:
        return None
    weight = as_finite(sample_weight, "sample_weight")
    if column:
        weight = as_column(weight, "sample_weight")
    if weight.ndim != 1:
        raise ValueError(f"sample_weight must have the shape (n_samples,), got {weight.shape}")
    if len(weight) != n_samples:
        raise ValueError(
            f"inconsistent numbers of samples: sample_weight has {len(weight)}, "
            f"the other arrays have {n_samples}"
        )
    if not weight.any():
        raise ValueError("sample_weight must hold at least one number that is not zero")
    return weight


def warn(message, category=UserWarning):
    """Warn at the line that called the metric, however deep inside the metrics this is said."""
    if category is UndefinedMetricWarning:
        category = native(UndefinedMetricWarning)
    level, frame = 1, sys._getframe(0)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("scratch.metrics"):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)
