"""The laws of classification accept right classifiers and refuse wrong ones, with the reason."""

import re

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier

from scratch.__main__ import main
from scratch.exercises import check_classifier
from scratch.exercises.classifier.check import outcomes
from scratch.exercises.classifier.subject import Subject
from scratch.exercises.report import Report
from tests.exercises.classifiers import RIGHT, WRONG, Logistic, Newton


def test_an_attribute_that_is_no_parameter_is_not_taken_for_the_penalty():
    """scikit-learn 1.6's SGDClassifier has an attribute C that its constructor does not know."""

    class WithC(Logistic):
        C = 1.0

        def get_params(self, deep=True):
            return {}

    assert Subject(WithC()).penalty is None


@pytest.mark.parametrize("model", RIGHT, ids=lambda model: type(model).__name__)
def test_a_right_classifier_is_accepted(model):
    report = check_classifier(model)
    assert report, str(report)


@pytest.mark.parametrize(("Classifier", "settings", "law", "reason"), WRONG)
def test_a_wrong_classifier_is_refused_at_its_law_with_its_reason(
    Classifier, settings, law, reason
):
    asked = []
    for outcome in outcomes(Subject(Classifier(**settings))):  # one after another, until it is
        asked.append(outcome)
        broken = outcome.broken if outcome.name.startswith(law) else None
        if broken and re.search(reason, broken.reason):
            return
    pytest.fail(str(Report(Classifier.__name__, tuple(asked))))


def test_what_a_class_cannot_be_asked_is_said():
    model = Unpenalised()
    said = str(check_classifier(model))
    assert "a bigger penalty gives smaller weights: not asked, no parameter is known" in flat(said)
    assert "three classes: not asked, it gives the probabilities of two classes" in flat(said)
    assert "without predict_proba" not in said


class Unpenalised(Logistic):
    def __init__(self):
        super().__init__()
        del self.lam

    def gradient(self, X, y):
        r = self.predict_proba(X)[:, 1] - y
        return X.T @ r / len(y), r.mean()


def flat(text):
    return " ".join(text.split())


def test_a_penalty_may_be_named():
    model = Newton()
    model.strength = model.l2
    del model.l2
    model.__class__ = type("Named", (Newton,), {"l2": property(lambda self: self.strength)})
    assert "✓ a bigger penalty" in str(check_classifier(model, penalty="strength"))


def test_the_model_itself_is_left_as_it_is():
    model = Logistic()
    check_classifier(model)
    assert vars(model) == vars(Logistic())


def test_the_command_checks_a_class_of_a_module(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = ["from sklearn.linear_model import LogisticRegression as Mine", "seven = 7"]
    (tmp_path / "mine_too.py").write_text("\n".join(lines))
    assert main(["check", "--classifier", "mine_too:Mine"]) == 0
    assert "LogisticRegression" in capsys.readouterr().out
    assert main(["check", "--classifier", "mine_too.py:Mine"]) == 0
    assert main(["check", "--classifier", "mine_too:seven"]) == 2
    assert "fit" in capsys.readouterr().err


class TwoScores(Newton):
    """A row of weights for each of two classes, as a softmax has them, and no probabilities."""

    def fit(self, X, y):
        super().fit(X, y)
        self.coef_ = np.vstack([-self.coef_, self.coef_]) / 2
        self.intercept_ = np.append(-self.intercept_, self.intercept_) / 2


def test_two_rows_of_weights_are_one_score():
    assert check_classifier(TwoScores())


class WithoutWeights(Logistic):
    """It cannot tell what it has learnt: neither probabilities nor weights."""

    def __getattribute__(self, name):
        if name == "predict_proba":
            raise AttributeError(name)
        return super().__getattribute__(name)


class OtherWeights(WithoutWeights):
    """Its weights are of features of its own making: no scores of X can be had from them."""

    def fit(self, X, y):
        super().fit(X, y)
        self.coef_, self.intercept_ = np.ones((1, 7)), np.zeros(1)


@pytest.mark.parametrize("Classifier", [WithoutWeights, OtherWeights])
def test_who_gives_no_answers_is_asked_nothing(Classifier):
    said = flat(str(check_classifier(Classifier())))
    assert "not asked, it has neither predict_proba nor coef_ and intercept_" in said


class NeedsBothLabels(Logistic):
    def fit(self, X, y):
        if len(set(y)) > 2 or isinstance(y[0], str):
            raise ValueError("0 and 1 only")
        super().fit(X, y)


def test_what_fit_refuses_is_not_asked():
    said = flat(str(check_classifier(NeedsBothLabels())))
    assert "labels may be strings: not asked, fit raises ValueError: 0 and 1 only" in said
    assert "three classes: not asked, fit raises ValueError: 0 and 1 only" in said


class Restless(Logistic):
    """A large step for the last sample at the end: the order of the samples decides."""

    def fit(self, X, y):
        super().fit(X, y)
        r = self.predict_proba(X[-1:])[0, 1] - y[-1]
        self.w, self.b = self.w - 40 * r * X[-1], self.b - 40 * r


def test_a_law_is_not_asked_where_the_order_of_the_samples_moves_more():
    said = flat(str(check_classifier(Restless())))
    assert "not asked, training has not converged: see the law on the mean loss" in said


def test_a_penalty_that_is_not_there_is_not_asked():
    said = flat(str(check_classifier(Logistic(), penalty="strength")))
    assert "a bigger penalty gives smaller weights: not asked, it has no attribute strength" in said


def test_what_cannot_be_fitted_is_no_classifier():
    with pytest.raises(TypeError, match=r"a classifier has a method fit\(X, y\): 7 has none"):
        check_classifier(7)


def test_what_was_not_asked_is_told_in_a_notebook_too():
    html = check_classifier(Unpenalised())._repr_html_()
    assert "– a bigger penalty gives smaller weights: not asked, no parameter is known" in html


def test_a_class_whose_constructor_fails_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken_class.py").write_text("class Mine:\n    def __init__(self): 1 / 0\n")
    assert main(["check", "--classifier", "broken_class.py:Mine"]) == 2
    assert "Mine() raises ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_scores_of_three_classes_are_no_probabilities():
    said = flat(str(check_classifier(RidgeClassifier())))
    assert "three classes: not asked, without predict_proba, scores of several classes" in said


class AlwaysZero:
    """Its report was almost empty, and a pass."""

    def fit(self, X, y):
        pass

    def predict(self, X):
        return np.zeros(len(X), dtype=int)


class AnswersOnly(Newton):
    def fit(self, X, y):
        super().fit(X, y)
        self.theta = self.coef_[0], self.intercept_[0]
        del self.coef_, self.intercept_

    def predict(self, X):
        return (X @ self.theta[0] + self.theta[1] > 0).astype(int)


def test_the_laws_on_answers_are_asked_of_predict_alone():
    said = flat(str(check_classifier(AlwaysZero())))
    assert "✗ two classes that a line separates are learnt without a mistake" in said
    report = check_classifier(AnswersOnly())
    assert report
    assert "not asked, it gives answers, no probabilities" in flat(str(report))


def test_it_stops_where_fit_raises():
    class Raising(Logistic):
        def fit(self, X, y):
            raise RuntimeError("not today")

    assert str(check_classifier(Raising())).count("raises     RuntimeError") == 1


def test_a_classifier_may_be_made_by_a_function_of_the_penalty():
    report = check_classifier(make=lambda alpha: Logistic(lam=alpha))
    assert report
    assert "✓ a bigger penalty gives smaller weights" in str(report)
