"""y ← a·x + y with the roundings of OpenBLAS, to which scikit-learn leaves this sum.

OpenBLAS takes whole blocks of numbers with an instruction that multiplies and adds in one rounding;
what is left over at the end is multiplied, rounded, added and rounded again. NumPy's arithmetic has
no such instruction. `multiply_add` computes its result from plain operations.
"""

import numpy as np

# Numbers in a block, on x86-64 processors with AVX2 or AVX-512.
_BLOCK = {"float64": 16, "float32": 32}


def add_multiple(a, x, y):
    """y ← a·x + y in place, row by row as BLAS's axpy does it.

    Parameters
    ----------
    a : float
    x, y : ndarray of shape (n_rows, n), float64 or float32, both the same
    """
    whole = y.shape[1] - y.shape[1] % _BLOCK[y.dtype.name]
    y[:, :whole] = multiply_add(a, x[:, :whole], y[:, :whole])
    y[:, whole:] += y.dtype.type(a) * x[:, whole:]


def multiply_add(a, x, y):
    """``a · x + y``, rounded once.

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
        product = float(np.float32(a)) * x.astype(np.float64)
        return _to_odd(*_two_sum(product, y.astype(np.float64))).astype(np.float32)
    product, lost = _two_product(np.float64(a), x)
    middle, low = _two_sum(y, lost)
    high, rest = _two_sum(product, middle)
    return high + _to_odd(*_two_sum(low, rest))


def _two_sum(a, b):
    """The rounded sum and the exact rest (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _two_product(a, b):
    """The rounded product and the exact rest (Dekel)."""
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    product = a * b
    return product, a_low * b_low - (
        ((product - a_high * b_high) - a_low * b_high) - a_high * b_low
    )


def _halves(a):
    """A float64 as the sum of two numbers of 26 bits (Veltkamp)."""
    scaled = a * (2.0**27 + 1)
    high = scaled - (scaled - a)
    return high, a - high


def _to_odd(total, rest):
    """Round total + rest to an odd last bit where it is not exact: a later rounding can't err."""
    even = total.view(np.int64) % 2 == 0
    return np.where(even & (rest != 0), np.nextafter(total, np.copysign(np.inf, rest)), total)
