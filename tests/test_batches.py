"""The order of samples and the hold-out against scikit-learn's own."""

import numpy as np
import pytest
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.utils._random import _our_rand_r_py
from sklearn.utils._seq_dataset import ArrayDataset64

from scratch.batches import shuffled_order, stratified_holdout


@pytest.mark.parametrize("n", [1, 2, 3, 10, 1000])
@pytest.mark.parametrize("seed", [0, 1, 12345, 2**31 - 2, 2**32 - 1])
def test_shuffle_epoch_after_epoch(n, seed):
    theirs = ArrayDataset64(np.zeros((n, 1)), np.zeros(n), np.ones(n), seed=1)
    order = np.arange(n)
    for _ in range(3):
        theirs._shuffle_py(seed)
        order = order[shuffled_order(n, seed)]
        np.testing.assert_array_equal(order, [theirs._next_py()[3] for _ in range(n)])


def test_the_draws_are_a_xorshift():
    # with two things there is one draw: odd or even decides
    for seed in range(1, 200):
        swapped = shuffled_order(2, seed)[0] == 1
        assert swapped == _our_rand_r_py(seed) % 2


@pytest.mark.parametrize("sizes", [(50, 50), (7, 93), (11, 12, 13, 17), (3, 3, 3), (2, 500)])
@pytest.mark.parametrize("fraction", [0.1, 0.25, 0.5, 0.77])
def test_holdout(sizes, fraction):
    codes = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))
    for seed in range(5):
        split = StratifiedShuffleSplit(test_size=fraction, random_state=seed)
        try:
            _, theirs = next(split.split(codes, codes))
        except ValueError:
            with pytest.raises(ValueError, match="should be greater or equal"):
                stratified_holdout(codes, fraction, seed)
            continue
        ours = stratified_holdout(codes, fraction, seed)
        np.testing.assert_array_equal(np.flatnonzero(ours), np.sort(theirs))


def test_holdout_draws_as_much_as_scikit_learn():
    codes = np.repeat([0, 1, 2], [11, 12, 14])
    ours, theirs = np.random.RandomState(3), np.random.RandomState(3)
    stratified_holdout(codes, 0.2, ours)
    next(StratifiedShuffleSplit(test_size=0.2, random_state=theirs).split(codes, codes))
    assert ours.randint(2**31 - 1) == theirs.randint(2**31 - 1)


def test_holdout_needs_two_samples_of_each_class():
    with pytest.raises(ValueError, match="only 1 member"):
        stratified_holdout(np.array([0, 0, 0, 1]), 0.5, 0)
