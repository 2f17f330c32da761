"""Run a metric of ours and scikit-learn's namesake on the same input, and compare all they do."""

import builtins
import warnings

import numpy as np
import pytest
import sklearn.metrics

import scratch.metrics
from tests.metrics.cases import weights


def run(function, *args, **kwargs):
    """What a call returns or which type it raises, and the types of its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value, error = function(*args, **kwargs), None
        except Exception as raised:
            value, error = None, raised
    return value, error, sorted(warning.category.__name__ for warning in caught)


def assert_alike(name, *args, rtol=0, same_errors=True, **kwargs):
    """Both return equal values of equal types with equal warnings, or raise alike.

    Without `same_errors` it is enough that both raise.
    """
    try:
        _assert_alike(name, *args, rtol=rtol, same_errors=same_errors, **kwargs)
    except AssertionError as error:
        error.add_note(f"in {name}(…, {kwargs})")
        raise


def _assert_alike(name, *args, rtol, same_errors, **kwargs):
    ours, our_error, our_warnings = run(getattr(scratch.metrics, name), *args, **kwargs)
    theirs, their_error, their_warnings = run(getattr(sklearn.metrics, name), *args, **kwargs)
    if isinstance(their_error, OverflowError) and np.lib.NumpyVersion(np.__version__) < "2.1.0":
        pytest.skip("NumPy 2.0 does not compare integers above 2^63, and so neither scikit-learn")
    if their_error is not None:
        assert our_error is not None, f"scikit-learn raises {their_error!r}, we return {ours!r}"
        if same_errors:
            assert_catchable_as(our_error, their_error)
        return
    if our_error is not None:
        raise AssertionError(f"scikit-learn returns {theirs!r}, we raise") from our_error
    assert_equal(ours, theirs, rtol)
    if "RuntimeWarning" in their_warnings:  # NumPy's, of 0/0 or overflow, which they let through
        our_warnings, their_warnings = (
            [name for name in names if name != "RuntimeWarning"]
            for names in (our_warnings, their_warnings)
        )
    assert our_warnings == their_warnings


def assert_alike_weighted(name, true, pred, kind, parameters):
    """As `assert_alike`, with weights of a kind.

    Numbers of more than 64 bits count as 64: scikit-learn takes them in some metrics only.
    """
    weight = weights(kind, len(true))
    if kind == "longdouble":
        ours = getattr(scratch.metrics, name)
        wide, plain = (
            run(ours, true, pred, sample_weight=each, **parameters)
            for each in (weight, weight.astype(np.float64))
        )
        assert str(wide) == str(plain)
    else:
        assert_alike(name, true, pred, sample_weight=weight, **parameters)


def assert_catchable_as(ours, theirs):
    """Whoever catches the built-in types of their error catches ours; and ours says something."""
    for kind in type(theirs).__mro__:
        if hasattr(builtins, kind.__name__):
            assert isinstance(ours, kind), f"{ours!r} is no {kind.__name__}, unlike {theirs!r}"
    assert len(str(ours)) > 20


def assert_equal(ours, theirs, rtol=0):
    """Equal types throughout, equal values (floats to `rtol`, NaN equal to NaN).

    Where they return a float of NumPy's by accident, ours may be Python's, as annotated.
    """
    if isinstance(theirs, np.floating) and isinstance(ours, float):
        theirs = theirs.item()
    assert type(ours) is type(theirs)
    if isinstance(theirs, (tuple, list)):
        assert len(ours) == len(theirs)
        for our_part, their_part in zip(ours, theirs, strict=True):
            assert_equal(our_part, their_part, rtol)
    elif isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        assert_equal(list(ours.values()), list(theirs.values()), rtol)
    elif isinstance(theirs, np.ndarray):
        assert ours.dtype == theirs.dtype
        np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=0)
    elif isinstance(theirs, float):
        np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=0)
    else:
        assert ours == theirs


class ArrayLike:
    """Something that is no array but can become one, as a column of a data frame is."""

    def __init__(self, values):
        self.values = np.asarray(values)

    def __array__(self, dtype=None, copy=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def __len__(self):
        return len(self.values)


NAMES = np.array(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])

# Class codes 0 … 9 as labels of each type.
LABELS = {
    "ints": lambda codes: codes,
    "int8": lambda codes: codes.astype(np.int8),
    "uint8": lambda codes: codes.astype(np.uint8),
    "uint64": lambda codes: codes.astype(np.uint64) + np.uint64(2**63),
    "big-endian": lambda codes: codes.astype(">i4"),
    "bools": lambda codes: codes > 1,
    "negative": lambda codes: codes - 5,
    "int8 extremes": lambda codes: np.where(codes > 1, 127, -128).astype(np.int8),
    "gaps": lambda codes: codes * 7 + 3,
    "far apart": lambda codes: codes * 10**14 - 5,
    "whole floats": lambda codes: codes / 1.0,
    "float32": lambda codes: codes.astype(np.float32) * 2 - 3,
    "characters": lambda codes: codes.astype("U1"),
    "strings": lambda codes: NAMES[codes],
    "objects": lambda codes: NAMES[codes].astype(object),
    "unicode": lambda codes: np.array(list("äβ数😀e5679\u2009"))[codes],
    "dates": lambda codes: np.datetime64("2020-01-01") + codes,
    "list": lambda codes: codes.tolist(),
    "tuple": lambda codes: tuple(codes.tolist()),
    "list of strings": lambda codes: NAMES[codes].tolist(),
    "list of bools": lambda codes: (codes > 1).tolist(),
    "column": lambda codes: codes[:, None],
    "strided": lambda codes: np.repeat(codes, 2)[::2],
    "array-like": ArrayLike,
    "array-like of strings": lambda codes: ArrayLike(NAMES[codes].astype(object)),
}
