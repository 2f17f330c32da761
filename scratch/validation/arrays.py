"""Tables of numbers: what is accepted, and the error for what is not."""

import numpy as np


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
