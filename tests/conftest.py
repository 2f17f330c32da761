"""What the tests share: MNIST, and which of them only scikit-learn 1.9 or newer can judge."""

from pathlib import Path

import pytest
import sklearn
from sklearn.datasets import get_data_home

from scratch.datasets import MNIST_COPY, load_mnist

#: Files, or tests in them, where our bits, types, warnings and messages are compared with
#: scikit-learn's own.
JUDGED = (
    "linear_model/test_classifiers.py",
    "linear_model/test_programs.py",
    "linear_model/test_sgd_classifier",
    "metrics/",
    "solvers/sequential/test_steps.py::test_residuals_are_scikit_learns",
    "test_margin_losses.py::test_residuals_and_values_are_scikit_learns",
    "test_textbook",
    "validation/test_weights.py",
)
JUDGE = "1.9"


def pytest_addoption(parser):
    parser.addoption(
        "--judged", action="store_true", help=f"only what needs scikit-learn {JUDGE} as its judge"
    )


def pytest_collection_modifyitems(config, items):
    here = Path(__file__).parent
    judged = [
        item
        for item in items
        if item.path.is_relative_to(here)
        and f"{item.path.relative_to(here).as_posix()}::{item.name}".startswith(JUDGED)
    ]
    if config.getoption("judged"):
        config.hook.pytest_deselected(items=[item for item in items if item not in judged])
        items[:] = judged
    version = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
    if version < tuple(int(part) for part in JUDGE.split(".")):
        reason = f"compares with scikit-learn {JUDGE}, this is {sklearn.__version__}"
        for item in judged:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def mnist():
    """Pixels (70000, 784) uint8 and labels, where they can be had without a network."""
    home = Path(get_data_home())
    if not (home / MNIST_COPY).exists() and not list(home.glob("openml/**/mnist_784.arff*")):
        pytest.skip("MNIST is not in scikit-learn's data home: python -m scratch --dataset mnist")
    return load_mnist()
