"""The laws of classification accept right classifiers and refuse wrong ones, with the reason."""

import re

import pytest

from scratch.__main__ import main
from scratch.exercises import check_classifier
from scratch.exercises.classifier.subject import Subject
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
    report = check_classifier(Classifier(**settings))
    assert not report
    meant = [outcome for outcome in report.outcomes if outcome.name.startswith(law)]
    assert any(outcome.broken for outcome in meant), str(report)
    reasons = [outcome.broken.reason for outcome in meant if outcome.broken]
    assert any(re.search(reason, said) for said in reasons), str(report)


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
