"""Random sequences of calls of the mini-batch classifiers: a few seconds of a long search."""

import pytest

from tests.linear_model import fuzz_minibatch


@pytest.mark.parametrize("first_seed", [0, 10, 20, 30])
def test_random_sequences(first_seed):
    for seed in range(first_seed, first_seed + 10):
        fuzz_minibatch.run(seed)
