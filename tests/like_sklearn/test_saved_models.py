"""Fitted estimators in files: pickles, skops and mlflow."""

import pickle
import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_iris

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

CLASSIFIERS = [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
every = pytest.mark.parametrize("Classifier", CLASSIFIERS)
X, Y = load_iris(return_X_y=True)
WITHOUT_SKLEARN = """
import pickle, sys
sys.modules["sklearn"] = sys.modules["scipy"] = None  # to import them fails
X, y, models = pickle.load(sys.stdin.buffer)
for model, again, expected in models:
    again.partial_fit(X, y)
    print((model.decision_function(X) == expected).all(), repr(model))
"""


@every
def test_a_pickle_predicts_the_same(Classifier):
    X, y = load_iris(return_X_y=True)
    model = Classifier(random_state=0).fit(X, y)
    size = len(pickle.dumps(model))
    copy = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(copy.decision_function(X), model.decision_function(X))
    assert size < 10_000
    assert copy.get_params() == model.get_params()


def test_a_pickle_has_nothing_of_scikit_learn_in_it():
    """So it goes from one version of scikit-learn to another, and to where there is none."""
    models = []
    for Classifier in CLASSIFIERS:
        model = Classifier(random_state=0, max_iter=3, tol=None).fit(X, Y)
        again = Classifier(random_state=0).partial_fit(X, Y, [0, 1, 2])
        models.append((model, again, model.decision_function(X)))
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT_SKLEARN],
        input=pickle.dumps((X, Y, models)),
        capture_output=True,
        check=True,
    )
    assert found.stdout.decode().splitlines() == [f"True {model!r}" for model, _, _ in models]


@every
@pytest.mark.parametrize("options", [{}, {"average": True}])
def test_skops_has_to_trust_one_type(Classifier, options):
    skops = pytest.importorskip("skops.io")
    model = Classifier(random_state=0, **options).partial_fit(X, Y, [0, 1, 2])
    saved = skops.dumps(model)
    ours = f"{Classifier.__module__}.{Classifier.__name__}"
    assert skops.get_untrusted_types(data=saved) == [ours]
    loaded = skops.loads(saved, trusted=[ours])
    np.testing.assert_array_equal(loaded.decision_function(X), model.decision_function(X))
    model.partial_fit(X, Y)
    np.testing.assert_array_equal(loaded.partial_fit(X, Y).coef_, model.coef_)


@every
@pytest.mark.filterwarnings("ignore")  # of mlflow's own
def test_mlflow_takes_a_model_whose_type_is_named(Classifier, tmp_path):
    mlflow = pytest.importorskip("mlflow.sklearn")
    model = Classifier(random_state=0, max_iter=3, tol=None).fit(X, Y)
    ours = f"{Classifier.__module__}.{Classifier.__name__}"
    mlflow.save_model(model, tmp_path / "model", skops_trusted_types=[ours])
    loaded = mlflow.load_model(str(tmp_path / "model"))
    np.testing.assert_array_equal(loaded.decision_function(X), model.decision_function(X))
