"""Arrays of numbers: which are accepted, and the errors for all others.

`as_array` takes every array-like, and refuses input that NumPy would silently misread. Two doors
call it: `check_array` for tables of features, `as_numbers` for scores, probabilities and weights.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from scratch.exceptions import InvalidParameterError
from scratch.typing import Array
from scratch.validation.parameters import Constraint, check_parameter

_array_like = Constraint(
    lambda values: (
        any(hasattr(values, trait) for trait in ("__len__", "shape", "__array__"))
        and not isinstance(values, (str, bytes))
    ),
    "an array-like",
)


def check_array(
    X: ArrayLike,
    *,
    keep: Sequence[str] = ("float32", "float64"),
    order: Literal["C"] | None = None,
    finite: bool = True,
    name: str = "X",
    owner: str = "the estimator",
) -> Array:
    """Check that X is a finite numeric table, and return it as an array.

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
        Whether to look for NaN and infinity, which takes a pass over the array. Mini-batch training
        finds them by itself.
    name, owner : str
        The names of the array and of the estimator in messages.

    Returns
    -------
    ndarray of shape (n_samples, n_features)
        X itself where nothing had to be changed.

    Raises
    ------
    ValueError
        If X is empty, or is not finite and real.
    InvalidParameterError
        If X is not two-dimensional, or is sparse, masked or an ``np.matrix``. It is a ValueError
        and a TypeError.

    Examples
    --------
    >>> check_array([[1, 2], [3, 4]])
    array([[1., 2.],
           [3., 4.]])
    """
    array = _plain(X, name)
    refuse_complex(array, name)
    if array.ndim != 2:
        hint = (
            " Reshape your data either using array.reshape(-1, 1) if your data has a single feature"
            " or array.reshape(1, -1) if it contains a single sample."
        )
        raise InvalidParameterError(
            f"Expected 2D array, got {'scalar' if array.ndim == 0 else f'{array.ndim}D'} array"
            f" instead.{hint if array.ndim < 2 else ''}"
        )
    for size, what in zip(array.shape, ("sample(s)", "feature(s)"), strict=True):
        if size == 0:
            raise ValueError(
                f"Found array with 0 {what} (shape={array.shape}) while a minimum of 1 is required"
                f" by {owner}."
            )
    dtype = array.dtype if is_among(array.dtype, keep) else np.float64
    array = _converted(array, dtype, order, name)
    if finite and array.dtype.kind == "f":
        check_finite(array, name, owner)
    return array


def is_among(dtype: np.dtype[Any], names: Sequence[str]) -> bool:
    """Tell whether a dtype is one of `names`; "integer" stands for all integers and bools.

    >>> is_among(np.dtype("int8"), ("float32", "integer"))
    True
    """
    return dtype.name in names or ("integer" in names and dtype.kind in "iub")


def as_array(values: ArrayLike | None, name: str) -> Array:
    """Return any array-like as an ndarray of one or more axes.

    Raises
    ------
    InvalidParameterError
        For sparse matrices, ``np.matrix``, masked values, scalars, and anything else that is no
        array-like. It is a ValueError and a TypeError.
    """
    if not (isinstance(values, np.ndarray) and values.ndim):
        refuse_sparse(values)
        check_parameter(name, values, _array_like)
    array = _plain(values, name)
    if array.ndim == 0:
        raise InvalidParameterError(
            f"{name} should be a 1d array or have more axes, got one object: {values!r}"
        )
    return array


def as_column(array: Array, name: str) -> Array:
    """Return an array of shape (n,) or (n, 1) as one of shape (n,), contiguous.

    >>> as_column(np.array([[1], [2]]), "y")
    array([1, 2])
    """
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1):
        return np.ascontiguousarray(array.reshape(-1))
    raise ValueError(f"{name} must have the shape (n_samples,), got {array.shape}")


def as_numbers(
    values: ArrayLike | None, name: str, dtypes: Sequence[DTypeLike] | None = None
) -> Array:
    """Return `values` as an array of real numbers, of one of `dtypes` if given.

    Raises
    ------
    ValueError
        If there are none.
    InvalidParameterError
        If they are complex or no numbers, and as for `as_array`.
    """
    array = as_array(values, name)
    refuse_complex(array, name)
    if dtypes is not None and array.dtype not in dtypes:
        array = _converted(array, dtypes[0], None, name)
    elif array.dtype.kind not in "biufO" or any(isinstance(v, str) for v in _objects(array)):
        raise InvalidParameterError(f"{name} must hold numbers, got {array.dtype} {array[:1]!r}")
    elif array.dtype.kind == "O":
        array = _converted(array, np.float64, None, name)
    if not array.size:
        raise ValueError(f"{name} is empty (shape {array.shape}): at least one sample is needed")
    return array


def as_finite(values: ArrayLike | None, name: str, owner: str = "A metric") -> Array:
    """Return `values` as an array of finite real numbers, see `as_numbers`."""
    array = as_numbers(values, name)
    if array.dtype.kind == "f":
        check_finite(array, name, owner)
    return array


def check_finite(array: Any, name: str, owner: str = "the estimator") -> None:
    """Raise a ValueError where an array of floats, or a CSR matrix, holds NaN or infinity."""
    if not isinstance(array, np.ndarray):
        array = array.data
    # The sum is finite when all entries are, and takes no memory. Entry by entry only if it is
    # not: a sum of large finite numbers may overflow.
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


def check_same_length(**arrays: Any) -> None:
    """Raise a ValueError unless all the arrays that are not None have the same number of rows.

    A whole number stands for that many rows.

    >>> check_same_length(X=np.zeros((3, 2)), y=[0, 1])
    Traceback (most recent call last):
    ...
    ValueError: Found input variables with inconsistent numbers of samples: [3, 2] (X, y)
    """
    lengths = {name: n_rows(array) for name, array in arrays.items() if array is not None}
    if len(set(lengths.values())) > 1:
        raise ValueError(
            "Found input variables with inconsistent numbers of samples:"
            f" {list(lengths.values())} ({', '.join(lengths)})"
        )


def n_rows(array: Any) -> int:
    """Return the number of rows of an array-like; a whole number stands for that many rows."""
    if isinstance(array, int):
        return array
    return array.shape[0] if hasattr(array, "shape") else len(array)


def in_unit_interval(values: Array) -> bool:
    """Tell whether all values are in [0, 1], as probabilities are; NaN is not.

    Examples
    --------
    >>> in_unit_interval(np.array([0.0, 0.5, 1.0])), in_unit_interval(np.array([0.5, np.nan]))
    (True, False)
    """
    # two reductions instead of two arrays of bools; both are NaN if a value is
    return bool(values.size == 0 or (values.min() >= 0 and values.max() <= 1))


def rows_sum_to_one(rows: Array, tolerance: float = 1e-5) -> bool:
    """Tell whether each row sums to 1, up to `tolerance` and rounding.

    This is the one rule, ``|Σ_k p_k - 1| <= tolerance + 1e-8``. scikit-learn has it with the
    tolerance 1e-5 for the scores of `roc_auc_score`, and with the square root of the machine
    epsilon for the probabilities of `log_loss`.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_classes)
    tolerance : float, default=1e-5

    Returns
    -------
    bool

    Examples
    --------
    >>> rows_sum_to_one(np.array([[0.3, 0.7], [0.5, 0.50000001]]))
    True
    """
    sums = np.einsum("ij->i", rows)  # (n_samples,)
    return bool((np.abs(sums - 1) <= tolerance + 1e-8).all())


def refuse_sparse(values: object) -> None:
    """Raise an InvalidParameterError for a sparse matrix, without importing SciPy."""
    if hasattr(values, "toarray") and hasattr(values, "nnz"):
        raise InvalidParameterError(
            "Sparse data was passed, but dense data is required. Use '.toarray()' to convert to a"
            " dense numpy array."
        )


def refuse_complex(array: Array, name: str) -> None:
    """Raise an InvalidParameterError for an array that holds complex numbers."""
    if array.dtype.kind == "c" or any(isinstance(value, complex) for value in _objects(array)):
        raise InvalidParameterError(
            f"Complex data not supported: {name} holds complex numbers\n{array!r}\n"
        )


def _objects(array: Array) -> Iterable[Any]:
    """Return the entries of an array of objects; for any other array, return ()."""
    return array.flat if array.dtype.kind == "O" else ()


def _plain(values: ArrayLike | None, name: str) -> Array:
    """Return `values` as a plain ndarray; refuse input whose meaning that would change."""
    if type(values) is np.ndarray:
        return values
    refuse_sparse(values)
    if isinstance(values, np.matrix):
        raise InvalidParameterError(
            f"{name} is an np.matrix, which is not supported: pass np.asarray of it"
        )
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise InvalidParameterError(f"{name} has masked values: leave them out, or fill them in")
    array = np.asarray(values)
    return _of_nullable(values, array) if array.dtype.kind == "O" else array


def _of_nullable(values: Any, array: Array) -> Array:
    """Return a data frame of pandas' nullable numbers, which NumPy takes for objects, as numbers.

    `array` is that array of objects; it is returned for other input. Missing numbers become NaN.
    """
    columns = getattr(values, "dtypes", None)
    if array.ndim != 2 or columns is None:
        return array
    dtypes = [getattr(column, "numpy_dtype", column) for column in columns]
    if not all(isinstance(dtype, np.dtype) and dtype.kind in "biuf" for dtype in dtypes):
        return array
    if values.isna().to_numpy().any():
        return values.to_numpy(np.float64, na_value=np.nan)
    return values.to_numpy(np.result_type(*dtypes))


def _converted(array: Array, dtype: DTypeLike, order: Literal["C"] | None, name: str) -> Array:
    """Return an array in another dtype or order, with an error that names it."""
    try:
        return np.asarray(array, dtype=dtype, order=order)
    except TypeError as error:  # an object that is no number, a dict say
        raise TypeError(f"{name}: argument must be a string or a number: {error}") from error
    except ValueError as error:
        raise ValueError(f"could not convert {name} to numbers: {error}") from error
