"""What the benchmarks' tests share."""

import pytest

from benchmarks import problems


@pytest.fixture(scope="session")
def digits():
    return problems.load("digits")
