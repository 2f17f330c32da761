"""How an estimator is printed, and drawn in a notebook, by itself and in a pipeline."""

import pytest
import sklearn
import sklearn.linear_model
from sklearn.base import BaseEstimator, clone, is_classifier
from sklearn.datasets import load_iris
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

every = pytest.mark.parametrize(
    "Classifier", [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
)
with_tables = pytest.mark.skipif(
    not hasattr(BaseEstimator, "_get_fitted_attr_html"), reason="scikit-learn 1.9 has the tables"
)


@every
def test_shown_in_a_notebook(Classifier):
    X, y = load_iris(return_X_y=True)
    model = Classifier(alpha=0.125, max_iter=3, tol=None)
    assert "<span>Not fitted</span>" in model._repr_html_()
    html = model.fit(X, y)._repr_html_()
    assert "<span>Fitted</span>" in html
    assert Classifier.__name__ in html
    assert "0.125" in html


def rows(html):
    """Return the rows of the tables in a page, without white space at their ends."""
    return [row.split("</tr>")[0].strip() for row in html.split("<tr ")[1:]]


@with_tables
@every
def test_the_tables_of_parameters_and_attributes_are_scikit_learns(Classifier):
    """scikit-learn's own class, with the same parameters and attributes, has the same rows."""

    class Theirs(BaseEstimator):
        def __init__(self, **parameters):
            vars(self).update(parameters)

        __init__.__signature__ = sklearn.utils.validation.signature(Classifier.__init__)

        def fit(self):
            """Only there to make it an estimator."""

    X, y = load_iris(return_X_y=True)
    model = Classifier(alpha=0.125, max_iter=3, tol=None).fit(X, y)
    theirs = Theirs()
    vars(theirs).update(vars(model))
    expected = rows(theirs._repr_html_())
    assert any("user-set" in row and "alpha" in row for row in expected)
    assert any("coef_" in row for row in expected)
    assert rows(model._repr_html_()) == expected
    scaled = make_pipeline(StandardScaler(), model)
    assert rows(scaled._repr_html_())[-len(expected) :] == expected


@every
def test_there_is_no_html_where_scikit_learn_is_to_show_text(Classifier):
    with sklearn.config_context(display="text"):
        assert not hasattr(Classifier(), "_repr_html_")


def test_a_class_of_ones_own_may_inherit_from_scikit_learns_too():
    class Mine(LogisticClassifier, BaseEstimator):
        pass

    assert isinstance(clone(Mine()), BaseEstimator)
    assert is_classifier(Mine())
    assert repr(Mine(alpha=0.125)) == "Mine(alpha=0.125)"
    assert "0.125" in Mine(alpha=0.125)._repr_html_()


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
        assert repr(ours).split() == repr(theirs).split()
