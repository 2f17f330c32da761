"""Random calls of every metric, ours and scikit-learn's: a few seconds of a long search."""

import pytest

from tests.metrics import fuzz
from tests.metrics.registry import OF_LABELS, OF_PROBABILITIES, OF_SCORES


@pytest.mark.parametrize("name", OF_LABELS + OF_SCORES + OF_PROBABILITIES)
def test_random_calls(name):
    for seed in range(40):
        fuzz.check(name, seed)
