"""Equal bits, and the cases."""

import numpy as np
import pytest

from benchmarks import sgd
from benchmarks.command import Settings


def test_same_bits():
    class Fitted:
        coef_, intercept_, n_iter_, t_ = np.array([[0.1]]), np.array([0.0]), 5, 11.0

    other = Fitted()
    assert sgd.same_bits(Fitted(), other)
    other.coef_ = np.nextafter(other.coef_, 1)
    assert not sgd.same_bits(Fitted(), other)
    other.coef_, other.intercept_ = Fitted.coef_, -Fitted.intercept_  # −0.0 has another bit
    assert not sgd.same_bits(Fitted(), other)


@pytest.mark.parametrize("dataset", ["digits", "synthetic"])
@pytest.mark.parametrize("known", [{"log_loss"}, {"log_loss", *sgd.LOSSES}])
def test_cases_are_counted_and_named_apart(dataset, known, monkeypatch):
    monkeypatch.setattr(sgd, "accepts", lambda loss: loss in known)
    settings = Settings(dataset=dataset, quick=True)
    made = list(sgd.cases(settings))
    assert len({case.name for case in made}) == len(made) == sgd._n_cases(settings)
    assert {case.loss for case in made} <= known


def test_a_loss_that_is_not_there_is_not_accepted():
    assert sgd.accepts(sgd.LOG_LOSS)
    assert not sgd.accepts("hinged")
