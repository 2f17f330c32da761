"""How an estimator is printed: as scikit-learn prints its own, with scikit-learn loaded or not."""

import subprocess
import sys

import pytest
import sklearn
import sklearn.linear_model

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

every = pytest.mark.parametrize(
    "Classifier", [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
)


@every
def test_all_parameters_are_printed_where_scikit_learn_is_to_print_them(Classifier):
    model = Classifier(alpha=0.125)
    with sklearn.config_context(print_changed_only=False):
        text = repr(model)
    assert all(f"{name}={value!r}" in text for name, value in model.get_params().items())
    assert repr(model) == f"{Classifier.__name__}(alpha=0.125)"


@pytest.mark.parametrize("changed_only", [True, False])
@pytest.mark.parametrize("options", [{}, {"alpha": 0.5, "class_weight": dict.fromkeys("abc", 2.0)}])
def test_an_estimator_is_printed_as_scikit_learns(changed_only, options):
    ours = SGDClassifier(loss="log_loss", eta0=0.5, power_t=0.25, **options)
    theirs = sklearn.linear_model.SGDClassifier(**ours.get_params())
    with sklearn.config_context(print_changed_only=changed_only):
        expected = repr(theirs)
        if changed_only:  # the default of `loss` is another one there
            expected = expected.replace("loss='log_loss', ", "").replace(", loss='log_loss'", "")
        assert repr(ours).split() == expected.split()


def test_without_scikit_learn_the_changed_parameters_are_printed():
    program = """
import sys
from scratch.linear_model import SoftmaxClassifier
model = SoftmaxClassifier(penalty=None, alpha=1e-3, class_weight={"a": 2}, tol=float("nan"))
before = repr(model)
assert "sklearn" not in sys.modules
import sklearn.base
print(before, repr(model), sep="\\n")
"""
    command = [sys.executable, "-c", program]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    expected = "SoftmaxClassifier(alpha=0.001, class_weight={'a': 2}, penalty=None, tol=nan)"
    assert lines[0] == expected
    assert " ".join(map(str.strip, lines[1:])) == expected
