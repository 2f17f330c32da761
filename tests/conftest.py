"""MNIST for the tests that want it."""

from pathlib import Path

import pytest
from sklearn.datasets import get_data_home

from scratch.datasets import MNIST_COPY, load_mnist


@pytest.fixture(scope="session")
def mnist():
    """Pixels (70000, 784) uint8 and labels, where they can be had without a network."""
    home = Path(get_data_home())
    if not (home / MNIST_COPY).exists() and not list(home.glob("openml/**/mnist_784.arff*")):
        pytest.skip("MNIST is not in scikit-learn's data home: python -m scratch --dataset mnist")
    return load_mnist()
