"""The samples that early stopping keeps apart."""

import numpy as np

from scratch.typing import Bools, Ints, RandomState
from scratch.validation.parameters import check_random_state


def stratified_holdout(codes: Ints, fraction: float, random_state: RandomState) -> Bools:
    """Choose the samples to hold out, in each class the same fraction of them.

    The choice is the first split of scikit-learn's ``StratifiedShuffleSplit(test_size=fraction,
    random_state=random_state)``, and it takes the same draws from a given RandomState.

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

    Examples
    --------
    >>> codes = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    >>> held_out = stratified_holdout(codes, fraction=0.25, random_state=0)
    >>> codes[held_out].tolist()
    [0, 1]
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
    # scikit-learn shuffles both parts; so a shared RandomState gives the same draws after it
    rng.permutation(n_in)
    rng.permutation(n_out)
    return held_out


def _proportional(sizes: Ints, n: int, rng: np.random.RandomState) -> Ints:
    """Share out n in proportion to `sizes`: whole numbers, largest remainders, ties at random."""
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
