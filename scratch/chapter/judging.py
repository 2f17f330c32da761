"""Part 5: judge "this digit or not" on the validation set, and choose thresholds there."""

import time

import numpy as np
import sklearn.metrics
from sklearn.dummy import DummyClassifier
from sklearn.metrics import make_scorer
from sklearn.model_selection import cross_validate

from scratch import metrics, textbook
from scratch.chapter.examples import compare, count
from scratch.chapter.lesson import Averages, Binary, Compared, Training, Wish

USUAL = "5"  # the digit that the course asks for
ENOUGH = 10  # mistakes that show a trade-off


def hardest(predictions, data):
    """Choose the digit to tell from the others, and say by which rule.

    Parameters
    ----------
    predictions : dict of str to ndarray of bool
        For each digit what one-vs-rest says of the validation set.
    data : Data
    """
    wrong = {
        digit: int(np.sum(said != (data.y_validation == digit)))
        for digit, said in predictions.items()
    }
    rule = f"it is {USUAL} if its classifier errs on at least {ENOUGH} validation digits, enough to"
    rule += " show a trade-off, and otherwise the digit with most errors"
    if wrong[USUAL] >= ENOUGH:
        return USUAL, f"{rule}. Here {USUAL} has {wrong[USUAL]} errors"
    digit = max(wrong, key=wrong.get)
    return digit, f"{rule}. Here {USUAL} has {wrong[USUAL]} errors, and {digit} has {wrong[digit]}"


def binary(data, digit, classifier, say):
    """Train "this digit or not", and judge it on the validation set."""
    is_train, is_validation = data.y_train == digit, data.y_validation == digit
    say(f"training the binary classifier: {digit} or not {digit}")
    sets = (data.X_train, is_train), (data.X_validation, is_validation)
    training = train("binary", classifier, sets)
    say("cross-validating it")
    folds = cross_validation("3-fold accuracy", classifier, data.X_train, is_train)
    never = DummyClassifier(strategy="constant", constant=False).fit(data.X_train, is_train)
    said = classifier.predict(data.X_validation)
    scores = classifier.decision_function(data.X_validation.astype(np.float64))
    curve = compare_curve("precision/recall curve", "precision_recall_curve", is_validation, scores)
    *roc, _ = compare_curve(
        "ROC curve", "roc_curve", is_validation, scores
    )  # the last begins at inf
    name = f"{digit} or not"
    return Binary(
        training=training,
        folds=folds,
        dumb_accuracy=compare(
            f"accuracy, never {digit}",
            "accuracy_score",
            is_validation,
            never.predict(data.X_validation),
        ),
        counts=count(name, is_validation, said),
        confusion=compare(f"confusion matrix, {name}", "confusion_matrix", is_validation, said),
        report=compare(
            f"classification report, {name}", "classification_report", is_validation, said
        ),
        averages=averages(f"recall, {name}", is_validation, said),
        weights=np.array(classifier.coef_[0]),
        intercept=float(classifier.intercept_[0]),
        scores=scores,
        truth=is_validation,
        precisions=curve[0],
        recalls=curve[1],
        thresholds=curve[2],
        roc=tuple(roc),
        area=compare("area under the ROC curve", "roc_auc_score", is_validation, scores),
        wishes=wishes(is_validation, scores),
    )


def train(name, classifier, sets, names=("train", "validation")):
    """Fit a classifier, time it, and judge it on both sets, each (X, target)."""
    start = time.perf_counter()
    classifier.fit(*sets[0])
    seconds = time.perf_counter() - start
    return judge(name, classifier, sets, repr(classifier), seconds, classifier.n_iter_, names)


def judge(name, classifier, sets, call, seconds, n_epochs, names=("train", "validation")):
    """Judge a classifier on two sets, each (X, target)."""
    judged = {}
    for part, said, (X, target) in zip(("train", "judged"), names, sets, strict=True):
        judged[f"{part}_loss"] = compare(
            f"log loss on {said}, {name}", "log_loss", target, classifier.predict_proba(X)
        )
        judged[f"{part}_accuracy"] = compare(
            f"accuracy on {said}, {name}", "accuracy_score", target, classifier.predict(X)
        )
    return Training(call, seconds, int(n_epochs), **judged)


def cross_validation(name, classifier, X, y):
    """scikit-learn's 3-fold cross-validation of a classifier; each fold's accuracy, twice."""
    judges = {"ours": make_scorer(metrics.accuracy_score), "theirs": "accuracy"}
    folds = cross_validate(classifier, X, y, cv=3, scoring=judges)
    return tuple(
        Compared(f"{name}, fold {k}", float(ours), float(theirs))
        for k, (ours, theirs) in enumerate(
            zip(folds["test_ours"], folds["test_theirs"], strict=True), start=1
        )
    )


def averages(name, truth, said):
    """Return the three averages of the classes' recalls."""
    return Averages(
        *(
            compare(f"{name}, {kind} average", "recall_score", truth, said, average=kind)
            for kind in ("macro", "micro", "weighted")
        )
    )


def compare_curve(name, function, truth, scores):
    """Return the three arrays of a curve over thresholds."""
    ours = getattr(metrics, function)(truth, scores)
    theirs = getattr(sklearn.metrics, function)(truth, scores)
    axes = {
        "precision_recall_curve": ("precisions", "recalls", "thresholds"),
        "roc_curve": ("false positive rates", "true positive rates", "thresholds"),
    }[function]
    return tuple(
        Compared(f"{name}, {axis}", *both) for axis, *both in zip(axes, ours, theirs, strict=True)
    )


def wishes(truth, scores):
    """Return the thresholds of three people: hardly a miss, hardly a false alarm, and a price."""
    tp, fp, thresholds = textbook.counts_at_thresholds(truth, scores)  # falling
    careful = thresholds[np.argmax(tp >= 0.99 * tp[-1])]
    precise = np.flatnonzero(tp >= 0.99 * (tp + fp))
    strict = thresholds[precise[-1] if len(precise) else 0]
    priced = textbook.threshold_of_least_cost(truth, scores, 10, 1)
    chosen = (
        ("tumours", "find 99 % of them: a missed one may cost a life", careful),
        ("spam", "be right in 99 % of the accusations: lost mail is worse than spam", strict),
        ("a price", "a miss costs ten times as much as a false alarm", priced),
    )
    return tuple(wish(name, words, below(at, scores), truth, scores) for name, words, at in chosen)


def below(threshold, scores):
    """Return a threshold midway to the next lower score.

    The textbook calls positive whatever reaches the threshold, `predict` whatever lies above it:
    where no score is equal to it, both are the same.
    """
    lower = scores[scores < threshold]
    return float((threshold + lower.max()) / 2 if len(lower) else threshold - 1)


def wish(name, words, threshold, truth, scores):
    precision, recall = (
        compare(f"{ratio}, wished for {name}", f"{ratio}_score", truth, scores > threshold)
        for ratio in ("precision", "recall")
    )
    return Wish(name, words, float(threshold), precision, recall)
