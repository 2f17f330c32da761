"""The order in which scikit-learn's SGD takes the samples."""

import numpy as np

from scratch.typing import Ints

_31_BITS, _32_BITS = 2**31 - 1, 2**32 - 1


def shuffled_order(n: int, seed: int) -> Ints:
    """Return a random order of n things: the one that scikit-learn's SGD draws from a seed.

    It is a Fisher-Yates shuffle: place i takes what is at a place j drawn from i, …, n − 1. The
    draws are Marsaglia's 32-bit xorshift ``(13, 17, 5)``, of which the lower 31 bits are used,
    modulo n − i.
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
    order, draw = list(range(n)), seed or 1
    for i in range(n - 1):
        draw ^= draw << 13 & _32_BITS
        draw ^= draw >> 17
        draw ^= draw << 5 & _32_BITS
        j = i + (draw & _31_BITS) % (n - i)
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.intp)
