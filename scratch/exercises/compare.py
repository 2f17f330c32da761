"""When two results count as equal, and what form a result has.

The margin follows the precision in which a function computes, found by a probe (`in_single`):

- `CLOSE`: in double precision, of what is computed with exp and log;
- `DIFFERENCES`: of slopes, which may be differences taken by hand;
- `EXACT`: of ratios of counts. An epsilon added to a denominator, 1e-12 even, is more;
- `SINGLE`: in single precision, sixteen of its roundings.
"""

from numbers import Real

import numpy as np

CLOSE, DIFFERENCES = 1e-9, 1e-8
EXACT = 16 * float(np.finfo(np.float64).eps)
SINGLE = 16 * float(np.finfo(np.float32).eps)


def numbers(value):
    """A number or an array as float64, or None for what is not one."""
    if isinstance(value, Real):  # a Fraction too
        return np.array(float(value))
    try:
        array = np.asarray(value)
    except ValueError:  # parts of different shapes
        return None
    return array.astype(float, copy=False) if array.dtype.kind in "fiub" else None


def same(got, want, margin):
    """Whether two numbers, arrays, tuples or lists of them agree, in shape and up to `margin`.

    The margin is relative to the largest entry, and absolute below 1. NaN equals NaN.
    """
    if isinstance(want, tuple) or (isinstance(want, list) and isinstance(got, list)):
        return (
            isinstance(got, tuple | list)
            and len(got) == len(want)
            and all(same(g, w, margin) for g, w in zip(got, want, strict=True))
        )
    got, want = numbers(got), numbers(want)
    if got is None or want is None or got.shape != want.shape:
        return False
    scale = max(1.0, float(np.abs(want[np.isfinite(want)]).max(initial=0.0)))
    with np.errstate(invalid="ignore"):  # inf - inf
        near = np.abs(got - want) <= margin * scale
    return bool((near | (got == want) | (np.isnan(got) & np.isnan(want))).all())


def flat(value):
    """All numbers of a result in one array, or None."""
    parts = value if isinstance(value, tuple | list) else (value,)
    arrays = [numbers(part) for part in parts]
    if any(a is None for a in arrays):
        return None
    return arrays[0].ravel() if len(arrays) == 1 else np.concatenate([a.ravel() for a in arrays])


def in_single(pairs):
    """Whether a function computes in single precision: its results are such numbers, all of them.

    Parameters
    ----------
    pairs : list of tuple
        What came out of some calls, and what should; the latter mostly needs double precision.
    """
    needed = 0
    for got, want in pairs:
        got, want = flat(got), flat(want)
        if got is None or want is None or got.shape != want.shape:
            return False
        finite = np.isfinite(got) & (np.abs(got) > 1e-30) & (np.abs(got) < 1e30)
        if (got[finite] != got[finite].astype(np.float32)).any():
            return False
        finite &= np.abs(want) < 1e30
        needed += np.sum(want[finite] != want[finite].astype(np.float32))
    return needed >= 3


def form_fault(got, want):
    """What the form should be, if type or shape are not those of `want`; else ""."""
    if isinstance(want, tuple):
        if not isinstance(got, tuple) or len(got) != len(want):
            return f"{len(want)} results: return {', '.join('abc'[: len(want)])}"
        faults = [form_fault(g, w) for g, w in zip(got, want, strict=True)]
        return next((f"as result {i}, {fault}" for i, fault in enumerate(faults, 1) if fault), "")
    if not isinstance(want, np.ndarray):
        return "" if is_number(got) else "one number"
    if not isinstance(got, np.ndarray) or got.shape != want.shape:
        return f"an array of shape {want.shape}"
    if want.dtype.kind == "i" and got.dtype.kind not in "iu":
        return f"an array of whole numbers, not of {got.dtype}"
    return "" if got.dtype.kind in "fiu" else f"an array of numbers, not of {got.dtype}"


def as_tuple(got, want):
    """Several results as a tuple, if they come as a list or as the rows of one array."""
    is_array = isinstance(got, np.ndarray) and got.ndim > 1
    return tuple(got) if isinstance(want, tuple) and (is_array or isinstance(got, list)) else got


def is_number(value):
    """Whether a value is one number: Python's, NumPy's, an array of no dimension."""
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, Real | np.number):
        return True
    array = numbers(value)
    return array is not None and array.shape == () and np.asarray(value).dtype.kind in "fiu"
