"""The hold-out against scikit-learn's own."""

import numpy as np
import pytest
from sklearn.model_selection import StratifiedShuffleSplit

from scratch.linear_model.holdout import stratified_holdout


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
