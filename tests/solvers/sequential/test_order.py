"""The order of samples against scikit-learn's own."""

import numpy as np
import pytest
from sklearn.utils._random import _our_rand_r_py
from sklearn.utils._seq_dataset import ArrayDataset64

from scratch.solvers.sequential.order import shuffled_order


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
