"""Metadata routing: what meta-estimators pass on to `fit`, `partial_fit` and `score`."""

import numpy as np
import pytest
import sklearn
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.model_selection import cross_validate
from sklearn.utils.metadata_routing import UNCHANGED

from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])


@pytest.fixture
def routing():
    with sklearn.config_context(enable_metadata_routing=True):
        yield


@both
def test_metadata_are_routed(Classifier, routing):
    X, y = load_iris(return_X_y=True)
    w = np.random.default_rng(0).uniform(size=len(y))
    model = Classifier(random_state=0, max_iter=3, tol=None)
    assert model.set_fit_request(sample_weight=True) is model
    model.set_score_request(sample_weight="of_test")
    model.set_partial_fit_request(sample_weight=True, classes=UNCHANGED)
    assert model.get_metadata_routing().partial_fit.requests == {
        "classes": None,
        "sample_weight": True,
    }
    assert model.get_metadata_routing().fit.requests == {"sample_weight": True}
    assert clone(model).get_metadata_routing().score.requests == {"sample_weight": "of_test"}
    found = cross_validate(
        model, X, y, cv=3, params={"sample_weight": w, "of_test": w}, return_indices=True
    )
    for score, train, test in zip(
        found["test_score"], found["indices"]["train"], found["indices"]["test"], strict=True
    ):
        ours = clone(model).fit(X[train], y[train], sample_weight=w[train])
        assert ours.score(X[test], y[test], sample_weight=w[test]) == score


@both
def test_requests_that_cannot_be(Classifier, routing):
    with pytest.raises(TypeError, match=r"Unexpected args.*weight.* in fit"):
        Classifier().set_fit_request(weight=True)
    with sklearn.config_context(enable_metadata_routing=False), pytest.raises(RuntimeError):
        Classifier().set_fit_request(sample_weight=True)
