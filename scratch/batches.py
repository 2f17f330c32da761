"""Which samples a solver sees, and in what order.

- `shuffled_order`: scikit-learn's shuffle of the samples before an epoch;
- `stratified_holdout`: the samples that early stopping keeps apart.
"""

import numpy as np

from scratch.validation import check_random_state

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


def stratified_holdout(codes, fraction, random_state):
    """Choose the samples to hold out, in each class the same fraction of them.

    The choice is the first split of scikit-learn's ``StratifiedShuffleSplit(test_size=fraction,
    random_state=random_state)``, and draws from a given RandomState what that draws.

    Parameters
    ----------
    codes : ndarray of shape (n_samples,)
        Classes of the samples, as integers from 0; each class occurs.
    fraction : float
        In (0, 1). The number of samples held out is rounded up.
    random_state : int, RandomState or None

    Returns
    -------
    ndarray of shape (n_samples,), bool
        True for the samples that are held out.

    Raises
    ------
    ValueError
        If a class has one sample only, or one of the two parts fewer samples than there are
        classes.
    """
    sizes = np.bincount(codes)  # (n_classes,)
    n_out = int(np.ceil(fraction * len(codes)))
    n_in = len(codes) - n_out
    if sizes.min() < 2:
        raise ValueError(
            "The least populated classes in y have only 1 member, which is too few to hold out"
            f" some and train on the others: classes {np.flatnonzero(sizes < 2).tolist()}"
        )
    for name, size in (("train_size", n_in), ("test_size", n_out)):
        if size < len(sizes):
            raise ValueError(
                f"The {name} = {size} should be greater or equal to the number of classes ="
                f" {len(sizes)}"
            )
    rng = check_random_state(random_state)
    kept = _proportional(sizes, n_in, rng)
    taken = _proportional(sizes - kept, n_out, rng)
    held_out = np.zeros(len(codes), dtype=bool)
    for k, size in enumerate(sizes):
        members = np.flatnonzero(codes == k)[rng.permutation(size)]
        held_out[members[kept[k] : kept[k] + taken[k]]] = True
    # scikit-learn shuffles both parts; whoever shares the RandomState gets the same draws after it
    rng.permutation(n_in)
    rng.permutation(n_out)
    return held_out


def _proportional(sizes, n, rng):
    """Share n out in proportion to sizes, in whole numbers: largest remainders, ties at random."""
    exact = sizes / sizes.sum() * n
    shares = np.floor(exact)
    missing = int(n - shares.sum())
    remainders = exact - shares
    for remainder in np.unique(remainders)[::-1]:
        if missing <= 0:
            break
        tied = np.flatnonzero(remainders == remainder)
        chosen = rng.choice(tied, size=min(len(tied), missing), replace=False)
        shares[chosen] += 1
        missing -= len(chosen)
    return shares.astype(int)
