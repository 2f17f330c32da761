"""The order in which scikit-learn's SGD takes the samples."""

from functools import cache

import numpy as np

from scratch.typing import Ints

_31_BITS = np.uint32(2**31 - 1)
# The places of the bits of a 32-bit integer, (32, 1).
_PLACES = np.arange(32, dtype=np.uint32)[:, np.newaxis]


def shuffled_order(n: int, seed: int) -> Ints:
    """Return a random order of n things: the one that scikit-learn's SGD draws from a seed.

    It is a Fisher-Yates shuffle: place i takes what is at a place j drawn from i, …, n − 1. The
    draws are a 32-bit xorshift sequence, of which the lower 31 bits are used modulo n − i.
    scikit-learn begins the sequence anew before each epoch, and shuffles what the last epoch left.
    So each epoch applies the same permutation again: ``order = order[shuffled_order(n, seed)]``.

    Parameters
    ----------
    n : int
        At least 1.
    seed : int
        In [0, 2³²). Xorshift never leaves 0, so 1 is taken for it.

    Returns
    -------
    ndarray of shape (n,), intp
        A permutation of 0, …, n − 1.

    References
    ----------
    G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (14), 2003.
    R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (7), 1964.

    Examples
    --------
    >>> shuffled_order(5, seed=1).tolist()
    [4, 2, 3, 0, 1]
    """
    draws = xorshift(seed, n - 1) & _31_BITS
    places = np.arange(n - 1) + draws % np.arange(n, 1, -1, dtype=np.uint32)  # (n - 1,)
    order = list(range(n))
    for i, j in enumerate(places.tolist()):
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.intp)


def xorshift(seed: int, n: int) -> Ints:
    """Return the first n draws of Marsaglia's 32-bit xorshift, ``(13, 17, 5)``.

    A draw is calculated from the one before. But xorshift is linear: of the XOR of two numbers it
    makes the XOR of what it makes of each. So what m draws make of any number follows from what
    they make of the 32 single bits. From the first m draws that gives the next m, all at once.

    Parameters
    ----------
    seed : int
        In [0, 2³²). Xorshift never leaves 0, so 1 is taken for it.
    n : int
        At least 0.

    Returns
    -------
    ndarray of shape (n,), uint32

    Examples
    --------
    >>> xorshift(1, 3).tolist()
    [270369, 67634689, 2647435461]
    """
    draws = _next_draw(np.array([seed or 1], dtype=np.uint32))
    doublings = 0
    while len(draws) < n:
        draws = np.append(draws, _combined(_draws_of_bits(doublings), draws))
        doublings += 1
    return draws[:n]


def _next_draw(numbers: Ints) -> Ints:
    """Return what one draw makes of each number, (n,) uint32."""
    numbers = numbers ^ numbers << np.uint32(13)
    numbers = numbers ^ numbers >> np.uint32(17)
    return numbers ^ numbers << np.uint32(5)


@cache
def _draws_of_bits(doublings: int) -> Ints:
    """Return what 2^doublings draws make of the numbers 1, 2, 4, …, 2³¹: (32,) uint32."""
    if doublings == 0:
        return _next_draw(np.uint32(1) << _PLACES[:, 0])
    half_way = _draws_of_bits(doublings - 1)
    return _combined(half_way, half_way)


def _combined(of_bits: Ints, numbers: Ints) -> Ints:
    """Return for each number, (n,), the XOR of what is given for the bits that are set in it."""
    is_set = numbers >> _PLACES & np.uint32(1)  # (32, n)
    return np.bitwise_xor.reduce(is_set * of_bits[:, np.newaxis], axis=0)
