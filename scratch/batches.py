"""Which samples a solver sees, and in what order.

- `shuffled_order`: scikit-learn's shuffle of the samples before an epoch;
- `stratified_holdout`: the samples that early stopping keeps apart;
- `NonZeros`: the features of samples that are not zero, gathered for several samples at once.
"""

import numpy as np

from scratch.validation import check_random_state

_32_BITS = 2**32 - 1
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
    order = list(range(n))
    x = int(seed) or 1
    for i in range(n - 1):
        x ^= x << 13 & _32_BITS
        x ^= x >> 17
        x ^= x << 5 & _32_BITS
        j = i + (x & _31_BITS) % (n - i)
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.intp)


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


class NonZeros:
    """The features of samples that are not zero, in order, without those that are.

    Samples lie end to end in two arrays, `columns` and `negated` (−x, so that a running sum can be
    taken by subtraction; see `scratch.sequential`). Each begins with at least one filler, −x = 0 in
    a column of its own after the last, and fills a whole number of chunks: copying chunks is what
    makes `gather` fast.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    dtype : floating dtype
        What the values are converted to; X is never converted as a whole.

    Attributes
    ----------
    n_samples, n_features : int
    squared_norms : ndarray of shape (n_samples,), float64
        Σ x² of each sample.
    """

    _ROWS = 1024  # rows of X that are looked at in one go

    def __init__(self, X, dtype):
        self.n_samples, self.n_features = X.shape
        # wide rows get long chunks, narrow ones are not blown up by fillers
        self.chunk = int(np.clip(2 ** (self.n_features.bit_length() - 4), 1, 16))
        parts = [X[i : i + self._ROWS] for i in range(0, self.n_samples, self._ROWS)]
        filled = np.concatenate([(part != 0).sum(axis=1) for part in parts])  # (n_samples,)
        self.chunks = filled // self.chunk + 1  # (n_samples,)
        self.starts = np.append(0, self.chunks.cumsum())  # (n_samples + 1,)
        narrow = np.min_scalar_type(self.n_features)  # less to fetch from memory
        self.columns = np.full((self.starts[-1], self.chunk), self.n_features, dtype=narrow)
        self.negated = np.zeros((self.starts[-1], self.chunk), dtype=dtype)
        self.squared_norms = np.empty(self.n_samples)
        fillers = self.chunks * self.chunk - filled
        for first, part in zip(range(0, self.n_samples, self._ROWS), parts, strict=True):
            rows = slice(first, first + len(part))
            self._store(part.astype(dtype, copy=False), rows, filled[rows], fillers[rows])

    def _store(self, X, rows, filled, fillers):
        """Put the non-zero features of some rows where they belong."""
        flat = X.reshape(-1)  # (len(X) * n_features,)
        (found,) = np.nonzero(flat != 0)
        column = found - np.repeat(np.arange(0, X.size, self.n_features), filled)
        places = np.arange(len(found)) + np.repeat(fillers.cumsum(), filled)
        chunks = slice(self.starts[rows.start], self.starts[rows.start + len(X)])
        self.columns[chunks].reshape(-1)[places] = column
        self.negated[chunks].reshape(-1)[places] = -flat[found]
        self.squared_norms[rows] = np.einsum("ij,ij->i", X, X, dtype=np.float64)

    def gather(self, samples, shifts):
        """The samples' non-zero features, end to end.

        Parameters
        ----------
        samples : ndarray of shape (m,), intp
        shifts : ndarray of shape (m,), intp
            Added to the columns of each sample.

        Returns
        -------
        columns : ndarray of shape (length,), intp
        negated : ndarray of shape (length,)
        lengths : ndarray of shape (m,)
            How much of both belongs to each sample, fillers included; adds up to `length`.
        """
        chunks = self.chunks[samples]  # (m,)
        ends = chunks.cumsum()
        which = np.arange(ends[-1]) + np.repeat(self.starts[samples] - ends + chunks, chunks)
        columns = self.columns.take(which, axis=0).astype(np.intp)  # (n_chunks, chunk)
        columns += np.repeat(shifts, chunks)[:, np.newaxis]
        negated = self.negated.take(which, axis=0)
        return columns.reshape(-1), negated.reshape(-1), chunks * self.chunk
