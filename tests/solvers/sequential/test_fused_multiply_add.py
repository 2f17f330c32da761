"""y ← a·x + y against exact fractions, and against BLAS itself built for other processors."""

import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from scratch.solvers.sequential.fused_multiply_add import multiply_add

# What to run where OpenBLAS is told which processor it is on, when it is loaded.
_COMPARE = """
import numpy as np
from scipy.linalg.blas import daxpy, saxpy
from scratch.solvers.sequential.fused_multiply_add import add_multiple

rng = np.random.default_rng(0)
for dtype, axpy in ((np.float64, daxpy), (np.float32, saxpy)):
    for n in (1, 3, 4, 13, 16, 17, 30, 31, 32, 33, 47, 64, 100, 784):
        x, y = rng.normal(size=(2, 50, n)).astype(dtype)
        a = rng.normal(size=50).astype(dtype)
        expected = np.array([axpy(x_i, y_i, a=a_i) for x_i, y_i, a_i in zip(x, y.copy(), a)])
        for i in range(50):
            add_multiple(float(a[i]), x[i : i + 1], y[i : i + 1])
        np.testing.assert_array_equal(y, expected, err_msg=f"{n} {dtype}")
"""


@pytest.mark.skipif(
    np.show_config("dicts")["Build Dependencies"]["blas"]["name"] != "scipy-openblas",
    reason="NumPy and SciPy don't come with OpenBLAS, whose roundings are the subject",
)
@pytest.mark.parametrize("core", ["", "SkylakeX", "Haswell", "Nehalem"])
def test_the_roundings_of_blas(core):
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", _COMPARE],
        env={**os.environ, "OPENBLAS_CORETYPE": core},
        capture_output=True,
        text=True,
    )
    if process.returncode < 0:
        pytest.skip(f"this processor does not run what is built for {core}")
    assert process.returncode == 0, process.stderr


def _rounded_once(a, x, y, dtype):
    exact = Fraction(float(a)) * Fraction(float(x)) + Fraction(float(y))
    near = dtype(float(exact))  # rounded twice for float32: a neighbour may be nearer
    around = (np.nextafter(near, dtype(-np.inf)), near, np.nextafter(near, dtype(np.inf)))
    distances = [abs(Fraction(float(number)) - exact) for number in around]
    nearest = [n for n, d in zip(around, distances, strict=True) if d == min(distances)]
    even = [n for n in nearest if n.view(f"i{n.nbytes}") % 2 == 0]
    return nearest[0] if len(nearest) == 1 else even[0]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_one_rounding(dtype):
    rng = np.random.default_rng(1)
    a = dtype(1.0 + 3 * np.finfo(dtype).eps)
    x = rng.normal(size=3000).astype(dtype)
    # sums where digits cancel, where they don't, and where one number is far below the other
    y = np.concatenate([-a * x[:1000], x[1000:2000], x[2000:] * dtype(2.0) ** -60]).astype(dtype)
    expected = [_rounded_once(a, *numbers, dtype) for numbers in zip(x, y, strict=True)]
    np.testing.assert_array_equal(multiply_add(a, x, y), expected)
    assert (multiply_add(a, x, y) != a * x + y).any()


def test_next_to_the_smallest_numbers():
    rng = np.random.default_rng(2)
    x = rng.normal(size=500) * 2.0 ** rng.integers(-1070, -950, 500)
    y = np.append(rng.normal(size=250) * 1e-310, rng.normal(size=250) * 2.0**-1000)
    with np.errstate(under="ignore"):
        expected = [
            float(Fraction(0.7) * Fraction(x_i) + Fraction(y_i))
            for x_i, y_i in zip(x, y, strict=True)
        ]
    np.testing.assert_array_equal(multiply_add(0.7, x, y), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_numbers_of_every_size(dtype):
    """From the smallest subnormal to the largest number; half of the sums cancel for the most."""
    info, rng = np.finfo(dtype), np.random.RandomState(3)

    def drawn(n):
        exponents = rng.randint(info.minexp - info.nmant, info.maxexp, n)
        return np.ldexp(rng.uniform(1, 2, n) * rng.choice([-1, 1], n), exponents).astype(dtype)

    n_compared = 0
    for a in drawn(100):
        x, y, shift = drawn(20), drawn(20), rng.randint(-120, 120, 20)
        with np.errstate(over="ignore"):
            near = np.ldexp(-a * x, np.where(rng.rand(20) < 0.5, shift, 0)).astype(dtype)
        y = np.where((rng.rand(20) < 0.5) & np.isfinite(near), near, y)
        found = multiply_add(float(a), x, y)
        for x_i, y_i, found_i in zip(x, y, found, strict=True):
            exact = Fraction(float(a)) * Fraction(float(x_i)) + Fraction(float(y_i))
            if abs(exact) < Fraction(float(info.max)):
                assert found_i == _rounded_once(a, x_i, y_i, dtype)
                n_compared += 1
            else:
                assert abs(found_i) >= info.max
                assert (found_i > 0) == (exact > 0)
    assert n_compared > 1000


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_what_no_number_is(dtype):
    x, y = np.array([[np.inf, 1, np.inf, np.nan, 1], [1, -np.inf, -np.inf, 0, np.nan]], dtype)
    np.testing.assert_array_equal(multiply_add(2.0, x, y), [np.inf, -np.inf, *[np.nan] * 3])
    np.testing.assert_array_equal(multiply_add(-np.inf, np.ones(1, dtype), y[:1]), [-np.inf])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("last_bit", [0, 1])
def test_next_to_the_middle_of_two_numbers(dtype, last_bit):
    """So near the middle of y and its neighbour that only what is lost in rounding tells.

    (1 − e)·(1 + e) is e² below 1, and (1 + e)·(1 − e + e²) is e³ above it. Times half a unit in the
    last place of y, that is added to y.
    """
    eps, e = np.finfo(dtype).eps, dtype(2.0 ** (-26 if dtype == np.float64 else -11))
    one = dtype(1)
    factors = [(one - e, one + e), (one + e, one - e + e * e)]
    y = one + dtype(last_bit) * eps  # the neighbours are y and y + eps
    for a, x in factors:
        for sign in (dtype(1), dtype(-1)):
            scaled = sign * a * eps / dtype(2)
            ours = multiply_add(scaled, np.array([x]), np.array([sign * y]))
            assert ours == _rounded_once(scaled, x, sign * y, dtype)
            assert ours == sign * (y if a < 1 else y + eps)


@pytest.mark.parametrize(("dtype", "j"), [(np.float64, 40_000_000), (np.float32, 400)])
@pytest.mark.parametrize("last_bit", [0, 1])
@pytest.mark.parametrize("sign", [1, -1])
def test_below_the_middle_by_less_than_a_bit(sign, last_bit, dtype, j):
    """A sum below the middle of y and its neighbour, by less than the last bit of the parts.

    (1 − j·eps)·(1 + j·eps) is j²·eps² below 1. Times half a unit in the last place of y, that is
    added to y. The sum is nearer to y. Rounded to the middle first, it would go to the even one.
    """
    eps = np.finfo(dtype).eps
    a, x = sign * (1 - j * eps), np.array([(1 + j * eps) * eps / 2], dtype)
    y = np.array([sign * (1 + last_bit * eps)], dtype)
    expected = [_rounded_once(a, x[0], y[0], dtype)]
    assert expected == y.tolist()
    assert multiply_add(float(a), x, y).tolist() == expected
