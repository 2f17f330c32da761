"""How time grows."""

import pytest

from benchmarks import scaling


def test_exponent_of_a_power():
    values = [1, 10, 100, 1000]
    assert scaling.exponent(values, [7.0 * v**1.5 for v in values]) == pytest.approx(1.5)
