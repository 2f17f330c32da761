"""The order in which scikit-learn's SGD takes the samples."""

import numpy as np

_31_BITS = 2**31 - 1


def shuffled_order(n, seed):
    """A random order of n things, the one that scikit-learn's SGD draws from a seed.

    A Fisher-Yates shuffle: place i takes what is at a place j drawn from i, …, n − 1. The draws are
    a 32-bit xorshift sequence, of which the lower 31 bits are used modulo n − i. scikit-learn
    seeds it alike before each epoch and shuffles what the last epoch left, so every epoch applies
    the same permutation once more: ``order = order[shuffled_order(n, seed)]``.

    Parameters
    ----------
    n : int
        At least 1.
    seed : int
        In [0, 2³²); 0, which xorshift would never leave, stands for 1.

    Returns
    -------
    ndarray of shape (n,), intp
        A permutation of 0, …, n − 1.

    References
    ----------
    G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (14), 2003.
    R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (7), 1964.
    """
    draws = _xorshift(int(seed) or 1, n - 1) & _31_BITS
    places = np.arange(n - 1)
    order = list(range(n))
    for i, j in enumerate((places + draws % (n - places)).tolist()):
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.intp)


def _xorshift(seed, n):
    """The n numbers that follow a seed in the sequence, (n,) uint32.

    A step acts on each bit by itself: it maps the XOR of two numbers to the XOR of their images. So
    a number is ahead by as many steps as the table of the images of its four bytes is; numbers that
    are known give as many more, and the table, looked up in itself, looks twice as far ahead.
    """
    table = np.arange(256, dtype=np.uint32) << np.uint32([[0], [8], [16], [24]])  # (4, 256)
    numbers = np.uint32([seed])
    for x in (table, numbers):
        x ^= x << 13
        x ^= x >> 17
        x ^= x << 5
    while len(numbers) < n:
        numbers = np.append(numbers, _images(table, numbers))
        table = _images(table, table)
    return numbers[:n]


def _images(table, x):
    """What each number becomes: the XOR of the images of its bytes."""
    bytes_ = (x >> np.uint32(8 * i) & np.uint32(255) for i in range(4))
    return np.bitwise_xor.reduce([table[i][byte] for i, byte in enumerate(bytes_)])
