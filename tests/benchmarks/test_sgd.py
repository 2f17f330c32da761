"""Equal bits."""

import numpy as np

from benchmarks import sgd


def test_same_bits():
    class Fitted:
        coef_, intercept_, n_iter_, t_ = np.array([[0.1]]), np.array([0.0]), 5, 11.0

    other = Fitted()
    assert sgd.same_bits(Fitted(), other)
    other.coef_ = np.nextafter(other.coef_, 1)
    assert not sgd.same_bits(Fitted(), other)
    other.coef_, other.intercept_ = Fitted.coef_, -Fitted.intercept_  # −0.0 has another bit
    assert not sgd.same_bits(Fitted(), other)
