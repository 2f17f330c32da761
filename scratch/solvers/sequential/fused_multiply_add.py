"""y ← a·x + y with the roundings of OpenBLAS, to which scikit-learn leaves this sum.

Where the processor has an instruction that multiplies and adds in one rounding, OpenBLAS uses it:
with AVX-512 for all numbers; with AVX2 for whole blocks of them, while each of those left over at
the end is multiplied, rounded, added and rounded again; without either for none. NumPy's arithmetic
has no such instruction. `multiply_add` computes its result from plain operations.
"""

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from scratch.typing import Floats

# Numbers in a block with AVX2.
_BLOCK = {"float64": 16, "float32": 32}


@np.errstate(over="ignore", invalid="ignore")
def add_multiple(a: float, x: Floats, y: Floats) -> None:
    """Add a multiple of x to y in place, ``y ← a·x + y``, row by row as BLAS's axpy does it.

    Parameters
    ----------
    a : float
    x, y : ndarray of shape (n_rows, n), float64 or float32, both the same
    """
    n = _n_fused(y.shape[1], y.dtype)
    y[:, :n] = multiply_add(a, x[:, :n], y[:, :n])
    y[:, n:] += y.dtype.type(a) * x[:, n:]


def _n_fused(n: int, dtype: np.dtype[Any]) -> int:
    """Return the number of leading entries (of n) that are multiplied and added in one rounding."""
    if _dot_product_fuses(2):
        return n
    return n - n % _BLOCK[dtype.name] if _dot_product_fuses(32) else 0


@cache
def _dot_product_fuses(n: int) -> bool:
    """Whether BLAS adds a product to another, n // 2 numbers before it, in one rounding.

    NumPy has no axpy. But its dot product is of the same library, built for the same processor,
    and tells: (1 + e)² = 1 + 2e + e² is rounded to 1 + 2e, so if that is taken off, either e² is
    left or nothing. Two numbers are left over from the blocks, 32 are not.
    """
    e = 2.0**-30
    x, y = np.zeros((2, n))
    x[0], y[0] = -1.0, 1.0 + 2 * e
    x[n // 2] = y[n // 2] = 1.0 + e
    return bool(np.dot(x, y) != 0)


@np.errstate(over="ignore", invalid="ignore")
def multiply_add(a: float, x: Floats, y: Floats) -> Floats:
    """Return ``a · x + y``, rounded once.

    The product and the sum are taken apart into what floating point holds of them and what it
    rounds away; the parts are then added such that the last rounding is the only one.

    Parameters
    ----------
    a : float
    x, y : ndarray, float64 or float32, both the same

    Returns
    -------
    ndarray of the shape and dtype of `y`

    References
    ----------
    S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using
    rounding to odd", IEEE Transactions on Computers 57 (4), 2008.
    T. J. Dekel, "A floating-point technique for extending the available precision", Numerische
    Mathematik 18, 1971.
    """
    if y.dtype == np.float32:  # two float32 have an exact product in float64
        exact = float(np.float32(a)) * x.astype(np.float64)
        return _to_odd(*_two_sum(exact, y.astype(np.float64))).astype(np.float32)
    product, lost = _two_product(np.asarray(a, np.float64), x)
    middle, low = _two_sum(y, lost)
    high, rest = _two_sum(product, middle)
    result = high + _to_odd(*_two_sum(low, rest))
    # Near the smallest numbers what rounding takes from a product is no float64; near the largest
    # the parts overflow. Both are rare.
    size = np.abs(product)
    too_small = (size < 2.0**-960) & (x != 0)
    too_large = np.fmax(np.fmax(np.abs(x), np.abs(y)), np.fmax(size, abs(a))) > 2.0**960
    for i in zip(*np.nonzero(too_small | too_large), strict=True):
        result[i] = _by_fractions(float(a), float(x[i]), float(y[i]))
    return result


def _by_fractions(a: float, x: float, y: float) -> float:
    """Return ``a · x + y``, rounded once."""
    try:
        return float(Fraction(a) * Fraction(x) + Fraction(y))
    except (OverflowError, ValueError):  # a number is infinite or NaN, or the sum overflows
        return a * x + y


def _two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return the rounded sum and the exact rest (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _two_product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return the rounded product and the exact rest (Dekel)."""
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    product = a * b
    return product, a_low * b_low - (
        ((product - a_high * b_high) - a_low * b_high) - a_high * b_low
    )


def _halves(a: Floats) -> tuple[Floats, Floats]:
    """Return a float64 as the sum of two numbers of 26 bits (Veltkamp)."""
    scaled = a * (2.0**27 + 1)
    high = scaled - (scaled - a)
    return high, a - high


def _to_odd(total: Floats, rest: Floats) -> Floats:
    """Round total + rest to an odd last bit where it is not exact: a later rounding can't err."""
    even = total.view(np.int64) % 2 == 0
    return np.where(even & (rest != 0), np.nextafter(total, np.copysign(np.inf, rest)), total)
